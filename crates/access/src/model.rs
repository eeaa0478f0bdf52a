//! The closed sets of words of this area.

kernel::codes! {
    /// How far a session has come.
    pub enum Stage {
        /// Signed in.
        Full = "FULL",
        /// The password was right; the code of the second factor is missing.
        Totp = "TOTP",
        /// Signed in with an issued password, which must be changed before anything else.
        Change = "CHANGE",
    }
}

kernel::codes! {
    /// Language of pages for an account.
    pub enum Language {
        /// Bahasa Indonesia.
        Indonesian = "id",
        /// English.
        English = "en",
    }
}

kernel::codes! {
    /// Why a password is not accepted.
    pub enum PasswordProblem {
        /// Fewer than twelve characters.
        TooShort = "TOO_SHORT",
        /// More than two hundred characters.
        TooLong = "TOO_LONG",
        /// Mostly the person's number, name, birth date or e-mail address.
        Personal = "PERSONAL",
        /// Among the passwords that everybody tries first.
        Common = "COMMON",
        /// The password that was to be replaced.
        Unchanged = "UNCHANGED",
    }
}

impl std::error::Error for PasswordProblem {}
