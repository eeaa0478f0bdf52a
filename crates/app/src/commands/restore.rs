use std::io;
use std::path::PathBuf;

use journal::blobs::BlobStore as _;

use crate::archive;
use crate::commands::backup::{bar, failure};
use crate::failure::{Done, Failure, done};
use crate::installation::Installation;
use crate::output::{count, say};

/// Brings a backup back into an empty database. A database that holds data is left alone.
///
/// The whole file is checked first, everything is written in one transaction, and the digest of the content is compared:
/// it is all there, or nothing is. People must sign in again.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  ABDI_DATABASE_URL=sqlite:data/baru.db abdi restore cadangan-2026-11-22.jsonl.gz")]
pub struct Args {
    /// File made by `abdi backup`
    #[arg(value_name = "IN")]
    input: PathBuf,
}

/// Runs the command.
pub async fn run(args: Args, file: Option<PathBuf>) -> Done {
    let on_input = |e: io::Error| match e.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
            Failure::not_safe(format!(
                "Nothing was restored: {} is not a whole backup ({e}).",
                args.input.display()
            ))
        }
        _ => Failure::file(&args.input, &e),
    };
    archive::verify(&args.input).map_err(on_input)?;
    let house = Installation::open_or_make(file).await?;
    let blobs = house.blobs()?;
    let mut input = archive::open(&args.input).map_err(on_input)?;
    let bar = bar();
    let mut progress = |table: &str, rows: u64| bar.set_message(format!("{table}, {} rows", count(rows)));
    let made = db::dump::restore(&house.db, house.ctx.now(), &mut *input, &mut progress)
        .await
        .map_err(failure)?;
    let files = archive::read_files(&mut *input, &mut |_, bytes| {
        blobs.put(bytes).map(drop).map_err(|e| io::Error::other(e.to_string()))
    });
    bar.finish_and_clear();
    let files = files.map_err(|e| {
        Failure::internal(format!(
            "The database is restored, but not all files: {e}. Free the folder {} and restore into a new database.",
            house.config.files().display()
        ))
    })?;
    say(format!(
        "Restored {} rows and {} files, as of {}",
        count(made.rows),
        count(files.files),
        moment(made.at)
    ));
    say(format!("SHA-256 of the content: {}", made.digest));
    done()
}

fn moment(micros: i64) -> String {
    kernel::Instant::from_micros(micros)
        .timestamp()
        .strftime("%Y-%m-%d %H:%M UTC")
        .to_string()
}
