//! The numeric scheme of PP 30/2019 Pasal 41, an optional module for agencies that need a number.
//!
//! In force since 2019 (C); PermenPANRB 6/2022 itself computes no score. The two lowest intervals are known second
//! hand (C2). The scale runs from 0 to 120.

use crate::{Basis, Certainty, Exact};

/// Weighted sum of the value of the SKP and the value of behaviour.
pub const COMBINE: Basis = Basis::new("PP 30/2019 Pasal 41(2)-(4)", Certainty::Confirmed);
/// Predikat from the value.
pub const PREDIKAT: Basis = Basis::new("PP 30/2019 Pasal 41(5)", Certainty::Confirmed);

kernel::codes! {
    /// The predikat of PP 30/2019, best first. It calls the middle one "Cukup".
    pub enum PredikatPp30 {
        /// 110 to 120 with a new idea.
        SangatBaik = "SANGAT_BAIK",
        /// 90 to 120.
        Baik = "BAIK",
        /// 70 to below 90.
        Cukup = "CUKUP",
        /// 50 to below 70.
        Kurang = "KURANG",
        /// Below 50.
        SangatKurang = "SANGAT_KURANG",
    }
}

kernel::codes! {
    /// How the value of the SKP and the value of behaviour are weighed.
    pub enum Bobot {
        /// Peers and subordinates are not asked.
        TujuhPuluhTigaPuluh = "70/30",
        /// Peers and subordinates are asked.
        EnamPuluhEmpatPuluh = "60/40",
    }
}

impl Bobot {
    /// Percent for the SKP and for behaviour; they add up to 100.
    pub const fn percent(self) -> (i64, i64) {
        match self {
            Self::TujuhPuluhTigaPuluh => (70, 30),
            Self::EnamPuluhEmpatPuluh => (60, 40),
        }
    }
}

/// The predikat of a value from 0 to 120; `None` outside. Above 110 it is Sangat Baik only for someone whose new idea
/// or way of working helps the organisation or the state (`new_idea`).
pub fn predikat(value: &Exact, new_idea: bool) -> Option<PredikatPp30> {
    let at_least = |limit: i64| *value >= Exact::int(limit);
    if value.is_negative() || *value > Exact::int(120) {
        return None;
    }
    Some(if at_least(110) && new_idea {
        PredikatPp30::SangatBaik
    } else if at_least(90) {
        PredikatPp30::Baik
    } else if at_least(70) {
        PredikatPp30::Cukup
    } else if at_least(50) {
        PredikatPp30::Kurang
    } else {
        PredikatPp30::SangatKurang
    })
}

/// The weighted value, unrounded.
pub fn combine(skp: &Exact, behaviour: &Exact, bobot: Bobot) -> Exact {
    let (for_skp, for_behaviour) = bobot.percent();
    let hundredths = &(skp * &Exact::int(for_skp)) + &(behaviour * &Exact::int(for_behaviour));
    hundredths
        .checked_div(&Exact::int(100))
        .expect("invariant: a hundred is not zero")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: &str, idea: bool) -> Option<PredikatPp30> {
        predikat(&value.parse().expect("a number"), idea)
    }

    #[test]
    fn every_boundary_belongs_to_the_upper_interval() {
        assert_eq!(of("119.99", true), Some(PredikatPp30::SangatBaik));
        assert_eq!(of("120", true), Some(PredikatPp30::SangatBaik));
        assert_eq!(of("89.9999999", false), Some(PredikatPp30::Cukup));
        assert_eq!(of("50", true), Some(PredikatPp30::Kurang));
        assert_eq!(of("0", false), Some(PredikatPp30::SangatKurang));
        assert_eq!(of("-0.01", false), None);
        assert_eq!(of("120.000000001", true), None);
    }

    #[test]
    fn the_predikat_comes_from_the_unrounded_value() {
        // 89.996 prints as 90.00 and is still Cukup
        let value = combine(
            &"89.996".parse().expect("a number"),
            &"89.996".parse().expect("a number"),
            Bobot::EnamPuluhEmpatPuluh,
        );
        assert_eq!(value.round(2), "90.00");
        assert_eq!(predikat(&value, false), Some(PredikatPp30::Cukup));
    }
}
