//! The plans of the people one is superior of.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use db::Tx;
use i18n::Texts;
use kernel::{Cursor, Page, PageSize, PersonId, SkpId};
use org::queries::EmployeeRow;
use skp::{SkpRow, Status};

use super::view::Reader;
use super::words;
use crate::shared::words::{Tag, skp_status};
use crate::shared::{AppState, Nav, PageError, PageResult, QueryData, Shell, Staff, page};

/// One subordinate with their plan of the year.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) employee: EmployeeRow,
    pub(super) plan: Option<SkpRow>,
}

impl Member {
    fn status(&self) -> Option<Status> {
        self.plan.as_ref().map(|p| p.status)
    }

    fn waits(&self) -> bool {
        self.status() == Some(Status::Diajukan)
    }

    /// Those that wait come first, then by name.
    fn key(&self) -> String {
        let first = if self.waits() { '0' } else { '1' };
        format!("{first}{}", self.employee.name_folded)
    }
}

/// One row as shown.
#[derive(Debug, Clone)]
pub(super) struct TeamRow {
    pub(super) name: String,
    pub(super) number: String,
    pub(super) position: String,
    pub(super) unit: String,
    pub(super) tag: Tag,
    pub(super) next: String,
    pub(super) plan: Option<SkpId>,
    pub(super) waits: bool,
}

/// One choice of the status.
#[derive(Debug, Clone)]
pub(super) struct Chip {
    pub(super) label: &'static str,
    pub(super) href: String,
    pub(super) count: usize,
    pub(super) current: bool,
}

/// The team.
#[derive(Template)]
#[template(path = "skp/team.html")]
pub(super) struct TeamPage {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) lead: String,
    pub(super) is_empty: bool,
    /// One's own plan, when it holds up the links of others; empty when it does not.
    pub(super) own_note: String,
    pub(super) chips: Vec<Chip>,
    pub(super) caption: String,
    pub(super) rows: Vec<TeamRow>,
    pub(super) next: Option<String>,
    pub(super) first: Option<String>,
}

/// Which plans are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    All,
    Only(Option<Status>),
}

const CHIPS: [(&str, Shown); 7] = [
    ("", Shown::All),
    ("diajukan", Shown::Only(Some(Status::Diajukan))),
    ("dikembalikan", Shown::Only(Some(Status::Dikembalikan))),
    ("draf", Shown::Only(Some(Status::Draf))),
    ("disetujui", Shown::Only(Some(Status::Disetujui))),
    ("ditutup", Shown::Only(Some(Status::Ditutup))),
    ("belum", Shown::Only(None)),
];

/// `GET /tim`
pub(super) async fn team(staff: Staff, State(app): State<AppState>, QueryData(query): QueryData) -> PageResult {
    let person = staff.person()?;
    let year = year(&staff, query.int("tahun"));
    let (members, own) = db::read!(app.db, async |tx| load(tx, &staff, person, year).await)?;
    let after = Cursor::decode(query.raw("setelah"));
    page(&build(
        &Reader::of(&staff),
        year,
        query.raw("status"),
        after.as_ref(),
        members,
        own,
    ))
}

/// The year asked for, or this one.
pub(super) fn year(staff: &Staff, asked: Option<i64>) -> i16 {
    asked
        .and_then(|year| i16::try_from(year).ok())
        .filter(|year| (2000..=9000).contains(year))
        .unwrap_or_else(|| staff.today().year())
}

async fn load(
    tx: &mut Tx,
    staff: &Staff,
    person: PersonId,
    year: i16,
) -> Result<(Vec<Member>, Option<Status>), PageError> {
    let agency = staff.session.agency.id;
    let mut employees = org::queries::subordinates(tx, agency, person).await?;
    let mut plans = skp::queries::of_subordinates(tx, person, year).await?;
    // those who have moved away since are still decided by their assessor
    let gone: Vec<PersonId> = plans
        .iter()
        .map(|p| p.person_id)
        .filter(|id| employees.iter().all(|e| e.id != *id))
        .collect();
    employees.extend(org::queries::employees_by_id(tx, agency, &gone).await?);
    // a draft made before the superior was known names no assessor yet
    let without: Vec<PersonId> = employees
        .iter()
        .map(|e| e.id)
        .filter(|id| plans.iter().all(|p| p.person_id != *id))
        .collect();
    if !without.is_empty() {
        plans.extend(skp::queries::for_people(tx, agency, year, &without).await?);
    }
    let own = skp::queries::of_person(tx, person).await?;
    let own = own.iter().find(|s| s.year == year).map(|s| s.status);
    Ok((members(employees, plans), own))
}

