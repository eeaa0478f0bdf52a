//! How many respondents a survey needs.
//!
//! Krejcie and Morgan (1970), as PermenPANRB 14/2017 reproduces their table (C). The table equals the formula rounded
//! half up in every row; several published reports round up instead, so a report says which it used (D).

use crate::{Basis, Certainty, Exact};

/// The table.
pub const SAMPLE: Basis = Basis::new("PermenPANRB 14/2017, tabel Krejcie dan Morgan", Certainty::Confirmed);

/// Largest population that is taken.
const MAX_POPULATION: u64 = 1_000_000_000_000;

/// How the formula is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// As the printed table.
    HalfUp,
    /// As several published reports.
    Up,
}

/// The unrounded formula for a population of 1 to 10^12 users: 95 % confidence, 5 % error, P = 0.5. `None` outside.
pub fn krejcie_morgan(population: u64) -> Option<Exact> {
    if !(1..=MAX_POPULATION).contains(&population) {
        return None;
    }
    let n = i64::try_from(population).ok()?;
    // 0.96025 N / (0.0025 (N - 1) + 0.96025), all times 100,000
    Exact::ratio(96_025, 1)
        .map(|f| &f * &Exact::int(n))?
        .checked_div(&Exact::int(250 * (n - 1) + 96_025))
}

/// The least number of respondents for a population, by the table's rounding or upwards.
pub fn minimum(population: u64, rounding: Rounding) -> Option<u64> {
    let size = krejcie_morgan(population)?;
    let nearest: u64 = size.round(0).parse().ok()?;
    let short = Exact::int(i64::try_from(nearest).ok()?) < size;
    Some(if rounding == Rounding::Up && short {
        nearest + 1
    } else {
        nearest
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_the_range() {
        assert_eq!(minimum(0, Rounding::HalfUp), None);
        assert_eq!(minimum(1, Rounding::HalfUp), Some(1));
        assert_eq!(minimum(MAX_POPULATION, Rounding::HalfUp), Some(384));
        assert_eq!(minimum(MAX_POPULATION, Rounding::Up), Some(385));
        assert_eq!(minimum(MAX_POPULATION + 1, Rounding::Up), None);
    }

    #[test]
    fn never_more_than_everybody() {
        for population in 1..2000 {
            let up = minimum(population, Rounding::Up).expect("in range");
            assert!(minimum(population, Rounding::HalfUp).expect("in range") <= up && up <= population);
        }
    }
}
