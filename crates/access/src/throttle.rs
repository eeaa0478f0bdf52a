//! Growing delays for guessing (T21), without a lock that somebody could turn against another.
//!
//! Three counters, each with its own pure delay:
//! * *pair* — one login from one network (/24, or /64): the first line. Charged **before** the password is looked at,
//!   so that fifty guesses at once are fifty attempts and not one.
//! * *login* — one login from networks where it has never succeeded: many machines guessing one number share it. A
//!   network where the login has succeeded in the last ninety days is not concerned, so nobody can make the head of
//!   the office wait at their own desk.
//! * *network* — failures from one network over all logins: one machine trying one password on everybody. Generous,
//!   because a whole office may stand behind one address; successes do not count.
//!
//! A refused attempt (inside a delay) counts nothing. Counters are forgotten after a time without attempts.

use std::net::IpAddr;
use std::time::Duration;

use db::{Result, Tx, args, sql};
use kernel::Instant;

use crate::secret::digest;

/// After this time without an attempt a counter starts anew.
const FORGET: Duration = Duration::from_secs(24 * 3600);
/// So long a network stays known for a login after its last success.
const KNOWN: Duration = Duration::from_secs(90 * 24 * 3600);

/// Delay after the `attempts`-th attempt in a row of one login from one network: none for the first four, then 2, 4,
/// 8 … seconds, at most fifteen minutes, or one minute where the login has succeeded before.
pub fn pair_delay(attempts: i64, known: bool) -> Duration {
    grow(attempts - 4, if known { 60 } else { 900 })
}

/// Delay after the `attempts`-th attempt at one login from networks that are not known for it: none for the first
/// thirty, then 2, 4, 8 … seconds, at most one minute.
pub fn login_delay(attempts: i64) -> Duration {
    grow(attempts - 30, 60)
}

/// Delay after the `failures`-th failure from one network: none for the first hundred, then 2, 4, 8 … seconds, at most
/// thirty.
pub fn network_delay(failures: i64) -> Duration {
    grow(failures - 100, 30)
}

/// 2^`over` seconds, none for zero and below, at most `most`.
fn grow(over: i64, most: u64) -> Duration {
    if over <= 0 {
        return Duration::ZERO;
    }
    let seconds = u32::try_from(over)
        .ok()
        .and_then(|over| 1_u64.checked_shl(over.min(32)))
        .unwrap_or(most);
    Duration::from_secs(seconds.min(most))
}

/// What counts as one network: 24 bits of an IPv4 address, 64 bits of an IPv6 address.
pub fn network(address: IpAddr) -> [u8; 9] {
    let mut prefix = [0; 9];
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            prefix[0] = 4;
            prefix[1..4].copy_from_slice(&v4.octets()[..3]);
        }
        IpAddr::V6(v6) => {
            prefix[0] = 6;
            prefix[1..9].copy_from_slice(&v6.octets()[..8]);
        }
    }
    prefix
}

/// The keys of one attempt.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    pair: String,
    login: String,
    network: String,
}

impl Attempt {
    /// At `what` (`sign-in`, `code`, `password`) of `login`, from `address`.
    pub(crate) fn new(what: &str, login: &[u8], address: IpAddr) -> Self {
        let network = network(address);
        let key = |kind: &str, parts: &[&[u8]]| {
            let hash = digest(parts);
            let mut text = String::from(kind);
            for byte in &hash[..16] {
                text.push_str(&format!("{byte:02x}"));
            }
            text
        };
        let what = what.as_bytes();
        Self {
            pair: key("pair:", &[what, login, &network]),
            login: key("login:", &[what, login]),
            network: key("network:", &[&network]),
        }
    }

    /// Counts the attempt, or answers how long to wait.
    pub(crate) async fn charge(&self, tx: &mut Tx, now: Instant) -> Result<Result<(), Duration>> {
        let known = self.is_known(tx, now).await?;
        let rows: Vec<(String, i64, Instant, Instant)> = tx
            .all(
                sql!("SELECT key, failures, blocked_until, last_at FROM sign_in_throttle WHERE key IN ($1, $2, $3)"),
                args![&self.pair, &self.login, &self.network],
            )
            .await?;
        let of = |key: &str| {
            rows.iter()
                .find(|row| row.0 == key && row.3 > now.minus(FORGET))
                .map_or((0, Instant::from_micros(0)), |row| (row.1, row.2))
        };
        let (pair, login, network) = (of(&self.pair), of(&self.login), of(&self.network));
        let mut until = pair.1.max(network.1);
        if !known {
            until = until.max(login.1);
        }
        if until > now {
            return Ok(Err(until.since(now)));
        }
        let attempts = pair.0 + 1;
        put(tx, &self.pair, attempts, now.plus(pair_delay(attempts, known)), now).await?;
        if !known {
            let attempts = login.0 + 1;
            put(tx, &self.login, attempts, now.plus(login_delay(attempts)), now).await?;
        }
        Ok(Ok(()))
    }

