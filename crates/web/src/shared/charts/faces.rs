//! The four faces of the one-touch survey. The word beside each face says it; the face helps who reads slowly.

use super::Svg;
use super::draw::Pen;

/// The face of a score from 1 (not good) to 4 (very good), as in the official survey; other numbers are brought to
/// the nearest end. Hidden from screen readers, because its word stands beside it.
pub fn face(score: u8) -> Svg {
    let (attributes, mouth) = match score {
        0 | 1 => (r#"class="face face-1""#, "M14 34c4-6 16-6 20 0"),
        2 => (r#"class="face face-2""#, "M15 32h18"),
        3 => (r#"class="face face-3""#, "M15 30c4 4 14 4 18 0"),
        _ => (r#"class="face face-4""#, "M13 28c3 7.5 19 7.5 22 0"),
    };
    let mut pen = Pen::open_silent(attributes, 48.0, 48.0);
    pen.dot("round", (24.0, 24.0), 22.0);
    pen.dot("eye", (16.5, 19.0), 2.6);
    pen.dot("eye", (31.5, 19.0), 2.6);
    pen.push(format_args!("<path d=\"{mouth}\"/>"));
    pen.close()
}
