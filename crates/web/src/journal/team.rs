//! How far the subordinates have recorded their work in a period.

use askama::Template;
use axum::extract::State;
use i18n::Texts;
use journal::queries::Overview;
use kernel::{Period, PersonId};

use super::frame::Frame;
use super::period::{Chip, quarters};
use super::words;
use crate::shared::words::{Tag, skp_status};
use crate::shared::{AppState, Nav, PageError, PageResult, QueryData, Shell, Staff, page};

/// The page of the team.
#[derive(Template)]
#[template(path = "journal/team.html")]
pub(super) struct TeamPage {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) lead: String,
    pub(super) chips: Vec<Chip>,
    pub(super) rows: Vec<Row>,
}

/// One subordinate.
pub(super) struct Row {
    pub(super) href: String,
    pub(super) name: String,
    /// State of a plan that carries no work yet.
    pub(super) waiting: Option<Tag>,
    pub(super) entries: String,
    pub(super) last: String,
    pub(super) plans: String,
    pub(super) values: String,
    pub(super) evidence: String,
}

/// `GET /tim/progres?periode=…&tahun=…`
pub(super) async fn show(staff: Staff, State(app): State<AppState>, QueryData(query): QueryData) -> PageResult {
    let person = staff.person()?;
    let today = staff.today();
    let year = match query.int("tahun") {
        Some(year) => i16::try_from(year).map_err(|_| PageError::NotFound)?,
        None => today.year(),
    };
    let period = match query.has("periode") {
        true => words::parse_period(query.raw("periode"))?,
        false => Period::quarter_of(today),
    };
    let (team, names) = db::read!(app.db, async |tx| {
        let team = journal::queries::overview(tx, person, year, period).await?;
        let ids: Vec<PersonId> = team.iter().map(|o| o.skp.person_id).collect();
        let people = org::queries::employees_by_id(tx, staff.session.agency.id, &ids).await?;
        let names: Vec<(PersonId, String)> = people.into_iter().map(|p| (p.id, p.full_name)).collect();
        Ok::<_, PageError>((team, names))
    })?;
    page(&build(&Frame::of(&staff, Nav::Team), year, period, team, &names))
}

pub(super) fn build(
    frame: &Frame,
    year: i16,
    period: Period,
    team: Vec<Overview>,
    names: &[(PersonId, String)],
) -> TeamPage {
    let t = frame.t;
    let active = team.iter().filter(|o| o.entries > 0).count();
    let title = words::period_year(t, year, period);
    let title = match team.is_empty() {
        true => t.journal_team_title_none(title),
        false => t.journal_team_title(active, team.len(), title),
    };
    let mut rows: Vec<Row> = team.iter().map(|o| row(t, period, o, names)).collect();
    rows.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.href.cmp(&b.href)));
    TeamPage {
        shell: frame.shell(title),
        t,
        lead: t.journal_team_lead().to_owned(),
        chips: quarters(t, period, |p| {
            format!("/tim/progres?tahun={year}&periode={}", words::slug(p))
        }),
        rows,
    }
}

fn row(t: Texts, period: Period, one: &Overview, names: &[(PersonId, String)]) -> Row {
    let skp = &one.skp;
    let name = names.iter().find(|(id, _)| *id == skp.person_id);
    let carries = skp.status.carries_work();
    Row {
        href: match carries {
            true => words::period_href(skp.id, skp.year, period),
            false => format!("/skp/{}", skp.id),
        },
        name: name.map_or_else(|| t.none().to_owned(), |(_, name)| name.clone()),
        waiting: (!carries).then(|| skp_status(t, Some(skp.status))),
        entries: match one.entries {
            0 => t.journal_team_no_entries().to_owned(),
            n => t.journal_team_entries(t.number(n), t.number(one.days)),
        },
        last: one.last_day.map_or_else(|| "–".to_owned(), |day| t.date_short(day)),
        plans: t.number(one.actions),
        values: t.number(one.values),
        evidence: t.number(one.evidence),
    }
}
