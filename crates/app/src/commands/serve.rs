use std::path::PathBuf;

use crate::failure::{Done, Failure, done};
use crate::installation::{Installation, forms};
use crate::output::say;
use crate::server::{self, Parts};

/// Runs the server until it is told to stop (Ctrl+C). Requests that have begun are finished, for at most ten seconds.
///
/// At the first start, while nobody has an account, a one-time code is printed: with it the first administrator is made
/// in the browser. There is no default password.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  abdi serve
  ABDI_DATABASE_URL=postgres://abdi:…@db.kotacontoh.go.id/abdi abdi serve --config /etc/abdi.toml")]
pub struct Args {
    /// Do not bring the database up to date; stop if it is not
    #[arg(long)]
    no_migrate: bool,
    /// Leave background work to `abdi worker`
    #[arg(long)]
    no_worker: bool,
}

/// Runs the command.
pub async fn run(args: Args, file: Option<PathBuf>) -> Done {
    let house = if args.no_migrate {
        Installation::open(file).await?
    } else {
        let house = Installation::open_or_make(file).await?;
        house.db.migrate(house.ctx.now()).await?;
        house
    };
    no_demo_in_public(&house, &house.config.public_url(house.config.server.listen)).await?;
    let blobs = house.blobs()?;
    let listener = server::listen(house.config.server.listen).await?;
    let address = listener.local_addr().map_err(|e| Failure::internal(e.to_string()))?;
    let public_url = house.config.public_url(address);
    say(format!("Abdi is ready at {public_url}"));
    if let Some(code) = access::first_code::issue(&house.db, &house.ctx).await? {
        say("");
        say("This installation has no administrator yet. Open the page and enter the code, within 24 hours:");
        say(format!("  page  {public_url}/mulai-awal"));
        say(format!("  code  {}", code.reveal()));
    }
    let parts = Parts {
        db: house.db,
        ctx: house.ctx,
        gate: house.config.gate(),
        public_url,
        trusted_proxies: house.config.server.trusted_proxies,
        blobs,
        forms: forms(),
        with_worker: !args.no_worker,
    };
    server::run(parts, listener).await?;
    done()
}

/// Everybody knows the passwords of a demo city: it is never shown to other machines.
async fn no_demo_in_public(house: &Installation, public_url: &str) -> Result<(), Failure> {
    if house.config.server.listen.ip().is_loopback() && public_url.starts_with("http://") {
        return Ok(());
    }
    let agencies = db::read!(house.db, async |tx| org::agency::unscoped_all(tx).await)?;
    match agencies.iter().find(|a| a.is_demo) {
        Some(agency) => Err(Failure::not_safe(format!(
            "This database holds the fictional agency {}, whose passwords everybody knows. Use another database, or show \
             it on this machine only with `abdi demo`.",
            agency.code
        ))),
        None => Ok(()),
    }
}
