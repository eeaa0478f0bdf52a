use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use kernel::Value;
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags};
use tokio::sync::{OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};

use crate::{Error, Result};

/// One file, one writer behind a fair lock, several read-only readers.
pub(crate) struct SqlitePool {
    pub(crate) path: PathBuf,
    writer: Arc<tokio::sync::Mutex<Connection>>,
    readers: Arc<Readers>,
}

pub(crate) struct Readers {
    free: Mutex<Vec<Connection>>,
    permits: Arc<Semaphore>,
}

impl SqlitePool {
    pub(crate) fn open(path: &Path, readers: usize) -> Result<Self> {
        if let Some(parent) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
            std::fs::create_dir_all(parent).map_err(|e| Error::Unreachable(format!("{}: {e}", parent.display())))?;
        }
        let writer = connect(path, false)?;
        let free = (0..readers).map(|_| connect(path, true)).collect::<Result<Vec<_>>>()?;
        Ok(Self {
            path: path.to_owned(),
            writer: Arc::new(tokio::sync::Mutex::new(writer)),
            readers: Arc::new(Readers {
                free: Mutex::new(free),
                permits: Arc::new(Semaphore::new(readers)),
            }),
        })
    }

    pub(crate) async fn writer(&self) -> SqliteConn {
        SqliteConn::Writer(Arc::clone(&self.writer).lock_owned().await)
    }

    pub(crate) async fn reader(&self) -> Result<SqliteConn> {
        let closed = |_| Error::Unreachable("the pool is closed".to_owned());
        let permit = Arc::clone(&self.readers.permits)
            .acquire_owned()
            .await
            .map_err(closed)?;
        let taken = self.readers.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match taken {
            Some(connection) => connection,
            None => connect(&self.path, true)?,
        };
        Ok(SqliteConn::Reader {
            connection: Some(connection),
            home: Arc::clone(&self.readers),
            _permit: permit,
        })
    }
}

fn connect(path: &Path, read_only: bool) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(256);
    // Plans do not depend on the values of arguments. Otherwise, once ANALYZE has run, the engine looks at each new value
    // and parses and plans the statement again: that took longer than running it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // FULL: an acknowledged write survives a power cut. The cache is per connection, in KiB.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; \
         PRAGMA cache_size = -8192; PRAGMA journal_size_limit = 67108864;",
    )?;
    if read_only {
        connection.execute_batch("PRAGMA query_only = ON;")?;
    }
    Ok(connection)
}

/// A connection on loan. Whatever transaction is open when it goes back is rolled back: a request that is dropped
/// half-way leaves no trace.
pub(crate) enum SqliteConn {
    Writer(OwnedMutexGuard<Connection>),
    Reader {
        connection: Option<Connection>,
        home: Arc<Readers>,
        _permit: OwnedSemaphorePermit,
    },
}

impl SqliteConn {
    pub(crate) fn raw(&self) -> &Connection {
        match self {
            Self::Writer(guard) => guard,
            Self::Reader { connection, .. } => connection
                .as_ref()
                .expect("a reader holds its connection until dropped"),
        }
    }

    pub(crate) fn batch(&self, text: &str) -> Result<()> {
        Ok(self.raw().execute_batch(text)?)
    }

    pub(crate) fn exec(&self, text: &str, args: &[Value]) -> Result<u64> {
        let mut statement = self.raw().prepare_cached(text)?;
        bind(&mut statement, args)?;
        let changed = statement.raw_execute()?;
        Ok(u64::try_from(changed).unwrap_or(0))
    }

    pub(crate) fn each(
        &self,
        text: &str,
        args: &[Value],
        mut f: impl FnMut(&rusqlite::Row<'_>) -> Result<bool>,
    ) -> Result<()> {
        let mut statement = self.raw().prepare_cached(text)?;
        bind(&mut statement, args)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            if !f(row)? {
                break;
            }
        }
        Ok(())
    }
}

impl Drop for SqliteConn {
    fn drop(&mut self) {
        let clean = {
            let connection = self.raw();
            connection.is_autocommit() || connection.execute_batch("ROLLBACK").is_ok()
        };
        if let Self::Reader { connection, home, .. } = self
            && let Some(connection) = connection.take()
            && clean
        {
            home.free
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(connection);
        }
    }
}

/// Gives `$n` the n-th argument. To this engine `$n` is a name: it numbers them by first appearance, so that binding
/// by place would swap the arguments of `UPDATE … SET a = $2 WHERE id = $1`.
fn bind(statement: &mut rusqlite::Statement<'_>, args: &[Value]) -> Result<()> {
    let mut most = 0;
    for index in 1..=statement.parameter_count() {
        let name = statement.parameter_name(index).and_then(|name| name.get(1..));
        let place = name.and_then(|digits| digits.parse::<usize>().ok()).unwrap_or(index);
        most = most.max(place);
        let value = place.checked_sub(1).and_then(|place| args.get(place));
        let value = value.ok_or_else(|| Error::Engine(format!("no argument for ${place}")))?;
        statement.raw_bind_parameter(index, Arg(value))?;
    }
    if most != args.len() {
        return Err(Error::Engine(format!("{} arguments for {most} places", args.len())));
    }
    Ok(())
}

struct Arg<'a>(&'a Value);

impl rusqlite::ToSql for Arg<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Bool(v) => ValueRef::Integer((*v).into()),
            Value::I64(v) => ValueRef::Integer(*v),
            Value::F64(v) => ValueRef::Real(*v),
            Value::Text(v) => ValueRef::Text(v.as_bytes()),
            Value::Bytes(v) => ValueRef::Blob(v),
            Value::Uuid(v) => ValueRef::Blob(v.as_bytes()),
        }))
    }
}
