//! Configuration: one TOML file, with environment variables over it. A key that is not known refuses to start and names
//! the nearest known one: a setting that silently does nothing is worse than none.

mod layers;
mod sections;

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use db::DbUrl;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use layers::{Loaded, nearest};
pub use sections::{Config, example};

use crate::failure::Failure;

/// Where the file is looked for when nobody names one.
const DEFAULT_FILE: &str = "abdi.toml";

/// The address of a database. Holds a secret: it is never shown whole.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(DbUrl);

impl Address {
    /// From the written form.
    ///
    /// # Errors
    /// A sentence that names the two forms, without the text itself.
    pub fn parse(text: &str) -> Result<Self, String> {
        DbUrl::parse(text).map(Self)
    }

    /// The address to open.
    pub fn url(&self) -> &DbUrl {
        &self.0
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Serialize for Address {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{self:?}"))
    }
}

impl<'de> Deserialize<'de> for Address {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for programs.
    Json,
}

/// Reads the configuration of this process.
///
/// # Errors
/// A [`Failure`] that names the key and what to do about it.
pub fn load(file: Option<PathBuf>) -> Result<Loaded, Failure> {
    let path = match file {
        Some(path) => Some(path),
        None => Some(PathBuf::from(DEFAULT_FILE)).filter(|p| p.is_file()),
    };
    let text = match &path {
        Some(path) => Some(std::fs::read_to_string(path).map_err(|error| {
            Failure::usage(format!("The configuration {} cannot be read: {error}.", path.display()))
        })?),
        None => None,
    };
    let environment =
        std::env::vars_os().map(|(k, v)| (k.to_string_lossy().into_owned(), v.to_string_lossy().into_owned()));
    let loaded = Loaded::from(
        path.as_deref().map_or("", |p| p.to_str().unwrap_or("the file")),
        text.as_deref(),
        environment,
    )
    .map_err(Failure::usage)?;
    loaded.config.check().map_err(Failure::usage)?;
    Ok(loaded)
}

impl Config {
    /// Address under which people reach the installation, without a slash at the end: what is configured, or else
    /// where the server listens.
    pub fn public_url(&self, listening: SocketAddr) -> String {
        match self.server.public_url.trim_end_matches('/') {
            "" => format!("http://{listening}"),
            url => url.to_owned(),
        }
    }

    /// The folder of uploaded files.
    pub fn files(&self) -> &Path {
        &self.storage.dir
    }

    /// What single values cannot tell: whether they fit one another, and whether they are safe.
    ///
    /// # Errors
    /// One sentence that names the key and says what to write.
    pub fn check(&self) -> Result<(), String> {
        let url = self.server.public_url.trim_end_matches('/');
        let (is_http, is_https) = (url.starts_with("http://"), url.starts_with("https://"));
        let is_local = self.server.listen.ip().is_loopback();
        if !url.is_empty() {
            let host = url.split_once("://").map_or("", |(_, host)| host);
            let is_plain = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || "-.:[]".contains(c));
            if !(is_http || is_https) || !is_plain {
                return Err("server.public_url is an address such as \"https://kinerja.kotacontoh.go.id\": scheme and host, no path.".to_owned());
            }
        }
        if !is_local && !is_https {
            return Err(format!(
                "server.listen = {} lets other machines in, but passwords would travel unprotected: set server.public_url to \
                 the https:// address of the proxy in front, or listen on 127.0.0.1.",
                self.server.listen
            ));
        }
        if self.server.trusted_proxies > 8 {
            return Err("server.trusted_proxies is the number of proxies in front, 0 to 8.".to_owned());
        }
        let session = &self.session;
        let limits = [
            ("session.idle_minutes", session.idle_minutes),
            ("session.idle_sensitive_minutes", session.idle_sensitive_minutes),
            ("session.absolute_minutes", session.absolute_minutes),
        ];
        for (key, minutes) in limits {
            if !(1..=7 * 24 * 60).contains(&minutes) {
                return Err(format!("{key} = {minutes} is outside 1 to 10080 (a week)."));
            }
        }
        if kernel::line(&session.issuer, 60).is_err() || session.issuer.contains(':') {
            return Err("session.issuer is a short name without a colon, such as \"Abdi Kota Contoh\".".to_owned());
        }
        if self.storage.dir.as_os_str().is_empty() {
            return Err("storage.dir is empty: name the folder for uploaded files.".to_owned());
        }
        crate::logging::filter(&self.log.filter).map(drop).map_err(|why| {
            format!(
                "log.filter = {:?} is no filter ({why}); write for instance \"info\".",
                self.log.filter
            )
        })
    }

    /// Settings of signing in.
    pub fn gate(&self) -> access::Gate {
        let minutes = |m: u64| std::time::Duration::from_secs(m * 60);
        access::Gate::new(access::Config {
            idle: minutes(self.session.idle_minutes),
            idle_sensitive: minutes(self.session.idle_sensitive_minutes),
            absolute: minutes(self.session.absolute_minutes),
            issuer: self.session.issuer.clone(),
            ..access::Config::default()
        })
    }
}
