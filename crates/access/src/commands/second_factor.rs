use std::net::IpAddr;
use std::time::Duration;

use db::{Db, Tx, args, sql};
use kernel::{AccountId, Ctx};

use super::{SignedIn, note};
use crate::factor::{self, FactorError};
use crate::gate::Gate;
use crate::model::Stage;
use crate::password;
use crate::secret::Issued;
use crate::session::{self, SessionView};
use crate::store::{self, Account};
use crate::throttle::Attempt;
use crate::totp::{self, Verdict};

/// A second factor that is being set up: shown to its owner until a code confirms it.
#[derive(Clone)]
pub struct Enrolment {
    /// Base32, for typing into an authenticator.
    pub secret: String,
    /// `otpauth://…`, for a QR code.
    pub url: String,
}

/// Why a second factor is not set up, or not removed.
#[derive(Debug, thiserror::Error)]
pub enum FactorChangeError {
    /// The session has ended or is not complete.
    #[error("no session")]
    NoSession,
    /// There is one already.
    #[error("a second factor is set up")]
    AlreadyOn,
    /// There is none, or none is being set up.
    #[error("no second factor")]
    NotOn,
    /// The password is wrong.
    #[error("the password is wrong")]
    WrongPassword,
    /// The code is wrong; see [`super::SecondFactorError::Wrong`].
    #[error("wrong code")]
    WrongCode {
        /// Minutes by which the telephone seems to be ahead.
        skew_minutes: Option<i64>,
    },
    /// The code has been used.
    #[error("this code has been used")]
    UsedCode,
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

impl From<FactorError> for FactorChangeError {
    fn from(error: FactorError) -> Self {
        match error {
            FactorError::Wrong { skew_minutes } => Self::WrongCode { skew_minutes },
            FactorError::Used => Self::UsedCode,
            FactorError::Internal(error) => Self::Internal(error),
        }
    }
}

/// The account of a complete session that still lives.
async fn owner(tx: &mut Tx, ctx: &Ctx, session: &SessionView) -> Result<Account, FactorChangeError> {
    let begun = session::begun(tx, session.key, ctx.now()).await?;
    let begun = begun
        .filter(|b| b.stage == Stage::Full && b.account == session.account)
        .ok_or(FactorChangeError::NoSession)?;
    let account = store::account(tx, begun.account).await?;
    account.ok_or(FactorChangeError::NoSession)
}

/// Begins to set up a second factor. Doing it again shows the same secret, until it is confirmed.
pub async fn begin_totp(
    db: &Db,
    ctx: &Ctx,
    gate: &Gate,
    session: &SessionView,
) -> Result<Enrolment, FactorChangeError> {
    db::write!(db, async |tx| {
        let account = owner(tx, ctx, session).await?;
        if account.totp_secret.is_some() {
            return Err(FactorChangeError::AlreadyOn);
        }
        let secret = match account.totp_pending {
            Some(ref pending) => pending.clone(),
            None => {
                let secret = totp::new_secret(ctx);
                tx.exec(
                    sql!("UPDATE account SET totp_pending = $2 WHERE id = $1"),
                    args![account.id, &secret],
                )
                .await?;
                note(tx, ctx, &account, "access.begin_totp", serde_json::json!({})).await?;
                secret
            }
        };
        let url = totp::url(&secret, &gate.config().issuer, &account.label).ok_or(FactorChangeError::NotOn)?;
        Ok(Enrolment { secret, url })
    })
}

/// A second factor is set up.
#[derive(Debug, Clone)]
pub struct TotpConfirmed {
    /// Ten codes for the day on which the telephone is lost; shown once.
    pub recovery_codes: Vec<Issued>,
    /// All sessions have ended but this new one.
    pub signed_in: SignedIn,
}

/// Confirms the second factor by a first code.
pub async fn confirm_totp(
    db: &Db,
    ctx: &Ctx,
    gate: &Gate,
    session: &SessionView,
    code: &str,
) -> Result<TotpConfirmed, FactorChangeError> {
    db::write!(db, async |tx| {
        let account = owner(tx, ctx, session).await?;
        if account.totp_secret.is_some() {
            return Err(FactorChangeError::AlreadyOn);
        }
        let pending = account.totp_pending.clone().ok_or(FactorChangeError::NotOn)?;
        let step = match totp::judge(&pending, code, ctx.now(), 0) {
            Verdict::Fresh(step) => step,
            Verdict::Used => return Err(FactorChangeError::UsedCode),
            Verdict::Wrong(skew_minutes) => return Err(FactorChangeError::WrongCode { skew_minutes }),
        };
        store::set_totp(tx, account.id, Some(&pending), step).await?;
        let recovery_codes = factor::new_recovery_codes(tx, ctx, account.id).await?;
        let signed_in = renew(tx, ctx, gate, &account).await?;
        note(tx, ctx, &account, "access.confirm_totp", serde_json::json!({})).await?;
        Ok(TotpConfirmed {
            recovery_codes,
            signed_in,
        })
    })
}

/// What the page for removing sends.
#[derive(Clone)]
pub struct RemoveTotp {
    /// The password.
    pub password: String,
    /// A code, or a recovery code.
    pub code: String,
    /// Where the request comes from.
    pub address: IpAddr,
}

/// Removes the second factor. All sessions end but the new one of the answer.
pub async fn remove_totp(
    db: &Db,
    ctx: &Ctx,
    gate: &Gate,
    session: &SessionView,
    input: RemoveTotp,
) -> Result<SignedIn, FactorChangeError> {
    let attempt = proven(db, ctx, gate, session, &input).await?;
    let done = db::write!(db, async |tx| {
        let account = owner(tx, ctx, session).await?;
        let by = factor::accept(tx, ctx, &account, &input.code).await?;
        store::set_totp(tx, account.id, None, account.totp_last_step).await?;
        attempt.passed(tx, ctx.now()).await?;
        let signed_in = renew(tx, ctx, gate, &account).await?;
        note(tx, ctx, &account, "access.remove_totp", serde_json::json!({ "by": by })).await?;
        Ok(signed_in)
    });
    counted(db, ctx, &attempt, done).await
}

/// Gives ten new recovery codes in place of those that are left.
pub async fn renew_recovery_codes(
    db: &Db,
    ctx: &Ctx,
    gate: &Gate,
    session: &SessionView,
    input: RemoveTotp,
) -> Result<Vec<Issued>, FactorChangeError> {
    let attempt = proven(db, ctx, gate, session, &input).await?;
    let done = db::write!(db, async |tx| {
        let account = owner(tx, ctx, session).await?;
        factor::accept(tx, ctx, &account, &input.code).await?;
        attempt.passed(tx, ctx.now()).await?;
        let codes = factor::new_recovery_codes(tx, ctx, account.id).await?;
        note(tx, ctx, &account, "access.renew_recovery_codes", serde_json::json!({})).await?;
        Ok(codes)
    });
    counted(db, ctx, &attempt, done).await
}

/// How many recovery codes an account has left.
pub async fn recovery_codes_left(tx: &mut Tx, account: AccountId) -> db::Result<i64> {
    factor::recovery_codes_left(tx, account).await
}

/// Counts the attempt and checks the password.
async fn proven(
    db: &Db,
    ctx: &Ctx,
    gate: &Gate,
    session: &SessionView,
    input: &RemoveTotp,
) -> Result<Attempt, FactorChangeError> {
    let attempt = Attempt::new("code", session.account.uuid().as_bytes(), input.address);
    let account = db::write!(db, async |tx| {
        let account = owner(tx, ctx, session).await?;
        if account.totp_secret.is_none() {
            return Err(FactorChangeError::NotOn);
        }
        match attempt.charge(tx, ctx.now()).await? {
            Ok(()) => Ok(account),
            Err(wait) => Err(FactorChangeError::Wait { wait }),
        }
    })?;
    let right = password::verify(gate, &input.password, Some(&account.password_hash)).await?;
    let checked = if right {
        Ok(attempt.clone())
    } else {
        Err(FactorChangeError::WrongPassword)
    };
    counted(db, ctx, &attempt, checked).await
}

/// Notes a wrong password or code for the network, outside the transaction that it undid.
async fn counted<T>(
    db: &Db,
    ctx: &Ctx,
    attempt: &Attempt,
    done: Result<T, FactorChangeError>,
) -> Result<T, FactorChangeError> {
    use FactorChangeError::{UsedCode, WrongCode, WrongPassword};
    if matches!(done, Err(WrongPassword | WrongCode { .. } | UsedCode)) {
        db::write!(db, async |tx| {
            attempt.failed(tx, ctx.now()).await?;
            Ok::<_, FactorChangeError>(())
        })?;
    }
    done
}

/// Ends all sessions of the account and opens a new one.
async fn renew(tx: &mut Tx, ctx: &Ctx, gate: &Gate, account: &Account) -> db::Result<SignedIn> {
    session::close_all(tx, account.id).await?;
    let token = session::open(tx, ctx, gate.config(), account.id, Stage::Full, None).await?;
    Ok(SignedIn::new(token, Stage::Full, account))
}
