use db::Db;
use jiff::civil::Date;
use kernel::{Ctx, TextError, paragraph};
use policy::{Action, Actor};

use super::step::{Opened, StepError, StepInput, Stepped, finish, open};
use crate::model::{REMARK_MAX, Step};
use crate::store::SkpRow;

/// An SKP to be ended.
#[derive(Debug, Clone)]
pub struct CloseInput {
    /// Which, as the page showed it.
    pub step: StepInput,
    /// The last day in the position, within the SKP's period.
    pub last_day: Date,
    /// Why, may be empty.
    pub remark: String,
}

/// Why an SKP was not ended.
#[derive(Debug, thiserror::Error)]
pub enum CloseError {
    /// As any step.
    #[error(transparent)]
    Step(#[from] StepError),
    /// The last day does not lie in its period.
    #[error("the last day does not lie in its period")]
    OutOfPeriod,
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Ends an approved SKP: mutation, retirement, end of the year (performance-cycle 4.8). Its period ends on the last day
/// in the position, and what was done until then can still be recorded and evaluated.
pub async fn close(db: &Db, ctx: &Ctx, actor: &Actor, input: CloseInput) -> Result<Stepped, CloseError> {
    db::write!(db, async |tx| {
        let moving = match open(tx, actor, Action::Decide, Step::Tutup, input.step).await? {
            Opened::Moving(moving) => moving,
            Opened::Already(stepped) => return Ok(stepped),
        };
        if input.last_day < moving.skp.period_start || input.last_day > moving.skp.period_end {
            return Err(CloseError::OutOfPeriod);
        }
        let remark = match paragraph(&input.remark, REMARK_MAX) {
            Err(TextError::Empty) => String::new(),
            other => other.map_err(StepError::from)?,
        };
        let after = SkpRow {
            status: moving.to,
            period_end: input.last_day,
            ..moving.skp.clone()
        };
        Ok(finish(tx, ctx, actor, "skp.close", &moving, &after, &remark).await?)
    })
}
