use kernel::{FromValue, Value, ValueError};
use uuid::Uuid;

use crate::{Error, Result};

/// One row of an answer, on either engine.
pub enum Row<'a> {
    /// From the embedded engine.
    Sqlite(&'a rusqlite::Row<'a>),
    /// From PostgreSQL.
    Pg(&'a tokio_postgres::Row),
}

impl Row<'_> {
    /// The value of column `column`, from zero.
    pub fn get<T: FromValue>(&self, column: usize) -> Result<T> {
        T::from_value(self.value(column)?).map_err(|source| Error::Decode { column, source })
    }

    /// The raw value of column `column`, from zero.
    pub fn value(&self, column: usize) -> Result<Value> {
        match self {
            Self::Sqlite(row) => sqlite_value(row, column),
            Self::Pg(row) => pg_value(row, column),
        }
    }

    /// Number of columns.
    pub fn width(&self) -> usize {
        match self {
            Self::Sqlite(row) => row.as_ref().column_count(),
            Self::Pg(row) => row.len(),
        }
    }
}

fn sqlite_value(row: &rusqlite::Row<'_>, column: usize) -> Result<Value> {
    use rusqlite::types::ValueRef;
    Ok(match row.get_ref(column)? {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(v) => Value::I64(v),
        ValueRef::Real(v) => Value::F64(v),
        ValueRef::Text(v) => Value::Text(String::from_utf8_lossy(v).into_owned()),
        // identifiers are the only blobs of sixteen bytes; digests have thirty-two
        ValueRef::Blob(v) => Uuid::from_slice(v).map_or_else(|_| Value::Bytes(v.to_vec()), Value::Uuid),
    })
}

fn pg_value(row: &tokio_postgres::Row, column: usize) -> Result<Value> {
    use tokio_postgres::types::Type;
    let Some(meta) = row.columns().get(column) else {
        return Err(Error::Decode {
            column,
            source: ValueError {
                expected: "a column",
                found: "none".to_owned(),
            },
        });
    };
    fn opt<'a, T: tokio_postgres::types::FromSql<'a>>(
        row: &'a tokio_postgres::Row,
        column: usize,
        wrap: impl Fn(T) -> Value,
    ) -> Result<Value> {
        Ok(row.try_get::<_, Option<T>>(column)?.map_or(Value::Null, wrap))
    }
    match *meta.type_() {
        Type::INT8 => opt(row, column, Value::I64),
        Type::INT4 => opt(row, column, |v: i32| Value::I64(v.into())),
        Type::TEXT | Type::VARCHAR | Type::NAME | Type::BPCHAR => opt(row, column, Value::Text),
        Type::UUID => opt(row, column, Value::Uuid),
        Type::BOOL => opt(row, column, Value::Bool),
        Type::BYTEA => opt(row, column, Value::Bytes),
        Type::FLOAT8 => opt(row, column, Value::F64),
        ref other => Err(Error::Decode {
            column,
            source: ValueError {
                expected: "a type of the common subset",
                found: other.name().to_owned(),
            },
        }),
    }
}

/// Can be read from a row. Written for a struct with [`crate::from_row!`].
pub trait FromRow: Sized {
    /// Reads the columns in the order of the fields.
    fn from_row(row: &Row<'_>) -> Result<Self>;
}

/// Reads a struct from a row: the fields in the order of the selected columns.
///
/// ```
/// struct UnitRow { code: String, name: String }
/// db::from_row!(UnitRow { code, name });
/// ```
#[macro_export]
macro_rules! from_row {
    ($name:ident { $($field:ident),+ $(,)? }) => {
        impl $crate::FromRow for $name {
            fn from_row(row: &$crate::Row<'_>) -> $crate::Result<Self> {
                let mut column = 0;
                let mut next = || { column += 1; column - 1 };
                Ok(Self { $($field: row.get(next())?),+ })
            }
        }
    };
}

macro_rules! tuples {
    ($($($t:ident $i:tt),+;)+) => {$(
        impl<$($t: FromValue),+> FromRow for ($($t,)+) {
            fn from_row(row: &Row<'_>) -> Result<Self> {
                Ok(($(row.get::<$t>($i)?,)+))
            }
        }
    )+};
}
tuples! {
    A 0;
    A 0, B 1;
    A 0, B 1, C 2;
    A 0, B 1, C 2, D 3;
    A 0, B 1, C 2, D 3, E 4;
    A 0, B 1, C 2, D 3, E 4, F 5;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
}

/// A row as its raw values, for exports and backups.
impl FromRow for Vec<Value> {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        (0..row.width()).map(|i| row.value(i)).collect()
    }
}
