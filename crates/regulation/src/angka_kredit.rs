//! Angka kredit of functional positions: from predikat to credit, and how much is needed.
//!
//! PermenPANRB 1/2023 Pasal 37 and Lampiran A, Peraturan BKN 3/2023, in force since 2023. Percentages, needs and the
//! coefficients of Ahli Pertama, Muda and Madya are confirmed (C), the other coefficients second hand (C2), AK dasar
//! of the skilled track follows by the same logic (L). Some functional positions have figures of their own (CFG).
//! Values stay exact; they are rounded once, when printed. Never build a year from rounded months.

use crate::golongan::Golongan;
use crate::rating::Predikat;
use crate::{Basis, Certainty, Exact};

/// Conversion of a predikat.
pub const KONVERSI: Basis = Basis::new(
    "PermenPANRB 1/2023 Pasal 37; Peraturan BKN 3/2023",
    Certainty::Confirmed,
);
/// Coefficients and needs.
pub const KEBUTUHAN: Basis = Basis::new("PermenPANRB 1/2023 Lampiran A", Certainty::SecondHand);
/// AK dasar, integration and targets.
pub const PENETAPAN: Basis = Basis::new("Peraturan BKN 3/2023", Certainty::Confirmed);

kernel::codes! {
    /// Jenjang of a functional position: the skilled track, then the expert track, each lowest first.
    pub enum Jenjang {
        /// Pemula.
        Pemula = "PEMULA",
        /// Terampil.
        Terampil = "TERAMPIL",
        /// Mahir.
        Mahir = "MAHIR",
        /// Penyelia.
        Penyelia = "PENYELIA",
        /// Ahli Pertama.
        AhliPertama = "AHLI_PERTAMA",
        /// Ahli Muda.
        AhliMuda = "AHLI_MUDA",
        /// Ahli Madya.
        AhliMadya = "AHLI_MADYA",
        /// Ahli Utama.
        AhliUtama = "AHLI_UTAMA",
    }
}

/// A value outside its rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CreditError {
    /// A window covers 1 to 12 months.
    #[error("the window must cover 1 to 12 months")]
    Months,
    /// This golongan does not occur in this jenjang.
    #[error("this golongan does not belong to this jenjang")]
    GolonganOutsideJenjang,
    /// The table of nilai dasar names the expert track only.
    #[error("nilai dasar is defined for the expert jenjang only")]
    NoNilaiDasar,
    /// No functional position starts so low.
    #[error("no functional position at this golongan")]
    NoFunctionalPosition,
}

impl Jenjang {
    /// Credit of a year with predikat Baik.
    pub fn koefisien(self) -> Exact {
        let hundredths = match self {
            Self::Pemula => 375,
            Self::Terampil => 500,
            Self::Mahir | Self::AhliPertama => 1250,
            Self::Penyelia | Self::AhliMuda => 2500,
            Self::AhliMadya => 3750,
            Self::AhliUtama => 5000,
        };
        Exact::ratio(hundredths, 100).expect("invariant: a hundred is not zero")
    }

    /// Credit needed for the next pangkat within the jenjang.
    pub const fn akk_pangkat(self) -> u16 {
        match self {
            Self::Pemula => 15,
            Self::Terampil => 20,
            Self::Mahir | Self::AhliPertama => 50,
            Self::Penyelia | Self::AhliMuda => 100,
            Self::AhliMadya => 150,
            Self::AhliUtama => 200,
        }
    }

    /// Credit needed for the next jenjang; none at the top of a track.
    pub const fn akk_jenjang(self) -> Option<u16> {
        match self {
            Self::Pemula => Some(15),
            Self::Terampil => Some(60),
            Self::Mahir | Self::AhliPertama => Some(100),
            Self::AhliMuda => Some(200),
            Self::AhliMadya => Some(450),
            Self::Penyelia | Self::AhliUtama => None,
        }
    }

    /// The golongan of this jenjang, lowest first.
    pub const fn golongan(self) -> &'static [Golongan] {
        match self {
            Self::Pemula => &[Golongan::IIa],
            Self::Terampil => &[Golongan::IIb, Golongan::IIc, Golongan::IId],
            Self::Mahir | Self::AhliPertama => &[Golongan::IIIa, Golongan::IIIb],
            Self::Penyelia | Self::AhliMuda => &[Golongan::IIIc, Golongan::IIId],
            Self::AhliMadya => &[Golongan::IVa, Golongan::IVb, Golongan::IVc],
            Self::AhliUtama => &[Golongan::IVd, Golongan::IVe],
        }
    }
}

/// Percent of the coefficient that a predikat earns.
pub const fn persentase(predikat: Predikat) -> u8 {
    match predikat {
        Predikat::SangatBaik => 150,
        Predikat::Baik => 100,
        Predikat::ButuhPerbaikan => 75,
        Predikat::Kurang => 50,
        Predikat::SangatKurang => 25,
    }
}

/// Credit of one window of 1 to 12 months with one predikat in one jenjang, unrounded.
pub fn konversi(jenjang: Jenjang, predikat: Predikat, months: u8) -> Result<Exact, CreditError> {
    if !(1..=12).contains(&months) {
        return Err(CreditError::Months);
    }
    let share =
        Exact::ratio(i64::from(persentase(predikat)) * i64::from(months), 1200).expect("invariant: 1200 is not zero");
    Ok(&jenjang.koefisien() * &share)
}

/// The sum of windows, both ways: from unrounded values (the right one), and from rows rounded to two decimals, as a
/// printed table adds up, so that a difference shows.
pub fn akumulasi(rows: &[Exact]) -> (Exact, Exact) {
    let rounded: Vec<Exact> = rows.iter().map(|row| row.rounded(2)).collect();
    (rows.iter().sum(), rounded.iter().sum())
}

