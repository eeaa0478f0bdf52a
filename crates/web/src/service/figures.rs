//! The figures of a service as they stand on pages, public and of staff alike.

use i18n::Texts;
use jiff::civil::{Date, date};
use kernel::{Code, Period};
use regulation::skm::Unsur;
use service::queries::{ServiceIndex, Times};

use super::words;
use crate::shared::words::Tag;
use crate::shared::{Choice, FormData};

/// An index with everything that stands beside it.
pub(super) struct IndexView {
    /// `88,31`
    pub(super) value: String,
    /// Category.
    pub(super) tag: Tag,
    /// Complete answers.
    pub(super) n: String,
    /// Fewer than thirty.
    pub(super) small: bool,
    /// The sentence with both ends.
    pub(super) interval: Option<String>,
    /// The nine elements.
    pub(super) elements: Vec<ElementView>,
    /// The computation with its numbers.
    pub(super) formula: String,
}

/// One element of an index.
pub(super) struct ElementView {
    /// Place in the regulation, `U1` to `U9`.
    pub(super) number: String,
    /// Name.
    pub(super) label: &'static str,
    /// Mean, three decimals.
    pub(super) nrr: String,
    /// The same in thousandths, for the picture.
    pub(super) thousandths: i64,
    /// Category.
    pub(super) tag: Tag,
    /// One of the three lowest.
    pub(super) lowest: bool,
}

impl IndexView {
    pub(super) fn of(t: Texts, index: &ServiceIndex) -> Self {
        let value = i18n::hundredths(t.0, index.ikm.hundredths());
        let total: u64 = index.figures.sums.iter().sum();
        let n = words::count(t, index.n());
        let category = |mutu: Option<regulation::skm::Mutu>| {
            mutu.map_or_else(|| Tag::new(t.none(), ""), |mutu| words::mutu(t, mutu))
        };
        Self {
            formula: t.service_how_formula(words::count(t, total), &n, &value),
            value,
            tag: category(index.mutu),
            n,
            small: index.is_small,
            interval: index
                .interval
                .map(|ends| t.service_index_interval(words::statistic(t, ends.low), words::statistic(t, ends.high))),
            elements: index
                .elements
                .iter()
                .map(|element| ElementView {
                    number: format!("U{}", element.unsur.number()),
                    label: words::label(t, element.unsur),
                    nrr: words::exact(t, &element.nrr, 3),
                    thousandths: element
                        .nrr
                        .to_decimal(3)
                        .and_then(|d| i64::try_from(d.mantissa()).ok())
                        .unwrap_or(0),
                    tag: category(element.mutu),
                    lowest: index.lowest.contains(&element.unsur),
                })
                .collect(),
        }
    }

    /// The names of the three lowest elements, weakest first.
    pub(super) fn lowest(t: Texts, index: &ServiceIndex) -> Vec<&'static str> {
        index
            .lowest
            .iter()
            .map(|unsur: &Unsur| words::label(t, *unsur))
            .collect()
    }
}

/// What a register says about time.
pub(super) struct TimesView {
    /// Middle duration in words; none when no row is usable.
    pub(super) median: Option<String>,
    /// Share done in time; none without promised dates.
    pub(super) on_time: Option<String>,
    /// Of how many.
    pub(super) on_time_of: String,
    /// How many rows could be counted.
    pub(super) n: String,
    /// How many were done on the same day.
    pub(super) same_day: String,
    /// Mean, ninth decile, longest.
    pub(super) more: Option<String>,
    /// First and last request.
    pub(super) range: Option<String>,
    /// What was wrong with rows.
    pub(super) defects: Vec<String>,
    /// The chosen period has no request; these are the figures of the whole register.
    pub(super) whole: bool,
}

