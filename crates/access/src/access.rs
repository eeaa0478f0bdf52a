//! What `policy` needs to know about an account, and the two rules that it cannot see: nobody administers themself, and
//! nobody administers an account that may do more than they.

use db::Tx;
use jiff::civil::Date;
use kernel::AccountId;
use policy::{Action, Actor, Facts, Kind, Permit, Role, decide};

use crate::store::{self, Account, GrantRow};

/// Why an account may not be administered.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// It does not exist for the actor, or the actor may not.
    #[error(transparent)]
    Denied(#[from] policy::Denied),
    /// It is the actor's own.
    #[error("nobody administers their own account")]
    Yourself,
    /// It holds a role that the actor could not have given: resetting its password would be a way to that role.
    #[error("the account may do more than the actor")]
    Outranked,
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Facts of an account.
pub(crate) fn facts(account: &Account) -> Facts {
    Facts {
        owner: account.person,
        ..Facts::of_unit(Kind::Account, account.agency, account.unit_path.as_str())
    }
}

/// The account, and leave to administer it.
pub(crate) async fn administered(
    tx: &mut Tx,
    actor: &Actor,
    id: AccountId,
    now: kernel::Instant,
) -> Result<(Account, Permit, Date), TargetError> {
    let account = store::account(tx, id).await?.ok_or(policy::Denied::Hidden)?;
    let own = account.agency == actor.agency && account.id == actor.account;
    if own {
        return Err(TargetError::Yourself);
    }
    let permit = decide(actor, Action::Manage, &facts(&account)).permit()?;
    let today = account.zone.date(now);
    let grants = store::grants_from(tx, account.agency, id, today).await?;
    if !grants.iter().all(|held| may_give(actor, held.role, &held.path)) {
        return Err(TargetError::Outranked);
    }
    Ok((account, permit, today))
}

/// An administrator of the agency gives every role; one of a unit gives roles of units at and below it.
pub(crate) fn may_give(actor: &Actor, role: Role, path: &str) -> bool {
    match role {
        Role::UnitAdmin | Role::Counter => actor.administers(path),
        Role::AgencyAdmin | Role::Auditor | Role::AgencyHead => actor.holds(Role::AgencyAdmin, ""),
    }
}

/// True when taking `held` away, or its account, would leave the agency without an administrator.
pub(crate) async fn is_last_admin(tx: &mut Tx, account: &Account, held: &[GrantRow], today: Date) -> db::Result<bool> {
    let admin = held
        .iter()
        .any(|g| g.role == Role::AgencyAdmin && g.unit.is_none() && g.valid_from <= today);
    Ok(admin && store::other_admins(tx, account.agency, account.id, today).await? == 0)
}
