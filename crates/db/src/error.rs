use kernel::ValueError;

/// What can go wrong between the house and its database.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A unique key is taken. The table tells which.
    #[error("a row with this key exists in {table}")]
    Unique {
        /// Table whose key was violated.
        table: String,
    },
    /// A row points to one that does not exist, or is still pointed to.
    #[error("a reference would be broken: {0}")]
    Reference(String),
    /// A value breaks a check of the schema.
    #[error("a check of the schema failed: {0}")]
    Check(String),
    /// Another transaction was faster, again and again.
    #[error("the database was too busy with the same rows")]
    Conflict,
    /// Exactly one row was expected.
    #[error("no row where one was expected")]
    NoRow,
    /// A stored value does not mean what the program expects.
    #[error("column {column}: {source}")]
    Decode {
        /// Position of the column, from zero.
        column: usize,
        /// What was wrong with it.
        source: ValueError,
    },
    /// The database cannot be reached.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// Any other refusal of the engine.
    #[error("the database refused: {0}")]
    Engine(String),
}

/// Result of a database call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// True when the unique key of `table` was violated.
    pub fn is_unique_in(&self, table: &str) -> bool {
        matches!(self, Self::Unique { table: t } if t == table)
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ffi::{SQLITE_CONSTRAINT_CHECK, SQLITE_CONSTRAINT_FOREIGNKEY, SQLITE_CONSTRAINT_NOTNULL};
        let rusqlite::Error::SqliteFailure(code, message) = &error else {
            return Self::Engine(error.to_string());
        };
        let message = message.clone().unwrap_or_else(|| code.to_string());
        match code.code {
            rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked => Self::Conflict,
            rusqlite::ErrorCode::CannotOpen => Self::Unreachable(message),
            rusqlite::ErrorCode::ConstraintViolation => match code.extended_code {
                SQLITE_CONSTRAINT_FOREIGNKEY => Self::Reference(message),
                SQLITE_CONSTRAINT_CHECK | SQLITE_CONSTRAINT_NOTNULL => Self::Check(message),
                _ => Self::Unique {
                    table: sqlite_table(&message),
                },
            },
            _ => Self::Engine(message),
        }
    }
}

/// `UNIQUE constraint failed: person_number.agency_id, person_number.number` names the table before the first dot.
fn sqlite_table(message: &str) -> String {
    let after = message.rsplit(": ").next().unwrap_or(message);
    after.split('.').next().unwrap_or(after).to_owned()
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        use tokio_postgres::error::SqlState;
        let Some(db) = error.as_db_error() else {
            return if error.is_closed() || error.to_string().contains("connect") {
                Self::Unreachable(error.to_string())
            } else {
                Self::Engine(
                    std::error::Error::source(&error).map_or_else(|| error.to_string(), |s| format!("{error}: {s}")),
                )
            };
        };
        match db.code() {
            code if *code == SqlState::UNIQUE_VIOLATION => Self::Unique {
                table: db.table().unwrap_or_default().to_owned(),
            },
            code if *code == SqlState::FOREIGN_KEY_VIOLATION => Self::Reference(db.message().to_owned()),
            code if *code == SqlState::CHECK_VIOLATION || *code == SqlState::NOT_NULL_VIOLATION => {
                Self::Check(db.message().to_owned())
            }
            code if *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED => {
                Self::Conflict
            }
            _ => Self::Engine(format!("{} ({})", db.message(), db.code().code())),
        }
    }
}

impl From<deadpool_postgres::PoolError> for Error {
    fn from(error: deadpool_postgres::PoolError) -> Self {
        Self::Unreachable(error.to_string())
    }
}
