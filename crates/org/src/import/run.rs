use std::ops::ControlFlow;

use db::{Db, Tx};
use documents::{Head, Limits, Notice, ReadError, ReadOptions, TableFile};
use jiff::civil::Date;
use kernel::Ctx;
use policy::Permit;
use sha2::{Digest, Sha256};

use super::column::{SheetRole, recognise_in};
use super::parse::{Layout, Parsed, parse};
use super::plan::Plan;
use super::{Column, Finding, FindingKind, Report, apply, known, plan};
use crate::projection::{self, Affected};

/// What to do with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Only say what would happen.
    DryRun,
    /// Do it.
    Apply,
}

kernel::codes! {
    /// Where an import stands.
    pub enum Stage {
        /// Reads the file.
        Read = "BACA",
        /// Compares with the database.
        Plan = "BANDINGKAN",
        /// Writes.
        Write = "TULIS",
        /// Makes the employee list anew.
        Refresh = "SEGARKAN",
    }
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Stage.
    pub stage: Stage,
    /// Rows done in this stage.
    pub done: u64,
    /// Rows in all; zero while unknown.
    pub total: u64,
}

/// Why a file was not taken at all.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is no table that can be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Columns are missing.
    #[error("the sheet {sheet:?} lacks columns: {columns:?}")]
    MissingColumns {
        /// Sheet.
        sheet: String,
        /// Which.
        columns: Vec<Column>,
    },
    /// Two headings mean the same column.
    #[error("the headings {headings:?} mean the same column {column}")]
    ColumnTwice {
        /// The column.
        column: Column,
        /// Its headings.
        headings: Vec<String>,
    },
    /// There is a header and nothing below it.
    #[error("the file has no rows")]
    NoRows,
    /// The agency does not exist.
    #[error("no such agency")]
    NoAgency,
    /// Stopped on request; nothing was changed.
    #[error("stopped; nothing was changed")]
    Cancelled,
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Reports progress and hears whether to go on.
pub(super) struct Watch<'a> {
    tell: &'a mut (dyn FnMut(Progress) -> bool + Send),
    now: Progress,
}

impl<'a> Watch<'a> {
    pub(super) fn new(tell: &'a mut (dyn FnMut(Progress) -> bool + Send)) -> Self {
        Self {
            tell,
            now: Progress {
                stage: Stage::Read,
                done: 0,
                total: 0,
            },
        }
    }

    pub(super) fn begin(&mut self, stage: Stage, total: usize) -> Result<(), ImportError> {
        self.now = Progress {
            stage,
            done: 0,
            total: total as u64,
        };
        self.ask()
    }

    fn ask(&mut self) -> Result<(), ImportError> {
        if (self.tell)(self.now) {
            Ok(())
        } else {
            Err(ImportError::Cancelled)
        }
    }

    fn count(&mut self, more: usize) -> Result<(), ImportError> {
        self.now.done += more as u64;
        self.ask()
    }

    /// Reports and lets other tasks of the thread run.
    pub(super) async fn step(&mut self, more: usize) -> Result<(), ImportError> {
        self.count(more)?;
        tokio::task::yield_now().await;
        Ok(())
    }
}

/// A file that was read, before anybody looked into the database.
pub(super) struct ReadFile {
    pub(super) sheets: Vec<String>,
    pub(super) rows: Vec<Parsed>,
    pub(super) findings: Vec<Finding>,
}

/// Reads a staff list and says what it would do, or does it. `progress` is told how far it is; when it answers false,
/// everything is rolled back.
///
/// # Errors
/// [`ImportError`] when the file as a whole cannot be taken. Rejected rows are no error: they are in the report.
pub async fn run_file(
    db: &Db,
    ctx: &Ctx,
    permit: &Permit,
    bytes: &[u8],
    file_name: &str,
    mode: Mode,
    progress: &mut (dyn FnMut(Progress) -> bool + Send),
) -> Result<Report, ImportError> {
    let mut watch = Watch::new(progress);
    let agency = db::read!(db, async |tx| crate::agency::by_id(tx, permit.agency()).await)?;
    let today = agency.ok_or(ImportError::NoAgency)?.today(ctx);
    let file = read_file(bytes, file_name, today, &mut watch)?;
    match mode {
        Mode::DryRun => db::read!(db, async |tx| {
            let made = made(tx, ctx, permit, today, &file, &mut watch).await?;
            Ok::<_, ImportError>(report(&file, &made))
        }),
        Mode::Apply => {
            let digest = hex(&Sha256::digest(bytes));
            db::write!(db, async |tx| write(
                tx, ctx, permit, today, &file, file_name, &digest, &mut watch
            )
            .await)
        }
    }
}

