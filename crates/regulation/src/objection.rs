//! Objection ("keberatan") to the result of an evaluation.
//!
//! PP 30/2019 Pasal 59, in force since 2019 (C): in writing, with reasons, to the atasan pejabat penilai, within
//! fourteen days of receipt. The text says "hari"; calendar days are our default (CFG).

use jiff::ToSpan;
use jiff::civil::Date;

use crate::{Basis, Certainty};

/// The rule.
pub const OBJECTION: Basis = Basis::new("PP 30/2019 Pasal 59", Certainty::Confirmed);

/// Days by default.
pub const DAYS: u16 = 14;

/// The last day for an objection: `days` calendar days after the day of receipt, which itself does not count.
/// `None` only at the end of the calendar (year 9999).
pub fn deadline(received: Date, days: u16) -> Option<Date> {
    received.checked_add(i64::from(days).days()).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_day_of_receipt_does_not_count() {
        assert_eq!(deadline(date(2027, 1, 20), DAYS), Some(date(2027, 2, 3)));
        assert_eq!(deadline(date(2028, 2, 15), DAYS), Some(date(2028, 2, 29)));
        assert_eq!(deadline(date(2026, 12, 31), DAYS), Some(date(2027, 1, 14)));
        assert_eq!(deadline(date(2026, 12, 31), 0), Some(date(2026, 12, 31)));
        assert_eq!(deadline(date(9999, 12, 31), DAYS), None);
    }
}
