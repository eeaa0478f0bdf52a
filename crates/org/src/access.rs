//! What `policy` needs to know about units and people, and how a [`Scope`] becomes a condition of a list.

use db::{Sql, Tx, args, sql};
use jiff::civil::Date;
use kernel::{AgencyId, PersonId, UnitId};
use policy::{Facts, Kind, Scope};

/// The constant conditions by which a list is narrowed to a [`Scope`]. Each text has one `{}`. Written with
/// [`crate::scope_columns!`].
#[derive(Debug, Clone, Copy)]
pub struct ScopeColumns {
    /// `x.agency_id = {}`.
    pub agency: &'static str,
    /// `(x.unit_path >= {}`: begins the range of paths that start with the one given.
    pub path_from: &'static str,
    /// ` AND x.unit_path < {})`: ends that range.
    pub path_below: &'static str,
    /// `x.person_id = {}`, where rows are about a person.
    pub owner: Option<&'static str>,
    /// `x.superior_id = {}`, where rows know the person's superior.
    pub superior: Option<&'static str>,
    /// `a.superior_id = {}`, where rows know the superior's superior.
    pub superior_above: Option<&'static str>,
}

/// Makes [`ScopeColumns`] of column names: agency, unit path, and then none, one or more of owner, superior and the
/// superior's superior.
///
/// ```
/// const COLUMNS: org::access::ScopeColumns =
///     org::scope_columns!("e.agency_id", "e.unit_path", "e.person_id", "e.superior_id", "a.superior_id");
/// assert_eq!(COLUMNS.agency, "e.agency_id = {}");
/// ```
#[macro_export]
macro_rules! scope_columns {
    ($agency:literal, $path:literal) => {
        $crate::access::ScopeColumns {
            agency: concat!($agency, " = {}"),
            path_from: concat!("(", $path, " >= {}"),
            path_below: concat!(" AND ", $path, " < {})"),
            owner: None,
            superior: None,
            superior_above: None,
        }
    };
    ($agency:literal, $path:literal, $owner:literal) => {
        $crate::access::ScopeColumns {
            owner: Some(concat!($owner, " = {}")),
            ..$crate::scope_columns!($agency, $path)
        }
    };
    ($agency:literal, $path:literal, $owner:literal, $superior:literal) => {
        $crate::access::ScopeColumns {
            superior: Some(concat!($superior, " = {}")),
            ..$crate::scope_columns!($agency, $path, $owner)
        }
    };
    ($agency:literal, $path:literal, $owner:literal, $superior:literal, $above:literal) => {
        $crate::access::ScopeColumns {
            superior_above: Some(concat!($above, " = {}")),
            ..$crate::scope_columns!($agency, $path, $owner, $superior)
        }
    };
}

/// Adds the condition of a scope to a statement, without a leading `AND`: the rows that [`Scope::contains`].
pub fn push_scope(sql: Sql, scope: &Scope, columns: ScopeColumns) -> Sql {
    let mut sql = sql.push_with(columns.agency, scope.agency);
    if scope.all {
        return sql;
    }
    sql = sql.push(" AND (1 = 0");
    for path in &scope.paths {
        sql = sql
            .push(" OR ")
            .push_with(columns.path_from, path.as_str())
            .push_with(columns.path_below, path_end(path));
    }
    if let Some(person) = scope.person {
        for condition in [columns.owner, columns.superior, columns.superior_above]
            .into_iter()
            .flatten()
        {
            sql = sql.push(" OR ").push_with(condition, person);
        }
    }
    sql.push(")")
}

/// The first text that is greater than every text that begins with `path`: paths end with `/`, and `0` comes next.
pub fn path_end(path: &str) -> String {
    match path.strip_suffix('/') {
        Some(rest) => format!("{rest}0"),
        None => "\u{10FFFF}".to_owned(),
    }
}

/// What `access` needs to build a `policy::Actor` for a person today.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActorFacts {
    /// Path of the person's own unit; `None` without a placement in force.
    pub unit_path: Option<String>,
    /// Paths of the units that the person heads, as definitive holder or as Plt or Plh.
    pub heads: Vec<String>,
}

/// Own unit and headships of a person on `today`, straight from the placements: an ended duty counts no more from the
/// first moment of the next day. Whoever left or is suspended heads nothing.
pub async fn actor_facts(tx: &mut Tx, agency: AgencyId, person: PersonId, today: Date) -> db::Result<ActorFacts> {
    let rows: Vec<(String, bool, String)> = tx
        .all(
            sql!(
                "SELECT u.path, q.is_head, p.kind FROM placement p JOIN position q ON q.id = p.position_id \
                 JOIN unit u ON u.id = q.unit_id JOIN person h ON h.id = p.person_id \
                 WHERE p.person_id = $1 AND p.agency_id = $2 AND h.status = 'AKTIF' \
                 AND p.valid_from <= $3 AND (p.valid_to IS NULL OR p.valid_to >= $3) ORDER BY p.kind, p.valid_from, u.path"
            ),
            args![person, agency, today],
        )
        .await?;
    let mut facts = ActorFacts::default();
    for (path, is_head, kind) in rows {
        if is_head && !facts.heads.contains(&path) {
            facts.heads.push(path.clone());
        }
        // DEFINITIF sorts first, so a definitive position gives the own unit where there is one
        if facts.unit_path.is_none() || kind == "DEFINITIF" {
            facts.unit_path = Some(path);
        }
    }
    Ok(facts)
}

/// Facts of a person's record; `None` when the agency has no such person. With `today`, a superior whose duty has ended
/// counts no more even before the row is made anew.
pub async fn person_facts(tx: &mut Tx, agency: AgencyId, person: PersonId, today: Date) -> db::Result<Option<Facts>> {
    let row: Option<(String, Option<PersonId>, Option<Date>, Option<PersonId>, Option<Date>)> = tx
        .optional(
            sql!(
                "SELECT e.unit_path, e.superior_id, e.superior_until, a.superior_id, a.superior_until \
                 FROM employee e LEFT JOIN employee a ON a.person_id = e.superior_id \
                 WHERE e.person_id = $1 AND e.agency_id = $2"
            ),
            args![person, agency],
        )
        .await?;
    Ok(row.map(|(unit_path, superior, until, above, above_until)| {
        let superior = superior.filter(|_| until.is_none_or(|day| day >= today));
        let above = above.filter(|_| superior.is_some() && above_until.is_none_or(|day| day >= today));
        Facts {
            superior_above: above,
            ..Facts::of_person(Kind::Person, agency, unit_path, person, superior)
        }
    }))
}

/// Facts of a unit; `None` when the agency has no such unit.
pub async fn unit_facts(tx: &mut Tx, agency: AgencyId, unit: UnitId) -> db::Result<Option<Facts>> {
    let path: Option<String> = tx
        .scalar(
            sql!("SELECT path FROM unit WHERE id = $1 AND agency_id = $2"),
            args![unit, agency],
        )
        .await?;
    Ok(path.map(|path| Facts::of_unit(Kind::Unit, agency, path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_holds_exactly_what_begins_with_the_path() {
        let end = path_end("4.01/");
        for inside in ["4.01/", "4.01/A/", "4.01/~/"] {
            assert!(inside >= "4.01/" && inside < end.as_str(), "{inside}");
        }
        for outside in ["4.01-X/", "4.010/", "4.02/", "4.0/", "4.01.2/"] {
            assert!(!(outside >= "4.01/" && outside < end.as_str()), "{outside}");
        }
    }
}
