use kernel::{AgencyId, PersonId};

kernel::codes! {
    /// What a decision is about.
    pub enum Kind {
        /// The agency's settings and roles.
        Agency = "INSTANSI",
        /// An organisational unit and its positions.
        Unit = "UNIT",
        /// A person's record.
        Person = "PEGAWAI",
        /// An account.
        Account = "AKUN",
        /// A plan (Sasaran Kinerja Pegawai).
        Skp = "SKP",
        /// Action plans, daily progress, realised values and evidence of a plan.
        Journal = "CATATAN",
        /// Continuous feedback on a plan.
        Feedback = "UMPAN_BALIK",
        /// An evaluation.
        Evaluation = "EVALUASI",
        /// The achievement of a unit in a period.
        Achievement = "CAPAIAN_UNIT",
        /// A public service and what citizens answered about it.
        Service = "LAYANAN",
    }
}

kernel::codes! {
    /// What somebody wants to do.
    pub enum Action {
        /// See it.
        View = "LIHAT",
        /// Make or change it, as its owner.
        Edit = "UBAH",
        /// Hand it to the superior.
        Submit = "AJUKAN",
        /// Approve it, or return it with remarks.
        Decide = "PUTUSKAN",
        /// Give feedback or a rating.
        Rate = "NILAI",
        /// Set what is set one level above.
        Set = "TETAPKAN",
        /// Make final.
        Finalise = "FINALKAN",
        /// Acknowledge as the person concerned.
        Acknowledge = "TERIMA",
        /// Administer: import, correct, grant.
        Manage = "KELOLA",
        /// Export or print in bulk.
        Export = "EKSPOR",
    }
}

/// What a decision needs to know about a thing. Fields that do not apply are `None` or empty.
#[derive(Debug, Clone)]
pub struct Facts {
    /// What it is.
    pub kind: Kind,
    /// Whose agency.
    pub agency: AgencyId,
    /// Unit it belongs to.
    pub unit_path: String,
    /// The person it is about.
    pub owner: Option<PersonId>,
    /// That person's superior (pejabat penilai kinerja).
    pub superior: Option<PersonId>,
    /// The superior's superior.
    pub superior_above: Option<PersonId>,
    /// False when its state does not allow changes to anybody (final, closed).
    pub open: bool,
}

impl Facts {
    /// Facts of a thing that belongs to a unit and to no person.
    pub fn of_unit(kind: Kind, agency: AgencyId, unit_path: impl Into<String>) -> Self {
        Self {
            kind,
            agency,
            unit_path: unit_path.into(),
            owner: None,
            superior: None,
            superior_above: None,
            open: true,
        }
    }

    /// Facts of a thing that belongs to a person.
    pub fn of_person(
        kind: Kind,
        agency: AgencyId,
        unit_path: impl Into<String>,
        owner: PersonId,
        superior: Option<PersonId>,
    ) -> Self {
        Self {
            owner: Some(owner),
            superior,
            ..Self::of_unit(kind, agency, unit_path)
        }
    }
}
