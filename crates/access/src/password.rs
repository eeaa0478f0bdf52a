//! Argon2id, and what a password must be like.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use jiff::civil::Date;
use kernel::{Ctx, fold_name};
use unicode_normalization::UnicodeNormalization;

use crate::gate::Gate;
use crate::model::PasswordProblem;

/// Fewest characters.
pub const SHORTEST: usize = 12;
/// Most characters.
pub const LONGEST: usize = 200;

/// Verified where there is no account, so that an unknown number takes as long as a known one (T22). No password
/// matches it but by an accident of one in 2^256.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The same characters typed on another device must give the same bytes.
fn normalise(password: &str) -> String {
    password.nfkc().collect()
}

/// Hashes `password` with a salt of sixteen random bytes; for rows of [`crate::bulk`], which may share one hash.
pub async fn hash(gate: &Gate, ctx: &Ctx, password: &str) -> db::Result<String> {
    let password = normalise(password);
    let mut salt = [0_u8; 16];
    ctx.ids.secret(&mut salt);
    blocking(gate, move || hash_now(&password, &salt)).await
}

fn hash_now(password: &str, salt: &[u8]) -> String {
    let hash: PasswordHash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), salt)
        .expect("invariant: the default parameters take any password and a salt of sixteen bytes");
    hash.to_string()
}

/// True when `password` belongs to `hash`; without a hash it takes the same time and is false.
pub(crate) async fn verify(gate: &Gate, password: &str, hash: Option<&str>) -> db::Result<bool> {
    // an overlong password belongs to nobody; the work is done all the same
    let fits = password.len() <= LONGEST * 16;
    let password = if fits { normalise(password) } else { String::new() };
    let real = hash.is_some() && fits;
    let hash = hash.unwrap_or(NOBODY).to_owned();
    let matches = blocking(gate, move || {
        let parsed = PasswordHash::new(&hash).or_else(|_| PasswordHash::new(NOBODY));
        parsed.is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
    })
    .await?;
    Ok(matches && real)
}

async fn blocking<T: Send + 'static>(gate: &Gate, work: impl FnOnce() -> T + Send + 'static) -> db::Result<T> {
    let stopped = |what: &dyn std::fmt::Display| db::Error::Engine(format!("hashing a password stopped: {what}"));
    let _turn = gate.turnstile().acquire().await.map_err(|e| stopped(&e))?;
    tokio::task::spawn_blocking(work).await.map_err(|e| stopped(&e))
}

/// What a password must not be made of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Personal {
    pub number: Option<String>,
    pub name: String,
    pub email: Option<String>,
    pub birth_date: Option<Date>,
}

/// Fewest characters that must remain when everything personal is taken out of a password.
const OWN: usize = 8;

/// Accepts 12 to 200 characters that are neither personal nor what everybody tries first (U18: no rotation, no demands
/// for kinds of characters).
pub(crate) fn check(password: &str, personal: &Personal) -> Result<(), PasswordProblem> {
    if password.len() > LONGEST * 16 {
        return Err(PasswordProblem::TooLong);
    }
    let password = normalise(password);
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(PasswordProblem::TooShort);
    }
    if length > LONGEST {
        return Err(PasswordProblem::TooLong);
    }
    if is_personal(&password, personal) {
        return Err(PasswordProblem::Personal);
    }
    if is_common(&password) {
        return Err(PasswordProblem::Common);
    }
    Ok(())
}