    async fn is_known(&self, tx: &mut Tx, now: Instant) -> Result<bool> {
        let last: Option<i64> = tx
            .scalar(
                sql!("SELECT last_at FROM known_network WHERE key = $1 AND last_at > $2"),
                args![&self.pair, now.minus(KNOWN)],
            )
            .await?;
        Ok(last.is_some())
    }

    /// The attempt failed.
    pub(crate) async fn failed(&self, tx: &mut Tx, now: Instant) -> Result<()> {
        let row: Option<(i64, Instant)> = tx
            .optional(
                sql!("SELECT failures, last_at FROM sign_in_throttle WHERE key = $1"),
                args![&self.network],
            )
            .await?;
        let failures = row.filter(|row| row.1 > now.minus(FORGET)).map_or(0, |row| row.0) + 1;
        put(tx, &self.network, failures, now.plus(network_delay(failures)), now).await
    }

    /// The attempt was right: the pair starts anew, and what was charged to the login is given back. The network is not
    /// yet known for the login; see [`know`], which comes after.
    pub(crate) async fn passed(&self, tx: &mut Tx, now: Instant) -> Result<()> {
        if !self.is_known(tx, now).await? {
            tx.exec(
                sql!("UPDATE sign_in_throttle SET failures = failures - 1 WHERE key = $1 AND failures > 0"),
                args![&self.login],
            )
            .await?;
        }
        tx.exec(sql!("DELETE FROM sign_in_throttle WHERE key = $1"), args![&self.pair])
            .await?;
        Ok(())
    }

    /// What [`know`] needs, kept in a session until its second factor has passed.
    pub(crate) fn network_key(&self) -> &str {
        &self.pair
    }
}

/// From now on the network is known for the login.
pub(crate) async fn know(tx: &mut Tx, network_key: &str, now: Instant) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO known_network (key, last_at) VALUES ($1, $2) \
             ON CONFLICT (key) DO UPDATE SET last_at = excluded.last_at"
        ),
        args![network_key, now],
    )
    .await?;
    Ok(())
}

async fn put(tx: &mut Tx, key: &str, failures: i64, blocked_until: Instant, now: Instant) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO sign_in_throttle (key, failures, blocked_until, last_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, blocked_until = excluded.blocked_until, \
             last_at = excluded.last_at"
        ),
        args![key, failures, blocked_until, now],
    )
    .await?;
    Ok(())
}

/// Removes what is forgotten: old counters, networks and ended sessions. For a daily job. Answers how many rows went.
pub async fn unscoped_sweep(tx: &mut Tx, now: Instant) -> Result<u64> {
    let counters = tx
        .exec(
            sql!("DELETE FROM sign_in_throttle WHERE last_at <= $1"),
            args![now.minus(FORGET)],
        )
        .await?;
    let networks = tx
        .exec(
            sql!("DELETE FROM known_network WHERE last_at <= $1"),
            args![now.minus(KNOWN)],
        )
        .await?;
    let sessions = tx
        .exec(sql!("DELETE FROM session WHERE expires_at <= $1"), args![now])
        .await?;
    Ok(counters + networks + sessions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_and_stop_growing() {
        let seconds = |f: fn(i64) -> Duration, n: i64| f(n).as_secs();
        let pair = |n| pair_delay(n, false).as_secs();
        assert_eq!([1, 4, 5, 6, 7, 13, 14, 1000].map(pair), [0, 0, 2, 4, 8, 512, 900, 900]);
        assert_eq!(pair_delay(1000, true).as_secs(), 60);
        assert_eq!(
            [30, 31, 35, 36, i64::MAX].map(|n| seconds(login_delay, n)),
            [0, 2, 32, 60, 60]
        );
        assert_eq!(
            [100, 101, 105, i64::MAX].map(|n| seconds(network_delay, n)),
            [0, 2, 30, 30]
        );
        assert_eq!(pair(i64::MIN + 10), 0);
    }

    #[test]
    fn neighbours_share_a_network() {
        let net = |text: &str| network(text.parse().unwrap());
        assert_eq!(net("203.0.113.9"), net("203.0.113.200"));
        assert_ne!(net("203.0.113.9"), net("203.0.114.9"));
        assert_eq!(net("::ffff:203.0.113.9"), net("203.0.113.1"));
        assert_eq!(net("2001:db8:1:2::1"), net("2001:db8:1:2:ffff::9"));
        assert_ne!(net("2001:db8:1:2::1"), net("2001:db8:1:3::1"));
    }
}
