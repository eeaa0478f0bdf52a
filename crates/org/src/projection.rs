//! The table `employee`: one row a person, who they are today, made from the dated tables. And `person_word`, by which
//! any word of a name finds its person.
//!
//! Everything is loaded, compared in memory, and only rows that differ are written.

use std::collections::{HashMap, HashSet};

use db::{Sql, Tx, args, sql};
use jiff::civil::Date;
use kernel::{AgencyId, PersonId, PositionId, UnitId, Value, fold_name};

use crate::model::{Acting, Chain, Line, Override, PersonStatus, PlacementKind, derive, full_name, name_words};

/// Whose rows may have changed.
#[derive(Debug, Clone, Copy)]
pub enum Affected<'a> {
    /// Anybody's: the tree, a head position, an acting duty or an override changed, or a day has passed.
    All,
    /// Only these people's own data changed; nobody's superior did but theirs.
    People(&'a [PersonId]),
}

/// From so many people on, everything is compared at once.
const MOST_BY_ID: usize = 500;

struct PersonNow {
    id: PersonId,
    name: String,
    title_front: String,
    title_back: String,
    status: PersonStatus,
}
db::from_row!(PersonNow {
    id,
    name,
    title_front,
    title_back,
    status
});

struct Held {
    person: PersonId,
    kind: PlacementKind,
    from: Date,
    until: Option<Date>,
    position: PositionId,
    unit: UnitId,
    title: String,
    position_kind: String,
    is_head: bool,
    status: PersonStatus,
}
db::from_row!(Held {
    person,
    kind,
    from,
    until,
    position,
    unit,
    title,
    position_kind,
    is_head,
    status
});

struct UnitNow {
    id: UnitId,
    parent: Option<UnitId>,
    path: String,
    name: String,
}
db::from_row!(UnitNow { id, parent, path, name });

const HELD: &str = "SELECT p.person_id, p.kind, p.valid_from, p.valid_to, q.id, q.unit_id, q.title, q.kind, q.is_head, \
                    h.status FROM placement p JOIN position q ON q.id = p.position_id \
                    JOIN person h ON h.id = p.person_id WHERE ";
const ROW: &str = "SELECT person_id, agency_id, number, number_kind, full_name, name_folded, unit_id, unit_path, \
                   unit_name, position_id, position_title, position_kind, is_head, grade, superior_id, \
                   superior_basis, superior_until, status FROM employee WHERE ";

/// Makes the rows of `employee` (and the words of names) anew as they are on `today`. Answers how many rows changed.
/// Called at the end of every command, in its transaction, and once a day.
pub async fn refresh(tx: &mut Tx, agency: AgencyId, today: Date, affected: Affected<'_>) -> db::Result<u64> {
    let only: Option<&[PersonId]> = match affected {
        Affected::People(people) if people.len() <= MOST_BY_ID => Some(people),
        Affected::People(_) | Affected::All => None,
    };
    if only.is_some_and(<[PersonId]>::is_empty) {
        return Ok(0);
    }
    let units: HashMap<UnitId, UnitNow> = tx
        .all::<UnitNow>(
            sql!("SELECT id, parent_id, path, name FROM unit WHERE agency_id = $1"),
            args![agency],
        )
        .await?
        .into_iter()
        .map(|u| (u.id, u))
        .collect();
    let overrides = overrides(tx, agency, today).await?;
    let held = held(tx, agency, today, only, &overrides).await?;
    let own = own_placements(&held);
    let lines = lines(&units, &held, &own, &overrides, only);
    let people = with_people(
        only,
        "id",
        Sql::new("SELECT id, name, title_front, title_back, status FROM person WHERE "),
        agency,
    );
    let people: Vec<PersonNow> = tx.all(people.text(), people.args()).await?;
    let numbers = numbers(tx, agency, today, only).await?;
    let grades = grades(tx, agency, today, only).await?;
    let before = with_people(only, "person_id", Sql::new(ROW), agency);
    let mut before: HashMap<PersonId, Vec<Value>> = keyed(tx.all(before.text(), before.args()).await?);

    let mut changed = Vec::new();
    let mut renamed = Vec::new();
    for person in &people {
        let folded = fold_name(&person.name);
        let row = row(
            agency,
            person,
            &folded,
            &numbers,
            &grades,
            own.get(&person.id).copied(),
            &units,
            &lines,
        );
        let old = before.remove(&person.id);
        let same_name = old.as_ref().is_some_and(|o| o.get(5) == row.get(5));
        if !same_name {
            renamed.push((person.id, folded));
        }
        if old.is_none_or(|old| !alike(&old, &row)) {
            changed.push(row);
        }
    }
    write_words(tx, agency, &renamed).await?;
    write_rows(tx, today, &mut changed).await
}

