use jiff::civil::{Date, DateTime};

/// The value of a cell as the file holds it.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing, or only white space.
    #[default]
    Empty,
    /// Text, as written.
    Text(String),
    /// A number that a spreadsheet stores as a number.
    Number {
        /// Plain digits with a decimal point.
        text: String,
        /// True from 10^15 on: spreadsheets keep 15 digits, so the last digits are not what was typed (U39).
        rounded: bool,
    },
    /// A date.
    Date(Date),
    /// A date with a time of day.
    DateTime(DateTime),
    /// True or false.
    Bool(bool),
    /// An error of the spreadsheet, as in "#REF!".
    Error(String),
    /// A formula with its last computed value.
    Formula(Box<Cell>),
    /// Text longer than the limit; not kept.
    TooLong {
        /// Its length in characters.
        chars: usize,
    },
}

/// How the digits of an identifier were destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// Typed as a number of more than 15 digits: the rest became zeros.
    Rounded,
    /// Written in scientific notation, as in "1,98609E+17".
    Scientific,
    /// Sixteen digits or more that end in 000: what is left after a spreadsheet rounded them and saved them as text.
    TrailingZeros,
}

impl Cell {
    /// True for nothing.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Formula(inner) => inner.is_empty(),
            _ => false,
        }
    }

    /// The value as trimmed text, the way a person would read it; dates as `yyyy-mm-dd`. Empty for nothing and for text
    /// that was too long.
    pub fn as_text(&self) -> String {
        match self {
            Self::Empty | Self::TooLong { .. } => String::new(),
            Self::Text(text) | Self::Error(text) => text.trim().to_owned(),
            Self::Number { text, .. } => text.clone(),
            Self::Date(date) => date.to_string(),
            Self::DateTime(at) => at.to_string(),
            Self::Bool(true) => "TRUE".to_owned(),
            Self::Bool(false) => "FALSE".to_owned(),
            Self::Formula(inner) => inner.as_text(),
        }
    }

    /// What a formula computed, or the cell itself.
    pub fn value(&self) -> &Cell {
        match self {
            Self::Formula(inner) => inner.value(),
            other => other,
        }
    }

    /// True for a formula.
    pub fn is_formula(&self) -> bool {
        matches!(self, Self::Formula(_))
    }

    /// What happened to an identifier of many digits (a NIP) in this cell; `None` if it can be trusted.
    pub fn damage(&self) -> Option<Damage> {
        match self.value() {
            Self::Number { rounded: true, .. } => Some(Damage::Rounded),
            Self::Text(text) => text_damage(text.trim()),
            _ => None,
        }
    }
}

fn text_damage(text: &str) -> Option<Damage> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() >= 16 && digits.bytes().all(|b| b.is_ascii_digit()) {
        return digits.ends_with("000").then_some(Damage::TrailingZeros);
    }
    let (mantissa, exponent) = digits.split_once(['e', 'E'])?;
    let is_mantissa = mantissa.starts_with(|c: char| c.is_ascii_digit())
        && mantissa.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',');
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let is_exponent = (1..=3).contains(&exponent.len()) && exponent.bytes().all(|b| b.is_ascii_digit());
    (is_mantissa && is_exponent).then_some(Damage::Scientific)
}

/// One row with content.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its number in the file, from 1, as a person sees it.
    pub number: u32,
    /// True if it is hidden in the workbook.
    pub hidden: bool,
    /// At least as many cells as there are headings.
    pub cells: Vec<Cell>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ruined_identifiers_are_recognised() {
        let text = |t: &str| Cell::Text(t.into()).damage();
        assert_eq!(text("1,98609E+17"), Some(Damage::Scientific));
        assert_eq!(text("1.98609262015051E+17"), Some(Damage::Scientific));
        assert_eq!(text("198609262015051000"), Some(Damage::TrailingZeros));
        assert_eq!(text("19860926 201505 1 000"), Some(Damage::TrailingZeros));
        assert_eq!(text("198609262015051901"), None);
        assert_eq!(text("1E"), None);
        assert_eq!(text("Seksi E1"), None);
        assert_eq!(
            Cell::Number {
                text: "1".into(),
                rounded: true
            }
            .damage(),
            Some(Damage::Rounded)
        );
        let formula = Cell::Formula(Box::new(Cell::Number {
            text: "1".into(),
            rounded: true,
        }));
        assert_eq!(formula.damage(), Some(Damage::Rounded));
    }
}
