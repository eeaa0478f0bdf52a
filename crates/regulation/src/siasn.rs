//! Codes of SIASN, the national register that results are sent to.
//!
//! Ratings and kuadran 1, 2 and 5 confirmed from payloads (C); kuadran 3 and 4 likely (L): compare with SIASN's own
//! reference list before the first transfer. 1 is best.

use kernel::Code;

use crate::rating::{Predikat, Rating};
use crate::{Basis, Certainty};

/// The codes of the yearly result.
pub const SKP22: Basis = Basis::new("SIASN skp22", Certainty::Likely);

/// `hasilKinerjaNilai` and `perilakuKerjaNilai`: 1 above, 2 on, 3 below expectation.
pub const fn rating_code(rating: Rating) -> u8 {
    rating as u8 + 1
}

/// `kuadranKinerjaNilai`: 1 Sangat Baik to 5 Sangat Kurang.
pub const fn kuadran_code(predikat: Predikat) -> u8 {
    predikat as u8 + 1
}

/// Reads a rating from SIASN's text, tolerant of case and spacing (`DIATAS EKSPEKTASI`).
pub fn rating_from_text(text: &str) -> Option<Rating> {
    Rating::ALL
        .iter()
        .copied()
        .find(|r| letters(r.label()) == letters(text))
}

/// Reads a predikat from SIASN's text, tolerant of case and spacing; `Kurang` and `Kurang/Misconduct` are one, and so
/// are `Cukup` and `Butuh Perbaikan`.
pub fn predikat_from_text(text: &str) -> Option<Predikat> {
    let wanted = letters(text);
    match wanted.as_str() {
        "KURANG" => Some(Predikat::Kurang),
        "CUKUP" => Some(Predikat::ButuhPerbaikan),
        _ => Predikat::ALL.iter().copied().find(|p| letters(p.label()) == wanted),
    }
}

fn letters(text: &str) -> String {
    text.chars()
        .filter(char::is_ascii_alphabetic)
        .take(40)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

kernel::codes! {
    /// `jenisJabatan` (C).
    pub enum JenisJabatan {
        /// Structural.
        Struktural = "1",
        /// Functional (JFT).
        Fungsional = "2",
        /// Pelaksana (JFU).
        Pelaksana = "4",
    }
}

kernel::codes! {
    /// Eselon ids: level and letter (41 confirmed, the rest likely).
    pub enum Eselon {
        /// I.a.
        Ia = "11", /// I.b.
        Ib = "12", /// II.a.
        IIa = "21", /// II.b.
        IIb = "22", /// III.a.
        IIIa = "31", /// III.b.
        IIIb = "32", /// IV.a.
        IVa = "41", /// IV.b.
        IVb = "42",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_siasn_are_understood() {
        assert_eq!(rating_from_text("DIATAS EKSPEKTASI"), Some(Rating::DiAtas));
        assert_eq!(rating_from_text("sesuai  ekspektasi"), Some(Rating::Sesuai));
        assert_eq!(rating_from_text("ekspektasi"), None);
        assert_eq!(predikat_from_text("BAIK"), Some(Predikat::Baik));
        assert_eq!(predikat_from_text("KURANG/MISCONDUCT"), Some(Predikat::Kurang));
        assert_eq!(predikat_from_text("Kurang"), Some(Predikat::Kurang));
        assert_eq!(predikat_from_text("CUKUP"), Some(Predikat::ButuhPerbaikan));
        assert_eq!(predikat_from_text(""), None);
    }
}
