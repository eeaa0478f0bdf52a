//! The work on Abdi that is not Abdi: what a build has to pass, a PostgreSQL of its own, measurements.
//!
//! `cargo xtask test` is what continuous integration runs, and nothing else runs there.

mod allow;
mod bench;
mod check;
mod pg;
mod process;
mod rust_source;
mod statements;
mod test;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Checks, tests and measurements of Abdi")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Everything that continuous integration checks, in stages
    Test {
        /// Only this stage; may be given more than once
        #[arg(long, value_name = "NAME")]
        stage: Vec<String>,
        /// Leaves the PostgreSQL of the tests running, to look at what they left in it
        #[arg(long)]
        keep: bool,
    },
    /// The rules of the house, which need no compiler
    Check,
    /// Which statements of the last test run were not executed on both database engines
    Statements,
    /// A PostgreSQL of its own for work by hand
    Pg {
        #[command(subcommand)]
        action: PgAction,
    },
    /// Measures the release build
    Bench(bench::Options),
}

#[derive(Subcommand)]
enum PgAction {
    /// Starts it and prints its URL
    Start,
    /// Stops it and deletes its data
    Stop,
    /// Prints its URL
    Url,
    /// Runs a program with ABDI_TEST_POSTGRES_URL set to another server, which ends with it
    Run {
        /// The program and its arguments, after `--`
        #[arg(required = true, last = true)]
        program: Vec<String>,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether everything that was asked for is in order.
fn run(arguments: Arguments) -> Result<bool> {
    let workspace = Workspace::find()?;
    match arguments.command {
        Command::Test { stage, keep } => test::run(&workspace, &stage, keep),
        Command::Check => Ok(check::run(&workspace)?.failed == 0),
        Command::Statements => statements::run(&workspace),
        Command::Pg { action } => {
            match action {
                PgAction::Start => println!("{}", pg::start_by_hand(&workspace)?),
                PgAction::Stop => pg::stop_by_hand(&workspace)?,
                PgAction::Run { program } => return pg::run_with(&workspace, &program),
                PgAction::Url => println!("{}", pg::url_by_hand(&workspace)?),
            }
            Ok(true)
        }
        Command::Bench(options) => bench::run(&workspace, &options),
    }
}
