use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use kernel::{PersonId, UnitId};

use super::{PlacementKind, SuperiorBasis};

/// Somebody who holds the head position of a unit on the day in question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acting {
    /// The unit.
    pub unit: UnitId,
    /// Who.
    pub person: PersonId,
    /// How.
    pub kind: PlacementKind,
    /// First day.
    pub from: Date,
    /// Last day, if it is known.
    pub until: Option<Date>,
}

/// A superior set by hand, in force on the day in question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Override {
    /// For whom.
    pub person: PersonId,
    /// The superior.
    pub superior: PersonId,
    /// First day.
    pub from: Date,
    /// Last day, if it is known.
    pub until: Option<Date>,
}

/// The reporting line of one person on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Pejabat penilai kinerja; `None` when nobody is above.
    pub superior: Option<PersonId>,
    /// Why.
    pub basis: SuperiorBasis,
    /// The last day on which it is known to hold.
    pub until: Option<Date>,
}

impl Line {
    /// Nobody.
    pub const NOBODY: Self = Self {
        superior: None,
        basis: SuperiorBasis::None,
        until: None,
    };
}

/// The tree of units on the day in question: every unit with its parent.
#[derive(Debug, Clone, Default)]
pub struct Chain(pub HashMap<UnitId, Option<UnitId>>);

impl Chain {
    /// The unit, its parent, and so on to the root. Ends at a unit seen before, so that damaged data cannot hang it.
    fn upward(&self, unit: UnitId) -> Vec<UnitId> {
        let mut chain = Vec::with_capacity(6);
        let mut next = self.0.contains_key(&unit).then_some(unit);
        while let Some(here) = next.filter(|u| !chain.contains(u)) {
            chain.push(here);
            next = self.0.get(&here).copied().flatten();
        }
        chain
    }
}

/// Who heads each unit: a Plh before a Plt before the definitive holder (an acting official is there because the
/// position is vacant or its holder away), the latest appointment first, the smaller id to break ties.
fn effective(heads: &[Acting]) -> HashMap<UnitId, Acting> {
    let mut best: HashMap<UnitId, Acting> = HashMap::with_capacity(heads.len());
    let key = |a: &Acting| (a.kind, a.from, std::cmp::Reverse(a.person));
    for head in heads {
        best.entry(head.unit)
            .and_modify(|b| {
                if key(head) > key(b) {
                    *b = *head
                }
            })
            .or_insert(*head);
    }
    best
}

struct Ladder {
    rungs: Vec<Line>,
    /// Units between the person and the root: the fewer, the higher.
    height: usize,
    at: usize,
}

/// The reporting line of every person in `people` (with the unit of the definitive position, or of the acting one when
/// there is no definitive position).
///
/// In order: a superior set by hand; the head of the own unit; the next head above. Who heads a unit reports above the
/// highest unit of his own line that he heads. Nobody is his own superior. Where acting duties in different branches or
/// superiors set by hand would make a circle, the highest person in it goes one step further up, until there is none
/// (performance-cycle 2.1, rules 1, 3 and 4).
///
/// `people` must contain everybody who is somebody's superior, or circles through others go unseen.
pub fn derive(
    chain: &Chain,
    heads: &[Acting],
    overrides: &[Override],
    people: &[(PersonId, Option<UnitId>)],
) -> HashMap<PersonId, Line> {
    let heading = effective(heads);
    let mut by_hand: HashMap<PersonId, Override> = HashMap::with_capacity(overrides.len());
    for o in overrides.iter().filter(|o| o.person != o.superior) {
        let key = |o: &Override| (o.from, std::cmp::Reverse(o.superior));
        by_hand
            .entry(o.person)
            .and_modify(|b| {
                if key(o) > key(b) {
                    *b = *o
                }
            })
            .or_insert(*o);
    }
    let mut chains: HashMap<UnitId, Vec<UnitId>> = HashMap::new();
    let mut ladders: HashMap<PersonId, Ladder> = HashMap::with_capacity(people.len());
    for (person, unit) in people {
        let up: &[UnitId] = match unit {
            Some(unit) => chains.entry(*unit).or_insert_with(|| chain.upward(*unit)),
            None => &[],
        };
        ladders.insert(*person, ladder(*person, up, &heading, heads, by_hand.get(person)));
    }
    break_circles(&mut ladders);
    ladders
        .into_iter()
        .map(|(person, l)| (person, l.rungs.get(l.at).copied().unwrap_or(Line::NOBODY)))
        .collect()
}

fn ladder(
    person: PersonId,
    up: &[UnitId],
    heading: &HashMap<UnitId, Acting>,
    heads: &[Acting],
    by_hand: Option<&Override>,
) -> Ladder {
    let mut rungs = Vec::new();
    if let Some(o) = by_hand {
        rungs.push(Line {
            superior: Some(o.superior),
            basis: SuperiorBasis::Override,
            until: o.until,
        });
    }
    // a definitive head who is replaced for some days still reports above his unit, and so does whoever acts for him
    let own_head = up.first().is_some_and(|own| {
        heading.get(own).is_some_and(|h| h.person == person)
            || heads.iter().any(|h| h.unit == *own && h.person == person)
    });
    let highest = up
        .iter()
        .rposition(|u| heading.get(u).is_some_and(|h| h.person == person));
    let start = match (highest, own_head) {
        (Some(at), _) => at + 1,
        (None, true) => 1,
        (None, false) => 0,
    };
    for (step, unit) in up.iter().enumerate().skip(start) {
        let Some(head) = heading.get(unit).filter(|h| h.person != person) else {
            continue;
        };
        let basis = match head.kind {
            PlacementKind::Plt => SuperiorBasis::Plt,
            PlacementKind::Plh => SuperiorBasis::Plh,
            PlacementKind::Definitive if step == start => SuperiorBasis::UnitHead,
            PlacementKind::Definitive => SuperiorBasis::OneLevelUp,
        };
        rungs.push(Line {
            superior: Some(head.person),
            basis,
            until: head.until,
        });
    }
    Ladder {
        rungs,
        height: up.len().saturating_sub(start),
        at: 0,
    }
}

/// Moves one person of each circle a step up until there are no circles. Every step shortens a ladder, so it ends.
fn break_circles(ladders: &mut HashMap<PersonId, Ladder>) {
    let superior = |ladders: &HashMap<PersonId, Ladder>, p: PersonId| {
        ladders.get(&p).and_then(|l| l.rungs.get(l.at)).and_then(|l| l.superior)
    };
    // only superiors can lie on a circle
    let mut starts: Vec<PersonId> = ladders
        .values()
        .flat_map(|l| l.rungs.iter().filter_map(|r| r.superior))
        .collect::<HashSet<_>>()
        .into_iter()
        .collect();
    starts.sort_unstable();
    let mut safe: HashSet<PersonId> = HashSet::with_capacity(starts.len());
    for start in starts {
        loop {
            let mut walk = Vec::new();
            let mut on_walk = HashSet::new();
            let mut here = Some(start);
            while let Some(p) = here.filter(|p| !safe.contains(p) && on_walk.insert(*p)) {
                walk.push(p);
                here = superior(ladders, p);
            }
            let Some(entry) = here.and_then(|p| walk.iter().position(|w| *w == p)) else {
                safe.extend(walk);
                break;
            };
            let highest = walk[entry..]
                .iter()
                .min_by_key(|p| (ladders.get(p).map_or(usize::MAX, |l| l.height), **p))
                .copied();
            if let Some(ladder) = highest.and_then(|p| ladders.get_mut(&p)) {
                ladder.at += 1;
            }
        }
    }
}
