//! Puts the file and the environment over the defaults.

use std::collections::BTreeMap;
use std::fmt;

use toml::{Table, Value};

use super::sections::{Config, SECTIONS, variable};

/// Variables of ours that are no configuration.
const OTHER_VARIABLES: &[&str] = &[
    "ABDI_CONFIG",
    "ABDI_LOG",
    "ABDI_TEST_POSTGRES_URL",
    "ABDI_STATEMENT_LOG",
    "ABDI_BIN",
    "ABDI_SCREENSHOTS",
    "ABDI_AXE",
    "ABDI_CHROMEDRIVER",
    "ABDI_CHROMIUM",
    "ABDI_SOFFICE",
];

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody has set it.
    Default,
    /// The file.
    File,
    /// This environment variable.
    Variable(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File => f.write_str("file"),
            Self::Variable(name) => f.write_str(name),
        }
    }
}

/// The configuration in force, and where each value comes from.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The values.
    pub config: Config,
    origins: BTreeMap<String, Origin>,
}

impl Loaded {
    /// Puts the layers together. `name` is how messages call the file.
    ///
    /// # Errors
    /// A sentence that names the key or variable. It never repeats a value of `database.url`.
    pub fn from(
        name: &str,
        file: Option<&str>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, String> {
        let mut origins = BTreeMap::new();
        let mut table = match file {
            Some(text) => parse(name, text)?,
            None => Table::new(),
        };
        for (section, keys) in &table {
            for key in known_keys(name, section, keys)? {
                origins.insert(format!("{section}.{key}"), Origin::File);
            }
        }
        let mut environment: Vec<_> = environment
            .into_iter()
            .filter(|(k, _)| k.starts_with("ABDI_"))
            .collect();
        environment.sort();
        for (variable, text) in environment {
            if variable == "ABDI_LOG" {
                set(&mut table, "log", "filter", Value::String(text));
                origins.insert("log.filter".to_owned(), Origin::Variable(variable));
            } else if !OTHER_VARIABLES.contains(&variable.as_str()) {
                let (section, key, value) = read_variable(&variable, text)?;
                set(&mut table, section, key, value);
                origins.insert(format!("{section}.{key}"), Origin::Variable(variable));
            }
        }
        let config = Config::read(&table, &origins, name)?;
        Ok(Self { config, origins })
    }

    /// Every key with its value (without secrets) and its origin, in the order of the documented file.
    pub fn lines(&self) -> Vec<(String, String, Origin)> {
        let values = Table::try_from(&self.config).expect("invariant: a configuration can be written");
        let keys = SECTIONS
            .iter()
            .flat_map(|s| s.keys.iter().map(move |k| (s.name, k.name)));
        keys.map(|(section, key)| {
            let value = values
                .get(section)
                .and_then(|s| s.get(key))
                .map(ToString::to_string)
                .unwrap_or_default();
            let name = format!("{section}.{key}");
            let origin = self.origins.get(&name).cloned().unwrap_or(Origin::Default);
            (name, value, origin)
        })
        .collect()
    }
}

impl Config {
    /// Reads section by section, so that a value of the wrong type is told with its key.
    fn read(table: &Table, origins: &BTreeMap<String, Origin>, file: &str) -> Result<Self, String> {
        for (section, keys) in table {
            for (key, value) in keys.as_table().into_iter().flatten() {
                let mut one = Table::new();
                set(&mut one, section, key, value.clone());
                if let Err(error) = one.try_into::<Self>() {
                    let name = format!("{section}.{key}");
                    let place = match origins.get(&name) {
                        Some(Origin::Variable(variable)) => variable.clone(),
                        _ => format!("{name} in {file}"),
                    };
                    return Err(format!("{place} cannot be used: {}.", error.message()));
                }
            }
        }
        table
            .clone()
            .try_into()
            .map_err(|error: toml::de::Error| error.message().to_owned())
    }
}

/// Tells the line of a syntax error, but not its text: it may hold a password.
fn parse(name: &str, text: &str) -> Result<Table, String> {
    text.parse::<Table>().map_err(|error| {
        let line = error.span().map_or(1, |s| {
            text.get(..s.start).map_or(1, |before| before.lines().count().max(1))
        });
        format!(
            "{name}, near line {line}: {}.",
            error.message().lines().next().unwrap_or("not TOML")
        )
    })
}

fn known_keys<'a>(file: &str, section: &str, keys: &'a Value) -> Result<Vec<&'a String>, String> {
    let all = || {
        SECTIONS
            .iter()
            .flat_map(|s| s.keys.iter().map(move |k| format!("{}.{}", s.name, k.name)))
    };
    let Some(known) = SECTIONS.iter().find(|s| s.name == section) else {
        if !keys.is_table() {
            // a key outside its section
            let inside = all()
                .find(|k| k.ends_with(&format!(".{section}")))
                .map(|k| format!(" Did you mean {k}?"));
            return Err(format!(
                "{file}: there is no key {section} outside a section.{}",
                inside.unwrap_or_default()
            ));
        }
        let meant = meant(section, SECTIONS.iter().map(|s| s.name.to_owned()));
        return Err(format!("{file}: there is no section [{section}].{meant}"));
    };
    let Some(keys) = keys.as_table() else {
        return Err(format!(
            "{file}: {section} is a section: write [{section}] on a line of its own."
        ));
    };
    for key in keys.keys() {
        if known.keys.iter().all(|k| k.name != key) {
            let whole = format!("{section}.{key}");
            let elsewhere = all().find(|k| k.ends_with(&format!(".{key}")));
            let meant = elsewhere.map_or_else(|| meant(&whole, all()), |k| format!(" Did you mean {k}?"));
            return Err(format!("{file}: there is no key {whole}.{meant}"));
        }
    }
    Ok(keys.keys().collect())
}

