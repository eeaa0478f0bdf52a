//! Evidence for one RHK in one period: a link or a file.

use askama::Template;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path, State};
use db::Tx;
use http::StatusCode;
use i18n::Texts;
use journal::EvidenceRow;
use journal::commands::{self, EvidenceAdded, EvidenceError, FileInput, LinkInput};
use journal::model::{FileBroken, LinkBroken, NOTE_MAX, TITLE_MAX, URL_MAX};
use kernel::{EvidenceId, RhkId, TextError};
use skp::RhkRow;

use super::entry::RemovePage;
use super::frame::Frame;
use super::period::{At, is_within};
use super::words;
use crate::shared::{
    AppState, Field, FieldKind, FormData, Nav, PageError, PageResult, Problem, Problems, QueryData, Shell, Staff, page,
    page_with_status, see_other,
};

/// What a phone or computer offers first when a file is chosen.
const ACCEPT: &str = ".pdf,.png,.jpg,.jpeg,.webp,.docx,.xlsx,.odt,.csv,.txt";

/// The forms of new evidence.
#[derive(Template)]
#[template(path = "journal/evidence.html")]
pub(super) struct EvidencePage {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) problems: Vec<(&'static str, String)>,
    pub(super) back: (String, String),
    pub(super) rhk_id: RhkId,
    pub(super) rhk: String,
    /// The action plan of this RHK is empty; it does not lock evidence out.
    pub(super) plan_missing: bool,
    pub(super) link_action: String,
    pub(super) file_action: String,
    pub(super) url: Field,
    pub(super) title: Field,
    pub(super) note: Field,
    pub(super) file: Field,
    pub(super) file_title: Field,
    pub(super) file_note: Field,
}

/// What the forms need beside what was typed.
pub(super) struct Loaded {
    pub(super) at: At,
    pub(super) rhk: RhkRow,
    pub(super) has_plan: bool,
    pub(super) is_open: bool,
}

async fn load(tx: &mut Tx, staff: &Staff, at: At, rhk: Option<RhkId>) -> Result<Loaded, PageError> {
    let (skp, _) = journal::access::view(tx, staff.actor(), at.skp).await?;
    if skp.year != at.year {
        return Err(PageError::NotFound);
    }
    if staff.actor().person != Some(skp.person_id) {
        return Err(PageError::Forbidden);
    }
    let rhks = skp::queries::rhks(tx, skp.id).await?;
    let rhk = rhks
        .into_iter()
        .find(|r| Some(r.id) == rhk)
        .ok_or(PageError::NotFound)?;
    let plans = journal::queries::actions(tx, skp.id, at.period).await?;
    let is_locked = journal::queries::is_locked(tx, skp.id, skp.year, at.period).await?;
    Ok(Loaded {
        at,
        has_plan: plans.iter().any(|a| a.rhk_id == rhk.id),
        rhk,
        is_open: skp.status.carries_work() && !is_locked && is_within(&skp, at.period),
    })
}

/// `GET /skp/{id}/periode/{tahun}/{periode}/bukti?rhk=…`
pub(super) async fn form(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, year, period)): Path<(String, String, String)>,
    QueryData(query): QueryData,
) -> PageResult {
    let at = At::parse(&id, &year, &period)?;
    let loaded = db::read!(app.db, async |tx| load(tx, &staff, at, query.id("rhk")).await)?;
    if !loaded.is_open {
        return see_other(&at.href());
    }
    let frame = Frame::of(&staff, Nav::Journal);
    page(&build(&frame, &loaded, &FormData::default(), &Problems::none()))
}

/// `POST /skp/{id}/periode/{tahun}/{periode}/bukti`
pub(super) async fn add_link(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, year, period)): Path<(String, String, String)>,
    form: FormData,
) -> PageResult {
    let at = At::parse(&id, &year, &period)?;
    let rhk: RhkId = form.id("rhk").ok_or(PageError::NotFound)?;
    let input = LinkInput {
        rhk,
        period: at.period,
        title: form.raw("judul").to_owned(),
        note: form.raw("catatan").to_owned(),
        url: form.raw("tautan").to_owned(),
    };
    match commands::add_link(&app.db, &app.ctx, staff.actor(), input).await {
        Ok(added) => see_other(&at.said(said(&added))),
        Err(error) => again(&app, &staff, at, rhk, &form, error, LINK).await,
    }
}

