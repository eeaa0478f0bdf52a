use jiff::civil::{Date, DateTime, Weekday};
use kernel::{Code, Decimal, Instant, Zone, format_decimal_id};

use crate::{Lang, Texts};

const MONTHS_ID: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A decimal number as the language writes it: `1.234,5` or `1,234.5`.
pub fn decimal(lang: Lang, value: Decimal) -> String {
    let text = format_decimal_id(value);
    match lang {
        Lang::Id => text,
        Lang::En => text
            .chars()
            .map(|c| match c {
                '.' => ',',
                ',' => '.',
                other => other,
            })
            .collect(),
    }
}

/// A value kept in hundredths, with two decimals: 8764 is written `87,64`.
pub fn hundredths(lang: Lang, value: i64) -> String {
    decimal(lang, Decimal::new(value, 2))
}

/// A deadline and how far away it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// `31 Desember 2026 pukul 23.59 WIT`
    pub at: String,
    /// `3 hari lagi`, `hari ini`, `lewat 2 hari`
    pub left: String,
    /// Whole days left; negative when it has passed.
    pub days: i64,
}

impl Texts {
    /// `22 November 2026`
    pub fn date_long(self, date: Date) -> String {
        let month = usize::try_from(date.month() - 1).unwrap_or(0);
        let name = match self.0 {
            Lang::Id => MONTHS_ID[month],
            Lang::En => MONTHS_EN[month],
        };
        format!("{} {name} {}", date.day(), date.year())
    }

    /// `Minggu, 22 November 2026`
    pub fn date_full(self, date: Date) -> String {
        format!("{}, {}", self.weekday(date.weekday()), self.date_long(date))
    }

    /// `22/11/2026`
    pub fn date_short(self, date: Date) -> String {
        format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
    }

    /// `November 2026`
    pub fn month_year(self, date: Date) -> String {
        let long = self.date_long(date);
        long.split_once(' ').map_or(long.clone(), |(_, rest)| rest.to_owned())
    }

    /// `Minggu`
    pub fn weekday(self, day: Weekday) -> &'static str {
        match (self.0, day) {
            (Lang::Id, Weekday::Monday) => "Senin",
            (Lang::Id, Weekday::Tuesday) => "Selasa",
            (Lang::Id, Weekday::Wednesday) => "Rabu",
            (Lang::Id, Weekday::Thursday) => "Kamis",
            (Lang::Id, Weekday::Friday) => "Jumat",
            (Lang::Id, Weekday::Saturday) => "Sabtu",
            (Lang::Id, Weekday::Sunday) => "Minggu",
            (Lang::En, Weekday::Monday) => "Monday",
            (Lang::En, Weekday::Tuesday) => "Tuesday",
            (Lang::En, Weekday::Wednesday) => "Wednesday",
            (Lang::En, Weekday::Thursday) => "Thursday",
            (Lang::En, Weekday::Friday) => "Friday",
            (Lang::En, Weekday::Saturday) => "Saturday",
            (Lang::En, Weekday::Sunday) => "Sunday",
        }
    }

    /// `09.30 WIB`
    pub fn time(self, local: DateTime, zone: Zone) -> String {
        match self.0 {
            Lang::Id => format!("{:02}.{:02} {}", local.hour(), local.minute(), zone.code()),
            Lang::En => format!("{:02}:{:02} {}", local.hour(), local.minute(), zone.code()),
        }
    }

    /// `22 November 2026 pukul 09.30 WIB`
    pub fn moment(self, at: Instant, zone: Zone) -> String {
        let local = zone.local(at);
        match self.0 {
            Lang::Id => format!("{} pukul {}", self.date_long(local.date()), self.time(local, zone)),
            Lang::En => format!("{} at {}", self.date_long(local.date()), self.time(local, zone)),
        }
    }

    /// The end of `day` in the office's zone, seen from `now` (U11).
    pub fn deadline(self, day: Date, now: Instant, zone: Zone) -> Deadline {
        let today = zone.date(now);
        let days = i64::from(today.until(day).map_or(0, |span| span.get_days()));
        Deadline {
            at: self.moment(zone.end_of(day), zone),
            left: self.days_left(days),
            days,
        }
    }

    /// `3 hari lagi`, `besok`, `hari ini`, `lewat 2 hari`
    pub fn days_left(self, days: i64) -> String {
        match (self.0, days) {
            (Lang::Id, 0) => "hari ini".to_owned(),
            (Lang::En, 0) => "today".to_owned(),
            (Lang::Id, 1) => "besok".to_owned(),
            (Lang::En, 1) => "tomorrow".to_owned(),
            (Lang::Id, d) if d > 1 => format!("{d} hari lagi"),
            (Lang::En, d) if d > 1 => format!("{d} days left"),
            (Lang::Id, d) => format!("lewat {} hari", d.unsigned_abs()),
            (Lang::En, -1) => "1 day late".to_owned(),
            (Lang::En, d) => format!("{} days late", d.unsigned_abs()),
        }
    }

    /// A whole number with groups of three.
    pub fn number(self, value: i64) -> String {
        decimal(self.0, Decimal::from(value))
    }

    /// A decimal number.
    pub fn decimal(self, value: Decimal) -> String {
        decimal(self.0, value)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn dates_and_times_read_as_people_expect() {
        let id = Lang::Id.texts();
        let en = Lang::En.texts();
        let day = date(2026, 11, 22);
        assert_eq!(id.date_full(day), "Minggu, 22 November 2026");
        assert_eq!(en.date_full(day), "Sunday, 22 November 2026");
        assert_eq!(id.date_short(date(2026, 1, 2)), "02/01/2026");
        assert_eq!(id.month_year(day), "November 2026");
        let at = Zone::Wita.instant(day.at(9, 30, 0, 0));
        assert_eq!(id.moment(at, Zone::Wita), "22 November 2026 pukul 09.30 WITA");
        assert_eq!(en.moment(at, Zone::Wib), "22 November 2026 at 08:30 WIB");
    }

    #[test]
    fn deadlines_belong_to_the_office() {
        let id = Lang::Id.texts();
        let now = Zone::Wit.instant(date(2026, 12, 28).at(10, 0, 0, 0));
        let deadline = id.deadline(date(2026, 12, 31), now, Zone::Wit);
        assert_eq!(deadline.at, "31 Desember 2026 pukul 23.59 WIT");
        assert_eq!((deadline.left.as_str(), deadline.days), ("3 hari lagi", 3));
        // 23.30 in Jakarta is already tomorrow in Jayapura
        let late = Zone::Wib.instant(date(2026, 12, 31).at(23, 30, 0, 0));
        assert_eq!(id.deadline(date(2026, 12, 31), late, Zone::Wib).left, "hari ini");
        assert_eq!(id.deadline(date(2026, 12, 31), late, Zone::Wit).left, "lewat 1 hari");
    }

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(hundredths(Lang::Id, 8764), "87,64");
        assert_eq!(hundredths(Lang::En, 1_234_567), "12,345.67");
        assert_eq!(Lang::Id.texts().number(1_250_000), "1.250.000");
    }
}
