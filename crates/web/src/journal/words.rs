//! The words of recorded work, and how a period stands in an address.

use i18n::Texts;
use journal::commands::PeriodBroken;
use journal::model::{DayBroken, Reached};
use kernel::{Code, Ctx, Period, ProgressId, SkpId, parse_decimal_id};

use crate::shared::words::Tag;
use crate::shared::{PageError, words as shared};

/// A one-time key for a form (U24).
pub(crate) fn new_key(ctx: &Ctx) -> String {
    let id: ProgressId = ctx.new_id();
    id.to_string()
}

/// `triwulan-iii`: a period in an address.
pub(crate) fn slug(period: Period) -> String {
    period.code().to_lowercase().replace('_', "-")
}

/// The period of an address.
pub(crate) fn parse_period(text: &str) -> Result<Period, PageError> {
    Period::from_code(&text.to_uppercase().replace('-', "_")).map_err(|_| PageError::NotFound)
}

/// The page of a plan's period.
pub(crate) fn period_href(skp: SkpId, year: i16, period: Period) -> String {
    format!("/skp/{skp}/periode/{year}/{}", slug(period))
}

/// `Triwulan III 2026`
pub(crate) fn period_year(t: Texts, year: i16, period: Period) -> String {
    format!("{} {year}", shared::period(t, period))
}

/// Whether a line of an action plan was reached.
pub(super) fn reached(t: Texts, reached: Option<Reached>) -> Tag {
    match reached {
        None => Tag::new(t.journal_reached_open(), ""),
        Some(Reached::Tercapai) => Tag::new(t.journal_reached_yes(), "good"),
        Some(Reached::Sebagian) => Tag::new(t.journal_reached_partly(), "warn"),
        Some(Reached::Belum) => Tag::new(t.journal_reached_no(), "bad"),
    }
}

/// How a quantity is read: `Dibaca sebagai 1.234.`; empty when there is none or it is no number.
pub(super) fn reading(t: Texts, text: &str) -> String {
    match parse_decimal_id(text) {
        Ok((value, false)) => t.journal_reads(t.decimal(value)),
        Ok((value, true)) => format!("{} {}", t.journal_reads(t.decimal(value)), t.journal_reads_ambiguous()),
        Err(_) if text.trim().is_empty() => String::new(),
        Err(_) => t.journal_reads_not().to_owned(),
    }
}

/// Why a day takes no entry. `earliest` is the first day that the agency still allows.
pub(super) fn day_broken(t: Texts, broken: DayBroken, earliest: &str) -> String {
    match broken {
        DayBroken::Future => t.journal_day_future().to_owned(),
        DayBroken::OutsideSkp => t.journal_day_outside().to_owned(),
        DayBroken::TooLate => t.journal_day_too_late(earliest),
        DayBroken::Locked => t.journal_day_locked().to_owned(),
    }
}

/// Why a period takes nothing.
pub(super) fn period_broken(t: Texts, broken: PeriodBroken) -> &'static str {
    match broken {
        PeriodBroken::NotApproved => t.journal_not_approved(),
        PeriodBroken::Outside => t.journal_period_outside(),
        PeriodBroken::Locked => t.journal_period_locked(),
    }
}

/// `1,2 MB`
pub(super) fn size(t: Texts, bytes: i64) -> String {
    let kilo = bytes.max(0).saturating_add(1_023) / 1_024;
    match kilo {
        ..1_024 => format!("{} KB", t.number(kilo)),
        _ => {
            let tenths = kilo.saturating_mul(10) / 1_024;
            format!("{} MB", t.decimal(kernel::Decimal::new(tenths, 1)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_stand_in_addresses() {
        for &period in Period::ALL {
            assert_eq!(parse_period(&slug(period)).ok(), Some(period));
        }
        assert_eq!(slug(Period::Tw3), "triwulan-iii");
        assert!(parse_period("triwulan-v").is_err());
        assert!(parse_period("").is_err());
    }

    #[test]
    fn quantities_are_read_back() {
        let t = i18n::Lang::Id.texts();
        assert_eq!(reading(t, " "), "");
        assert_eq!(reading(t, "2,5"), "Dibaca sebagai 2,5.");
        assert!(reading(t, "1.234").starts_with("Dibaca sebagai 1.234. "));
        assert!(reading(t, "banyak").contains("bukan angka"));
    }

    #[test]
    fn sizes_are_short() {
        let t = i18n::Lang::Id.texts();
        assert_eq!(size(t, 1), "1 KB");
        assert_eq!(size(t, 1_258_292), "1,2 MB");
        assert_eq!(size(t, -5), "0 KB");
    }
}
