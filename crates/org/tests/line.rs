//! The reporting line, for trees, acting duties and overrides of every shape.

use std::collections::{HashMap, HashSet};

use jiff::civil::date;
use kernel::{Id, PersonId, UnitId};
use org::model::{Acting, Chain, Line, Override, PlacementKind, SuperiorBasis, derive};
use proptest::prelude::*;

fn person(n: u64) -> PersonId {
    Id::from_uuid(uuid::Uuid::from_u64_pair(1, n))
}
fn unit(n: u64) -> UnitId {
    Id::from_uuid(uuid::Uuid::from_u64_pair(2, n))
}
/// 0 is the top, 1 below it, 2 below 1; 10 beside 1, 11 below 10.
fn tree() -> Chain {
    let parents = [(0, None), (1, Some(0)), (2, Some(1)), (10, Some(0)), (11, Some(10))];
    Chain(parents.into_iter().map(|(u, p)| (unit(u), p.map(unit))).collect())
}
fn head(u: u64, p: u64, kind: PlacementKind) -> Acting {
    let until = (kind != PlacementKind::Definitive).then_some(date(2026, 12, 31));
    Acting {
        unit: unit(u),
        person: person(p),
        kind,
        from: date(2026, 1, 1),
        until,
    }
}
fn definitive(u: u64, p: u64) -> Acting {
    head(u, p, PlacementKind::Definitive)
}
fn hand(p: u64, s: u64) -> Override {
    Override {
        person: person(p),
        superior: person(s),
        from: date(2026, 1, 1),
        until: Some(date(2026, 6, 30)),
    }
}
fn of(lines: &HashMap<PersonId, Line>, p: u64) -> (Option<PersonId>, SuperiorBasis) {
    let line = lines.get(&person(p)).expect("everybody has a line");
    (line.superior, line.basis)
}
const STAFF: [(u64, u64); 4] = [(100, 0), (101, 1), (102, 2), (103, 11)];
fn people(extra: &[(u64, u64)]) -> Vec<(PersonId, Option<UnitId>)> {
    STAFF
        .iter()
        .chain(extra)
        .map(|(p, u)| (person(*p), Some(unit(*u))))
        .collect()
}

#[test]
fn staff_report_to_their_head_and_heads_to_the_next_one_above() {
    let heads = [definitive(0, 1), definitive(1, 2), definitive(2, 3)];
    let lines = derive(&tree(), &heads, &[], &people(&[(1, 0), (2, 1), (3, 2)]));
    assert_eq!(of(&lines, 102), (Some(person(3)), SuperiorBasis::UnitHead));
    assert_eq!(of(&lines, 3), (Some(person(2)), SuperiorBasis::UnitHead));
    assert_eq!(of(&lines, 2), (Some(person(1)), SuperiorBasis::UnitHead));
    assert_eq!(of(&lines, 1), (None, SuperiorBasis::None));
    // unit 11 and the unit above it have no head
    assert_eq!(of(&lines, 103), (Some(person(1)), SuperiorBasis::OneLevelUp));
}

#[test]
fn acting_officials_come_first_and_end() {
    let heads = [
        definitive(0, 1),
        definitive(1, 2),
        head(1, 101, PlacementKind::Plh),
        head(2, 5, PlacementKind::Plt),
    ];
    let lines = derive(&tree(), &heads, &[], &people(&[(1, 0), (2, 1), (5, 10)]));
    let line = lines[&person(102)];
    assert_eq!(
        (line.superior, line.basis, line.until),
        (Some(person(5)), SuperiorBasis::Plt, Some(date(2026, 12, 31)))
    );
    // who acts for the head reports above the unit, and so does the head
    assert_eq!(of(&lines, 101), (Some(person(1)), SuperiorBasis::UnitHead));
    assert_eq!(of(&lines, 2), (Some(person(1)), SuperiorBasis::UnitHead));
    // an acting duty elsewhere does not change one's own line
    assert_eq!(of(&lines, 5), (Some(person(1)), SuperiorBasis::OneLevelUp));
}

