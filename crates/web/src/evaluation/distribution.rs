//! The predikat of a unit beside the pattern of its achievement.

use evaluation::queries::Distribution;
use i18n::Texts;
use kernel::{Code, Decimal};
use regulation::distribution::{Judgement, Violation};
use regulation::rating::Predikat;

use super::words::{count, violation};
use crate::shared::charts::{self, Caption, DistributionBar, Svg};
use crate::shared::words;

/// A distribution as sentences, picture and table.
pub(super) struct DistributionView {
    pub heading: String,
    /// What can be said of it in one sentence.
    pub summary: String,
    pub achievement: Option<words::Tag>,
    /// The unit has limits that it leaves.
    pub warnings: Vec<&'static str>,
    /// What else must be known to read it.
    pub notes: Vec<String>,
    /// None in a unit so small that counts would name people, when the reader is not the assessor.
    pub figures: Option<Figures>,
}

/// The counts.
pub(super) struct Figures {
    pub svg: Svg,
    pub rows: Vec<Row>,
}

/// One predikat.
pub(super) struct Row {
    pub label: String,
    pub count: String,
    pub percent: String,
    pub allowed: String,
    pub outside: bool,
}

/// Which of the five a limit speaks of first.
fn predikat_of(violation: Violation) -> Predikat {
    match violation {
        Violation::SbMax70 | Violation::SbMax10 | Violation::SbNone => Predikat::SangatBaik,
        Violation::BMax70 => Predikat::Baik,
        Violation::BpOrKRequired | Violation::BpMin60 | Violation::BpMin10 => Predikat::ButuhPerbaikan,
        Violation::KMin60 | Violation::KOrBpMin10 => Predikat::Kurang,
        Violation::SkMin60 => Predikat::SangatKurang,
    }
}

/// The view of a unit. `hide_small` keeps the counts of small units to those who rate in it.
pub(super) fn view(t: Texts, unit: &str, data: &Distribution, hide_small: bool) -> DistributionView {
    let found: &[Violation] = match &data.judgement {
        Some(Judgement::Judged(found)) => found,
        Some(Judgement::TooSmall) | None => &[],
    };
    let n = count(data.n());
    let mut notes = Vec::new();
    if data.provisional > 0 {
        notes.push(t.evaluation_dist_provisional(count(data.provisional)));
    }
    if data.unrated > 0 {
        notes.push(t.evaluation_dist_unrated(count(data.unrated)));
    }
    if data.mode_as_expected == Some(false) && !data.is_small() && found.is_empty() {
        notes.push(t.evaluation_dist_mode().to_owned());
    }
    DistributionView {
        heading: t.evaluation_dist_heading(unit),
        summary: summary(t, data, found),
        achievement: data.achievement.map(|a| words::achievement(t, a)),
        warnings: found.iter().map(|v| violation(t, *v)).collect(),
        notes,
        figures: (n > 0 && !(hide_small && data.is_small())).then(|| figures(t, unit, data, found)),
    }
}

fn summary(t: Texts, data: &Distribution, found: &[Violation]) -> String {
    if data.n() == 0 {
        return t.evaluation_dist_nobody().to_owned();
    }
    match &data.judgement {
        None => t.evaluation_dist_no_achievement().to_owned(),
        Some(Judgement::TooSmall) => t.evaluation_dist_small(i64::from(data.small_unit)),
        Some(Judgement::Judged(_)) if found.is_empty() => t.evaluation_dist_inside().to_owned(),
        Some(Judgement::Judged(_)) => t.evaluation_dist_outside().to_owned(),
    }
}

