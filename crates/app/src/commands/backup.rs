use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use db::dump::DumpError;
use indicatif::ProgressBar;

use crate::archive::{self, Writer};
use crate::failure::{Done, Failure, done, with_problems};
use crate::installation::Installation;
use crate::output::{count, say};

/// Saves the database and the uploaded files into one file, as of one moment, while the server goes on.
///
/// The file belongs to no database engine: saved from SQLite it can be brought back into PostgreSQL, and the other way.
/// It holds personal data and the keys of second factors: it is made readable for you alone, and belongs on an
/// encrypted disk. Sessions and one-time codes are left out.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  abdi backup cadangan-2026-11-22.jsonl.gz
  abdi backup - | age -r age1… > cadangan.age")]
pub struct Args {
    /// File to make; packed when it ends with .gz; `-` writes to standard output
    #[arg(value_name = "OUT")]
    out: PathBuf,
}

/// Runs the command.
pub async fn run(args: Args, file: Option<PathBuf>) -> Done {
    let house = Installation::open(file).await?;
    let folder = house.config.files().to_owned();
    let bar = bar();
    let mut progress = |table: &str, rows: u64| bar.set_message(format!("{table}, {} rows", count(rows)));
    if args.out == Path::new("-") {
        let mut out = io::BufWriter::new(io::stdout().lock());
        let made = db::dump::backup(&house.db, house.ctx.now(), &mut out, &mut progress)
            .await
            .map_err(failure)?;
        let files = archive::write_files(&mut out, &folder).and_then(|files| out.flush().map(|()| files));
        let files = files.map_err(|e| Failure::file(&folder, &e))?;
        bar.finish_and_clear();
        eprintln!(
            "{} rows, {} files, SHA-256 {}",
            count(made.rows),
            count(files.files),
            made.digest
        );
        return if files.damaged.is_empty() {
            done()
        } else {
            with_problems()
        };
    }
    if args.out.exists() {
        return Err(Failure::not_safe(format!(
            "{} exists already; choose another name.",
            args.out.display()
        )));
    }
    // a name of its own until it is whole, so that half a backup never looks like one
    let partial = args.out.with_added_extension("partial");
    let result = write(&house, &args.out, &partial, &folder, &mut progress).await;
    bar.finish_and_clear();
    let (made, files) = match result {
        Ok(both) => both,
        Err(failure) => {
            let _ = std::fs::remove_file(&partial);
            return Err(failure);
        }
    };
    say(format!(
        "Saved {} rows and {} files into {}",
        count(made.rows),
        count(files.files),
        args.out.display()
    ));
    say(format!("SHA-256 of the content: {}", made.digest));
    for name in &files.damaged {
        say(format!("PROBLEM  the file {name} has changed on disk and was left out"));
    }
    if files.damaged.is_empty() {
        done()
    } else {
        with_problems()
    }
}

async fn write(
    house: &Installation,
    out: &Path,
    partial: &Path,
    folder: &Path,
    progress: db::dump::Progress<'_>,
) -> Result<(db::dump::Made, archive::Checked), Failure> {
    let on_out = |e: io::Error| Failure::file(out, &e);
    let is_packed = out.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz"));
    let mut writer = Writer::create(partial, is_packed).map_err(|e| match e.kind() {
        io::ErrorKind::AlreadyExists => Failure::not_safe(format!(
            "{} exists: another backup is being made, or one was broken off. Remove it and try again.",
            partial.display()
        )),
        _ => on_out(e),
    })?;
    let made = db::dump::backup(&house.db, house.ctx.now(), &mut writer, progress)
        .await
        .map_err(failure)?;
    let files = archive::write_files(&mut writer, folder).map_err(on_out)?;
    writer.finish().map_err(on_out)?;
    std::fs::rename(partial, out).map_err(on_out)?;
    Ok((made, files))
}

/// A line that moves while tables are read or written; nothing where nobody looks.
pub fn bar() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    bar.enable_steady_tick(std::time::Duration::from_millis(120));
    bar
}

/// What to tell about a failed backup or restore.
pub fn failure(error: DumpError) -> Failure {
    match error {
        DumpError::Database(error) => error.into(),
        DumpError::Migrate(error) => error.into(),
        DumpError::NotEmpty { tables } => Failure::not_safe(format!(
            "The database holds data already ({}). Restore into a new one: nothing was changed.",
            tables.join(", ")
        )),
        DumpError::NotMigrated => {
            Failure::usage("The database is not up to date with this program. Run `abdi migrate` first.")
        }
        DumpError::NotABackup => Failure::usage("This file is not a backup made by `abdi backup`."),
        DumpError::OtherVersion { .. } => Failure::not_safe(format!("Nothing was restored: {error}.")),
        DumpError::Damaged { .. } => Failure::not_safe(format!(
            "Nothing was restored: {error}. Use another copy of the backup."
        )),
        DumpError::Schema(_) => Failure::internal(error.to_string()),
        DumpError::Io(error) => Failure::usage(format!("Reading or writing failed: {error}.")),
    }
}
