use db::{Result, Sql, Tx, args, sql};
use jiff::civil::Date;
use kernel::{AgencyId, Cursor, Page, PageSize, ServiceId, UnitId, fold_name};
use org::access::{ScopeColumns, path_end, push_scope};
use policy::{Action, Actor, Denied, Facts, Kind, Scope, decide};

use super::index::{ServiceIndex, indices};
use crate::store;

/// A service with all that its catalogue entry says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Identifier.
    pub id: ServiceId,
    /// The unit that gives it.
    pub unit_id: UnitId,
    /// Its place in the tree.
    pub unit_path: String,
    /// Its name today.
    pub unit_name: String,
    /// Short address.
    pub slug: String,
    /// Name.
    pub name: String,
    /// What it is for.
    pub summary: String,
    /// Conditions.
    pub requirements: String,
    /// Fee in words.
    pub fee: String,
    /// Promise in words.
    pub promise: String,
    /// Promised days.
    pub promise_days: Option<i64>,
    /// Where the figures come from; empty for the agency's own records.
    pub data_source: String,
    /// Has a public page.
    pub is_public: bool,
    /// Users in a comparable period.
    pub population: Option<i64>,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Option<Date>,
    /// For edits.
    pub version: i64,
}
db::from_row!(Service {
    id,
    unit_id,
    unit_path,
    unit_name,
    slug,
    name,
    summary,
    requirements,
    fee,
    promise,
    promise_days,
    data_source,
    is_public,
    population,
    valid_from,
    valid_to,
    version
});

impl Service {
    /// True when the service is given on `day`.
    pub fn is_in_force(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// A service for a page of staff, and the facts from which the page learns what may be done.
pub async fn find(tx: &mut Tx, actor: &Actor, id: ServiceId) -> Result<std::result::Result<(Service, Facts), Denied>> {
    let Some(service) = store::get(tx, actor.agency, id).await? else {
        return Ok(Err(Denied::Hidden));
    };
    let facts = Facts::of_unit(Kind::Service, actor.agency, service.unit_path.clone());
    Ok(match decide(actor, Action::View, &facts).permit() {
        Ok(_) => Ok((service, facts)),
        Err(denied) => Err(denied),
    })
}

/// What the public sees of a service. No officer appears in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicService {
    /// Identifier, for figures.
    pub id: ServiceId,
    /// Agency.
    pub agency_name: String,
    /// Unit.
    pub unit_name: String,
    /// Short address.
    pub slug: String,
    /// Name.
    pub name: String,
    /// What it is for.
    pub summary: String,
    /// Conditions.
    pub requirements: String,
    /// Fee.
    pub fee: String,
    /// Promise.
    pub promise: String,
    /// Promised days.
    pub promise_days: Option<i64>,
    /// Where the figures come from.
    pub data_source: String,
    /// Users in a comparable period.
    pub population: Option<i64>,
}
db::from_row!(PublicService {
    id,
    agency_name,
    unit_name,
    slug,
    name,
    summary,
    requirements,
    fee,
    promise,
    promise_days,
    data_source,
    population
});

/// The public service of `agency` with this address that is in force on `today`.
pub async fn find_public(tx: &mut Tx, agency: AgencyId, slug: &str, today: Date) -> Result<Option<PublicService>> {
    tx.optional(
        sql!(
            "SELECT s.id, a.name, u.name, s.slug, s.name, s.summary, s.requirements, s.fee, s.promise, s.promise_days, \
             s.data_source, s.population FROM service s JOIN unit u ON u.id = s.unit_id \
             JOIN agency a ON a.id = s.agency_id WHERE s.agency_id = $1 AND s.slug = $2 AND s.is_public = $3 \
             AND s.valid_from <= $4 AND (s.valid_to IS NULL OR s.valid_to >= $4)"
        ),
        args![agency, slug, true, today],
    )
    .await
}

/// One line of the public list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicRow {
    /// Identifier.
    pub id: ServiceId,
    /// Short address.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit_name: String,
    /// What it is for.
    pub summary: String,
}
db::from_row!(PublicRow {
    id,
    slug,
    name,
    unit_name,
    summary
});

/// Most services the public list shows.
const PUBLIC_LIST: i64 = 500;

/// All public services of an agency in force on `today`, by name (at most five hundred).
pub async fn list_public(tx: &mut Tx, agency: AgencyId, today: Date) -> Result<Vec<PublicRow>> {
    tx.all(
        sql!(
            "SELECT s.id, s.slug, s.name, u.name, s.summary FROM service s JOIN unit u ON u.id = s.unit_id \
             WHERE s.agency_id = $1 AND s.is_public = $2 AND s.valid_from <= $3 \
             AND (s.valid_to IS NULL OR s.valid_to >= $3) ORDER BY s.name_folded, s.id LIMIT $4"
        ),
        args![agency, true, today, PUBLIC_LIST],
    )
    .await
}

