use askama::Template;
use axum::extract::{Path, State};
use i18n::Texts;
use kernel::{Cursor, PersonId, UnitId};
use org::queries::{EmployeeFilter, EmployeeRow, UnitPage};
use policy::{Action, Facts, Kind};

use super::words;
use crate::shared::{AppState, Nav, PageError, PageResult, QueryData, Shell, Staff, page, see_other};

struct Below {
    id: UnitId,
    name: String,
    head: Option<(PersonId, String)>,
    people: String,
}

struct Member {
    id: PersonId,
    name: String,
    number: String,
    position: String,
}

#[derive(Template)]
#[template(path = "org/unit.html")]
struct UnitView {
    shell: Shell,
    t: Texts,
    crumbs: Vec<(UnitId, String)>,
    head: Option<(PersonId, String, String)>,
    people: String,
    own: String,
    below: Vec<Below>,
    members: Vec<Member>,
    next: Option<String>,
    is_first: bool,
    closed: bool,
    /// Where it is administered, for those who do.
    manage: Option<String>,
}

/// `GET /unit`: the top of the tree.
pub(super) async fn root(staff: Staff, State(app): State<AppState>) -> PageResult {
    let agency = staff.session.agency.id;
    let root = db::read!(app.db, async |tx| org::queries::root_unit(tx, agency).await)?;
    see_other(&format!("/unit/{}", root.ok_or(PageError::NotFound)?))
}

/// `GET /unit/{id}`
pub(super) async fn show(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    QueryData(query): QueryData,
) -> PageResult {
    let id: UnitId = id.parse().map_err(|_| PageError::NotFound)?;
    let agency = staff.session.agency.id;
    let scope = policy::scope(staff.actor(), Kind::Person);
    let after = Cursor::decode(query.raw("setelah"));
    let filter = EmployeeFilter {
        unit: Some(id),
        ..EmployeeFilter::default()
    };
    let found = db::read!(app.db, async |tx| {
        let Some(unit) = org::queries::unit_page(tx, agency, id).await? else {
            return Ok::<_, PageError>(None);
        };
        let (members, _) = org::queries::employees(tx, &scope, &filter, after.as_ref()).await?;
        Ok(Some((unit, members)))
    })?;
    let (unit, members) = found.ok_or(PageError::NotFound)?;
    let facts = Facts::of_unit(Kind::Unit, agency, &unit.unit.path);
    policy::decide(staff.actor(), Action::View, &facts).permit()?;
    let manages = policy::decide(staff.actor(), Action::Manage, &facts).is_allowed();
    let mut view = unit_view(&staff, unit, members.rows, members.next, after.is_none());
    view.manage = manages.then(|| format!("/kelola/unit/{id}"));
    page(&view)
}

fn unit_view(
    staff: &Staff,
    unit: UnitPage,
    members: Vec<EmployeeRow>,
    next: Option<Cursor>,
    is_first: bool,
) -> UnitView {
    let t = staff.t;
    let id = unit.unit.id;
    let more = |cursor: Cursor| {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("setelah", &cursor.encode())
            .finish();
        format!("/unit/{id}?{query}")
    };
    UnitView {
        shell: Shell::staff(staff, Nav::Units, unit.unit.name.clone()),
        t,
        crumbs: unit
            .breadcrumbs
            .into_iter()
            .filter(|c| c.id != id)
            .map(|c| (c.id, c.name))
            .collect(),
        head: unit.head.map(|h| (h.id, h.full_name, h.position_title)),
        people: t.org_unit_people(t.number(unit.headcount)),
        own: t.org_unit_own(t.number(unit.own_headcount)),
        below: unit
            .children
            .into_iter()
            .map(|c| Below {
                id: c.id,
                name: c.name,
                head: c.head,
                people: t.number(c.headcount),
            })
            .collect(),
        members: members
            .into_iter()
            .map(|e| Member {
                id: e.id,
                number: words::masked(&e.number),
                name: e.full_name,
                position: e.position_title,
            })
            .collect(),
        next: next.map(more),
        is_first,
        closed: unit.unit.valid_to.is_some_and(|last| last < staff.today()),
        manage: None,
    }
}

#[cfg(test)]
mod tests {
    use i18n::Lang;
    use kernel::Id;
    use uuid::Uuid;

    use super::*;

    fn sample(t: Texts, full: bool) -> UnitView {
        let text = || "<script>alert(1)</script>".to_owned();
        let who = || (Id::from_uuid(Uuid::nil()), text());
        UnitView {
            shell: Shell::sample(t, text()),
            t,
            crumbs: if full {
                vec![(Id::from_uuid(Uuid::nil()), text())]
            } else {
                Vec::new()
            },
            head: full.then(|| (Id::from_uuid(Uuid::nil()), text(), text())),
            people: t.org_unit_people(3),
            own: t.org_unit_own(1),
            below: [full, !full]
                .into_iter()
                .filter(|_| full)
                .map(|headed| Below {
                    id: Id::from_uuid(Uuid::nil()),
                    name: text(),
                    head: headed.then(who),
                    people: "2".to_owned(),
                })
                .collect(),
            members: if full {
                vec![Member {
                    id: Id::from_uuid(Uuid::nil()),
                    name: text(),
                    number: text(),
                    position: text(),
                }]
            } else {
                Vec::new()
            },
            next: full.then(|| "/unit/1?setelah=x".to_owned()),
            is_first: !full,
            closed: full,
            manage: full.then(|| "/kelola".to_owned()),
        }
    }

    #[test]
    fn every_page_renders_in_both_languages() {
        for t in Lang::ALL.map(Lang::texts) {
            for full in [true, false] {
                crate::shared::check::page(&sample(t, full).render().expect("renders"));
            }
        }
    }
}
