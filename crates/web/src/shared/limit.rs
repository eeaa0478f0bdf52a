//! How often one network may send a public form. Kept in memory: it protects the database, it is not a record.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

use kernel::Instant;
use uuid::Uuid;

use super::PageError;

/// Networks and things remembered at once; above it all new ones share one count, so that memory stays bounded
/// (about two megabytes) whatever is sent.
const MOST_KEYS: usize = 20_000;

const MICROS: i64 = 1_000_000;

type Key = (IpAddr, Uuid);

/// Counts what comes from one network for one thing (such as a service) in a sliding window. The window slides in the
/// usual approximation of two counts: the last window weighs as much as it still reaches into the present one.
#[derive(Debug, Clone)]
pub struct Limit {
    most: u32,
    window: i64,
    counts: Arc<Mutex<Counts>>,
}

#[derive(Debug, Default)]
struct Counts {
    /// Number of the present window since 1970.
    at: i64,
    now: HashMap<Key, u32>,
    before: HashMap<Key, u32>,
}

impl Limit {
    /// At most `most` in `seconds`.
    pub fn new(most: u32, seconds: u32) -> Self {
        Self {
            most,
            window: i64::from(seconds.max(1)) * MICROS,
            counts: Arc::default(),
        }
    }

    /// Counts one more from `address` for `thing`.
    ///
    /// # Errors
    /// [`PageError::TooMany`] with the seconds until it is worth trying again; what was refused is not counted.
    pub fn take(&self, address: IpAddr, thing: Uuid, now: Instant) -> Result<(), PageError> {
        let at = now.micros().div_euclid(self.window);
        let into = now.micros().rem_euclid(self.window);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.turn_to(at);
        let mut key = (network(address), thing);
        if counts.now.len() >= MOST_KEYS && !counts.now.contains_key(&key) {
            key = (IpAddr::V6(Ipv6Addr::UNSPECIFIED), Uuid::nil());
        }
        let before = i64::from(counts.before.get(&key).copied().unwrap_or(0));
        let still = before * (self.window - into) / self.window;
        let count = counts.now.entry(key).or_default();
        if still + i64::from(*count) >= i64::from(self.most) {
            let seconds = (self.window - into).div_euclid(MICROS) + 1;
            return Err(PageError::TooMany(u64::try_from(seconds).unwrap_or(1)));
        }
        *count += 1;
        Ok(())
    }
}

impl Counts {
    fn turn_to(&mut self, at: i64) {
        if at == self.at {
            return;
        }
        let old = std::mem::take(&mut self.now);
        self.before = if at == self.at + 1 { old } else { HashMap::new() };
        self.at = at;
    }
}

/// What counts as one sender: an IPv4 address, or the /64 network that one IPv6 line has.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from(u128::from(v6) >> 64 << 64)),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Instant {
        Instant::from_micros((1_800_000_000 + seconds) * MICROS)
    }

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn the_window_slides() {
        let limit = Limit::new(3, 600);
        let (here, thing) = (address("203.0.113.7"), Uuid::from_u128(1));
        for second in 0..3 {
            assert!(limit.take(here, thing, at(second)).is_ok());
        }
        let Err(PageError::TooMany(wait)) = limit.take(here, thing, at(3)) else {
            panic!("the fourth is refused");
        };
        assert_eq!(wait, 598);
        // other services and other networks are not touched
        assert!(limit.take(here, Uuid::from_u128(2), at(3)).is_ok());
        assert!(limit.take(address("203.0.113.8"), thing, at(3)).is_ok());
        // just after the turn the last window still weighs nearly all of its three, later less
        assert!(limit.take(here, thing, at(600)).is_err());
        assert!(limit.take(here, thing, at(601)).is_ok());
        assert!(limit.take(here, thing, at(602)).is_err());
        assert!(limit.take(here, thing, at(900)).is_ok());
        // after a whole quiet window everything is forgotten
        for second in 2_400..2_403 {
            assert!(limit.take(here, thing, at(second)).is_ok());
        }
        assert!(limit.take(here, thing, at(2_403)).is_err());
    }

    #[test]
    fn one_ipv6_line_is_one_sender() {
        let limit = Limit::new(1, 60);
        let thing = Uuid::from_u128(1);
        assert!(limit.take(address("2001:db8::1"), thing, at(0)).is_ok());
        assert!(limit.take(address("2001:db8::ffff:2"), thing, at(0)).is_err());
        assert!(limit.take(address("2001:db8:0:1::1"), thing, at(0)).is_ok());
        assert!(limit.take(address("::ffff:203.0.113.7"), thing, at(0)).is_ok());
        assert!(limit.take(address("203.0.113.7"), thing, at(0)).is_err());
    }

    #[test]
    fn memory_is_bounded_by_a_shared_count() {
        let limit = Limit::new(2, 60);
        let here = address("203.0.113.7");
        for number in 0..20_000u128 {
            assert!(limit.take(here, Uuid::from_u128(number + 1), at(0)).is_ok());
        }
        assert!(limit.take(here, Uuid::from_u128(30_000), at(0)).is_ok());
        assert!(limit.take(here, Uuid::from_u128(30_001), at(0)).is_ok());
        assert!(limit.take(here, Uuid::from_u128(30_002), at(0)).is_err());
        let counts = limit.counts.lock().expect("not poisoned");
        assert_eq!(counts.now.len(), MOST_KEYS + 1);
    }
}
