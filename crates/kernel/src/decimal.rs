use rust_decimal::Decimal;

/// A number that cannot be read the Indonesian way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    /// Nothing was written.
    #[error("empty")]
    Empty,
    /// Not a number.
    #[error("not a number")]
    NotANumber,
    /// More digits than can be kept exactly.
    #[error("too long")]
    TooLong,
}

/// Reads a number as people here write it: `1234,56`, `1.234,56` and `1234.56`. The second part of the answer is
/// true when the text could be meant otherwise (`1.234` is read as one thousand two hundred thirty-four), so that
/// the page can say how it was read (U8).
pub fn parse_decimal_id(text: &str) -> Result<(Decimal, bool), DecimalError> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.is_empty() {
        return Err(DecimalError::Empty);
    }
    if text.len() > 28 {
        return Err(DecimalError::TooLong);
    }
    let (negative, body) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.as_str()),
    };
    let commas = body.matches(',').count();
    let dots = body.matches('.').count();
    let mut ambiguous = false;
    let plain = match (commas, dots) {
        (0, 0) => body.to_owned(),
        (1, 0) => body.replace(',', "."),
        (1, _) => {
            let (whole, fraction) = body.split_once(',').unwrap_or((body, ""));
            if fraction.contains('.') || !is_grouped(whole) {
                return Err(DecimalError::NotANumber);
            }
            format!("{}.{fraction}", whole.replace('.', ""))
        }
        (0, 1) if is_grouped(body) => {
            ambiguous = true;
            body.replace('.', "")
        }
        (0, 1) => body.to_owned(),
        (0, _) if is_grouped(body) => body.replace('.', ""),
        _ => return Err(DecimalError::NotANumber),
    };
    let digits_only = plain.chars().all(|c| c.is_ascii_digit() || c == '.');
    if !digits_only || !plain.starts_with(|c: char| c.is_ascii_digit()) || plain.ends_with('.') {
        return Err(DecimalError::NotANumber);
    }
    let value: Decimal = plain.parse().map_err(|_| DecimalError::NotANumber)?;
    Ok((if negative { -value } else { value }, ambiguous))
}

/// True for `1.234`, `12.345.678`: groups of three after the first.
fn is_grouped(whole: &str) -> bool {
    let mut groups = whole.split('.');
    let first = groups.next().unwrap_or("");
    (1..=3).contains(&first.len())
        && first.chars().all(|c| c.is_ascii_digit())
        && first != "0"
        && groups.all(|g| g.len() == 3 && g.chars().all(|c| c.is_ascii_digit()))
}

/// Writes a number the Indonesian way, `1.234,5`, keeping its decimals.
pub fn format_decimal_id(value: Decimal) -> String {
    let plain = value.abs().to_string();
    let (whole, fraction) = plain
        .split_once('.')
        .map_or((plain.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = String::with_capacity(plain.len() + 8);
    if value.is_sign_negative() && !value.is_zero() {
        out.push('-');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push(',');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(String, bool), DecimalError> {
        parse_decimal_id(text).map(|(d, a)| (d.to_string(), a))
    }

    #[test]
    fn reads_what_people_write() {
        assert_eq!(read("1234,56"), Ok(("1234.56".into(), false)));
        assert_eq!(read("1.234,56"), Ok(("1234.56".into(), false)));
        assert_eq!(read("1234.56"), Ok(("1234.56".into(), false)));
        assert_eq!(read(" 1.234 "), Ok(("1234".into(), true)));
        assert_eq!(read("0.125"), Ok(("0.125".into(), false)));
        assert_eq!(read("-5"), Ok(("-5".into(), false)));
        assert_eq!(read("1.234.567"), Ok(("1234567".into(), false)));
    }

    #[test]
    fn refuses_what_is_no_number() {
        for bad in [
            "1,2,3", "12.34.56", "abc", "1,5.5", ",", ".", "5.", "1e5", "--1", "1.23,4", "∞",
        ] {
            assert_eq!(read(bad), Err(DecimalError::NotANumber), "{bad}");
        }
        assert_eq!(read("  "), Err(DecimalError::Empty));
        assert_eq!(read("1234567890123456789012345678901"), Err(DecimalError::TooLong));
    }

    #[test]
    fn writes_and_reads_back() {
        for text in ["0", "1", "999", "1.000", "1.234.567,89", "-12,5", "100,00"] {
            let (value, _) = parse_decimal_id(text).expect("a number");
            assert_eq!(format_decimal_id(value), text);
        }
    }
}
