//! The stages that run tests. They share one build: cargo is always asked for the whole workspace in the profile for
//! development, because another selection of crates has other features and would build everything again.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::{Counts, Outcome, setup};
use crate::pg::Cluster;
use crate::workspace::Workspace;
use crate::{process, statements};

const BUILD: &[&str] = &["build", "--workspace", "--bins", "--tests", "--locked"];
/// A test with this in its name needs LibreOffice and has its own stage.
const LIBREOFFICE: &str = "libreoffice";

/// What the stages share.
pub struct Suites<'a> {
    pub workspace: &'a Workspace,
    keep: bool,
    cluster: Option<Cluster>,
}

/// Which tests to run.
struct Selection<'a> {
    /// In the language of nextest.
    filter: &'a str,
    /// The same by crate, for the built-in runner.
    takes_crate: fn(&str) -> bool,
    /// The same by name, for the built-in runner.
    arguments: &'a [&'a str],
    environment: Vec<(&'a str, PathBuf)>,
}

impl<'a> Suites<'a> {
    /// Nothing runs yet.
    pub fn new(workspace: &'a Workspace, keep: bool) -> Self {
        Self {
            workspace,
            keep,
            cluster: None,
        }
    }

    /// Stops the database, or says where it is when it is to be kept.
    pub fn finish(&mut self) {
        let Some(cluster) = self.cluster.take() else { return };
        if self.keep {
            println!("\nPostgreSQL is left running: {}", cluster.url());
            println!("stop it with: {}", cluster.keep());
        }
    }

    /// Builds the application and all tests.
    pub fn build(&mut self) -> Result<Outcome> {
        process::run(self.workspace.cargo().args(BUILD))?;
        Ok(Outcome::Ran(Counts::one(true)))
    }

    /// Tests of all crates but the browser's.
    pub fn tests(&mut self) -> Result<Outcome> {
        let log = self.workspace.statement_log();
        self.workspace.fresh_dir(&log)?;
        required(self.run(&Selection {
            filter: "not package(e2e) and not test(libreoffice)",
            takes_crate: |name| name != "e2e",
            arguments: &["--skip", LIBREOFFICE],
            environment: vec![(statements::VARIABLE, log)],
        })?)
    }

    /// Examples in the documentation; nextest does not run them.
    pub fn doctests(&mut self) -> Result<Outcome> {
        let (succeeded, output) = process::run_and_read(self.workspace.cargo().args([
            "test",
            "--workspace",
            "--doc",
            "--locked",
            "--quiet",
        ]))?;
        outcome(succeeded, &output)
    }

    /// Journeys through the running application.
    pub fn browser(&mut self) -> Result<Outcome> {
        let chromedriver = setup::chromedriver().context("no chromedriver: `cargo xtask test --stage setup`")?;
        let chromium = setup::chromium().context("no browser: `cargo xtask test --stage setup`")?;
        let axe = setup::axe(self.workspace);
        if !axe.exists() {
            bail!("no axe-core: `cargo xtask test --stage setup`");
        }
        let screenshots = self.workspace.root.join("out/screenshots");
        self.workspace.fresh_dir(&screenshots)?;
        self.build()?;
        let outcome = self.run(&Selection {
            filter: "package(e2e)",
            takes_crate: |name| name == "e2e",
            arguments: &[],
            environment: vec![
                ("ABDI_BIN", self.workspace.abdi()),
                ("ABDI_SCREENSHOTS", screenshots.clone()),
                ("ABDI_AXE", axe),
                ("ABDI_CHROMEDRIVER", chromedriver),
                ("ABDI_CHROMIUM", chromium),
            ],
        });
        println!(
            "  {} screenshots in {}",
            std::fs::read_dir(&screenshots)?.count(),
            screenshots.display()
        );
        outcome
    }

    /// Tests that open what was written in LibreOffice.
    pub fn libreoffice(&mut self) -> Result<Outcome> {
        let Some(soffice) = setup::soffice() else {
            return Ok(Outcome::Skipped("LibreOffice is not installed".to_owned()));
        };
        let outcome = self.run(&Selection {
            filter: "not package(e2e) and test(libreoffice)",
            takes_crate: |name| name != "e2e",
            arguments: &[LIBREOFFICE],
            environment: vec![("ABDI_SOFFICE", soffice)],
        })?;
        Ok(match outcome {
            Outcome::Ran(counts) if counts == Counts::default() => {
                Outcome::Skipped(format!("no test has {LIBREOFFICE} in its name"))
            }
            outcome => outcome,
        })
    }

    fn run(&mut self, selection: &Selection<'_>) -> Result<Outcome> {
        let url = self.postgres()?;
        if process::find_program(&["cargo-nextest"]).is_none() {
            return self.run_built_in(selection, &url);
        }
        let mut nextest = self.workspace.cargo();
        nextest.args([
            "nextest",
            "run",
            "--workspace",
            "--locked",
            "--no-fail-fast",
            "--no-tests",
            "pass",
        ]);
        nextest.args([
            "--config-file",
            "xtask/nextest.toml",
            "--status-level",
            "slow",
            "--final-status-level",
            "slow",
        ]);
        nextest.args([
            "--show-progress",
            "none",
            "--color",
            color(),
            "--filterset",
            selection.filter,
        ]);
        nextest
            .env("ABDI_TEST_POSTGRES_URL", url)
            .envs(selection.environment.iter().cloned());
        let (succeeded, output) = process::run_and_read(&mut nextest)?;
        outcome(succeeded, &output)
    }

