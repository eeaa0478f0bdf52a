kernel::codes! {
    /// How the results are described (performance-cycle 4.1).
    pub enum Approach {
        /// Each RHK has indicators with targets.
        Kuantitatif = "KUANTITATIF",
        /// Each RHK has measures of success in words.
        Kualitatif = "KUALITATIF",
    }
}

kernel::codes! {
    /// The two families of the form (performance-cycle 4.2): what an indicator is classified by.
    pub enum Family {
        /// JPT and heads of independent units: perspectives of a balanced scorecard.
        Perspektif = "PERSPEKTIF",
        /// Administrators, supervisors, executors and functional positions: aspects.
        Aspek = "ASPEK",
    }
}

impl Family {
    /// The family that belongs to a position: JPT, and heads of independent units ("pimpinan unit kerja mandiri"),
    /// plan by perspective; everybody else by aspect.
    pub fn of(is_jpt: bool, heads_independent_unit: bool) -> Self {
        if is_jpt || heads_independent_unit {
            Self::Perspektif
        } else {
            Self::Aspek
        }
    }
}

kernel::codes! {
    /// Main or additional result (performance-cycle 4.2.1).
    pub enum RhkKind {
        /// Hasil kerja utama; at least one.
        Utama = "UTAMA",
        /// Hasil kerja tambahan.
        Tambahan = "TAMBAHAN",
    }
}

kernel::codes! {
    /// Whose the result is when its author moves (performance-cycle 4.2.6).
    pub enum Holder {
        /// Stays with the unit and passes to the successor.
        Organisasi = "ORGANISASI",
        /// Goes with the person.
        Individu = "INDIVIDU",
    }
}

kernel::codes! {
    /// What an indicator of the family [`Family::Aspek`] measures.
    pub enum Aspect {
        /// How much.
        Kuantitas = "KUANTITAS",
        /// How well.
        Kualitas = "KUALITAS",
        /// How soon.
        Waktu = "WAKTU",
        /// At what cost.
        Biaya = "BIAYA",
    }
}

kernel::codes! {
    /// What an indicator of the family [`Family::Perspektif`] looks from.
    pub enum Perspective {
        /// Those who receive the service.
        PenerimaLayanan = "PENERIMA_LAYANAN",
        /// The way the work is done.
        ProsesBisnis = "PROSES_BISNIS",
        /// The people and means inside.
        PenguatanInternal = "PENGUATAN_INTERNAL",
        /// The budget.
        Anggaran = "ANGGARAN",
    }
}

kernel::codes! {
    /// Which way a value is good.
    pub enum Direction {
        /// The higher the better: at least the minimum.
        MakinTinggi = "MAKIN_TINGGI",
        /// The lower the better: at most the maximum.
        MakinRendah = "MAKIN_RENDAH",
        /// Between minimum and maximum.
        Rentang = "RENTANG",
        /// Words; nothing to compare.
        Teks = "TEKS",
    }
}

kernel::codes! {
    /// Where the realised value of an indicator comes from.
    pub enum Source {
        /// The employee writes it.
        Manual = "MANUAL",
        /// The satisfaction index of a public service.
        Layanan = "LAYANAN",
    }
}

kernel::codes! {
    /// The three lists of the annex, in their printed order (performance-cycle 4.4).
    pub enum AnnexKind {
        /// Dukungan sumber daya.
        Dukungan = "DUKUNGAN",
        /// Skema pertanggungjawaban.
        Pertanggungjawaban = "PERTANGGUNGJAWABAN",
        /// Konsekuensi.
        Konsekuensi = "KONSEKUENSI",
    }
}

kernel::codes! {
    /// The two parties of the form.
    pub enum Side {
        /// Pegawai yang dinilai.
        Pegawai = "PEGAWAI",
        /// Pejabat penilai kinerja.
        Penilai = "PENILAI",
    }
}

kernel::codes! {
    /// A field of the editor, so that a page can put a message beside it.
    pub enum Field {
        /// Text of an RHK.
        RhkText = "RHK",
        /// From whom the RHK was assigned, in words.
        AssignedFrom = "PENUGASAN",
        /// Text of an IKI.
        IkiText = "IKI",
        /// Target of an IKI.
        Target = "TARGET",
        /// A line of the annex.
        Annex = "LAMPIRAN",
        /// A special expectation.
        Expectation = "EKSPEKTASI",
        /// The remark of a decision.
        Remark = "CATATAN",
    }
}
