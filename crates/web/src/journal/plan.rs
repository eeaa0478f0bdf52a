//! One line of the action plan of a period.

use askama::Template;
use axum::extract::{Path, State};
use db::Tx;
use http::{HeaderMap, StatusCode};
use i18n::Texts;
use journal::ActionRow;
use journal::commands::{self, ActionError, ActionInput, MarkInput, RemoveActionInput};
use journal::model::{PLAN_MAX, Reached, TARGET_MAX};
use kernel::{ActionPlanId, Code};
use skp::RhkRow;

use super::entry::RemovePage;
use super::frame::Frame;
use super::period::{At, is_within};
use super::words;
use crate::shared::autosave::{self, StaleRow, differing};
use crate::shared::{
    AppState, Choice, Field, FieldKind, FormData, Nav, PageError, PageResult, Problem, Problems, QueryData, Shell,
    Staff, page, page_with_status, see_other,
};

/// The form of a line.
#[derive(Template)]
#[template(path = "journal/plan.html")]
pub(super) struct PlanPage {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) problems: Vec<(&'static str, String)>,
    pub(super) stale: Vec<StaleRow>,
    pub(super) action: String,
    pub(super) back: (String, String),
    pub(super) version: i64,
    /// It exists, so that it may save itself.
    pub(super) autosaves: bool,
    pub(super) rhk: Field,
    pub(super) text: Field,
    pub(super) target: Field,
    pub(super) remove: String,
}

/// What the form needs beside what was typed.
pub(super) struct Loaded {
    pub(super) at: At,
    pub(super) rhks: Vec<RhkRow>,
    pub(super) row: Option<ActionRow>,
    pub(super) is_open: bool,
}

async fn load(tx: &mut Tx, staff: &Staff, at: At, row: Option<ActionRow>) -> Result<Loaded, PageError> {
    let (skp, _) = journal::access::view(tx, staff.actor(), at.skp).await?;
    if skp.year != at.year {
        return Err(PageError::NotFound);
    }
    if staff.actor().person != Some(skp.person_id) {
        return Err(PageError::Forbidden);
    }
    let is_locked = journal::queries::is_locked(tx, skp.id, skp.year, at.period).await?;
    Ok(Loaded {
        at,
        rhks: skp::queries::rhks(tx, skp.id).await?,
        row,
        is_open: skp.status.carries_work() && !is_locked && is_within(&skp, at.period),
    })
}

async fn load_line(tx: &mut Tx, staff: &Staff, id: ActionPlanId) -> Result<Loaded, PageError> {
    let row = journal::queries::action(tx, id).await?.ok_or(PageError::NotFound)?;
    let at = place(&row);
    load(tx, staff, at, Some(row)).await
}

fn place(row: &ActionRow) -> At {
    At {
        skp: row.skp_id,
        year: row.year,
        period: row.period,
    }
}

fn parse(id: &str) -> Result<ActionPlanId, PageError> {
    id.parse().map_err(|_| PageError::NotFound)
}

/// `GET /skp/{id}/periode/{tahun}/{periode}/rencana?rhk=…`
pub(super) async fn new_form(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, year, period)): Path<(String, String, String)>,
    QueryData(query): QueryData,
) -> PageResult {
    let at = At::parse(&id, &year, &period)?;
    let loaded = db::read!(app.db, async |tx| load(tx, &staff, at, None).await)?;
    if !loaded.is_open {
        return see_other(&at.href());
    }
    let shown = FormData::from_pairs([("rhk", query.raw("rhk"))]);
    let frame = Frame::of(&staff, Nav::Journal);
    page(&build(&frame, &loaded, &shown, &Problems::none(), Vec::new()))
}

/// `GET /rencana/{id}`
pub(super) async fn form(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let id = parse(&id)?;
    let loaded = db::read!(app.db, async |tx| load_line(tx, &staff, id).await)?;
    if !loaded.is_open {
        return see_other(&loaded.at.href());
    }
    let shown = stored(loaded.row.as_ref());
    let frame = Frame::of(&staff, Nav::Journal);
    page(&build(&frame, &loaded, &shown, &Problems::none(), Vec::new()))
}

