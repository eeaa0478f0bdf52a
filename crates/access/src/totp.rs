//! The second factor: time-based codes (RFC 6238, SHA-1, six digits, thirty seconds), pure.

use kernel::{Ctx, Instant};
use totp_rs::{Builder, Secret, Totp};

/// Seconds a step.
const STEP: i64 = 30;
/// Steps to either side in which a code passes.
const TOLERANCE: i64 = 1;
/// Steps to either side in which a wrong clock is recognised (five minutes). More would help guessing.
const RECOGNISED: i64 = 10;

/// What a code is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Right, and never used: the step to remember.
    Fresh(i64),
    /// Right, but used, or older than one that was.
    Used,
    /// Wrong; on a clock that many minutes ahead it would be right.
    Wrong(Option<i64>),
}

/// A new secret of 160 bits, base32.
pub(crate) fn new_secret(ctx: &Ctx) -> String {
    let mut random = [0_u8; 20];
    ctx.ids.secret(&mut random);
    Secret::from(random).to_base32()
}

/// The address that an authenticator reads from a QR code. Neither part may hold a colon, so it becomes a space.
pub(crate) fn url(secret: &str, issuer: &str, account: &str) -> Option<String> {
    let plain = |text: &str| text.replace(':', " ");
    let secret = Secret::try_from_base32(secret).ok()?;
    Builder::new()
        .with_secret(secret)
        .with_issuer(Some(plain(issuer)))
        .with_account_name(plain(account))
        .build()
        .ok()?
        .to_url()
        .ok()
}

/// Judges `code` at `now`. An empty, short or overlong code is wrong, and so is every code when the secret is empty
/// or cannot be read (T20).
pub(crate) fn judge(secret: &str, code: &str, now: Instant, last_step: i64) -> Verdict {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).take(7).collect();
    let Some(totp) = reader(secret) else {
        return Verdict::Wrong(None);
    };
    let present = now.micros().div_euclid(1_000_000).div_euclid(STEP);
    let matches = |step: i64| u64::try_from(step * STEP).is_ok_and(|at| totp.check(&code, at).is_some());
    // nearest first, so that the smallest error of the clock is reported
    for distance in 0..=RECOGNISED {
        for step in [present - distance, present + distance] {
            if !matches(step) {
                continue;
            }
            if distance > TOLERANCE {
                return Verdict::Wrong(Some((step - present) * STEP / 60));
            }
            if step > last_step {
                return Verdict::Fresh(step);
            }
            return Verdict::Used;
        }
    }
    Verdict::Wrong(None)
}

fn reader(secret: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    Builder::new().with_skew(0).with_secret(secret).build().ok()
}

/// The code that an authenticator would show at `now`; for tests of the areas and for the demonstration.
pub fn code_at(secret: &str, now: Instant) -> Option<String> {
    let at = u64::try_from(now.micros().div_euclid(1_000_000)).ok()?;
    Some(reader(secret)?.generate(at).to_string())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    // the key of the examples of RFC 6238, "12345678901234567890"
    const KEY: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn at(seconds: i64) -> Instant {
        Instant::from_micros(seconds * 1_000_000)
    }

    #[test]
    fn follows_the_examples_of_the_standard() {
        // the last six of the eight digits in appendix B
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert_eq!(code_at(KEY, at(seconds)).as_deref(), Some(code));
            assert_eq!(judge(KEY, code, at(seconds), 0), Verdict::Fresh(seconds / 30));
        }
        assert_eq!(
            judge(KEY, " 081 804 ", at(1_111_111_109), 0),
            Verdict::Fresh(1_111_111_109 / 30)
        );
    }

    #[test]
    fn passes_one_step_to_either_side_and_names_a_wrong_clock() {
        let now = at(1_111_111_110);
        let step = 1_111_111_110 / 30;
        let code = |steps: i64| code_at(KEY, at(1_111_111_110 + steps * 30)).unwrap();
        assert_eq!(judge(KEY, &code(-1), now, 0), Verdict::Fresh(step - 1));
        assert_eq!(judge(KEY, &code(1), now, 0), Verdict::Fresh(step + 1));
        assert_eq!(judge(KEY, &code(4), now, 0), Verdict::Wrong(Some(2)));
        assert_eq!(judge(KEY, &code(-10), now, 0), Verdict::Wrong(Some(-5)));
        assert_eq!(judge(KEY, &code(11), now, 0), Verdict::Wrong(None));
    }

    #[test]
    fn passes_no_code_twice_and_none_before_it() {
        let now = at(1_111_111_110);
        let step = 1_111_111_110 / 30;
        let code = code_at(KEY, now).unwrap();
        assert_eq!(judge(KEY, &code, now, step - 1), Verdict::Fresh(step));
        assert_eq!(judge(KEY, &code, now, step), Verdict::Used);
        let before = code_at(KEY, now.minus(Duration::from_secs(30))).unwrap();
        assert_eq!(judge(KEY, &before, now, step), Verdict::Used);
    }

    #[test]
    fn absent_never_passes() {
        let now = at(59);
        for code in [
            "",
            " ",
            "0",
            "00000",
            "0000000",
            "+87082",
            "２８７０８２",
            "null",
            "28708２",
        ] {
            assert_eq!(judge(KEY, code, now, 0), Verdict::Wrong(None), "{code}");
        }
        for secret in ["", " ", "GEZDGNBV", "not base 32!"] {
            assert_eq!(judge(secret, "", now, 0), Verdict::Wrong(None));
            assert_eq!(judge(secret, "000000", now, 0), Verdict::Wrong(None));
            assert_eq!(code_at(secret, now), None);
        }
        assert!(!matches!(
            judge(KEY, "287082", Instant::from_micros(-5), 0),
            Verdict::Fresh(_)
        ));
        assert_eq!(
            judge(KEY, "287082", Instant::from_micros(i64::MIN), 0),
            Verdict::Wrong(None)
        );
    }

    #[test]
    fn the_address_reads_back() {
        let url = url(KEY, "Abdi: Kota", "Siti: Rahma").unwrap();
        let read = Totp::from_url(&url).unwrap();
        assert_eq!(read.secret().to_base32(), KEY);
        assert_eq!(read.issuer(), Some("Abdi  Kota"));
    }
}
