//! The realised value of one IKI; saves itself while it is written.

use axum::extract::{Path, State};
use http::{HeaderMap, StatusCode};
use i18n::Texts;
use journal::RealisationRow;
use journal::commands::{self, RealisationError, RealisationInput};
use kernel::IkiId;

use super::period::{At, build, frame, load};
use super::view::{Rejected, stored_value};
use super::words;
use crate::shared::autosave::{self, StaleRow, differing};
use crate::shared::{AppState, FormData, PageError, PageResult, Problems, Staff, page_with_status, see_other};

/// `POST /skp/{id}/periode/{tahun}/{periode}/realisasi/{iki}`
pub(super) async fn save(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, year, period, iki)): Path<(String, String, String, String)>,
    headers: HeaderMap,
    form: FormData,
) -> PageResult {
    let t = staff.t;
    let at = At::parse(&id, &year, &period)?;
    let iki: IkiId = iki.parse().map_err(|_| PageError::NotFound)?;
    let is_autosave = autosave::is_autosave(&headers);
    let form = match is_autosave && !(form.has("nilai") && form.has("sumber")) {
        true => {
            let loaded = db::read!(app.db, async |tx| load(tx, &staff, at).await)?;
            autosave::over(&stored_value(loaded.view.realisation_of(iki)), &form)
        }
        false => form,
    };
    let input = RealisationInput {
        iki,
        period: at.period,
        version: form.version(),
        value_text: form.raw("nilai").to_owned(),
        source_note: form.raw("sumber").to_owned(),
    };
    let mut problems = Problems::none();
    let mut stale = Vec::new();
    match commands::save_realisation(&app.db, &app.ctx, staff.actor(), input).await {
        Ok(done) if is_autosave => return autosave::saved(&staff, done.version),
        Ok(_) => return see_other(&at.said("nilai")),
        Err(RealisationError::NotFound) => return Err(PageError::NotFound),
        Err(RealisationError::Denied(denied)) => return Err(denied.into()),
        Err(RealisationError::Internal(error)) => return Err(error.into()),
        Err(RealisationError::Stale(_)) if is_autosave => return autosave::stale(t.journal_stale()),
        Err(RealisationError::Stale(now)) => stale = differences(t, now.as_deref(), &form),
        Err(RealisationError::Period(broken)) => problems.say("nilai", words::period_broken(t, broken)),
        Err(RealisationError::Value(error)) => problems.text("nilai", error),
        Err(RealisationError::Source(error)) => problems.text("sumber", error),
    }
    if is_autosave {
        return autosave::unsaved(t, &problems);
    }
    if problems.is_empty() && stale.is_empty() {
        // the form had saved itself a moment before it was sent
        return see_other(&at.said("nilai"));
    }
    let status = match problems.is_empty() {
        true => StatusCode::CONFLICT,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let loaded = db::read!(app.db, async |tx| load(tx, &staff, at).await)?;
    let rejected = Rejected {
        iki,
        form,
        problems,
        stale,
    };
    page_with_status(status, &build(&frame(&staff, &loaded), &loaded, None, Some(&rejected)))
}

pub(super) fn differences(t: Texts, now: Option<&RealisationRow>, typed: &FormData) -> Vec<StaleRow> {
    let now = stored_value(now);
    let pair = |name: &str| (now.raw(name).to_owned(), typed.raw(name).to_owned());
    let (value, source) = (pair("nilai"), pair("sumber"));
    differing([
        (t.journal_value(), value.0, value.1),
        (t.journal_source(), source.0, source.1),
    ])
}
