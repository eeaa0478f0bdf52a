//! `abdi account …`: for whoever has the machine. No actor, no scope; audited as the system.

use db::{Db, Tx};
use kernel::{AccountId, AgencyId, Ctx};
use policy::Permit;

use crate::commands::{self, AccountIssued, CreateAccountError};
use crate::first_code;
use crate::gate::Gate;
use crate::login::Login;
use crate::password;
use crate::store::{self, Account};

/// Why an account was not found at the command line.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// No account of the agency has this login.
    #[error("no account with this NIP or e-mail address")]
    NotFound,
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Makes an administrator of an agency with an issued password.
pub async fn unscoped_create_admin(
    db: &Db,
    ctx: &Ctx,
    gate: &Gate,
    agency: AgencyId,
    email: &str,
    label: &str,
) -> Result<AccountIssued, CreateAccountError> {
    let label = kernel::line(label, 120).map_err(CreateAccountError::Label)?;
    let issued = commands::issue_password(ctx);
    let hash = password::hash(gate, ctx, issued.reveal()).await?;
    let account = db::write!(db, async |tx| {
        // the account does not exist yet, so the trail names the agency as the one who acts
        let permit = Permit::system(agency, AccountId::from_uuid(agency.uuid()));
        let account = commands::make(tx, ctx, &permit, None, Some(email), &label, &hash).await?;
        first_code::admin_at_command_line(tx, ctx, agency, account).await?;
        Ok::<_, CreateAccountError>(account)
    })?;
    Ok(AccountIssued {
        account,
        password: issued,
    })
}

/// Issues a new password, and removes the second factor on request.
pub async fn unscoped_reset_password(
    db: &Db,
    ctx: &Ctx,
    gate: &Gate,
    agency: AgencyId,
    login: &str,
    remove_totp: bool,
) -> Result<AccountIssued, CliError> {
    let issued = commands::issue_password(ctx);
    let hash = password::hash(gate, ctx, issued.reveal()).await?;
    let account = db::write!(db, async |tx| {
        let target = find(tx, agency, login).await?;
        commands::reset(tx, ctx, &Permit::system(agency, target.id), &target, &hash, remove_totp).await?;
        Ok::<_, CliError>(target.id)
    })?;
    Ok(AccountIssued {
        account,
        password: issued,
    })
}

/// Disables or enables an account. Unlike the page it may also disable the last administrator.
pub async fn unscoped_set_disabled(
    db: &Db,
    ctx: &Ctx,
    agency: AgencyId,
    login: &str,
    disabled: bool,
) -> Result<AccountId, CliError> {
    db::write!(db, async |tx| {
        let target = find(tx, agency, login).await?;
        if target.disabled_at.is_some() != disabled {
            commands::switch(tx, ctx, &Permit::system(agency, target.id), &target, disabled).await?;
        }
        Ok(target.id)
    })
}

async fn find(tx: &mut Tx, agency: AgencyId, login: &str) -> Result<Account, CliError> {
    let found = store::of_agency(tx, agency, &Login::read(login)).await?;
    found.ok_or(CliError::NotFound)
}
