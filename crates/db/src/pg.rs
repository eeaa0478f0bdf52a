use std::error::Error as StdError;

use bytes::BytesMut;
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod};
use futures_util::{StreamExt, pin_mut};
use kernel::Value;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{NoTls, Row};

use crate::{Error, Result};

pub(crate) fn open(url: &str, size: usize) -> Result<Pool> {
    let mut config: tokio_postgres::Config = url.parse().map_err(Error::from)?;
    config.application_name("abdi");
    let manager = Manager::from_config(
        config,
        NoTls,
        ManagerConfig {
            recycling_method: RecyclingMethod::Fast,
        },
    );
    Pool::builder(manager)
        .max_size(size)
        .build()
        .map_err(|e| Error::Unreachable(e.to_string()))
}

/// A connection on loan. When a transaction is still open as it goes back, the connection is thrown away: the server
/// rolls back, and nobody inherits a half-finished transaction.
pub(crate) struct PgConn {
    object: Option<Object>,
    pub(crate) open: bool,
}

impl PgConn {
    pub(crate) async fn take(pool: &Pool) -> Result<Self> {
        Ok(Self {
            object: Some(pool.get().await?),
            open: false,
        })
    }

    fn client(&self) -> &Object {
        self.object
            .as_ref()
            .expect("a connection holds its client until dropped")
    }

    pub(crate) async fn batch(&self, text: &str) -> Result<()> {
        Ok(self.client().batch_execute(text).await?)
    }

    pub(crate) async fn exec(&self, text: &str, args: &[Value]) -> Result<u64> {
        let client = self.client();
        let statement = client.prepare_cached(text).await?;
        Ok(client.execute_raw(&statement, args.iter().map(Arg)).await?)
    }

    /// Sends all rows without waiting for each answer.
    pub(crate) async fn exec_many(&self, text: &str, rows: &[Vec<Value>]) -> Result<u64> {
        let client = self.client();
        let statement = client.prepare_cached(text).await?;
        let mut changed = 0;
        for chunk in rows.chunks(512) {
            let sent = chunk
                .iter()
                .map(|row| client.execute_raw(&statement, row.iter().map(Arg)));
            for answer in futures_util::future::join_all(sent).await {
                changed += answer?;
            }
        }
        Ok(changed)
    }

    pub(crate) async fn each(&self, text: &str, args: &[Value], mut f: impl FnMut(&Row) -> Result<bool>) -> Result<()> {
        let client = self.client();
        let statement = client.prepare_cached(text).await?;
        let rows = client.query_raw(&statement, args.iter().map(Arg)).await?;
        pin_mut!(rows);
        while let Some(row) = rows.next().await {
            if !f(&row?)? {
                break;
            }
        }
        Ok(())
    }

    pub(crate) async fn prepare(&self, text: &str) -> Result<()> {
        self.client().prepare(text).await?;
        Ok(())
    }
}

impl Drop for PgConn {
    fn drop(&mut self) {
        if self.open
            && let Some(object) = self.object.take()
        {
            drop(Object::take(object));
        }
    }
}

#[derive(Debug)]
struct Arg<'a>(&'a Value);

impl ToSql for Arg<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match (self.0, ty) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Bool(v), _) => v.to_sql_checked(ty, out),
            (Value::I64(v), &Type::INT4) => i32::try_from(*v)?.to_sql_checked(ty, out),
            (Value::I64(v), _) => v.to_sql_checked(ty, out),
            (Value::F64(v), _) => v.to_sql_checked(ty, out),
            (Value::Text(v), _) => v.to_sql_checked(ty, out),
            (Value::Bytes(v), _) => v.to_sql_checked(ty, out),
            (Value::Uuid(v), _) => v.to_sql_checked(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
