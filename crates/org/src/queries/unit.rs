use db::{Sql, Tx, args, sql};
use jiff::civil::Date;
use kernel::{AgencyId, PersonId, PositionId, UnitId, fold_name};

use super::EmployeeRow;
use crate::access::path_end;
use crate::model::UnitKind;

/// One step from the root to a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    /// Unit.
    pub id: UnitId,
    /// Name.
    pub name: String,
    /// Path.
    pub path: String,
}
db::from_row!(Crumb { id, name, path });

/// A unit in a list of choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitBrief {
    /// Identifier.
    pub id: UnitId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
    /// Unit above.
    pub parent: Option<UnitId>,
    /// Path.
    pub path: String,
    /// Level, the root being 1.
    pub depth: i64,
    /// First day.
    pub valid_from: Date,
    /// Last day, if it is closed.
    pub valid_to: Option<Date>,
    /// Version for edits.
    pub version: i64,
}
db::from_row!(UnitBrief {
    id,
    code,
    name,
    kind,
    parent,
    path,
    depth,
    valid_from,
    valid_to,
    version
});

/// A unit below another, with its head and how many people work in it and below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitChild {
    /// Identifier.
    pub id: UnitId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Path.
    pub path: String,
    /// Who heads it today by their own position.
    pub head: Option<(PersonId, String)>,
    /// People in it and below it.
    pub headcount: i64,
}

/// Everything a unit page shows, except the list of people ([`super::employees`] with `unit`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPage {
    /// The unit.
    pub unit: UnitBrief,
    /// From the root to the unit itself.
    pub breadcrumbs: Vec<Crumb>,
    /// Units directly below, by code.
    pub children: Vec<UnitChild>,
    /// Who heads the unit today by their own position.
    pub head: Option<EmployeeRow>,
    /// People in the unit itself.
    pub own_headcount: i64,
    /// People in the unit and below it.
    pub headcount: i64,
    /// Names and places that it had, latest first: first day, last day, name, unit above.
    pub history: Vec<(Date, Option<Date>, String, Option<UnitId>)>,
}

const UNIT: &str = "SELECT id, code, name, kind, parent_id, path, depth, valid_from, valid_to, version FROM unit";

/// The top of an agency's tree.
pub async fn root_unit(tx: &mut Tx, agency: AgencyId) -> db::Result<Option<UnitId>> {
    tx.scalar(
        sql!(
            "SELECT id FROM unit WHERE agency_id = $1 AND parent_id IS NULL AND valid_to IS NULL ORDER BY path LIMIT 1"
        ),
        args![agency],
    )
    .await
}

/// The unit page; `None` when the agency has no such unit. A fixed number of statements.
pub async fn unit_page(tx: &mut Tx, agency: AgencyId, unit: UnitId) -> db::Result<Option<UnitPage>> {
    let sql = Sql::new(UNIT)
        .push_with(" WHERE id = {}", unit)
        .push_with(" AND agency_id = {}", agency);
    let Some(unit) = tx.optional::<UnitBrief>(sql.text(), sql.args()).await? else {
        return Ok(None);
    };
    let above: Vec<String> = unit
        .path
        .char_indices()
        .filter(|(_, c)| *c == '/')
        .filter_map(|(at, _)| unit.path.get(..=at).map(str::to_owned))
        .collect();
    let crumbs = Sql::new("SELECT id, name, path FROM unit WHERE ")
        .push_with("agency_id = {} AND ", agency)
        .push_in("path", above)
        .push(" ORDER BY depth");
    let breadcrumbs = tx.all(crumbs.text(), crumbs.args()).await?;
    let children = children(tx, agency, unit.id).await?;
    let head = head(tx, agency, unit.id).await?;
    let (own_headcount, headcount): (i64, i64) = tx
        .one(
            sql!(
                "SELECT CAST(COALESCE(SUM(CASE WHEN unit_id = $1 THEN 1 ELSE 0 END), 0) AS BIGINT), \
                 CAST(COUNT(*) AS BIGINT) FROM employee WHERE agency_id = $2 AND unit_path >= $3 AND unit_path < $4 \
                 AND status NOT IN ('PENSIUN', 'BERHENTI', 'MENINGGAL')"
            ),
            args![unit.id, agency, &unit.path, path_end(&unit.path)],
        )
        .await?;
    let history = tx
        .all(
            sql!(
                "SELECT valid_from, valid_to, name, parent_id FROM unit_history WHERE unit_id = $1 \
                 ORDER BY valid_from DESC"
            ),
            args![unit.id],
        )
        .await?;
    Ok(Some(UnitPage {
        unit,
        breadcrumbs,
        children,
        head,
        own_headcount,
        headcount,
        history,
    }))
}

