use jiff::civil::{Date, date};

crate::codes! {
    /// An evaluation period inside a calendar year. Quarters ("triwulan") or months, and the year itself.
    /// Agencies choose between months and quarters (performance-cycle 5.4).
    pub enum Period {
        /// January to March.
        Tw1 = "TRIWULAN_I",
        /// April to June.
        Tw2 = "TRIWULAN_II",
        /// July to September.
        Tw3 = "TRIWULAN_III",
        /// October to December.
        Tw4 = "TRIWULAN_IV",
        /// January.
        M01 = "BULAN_01",
        /// February.
        M02 = "BULAN_02",
        /// March.
        M03 = "BULAN_03",
        /// April.
        M04 = "BULAN_04",
        /// May.
        M05 = "BULAN_05",
        /// June.
        M06 = "BULAN_06",
        /// July.
        M07 = "BULAN_07",
        /// August.
        M08 = "BULAN_08",
        /// September.
        M09 = "BULAN_09",
        /// October.
        M10 = "BULAN_10",
        /// November.
        M11 = "BULAN_11",
        /// December.
        M12 = "BULAN_12",
        /// The whole year.
        Annual = "TAHUNAN",
    }
}

/// A period that does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the year must lie between 2000 and 2200")]
pub struct PeriodError;

impl Period {
    /// The four quarters.
    pub const QUARTERS: [Self; 4] = [Self::Tw1, Self::Tw2, Self::Tw3, Self::Tw4];

    /// First and last month, 1 to 12.
    pub fn months(self) -> (i8, i8) {
        match self {
            Self::Tw1 => (1, 3),
            Self::Tw2 => (4, 6),
            Self::Tw3 => (7, 9),
            Self::Tw4 => (10, 12),
            Self::Annual => (1, 12),
            month => {
                let n = month as i8 - Self::M01 as i8 + 1;
                (n, n)
            }
        }
    }

    /// First and last day in `year`, both inclusive.
    pub fn days(self, year: i16) -> Result<(Date, Date), PeriodError> {
        if !(2000..=2200).contains(&year) {
            return Err(PeriodError);
        }
        let (first, last) = self.months();
        Ok((date(year, first, 1), date(year, last, 1).last_of_month()))
    }

    /// The quarter that contains `day`.
    pub fn quarter_of(day: Date) -> Self {
        match day.month() {
            1..=3 => Self::Tw1,
            4..=6 => Self::Tw2,
            7..=9 => Self::Tw3,
            _ => Self::Tw4,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_cover_the_year_without_gap() {
        let mut next = date(2028, 1, 1);
        for quarter in Period::QUARTERS {
            let (first, last) = quarter.days(2028).expect("a year");
            assert_eq!(first, next);
            assert_eq!(Period::quarter_of(first), quarter);
            assert_eq!(Period::quarter_of(last), quarter);
            next = last.tomorrow().expect("a day");
        }
        assert_eq!(next, date(2029, 1, 1));
        assert_eq!(Period::M02.days(2028).expect("a year").1, date(2028, 2, 29));
    }
}
