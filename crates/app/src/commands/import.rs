use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use documents::{Kind, ReadError, Sheet, Value};
use i18n::{Lang, Texts};
use indicatif::{ProgressBar, ProgressStyle};
use kernel::{AccountId, Code as _};
use org::agency::Agency;
use org::import::{Finding, ImportError, Mode, Progress, Report, Severity, Stage, rejected_rows, run_file};
use policy::Permit;
use web::shared::findings::finding;

use crate::failure::{Done, Failure, done, with_problems};
use crate::installation::Installation;
use crate::output::{count, say};

/// Reads lists from files of spreadsheet programs.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Units, positions and people of an agency
    Staff(Staff),
}

/// Reads a staff list: one row a person, with position and unit; XLSX or CSV, with headings in Indonesian.
///
/// Without --apply nothing is changed: the report says what would happen. With --apply the whole file is taken in one
/// transaction, except for its rejected rows; the same file again changes nothing. Exit status 1 when rows are rejected.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  abdi import staff pegawai.xlsx
  abdi import staff pegawai.xlsx --rejected ditolak.xlsx
  abdi import staff pegawai.csv --agency KOTACONTOH --apply")]
struct Staff {
    /// The list
    file: PathBuf,
    /// Code of the agency; may be left out while there is only one
    #[arg(long, value_name = "CODE")]
    agency: Option<String>,
    /// Make the changes, instead of only reporting them
    #[arg(long)]
    apply: bool,
    /// Write the rejected rows with their reasons into this file, to be corrected and imported again
    #[arg(long, value_name = "OUT.xlsx")]
    rejected: Option<PathBuf>,
    /// Findings to show at most; 0 shows all
    #[arg(long, value_name = "N", default_value_t = 40)]
    show: usize,
    /// Language of the findings
    #[arg(long, value_enum, default_value_t = Language::Id)]
    language: Language,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Language {
    /// Bahasa Indonesia
    Id,
    /// English
    En,
}

/// Larger files are no staff lists.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// Runs the command.
pub async fn run(args: Args, config: Option<PathBuf>) -> Done {
    let Command::Staff(args) = args.command;
    let size = std::fs::metadata(&args.file)
        .map_err(|e| Failure::file(&args.file, &e))?
        .len();
    if size > MOST_BYTES {
        return Err(Failure::usage(format!(
            "{} is larger than 64 MB: is it a staff list?",
            args.file.display()
        )));
    }
    let bytes = std::fs::read(&args.file).map_err(|e| Failure::file(&args.file, &e))?;
    if let Some(path) = args.rejected.as_deref().filter(|p| p.exists()) {
        return Err(Failure::not_safe(format!(
            "{} exists already; choose another name.",
            path.display()
        )));
    }
    let house = Installation::open(config).await?;
    let agency = house.agency(args.agency.as_deref()).await?;
    let name = args
        .file
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    let mode = if args.apply { Mode::Apply } else { Mode::DryRun };
    // nobody is signed in here: the trail names the agency as the one who acts
    let permit = Permit::system(agency.id, AccountId::from_uuid(agency.id.uuid()));
    let bar = bar();
    let mut tell = |progress: Progress| {
        show_progress(&bar, progress);
        true
    };
    let report = run_file(&house.db, &house.ctx, &permit, &bytes, &name, mode, &mut tell).await;
    bar.finish_and_clear();
    let report = report.map_err(|e| refused(&args.file, e))?;
    if mode == Mode::Apply && !report.changes_nothing() {
        house.db.analyze().await?;
    }
    let t = match args.language {
        Language::Id => Lang::Id,
        Language::En => Lang::En,
    }
    .texts();
    tell_report(&report, mode, t, args.show);
    if let Some(path) = args.rejected.filter(|_| report.rejected > 0) {
        let sheets = rejected_file(&bytes, &name, &report, &agency, &house, t).map_err(|e| refused(&args.file, e))?;
        for (at, bytes) in sheets.into_iter().enumerate() {
            let path = if at == 0 {
                path.clone()
            } else {
                path.with_extension(format!("{}.xlsx", at + 1))
            };
            write_new(&path, &bytes)?;
            say(format!("The rejected rows are in {}", path.display()));
        }
    }
    if report.rejected > 0 { with_problems() } else { done() }
}

fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{msg:<24} {bar:40} {human_pos}/{human_len} {elapsed}");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn show_progress(bar: &ProgressBar, progress: Progress) {
    bar.set_message(match progress.stage {
        Stage::Read => "reading",
        Stage::Plan => "comparing",
        Stage::Write => "writing",
        Stage::Refresh => "making the staff list",
    });
    bar.set_length(progress.total.max(progress.done));
    bar.set_position(progress.done);
}

