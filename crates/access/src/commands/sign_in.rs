use std::net::IpAddr;
use std::time::Duration;

use db::Db;
use kernel::{AccountId, AgencyId, Code, Ctx};

use super::note;
use crate::factor::{self, FactorError};
use crate::gate::Gate;
use crate::login::Login;
use crate::model::{Language, Stage};
use crate::password;
use crate::session::{self, SessionToken};
use crate::store::{self, Account};
use crate::throttle::{self, Attempt};

/// What the sign-in page sends.
#[derive(Clone)]
pub struct SignIn {
    /// NIP as people write it (spaces welcome), or an e-mail address.
    pub login: String,
    /// The password.
    pub password: String,
    /// Where the request comes from (the real client, behind a trusted proxy).
    pub address: IpAddr,
    /// The token that the browser had before, if any: it dies.
    pub replaces: Option<String>,
}

/// A session was opened, or brought one stage further. The token is a new one each time.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// For the cookie.
    pub token: SessionToken,
    /// What comes next.
    pub stage: Stage,
    /// The account.
    pub account: AccountId,
    /// Its agency.
    pub agency: AgencyId,
    /// Language of pages.
    pub language: Language,
}

/// Why signing in failed.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Login or password is wrong, or there is no such account, or it is disabled: all the same to the outside.
    #[error("login or password is wrong")]
    Wrong,
    /// Too many failures from this address; try again after `wait`.
    #[error("too many attempts")]
    Wait {
        /// From now.
        wait: Duration,
    },
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Opens a session. Where the same login is known to several agencies, the password decides; where it fits several,
/// the oldest account is meant.
///
/// Unknown logins, disabled accounts and wrong passwords cost the same work and get the same answer (T22).
pub async fn sign_in(db: &Db, ctx: &Ctx, gate: &Gate, input: SignIn) -> Result<SignedIn, SignInError> {
    let login = Login::read(&input.login);
    let attempt = Attempt::new("sign-in", login.key().as_bytes(), input.address);
    let candidates = db::write!(db, async |tx| {
        let now = ctx.now();
        if let Err(wait) = attempt.charge(tx, now).await? {
            return Err(SignInError::Wait { wait });
        }
        Ok(store::candidates(tx, &login, now).await?)
    })?;
    let Some(account) = first_match(gate, &input.password, candidates).await? else {
        return wrong(db, ctx, &attempt).await;
    };
    let signed_in = db::write!(db, async |tx| {
        // it may have been disabled, or its password changed, while the password was being checked
        let Some(account) = store::account(tx, account.id)
            .await?
            .filter(|a| a.disabled_at.is_none() && a.password_hash == account.password_hash)
        else {
            return Err(SignInError::Wrong);
        };
        if let Some(old) = input.replaces.as_deref().and_then(session::key_of) {
            session::close(tx, old).await?;
        }
        attempt.passed(tx, ctx.now()).await?;
        let stage = if account.totp_secret.is_some() {
            Stage::Totp
        } else {
            throttle::know(tx, attempt.network_key(), ctx.now()).await?;
            complete_stage(&account)
        };
        let waiting = (stage == Stage::Totp).then(|| attempt.network_key());
        let token = session::open(tx, ctx, gate.config(), account.id, stage, waiting).await?;
        note(
            tx,
            ctx,
            &account,
            "access.sign_in",
            serde_json::json!({ "stage": stage.code() }),
        )
        .await?;
        Ok(SignedIn::new(token, stage, &account))
    });
    match signed_in {
        Err(SignInError::Wrong) => wrong(db, ctx, &attempt).await,
        other => other,
    }
}

/// The first account to which the password belongs. All are tried at the same time, and one hash is computed where
/// there is none.
async fn first_match(gate: &Gate, password: &str, mut candidates: Vec<Account>) -> db::Result<Option<Account>> {
    if candidates.is_empty() {
        password::verify(gate, password, None).await?;
        return Ok(None);
    }
    let tried = candidates
        .iter()
        .map(|account| password::verify(gate, password, Some(&account.password_hash)));
    let matches = futures_util::future::join_all(tried).await;
    for (n, matched) in matches.into_iter().enumerate() {
        if matched? {
            return Ok(Some(candidates.swap_remove(n)));
        }
    }
    Ok(None)
}

