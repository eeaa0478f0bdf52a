//! Golongan ruang and pangkat of PNS, golongan of PPPK.
//!
//! SIASN ids are known second hand (C2), the names of the pangkat are general knowledge, stable for decades (L).

use kernel::Code;

kernel::codes! {
    /// Golongan ruang of a PNS, lowest first. The code is the printed form.
    pub enum Golongan {
        /// Juru Muda.
        Ia = "I/a", /// Juru Muda Tingkat I.
        Ib = "I/b", /// Juru.
        Ic = "I/c", /// Juru Tingkat I.
        Id = "I/d",
        /// Pengatur Muda.
        IIa = "II/a", /// Pengatur Muda Tingkat I.
        IIb = "II/b", /// Pengatur.
        IIc = "II/c", /// Pengatur Tingkat I.
        IId = "II/d",
        /// Penata Muda.
        IIIa = "III/a", /// Penata Muda Tingkat I.
        IIIb = "III/b", /// Penata.
        IIIc = "III/c", /// Penata Tingkat I.
        IIId = "III/d",
        /// Pembina.
        IVa = "IV/a", /// Pembina Tingkat I.
        IVb = "IV/b", /// Pembina Utama Muda.
        IVc = "IV/c", /// Pembina Utama Madya.
        IVd = "IV/d", /// Pembina Utama.
        IVe = "IV/e",
    }
}

/// A text that names no golongan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a golongan")]
pub struct UnknownGolongan;

impl Golongan {
    /// The name of the pangkat.
    pub const fn pangkat(self) -> &'static str {
        match self {
            Self::Ia => "Juru Muda",
            Self::Ib => "Juru Muda Tingkat I",
            Self::Ic => "Juru",
            Self::Id => "Juru Tingkat I",
            Self::IIa => "Pengatur Muda",
            Self::IIb => "Pengatur Muda Tingkat I",
            Self::IIc => "Pengatur",
            Self::IId => "Pengatur Tingkat I",
            Self::IIIa => "Penata Muda",
            Self::IIIb => "Penata Muda Tingkat I",
            Self::IIIc => "Penata",
            Self::IIId => "Penata Tingkat I",
            Self::IVa => "Pembina",
            Self::IVb => "Pembina Tingkat I",
            Self::IVc => "Pembina Utama Muda",
            Self::IVd => "Pembina Utama Madya",
            Self::IVe => "Pembina Utama",
        }
    }

    /// SIASN's id: 11 to 14, 21 to 24, 31 to 34, 41 to 45.
    pub const fn siasn_id(self) -> u8 {
        let place = self as u8;
        if place >= Self::IVa as u8 {
            41 + place - Self::IVa as u8
        } else {
            (place / 4 + 1) * 10 + place % 4 + 1
        }
    }

    /// The golongan with this SIASN id.
    pub fn from_siasn_id(id: u8) -> Result<Self, UnknownGolongan> {
        Self::ALL
            .iter()
            .copied()
            .find(|g| g.siasn_id() == id)
            .ok_or(UnknownGolongan)
    }

    /// The next higher golongan; none above IV/e.
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }

    /// As forms print it: `Penata Muda (III/a)`.
    pub fn printed(self) -> String {
        format!("{} ({})", self.pangkat(), self.code())
    }

    /// Reads `III/b` as people write it: any case, spaces, another separator or none.
    pub fn parse(text: &str) -> Result<Self, UnknownGolongan> {
        let key = squeezed(text);
        Self::ALL
            .iter()
            .copied()
            .find(|g| squeezed(g.code()) == key)
            .ok_or(UnknownGolongan)
    }
}

/// Golongan of a PPPK, I to XVII; there is no pangkat and forms print the golongan only (L).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GolonganPppk(u8);

const ROMAN: [&str; 17] = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
];

impl GolonganPppk {
    /// All seventeen, lowest first.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=17).map(Self)
    }

    /// From 1 to 17.
    pub fn new(number: u8) -> Result<Self, UnknownGolongan> {
        if (1..=17).contains(&number) {
            Ok(Self(number))
        } else {
            Err(UnknownGolongan)
        }
    }

    /// 1 to 17.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// As it is printed, in Roman numerals.
    pub fn roman(self) -> &'static str {
        ROMAN[usize::from(self.0 - 1)]
    }

    /// Reads `IX` or `9`.
    pub fn parse(text: &str) -> Result<Self, UnknownGolongan> {
        let key = squeezed(text);
        let by_name = ROMAN
            .iter()
            .position(|r| *r == key)
            .and_then(|at| u8::try_from(at + 1).ok());
        by_name
            .or_else(|| key.parse().ok())
            .map_or(Err(UnknownGolongan), Self::new)
    }
}

/// Upper case letters and digits only, at most a dozen.
fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !"/.-".contains(*c))
        .take(12)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_siasn_and_unique() {
        let ids: Vec<u8> = Golongan::ALL.iter().map(|g| g.siasn_id()).collect();
        assert_eq!(
            ids,
            [11, 12, 13, 14, 21, 22, 23, 24, 31, 32, 33, 34, 41, 42, 43, 44, 45]
        );
        assert_eq!(Golongan::from_siasn_id(15), Err(UnknownGolongan));
        assert_eq!(Golongan::from_siasn_id(0), Err(UnknownGolongan));
    }

    #[test]
    fn reads_what_people_write() {
        for text in ["III/b", "iii/B", " III / b ", "IIIb", "III.b", "III-B"] {
            assert_eq!(Golongan::parse(text), Ok(Golongan::IIIb), "{text}");
        }
        for golongan in Golongan::ALL {
            assert_eq!(Golongan::parse(golongan.code()), Ok(*golongan));
        }
        for bad in ["", "V/a", "III/e", "III", "3/b"] {
            assert_eq!(Golongan::parse(bad), Err(UnknownGolongan), "{bad}");
        }
        assert_eq!(Golongan::IVa.printed(), "Pembina (IV/a)");
        assert_eq!(
            (Golongan::IIId.next(), Golongan::IVe.next()),
            (Some(Golongan::IVa), None)
        );
    }

    #[test]
    fn pppk_have_seventeen() {
        for golongan in GolonganPppk::all() {
            assert_eq!(GolonganPppk::parse(golongan.roman()), Ok(golongan));
            assert_eq!(GolonganPppk::parse(&golongan.number().to_string()), Ok(golongan));
        }
        assert_eq!(GolonganPppk::parse("IX").map(GolonganPppk::number), Ok(9));
        for bad in ["0", "18", "XVIII", "", "IIII"] {
            assert_eq!(GolonganPppk::parse(bad), Err(UnknownGolongan), "{bad}");
        }
    }
}
