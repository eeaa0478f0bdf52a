use kernel::Instant;
use sha2::{Digest, Sha256};

use crate::engine::{Db, Engine};
use crate::{Error, Result, args, sql};

pub(crate) struct Migration {
    pub(crate) number: u32,
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

/// Why the schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A migration that was already applied reads differently now.
    #[error("migration {number} was changed after it had been applied to this database")]
    Changed {
        /// Number of the migration.
        number: u32,
    },
    /// The database is newer than the program.
    #[error("this database was made by a newer version (migration {number}); use that version or a backup")]
    Newer {
        /// The highest migration found.
        number: u32,
    },
    /// The engine refused a step.
    #[error("migration {number} {name}: {source}")]
    Step {
        /// Number of the migration.
        number: u32,
        /// Its name.
        name: &'static str,
        /// What the engine said.
        source: Error,
    },
    /// The database cannot be used.
    #[error(transparent)]
    Database(#[from] Error),
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Migrations applied now.
    pub now: Vec<u32>,
    /// Migrations that had been applied before.
    pub before: usize,
}

impl Db {
    /// Brings the schema up to date. Each migration is one transaction, so that an interrupted run goes on where it
    /// stopped.
    pub async fn migrate(&self, at: Instant) -> Result<Applied, MigrateError> {
        self.migrate_up_to(at, MIGRATIONS.len()).await
    }

    /// As [`Db::migrate`], with the first `level` migrations only: a backup is loaded into the schema it was made from.
    pub(crate) async fn migrate_up_to(&self, at: Instant, level: usize) -> Result<Applied, MigrateError> {
        let engine = self.engine();
        crate::write!(self, async |tx| {
            tx.batch(
                "CREATE TABLE IF NOT EXISTS schema_migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL, \
                 digest TEXT NOT NULL, applied_at BIGINT NOT NULL)",
            )
            .await
        })?;
        let known: Vec<(u32, String)> = crate::read!(self, async |tx| tx
            .all(
                sql!("SELECT number, digest FROM schema_migration ORDER BY number"),
                args![]
            )
            .await)?;
        if let Some((number, _)) = known.last().filter(|(n, _)| MIGRATIONS.iter().all(|m| m.number < *n)) {
            return Err(MigrateError::Newer { number: *number });
        }
        let mut applied = Applied {
            now: Vec::new(),
            before: known.len(),
        };
        for migration in MIGRATIONS.iter().take(level) {
            let digest = digest(migration.text);
            if let Some((_, found)) = known.iter().find(|(n, _)| *n == migration.number) {
                if *found != digest {
                    return Err(MigrateError::Changed {
                        number: migration.number,
                    });
                }
                continue;
            }
            crate::write!(self, async |tx| {
                for step in steps(migration.text, engine) {
                    tx.batch(&step).await?;
                }
                let row = args![migration.number, migration.name, digest.as_str(), at];
                tx.exec(
                    sql!("INSERT INTO schema_migration (number, name, digest, applied_at) VALUES ($1, $2, $3, $4)"),
                    row,
                )
                .await
            })
            .map_err(|source| MigrateError::Step {
                number: migration.number,
                name: migration.name,
                source,
            })?;
            applied.now.push(migration.number);
        }
        Ok(applied)
    }

    /// True when every migration of the program has been applied.
    pub async fn is_current(&self) -> Result<bool> {
        let found: Result<Option<i64>> = crate::read!(self, async |tx| tx
            .scalar(sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM schema_migration"), args![])
            .await);
        Ok(found.is_ok_and(|n| n.is_some_and(|n| usize::try_from(n).is_ok_and(|n| n >= MIGRATIONS.len()))))
    }
}

pub(crate) fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}

/// Cuts a migration into statements (each ends with `;` at the end of a line) and writes the type tokens of the engine.
fn steps(text: &str, engine: Engine) -> Vec<String> {
    let (uuid, bytes, strict, flag) = match engine {
        Engine::Sqlite => ("BLOB", "BLOB", " STRICT", "INTEGER"),
        Engine::Postgres => ("UUID", "BYTEA", "", "BOOLEAN"),
    };
    let (i64_type, f64_type) = match engine {
        Engine::Sqlite => ("INTEGER", "REAL"),
        Engine::Postgres => ("BIGINT", "DOUBLE PRECISION"),
    };
    let (yes, no) = match engine {
        Engine::Sqlite => ("1", "0"),
        Engine::Postgres => ("TRUE", "FALSE"),
    };
    let plain: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("--"))
        .collect::<Vec<_>>()
        .join("\n");
    plain
        .split(";\n")
        .map(|step| step.trim().trim_end_matches(';'))
        .filter(|step| !step.is_empty())
        .map(|step| {
            step.replace("{uuid}", uuid)
                .replace("{bytes}", bytes)
                .replace("{int}", i64_type)
                .replace("{float}", f64_type)
                .replace("{bool}", flag)
                .replace("{true}", yes)
                .replace("{false}", no)
                .replace("{text}", "TEXT")
                .replace("{table}", strict)
        })
        .collect()
}
