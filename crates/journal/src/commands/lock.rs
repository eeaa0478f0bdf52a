use db::{Result, Tx};
use kernel::{Ctx, Period, SkpId};

use crate::store::{self, LockRow, rows};

/// Locks a period of an SKP: its entries, action plan, values, evidence and feedback may not change any more. Called by
/// `evaluation` in the transaction that makes the evaluation final, which holds the permit and writes the trail. False
/// when it was locked already.
pub async fn lock_period(tx: &mut Tx, ctx: &Ctx, skp: SkpId, year: i16, period: Period) -> Result<bool> {
    let lock = LockRow {
        skp_id: skp,
        year,
        period,
        locked_at: ctx.now(),
    };
    Ok(rows::locks(tx, &[lock]).await? > 0)
}

/// Opens a period again, when its evaluation is reopened. False when it was open.
pub async fn unlock_period(tx: &mut Tx, skp: SkpId, year: i16, period: Period) -> Result<bool> {
    Ok(store::delete_lock(tx, skp, year, period).await? > 0)
}
