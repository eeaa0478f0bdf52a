use qrcode::{Color, EcLevel, QrCode};
use serde_json::{Value, json};

/// The QR code of `url` as horizontal bars `[x, y, length]` in modules, with the number of modules a side; null where
/// there is nothing to encode or it does not fit.
pub(crate) fn runs(url: &str) -> Value {
    if url.is_empty() || url.len() > 500 {
        return Value::Null;
    }
    let Ok(code) = QrCode::with_error_correction_level(url, EcLevel::M) else {
        return Value::Null;
    };
    let size = code.width();
    let colors = code.to_colors();
    let mut bars = Vec::new();
    for (y, line) in colors.chunks(size).enumerate() {
        let mut x = 0;
        while x < size {
            let length = line[x..].iter().take_while(|c| **c == Color::Dark).count();
            if length > 0 {
                bars.push(json!([x, y, length]));
            }
            x += length.max(1);
        }
    }
    json!({ "size": size, "bars": bars })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_finder_pattern_begins_with_seven_dark_modules() {
        let qr = runs("https://contoh.go.id/p/AB12-CD34");
        assert_eq!(qr["bars"][0], json!([0, 0, 7]));
        assert!(qr["size"].as_u64().is_some_and(|n| n >= 21));
    }

    #[test]
    fn nothing_to_encode_gives_no_code() {
        assert_eq!(runs(""), Value::Null);
        assert_eq!(runs(&"x".repeat(3000)), Value::Null);
    }
}
