//! Superiors set by hand: with reason, document and dates, and their end.

use axum::extract::{Path, State};
use i18n::Texts;
use kernel::PersonId;
use org::commands::superiors::{self, OverrideInput, SuperiorError};
use org::model::{OverrideId, PersonStatus};
use org::queries::{EmployeeFilter, EmployeeRow, OverrideView, PersonPage};
use policy::Kind;

use super::people::{administered, at, dates, days, framed};
use crate::shared::{
    AppState, Choice, Field, FieldKind, FormData, PageError, PageResult, Problem, Problems, Staff, see_other,
};

/// `GET /kelola/pegawai/{id}/atasan`
pub(super) async fn superior_form(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let person = administered(&staff, &app, &id).await?;
    superior_page(&staff, &person, &FormData::default(), &Problems::none(), Vec::new())
}

fn superior_page(
    staff: &Staff,
    person: &PersonPage,
    form: &FormData,
    problems: &Problems,
    candidates: Vec<Choice>,
) -> PageResult {
    let t = staff.t;
    let view = framed(staff, person, t.admin_superior_set(), "atasan").lead(t.admin_superior_lead());
    let search = Field::line(t, "cari", t.admin_superior_who())
        .hint(t.admin_superior_who_hint())
        .max(100)
        .from(form, problems);
    let view = if candidates.is_empty() {
        view.field(search)
    } else {
        // the search stays, for when none of them is meant
        view.field(
            Field::new(t, "atasan", t.admin_superior_which(), FieldKind::Radios(candidates)).from(form, problems),
        )
        .field(search.optional())
    };
    dates(t, view, form, problems, staff.today())
        .field(
            Field::paragraph(t, "alasan", t.admin_reason())
                .hint(t.admin_superior_reason_hint())
                .max(500)
                .from(form, problems),
        )
        .field(
            Field::line(t, "dokumen", t.admin_document())
                .optional()
                .max(200)
                .from(form, problems),
        )
        .button(t.admin_superior_set(), t.admin_superior_after())
        .answer(problems)
}

/// `POST /kelola/pegawai/{id}/atasan`
pub(super) async fn set_superior(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    let person = administered(&staff, &app, &id).await?;
    let t = staff.t;
    let mut problems = Problems::none();
    let days = days(t, &form, &mut problems);
    let reason = form.paragraph("alasan", 500, &mut problems);
    let document = form.line_opt("dokumen", 200, &mut problems);
    let (superior, candidates) = chosen(&staff, &app, &person, &form, &mut problems).await?;
    if let (Some((valid_from, valid_to)), Some(superior), true) = (days, superior, problems.is_empty()) {
        let input = OverrideInput {
            person: person.today.id,
            superior,
            reason,
            document,
            valid_from,
            valid_to,
        };
        match superiors::set(&app.db, &app.ctx, staff.actor(), input).await {
            Ok(_) => return see_other(&format!("{}?pesan=tersimpan", at(&person))),
            Err(error) => superior_problem(t, error, &mut problems)?,
        }
    }
    superior_page(&staff, &person, &form, &problems, candidates)
}