fn read_variable(name: &str, text: String) -> Result<(&'static str, &'static str, Value), String> {
    let keys = || {
        SECTIONS
            .iter()
            .flat_map(|s| s.keys.iter().map(move |k| (s.name, k.name)))
    };
    let Some((section, key)) = keys().find(|(s, k)| variable(s, k) == name) else {
        let variables = keys().map(|(s, k)| variable(s, k));
        return Err(format!(
            "There is no setting for the environment variable {name}.{}",
            meant(name, variables)
        ));
    };
    let defaults = Table::try_from(Config::default()).expect("invariant: the defaults can be written");
    let value = match defaults.get(section).and_then(|s| s.get(key)) {
        Some(Value::Integer(_)) => {
            let number = text
                .trim()
                .parse()
                .map_err(|_| format!("{name} needs a whole number."))?;
            Value::Integer(number)
        }
        _ => Value::String(text),
    };
    Ok((section, key, value))
}

fn set(table: &mut Table, section: &str, key: &str, value: Value) {
    let keys = table.entry(section).or_insert_with(|| Value::Table(Table::new()));
    if let Some(keys) = keys.as_table_mut() {
        keys.insert(key.to_owned(), value);
    }
}

fn meant(wrong: &str, known: impl Iterator<Item = String>) -> String {
    let known: Vec<String> = known.collect();
    nearest(wrong, known.iter().map(String::as_str))
        .map(|n| format!(" Did you mean {n}?"))
        .unwrap_or_default()
}

/// The known word that is closest to `wrong`, if it is close enough to be meant.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let (distance, word) = known.into_iter().map(|word| (distance(wrong, word), word)).min()?;
    (distance <= (wrong.chars().count() / 3).max(2)).then_some(word)
}

