//! Ratings, predikat and the quadrant: steps one and three of every evaluation.
//!
//! PermenPANRB 6/2022 Pasal 24-25 and SE MenPANRB 3/2023 (31 January 2023), in force on 22 November 2026.
//! The nine cells are known second hand (C2): some seven public programs agree, the picture in the annex was not seen.

use kernel::Code;

use crate::distribution::{self, Counts};
use crate::{Basis, Certainty, Step};

kernel::codes! {
    /// The rating of results ("hasil kerja") or of behaviour ("perilaku kerja"), best first. A judgement of the
    /// pejabat penilai based on evidence and feedback, never a computed average.
    pub enum Rating {
        /// Results exceed the expectation and no main result is below it; or behaviour that also moves others.
        DiAtas = "DI_ATAS_EKSPEKTASI",
        /// Most results meet the expectation; or the values shown consistently for oneself.
        Sesuai = "SESUAI_EKSPEKTASI",
        /// Most results miss the expectation; or the values not yet shown consistently, misconduct.
        DiBawah = "DI_BAWAH_EKSPEKTASI",
    }
}

kernel::codes! {
    /// The predikat of an employee, best first.
    pub enum Predikat {
        /// Sangat Baik.
        SangatBaik = "SANGAT_BAIK",
        /// Baik.
        Baik = "BAIK",
        /// Butuh Perbaikan, called "Cukup" in older texts.
        ButuhPerbaikan = "BUTUH_PERBAIKAN",
        /// Kurang, printed "Kurang/Misconduct".
        Kurang = "KURANG",
        /// Sangat Kurang.
        SangatKurang = "SANGAT_KURANG",
    }
}

kernel::codes! {
    /// The predikat of an organisation ("capaian kinerja organisasi"), best first. Set one level above the unit.
    pub enum CapaianOrganisasi {
        /// Action plans exceed the target agreed with the leader.
        Istimewa = "ISTIMEWA",
        /// Action plans reach the target at the agreed quality.
        Baik = "BAIK",
        /// Progress, but guidance and improvement needed.
        ButuhPerbaikan = "BUTUH_PERBAIKAN",
        /// Part of the strategic targets missed.
        Kurang = "KURANG",
        /// Most action plans show no progress yet.
        SangatKurang = "SANGAT_KURANG",
    }
}

/// The quadrant.
pub const QUADRANT: Basis = Basis::new("PermenPANRB 6/2022 Pasal 24-25", Certainty::SecondHand);
/// Capaian kinerja organisasi, and the head of a unit whose rating it is.
pub const ORGANISATION: Basis = Basis::new("SE MenPANRB 3/2023", Certainty::Confirmed);
/// The default mapping of a unit's achievement to its head's rating; a setting.
pub const HEAD_MAPPING: Basis = Basis::new("SE MenPANRB 3/2023", Certainty::Likely);
/// The ratings given by the pejabat penilai.
pub const RATING: Basis = Basis::new("PermenPANRB 6/2022 Pasal 24", Certainty::Confirmed);

impl Rating {
    /// As the law prints it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::DiAtas => "Di Atas Ekspektasi",
            Self::Sesuai => "Sesuai Ekspektasi",
            Self::DiBawah => "Di Bawah Ekspektasi",
        }
    }

    /// 3 for the best, 1 for the worst.
    pub const fn rank(self) -> u8 {
        3 - self as u8
    }
}

impl Predikat {
    /// As the forms print it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::SangatBaik => "Sangat Baik",
            Self::Baik => "Baik",
            Self::ButuhPerbaikan => "Butuh Perbaikan",
            Self::Kurang => "Kurang/Misconduct",
            Self::SangatKurang => "Sangat Kurang",
        }
    }

    /// 5 for Sangat Baik down to 1 for Sangat Kurang, as in proposals that weigh several windows (our own design).
    pub const fn rank(self) -> u8 {
        5 - self as u8
    }
}

impl CapaianOrganisasi {
    /// As the forms print it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Istimewa => "Istimewa",
            Self::Baik => "Baik",
            Self::ButuhPerbaikan => "Butuh Perbaikan",
            Self::Kurang => "Kurang",
            Self::SangatKurang => "Sangat Kurang",
        }
    }

    /// The rating of results of the head of the unit, whose results are the unit's (SE MenPANRB 3/2023, C). The
    /// mapping itself is the default of a setting (L).
    pub const fn rating_of_head(self) -> Rating {
        match self {
            Self::Istimewa => Rating::DiAtas,
            Self::Baik => Rating::Sesuai,
            Self::ButuhPerbaikan | Self::Kurang | Self::SangatKurang => Rating::DiBawah,
        }
    }
}

/// The predikat that follows from the two ratings: all nine cells of the quadrant.
pub const fn predikat(hasil_kerja: Rating, perilaku_kerja: Rating) -> Predikat {
    match (hasil_kerja, perilaku_kerja) {
        (Rating::DiAtas, Rating::DiAtas) => Predikat::SangatBaik,
        (Rating::DiAtas, Rating::Sesuai) | (Rating::Sesuai, Rating::DiAtas | Rating::Sesuai) => Predikat::Baik,
        (Rating::DiAtas | Rating::Sesuai, Rating::DiBawah) => Predikat::Kurang,
        (Rating::DiBawah, Rating::DiAtas | Rating::Sesuai) => Predikat::ButuhPerbaikan,
        (Rating::DiBawah, Rating::DiBawah) => Predikat::SangatKurang,
    }
}

