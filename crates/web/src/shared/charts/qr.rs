//! QR codes. A code only leads to a page: it is not a signature, and it holds no personal data.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use super::draw::Pen;
use super::{Caption, Svg};

/// Light modules around the code that scanners need.
const QUIET: usize = 4;

/// The code of `text` (an address) with its quiet zone, error correction M. None when the text is longer than a code
/// can hold (about 2,300 bytes).
pub fn qr(text: &str, caption: &Caption) -> Option<Svg> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let size = f64::from(u16::try_from(width + 2 * QUIET).ok()?);
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        while let Some(rest) = modules.get(column..).filter(|rest| !rest.is_empty()) {
            let dark = rest.iter().take_while(|c| **c == Color::Dark).count();
            if dark > 0 {
                write!(path, "M{} {}h{dark}v1h-{dark}z", column + QUIET, row + QUIET)
                    .expect("invariant: writing to a String does not fail");
            }
            column += dark.max(1);
        }
    }
    let mut pen = Pen::open(r#"class="chart-qr" shape-rendering="crispEdges""#, size, size, caption);
    pen.rect("qr-back", [0.0, 0.0, size, size], 0.0);
    pen.push(format_args!("<path class=\"qr-ink\" d=\"{path}\"/>"));
    Some(pen.close())
}
