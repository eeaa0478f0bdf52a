use kernel::{AgencyId, PersonId};

use crate::actor::{Actor, Role};
use crate::facts::Kind;

/// Which rows of a kind an actor sees. A row is seen when *any* part applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Always: rows of this agency only.
    pub agency: AgencyId,
    /// Every row of the agency.
    pub all: bool,
    /// Rows of these units and everything below them.
    pub paths: Vec<String>,
    /// Rows about this person, and rows of which this person is the superior or the superior's superior.
    pub person: Option<PersonId>,
}

impl Scope {
    /// Everything of an agency, for jobs and exports of the installation itself.
    pub fn unscoped(agency: AgencyId) -> Self {
        Self {
            agency,
            all: true,
            paths: Vec::new(),
            person: None,
        }
    }

    /// True when a row with these columns is inside.
    pub fn contains(
        &self,
        agency: AgencyId,
        unit_path: &str,
        owner: Option<PersonId>,
        superior: Option<PersonId>,
        superior_above: Option<PersonId>,
    ) -> bool {
        let me = |p: Option<PersonId>| self.person.is_some() && p == self.person;
        agency == self.agency
            && (self.all
                || self.paths.iter().any(|p| unit_path.starts_with(p.as_str()))
                || me(owner)
                || me(superior)
                || me(superior_above))
    }
}

/// The rows of `kind` that [`crate::decide()`] would show to `actor`.
pub fn scope(actor: &Actor, kind: Kind) -> Scope {
    let open_to_colleagues = matches!(kind, Kind::Unit | Kind::Person | Kind::Service);
    let seeing = [Role::AgencyHead, Role::AgencyAdmin, Role::UnitAdmin, Role::Auditor];
    let mut paths: Vec<String> = actor
        .grants
        .iter()
        .filter(|g| seeing.contains(&g.role))
        .map(|g| g.path.clone())
        .collect();
    paths.extend(actor.heads.iter().cloned());
    paths.sort();
    paths.dedup();
    // a path below another adds nothing
    let tops: Vec<String> = paths
        .iter()
        .filter(|p| !paths.iter().any(|q| q != *p && p.starts_with(q.as_str())))
        .cloned()
        .collect();
    let all = open_to_colleagues || tops.iter().any(String::is_empty);
    Scope {
        agency: actor.agency,
        all,
        paths: if all { Vec::new() } else { tops },
        person: actor.person,
    }
}
