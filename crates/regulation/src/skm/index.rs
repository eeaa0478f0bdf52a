//! From answers to the index, exactly.

use super::category::{Mutu, MutuTable, Scale, category};
use crate::{Basis, Certainty, Exact};

/// The computation.
pub const INDEX: Basis = Basis::new("PermenPANRB 14/2017, pengolahan data", Certainty::Confirmed);

/// Most unsur one instrument may have.
const MAX_UNSUR: usize = 99;

kernel::codes! {
    /// How the weight of one unsur, 1/k, is treated. 1/9 is not 0.11, and both are printed in real reports. A unit may
    /// not mix conventions within the trend of a year, and a report names the one it uses.
    pub enum Convention {
        /// The unrounded mean. The default.
        Exact = "exact",
        /// 1/k rounded to two decimals: 0.11 for nine unsur, at most IKM 99.00.
        Weight2dp = "weight_2dp",
        /// 1/k rounded to three decimals: 0.111 for nine unsur, at most IKM 99.90.
        Weight3dp = "weight_3dp",
    }
}

/// Answers no index can be computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SkmError {
    /// Nobody answered.
    #[error("no respondents")]
    NoRespondents,
    /// No unsur, or more than 99.
    #[error("between 1 and 99 elements are needed")]
    NoElements,
    /// Answers run from 1 to 4, so a sum lies between n and 4n.
    #[error("the sum must lie between n and 4n")]
    SumOutOfRange,
    /// A mean of answers lies between 1 and 4.
    #[error("the mean must lie between 1 and 4")]
    MeanOutOfRange,
}

impl Convention {
    /// The weight of one of `k` unsur (1 to 99).
    pub fn weight(self, k: usize) -> Result<Exact, SkmError> {
        let k = i64::try_from(k)
            .ok()
            .filter(|_| (1..=MAX_UNSUR).contains(&k))
            .ok_or(SkmError::NoElements)?;
        let exact = Exact::ratio(1, k).ok_or(SkmError::NoElements)?;
        Ok(match self {
            Self::Exact => exact,
            Self::Weight2dp => exact.rounded(2),
            Self::Weight3dp => exact.rounded(3),
        })
    }
}

/// The mean of one unsur (NRR), 1 to 4, from the sum of its answers and how many there were. Where a unit allows "not
/// applicable", each unsur has its own count.
pub fn nrr(sum: u64, n: u64) -> Result<Exact, SkmError> {
    if n == 0 {
        return Err(SkmError::NoRespondents);
    }
    if sum < n || u128::from(sum) > 4 * u128::from(n) {
        return Err(SkmError::SumOutOfRange);
    }
    let (sum, n) = i64::try_from(sum)
        .ok()
        .zip(i64::try_from(n).ok())
        .ok_or(SkmError::SumOutOfRange)?;
    Exact::ratio(sum, n).ok_or(SkmError::NoRespondents)
}

/// An index, unrounded. It is rounded half up to two decimals where it is shown, and its category follows from the
/// rounded value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ikm(Exact);

impl Ikm {
    /// The unrounded value. Differences and trends are computed from this.
    pub const fn exact(&self) -> &Exact {
        &self.0
    }

    /// As it is shown, with two decimals: `91.48`.
    pub fn shown(&self) -> String {
        self.0.round(2)
    }

    /// The shown value in hundredths, for storing: 9148.
    pub fn hundredths(&self) -> i64 {
        (&self.0 * &Exact::int(100)).round(0).parse().unwrap_or(0)
    }

    /// The category of the shown value; `None` when it lies outside 25 to 100, which only a rounded weight can cause.
    pub fn mutu(&self, table: MutuTable) -> Option<Mutu> {
        category(table, Scale::Ikm, &self.0)
    }
}

/// The index of means of unsur: `25 * weight * sum of NRR`. Several questions under one unsur are averaged into its
/// NRR first; the index weighs unsur, not questions.
pub fn ikm(nrr: &[Exact], convention: Convention) -> Result<Ikm, SkmError> {
    let weight = convention.weight(nrr.len())?;
    let range = Exact::int(1)..=Exact::int(4);
    if !nrr.iter().all(|mean| range.contains(mean)) {
        return Err(SkmError::MeanOutOfRange);
    }
    let total: Exact = nrr.iter().sum();
    Ok(Ikm(&(&total * &weight) * &Exact::int(25)))
}

