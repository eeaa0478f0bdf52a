//! What an SKP needs to know of people; all of it asked of `org`.

use db::{Result, Tx};
use jiff::civil::Date;
use kernel::{AgencyId, Ctx, PersonId, PositionId, SkpId, UnitId, Zone};

use org::settings::Key;

use crate::model::Side;
use crate::store::PartyRow;

/// Who somebody is today, as far as their plan depends on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Unit.
    pub unit_id: UnitId,
    /// Its path.
    pub unit_path: String,
    /// Position.
    pub position_id: PositionId,
    /// The position heads the unit.
    pub is_head: bool,
    /// The position is a JPT.
    pub is_jpt: bool,
    /// The position heads a unit directly below the agency ("pimpinan unit kerja mandiri").
    pub heads_independent_unit: bool,
    /// The superior; never the person.
    pub superior: Option<PersonId>,
    /// A civil servant in active duty, who plans (performance-cycle 4.8).
    pub plans: bool,
}

/// Who somebody is on `today`; none without a position in force.
pub async fn standing(tx: &mut Tx, agency: AgencyId, person: PersonId, today: Date) -> Result<Option<Standing>> {
    let Some(employee) = org::queries::employee(tx, agency, person).await? else {
        return Ok(None);
    };
    let Some(identity) = org::queries::identity_on(tx, agency, person, today).await? else {
        return Ok(None);
    };
    let (Some(unit_id), Some(position_id)) = (employee.unit, employee.position) else {
        return Ok(None);
    };
    let below_agency = employee.unit_path.matches('/').count() <= 2;
    Ok(Some(Standing {
        unit_id,
        position_id,
        is_head: employee.is_head,
        is_jpt: identity.position_level.is_some_and(org::model::PositionLevel::is_jpt),
        heads_independent_unit: employee.is_head && below_agency,
        superior: in_force(&employee, today),
        plans: employee.status.has_skp() && employee.position_kind != Some(org::model::PositionKind::StateOfficial),
        unit_path: employee.unit_path,
    }))
}

/// Somebody's superior on `today`.
pub async fn superior_today(tx: &mut Tx, agency: AgencyId, person: PersonId, today: Date) -> Result<Option<PersonId>> {
    let employee = org::queries::employee(tx, agency, person).await?;
    Ok(employee.and_then(|e| in_force(&e, today)))
}

fn in_force(employee: &org::queries::EmployeeRow, today: Date) -> Option<PersonId> {
    employee
        .superior
        .filter(|&superior| superior != employee.id && employee.superior_until.is_none_or(|last| last >= today))
}

/// Somebody's superior as lists know it.
pub async fn superior_of(tx: &mut Tx, agency: AgencyId, person: PersonId) -> Result<Option<PersonId>> {
    Ok(org::queries::employee(tx, agency, person)
        .await?
        .and_then(|e| e.superior))
}

/// The zone of an agency.
pub async fn zone(tx: &mut Tx, agency: AgencyId) -> Result<Zone> {
    let agency = org::agency::by_id(tx, agency).await?.ok_or(db::Error::NoRow)?;
    Ok(agency.zone)
}

/// The date in an agency now.
pub async fn today(tx: &mut Tx, ctx: &Ctx, agency: AgencyId) -> Result<Date> {
    Ok(zone(tx, agency).await?.date(ctx.now()))
}

/// Fewest main results of an SKP in an agency.
pub async fn min_utama(tx: &mut Tx, agency: AgencyId, today: Date) -> Result<usize> {
    let setting = org::settings::value(tx, agency, Key::SkpMinMain, today).await?;
    Ok(usize::try_from(setting.number()).unwrap_or(1))
}

/// Most RHK of an SKP in an agency.
pub async fn max_rhk(tx: &mut Tx, agency: AgencyId, today: Date) -> Result<usize> {
    let setting = org::settings::value(tx, agency, Key::SkpMaxRhk, today).await?;
    Ok(usize::try_from(setting.number()).unwrap_or(1))
}

/// How somebody is called on a day, as a side of an SKP.
pub async fn party_on(
    tx: &mut Tx,
    agency: AgencyId,
    skp: SkpId,
    side: Side,
    person: PersonId,
    on: Date,
) -> Result<Option<PartyRow>> {
    let identity = org::queries::identity_on(tx, agency, person, on).await?;
    Ok(identity.map(|i| PartyRow {
        skp_id: skp,
        side,
        person_id: Some(person),
        name: i.name,
        number: i.number,
        rank: i.rank,
        position: i.position,
        unit: i.unit,
    }))
}
