use std::path::PathBuf;

use crate::failure::{Done, done, with_problems};
use crate::installation::Installation;
use crate::output::say;

/// Brings the database up to date with this program. Each step is one transaction: an interrupted run goes on where it
/// stopped, and running it again changes nothing. `abdi serve` does the same when it starts.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only say whether the database is up to date (exit status 1 when it is not)
    #[arg(long)]
    status: bool,
}

/// Runs the command.
pub async fn run(args: Args, file: Option<PathBuf>) -> Done {
    if args.status {
        let config = crate::config::load(file.clone())?.config;
        if config.database.url.url().file().is_some_and(|path| !path.exists()) {
            say("There is no database yet.");
            return with_problems();
        }
        let house = Installation::open_or_make(file).await?;
        return if house.db.is_current().await? {
            say("The database is up to date.");
            done()
        } else {
            say("The database is not up to date: run `abdi migrate`.");
            with_problems()
        };
    }
    let house = Installation::open_or_make(file).await?;
    let applied = house.db.migrate(house.ctx.now()).await?;
    match applied.now.as_slice() {
        [] => say("The database was up to date."),
        [one] => say(format!("Applied migration {one}.")),
        [first, .., last] => say(format!("Applied migrations {first} to {last}.")),
    }
    done()
}
