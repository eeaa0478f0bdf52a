//! The words of the interface: formal Indonesian first, English second. Catalogues are Fluent files in `texts/`, one
//! per area and language; the build turns each message into a function of [`Texts`], checked in both languages.
//! Dates, times and numbers are written here, too.

mod format;

pub use format::{Deadline, decimal, hundredths};

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// Bahasa Indonesia, the source.
    #[default]
    Id,
    /// English.
    En,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::Id, Self::En];

    /// The code for `lang` attributes and cookies.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::En => "en",
        }
    }

    /// The language with this code; anything unknown is Indonesian.
    pub fn from_code(code: &str) -> Self {
        if code == "en" { Self::En } else { Self::Id }
    }

    /// Its texts.
    pub const fn texts(self) -> Texts {
        Texts(self)
    }
}

/// All texts in one language. One function per message of the catalogues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Texts(pub Lang);

include!(concat!(env!("OUT_DIR"), "/texts.rs"));
