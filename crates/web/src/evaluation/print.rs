//! Printed forms. A print is a record with a check code, so it is made by a POST: the form is set, its digest is
//! registered, and the reader is sent to the file. The file is not kept: the same data, sheet and moment give the same
//! bytes, and whatever differs from the registered digest is not handed out as that print.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use documents::{FormEngine, Paper, PrintError as EngineError, PrintedForm, file_stem};
use evaluation::commands::{PrintError, PrintInput, print};
use evaluation::forms::{PrintContext, SkpPage, dokumen_form, evaluasi_form, skp_form as form_of_skp, skp_page};
use evaluation::queries::EvaluationPage;
use evaluation::{CheckCode, DocumentKind, printed};
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};
use i18n::Texts;
use kernel::{Code, Ctx, EvaluationId, FixedClock, Instant, Period, SkpId};
use sha2::{Digest, Sha256};
use skp::access::AccessError;
use uuid::Uuid;

use super::words::when;
use crate::shared::{
    AppState, Choice, Field, FieldKind, FormData, Nav, PageError, PageResult, QueryData, Shell, Staff, page,
    page_with_status, see_other,
};

/// How often a form is set anew when its subject changes meanwhile.
const TRIES: u8 = 3;

/// What is printed.
enum Subject {
    Skp(Box<SkpPage>),
    Evaluation(DocumentKind, Box<EvaluationPage>),
}

impl Subject {
    /// Loads it, as long as the reader may see it.
    async fn load(app: &AppState, staff: &Staff, kind: DocumentKind, id: Uuid) -> Result<Self, PageError> {
        let actor = staff.actor();
        match kind {
            DocumentKind::Skp => {
                let id = SkpId::from_uuid(id);
                let found = db::read!(app.db, async |tx| skp_page(tx, actor, id).await);
                match found {
                    Ok(found) => Ok(Self::Skp(Box::new(found))),
                    Err(AccessError::NotFound) => Err(PageError::NotFound),
                    Err(AccessError::Denied(denied)) => Err(denied.into()),
                    Err(AccessError::Internal(error)) => Err(error.into()),
                }
            }
            DocumentKind::Evaluasi | DocumentKind::DokumenEvaluasi => {
                let opened = super::show::open(app, staff, EvaluationId::from_uuid(id)).await?;
                if actor.person == Some(opened.page.row.person_id) && opened.page.row.status.is_open() {
                    // nothing of it is the employee's to see yet
                    return Err(PageError::NotFound);
                }
                Ok(Self::Evaluation(kind, Box::new(opened.page)))
            }
        }
    }

    fn kind(&self) -> DocumentKind {
        match self {
            Self::Skp(_) => DocumentKind::Skp,
            Self::Evaluation(kind, _) => *kind,
        }
    }

    fn id(&self) -> Uuid {
        match self {
            Self::Skp(page) => page.skp.skp.id.uuid(),
            Self::Evaluation(_, page) => page.row.id.uuid(),
        }
    }

    fn version(&self) -> i64 {
        match self {
            Self::Skp(page) => page.skp.skp.version,
            Self::Evaluation(_, page) => page.row.version,
        }
    }

    fn form(&self, context: &PrintContext) -> PrintedForm {
        match self {
            Self::Skp(page) => PrintedForm::Skp(form_of_skp(page, context)),
            Self::Evaluation(DocumentKind::DokumenEvaluasi, page) => {
                PrintedForm::DokumenEvaluasi(dokumen_form(page, context))
            }
            Self::Evaluation(_, page) => PrintedForm::Evaluasi(evaluasi_form(page, context)),
        }
    }

    /// File name without NIP (U42): `SKP_2026_Nama`, `Evaluasi_2026_TW3_Nama`.
    fn file_name(&self, form: &PrintedForm) -> String {
        let name = &parties(form).0;
        match self {
            Self::Skp(page) => file_stem(&["SKP", &page.skp.skp.year.to_string(), name]),
            Self::Evaluation(kind, page) => {
                let first = match kind {
                    DocumentKind::DokumenEvaluasi => "Dokumen-Evaluasi",
                    DocumentKind::Evaluasi | DocumentKind::Skp => "Evaluasi",
                };
                file_stem(&[first, &page.row.year.to_string(), &short(page.row.period), name])
            }
        }
    }

