//! Where things are.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::process;

/// The checked-out project.
pub struct Workspace {
    /// Its first directory.
    pub root: PathBuf,
    /// Where cargo builds; everything that the xtask makes is below it.
    pub target: PathBuf,
    metadata: Value,
}

impl Workspace {
    /// Asks cargo, so that a target directory set by the environment or by a configuration file is respected.
    pub fn find() -> Result<Self> {
        let manifest =
            std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = manifest
            .parent()
            .context("xtask lies below the root of the project")?
            .to_owned();
        let mut command = cargo_in(&root);
        command.args(["metadata", "--no-deps", "--format-version", "1"]);
        let metadata: Value = serde_json::from_str(&process::output(&mut command)?)?;
        let target = metadata["target_directory"]
            .as_str()
            .context("cargo metadata names a target directory")?
            .into();
        Ok(Self { root, target, metadata })
    }

    /// A cargo command in the root of the project, free of what cargo has told *this* program about itself.
    pub fn cargo(&self) -> Command {
        cargo_in(&self.root)
    }

    /// The answer of `cargo metadata --no-deps`.
    pub fn metadata(&self) -> &Value {
        &self.metadata
    }

    /// The executable of the application in the profile used for tests.
    pub fn abdi(&self) -> PathBuf {
        self.target.join("debug/abdi")
    }

    /// Where the debug build writes which statements were executed.
    pub fn statement_log(&self) -> PathBuf {
        self.target.join("xtask/statements")
    }

    /// A directory of the project that the xtask may fill, empty.
    pub fn fresh_dir(&self, dir: &Path) -> Result<()> {
        if dir.exists() {
            std::fs::remove_dir_all(dir).with_context(|| format!("emptying {}", dir.display()))?;
        }
        std::fs::create_dir_all(dir).with_context(|| format!("making {}", dir.display()))
    }
}

fn cargo_in(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name.as_ref());
        }
    }
    command
}
