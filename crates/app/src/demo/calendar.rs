//! The days of the city, seen from today.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use kernel::{Instant, Period, Zone};

use super::dice::Dice;

/// Today, the quarter that has ended and the one that runs.
#[derive(Debug, Clone)]
pub struct Calendar {
    zone: Zone,
    /// The present moment.
    pub now: Instant,
    /// Today in the city.
    pub today: Date,
    /// The running year.
    pub year: i16,
    /// The running quarter.
    pub running: Period,
    /// Year and quarter that ended last.
    pub finished: (i16, Period),
    /// First and last day of the finished quarter.
    pub finished_days: (Date, Date),
}

impl Calendar {
    /// The calendar of `now`.
    pub fn new(zone: Zone, now: Instant) -> Self {
        let today = zone.date(now);
        let running = Period::quarter_of(today);
        let finished = match running {
            Period::Tw2 => (today.year(), Period::Tw1),
            Period::Tw3 => (today.year(), Period::Tw2),
            Period::Tw4 => (today.year(), Period::Tw3),
            _ => (today.year() - 1, Period::Tw4),
        };
        let (first, last) = finished.1.months();
        Self {
            zone,
            now,
            today,
            year: today.year(),
            running,
            finished,
            finished_days: (date(finished.0, first, 1), date(finished.0, last, 1).last_of_month()),
        }
    }

    /// The day `days` after `day`; earlier when negative.
    pub fn shift(day: Date, days: i64) -> Date {
        day.saturating_add(days.days())
    }

    /// The first day of the running quarter.
    pub fn running_start(&self) -> Date {
        date(self.year, self.running.months().0, 1)
    }

    /// A moment of a day, never later than now.
    pub fn moment(&self, day: Date, hour: i8, minute: i8) -> Instant {
        self.zone.instant(day.at(hour, minute, 0, 0)).min(self.now)
    }

    /// A moment in office hours of a day, never later than now.
    pub fn office(&self, dice: &mut Dice, day: Date) -> Instant {
        let hour = i8::try_from(dice.between(8, 15)).unwrap_or(8);
        let minute = i8::try_from(dice.between(0, 59)).unwrap_or(0);
        self.moment(day, hour, minute)
    }

    /// A working day between two days, both possible; `None` when there is none.
    pub fn workday(dice: &mut Dice, first: Date, last: Date) -> Option<Date> {
        if last < first {
            return None;
        }
        let span = i64::from((last - first).get_days());
        let day = Self::shift(first, dice.between(0, span));
        let is_off = |d: &Date| matches!(d.weekday(), Weekday::Saturday | Weekday::Sunday);
        (0..3)
            .map(|more| Self::shift(day, more))
            .chain((1..3).map(|less| Self::shift(day, -less)))
            .find(|d| !is_off(d) && first <= *d && *d <= last)
    }
}
