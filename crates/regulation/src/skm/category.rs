//! Mutu pelayanan: which letter an index or a mean gets.

use crate::{Basis, Certainty, Exact};

/// The table in force.
pub const CATEGORY: Basis = Basis::new("PermenPANRB 14/2017, tabel nilai persepsi", Certainty::Confirmed);

kernel::codes! {
    /// The category of a service, best first.
    pub enum Mutu {
        /// Sangat Baik.
        A = "A",
        /// Baik.
        B = "B",
        /// Kurang Baik.
        C = "C",
        /// Tidak Baik.
        D = "D",
    }
}

impl Mutu {
    /// Kinerja unit pelayanan, as it is published.
    pub const fn kinerja(self) -> &'static str {
        match self {
            Self::A => "Sangat Baik",
            Self::B => "Baik",
            Self::C => "Kurang Baik",
            Self::D => "Tidak Baik",
        }
    }
}

kernel::codes! {
    /// Which table of limits. The same 82.00 is A in the old one and B in the new: never draw one trend across both.
    pub enum MutuTable {
        /// In force since 2017.
        Permenpanrb2017 = "permenpanrb14-2017",
        /// Until 2017, for old data only.
        Kepmenpan2004 = "kepmenpan25-2004",
    }
}

kernel::codes! {
    /// The scale of a value.
    pub enum Scale {
        /// An index, 25 to 100.
        Ikm = "ikm_25_100",
        /// A mean of answers, 1 to 4.
        Nrr = "nrr_1_4",
    }
}

impl MutuTable {
    /// Lowest index of A, B and C in hundredths. D begins at 25.00 in both tables.
    pub const fn lower_bounds(self) -> [i64; 3] {
        match self {
            Self::Permenpanrb2017 => [8831, 7661, 6500],
            Self::Kepmenpan2004 => [8126, 6251, 4376],
        }
    }
}

/// The category of a value; `None` outside the scale. The printed intervals have holes (64.995, 88.305), so the value
/// is brought to the scale of the index, rounded half up to two decimals, and compared with the lower bounds.
pub fn category(table: MutuTable, scale: Scale, value: &Exact) -> Option<Mutu> {
    let hundredths = match scale {
        Scale::Ikm => value * &Exact::int(100),
        Scale::Nrr => value * &Exact::int(2500),
    };
    let hundredths: i64 = hundredths.round(0).parse().ok()?;
    let [a, b, c] = table.lower_bounds();
    match hundredths {
        h if h > 10_000 => None,
        h if h >= a => Some(Mutu::A),
        h if h >= b => Some(Mutu::B),
        h if h >= c => Some(Mutu::C),
        h if h >= 2500 => Some(Mutu::D),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(table: MutuTable, scale: Scale, value: &str) -> Option<Mutu> {
        category(table, scale, &value.parse().expect("a number"))
    }

    #[test]
    fn holes_of_the_printed_table_are_closed() {
        let new = |v| of(MutuTable::Permenpanrb2017, Scale::Ikm, v);
        assert_eq!((new("88.30499999"), new("88.305")), (Some(Mutu::B), Some(Mutu::A)));
        assert_eq!((new("24.995"), new("24.994")), (Some(Mutu::D), None));
        assert_eq!((new("100.004"), new("100.005")), (Some(Mutu::A), None));
        assert_eq!(new("-50"), None);
        assert_eq!(new("123456789012345678901234567890"), None);
    }

    #[test]
    fn the_two_tables_differ() {
        assert_eq!(of(MutuTable::Permenpanrb2017, Scale::Ikm, "82"), Some(Mutu::B));
        assert_eq!(of(MutuTable::Kepmenpan2004, Scale::Ikm, "82"), Some(Mutu::A));
        assert_eq!(of(MutuTable::Kepmenpan2004, Scale::Nrr, "0.99"), None);
        assert_eq!(of(MutuTable::Kepmenpan2004, Scale::Nrr, "4.01"), None);
    }
}
