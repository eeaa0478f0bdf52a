//! The pattern of predikat in a unit ("pola distribusi"), step two of every evaluation.
//!
//! SE MenPANRB 3/2023, in force since 31 January 2023 (C: a press reproduction, point by point). The pattern is a
//! consideration for the pejabat penilai, not a forced ranking: the product warns, and what a warning does is a
//! setting. Shares are compared exactly (`count * 100 <= 70 * n`), never rounded.

use kernel::Code;

use crate::rating::{CapaianOrganisasi, Predikat};
use crate::{Basis, Certainty};

/// The rule this module states.
pub const PATTERN: Basis = Basis::new("SE MenPANRB 3/2023", Certainty::Confirmed);

/// Units with fewer people are not judged by default (CFG): one person would be a fifth.
pub const SMALL_UNIT: u32 = 5;

/// Input names of explanations, by predikat.
pub(crate) const INPUT_NAMES: [(&str, Predikat); 5] = [
    ("SANGAT_BAIK", Predikat::SangatBaik),
    ("BAIK", Predikat::Baik),
    ("BUTUH_PERBAIKAN", Predikat::ButuhPerbaikan),
    ("KURANG", Predikat::Kurang),
    ("SANGAT_KURANG", Predikat::SangatKurang),
];

kernel::codes! {
    /// One way in which a unit's predikat leave the pattern. Codes are built as `PREDIKAT_LIMIT`.
    pub enum Violation {
        /// More than 70 % Sangat Baik where the organisation is Istimewa.
        SbMax70 = "SB_MAX_70",
        /// More than 70 % Baik where the organisation is Baik.
        BMax70 = "B_MAX_70",
        /// Nobody in Butuh Perbaikan or Kurang where the organisation is Baik.
        BpOrKRequired = "BP_OR_K_REQUIRED",
        /// Less than 60 % Butuh Perbaikan where the organisation is Butuh Perbaikan.
        BpMin60 = "BP_MIN_60",
        /// Less than 60 % Kurang where the organisation is Kurang.
        KMin60 = "K_MIN_60",
        /// Less than 10 % Butuh Perbaikan where the organisation is Kurang.
        BpMin10 = "BP_MIN_10",
        /// More than 10 % Sangat Baik where the organisation is Butuh Perbaikan or Kurang.
        SbMax10 = "SB_MAX_10",
        /// Less than 60 % Sangat Kurang where the organisation is Sangat Kurang.
        SkMin60 = "SK_MIN_60",
        /// Less than 10 % Kurang and Butuh Perbaikan together where the organisation is Sangat Kurang.
        KOrBpMin10 = "K_OR_BP_MIN_10",
        /// Somebody Sangat Baik where the organisation is Sangat Kurang.
        SbNone = "SB_NONE",
    }
}

/// Employees per predikat. The population leaves out the head of the unit and those not evaluated (CFG).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts([u32; 5]);

impl Counts {
    /// From counts in the order Sangat Baik, Baik, Butuh Perbaikan, Kurang, Sangat Kurang.
    pub const fn new(counts: [u32; 5]) -> Self {
        Self(counts)
    }

    /// Counts the predikat of a unit.
    pub fn tally(predikat: impl IntoIterator<Item = Predikat>) -> Self {
        let mut counts = Self::default();
        for one in predikat {
            let place = &mut counts.0[one as usize];
            *place = place.saturating_add(1);
        }
        counts
    }

    /// How many have this predikat.
    pub const fn of(self, predikat: Predikat) -> u32 {
        self.0[predikat as usize]
    }

    /// Everybody.
    pub fn total(self) -> u64 {
        self.0.iter().map(|c| u64::from(*c)).sum()
    }
}

/// The limits a unit's achievement puts on one predikat, in percent of the population. For drawing the band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// The predikat.
    pub predikat: Predikat,
    /// At least this share, 0 to 100.
    pub min: u8,
    /// At most this share, 0 to 100.
    pub max: u8,
    /// The predikat most employees are expected to have.
    pub mode: bool,
}

