//! The survey of citizens' satisfaction (SKM) and its index (IKM).
//!
//! PermenPANRB 14/2017, the operative method on 22 November 2026 (C): nine unsur, four levels of answers, the mutu
//! table. KEP/25/M.PAN/2/2004 is kept for old data only. Unsur, options and tables may change one day: a result points
//! to the version it was computed with.

mod category;
mod index;
mod interval;
mod questionnaire;
mod ranking;

pub use category::{CATEGORY, Mutu, MutuTable, Scale, category};
pub use index::{Convention, INDEX, Ikm, SkmError, ikm, ikm_of_sums, nrr};
pub use interval::{Interval, Spread, interval_95};
pub use questionnaire::{QUESTIONNAIRE, Unsur};
pub use ranking::{lowest, ranking};

/// Below this many respondents a value is marked "n kecil" and left out of rankings (our own rule).
pub const SMALL_N: u64 = 30;

/// Too few respondents for rankings and for an interval.
pub const fn is_small(n: u64) -> bool {
    n < SMALL_N
}
