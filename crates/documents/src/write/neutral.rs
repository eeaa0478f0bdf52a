use std::borrow::Cow;

/// What is put before a text that a spreadsheet would run.
const GUARD: &str = "' ";

/// The text as it may stand in a CSV field. A beginning that a spreadsheet takes for a formula (`=`, `+`, `-`, `@`,
/// their full-width forms, tab, carriage return; also after spaces and quotes) gets `' ` before it. So does a
/// beginning of the same kind after a separator or a line break inside the text, because a program that was told the
/// wrong separator starts a new cell there; signed numbers ("naik; -5 %") stay as they are in that place.
pub fn neutralise(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    let mut start_of_cell = true;
    let mut first = true;
    for (at, c) in text.char_indices() {
        if start_of_cell && is_trigger(c, first) && (first || !is_signed_number(&text[at..])) {
            out.push_str(&text[copied..at]);
            out.push_str(GUARD);
            copied = at;
            start_of_cell = false;
            first = false;
        } else if is_separator(c) {
            start_of_cell = true;
            first = false;
        } else if !is_skipped(c) {
            start_of_cell = false;
            first = false;
        }
    }
    if out.is_empty() {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// Undoes [`neutralise`] at the beginning of a text, so that a file of rejected rows can be read again unchanged.
pub fn restore(text: &str) -> Cow<'_, str> {
    let lead = text.len() - text.trim_start_matches(is_skipped).len();
    match text[lead..].strip_prefix(GUARD) {
        Some(rest) if rest.starts_with(|c| is_trigger(c, true)) => Cow::Owned(format!("{}{rest}", &text[..lead])),
        _ => Cow::Borrowed(text),
    }
}

fn is_trigger(c: char, first: bool) -> bool {
    matches!(
        c,
        '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '﹦' | '﹢' | '﹣' | '﹫' | '−'
    ) || (first && matches!(c, '\t' | '\r'))
}

fn is_separator(c: char) -> bool {
    matches!(c, ';' | ',' | '|' | '\t' | '\n' | '\r')
}

/// Characters a spreadsheet may drop before it looks for a formula.
fn is_skipped(c: char) -> bool {
    c == ' ' || c == '"' || c == '\u{A0}' || c == '\u{3000}' || c == '\u{FEFF}' || c == '\u{200B}'
}

/// `-5`, `+12,5`, `-5 %` up to the end or the next separator.
fn is_signed_number(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['+', '-', '−']) else {
        return false;
    };
    let token = rest.split(|c| is_separator(c) && c != ',').next().unwrap_or("").trim();
    let token = token.strip_suffix('%').unwrap_or(token).trim();
    !token.is_empty() && token.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_stay_text() {
        for (text, safe) in [
            ("=1+1", "' =1+1"),
            ("+62 812", "' +62 812"),
            ("-2+3+cmd|' /C calc'!A0", "' -2+3+cmd|' /C calc'!A0"),
            ("@SUM(A1)", "' @SUM(A1)"),
            ("\t=1", "' \t=1"),
            ("\r=1", "' \r=1"),
            ("＝1+1", "' ＝1+1"),
            ("   =1", "   ' =1"),
            ("\u{A0}=1", "\u{A0}' =1"),
            ("\"=1", "\"' =1"),
            ("a;=HYPERLINK(\"x\")", "a;' =HYPERLINK(\"x\")"),
            ("a\n@b", "a\n' @b"),
            ("a,\"-x", "a,\"' -x"),
        ] {
            assert_eq!(neutralise(text), safe, "{text:?}");
        }
    }

    #[test]
    fn harmless_text_is_unchanged() {
        for text in ["", "Siti Rahma", "a=b", "naik; -5 %", "3-4 dokumen", "a, +12,5", "(=)"] {
            assert_eq!(neutralise(text), text);
        }
    }

    #[test]
    fn a_neutralised_beginning_can_be_read_back() {
        for text in ["=1+1", "  +62", "-5", "＠x"] {
            assert_eq!(restore(&neutralise(text)), text);
        }
        for text in ["' kutipan", "'", "biasa"] {
            assert_eq!(restore(text), text);
        }
    }
}