impl TimesView {
    /// `None` when there is no register.
    pub(super) fn of(t: Texts, times: &Times, whole: bool) -> Option<Self> {
        let f = &times.figures;
        if f.rows == 0 {
            return None;
        }
        let d = &f.defects;
        let count = |n: u64| words::count(t, n);
        let defects = [
            (
                d.impossible_request,
                t.service_defect_request(count(d.impossible_request)),
            ),
            (d.impossible_target, t.service_defect_target(count(d.impossible_target))),
            (
                d.completed_before_request,
                t.service_defect_order(count(d.completed_before_request)),
            ),
            (d.missing_date, t.service_defect_missing(count(d.missing_date))),
            (d.cancelled, t.service_defect_cancelled(count(d.cancelled))),
            (times.unreadable, t.service_defect_unreadable(count(times.unreadable))),
        ];
        let more = f.mean.as_ref().zip(f.p90.zip(f.max));
        Some(Self {
            median: f.median.as_ref().map(|m| t.service_times_days(words::plain(t, m))),
            on_time: times.on_time_share.map(|share| words::percent(t, share)),
            on_time_of: t.service_times_on_time_of(words::count(t, f.on_time), words::count(t, f.with_target)),
            n: t.service_times_n(words::count(t, f.usable), words::count(t, f.rows)),
            same_day: t.service_times_same_day(words::count(t, f.same_day)),
            more: more
                .map(|(mean, (p90, max))| t.service_times_more(words::exact(t, mean, 2), t.number(p90), t.number(max))),
            range: times
                .days
                .map(|(from, to)| t.service_times_range(t.date_long(from), t.date_long(to))),
            defects: defects
                .into_iter()
                .filter(|(n, _)| *n > 0)
                .map(|(_, sentence)| sentence)
                .collect(),
            whole,
        })
    }
}

/// First and last day of a calendar year; a year that no survey can have becomes the nearest one that can.
pub(super) fn year_days(year: i16) -> (Date, Date) {
    let year = year.clamp(2000, 2200);
    (date(year, 1, 1), date(year, 12, 31))
}

/// A year or a quarter of it, chosen in the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chosen {
    /// Year, 2000 to 2200.
    pub(super) year: i16,
    /// The whole year or a quarter.
    pub(super) period: Period,
}

impl Chosen {
    /// Reads `tahun` and `periode`; anything that cannot be becomes the whole of `otherwise`.
    pub(super) fn read(query: &FormData, otherwise: i16) -> Self {
        let year = query.int("tahun").and_then(|y| i16::try_from(y).ok());
        let period = Period::from_code(query.raw("periode")).ok();
        Self {
            year: year.filter(|y| (2000..=2200).contains(y)).unwrap_or(otherwise),
            period: period
                .filter(|p| *p == Period::Annual || Period::QUARTERS.contains(p))
                .unwrap_or(Period::Annual),
        }
    }

    /// First and last day.
    pub(super) fn days(self) -> (Date, Date) {
        self.period.days(self.year).unwrap_or_else(|_| year_days(self.year))
    }

    /// `Triwulan III 2026`
    pub(super) fn label(self, t: Texts) -> String {
        t.service_detail_period(crate::shared::words::period(t, self.period), self.year)
    }

    /// For addresses: `tahun=2026&periode=TRIWULAN_III`
    pub(super) fn query(self) -> String {
        format!("tahun={}&periode={}", self.year, self.period.code())
    }
}

/// The years that may be chosen: the present one and nine before it, and `also`.
pub(super) fn years(today: Date, also: i16) -> Vec<Choice> {
    let mut years: Vec<i16> = (0..10).map(|back| today.year() - back).collect();
    if !years.contains(&also) {
        years.push(also);
        years.sort_unstable_by(|a, b| b.cmp(a));
    }
    years
        .into_iter()
        .map(|y| Choice::new(y.to_string(), y.to_string()))
        .collect()
}

/// The year and its quarters.
pub(super) fn periods(t: Texts) -> Vec<Choice> {
    std::iter::once(Period::Annual)
        .chain(Period::QUARTERS)
        .map(|p| Choice::new(p.code(), crate::shared::words::period(t, p)))
        .collect()
}