    /// Whoever has really agreed; nobody on a draft.
    fn signers(&self, form: &PrintedForm) -> Vec<String> {
        let (employee, assessor) = parties(form);
        let names = match self {
            Self::Skp(page) if page.skp.skp.status.carries_work() => vec![employee, assessor],
            Self::Evaluation(_, page) if page.row.received_at.is_some() => vec![employee, assessor],
            Self::Evaluation(_, page) if page.row.status.is_final() => vec![assessor],
            Self::Skp(_) | Self::Evaluation(..) => Vec::new(),
        };
        names.into_iter().filter(|name| !name.is_empty()).collect()
    }

    /// Whether what is printed is in force.
    fn is_draft(&self) -> bool {
        match self {
            Self::Skp(page) => !page.skp.skp.status.carries_work(),
            Self::Evaluation(_, page) => page.row.status.is_open(),
        }
    }
}

/// Names of the employee and of the pejabat penilai.
fn parties(form: &PrintedForm) -> (String, String) {
    match form {
        PrintedForm::Skp(f) => (f.employee.name.clone(), f.assessor.name.clone()),
        PrintedForm::Evaluasi(f) => (f.employee.name.clone(), f.assessor.name.clone()),
        PrintedForm::DokumenEvaluasi(f) => (f.employee.name.clone(), f.assessor.name.clone()),
    }
}

/// `TW3`, `BLN11`, `TAHUNAN`
fn short(period: Period) -> String {
    match Period::QUARTERS.iter().position(|q| *q == period) {
        Some(place) => format!("TW{}", place + 1),
        None if period == Period::Annual => "TAHUNAN".to_owned(),
        None => format!("BLN{:02}", period.months().0),
    }
}

/// What surrounds a print of this installation.
fn context(app: &AppState, code: CheckCode, now: Instant) -> PrintContext {
    PrintContext {
        code,
        check_base: format!("{}/cek/", app.config.public_url),
        now,
    }
}

/// Sets a form; at most as many at once as the installation allows.
async fn set(app: &AppState, form: PrintedForm, paper: Paper) -> Result<Result<Vec<u8>, EngineError>, PageError> {
    let permit = Arc::clone(&app.printing)
        .acquire_owned()
        .await
        .map_err(|e| PageError::internal(&e))?;
    let engine: Arc<dyn FormEngine> = Arc::clone(&app.forms);
    tokio::task::spawn_blocking(move || {
        let done = engine.render(&form, paper);
        drop(permit);
        done
    })
    .await
    .map_err(|e| PageError::internal(&e))
}

fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|b| [DIGITS[usize::from(b >> 4)], DIGITS[usize::from(b & 15)]])
        .map(char::from)
        .collect()
}

/// The page that prints.
#[derive(Template)]
#[template(path = "evaluation/print.html")]
pub(super) struct PrintPage {
    shell: Shell,
    t: Texts,
    problem: Option<&'static str>,
    action: String,
    back: String,
    choice: Option<Field>,
    paper: Field,
    is_draft: bool,
}

/// What the page needs to know of the subject.
pub(super) struct Asked {
    pub title: String,
    pub path: String,
    pub is_draft: bool,
    /// Several forms can be printed.
    pub kind: Option<DocumentKind>,
}

fn asked(t: Texts, subject: &Subject) -> Asked {
    match subject {
        Subject::Skp(page) => Asked {
            title: t.evaluation_print_skp(page.skp.skp.year),
            path: format!("/skp/{}", page.skp.skp.id),
            is_draft: subject.is_draft(),
            kind: None,
        },
        Subject::Evaluation(kind, page) => Asked {
            title: t.evaluation_print_title(when(t, (page.row.year, page.row.period))),
            path: format!("/evaluasi/{}", page.row.id),
            is_draft: subject.is_draft(),
            kind: Some(*kind),
        },
    }
}

pub(super) fn build(
    t: Texts,
    shell: impl FnOnce(String) -> Shell,
    asked: Asked,
    paper: &str,
    problem: Option<&'static str>,
) -> PrintPage {
    let kinds = vec![
        Choice::new(DocumentKind::Evaluasi.code(), t.evaluation_kind_evaluasi())
            .hint(t.evaluation_kind_evaluasi_hint()),
        Choice::new(DocumentKind::DokumenEvaluasi.code(), t.evaluation_kind_dokumen())
            .hint(t.evaluation_kind_dokumen_hint()),
    ];
    let papers = vec![
        Choice::new("A4", t.evaluation_paper_a4()),
        Choice::new("F4", t.evaluation_paper_f4()),
    ];
    PrintPage {
        shell: shell(asked.title).problems(problem.is_some()),
        t,
        problem,
        action: format!("{}/cetak", asked.path),
        back: asked.path,
        choice: asked.kind.map(|kind| {
            Field::new(t, "formulir", t.evaluation_which_form(), FieldKind::Radios(kinds)).value(kind.code())
        }),
        paper: Field::new(t, "kertas", t.evaluation_paper(), FieldKind::Radios(papers)).value(if paper == "F4" {
            "F4"
        } else {
            "A4"
        }),
        is_draft: asked.is_draft,
    }
}

