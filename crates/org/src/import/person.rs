//! People, their positions and placements in a file.

use std::collections::{HashMap, HashSet};

use jiff::civil::{Date, date};
use kernel::{PersonId, PositionId};
use regulation::nip::{Nip, NipKind};

use super::parse::{Parsed, PersonPart};
use super::plan::Planner;
use super::seat::{Positions, position, touch, unit_of, vacant};
use super::units::Units;
use super::{Column, FindingKind, Outcome};
use crate::bulk::{NumberRow, PersonRow, PlacementRow, PositionRow, RankRow};
use crate::model::{Likeness, PersonStatus, PlacementKind, likeness};

/// A row about a person with what it will mean.
struct Wanted {
    at: usize,
    person: PersonId,
    is_new: bool,
    /// Position and first day; `None` when the person leaves.
    target: Option<(PositionId, Date)>,
    step: Step,
}

/// What happens to the placement.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Keep,
    /// The first placement, or one after an ended one.
    Open,
    /// Ends the present one the day before.
    Move,
    /// The same position, but since another day.
    Redate,
    /// Ends the present one yesterday.
    Leave,
}

pub(super) fn plan(planner: &mut Planner<'_>, units: &Units) {
    let mut positions = Positions::default();
    let mut wanted = Vec::new();
    let mut seen = HashMap::new();
    let mut heads = HashMap::new();
    let rows = planner.rows;
    for (at, row) in rows.iter().enumerate() {
        if planner.rejected.contains(&at) {
            continue;
        }
        match (&row.person, &row.position) {
            (Some(person), _) => {
                if let Some(w) = want(planner, &mut positions, units, at, row, person, &mut seen, &mut heads) {
                    wanted.push(w);
                }
            }
            (None, Some(position)) => vacant(planner, &mut positions, units, at, row, position),
            (None, None) => {}
        }
    }
    settle_heads(planner, &positions, &wanted);
    let mut emails: HashMap<String, PersonId> = HashMap::new();
    for w in &wanted {
        if planner.rejected.contains(&w.at) {
            continue;
        }
        let Some(row) = rows.get(w.at) else { continue };
        if let Some(person) = &row.person {
            let record = write_person(planner, w, person, &mut emails);
            let seat = write_seat(planner, &mut positions, w, row);
            if let Some(slot) = planner.plan.outcomes.get_mut(w.at) {
                *slot = if w.is_new {
                    Outcome::New
                } else if record || seat {
                    Outcome::Changed
                } else {
                    Outcome::Same
                };
            }
        }
    }
    let mut new: Vec<PositionRow> = positions
        .new
        .into_iter()
        .filter(|(id, _)| positions.used.contains(id))
        .map(|(_, row)| row)
        .collect();
    new.sort_by(|a, b| a.code.cmp(&b.code));
    planner.plan.rows.positions = new;
}

fn want(
    planner: &mut Planner<'_>,
    positions: &mut Positions,
    units: &Units,
    at: usize,
    row: &Parsed,
    part: &PersonPart,
    seen: &mut HashMap<Nip, usize>,
    heads: &mut HashMap<PositionId, usize>,
) -> Option<Wanted> {
    if let Some(first) = seen.insert(part.number, at) {
        seen.insert(part.number, first);
        let line = planner.rows.get(first).map_or(0, |r| r.row).to_string();
        planner.say(at, Some(Column::Number), FindingKind::NumberTwice, &line);
        return None;
    }
    let known = who(planner, at, part)?;
    let (person, is_new) = match known {
        Some(person) => (person, false),
        None => (planner.ctx.new_id(), true),
    };
    let leaves = part.status.is_some_and(|s| !s.is_staff());
    let present = planner.known.placements.get(&person).copied();
    if leaves {
        let open = present.is_some_and(|p| p.to.is_none_or(|day| day >= planner.today));
        if open {
            planner.say(at, Some(Column::Status), FindingKind::PersonLeft, "");
        }
        let step = if open { Step::Leave } else { Step::Keep };
        return Some(Wanted {
            at,
            person,
            is_new,
            target: None,
            step,
        });
    }
    let seat = row.position.as_ref()?;
    let (unit, code) = unit_of(planner, units, at, row)?;
    let target = position(planner, positions, at, (unit, &code), seat)?;
    let is_head = seat.is_head || planner.known.positions.get(&target).is_some_and(|p| p.is_head);
    if is_head && let Some(first) = heads.insert(target, at) {
        heads.insert(target, first);
        let line = planner.rows.get(first).map_or(0, |r| r.row).to_string();
        planner.say(at, Some(Column::IsHead), FindingKind::HeadTwice, &line);
        return None;
    }
    let from = seat.from.unwrap_or(planner.today);
    let step = match present {
        None => Step::Open,
        Some(p) if p.to.is_some_and(|day| day < from) => Step::Open,
        Some(p) if p.position == target && p.to.is_none() => {
            if seat.from.is_some_and(|day| day != p.from) {
                Step::Redate
            } else {
                Step::Keep
            }
        }
        Some(p) if p.from >= from => {
            planner.say(
                at,
                Some(Column::PositionFrom),
                FindingKind::PlacementTooEarly,
                &p.from.to_string(),
            );
            return None;
        }
        Some(_) => Step::Move,
    };
    Some(Wanted {
        at,
        person,
        is_new,
        target: Some((target, from)),
        step,
    })
}