/// People with their plan; with two in a year, the one that is waiting, else the later one.
fn members(employees: Vec<EmployeeRow>, plans: Vec<SkpRow>) -> Vec<Member> {
    let mut by_person: HashMap<PersonId, SkpRow> = HashMap::new();
    for plan in plans {
        let rank = |p: &SkpRow| (p.status == Status::Diajukan, p.period_start);
        let better = by_person.get(&plan.person_id).is_none_or(|p| rank(&plan) > rank(p));
        if better {
            by_person.insert(plan.person_id, plan);
        }
    }
    let mut members: Vec<Member> = employees
        .into_iter()
        .map(|employee| Member {
            plan: by_person.remove(&employee.id),
            employee,
        })
        .collect();
    members.sort_by_cached_key(|m| (m.key(), m.employee.id));
    members
}

pub(super) fn build(
    reader: &Reader<'_>,
    year: i16,
    status: &str,
    after: Option<&Cursor>,
    members: Vec<Member>,
    own: Option<Status>,
) -> TeamPage {
    let t = reader.t;
    let waiting = members.iter().filter(|m| m.waits()).count();
    let title = match waiting {
        0 => t.skp_team_title_none().to_owned(),
        n => t.skp_team_title(i64::try_from(n).unwrap_or(i64::MAX)),
    };
    let (code, shown) = CHIPS.into_iter().find(|(code, _)| *code == status).unwrap_or(CHIPS[0]);
    let chips = CHIPS.iter().map(|(chip, which)| Chip {
        label: label(t, *which),
        href: address(year, chip, None),
        count: members.iter().filter(|m| is_in(m, *which)).count(),
        current: *chip == code,
    });
    let chips = chips.filter(|c| c.current || c.count > 0).collect();
    let total = members.len();
    let rows: Vec<Member> = members
        .into_iter()
        .filter(|m| is_in(m, shown))
        .filter(|m| after.is_none_or(|c| (m.key(), m.employee.id.uuid()) > (c.key.clone(), c.id)))
        .collect();
    let page = Page::cut(rows, PageSize::LIST, |m| Cursor {
        key: m.key(),
        id: m.employee.id.uuid(),
    });
    let holds_up = total > 0 && matches!(own, None | Some(Status::Draf));
    TeamPage {
        shell: reader.shell(Nav::Team, title),
        t,
        lead: t.skp_team_lead(year, i64::try_from(total).unwrap_or(i64::MAX)),
        is_empty: total == 0,
        own_note: if holds_up {
            t.skp_team_own_missing(year)
        } else {
            String::new()
        },
        chips,
        caption: t.skp_team_caption(year),
        rows: page.rows.iter().map(|m| row(reader, m)).collect(),
        next: page.next.map(|c| address(year, code, Some(&c))),
        first: after.map(|_| address(year, code, None)),
    }
}

fn is_in(member: &Member, shown: Shown) -> bool {
    match shown {
        Shown::All => true,
        Shown::Only(status) => member.status() == status,
    }
}

fn label(t: Texts, shown: Shown) -> &'static str {
    match shown {
        Shown::All => t.skp_team_all(),
        Shown::Only(None) => t.skp_status_none(),
        Shown::Only(Some(Status::Draf)) => t.skp_status_draf(),
        Shown::Only(Some(Status::Diajukan)) => t.skp_team_waiting(),
        Shown::Only(Some(Status::Dikembalikan)) => t.skp_status_dikembalikan(),
        Shown::Only(Some(Status::Disetujui)) => t.skp_status_disetujui(),
        Shown::Only(Some(Status::Ditutup)) => t.skp_status_ditutup(),
    }
}

fn address(year: i16, status: &str, after: Option<&Cursor>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("tahun", &year.to_string());
    if !status.is_empty() {
        query.append_pair("status", status);
    }
    if let Some(cursor) = after {
        query.append_pair("setelah", &cursor.encode());
    }
    format!("/tim?{}", query.finish())
}

fn row(reader: &Reader<'_>, member: &Member) -> TeamRow {
    let t = reader.t;
    let who = reader.name.as_str();
    TeamRow {
        name: member.employee.full_name.clone(),
        number: words::masked_number(t, &member.employee),
        position: member.employee.position_title.clone(),
        unit: member.employee.unit_name.clone(),
        tag: skp_status(t, member.status()),
        next: member
            .status()
            .map_or_else(String::new, |status| words::next_short(t, status, who)),
        plan: member.plan.as_ref().map(|p| p.id),
        waits: member.waits(),
    }
}
