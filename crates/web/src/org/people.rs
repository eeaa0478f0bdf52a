use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use documents::{Kind as Col, Sheet, Value};
use http::HeaderValue;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use i18n::Texts;
use kernel::{Cursor, PersonId};
use org::queries::{EmployeeFilter, EmployeeRow, PersonPage};
use policy::{Action, Facts, Kind, Role};

use super::words;
use crate::shared::words::Tag;
use crate::shared::{AppState, Nav, PageError, PageResult, QueryData, Shell, Staff, page};

/// One person of the list.
struct Row {
    id: PersonId,
    name: String,
    number: String,
    position: String,
    unit: String,
}

#[derive(Template)]
#[template(path = "org/people.html")]
struct PeoplePage {
    shell: Shell,
    t: Texts,
    text: String,
    rows: Vec<Row>,
    shown: i64,
    count: String,
    next: Option<String>,
    is_first: bool,
    export: String,
}

fn filter(query: &QueryData) -> EmployeeFilter {
    EmployeeFilter {
        text: query.0.raw("cari").chars().take(100).collect(),
        ..EmployeeFilter::default()
    }
}

/// `GET /pegawai`: everybody, by name; search by name, NIP fragment or unit.
pub(super) async fn list(staff: Staff, State(app): State<AppState>, query: QueryData) -> PageResult {
    let scope = policy::scope(staff.actor(), Kind::Person);
    let filter = filter(&query);
    let after = Cursor::decode(query.0.raw("setelah"));
    let (found, count) = db::read!(app.db, async |tx| org::queries::employees(
        tx,
        &scope,
        &filter,
        after.as_ref()
    )
    .await)?;
    page(&people_page(
        &staff,
        &filter.text,
        found.rows,
        count,
        found.next,
        after.is_none(),
    ))
}

fn people_page(
    staff: &Staff,
    text: &str,
    rows: Vec<EmployeeRow>,
    count: Option<i64>,
    next: Option<Cursor>,
    is_first: bool,
) -> PeoplePage {
    let t = staff.t;
    let link = |cursor: &str| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if !text.is_empty() {
            query.append_pair("cari", text);
        }
        if !cursor.is_empty() {
            query.append_pair("setelah", cursor);
        }
        query.finish()
    };
    let counted = match count {
        Some(n) if n >= org::queries::MAX_COUNT => t.org_people_count_many(t.number(n)),
        Some(n) => t.org_people_count(t.number(n)),
        None => String::new(),
    };
    PeoplePage {
        shell: Shell::staff(staff, Nav::People, t.nav_people()),
        t,
        text: text.to_owned(),
        shown: i64::try_from(rows.len()).unwrap_or(i64::MAX),
        rows: rows
            .into_iter()
            .map(|e| Row {
                id: e.id,
                number: words::masked(&e.number),
                name: e.full_name,
                position: e.position_title,
                unit: e.unit_name,
            })
            .collect(),
        count: counted,
        next: next.map(|cursor| format!("/pegawai?{}", link(&cursor.encode()))),
        is_first,
        export: format!("/pegawai/daftar.xlsx?{}", link("")),
    }
}

/// `GET /pegawai/daftar.xlsx`: the list that the page shows, without its pages; for those who administer.
pub(super) async fn export(staff: Staff, State(app): State<AppState>, query: QueryData) -> PageResult {
    let actor = staff.actor();
    let may = [Role::AgencyAdmin, Role::UnitAdmin, Role::Auditor]
        .into_iter()
        .any(|role| actor.holds_anywhere(role));
    if !may {
        return Err(PageError::NotFound);
    }
    let t = staff.t;
    let scope = administered(&staff);
    let filter = filter(&query);
    let rows = db::read!(app.db, async |tx| org::queries::all_employees(tx, &scope, &filter)
        .await)?;
    let zone = staff.session.agency.zone;
    let noted = if filter.text.is_empty() {
        t.org_export_all().to_owned()
    } else {
        t.org_export_search(&filter.text)
    };
    let made = t.org_export_made(t.moment(staff.now, zone), &staff.session.agency.name);
    let today = staff.today();
    let bytes = tokio::task::spawn_blocking(move || {
        let cells = rows.into_iter().map(|e| {
            vec![
                Value::text(words::printed(&e.number)),
                Value::text(e.full_name),
                Value::text(e.grade.map_or_else(String::new, |g| g.to_string())),
                Value::text(e.position_title),
                Value::text(e.unit_name),
            ]
        });
        Sheet::new(t.nav_people(), t.nav_people(), today)
            .note(noted)
            .note(made)
            .column(t.org_number(), 24, Col::Text)
            .column(t.org_name(), 36, Col::Text)
            .column(t.org_grade(), 12, Col::Text)
            .column(t.org_position(), 40, Col::Text)
            .column(t.org_unit(), 48, Col::Text)
            .write(cells)
    })
    .await
    .map_err(|e| PageError::internal(&e))?
    .map_err(|e| PageError::internal(&e))?;
    Ok(spreadsheet(bytes, "attachment; filename=\"pegawai.xlsx\""))
}