/// What an explanation can tell about one evaluation. What is not known yet is left out of the steps.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The unit's achievement in the period.
    pub capaian: Option<CapaianOrganisasi>,
    /// The person evaluated heads the unit, so that its achievement is their rating of results.
    pub is_head: bool,
    /// Employees per predikat in the unit, this person included.
    pub counts: Option<Counts>,
    /// Units smaller than this are not judged against the pattern.
    pub small_unit: u32,
    /// Rating of results.
    pub hasil_kerja: Option<Rating>,
    /// Rating of behaviour.
    pub perilaku_kerja: Option<Rating>,
}

/// "Mengapa predikat saya begini?": every step in the order of the law, with what went in and the article.
pub fn explain(facts: &Facts) -> Vec<Step> {
    let mut steps = Vec::with_capacity(5);
    if let Some(capaian) = facts.capaian {
        steps.push(Step::new("organisation", ORGANISATION, capaian.code()));
        if let Some(counts) = facts.counts {
            steps.push(distribution_step(capaian, counts, facts.small_unit));
        }
    }
    if let Some(hasil) = facts.hasil_kerja {
        let step = match facts.capaian.filter(|_| facts.is_head) {
            Some(capaian) => Step::new("rating_of_head", HEAD_MAPPING, hasil.code())
                .input("capaian_organisasi", capaian.code())
                .input("mapped", capaian.rating_of_head().code()),
            None => Step::new("rating_hasil_kerja", RATING, hasil.code()),
        };
        steps.push(step);
    }
    if let Some(perilaku) = facts.perilaku_kerja {
        steps.push(Step::new("rating_perilaku_kerja", RATING, perilaku.code()));
    }
    if let (Some(hasil), Some(perilaku)) = (facts.hasil_kerja, facts.perilaku_kerja) {
        steps.push(quadrant_step(hasil, perilaku));
    }
    steps
}

/// The one step from two ratings to the predikat.
pub fn quadrant_step(hasil: Rating, perilaku: Rating) -> Step {
    Step::new("quadrant", QUADRANT, predikat(hasil, perilaku).code())
        .input("rating_hasil_kerja", hasil.code())
        .input("rating_perilaku_kerja", perilaku.code())
}

fn distribution_step(capaian: CapaianOrganisasi, counts: Counts, small_unit: u32) -> Step {
    let result = match distribution::judge(capaian, counts, small_unit) {
        distribution::Judgement::TooSmall => "TOO_SMALL".to_owned(),
        distribution::Judgement::Judged(found) if found.is_empty() => "OK".to_owned(),
        distribution::Judgement::Judged(found) => found.iter().map(|v| v.code()).collect::<Vec<_>>().join(","),
    };
    let mut step = Step::new("distribution", distribution::PATTERN, result).input("capaian_organisasi", capaian.code());
    for (name, predikat) in distribution::INPUT_NAMES {
        step = step.input(name, counts.of(predikat));
    }
    step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_better_rating_is_never_worse_and_conduct_weighs_more_than_results() {
        // The quadrant read as five ordered words is monotone in behaviour for every result ...
        for hasil in Rating::ALL {
            for pair in Rating::ALL.windows(2) {
                assert!(predikat(*hasil, pair[0]).rank() >= predikat(*hasil, pair[1]).rank());
            }
        }
        // ... and in results for every behaviour.
        for perilaku in Rating::ALL {
            for pair in Rating::ALL.windows(2) {
                assert!(predikat(pair[0], *perilaku).rank() >= predikat(pair[1], *perilaku).rank());
            }
        }
        // It is not symmetric: bad behaviour weighs more than bad results.
        assert_eq!(predikat(Rating::Sesuai, Rating::DiBawah), Predikat::Kurang);
        assert_eq!(predikat(Rating::DiBawah, Rating::Sesuai), Predikat::ButuhPerbaikan);
    }

    #[test]
    fn only_above_and_above_is_sangat_baik() {
        let best = Rating::ALL
            .iter()
            .flat_map(|h| Rating::ALL.iter().map(move |p| predikat(*h, *p)))
            .filter(|p| *p == Predikat::SangatBaik)
            .count();
        assert_eq!(best, 1);
    }

    #[test]
    fn the_explanation_follows_the_order_of_the_law_and_skips_what_is_unknown() {
        let keys = |facts: &Facts| explain(facts).iter().map(|s| s.key).collect::<Vec<_>>();
        assert!(keys(&Facts::default()).is_empty());
        let full = Facts {
            capaian: Some(CapaianOrganisasi::Istimewa),
            is_head: false,
            counts: Some(Counts::new([8, 2, 0, 0, 0])),
            small_unit: 5,
            hasil_kerja: Some(Rating::DiAtas),
            perilaku_kerja: Some(Rating::Sesuai),
        };
        assert_eq!(
            keys(&full),
            [
                "organisation",
                "distribution",
                "rating_hasil_kerja",
                "rating_perilaku_kerja",
                "quadrant"
            ]
        );
        let steps = explain(&full);
        assert_eq!(steps[1].result, "SB_MAX_70");
        assert_eq!(steps[4].result, "BAIK");
        let head = Facts {
            is_head: true,
            counts: None,
            ..full
        };
        assert_eq!(explain(&head)[1].key, "rating_of_head");
    }
}
