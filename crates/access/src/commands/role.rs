use db::{Db, args, sql};
use jiff::civil::Date;
use kernel::{AccountId, Code, Ctx, GrantId, TextError, UnitId};
use policy::{Actor, Kind, Role};

use crate::access::{self, TargetError};
use crate::session;
use crate::store::{self, NewGrant};

/// A role for an account.
#[derive(Debug, Clone)]
pub struct GrantRole {
    /// To whom.
    pub account: AccountId,
    /// Which.
    pub role: Role,
    /// The unit at and below which it holds; `None` for the whole agency.
    pub unit: Option<UnitId>,
    /// First day, today or later.
    pub valid_from: Date,
    /// Last day, if it is known.
    pub valid_to: Option<Date>,
    /// Why, or by which decree; 1 to 300 characters.
    pub reason: String,
}

/// Why a role is not given or taken.
#[derive(Debug, thiserror::Error)]
pub enum RoleError {
    /// Not for this account, not by this actor.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// There is no such grant for the actor.
    #[error("no such grant")]
    NotFound,
    /// The actor may not give or take this role there.
    #[error("the actor may not give this role")]
    NotYours,
    /// There is no such unit in the agency.
    #[error("no such unit")]
    UnitNotFound,
    /// The role belongs to a unit.
    #[error("this role needs a unit")]
    NeedsUnit,
    /// The role belongs to the agency as a whole.
    #[error("this role holds for the whole agency")]
    NeedsWholeAgency,
    /// The last day lies before the first, or the first in the past.
    #[error("the days do not fit")]
    Days,
    /// The account has this role there in that time.
    #[error("the account has this role")]
    AlreadyHeld,
    /// The reason is missing or unfit.
    #[error("the reason: {0}")]
    Reason(TextError),
    /// Without it nobody would administer the agency.
    #[error("the last administrator of the agency")]
    LastAdmin,
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Gives a role. The account's sessions end, so that the next one is opened with it in mind (T17).
pub async fn grant_role(db: &Db, ctx: &Ctx, actor: &Actor, input: GrantRole) -> Result<GrantId, RoleError> {
    let reason = kernel::paragraph(&input.reason, 300).map_err(RoleError::Reason)?;
    db::write!(db, async |tx| {
        let (target, permit, today) = access::administered(tx, actor, input.account, ctx.now()).await?;
        let path = match (input.role, input.unit) {
            (Role::UnitAdmin | Role::Counter, None) => return Err(RoleError::NeedsUnit),
            (Role::AgencyAdmin | Role::AgencyHead, Some(_)) => return Err(RoleError::NeedsWholeAgency),
            (_, None) => String::new(),
            (_, Some(unit)) => tx
                .scalar(
                    sql!("SELECT path FROM unit WHERE id = $1 AND agency_id = $2"),
                    args![unit, target.agency],
                )
                .await?
                .ok_or(RoleError::UnitNotFound)?,
        };
        if !access::may_give(actor, input.role, &path) {
            return Err(RoleError::NotYours);
        }
        if input.valid_from < today || input.valid_to.is_some_and(|to| to < input.valid_from) {
            return Err(RoleError::Days);
        }
        let held = store::grants_from(tx, target.agency, target.id, today).await?;
        let overlaps = held.iter().any(|g| {
            g.role == input.role
                && g.unit == input.unit
                && input.valid_to.is_none_or(|to| g.valid_from <= to)
                && g.valid_to.is_none_or(|to| to >= input.valid_from)
        });
        if overlaps {
            return Err(RoleError::AlreadyHeld);
        }
        let new = NewGrant {
            agency: target.agency,
            account: target.id,
            role: input.role,
            unit: input.unit,
            valid_from: input.valid_from,
            valid_to: input.valid_to,
            reason: &reason,
            granted_by: Some(actor.account),
        };
        let id = store::insert_grant(tx, ctx, &new).await?;
        session::close_all(tx, target.id).await?;
        let entry = audit::Entry {
            verb: "access.grant_role",
            kind: Kind::Account,
            subject: target.id.uuid(),
            detail: serde_json::json!({
                "grant": id, "role": input.role.code(), "unit": input.unit, "reason": reason,
                "from": input.valid_from.to_string(), "to": input.valid_to.map(|d| d.to_string()),
            }),
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok(id)
    })
}

/// Takes a role at once: its last day is yesterday, and the account's sessions end. Doing it twice is harmless.
pub async fn revoke_role(db: &Db, ctx: &Ctx, actor: &Actor, grant: GrantId, reason: &str) -> Result<(), RoleError> {
    let reason = kernel::paragraph(reason, 300).map_err(RoleError::Reason)?;
    db::write!(db, async |tx| {
        let held = store::grant(tx, actor.agency, grant)
            .await?
            .ok_or(RoleError::NotFound)?;
        let (target, permit, today) = access::administered(tx, actor, held.account, ctx.now()).await?;
        if !access::may_give(actor, held.role, &held.path) {
            return Err(RoleError::NotYours);
        }
        if held.valid_to.is_some_and(|to| to < today) {
            return Ok(());
        }
        if access::is_last_admin(tx, &target, std::slice::from_ref(&held), today).await? {
            return Err(RoleError::LastAdmin);
        }
        let yesterday = today.yesterday().unwrap_or(today);
        tx.exec(
            sql!("UPDATE role_grant SET valid_to = $2 WHERE id = $1"),
            args![grant, yesterday],
        )
        .await?;
        session::close_all(tx, target.id).await?;
        let entry = audit::Entry {
            verb: "access.revoke_role",
            kind: Kind::Account,
            subject: target.id.uuid(),
            detail: serde_json::json!({
                "grant": grant, "role": held.role.code(), "unit": held.unit, "reason": reason,
                "before": held.valid_to.map(|d| d.to_string()), "after": yesterday.to_string(),
            }),
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok(())
    })
}