async fn made(
    tx: &mut Tx,
    ctx: &Ctx,
    permit: &Permit,
    today: Date,
    file: &ReadFile,
    watch: &mut Watch<'_>,
) -> Result<Plan, ImportError> {
    watch.begin(Stage::Plan, file.rows.len())?;
    let known = known::load(tx, permit.agency(), today).await?;
    let made = plan::plan(ctx, today, &file.sheets, &file.rows, &known);
    watch.step(file.rows.len()).await?;
    Ok(made)
}

/// Plans and writes in the open transaction.
pub(super) async fn write(
    tx: &mut Tx,
    ctx: &Ctx,
    permit: &Permit,
    today: Date,
    file: &ReadFile,
    file_name: &str,
    digest: &str,
    watch: &mut Watch<'_>,
) -> Result<Report, ImportError> {
    let agency = permit.agency();
    let made = made(tx, ctx, permit, today, file, watch).await?;
    let report = report(file, &made);
    if made.is_empty() {
        return Ok(report);
    }
    apply::apply(tx, agency, today, ctx.now(), &made, watch).await?;
    watch.begin(Stage::Refresh, file.rows.len())?;
    projection::refresh(tx, agency, today, Affected::All).await?;
    let detail = serde_json::json!({
        "file": file_name, "sha256": digest, "rows": report.rows, "new": report.new, "changed": report.changed,
        "rejected": report.rejected, "units_new": report.units_new, "units_changed": report.units_changed,
    });
    let entry = audit::Entry {
        verb: "staff.import",
        kind: policy::Kind::Agency,
        subject: agency.uuid(),
        detail,
    };
    audit::record(tx, ctx, permit, entry).await?;
    watch.step(file.rows.len()).await?;
    Ok(report)
}

fn report(file: &ReadFile, made: &Plan) -> Report {
    let mut report = Report {
        units_new: made.rows.units.len() as u64,
        units_changed: made.unit_updates.iter().filter(|u| u.history).count() as u64,
        positions_new: made.rows.positions.len() as u64,
        people_new: made.rows.people.len() as u64,
        ..Report::default()
    };
    report.count(&made.outcomes);
    let mut findings = file.findings.clone();
    findings.extend(made.findings.iter().cloned());
    report.keep(findings);
    report
}

/// Reads all sheets of a file into typed rows.
pub(super) fn read_file(
    bytes: &[u8],
    file_name: &str,
    today: Date,
    watch: &mut Watch<'_>,
) -> Result<ReadFile, ImportError> {
    watch.begin(Stage::Read, 0)?;
    let mut file = ReadFile {
        sheets: Vec::new(),
        rows: Vec::new(),
        findings: Vec::new(),
    };
    for (mut table, layout) in open_tables(bytes, file_name, today, &mut file.findings)? {
        let sheet = u8::try_from(file.sheets.len()).unwrap_or(u8::MAX);
        file.sheets.push(layout.sheet.clone());
        let mut stopped = Ok(());
        let mut seen = 0_usize;
        let notices = table.for_each_row(|row| {
            file.rows.extend(parse(&layout, sheet, &row, &mut file.findings));
            seen += 1;
            if seen.is_multiple_of(1_000) {
                stopped = watch.count(1_000);
            }
            if stopped.is_ok() {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        stopped?;
        file.findings.extend(notices.iter().map(|n| notice(&layout.sheet, n)));
    }
    if file.rows.is_empty() {
        return Err(ImportError::NoRows);
    }
    Ok(file)
}

/// Opens the sheet of people, and where a workbook has them the sheets of units and positions before it.
pub(super) fn open_tables<'a>(
    bytes: &'a [u8],
    file_name: &str,
    today: Date,
    findings: &mut Vec<Finding>,
) -> Result<Vec<(TableFile<'a>, Layout)>, ImportError> {
    let main = open_sheet(bytes, file_name, SheetRole::People)?;
    let apart = main.head().sheet.eq_ignore_ascii_case(SheetRole::People.sheet());
    let mut tables = Vec::new();
    if apart {
        for role in [SheetRole::Units, SheetRole::Positions] {
            let table = open_sheet(bytes, file_name, role)?;
            // without such a sheet the reader gives another one
            if table.head().sheet.eq_ignore_ascii_case(role.sheet()) {
                let layout = layout(table.head(), role, today, findings)?;
                tables.push((table, layout));
            }
        }
    }
    let role = if apart { SheetRole::People } else { role_of(main.head()) };
    let layout = layout(main.head(), role, today, findings)?;
    findings.extend(main.head().notices.iter().map(|n| notice(&layout.sheet, n)));
    tables.push((main, layout));
    Ok(tables)
}

fn open_sheet<'a>(bytes: &'a [u8], file_name: &str, role: SheetRole) -> Result<TableFile<'a>, ReadError> {
    let least = if role == SheetRole::People { 3 } else { 2 };
    let is_header = |cells: &[String]| cells.iter().filter(|c| recognise_in(role, c).is_some()).count() >= least;
    let options = ReadOptions {
        limits: Limits::default(),
        sheet: Some(role.sheet()),
        is_header: Some(&is_header),
    };
    TableFile::open(bytes, file_name, options)
}

