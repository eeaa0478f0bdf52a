//! Everything that continuous integration checks, in stages; the first stage that fails ends the run.

mod counts;
mod setup;
mod suites;

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

pub use self::counts::Counts;
use self::suites::Suites;
use crate::process;
use crate::workspace::Workspace;
use crate::{check, statements};

/// What a stage came to.
enum Outcome {
    /// It ran, and counts as this many checks or tests.
    Ran(Counts),
    /// It could not run here, and may be left out.
    Skipped(String),
}

type Stage = (&'static str, &'static str, fn(&mut Suites<'_>) -> Result<Outcome>);

/// Name, what it does, and how.
const STAGES: &[Stage] = &[
    ("setup", "what the other stages need on this machine", |suites| {
        setup::run(suites.workspace)
    }),
    ("fmt", "formatting", |suites| {
        cargo(suites, &["fmt", "--all", "--check"], &[])
    }),
    ("check", "rules of the house", |suites| {
        Ok(Outcome::Ran(check::run(suites.workspace)?))
    }),
    ("clippy", "lints", |suites| {
        cargo(
            suites,
            &[
                "clippy",
                "--workspace",
                "--all-targets",
                "--locked",
                "--",
                "-D",
                "warnings",
            ],
            &[],
        )
    }),
    (
        "build",
        "the application and its tests, once for all following stages",
        |suites| suites.build(),
    ),
    ("tests", "units and stories, on SQLite and PostgreSQL", |suites| {
        suites.tests()
    }),
    ("doctests", "examples in the documentation", |suites| suites.doctests()),
    ("statements", "every statement was executed on both engines", |suites| {
        Ok(Outcome::Ran(Counts::one(statements::run(suites.workspace)?)))
    }),
    ("docs", "documentation of the crates", |suites| {
        let args = [
            "doc",
            "--workspace",
            "--no-deps",
            "--document-private-items",
            "--locked",
        ];
        cargo(
            suites,
            &args,
            &[("RUSTDOCFLAGS", "-D warnings -A rustdoc::private_intra_doc_links")],
        )
    }),
    ("deny", "licences, bans and sources", deny),
    (
        "browser",
        "journeys in a browser, accessibility, screenshots",
        |suites| suites.browser(),
    ),
    ("libreoffice", "spreadsheets open in LibreOffice", |suites| {
        suites.libreoffice()
    }),
];

/// Runs the stages that are named, or all. Returns whether everything passed.
pub fn run(workspace: &Workspace, only: &[String], keep: bool) -> Result<bool> {
    if let Some(unknown) = only.iter().find(|name| !STAGES.iter().any(|(stage, ..)| stage == name)) {
        let names: Vec<&str> = STAGES.iter().map(|(name, ..)| *name).collect();
        bail!("there is no stage {unknown}; stages: {}", names.join(", "));
    }
    let stages: Vec<&Stage> = STAGES
        .iter()
        .filter(|(name, ..)| only.is_empty() || only.iter().any(|n| n == name))
        .collect();
    let begin = Instant::now();
    let mut suites = Suites::new(workspace, keep);
    let mut total = Counts::default();
    let mut summary = Vec::new();
    for (number, (name, what, stage)) in stages.iter().enumerate() {
        println!("\n=== {}/{} {name}: {what}", number + 1, stages.len());
        let stage_begin = Instant::now();
        let outcome = stage(&mut suites);
        let took = seconds(stage_begin.elapsed());
        let (counts, line) = match outcome {
            Ok(Outcome::Ran(counts)) if counts.failed == 0 => (counts, format!("ok       {} passed", counts.passed)),
            Ok(Outcome::Ran(counts)) => (
                counts,
                format!("FAILED   {} passed, {} failed", counts.passed, counts.failed),
            ),
            Ok(Outcome::Skipped(reason)) => (Counts::default(), format!("skipped  {reason}")),
            Err(error) => (Counts::one(false), format!("FAILED   {error:#}")),
        };
        println!("--- {name}: {line} ({took})");
        summary.push(format!("{name:<12} {took:>8}  {line}"));
        total += counts;
        if counts.failed > 0 {
            summary.extend(
                stages[number + 1..]
                    .iter()
                    .map(|(name, ..)| format!("{name:<12} {:>8}  not run", "")),
            );
            break;
        }
    }
    suites.finish();
    println!("\n=== summary, {} in all", seconds(begin.elapsed()));
    for line in summary {
        println!("{line}");
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(total.failed == 0)
}

fn seconds(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 60 {
        format!("{:.1} s", duration.as_secs_f64())
    } else {
        format!("{} min {} s", seconds / 60, seconds % 60)
    }
}

/// A cargo command that counts as one check.
fn cargo(suites: &Suites<'_>, arguments: &[&str], environment: &[(&str, &str)]) -> Result<Outcome> {
    process::run(
        suites
            .workspace
            .cargo()
            .args(arguments)
            .envs(environment.iter().copied()),
    )?;
    Ok(Outcome::Ran(Counts::one(true)))
}

fn deny(suites: &mut Suites<'_>) -> Result<Outcome> {
    if process::find_program(&["cargo-deny"]).is_none() {
        return Ok(Outcome::Skipped(
            "cargo-deny is not installed; stage check has compared licences and sources".to_owned(),
        ));
    }
    cargo(
        suites,
        &["deny", "--offline", "check", "bans", "licenses", "sources"],
        &[],
    )
}
