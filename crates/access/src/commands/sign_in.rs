use std::net::IpAddr;
use std::time::Duration;

use db::Db;
use kernel::{AccountId, AgencyId, Ctx};

use crate::gate::Gate;
use crate::model::{Language, Stage};
use crate::session::SessionToken;

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

/// Opens a session.
pub async fn sign_in(_db: &Db, _ctx: &Ctx, _gate: &Gate, _input: SignIn) -> Result<SignedIn, SignInError> {
    Err(SignInError::Wrong)
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

/// Brings a session past its second factor.
pub async fn second_factor(
    _db: &Db,
    _ctx: &Ctx,
    _gate: &Gate,
    _input: SecondFactor,
) -> Result<SignedIn, SecondFactorError> {
    Err(SecondFactorError::NoSession)
}
