use std::path::PathBuf;

use db::{Db, DbUrl};
use kernel::Instant;
use tempfile::TempDir;
use tokio_postgres::NoTls;

/// Names the server on which tests make their own databases, as `postgres://user@host:port/postgres`.
const SERVER: &str = "ABDI_TEST_POSTGRES_URL";

/// A fresh, migrated database that disappears with this value.
pub struct TestDb {
    /// The database.
    pub db: Db,
    /// Its address, for programs that are started by a test.
    pub url: String,
    _dir: Option<TempDir>,
}

/// Runs the same test on a fresh database of the embedded engine and, where a server is named, on a fresh database of
/// the scaled engine.
pub async fn on_each_engine(test: impl AsyncFn(Db)) {
    for fresh in TestDb::each().await {
        test(fresh.db.clone()).await;
    }
}

impl TestDb {
    /// A fresh database on each engine that is there.
    pub async fn each() -> Vec<Self> {
        let mut all = vec![Self::sqlite().await];
        if let Ok(server) = std::env::var(SERVER) {
            all.push(Self::postgres(&server).await);
        }
        all
    }

    /// A fresh database of the embedded engine.
    pub async fn sqlite() -> Self {
        let dir = TempDir::new().expect("a temporary directory");
        let file: PathBuf = dir.path().join("test.db");
        let url = format!("sqlite:{}", file.display());
        let db = Db::open(&DbUrl::Sqlite(file)).await.expect("opens");
        db.migrate(Instant::from_micros(0)).await.expect("migrates");
        Self {
            db,
            url,
            _dir: Some(dir),
        }
    }

    /// A fresh database of the scaled engine on `server`.
    ///
    /// Databases are left behind for the test command to throw away with its whole server.
    pub async fn postgres(server: &str) -> Self {
        let (admin, connection) = tokio_postgres::connect(server, NoTls)
            .await
            .expect("the test server answers");
        let connection = tokio::spawn(connection);
        #[expect(
            clippy::disallowed_methods,
            reason = "names of throw-away databases must differ between processes"
        )]
        let name = format!("t{}", uuid::Uuid::now_v7().as_simple());
        admin
            .batch_execute(&format!("CREATE DATABASE {name}"))
            .await
            .expect("a fresh database");
        drop(admin);
        connection.abort();
        let base = server.rsplit_once('/').expect("the address names a database").0;
        let url = format!("{base}/{name}");
        let db = Db::open(&DbUrl::Postgres(url.clone())).await.expect("opens");
        db.migrate(Instant::from_micros(0)).await.expect("migrates");
        Self { db, url, _dir: None }
    }
}
