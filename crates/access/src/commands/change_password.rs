use std::net::IpAddr;
use std::time::Duration;

use db::Db;
use kernel::Ctx;

use super::{SignedIn, note};
use crate::gate::Gate;
use crate::model::{PasswordProblem, Stage};
use crate::session::{self, SessionView};
use crate::throttle::Attempt;
use crate::{password, store};

/// What the page sends.
#[derive(Clone)]
pub struct ChangePassword {
    /// The password until now (the issued one, at the first sign-in).
    pub current: String,
    /// The password from now on.
    pub new: String,
    /// Where the request comes from.
    pub address: IpAddr,
}

/// Why the password stays.
#[derive(Debug, thiserror::Error)]
pub enum ChangePasswordError {
    /// The session has ended, or still waits for its second factor.
    #[error("no session")]
    NoSession,
    /// The current password is wrong, or was changed elsewhere meanwhile.
    #[error("the current password is wrong")]
    WrongCurrent,
    /// The new one is not accepted.
    #[error("the new password is not accepted: {0}")]
    Password(PasswordProblem),
    /// Too many wrong attempts; try again after `wait`.
    #[error("too many attempts")]
    Wait {
        /// From now.
        wait: Duration,
    },
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Changes the account's own password. All its sessions end; the answer opens a new, complete one.
pub async fn change_password(
    db: &Db,
    ctx: &Ctx,
    gate: &Gate,
    session: &SessionView,
    input: ChangePassword,
) -> Result<SignedIn, ChangePasswordError> {
    if session.stage == Stage::Totp {
        return Err(ChangePasswordError::NoSession);
    }
    let attempt = Attempt::new("password", session.account.uuid().as_bytes(), input.address);
    let account = db::write!(db, async |tx| {
        if let Err(wait) = attempt.charge(tx, ctx.now()).await? {
            return Err(ChangePasswordError::Wait { wait });
        }
        let account = store::account(tx, session.account).await?;
        account.ok_or(ChangePasswordError::NoSession)
    })?;
    if !password::verify(gate, &input.current, Some(&account.password_hash)).await? {
        db::write!(db, async |tx| {
            attempt.failed(tx, ctx.now()).await?;
            Ok::<_, ChangePasswordError>(())
        })?;
        return Err(ChangePasswordError::WrongCurrent);
    }
    // from here on nothing was guessed
    db::write!(db, async |tx| {
        attempt.passed(tx, ctx.now()).await?;
        Ok::<_, ChangePasswordError>(())
    })?;
    password::check(&input.new, &account.personal()).map_err(ChangePasswordError::Password)?;
    if password::verify(gate, &input.new, Some(&account.password_hash)).await? {
        return Err(ChangePasswordError::Password(PasswordProblem::Unchanged));
    }
    let hash = password::hash(gate, ctx, &input.new).await?;
    db::write!(db, async |tx| {
        let begun = session::begun(tx, session.key, ctx.now()).await?;
        begun
            .filter(|b| b.account == account.id && b.stage != Stage::Totp)
            .ok_or(ChangePasswordError::NoSession)?;
        if !store::set_password(tx, account.id, &account.password_hash, &hash, false).await? {
            return Err(ChangePasswordError::WrongCurrent);
        }
        let ended = session::close_all(tx, account.id).await?;
        let token = session::open(tx, ctx, gate.config(), account.id, Stage::Full, None).await?;
        let detail = serde_json::json!({ "sessions": ended });
        note(tx, ctx, &account, "access.change_password", detail).await?;
        Ok(SignedIn::new(token, Stage::Full, &account))
    })
}