/// The rows by person; flags come back as numbers from the embedded engine.
fn keyed(rows: Vec<Vec<Value>>) -> HashMap<PersonId, Vec<Value>> {
    rows.into_iter()
        .filter_map(|row| match row.first() {
            Some(Value::Uuid(id)) => Some((PersonId::from_uuid(*id), row)),
            _ => None,
        })
        .collect()
}

fn alike(old: &[Value], new: &[Value]) -> bool {
    let flag = |v: &Value| match v {
        Value::Bool(b) => Value::I64(i64::from(*b)),
        other => other.clone(),
    };
    old.len() == new.len() && old.iter().zip(new).all(|(a, b)| a == b || flag(a) == flag(b))
}

fn with_people(only: Option<&[PersonId]>, column: &'static str, sql: Sql, agency: AgencyId) -> Sql {
    let sql = sql.push_with("agency_id = {}", agency);
    match only {
        Some(people) => sql.push(" AND ").push_in(column, people.iter().copied()),
        None => sql,
    }
}

async fn overrides(tx: &mut Tx, agency: AgencyId, today: Date) -> db::Result<Vec<Override>> {
    let rows: Vec<(PersonId, PersonId, Date, Option<Date>)> = tx
        .all(
            sql!(
                "SELECT o.person_id, o.superior_id, o.valid_from, o.valid_to FROM superior_override o \
                 JOIN person s ON s.id = o.superior_id WHERE o.agency_id = $1 AND s.status = 'AKTIF' \
                 AND o.valid_from <= $2 AND (o.valid_to IS NULL OR o.valid_to >= $2)"
            ),
            args![agency, today],
        )
        .await?;
    let line = |(person, superior, from, until)| Override {
        person,
        superior,
        from,
        until,
    };
    Ok(rows.into_iter().map(line).collect())
}

/// Placements in force: of everybody; or of the people asked for, of everybody who heads a unit, and of everybody in an
/// override, which is all that circles can go through.
async fn held(
    tx: &mut Tx,
    agency: AgencyId,
    today: Date,
    only: Option<&[PersonId]>,
    overrides: &[Override],
) -> db::Result<Vec<Held>> {
    let mut sql = Sql::new(HELD).push_with("p.agency_id = {}", agency).push_with(
        " AND p.valid_from <= {} AND (p.valid_to IS NULL OR p.valid_to >= {})",
        today,
    );
    if let Some(people) = only {
        let named: HashSet<PersonId> = people
            .iter()
            .copied()
            .chain(overrides.iter().flat_map(|o| [o.person, o.superior]))
            .collect();
        let mut named: Vec<PersonId> = named.into_iter().collect();
        named.sort_unstable();
        sql = sql
            .push(" AND (")
            .push_in("p.person_id", named)
            .push_with(" OR p.person_id IN (SELECT x.person_id FROM placement x JOIN position y ON y.id = x.position_id WHERE y.is_head = {}", true)
            .push_with(" AND y.agency_id = {}", agency)
            .push_with(" AND x.valid_from <= {} AND (x.valid_to IS NULL OR x.valid_to >= {})))", today);
    }
    tx.all(sql.text(), sql.args()).await
}

/// The placement that says where each person belongs: the definitive one, else the latest acting one.
fn own_placements(held: &[Held]) -> HashMap<PersonId, &Held> {
    let mut own: HashMap<PersonId, &Held> = HashMap::with_capacity(held.len());
    let key = |h: &Held| {
        (
            h.kind == PlacementKind::Definitive,
            h.from,
            std::cmp::Reverse(h.position),
        )
    };
    for h in held {
        own.entry(h.person)
            .and_modify(|b| {
                if key(h) > key(b) {
                    *b = h
                }
            })
            .or_insert(h);
    }
    own
}

fn lines(
    units: &HashMap<UnitId, UnitNow>,
    held: &[Held],
    own: &HashMap<PersonId, &Held>,
    overrides: &[Override],
    only: Option<&[PersonId]>,
) -> HashMap<PersonId, Line> {
    let chain = Chain(units.values().map(|u| (u.id, u.parent)).collect());
    let heads: Vec<Acting> = held
        .iter()
        .filter(|h| h.is_head && h.status.in_office())
        .map(|h| Acting {
            unit: h.unit,
            person: h.person,
            kind: h.kind,
            from: h.from,
            until: h.until,
        })
        .collect();
    let mut people: HashMap<PersonId, Option<UnitId>> = own.iter().map(|(p, h)| (*p, Some(h.unit))).collect();
    for person in only
        .unwrap_or_default()
        .iter()
        .chain(overrides.iter().flat_map(|o| [&o.person, &o.superior]))
    {
        people.entry(*person).or_insert(None);
    }
    let mut people: Vec<(PersonId, Option<UnitId>)> = people.into_iter().collect();
    people.sort_unstable();
    derive(&chain, &heads, overrides, &people)
}

