//! The month window of an evaluation period, as SIASN's `kinerjaperiodik` names it.
//!
//! Months or quarters are the agency's choice (PermenPANRB 6/2022 Pasal 1, L; CFG).

use jiff::civil::Date;
use kernel::{Period, PeriodError};

use crate::{Basis, Certainty};

/// The rule.
pub const PERIOD: Basis = Basis::new("PermenPANRB 6/2022; SIASN kinerjaperiodik", Certainty::Likely);

/// First and last month of a period, 1 to 12, within one calendar year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First month, 1 to 12.
    pub first_month: i8,
    /// Last month, 1 to 12.
    pub last_month: i8,
    /// The calendar year.
    pub year: i16,
    /// First and last day, both inclusive.
    pub days: (Date, Date),
}

impl Window {
    /// Months covered, 1 to 12: what angka kredit is converted for.
    pub const fn month_count(self) -> u8 {
        (self.last_month - self.first_month).unsigned_abs() + 1
    }
}

/// The window of `period` in `year` (2000 to 2200).
pub fn window(period: Period, year: i16) -> Result<Window, PeriodError> {
    let (first_month, last_month) = period.months();
    Ok(Window {
        first_month,
        last_month,
        year,
        days: period.days(year)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_count_their_months() {
        assert_eq!(window(Period::Tw4, 2026).map(Window::month_count), Ok(3));
        assert_eq!(window(Period::M07, 2026).map(Window::month_count), Ok(1));
        assert_eq!(window(Period::Annual, 2026).map(Window::month_count), Ok(12));
        assert!(window(Period::Tw1, 1999).is_err());
    }
}
