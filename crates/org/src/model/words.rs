use kernel::Id;

/// Kinds of identifiers that only this area hands out.
pub mod kind {
    /// A superior who differs from what the tree says.
    pub struct Override;
    /// A staff list on its way in.
    pub struct StaffImport;
}

/// A superior who differs from what the tree says.
pub type OverrideId = Id<kind::Override>;
/// A staff list on its way in.
pub type StaffImportId = Id<kind::StaffImport>;

kernel::codes! {
    /// What kind of unit it is. Only for display and filters; no rule depends on it.
    pub enum UnitKind {
        /// The agency as a whole.
        Agency = "INSTANSI",
        /// Secretariat.
        Secretariat = "SEKRETARIAT",
        /// Department (dinas).
        Department = "DINAS",
        /// Board (badan).
        Board = "BADAN",
        /// Inspectorate.
        Inspectorate = "INSPEKTORAT",
        /// Part of a secretariat (bagian).
        Bureau = "BAGIAN",
        /// Division of a department (bidang).
        Division = "BIDANG",
        /// Section, sub-part or sub-division.
        Section = "SEKSI",
        /// Technical unit (UPT, UPTD).
        Technical = "UPT",
        /// Health centre.
        HealthCentre = "PUSKESMAS",
        /// Hospital.
        Hospital = "RUMAH_SAKIT",
        /// School.
        School = "SEKOLAH",
        /// District.
        District = "KECAMATAN",
        /// Sub-district.
        SubDistrict = "KELURAHAN",
        /// Team or anything else.
        Other = "LAINNYA",
    }
}

kernel::codes! {
    /// Jenis jabatan (performance-cycle 11.2), and the office that is no civil service.
    pub enum PositionKind {
        /// Structural (JPT, administrator, pengawas).
        Structural = "STRUKTURAL",
        /// Functional (JFT).
        Functional = "FUNGSIONAL",
        /// Pelaksana (JFU).
        Clerical = "PELAKSANA",
        /// Bupati or wali kota: no NIP, and never an SKP (performance-cycle 2.1, rule 4).
        StateOfficial = "PEJABAT_NEGARA",
    }
}

kernel::codes! {
    /// Jenjang of a position.
    pub enum PositionLevel {
        /// JPT utama.
        JptUtama = "JPT_UTAMA",
        /// JPT madya (sekretaris daerah of a province).
        JptMadya = "JPT_MADYA",
        /// JPT pratama (sekretaris daerah, kepala dinas).
        JptPratama = "JPT_PRATAMA",
        /// Administrator.
        Administrator = "ADMINISTRATOR",
        /// Pengawas.
        Pengawas = "PENGAWAS",
        /// Ahli utama.
        AhliUtama = "AHLI_UTAMA",
        /// Ahli madya.
        AhliMadya = "AHLI_MADYA",
        /// Ahli muda.
        AhliMuda = "AHLI_MUDA",
        /// Ahli pertama.
        AhliPertama = "AHLI_PERTAMA",
        /// Penyelia.
        Penyelia = "PENYELIA",
        /// Mahir.
        Mahir = "MAHIR",
        /// Terampil.
        Terampil = "TERAMPIL",
        /// Pemula.
        Pemula = "PEMULA",
    }
}

impl PositionLevel {
    /// The jenis jabatan that has this level.
    pub fn kind(self) -> PositionKind {
        match self {
            Self::JptUtama | Self::JptMadya | Self::JptPratama | Self::Administrator | Self::Pengawas => {
                PositionKind::Structural
            }
            Self::AhliUtama
            | Self::AhliMadya
            | Self::AhliMuda
            | Self::AhliPertama
            | Self::Penyelia
            | Self::Mahir
            | Self::Terampil
            | Self::Pemula => PositionKind::Functional,
        }
    }

    /// JPT: their SKP is the form of leaders (performance-cycle 4.2).
    pub fn is_jpt(self) -> bool {
        matches!(self, Self::JptUtama | Self::JptMadya | Self::JptPratama)
    }
}

kernel::codes! {
    /// How somebody holds a position.
    pub enum PlacementKind {
        /// Appointed.
        Definitive = "DEFINITIF",
        /// Pelaksana tugas: the position is vacant.
        Plt = "PLT",
        /// Pelaksana harian: the holder is away for days.
        Plh = "PLH",
    }
}

kernel::codes! {
    /// Status of a person (kedudukan kepegawaian).
    pub enum PersonStatus {
        /// At work.
        Active = "AKTIF",
        /// Leave outside the state's charge.
        UnpaidLeave = "CLTN",
        /// Study assignment.
        Studying = "TUGAS_BELAJAR",
        /// Preparing for retirement.
        PreRetirement = "MPP",
        /// Suspended.
        Suspended = "DIBERHENTIKAN_SEMENTARA",
        /// Retired.
        Retired = "PENSIUN",
        /// Dismissed or resigned.
        Left = "BERHENTI",
        /// Dead.
        Dead = "MENINGGAL",
    }
}

impl PersonStatus {
    /// May head a unit, appraise and sign.
    pub fn in_office(self) -> bool {
        matches!(self, Self::Active)
    }

    /// Plans and is evaluated: not on CLTN, tugas belajar, MPP or while suspended (performance-cycle 4.8).
    pub fn has_skp(self) -> bool {
        matches!(self, Self::Active)
    }

    /// Still belongs to the staff.
    pub fn is_staff(self) -> bool {
        !matches!(self, Self::Retired | Self::Left | Self::Dead)
    }
}

kernel::codes! {
    /// Why somebody is the superior.
    pub enum SuperiorBasis {
        /// Set by hand, with a reason.
        Override = "OVERRIDE",
        /// Definitive head of the own unit, or for a head of the unit above.
        UnitHead = "KEPALA_UNIT",
        /// Acting head (pelaksana tugas).
        Plt = "PLT",
        /// Head for some days (pelaksana harian).
        Plh = "PLH",
        /// The place nearer by is vacant: the next head above.
        OneLevelUp = "NAIK_SATU_TINGKAT",
        /// Nobody is above, or no placement is in force.
        None = "TIDAK_ADA",
    }
}
