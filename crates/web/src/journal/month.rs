use i18n::Texts;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use journal::queries::DayCount;

/// The calendar of one month, weeks from Monday.
#[derive(Debug, Clone)]
pub(super) struct Month {
    /// `November 2026`
    pub(super) title: String,
    /// Short names of the days.
    pub(super) heads: Vec<(String, &'static str)>,
    /// Weeks of seven cells.
    pub(super) weeks: Vec<Vec<Cell>>,
    /// The month before: address and name.
    pub(super) before: (String, String),
    /// The month after, unless it has not begun.
    pub(super) after: Option<(String, String)>,
    /// Working days that have passed without an entry.
    pub(super) missing: i64,
}

/// One day of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    /// Classes that colour it.
    pub(super) class: String,
    /// Day of the month; empty outside the month.
    pub(super) number: String,
    /// Address; empty for days that cannot be opened.
    pub(super) href: String,
    /// `2 kegiatan`, `kosong`
    pub(super) words: String,
    /// The page shows this day.
    pub(super) is_shown: bool,
}

/// First and last day of the month of a day.
pub(super) fn bounds(day: Date) -> (Date, Date) {
    (day.first_of_month(), day.last_of_month())
}

/// The month around the day that is shown. `skp` is the first and last day of the plan that carries work, if there is
/// one; days outside it are neither missing nor counted as off.
pub(super) fn month(t: Texts, shown: Date, today: Date, skp: Option<(Date, Date)>, counts: &[DayCount]) -> Month {
    let (first, last) = bounds(shown);
    let blanks = i64::from(first.weekday().to_monday_zero_offset());
    let mut cells: Vec<Cell> = (0..blanks).map(|_| blank()).collect();
    let mut missing = 0;
    for day in first.series(1.day()).take_while(|day| *day <= last) {
        let entries = counts.iter().find(|c| c.day == day).map_or(0, |c| c.entries);
        let cell = cell(t, day, shown, today, skp, entries);
        missing += i64::from(cell.class.split(' ').any(|c| c == "missing"));
        cells.push(cell);
    }
    while !cells.len().is_multiple_of(7) {
        cells.push(blank());
    }
    let name = |day: Date| t.month_year(day);
    let before = first.saturating_sub(1.day());
    let after = last.saturating_add(1.day());
    Month {
        title: name(first),
        heads: heads(t),
        weeks: cells.chunks(7).map(<[Cell]>::to_vec).collect(),
        before: (href(before), name(before)),
        after: (after <= today && after > last).then(|| (href(after), name(after))),
        missing,
    }
}

fn cell(t: Texts, day: Date, shown: Date, today: Date, skp: Option<(Date, Date)>, entries: i64) -> Cell {
    let in_plan = skp.is_some_and(|(first, last)| first <= day && day <= last);
    let is_weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let (mut class, words) = match entries {
        1.. => (format!("h{}", entries.min(4)), t.journal_cell_entries(entries)),
        _ if day < today && in_plan && !is_weekend => ("missing".to_owned(), t.journal_cell_missing().to_owned()),
        _ if day > today || !in_plan => ("off".to_owned(), String::new()),
        _ if is_weekend => ("off".to_owned(), t.journal_cell_off().to_owned()),
        _ => (String::new(), String::new()),
    };
    if day == today {
        class.push_str(" today");
    }
    Cell {
        class: class.trim().to_owned(),
        number: day.day().to_string(),
        href: if day > today { String::new() } else { href(day) },
        words,
        is_shown: day == shown,
    }
}

fn blank() -> Cell {
    Cell {
        class: "out".to_owned(),
        number: String::new(),
        href: String::new(),
        words: String::new(),
        is_shown: false,
    }
}

fn href(day: Date) -> String {
    format!("/progres?tanggal={day}")
}

fn heads(t: Texts) -> Vec<(String, &'static str)> {
    (0..7)
        .map(|at| {
            let day = Weekday::from_monday_zero_offset(at).unwrap_or(Weekday::Monday);
            let name = t.weekday(day);
            (name.chars().take(3).collect(), name)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_month_tells_days_with_entries_from_working_days_without() {
        let t = i18n::Lang::Id.texts();
        let today = date(2026, 11, 18);
        let plan = Some((date(2026, 11, 9), date(2026, 12, 31)));
        let counts = [
            DayCount {
                day: date(2026, 11, 10),
                entries: 2,
            },
            DayCount {
                day: date(2026, 11, 12),
                entries: 9,
            },
        ];
        let month = month(t, today, today, plan, &counts);
        assert_eq!(month.weeks.len(), 6, "1 November 2026 is a Sunday");
        assert!(month.weeks.iter().all(|w| w.len() == 7));
        let cell = |day: usize| &month.weeks[(day + 5) / 7][(day + 5) % 7];
        assert_eq!(cell(1).number, "1");
        assert_eq!(cell(3).class, "off", "before the plan");
        assert_eq!((cell(9).class.as_str(), cell(9).words.as_str()), ("missing", "kosong"));
        assert_eq!((cell(10).class.as_str(), cell(10).words.as_str()), ("h2", "2 kegiatan"));
        assert_eq!(cell(12).class, "h4");
        assert_eq!(cell(14).class, "off", "Saturday");
        assert_eq!(cell(18).class, "today");
        assert_eq!((cell(19).class.as_str(), cell(19).href.as_str()), ("off", ""));
        assert_eq!(month.missing, 5, "9, 11, 13, 16 and 17 November");
        assert_eq!(month.before.0, "/progres?tanggal=2026-10-31");
        assert!(month.after.is_none());
    }

    #[test]
    fn the_ends_of_time_do_not_panic() {
        let t = i18n::Lang::En.texts();
        for day in [Date::MIN, Date::MAX] {
            let month = month(t, day, date(2026, 1, 1), None, &[]);
            assert_eq!(month.missing, 0);
        }
    }
}
