//! One planned result (RHK): its text, what it supports, whose it is.

use askama::Template;
use axum::extract::{Path, State};
use db::Tx;
use http::{HeaderMap, StatusCode};
use i18n::Texts;
use kernel::{Code, RhkId, SkpId};
use policy::Action;
use skp::commands::{self, RhkInput};
use skp::model::{Holder, Place, RHK_MAX, RhkKind};
use skp::{Candidate, Detail, RhkView, Status};

use super::edit::{self, Head, Pair, Refused, StaleRow, id as parse, open, plan};
use super::view::Reader;
use super::{findings, words};
use crate::shared::{
    AppState, Choice, Field, FieldKind, FormData, Nav, PageError, PageResult, Problems, Shell, Staff, page,
    page_with_status, see_other,
};

/// The form of one result.
#[derive(Template)]
#[template(path = "skp/rhk.html")]
pub(super) struct RhkPage {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) problems: Vec<(&'static str, String)>,
    pub(super) head: Head,
    pub(super) stale: Vec<StaleRow>,
    pub(super) hints: Vec<String>,
    pub(super) pairs: Vec<Pair>,
    pub(super) kind: Field,
    pub(super) text: Field,
    pub(super) parent: Option<Field>,
    pub(super) parent_note: &'static str,
    pub(super) assigned: Field,
    pub(super) holder: Field,
    pub(super) remove: String,
}

/// What the form needs beside what was typed.
pub(super) struct Loaded {
    pub(super) detail: Detail,
    pub(super) candidates: Vec<Candidate>,
    pub(super) rhk: Option<RhkId>,
}

impl Loaded {
    pub(super) fn view(&self) -> Option<&RhkView> {
        let id = self.rhk?;
        self.detail.rhks.iter().find(|r| r.row.id == id)
    }
}

/// `GET /skp/{id}/rhk/baru`
pub(super) async fn new_form(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    show(&app, &staff, parse(&id)?, None).await
}

/// `GET /skp/{id}/rhk/{rhk}`
pub(super) async fn form(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, rhk)): Path<(String, String)>,
) -> PageResult {
    show(&app, &staff, parse(&id)?, Some(parse(&rhk)?)).await
}

async fn show(app: &AppState, staff: &Staff, id: SkpId, rhk: Option<RhkId>) -> PageResult {
    let loaded = db::read!(app.db, async |tx| load(tx, staff, id, rhk).await)?;
    if !loaded.detail.skp.status.is_editable() {
        return see_other(&plan(id, "terkunci"));
    }
    let shown = stored(loaded.view());
    page(&build(
        &Reader::of(staff),
        &loaded,
        &shown,
        &Problems::none(),
        Vec::new(),
    ))
}

async fn load(tx: &mut Tx, staff: &Staff, id: SkpId, rhk: Option<RhkId>) -> Result<Loaded, PageError> {
    let (detail, _) = open(tx, staff, Action::Edit, id).await?;
    let candidates = match detail.skp.assessor_id {
        Some(superior) => skp::queries::candidates(tx, detail.skp.agency_id, superior, detail.skp.year).await?,
        None => Vec::new(),
    };
    let loaded = Loaded {
        detail,
        candidates,
        rhk,
    };
    if rhk.is_some() && loaded.view().is_none() {
        return Err(PageError::NotFound);
    }
    Ok(loaded)
}

/// `POST /skp/{id}/rhk/baru`
pub(super) async fn create(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    keep(&app, &staff, parse(&id)?, None, form, false).await
}

/// `POST /skp/{id}/rhk/{rhk}`
pub(super) async fn save(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, rhk)): Path<(String, String)>,
    headers: HeaderMap,
    form: FormData,
) -> PageResult {
    let autosave = edit::is_autosave(&headers);
    keep(&app, &staff, parse(&id)?, Some(parse(&rhk)?), form, autosave).await
}

