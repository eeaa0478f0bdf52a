use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Text that cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("empty")]
    Empty,
    /// Longer than the field allows.
    #[error("longer than {max} characters")]
    TooLong {
        /// Most characters allowed.
        max: usize,
    },
    /// Control characters or direction overrides.
    #[error("forbidden character")]
    Forbidden,
}

/// One line as it is kept: composed form (NFC), white space collapsed, no control characters and no characters that
/// reverse the direction of writing (they can make a name read as another).
pub fn line(input: &str, max: usize) -> Result<String, TextError> {
    let text = clean(input, max, |c| if c.is_whitespace() { Some(' ') } else { None })?;
    let joined = text.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
    finish(joined, max)
}

/// Several lines as they are kept: like [`line()`], but line breaks stay (at most two in a row).
pub fn paragraph(input: &str, max: usize) -> Result<String, TextError> {
    let input = input.replace("\r\n", "\n").replace('\r', "\n");
    let text = clean(&input, max, |c| {
        if c == '\n' || c == '\t' {
            Some(if c == '\n' { '\n' } else { ' ' })
        } else {
            None
        }
    })?;
    let mut out = text.split('\n').map(str::trim_end).collect::<Vec<_>>().join("\n");
    while out.contains("\n\n\n") {
        out = out.replace("\n\n\n", "\n\n");
    }
    finish(out.trim().to_owned(), max)
}

fn clean(input: &str, max: usize, keep: impl Fn(char) -> Option<char>) -> Result<String, TextError> {
    // four bytes a character is the most that a text of the allowed length can need, before composition shrinks it
    if input.len() > max.saturating_mul(16).max(64) {
        return Err(TextError::TooLong { max });
    }
    let mut out = String::with_capacity(input.len());
    for c in input.nfc() {
        match keep(c) {
            Some(kept) => out.push(kept),
            None if is_forbidden(c) => return Err(TextError::Forbidden),
            None => out.push(c),
        }
    }
    Ok(out)
}

fn finish(text: String, max: usize) -> Result<String, TextError> {
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    if text.chars().count() > max {
        return Err(TextError::TooLong { max });
    }
    Ok(text)
}

fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

/// A name as it is searched and sorted: lower case, without diacritics, letters and digits only, single spaces.
pub fn fold_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut gap = false;
    for c in name
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
    {
        if c.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        } else if c != '\'' && c != '’' && c != '`' {
            gap = true;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_tidied() {
        assert_eq!(line("  Siti \t Rahma \n", 20), Ok("Siti Rahma".into()));
        assert_eq!(line("\u{00A0}", 20), Err(TextError::Empty));
        assert_eq!(line("abc\u{202E}def", 20), Err(TextError::Forbidden));
        assert_eq!(line("a\0b", 20), Err(TextError::Forbidden));
        assert_eq!(line("abcdef", 5), Err(TextError::TooLong { max: 5 }));
        assert_eq!(line(&"x".repeat(1_000_000), 5), Err(TextError::TooLong { max: 5 }));
    }

    #[test]
    fn paragraphs_keep_their_breaks() {
        assert_eq!(paragraph("satu  \r\n\r\n\r\n\r\ndua\n", 50), Ok("satu\n\ndua".into()));
        assert_eq!(paragraph("a\u{0007}", 50), Err(TextError::Forbidden));
    }

    #[test]
    fn names_fold() {
        assert_eq!(fold_name("Dr. H. Ma'ruf  Amîn, S.E."), "dr h maruf amin s e");
        assert_eq!(fold_name("--"), "");
    }
}