/// The person of a row: `Some(None)` for a new one, `None` when the row is refused.
fn who(planner: &mut Planner<'_>, at: usize, part: &PersonPart) -> Option<Option<PersonId>> {
    if let Some((person, _, to)) = planner.known.numbers.get(&part.number).copied() {
        if to.is_some_and(|day| day < planner.today) {
            planner.say(
                at,
                Some(Column::Number),
                FindingKind::NumberReplaced,
                &to.map_or(String::new(), |d| d.to_string()),
            );
            return None;
        }
        let known = planner
            .known
            .people
            .get(&person)
            .map(|p| p.name.clone())
            .unwrap_or_default();
        match likeness(&known, &part.name) {
            Likeness::Same => {}
            Likeness::Similar => planner.say(at, Some(Column::Name), FindingKind::NameChanged, &known),
            // a mistyped number must not rename and move somebody else
            Likeness::Other => {
                planner.say(at, Some(Column::Name), FindingKind::NumberOtherName, &known);
                return None;
            }
        }
        return Some(Some(person));
    }
    let Some(previous) = part.previous else {
        return Some(None);
    };
    let found = planner.known.numbers.get(&previous).map(|(person, ..)| *person);
    if found.is_none() {
        planner.say(
            at,
            Some(Column::PreviousNumber),
            FindingKind::PreviousUnknown,
            previous.as_str(),
        );
    }
    Some(found)
}

/// A head position taken by somebody else is free only if that person moves or leaves by an accepted row of this file.
/// A refused row may keep somebody in place, so it is asked again until nothing changes.
fn settle_heads(planner: &mut Planner<'_>, positions: &Positions, wanted: &[Wanted]) {
    loop {
        let leaving: HashSet<PersonId> = wanted
            .iter()
            .filter(|w| matches!(w.step, Step::Move | Step::Leave) && !planner.rejected.contains(&w.at))
            .map(|w| w.person)
            .collect();
        let mut refused = Vec::new();
        for w in wanted.iter().filter(|w| !planner.rejected.contains(&w.at)) {
            let Some((target, _)) = w.target.filter(|(t, _)| !positions.new.contains_key(t)) else {
                continue;
            };
            let holder = planner
                .known
                .holders
                .get(&target)
                .filter(|h| **h != w.person && !leaving.contains(h));
            if let Some(holder) = holder {
                let name = planner
                    .known
                    .people
                    .get(holder)
                    .map_or(String::new(), |p| p.name.clone());
                refused.push((w.at, name));
            }
        }
        if refused.is_empty() {
            return;
        }
        for (at, name) in refused {
            planner.say(at, Some(Column::IsHead), FindingKind::HeadOccupied, &name);
        }
    }
}

/// Record, number and rank. Answers whether a known person changes.
fn write_person(
    planner: &mut Planner<'_>,
    w: &Wanted,
    part: &PersonPart,
    emails: &mut HashMap<String, PersonId>,
) -> bool {
    let email = email(planner, w, part, emails);
    let known = planner.known.people.get(&w.person);
    let kept = |new: &Option<String>, old: Option<&String>| new.clone().or_else(|| old.cloned()).unwrap_or_default();
    let row = PersonRow {
        id: w.person,
        name: part.name.clone(),
        title_front: kept(&part.title_front, known.map(|k| &k.title_front)),
        title_back: kept(&part.title_back, known.map(|k| &k.title_back)),
        birth_date: part.birth_date,
        sex: part.sex,
        email: email.or_else(|| known.and_then(|k| k.email.clone())),
        status: part.status.or(known.map(|k| k.status)).unwrap_or(PersonStatus::Active),
    };
    let differs = known.is_some_and(|k| {
        k.name != row.name
            || k.title_front != row.title_front
            || k.title_back != row.title_back
            || k.birth_date != row.birth_date
            || k.sex != row.sex
            || k.email != row.email
            || k.status != row.status
    });
    if known.is_none() {
        planner.plan.rows.people.push(row);
    } else if differs {
        planner.plan.person_updates.push(row);
    }
    let numbered = number(planner, w, part);
    let ranked = rank(planner, w, part);
    differs || numbered || ranked
}

