kernel::codes! {
    /// The state of an SKP (performance-cycle 4.7).
    pub enum Status {
        /// Being written.
        Draf = "DRAF",
        /// With the superior.
        Diajukan = "DIAJUKAN",
        /// Back with remarks; being written again.
        Dikembalikan = "DIKEMBALIKAN",
        /// Approved ("Persetujuan" in e-Kinerja).
        Disetujui = "DISETUJUI",
        /// Ended: mutation, retirement, end of year.
        Ditutup = "DITUTUP",
    }
}

kernel::codes! {
    /// What somebody does with an SKP as a whole.
    pub enum Step {
        /// The owner hands it in.
        Ajukan = "AJUKAN",
        /// The owner takes it back before it is decided.
        Tarik = "TARIK",
        /// The superior returns it with remarks.
        Kembalikan = "KEMBALIKAN",
        /// The superior approves it.
        Setujui = "SETUJUI",
        /// The superior ends it.
        Tutup = "TUTUP",
    }
}

/// The answer to a step that may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// The new state.
    To(Status),
    /// It was there already; doing it twice is harmless.
    Already,
}

/// The step does not lead out of this state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{step} is not possible while {status}")]
pub struct WrongState {
    /// The state it is in.
    pub status: Status,
    /// The step that was tried.
    pub step: Step,
}

kernel::codes! {
    /// Who holds an SKP and what comes next (U30).
    pub enum Next {
        /// The owner completes it and hands it in.
        OwnerSubmits = "PEGAWAI_MENGAJUKAN",
        /// The superior approves or returns it.
        SuperiorDecides = "ATASAN_MEMUTUSKAN",
        /// The owner reads the remarks, corrects and hands it in again.
        OwnerCorrects = "PEGAWAI_MEMPERBAIKI",
        /// The owner carries it out: action plan, daily progress, evidence.
        OwnerWorks = "PEGAWAI_MELAKSANAKAN",
        /// Nothing more.
        Nothing = "SELESAI",
    }
}

impl Status {
    /// The state after `step`, or why it may not be taken.
    pub fn after(self, step: Step) -> Result<Moved, WrongState> {
        let to = match (self, step) {
            (Self::Draf | Self::Dikembalikan, Step::Ajukan) => Self::Diajukan,
            (Self::Diajukan, Step::Tarik) => Self::Draf,
            (Self::Diajukan, Step::Kembalikan) => Self::Dikembalikan,
            (Self::Diajukan, Step::Setujui) => Self::Disetujui,
            (Self::Disetujui, Step::Tutup) => Self::Ditutup,
            (Self::Diajukan, Step::Ajukan)
            | (Self::Draf, Step::Tarik)
            | (Self::Dikembalikan, Step::Kembalikan)
            | (Self::Disetujui, Step::Setujui)
            | (Self::Ditutup, Step::Tutup) => return Ok(Moved::Already),
            (status, step) => return Err(WrongState { status, step }),
        };
        Ok(Moved::To(to))
    }

    /// The owner may change the content.
    pub fn is_editable(self) -> bool {
        matches!(self, Self::Draf | Self::Dikembalikan)
    }

    /// The superior may write special expectations: while it is drafted, and while it is being decided.
    pub fn takes_expectations(self) -> bool {
        matches!(self, Self::Draf | Self::Dikembalikan | Self::Diajukan)
    }

    /// Work may be recorded against it: approved, also after it was ended by a mutation (until its periods are locked).
    pub fn carries_work(self) -> bool {
        matches!(self, Self::Disetujui | Self::Ditutup)
    }

    /// Subordinates may link their RHK to those of this SKP. A plan that was handed in suffices: nobody below waits
    /// for a signature above.
    pub fn offers_rhk(self) -> bool {
        self != Self::Draf
    }

    /// Who holds it and what comes next.
    pub fn next(self) -> Next {
        match self {
            Self::Draf => Next::OwnerSubmits,
            Self::Diajukan => Next::SuperiorDecides,
            Self::Dikembalikan => Next::OwnerCorrects,
            Self::Disetujui => Next::OwnerWorks,
            Self::Ditutup => Next::Nothing,
        }
    }
}
