use kernel::{AccountId, AgencyId, PersonId};

kernel::codes! {
    /// Roles that are granted. "Employee" comes with being a person, "superior" with the reporting line.
    pub enum Role {
        /// Administers people and plans of a part of the tree.
        UnitAdmin = "ADMIN_UNIT",
        /// Personnel agency (BKPSDM): administers the whole agency.
        AgencyAdmin = "ADMIN_INSTANSI",
        /// Sees everything that administration sees, changes nothing.
        Auditor = "AUDITOR",
        /// Head of the agency (wali kota, bupati): sets what nobody above sets.
        AgencyHead = "PIMPINAN_INSTANSI",
        /// Serves citizens at a counter of a unit.
        Counter = "PETUGAS_LOKET",
    }
}

/// A role with its place in the tree, in force today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Path of the unit below which it holds; the empty path is the whole agency.
    pub path: String,
}

/// Who acts. Built for each request from the session; roles and headships are those in force at that moment.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The account, for the audit trail.
    pub account: AccountId,
    /// The agency; nothing of another agency exists for this actor.
    pub agency: AgencyId,
    /// The person behind the account; an account of administration may have none.
    pub person: Option<PersonId>,
    /// The person's own unit.
    pub unit_path: Option<String>,
    /// Units that the person heads today, as holder or acting (Plt/Plh).
    pub heads: Vec<String>,
    /// Granted roles in force today.
    pub grants: Vec<Grant>,
}

impl Actor {
    /// True when the actor holds `role` for the unit at `path`.
    pub fn holds(&self, role: Role, path: &str) -> bool {
        self.grants.iter().any(|g| g.role == role && covers(&g.path, path))
    }

    /// True when the actor holds `role` anywhere.
    pub fn holds_anywhere(&self, role: Role) -> bool {
        self.grants.iter().any(|g| g.role == role)
    }

    /// True when the actor heads the unit at `path` or one above it.
    pub fn heads_above(&self, path: &str) -> bool {
        self.heads.iter().any(|h| covers(h, path))
    }

    /// True when the actor heads a unit strictly above the one at `path`.
    pub fn heads_strictly_above(&self, path: &str) -> bool {
        self.heads.iter().any(|h| h != path && covers(h, path))
    }

    /// True when the actor administers the unit at `path`.
    pub fn administers(&self, path: &str) -> bool {
        self.holds(Role::AgencyAdmin, path) || self.holds(Role::UnitAdmin, path)
    }
}

/// True when the unit at `path` is the one at `top` or lies below it. Paths end with a slash, so that `1/` does not
/// cover `12/`.
pub fn covers(top: &str, path: &str) -> bool {
    path.starts_with(top)
}