    /// The URL of the database of this run, started when it is needed first.
    fn postgres(&mut self) -> Result<String> {
        if self.cluster.is_none() {
            self.cluster = Some(Cluster::start(self.workspace)?);
        }
        Ok(self.cluster.as_ref().context("the cluster was started above")?.url())
    }

    /// Without nextest: each test program by itself, from the same build.
    fn run_built_in(&self, selection: &Selection<'_>, url: &str) -> Result<Outcome> {
        let mut build = self.workspace.cargo();
        build.args(BUILD).args(["--message-format", "json-render-diagnostics"]);
        let messages = process::output(&mut build)?;
        let programs: Vec<TestProgram> = messages.lines().filter_map(TestProgram::read).collect();
        if programs.is_empty() {
            bail!("cargo has built no tests");
        }
        let mut counts = Counts::default();
        for program in programs
            .iter()
            .filter(|program| (selection.takes_crate)(&program.package))
        {
            println!("  {} {}", program.package, program.target);
            let mut command = Command::new(&program.executable);
            command.args(["--quiet", "--color", color()]).args(selection.arguments);
            command
                .current_dir(&program.directory)
                .env("CARGO_MANIFEST_DIR", &program.directory);
            command
                .env("ABDI_TEST_POSTGRES_URL", url)
                .envs(selection.environment.iter().cloned());
            let (succeeded, output) = process::run_and_read(&mut command)?;
            counts += counted(succeeded, &output);
        }
        Ok(Outcome::Ran(counts))
    }
}

fn color() -> &'static str {
    match std::env::var("CARGO_TERM_COLOR").as_deref() {
        Ok("always") => "always",
        Ok("never") => "never",
        _ => {
            use std::io::IsTerminal as _;
            if std::io::stderr().is_terminal() {
                "always"
            } else {
                "never"
            }
        }
    }
}

fn outcome(succeeded: bool, output: &str) -> Result<Outcome> {
    Ok(Outcome::Ran(counted(succeeded, output)))
}

/// A stage that finds no test has lost them.
fn required(outcome: Outcome) -> Result<Outcome> {
    match outcome {
        Outcome::Ran(counts) if counts == Counts::default() => bail!("no test was run"),
        outcome => Ok(outcome),
    }
}

/// A runner that fails without naming a failed test (it did not compile, it was killed) is one failure.
fn counted(succeeded: bool, output: &str) -> Counts {
    let mut counts = Counts::read(output);
    if !succeeded && counts.failed == 0 {
        counts.failed = 1;
    }
    counts
}

/// A program full of tests, as cargo tells about it.
#[derive(Debug, PartialEq)]
struct TestProgram {
    package: String,
    target: String,
    directory: PathBuf,
    executable: PathBuf,
}

impl TestProgram {
    fn read(message: &str) -> Option<Self> {
        let message: Value = serde_json::from_str(message).ok()?;
        if message["reason"] != "compiler-artifact" || message["profile"]["test"] != true {
            return None;
        }
        let directory = Path::new(message["manifest_path"].as_str()?).parent()?;
        Some(Self {
            package: directory.file_name()?.to_str()?.to_owned(),
            target: message["target"]["name"].as_str()?.to_owned(),
            directory: directory.to_owned(),
            executable: message["executable"].as_str()?.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn test_programs_are_found_among_the_messages() {
        let message = |test: bool| {
            json!({
                "reason": "compiler-artifact",
                "manifest_path": "/p/crates/skp/Cargo.toml",
                "profile": {"test": test},
                "target": {"name": "story"},
                "executable": "/t/debug/deps/story-1",
            })
            .to_string()
        };
        let program = TestProgram::read(&message(true)).map(|p| (p.package, p.target, p.directory));
        assert_eq!(
            program,
            Some(("skp".to_owned(), "story".to_owned(), "/p/crates/skp".into()))
        );
        assert_eq!(TestProgram::read(&message(false)), None);
        assert_eq!(TestProgram::read("warning: noise"), None);
    }

    #[test]
    fn a_stage_without_tests_fails() {
        assert!(required(Outcome::Ran(Counts::default())).is_err());
        assert!(required(Outcome::Ran(Counts { passed: 0, failed: 1 })).is_ok());
        assert!(required(Outcome::Ran(Counts { passed: 1, failed: 0 })).is_ok());
    }

    #[test]
    fn a_runner_that_dies_is_a_failure() {
        assert_eq!(
            counted(false, "error: could not compile"),
            Counts { passed: 0, failed: 1 }
        );
        assert_eq!(
            counted(false, "test result: FAILED. 1 passed; 2 failed; 0 ignored"),
            Counts { passed: 1, failed: 2 }
        );
        assert_eq!(counted(true, ""), Counts::default());
    }
}
