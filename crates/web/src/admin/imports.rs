//! Staff lists: a file is read and compared, a person looks at what would happen, and a job applies it.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path, State};
use documents::ReadError;
use http::{HeaderValue, StatusCode};
use i18n::Texts;
use kernel::Code;
use org::import::{
    ConfirmError, DiscardError, Finding, ImportError, ImportState, Report, Severity, StoredImport, UploadError,
};
use org::model::StaffImportId;
use policy::Action;

use super::words::{self, moment};
use crate::shared::findings::finding;
use crate::shared::words::Tag;
use crate::shared::{
    AppState, Field, FieldKind, FormData, Nav, PageError, PageResult, Problem, Problems, QueryData, Shell, Staff, page,
    page_with_status, see_other,
};

struct Recent {
    href: String,
    name: String,
    when: String,
    counts: String,
    state: Tag,
}

#[derive(Template)]
#[template(path = "admin/imports.html")]
struct ImportsView {
    shell: Shell,
    t: Texts,
    crumbs: Vec<(String, String)>,
    problems: Vec<(&'static str, String)>,
    file: Field,
    recent: Vec<Recent>,
}

/// `GET /kelola/impor`
pub(super) async fn list(staff: Staff, State(app): State<AppState>) -> PageResult {
    super::agency(&staff, Action::Manage)?;
    page(&list_page(&staff, &app, &Problems::none()).await?)
}

async fn list_page(staff: &Staff, app: &AppState, problems: &Problems) -> Result<ImportsView, PageError> {
    let agency = staff.session.agency.id;
    let recent = db::read!(app.db, async |tx| org::import::recent(tx, agency).await)?;
    let t = staff.t;
    let recent = recent
        .into_iter()
        .map(|i| Recent {
            href: format!("/kelola/impor/{}", i.id),
            when: moment(staff, i.created_at),
            counts: counts(t, &i.report),
            state: words::import_state(t, i.state),
            name: i.file_name,
        })
        .collect();
    Ok(list_view(
        t,
        Shell::staff(staff, Nav::Admin, t.admin_import()),
        recent,
        problems,
    ))
}

fn list_view(t: Texts, shell: Shell, recent: Vec<Recent>, problems: &Problems) -> ImportsView {
    ImportsView {
        shell: shell.problems(!problems.is_empty()),
        t,
        crumbs: vec![("/kelola".to_owned(), t.nav_admin().to_owned())],
        problems: problems.all(t),
        file: Field::new(t, "berkas", t.admin_import_file(), FieldKind::File(".xlsx,.xlsm,.csv"))
            .hint(t.admin_import_file_hint())
            .from(&FormData::default(), problems),
        recent,
    }
}

fn number(t: Texts, n: u64) -> String {
    t.number(i64::try_from(n).unwrap_or(i64::MAX))
}

fn counts(t: Texts, report: &Report) -> String {
    t.admin_import_counts(
        number(t, report.new),
        number(t, report.changed),
        number(t, report.same),
        number(t, report.rejected),
    )
}

/// Parts of a form that are looked at; a browser sends one.
const MOST_PARTS: usize = 8;

/// The file of the form: its name as it was sent, and what it holds.
async fn sent(form: Result<Multipart, MultipartRejection>) -> Result<Option<(String, Vec<u8>)>, PageError> {
    let Ok(mut form) = form else { return Ok(None) };
    for _ in 0..MOST_PARTS {
        // what breaks off or grows too large is not told apart here; both are helped by a smaller file
        let Some(part) = form.next_field().await.map_err(|_| PageError::TooLarge)? else {
            return Ok(None);
        };
        if part.name() != Some("berkas") {
            continue;
        }
        let name = part.file_name().unwrap_or_default();
        // some browsers send the whole path
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let bytes = part.bytes().await.map_err(|_| PageError::TooLarge)?;
        return Ok(Some((name, bytes.to_vec())));
    }
    Ok(None)
}

/// `POST /kelola/impor`: reads and compares; changes nothing yet.
pub(super) async fn upload(
    staff: Staff,
    State(app): State<AppState>,
    form: Result<Multipart, MultipartRejection>,
) -> PageResult {
    super::agency(&staff, Action::Manage)?;
    let t = staff.t;
    let mut problems = Problems::none();
    match sent(form).await? {
        Some((name, bytes)) if !bytes.is_empty() => {
            let (db, ctx, actor) = (app.db.clone(), app.ctx.clone(), staff.actor().clone());
            // reading takes seconds of one core: not on the threads that answer everybody else
            let reader = tokio::runtime::Handle::current();
            let done = tokio::task::spawn_blocking(move || {
                reader.block_on(org::import::upload(&db, &ctx, &actor, &name, &bytes))
            })
            .await
            .map_err(|e| PageError::internal(&e))?;
            match done {
                Ok(id) => return see_other(&format!("/kelola/impor/{id}")),
                Err(UploadError::Denied(denied)) => return Err(denied.into()),
                Err(UploadError::File(ImportError::Internal(error)) | UploadError::Internal(error)) => {
                    return Err(error.into());
                }
                Err(UploadError::File(error)) => problems.say("berkas", refused(t, &error)),
            }
        }
        Some(_) => problems.say("berkas", t.admin_import_empty()),
        None => problems.add("berkas", Problem::Required),
    }
    let view = list_page(&staff, &app, &problems).await?;
    page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// Why a file is not taken at all, and what to do.
fn refused(t: Texts, error: &ImportError) -> String {
    match error {
        ImportError::Read(error) => unreadable(t, error),
        ImportError::MissingColumns { columns, .. } => {
            t.admin_import_missing(columns.iter().map(|c| c.code()).collect::<Vec<_>>().join(", "))
        }
        ImportError::ColumnTwice { column, headings } => t.admin_import_twice(column.code(), headings.join(", ")),
        ImportError::NoRows => t.admin_import_no_rows().to_owned(),
        ImportError::NoAgency | ImportError::Cancelled | ImportError::Internal(_) => {
            t.admin_import_stopped().to_owned()
        }
    }
}

fn unreadable(t: Texts, error: &ReadError) -> String {
    match error {
        ReadError::Empty => t.admin_import_empty().to_owned(),
        ReadError::TooManyBytes { max } => t.admin_import_too_large(max / (1024 * 1024)),
        ReadError::TooMuchUnpacked { .. } => t.admin_import_unpacked().to_owned(),
        ReadError::TooManyRows { max } => t.admin_import_too_many_rows(t.number(i64::from(*max))),
        ReadError::TooManyColumns { max, row } => t.admin_import_too_many_columns(max, row),
        ReadError::NotATable => t.admin_import_not_a_table().to_owned(),
        ReadError::OldXls | ReadError::Ods | ReadError::BinaryWorkbook => t.admin_import_old_format().to_owned(),
        ReadError::Html | ReadError::Xml => t.admin_import_html().to_owned(),
        ReadError::PasswordProtected => t.admin_import_locked().to_owned(),
        ReadError::ForbiddenXml | ReadError::Damaged { .. } => t.admin_import_damaged().to_owned(),
        ReadError::NoVisibleSheet => t.admin_import_no_sheet().to_owned(),
        ReadError::NoRows => t.admin_import_no_rows().to_owned(),
        ReadError::DuplicateHeading { heading, .. } => t.admin_import_twice(heading, heading),
    }
}

struct FoundRow {
    place: String,
    outcome: Tag,
    sentences: Vec<String>,
}

#[derive(Template)]
#[template(path = "admin/import.html")]
struct ImportView {
    shell: Shell,
    t: Texts,
    crumbs: Vec<(String, String)>,
    id: String,
    state: Tag,
    lead: String,
    done: Option<&'static str>,
    figures: Vec<(String, &'static str)>,
    remarks: Vec<String>,
    rows: Vec<FoundRow>,
    rows_left: String,
    rejected_sheets: Vec<(String, String)>,
    waits: bool,
    queued: bool,
    stoppable: bool,
    failed: bool,
    nothing_to_do: bool,
}

pub(super) fn id_of(id: &str) -> Result<StaffImportId, PageError> {
    id.parse().map_err(|_| PageError::NotFound)
}

/// `GET /kelola/impor/{id}`: the report; while the job runs, the page asks again every two seconds.
pub(super) async fn show(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    QueryData(query): QueryData,
) -> PageResult {
    super::agency(&staff, Action::Manage)?;
    let (id, agency) = (id_of(&id)?, staff.session.agency.id);
    let (found, job) = db::read!(app.db, async |tx| {
        let found = org::import::find(tx, agency, id).await?;
        Ok::<_, PageError>((found, org::import::job(tx, agency, id).await?))
    })?;
    let found = found.ok_or(PageError::NotFound)?;
    let t = staff.t;
    let queued = found.state == ImportState::Queued;
    let stoppable = queued && job.is_some_and(|j| j.state == jobs::State::Waiting);
    let lead = lead(&staff, &found);
    let shell = Shell::staff(&staff, Nav::Admin, found.file_name.clone());
    let mut view = import_view(t, shell, &found, lead, stoppable);
    view.done = match query.raw("pesan") {
        "berjalan" => Some(t.admin_import_too_late()),
        "diputuskan" => Some(t.admin_import_decided()),
        _ => None,
    };
    let mut response = page(&view)?;
    if queued {
        response.headers_mut().insert("refresh", HeaderValue::from_static("2"));
    }
    Ok(response)
}

fn lead(staff: &Staff, found: &StoredImport) -> String {
    let t = staff.t;
    match (found.state, found.applied_at) {
        (ImportState::Applied, Some(at)) => t.admin_import_applied_at(moment(staff, at)),
        (ImportState::Checked, _) => t.admin_import_checked_at(moment(staff, found.created_at)),
        (ImportState::Queued, _) => t.admin_import_queued_text().to_owned(),
        (ImportState::Failed, _) => t.admin_import_failed_text().to_owned(),
        (ImportState::Discarded | ImportState::Applied, _) => t.admin_import_discarded_text().to_owned(),
    }
}

/// Rows shown; all rejected ones stand in the file.
const MOST_ROWS: usize = 200;

fn import_view(t: Texts, shell: Shell, found: &StoredImport, lead: String, stoppable: bool) -> ImportView {
    let report = &found.report;
    let mut by_row: BTreeMap<(&str, u32), Vec<&Finding>> = BTreeMap::new();
    for finding in report.findings.iter().filter(|f| f.row > 0) {
        by_row
            .entry((finding.sheet.as_str(), finding.row))
            .or_default()
            .push(finding);
    }
    let is_error = |f: &&Finding| f.kind.severity() == Severity::Error;
    let mut rows: Vec<_> = by_row.into_iter().collect();
    // what is not taken comes first
    rows.sort_by_key(|(place, findings)| (!findings.iter().any(is_error), *place));
    let left = rows.len().saturating_sub(MOST_ROWS);
    let mut sheets: Vec<&str> = report
        .findings
        .iter()
        .filter(|f| f.row > 0 && is_error(f))
        .map(|f| f.sheet.as_str())
        .collect();
    sheets.sort_unstable();
    sheets.dedup();
    let has_file = matches!(
        found.state,
        ImportState::Checked | ImportState::Queued | ImportState::Failed
    );
    let link = |sheet: &&str| {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("lembar", sheet)
            .finish();
        (
            (*sheet).to_owned(),
            format!("/kelola/impor/{}/ditolak.xlsx?{query}", found.id),
        )
    };
    ImportView {
        shell,
        t,
        crumbs: vec![
            ("/kelola".to_owned(), t.nav_admin().to_owned()),
            ("/kelola/impor".to_owned(), t.admin_import().to_owned()),
        ],
        id: found.id.to_string(),
        state: words::import_state(t, found.state),
        lead,
        done: None,
        figures: figures(t, report),
        remarks: report
            .findings
            .iter()
            .filter(|f| f.row == 0)
            .map(|f| sentence(t, f))
            .collect(),
        rows: rows
            .into_iter()
            .take(MOST_ROWS)
            .map(|((sheet, row), findings)| FoundRow {
                place: if sheet.is_empty() {
                    t.admin_import_row(row)
                } else {
                    t.admin_import_row_of(row, sheet)
                },
                outcome: outcome(t, &findings),
                sentences: findings.iter().map(|f| sentence(t, f)).collect(),
            })
            .collect(),
        rows_left: if left > 0 {
            t.admin_import_rows_left(t.number(i64::try_from(left).unwrap_or(i64::MAX)))
        } else {
            String::new()
        },
        rejected_sheets: if has_file {
            sheets.iter().map(link).collect()
        } else {
            Vec::new()
        },
        waits: found.state == ImportState::Checked,
        queued: found.state == ImportState::Queued,
        stoppable,
        failed: found.state == ImportState::Failed,
        nothing_to_do: report.changes_nothing(),
    }
}

fn figures(t: Texts, report: &Report) -> Vec<(String, &'static str)> {
    vec![
        (number(t, report.new), t.admin_import_new()),
        (number(t, report.changed), t.admin_import_changed()),
        (number(t, report.same), t.admin_import_same()),
        (number(t, report.rejected), t.admin_import_rejected()),
        (number(t, report.people_new), t.admin_import_people_new()),
        (number(t, report.units_new), t.admin_import_units_new()),
        (number(t, report.positions_new), t.admin_import_positions_new()),
    ]
}

fn outcome(t: Texts, findings: &[&Finding]) -> Tag {
    let has = |severity| findings.iter().any(|f| f.kind.severity() == severity);
    if has(Severity::Error) {
        Tag::new(t.admin_import_row_rejected(), "bad")
    } else if has(Severity::Warning) {
        Tag::new(t.admin_import_row_warning(), "warn")
    } else {
        Tag::new(t.admin_import_row_info(), "info")
    }
}

/// What is said about a file or a row, with the column and the value found.
pub(super) fn sentence(t: Texts, found: &Finding) -> String {
    let text = finding(t, found.kind);
    match (found.column, found.value.is_empty()) {
        (Some(column), false) => t.admin_import_said_of(column.code(), text, &found.value),
        (Some(column), true) => t.admin_import_said_column(column.code(), text),
        (None, false) => t.admin_import_said(text, &found.value),
        (None, true) => t.admin_import_said_plain(text),
    }
}

async fn known(staff: &Staff, app: &AppState, id: &str) -> Result<StaffImportId, PageError> {
    super::agency(staff, Action::Manage)?;
    let (id, agency) = (id_of(id)?, staff.session.agency.id);
    let found = db::read!(app.db, async |tx| org::import::find(tx, agency, id).await)?;
    found.map(|_| id).ok_or(PageError::NotFound)
}

/// `POST /kelola/impor/{id}/terapkan`
pub(super) async fn apply(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let id = known(&staff, &app, &id).await?;
    match org::import::confirm(&app.db, &app.ctx, staff.actor(), id).await {
        Ok(_) => see_other(&format!("/kelola/impor/{id}")),
        Err(error) => undecided(id, error),
    }
}

/// `POST /kelola/impor/{id}/batalkan`
pub(super) async fn cancel(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let id = known(&staff, &app, &id).await?;
    match org::import::cancel(&app.db, &app.ctx, staff.actor(), id).await {
        Ok(true) => see_other(&format!("/kelola/impor/{id}")),
        Ok(false) => see_other(&format!("/kelola/impor/{id}?pesan=berjalan")),
        Err(error) => undecided(id, error),
    }
}

fn undecided(id: StaffImportId, error: ConfirmError) -> PageResult {
    match error {
        ConfirmError::Denied(denied) => Err(denied.into()),
        ConfirmError::NotFound => Err(PageError::NotFound),
        ConfirmError::Decided => see_other(&format!("/kelola/impor/{id}?pesan=diputuskan")),
        ConfirmError::Internal(error) => Err(error.into()),
    }
}

/// `POST /kelola/impor/{id}/buang`
pub(super) async fn discard(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let id = known(&staff, &app, &id).await?;
    match org::import::discard(&app.db, staff.actor(), id).await {
        Ok(()) => see_other("/kelola/impor"),
        Err(DiscardError::Denied(denied)) => Err(denied.into()),
        Err(DiscardError::NotFound) => see_other(&format!("/kelola/impor/{id}?pesan=diputuskan")),
        Err(DiscardError::Internal(error)) => Err(error.into()),
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;
    use kernel::{Id, Instant};
    use org::import::{Column, FindingKind};

    /// The list, and a report in every state.
    pub(crate) fn all(t: Texts) -> Vec<String> {
        let found = |sheet: &str, row, column, kind| Finding {
            sheet: sheet.to_owned(),
            row,
            column,
            kind,
            value: if row % 2 == 0 { "<script>".into() } else { String::new() },
        };
        let mut findings = vec![
            found("", 0, None, FindingKind::HiddenSheets),
            found("Pegawai", 2, Some(Column::Number), FindingKind::NumberRounded),
            found("Pegawai", 3, Some(Column::Name), FindingKind::NameMissing),
            found("Pegawai", 4, None, FindingKind::RowHidden),
            found("Pegawai", 5, None, FindingKind::PersonMoved),
        ];
        findings.extend((10..240).map(|row| found("", row, None, FindingKind::RowHidden)));
        let report = Report {
            rows: 5,
            new: 1,
            rejected: 2,
            findings,
            ..Report::default()
        };
        let mut wrong = Problems::none();
        wrong.say("berkas", refused(t, &ImportError::Read(ReadError::OldXls)));
        let recent = Recent {
            href: "/kelola/impor/1".into(),
            name: "<script>.xlsx".into(),
            when: "22 November".into(),
            counts: counts(t, &report),
            state: words::import_state(t, ImportState::Failed),
        };
        let list = |recent, problems| list_view(t, Shell::sample(t, t.admin_import()), recent, problems).render();
        let mut pages = vec![list(vec![recent], &wrong), list(Vec::new(), &Problems::none())];
        for state in ImportState::ALL {
            let stored = StoredImport {
                id: Id::from_uuid(uuid::Uuid::from_u128(8)),
                file_name: "<script>".into(),
                state: *state,
                report: if *state == ImportState::Applied {
                    Report::default()
                } else {
                    report.clone()
                },
                created_by: None,
                created_at: Instant::from_micros(0),
                applied_at: None,
            };
            let shell = Shell::sample(t, "pegawai <b>.xlsx");
            pages.push(import_view(t, shell, &stored, "Kalimat".into(), true).render());
        }
        pages.into_iter().map(|page| page.expect("renders")).collect()
    }

    #[test]
    fn rejected_rows_come_first_and_no_more_than_two_hundred_are_shown() {
        let finding = |row, kind| Finding {
            sheet: String::new(),
            row,
            column: None,
            kind,
            value: String::new(),
        };
        let mut findings: Vec<Finding> = (2..300).map(|row| finding(row, FindingKind::RowHidden)).collect();
        findings.push(finding(400, FindingKind::NameMissing));
        let stored = StoredImport {
            id: Id::from_uuid(uuid::Uuid::from_u128(8)),
            file_name: "x".into(),
            state: ImportState::Checked,
            report: Report {
                findings,
                ..Report::default()
            },
            created_by: None,
            created_at: Instant::from_micros(0),
            applied_at: None,
        };
        let t = i18n::Lang::Id.texts();
        let view = import_view(t, Shell::sample(t, "x"), &stored, String::new(), false);
        assert_eq!(view.rows.len(), MOST_ROWS);
        assert_eq!(view.rows[0].place, t.admin_import_row(400));
        assert_eq!(view.rows_left, t.admin_import_rows_left(99));
        assert_eq!(view.rejected_sheets.len(), 1);
    }
}
