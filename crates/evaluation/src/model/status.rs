kernel::codes! {
    /// How far an evaluation is.
    pub enum Status {
        /// Opened; ratings are missing or a draft.
        BelumDinilai = "BELUM_DINILAI",
        /// Both ratings are given; may still change.
        Dinilai = "DINILAI",
        /// Final; waits to be read.
        Final = "FINAL",
        /// Read by the employee; the days for an objection count.
        Diterima = "DITERIMA",
    }
}

impl Status {
    /// True when ratings may still change.
    pub fn is_open(self) -> bool {
        matches!(self, Self::BelumDinilai | Self::Dinilai)
    }

    /// True when the predikat stands.
    pub fn is_final(self) -> bool {
        !self.is_open()
    }
}

#[cfg(test)]
mod tests {
    use kernel::Code;

    use super::*;

    #[test]
    fn nothing_is_both_open_and_final() {
        let open: Vec<bool> = Status::ALL.iter().map(|s| s.is_open()).collect();
        assert_eq!(open, [true, true, false, false]);
        assert!(Status::ALL.iter().all(|s| s.is_open() != s.is_final()));
    }
}
