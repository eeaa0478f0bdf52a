//! The only room that knows a database engine. One SQL text, one body and one row type for the embedded engine
//! (SQLite, one file) and for PostgreSQL, chosen by URL.
//!
//! * [`read!`] is a read-only snapshot, [`write!`] a serializable transaction that is run again on a conflict.
//! * A statement is written with [`sql!`], which registers it: a test has both engines prepare every one of them.
//! * [`Sql`] builds statements with optional filters from constant pieces; values always travel as arguments.
//! * A transaction that is dropped half-way (a cancelled request) leaves no trace and no poisoned connection.

pub mod dump;
mod engine;
mod error;
mod migrate;
mod pg;
mod row;
mod sqlite;
mod statement;
mod tx;

#[cfg(debug_assertions)]
pub use engine::statements_executed;
pub use engine::{Db, DbUrl, Engine};
pub use error::{Error, Result};
pub use migrate::{Applied, MigrateError};
pub use row::{FromRow, Row};
pub use statement::{STATEMENTS, Sql, SqlText, Statement};
pub use tx::Tx;

#[doc(hidden)]
pub use linkme;

pub use kernel::{FromValue, IntoValue, Value};
