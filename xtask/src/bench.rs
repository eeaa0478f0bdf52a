//! Measures the release build.

mod machine;
mod table;
mod wrk;

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use self::table::Table;
use self::wrk::Load;
use crate::process;
use crate::workspace::Workspace;

/// What a measurement compares: each page at each number of connections.
const PAGES: &[&str] = &[
    "do-nothing page",
    "sign-in",
    "start",
    "employee list",
    "SKP",
    "evaluation",
    "survey submit",
    "progress entry",
];
const CONNECTIONS: &[u32] = &[1, 16, 64];

/// What to measure.
#[derive(clap::Args)]
pub struct Options {
    /// Measures this page of a server that runs already
    #[arg(long)]
    url: Option<String>,
    /// The Cookie header of a person who has signed in
    #[arg(long, requires = "url")]
    cookie: Option<String>,
    /// A script for wrk, for requests that are more than a GET
    #[arg(long, requires = "url")]
    script: Option<PathBuf>,
    /// How long each measurement lasts, in seconds
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=600))]
    seconds: u64,
}

/// Measures one page, or builds the release and says which pages it is to serve.
pub fn run(workspace: &Workspace, options: &Options) -> Result<bool> {
    ensure_wrk()?;
    println!("{}\n", machine::describe());
    let Some(url) = &options.url else {
        let abdi = build_release(workspace)?;
        println!(
            "would serve the demo city from {} and measure, at {CONNECTIONS:?} connections:",
            abdi.display()
        );
        for page in PAGES {
            println!("- {page}");
        }
        println!("measure a single page of a running server with --url");
        return Ok(true);
    };
    let mut table = Table::new(&[
        "page",
        "connections",
        "requests/s",
        "p50 ms",
        "p99 ms",
        "not 2xx or 3xx",
        "socket errors",
    ]);
    for &connections in CONNECTIONS {
        let load = Load {
            url: url.clone(),
            connections,
            duration: Duration::from_secs(options.seconds),
            script: options.script.clone(),
            cookie: options.cookie.clone(),
        };
        let figures = load.run()?;
        table.row(vec![
            url.clone(),
            connections.to_string(),
            format!("{:.0}", figures.requests_per_second),
            format!("{:.2}", figures.p50.as_secs_f64() * 1000.0),
            format!("{:.2}", figures.p99.as_secs_f64() * 1000.0),
            figures.refused.to_string(),
            figures.socket_errors.to_string(),
        ]);
    }
    println!("{table}");
    Ok(true)
}

/// Builds what an operator would install. Returns the executable.
fn build_release(workspace: &Workspace) -> Result<PathBuf> {
    process::run(
        workspace
            .cargo()
            .args(["build", "--release", "--locked", "--package", "abdi"]),
    )?;
    let abdi = workspace.target.join("release/abdi");
    abdi.exists()
        .then_some(abdi)
        .context("the release build has made no executable abdi")
}

/// Installs the load generator when it is missing and we are root.
fn ensure_wrk() -> Result<()> {
    if process::find_program(&["wrk"]).is_some() {
        return Ok(());
    }
    if !crate::pg::is_root()? {
        bail!("wrk is missing; install as root: apt-get install -y --no-install-recommends wrk");
    }
    let apt = || {
        let mut apt = Command::new("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-qq", "-y"]);
        apt
    };
    process::run(apt().arg("update"))?;
    process::run(apt().args(["install", "--no-install-recommends", "wrk"]))
}
