//! What people write to say who they are.

use unicode_normalization::UnicodeNormalization;

/// A login name, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Login {
    /// Eighteen digits; white space, dots and hyphens are ignored (U14).
    Number(String),
    /// An e-mail address, folded.
    Email(String),
    /// Neither; kept short for the throttle.
    Unreadable(String),
}

impl Login {
    pub(crate) fn read(text: &str) -> Self {
        let digits: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '\u{200B}'))
            .take(19)
            .collect();
        if digits.len() == 18 && digits.bytes().all(|b| b.is_ascii_digit()) {
            return Self::Number(digits);
        }
        fold_email(text).map_or_else(|| Self::Unreadable(digits), Self::Email)
    }

    /// The name by which attempts are counted.
    pub(crate) fn key(&self) -> &str {
        match self {
            Self::Number(text) | Self::Email(text) | Self::Unreadable(text) => text,
        }
    }
}

/// An e-mail address as it is kept and compared: compatibility form, lower case. `None` when it is none; an address
/// that begins with a hyphen could be taken for an option by a mail program (T33).
pub(crate) fn fold_email(text: &str) -> Option<String> {
    if text.len() > 1000 {
        return None;
    }
    let folded: String = text.trim().nfkc().flat_map(char::to_lowercase).collect();
    let (local, domain) = folded.split_once('@')?;
    let odd =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '@' | ',' | ';' | '<' | '>' | '"' | '\\' | ':');
    let fits = !local.is_empty() && !domain.is_empty() && folded.len() <= 254 && !folded.starts_with('-');
    (fits && !domain.starts_with(['.', '-']) && !local.contains(odd) && !domain.contains(odd)).then_some(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_as_people_write_them() {
        for text in [
            "198609262015052901",
            " 19860926 201505 2 901 ",
            "19860926.201505-2-901\n",
        ] {
            assert_eq!(Login::read(text), Login::Number("198609262015052901".into()), "{text}");
        }
        for text in [
            "",
            "1986",
            "1986092620150529011",
            "１９８６０９２６２０１５０５２９０１",
            "siti",
        ] {
            assert!(matches!(Login::read(text), Login::Unreadable(_)), "{text}");
        }
        assert!(Login::read(&"9".repeat(1_000_000)).key().len() < 80);
    }

    #[test]
    fn folds_addresses() {
        assert_eq!(fold_email(" Siti.R@Kota.GO.ID ").as_deref(), Some("siti.r@kota.go.id"));
        assert_eq!(Login::read("SITI@kota.go.id"), Login::Email("siti@kota.go.id".into()));
        for text in [
            "",
            "@",
            "a@",
            "@b",
            "a@b@c",
            "-oQueue@b",
            "a b@c",
            "a@b\r\nBcc: x@y",
            "a,b@c",
            "a@.b",
        ] {
            assert_eq!(fold_email(text), None, "{text:?}");
        }
        assert_eq!(fold_email(&format!("{}@b", "a".repeat(300))), None);
    }
}