async fn keep(
    app: &AppState,
    staff: &Staff,
    id: SkpId,
    rhk: Option<RhkId>,
    form: FormData,
    autosave: bool,
) -> PageResult {
    let t = staff.t;
    let mut loaded = db::read!(app.db, async |tx| load(tx, staff, id, rhk).await)?;
    let form = match autosave {
        true => edit::over(&stored(loaded.view()), &form),
        false => form,
    };
    let mut problems = Problems::none();
    let input = RhkInput {
        skp: id,
        version: form.version(),
        rhk,
        kind: form.code("jenis", &mut problems).unwrap_or(RhkKind::Utama),
        text: form.raw("teks").to_owned(),
        parent: form.id("induk"),
        assigned_from: form.raw("penugasan").to_owned(),
        holder: form.code("klasifikasi", &mut problems).unwrap_or(Holder::Organisasi),
    };
    let mut rows = Vec::new();
    if problems.is_empty() {
        match commands::save_rhk(&app.db, &app.ctx, staff.actor(), input).await {
            Ok(done) if autosave => return edit::saved(staff, done.version),
            Ok(done) => return see_other(&next(id, done.id, &form)),
            Err(error) => match edit::refused(t, error, "teks", &mut problems)? {
                Refused::Problems => {}
                Refused::Stale(_) if autosave => return edit::stale(t),
                Refused::Stale(now) => {
                    loaded.detail = *now;
                    // the form may have saved itself a moment before it was sent: then nothing differs
                    rows = stale(t, &loaded, &form);
                    match (rows.is_empty(), loaded.rhk, loaded.view()) {
                        (true, Some(rhk), Some(_)) => return see_other(&next(id, rhk, &form)),
                        (_, Some(_), None) => return Err(PageError::NotFound),
                        _ => {}
                    }
                }
            },
        }
    }
    if autosave {
        return edit::unsaved(t, &problems);
    }
    let status = match problems.is_empty() {
        true => StatusCode::CONFLICT,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    page_with_status(status, &build(&Reader::of(staff), &loaded, &form, &problems, rows))
}

fn next(id: SkpId, rhk: RhkId, form: &FormData) -> String {
    match form.raw("lanjut") {
        "iki" => format!("/skp/{id}/rhk/{rhk}/iki/baru"),
        _ => plan(id, "tersimpan"),
    }
}

/// The fields as they are stored; a new result begins as a main one that stays with the unit.
pub(super) fn stored(rhk: Option<&RhkView>) -> FormData {
    let Some(rhk) = rhk else {
        return FormData::from_pairs([
            ("jenis", RhkKind::Utama.code()),
            ("klasifikasi", Holder::Organisasi.code()),
        ]);
    };
    let parent = rhk.row.parent_rhk_id.map_or_else(String::new, |id| id.to_string());
    FormData::from_pairs([
        ("jenis", rhk.row.kind.code()),
        ("teks", &rhk.row.text),
        ("induk", &parent),
        ("penugasan", &rhk.row.assigned_from),
        ("klasifikasi", rhk.row.holder.code()),
    ])
}

fn stale(t: Texts, loaded: &Loaded, typed: &FormData) -> Vec<StaleRow> {
    let Some(view) = loaded.view() else {
        return Vec::new();
    };
    let fields = [
        ("teks", t.skp_rhk_text()),
        ("jenis", t.skp_rhk_kind()),
        ("induk", t.skp_rhk_parent()),
        ("penugasan", t.skp_rhk_assigned()),
        ("klasifikasi", t.skp_rhk_holder()),
    ];
    edit::differing(&stored(Some(view)), typed, &fields, |name, value| match name {
        "jenis" => RhkKind::from_code(value).map_or_else(|_| value.to_owned(), |k| words::kind(t, k).to_owned()),
        "klasifikasi" => Holder::from_code(value).map_or_else(|_| value.to_owned(), |h| words::holder(t, h).to_owned()),
        "induk" => parent_text(t, loaded, value),
        _ => value.to_owned(),
    })
}

fn parent_text(t: Texts, loaded: &Loaded, id: &str) -> String {
    let offered = loaded.candidates.iter().find(|c| c.rhk_id.to_string() == id);
    let kept = || loaded.view().and_then(|v| v.parent_text.clone());
    match offered {
        Some(candidate) => candidate.text.clone(),
        None if id.is_empty() => t.skp_rhk_parent_none().to_owned(),
        None => kept().unwrap_or_default(),
    }
}

pub(super) fn build(
    reader: &Reader<'_>,
    loaded: &Loaded,
    form: &FormData,
    problems: &Problems,
    stale: Vec<StaleRow>,
) -> RhkPage {
    let t = reader.t;
    let id = loaded.detail.skp.id;
    let (title, action) = match loaded.rhk {
        Some(rhk) => (t.skp_rhk_title(), format!("/skp/{id}/rhk/{rhk}")),
        None => (t.skp_rhk_new_title(), format!("/skp/{id}/rhk/baru")),
    };
    let hints = loaded.rhk.map_or_else(Vec::new, |rhk| {
        findings::at(t, &loaded.detail, |place| place == Place::Rhk(rhk))
    });
    let choices = parents(t, loaded);
    let parent_note = match (loaded.detail.skp.assessor_id, loaded.candidates.is_empty()) {
        (None, _) => t.skp_rhk_parent_nobody(),
        (Some(_), true) => t.skp_rhk_parent_waiting(),
        (Some(_), false) => "",
    };
    RhkPage {
        shell: reader.shell(Nav::Skp, title).problems(!problems.is_empty()),
        t,
        problems: problems.all(t),
        head: Head::new(t, &loaded.detail, action, loaded.rhk.is_some()),
        stale,
        hints,
        pairs: vec![
            (t.skp_rhk_weak_1(), t.skp_rhk_better_1()),
            (t.skp_rhk_weak_2(), t.skp_rhk_better_2()),
            (t.skp_rhk_weak_3(), t.skp_rhk_better_3()),
        ],
        kind: Field::new(t, "jenis", t.skp_rhk_kind(), FieldKind::Radios(words::kinds(t))).from(form, problems),
        text: Field::new(t, "teks", t.skp_rhk_text(), FieldKind::Paragraph(3))
            .optional()
            .hint(t.skp_rhk_text_hint())
            .max(RHK_MAX)
            .from(form, problems),
        parent: (choices.len() > 1).then(|| {
            Field::new(t, "induk", t.skp_rhk_parent(), FieldKind::Select(choices))
                .optional()
                .hint(t.skp_rhk_parent_hint())
                .from(form, problems)
        }),
        parent_note,
        assigned: Field::line(t, "penugasan", t.skp_rhk_assigned())
            .optional()
            .hint(t.skp_rhk_assigned_hint())
            .max(RHK_MAX)
            .from(form, problems),
        holder: Field::new(
            t,
            "klasifikasi",
            t.skp_rhk_holder(),
            FieldKind::Radios(words::holders(t)),
        )
        .from(form, problems),
        remove: loaded
            .rhk
            .map_or_else(String::new, |rhk| format!("/skp/{id}/rhk/{rhk}/hapus")),
    }
}

/// The results of the superior that may be supported; a link that is no longer offered stays choosable.
fn parents(t: Texts, loaded: &Loaded) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", t.skp_rhk_parent_none())];
    choices.extend(loaded.candidates.iter().map(|c| {
        let kind = words::kind(t, c.kind);
        let label = match c.status {
            Status::Disetujui | Status::Ditutup => t.skp_rhk_parent_option(kind, c.seq, &c.text),
            Status::Draf | Status::Diajukan | Status::Dikembalikan => t.skp_rhk_parent_changing(kind, c.seq, &c.text),
        };
        Choice::new(c.rhk_id.to_string(), label)
    }));
    if let Some(view) = loaded.view()
        && let Some(parent) = view.row.parent_rhk_id
        && !loaded.candidates.iter().any(|c| c.rhk_id == parent)
    {
        let text = view.parent_text.as_deref().unwrap_or_default();
        choices.push(Choice::new(parent.to_string(), t.skp_rhk_parent_kept(text)));
    }
    choices
}
