use kernel::{AccountId, AgencyId, PersonId};

use crate::Denied;
use crate::actor::{Actor, Role};
use crate::facts::{Action, Facts, Kind};

/// Leave to do one thing, given by [`decide`] only. Its code goes into the audit trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permit {
    agency: AgencyId,
    account: AccountId,
    reason: &'static str,
}

impl Permit {
    /// The agency in which it holds.
    pub fn agency(&self) -> AgencyId {
        self.agency
    }

    /// The account that acts.
    pub fn account(&self) -> AccountId {
        self.account
    }

    /// Why it was given: `owner`, `superior`, `superior-above`, `unit-head`, `admin`, `auditor`, `agency-head`,
    /// `counter`, or `system`.
    pub fn reason(&self) -> &'static str {
        self.reason
    }

    /// Leave of an account over itself and nothing else: its password, its second factor, its language, its sessions.
    /// An account of administration belongs to no person, so that [`decide`] cannot tell it by an owner.
    pub fn own_account(agency: AgencyId, account: AccountId) -> Self {
        Self {
            agency,
            account,
            reason: "owner",
        }
    }

    /// Leave for the installation itself: the demo city, imports at the command line, jobs. Never made for a request.
    pub fn system(agency: AgencyId, account: AccountId) -> Self {
        Self {
            agency,
            account,
            reason: "system",
        }
    }
}

/// The answer of [`decide`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// May be done.
    Allowed(Permit),
    /// The thing does not exist for this actor (404).
    Hidden,
    /// The actor sees the thing but may not do this (403).
    Refused,
}

impl Decision {
    /// The permit, or why not.
    pub fn permit(self) -> Result<Permit, Denied> {
        match self {
            Self::Allowed(permit) => Ok(permit),
            Self::Hidden => Err(Denied::Hidden),
            Self::Refused => Err(Denied::Refused),
        }
    }

    /// True when it may be done.
    pub fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed(_))
    }
}

/// May `actor` do `action` to the thing with these `facts`?
pub fn decide(actor: &Actor, action: Action, facts: &Facts) -> Decision {
    if actor.agency != facts.agency {
        return Decision::Hidden;
    }
    let Some(seen_as) = sees(actor, facts) else {
        return Decision::Hidden;
    };
    match done_as(actor, action, facts, seen_as) {
        Some(reason) => Decision::Allowed(Permit {
            agency: actor.agency,
            account: actor.account,
            reason,
        }),
        None => Decision::Refused,
    }
}

/// How the actor stands to the thing, strongest first; `None` when the thing is hidden.
pub(crate) fn sees(actor: &Actor, facts: &Facts) -> Option<&'static str> {
    let is = |person: Option<PersonId>| person.is_some() && actor.person == person;
    if is(facts.owner) {
        return Some("owner");
    }
    if is(facts.superior) {
        return Some("superior");
    }
    if is(facts.superior_above) {
        return Some("superior-above");
    }
    if actor.heads_above(&facts.unit_path) {
        return Some("unit-head");
    }
    if actor.holds(Role::AgencyHead, &facts.unit_path) {
        return Some("agency-head");
    }
    if actor.administers(&facts.unit_path) {
        return Some("admin");
    }
    if actor.holds(Role::Auditor, &facts.unit_path) {
        return Some("auditor");
    }
    match facts.kind {
        // who works where is known to every colleague; so are the services and what citizens say of them
        Kind::Unit | Kind::Person | Kind::Service => Some("colleague"),
        Kind::Agency
        | Kind::Account
        | Kind::Skp
        | Kind::Journal
        | Kind::Feedback
        | Kind::Evaluation
        | Kind::Achievement => None,
    }
}

fn done_as(actor: &Actor, action: Action, facts: &Facts, seen_as: &'static str) -> Option<&'static str> {
    let admin = actor.administers(&facts.unit_path).then_some("admin");
    let given = |ok: bool| ok.then_some(seen_as);
    match (facts.kind, action) {
        (_, Action::View) => Some(seen_as),
        (_, Action::Export) => given(seen_as != "colleague"),

        (Kind::Agency, Action::Manage) => given(actor.holds(Role::AgencyAdmin, "")),
        (Kind::Unit | Kind::Person, Action::Manage) => admin,
        (Kind::Account, Action::Manage) => admin.filter(|_| actor.person.is_none() || actor.person != facts.owner),
        (Kind::Account, Action::Edit) => given(seen_as == "owner"),

        (Kind::Skp | Kind::Journal, Action::Edit | Action::Submit) => given(seen_as == "owner" && facts.open),
        (Kind::Skp, Action::Decide) => given(seen_as == "superior" && facts.open),
        (Kind::Feedback, Action::Rate) => given(matches!(seen_as, "superior" | "superior-above") && facts.open),

        (Kind::Evaluation, Action::Rate | Action::Finalise) => given(seen_as == "superior" && facts.open),
        (Kind::Evaluation, Action::Acknowledge) => given(seen_as == "owner"),

        // set one level above the unit, or by the head of the agency where nobody is above
        (Kind::Achievement, Action::Set) => {
            let above = actor.heads_strictly_above(&facts.unit_path);
            let top = actor.holds(Role::AgencyHead, &facts.unit_path);
            if above {
                Some("unit-head")
            } else if top {
                Some("agency-head")
            } else {
                None
            }
        }

        (Kind::Service, Action::Manage) => {
            let head = actor.heads_above(&facts.unit_path).then_some("unit-head");
            head.or(admin)
        }
        (Kind::Service, Action::Edit) => actor
            .holds(Role::Counter, &facts.unit_path)
            .then_some("counter")
            .or(admin),
        _ => None,
    }
}