fn kind_of(form: &FormData) -> DocumentKind {
    match DocumentKind::from_code(form.raw("formulir")) {
        Ok(DocumentKind::DokumenEvaluasi) => DocumentKind::DokumenEvaluasi,
        _ => DocumentKind::Evaluasi,
    }
}

fn uuid(text: &str) -> Result<Uuid, PageError> {
    let id: EvaluationId = text.parse().map_err(|_| PageError::NotFound)?;
    Ok(id.uuid())
}

/// `GET /evaluasi/{id}/cetak`
pub(super) async fn evaluation_form(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    QueryData(query): QueryData,
) -> PageResult {
    show(&app, &staff, kind_of(&query), uuid(&id)?, &query).await
}

/// `GET /skp/{id}/cetak`
pub(super) async fn skp_form(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    QueryData(query): QueryData,
) -> PageResult {
    show(&app, &staff, DocumentKind::Skp, uuid(&id)?, &query).await
}

async fn show(app: &AppState, staff: &Staff, kind: DocumentKind, id: Uuid, query: &FormData) -> PageResult {
    let subject = Subject::load(app, staff, kind, id).await?;
    let shell = |title: String| Shell::staff(staff, Nav::Other, title);
    page(&build(
        staff.t,
        shell,
        asked(staff.t, &subject),
        query.raw("kertas"),
        None,
    ))
}

/// `POST /evaluasi/{id}/cetak`
pub(super) async fn evaluation_submit(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    produce(&app, &staff, kind_of(&form), uuid(&id)?, &form).await
}

/// `POST /skp/{id}/cetak`
pub(super) async fn skp_submit(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    produce(&app, &staff, DocumentKind::Skp, uuid(&id)?, &form).await
}

/// Sets the form, registers it, and leads to the file.
async fn produce(app: &AppState, staff: &Staff, kind: DocumentKind, id: Uuid, form: &FormData) -> PageResult {
    let t = staff.t;
    let paper = if form.raw("kertas") == "F4" {
        Paper::F4
    } else {
        Paper::A4
    };
    // one moment for the sheet and the register: the file is produced anew from what the register says
    let ctx = Ctx {
        clock: Arc::new(FixedClock::new(staff.now)),
        ids: Arc::clone(&app.ctx.ids),
    };
    let mut tries = 0;
    let problem = loop {
        tries += 1;
        let subject = Subject::load(app, staff, kind, id).await?;
        let code = CheckCode::draw(&ctx);
        let printed = subject.form(&context(app, code.clone(), ctx.now()));
        let bytes = match set(app, printed.clone(), paper).await? {
            Ok(bytes) => bytes,
            Err(EngineError::NotBuilt) => {
                break (t.evaluation_print_not_built(), StatusCode::SERVICE_UNAVAILABLE, subject);
            }
            Err(EngineError::TooLarge { .. }) => {
                break (
                    t.evaluation_print_too_large(),
                    StatusCode::UNPROCESSABLE_ENTITY,
                    subject,
                );
            }
            Err(error @ EngineError::Engine(_)) => return Err(PageError::internal(&error)),
        };
        let input = PrintInput {
            code,
            kind: subject.kind(),
            subject: subject.id(),
            version: subject.version(),
            paper,
            title: printed.frame().document_title.clone(),
            digest: digest(&bytes),
            signers: subject.signers(&printed),
        };
        match print(&app.db, &ctx, staff.actor(), &input).await {
            Ok(_) => return see_other(&format!("/dokumen/{}.pdf", input.code.as_str())),
            Err(PrintError::Stale) if tries < TRIES => {}
            Err(PrintError::Stale) => break (t.evaluation_print_stale(), StatusCode::CONFLICT, subject),
            Err(PrintError::NotFound) => return Err(PageError::NotFound),
            Err(PrintError::Denied(denied)) => return Err(denied.into()),
            Err(PrintError::Internal(error)) => return Err(error.into()),
            Err(error @ PrintError::Digest) => return Err(PageError::internal(&error)),
        }
    };
    let (problem, status, subject) = problem;
    let shell = |title: String| Shell::staff(staff, Nav::Other, title);
    let shown = build(t, shell, asked(t, &subject), form.raw("kertas"), Some(problem));
    page_with_status(status, &shown)
}