/// A single table without people may still describe positions or units.
fn role_of(head: &Head) -> SheetRole {
    let has = |column| {
        head.header
            .iter()
            .any(|h| recognise_in(SheetRole::People, h) == Some(column))
    };
    if has(Column::Number) || has(Column::Name) || !has(Column::UnitCode) {
        SheetRole::People
    } else if has(Column::PositionTitle) {
        SheetRole::Positions
    } else {
        SheetRole::Units
    }
}

fn layout(head: &Head, role: SheetRole, today: Date, findings: &mut Vec<Finding>) -> Result<Layout, ImportError> {
    let columns: Vec<Option<Column>> = head.header.iter().map(|h| recognise_in(role, h)).collect();
    for column in columns.iter().flatten() {
        let same = |(c, h): (&Option<Column>, &String)| (*c == Some(*column)).then(|| h.clone());
        let headings: Vec<String> = columns.iter().zip(&head.header).filter_map(same).collect();
        if headings.len() > 1 {
            return Err(ImportError::ColumnTwice {
                column: *column,
                headings,
            });
        }
    }
    let missing: Vec<Column> = role
        .required()
        .iter()
        .copied()
        .filter(|c| !columns.contains(&Some(*c)))
        .collect();
    if !missing.is_empty() {
        return Err(ImportError::MissingColumns {
            sheet: head.sheet.clone(),
            columns: missing,
        });
    }
    for (heading, column) in head.header.iter().zip(&columns) {
        // "No" or "Nomor" counts rows and surprises nobody
        if column.is_none() && !heading.is_empty() && !matches!(kernel::fold_name(heading).as_str(), "no" | "nomor") {
            findings.push(Finding::new(&head.sheet, 0, None, FindingKind::UnknownColumn, heading));
        }
    }
    Ok(Layout {
        role,
        sheet: head.sheet.clone(),
        columns,
        header: head.header.clone(),
        today,
    })
}

fn notice(sheet: &str, notice: &Notice) -> Finding {
    let (kind, value) = match notice {
        Notice::OtherSheets { names } => (FindingKind::OtherSheets, names.join(", ")),
        Notice::HiddenSheets { names } => (FindingKind::HiddenSheets, names.join(", ")),
        Notice::HiddenRows { count, first } => (FindingKind::HiddenRows, format!("{count} ({first})")),
        Notice::HiddenColumns { columns } => {
            let columns: Vec<String> = columns.iter().map(u16::to_string).collect();
            (FindingKind::HiddenColumns, columns.join(", "))
        }
        Notice::MergedCells { count, first } => (FindingKind::MergedCells, format!("{count} ({first})")),
        Notice::Formulas { count, first } => (FindingKind::Formulas, format!("{count} ({first})")),
        Notice::Macros => (FindingKind::Macros, String::new()),
        Notice::ExternalLinks => (FindingKind::ExternalLinks, String::new()),
        Notice::EncodingGuessed { encoding } => (FindingKind::EncodingGuessed, (*encoding).to_owned()),
        Notice::NameMismatch => (FindingKind::NameMismatch, String::new()),
        Notice::EmptyHeading { column } => (FindingKind::EmptyHeading, column.to_string()),
        Notice::RowsAboveHeader { count } => (FindingKind::RowsAboveHeader, count.to_string()),
    };
    Finding::new(sheet, 0, None, kind, &value)
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