/// Fewest insertions, removals and replacements of a character that turn one word into the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let replaced = corner + usize::from(!ca.eq_ignore_ascii_case(cb));
            corner = row[j + 1];
            row[j + 1] = replaced.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(file: &str, environment: &[(&str, &str)]) -> Result<Loaded, String> {
        let environment = environment.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        let loaded = Loaded::from("abdi.toml", Some(file), environment)?;
        loaded.config.check()?;
        Ok(loaded)
    }

    #[test]
    fn the_environment_goes_over_the_file_and_the_file_over_the_defaults() {
        let file = "[server]\nlisten = \"127.0.0.1:9000\"\n[session]\nidle_minutes = 60\n";
        let environment = [
            ("ABDI_SESSION_IDLE_MINUTES", "90"),
            ("ABDI_LOG", "debug"),
            ("PATH", "x"),
            ("ABDI_BIN", "x"),
        ];
        let loaded = load(file, &environment).unwrap();
        assert_eq!(loaded.config.server.listen.port(), 9000);
        assert_eq!(loaded.config.session.idle_minutes, 90);
        assert_eq!(loaded.config.log.filter, "debug");
        assert_eq!(
            loaded.config.public_url(loaded.config.server.listen),
            "http://127.0.0.1:9000"
        );
        let origin = |key: &str| loaded.lines().into_iter().find(|(k, ..)| k == key).unwrap().2;
        assert_eq!(origin("server.listen"), Origin::File);
        assert_eq!(
            origin("session.idle_minutes"),
            Origin::Variable("ABDI_SESSION_IDLE_MINUTES".to_owned())
        );
        assert_eq!(origin("storage.dir"), Origin::Default);
        assert!(Loaded::from("", None, []).is_ok());
    }

    #[test]
    fn what_is_not_known_refuses_and_names_the_nearest() {
        let cases: [(&str, &[(&str, &str)], &[&str]); 12] = [
            (
                "[server]\nlisten_on = \"x\"\n",
                &[],
                &["server.listen_on", "server.listen?"],
            ),
            ("[sever]\nlisten = \"x\"\n", &[], &["[sever]", "server?"]),
            ("[server]\nurl = \"x\"\n", &[], &["server.url", "database.url?"]),
            ("listen = \"127.0.0.1:1\"\n", &[], &["listen", "server.listen?"]),
            ("server = 1\n", &[], &["[server]"]),
            (
                "",
                &[("ABDI_DATABSE_URL", "x")],
                &["ABDI_DATABSE_URL", "ABDI_DATABASE_URL?"],
            ),
            ("", &[("ABDI_SECRET_KEY", "x")], &["ABDI_SECRET_KEY"]),
            (
                "",
                &[("ABDI_SESSION_IDLE_MINUTES", "an hour")],
                &["ABDI_SESSION_IDLE_MINUTES", "whole number"],
            ),
            ("", &[("ABDI_SERVER_LISTEN", "8080")], &["ABDI_SERVER_LISTEN"]),
            (
                "[session]\nidle_minutes = \"x\"\n",
                &[],
                &["session.idle_minutes in abdi.toml"],
            ),
            ("[log]\nformat = \"xml\"\n", &[], &["log.format"]),
            ("[server\n", &[], &["abdi.toml, near line 1"]),
        ];
        for (file, environment, parts) in cases {
            let error = load(file, environment).unwrap_err();
            for part in parts {
                assert!(error.contains(part), "{error:?} lacks {part:?}");
            }
        }
    }

    #[test]
    fn passwords_never_travel_unprotected() {
        let with =
            |listen: &str, url: &str| load(&format!("[server]\nlisten = {listen:?}\npublic_url = {url:?}\n"), &[]);
        for (listen, url) in [
            ("127.0.0.1:80", ""),
            ("[::1]:80", "http://localhost:80"),
            ("127.0.0.1:80", "https://kinerja.kotacontoh.go.id/"),
            ("0.0.0.0:80", "https://kinerja.kotacontoh.go.id"),
        ] {
            assert!(with(listen, url).is_ok(), "{listen} {url}");
        }
        for (listen, url) in [
            ("0.0.0.0:80", ""),
            ("0.0.0.0:80", "http://kinerja.kotacontoh.go.id"),
            ("192.168.1.5:80", "http://192.168.1.5"),
            ("[::]:80", ""),
            ("127.0.0.1:80", "kinerja.kotacontoh.go.id"),
            ("127.0.0.1:80", "https://kinerja.kotacontoh.go.id/abdi"),
            ("127.0.0.1:80", "https://"),
            ("127.0.0.1:80", "https://a b"),
            ("127.0.0.1:80", "javascript://x"),
        ] {
            let error = with(listen, url).unwrap_err();
            assert!(error.contains("server.public_url"), "{listen} {url}: {error}");
        }
    }

    #[test]
    fn values_outside_their_range_are_refused() {
        for (key, file) in [
            ("session.idle_minutes", "[session]\nidle_minutes = 0\n"),
            ("session.absolute_minutes", "[session]\nabsolute_minutes = 999999\n"),
            (
                "session.idle_sensitive_minutes",
                "[session]\nidle_sensitive_minutes = -1\n",
            ),
            ("session.issuer", "[session]\nissuer = \"a:b\"\n"),
            ("server.trusted_proxies", "[server]\ntrusted_proxies = 99\n"),
            ("storage.dir", "[storage]\ndir = \"\"\n"),
            ("log.filter", "[log]\nfilter = \"db=loud\"\n"),
        ] {
            let error = load(file, &[]).unwrap_err();
            assert!(error.contains(key), "{error}");
        }
    }

    #[test]
    fn secrets_are_never_shown() {
        let secret = "postgres://abdi:Rahasia-42@db.kotacontoh.go.id/abdi";
        let loaded = load(&format!("[database]\nurl = {secret:?}\n"), &[]).unwrap();
        let shown = format!("{loaded:?} {:?}", loaded.lines());
        assert!(!shown.contains("Rahasia") && shown.contains("postgres://…"), "{shown}");
        for file in [
            format!("[database]\nurl = {secret}\n"),
            format!("[database]\nurl = \"mysql{secret}\"\n"),
            format!("[database]\nurl = [{secret:?}]\n"),
            format!("[database]\nurl = {secret:?} extra\n"),
            format!("database = {secret:?}\n"),
        ] {
            let error = load(&file, &[]).unwrap_err();
            assert!(!error.contains("Rahasia"), "{error}");
        }
        let error = load("", &[("ABDI_DATABASE_URL", "x://Rahasia-42@y")]).unwrap_err();
        assert!(
            error.contains("ABDI_DATABASE_URL") && !error.contains("Rahasia"),
            "{error}"
        );
    }
}