/// A print that cannot be produced any more, because what it shows has changed.
#[derive(Template)]
#[template(path = "evaluation/replaced.html")]
pub(super) struct ReplacedPage {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) again: String,
    pub(super) check: String,
}

/// `GET /dokumen/{code}.pdf`
pub(super) async fn file(staff: Staff, State(app): State<AppState>, Path(name): Path<String>) -> PageResult {
    let code = CheckCode::parse(name.strip_suffix(".pdf").unwrap_or(&name)).ok_or(PageError::NotFound)?;
    let agency = staff.session.agency.id;
    let stored = db::read!(app.db, async |tx| printed::find(tx, agency, &code).await)?;
    let stored = stored.ok_or(PageError::NotFound)?;
    let subject = Subject::load(&app, &staff, stored.kind, stored.subject).await?;
    let form = subject.form(&context(&app, code.clone(), stored.printed_at));
    let file_name = subject.file_name(&form);
    if subject.version() == stored.version
        && let Ok(bytes) = set(&app, form, stored.paper).await?
        && digest(&bytes) == stored.digest
    {
        return pdf(bytes, &file_name);
    }
    let t = staff.t;
    let replaced = ReplacedPage {
        shell: Shell::staff(&staff, Nav::Other, t.evaluation_replaced_title()),
        t,
        again: again(&subject),
        check: format!("/cek/{}", code.as_str()),
    };
    page_with_status(StatusCode::GONE, &replaced)
}

/// Where it can be printed anew.
fn again(subject: &Subject) -> String {
    match subject {
        Subject::Skp(page) => format!("/skp/{}/cetak", page.skp.skp.id),
        Subject::Evaluation(kind, page) => format!("/evaluasi/{}/cetak?formulir={}", page.row.id, kind.code()),
    }
}

/// A PDF that opens in the browser under a name that can be kept.
fn pdf(bytes: Vec<u8>, stem: &str) -> Result<Response, PageError> {
    let disposition = HeaderValue::from_str(&format!("inline; filename=\"{stem}.pdf\""));
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(CONTENT_DISPOSITION, disposition.map_err(|e| PageError::internal(&e))?);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response)
}

fn paper_query(query: &FormData) -> &'static str {
    if query.raw("kertas") == "F4" { "F4" } else { "A4" }
}

/// `GET /evaluasi/{id}/evaluasi.pdf`: leads to the page that prints, because a print is a record.
pub(super) async fn to_evaluasi(staff: Staff, Path(id): Path<String>, QueryData(query): QueryData) -> PageResult {
    to_form(&staff, &id, DocumentKind::Evaluasi, &query)
}

/// `GET /evaluasi/{id}/dokumen.pdf`
pub(super) async fn to_dokumen(staff: Staff, Path(id): Path<String>, QueryData(query): QueryData) -> PageResult {
    to_form(&staff, &id, DocumentKind::DokumenEvaluasi, &query)
}

/// `GET /skp/{id}/dokumen.pdf`
pub(super) async fn to_skp(staff: Staff, Path(id): Path<String>, QueryData(query): QueryData) -> PageResult {
    to_form(&staff, &id, DocumentKind::Skp, &query)
}

fn to_form(_: &Staff, id: &str, kind: DocumentKind, query: &FormData) -> PageResult {
    let id: EvaluationId = id.parse().map_err(|_| PageError::NotFound)?;
    let paper = paper_query(query);
    match kind {
        DocumentKind::Skp => see_other(&format!("/skp/{id}/cetak?kertas={paper}")),
        DocumentKind::Evaluasi | DocumentKind::DokumenEvaluasi => {
            see_other(&format!("/evaluasi/{id}/cetak?formulir={}&kertas={paper}", kind.code()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_short_in_file_names() {
        assert_eq!(short(Period::Tw3), "TW3");
        assert_eq!(short(Period::M11), "BLN11");
        assert_eq!(short(Period::Annual), "TAHUNAN");
    }

    #[test]
    fn digests_are_written_as_the_register_expects() {
        assert_eq!(
            digest(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn a_file_is_offered_under_its_name() {
        let response = pdf(b"%PDF".to_vec(), "SKP_2026_Siti").expect("a response");
        let header = |name| response.headers().get(name).and_then(|v| v.to_str().ok());
        assert_eq!(
            header(CONTENT_DISPOSITION),
            Some("inline; filename=\"SKP_2026_Siti.pdf\"")
        );
        assert_eq!(header(CONTENT_TYPE), Some("application/pdf"));
    }
}
