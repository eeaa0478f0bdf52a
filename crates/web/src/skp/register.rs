//! Every plan in scope, for administration, heads and auditors; also as a spreadsheet.

use std::collections::BTreeSet;

use askama::Template;
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use db::Tx;
use documents::{Kind as Column, Sheet, Value};
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use i18n::Texts;
use kernel::{Code, Cursor, Page, PageSize, PersonId, SkpId};
use policy::{Kind, Scope};
use skp::queries::Filter;
use skp::{SkpRow, Status};

use super::team::year;
use super::view::{People, Reader};
use super::words;
use crate::shared::words::{Tag, skp_status};
use crate::shared::{
    AppState, Choice, Field, FieldKind, FormData, Nav, PageError, PageResult, Problems, QueryData, Shell, Staff, page,
};

/// Most rows of one file.
const EXPORT_MAX: usize = 60_000;
/// Rows that are read at a time for a file; the names of both sides stay below the engines' limit of parameters.
const EXPORT_STEP: i64 = 1_000;

/// One plan of the register.
#[derive(Debug, Clone)]
pub(super) struct RegisterRow {
    pub(super) id: SkpId,
    pub(super) name: String,
    pub(super) number: String,
    pub(super) position: String,
    pub(super) unit: String,
    pub(super) assessor: String,
    pub(super) tag: Tag,
    pub(super) changed: String,
}

/// The register.
#[derive(Template)]
#[template(path = "skp/register.html")]
pub(super) struct RegisterPage {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) year: Field,
    pub(super) status: Field,
    pub(super) unit: Field,
    pub(super) empty: &'static str,
    pub(super) rows: Vec<RegisterRow>,
    pub(super) export: String,
    pub(super) next: Option<String>,
    pub(super) first: Option<String>,
}

/// How the register is narrowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) year: i16,
    pub(super) status: Option<Status>,
    pub(super) unit: String,
}

impl Asked {
    fn from(staff: &Staff, query: &FormData) -> Self {
        Self {
            year: year(staff, query.int("tahun")),
            status: Status::from_code(query.raw("status")).ok(),
            unit: query.raw("unit").trim().chars().take(100).collect(),
        }
    }

    fn filter(&self) -> Filter {
        Filter {
            year: Some(self.year),
            status: self.status,
        }
    }

    fn address(&self, path: &str, after: Option<&Cursor>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("tahun", &self.year.to_string());
        if let Some(status) = self.status {
            query.append_pair("status", status.code());
        }
        if !self.unit.is_empty() {
            query.append_pair("unit", &self.unit);
        }
        if let Some(cursor) = after {
            query.append_pair("setelah", &cursor.encode());
        }
        format!("{path}?{}", query.finish())
    }
}

/// The part of the agency that the reader sees; those who only have their own plan and their team have other pages.
fn seen(staff: &Staff) -> Result<Scope, PageError> {
    let scope = policy::scope(staff.actor(), Kind::Skp);
    match scope.all || !scope.paths.is_empty() {
        true => Ok(scope),
        false => Err(PageError::Forbidden),
    }
}

/// The scope narrowed to some units and everything below them; none when there is no such unit.
async fn narrowed(tx: &mut Tx, scope: Scope, unit: &str) -> Result<Option<Scope>, PageError> {
    if unit.is_empty() {
        return Ok(Some(scope));
    }
    let units = org::queries::units_like(tx, scope.agency, unit).await?;
    let paths: Vec<String> = units.into_iter().map(|u| u.path).collect();
    Ok((!paths.is_empty()).then(|| within(scope, &paths)))
}

/// What lies both in the scope and below one of the paths.
fn within(scope: Scope, paths: &[String]) -> Scope {
    let mut both = BTreeSet::new();
    for path in paths {
        if scope.all || scope.paths.iter().any(|p| path.starts_with(p.as_str())) {
            both.insert(path.clone());
        } else {
            both.extend(scope.paths.iter().filter(|p| p.starts_with(path.as_str())).cloned());
        }
    }
    Scope {
        all: false,
        paths: both.into_iter().collect(),
        person: None,
        ..scope
    }
}

/// `GET /skp/daftar`
pub(super) async fn list(staff: Staff, State(app): State<AppState>, QueryData(query): QueryData) -> PageResult {
    let scope = seen(&staff)?;
    let asked = Asked::from(&staff, &query);
    let after = Cursor::decode(query.raw("setelah"));
    let found = db::read!(app.db, async |tx| {
        let Some(scope) = narrowed(tx, scope, &asked.unit).await? else {
            return Ok(None);
        };
        let counts = skp::queries::counts(tx, &scope, asked.year).await?;
        let page = skp::queries::list(tx, &scope, asked.filter(), after.as_ref(), PageSize::LIST).await?;
        let people = people(tx, &staff, &page.rows).await?;
        Ok::<_, PageError>(Some(Found { counts, page, people }))
    })?;
    page(&build(&Reader::of(&staff), &asked, after.is_some(), found))
}