#[cfg(test)]
pub(super) mod samples {
    use regulation::service_times::{Entry, Noted, summarise};
    use service::queries::Figures;

    use super::*;

    /// Thirty-one answers of the worked example, or a single one.
    pub(crate) fn index(small: bool) -> ServiceIndex {
        let figures = if small {
            Figures {
                n: 1,
                sums: [3; 9],
                squares: 729,
                population: None,
            }
        } else {
            Figures {
                n: 40,
                sums: [140, 133, 128, 160, 139, 144, 150, 131, 120],
                squares: 39_000,
                population: Some(900),
            }
        };
        figures.index().expect("answers")
    }

    /// A register with every defect.
    pub(crate) fn times() -> Times {
        let entry = |requested: &str, target: &str, completed: &str, cancelled| Entry {
            requested: Noted::parse(requested).expect("a date"),
            target: Noted::parse(target).expect("a date"),
            completed: Noted::parse(completed).expect("a date"),
            cancelled,
        };
        let figures = summarise(&[
            entry("2026-01-05", "2026-01-07", "2026-01-06", false),
            entry("0006-01-05", "1900-01-07", "2026-01-06", true),
            entry("2026-01-05", "", "2026-01-02", false),
            entry("", "", "", false),
        ]);
        Times {
            figures,
            unreadable: 2,
            on_time_share: Some(10_000),
            days: Some((date(2026, 1, 5), date(2026, 1, 5))),
        }
    }
}

#[cfg(test)]
mod tests {
    use i18n::Lang;

    use super::*;

    #[test]
    fn the_period_of_an_address_is_read_carefully() {
        let read = |pairs: &[(&str, &str)]| Chosen::read(&FormData::from_pairs(pairs.iter().copied()), 2026);
        assert_eq!(
            read(&[]),
            Chosen {
                year: 2026,
                period: Period::Annual
            }
        );
        let third = read(&[("tahun", "2024"), ("periode", "TRIWULAN_III")]);
        assert_eq!(third.days(), (date(2024, 7, 1), date(2024, 9, 30)));
        assert_eq!(third.query(), "tahun=2024&periode=TRIWULAN_III");
        for bad in [
            ("tahun", "1"),
            ("tahun", "99999999999"),
            ("periode", "BULAN_01"),
            ("periode", "<script>"),
        ] {
            assert_eq!(
                read(&[bad]),
                Chosen {
                    year: 2026,
                    period: Period::Annual
                },
                "{bad:?}"
            );
        }
        assert!(years(date(2026, 11, 22), 2013).iter().any(|c| c.value == "2013"));
    }

    #[test]
    fn an_index_shows_how_it_was_computed() {
        let t = Lang::Id.texts();
        let view = IndexView::of(t, &samples::index(true));
        assert_eq!(
            (view.value.as_str(), view.small, view.interval.is_none()),
            ("75,00", true, true)
        );
        assert_eq!(view.formula, "25 × 27 ÷ (9 × 1) = 75,00");
        assert_eq!(view.tag.label, "C · Kurang Baik");
        assert_eq!(view.elements.iter().filter(|e| e.lowest).count(), 3);
        let full = IndexView::of(t, &samples::index(false));
        assert!(full.interval.is_some() && !full.small);
        assert_eq!(
            (full.elements[0].nrr.as_str(), full.elements[0].thousandths),
            ("3,500", 3_500)
        );
    }

    #[test]
    fn a_register_names_its_defects() {
        let t = Lang::Id.texts();
        let view = TimesView::of(t, &samples::times(), false).expect("rows");
        assert_eq!(view.median.as_deref(), Some("1 hari"));
        assert_eq!(view.defects.len(), 6);
        assert!(view.n.starts_with("1 dari 4"), "{}", view.n);
    }
}
