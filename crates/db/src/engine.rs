use std::collections::HashSet;
use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use crate::error::{Error, Result};
use crate::pg::{self, PgConn};
use crate::sqlite::SqlitePool;
use crate::statement::{STATEMENTS, SqlText, Statement};
use crate::tx::{Conn, Tx};

/// Which engine a database runs on. For messages and tests; nothing decides by it outside this crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// The embedded engine: one file.
    Sqlite,
    /// The scaled engine: a server.
    Postgres,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// Where a database is: `sqlite:PATH`, or `postgres://user:password@host/name`.
#[derive(Clone, PartialEq, Eq)]
pub enum DbUrl {
    /// A file of the embedded engine.
    Sqlite(PathBuf),
    /// Address of a server; holds a secret and is never shown.
    Postgres(String),
}

impl DbUrl {
    /// Reads the written form.
    ///
    /// # Errors
    /// A sentence that names the two forms.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        match text.strip_prefix("sqlite:") {
            Some(path) if !path.trim_start_matches("//").is_empty() => {
                Ok(Self::Sqlite(PathBuf::from(path.strip_prefix("//").unwrap_or(path))))
            }
            _ => Err("a database address is sqlite:PATH or postgres://USER@HOST/NAME".to_owned()),
        }
    }

    /// The file of the embedded engine.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Sqlite(path) => Some(path),
            Self::Postgres(_) => None,
        }
    }
}

impl fmt::Debug for DbUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(_) => f.write_str("postgres://…"),
        }
    }
}

enum Pool {
    Sqlite(SqlitePool),
    Pg(deadpool_postgres::Pool),
}

/// A database. Cheap to clone. Used through [`crate::read!`] and [`crate::write!`].
#[derive(Clone)]
pub struct Db(Arc<Pool>);

/// How often a transaction is run again before the conflict is given to the caller.
const ATTEMPTS: u32 = 24;

impl Db {
    /// Opens the database; a missing file of the embedded engine is created. Does not change the schema.
    pub async fn open(url: &DbUrl) -> Result<Self> {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let pool = match url {
            DbUrl::Sqlite(path) => Pool::Sqlite(SqlitePool::open(path, cores.clamp(2, 8) * 2)?),
            DbUrl::Postgres(url) => Pool::Pg(pg::open(url, (cores * 8).clamp(16, 64))?),
        };
        let db = Self(Arc::new(pool));
        if let Pool::Pg(pool) = &*db.0 {
            drop(PgConn::take(pool).await?);
        }
        Ok(db)
    }

    /// Which engine this is.
    pub fn engine(&self) -> Engine {
        match *self.0 {
            Pool::Sqlite(_) => Engine::Sqlite,
            Pool::Pg(_) => Engine::Postgres,
        }
    }

    async fn reader(&self) -> Result<Tx> {
        let conn = match &*self.0 {
            Pool::Sqlite(pool) => Conn::Sqlite(pool.reader().await?),
            Pool::Pg(pool) => Conn::Pg(PgConn::take(pool).await?),
        };
        Ok(Tx { conn, conflict: false })
    }

    async fn writer(&self) -> Result<Tx> {
        let conn = match &*self.0 {
            Pool::Sqlite(pool) => Conn::Sqlite(pool.writer().await),
            Pool::Pg(pool) => Conn::Pg(PgConn::take(pool).await?),
        };
        Ok(Tx { conn, conflict: false })
    }