/// What the register has found.
pub(super) struct Found {
    pub(super) counts: skp::queries::Counts,
    pub(super) page: Page<SkpRow>,
    pub(super) people: People,
}

async fn people(tx: &mut Tx, staff: &Staff, rows: &[SkpRow]) -> Result<People, PageError> {
    let ids: BTreeSet<PersonId> = rows
        .iter()
        .flat_map(|s| [Some(s.person_id), s.assessor_id])
        .flatten()
        .collect();
    let ids: Vec<PersonId> = ids.into_iter().collect();
    let agency = staff.session.agency.id;
    Ok(People::new(org::queries::employees_by_id(tx, agency, &ids).await?))
}

pub(super) fn build(reader: &Reader<'_>, asked: &Asked, paged: bool, found: Option<Found>) -> RegisterPage {
    let t = reader.t;
    let zone = reader.zone;
    let empty = match found {
        Some(_) => t.skp_register_empty(),
        None => t.skp_register_no_unit(),
    };
    let found = found.unwrap_or_else(|| Found {
        counts: skp::queries::Counts::default(),
        page: Page {
            rows: Vec::new(),
            next: None,
        },
        people: People::default(),
    });
    let total = match asked.status {
        None => found.counts.total(),
        Some(Status::Draf) => found.counts.draf,
        Some(Status::Diajukan) => found.counts.diajukan,
        Some(Status::Dikembalikan) => found.counts.dikembalikan,
        Some(Status::Disetujui) => found.counts.disetujui,
        Some(Status::Ditutup) => found.counts.ditutup,
    };
    let rows = found.page.rows.iter().map(|skp| {
        let owner = found.people.row(skp.person_id);
        RegisterRow {
            id: skp.id,
            name: owner.map_or_else(String::new, |e| e.full_name.clone()),
            number: owner.map_or_else(String::new, |e| words::masked_number(t, e)),
            position: owner.map_or_else(String::new, |e| e.position_title.clone()),
            unit: owner.map_or_else(String::new, |e| e.unit_name.clone()),
            assessor: found
                .people
                .name(skp.assessor_id)
                .unwrap_or(t.skp_assessor_none())
                .to_owned(),
            tag: skp_status(t, Some(skp.status)),
            changed: words::day(t, skp.changed_at, zone),
        }
    });
    let (year, status, unit) = fields(reader, asked);
    RegisterPage {
        shell: reader.shell(Nav::Admin, t.skp_register_title(total, asked.year)),
        t,
        year,
        status,
        unit,
        empty,
        rows: rows.collect(),
        export: asked.address("/skp/daftar.xlsx", None),
        next: found.page.next.map(|c| asked.address("/skp/daftar", Some(&c))),
        first: paged.then(|| asked.address("/skp/daftar", None)),
    }
}

fn fields(reader: &Reader<'_>, asked: &Asked) -> (Field, Field, Field) {
    let t = reader.t;
    let this = reader.today().year();
    let mut years: BTreeSet<i16> = (this - 3..=this + 1).collect();
    years.insert(asked.year);
    let years = years
        .into_iter()
        .rev()
        .map(|y| Choice::new(y.to_string(), y.to_string()))
        .collect();
    let mut statuses = vec![Choice::new("", t.skp_register_any())];
    statuses.extend(
        Status::ALL
            .iter()
            .map(|&s| Choice::new(s.code(), skp_status(t, Some(s)).label)),
    );
    (
        Field::new(t, "tahun", t.skp_col_year(), FieldKind::Select(years)).value(asked.year.to_string()),
        Field::new(t, "status", t.skp_col_status(), FieldKind::Select(statuses))
            .optional()
            .value(asked.status.map_or("", Code::code)),
        Field::line(t, "unit", t.skp_register_unit())
            .optional()
            .hint(t.skp_register_unit_hint())
            .max(100)
            .value(&asked.unit)
            .from(&FormData::default(), &Problems::none()),
    )
}

