//! The command line.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::commands::{
    account, agency, backup, calculate, check_config, demo, doctor, export, import, migrate, restore, serve, worker,
};
use crate::failure::{Done, EXIT_STATUSES, Failure};

/// Abdi: performance management for Indonesian civil servants, from the staff list to the explained predikat.
///
/// `abdi demo` shows a fictional city at once. `abdi serve` runs your own installation: without any configuration it
/// keeps everything in data/abdi.db and answers on http://127.0.0.1:8080.
#[derive(Debug, Parser)]
#[command(name = "abdi", version, max_term_width = 100, after_help = EXIT_STATUSES, after_long_help = EXIT_STATUSES)]
struct Cli {
    /// Configuration file. Without it ./abdi.toml is read when it exists; ABDI_… variables override either
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "ABDI_CONFIG",
        hide_env_values = true
    )]
    config: Option<PathBuf>,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server (pages, and background work in the same process)
    Serve(serve::Args),
    /// Make a fictional city and show it on this machine
    Demo(demo::Args),
    /// Run only the background work, beside a server started with --no-worker
    Worker(worker::Args),
    /// Bring the database up to date with this program
    Migrate(migrate::Args),
    /// Read staff lists (units, positions, people) from XLSX or CSV
    Import(import::Args),
    /// Write lists as XLSX
    Export(export::Args),
    /// Repeat any official calculation: JSON objects in, JSON objects out
    Calculate(calculate::Args),
    /// Save everything into one file, whatever database it lies in
    Backup(backup::Args),
    /// Bring a saved file back into an empty database
    Restore(restore::Args),
    /// Check the configuration, and show it without its secrets
    CheckConfig(check_config::Args),
    /// Check the database and the trail of changes, and print the ends of its chains
    Doctor(doctor::Args),
    /// Agencies of this installation
    Agency(agency::Args),
    /// Accounts of administrators, forgotten passwords, the first code
    Account(account::Args),
}

/// Reads the command line, runs the command, and says on standard error what went wrong.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match dispatch(cli) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("abdi: {failure}");
            failure.code()
        }
    }
}

fn dispatch(cli: Cli) -> Done {
    let config = cli.config;
    match cli.command {
        Command::Calculate(args) => calculate::run(&args),
        Command::CheckConfig(args) => check_config::run(&args, config),
        Command::Serve(args) => block_on(serve::run(args, config)),
        Command::Demo(args) => block_on(demo::run(args)),
        Command::Worker(args) => block_on(worker::run(args, config)),
        Command::Migrate(args) => block_on(migrate::run(args, config)),
        Command::Import(args) => block_on(import::run(args, config)),
        Command::Export(args) => block_on(export::run(args, config)),
        Command::Backup(args) => block_on(backup::run(args, config)),
        Command::Restore(args) => block_on(restore::run(args, config)),
        Command::Doctor(args) => block_on(doctor::run(args, config)),
        Command::Agency(args) => block_on(agency::run(args, config)),
        Command::Account(args) => block_on(account::run(args, config)),
    }
}

fn block_on(work: impl Future<Output = Done>) -> Done {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| Failure::internal(format!("The machine gives no threads: {e}.")))?;
    let done = runtime.block_on(work);
    // what still blocks (a document being set) must not keep a stopped server alive
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    done
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }

    #[test]
    fn every_command_and_option_explains_itself() {
        fn check(command: &clap::Command) {
            assert!(command.get_about().is_some(), "{} has no help", command.get_name());
            for argument in command
                .get_arguments()
                .filter(|a| !matches!(a.get_id().as_str(), "help" | "version"))
            {
                assert!(
                    argument.get_help().is_some(),
                    "{} {} has no help",
                    command.get_name(),
                    argument.get_id()
                );
            }
            command
                .get_subcommands()
                .filter(|c| c.get_name() != "help")
                .for_each(check);
        }
        check(&super::Cli::command());
    }
}
