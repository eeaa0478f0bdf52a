//! Backups that belong to no engine: everything in one stream of JSON lines, read in one snapshot, written back in one
//! transaction, from either engine into either engine.
//!
//! The first line is the [header](Made): the migrations that made the schema. Then, for each table and each after the
//! tables it points to, a line with its name and typed columns, a line a row (in the order of its key, so that equal
//! content is equal text), and a line with the number of rows and their digest. The last line carries the digest of all
//! tables, which is the same whatever engine the content lies on.
//!
//! Identifiers are texts with hyphens, bytes are hexadecimal, instants are whole numbers, as in the tables.

mod load;
mod save;
mod schema;
mod value;

use std::io::{self, BufRead, Write};

use kernel::Instant;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use crate::Error;
use crate::engine::Db;
use crate::migrate::{self, MIGRATIONS, MigrateError};
use load::{Lines, load};
use save::{Writer, write_table};
use schema::Table;
use value::hex;

/// The version of the stream that this program writes and reads.
const FORMAT: i64 = 1;

/// Tables that a backup leaves out, because bringing them back would bring back what has ended: sessions that were
/// closed, codes that were used, and the memory of attempts to sign in.
const LEFT_OUT: [&str; 4] = ["session", "first_code", "sign_in_throttle", "known_network"];

/// Rows sent to the engine at once.
const BATCH: usize = 500;

/// Longest line that is read. The longest text field of the house is far below.
const LINE_LIMIT: u64 = 64 * 1024 * 1024;

/// Why a backup was not made or not brought back.
#[derive(Debug, thiserror::Error)]
pub enum DumpError {
    /// The database to be restored into holds data. Nothing was changed.
    #[error("the database is not empty: {} hold rows", .tables.join(", "))]
    NotEmpty {
        /// The tables that hold rows.
        tables: Vec<String>,
    },
    /// The database is not at the schema of this program.
    #[error("the database is not up to date")]
    NotMigrated,
    /// The stream does not begin as a backup does.
    #[error("this is not a backup of Abdi")]
    NotABackup,
    /// The backup was made by a newer or a different program.
    #[error("the backup was made by another version ({what})")]
    OtherVersion {
        /// What differs.
        what: String,
    },
    /// The stream is cut off or was changed. Nothing was restored.
    #[error("the backup is damaged at line {line}: {what}")]
    Damaged {
        /// Line, from 1.
        line: u64,
        /// What is wrong.
        what: String,
    },
    /// The migrations hold a step that backups do not understand.
    #[error("{0}")]
    Schema(String),
    /// Reading or writing the stream failed.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// The schema could not be made.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] Error),
}

/// What a backup or a restore was about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Made {
    /// When the backup was made, in microseconds since 1970-01-01 UTC.
    pub at: i64,
    /// Tables.
    pub tables: usize,
    /// Rows of all tables.
    pub rows: u64,
    /// SHA-256 over the content, in hexadecimal; equal content gives the same digest on both engines.
    pub digest: String,
}

/// Told after every few thousand rows: the table and the rows so far, of all tables.
pub type Progress<'a> = &'a mut dyn FnMut(&str, u64);

