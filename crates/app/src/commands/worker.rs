use std::path::PathBuf;

use crate::failure::{Done, done};
use crate::installation::Installation;
use crate::output::say;
use crate::server::{asked, stop_signal};

/// Does background work (imports, daily refresh) until it is told to stop. Several may run beside one another.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Do the work that is due, then stop
    #[arg(long)]
    once: bool,
}

/// Runs the command.
pub async fn run(args: Args, file: Option<PathBuf>) -> Done {
    let house = Installation::open(file).await?;
    let worker = crate::worker::build(house.db.clone(), house.ctx.clone());
    crate::worker::schedule(&house.db, &house.ctx).await?;
    if args.once {
        let count = worker.drain().await?;
        say(format!("{count} jobs done."));
        return done();
    }
    say("Waiting for work. Stop with Ctrl+C.");
    let mut stop = stop_signal()?;
    worker.run_until(async move { asked(&mut stop).await }).await;
    done()
}