async fn numbers(
    tx: &mut Tx,
    agency: AgencyId,
    today: Date,
    only: Option<&[PersonId]>,
) -> db::Result<HashMap<PersonId, (String, String)>> {
    let sql = with_people(
        only,
        "person_id",
        Sql::new("SELECT person_id, number, kind FROM person_number WHERE "),
        agency,
    )
    .push_with(" AND valid_from <= {} AND (valid_to IS NULL OR valid_to >= {})", today)
    .push(" ORDER BY valid_from, number");
    let rows: Vec<(PersonId, String, String)> = tx.all(sql.text(), sql.args()).await?;
    Ok(rows
        .into_iter()
        .map(|(person, number, kind)| (person, (number, kind)))
        .collect())
}

async fn grades(
    tx: &mut Tx,
    agency: AgencyId,
    today: Date,
    only: Option<&[PersonId]>,
) -> db::Result<HashMap<PersonId, String>> {
    let sql = Sql::new("SELECT r.person_id, r.grade FROM person_rank r JOIN person h ON h.id = r.person_id WHERE ");
    let sql =
        with_people(only, "r.person_id", sql, agency).push_with(" AND r.valid_from <= {} ORDER BY r.valid_from", today);
    let rows: Vec<(PersonId, String)> = tx.all(sql.text(), sql.args()).await?;
    Ok(rows.into_iter().collect())
}

fn row(
    agency: AgencyId,
    person: &PersonNow,
    folded: &str,
    numbers: &HashMap<PersonId, (String, String)>,
    grades: &HashMap<PersonId, String>,
    own: Option<&Held>,
    units: &HashMap<UnitId, UnitNow>,
    lines: &HashMap<PersonId, Line>,
) -> Vec<Value> {
    let unit = own.and_then(|h| units.get(&h.unit));
    let number = numbers.get(&person.id);
    // whoever has left reports to nobody
    let line = lines
        .get(&person.id)
        .copied()
        .filter(|_| person.status.is_staff())
        .unwrap_or(Line::NOBODY);
    args![
        person.id,
        agency,
        number.map_or("", |(n, _)| n.as_str()),
        number.map(|(_, kind)| kind.as_str()),
        full_name(&person.title_front, &person.name, &person.title_back),
        folded,
        unit.map(|u| u.id),
        unit.map_or("", |u| u.path.as_str()),
        unit.map_or("", |u| u.name.as_str()),
        own.map(|h| h.position),
        own.map_or("", |h| h.title.as_str()),
        own.map_or("", |h| h.position_kind.as_str()),
        own.is_some_and(|h| h.is_head),
        grades.get(&person.id).map_or("", String::as_str),
        line.superior,
        line.basis,
        line.until,
        person.status
    ]
    .into()
}

async fn write_words(tx: &mut Tx, agency: AgencyId, renamed: &[(PersonId, String)]) -> db::Result<()> {
    let gone: Vec<Vec<Value>> = renamed.iter().map(|(id, _)| args![*id].into()).collect();
    tx.exec_many(sql!("DELETE FROM person_word WHERE person_id = $1"), &gone)
        .await?;
    let words: Vec<Vec<Value>> = renamed
        .iter()
        .flat_map(|(id, folded)| {
            name_words(folded)
                .into_iter()
                .map(|word| args![agency, word, *id].into())
        })
        .collect();
    tx.exec_many(
        sql!("INSERT INTO person_word (agency_id, word, person_id) VALUES ($1, $2, $3)"),
        &words,
    )
    .await?;
    Ok(())
}

async fn write_rows(tx: &mut Tx, today: Date, rows: &mut [Vec<Value>]) -> db::Result<u64> {
    for row in rows.iter_mut() {
        row.extend(args![today]);
    }
    tx.exec_many(
        sql!(
            "INSERT INTO employee (person_id, agency_id, number, number_kind, full_name, name_folded, unit_id, \
             unit_path, unit_name, position_id, position_title, position_kind, is_head, grade, superior_id, \
             superior_basis, superior_until, status, as_of) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, \
             $13, $14, $15, $16, $17, $18, $19) ON CONFLICT (person_id) DO UPDATE SET number = excluded.number, \
             number_kind = excluded.number_kind, full_name = excluded.full_name, name_folded = excluded.name_folded, \
             unit_id = excluded.unit_id, unit_path = excluded.unit_path, unit_name = excluded.unit_name, \
             position_id = excluded.position_id, position_title = excluded.position_title, \
             position_kind = excluded.position_kind, is_head = excluded.is_head, grade = excluded.grade, \
             superior_id = excluded.superior_id, superior_basis = excluded.superior_basis, \
             superior_until = excluded.superior_until, status = excluded.status, as_of = excluded.as_of"
        ),
        rows,
    )
    .await
}
