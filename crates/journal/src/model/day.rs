use jiff::ToSpan;
use jiff::civil::Date;
use kernel::{Instant, Period};

/// A period whose evaluation is final.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lock {
    /// Calendar year.
    pub year: i16,
    /// The period in it.
    pub period: Period,
    /// Since when.
    pub locked_at: Instant,
}

db::from_row!(Lock {
    year,
    period,
    locked_at,
});

impl Lock {
    /// True when the day lies in the locked period. The lock of the whole year locks every day of it.
    pub fn covers(&self, day: Date) -> bool {
        self.period
            .days(self.year)
            .is_ok_and(|(first, last)| first <= day && day <= last)
    }
}

kernel::codes! {
    /// Why work of a day may not be recorded.
    pub enum DayBroken {
        /// The day has not come.
        Future = "HARI_DEPAN",
        /// The day lies outside the SKP's period.
        OutsideSkp = "DI_LUAR_SKP",
        /// More days back than the agency allows.
        TooLate = "TERLALU_LAMA",
        /// The evaluation of its period is final.
        Locked = "PERIODE_FINAL",
    }
}

/// May work of `day` be recorded on `today`? `skp` is the first and last day of the SKP; `back_days` how far back the
/// agency allows (0: only today).
pub fn may_record(day: Date, today: Date, skp: (Date, Date), back_days: i64, locks: &[Lock]) -> Result<(), DayBroken> {
    if day > today {
        return Err(DayBroken::Future);
    }
    if day < skp.0 || day > skp.1 {
        return Err(DayBroken::OutsideSkp);
    }
    if is_locked(day, locks) {
        return Err(DayBroken::Locked);
    }
    let earliest = today.saturating_sub(back_days.clamp(0, 3_660).days());
    if day < earliest {
        return Err(DayBroken::TooLate);
    }
    Ok(())
}

/// True when the evaluation of the period of `day` is final.
pub fn is_locked(day: Date, locks: &[Lock]) -> bool {
    locks.iter().any(|lock| lock.covers(day))
}

/// True when the evaluation of this period, or of one that holds the whole of it, is final. A locked quarter locks its
/// months; the year is locked by its own lock only.
pub fn is_period_locked(year: i16, period: Period, locks: &[Lock]) -> bool {
    period
        .days(year)
        .is_ok_and(|(first, last)| locks.iter().any(|lock| lock.covers(first) && lock.covers(last)))
}