/// `GET /skp/daftar.xlsx`
pub(super) async fn export(staff: Staff, State(app): State<AppState>, QueryData(query): QueryData) -> PageResult {
    let scope = seen(&staff)?;
    let asked = Asked::from(&staff, &query);
    let (rows, cut) = db::read!(app.db, async |tx| gather(tx, &staff, scope, &asked).await)?;
    let sheet = sheet(&staff, &asked, cut);
    let name = documents::file_stem(&["SKP", &asked.year.to_string()]);
    let bytes = tokio::task::spawn_blocking(move || sheet.write(rows))
        .await
        .map_err(|e| PageError::internal(&e))?
        .map_err(|e| PageError::internal(&e))?;
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    headers.insert(CONTENT_TYPE, kind);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    let place = HeaderValue::from_str(&format!("attachment; filename=\"{name}.xlsx\""));
    headers.insert(CONTENT_DISPOSITION, place.map_err(|e| PageError::internal(&e))?);
    Ok(response)
}

/// All rows of one moment, a thousand at a time: two statements a step.
async fn gather(tx: &mut Tx, staff: &Staff, scope: Scope, asked: &Asked) -> Result<(Vec<Vec<Value>>, bool), PageError> {
    let Some(scope) = narrowed(tx, scope, &asked.unit).await? else {
        return Ok((Vec::new(), false));
    };
    let mut lines = Vec::new();
    let mut after = None;
    loop {
        let page = skp::queries::list(tx, &scope, asked.filter(), after.as_ref(), EXPORT_STEP).await?;
        let people = people(tx, staff, &page.rows).await?;
        lines.extend(page.rows.iter().map(|skp| line(staff, skp, &people)));
        after = page.next;
        if after.is_none() || lines.len() >= EXPORT_MAX {
            return Ok((lines, after.is_some()));
        }
    }
}

fn line(staff: &Staff, skp: &SkpRow, people: &People) -> Vec<Value> {
    let t = staff.t;
    let owner = people.row(skp.person_id);
    let of = |get: fn(&org::queries::EmployeeRow) -> &str| Value::text(owner.map_or("", get));
    vec![
        of(|e| &e.full_name),
        of(|e| &e.number),
        of(|e| &e.position_title),
        of(|e| &e.unit_name),
        Value::text(people.name(skp.assessor_id).unwrap_or_default()),
        Value::Integer(i64::from(skp.year)),
        Value::text(skp_status(t, Some(skp.status)).label),
        Value::text(words::approach(t, skp.approach)),
        Value::Date(staff.session.agency.zone.date(skp.changed_at)),
    ]
}

fn sheet(staff: &Staff, asked: &Asked, cut: bool) -> Sheet {
    let t = staff.t;
    let zone = staff.session.agency.zone;
    let who = &staff.session.label;
    let status = asked
        .status
        .map_or_else(|| t.skp_export_all().to_owned(), |s| skp_status(t, Some(s)).label);
    let unit = match asked.unit.as_str() {
        "" => t.skp_export_all(),
        text => text,
    };
    let mut sheet = Sheet::new("SKP", t.skp_export_title(asked.year), staff.today())
        .note(t.skp_export_filter(asked.year, status, unit))
        .note(t.skp_export_made(t.moment(staff.now, zone), who));
    if cut {
        sheet = sheet.note(t.skp_export_cut(EXPORT_MAX));
    }
    sheet
        .column(t.skp_col_name(), 36, Column::Text)
        .column(t.skp_col_nip(), 22, Column::Text)
        .column(t.skp_col_position(), 36, Column::Text)
        .column(t.skp_col_unit(), 36, Column::Text)
        .column(t.skp_col_assessor(), 36, Column::Text)
        .column(t.skp_col_year(), 8, Column::Integer)
        .column(t.skp_col_status(), 16, Column::Text)
        .column(t.skp_approach(), 16, Column::Text)
        .column(t.skp_col_changed(), 14, Column::Date)
}

#[cfg(test)]
mod tests {
    use kernel::AgencyId;

    use super::*;

    fn scope(all: bool, paths: &[&str]) -> Scope {
        Scope {
            agency: AgencyId::from_uuid(uuid::Uuid::from_u128(1)),
            all,
            paths: paths.iter().map(|p| (*p).to_owned()).collect(),
            person: None,
        }
    }

    #[test]
    fn a_unit_filter_only_ever_narrows() {
        let asked = ["a/b/".to_owned(), "c/".to_owned()];
        assert_eq!(within(scope(true, &[]), &asked).paths, ["a/b/", "c/"]);
        assert_eq!(within(scope(false, &["a/"]), &asked).paths, ["a/b/"]);
        assert_eq!(within(scope(false, &["a/b/x/", "d/"]), &asked).paths, ["a/b/x/"]);
        let nothing = within(scope(false, &["d/"]), &asked);
        assert!(nothing.paths.is_empty() && !nothing.all && nothing.person.is_none());
    }
}
