//! The official questionnaire, word for word.

use crate::{Basis, Certainty};

/// The questions and options.
pub const QUESTIONNAIRE: Basis = Basis::new("PermenPANRB 14/2017, kuesioner", Certainty::Confirmed);

kernel::codes! {
    /// The nine unsur in the order of the regulation. Answers are stored by this key, never by number: the paper form
    /// asks `sarana` eighth and `pengaduan` ninth, the regulation lists them the other way round, and agencies publish
    /// "U8" and "U9" both ways.
    pub enum Unsur {
        /// U1, conditions that must be met.
        Persyaratan = "persyaratan",
        /// U2, the way the service is given.
        Prosedur = "prosedur",
        /// U3, time for the whole process.
        Waktu = "waktu",
        /// U4, what the citizen is charged.
        Biaya = "biaya",
        /// U5, the result that is handed over.
        Produk = "produk",
        /// U6, ability of the staff.
        Kompetensi = "kompetensi",
        /// U7, manners of the staff.
        Perilaku = "perilaku",
        /// U8, handling of complaints; ninth on the paper form.
        Pengaduan = "pengaduan",
        /// U9, equipment and buildings; eighth on the paper form.
        Sarana = "sarana",
    }
}

impl Unsur {
    /// Place in the regulation, 1 to 9.
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// Place on the paper form, 1 to 9.
    pub const fn form_position(self) -> u8 {
        match self {
            Self::Pengaduan => 9,
            Self::Sarana => 8,
            other => other.number(),
        }
    }

    /// The unsur in the order of the paper form.
    pub const fn paper_order() -> [Self; 9] {
        [
            Self::Persyaratan,
            Self::Prosedur,
            Self::Waktu,
            Self::Biaya,
            Self::Produk,
            Self::Kompetensi,
            Self::Perilaku,
            Self::Sarana,
            Self::Pengaduan,
        ]
    }

    /// The official name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Persyaratan => "Persyaratan",
            Self::Prosedur => "Sistem, Mekanisme, dan Prosedur",
            Self::Waktu => "Waktu Penyelesaian",
            Self::Biaya => "Biaya/Tarif",
            Self::Produk => "Produk Spesifikasi Jenis Pelayanan",
            Self::Kompetensi => "Kompetensi Pelaksana",
            Self::Perilaku => "Perilaku Pelaksana",
            Self::Pengaduan => "Penanganan Pengaduan, Saran dan Masukan",
            Self::Sarana => "Sarana dan Prasarana",
        }
    }

    /// The official question.
    pub const fn question(self) -> &'static str {
        match self {
            Self::Persyaratan => {
                "Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan dengan jenis pelayanannya?"
            }
            Self::Prosedur => "Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan di unit ini?",
            Self::Waktu => "Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan?",
            Self::Biaya => "Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan?",
            Self::Produk => {
                "Bagaimana pendapat Saudara tentang kesesuaian produk pelayanan antara yang tercantum dalam standar \
                 pelayanan dengan hasil yang diberikan?"
            }
            Self::Kompetensi => "Bagaimana pendapat Saudara tentang kompetensi/kemampuan petugas dalam pelayanan?",
            Self::Perilaku => {
                "Bagaimana pendapat Saudara tentang perilaku petugas dalam pelayanan terkait kesopanan dan keramahan?"
            }
            Self::Pengaduan => "Bagaimana pendapat Saudara tentang penanganan pengaduan pengguna layanan?",
            Self::Sarana => "Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana?",
        }
    }

    /// The four official options, worst (1) to best (4). They are never shuffled; there is no neutral one.
    pub const fn options(self) -> [&'static str; 4] {
        match self {
            Self::Persyaratan | Self::Produk => ["Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"],
            Self::Prosedur => ["Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah"],
            Self::Waktu => ["Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat"],
            Self::Biaya => ["Sangat mahal", "Cukup mahal", "Murah", "Gratis"],
            Self::Kompetensi => ["Tidak kompeten", "Kurang kompeten", "Kompeten", "Sangat kompeten"],
            Self::Perilaku => [
                "Tidak sopan dan ramah",
                "Kurang sopan dan ramah",
                "Sopan dan ramah",
                "Sangat sopan dan ramah",
            ],
            Self::Pengaduan => [
                "Tidak ada",
                "Ada tetapi tidak berfungsi",
                "Berfungsi kurang maksimal",
                "Dikelola dengan baik",
            ],
            Self::Sarana => ["Buruk", "Cukup", "Baik", "Sangat baik"],
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::Code;

    use super::*;

    #[test]
    fn the_paper_form_swaps_the_last_two() {
        for (place, unsur) in Unsur::paper_order().iter().enumerate() {
            assert_eq!(usize::from(unsur.form_position()), place + 1);
        }
        let swapped: Vec<_> = Unsur::ALL.iter().filter(|u| u.number() != u.form_position()).collect();
        assert_eq!(swapped, [&Unsur::Pengaduan, &Unsur::Sarana]);
    }
}
