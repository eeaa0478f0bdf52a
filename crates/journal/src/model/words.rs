kernel::codes! {
    /// Whether a line of an action plan was reached.
    pub enum Reached {
        /// Reached.
        Tercapai = "TERCAPAI",
        /// In part.
        Sebagian = "SEBAGIAN",
        /// Not.
        Belum = "BELUM",
    }
}

kernel::codes! {
    /// What a piece of evidence is.
    pub enum EvidenceKind {
        /// A file in our own store.
        Berkas = "BERKAS",
        /// A link, which we never fetch.
        Tautan = "TAUTAN",
    }
}
