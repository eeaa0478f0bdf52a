use std::path::PathBuf;

use clap::Subcommand;
use kernel::{Code as _, Zone};
use org::agency::{CreateError, NewAgency};

use crate::failure::{Done, Failure, done};
use crate::installation::Installation;
use crate::output::{say, table};

/// Agencies of this installation. One installation may serve many; the first is usually made in the browser together
/// with its administrator.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the agencies
    List,
    /// Make an agency
    #[command(
        after_help = "Example:\n  abdi agency create KOTACONTOH \"Pemerintah Kota Contoh\" --region \"Kota Contoh\" --zone WITA"
    )]
    Create {
        /// Short code: letters, digits, '.', '-' or '_'
        code: String,
        /// Full name
        name: String,
        /// City or district, as it is printed before a date
        #[arg(long)]
        region: String,
        /// Time zone: WIB, WITA or WIT
        #[arg(long, default_value = "WIB", value_parser = zone)]
        zone: Zone,
    },
}

/// Reads a time zone.
pub fn zone(text: &str) -> Result<Zone, String> {
    Zone::from_code(&text.to_ascii_uppercase()).map_err(|_| "one of WIB, WITA, WIT".to_owned())
}

/// Runs the command.
pub async fn run(args: Args, file: Option<PathBuf>) -> Done {
    match args.command {
        Command::List => {
            let house = Installation::open(file).await?;
            let all = db::read!(house.db, async |tx| org::agency::unscoped_all(tx).await)?;
            let rows: Vec<Vec<String>> = all
                .into_iter()
                .map(|a| {
                    vec![
                        a.code,
                        a.name,
                        a.region,
                        a.zone.code().to_owned(),
                        if a.is_demo { "fictional" } else { "" }.to_owned(),
                    ]
                })
                .collect();
            table(&["code", "name", "region", "zone", ""], &rows);
        }
        Command::Create {
            code,
            name,
            region,
            zone,
        } => {
            let house = Installation::open_or_make(file).await?;
            house.db.migrate(house.ctx.now()).await?;
            let new = NewAgency {
                code,
                name,
                region,
                zone,
                is_demo: false,
            };
            let made = db::write!(house.db, async |tx| org::agency::create(tx, &house.ctx, &new).await);
            made.map_err(|error| match error {
                CreateError::Internal(error) => Failure::from(error),
                other => Failure::usage(format!("The agency was not made: {other}.")),
            })?;
            say(format!(
                "Agency {} is there. Make its administrator with `abdi account create`.",
                new.code.to_ascii_uppercase()
            ));
        }
    }
    done()
}
