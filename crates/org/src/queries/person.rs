use db::{Tx, args, sql};
use jiff::civil::Date;
use kernel::{AgencyId, PersonId, PlacementId, PositionId, UnitId};
use regulation::nip::{NipKind, Sex};

use super::EmployeeRow;
use crate::model::{Grade, OverrideId, PersonStatus, PlacementKind, PositionKind, PositionLevel, SuperiorBasis};

/// A number held for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberPeriod {
    /// Eighteen digits.
    pub number: String,
    /// NIP or NI PPPK.
    pub kind: NipKind,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Option<Date>,
}
db::from_row!(NumberPeriod {
    number,
    kind,
    valid_from,
    valid_to
});

/// A rank from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankPeriod {
    /// First day (TMT).
    pub valid_from: Date,
    /// Golongan.
    pub grade: Grade,
}
db::from_row!(RankPeriod { valid_from, grade });

/// A position held for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacementPeriod {
    /// Identifier.
    pub id: PlacementId,
    /// How.
    pub kind: PlacementKind,
    /// Position.
    pub position: PositionId,
    /// Its title.
    pub title: String,
    /// Jenis jabatan.
    pub position_kind: PositionKind,
    /// Jenjang.
    pub level: Option<PositionLevel>,
    /// Heads the unit.
    pub is_head: bool,
    /// Unit.
    pub unit: UnitId,
    /// Its name today.
    pub unit_name: String,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Option<Date>,
    /// Number of the decree.
    pub decree: String,
}
db::from_row!(PlacementPeriod {
    id,
    kind,
    position,
    title,
    position_kind,
    level,
    is_head,
    unit,
    unit_name,
    valid_from,
    valid_to,
    decree
});

/// A superior set by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverrideView {
    /// Identifier.
    pub id: OverrideId,
    /// The superior.
    pub superior: PersonId,
    /// Name of the superior.
    pub superior_name: String,
    /// Why.
    pub reason: String,
    /// Number of the document, may be empty.
    pub document: String,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Option<Date>,
}
db::from_row!(OverrideView {
    id,
    superior,
    superior_name,
    reason,
    document,
    valid_from,
    valid_to
});

/// The superior of today, with what the sentence about them needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuperiorView {
    /// Who.
    pub id: PersonId,
    /// Name with titles.
    pub name: String,
    /// Title of their own position.
    pub position_title: String,
    /// Name of their own unit.
    pub unit_name: String,
    /// Why they are the superior.
    pub basis: SuperiorBasis,
    /// Last day on which that is known to hold.
    pub until: Option<Date>,
}

/// Everything a person page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonPage {
    /// Who they are today.
    pub today: EmployeeRow,
    /// Name without titles.
    pub name: String,
    /// Titles before the name.
    pub title_front: String,
    /// Titles after the name.
    pub title_back: String,
    /// Date of birth. Personal data: for the person and for administration.
    pub birth_date: Option<Date>,
    /// Sex.
    pub sex: Option<Sex>,
    /// E-mail.
    pub email: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// Status.
    pub status: PersonStatus,
    /// Version for edits.
    pub version: i64,
    /// Superior of today, if there is one.
    pub superior: Option<SuperiorView>,
    /// Numbers, latest first.
    pub numbers: Vec<NumberPeriod>,
    /// Ranks, latest first.
    pub ranks: Vec<RankPeriod>,
    /// Placements, latest first.
    pub placements: Vec<PlacementPeriod>,
    /// Superiors set by hand, latest first.
    pub overrides: Vec<OverrideView>,
}

struct Record {
    name: String,
    title_front: String,
    title_back: String,
    birth_date: Option<Date>,
    sex: Option<Sex>,
    email: Option<String>,
    phone: Option<String>,
    status: PersonStatus,
    version: i64,
}
db::from_row!(Record {
    name,
    title_front,
    title_back,
    birth_date,
    sex,
    email,
    phone,
    status,
    version
});

/// The person page; `None` when the agency has no such person. Seven statements.
pub async fn person_page(tx: &mut Tx, agency: AgencyId, person: PersonId) -> db::Result<Option<PersonPage>> {
    let Some(today) = super::employee(tx, agency, person).await? else {
        return Ok(None);
    };
    let record: Record = tx
        .one(
            sql!(
                "SELECT name, title_front, title_back, birth_date, sex, email, phone, status, version \
                 FROM person WHERE id = $1"
            ),
            args![person],
        )
        .await?;
    let superior: Option<(PersonId, String, String, String)> = tx
        .optional(
            sql!("SELECT person_id, full_name, position_title, unit_name FROM employee WHERE person_id = $1"),
            args![today.superior],
        )
        .await?;
    let superior = superior.map(|(id, name, position_title, unit_name)| SuperiorView {
        id,
        name,
        position_title,
        unit_name,
        basis: today.superior_basis,
        until: today.superior_until,
    });
    let numbers = tx
        .all(
            sql!(
                "SELECT number, kind, valid_from, valid_to FROM person_number WHERE person_id = $1 \
                 ORDER BY valid_from DESC, number"
            ),
            args![person],
        )
        .await?;
    let ranks = tx
        .all(
            sql!("SELECT valid_from, grade FROM person_rank WHERE person_id = $1 ORDER BY valid_from DESC"),
            args![person],
        )
        .await?;
    let placements = tx
        .all(
            sql!(
                "SELECT p.id, p.kind, q.id, q.title, q.kind, q.level, q.is_head, u.id, u.name, p.valid_from, \
                 p.valid_to, p.decree FROM placement p JOIN position q ON q.id = p.position_id \
                 JOIN unit u ON u.id = q.unit_id WHERE p.person_id = $1 ORDER BY p.valid_from DESC, p.id"
            ),
            args![person],
        )
        .await?;
    let overrides = tx
        .all(
            sql!(
                "SELECT o.id, o.superior_id, e.full_name, o.reason, o.document, o.valid_from, o.valid_to \
                 FROM superior_override o JOIN employee e ON e.person_id = o.superior_id \
                 WHERE o.person_id = $1 ORDER BY o.valid_from DESC, o.id"
            ),
            args![person],
        )
        .await?;
    let Record {
        name,
        title_front,
        title_back,
        birth_date,
        sex,
        email,
        phone,
        status,
        version,
    } = record;
    Ok(Some(PersonPage {
        today,
        name,
        title_front,
        title_back,
        birth_date,
        sex,
        email,
        phone,
        status,
        version,
        superior,
        numbers,
        ranks,
        placements,
        overrides,
    }))
}

/// The person who holds or held `number` (eighteen digits).
pub async fn person_by_number(tx: &mut Tx, agency: AgencyId, number: &str) -> db::Result<Option<PersonId>> {
    tx.scalar(
        sql!("SELECT person_id FROM person_number WHERE agency_id = $1 AND number = $2"),
        args![agency, number],
    )
    .await
}
