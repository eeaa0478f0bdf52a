//! The second factor of one account: codes and recovery codes that pass once.

use db::{Result, Tx, args, sql};
use kernel::{AccountId, Ctx};

use crate::secret::{self, Issued, digest};
use crate::store::Account;
use crate::totp::{self, Verdict};

/// Why a code does not pass.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FactorError {
    #[error("wrong code")]
    Wrong { skew_minutes: Option<i64> },
    #[error("this code has been used")]
    Used,
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Recovery codes given at once.
const RECOVERY_CODES: usize = 10;

/// Takes `code`, an authenticator's or a recovery code; answers which. An account without a second factor has no right
/// code at all, and the empty code is never right (T20: absent is not equal to absent).
pub(crate) async fn accept(tx: &mut Tx, ctx: &Ctx, account: &Account, code: &str) -> Result<&'static str, FactorError> {
    let wrong = FactorError::Wrong { skew_minutes: None };
    let secret = account.totp_secret.as_deref().ok_or(wrong)?;
    match totp::judge(secret, code, ctx.now(), account.totp_last_step) {
        Verdict::Fresh(step) => {
            remember(tx, account.id, step).await?;
            Ok("code")
        }
        Verdict::Used => Err(FactorError::Used),
        Verdict::Wrong(skew_minutes) => match recover(tx, ctx, account.id, code).await {
            Err(FactorError::Wrong { .. }) => Err(FactorError::Wrong { skew_minutes }),
            Err(error) => Err(error),
            Ok(()) => Ok("recovery-code"),
        },
    }
}

/// Remembers the step, so that its code does not pass again.
async fn remember(tx: &mut Tx, account: AccountId, step: i64) -> Result<(), FactorError> {
    let first = tx
        .exec(
            sql!("UPDATE account SET totp_last_step = $2 WHERE id = $1 AND totp_last_step < $2"),
            args![account, step],
        )
        .await?;
    if first == 1 { Ok(()) } else { Err(FactorError::Used) }
}

async fn recover(tx: &mut Tx, ctx: &Ctx, account: AccountId, code: &str) -> Result<(), FactorError> {
    let wrong = || FactorError::Wrong { skew_minutes: None };
    let hash = recovery_hash(account, &secret::tidy(code).ok_or_else(wrong)?);
    let used: Option<Option<i64>> = tx
        .scalar(
            sql!("SELECT used_at FROM recovery_code WHERE account_id = $1 AND hash = $2"),
            args![account, hash.as_slice()],
        )
        .await?;
    match used {
        None => Err(wrong()),
        Some(Some(_)) => Err(FactorError::Used),
        Some(None) => {
            tx.exec(
                sql!("UPDATE recovery_code SET used_at = $3 WHERE account_id = $1 AND hash = $2"),
                args![account, hash.as_slice(), ctx.now()],
            )
            .await?;
            Ok(())
        }
    }
}

/// Ten new recovery codes in place of all older ones.
pub(crate) async fn new_recovery_codes(tx: &mut Tx, ctx: &Ctx, account: AccountId) -> Result<Vec<Issued>> {
    tx.exec(sql!("DELETE FROM recovery_code WHERE account_id = $1"), args![account])
        .await?;
    let codes: Vec<Issued> = (0..RECOVERY_CODES).map(|_| secret::issue(ctx, 3, 4)).collect();
    let rows: Vec<Vec<db::Value>> = codes
        .iter()
        .map(|code| {
            let tidy = secret::tidy(code.reveal()).unwrap_or_default();
            args![account, recovery_hash(account, &tidy).as_slice()].to_vec()
        })
        .collect();
    tx.exec_many(
        sql!("INSERT INTO recovery_code (account_id, hash) VALUES ($1, $2)"),
        &rows,
    )
    .await?;
    Ok(codes)
}

fn recovery_hash(account: AccountId, tidy: &str) -> [u8; 32] {
    digest(&[b"recovery", account.uuid().as_bytes(), tidy.as_bytes()])
}

/// How many recovery codes are left.
pub(crate) async fn recovery_codes_left(tx: &mut Tx, account: AccountId) -> Result<i64> {
    let left = tx
        .scalar(
            sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM recovery_code WHERE account_id = $1 AND used_at IS NULL"),
            args![account],
        )
        .await?;
    Ok(left.unwrap_or(0))
}
