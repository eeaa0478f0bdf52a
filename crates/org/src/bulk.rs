//! Plain rows, written many at a time. For the demo city, imports, benchmarks and test builders: no rules are checked
//! here, and [`crate::projection::refresh`] must follow.

use db::{Tx, sql};
use jiff::civil::Date;
use kernel::{AgencyId, Instant, PersonId, PlacementId, PositionId, UnitId, Value, fold_name};
use regulation::nip::{NipKind, Sex};

use crate::model::{Grade, PersonStatus, PlacementKind, PositionKind, PositionLevel, UnitKind};

/// A unit. Its history row is written with it.
#[derive(Debug, Clone)]
pub struct UnitRow {
    /// Identifier.
    pub id: UnitId,
    /// Code, unique in the agency; see [`crate::model::code`].
    pub code: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
    /// Unit above; it must come before this one in the slice.
    pub parent: Option<UnitId>,
    /// Codes from the root, each followed by `/`.
    pub path: String,
    /// Level, the root being 1.
    pub depth: i64,
    /// First day.
    pub valid_from: Date,
}

/// A position.
#[derive(Debug, Clone)]
pub struct PositionRow {
    /// Identifier.
    pub id: PositionId,
    /// Its unit.
    pub unit: UnitId,
    /// Code, unique in the agency.
    pub code: String,
    /// Title.
    pub title: String,
    /// Jenis jabatan.
    pub kind: PositionKind,
    /// Jenjang.
    pub level: Option<PositionLevel>,
    /// Heads the unit.
    pub is_head: bool,
    /// First day.
    pub valid_from: Date,
}

/// A person.
#[derive(Debug, Clone)]
pub struct PersonRow {
    /// Identifier.
    pub id: PersonId,
    /// Name without titles.
    pub name: String,
    /// Titles before the name.
    pub title_front: String,
    /// Titles after the name.
    pub title_back: String,
    /// Date of birth.
    pub birth_date: Option<Date>,
    /// Sex.
    pub sex: Option<Sex>,
    /// E-mail, lower case.
    pub email: Option<String>,
    /// Status.
    pub status: PersonStatus,
}

/// A number of a person, from a day on.
#[derive(Debug, Clone)]
pub struct NumberRow {
    /// Whose.
    pub person: PersonId,
    /// Eighteen digits.
    pub number: String,
    /// NIP or NI PPPK.
    pub kind: NipKind,
    /// First day.
    pub valid_from: Date,
    /// Last day, if it was replaced.
    pub valid_to: Option<Date>,
}

/// A rank of a person, from a day on.
#[derive(Debug, Clone)]
pub struct RankRow {
    /// Whose.
    pub person: PersonId,
    /// Golongan.
    pub grade: Grade,
    /// First day (TMT).
    pub valid_from: Date,
}

/// One person holding one position for a time.
#[derive(Debug, Clone)]
pub struct PlacementRow {
    /// Identifier.
    pub id: PlacementId,
    /// Who.
    pub person: PersonId,
    /// Which position.
    pub position: PositionId,
    /// How.
    pub kind: PlacementKind,
    /// First day.
    pub valid_from: Date,
    /// Last day, if it is known.
    pub valid_to: Option<Date>,
    /// Number of the decree (SK), may be empty.
    pub decree: String,
}

/// Rows of one agency.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// Units, parents first.
    pub units: Vec<UnitRow>,
    /// Positions.
    pub positions: Vec<PositionRow>,
    /// People.
    pub people: Vec<PersonRow>,
    /// Numbers.
    pub numbers: Vec<NumberRow>,
    /// Ranks.
    pub ranks: Vec<RankRow>,
    /// Placements.
    pub placements: Vec<PlacementRow>,
}

fn rows<T>(items: &[T], row: impl Fn(&T) -> Vec<Value>) -> Vec<Vec<Value>> {
    items.iter().map(row).collect()
}

