//! Measures the release build.

mod city;
mod http;
mod imports;
mod machine;
mod pages;
mod prints;
mod report;
mod server;
mod table;
mod wrk;

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use self::city::{Bench, City};
use self::imports::Import;
use self::pages::CONNECTIONS;
use self::table::Table;
use self::wrk::Load;
use crate::process;
use crate::workspace::Workspace;

/// What to measure.
#[derive(clap::Args)]
pub struct Options {
    /// Measures only this page, of a server that runs already
    #[arg(long)]
    url: Option<String>,
    /// The Cookie header of a person who has signed in
    #[arg(long, requires = "url")]
    cookie: Option<String>,
    /// A script for wrk, for requests that are more than a GET
    #[arg(long, requires = "url")]
    script: Option<PathBuf>,
    /// How long each measurement lasts, in seconds
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=600))]
    seconds: u64,
    /// Sizes of the cities
    #[arg(long, value_delimiter = ',', default_values_t = [2_000, 50_000])]
    people: Vec<u32>,
    /// Rows of the imported staff list; 0 imports nothing
    #[arg(long, default_value_t = 50_000)]
    rows: u32,
    /// Measures this executable instead of building one
    #[arg(long)]
    abdi: Option<PathBuf>,
    /// Writes bench/README.md
    #[arg(long)]
    write: bool,
}

/// Everything that one run measured.
pub struct Run {
    /// The day, as the machine says.
    pub date: String,
    /// Load of the machine in the minute before it began.
    pub load: String,
    /// Bytes of the executable.
    pub executable: u64,
    pub cities: Vec<City>,
    pub imports: Vec<Import>,
}

/// Measures the cities, or one page of a server that runs already.
pub fn run(workspace: &Workspace, options: &Options) -> Result<bool> {
    ensure("wrk", "wrk")?;
    if let Some(url) = &options.url {
        println!("{}\n", machine::describe());
        println!("{}", one_page(url, options)?);
        return Ok(true);
    }
    ensure("pdfinfo", "poppler-utils")?;
    let run = measure(workspace, options)?;
    let text = report::markdown(&run);
    println!("{text}");
    if options.write {
        report::write(&workspace.root.join("bench/README.md"), &text)?;
    }
    Ok(true)
}

fn measure(workspace: &Workspace, options: &Options) -> Result<Run> {
    build_examples(workspace)?;
    let abdi = match &options.abdi {
        Some(abdi) => abdi.canonicalize().context("finding the executable")?,
        None => build_release(workspace)?,
    };
    // inside the target directory, so on a disk: a file system in memory would make durable writes look free
    let folder = workspace.target.join("xtask/bench");
    workspace.fresh_dir(&folder)?;
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let mut run = Run {
        date: process::output(Command::new("date").arg("+%Y-%m-%d"))?
            .trim()
            .to_owned(),
        load: load.split(' ').next().unwrap_or_default().to_owned(),
        executable: std::fs::metadata(&abdi)?.len(),
        cities: Vec::new(),
        imports: Vec::new(),
    };
    let bench = Bench {
        workspace,
        abdi: &abdi,
        folder: &folder,
        duration: Duration::from_secs(options.seconds),
    };
    for &people in &options.people {
        run.cities.push(bench.city(people)?);
    }
    if options.rows > 0 {
        run.imports = imports::measure(workspace, &abdi, &folder, options.rows)?;
    }
    std::fs::remove_dir_all(&folder).context("removing the cities")?;
    Ok(run)
}

fn one_page(url: &str, options: &Options) -> Result<Table> {
    let mut table = Table::new(&[
        "page",
        "connections",
        "requests/s",
        "p50 ms",
        "p99 ms",
        "not 2xx or 3xx",
        "socket errors",
    ]);
    for connections in CONNECTIONS {
        let load = Load {
            url: url.to_owned(),
            connections,
            duration: Duration::from_secs(options.seconds),
            script: options.script.clone(),
            cookie: options.cookie.clone(),
            form: None,
            compressed: false,
        };
        let figures = load.run()?;
        table.row(vec![
            url.to_owned(),
            connections.to_string(),
            format!("{:.0}", figures.requests_per_second),
            format!("{:.2}", figures.p50.as_secs_f64() * 1000.0),
            format!("{:.2}", figures.p99.as_secs_f64() * 1000.0),
            figures.refused.to_string(),
            figures.socket_errors.to_string(),
        ]);
    }
    Ok(table)
}

/// Builds what an operator would install. Returns the executable.
fn build_release(workspace: &Workspace) -> Result<PathBuf> {
    build(workspace, &["--package", "app"])?;
    let abdi = workspace.target.join("release/abdi");
    abdi.exists()
        .then_some(abdi)
        .context("the release build has made no executable abdi")
}

/// Builds what the application is compared with, and what makes its input.
fn build_examples(workspace: &Workspace) -> Result<()> {
    build(workspace, &["--package", "db", "--example", "raw_commits"])?;
    build(workspace, &["--package", "documents", "--example", "staff_list"])
}

fn build(workspace: &Workspace, arguments: &[&str]) -> Result<()> {
    process::run(
        workspace
            .cargo()
            .args(["build", "--release", "--locked"])
            .args(arguments),
    )
}

/// Installs a program when it is missing and we are root.
fn ensure(program: &str, package: &str) -> Result<()> {
    if process::find_program(&[program]).is_some() {
        return Ok(());
    }
    if !crate::pg::is_root()? {
        bail!("{program} is missing; install as root: apt-get install -y --no-install-recommends {package}");
    }
    let apt = || {
        let mut apt = Command::new("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-qq", "-y"]);
        apt
    };
    process::run(apt().arg("update"))?;
    process::run(apt().args(["install", "--no-install-recommends", package]))
}