fn is_personal(password: &str, personal: &Personal) -> bool {
    let mut left: String = fold_name(password).replace(' ', "");
    let before = left.len();
    let mut parts: Vec<String> = Vec::new();
    parts.extend(personal.number.clone().filter(|n| n.len() >= 8));
    if let Some(email) = &personal.email {
        parts.push(fold_name(email).replace(' ', ""));
        parts.extend(email.split('@').next().map(|local| fold_name(local).replace(' ', "")));
    }
    if let Some(day) = personal.birth_date {
        let (y, m, d) = (day.year(), day.month(), day.day());
        parts.push(format!("{y:04}{m:02}{d:02}"));
        parts.push(format!("{d:02}{m:02}{y:04}"));
        parts.push(format!("{d}{m}{y:04}"));
        parts.push(format!("{d:02}{m:02}{:02}", y % 100));
    }
    let name = fold_name(&personal.name);
    parts.push(name.replace(' ', ""));
    parts.extend(name.split(' ').map(str::to_owned));
    parts.retain(|p| p.chars().count() >= 3);
    parts.sort_by_key(|p| std::cmp::Reverse(p.len()));
    for part in &parts {
        left = left.replace(part.as_str(), "");
    }
    left.len() < before && left.chars().count() < OWN
}

/// True for runs, repetitions, and well-known words with digits and signs around them.
fn is_common(password: &str) -> bool {
    let plain: Vec<char> = password.chars().flat_map(char::to_lowercase).collect();
    if repeats(&plain) || runs(&plain) {
        return true;
    }
    // digits before and after the word are ornament, those inside may stand for letters
    let edge = |c: &char| !c.is_alphabetic() && !matches!(c, '@' | '$');
    let first = plain.iter().position(|c| !edge(c)).unwrap_or(0);
    let last = plain.iter().rposition(|c| !edge(c)).map_or(0, |n| n + 1);
    let core = plain.get(first..last).unwrap_or_default();
    let letters: String = core.iter().map(|c| unmask(*c)).filter(|c| c.is_alphabetic()).collect();
    let bare: String = plain.iter().filter(|c| c.is_alphabetic()).collect();
    [letters, bare].iter().any(|word| made_of_common(word))
}