/// The predikat most employees of such a unit are expected to have.
pub const fn expected_mode(capaian: CapaianOrganisasi) -> Predikat {
    match capaian {
        CapaianOrganisasi::Istimewa => Predikat::SangatBaik,
        CapaianOrganisasi::Baik => Predikat::Baik,
        CapaianOrganisasi::ButuhPerbaikan => Predikat::ButuhPerbaikan,
        CapaianOrganisasi::Kurang => Predikat::Kurang,
        CapaianOrganisasi::SangatKurang => Predikat::SangatKurang,
    }
}

/// The five bands of the pattern, best predikat first. Limits that join two predikat (at least one in Butuh Perbaikan
/// or Kurang) cannot be drawn as a band and appear only in [`check`].
pub fn bands(capaian: CapaianOrganisasi) -> [Band; 5] {
    let limits = |predikat: Predikat| match (capaian, predikat) {
        (CapaianOrganisasi::Istimewa, Predikat::SangatBaik) | (CapaianOrganisasi::Baik, Predikat::Baik) => (0, 70),
        (CapaianOrganisasi::ButuhPerbaikan, Predikat::ButuhPerbaikan) => (60, 100),
        // a tenth is taken by the predikat above
        (CapaianOrganisasi::Kurang, Predikat::Kurang) | (CapaianOrganisasi::SangatKurang, Predikat::SangatKurang) => {
            (60, 90)
        }
        (CapaianOrganisasi::Kurang, Predikat::ButuhPerbaikan) => (10, 40),
        (CapaianOrganisasi::ButuhPerbaikan | CapaianOrganisasi::Kurang, Predikat::SangatBaik) => (0, 10),
        (CapaianOrganisasi::SangatKurang, Predikat::SangatBaik) => (0, 0),
        (CapaianOrganisasi::ButuhPerbaikan, _) => (0, 40),
        (CapaianOrganisasi::Kurang, _) | (CapaianOrganisasi::SangatKurang, Predikat::Baik) => (0, 30),
        (CapaianOrganisasi::SangatKurang, _) => (0, 40),
        (CapaianOrganisasi::Istimewa | CapaianOrganisasi::Baik, _) => (0, 100),
    };
    INPUT_NAMES.map(|(_, predikat)| {
        let (min, max) = limits(predikat);
        Band {
            predikat,
            min,
            max,
            mode: predikat == expected_mode(capaian),
        }
    })
}

/// Every limit of the pattern that these counts break, in the order in which the circular states them. An empty
/// population breaks nothing. Small units are judged too: [`judge`] leaves them alone.
pub fn check(capaian: CapaianOrganisasi, counts: Counts) -> Vec<Violation> {
    let n = counts.total();
    if n == 0 {
        return Vec::new();
    }
    let above = |count: u64, percent: u64| count * 100 > percent * n;
    let below = |count: u64, percent: u64| count * 100 < percent * n;
    let [sb, b, bp, k, sk] = INPUT_NAMES.map(|(_, predikat)| u64::from(counts.of(predikat)));
    let rules: &[(bool, Violation)] = match capaian {
        CapaianOrganisasi::Istimewa => &[(above(sb, 70), Violation::SbMax70)],
        CapaianOrganisasi::Baik => &[
            (above(b, 70), Violation::BMax70),
            (bp + k == 0, Violation::BpOrKRequired),
        ],
        CapaianOrganisasi::ButuhPerbaikan => {
            &[(below(bp, 60), Violation::BpMin60), (above(sb, 10), Violation::SbMax10)]
        }
        CapaianOrganisasi::Kurang => &[
            (below(k, 60), Violation::KMin60),
            (below(bp, 10), Violation::BpMin10),
            (above(sb, 10), Violation::SbMax10),
        ],
        CapaianOrganisasi::SangatKurang => &[
            (below(sk, 60), Violation::SkMin60),
            (below(k + bp, 10), Violation::KOrBpMin10),
            (sb > 0, Violation::SbNone),
        ],
    };
    rules
        .iter()
        .filter(|(broken, _)| *broken)
        .map(|(_, violation)| *violation)
        .collect()
}

/// True when no other predikat is held by more people than the one most are expected to have ("sebagian besar").
/// A hint for the picture, not one of the numbered limits.
pub fn mode_as_expected(capaian: CapaianOrganisasi, counts: Counts) -> bool {
    let expected = counts.of(expected_mode(capaian));
    Predikat::ALL.iter().all(|p| counts.of(*p) <= expected)
}

