//! BerAKHLAK, the seven values of civil servants, exactly as every SKP prints them.
//!
//! SE MenPANRB 20/2021 (C2), in force on 22 November 2026. The order is fixed; there are no levels.

use crate::{Basis, Certainty};

/// The circular.
pub const BERAKHLAK: Basis = Basis::new("SE MenPANRB 20/2021", Certainty::SecondHand);

kernel::codes! {
    /// The seven values in their fixed order.
    pub enum Value {
        /// Berorientasi Pelayanan.
        BerorientasiPelayanan = "BERORIENTASI_PELAYANAN",
        /// Akuntabel.
        Akuntabel = "AKUNTABEL",
        /// Kompeten.
        Kompeten = "KOMPETEN",
        /// Harmonis.
        Harmonis = "HARMONIS",
        /// Loyal.
        Loyal = "LOYAL",
        /// Adaptif.
        Adaptif = "ADAPTIF",
        /// Kolaboratif.
        Kolaboratif = "KOLABORATIF",
    }
}

impl Value {
    /// The printed number, 1 to 7.
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The printed name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::BerorientasiPelayanan => "Berorientasi Pelayanan",
            Self::Akuntabel => "Akuntabel",
            Self::Kompeten => "Kompeten",
            Self::Harmonis => "Harmonis",
            Self::Loyal => "Loyal",
            Self::Adaptif => "Adaptif",
            Self::Kolaboratif => "Kolaboratif",
        }
    }

    /// The three guides ("panduan perilaku") in their printed order.
    pub const fn guides(self) -> [&'static str; 3] {
        match self {
            Self::BerorientasiPelayanan => [
                "Memahami dan memenuhi kebutuhan masyarakat",
                "Ramah, cekatan, solutif, dan dapat diandalkan",
                "Melakukan perbaikan tiada henti",
            ],
            Self::Akuntabel => [
                "Melaksanakan tugas dengan jujur, bertanggung jawab, cermat, disiplin, dan berintegritas tinggi",
                "Menggunakan kekayaan dan barang milik negara secara bertanggung jawab, efektif, dan efisien",
                "Tidak menyalahgunakan kewenangan jabatan",
            ],
            Self::Kompeten => [
                "Meningkatkan kompetensi diri untuk menjawab tantangan yang selalu berubah",
                "Membantu orang lain belajar",
                "Melaksanakan tugas dengan kualitas terbaik",
            ],
            Self::Harmonis => [
                "Menghargai setiap orang apa pun latar belakangnya",
                "Suka menolong orang lain",
                "Membangun lingkungan kerja yang kondusif",
            ],
            Self::Loyal => [
                "Memegang teguh ideologi Pancasila, UUD 1945, setia kepada NKRI serta pemerintahan yang sah",
                "Menjaga nama baik sesama ASN, pimpinan, instansi, dan negara",
                "Menjaga rahasia jabatan dan negara",
            ],
            Self::Adaptif => [
                "Cepat menyesuaikan diri menghadapi perubahan",
                "Terus berinovasi dan mengembangkan kreativitas",
                "Bertindak proaktif",
            ],
            Self::Kolaboratif => [
                "Memberi kesempatan kepada berbagai pihak untuk berkontribusi",
                "Terbuka dalam bekerja sama untuk menghasilkan nilai tambah",
                "Menggerakkan pemanfaatan berbagai sumber daya untuk tujuan bersama",
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use kernel::Code;

    use super::*;

    #[test]
    fn seven_values_spell_berakhlak_and_no_guide_is_repeated() {
        let initials: String = Value::ALL
            .iter()
            .skip(1)
            .filter_map(|v| v.label().chars().next())
            .collect();
        assert_eq!(initials, "AKHLAK");
        let guides: BTreeSet<_> = Value::ALL.iter().flat_map(|v| v.guides()).collect();
        assert_eq!(guides.len(), 21);
        assert_eq!(Value::Kolaboratif.number(), 7);
    }
}
