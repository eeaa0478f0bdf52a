//! Whom one rates in a period, and how complete everything is.

use askama::Template;
use axum::extract::State;
use evaluation::commands::{self, OpenError};
use evaluation::model::Status;
use evaluation::queries::{self, Distribution, Subordinate};
use http::StatusCode;
use i18n::Texts;
use jiff::civil::Date;
use kernel::{Code, EvaluationId, Period, PersonId, SkpId};

use super::distribution::{self, DistributionView};
use super::words::{Chip, Eye, asked, chips, count, period_path, when};
use crate::shared::words::{Tag, evaluation_status, predikat, skp_status};
use crate::shared::{
    AppState, FormData, Nav, PageError, PageResult, QueryData, Shell, Staff, page_with_status, see_other,
};

/// Units of which the distribution is shown; who heads more (as acting head) sees the others on their own pages.
const MOST_UNITS: usize = 3;

/// One person.
pub(super) struct Row {
    person: PersonId,
    name: String,
    position: String,
    skp: SkpId,
    skp_tag: Tag,
    work: String,
    values: String,
    rest: String,
    lacks: bool,
    tag: Tag,
    predikat: Option<Tag>,
    evaluation: Option<EvaluationId>,
    action: &'static str,
    may_open: bool,
}

/// The list.
#[derive(Template)]
#[template(path = "evaluation/team.html")]
pub(super) struct TeamPage {
    shell: Shell,
    t: Texts,
    problem: Option<&'static str>,
    chips: Vec<Chip>,
    year: i16,
    period: &'static str,
    lead: String,
    rows: Vec<Row>,
    without: Vec<(PersonId, String)>,
    without_text: String,
    units: Vec<DistributionView>,
    sets_achievements: bool,
}

/// What the page is made of.
pub(super) struct Found {
    pub when: (i16, Period),
    pub rows: Vec<Subordinate>,
    /// Subordinates without any SKP in that year.
    pub without: Vec<(PersonId, String)>,
    pub units: Vec<(String, Distribution)>,
}

/// `GET /tim/evaluasi`
pub(super) async fn list(staff: Staff, State(app): State<AppState>, QueryData(query): QueryData) -> PageResult {
    shown(&app, &staff, asked(&query, staff.today()), StatusCode::OK, None).await
}

async fn shown(
    app: &AppState,
    staff: &Staff,
    at: (i16, Period),
    status: StatusCode,
    problem: Option<&'static str>,
) -> PageResult {
    let found = load(app, staff, at).await?;
    let shell = |title: String| Shell::staff(staff, Nav::Team, title);
    let sets = !staff.actor().heads.is_empty();
    page_with_status(
        status,
        &build(Eye::of(staff), shell, found, staff.today(), sets, problem),
    )
}

async fn load(app: &AppState, staff: &Staff, at: (i16, Period)) -> Result<Found, PageError> {
    let person = staff.person()?;
    let agency = staff.session.agency.id;
    let heads: Vec<&String> = staff.actor().heads.iter().take(MOST_UNITS).collect();
    let today = staff.today();
    let found = db::read!(app.db, async |tx| {
        let rows = queries::subordinates(tx, agency, person, at).await?;
        let everybody = org::queries::subordinates(tx, agency, person).await?;
        let mut units = Vec::with_capacity(heads.len());
        for path in &heads {
            // a path ends with the code of its unit
            let code = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
            if let Some(unit) = org::queries::unit_by_code(tx, agency, code).await? {
                let figures = queries::distribution(tx, agency, unit.id, at, today).await?;
                units.push((unit.name, figures));
            }
        }
        let without = everybody
            .into_iter()
            .filter(|e| rows.iter().all(|r| r.person_id != e.id))
            .map(|e| (e.id, e.full_name))
            .collect();
        Ok::<_, PageError>(Found {
            when: at,
            rows,
            without,
            units,
        })
    })?;
    Ok(found)
}

