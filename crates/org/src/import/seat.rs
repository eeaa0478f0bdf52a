//! Positions of a file: found by code, as the head of a unit, or by their title in it; or made.

use std::collections::{HashMap, HashSet};

use kernel::{PositionId, UnitId, fold_name};
use sha2::{Digest, Sha256};

use super::known::KnownPosition;
use super::parse::{Parsed, PositionPart};
use super::plan::{Planner, PositionUpdate};
use super::units::Units;
use super::{Column, FindingKind, Outcome};
use crate::bulk::PositionRow;
use crate::model::PositionKind;

/// Positions as they will be.
#[derive(Default)]
pub(super) struct Positions {
    /// New ones; written only when an accepted row uses them.
    pub(super) new: HashMap<PositionId, PositionRow>,
    pub(super) by_code: HashMap<String, PositionId>,
    pub(super) by_key: HashMap<(UnitId, String), PositionId>,
    pub(super) head_of: HashMap<UnitId, PositionId>,
    pub(super) used: HashSet<PositionId>,
    pub(super) touched: HashSet<PositionId>,
}

pub(super) fn unit_of(planner: &mut Planner<'_>, units: &Units, at: usize, row: &Parsed) -> Option<(UnitId, String)> {
    let code = row.unit.as_ref().map(|u| u.code.clone())?;
    let found = units.get(&code).copied();
    if found.is_none() {
        planner.say(at, Some(Column::UnitCode), FindingKind::UnitUnknown, &code);
    }
    found.map(|id| (id, code))
}

/// Finds or prepares the position that a row means: by its code, as the head of the unit, or by its title in the unit.
pub(super) fn position(
    planner: &mut Planner<'_>,
    positions: &mut Positions,
    at: usize,
    (unit, unit_code): (UnitId, &str),
    part: &PositionPart,
) -> Option<PositionId> {
    if let Some(code) = &part.code {
        let known = planner
            .known
            .position_by_code
            .get(code)
            .and_then(|id| planner.known.positions.get(id));
        let new = positions.by_code.get(code).and_then(|id| positions.new.get(id));
        let found = known.map(|k| (k.id, k.unit)).or(new.map(|n| (n.id, n.unit)));
        if let Some((id, its_unit)) = found {
            if its_unit == unit {
                return Some(id);
            }
            planner.say(at, Some(Column::PositionCode), FindingKind::PositionElsewhere, code);
            return None;
        }
        if planner.known.closed_codes.contains(code) {
            planner.say(at, Some(Column::PositionCode), FindingKind::PositionClosed, code);
            return None;
        }
    }
    let folded = fold_name(&part.title);
    let known = if part.is_head {
        planner
            .known
            .head_of
            .get(&unit)
            .or_else(|| positions.head_of.get(&unit))
    } else {
        let key = (unit, folded.clone());
        planner
            .known
            .position_by_title
            .get(&key)
            .or_else(|| positions.by_key.get(&key))
    };
    if let Some(id) = known {
        return Some(*id);
    }
    let id: PositionId = planner.ctx.new_id();
    let code = part
        .code
        .clone()
        .unwrap_or_else(|| free_code(planner, positions, &made_code(unit_code, &folded, part.is_head)));
    let kind = part.kind.or(part.level.map(|l| l.kind())).unwrap_or(if part.is_head {
        PositionKind::Structural
    } else {
        PositionKind::Clerical
    });
    let row = PositionRow {
        id,
        unit,
        code,
        title: part.title.clone(),
        kind,
        level: part.level,
        is_head: part.is_head,
        valid_from: part.from.map_or(planner.today, |d| d.min(planner.today)),
    };
    if part.is_head {
        positions.head_of.insert(unit, id);
    } else {
        positions.by_key.insert((unit, folded), id);
    }
    positions.by_code.insert(row.code.clone(), id);
    positions.new.insert(id, row);
    Some(id)
}

/// A code for a position that the agency gives none: the same for the same unit and title, so that a second run finds
/// the same position.
fn made_code(unit: &str, folded_title: &str, is_head: bool) -> String {
    if is_head {
        return format!("{unit}:K");
    }
    let digest = Sha256::digest(folded_title.as_bytes());
    let hex: String = digest.iter().take(6).map(|b| format!("{b:02X}")).collect();
    format!("{unit}:{hex}")
}

/// `code`, or with a number behind it where another position has it.
fn free_code(planner: &Planner<'_>, positions: &Positions, code: &str) -> String {
    let taken = |c: &str| {
        planner.known.position_by_code.contains_key(c)
            || planner.known.closed_codes.contains(c)
            || positions.by_code.contains_key(c)
    };
    let mut free = code.to_owned();
    let mut n = 2;
    while taken(&free) {
        free = format!("{code}-{n}");
        n += 1;
    }
    free
}

pub(super) fn vacant(
    planner: &mut Planner<'_>,
    positions: &mut Positions,
    units: &Units,
    at: usize,
    row: &Parsed,
    part: &PositionPart,
) {
    let Some((unit, code)) = unit_of(planner, units, at, row) else {
        return;
    };
    let Some(id) = position(planner, positions, at, (unit, &code), part) else {
        return;
    };
    let changed = touch(planner, positions, id, part);
    let is_new = positions.new.contains_key(&id) && positions.used.insert(id);
    if let Some(slot) = planner.plan.outcomes.get_mut(at) {
        *slot = if is_new {
            Outcome::New
        } else if changed {
            Outcome::Changed
        } else {
            Outcome::Same
        };
    }
}

/// The first row that uses a known position may correct it.
pub(super) fn touch(planner: &mut Planner<'_>, positions: &mut Positions, id: PositionId, part: &PositionPart) -> bool {
    let Some(known) = planner.known.positions.get(&id) else {
        return false;
    };
    if !positions.touched.insert(id) {
        return false;
    }
    let update = corrected(known, part);
    let differs = update.title != known.title || update.kind != known.kind || update.level != known.level;
    if differs {
        planner.plan.position_updates.push(update);
    }
    differs
}

fn corrected(known: &KnownPosition, part: &PositionPart) -> PositionUpdate {
    // a title that several people share is found by itself, so only a head's or a coded position's can change
    let retitled = known.is_head || part.code.as_ref() == Some(&known.code);
    PositionUpdate {
        id: known.id,
        title: if retitled {
            part.title.clone()
        } else {
            known.title.clone()
        },
        kind: part.kind.or(part.level.map(|l| l.kind())).unwrap_or(known.kind),
        level: part.level.or(known.level),
    }
}
