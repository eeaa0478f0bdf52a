//! Makes texts printable: what a font cannot show, what would reverse the reading direction and what would not fit a
//! column is changed here, before the typesetter sees it (T35).

use documents::PrintError;
use serde_json::Value;

/// Most characters of one text; the rest is left out and the text says so.
const MAX_CHARS: usize = 8_000;
/// Most characters of a whole form: some 150 pages.
const MAX_TOTAL: usize = 400_000;
/// Most texts and lists of a whole form.
const MAX_ITEMS: usize = 8_000;
/// Words longer than this get places to break; the longest common Indonesian words stay whole.
const LONG_WORD: usize = 22;
/// Where a long word may break.
const BREAK_EVERY: usize = 10;
/// Stands for a character that the fonts lack.
const MISSING: char = '□';

/// The characters that all fonts of the forms have.
pub(crate) struct Coverage {
    fonts: Vec<typst::text::Coverage>,
}

impl Coverage {
    pub(crate) fn new(fonts: Vec<typst::text::Coverage>) -> Self {
        Self { fonts }
    }

    fn has(&self, c: char) -> bool {
        self.fonts.iter().all(|font| font.contains(u32::from(c)))
    }
}

/// Cleans every text of a form.
///
/// # Errors
/// [`PrintError::TooLarge`] for more text or more rows than any real form has.
pub(crate) fn clean(value: &mut Value, coverage: &Coverage) -> Result<(), PrintError> {
    let mut budget = Budget {
        chars: MAX_TOTAL,
        items: MAX_ITEMS,
    };
    walk(value, coverage, &mut budget)
}

struct Budget {
    chars: usize,
    items: usize,
}

fn walk(value: &mut Value, coverage: &Coverage, budget: &mut Budget) -> Result<(), PrintError> {
    budget.items = budget
        .items
        .checked_sub(1)
        .ok_or(PrintError::TooLarge { what: "rows" })?;
    match value {
        Value::String(text) => {
            *text = clean_text(text, coverage);
            budget.chars = budget
                .chars
                .checked_sub(text.len())
                .ok_or(PrintError::TooLarge { what: "text" })?;
        }
        Value::Array(items) => items.iter_mut().try_for_each(|item| walk(item, coverage, budget))?,
        Value::Object(fields) => fields
            .values_mut()
            .try_for_each(|field| walk(field, coverage, budget))?,
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    Ok(())
}

fn clean_text(text: &str, coverage: &Coverage) -> String {
    let mut out = String::with_capacity(text.len().min(MAX_CHARS * 2));
    let mut word = 0usize;
    let mut kept = 0usize;
    let mut last_was_return = false;
    for c in text.chars() {
        let c = match c {
            '\n' if last_was_return => {
                last_was_return = false;
                continue;
            }
            '\r' | '\u{2028}' | '\u{2029}' => '\n',
            '\t' | '\u{A0}' => ' ',
            '\u{2010}' | '\u{2011}' => '-',
            other => other,
        };
        last_was_return = c == '\n' && text.contains('\r');
        if is_dropped(c) {
            continue;
        }
        if kept == MAX_CHARS {
            out.push_str(" … (dipotong)");
            break;
        }
        kept += 1;
        if c == '\n' || c == ' ' {
            word = 0;
            out.push(c);
            continue;
        }
        word += 1;
        if word > LONG_WORD && (word - LONG_WORD - 1).is_multiple_of(BREAK_EVERY) {
            // the whole word gets its breaks, also in the part already written
            if word == LONG_WORD + 1 {
                break_last_word(&mut out);
            }
            out.push('\u{200B}');
        }
        out.push(if coverage.has(c) { c } else { MISSING });
    }
    out
}

/// Puts break opportunities into the word at the end of `out`.
fn break_last_word(out: &mut String) {
    let start = out.rfind([' ', '\n']).map_or(0, |at| at + 1);
    let word: Vec<char> = out[start..].chars().collect();
    out.truncate(start);
    for (at, c) in word.into_iter().enumerate() {
        if at > 0 && at % BREAK_EVERY == 0 {
            out.push('\u{200B}');
        }
        out.push(c);
    }
}

/// Control characters, direction overrides, invisible marks, private use and noncharacters.
fn is_dropped(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
        || matches!(c, '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E000}'..='\u{F8FF}')
        || c >= '\u{E0000}'
        || u32::from(c) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> String {
        clean_text(text, crate::world::base().coverage())
    }

    #[test]
    fn ordinary_text_is_unchanged() {
        for text in [
            "Terlaksananya 2 dokumen – 100 %",
            "“kutip” é ü €",
            "baris satu\nbaris dua",
            "",
        ] {
            assert_eq!(cleaned(text), text);
        }
    }

    #[test]
    fn characters_that_cannot_be_printed_are_dropped_or_replaced() {
        assert_eq!(cleaned("a\0b\u{7}c\u{202E}d\u{FEFF}"), "abcd");
        assert_eq!(cleaned("x\r\ny\rz"), "x\ny\nz");
        assert_eq!(cleaned("\u{6F22}\u{5B57}"), "□□");
        assert_eq!(cleaned("\u{F8FF}\u{10FFFF}"), "");
    }

    #[test]
    fn endless_lines_are_cut_and_can_break() {
        let out = cleaned(&"x".repeat(1_000_000));
        assert!(out.ends_with("… (dipotong)"));
        assert!(out.len() < 20_000);
        assert!(
            out.split(['\u{200B}', ' '])
                .all(|part| part.chars().count() <= BREAK_EVERY + 12),
            "a part is too long"
        );
    }

    #[test]
    fn a_form_without_end_is_refused() {
        let mut rows = Value::Array(vec![Value::String("x".into()); MAX_ITEMS + 1]);
        assert_eq!(
            clean(&mut rows, crate::world::base().coverage()),
            Err(PrintError::TooLarge { what: "rows" })
        );
        let mut texts = Value::Array(vec![Value::String("x ".repeat(4_000)); 60]);
        assert_eq!(
            clean(&mut texts, crate::world::base().coverage()),
            Err(PrintError::TooLarge { what: "text" })
        );
    }
}
