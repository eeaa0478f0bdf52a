//! Every key with its meaning and its default. The documented file `abdi.example.toml` is made from here.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Address, LogFormat};

/// A section as it is documented.
pub(super) struct Section {
    pub(super) name: &'static str,
    doc: &'static [&'static str],
    pub(super) keys: &'static [Key],
}

/// A key as it is documented.
pub(super) struct Key {
    pub(super) name: &'static str,
    doc: &'static [&'static str],
}

macro_rules! sections {
    ($($(#[doc = $section_doc:literal])+ $section:ident: $Section:ident {
        $($(#[doc = $doc:literal])+ $key:ident: $ty:ty = $default:expr;)+
    })+) => {
        /// Everything that can be configured.
        #[derive(Debug, Clone, Default, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct Config {
            $($(#[doc = $section_doc])+ pub $section: $Section,)+
        }
        $(
            $(#[doc = $section_doc])+
            #[derive(Debug, Clone, Serialize, Deserialize)]
            #[serde(deny_unknown_fields, default)]
            pub struct $Section {
                $($(#[doc = $doc])+ pub $key: $ty,)+
            }
            impl Default for $Section {
                fn default() -> Self {
                    Self { $($key: $default,)+ }
                }
            }
        )+
        /// The sections in the order of the documented file.
        pub(super) const SECTIONS: &[Section] = &[$(Section {
            name: stringify!($section),
            doc: &[$($section_doc),+],
            keys: &[$(Key { name: stringify!($key), doc: &[$($doc),+] }),+],
        }),+];
    };
}

sections! {
    /// Where the server listens, and under which address people reach it.
    server: Server {
        /// Address and port. Listening on anything but this machine (127.0.0.1 or ::1) needs a public_url with https.
        listen: SocketAddr = SocketAddr::from(([127, 0, 0, 1], 8080));
        /// Address that people type, such as `https://kinerja.kotacontoh.go.id`: scheme and host, no path. Empty: the
        /// address above. QR codes, links and the check of forms use it. http:// is accepted on this machine only.
        public_url: String = String::new();
        /// How many reverse proxies stand in front whose X-Forwarded-For is believed. 0 believes nobody.
        trusted_proxies: usize = 0;
    }
    /// The database: one file on this machine, or a PostgreSQL server.
    database: Database {
        /// "sqlite:PATH", or "postgres://USER:PASSWORD@HOST/NAME". The address of a server holds a password: rather put
        /// it into the environment variable than into this file.
        url: Address = Address::parse("sqlite:data/abdi.db").expect("invariant: the default address is one");
    }
    /// Uploaded evidence.
    storage: Storage {
        /// Folder of the files. `abdi backup` saves them together with the database.
        dir: PathBuf = PathBuf::from("data/files");
    }
    /// Signing in.
    session: Session {
        /// A session ends after so many minutes without a request.
        idle_minutes: u64 = 720;
        /// The same for superiors and for people with a granted role.
        idle_sensitive_minutes: u64 = 30;
        /// A session ends so many minutes after signing in, whatever happens.
        absolute_minutes: u64 = 720;
        /// Name of the installation as authenticator applications show it.
        issuer: String = "Abdi".to_owned();
    }
    /// What the program writes on standard error. Never names, numbers, passwords or addresses of citizens.
    log: Log {
        /// "text" for people, "json" for programs.
        format: LogFormat = LogFormat::Text;
        /// How much: "error", "warn", "info", "debug", also per part, such as "info,db=debug".
        filter: String = "info".to_owned();
    }
}

/// The documented file with every key at its default. It may be used as it is.
pub fn example() -> String {
    let defaults = toml::Table::try_from(Config::default()).expect("invariant: the defaults can be written");
    let mut out = String::from(
        "# Configuration of Abdi. Every key is shown with its default; a key that is not known refuses to start.\n\
         # An environment variable goes over the file: ABDI_<SECTION>_<KEY>. `abdi check-config` shows what is in force.\n",
    );
    for section in SECTIONS {
        out.push('\n');
        comment(&mut out, section.doc);
        out.push_str(&format!("[{}]\n", section.name));
        for key in section.keys {
            comment(&mut out, key.doc);
            let value = defaults.get(section.name).and_then(|s| s.get(key.name));
            let value = value.map(ToString::to_string).unwrap_or_default();
            out.push_str(&format!(
                "# {}\n{} = {value}\n",
                variable(section.name, key.name),
                key.name
            ));
        }
    }
    out
}

/// The environment variable of a key.
pub(super) fn variable(section: &str, key: &str) -> String {
    format!("ABDI_{section}_{key}").to_ascii_uppercase()
}

fn comment(out: &mut String, lines: &[&str]) {
    for line in lines {
        out.push_str(&format!("#{line}\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_example_is_up_to_date() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../abdi.example.toml");
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        assert_eq!(
            committed,
            example(),
            "write it anew: abdi check-config --print-default > abdi.example.toml"
        );
    }

    #[test]
    fn the_example_is_the_default() {
        let read: Config = toml::from_str(&example()).unwrap();
        assert_eq!(format!("{read:?}"), format!("{:?}", Config::default()));
        read.check().unwrap();
    }
}
