use std::time::{Duration, Instant};

use kernel::{FromValue, Value};

use crate::pg::PgConn;
use crate::row::{FromRow, Row};
use crate::sqlite::SqliteConn;
use crate::statement::SqlText;
use crate::{Error, Result};

/// An open transaction. Made by [`crate::read!`] and [`crate::write!`], which also end it.
pub struct Tx {
    pub(crate) conn: Conn,
    /// A statement met another transaction; the whole body is run again.
    pub(crate) conflict: bool,
}

pub(crate) enum Conn {
    Sqlite(SqliteConn),
    Pg(PgConn),
}

/// An inline statement of the embedded engine that takes longer keeps others from running and is logged.
const SLOW: Duration = Duration::from_millis(20);

impl Tx {
    pub(crate) async fn batch(&mut self, text: &str) -> Result<()> {
        let done = match &self.conn {
            Conn::Sqlite(conn) => conn.batch(text),
            Conn::Pg(conn) => conn.batch(text).await,
        };
        self.note(done)
    }

    pub(crate) async fn begin(&mut self, sqlite: &str, pg: &str) -> Result<()> {
        if let Conn::Pg(conn) = &mut self.conn {
            conn.open = true;
        }
        match &self.conn {
            Conn::Sqlite(_) => self.batch(sqlite).await,
            Conn::Pg(_) => self.batch(pg).await,
        }
    }

    pub(crate) async fn end(&mut self, word: &str) -> Result<()> {
        self.batch(word).await?;
        if let Conn::Pg(conn) = &mut self.conn {
            conn.open = false;
        }
        Ok(())
    }

    /// Calls `f` for each row until it answers false.
    pub async fn each(
        &mut self,
        sql: SqlText<'_>,
        args: impl AsRef<[Value]>,
        mut f: impl FnMut(&Row<'_>) -> Result<bool>,
    ) -> Result<()> {
        let args = args.as_ref();
        let done = match &self.conn {
            Conn::Sqlite(conn) => {
                let begun = self.begun();
                let done = conn.each(sql.text, args, |row| f(&Row::Sqlite(row)));
                slow(begun, sql);
                done
            }
            Conn::Pg(conn) => conn.each(sql.text, args, |row| f(&Row::Pg(row))).await,
        };
        crate::engine::executed(&self.conn, sql);
        self.note(done)
    }

    /// All rows.
    pub async fn all<T: FromRow>(&mut self, sql: SqlText<'_>, args: impl AsRef<[Value]>) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        self.each(sql, args, |row| {
            rows.push(T::from_row(row)?);
            Ok(true)
        })
        .await?;
        Ok(rows)
    }

    /// The first row, if there is one.
    pub async fn optional<T: FromRow>(&mut self, sql: SqlText<'_>, args: impl AsRef<[Value]>) -> Result<Option<T>> {
        let mut found = None;
        self.each(sql, args, |row| {
            found = Some(T::from_row(row)?);
            Ok(false)
        })
        .await?;
        Ok(found)
    }

    /// The first row.
    ///
    /// # Errors
    /// [`Error::NoRow`] when there is none.
    pub async fn one<T: FromRow>(&mut self, sql: SqlText<'_>, args: impl AsRef<[Value]>) -> Result<T> {
        self.optional(sql, args).await?.ok_or(Error::NoRow)
    }

    /// The first column of the first row, if there is one.
    pub async fn scalar<T: FromValue>(&mut self, sql: SqlText<'_>, args: impl AsRef<[Value]>) -> Result<Option<T>> {
        Ok(self.optional::<(T,)>(sql, args).await?.map(|(value,)| value))
    }

    /// Executes and tells how many rows changed.
    pub async fn exec(&mut self, sql: SqlText<'_>, args: impl AsRef<[Value]>) -> Result<u64> {
        let args = args.as_ref();
        let done = match &self.conn {
            Conn::Sqlite(conn) => {
                let begun = self.begun();
                let done = conn.exec(sql.text, args);
                slow(begun, sql);
                done
            }
            Conn::Pg(conn) => conn.exec(sql.text, args).await,
        };
        crate::engine::executed(&self.conn, sql);
        self.note(done)
    }

    /// Executes one statement for many rows of arguments; for imports and the like.
    pub async fn exec_many(&mut self, sql: SqlText<'_>, rows: &[Vec<Value>]) -> Result<u64> {
        if rows.is_empty() {
            return Ok(0);
        }
        let done = match &self.conn {
            Conn::Sqlite(conn) => rows.iter().try_fold(0, |sum, row| Ok(sum + conn.exec(sql.text, row)?)),
            Conn::Pg(conn) => conn.exec_many(sql.text, rows).await,
        };
        crate::engine::executed(&self.conn, sql);
        self.note(done)
    }

    pub(crate) async fn prepare(&mut self, text: &str) -> Result<()> {
        match &self.conn {
            Conn::Sqlite(conn) => Ok(conn.raw().prepare(text).map(drop)?),
            Conn::Pg(conn) => conn.prepare(text).await,
        }
    }

    fn begun(&self) -> Instant {
        Instant::now()
    }

    fn note<T>(&mut self, done: Result<T>) -> Result<T> {
        if matches!(done, Err(Error::Conflict)) {
            self.conflict = true;
        }
        done
    }
}

fn slow(begun: Instant, sql: SqlText<'_>) {
    let took = begun.elapsed();
    if took > SLOW {
        let place = sql.origin.map_or("built", |s| s.file);
        let line = sql.origin.map_or(0, |s| s.line);
        tracing::debug!(
            statement.file = place,
            statement.line = line,
            duration_ms = took.as_millis(),
            "slow statement"
        );
    }
}

/// A read-only snapshot: everything read inside belongs to one moment.
///
/// `db::read!(db, async |tx| { … })` answers the `Result` of the body. It is a macro and not a method because the
/// future of an async closure cannot be known to be `Send` for every lifetime, which a web server needs.
#[macro_export]
macro_rules! read {
    ($db:expr, async |$tx:ident| $body:expr) => {{
        let database: &$crate::Db = &$db;
        match database.begin_read().await {
            Ok(mut open) => {
                let done = {
                    let $tx = &mut open;
                    async { $body }.await
                };
                database.end_read(open, done).await
            }
            Err(error) => Err(::std::convert::From::from(error)),
        }
    }};
}

/// A serializable transaction. Committed when the body succeeds, rolled back when it fails or is dropped. On a conflict
/// with another transaction the whole body is run again, so it may change rows and enqueue jobs, nothing else.
/// When `db::write!(db, async |tx| { … })` answers `Ok`, the change is on disk.
#[macro_export]
macro_rules! write {
    ($db:expr, async |$tx:ident| $body:expr) => {{
        let database: &$crate::Db = &$db;
        let mut attempt = 0;
        loop {
            attempt += 1;
            match database.begin_write().await {
                Ok(mut open) => {
                    let done = {
                        let $tx = &mut open;
                        async { $body }.await
                    };
                    if let Some(done) = database.end_write(open, done, attempt).await {
                        break done;
                    }
                }
                Err(error) => break Err(::std::convert::From::from(error)),
            }
        }
    }};
}
