//! The sentences of this area.

use i18n::Texts;
use jiff::civil::Date;
use kernel::{Code, Instant, Period, Zone};
use regulation::Certainty;
use regulation::distribution::Violation;
use regulation::rating::{CapaianOrganisasi, Rating};

use crate::shared::words::{achievement, period, rating};
use crate::shared::{Choice, FormData, Staff};

/// How one reader sees dates: language, the office's zone, and now.
#[derive(Debug, Clone, Copy)]
pub(super) struct Eye {
    pub t: Texts,
    pub zone: Zone,
    pub now: Instant,
}

impl Eye {
    pub fn of(staff: &Staff) -> Self {
        Self {
            t: staff.t,
            zone: staff.session.agency.zone,
            now: staff.now,
        }
    }

    pub fn day(self, at: Instant) -> String {
        self.t.date_long(self.zone.date(at))
    }

    pub fn moment(self, at: Instant) -> String {
        self.t.moment(at, self.zone)
    }
}

/// A count for a text that chooses by number.
pub(super) fn count(n: impl TryInto<i64>) -> i64 {
    n.try_into().unwrap_or(i64::MAX)
}

/// `Triwulan III 2026`
pub(super) fn when(t: Texts, (year, of): (i16, Period)) -> String {
    format!("{} {year}", period(t, of))
}

/// The year and period in an address; the last finished quarter where they are missing or wrong.
pub(super) fn asked(query: &FormData, today: Date) -> (i16, Period) {
    let (year, quarter) = last_quarter(today);
    let year = query
        .raw("tahun")
        .parse()
        .ok()
        .filter(|y| (2000..=2200).contains(y))
        .unwrap_or(year);
    (year, Period::from_code(query.raw("periode")).unwrap_or(quarter))
}

/// The quarter that ended last.
pub(super) fn last_quarter(today: Date) -> (i16, Period) {
    match Period::quarter_of(today) {
        Period::Tw2 => (today.year(), Period::Tw1),
        Period::Tw3 => (today.year(), Period::Tw2),
        Period::Tw4 => (today.year(), Period::Tw3),
        _ => (today.year() - 1, Period::Tw4),
    }
}

/// One quarter to choose.
#[derive(Debug, Clone)]
pub(super) struct Chip {
    pub href: String,
    pub label: String,
    pub current: bool,
}

/// The quarters of the year that have begun, and the way to last year and back; older years are reached from the
/// evaluations themselves.
pub(super) fn chips(t: Texts, path: &str, now: (i16, Period), today: Date) -> Vec<Chip> {
    let (year, current) = now;
    let begun = |y: i16, p: Period| p.days(y).is_ok_and(|(first, _)| first <= today);
    let chip = |y: i16, p: Period, label: String| Chip {
        href: format!("{path}?tahun={y}&periode={}", p.code()),
        label,
        current: (y, p) == (year, current),
    };
    let mut chips = Vec::with_capacity(6);
    if year >= today.year() {
        chips.push(chip(year - 1, Period::Tw4, when(t, (year - 1, Period::Tw4))));
    }
    let mut shown: Vec<Period> = Period::QUARTERS.into_iter().filter(|p| begun(year, *p)).collect();
    if !shown.contains(&current) {
        shown.push(current);
    }
    chips.extend(shown.into_iter().map(|p| chip(year, p, when(t, (year, p)))));
    if begun(year + 1, Period::Tw1) {
        chips.push(chip(year + 1, Period::Tw1, when(t, (year + 1, Period::Tw1))));
    }
    chips
}

/// The three ratings of results as sentences; none is chosen.
pub(super) fn result_choices(t: Texts) -> Vec<Choice> {
    choices(
        t,
        [
            (Rating::DiAtas, t.evaluation_result_above()),
            (Rating::Sesuai, t.evaluation_result_meets()),
            (Rating::DiBawah, t.evaluation_result_below()),
        ],
    )
}

/// The three ratings of behaviour as sentences; none is chosen.
pub(super) fn behaviour_choices(t: Texts) -> Vec<Choice> {
    choices(
        t,
        [
            (Rating::DiAtas, t.evaluation_behaviour_above()),
            (Rating::Sesuai, t.evaluation_behaviour_meets()),
            (Rating::DiBawah, t.evaluation_behaviour_below()),
        ],
    )
}