async fn head(tx: &mut Tx, agency: AgencyId, unit: UnitId) -> db::Result<Option<EmployeeRow>> {
    let id: Option<PersonId> = tx
        .scalar(
            sql!("SELECT person_id FROM employee WHERE unit_id = $1 AND is_head = $2 AND status = 'AKTIF' ORDER BY person_id LIMIT 1"),
            args![unit, true],
        )
        .await?;
    match id {
        Some(id) => super::employee(tx, agency, id).await,
        None => Ok(None),
    }
}

async fn children(tx: &mut Tx, agency: AgencyId, parent: UnitId) -> db::Result<Vec<UnitChild>> {
    let mut children: Vec<UnitChild> = tx
        .all::<(UnitId, String, String, String, i64)>(
            sql!(
                "SELECT u.id, u.code, u.name, u.path, CAST((SELECT COUNT(*) FROM employee e WHERE e.agency_id = $1 \
                 AND e.unit_path >= u.path AND e.unit_path < SUBSTR(u.path, 1, LENGTH(u.path) - 1) || '0' \
                 AND e.status NOT IN ('PENSIUN', 'BERHENTI', 'MENINGGAL')) AS BIGINT) \
                 FROM unit u WHERE u.parent_id = $2 AND u.agency_id = $1 AND u.valid_to IS NULL ORDER BY u.code"
            ),
            args![agency, parent],
        )
        .await?
        .into_iter()
        .map(|(id, code, name, path, headcount)| UnitChild {
            id,
            code,
            name,
            path,
            head: None,
            headcount,
        })
        .collect();
    let heads: Vec<(UnitId, PersonId, String)> = tx
        .all(
            sql!(
                "SELECT e.unit_id, e.person_id, e.full_name FROM employee e JOIN unit u ON u.id = e.unit_id \
                 WHERE u.parent_id = $1 AND e.is_head = $2 AND e.status = 'AKTIF' ORDER BY e.person_id"
            ),
            args![parent, true],
        )
        .await?;
    for (unit, person, name) in heads {
        if let Some(child) = children.iter_mut().find(|c| c.id == unit && c.head.is_none()) {
            child.head = Some((person, name));
        }
    }
    Ok(children)
}

/// Every unit in force, in the order of the tree. For trees and lists of choices.
pub async fn unit_options(tx: &mut Tx, agency: AgencyId) -> db::Result<Vec<UnitBrief>> {
    let sql = Sql::new(UNIT).push_with(" WHERE agency_id = {} AND valid_to IS NULL ORDER BY path", agency);
    tx.all(sql.text(), sql.args()).await
}

/// The unit with this code.
pub async fn unit_by_code(tx: &mut Tx, agency: AgencyId, code: &str) -> db::Result<Option<UnitBrief>> {
    let sql = Sql::new(UNIT)
        .push_with(" WHERE agency_id = {}", agency)
        .push_with(" AND code = {}", code.trim().to_ascii_uppercase());
    tx.optional(sql.text(), sql.args()).await
}

/// Units in force with a word of their name beginning with each word of `text`, or whose code is `text`; at most 20.
pub async fn units_like(tx: &mut Tx, agency: AgencyId, text: &str) -> db::Result<Vec<UnitBrief>> {
    let short: String = text.chars().take(100).collect();
    let mut sql = Sql::new(UNIT)
        .push_with(" WHERE agency_id = {} AND valid_to IS NULL", agency)
        .push_with(" AND (code = {} OR (1 = 1", short.trim().to_ascii_uppercase());
    for word in fold_name(&short).split(' ').take(6) {
        sql = sql.push_with(" AND (' ' || name_folded) LIKE {}", format!("% {word}%"));
    }
    let sql = sql.push(")) ORDER BY path LIMIT 20");
    tx.all(sql.text(), sql.args()).await
}

/// A position of a unit in a list of choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PositionOption {
    /// Identifier.
    pub id: PositionId,
    /// Title.
    pub title: String,
    /// Heads the unit.
    pub is_head: bool,
    /// Who holds it today by their own position; the first by name where several do.
    pub holder: Option<String>,
}
db::from_row!(PositionOption {
    id,
    title,
    is_head,
    holder
});

/// The open positions of a unit, its head first, then by title.
pub async fn positions_of(tx: &mut Tx, agency: AgencyId, unit: UnitId) -> db::Result<Vec<PositionOption>> {
    tx.all(
        sql!(
            "SELECT q.id, q.title, q.is_head, (SELECT MIN(e.full_name) FROM employee e WHERE e.position_id = q.id) \
             FROM position q WHERE q.agency_id = $1 AND q.unit_id = $2 AND q.valid_to IS NULL \
             ORDER BY CASE WHEN q.is_head THEN 0 ELSE 1 END, q.title, q.id"
        ),
        args![agency, unit],
    )
    .await
}