async fn wrong(db: &Db, ctx: &Ctx, attempt: &Attempt) -> Result<SignedIn, SignInError> {
    db::write!(db, async |tx| {
        attempt.failed(tx, ctx.now()).await?;
        Ok::<_, SignInError>(())
    })?;
    Err(SignInError::Wrong)
}

/// The stage after password and second factor.
fn complete_stage(account: &Account) -> Stage {
    if account.must_change {
        Stage::Change
    } else {
        Stage::Full
    }
}

impl SignedIn {
    pub(crate) fn new(token: SessionToken, stage: Stage, account: &Account) -> Self {
        Self {
            token,
            stage,
            account: account.id,
            agency: account.agency,
            language: account.language,
        }
    }
}

/// What the page for the second factor sends.
#[derive(Clone)]
pub struct SecondFactor {
    /// Token of the session in stage TOTP.
    pub token: String,
    /// Six digits of the authenticator, or a recovery code.
    pub code: String,
    /// Where the request comes from.
    pub address: IpAddr,
}

/// Why the second factor was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum SecondFactorError {
    /// There is no session that waits for a code.
    #[error("no session waits for a code")]
    NoSession,
    /// Not the code. `skew_minutes` is set when it would be right on a clock that goes wrong by so many minutes
    /// (positive: the telephone is ahead), so that the page can say so (U18).
    #[error("wrong code")]
    Wrong {
        /// Minutes by which the telephone seems to be wrong.
        skew_minutes: Option<i64>,
    },
    /// The code was right but has been used.
    #[error("this code has been used")]
    Used,
    /// Too many failures; try again after `wait`.
    #[error("too many attempts")]
    Wait {
        /// From now.
        wait: Duration,
    },
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Brings a session past its second factor, with a code of the authenticator or a recovery code. Each passes once,
/// also when sent twice at the same moment.
pub async fn second_factor(
    db: &Db,
    ctx: &Ctx,
    gate: &Gate,
    input: SecondFactor,
) -> Result<SignedIn, SecondFactorError> {
    let key = session::key_of(&input.token).ok_or(SecondFactorError::NoSession)?;
    // the attempt is counted in a transaction of its own, because a wrong code undoes the next one
    let attempt = db::write!(db, async |tx| {
        let begun = session::begun(tx, key, ctx.now()).await?;
        let begun = begun
            .filter(|b| b.stage == Stage::Totp)
            .ok_or(SecondFactorError::NoSession)?;
        let attempt = Attempt::new("code", begun.account.uuid().as_bytes(), input.address);
        match attempt.charge(tx, ctx.now()).await? {
            Ok(()) => Ok(attempt),
            Err(wait) => Err(SecondFactorError::Wait { wait }),
        }
    })?;
    let done = db::write!(db, async |tx| {
        let begun = session::begun(tx, key, ctx.now()).await?;
        let begun = begun
            .filter(|b| b.stage == Stage::Totp)
            .ok_or(SecondFactorError::NoSession)?;
        let account = store::account(tx, begun.account)
            .await?
            .ok_or(SecondFactorError::NoSession)?;
        let by = factor::accept(tx, ctx, &account, &input.code).await?;
        session::close(tx, key).await?;
        attempt.passed(tx, ctx.now()).await?;
        throttle::know(tx, attempt.network_key(), ctx.now()).await?;
        if let Some(network_key) = &begun.network_key {
            throttle::know(tx, network_key, ctx.now()).await?;
        }
        let stage = complete_stage(&account);
        let token = session::open(tx, ctx, gate.config(), account.id, stage, None).await?;
        note(
            tx,
            ctx,
            &account,
            "access.second_factor",
            serde_json::json!({ "by": by }),
        )
        .await?;
        Ok(SignedIn::new(token, stage, &account))
    });
    if matches!(done, Err(SecondFactorError::Wrong { .. } | SecondFactorError::Used)) {
        db::write!(db, async |tx| {
            attempt.failed(tx, ctx.now()).await?;
            Ok::<_, SecondFactorError>(())
        })?;
    }
    done
}

impl From<FactorError> for SecondFactorError {
    fn from(error: FactorError) -> Self {
        match error {
            FactorError::Wrong { skew_minutes } => Self::Wrong { skew_minutes },
            FactorError::Used => Self::Used,
            FactorError::Internal(error) => Self::Internal(error),
        }
    }
}
