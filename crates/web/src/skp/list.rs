//! One's own plans, and beginning a new one.

use askama::Template;
use axum::extract::State;
use http::StatusCode;
use i18n::Texts;
use kernel::{Code, SkpId};
use skp::SkpRow;
use skp::commands::{self, CreateError, CreateInput};
use skp::model::Approach;

use super::edit::plan;
use super::view::{People, Reader};
use super::words;
use crate::shared::words::{Tag, skp_status};
use crate::shared::{
    AppState, Choice, Field, FieldKind, FormData, Nav, PageError, PageResult, Problems, QueryData, Shell, Staff, page,
    page_with_status, see_other,
};

/// One of one's own plans.
#[derive(Debug, Clone)]
pub(super) struct OwnPlan {
    pub(super) id: SkpId,
    pub(super) year: i16,
    pub(super) period: String,
    pub(super) tag: Tag,
    pub(super) assessor: String,
    pub(super) next: String,
}

/// One's own plans.
#[derive(Template)]
#[template(path = "skp/list.html")]
pub(super) struct ListPage {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) plans: Vec<OwnPlan>,
    /// Years that have no plan yet, this one first.
    pub(super) new_years: Vec<i16>,
}

/// `GET /skp`
pub(super) async fn list(staff: Staff, State(app): State<AppState>) -> PageResult {
    let person = staff.person()?;
    let agency = staff.session.agency.id;
    let (rows, people) = db::read!(app.db, async |tx| {
        let rows = skp::queries::of_person(tx, person).await?;
        let mut wanted: Vec<_> = rows.iter().filter_map(|s| s.assessor_id).collect();
        wanted.sort();
        wanted.dedup();
        let people = People::new(org::queries::employees_by_id(tx, agency, &wanted).await?);
        Ok::<_, PageError>((rows, people))
    })?;
    page(&build(&Reader::of(&staff), &rows, &people))
}

pub(super) fn build(reader: &Reader<'_>, rows: &[SkpRow], people: &People) -> ListPage {
    let t = reader.t;
    let this = reader.today().year();
    let title = rows.iter().find(|s| s.year == this).map_or_else(
        || t.skp_list_title().to_owned(),
        |s| t.skp_list_title_one(s.year, skp_status(t, Some(s.status)).label.to_lowercase()),
    );
    // next year is offered from its last quarter on
    let years = if reader.today().month() >= 10 {
        vec![this, this + 1]
    } else {
        vec![this]
    };
    ListPage {
        shell: reader.shell(Nav::Skp, title),
        t,
        plans: rows.iter().map(|s| own(t, s, people)).collect(),
        new_years: years
            .into_iter()
            .filter(|year| rows.iter().all(|s| s.year != *year))
            .collect(),
    }
}

fn own(t: Texts, skp: &SkpRow, people: &People) -> OwnPlan {
    let assessor = people.name(skp.assessor_id).unwrap_or(t.skp_assessor_none());
    OwnPlan {
        id: skp.id,
        year: skp.year,
        period: words::period(t, skp),
        tag: skp_status(t, Some(skp.status)),
        assessor: assessor.to_owned(),
        next: words::next_short(t, skp.status, assessor),
    }
}

/// The form of a new plan.
#[derive(Template)]
#[template(path = "skp/new.html")]
pub(super) struct NewPage {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) problems: Vec<(&'static str, String)>,
    pub(super) year: Field,
    pub(super) approach: Field,
    pub(super) start: Field,
    /// The plan that stands in the way, if one does.
    pub(super) other: Option<SkpId>,
}

/// `GET /skp/baru`
pub(super) async fn new_form(staff: Staff, QueryData(query): QueryData) -> PageResult {
    staff.person()?;
    let year = match query.int("tahun") {
        Some(year) => year.to_string(),
        None => staff.today().year().to_string(),
    };
    let shown = FormData::from_pairs([("tahun", year.as_str()), ("pendekatan", Approach::Kuantitatif.code())]);
    page(&new_page(&Reader::of(&staff), &shown, &Problems::none(), None))
}

/// `POST /skp/baru`
pub(super) async fn create(staff: Staff, State(app): State<AppState>, form: FormData) -> PageResult {
    let t = staff.t;
    let mut problems = Problems::none();
    let approach = form.code("pendekatan", &mut problems);
    let year = form.int("tahun").and_then(|year| i16::try_from(year).ok());
    let start = form.date("mulai");
    if year.is_none_or(|year| !(1900..=9000).contains(&year)) {
        problems.say("tahun", t.skp_problem_year());
    }
    if start.is_none() && !form.raw("mulai").trim().is_empty() {
        problems.say("mulai", t.skp_problem_date());
    }
    let mut other = None;
    if let (Some(approach), Some(year), true) = (approach, year, problems.is_empty()) {
        let input = CreateInput { year, approach, start };
        match commands::create(&app.db, &app.ctx, staff.actor(), input).await {
            Ok(made) if made.already => return see_other(&format!("/skp/{}", made.id)),
            Ok(made) => return see_other(&plan(made.id, "dibuat")),
            Err(CreateError::Denied(denied)) => return Err(denied.into()),
            Err(CreateError::Internal(error)) => return Err(error.into()),
            Err(CreateError::YearOutOfRange) => problems.say("tahun", t.skp_problem_year()),
            Err(CreateError::StartOutOfYear) => problems.say("mulai", t.skp_problem_start()),
            Err(CreateError::NoPosition) => problems.say("tahun", t.skp_problem_no_position()),
            Err(CreateError::NoSkpDue) => problems.say("tahun", t.skp_problem_no_skp_due()),
            Err(CreateError::OtherOpen(id)) => {
                other = Some(id);
                problems.say("tahun", t.skp_problem_other_open());
            }
        }
    }
    page_with_status(
        StatusCode::UNPROCESSABLE_ENTITY,
        &new_page(&Reader::of(&staff), &form, &problems, other),
    )
}

pub(super) fn new_page(reader: &Reader<'_>, form: &FormData, problems: &Problems, other: Option<SkpId>) -> NewPage {
    let t = reader.t;
    let this = reader.today().year();
    let years = [this - 1, this, this + 1].map(|year| Choice::new(year.to_string(), year.to_string()));
    let approaches = vec![
        Choice::new(Approach::Kuantitatif.code(), t.skp_approach_kuantitatif()).hint(t.skp_approach_kuantitatif_hint()),
        Choice::new(Approach::Kualitatif.code(), t.skp_approach_kualitatif()).hint(t.skp_approach_kualitatif_hint()),
    ];
    NewPage {
        shell: reader.shell(Nav::Skp, t.skp_new_title()).problems(!problems.is_empty()),
        t,
        problems: problems.all(t),
        year: Field::new(t, "tahun", t.skp_new_year(), FieldKind::Select(years.to_vec())).from(form, problems),
        approach: Field::new(t, "pendekatan", t.skp_new_approach(), FieldKind::Radios(approaches)).from(form, problems),
        start: Field::new(t, "mulai", t.skp_new_start(), FieldKind::Date)
            .optional()
            .hint(t.skp_new_start_hint())
            .from(form, problems),
        other,
    }
}
