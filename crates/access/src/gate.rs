use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

/// Settings of signing in.
#[derive(Debug, Clone)]
pub struct Config {
    /// A session ends after this long without a request, for people with a superior's duty or a granted role (U19).
    pub idle_sensitive: Duration,
    /// The same for everybody else.
    pub idle: Duration,
    /// A session ends this long after signing in, whatever happens.
    pub absolute: Duration,
    /// How long a session may wait for its second factor or for the new password.
    pub unfinished: Duration,
    /// Name of the installation as authenticator applications show it.
    pub issuer: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            idle_sensitive: Duration::from_secs(30 * 60),
            idle: Duration::from_secs(12 * 3600),
            absolute: Duration::from_secs(12 * 3600),
            unfinished: Duration::from_secs(15 * 60),
            issuer: "Abdi".to_owned(),
        }
    }
}

/// Settings, and the turnstile before the hashing of passwords. One for the whole process; cheap to clone.
#[derive(Clone, Debug)]
pub struct Gate(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    config: Config,
    turnstile: Semaphore,
}

/// Hashes at the same time: each takes 19 MiB and a core for some ten milliseconds.
const HASHES_AT_ONCE: usize = 2;

impl Gate {
    /// A gate with these settings.
    pub fn new(config: Config) -> Self {
        Self(Arc::new(Inner {
            config,
            turnstile: Semaphore::new(HASHES_AT_ONCE),
        }))
    }

    /// The settings.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    pub(crate) fn turnstile(&self) -> &Semaphore {
        &self.0.turnstile
    }
}

impl Default for Gate {
    fn default() -> Self {
        Self::new(Config::default())
    }
}