/// Writes everything that the database holds, as of one moment.
///
/// # Errors
/// [`DumpError::NotMigrated`] when the schema is not that of this program; [`DumpError::Io`] when `out` fails.
pub async fn backup(db: &Db, at: Instant, out: &mut dyn Write, progress: Progress<'_>) -> Result<Made, DumpError> {
    if !db.is_current().await? {
        return Err(DumpError::NotMigrated);
    }
    let tables = parts(MIGRATIONS.len())?.kept;
    let migrations: Vec<Json> = MIGRATIONS
        .iter()
        .map(|m| json!({ "number": m.number, "name": m.name, "digest": migrate::digest(m.text) }))
        .collect();
    let header = json!({ "abdi": "backup", "format": FORMAT, "made_at": at.micros(), "migrations": migrations });
    writeln!(out, "{header}")?;
    let mut writer = Writer {
        out,
        all: Sha256::new(),
        table: Sha256::new(),
        failed: None,
    };
    let engine = db.engine();
    let mut made = Made {
        at: at.micros(),
        tables: tables.len(),
        ..Made::default()
    };
    crate::read!(db, async |tx| {
        for table in &tables {
            let rows = write_table(tx, engine, table, &mut writer, made.rows, progress).await?;
            made.rows += rows;
        }
        Ok::<_, DumpError>(())
    })?;
    made.digest = hex(&writer.all.finalize());
    writeln!(
        writer.out,
        r#"{{"end":"database","rows":{},"digest":"{}"}}"#,
        made.rows, made.digest
    )?;
    Ok(made)
}

/// The digest of everything that the database holds: equal to that of a backup made at the same moment.
///
/// # Errors
/// As [`backup`].
pub async fn digest(db: &Db) -> Result<Made, DumpError> {
    backup(db, Instant::from_micros(0), &mut io::sink(), &mut |_, _| ()).await
}

/// Brings a backup back into a database that holds nothing: makes the schema of the backup, loads everything in one
/// transaction, checks the digests, commits, and then applies the migrations that are newer than the backup. Stops
/// reading after the last line of the database part.
///
/// # Errors
/// Every variant of [`DumpError`]; whatever it is, no row has been kept.
pub async fn restore(db: &Db, at: Instant, input: &mut dyn BufRead, progress: Progress<'_>) -> Result<Made, DumpError> {
    let mut lines = Lines {
        input,
        number: 0,
        text: Vec::new(),
    };
    let header = lines.json().map_err(|_| DumpError::NotABackup)?;
    let level = check_header(&header)?;
    let parts = parts(level)?;
    let applied = db.migrate_up_to(at, level).await?;
    if applied.before > level {
        let what = "it is older than this database, which is new but already up to date: give restore a database that does not exist yet";
        return Err(DumpError::OtherVersion { what: what.to_owned() });
    }
    let mut tx = db.begin_write().await?;
    let loaded = load(&mut tx, &parts, &mut lines, progress).await;
    // the stream cannot be read twice, so this transaction is never tried again
    let Some(done) = db.end_write(tx, loaded, u32::MAX).await else {
        return Err(Error::Conflict.into());
    };
    let mut made = done?;
    made.at = header["made_at"].as_i64().unwrap_or_default();
    db.migrate(at).await?;
    db.analyze().await?;
    Ok(made)
}

fn parts(level: usize) -> Result<Parts, DumpError> {
    let texts = MIGRATIONS.iter().take(level).map(|m| m.text);
    let mut tables = schema::tables(texts).map_err(DumpError::Schema)?;
    let left_out = tables.extract_if(.., |t| LEFT_OUT.contains(&t.name.as_str())).collect();
    Ok(Parts { kept: tables, left_out })
}

struct Parts {
    kept: Vec<Table>,
    left_out: Vec<Table>,
}

/// How many migrations the backup has, all of which must be ours.
fn check_header(header: &Json) -> Result<usize, DumpError> {
    if header["abdi"] != "backup" {
        return Err(DumpError::NotABackup);
    }
    let other = |what: String| Err(DumpError::OtherVersion { what });
    if header["format"] != FORMAT {
        return other(format!("format {}", header["format"]));
    }
    let Some(migrations) = header["migrations"].as_array() else {
        return Err(DumpError::NotABackup);
    };
    for (i, found) in migrations.iter().enumerate() {
        let Some(ours) = MIGRATIONS.get(i) else {
            return other(format!(
                "it knows migration {}, which this program does not",
                found["number"]
            ));
        };
        if found["number"] != ours.number || found["digest"] != migrate::digest(ours.text).as_str() {
            return other(format!("its migration {} differs from ours", found["number"]));
        }
    }
    Ok(migrations.len())
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
