use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::Instant;

crate::codes! {
    /// The three Indonesian time zones; none has daylight saving.
    pub enum Zone {
        /// Waktu Indonesia Barat, UTC+7.
        Wib = "WIB",
        /// Waktu Indonesia Tengah, UTC+8.
        Wita = "WITA",
        /// Waktu Indonesia Timur, UTC+9.
        Wit = "WIT",
    }
}

impl Zone {
    /// Whole hours east of UTC.
    pub const fn hours(self) -> i8 {
        match self {
            Self::Wib => 7,
            Self::Wita => 8,
            Self::Wit => 9,
        }
    }

    fn tz(self) -> TimeZone {
        TimeZone::fixed(jiff::tz::offset(self.hours()))
    }

    /// The wall clock of the office at `at`.
    pub fn local(self, at: Instant) -> DateTime {
        self.tz().to_datetime(at.timestamp())
    }

    /// The date in the office at `at`.
    pub fn date(self, at: Instant) -> Date {
        self.local(at).date()
    }

    /// The last moment of `day` in the office: 23.59.59,999999. Deadlines end there.
    pub fn end_of(self, day: Date) -> Instant {
        let end = day.at(23, 59, 59, 999_999_000);
        self.tz()
            .to_timestamp(end)
            .map_or(Instant::from_micros(i64::MAX), Instant::from_timestamp)
    }

    /// The first moment of `day` in the office.
    pub fn start_of(self, day: Date) -> Instant {
        self.instant(day.at(0, 0, 0, 0))
    }

    /// The moment at which the office's wall clock shows `local`.
    pub fn instant(self, local: DateTime) -> Instant {
        self.tz()
            .to_timestamp(local)
            .map_or(Instant::from_micros(i64::MAX), Instant::from_timestamp)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_ends_in_its_own_zone() {
        let day = date(2026, 12, 31);
        for zone in [Zone::Wib, Zone::Wita, Zone::Wit] {
            let end = zone.end_of(day);
            assert_eq!(zone.date(end), day);
            assert_eq!(zone.date(Instant::from_micros(end.micros() + 1)), date(2027, 1, 1));
            assert_eq!(zone.date(zone.start_of(day)), day);
        }
        assert!(Zone::Wit.end_of(day) < Zone::Wib.end_of(day));
    }
}
