use std::path::PathBuf;

use crate::config;
use crate::failure::{Done, done};
use crate::output::{say, table};

/// Checks the configuration and shows what is in force: each key, its value (without secrets) and where it comes from.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  abdi check-config
  abdi check-config --print-default > abdi.toml")]
pub struct Args {
    /// Print a documented file with every key at its default, and check nothing
    #[arg(long)]
    print_default: bool,
}

/// Runs the command.
pub fn run(args: &Args, file: Option<PathBuf>) -> Done {
    if args.print_default {
        say(config::example().trim_end());
        return done();
    }
    let loaded = config::load(file)?;
    let rows: Vec<Vec<String>> = loaded
        .lines()
        .into_iter()
        .map(|(key, value, origin)| vec![key, value, origin.to_string()])
        .collect();
    table(&["key", "value", "from"], &rows);
    say("");
    say(format!(
        "The configuration can be used. People reach the installation at {}",
        loaded.config.public_url(loaded.config.server.listen)
    ));
    done()
}