/// Writes everything, in the order in which rows refer to one another.
pub async fn insert_all(tx: &mut Tx, agency: AgencyId, now: Instant, all: &Rows) -> db::Result<()> {
    units(tx, agency, &all.units).await?;
    positions(tx, agency, &all.positions).await?;
    people(tx, agency, now, &all.people).await?;
    numbers(tx, agency, &all.numbers).await?;
    ranks(tx, &all.ranks).await?;
    placements(tx, agency, &all.placements).await
}

/// Writes units with their first history row.
pub async fn units(tx: &mut Tx, agency: AgencyId, units: &[UnitRow]) -> db::Result<()> {
    let values = rows(units, |u| {
        db::args![
            u.id,
            agency,
            &u.code,
            &u.name,
            fold_name(&u.name),
            u.kind,
            u.parent,
            &u.path,
            u.depth,
            u.valid_from,
            1i64
        ]
        .into()
    });
    tx.exec_many(
        sql!(
            "INSERT INTO unit (id, agency_id, code, name, name_folded, kind, parent_id, path, depth, valid_from, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        ),
        &values,
    )
    .await?;
    let history = rows(units, |u| db::args![u.id, u.valid_from, &u.name, u.parent].into());
    tx.exec_many(
        sql!("INSERT INTO unit_history (unit_id, valid_from, name, parent_id) VALUES ($1, $2, $3, $4)"),
        &history,
    )
    .await?;
    Ok(())
}

/// Writes positions.
pub async fn positions(tx: &mut Tx, agency: AgencyId, positions: &[PositionRow]) -> db::Result<()> {
    let values = rows(positions, |p| {
        db::args![
            p.id,
            agency,
            p.unit,
            &p.code,
            &p.title,
            p.kind,
            p.level,
            p.is_head,
            p.valid_from
        ]
        .into()
    });
    tx.exec_many(
        sql!(
            "INSERT INTO position (id, agency_id, unit_id, code, title, kind, level, is_head, valid_from) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        &values,
    )
    .await?;
    Ok(())
}

/// Writes people.
pub async fn people(tx: &mut Tx, agency: AgencyId, now: Instant, people: &[PersonRow]) -> db::Result<()> {
    let values = rows(people, |p| {
        db::args![
            p.id,
            agency,
            &p.name,
            &p.title_front,
            &p.title_back,
            p.birth_date,
            p.sex,
            p.email.as_ref(),
            p.status,
            1i64,
            now
        ]
        .into()
    });
    tx.exec_many(
        sql!(
            "INSERT INTO person (id, agency_id, name, title_front, title_back, birth_date, sex, email, status, version, \
             created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        ),
        &values,
    )
    .await?;
    Ok(())
}

/// Writes numbers.
pub async fn numbers(tx: &mut Tx, agency: AgencyId, numbers: &[NumberRow]) -> db::Result<()> {
    let values = rows(numbers, |n| {
        db::args![agency, &n.number, n.person, n.kind, n.valid_from, n.valid_to].into()
    });
    tx.exec_many(
        sql!(
            "INSERT INTO person_number (agency_id, number, person_id, kind, valid_from, valid_to) \
             VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        &values,
    )
    .await?;
    Ok(())
}

/// Writes ranks; a rank of the same day is replaced.
pub async fn ranks(tx: &mut Tx, ranks: &[RankRow]) -> db::Result<()> {
    let values = rows(ranks, |r| db::args![r.person, r.valid_from, r.grade].into());
    tx.exec_many(
        sql!(
            "INSERT INTO person_rank (person_id, valid_from, grade) VALUES ($1, $2, $3) \
             ON CONFLICT (person_id, valid_from) DO UPDATE SET grade = excluded.grade"
        ),
        &values,
    )
    .await?;
    Ok(())
}

/// Writes placements.
pub async fn placements(tx: &mut Tx, agency: AgencyId, placements: &[PlacementRow]) -> db::Result<()> {
    let values = rows(placements, |p| {
        db::args![
            p.id,
            agency,
            p.person,
            p.position,
            p.kind,
            p.valid_from,
            p.valid_to,
            &p.decree
        ]
        .into()
    });
    tx.exec_many(
        sql!(
            "INSERT INTO placement (id, agency_id, person_id, position_id, kind, valid_from, valid_to, decree) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        &values,
    )
    .await?;
    Ok(())
}
