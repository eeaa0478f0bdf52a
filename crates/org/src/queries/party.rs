use std::collections::HashMap;

use db::{Sql, Tx};
use jiff::civil::Date;
use kernel::{AgencyId, PersonId, PositionId, UnitId};
use regulation::nip::Nip;

use crate::model::{Grade, PlacementKind, PositionKind, PositionLevel, full_name};

/// Somebody as a printed form names them: everything as held on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyIdentity {
    /// Who.
    pub person: PersonId,
    /// Name with titles.
    pub name: String,
    /// Number as printed, `YYYYMMDD YYYYMM S NNN`; empty without one.
    pub number: String,
    /// `Penata Muda Tk. I (III/b)`; for PPPK `IX`; empty without one.
    pub rank: String,
    /// Title of the position, with `Plt.` or `Plh.` before it for acting officials without a definitive position.
    pub position: String,
    /// Name of the unit on that day.
    pub unit: String,
    /// Position held.
    pub position_id: Option<PositionId>,
    /// Its unit.
    pub unit_id: Option<UnitId>,
    /// Jenis jabatan.
    pub position_kind: Option<PositionKind>,
    /// Jenjang.
    pub position_level: Option<PositionLevel>,
    /// Heads the unit.
    pub is_head: bool,
}

struct Base {
    id: PersonId,
    name: String,
    title_front: String,
    title_back: String,
}
db::from_row!(Base {
    id,
    name,
    title_front,
    title_back
});

struct Held {
    person: PersonId,
    kind: PlacementKind,
    position: PositionId,
    title: String,
    position_kind: PositionKind,
    level: Option<PositionLevel>,
    is_head: bool,
    unit: UnitId,
    unit_name: String,
    name_then: Option<String>,
}
db::from_row!(Held {
    person,
    kind,
    position,
    title,
    position_kind,
    level,
    is_head,
    unit,
    unit_name,
    name_then
});

/// One person as printed forms name them on `date`; `None` when the agency has no such person.
pub async fn identity_on(
    tx: &mut Tx,
    agency: AgencyId,
    person: PersonId,
    date: Date,
) -> db::Result<Option<PartyIdentity>> {
    Ok(identities_on(tx, agency, &[person], date).await?.remove(&person))
}

/// Several people as printed forms name them on `date`. Four statements, however many people (at most some thousands).
pub async fn identities_on(
    tx: &mut Tx,
    agency: AgencyId,
    people: &[PersonId],
    date: Date,
) -> db::Result<HashMap<PersonId, PartyIdentity>> {
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let ids = || people.iter().copied();
    let base = Sql::new("SELECT id, name, title_front, title_back FROM person WHERE ")
        .push_with("agency_id = {} AND ", agency)
        .push_in("id", ids());
    let mut found: HashMap<PersonId, PartyIdentity> = tx
        .all::<Base>(base.text(), base.args())
        .await?
        .into_iter()
        .map(|b| (b.id, blank(&b)))
        .collect();
    let numbers = Sql::new("SELECT person_id, number FROM person_number WHERE ")
        .push_in("person_id", ids())
        .push_with(
            " AND valid_from <= {} AND (valid_to IS NULL OR valid_to >= {}) ORDER BY valid_from",
            date,
        );
    for (person, number) in tx.all::<(PersonId, String)>(numbers.text(), numbers.args()).await? {
        if let Some(party) = found.get_mut(&person) {
            party.number = Nip::parse(&number).map_or(number, |nip| nip.printed());
        }
    }
    let ranks = Sql::new("SELECT person_id, grade FROM person_rank WHERE ")
        .push_in("person_id", ids())
        .push_with(" AND valid_from <= {} ORDER BY valid_from", date);
    for (person, grade) in tx.all::<(PersonId, Grade)>(ranks.text(), ranks.args()).await? {
        if let Some(party) = found.get_mut(&person) {
            party.rank = grade.printed();
        }
    }
    let held = Sql::new(
        "SELECT p.person_id, p.kind, q.id, q.title, q.kind, q.level, q.is_head, u.id, u.name, h.name \
         FROM placement p JOIN position q ON q.id = p.position_id JOIN unit u ON u.id = q.unit_id \
         LEFT JOIN unit_history h ON h.unit_id = u.id",
    )
    .push_with(
        " AND h.valid_from <= {} AND (h.valid_to IS NULL OR h.valid_to >= {}) WHERE ",
        date,
    )
    .push_in("p.person_id", ids())
    .push_with(
        " AND p.valid_from <= {} AND (p.valid_to IS NULL OR p.valid_to >= {})",
        date,
    )
    .push(" ORDER BY p.kind DESC, p.valid_from, p.id");
    // PLT, PLH, then DEFINITIF: the definitive position comes last and stands
    for held in tx.all::<Held>(held.text(), held.args()).await? {
        if let Some(party) = found.get_mut(&held.person) {
            hold(party, held);
        }
    }
    Ok(found)
}

fn blank(base: &Base) -> PartyIdentity {
    PartyIdentity {
        person: base.id,
        name: full_name(&base.title_front, &base.name, &base.title_back),
        number: String::new(),
        rank: String::new(),
        position: String::new(),
        unit: String::new(),
        position_id: None,
        unit_id: None,
        position_kind: None,
        position_level: None,
        is_head: false,
    }
}

fn hold(party: &mut PartyIdentity, held: Held) {
    party.position = match held.kind {
        PlacementKind::Definitive => held.title,
        PlacementKind::Plt => format!("Plt. {}", held.title),
        PlacementKind::Plh => format!("Plh. {}", held.title),
    };
    party.unit = held.name_then.unwrap_or(held.unit_name);
    party.position_id = Some(held.position);
    party.unit_id = Some(held.unit);
    party.position_kind = Some(held.position_kind);
    party.position_level = held.level;
    party.is_head = held.is_head;
}