/// What an administrator or auditor may take along: only the part of the tree that the role covers.
fn administered(staff: &Staff) -> policy::Scope {
    let actor = staff.actor();
    let roles = [Role::AgencyAdmin, Role::UnitAdmin, Role::Auditor];
    let paths: Vec<String> = actor
        .grants
        .iter()
        .filter(|g| roles.contains(&g.role))
        .map(|g| g.path.clone())
        .collect();
    let all = paths.iter().any(String::is_empty);
    policy::Scope {
        agency: actor.agency,
        all,
        paths: if all { Vec::new() } else { paths },
        person: None,
    }
}

/// A spreadsheet as a download.
fn spreadsheet(bytes: Vec<u8>, disposition: &'static str) -> Response {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let mut response = bytes.into_response();
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
        .headers_mut()
        .insert(CONTENT_DISPOSITION, HeaderValue::from_static(disposition));
    response
}

/// A placement as a sentence with its dates.
struct Held {
    title: String,
    how: &'static str,
    unit: String,
    unit_id: String,
    dates: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "org/person.html")]
struct PersonView {
    shell: Shell,
    t: Texts,
    number: String,
    number_kind: &'static str,
    status: Tag,
    rank: String,
    position: String,
    unit: String,
    unit_id: Option<String>,
    superior: Option<(PersonId, String, String)>,
    basis: &'static str,
    until: String,
    placements: Vec<Held>,
    numbers: Vec<(String, String)>,
    ranks: Vec<(String, String)>,
    overrides: Vec<(String, String, String)>,
    email: String,
    may_see_private: bool,
    /// Where it is administered, for those who do.
    manage: Option<String>,
}

/// `GET /pegawai/{id}`
pub(super) async fn show(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let id: PersonId = id.parse().map_err(|_| PageError::NotFound)?;
    let agency = staff.session.agency.id;
    let found = db::read!(app.db, async |tx| org::queries::person_page(tx, agency, id).await)?;
    let found = found.ok_or(PageError::NotFound)?;
    let facts = Facts::of_person(Kind::Person, agency, &found.today.unit_path, id, found.today.superior);
    policy::decide(staff.actor(), Action::View, &facts).permit()?;
    let private = policy::decide(staff.actor(), Action::Export, &facts).is_allowed();
    let manages = policy::decide(staff.actor(), Action::Manage, &facts).is_allowed();
    let mut view = person_view(&staff, found, private);
    view.manage = manages.then(|| format!("/kelola/pegawai/{id}"));
    page(&view)
}