/// The exact index when all `n` respondents answered every unsur, from the sums of answers.
pub fn ikm_of_sums(sums: &[u64], n: u64) -> Result<Ikm, SkmError> {
    let means = sums.iter().map(|sum| nrr(*sum, n)).collect::<Result<Vec<_>, _>>()?;
    ikm(&means, Convention::Exact)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEMENAG: [u64; 9] = [105, 101, 100, 116, 102, 105, 106, 105, 115];

    fn means(sums: &[u64], n: u64) -> Vec<Exact> {
        sums.iter().map(|s| nrr(*s, n).expect("in range")).collect()
    }

    #[test]
    fn the_three_conventions_of_one_real_report() {
        let nrr = means(&KEMENAG, 29);
        let shown = |c| ikm(&nrr, c).expect("nine unsur").shown();
        assert_eq!(shown(Convention::Exact), "91.48");
        assert_eq!(shown(Convention::Weight2dp), "90.56");
        assert_eq!(shown(Convention::Weight3dp), "91.38");
        assert_eq!(ikm_of_sums(&KEMENAG, 29).map(|i| i.hundredths()), Ok(9148));
    }

    #[test]
    fn weights_follow_the_number_of_unsur() {
        let weight = |c: Convention, k| c.weight(k).map(|w| w.plain());
        assert_eq!(weight(Convention::Weight2dp, 3), Ok("0.33".into()));
        assert_eq!(weight(Convention::Weight2dp, 14), Ok("0.07".into()));
        assert_eq!(weight(Convention::Weight3dp, 14), Ok("0.071".into()));
        assert_eq!(weight(Convention::Weight2dp, 8), Ok("0.13".into()));
        assert_eq!(weight(Convention::Weight3dp, 8), Ok("0.125".into()));
        assert_eq!(weight(Convention::Exact, 0), Err(SkmError::NoElements));
        assert_eq!(weight(Convention::Exact, 100), Err(SkmError::NoElements));
    }

    #[test]
    fn all_three_is_75_and_that_is_c() {
        let ikm = ikm_of_sums(&[30; 9], 10).expect("nine unsur");
        assert_eq!(
            (ikm.shown().as_str(), ikm.mutu(MutuTable::Permenpanrb2017)),
            ("75.00", Some(Mutu::C))
        );
    }

    #[test]
    fn a_rounded_weight_can_leave_the_scale() {
        let worst = ikm(&means(&[10; 9], 10), Convention::Weight2dp).expect("nine unsur");
        assert_eq!(
            (worst.shown().as_str(), worst.mutu(MutuTable::Permenpanrb2017)),
            ("24.75", None)
        );
        let best = ikm(&means(&[40; 8], 10), Convention::Weight2dp).expect("eight unsur");
        assert_eq!(
            (best.shown().as_str(), best.mutu(MutuTable::Permenpanrb2017)),
            ("104.00", None)
        );
    }

    #[test]
    fn impossible_answers_are_refused() {
        assert_eq!(nrr(0, 0), Err(SkmError::NoRespondents));
        assert_eq!(nrr(9, 10), Err(SkmError::SumOutOfRange));
        assert_eq!(nrr(41, 10), Err(SkmError::SumOutOfRange));
        assert_eq!(nrr(u64::MAX, u64::MAX), Err(SkmError::SumOutOfRange));
        assert_eq!(ikm(&[], Convention::Exact), Err(SkmError::NoElements));
        assert_eq!(ikm(&[Exact::int(5)], Convention::Exact), Err(SkmError::MeanOutOfRange));
    }

    #[test]
    fn different_counts_per_unsur_never_overflow() {
        let primes = [
            10_007_u64, 10_009, 10_037, 10_039, 10_061, 10_067, 10_069, 10_079, 10_091,
        ];
        let nrr: Vec<Exact> = primes.iter().map(|n| nrr(3 * n, *n).expect("in range")).collect();
        assert_eq!(ikm(&nrr, Convention::Exact).map(|i| i.shown()), Ok("75.00".into()));
    }
}
