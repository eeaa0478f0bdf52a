use kernel::{Decimal, parse_decimal_id};

use super::Direction;

/// A target as read from its text. The text stays what counts; the numbers are for comparing and are never forced
/// (performance-cycle 4.2.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Least value that reaches the target.
    pub min: Option<Decimal>,
    /// Greatest value that reaches the target.
    pub max: Option<Decimal>,
    /// What is counted: `Dokumen`, `%`, `Rp`. Empty when nothing was read.
    pub unit: String,
    /// Which way is good.
    pub direction: Direction,
    /// The number could be meant otherwise (`1.234`); the page says how it was read (U8).
    pub ambiguous: bool,
}

impl Target {
    /// The same numbers with another direction, where the text alone says it wrongly (`12 Bulan` may be a duration or a
    /// limit). None when the target has no such direction.
    #[must_use]
    pub fn turned(self, direction: Direction) -> Option<Self> {
        let number = self.min.or(self.max);
        let (min, max) = match direction {
            Direction::Teks => (None, None),
            Direction::MakinTinggi if self.direction != Direction::Rentang => (Some(number?), None),
            Direction::MakinRendah if self.direction != Direction::Rentang => (None, Some(number?)),
            Direction::Rentang if self.direction == Direction::Rentang => (self.min, self.max),
            _ => return None,
        };
        Some(Self {
            min,
            max,
            direction,
            ..self
        })
    }
}

/// Longest unit that is taken for one, in characters.
const UNIT_MAX: usize = 40;

/// Words before a number that make it an upper limit.
const AT_MOST: &[&str] = &[
    "≤",
    "<=",
    "<",
    "maksimal",
    "maksimum",
    "paling lama",
    "paling lambat",
    "paling banyak",
    "paling tinggi",
    "tidak lebih dari",
    "kurang dari",
];

/// Words before a number that make it a lower limit.
const AT_LEAST: &[&str] = &[
    "≥",
    ">=",
    ">",
    "minimal",
    "minimum",
    "paling sedikit",
    "paling rendah",
    "sekurang-kurangnya",
    "lebih dari",
];

/// Words between two numbers that make a range; longer before shorter.
const UNTIL: &[&str] = &[
    "s.d.",
    "s.d",
    "s/d",
    "sampai dengan",
    "sampai",
    "hingga",
    "sd",
    "–",
    "—",
    "-",
];

const MONTHS: &[&str] = &[
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
];

/// Reads `2 Dokumen`, `100%`, `61,95%`, `90-100%`, `≤ 3 hari`, `Rp 1.500.000`. Whatever it does not understand, dates
/// among it, is words ([`Direction::Teks`]). A plain number is a lower limit: two documents are reached with two.
pub fn parse_target(text: &str) -> Target {
    read(text.trim()).unwrap_or(Target {
        min: None,
        max: None,
        unit: String::new(),
        direction: Direction::Teks,
        ambiguous: false,
    })
}

fn read(text: &str) -> Option<Target> {
    let (limit, rest) = limit(text);
    let (currency, rest) = match strip_word(rest, "rp") {
        Some(rest) => (true, rest.trim_start_matches('.').trim_start()),
        None => (false, rest),
    };
    let (first, ambiguous, rest) = number(rest)?;
    let range = if limit.is_none() { second(rest) } else { None };
    let (second, ambiguous, rest) = match range {
        Some((second, also, rest)) => (Some(second), ambiguous || also, rest),
        None => (None, ambiguous, rest),
    };
    let mut unit = unit(rest)?;
    if currency {
        unit = if unit.is_empty() {
            "Rp".to_owned()
        } else {
            format!("Rp {unit}")
        };
    }
    let (min, max, direction) = match (limit, second) {
        (_, Some(second)) if second < first => return None,
        (_, Some(second)) => (Some(first), Some(second), Direction::Rentang),
        (Some(Limit::Most), None) => (None, Some(first), Direction::MakinRendah),
        (Some(Limit::Least) | None, None) => (Some(first), None, Direction::MakinTinggi),
    };
    Some(Target {
        min,
        max,
        unit,
        direction,
        ambiguous,
    })
}

#[derive(Clone, Copy)]
enum Limit {
    Most,
    Least,
}

fn limit(text: &str) -> (Option<Limit>, &str) {
    let find = |words: &[&str]| words.iter().find_map(|word| strip_word(text, word));
    match (find(AT_MOST), find(AT_LEAST)) {
        (Some(rest), _) => (Some(Limit::Most), rest),
        (None, Some(rest)) => (Some(Limit::Least), rest),
        (None, None) => (None, text),
    }
}

/// What follows `word` (lower case) at the start of `text`, whatever its case.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let head = text.get(..word.len())?;
    (head.to_lowercase() == word).then(|| text[word.len()..].trim_start())
}

/// The number at the start of `text`, whether it is ambiguous, and what follows.
fn number(text: &str) -> Option<(Decimal, bool, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
        .unwrap_or(text.len());
    let digits = text[..end].trim_end_matches(['.', ',']);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (value, ambiguous) = parse_decimal_id(digits).ok()?;
    Some((value, ambiguous, &text[digits.len()..]))
}

/// The second number of a range. A unit may stand between: `90% - 100%`.
fn second(rest: &str) -> Option<(Decimal, bool, &str)> {
    let rest = rest.trim_start();
    let rest = rest.strip_prefix('%').map_or(rest, str::trim_start);
    UNTIL.iter().find_map(|word| number(strip_word(rest, word)?))
}

fn unit(rest: &str) -> Option<String> {
    let unit = rest.trim().trim_end_matches('.').trim_end();
    let first: String = unit.chars().take_while(|c| c.is_alphabetic()).collect();
    let is_month = MONTHS.contains(&first.to_lowercase().as_str());
    let starts_well = unit.is_empty() || unit.starts_with(|c: char| c.is_alphabetic() || c == '%' || c == '°');
    let has_room = unit.chars().count() <= UNIT_MAX;
    (starts_well && has_room && !is_month).then(|| unit.to_owned())
}
