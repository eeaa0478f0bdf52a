//! Opens what a command works on.

use std::path::PathBuf;
use std::sync::Arc;

use db::Db;
use documents::FormEngine;
use journal::blobs::FolderStore;
use kernel::Ctx;
use org::agency::Agency;

use crate::config::{self, Config};
use crate::failure::Failure;
use crate::logging;

/// The configuration, the database, clock and identifiers.
pub struct Installation {
    /// What is configured.
    pub config: Config,
    /// The database.
    pub db: Db,
    /// The machine's clock and randomness.
    pub ctx: Ctx,
}

impl Installation {
    /// Opens the configured database; a file that does not exist is made. The schema is left as it is.
    pub async fn open_or_make(file: Option<PathBuf>) -> Result<Self, Failure> {
        let config = config::load(file)?.config;
        logging::start(&config);
        let db = Db::open(config.database.url.url()).await?;
        Ok(Self {
            config,
            db,
            ctx: Ctx::system(),
        })
    }

    /// Opens a database that exists and is up to date.
    pub async fn open(file: Option<PathBuf>) -> Result<Self, Failure> {
        let config = config::load(file)?.config;
        if let Some(path) = config.database.url.url().file().filter(|p| !p.exists()) {
            return Err(Failure::usage(format!(
                "There is no database {}. Start `abdi serve` once, or name another one in [database] url.",
                path.display()
            )));
        }
        logging::start(&config);
        let db = Db::open(config.database.url.url()).await?;
        if !db.is_current().await? {
            return Err(Failure::usage(
                "The database is not up to date with this program. Run `abdi migrate` first.",
            ));
        }
        Ok(Self {
            config,
            db,
            ctx: Ctx::system(),
        })
    }

    /// The agency with this code; without a code the only one there is.
    pub async fn agency(&self, code: Option<&str>) -> Result<Agency, Failure> {
        let all = db::read!(self.db, async |tx| org::agency::unscoped_all(tx).await)?;
        let codes = all.iter().map(|a| a.code.as_str()).collect::<Vec<_>>().join(", ");
        match code {
            Some(code) => {
                let found = all.iter().find(|a| a.code.eq_ignore_ascii_case(code.trim()));
                found.cloned().ok_or_else(|| match codes.as_str() {
                    "" => Failure::usage("There is no agency yet. Make one with `abdi agency create`."),
                    _ => Failure::usage(format!("There is no agency {code:?}; there are: {codes}.")),
                })
            }
            None => match all.as_slice() {
                [] => Err(Failure::usage(
                    "There is no agency yet. Make one with `abdi agency create`.",
                )),
                [one] => Ok(one.clone()),
                _ => Err(Failure::usage(format!(
                    "There are several agencies: add --agency with one of {codes}."
                ))),
            },
        }
    }

    /// The store of uploaded files.
    pub fn blobs(&self) -> Result<Arc<FolderStore>, Failure> {
        blobs(&self.config)
    }
}

/// The store of uploaded files; its folder is made when needed.
pub fn blobs(config: &Config) -> Result<Arc<FolderStore>, Failure> {
    FolderStore::open(config.files()).map(Arc::new).map_err(|e| {
        Failure::usage(format!(
            "The folder {} cannot be used: {e}. Check [storage] dir.",
            config.files().display()
        ))
    })
}

/// What prints the legal forms.
pub fn forms() -> Arc<dyn FormEngine> {
    #[cfg(feature = "pdf")]
    let engine = pdf::TypstEngine::new();
    #[cfg(not(feature = "pdf"))]
    let engine = documents::NoEngine;
    Arc::new(engine)
}