#[test]
fn a_superior_set_by_hand_comes_first() {
    let heads = [definitive(0, 1), definitive(1, 2)];
    let lines = derive(
        &tree(),
        &heads,
        &[hand(101, 100), hand(102, 102)],
        &people(&[(1, 0), (2, 1)]),
    );
    let line = lines[&person(101)];
    assert_eq!(
        (line.superior, line.basis, line.until),
        (Some(person(100)), SuperiorBasis::Override, Some(date(2026, 6, 30)))
    );
    // nobody is set above himself
    assert_eq!(of(&lines, 102), (Some(person(2)), SuperiorBasis::OneLevelUp));
}

#[test]
fn acting_duties_across_branches_make_no_circle() {
    // 5 belongs to unit 2 and acts for 10; 6 belongs to 11 and acts for 1
    let heads = [
        definitive(0, 1),
        head(10, 5, PlacementKind::Plt),
        head(1, 6, PlacementKind::Plt),
    ];
    let lines = derive(&tree(), &heads, &[], &people(&[(1, 0), (5, 2), (6, 11)]));
    let (five, six) = (of(&lines, 5).0, of(&lines, 6).0);
    assert!(
        five == Some(person(1)) || six == Some(person(1)),
        "one of them goes a step further up"
    );
    assert!(!(five == Some(person(6)) && six == Some(person(5))));
}

#[test]
fn people_without_unit_report_to_nobody() {
    let lines = derive(
        &tree(),
        &[definitive(0, 1)],
        &[],
        &[(person(9), None), (person(8), Some(unit(77)))],
    );
    assert_eq!(lines[&person(9)], Line::NOBODY);
    assert_eq!(lines[&person(8)], Line::NOBODY);
}

proptest! {
    #[test]
    fn whatever_the_data_nobody_appraises_himself_and_nobody_reports_in_a_circle(
        parents in proptest::collection::vec(proptest::option::of(0u64..12), 12),
        heads in proptest::collection::vec((0u64..12, 0u64..25, 0usize..3), 0..30),
        hands in proptest::collection::vec((0u64..25, 0u64..25), 0..12),
        units in proptest::collection::vec(proptest::option::of(0u64..14), 25),
    ) {
        let kinds = [PlacementKind::Definitive, PlacementKind::Plt, PlacementKind::Plh];
        // parents may form circles: damaged data must not hang anything
        let chain = Chain((0..12).map(|n| (unit(n), parents[n as usize].map(unit))).collect());
        let heads: Vec<Acting> = heads.into_iter().map(|(u, p, k)| head(u, p, kinds[k])).collect();
        let hands: Vec<Override> = hands.into_iter().map(|(p, s)| hand(p, s)).collect();
        let people: Vec<_> = (0..25).map(|n| (person(n), units[n as usize].map(unit))).collect();
        let lines = derive(&chain, &heads, &hands, &people);
        prop_assert_eq!(lines.len(), people.len());
        for (start, _) in &people {
            let mut seen = HashSet::new();
            let mut here = Some(*start);
            while let Some(p) = here {
                prop_assert!(seen.insert(p), "a circle through {p}");
                here = lines[&p].superior;
            }
            let line = lines[start];
            prop_assert_eq!(line.superior.is_none(), line.basis == SuperiorBasis::None);
            if line.basis == SuperiorBasis::Override {
                prop_assert!(hands.iter().any(|h| h.person == *start && Some(h.superior) == line.superior));
            } else if let Some(superior) = line.superior {
                prop_assert!(heads.iter().any(|h| h.person == superior), "a superior heads something");
            }
        }
        // the same data, the same answer
        let mut shuffled = people.clone();
        shuffled.reverse();
        let mut other_heads = heads.clone();
        other_heads.reverse();
        prop_assert_eq!(&derive(&chain, &other_heads, &hands, &shuffled), &lines);
    }
}