/// `POST /skp/{id}/periode/{tahun}/{periode}/berkas`
pub(super) async fn add_file(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, year, period)): Path<(String, String, String)>,
    body: Result<Multipart, MultipartRejection>,
) -> PageResult {
    let at = At::parse(&id, &year, &period)?;
    // nobody sends us ten megabytes who may not see the plan
    db::read!(app.db, async |tx| journal::access::view(tx, staff.actor(), at.skp)
        .await)?;
    let (form, name, bytes) = parts(body.map_err(|_| PageError::NotFound)?).await?;
    let rhk: RhkId = form.id("rhk").ok_or(PageError::NotFound)?;
    let input = FileInput {
        rhk,
        period: at.period,
        title: form.raw("judul-berkas").to_owned(),
        note: form.raw("catatan-berkas").to_owned(),
        file_name: name,
        bytes,
    };
    match commands::add_file(&app.db, &app.ctx, &app.blobs, staff.actor(), input).await {
        Ok(added) => see_other(&at.said(said(&added))),
        Err(error) => again(&app, &staff, at, rhk, &form, error, FILE).await,
    }
}

/// The fields, the name and the bytes of an upload. The limit of the route has bounded all of it together.
async fn parts(mut body: Multipart) -> Result<(FormData, String, Vec<u8>), PageError> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let (mut name, mut bytes) = (String::new(), Vec::new());
    while let Some(field) = body.next_field().await.map_err(|_| PageError::TooLarge)? {
        let key = field.name().unwrap_or_default().to_owned();
        if key == "berkas" {
            field.file_name().unwrap_or_default().clone_into(&mut name);
            bytes = field.bytes().await.map_err(|_| PageError::TooLarge)?.to_vec();
        } else {
            let text = field.text().await.map_err(|_| PageError::TooLarge)?;
            pairs.push((key, text));
        }
    }
    let pairs = pairs.iter().map(|(k, v)| (k.as_str(), v.as_str()));
    Ok((FormData::from_pairs(pairs), name, bytes))
}

fn said(added: &EvidenceAdded) -> &'static str {
    match (added.already, added.warnings.is_empty()) {
        (true, _) => "bukti-sudah-ada",
        (false, true) => "bukti",
        (false, false) => "bukti-tanpa-rencana",
    }
}

