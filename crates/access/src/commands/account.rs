use db::{Db, args, sql};
use kernel::{AccountId, AgencyId, Ctx, PersonId, TextError};
use policy::{Action, Actor, Facts, Kind, Permit, decide};

use super::note;
use crate::access::{self, TargetError};
use crate::gate::Gate;
use crate::login::fold_email;
use crate::model::Language;
use crate::secret::{self, Issued};
use crate::store::{self, NewAccount};
use crate::{password, session};

/// An issued password: four groups of four characters, 79 bits.
pub(crate) fn issue_password(ctx: &Ctx) -> Issued {
    secret::issue(ctx, 4, 4)
}

/// A new account.
#[derive(Debug, Clone)]
pub struct CreateAccount {
    /// For this person; `None` for an account of administration.
    pub person: Option<PersonId>,
    /// E-mail address, as a second login name. Needed when there is no person.
    pub email: Option<String>,
    /// What the account is called, when there is no person; 1 to 120 characters.
    pub label: Option<String>,
}

/// Why no account is made.
#[derive(Debug, thiserror::Error)]
pub enum CreateAccountError {
    /// No such person for the actor, or not the actor's to administer.
    #[error(transparent)]
    Denied(#[from] policy::Denied),
    /// The person has one.
    #[error("this person has an account")]
    Exists,
    /// Not an e-mail address; or none, and no person either.
    #[error("not an e-mail address")]
    Email,
    /// Another account has this address.
    #[error("this e-mail address is taken")]
    EmailTaken,
    /// The name of an account without a person is missing or unfit.
    #[error("the name of the account: {0}")]
    Label(TextError),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// An account whose password was issued.
#[derive(Debug, Clone)]
pub struct AccountIssued {
    /// The account.
    pub account: AccountId,
    /// Shown once; must be changed at the next sign-in.
    pub password: Issued,
}

/// Makes an account with an issued password.
pub async fn create_account(
    db: &Db,
    ctx: &Ctx,
    gate: &Gate,
    actor: &Actor,
    input: CreateAccount,
) -> Result<AccountIssued, CreateAccountError> {
    let password = issue_password(ctx);
    let hash = password::hash(gate, ctx, password.reveal()).await?;
    let account = db::write!(db, async |tx| {
        let (unit_path, name) = match input.person {
            Some(person) => person_of(tx, actor.agency, person)
                .await?
                .ok_or(policy::Denied::Hidden)?,
            None => (String::new(), String::new()),
        };
        let facts = Facts {
            owner: input.person,
            ..Facts::of_unit(Kind::Account, actor.agency, unit_path)
        };
        let permit = decide(actor, Action::Manage, &facts).permit()?;
        let label = match input.person {
            Some(_) => name,
            None => kernel::line(input.label.as_deref().unwrap_or(""), 120).map_err(CreateAccountError::Label)?,
        };
        make(tx, ctx, &permit, input.person, input.email.as_deref(), &label, &hash).await
    })?;
    Ok(AccountIssued { account, password })
}

/// Unit path and full name of a person; people without a placement belong to no unit and thus to the agency alone.
async fn person_of(tx: &mut db::Tx, agency: AgencyId, person: PersonId) -> db::Result<Option<(String, String)>> {
    tx.optional(
        sql!(
            "SELECT COALESCE(e.unit_path, ''), COALESCE(e.full_name, p.name) FROM person p \
             LEFT JOIN employee e ON e.person_id = p.id WHERE p.id = $1 AND p.agency_id = $2"
        ),
        args![person, agency],
    )
    .await
}

/// Writes an account with an issued password; also for the command line.
pub(crate) async fn make(
    tx: &mut db::Tx,
    ctx: &Ctx,
    permit: &Permit,
    person: Option<PersonId>,
    email: Option<&str>,
    label: &str,
    hash: &str,
) -> Result<AccountId, CreateAccountError> {
    let email = match email.map(str::trim).filter(|e| !e.is_empty()) {
        Some(email) => Some(fold_email(email).ok_or(CreateAccountError::Email)?),
        None if person.is_none() => return Err(CreateAccountError::Email),
        None => None,
    };
    let has_one: Option<AccountId> = tx
        .scalar(
            sql!("SELECT id FROM account WHERE agency_id = $1 AND person_id = $2"),
            args![permit.agency(), person],
        )
        .await?;
    if has_one.is_some() {
        return Err(CreateAccountError::Exists);
    }
    let new = NewAccount {
        agency: permit.agency(),
        person,
        email: email.as_deref(),
        label,
        password_hash: hash,
        must_change: true,
    };
    let email_taken: Option<AccountId> = tx
        .scalar(
            sql!("SELECT id FROM account WHERE agency_id = $1 AND email = $2"),
            args![permit.agency(), new.email],
        )
        .await?;
    if email_taken.is_some() {
        return Err(CreateAccountError::EmailTaken);
    }
    let id = store::insert_account(tx, ctx, &new).await?;
    let entry = audit::Entry {
        verb: "access.create_account",
        kind: Kind::Account,
        subject: id.uuid(),
        detail: serde_json::json!({ "person": person, "label": label, "has_email": email.is_some() }),
    };
    audit::record(tx, ctx, permit, entry).await?;
    Ok(id)
}

/// Why a password is not reset, or an account not disabled or enabled.
#[derive(Debug, thiserror::Error)]
pub enum AdministerError {
    /// Not this account, not by this actor.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// Without this account nobody would administer the agency.
    #[error("the last administrator of the agency")]
    LastAdmin,
    /// Somebody changed the account meanwhile.
    #[error("the account was changed meanwhile")]
    Stale,
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Issues a new password, ends all sessions, and on request removes the second factor of a lost telephone.
pub async fn reset_password(
    db: &Db,
    ctx: &Ctx,
    gate: &Gate,
    actor: &Actor,
    account: AccountId,
    remove_totp: bool,
) -> Result<AccountIssued, AdministerError> {
    let password = issue_password(ctx);
    let hash = password::hash(gate, ctx, password.reveal()).await?;
    db::write!(db, async |tx| {
        let (target, permit, _) = access::administered(tx, actor, account, ctx.now()).await?;
        reset(tx, ctx, &permit, &target, &hash, remove_totp).await?;
        Ok::<_, AdministerError>(())
    })?;
    Ok(AccountIssued { account, password })
}

pub(crate) async fn reset(
    tx: &mut db::Tx,
    ctx: &Ctx,
    permit: &Permit,
    target: &store::Account,
    hash: &str,
    remove_totp: bool,
) -> db::Result<()> {
    if !store::set_password(tx, target.id, &target.password_hash, hash, true).await? {
        return Err(db::Error::Conflict);
    }
    if remove_totp {
        store::set_totp(tx, target.id, None, target.totp_last_step).await?;
    }
    let ended = session::close_all(tx, target.id).await?;
    let entry = audit::Entry {
        verb: "access.reset_password",
        kind: Kind::Account,
        subject: target.id.uuid(),
        detail: serde_json::json!({ "sessions": ended, "second_factor_removed": remove_totp }),
    };
    audit::record(tx, ctx, permit, entry).await
}

/// Disables an account, which ends its sessions at once, or enables it again. `version` is the one that the page showed.
pub async fn set_disabled(
    db: &Db,
    ctx: &Ctx,
    actor: &Actor,
    account: AccountId,
    version: i64,
    disabled: bool,
) -> Result<(), AdministerError> {
    db::write!(db, async |tx| {
        let (target, permit, today) = access::administered(tx, actor, account, ctx.now()).await?;
        if target.disabled_at.is_some() == disabled {
            return Ok(());
        }
        if target.version != version {
            return Err(AdministerError::Stale);
        }
        let held = store::grants_from(tx, target.agency, target.id, today).await?;
        if disabled && access::is_last_admin(tx, &target, &held, today).await? {
            return Err(AdministerError::LastAdmin);
        }
        Ok(switch(tx, ctx, &permit, &target, disabled).await?)
    })
}

pub(crate) async fn switch(
    tx: &mut db::Tx,
    ctx: &Ctx,
    permit: &Permit,
    target: &store::Account,
    disabled: bool,
) -> db::Result<()> {
    tx.exec(
        sql!("UPDATE account SET disabled_at = $2, version = version + 1 WHERE id = $1"),
        args![target.id, disabled.then(|| ctx.now())],
    )
    .await?;
    let ended = session::close_all(tx, target.id).await?;
    let entry = audit::Entry {
        verb: if disabled { "access.disable" } else { "access.enable" },
        kind: Kind::Account,
        subject: target.id.uuid(),
        detail: serde_json::json!({ "sessions": ended }),
    };
    audit::record(tx, ctx, permit, entry).await
}

/// Sets the language of pages for the actor's own account.
pub async fn set_language(db: &Db, ctx: &Ctx, actor: &Actor, language: Language) -> db::Result<()> {
    db::write!(db, async |tx| {
        let Some(account) = store::account(tx, actor.account).await? else {
            return Ok(());
        };
        if account.language == language {
            return Ok(());
        }
        tx.exec(
            sql!("UPDATE account SET language = $2, version = version + 1 WHERE id = $1"),
            args![account.id, language],
        )
        .await?;
        let detail = serde_json::json!({ "before": account.language.to_string(), "after": language.to_string() });
        note(tx, ctx, &account, "access.set_language", detail).await
    })
}
