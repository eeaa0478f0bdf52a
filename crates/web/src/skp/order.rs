//! Taking parts out of a draft and moving results up and down.

use askama::Template;
use axum::extract::{Path, State};
use http::StatusCode;
use i18n::Texts;
use kernel::{IkiId, RhkId, SkpId};
use policy::Action;
use skp::commands::{self, EditError, RemoveIkiInput, RemoveRhkInput, ReorderRhkInput};
use skp::model::RhkKind;

use super::edit::{self, Refused, id as parse, open, plan};
use super::show::{Said, again};
use crate::shared::{AppState, FormData, Nav, PageError, PageResult, Shell, Staff, page, see_other};

/// The question before something is removed.
#[derive(Template)]
#[template(path = "skp/remove.html")]
pub(super) struct RemovePage {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) action: String,
    pub(super) back: String,
    pub(super) version: i64,
    /// What would be removed.
    pub(super) text: String,
    /// What follows from it.
    pub(super) consequences: Vec<String>,
}

/// `GET /skp/{id}/rhk/{rhk}/hapus`
pub(super) async fn remove_rhk_form(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, rhk)): Path<(String, String)>,
) -> PageResult {
    let (id, rhk): (SkpId, RhkId) = (parse(&id)?, parse(&rhk)?);
    let t = staff.t;
    let (detail, supporters) = db::read!(app.db, async |tx| {
        let (detail, _) = open(tx, &staff, Action::Edit, id).await?;
        let supporters = skp::queries::supporters(tx, rhk).await?;
        Ok::<_, PageError>((detail, supporters))
    })?;
    let found = detail
        .rhks
        .iter()
        .find(|r| r.row.id == rhk)
        .ok_or(PageError::NotFound)?;
    if !detail.skp.status.is_editable() {
        return see_other(&plan(id, "terkunci"));
    }
    let mut consequences = vec![t.skp_rhk_remove_text().to_owned()];
    if supporters > 0 {
        consequences.push(t.skp_rhk_remove_supported(supporters));
    }
    page(&RemovePage {
        shell: Shell::staff(&staff, Nav::Skp, t.skp_rhk_remove_title()),
        t,
        action: format!("/skp/{id}/rhk/{rhk}/hapus"),
        back: format!("/skp/{id}/rhk/{rhk}"),
        version: detail.skp.version,
        text: found.row.text.clone(),
        consequences,
    })
}

/// `POST /skp/{id}/rhk/{rhk}/hapus`
pub(super) async fn remove_rhk(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, rhk)): Path<(String, String)>,
    form: FormData,
) -> PageResult {
    let input = RemoveRhkInput {
        skp: parse(&id)?,
        version: form.version(),
        rhk: parse(&rhk)?,
        // the page that asked has said how many rest on it
        detach: true,
    };
    let done = commands::remove_rhk(&app.db, &app.ctx, staff.actor(), input).await;
    answer(&app, &staff, input.skp, done.map(|s| s.version), "dihapus").await
}

/// `GET /skp/{id}/iki/{iki}/hapus`
pub(super) async fn remove_iki_form(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, iki)): Path<(String, String)>,
) -> PageResult {
    let (id, iki): (SkpId, IkiId) = (parse(&id)?, parse(&iki)?);
    let t = staff.t;
    let (detail, _) = db::read!(app.db, async |tx| open(tx, &staff, Action::Edit, id).await)?;
    let found = detail
        .rhks
        .iter()
        .flat_map(|r| &r.ikis)
        .find(|i| i.id == iki)
        .ok_or(PageError::NotFound)?;
    if !detail.skp.status.is_editable() {
        return see_other(&plan(id, "terkunci"));
    }
    page(&RemovePage {
        shell: Shell::staff(&staff, Nav::Skp, t.skp_iki_remove_title()),
        t,
        action: format!("/skp/{id}/iki/{iki}/hapus"),
        back: format!("/skp/{id}/iki/{iki}"),
        version: detail.skp.version,
        text: found.text.clone(),
        consequences: vec![t.skp_iki_remove_text().to_owned()],
    })
}

/// `POST /skp/{id}/iki/{iki}/hapus`
pub(super) async fn remove_iki(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, iki)): Path<(String, String)>,
    form: FormData,
) -> PageResult {
    let input = RemoveIkiInput {
        skp: parse(&id)?,
        version: form.version(),
        iki: parse(&iki)?,
    };
    let done = commands::remove_iki(&app.db, &app.ctx, staff.actor(), input).await;
    answer(&app, &staff, input.skp, done.map(|s| s.version), "dihapus").await
}

/// `POST /skp/{id}/rhk/{rhk}/urutan`: one place up (`arah=naik`) or down.
pub(super) async fn move_rhk(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, rhk)): Path<(String, String)>,
    form: FormData,
) -> PageResult {
    let (id, rhk): (SkpId, RhkId) = (parse(&id)?, parse(&rhk)?);
    let (detail, _) = db::read!(app.db, async |tx| open(tx, &staff, Action::Edit, id).await)?;
    let ids = |kind| -> Vec<RhkId> { detail.of_kind(kind).map(|r| r.row.id).collect() };
    let (utama, tambahan) = (ids(RhkKind::Utama), ids(RhkKind::Tambahan));
    if !utama.contains(&rhk) && !tambahan.contains(&rhk) {
        return Err(PageError::NotFound);
    }
    let up = form.raw("arah") == "naik";
    let input = ReorderRhkInput {
        skp: id,
        version: form.version(),
        utama: moved(utama, rhk, up),
        tambahan: moved(tambahan, rhk, up),
    };
    let done = commands::reorder_rhk(&app.db, &app.ctx, staff.actor(), input).await;
    answer(&app, &staff, id, done.map(|s| s.version), "tersimpan").await
}

/// The list with one entry a place further; unchanged at the ends and when the entry is not in it.
fn moved(mut ids: Vec<RhkId>, which: RhkId, up: bool) -> Vec<RhkId> {
    let Some(at) = ids.iter().position(|id| *id == which) else {
        return ids;
    };
    let to = if up { at.checked_sub(1) } else { Some(at + 1) };
    if let Some(to) = to.filter(|to| *to < ids.len()) {
        ids.swap(at, to);
    }
    ids
}

async fn answer(
    app: &AppState,
    staff: &Staff,
    id: SkpId,
    done: Result<i64, EditError>,
    notice: &'static str,
) -> PageResult {
    let error = match done {
        Ok(_) => return see_other(&plan(id, notice)),
        Err(error) => error,
    };
    let mut said = Said::default();
    let status = match edit::refused(staff.t, error, "isi", &mut said.problems)? {
        Refused::Stale(_) => {
            said.warning = Some(staff.t.skp_stale_step());
            StatusCode::CONFLICT
        }
        Refused::Problems => StatusCode::UNPROCESSABLE_ENTITY,
    };
    again(app, staff, id, status, said).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_moves_one_place_and_never_beyond_the_ends() {
        let id = |n: u128| RhkId::from_uuid(uuid::Uuid::from_u128(n));
        let list = vec![id(1), id(2), id(3)];
        assert_eq!(moved(list.clone(), id(2), true), [id(2), id(1), id(3)]);
        assert_eq!(moved(list.clone(), id(2), false), [id(1), id(3), id(2)]);
        assert_eq!(moved(list.clone(), id(1), true), list);
        assert_eq!(moved(list.clone(), id(3), false), list);
        assert_eq!(moved(list.clone(), id(9), false), list);
    }
}