fn figures(t: Texts, unit: &str, data: &Distribution, found: &[Violation]) -> Figures {
    let n = count(data.n()).max(1);
    let judged = matches!(data.judgement, Some(Judgement::Judged(_)));
    let mut bars = Vec::with_capacity(5);
    let mut rows = Vec::with_capacity(5);
    for (place, predikat) in Predikat::ALL.iter().enumerate() {
        let people = i64::from(data.counts.of(*predikat));
        let tenths = (people * 1000 + n / 2) / n;
        let percent = format!("{}%", t.decimal(Decimal::new(tenths, 1)));
        let label = words::predikat(t, *predikat).label;
        let band = data.bands.filter(|_| judged).map(|bands| bands[place]);
        let outside = found.iter().any(|v| predikat_of(*v) == *predikat);
        bars.push(DistributionBar {
            label: label.clone(),
            percent: f64::from(i32::try_from(tenths).unwrap_or(i32::MAX)) / 10.0,
            value: format!("{} · {percent}", t.evaluation_people(people)),
            allowed: band
                .filter(|b| (b.min, b.max) != (0, 100))
                .map(|b| (f64::from(b.min), f64::from(b.max))),
            outside,
        });
        rows.push(Row {
            label,
            count: t.number(people),
            percent,
            allowed: match band {
                None => t.evaluation_dist_not_judged().to_owned(),
                Some(b) => match (b.min, b.max) {
                    (0, 100) => t.evaluation_dist_free().to_owned(),
                    (0, 0) => t.evaluation_dist_none().to_owned(),
                    (0, max) => t.evaluation_dist_most(i64::from(max)),
                    (min, 100) => t.evaluation_dist_least(i64::from(min)),
                    (min, max) => t.evaluation_dist_between(i64::from(min), i64::from(max)),
                },
            },
            outside,
        });
    }
    let banded = bars.iter().any(|b| b.allowed.is_some());
    let data = charts::Distribution {
        caption: Caption::new(t.evaluation_dist_heading(unit), summary(t, data, found)),
        bars,
        allowed_label: if banded {
            t.evaluation_dist_frame().to_owned()
        } else {
            String::new()
        },
    };
    Figures {
        svg: charts::distribution(&data),
        rows,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use regulation::distribution::{Counts, bands, judge, mode_as_expected};
    use regulation::rating::CapaianOrganisasi;

    use super::*;

    pub(crate) fn sample(achievement: Option<CapaianOrganisasi>, counts: [u32; 5]) -> Distribution {
        let counts = Counts::new(counts);
        Distribution {
            achievement,
            counts,
            provisional: 2,
            unrated: 1,
            bands: achievement.map(bands),
            judgement: achievement.map(|a| judge(a, counts, 5)),
            mode_as_expected: achievement.map(|a| mode_as_expected(a, counts)),
            small_unit: 5,
        }
    }

    #[test]
    fn a_small_unit_names_nobody_to_others_and_is_not_judged() {
        let t = i18n::Lang::Id.texts();
        let small = sample(Some(CapaianOrganisasi::Baik), [0, 2, 1, 0, 0]);
        let others = view(t, "Loket", &small, true);
        assert!(others.figures.is_none() && others.warnings.is_empty());
        let assessor = view(t, "Loket", &small, false);
        let figures = assessor.figures.expect("the assessor knows them");
        assert_eq!(figures.rows[1].percent, "66,7%");
        assert!(figures.rows.iter().all(|r| !r.outside));
        assert!(assessor.summary.contains('5'));
    }

    #[test]
    fn what_is_left_is_told_and_marked() {
        let t = i18n::Lang::Id.texts();
        let unit = sample(Some(CapaianOrganisasi::Baik), [0, 9, 0, 0, 0]);
        let shown = view(t, "Bidang", &unit, true);
        assert_eq!(shown.warnings.len(), 2);
        let rows = shown.figures.expect("nine people").rows;
        let outside: Vec<bool> = rows.iter().map(|r| r.outside).collect();
        assert_eq!(outside, [false, true, true, false, false]);
        let fine = view(
            t,
            "Bidang",
            &sample(Some(CapaianOrganisasi::Baik), [2, 6, 2, 0, 0]),
            true,
        );
        assert!(fine.warnings.is_empty());
        let unset = view(t, "Bidang", &sample(None, [2, 6, 2, 0, 0]), true);
        assert_eq!(unset.summary, t.evaluation_dist_no_achievement());
        let empty = view(t, "Bidang", &sample(None, [0; 5]), false);
        assert!(empty.figures.is_none());
    }
}