/// `POST /skp/{id}/periode/{tahun}/{periode}/rencana`
pub(super) async fn create(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, year, period)): Path<(String, String, String)>,
    form: FormData,
) -> PageResult {
    let at = At::parse(&id, &year, &period)?;
    let loaded = db::read!(app.db, async |tx| load(tx, &staff, at, None).await)?;
    keep(&app, &staff, loaded, form, false).await
}

/// `POST /rencana/{id}`
pub(super) async fn save(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
    form: FormData,
) -> PageResult {
    let id = parse(&id)?;
    let loaded = db::read!(app.db, async |tx| load_line(tx, &staff, id).await)?;
    keep(&app, &staff, loaded, form, autosave::is_autosave(&headers)).await
}

async fn keep(app: &AppState, staff: &Staff, mut loaded: Loaded, form: FormData, is_autosave: bool) -> PageResult {
    let t = staff.t;
    let form = match is_autosave {
        true => autosave::over(&stored(loaded.row.as_ref()), &form),
        false => form,
    };
    let mut problems = Problems::none();
    let mut stale = Vec::new();
    let rhk = form.id("rhk").filter(|id| loaded.rhks.iter().any(|r| r.id == *id));
    match rhk {
        None => problems.add("rhk", Problem::Required),
        Some(rhk) => {
            let input = ActionInput {
                line: loaded.row.as_ref().map(|row| (row.id, form.version())),
                rhk,
                period: loaded.at.period,
                text: form.raw("teks").to_owned(),
                target_text: form.raw("target").to_owned(),
            };
            match commands::save_action(&app.db, &app.ctx, staff.actor(), input).await {
                Ok(done) if is_autosave => return autosave::saved(staff, done.version),
                Ok(_) => return see_other(&loaded.at.said("rencana")),
                Err(error) => match refused(t, error, &mut problems)? {
                    Some(_) if is_autosave => return autosave::stale(t.journal_stale()),
                    Some(now) => {
                        loaded.row = Some(*now);
                        stale = differences(t, &loaded, &form);
                        if stale.is_empty() {
                            return see_other(&loaded.at.said("rencana"));
                        }
                    }
                    None => {}
                },
            }
        }
    }
    if is_autosave {
        return autosave::unsaved(t, &problems);
    }
    let status = match problems.is_empty() {
        true => StatusCode::CONFLICT,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let frame = Frame::of(staff, Nav::Journal);
    page_with_status(status, &build(&frame, &loaded, &form, &problems, stale))
}

fn refused(t: Texts, error: ActionError, problems: &mut Problems) -> Result<Option<Box<ActionRow>>, PageError> {
    match error {
        ActionError::NotFound => return Err(PageError::NotFound),
        ActionError::Denied(denied) => return Err(denied.into()),
        ActionError::Internal(error) => return Err(error.into()),
        ActionError::Stale(now) => return Ok(Some(now)),
        ActionError::Period(broken) => problems.say("teks", words::period_broken(t, broken)),
        ActionError::Text(error) => problems.text("teks", error),
        ActionError::Target(error) => problems.text("target", error),
        ActionError::TooMany(max) => problems.say("teks", t.journal_plan_too_many(max)),
    }
    Ok(None)
}

/// `POST /rencana/{id}/capaian`
pub(super) async fn mark(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    let id = parse(&id)?;
    let reached = match form.raw("capaian") {
        "" => None,
        code => Some(Reached::from_code(code).map_err(|_| PageError::NotFound)?),
    };
    let input = MarkInput {
        id,
        version: form.version(),
        reached,
    };
    let done = commands::mark_reached(&app.db, &app.ctx, staff.actor(), input).await;
    let loaded = db::read!(app.db, async |tx| load_line(tx, &staff, id).await)?;
    let Err(error) = done else {
        return see_other(&loaded.at.said("rencana"));
    };
    match refused(staff.t, error, &mut Problems::none())? {
        // the line says something else by now: it is shown before anybody judges it
        Some(_) => {
            let shown = stored(loaded.row.as_ref());
            let before = words::reached(staff.t, loaded.row.as_ref().and_then(|r| r.reached)).label;
            let rows = vec![StaleRow {
                label: staff.t.journal_reached().to_owned(),
                theirs: before,
                yours: words::reached(staff.t, reached).label,
            }];
            let frame = Frame::of(&staff, Nav::Journal);
            let built = build(&frame, &loaded, &shown, &Problems::none(), rows);
            page_with_status(StatusCode::CONFLICT, &built)
        }
        None => see_other(&loaded.at.said("terkunci")),
    }
}

/// `GET /rencana/{id}/hapus`
pub(super) async fn remove_form(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let id = parse(&id)?;
    let loaded = db::read!(app.db, async |tx| load_line(tx, &staff, id).await)?;
    match &loaded.row {
        Some(row) if loaded.is_open => page(&remove_page(&Frame::of(&staff, Nav::Journal), row)),
        _ => see_other(&loaded.at.href()),
    }
}

pub(super) fn remove_page(frame: &Frame, row: &ActionRow) -> RemovePage {
    let t = frame.t;
    RemovePage {
        shell: frame.shell(t.journal_plan_remove_title()),
        t,
        action: format!("/rencana/{}/hapus", row.id),
        back: place(row).href(),
        version: row.version,
        text: row.text.clone(),
        consequence: t.journal_plan_remove_text().to_owned(),
    }
}

/// `POST /rencana/{id}/hapus`
pub(super) async fn remove(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    let id = parse(&id)?;
    let loaded = db::read!(app.db, async |tx| load_line(tx, &staff, id).await)?;
    let input = RemoveActionInput {
        id,
        version: form.version(),
    };
    match commands::remove_action(&app.db, &app.ctx, staff.actor(), input).await {
        Ok(()) => see_other(&loaded.at.said("rencana-dihapus")),
        Err(error) => match refused(staff.t, error, &mut Problems::none())? {
            Some(now) => page_with_status(
                StatusCode::CONFLICT,
                &remove_page(&Frame::of(&staff, Nav::Journal), &now),
            ),
            None => see_other(&loaded.at.said("terkunci")),
        },
    }
}

/// The fields as they are stored.
pub(super) fn stored(row: Option<&ActionRow>) -> FormData {
    let Some(row) = row else {
        return FormData::default();
    };
    FormData::from_pairs([
        ("rhk", row.rhk_id.to_string().as_str()),
        ("teks", &row.text),
        ("target", &row.target_text),
    ])
}

fn differences(t: Texts, loaded: &Loaded, typed: &FormData) -> Vec<StaleRow> {
    let now = stored(loaded.row.as_ref());
    let rhk = |form: &FormData| {
        let found = loaded.rhks.iter().find(|r| r.id.to_string() == form.raw("rhk"));
        found.map(|r| r.text.clone()).unwrap_or_default()
    };
    let raw = |form: &FormData, name: &str| form.raw(name).to_owned();
    differing([
        (t.journal_plan_rhk(), rhk(&now), rhk(typed)),
        (t.journal_plan_text(), raw(&now, "teks"), raw(typed, "teks")),
        (t.journal_plan_target(), raw(&now, "target"), raw(typed, "target")),
    ])
}

pub(super) fn build(
    frame: &Frame,
    loaded: &Loaded,
    form: &FormData,
    problems: &Problems,
    stale: Vec<StaleRow>,
) -> PlanPage {
    let t = frame.t;
    let period = words::period_year(t, loaded.at.year, loaded.at.period);
    let choices = loaded
        .rhks
        .iter()
        .map(|r| Choice::new(r.id.to_string(), &r.text))
        .collect();
    let (title, action, remove) = match &loaded.row {
        Some(row) => (
            t.journal_plan_title(&period),
            format!("/rencana/{}", row.id),
            format!("/rencana/{}/hapus", row.id),
        ),
        None => (
            t.journal_plan_new_title(&period),
            format!("{}/rencana", loaded.at.href()),
            String::new(),
        ),
    };
    PlanPage {
        shell: frame.shell(title).problems(!problems.is_empty()),
        t,
        problems: problems.all(t),
        stale,
        action,
        back: (loaded.at.href(), period),
        version: loaded.row.as_ref().map_or(0, |r| r.version),
        autosaves: loaded.row.is_some(),
        rhk: Field::new(t, "rhk", t.journal_plan_rhk(), FieldKind::Radios(choices)).from(form, problems),
        text: Field::new(t, "teks", t.journal_plan_text(), FieldKind::Paragraph(2))
            .hint(t.journal_plan_text_hint())
            .max(PLAN_MAX)
            .from(form, problems),
        target: Field::line(t, "target", t.journal_plan_target())
            .optional()
            .hint(t.journal_plan_target_hint())
            .max(TARGET_MAX)
            .from(form, problems),
        remove,
    }
}