/// Credit given to someone who enters a jenjang at this golongan: the lower bound of its range.
pub fn dasar(jenjang: Jenjang, golongan: Golongan) -> Result<u16, CreditError> {
    let place = jenjang
        .golongan()
        .iter()
        .position(|g| *g == golongan)
        .ok_or(CreditError::GolonganOutsideJenjang)?;
    let steps = u16::try_from(place).unwrap_or(0);
    Ok(jenjang.akk_pangkat() * steps)
}

/// What is taken off the conventional credit of the old scheme.
pub const fn nilai_dasar(jenjang: Jenjang) -> Result<u16, CreditError> {
    match jenjang {
        Jenjang::AhliPertama => Ok(100),
        Jenjang::AhliMuda => Ok(200),
        Jenjang::AhliMadya => Ok(400),
        Jenjang::AhliUtama => Ok(850),
        Jenjang::Pemula | Jenjang::Terampil | Jenjang::Mahir | Jenjang::Penyelia => Err(CreditError::NoNilaiDasar),
    }
}

/// Conventional credit brought into the new scheme; negative when it was below the nilai dasar.
pub fn integrasi(jenjang: Jenjang, konvensional: &Exact) -> Result<Exact, CreditError> {
    nilai_dasar(jenjang).map(|dasar| konvensional - &Exact::int(i64::from(dasar)))
}

/// What someone at a golongan is working towards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The next golongan.
    pub next: Golongan,
    /// Credit needed, counted from the start of the jenjang.
    pub needed: u16,
    /// The step is also a promotion to the next jenjang, after which credit starts at zero again.
    pub new_jenjang: bool,
}

/// The target at a golongan: the confirmed table of the expert track from III/a, and by the same logic the skilled
/// track below it (L). `None` at IV/e, above which there is nothing.
pub fn target(golongan: Golongan) -> Result<Option<Target>, CreditError> {
    let jenjang = match golongan {
        Golongan::Ia | Golongan::Ib | Golongan::Ic | Golongan::Id => return Err(CreditError::NoFunctionalPosition),
        Golongan::IIa => Jenjang::Pemula,
        Golongan::IIb | Golongan::IIc | Golongan::IId => Jenjang::Terampil,
        Golongan::IIIa | Golongan::IIIb => Jenjang::AhliPertama,
        Golongan::IIIc | Golongan::IIId => Jenjang::AhliMuda,
        Golongan::IVa | Golongan::IVb | Golongan::IVc => Jenjang::AhliMadya,
        Golongan::IVd | Golongan::IVe => Jenjang::AhliUtama,
    };
    let Some(next) = golongan.next() else { return Ok(None) };
    let needed = dasar(jenjang, golongan)? + jenjang.akk_pangkat();
    Ok(Some(Target {
        next,
        needed,
        new_jenjang: !jenjang.golongan().contains(&next),
    }))
}

/// Credit above (positive, "Kelebihan") or below (negative, "Kekurangan") the target.
pub fn selisih(target: &Target, cumulative: &Exact) -> Exact {
    cumulative - &Exact::int(i64::from(target.needed))
}

#[cfg(test)]
mod tests {
    use kernel::Code;

    use super::*;

    #[test]
    fn a_window_has_one_to_twelve_months() {
        for months in [0, 13, 255] {
            assert_eq!(
                konversi(Jenjang::Mahir, Predikat::Baik, months),
                Err(CreditError::Months)
            );
        }
        let ak = konversi(Jenjang::AhliPertama, Predikat::Baik, 2).expect("a window");
        assert_eq!((ak.round(2), ak.round(3)), ("2.08".into(), "2.083".into()));
    }

    #[test]
    fn twelve_months_are_a_year_exactly() {
        for jenjang in Jenjang::ALL {
            for predikat in Predikat::ALL {
                let month = konversi(*jenjang, *predikat, 1).expect("a window");
                let year: Exact = vec![month; 12].iter().sum();
                assert_eq!(Ok(year), konversi(*jenjang, *predikat, 12));
            }
        }
    }

    #[test]
    fn the_needs_of_pangkat_add_up_to_the_need_of_the_jenjang() {
        for jenjang in Jenjang::ALL {
            let steps = u16::try_from(jenjang.golongan().len()).expect("small");
            if let Some(needed) = jenjang.akk_jenjang() {
                assert_eq!(needed, jenjang.akk_pangkat() * steps, "{jenjang}");
            }
        }
    }

    #[test]
    fn skilled_track_and_the_ends_of_the_tables() {
        assert_eq!(dasar(Jenjang::Terampil, Golongan::IIc), Ok(20));
        assert_eq!(dasar(Jenjang::Terampil, Golongan::IId), Ok(40));
        assert_eq!(dasar(Jenjang::Mahir, Golongan::IIIb), Ok(50));
        assert_eq!(dasar(Jenjang::Penyelia, Golongan::IIId), Ok(100));
        assert_eq!(
            dasar(Jenjang::Penyelia, Golongan::IVa),
            Err(CreditError::GolonganOutsideJenjang)
        );
        assert_eq!(nilai_dasar(Jenjang::Mahir), Err(CreditError::NoNilaiDasar));
        assert_eq!(target(Golongan::IVe), Ok(None));
        assert_eq!(target(Golongan::Id), Err(CreditError::NoFunctionalPosition));
        assert_eq!(
            target(Golongan::IId),
            Ok(Some(Target {
                next: Golongan::IIIa,
                needed: 60,
                new_jenjang: true
            }))
        );
        assert_eq!(
            integrasi(Jenjang::AhliPertama, &Exact::int(90)).map(|ak| ak.plain()),
            Ok("-10".to_owned())
        );
    }
}