fn person_view(staff: &Staff, found: PersonPage, private: bool) -> PersonView {
    let t = staff.t;
    let today = staff.today();
    let until = |last: Option<jiff::civil::Date>| last.map_or_else(|| t.org_until_now().to_owned(), |d| t.date_long(d));
    let span = |first, last| t.org_from_to(t.date_long(first), until(last));
    let shown = |number: &str| {
        if private {
            words::printed(number)
        } else {
            words::masked(number)
        }
    };
    PersonView {
        shell: Shell::staff(staff, Nav::People, found.today.full_name.clone()),
        t,
        number: shown(&found.today.number),
        number_kind: found
            .today
            .number_kind
            .map_or(t.org_number(), |kind| words::number_kind(t, kind)),
        status: words::status(t, found.status),
        rank: found
            .today
            .grade
            .map_or_else(|| t.not_set().to_owned(), |g| g.printed()),
        position: found.today.position_title.clone(),
        unit: found.today.unit_name.clone(),
        unit_id: found.today.unit.map(|u| u.to_string()),
        superior: found
            .superior
            .as_ref()
            .map(|s| (s.id, s.name.clone(), s.position_title.clone())),
        basis: words::basis(t, found.today.superior_basis),
        until: found
            .today
            .superior_until
            .map_or_else(String::new, |d| t.org_superior_until(t.date_long(d))),
        placements: found
            .placements
            .into_iter()
            .map(|p| Held {
                current: p.valid_from <= today && p.valid_to.is_none_or(|last| last >= today),
                title: p.title,
                how: words::placement(t, p.kind),
                unit: p.unit_name,
                unit_id: p.unit.to_string(),
                dates: span(p.valid_from, p.valid_to),
            })
            .collect(),
        numbers: found
            .numbers
            .into_iter()
            .map(|n| (shown(&n.number), span(n.valid_from, n.valid_to)))
            .collect(),
        ranks: found
            .ranks
            .into_iter()
            .map(|r| (r.grade.printed(), t.date_long(r.valid_from)))
            .collect(),
        overrides: found
            .overrides
            .into_iter()
            .map(|o| (o.superior_name, o.reason, span(o.valid_from, o.valid_to)))
            .collect(),
        email: if private {
            found.email.unwrap_or_default()
        } else {
            String::new()
        },
        may_see_private: private,
        manage: None,
    }
}

#[cfg(test)]
mod tests {
    use i18n::Lang;
    use kernel::Id;
    use org::model::{PersonStatus, PlacementKind, SuperiorBasis};
    use uuid::Uuid;

    use super::*;

    const HOSTILE: &str = "<script>alert(1)</script> Nama-yang-sangat-panjang-tanpa-spasi-sama-sekali";

    fn person(t: Texts, may_see_private: bool) -> PersonView {
        let some = |yes: bool| if yes { HOSTILE.to_owned() } else { String::new() };
        PersonView {
            shell: Shell::sample(t, HOSTILE),
            t,
            number: "******** ****** * 901".to_owned(),
            number_kind: t.org_number_pns(),
            status: words::status(t, PersonStatus::Active),
            rank: "Penata (III/c)".to_owned(),
            position: HOSTILE.to_owned(),
            unit: HOSTILE.to_owned(),
            unit_id: may_see_private.then(|| "1".to_owned()),
            superior: may_see_private.then(|| (Id::from_uuid(Uuid::nil()), HOSTILE.to_owned(), HOSTILE.to_owned())),
            basis: words::basis(t, SuperiorBasis::None),
            until: some(may_see_private),
            placements: if may_see_private {
                vec![Held {
                    title: HOSTILE.to_owned(),
                    how: words::placement(t, PlacementKind::Plt),
                    unit: HOSTILE.to_owned(),
                    unit_id: "1".to_owned(),
                    dates: HOSTILE.to_owned(),
                    current: true,
                }]
            } else {
                Vec::new()
            },
            numbers: vec![(some(true), some(true))],
            ranks: vec![(some(true), some(true))],
            overrides: vec![(some(true), some(true), some(true))],
            email: some(may_see_private),
            may_see_private,
            manage: may_see_private.then(|| "/kelola".to_owned()),
        }
    }

    fn people(t: Texts, rows: usize) -> PeoplePage {
        PeoplePage {
            shell: Shell::sample(t, t.nav_people()),
            t,
            text: HOSTILE.to_owned(),
            rows: (0..rows)
                .map(|_| Row {
                    id: Id::from_uuid(Uuid::nil()),
                    name: HOSTILE.to_owned(),
                    number: "******** ****** * 901".to_owned(),
                    position: HOSTILE.to_owned(),
                    unit: HOSTILE.to_owned(),
                })
                .collect(),
            shown: 2,
            count: t.org_people_count(2),
            next: Some("/pegawai?setelah=x".to_owned()),
            is_first: rows == 0,
            export: "/pegawai/daftar.xlsx".to_owned(),
        }
    }

    #[test]
    fn every_page_renders_in_both_languages() {
        for t in Lang::ALL.map(Lang::texts) {
            for html in [
                people(t, 0).render(),
                people(t, 2).render(),
                person(t, true).render(),
                person(t, false).render(),
            ] {
                crate::shared::check::page(&html.expect("renders"));
            }
        }
    }
}
