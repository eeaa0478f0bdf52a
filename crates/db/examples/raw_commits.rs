//! How many single rows a second the embedded engine itself commits durably, with the settings of this crate and
//! nothing else: the reference for saved entries in `bench/README.md`. Arguments: a directory, and seconds.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let Some(directory) = arguments.next().map(PathBuf::from) else {
        return Err("give a directory to write into".into());
    };
    let seconds: u64 = match arguments.next() {
        Some(text) => text.to_string_lossy().parse()?,
        None => 3,
    };
    let path = directory.join("raw-commits.db");
    remove(&path);
    let connection = Connection::open(&path)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; \
         PRAGMA cache_size = -8192; PRAGMA journal_size_limit = 67108864; \
         CREATE TABLE entry (id BLOB PRIMARY KEY, person BLOB NOT NULL, day TEXT NOT NULL, text TEXT NOT NULL) STRICT;",
    )?;
    let length = Duration::from_secs(seconds);
    let begun = Instant::now();
    let mut rows = 0_u64;
    while begun.elapsed() < length {
        rows += 1;
        // identifiers that grow, as ours do
        let id = u128::from(rows).to_be_bytes();
        connection
            .prepare_cached("INSERT INTO entry (id, person, day, text) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![
                id,
                [7_u8; 16],
                "2026-11-22",
                "Memeriksa berkas permohonan (rekaan)"
            ])?;
    }
    println!("{:.0}", rows as f64 / begun.elapsed().as_secs_f64());
    drop(connection);
    remove(&path);
    Ok(())
}

/// Removes the database with what the engine keeps beside it; what is not there need not be removed.
fn remove(path: &std::path::Path) {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        let _ = std::fs::remove_file(PathBuf::from(name));
    }
}
