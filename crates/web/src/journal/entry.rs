//! One entry: changing it, taking it out.

use askama::Template;
use axum::extract::{Path, State};
use db::Tx;
use http::StatusCode;
use i18n::Texts;
use journal::ProgressRow;
use journal::commands::{self, DeleteEntryInput, EditEntryInput};
use journal::model::is_locked;
use journal::queries::Habit;
use kernel::ProgressId;
use skp::RhkRow;

use super::day::{self, EntryForm};
use super::frame::Frame;
use crate::shared::autosave::{StaleRow, differing};
use crate::shared::{
    AppState, FormData, Nav, PageError, PageResult, Problems, Shell, Staff, page, page_with_status, see_other,
};

/// The form of an entry that exists.
#[derive(Template)]
#[template(path = "journal/entry.html")]
pub(super) struct EntryPage {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) problems: Vec<(&'static str, String)>,
    pub(super) stale: Vec<StaleRow>,
    pub(super) action: String,
    pub(super) back: String,
    pub(super) version: i64,
    pub(super) form: EntryForm,
}

/// The question before something is taken out.
#[derive(Template)]
#[template(path = "journal/remove.html")]
pub(super) struct RemovePage {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) action: String,
    pub(super) back: String,
    pub(super) version: i64,
    pub(super) text: String,
    pub(super) consequence: String,
}

/// What the form needs beside what was typed.
pub(super) struct Loaded {
    pub(super) entry: ProgressRow,
    pub(super) rhks: Vec<RhkRow>,
    pub(super) is_locked: bool,
}

async fn load(tx: &mut Tx, staff: &Staff, id: ProgressId) -> Result<Loaded, PageError> {
    let person = staff.person()?;
    let entry = journal::queries::entry(tx, id).await?.ok_or(PageError::NotFound)?;
    journal::access::view(tx, staff.actor(), entry.skp_id).await?;
    if entry.person_id != person {
        return Err(PageError::NotFound);
    }
    let rhks = skp::queries::rhks(tx, entry.skp_id).await?;
    let locks = journal::queries::locks(tx, entry.skp_id).await?;
    Ok(Loaded {
        is_locked: is_locked(entry.work_date, &locks),
        entry,
        rhks,
    })
}

fn parse(id: &str) -> Result<ProgressId, PageError> {
    id.parse().map_err(|_| PageError::NotFound)
}

fn back(entry: &ProgressRow) -> String {
    format!("/progres?tanggal={}", entry.work_date)
}

/// `GET /progres/{id}`
pub(super) async fn form(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let id = parse(&id)?;
    let loaded = db::read!(app.db, async |tx| load(tx, &staff, id).await)?;
    if loaded.is_locked {
        return see_other(&back(&loaded.entry));
    }
    let shown = stored(staff.t, &loaded.entry);
    let frame = Frame::of(&staff, Nav::Journal);
    page(&build(&frame, &loaded, &shown, &Problems::none(), Vec::new()))
}

