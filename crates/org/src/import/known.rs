//! What the database knows of an agency, loaded at once so that no row of a file asks again.

use std::collections::{HashMap, HashSet};

use db::{Tx, args, sql};
use jiff::civil::Date;
use kernel::{AgencyId, PersonId, PlacementId, PositionId, UnitId, fold_name};
use regulation::nip::{Nip, Sex};

use crate::model::{Grade, PersonStatus, PositionKind, PositionLevel, UnitKind};

pub(super) struct KnownUnit {
    pub(super) id: UnitId,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) kind: UnitKind,
    pub(super) parent: Option<UnitId>,
    pub(super) path: String,
    pub(super) depth: i64,
    pub(super) valid_to: Option<Date>,
}
db::from_row!(KnownUnit {
    id,
    code,
    name,
    kind,
    parent,
    path,
    depth,
    valid_to
});

#[derive(Clone)]
pub(super) struct KnownPosition {
    pub(super) id: PositionId,
    pub(super) unit: UnitId,
    pub(super) code: String,
    pub(super) title: String,
    pub(super) kind: PositionKind,
    pub(super) level: Option<PositionLevel>,
    pub(super) is_head: bool,
    pub(super) valid_to: Option<Date>,
}
db::from_row!(KnownPosition {
    id,
    unit,
    code,
    title,
    kind,
    level,
    is_head,
    valid_to
});

pub(super) struct KnownPerson {
    pub(super) id: PersonId,
    pub(super) name: String,
    pub(super) title_front: String,
    pub(super) title_back: String,
    pub(super) birth_date: Option<Date>,
    pub(super) sex: Option<Sex>,
    pub(super) email: Option<String>,
    pub(super) status: PersonStatus,
}
db::from_row!(KnownPerson {
    id,
    name,
    title_front,
    title_back,
    birth_date,
    sex,
    email,
    status
});

#[derive(Clone, Copy)]
pub(super) struct KnownPlacement {
    pub(super) id: PlacementId,
    pub(super) position: PositionId,
    pub(super) from: Date,
    pub(super) to: Option<Date>,
}

#[derive(Default)]
pub(super) struct Known {
    pub(super) units: HashMap<String, KnownUnit>,
    pub(super) positions: HashMap<PositionId, KnownPosition>,
    pub(super) position_by_code: HashMap<String, PositionId>,
    /// Codes of closed positions, which cannot be given again.
    pub(super) closed_codes: HashSet<String>,
    pub(super) position_by_title: HashMap<(UnitId, String), PositionId>,
    pub(super) head_of: HashMap<UnitId, PositionId>,
    pub(super) people: HashMap<PersonId, KnownPerson>,
    pub(super) numbers: HashMap<Nip, (PersonId, Date, Option<Date>)>,
    pub(super) current_number: HashMap<PersonId, (Nip, Date)>,
    pub(super) grades: HashMap<PersonId, Grade>,
    /// The latest definitive placement of each person.
    pub(super) placements: HashMap<PersonId, KnownPlacement>,
    /// Who holds each head position by a definitive placement that has not ended.
    pub(super) holders: HashMap<PositionId, PersonId>,
    pub(super) emails: HashMap<String, PersonId>,
}

pub(super) async fn load(tx: &mut Tx, agency: AgencyId, today: Date) -> db::Result<Known> {
    let mut known = Known::default();
    let units: Vec<KnownUnit> = tx
        .all(
            sql!("SELECT id, code, name, kind, parent_id, path, depth, valid_to FROM unit WHERE agency_id = $1"),
            args![agency],
        )
        .await?;
    known.units = units.into_iter().map(|u| (u.code.clone(), u)).collect();
    let positions: Vec<KnownPosition> = tx
        .all(
            sql!(
                "SELECT id, unit_id, code, title, kind, level, is_head, valid_to FROM position \
                 WHERE agency_id = $1 ORDER BY code DESC"
            ),
            args![agency],
        )
        .await?;
    // descending, so that the smallest code wins where two positions of a unit have the same title
    for p in positions {
        if p.valid_to.is_some_and(|day| day < today) {
            known.closed_codes.insert(p.code);
            continue;
        }
        known.position_by_code.insert(p.code.clone(), p.id);
        if p.is_head {
            known.head_of.insert(p.unit, p.id);
        } else {
            known.position_by_title.insert((p.unit, fold_name(&p.title)), p.id);
        }
        known.positions.insert(p.id, p);
    }
    people(tx, agency, &mut known).await?;
    placements(tx, agency, today, &mut known).await?;
    Ok(known)
}

async fn people(tx: &mut Tx, agency: AgencyId, known: &mut Known) -> db::Result<()> {
    let people: Vec<KnownPerson> = tx
        .all(
            sql!(
                "SELECT id, name, title_front, title_back, birth_date, sex, email, status FROM person \
                 WHERE agency_id = $1"
            ),
            args![agency],
        )
        .await?;
    known.people.reserve(people.len());
    for person in people {
        if let Some(email) = &person.email {
            known.emails.insert(email.clone(), person.id);
        }
        known.people.insert(person.id, person);
    }
    let numbers: Vec<(String, PersonId, Date, Option<Date>)> = tx
        .all(
            sql!("SELECT number, person_id, valid_from, valid_to FROM person_number WHERE agency_id = $1"),
            args![agency],
        )
        .await?;
    known.numbers.reserve(numbers.len());
    for (number, person, from, to) in numbers {
        let Ok(nip) = Nip::parse(&number) else { continue };
        known.numbers.insert(nip, (person, from, to));
        if to.is_none() {
            known.current_number.insert(person, (nip, from));
        }
    }
    let grades: Vec<(PersonId, Grade)> = tx
        .all(
            sql!(
                "SELECT r.person_id, r.grade FROM person_rank r JOIN person h ON h.id = r.person_id \
                 WHERE h.agency_id = $1 ORDER BY r.valid_from"
            ),
            args![agency],
        )
        .await?;
    known.grades = grades.into_iter().collect();
    Ok(())
}

async fn placements(tx: &mut Tx, agency: AgencyId, today: Date, known: &mut Known) -> db::Result<()> {
    let rows: Vec<(PlacementId, PersonId, PositionId, Date, Option<Date>)> = tx
        .all(
            sql!(
                "SELECT id, person_id, position_id, valid_from, valid_to FROM placement \
                 WHERE agency_id = $1 AND kind = 'DEFINITIF' ORDER BY valid_from"
            ),
            args![agency],
        )
        .await?;
    known.placements.reserve(rows.len());
    for (id, person, position, from, to) in rows {
        known
            .placements
            .insert(person, KnownPlacement { id, position, from, to });
        let is_head = known.positions.get(&position).is_some_and(|p| p.is_head);
        if is_head && to.is_none_or(|day| day >= today) {
            known.holders.insert(position, person);
        }
    }
    Ok(())
}