fn tell_report(report: &Report, mode: Mode, t: Texts, most: usize) {
    let most = if most == 0 { usize::MAX } else { most };
    for finding in report.findings.iter().take(most) {
        say(sentence(finding, t));
    }
    let hidden = report.findings.len().saturating_sub(most) as u64 + report.findings_left_out;
    if hidden > 0 {
        say(format!(
            "… and {} more; --show 0 shows all, --rejected OUT.xlsx writes the rejected rows.",
            count(hidden)
        ));
    }
    if !report.findings.is_empty() {
        say("");
    }
    say(format!(
        "{} rows: {} new, {} changed, {} as known, {} rejected.",
        count(report.rows),
        count(report.new),
        count(report.changed),
        count(report.same),
        count(report.rejected)
    ));
    say(format!(
        "{} new units, {} changed units, {} new positions, {} new people.",
        count(report.units_new),
        count(report.units_changed),
        count(report.positions_new),
        count(report.people_new)
    ));
    say(match (mode, report.changes_nothing()) {
        (_, true) => "Nothing changes.",
        (Mode::DryRun, false) => "Nothing was changed: this was a trial. Add --apply to make the changes.",
        (Mode::Apply, false) => "The changes are made.",
    });
}

/// `TOLAK       baris 12, NIP: NIP harus terdiri atas 18 angka (1980)`
fn sentence(found: &Finding, t: Texts) -> String {
    let sheet = if found.sheet.is_empty() {
        String::new()
    } else {
        format!("{}!", found.sheet)
    };
    let place = match (found.row, found.column) {
        (0, _) => sheet.trim_end_matches('!').to_owned(),
        (row, None) => format!("{sheet}{row}"),
        (row, Some(column)) => format!("{sheet}{row} {}", column.code()),
    };
    let value = if found.value.is_empty() {
        String::new()
    } else {
        format!(" ({})", found.value)
    };
    format!(
        "{:<11} {place}: {}{value}",
        found.kind.severity().code(),
        finding(t, found.kind)
    )
}

/// One workbook a sheet of the file: its own headings, the rejected rows as they were, and the reasons.
fn rejected_file(
    bytes: &[u8],
    name: &str,
    report: &Report,
    agency: &Agency,
    house: &Installation,
    t: Texts,
) -> Result<Vec<Vec<u8>>, ImportError> {
    let mut files = Vec::new();
    for sheet in rejected_rows(bytes, name, report)? {
        let title = if sheet.sheet.is_empty() {
            name.to_owned()
        } else {
            format!("{name} – {}", sheet.sheet)
        };
        let mut out = Sheet::new("Ditolak", title, agency.today(&house.ctx));
        for heading in &sheet.header {
            out = out.column(heading.clone(), 22, Kind::Text);
        }
        out = out
            .column("Baris", 8, Kind::Integer)
            .column("Alasan penolakan", 80, Kind::Text);
        let rows = sheet.rows.into_iter().map(|row| {
            let reasons: Vec<String> = row
                .reasons
                .iter()
                .filter(|f| f.kind.severity() == Severity::Error)
                .map(|f| format!("{}: {}", f.column.map_or("", |c| c.code()), finding(t, f.kind)))
                .collect();
            let mut cells: Vec<Value> = row.cells.into_iter().map(Value::text).collect();
            cells.resize(sheet.header.len(), Value::Empty);
            cells.push(Value::Integer(i64::from(row.row)));
            cells.push(Value::text(reasons.join("; ")));
            cells
        });
        let written = out
            .write(rows)
            .map_err(|e| ImportError::Internal(db::Error::Engine(e.to_string())))?;
        files.push(written);
    }
    Ok(files)
}

/// Writes a file that must not exist yet.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    use std::io::Write as _;
    let mut options = std::fs::File::options();
    let written = options
        .write(true)
        .create_new(true)
        .open(path)
        .and_then(|mut file| file.write_all(bytes));
    written.map_err(|e| match e.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Failure::not_safe(format!("{} exists already; choose another name.", path.display()))
        }
        _ => Failure::file(path, &e),
    })
}

fn refused(file: &Path, error: ImportError) -> Failure {
    let file = file.display();
    match error {
        ImportError::Internal(error) => error.into(),
        ImportError::Read(ReadError::Empty) | ImportError::NoRows => Failure::usage(format!("{file} holds no rows.")),
        ImportError::MissingColumns { columns, .. } => {
            let names: Vec<&str> = columns.iter().map(|c| c.code()).collect();
            Failure::usage(format!(
                "{file} lacks the columns {}. Start from the template of the import page.",
                names.join(", ")
            ))
        }
        ImportError::ColumnTwice { column, headings } => Failure::usage(format!(
            "In {file} the headings {} all mean {}. Keep one of them.",
            headings.join(", "),
            column.code()
        )),
        other => Failure::usage(format!("{file} was not taken, and nothing was changed: {other}.")),
    }
}
