//! The rules of recording work, pure: which day an entry may have ([`day`]), which link ([`link`]) and which file
//! (`file`) may be evidence.

mod day;
mod file;
mod gaps;
mod link;
mod words;

pub use day::{DayBroken, Lock, is_locked, is_period_locked, may_record};
pub use file::{FILE_MAX, FileBroken, MediaType, clean_name, recognise};
pub use gaps::{Gap, Recorded, gaps};
pub use link::{LinkBroken, URL_MAX, check_url};
pub use words::{EvidenceKind, Reached};

/// Longest progress entry, in characters.
pub const ENTRY_MAX: usize = 1_000;
/// Longest unit of a quantity, in characters.
pub const UNIT_MAX: usize = 40;
/// Longest line of an action plan, in characters.
pub const PLAN_MAX: usize = 500;
/// Longest target of a line of an action plan, in characters.
pub const TARGET_MAX: usize = 120;
/// Most lines of an action plan in one period.
pub const PLAN_COUNT: usize = 100;
/// Longest realised value, in characters.
pub const VALUE_MAX: usize = 300;
/// Longest note on where a value comes from, in characters.
pub const SOURCE_MAX: usize = 500;
/// Longest title of a piece of evidence, in characters.
pub const TITLE_MAX: usize = 200;
/// Longest note on a piece of evidence, in characters.
pub const NOTE_MAX: usize = 500;
/// Most pieces of evidence for one RHK in one period.
pub const EVIDENCE_COUNT: usize = 50;
/// Longest one-time key of a form, in bytes.
pub const KEY_MAX: usize = 64;

/// True for a one-time key that a form may carry: letters, digits, hyphens.
pub fn is_submit_key(key: &str) -> bool {
    (8..=KEY_MAX).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

#[cfg(test)]
mod tests;