/// Digits and signs that stand for letters.
fn unmask(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// A piece of up to six characters said again and again.
fn repeats(text: &[char]) -> bool {
    (1..=6).any(|n| text.len() >= 2 * n && text.iter().skip(n).zip(text).all(|(a, b)| a == b))
}

/// Mostly neighbours in the alphabet, among the digits, or on the keyboard.
fn runs(text: &[char]) -> bool {
    const ROWS: [&str; 6] = [
        "1234567890",
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
        "abcdefghijklmnopqrstuvwxyz",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    ];
    let neighbours = |a: char, b: char| {
        a == b
            || ROWS.iter().any(|row| {
                let at = |c: char| row.find(c);
                matches!((at(a), at(b)), (Some(x), Some(y)) if x.abs_diff(y) == 1)
            })
    };
    let pairs = text.len().saturating_sub(1);
    let near = text
        .iter()
        .zip(text.iter().skip(1))
        .filter(|(a, b)| neighbours(**a, **b))
        .count();
    // a dozen characters have eleven pairs; four fifths of them being steps is a run with a slip
    near * 5 >= pairs * 4
}

/// Words from which most guessed passwords here are made. Our own list, kept short on purpose.
const WORDS: [&str; 64] = [
    "password",
    "passwort",
    "katasandi",
    "sandi",
    "rahasia",
    "admin",
    "administrator",
    "pegawai",
    "pemda",
    "pemkot",
    "pemkab",
    "kantor",
    "dinas",
    "bkpsdm",
    "bkd",
    "asn",
    "pns",
    "pppk",
    "abdi",
    "ekinerja",
    "kinerja",
    "simpeg",
    "indonesia",
    "indonesiaraya",
    "merdeka",
    "pancasila",
    "garuda",
    "nusantara",
    "jakarta",
    "bandung",
    "surabaya",
    "bismillah",
    "alhamdulillah",
    "assalamualaikum",
    "insyaallah",
    "masyaallah",
    "allahuakbar",
    "allah",
    "sayang",
    "sayangku",
    "cinta",
    "cintaku",
    "aku",
    "kamu",
    "mama",
    "papa",
    "ibu",
    "bapak",
    "anak",
    "keluarga",
    "bahagia",
    "sukses",
    "semangat",
    "qwerty",
    "qwertyuiop",
    "asdfgh",
    "welcome",
    "letmein",
    "iloveyou",
    "login",
    "user",
    "test",
    "tes",
    "baru",
];

/// True for nothing at all, and for text that is wholly made of the known words.
fn made_of_common(text: &str) -> bool {
    let bytes = text.len();
    let mut reached = vec![false; bytes + 1];
    reached[0] = true;
    for at in 0..bytes {
        if !reached[at] {
            continue;
        }
        for word in WORDS {
            if text.get(at..).is_some_and(|rest| rest.starts_with(word)) {
                reached[at + word.len()] = true;
            }
        }
    }
    bytes > 0 && reached[bytes]
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kernel::Instant;

    use super::*;

    fn siti() -> Personal {
        Personal {
            // made up: sequence 9xx
            number: Some("198609262015052901".to_owned()),
            name: "Siti Rahmawati".to_owned(),
            email: Some("siti.rahmawati@contoh.go.id".to_owned()),
            birth_date: Some(date(1986, 9, 26)),
        }
    }

    #[test]
    fn says_what_is_wrong() {
        use PasswordProblem::{Common, Personal, TooLong, TooShort};
        for (password, problem) in [
            ("", TooShort),
            ("kopi susu 3", TooShort),
            ("198609262015052901", Personal),
            ("19860926 201505 2 901", Personal),
            ("Siti-Rahmawati-86", Personal),
            ("siti26091986", Personal),
            ("rahmawati.1986", Personal),
            ("password1234", Common),
            ("P@ssw0rd2026!", Common),
            ("Bismillah2026!!", Common),
            ("semangat-baru-2026", Common),
            ("aaaaaaaaaaaa", Common),
            ("abcabcabcabc", Common),
            ("123456789012", Common),
            ("qwertyuiop12", Common),
            ("098765432109", Common),
        ] {
            assert_eq!(check(password, &siti()), Err(problem), "{password}");
        }
        assert_eq!(check(&"x1 y2".repeat(50), &siti()), Err(TooLong));
        assert_eq!(check(&"x".repeat(1_000_000), &siti()), Err(TooLong));
    }

    #[test]
    fn accepts_sentences_and_random_text() {
        for password in [
            "hujan turun di loket tiga",
            "kr7m-x3wq-9pnt-h2ab",
            "Siti naik sepeda ke pasar",
            "ずっと雨が降っていますよね",
            "kuda-lumping-biru-41",
        ] {
            assert_eq!(check(password, &siti()), Ok(()), "{password}");
        }
        assert_eq!(check("kuda-lumping-biru-41", &super::Personal::default()), Ok(()));
    }

    #[tokio::test]
    async fn hashes_verify_and_differ() {
        let (gate, ctx) = (Gate::default(), Ctx::seeded(Instant::from_micros(0), 3));
        let one = hash(&gate, &ctx, "hujan turun di loket").await.unwrap();
        let two = hash(&gate, &ctx, "hujan turun di loket").await.unwrap();
        assert_ne!(one, two);
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert!(verify(&gate, "hujan turun di loket", Some(&one)).await.unwrap());
        assert!(!verify(&gate, "hujan turun di loke", Some(&one)).await.unwrap());
        assert!(!verify(&gate, "", Some(&one)).await.unwrap());
        assert!(!verify(&gate, "", None).await.unwrap());
        assert!(!verify(&gate, &"x".repeat(1_000_000), Some(&one)).await.unwrap());
        assert!(!verify(&gate, "x", Some("not a hash")).await.unwrap());
    }

    #[test]
    fn composed_and_decomposed_are_one_password() {
        assert_eq!(normalise("caf\u{e9}"), normalise("cafe\u{301}"));
    }

    #[test]
    fn nobody_costs_as_much_as_somebody() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let somebody = hash_now("x", &[7; 16]);
        let somebody = PasswordHash::new(&somebody).unwrap();
        assert_eq!(nobody.algorithm, somebody.algorithm);
        assert_eq!(nobody.version, somebody.version);
        assert_eq!(nobody.params.to_string(), somebody.params.to_string());
        assert_eq!(nobody.hash.unwrap().len(), somebody.hash.unwrap().len());
    }
}
