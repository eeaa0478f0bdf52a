//! Random texts that are shown once and kept as digests.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::Ctx;
use sha2::{Digest, Sha256};

/// A password or code that is shown once. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Issued(String);

impl Issued {
    /// The text, to be shown once.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Issued {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Issued(…)")
    }
}

/// Letters and digits that are not taken for one another on paper or on the telephone.
const ALPHABET: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// `groups` groups of `length` characters (4.95 bits each), joined by hyphens.
pub(crate) fn issue(ctx: &Ctx, groups: usize, length: usize) -> Issued {
    let mut text = String::with_capacity(groups * (length + 1));
    let mut filled = 0;
    while filled < groups * length {
        let mut random = [0_u8; 32];
        ctx.ids.secret(&mut random);
        for byte in random {
            // 31 of 32 values name a character; the last one is thrown again, so that all are equally likely
            let Some(&c) = ALPHABET.get(usize::from(byte & 31)) else {
                continue;
            };
            if filled == groups * length {
                break;
            }
            if filled > 0 && filled.is_multiple_of(length) {
                text.push('-');
            }
            text.push(char::from(c));
            filled += 1;
        }
    }
    Issued(text)
}

/// An issued code as it is compared: lower case, without spaces and hyphens. `None` for an empty or overlong text.
pub(crate) fn tidy(code: &str) -> Option<String> {
    if code.len() > 100 {
        return None;
    }
    let tidy: String = code
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–'))
        .flat_map(char::to_lowercase)
        .collect();
    (!tidy.is_empty()).then_some(tidy)
}

/// 256 random bits as base64url: 43 characters.
pub(crate) fn token(ctx: &Ctx) -> String {
    let mut random = [0_u8; 32];
    ctx.ids.secret(&mut random);
    URL_SAFE_NO_PAD.encode(random)
}

/// SHA-256 over the parts, each preceded by its length.
pub(crate) fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use kernel::Instant;

    use super::*;

    #[test]
    fn issued_codes_are_well_formed_and_differ() {
        let ctx = Ctx::seeded(Instant::from_micros(0), 1);
        let (a, b) = (issue(&ctx, 4, 4), issue(&ctx, 4, 4));
        assert_ne!(a, b);
        assert_eq!(a.reveal().len(), 19);
        assert!(
            a.reveal()
                .split('-')
                .all(|g| g.len() == 4 && g.bytes().all(|c| ALPHABET.contains(&c)))
        );
        assert_eq!(tidy(&a.reveal().to_uppercase().replace('-', " ")), tidy(a.reveal()));
        assert_eq!(tidy(" - "), None);
        assert_eq!(format!("{a:?}"), "Issued(…)");
    }

    #[test]
    fn tokens_have_256_bits() {
        let ctx = Ctx::seeded(Instant::from_micros(0), 1);
        let token = token(&ctx);
        assert_eq!(token.len(), 43);
        assert_eq!(URL_SAFE_NO_PAD.decode(&token).map(|b| b.len()), Ok(32));
    }
}
