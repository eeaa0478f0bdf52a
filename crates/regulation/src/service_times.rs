//! What a register of a service counter says about time, defects included.
//!
//! Our own arithmetic (D) on real registers, which hold requests in the year 6 and targets in 1900. Calendar days from
//! request to completion; p90 by nearest rank.

use jiff::civil::Date;

use crate::{Basis, Certainty, Exact};

/// The rules of this module.
pub const SERVICE_TIMES: Basis = Basis::new("Aturan sendiri: waktu layanan dari register", Certainty::Design);

/// A date as a register holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noted {
    /// A date that can be.
    Day(Date),
    /// Empty, or all zeros as some databases write it.
    Missing,
    /// A day that does not exist, or a year outside 2000 to 2100; the date is kept when the calendar has it.
    Impossible(Option<Date>),
}

/// A text that is not written as a date at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a date YYYY-MM-DD or nothing")]
pub struct NotADate;

impl Noted {
    /// Reads `2018-03-20`, the empty text and `0000-00-00`.
    pub fn parse(text: &str) -> Result<Self, NotADate> {
        let text = text.trim();
        if text.is_empty() || text == "0000-00-00" {
            return Ok(Self::Missing);
        }
        let shape = text.len() == 10
            && text.bytes().enumerate().all(|(at, b)| {
                if at == 4 || at == 7 {
                    b == b'-'
                } else {
                    b.is_ascii_digit()
                }
            });
        if !shape {
            return Err(NotADate);
        }
        Ok(match text.parse::<Date>() {
            Ok(day) if (2000..=2100).contains(&day.year()) => Self::Day(day),
            Ok(day) => Self::Impossible(Some(day)),
            Err(_) => Self::Impossible(None),
        })
    }

    fn day(self) -> Option<Date> {
        if let Self::Day(day) = self { Some(day) } else { None }
    }
}

/// One application in a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Day of the request.
    pub requested: Noted,
    /// Promised day.
    pub target: Noted,
    /// Day of completion.
    pub completed: Noted,
    /// Marked as cancelled; counted, never left out.
    pub cancelled: bool,
}

/// What was wrong with rows. One row may have several defects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Defects {
    /// Requests on a day that cannot be.
    pub impossible_request: u64,
    /// Targets on a day that cannot be.
    pub impossible_target: u64,
    /// Completed before the request.
    pub completed_before_request: u64,
    /// Without request or completion.
    pub missing_date: u64,
    /// Marked as cancelled.
    pub cancelled: u64,
}

/// The statistics of a register. Durations are in calendar days and absent when no row is usable.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServiceTimes {
    /// All rows.
    pub rows: u64,
    /// Rows whose two dates are possible and in order.
    pub usable: u64,
    /// Middle duration; between two middle ones their mean.
    pub median: Option<Exact>,
    /// Mean duration.
    pub mean: Option<Exact>,
    /// Ninetieth percentile by nearest rank.
    pub p90: Option<i64>,
    /// Longest duration.
    pub max: Option<i64>,
    /// Completed on the day of the request.
    pub same_day: u64,
    /// Usable rows with a possible target.
    pub with_target: u64,
    /// Of those, completed on or before the target.
    pub on_time: u64,
    /// Of those, completed after it.
    pub late: u64,
    /// Defects of all rows.
    pub defects: Defects,
}

/// Computes the statistics of a register; the order of the rows does not matter.
pub fn summarise(entries: &[Entry]) -> ServiceTimes {
    let mut out = ServiceTimes {
        rows: entries.len() as u64,
        ..ServiceTimes::default()
    };
    let mut days = Vec::with_capacity(entries.len());
    for entry in entries {
        note_defects(&mut out.defects, entry);
        let (Some(requested), Some(completed)) = (entry.requested.day(), entry.completed.day()) else {
            continue;
        };
        if completed < requested {
            continue;
        }
        let duration = days_between(requested, completed);
        days.push(duration);
        out.same_day += u64::from(duration == 0);
        if let Some(target) = entry.target.day() {
            out.with_target += 1;
            if completed <= target {
                out.on_time += 1;
            } else {
                out.late += 1;
            }
        }
    }
    days.sort_unstable();
    out.usable = days.len() as u64;
    if let (Some(longest), Ok(count)) = (days.last(), i64::try_from(days.len())) {
        out.max = Some(*longest);
        out.mean = Exact::ratio(days.iter().sum(), count);
        out.p90 = days.get((days.len() * 9).div_ceil(10).saturating_sub(1)).copied();
        let (low, high) = (days[(days.len() - 1) / 2], days[days.len() / 2]);
        out.median = Exact::ratio(low + high, 2);
    }
    out
}

fn note_defects(defects: &mut Defects, entry: &Entry) {
    defects.impossible_request += u64::from(matches!(entry.requested, Noted::Impossible(_)));
    defects.impossible_target += u64::from(matches!(entry.target, Noted::Impossible(_)));
    defects.cancelled += u64::from(entry.cancelled);
    let completed = match entry.completed {
        Noted::Day(day) => Some(day),
        // a completion in 1900 lies before any request; one on a day that never was is no date at all
        Noted::Impossible(day) => day.filter(|d| d.year() < 2000),
        Noted::Missing => None,
    };
    let missing = completed.is_none() || entry.requested == Noted::Missing;
    defects.missing_date += u64::from(missing);
    if let (Some(completed), Some(requested)) = (completed, entry.requested.day()) {
        defects.completed_before_request += u64::from(completed < requested);
    }
}

fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(requested: &str, target: &str, completed: &str) -> Entry {
        let noted = |text| Noted::parse(text).expect("a date");
        Entry {
            requested: noted(requested),
            target: noted(target),
            completed: noted(completed),
            cancelled: false,
        }
    }

    #[test]
    fn an_empty_register_has_no_durations() {
        let none = summarise(&[]);
        assert_eq!((none.rows, none.median, none.p90, none.max), (0, None, None, None));
    }

    #[test]
    fn an_even_number_of_rows_has_a_middle_between_two() {
        let two = summarise(&[
            entry("2018-03-01", "", "2018-03-01"),
            entry("2018-03-01", "", "2018-03-04"),
        ]);
        assert_eq!(two.median.map(|m| m.plain()), Some("1.5".into()));
        assert_eq!((two.p90, two.same_day, two.with_target), (Some(3), 1, 0));
    }

    #[test]
    fn defects_are_counted_and_never_late() {
        let rows = [
            entry("0006-04-01", "2018-04-03", "2018-04-02"),
            entry("2018-04-01", "1900-11-09", "2018-04-02"),
            entry("2018-04-03", "2018-04-03", "2018-04-02"),
            entry("2018-04-03", "2018-04-03", ""),
            entry("2018-04-03", "2018-04-03", "1900-01-01"),
            entry("2018-04-03", "2018-02-30", "2018-02-30"),
        ];
        let out = summarise(&rows);
        assert_eq!((out.usable, out.with_target, out.late), (1, 0, 0));
        let expected = Defects {
            impossible_request: 1,
            impossible_target: 2,
            completed_before_request: 2,
            missing_date: 2,
            cancelled: 0,
        };
        assert_eq!(out.defects, expected);
        for bad in ["abc", "2018-3-1", "2018/03/01", "2018-03-01 10:00"] {
            assert_eq!(Noted::parse(bad), Err(NotADate));
        }
    }
}