/// Names of the fields of one of the two forms: what is shown, its title, its note.
type Names = (&'static str, &'static str, &'static str);
const LINK: Names = ("tautan", "judul", "catatan");
const FILE: Names = ("berkas", "judul-berkas", "catatan-berkas");

async fn again(
    app: &AppState,
    staff: &Staff,
    at: At,
    rhk: RhkId,
    form: &FormData,
    error: EvidenceError,
    names: Names,
) -> PageResult {
    let mut problems = Problems::none();
    refused(staff.t, error, names, &mut problems)?;
    let loaded = db::read!(app.db, async |tx| load(tx, staff, at, Some(rhk)).await)?;
    let frame = Frame::of(staff, Nav::Journal);
    page_with_status(
        StatusCode::UNPROCESSABLE_ENTITY,
        &build(&frame, &loaded, form, &problems),
    )
}

fn refused(t: Texts, error: EvidenceError, names: Names, problems: &mut Problems) -> Result<(), PageError> {
    let (thing, title, note) = names;
    match error {
        EvidenceError::NotFound => return Err(PageError::NotFound),
        EvidenceError::Denied(denied) => return Err(denied.into()),
        EvidenceError::Internal(error) => return Err(error.into()),
        EvidenceError::Blob(error) => return Err(PageError::internal(&error)),
        EvidenceError::Period(broken) => problems.say(thing, words::period_broken(t, broken)),
        EvidenceError::Title(error) => problems.text(title, error),
        EvidenceError::Note(error) => problems.text(note, error),
        EvidenceError::TooMany(max) => problems.say(thing, t.journal_evidence_too_many(max)),
        EvidenceError::Link(broken) => match broken {
            LinkBroken::Empty => problems.add(thing, Problem::Required),
            LinkBroken::TooLong => problems.text(thing, TextError::TooLong { max: URL_MAX }),
            LinkBroken::Scheme => problems.say(thing, t.journal_link_scheme()),
            LinkBroken::Credentials => problems.say(thing, t.journal_link_credentials()),
            LinkBroken::Host => problems.say(thing, t.journal_link_host()),
            LinkBroken::Forbidden => problems.add(thing, Problem::Forbidden),
        },
        EvidenceError::File(broken) => problems.say(
            thing,
            match broken {
                FileBroken::Empty => t.journal_file_empty(),
                FileBroken::TooLarge => t.journal_file_too_large(),
                FileBroken::Kind => t.journal_file_kind(),
                FileBroken::Macros => t.journal_file_macros(),
            },
        ),
    }
    Ok(())
}

async fn load_one(tx: &mut Tx, staff: &Staff, id: EvidenceId) -> Result<(EvidenceRow, At, bool), PageError> {
    let row = journal::queries::evidence_by_id(tx, id)
        .await?
        .ok_or(PageError::NotFound)?;
    let at = place(&row);
    let loaded = load(tx, staff, at, Some(row.rhk_id)).await?;
    Ok((row, at, loaded.is_open))
}

fn place(row: &EvidenceRow) -> At {
    At {
        skp: row.skp_id,
        year: row.year,
        period: row.period,
    }
}

/// `GET /bukti/{id}/hapus`
pub(super) async fn remove_form(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    let (row, at, is_open) = db::read!(app.db, async |tx| load_one(tx, &staff, id).await)?;
    match is_open {
        true => page(&remove_page(&Frame::of(&staff, Nav::Journal), &row)),
        false => see_other(&at.href()),
    }
}

pub(super) fn remove_page(frame: &Frame, row: &EvidenceRow) -> RemovePage {
    let t = frame.t;
    RemovePage {
        shell: frame.shell(t.journal_evidence_remove_title()),
        t,
        action: format!("/bukti/{}/hapus", row.id),
        back: place(row).href(),
        version: 0,
        text: row.title.clone(),
        consequence: t.journal_evidence_remove_text().to_owned(),
    }
}

/// `POST /bukti/{id}/hapus`
pub(super) async fn remove(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    let (_, at, _) = db::read!(app.db, async |tx| load_one(tx, &staff, id).await)?;
    match commands::remove_evidence(&app.db, &app.ctx, staff.actor(), id).await {
        Ok(()) => see_other(&at.said("bukti-dihapus")),
        Err(EvidenceError::Period(_)) => see_other(&at.said("terkunci")),
        Err(error) => {
            refused(staff.t, error, LINK, &mut Problems::none())?;
            see_other(&at.href())
        }
    }
}

pub(super) fn build(frame: &Frame, loaded: &Loaded, form: &FormData, problems: &Problems) -> EvidencePage {
    let t = frame.t;
    let period = words::period_year(t, loaded.at.year, loaded.at.period);
    let base = loaded.at.href();
    let title = |name| Field::line(t, name, t.journal_evidence_title()).max(TITLE_MAX);
    let note = |name| {
        Field::line(t, name, t.journal_evidence_note())
            .optional()
            .hint(t.journal_evidence_note_hint())
            .max(NOTE_MAX)
            .from(form, problems)
    };
    EvidencePage {
        shell: frame
            .shell(t.journal_evidence_new_title(&period))
            .problems(!problems.is_empty()),
        t,
        problems: problems.all(t),
        rhk_id: loaded.rhk.id,
        rhk: loaded.rhk.text.clone(),
        plan_missing: !loaded.has_plan,
        link_action: format!("{base}/bukti"),
        file_action: format!("{base}/berkas"),
        back: (base, period),
        url: Field::new(t, "tautan", t.journal_evidence_url(), FieldKind::Line("url"))
            .hint(t.journal_evidence_url_hint())
            .max(URL_MAX)
            .from(form, problems),
        title: title("judul")
            .hint(t.journal_evidence_title_hint())
            .from(form, problems),
        note: note("catatan"),
        file: Field::new(t, "berkas", t.journal_evidence_upload(), FieldKind::File(ACCEPT))
            .hint(t.journal_evidence_upload_hint())
            .from(form, problems),
        file_title: title("judul-berkas")
            .optional()
            .hint(t.journal_evidence_file_title_hint())
            .from(form, problems),
        file_note: note("catatan-berkas"),
    }
}