/// Whom the form means: a choice made, or the only one whom the search finds. Otherwise those it finds, to choose from.
async fn chosen(
    staff: &Staff,
    app: &AppState,
    person: &PersonPage,
    form: &FormData,
    problems: &mut Problems,
) -> Result<(Option<PersonId>, Vec<Choice>), PageError> {
    let t = staff.t;
    let text: String = form.raw("cari").chars().take(100).collect();
    let picked: Option<PersonId> = form.id("atasan");
    if text.trim().is_empty() && picked.is_none() {
        problems.add("cari", Problem::Required);
        return Ok((None, Vec::new()));
    }
    let scope = policy::scope(staff.actor(), Kind::Person);
    let filter = EmployeeFilter {
        text,
        status: Some(PersonStatus::Active),
        ..EmployeeFilter::default()
    };
    let (found, _) = db::read!(app.db, async |tx| org::queries::employees(tx, &scope, &filter, None)
        .await)?;
    let people: Vec<EmployeeRow> = found
        .rows
        .into_iter()
        .filter(|e| e.id != person.today.id)
        .take(12)
        .collect();
    let candidates: Vec<Choice> = people
        .iter()
        .map(|e| Choice::new(e.id.to_string(), &e.full_name).hint(format!("{} · {}", e.position_title, e.unit_name)))
        .collect();
    match (picked, people.as_slice()) {
        (Some(picked), _) => Ok((Some(picked), candidates)),
        (None, [only]) => Ok((Some(only.id), Vec::new())),
        (None, []) => {
            problems.say("cari", t.org_people_none_hint());
            Ok((None, Vec::new()))
        }
        (None, _) => {
            problems.say("atasan", t.admin_superior_several());
            Ok((None, candidates))
        }
    }
}

fn superior_problem(t: Texts, error: SuperiorError, problems: &mut Problems) -> Result<(), PageError> {
    match error {
        SuperiorError::Himself => problems.say("cari", t.admin_superior_himself()),
        SuperiorError::Circle => problems.say("cari", t.admin_superior_circle()),
        SuperiorError::NotInOffice => problems.say("cari", t.admin_superior_not_in_office()),
        SuperiorError::Reason => problems.add("alasan", Problem::Required),
        SuperiorError::Document => problems.add("dokumen", Problem::TooLong(200)),
        SuperiorError::Dates => problems.say("akhir", t.admin_dates_wrong()),
        SuperiorError::Overlap => problems.say("mulai", t.admin_superior_overlap()),
        SuperiorError::NotFound => return Err(PageError::NotFound),
        SuperiorError::Denied(denied) => return Err(denied.into()),
        SuperiorError::Internal(error) => return Err(error.into()),
    }
    Ok(())
}

fn override_of(person: &PersonPage, id: &str) -> Result<OverrideView, PageError> {
    let id: OverrideId = id.parse().map_err(|_| PageError::NotFound)?;
    let found = person.overrides.iter().find(|o| o.id == id).cloned();
    found.ok_or(PageError::NotFound)
}

/// `GET /kelola/pegawai/{id}/atasan/{override}`
pub(super) async fn end_superior_form(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, set)): Path<(String, String)>,
) -> PageResult {
    let person = administered(&staff, &app, &id).await?;
    let set = override_of(&person, &set)?;
    end_superior_page(&staff, &person, &set, &FormData::default(), &Problems::none())
}

fn end_superior_page(
    staff: &Staff,
    person: &PersonPage,
    set: &OverrideView,
    form: &FormData,
    problems: &Problems,
) -> PageResult {
    let t = staff.t;
    framed(staff, person, t.admin_superior_end(), &format!("atasan/{}", set.id))
        .fact(t.org_superior(), &set.superior_name)
        .fact(t.admin_first_day(), t.date_long(set.valid_from))
        .field(
            Field::new(t, "akhir", t.admin_last_day(), FieldKind::Date)
                .value(staff.today().to_string())
                .from(form, problems),
        )
        .button(t.admin_superior_end(), t.admin_superior_end_after())
        .answer(problems)
}

/// `POST /kelola/pegawai/{id}/atasan/{override}`
pub(super) async fn end_superior(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, set)): Path<(String, String)>,
    form: FormData,
) -> PageResult {
    let person = administered(&staff, &app, &id).await?;
    let set = override_of(&person, &set)?;
    let mut problems = Problems::none();
    match form.date("akhir") {
        None => problems.say("akhir", staff.t.admin_date_wrong()),
        Some(last) => match superiors::end(&app.db, &app.ctx, staff.actor(), set.id, last).await {
            Ok(()) => return see_other(&format!("{}?pesan=tersimpan", at(&person))),
            Err(error) => superior_problem(staff.t, error, &mut problems)?,
        },
    }
    end_superior_page(&staff, &person, &set, &form, &problems)
}