    /// Begins the snapshot of [`crate::read!`].
    #[doc(hidden)]
    pub async fn begin_read(&self) -> Result<Tx> {
        let mut tx = self.reader().await?;
        tx.begin("BEGIN", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            .await?;
        Ok(tx)
    }

    /// Ends the snapshot of [`crate::read!`].
    #[doc(hidden)]
    pub async fn end_read<T, E: From<Error>>(&self, mut tx: Tx, done: Result<T, E>) -> Result<T, E> {
        tx.end("ROLLBACK").await?;
        done
    }

    /// Begins one attempt of [`crate::write!`].
    #[doc(hidden)]
    pub async fn begin_write(&self) -> Result<Tx> {
        let mut tx = self.writer().await?;
        tx.begin("BEGIN IMMEDIATE", "BEGIN ISOLATION LEVEL SERIALIZABLE")
            .await?;
        Ok(tx)
    }

    /// Ends one attempt of [`crate::write!`]: `None` means that it must be run again.
    #[doc(hidden)]
    pub async fn end_write<T, E: From<Error>>(
        &self,
        mut tx: Tx,
        done: Result<T, E>,
        attempt: u32,
    ) -> Option<Result<T, E>> {
        let done = match done {
            Ok(value) => match tx.end("COMMIT").await {
                Ok(()) => return Some(Ok(value)),
                Err(error) => Err(E::from(error)),
            },
            Err(error) => Err(error),
        };
        let again = tx.conflict && attempt < ATTEMPTS;
        // where the engine has already ended the transaction, dropping the connection is the roll-back
        if tx.end("ROLLBACK").await.is_err() {
            tracing::debug!("a transaction was rolled back by dropping its connection");
        }
        drop(tx);
        if !again {
            return Some(done);
        }
        tokio::time::sleep(backoff(attempt)).await;
        None
    }

    /// Asks the engine to prepare every statement of the program.
    ///
    /// # Errors
    /// Only when the database cannot be reached; statements that the engine refuses are the answer.
    pub async fn refused_statements(&self) -> Result<Vec<(&'static Statement, String)>> {
        let mut tx = self.reader().await?;
        let mut refused = Vec::new();
        for statement in STATEMENTS {
            if let Err(error) = tx.prepare(statement.text).await {
                refused.push((statement, error.to_string()));
            }
        }
        Ok(refused)
    }

    /// Asks the engine whether its own structures are whole.
    pub async fn integrity_problems(&self) -> Result<Vec<String>> {
        let Pool::Sqlite(pool) = &*self.0 else {
            return Ok(Vec::new());
        };
        let conn = pool.reader().await?;
        let mut problems = Vec::new();
        conn.each("PRAGMA integrity_check", &[], |row| {
            let text: String = row.get(0)?;
            if text != "ok" {
                problems.push(text);
            }
            Ok(true)
        })?;
        conn.each("PRAGMA foreign_key_check", &[], |row| {
            let table: String = row.get(0)?;
            problems.push(format!("a broken reference in {table}"));
            Ok(true)
        })?;
        Ok(problems)
    }

    /// Refreshes what the engine knows about the sizes of tables, after a large change.
    pub async fn analyze(&self) -> Result<()> {
        let mut tx = self.writer().await?;
        tx.batch("ANALYZE").await
    }
}

/// Waits 1 to 64 ms, longer from attempt to attempt, unequal between tasks.
fn backoff(attempt: u32) -> Duration {
    use std::hash::{BuildHasher, RandomState};
    let ceiling = 2_000_u64 << attempt.min(5);
    Duration::from_micros(500 + RandomState::new().hash_one(attempt) % ceiling)
}

type Seen = HashSet<(Engine, usize)>;
static SEEN: LazyLock<Option<Mutex<(std::fs::File, Seen)>>> = LazyLock::new(|| {
    let dir = std::env::var_os("ABDI_STATEMENT_LOG")?;
    let dir = Path::new(&dir);
    let create = |name: String| {
        std::fs::File::options()
            .create(true)
            .append(true)
            .open(dir.join(name))
            .ok()
    };
    let process = std::process::id();
    let mut list = create(format!("registered-{process}.txt"))?;
    for s in STATEMENTS {
        writeln!(list, "{}\t{}\t{}", s.file, s.line, one_line(s.text)).ok()?;
    }
    Some(Mutex::new((create(format!("executed-{process}.txt"))?, Seen::new())))
});

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(debug_assertions)]
thread_local! {
    static RUN: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// How many statements this thread has run: for tests that a page asks a fixed number of them, however long its list is.
/// Development builds only.
#[cfg(debug_assertions)]
pub fn statements_executed() -> u64 {
    RUN.get()
}

/// In development builds, counts a statement that has run, and notes a registered one when `ABDI_STATEMENT_LOG` names a
/// directory.
pub(crate) fn executed(conn: &Conn, sql: SqlText<'_>) {
    if !cfg!(debug_assertions) {
        return;
    }
    #[cfg(debug_assertions)]
    RUN.set(RUN.get() + 1);
    let (Some(origin), Some(log)) = (sql.origin, &*SEEN) else {
        return;
    };
    let engine = match conn {
        Conn::Sqlite(_) => Engine::Sqlite,
        Conn::Pg(_) => Engine::Postgres,
    };
    let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
    if log.1.insert((engine, std::ptr::from_ref(origin) as usize)) {
        let line = format!(
            "{engine}\t{}\t{}\t{}\n",
            origin.file,
            origin.line,
            one_line(origin.text)
        );
        // a lost line only makes the check stricter
        let _ = log.0.write_all(line.as_bytes());
    }
}