/// `POST /progres/{id}`
pub(super) async fn save(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    let t = staff.t;
    let id = parse(&id)?;
    let mut problems = Problems::none();
    let mut refusal = None;
    if let Some(entry) = day::typed(&form, &mut problems) {
        let on = entry.work_date;
        let input = EditEntryInput {
            id,
            version: form.version(),
            entry,
        };
        match commands::edit_entry(&app.db, &app.ctx, staff.actor(), input).await {
            Ok(receipt) => return see_other(&day::after(on, &receipt)),
            Err(error) => refusal = Some(error),
        }
    }
    let mut loaded = db::read!(app.db, async |tx| load(tx, &staff, id).await)?;
    let mut rows = Vec::new();
    if let Some(error) = refusal
        && let Some(now) = day::refused(t, error, t.journal_day_earliest(), &mut problems)?
    {
        loaded.entry = *now;
        rows = stale(t, &loaded, &form);
        if rows.is_empty() {
            return see_other(&back(&loaded.entry));
        }
    }
    let status = match problems.is_empty() {
        true => StatusCode::CONFLICT,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let frame = Frame::of(&staff, Nav::Journal);
    page_with_status(status, &build(&frame, &loaded, &form, &problems, rows))
}

/// `GET /progres/{id}/hapus`
pub(super) async fn remove_form(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let id = parse(&id)?;
    let loaded = db::read!(app.db, async |tx| load(tx, &staff, id).await)?;
    if loaded.is_locked {
        return see_other(&back(&loaded.entry));
    }
    page(&remove_page(&Frame::of(&staff, Nav::Journal), &loaded.entry))
}

pub(super) fn remove_page(frame: &Frame, entry: &ProgressRow) -> RemovePage {
    let t = frame.t;
    RemovePage {
        shell: frame.shell(t.journal_entry_remove_title()),
        t,
        action: format!("/progres/{}/hapus", entry.id),
        back: back(entry),
        version: entry.version,
        text: entry.text.clone(),
        consequence: t.journal_entry_remove_text(t.date_long(entry.work_date)),
    }
}

/// `POST /progres/{id}/hapus`
pub(super) async fn remove(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    let id = parse(&id)?;
    let Loaded { entry, .. } = db::read!(app.db, async |tx| load(tx, &staff, id).await)?;
    let input = DeleteEntryInput {
        id,
        version: form.version(),
    };
    let mut problems = Problems::none();
    match commands::delete_entry(&app.db, &app.ctx, staff.actor(), input).await {
        Ok(()) => see_other(&format!("{}&pesan=dihapus", back(&entry))),
        Err(error) => match day::refused(staff.t, error, staff.t.journal_day_earliest(), &mut problems)? {
            // changed meanwhile: the question is asked again with what it says now
            Some(now) => page_with_status(
                StatusCode::CONFLICT,
                &remove_page(&Frame::of(&staff, Nav::Journal), &now),
            ),
            None => see_other(&back(&entry)),
        },
    }
}

/// The fields as they are stored.
pub(super) fn stored(t: Texts, entry: &ProgressRow) -> FormData {
    let quantity = entry.quantity.map(|q| t.decimal(q)).unwrap_or_default();
    FormData::from_pairs([
        ("rhk", entry.rhk_id.to_string().as_str()),
        ("teks", &entry.text),
        ("jumlah", &quantity),
        ("satuan", &entry.quantity_unit),
        ("tanggal", &entry.work_date.to_string()),
    ])
}

fn stale(t: Texts, loaded: &Loaded, typed: &FormData) -> Vec<StaleRow> {
    let now = stored(t, &loaded.entry);
    let rhk = |form: &FormData| {
        let id = form.raw("rhk");
        let found = loaded.rhks.iter().find(|r| r.id.to_string() == id);
        found.map_or_else(|| id.to_owned(), |r| r.text.clone())
    };
    let date = |form: &FormData| form.date("tanggal").map(|d| t.date_long(d)).unwrap_or_default();
    let raw = |form: &FormData, name: &str| form.raw(name).to_owned();
    differing([
        (t.journal_rhk(), rhk(&now), rhk(typed)),
        (t.journal_text(), raw(&now, "teks"), raw(typed, "teks")),
        (t.journal_quantity(), raw(&now, "jumlah"), raw(typed, "jumlah")),
        (t.journal_unit(), raw(&now, "satuan"), raw(typed, "satuan")),
        (t.journal_date(), date(&now), date(typed)),
    ])
}

pub(super) fn build(
    frame: &Frame,
    loaded: &Loaded,
    form: &FormData,
    problems: &Problems,
    stale: Vec<StaleRow>,
) -> EntryPage {
    let t = frame.t;
    let title = t.journal_edit_title(t.date_long(loaded.entry.work_date));
    let none: &[Habit] = &[];
    EntryPage {
        shell: frame.shell(title).problems(!problems.is_empty()),
        t,
        problems: problems.all(t),
        stale,
        action: format!("/progres/{}", loaded.entry.id),
        back: back(&loaded.entry),
        version: loaded.entry.version,
        form: day::entry_fields(t, &loaded.rhks, none, form, problems, ""),
    }
}
