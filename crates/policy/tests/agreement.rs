//! `scope` and `decide` must never disagree: a list shows exactly what the detail pages would.

use kernel::{Code, Id};
use policy::{Action, Actor, Decision, Facts, Grant, Kind, Role, decide, scope};
use proptest::prelude::*;
use uuid::Uuid;

fn id<K>(n: u8) -> Id<K> {
    Id::from_uuid(Uuid::from_u128(n.into()))
}

fn path() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["", "1/", "1/2/", "1/2/3/", "12/", "1/4/", "5/"]).prop_map(str::to_owned)
}

prop_compose! {
    fn actor()(
        agency in 1u8..3,
        person in prop::option::of(1u8..6),
        heads in prop::collection::vec(path().prop_filter("a unit has a path", |p| !p.is_empty()), 0..3),
        grants in prop::collection::vec((prop::sample::select(Role::ALL.to_vec()), path()), 0..3),
    ) -> Actor {
        Actor {
            account: id(100),
            agency: id(agency),
            person: person.map(id),
            unit_path: None,
            heads,
            grants: grants.into_iter().map(|(role, path)| Grant { role, path }).collect(),
        }
    }
}

prop_compose! {
    fn facts()(
        kind in prop::sample::select(Kind::ALL.to_vec()),
        agency in 1u8..3,
        unit_path in path().prop_filter("a unit has a path", |p| !p.is_empty()),
        owner in prop::option::of(1u8..6),
        superior in prop::option::of(1u8..6),
        superior_above in prop::option::of(1u8..6),
        open in any::<bool>(),
    ) -> Facts {
        Facts {
            kind, agency: id(agency), unit_path, owner: owner.map(id), superior: superior.map(id),
            superior_above: superior_above.map(id), open,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn lists_and_pages_agree(actor in actor(), facts in facts()) {
        let listed = scope(&actor, facts.kind)
            .contains(facts.agency, &facts.unit_path, facts.owner, facts.superior, facts.superior_above);
        prop_assert_eq!(listed, decide(&actor, Action::View, &facts).is_allowed());
    }

    #[test]
    fn what_is_hidden_cannot_be_done(actor in actor(), facts in facts()) {
        let hidden = decide(&actor, Action::View, &facts) == Decision::Hidden;
        for action in Action::ALL {
            prop_assert_eq!(decide(&actor, *action, &facts) == Decision::Hidden, hidden);
        }
    }

    #[test]
    fn nobody_decides_on_their_own(actor in actor(), facts in facts()) {
        let own = actor.person.is_some() && actor.person == facts.owner;
        for action in [Action::Decide, Action::Rate, Action::Finalise] {
            prop_assert!(!(own && decide(&actor, action, &facts).is_allowed()));
        }
    }

    #[test]
    fn what_is_closed_stays(actor in actor(), facts in facts()) {
        for action in [Action::Edit, Action::Submit, Action::Decide, Action::Rate, Action::Finalise] {
            if matches!(facts.kind, Kind::Skp | Kind::Journal | Kind::Evaluation) && !facts.open {
                prop_assert!(!decide(&actor, action, &facts).is_allowed());
            }
        }
    }
}

#[test]
fn an_auditor_sees_and_changes_nothing() {
    let actor = Actor {
        account: id(100),
        agency: id(1),
        person: None,
        unit_path: None,
        heads: Vec::new(),
        grants: vec![Grant {
            role: Role::Auditor,
            path: String::new(),
        }],
    };
    for kind in Kind::ALL {
        let facts = Facts::of_person(*kind, id(1), "1/", id(2), Some(id(3)));
        for action in Action::ALL {
            let may = matches!(action, Action::View | Action::Export);
            assert_eq!(decide(&actor, *action, &facts).is_allowed(), may, "{kind} {action}");
        }
    }
}
