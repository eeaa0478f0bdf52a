//! A staff list into an empty database, as an operator would take it in.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::server::{settings, watch};
use crate::process;
use crate::workspace::Workspace;

/// One import.
pub struct Import {
    pub file: String,
    pub rows: u32,
    /// The whole command, from its start to its end.
    pub took: Duration,
    /// Most memory, in MiB.
    pub memory: f64,
}

/// Imports `people` rows from CSV, from XLSX, and the CSV a second time, which changes nothing.
pub fn measure(workspace: &Workspace, abdi: &Path, folder: &Path, people: u32) -> Result<Vec<Import>> {
    let (csv, xlsx) = (folder.join("staff.csv"), folder.join("staff.xlsx"));
    let mut list = Command::new(workspace.target.join("release/examples/staff_list"));
    process::run(list.arg(people.to_string()).args([&csv, &xlsx]))?;
    let from_csv = folder.join("from-csv");
    let from_xlsx = folder.join("from-xlsx");
    installation(abdi, &from_csv)?;
    installation(abdi, &from_xlsx)?;
    Ok(vec![
        import("CSV", abdi, &from_csv, &csv, people)?,
        import("XLSX", abdi, &from_xlsx, &xlsx, people)?,
        import("CSV again (changes nothing)", abdi, &from_csv, &csv, people)?,
    ])
}

fn installation(abdi: &Path, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    for arguments in [
        &["migrate"][..],
        &["agency", "create", "CONTOH", "Kota Rekaan", "--region", "Rekaan"],
    ] {
        process::output(settings(&mut Command::new(abdi), folder).args(arguments))?;
    }
    Ok(())
}

fn import(what: &str, abdi: &Path, folder: &Path, file: &Path, rows: u32) -> Result<Import> {
    let mut command = Command::new(abdi);
    settings(&mut command, folder).args(["import", "staff"]).arg(file);
    let (took, memory) = watch(command.args(["--agency", "CONTOH", "--apply"]))?;
    Ok(Import {
        file: what.to_owned(),
        rows,
        took,
        memory,
    })
}