fn choices(t: Texts, of: [(Rating, &'static str); 3]) -> Vec<Choice> {
    of.into_iter()
        .map(|(r, meaning)| Choice::new(r.code(), rating(t, r)).hint(meaning))
        .collect()
}

/// The five achievements with what they mean; none is chosen.
pub(super) fn achievement_choices(t: Texts) -> Vec<Choice> {
    let meaning = |a| match a {
        CapaianOrganisasi::Istimewa => t.evaluation_meaning_istimewa(),
        CapaianOrganisasi::Baik => t.evaluation_meaning_baik(),
        CapaianOrganisasi::ButuhPerbaikan => t.evaluation_meaning_butuh_perbaikan(),
        CapaianOrganisasi::Kurang => t.evaluation_meaning_kurang(),
        CapaianOrganisasi::SangatKurang => t.evaluation_meaning_sangat_kurang(),
    };
    CapaianOrganisasi::ALL
        .iter()
        .map(|a| Choice::new(a.code(), achievement(t, *a).label).hint(meaning(*a)))
        .collect()
}

/// One limit of the pattern that is left.
pub(super) fn violation(t: Texts, violation: Violation) -> &'static str {
    match violation {
        Violation::SbMax70 => t.evaluation_violation_sb_max_70(),
        Violation::BMax70 => t.evaluation_violation_b_max_70(),
        Violation::BpOrKRequired => t.evaluation_violation_bp_or_k(),
        Violation::BpMin60 => t.evaluation_violation_bp_min_60(),
        Violation::KMin60 => t.evaluation_violation_k_min_60(),
        Violation::BpMin10 => t.evaluation_violation_bp_min_10(),
        Violation::SbMax10 => t.evaluation_violation_sb_max_10(),
        Violation::SkMin60 => t.evaluation_violation_sk_min_60(),
        Violation::KOrBpMin10 => t.evaluation_violation_k_or_bp_min_10(),
        Violation::SbNone => t.evaluation_violation_sb_none(),
    }
}

/// `Dasar: PermenPANRB 6/2022 Pasal 24`, and how sure the reading is where it is not certain.
pub(super) fn basis(t: Texts, basis: regulation::Basis) -> String {
    match basis.certainty {
        Certainty::Confirmed => t.evaluation_basis(basis.article),
        Certainty::SecondHand | Certainty::Likely => t.evaluation_basis_unseen(basis.article),
        Certainty::Configurable | Certainty::Design => t.evaluation_basis_setting(basis.article),
    }
}

/// A line of history.
pub(super) fn event(t: Texts, verb: &str) -> &'static str {
    match verb {
        "BUKA" => t.evaluation_event_open(),
        "NILAI" => t.evaluation_event_rate(),
        "FINAL" => t.evaluation_event_final(),
        "TERIMA" => t.evaluation_event_receive(),
        "ALIH" => t.evaluation_event_hand_over(),
        _ => t.evaluation_event_other(),
    }
}

/// Where the recorded work of a period stands.
pub(super) fn period_path(skp: kernel::SkpId, (year, period): (i16, Period)) -> String {
    format!("/skp/{skp}/periode/{year}/{}", period.code())
}

#[cfg(test)]
mod tests {
    use i18n::Lang;
    use jiff::civil::date;
    use regulation::rating::Predikat;

    use super::*;

    #[test]
    fn indonesian_words_are_those_of_the_law() {
        let t = Lang::Id.texts();
        for r in <Rating as Code>::ALL {
            assert_eq!(rating(t, *r), r.label());
        }
        for p in <Predikat as Code>::ALL {
            assert_eq!(crate::shared::words::predikat(t, *p).label, p.label());
        }
        for a in <CapaianOrganisasi as Code>::ALL {
            assert_eq!(achievement(t, *a).label, a.label());
        }
    }

    #[test]
    fn an_address_without_a_period_means_the_quarter_that_ended_last() {
        let today = date(2026, 11, 22);
        assert_eq!(asked(&FormData::default(), today), (2026, Period::Tw3));
        assert_eq!(asked(&FormData::default(), date(2026, 1, 2)), (2025, Period::Tw4));
        let odd = FormData::from_pairs([("tahun", "99999"), ("periode", "<script>")]);
        assert_eq!(asked(&odd, today), (2026, Period::Tw3));
        let full = FormData::from_pairs([("tahun", "2025"), ("periode", "TRIWULAN_I")]);
        assert_eq!(asked(&full, today), (2025, Period::Tw1));
    }

    #[test]
    fn only_quarters_that_have_begun_are_offered() {
        let t = Lang::Id.texts();
        let chips = chips(t, "/tim/evaluasi", (2026, Period::Tw3), date(2026, 8, 1));
        let labels: Vec<&str> = chips.iter().map(|c| c.label.as_str()).collect();
        assert_eq!(
            labels,
            [
                "Triwulan IV 2025",
                "Triwulan I 2026",
                "Triwulan II 2026",
                "Triwulan III 2026"
            ]
        );
        assert_eq!(chips.iter().filter(|c| c.current).count(), 1);
    }
}
