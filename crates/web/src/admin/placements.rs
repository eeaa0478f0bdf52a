//! Who holds which position: appointed, Plt or Plh, and the end of it.

use axum::extract::{Path, State};
use kernel::{Code, PlacementId, UnitId};
use org::commands::placements::{self, PlaceInput, PlacementError};
use org::model::PlacementKind;
use org::queries::{PersonPage, PlacementPeriod};

use super::form::FormPage;
use super::people::{administered, at, dates, days, framed, placement};
use crate::shared::{
    AppState, Choice, Field, FieldKind, FormData, PageError, PageResult, Problem, Problems, QueryData, Staff, see_other,
};

/// `GET /kelola/pegawai/{id}/jabatan`: first in which unit, then which position.
pub(super) async fn form(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    QueryData(query): QueryData,
) -> PageResult {
    let person = administered(&staff, &app, &id).await?;
    match query.id("unit") {
        Some(unit) => place_page(&staff, &app, &person, unit, &FormData::default(), &Problems::none()).await,
        None => unit_page(&staff, &app, &person).await,
    }
}

async fn unit_page(staff: &Staff, app: &AppState, person: &PersonPage) -> PageResult {
    let t = staff.t;
    let agency = staff.session.agency.id;
    let units = db::read!(app.db, async |tx| org::queries::unit_options(tx, agency).await)?;
    let choices = units
        .iter()
        .filter(|u| staff.actor().administers(&u.path))
        .map(|u| Choice::new(u.id.to_string(), super::words::indented(u)))
        .collect();
    let present = person.today.unit.map_or_else(String::new, |u| u.to_string());
    framed(staff, person, t.admin_place(), "jabatan")
        .lead(t.admin_place_unit_lead())
        .field(Field::new(t, "unit", t.org_unit(), FieldKind::Select(choices)).value(present))
        .button(t.admin_place_next(), "")
        .question()
        .answer(&Problems::none())
}

async fn place_page(
    staff: &Staff,
    app: &AppState,
    person: &PersonPage,
    unit: UnitId,
    form: &FormData,
    problems: &Problems,
) -> PageResult {
    let t = staff.t;
    let agency = staff.session.agency.id;
    let (found, positions) = db::read!(app.db, async |tx| {
        let found = org::queries::unit_page(tx, agency, unit).await?;
        Ok::<_, PageError>((found, org::queries::positions_of(tx, agency, unit).await?))
    })?;
    let found = found.ok_or(PageError::NotFound)?.unit;
    if !staff.actor().administers(&found.path) {
        return Err(PageError::NotFound);
    }
    let choices = positions
        .into_iter()
        .map(|p| {
            let label = match p.holder {
                Some(holder) => t.admin_position_held(&p.title, holder),
                None => t.admin_position_vacant(&p.title),
            };
            Choice::new(p.id.to_string(), label)
        })
        .collect();
    let kinds = PlacementKind::ALL
        .iter()
        .map(|k| Choice::new(k.code(), placement(t, *k)))
        .collect();
    let ends = vec![
        Choice::new("tetap", t.admin_place_keep()),
        Choice::new("akhiri", t.admin_place_ends()).hint(t.admin_place_ends_hint()),
    ];
    let page: FormPage = framed(staff, person, t.admin_place(), "jabatan")
        .fact(t.org_unit(), &found.name)
        .hidden("unit", unit.to_string())
        .field(Field::new(t, "jabatan", t.org_position(), FieldKind::Select(choices)).from(form, problems))
        .field(Field::new(t, "cara", t.admin_place_kind(), FieldKind::Radios(kinds)).from(form, problems));
    dates(t, page, form, problems, staff.today())
        .field(
            Field::new(t, "sekarang", t.admin_place_present(), FieldKind::Radios(ends))
                .value("tetap")
                .from(form, problems),
        )
        .field(
            Field::line(t, "sk", t.admin_decree())
                .optional()
                .max(100)
                .from(form, problems),
        )
        .button(t.admin_place(), t.admin_place_after())
        .answer(problems)
}