const COLUMNS: ScopeColumns = org::scope_columns!("s.agency_id", "s.unit_path");

/// What a list of services shows.
#[derive(Debug, Clone, Default)]
pub struct ListFilter {
    /// Beginning of the name.
    pub name: String,
    /// Only services of this unit and those below it (its path).
    pub unit_path: Option<String>,
    /// Only services with (or without) a public page.
    pub is_public: Option<bool>,
    /// Where the page begins.
    pub after: Option<Cursor>,
}

/// One line of the list of staff.
#[derive(Debug, Clone)]
pub struct ListRow {
    /// Identifier.
    pub id: ServiceId,
    /// Short address.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit_name: String,
    /// Has a public page.
    pub is_public: bool,
    /// Last day.
    pub valid_to: Option<Date>,
    /// Index of the asked days; none when nobody answered.
    pub index: Option<ServiceIndex>,
}

struct Listed {
    id: ServiceId,
    slug: String,
    name: String,
    name_folded: String,
    unit_name: String,
    is_public: bool,
    valid_to: Option<Date>,
}
db::from_row!(Listed {
    id,
    slug,
    name,
    name_folded,
    unit_name,
    is_public,
    valid_to
});

/// Services inside `scope`, by name, with the index of `days` (first and last): two queries.
pub async fn list(tx: &mut Tx, scope: &Scope, filter: &ListFilter, days: (Date, Date)) -> Result<Page<ListRow>> {
    let name = fold_name(&filter.name);
    let named = (!name.is_empty()).then(|| (name.clone(), format!("{name}\u{10FFFF}")));
    let sql = Sql::new(
        "SELECT s.id, s.slug, s.name, s.name_folded, u.name, s.is_public, s.valid_to FROM service s \
         JOIN unit u ON u.id = s.unit_id WHERE ",
    );
    let mut sql = push_scope(sql, scope, COLUMNS)
        .push_opt(" AND s.name_folded >= {}", named.as_ref().map(|n| n.0.as_str()))
        .push_opt(" AND s.name_folded < {}", named.as_ref().map(|n| n.1.as_str()))
        .push_opt(" AND s.unit_path >= {}", filter.unit_path.as_deref())
        .push_opt(" AND s.unit_path < {}", filter.unit_path.as_deref().map(path_end))
        .push_opt(" AND s.is_public = {}", filter.is_public);
    if let Some(after) = &filter.after {
        sql = sql
            .push_with(" AND (s.name_folded > {} OR (s.name_folded = {}", after.key.as_str())
            .push_with(" AND s.id > {}))", after.id);
    }
    let sql = sql.push_with(" ORDER BY s.name_folded, s.id LIMIT {}", PageSize::LIST + 1);
    let rows: Vec<Listed> = tx.all(sql.text(), sql.args()).await?;
    let page = Page::cut(rows, PageSize::LIST, |row| Cursor {
        key: row.name_folded.clone(),
        id: row.id.uuid(),
    });
    let ids: Vec<ServiceId> = page.rows.iter().map(|row| row.id).collect();
    let mut figures = indices(tx, &ids, days).await?;
    let rows = page.rows.into_iter().map(|row| ListRow {
        index: figures.remove(&row.id),
        id: row.id,
        slug: row.slug,
        name: row.name,
        unit_name: row.unit_name,
        is_public: row.is_public,
        valid_to: row.valid_to,
    });
    Ok(Page {
        rows: rows.collect(),
        next: page.next,
    })
}

/// Address and name of services of an agency, for pages that show them beside their own rows.
pub async fn names(tx: &mut Tx, agency: AgencyId, services: &[ServiceId]) -> Result<Vec<(ServiceId, String, String)>> {
    if services.is_empty() {
        return Ok(Vec::new());
    }
    let sql = Sql::new("SELECT id, slug, name FROM service WHERE ")
        .push_with("agency_id = {} AND ", agency)
        .push_in("id", services.iter().copied());
    tx.all(sql.text(), sql.args()).await
}

/// Every service of an agency as `(id, unit_id, name)`, for choosing the source of an indicator and for exports.
pub async fn unscoped_of_agency(tx: &mut Tx, agency: AgencyId) -> Result<Vec<(ServiceId, UnitId, String)>> {
    tx.all(
        sql!("SELECT id, unit_id, name FROM service WHERE agency_id = $1 ORDER BY name_folded, id"),
        args![agency],
    )
    .await
}