fn email(
    planner: &mut Planner<'_>,
    w: &Wanted,
    part: &PersonPart,
    emails: &mut HashMap<String, PersonId>,
) -> Option<String> {
    let address = part.email.clone()?;
    if emails.get(&address).is_some_and(|p| *p != w.person) {
        planner.say(w.at, Some(Column::Email), FindingKind::EmailTwice, &address);
        return None;
    }
    if planner.known.emails.get(&address).is_some_and(|p| *p != w.person) {
        planner.say(w.at, Some(Column::Email), FindingKind::EmailTaken, &address);
        return None;
    }
    emails.insert(address.clone(), w.person);
    Some(address)
}

fn number(planner: &mut Planner<'_>, w: &Wanted, part: &PersonPart) -> bool {
    if planner.known.numbers.contains_key(&part.number) {
        return false;
    }
    let replaced = planner.known.current_number.get(&w.person).copied();
    let from = match replaced {
        // a new contract begins after the old one did, at the latest today
        Some((_, since)) => w.target.map_or(
            planner.today,
            |(_, from)| if from > since { from } else { planner.today },
        ),
        None => issued(part.number, planner.today),
    };
    if let Some((old, _)) = replaced {
        planner
            .plan
            .number_ends
            .push((old.as_str().to_owned(), from.yesterday().unwrap_or(from)));
    }
    planner.plan.rows.numbers.push(NumberRow {
        person: w.person,
        number: part.number.as_str().to_owned(),
        kind: part.kind,
        valid_from: from,
        valid_to: None,
    });
    true
}

/// The day from which a number can have been held, by its digits.
fn issued(number: Nip, today: Date) -> Date {
    let month = if number.kind() == NipKind::Pns {
        number.code().parse().unwrap_or(1)
    } else {
        1
    };
    let day = if (1945..=today.year()).contains(&number.year()) {
        date(number.year(), month, 1)
    } else {
        today
    };
    day.min(today)
}

fn rank(planner: &mut Planner<'_>, w: &Wanted, part: &PersonPart) -> bool {
    let Some(grade) = part.grade.filter(|g| planner.known.grades.get(&w.person) != Some(g)) else {
        return false;
    };
    let since_placed = w.target.filter(|_| w.is_new).map(|(_, from)| from);
    let valid_from = part
        .grade_from
        .or(since_placed)
        .unwrap_or(planner.today)
        .min(planner.today);
    planner.plan.rows.ranks.push(RankRow {
        person: w.person,
        grade,
        valid_from,
    });
    true
}

/// Position and placement. Answers whether something changes.
fn write_seat(planner: &mut Planner<'_>, positions: &mut Positions, w: &Wanted, row: &Parsed) -> bool {
    let present = planner.known.placements.get(&w.person).copied();
    if w.step == Step::Leave {
        if let Some(p) = present {
            let last = planner.today.yesterday().unwrap_or(planner.today).max(p.from);
            planner.plan.placement_ends.push((p.id, last));
        }
        return true;
    }
    let (Some((position, from)), Some(part)) = (w.target, &row.position) else {
        return false;
    };
    positions.used.insert(position);
    let corrected = touch(planner, positions, position, part);
    match (w.step, present) {
        (Step::Keep | Step::Leave, _) => return corrected,
        (Step::Redate, Some(p)) => {
            planner.plan.placement_starts.push((p.id, from));
            return true;
        }
        (Step::Move, Some(p)) => {
            planner
                .plan
                .placement_ends
                .push((p.id, from.yesterday().unwrap_or(from)));
            planner.say(w.at, Some(Column::PositionTitle), FindingKind::PersonMoved, &part.title);
        }
        _ => {}
    }
    planner.plan.rows.placements.push(PlacementRow {
        id: planner.ctx.new_id(),
        person: w.person,
        position,
        kind: PlacementKind::Definitive,
        valid_from: from,
        valid_to: None,
        decree: String::new(),
    });
    true
}