/// What can be said about a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judgement {
    /// Too few people for percentages to mean anything.
    TooSmall,
    /// Judged; empty when inside the pattern.
    Judged(Vec<Violation>),
}

/// As [`check`], but units with fewer than `small_unit` people are not judged ([`SMALL_UNIT`] by default, CFG).
pub fn judge(capaian: CapaianOrganisasi, counts: Counts, small_unit: u32) -> Judgement {
    if counts.total() < u64::from(small_unit) {
        return Judgement::TooSmall;
    }
    Judgement::Judged(check(capaian, counts))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(capaian: CapaianOrganisasi, counts: [u32; 5]) -> Vec<&'static str> {
        check(capaian, Counts::new(counts))
            .into_iter()
            .map(Code::code)
            .collect()
    }

    #[test]
    fn limits_are_exact_and_never_rounded() {
        assert!(codes(CapaianOrganisasi::Istimewa, [70, 30, 0, 0, 0]).is_empty());
        assert_eq!(codes(CapaianOrganisasi::Istimewa, [71, 29, 0, 0, 0]), ["SB_MAX_70"]);
        assert_eq!(codes(CapaianOrganisasi::Istimewa, [1, 0, 0, 0, 0]), ["SB_MAX_70"]);
        assert_eq!(
            codes(CapaianOrganisasi::ButuhPerbaikan, [1, 2, 5, 1, 0]),
            ["BP_MIN_60", "SB_MAX_10"]
        );
        assert!(codes(CapaianOrganisasi::Baik, [0, 6, 0, 4, 0]).is_empty());
        assert_eq!(codes(CapaianOrganisasi::Kurang, [0, 4, 0, 6, 0]), ["BP_MIN_10"]);
        assert_eq!(
            codes(CapaianOrganisasi::SangatKurang, [1, 9, 0, 0, 0]),
            ["SK_MIN_60", "K_OR_BP_MIN_10", "SB_NONE"]
        );
    }

    #[test]
    fn an_empty_unit_breaks_nothing_and_a_small_one_is_not_judged() {
        for capaian in CapaianOrganisasi::ALL {
            assert!(check(*capaian, Counts::default()).is_empty());
        }
        let four = Counts::new([0, 4, 0, 0, 0]);
        assert_eq!(judge(CapaianOrganisasi::Baik, four, SMALL_UNIT), Judgement::TooSmall);
        assert_eq!(
            judge(CapaianOrganisasi::Baik, four, 4),
            Judgement::Judged(check(CapaianOrganisasi::Baik, four))
        );
    }

    #[test]
    fn huge_counts_do_not_overflow() {
        let all = Counts::new([u32::MAX; 5]);
        assert_eq!(codes(CapaianOrganisasi::Istimewa, [u32::MAX; 5]), Vec::<&str>::new());
        assert_eq!(all.total(), u64::from(u32::MAX) * 5);
    }

    #[test]
    fn bands_agree_with_the_single_limits() {
        for capaian in CapaianOrganisasi::ALL {
            for band in bands(*capaian) {
                assert!(band.min <= band.max);
                // a unit in which everybody has this predikat breaks something exactly when the band forbids it,
                // or a joined limit does
                let mut counts = [0; 5];
                counts[band.predikat as usize] = 10;
                if band.max < 100 {
                    assert!(
                        !check(*capaian, Counts::new(counts)).is_empty(),
                        "{capaian} {}",
                        band.predikat
                    );
                }
            }
            assert_eq!(bands(*capaian).iter().filter(|b| b.mode).count(), 1);
        }
    }

    #[test]
    fn the_mode_is_a_hint() {
        assert!(mode_as_expected(CapaianOrganisasi::Baik, Counts::new([1, 5, 5, 0, 0])));
        assert!(!mode_as_expected(CapaianOrganisasi::Baik, Counts::new([6, 3, 1, 0, 0])));
        let tally = Counts::tally([Predikat::Baik, Predikat::Baik, Predikat::Kurang]);
        assert_eq!(
            (tally.of(Predikat::Baik), tally.of(Predikat::Kurang), tally.total()),
            (2, 1, 3)
        );
    }
}