pub(super) fn build(
    eye: Eye,
    shell: impl FnOnce(String) -> Shell,
    found: Found,
    today: Date,
    sets_achievements: bool,
    problem: Option<&'static str>,
) -> TeamPage {
    let t = eye.t;
    let all = found.rows.len();
    let finals = found
        .rows
        .iter()
        .filter(|r| r.status.is_some_and(Status::is_final))
        .count();
    let named = when(t, found.when);
    let title = if all == 0 {
        t.evaluation_team_nobody(named)
    } else if finals == all {
        t.evaluation_team_done(named, t.number(count(all)))
    } else {
        t.evaluation_team_title(named, t.number(count(finals)), t.number(count(all)))
    };
    let begun = found.when.1.days(found.when.0).is_ok_and(|(first, _)| first <= today);
    let ended = found.when.1.days(found.when.0).is_ok_and(|(_, last)| last < today);
    TeamPage {
        shell: shell(title).problems(problem.is_some()),
        t,
        problem,
        chips: chips(t, "/tim/evaluasi", found.when, today),
        year: found.when.0,
        period: found.when.1.code(),
        lead: if ended {
            t.evaluation_team_lead().to_owned()
        } else {
            t.evaluation_team_running().to_owned()
        },
        rows: found.rows.iter().map(|r| row(t, r, found.when, begun)).collect(),
        without_text: t.evaluation_team_without(count(found.without.len()), found.when.0),
        without: found.without,
        units: found
            .units
            .iter()
            .map(|(name, figures)| distribution::view(t, name, figures, false))
            .collect(),
        sets_achievements,
    }
}

fn row(t: Texts, s: &Subordinate, at: (i16, Period), begun: bool) -> Row {
    let open = s.status.is_none_or(Status::is_open);
    Row {
        person: s.person_id,
        name: s.name.clone(),
        position: s.position_title.clone(),
        skp: s.skp_id,
        skp_tag: skp_status(t, Some(s.skp_status)),
        work: period_path(s.skp_id, at),
        values: if s.indicators == 0 {
            t.evaluation_values_none().to_owned()
        } else {
            t.evaluation_values(t.number(s.realised), t.number(s.indicators))
        },
        rest: t.evaluation_rest(s.evidence, s.feedback),
        lacks: !s.is_realised() && open,
        tag: evaluation_status(t, s.status),
        predikat: s.predikat.map(|p| {
            let mut tag = predikat(t, p);
            if open {
                tag = Tag::new(t.evaluation_provisional(tag.label), "");
            }
            tag
        }),
        evaluation: s.evaluation,
        action: match s.status {
            None => t.evaluation_action_open(),
            Some(Status::BelumDinilai) => t.evaluation_action_rate(),
            Some(Status::Dinilai) => t.evaluation_action_finalise(),
            Some(Status::Final | Status::Diterima) => t.evaluation_action_see(),
        },
        may_open: s.evaluation.is_none() && s.is_approved() && begun,
    }
}

/// `POST /tim/evaluasi`: opens the evaluation of one SKP and goes there.
pub(super) async fn open(staff: Staff, State(app): State<AppState>, form: FormData) -> PageResult {
    let skp: SkpId = form.id("skp").ok_or(PageError::NotFound)?;
    let at = asked(&form, staff.today());
    let t = staff.t;
    let problem = match commands::open(&app.db, &app.ctx, staff.actor(), skp, at.1).await {
        Ok(id) => return see_other(&format!("/evaluasi/{id}")),
        Err(OpenError::NotFound) => return Err(PageError::NotFound),
        Err(OpenError::Denied(denied)) => return Err(denied.into()),
        Err(OpenError::Internal(error)) => return Err(error.into()),
        Err(OpenError::SkpNotApproved) => t.evaluation_problem_skp(),
        Err(OpenError::PeriodOutside) => t.evaluation_problem_period(),
    };
    shown(&app, &staff, at, StatusCode::UNPROCESSABLE_ENTITY, Some(problem)).await
}