/// `POST /kelola/pegawai/{id}/jabatan`
pub(super) async fn place(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    let person = administered(&staff, &app, &id).await?;
    let t = staff.t;
    let Some(unit) = form.id("unit") else {
        return unit_page(&staff, &app, &person).await;
    };
    let mut problems = Problems::none();
    let position = form.id("jabatan");
    if position.is_none() {
        problems.add("jabatan", Problem::Required);
    }
    let kind: Option<PlacementKind> = form.code("cara", &mut problems);
    let days = days(t, &form, &mut problems);
    let decree = form.line_opt("sk", 100, &mut problems);
    if let (Some(position), Some(kind), Some((valid_from, valid_to)), true) =
        (position, kind, days, problems.is_empty())
    {
        let input = PlaceInput {
            person: person.today.id,
            position,
            kind,
            valid_from,
            valid_to,
            decree,
            ends_present: form.raw("sekarang") == "akhiri",
        };
        match placements::place(&app.db, &app.ctx, staff.actor(), input).await {
            Ok(_) => return see_other(&format!("{}?pesan=tersimpan", at(&person))),
            Err(error) => say(&staff, error, &mut problems)?,
        }
    }
    place_page(&staff, &app, &person, unit, &form, &problems).await
}

fn say(staff: &Staff, error: PlacementError, problems: &mut Problems) -> Result<(), PageError> {
    let t = staff.t;
    match error {
        PlacementError::Dates => problems.say("akhir", t.admin_dates_wrong()),
        PlacementError::ActingNeedsEnd => problems.say("akhir", t.admin_place_needs_end()),
        PlacementError::Overlap => problems.say("sekarang", t.admin_place_overlap()),
        PlacementError::HeadOccupied => problems.say("jabatan", t.admin_place_head_occupied()),
        PlacementError::Twice => problems.say("jabatan", t.admin_place_twice()),
        PlacementError::Decree => problems.add("sk", Problem::TooLong(100)),
        PlacementError::PositionClosed => problems.say("jabatan", t.admin_place_closed()),
        PlacementError::NotFound => return Err(PageError::NotFound),
        PlacementError::Denied(denied) => return Err(denied.into()),
        PlacementError::Internal(error) => return Err(error.into()),
    }
    Ok(())
}

fn placement_of(person: &PersonPage, id: &str) -> Result<PlacementPeriod, PageError> {
    let id: PlacementId = id.parse().map_err(|_| PageError::NotFound)?;
    let found = person.placements.iter().find(|p| p.id == id).cloned();
    found.ok_or(PageError::NotFound)
}

/// `GET /kelola/pegawai/{id}/jabatan/{placement}`
pub(super) async fn end_form(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, held)): Path<(String, String)>,
) -> PageResult {
    let person = administered(&staff, &app, &id).await?;
    let held = placement_of(&person, &held)?;
    end_page(&staff, &person, &held, &FormData::default(), &Problems::none())
}

fn end_page(
    staff: &Staff,
    person: &PersonPage,
    held: &PlacementPeriod,
    form: &FormData,
    problems: &Problems,
) -> PageResult {
    let t = staff.t;
    framed(staff, person, t.admin_place_end(), &format!("jabatan/{}", held.id))
        .fact(t.org_position(), &held.title)
        .fact(t.org_unit(), &held.unit_name)
        .fact(t.admin_place_kind(), placement(t, held.kind))
        .fact(t.admin_first_day(), t.date_long(held.valid_from))
        .field(
            Field::new(t, "akhir", t.admin_last_day(), FieldKind::Date)
                .value(held.valid_to.unwrap_or(staff.today()).to_string())
                .from(form, problems),
        )
        .button(t.admin_place_end(), t.admin_place_end_after())
        .danger()
        .answer(problems)
}

/// `POST /kelola/pegawai/{id}/jabatan/{placement}`
pub(super) async fn end(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, held)): Path<(String, String)>,
    form: FormData,
) -> PageResult {
    let person = administered(&staff, &app, &id).await?;
    let held = placement_of(&person, &held)?;
    let mut problems = Problems::none();
    match form.date("akhir") {
        None => problems.say("akhir", staff.t.admin_date_wrong()),
        Some(last) => match placements::end(&app.db, &app.ctx, staff.actor(), held.id, last).await {
            Ok(()) => return see_other(&format!("{}?pesan=tersimpan", at(&person))),
            Err(error) => say(&staff, error, &mut problems)?,
        },
    }
    end_page(&staff, &person, &held, &form, &problems)
}
