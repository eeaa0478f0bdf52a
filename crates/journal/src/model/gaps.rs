use std::collections::BTreeSet;

use kernel::{IkiId, RhkId};

/// What is still missing in a period before its evaluation can rest on it. None of it blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// No action plan for this RHK. Evidence is taken all the same, with a warning.
    PlanMissing(RhkId),
    /// No evidence for this RHK.
    EvidenceMissing(RhkId),
    /// No realised value for this IKI.
    RealisationMissing(RhkId, IkiId),
}

/// What there is in a period.
#[derive(Debug, Clone, Default)]
pub struct Recorded {
    /// RHK with a line in the action plan.
    pub planned: BTreeSet<RhkId>,
    /// RHK with evidence.
    pub evidenced: BTreeSet<RhkId>,
    /// IKI with a realised value.
    pub realised: BTreeSet<IkiId>,
}

/// What is missing, in the order of the RHK. `plan` holds each RHK with its IKI whose values are written by hand.
pub fn gaps(plan: &[(RhkId, Vec<IkiId>)], recorded: &Recorded) -> Vec<Gap> {
    let mut found = Vec::new();
    for (rhk, ikis) in plan {
        if !recorded.planned.contains(rhk) {
            found.push(Gap::PlanMissing(*rhk));
        }
        let open = ikis.iter().filter(|iki| !recorded.realised.contains(iki));
        found.extend(open.map(|iki| Gap::RealisationMissing(*rhk, *iki)));
        if !recorded.evidenced.contains(rhk) {
            found.push(Gap::EvidenceMissing(*rhk));
        }
    }
    found
}
