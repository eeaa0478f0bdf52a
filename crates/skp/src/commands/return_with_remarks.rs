use db::Db;
use kernel::{Ctx, paragraph};
use policy::{Action, Actor};

use super::step::{Opened, StepError, StepInput, Stepped, finish, open};
use crate::model::{REMARK_MAX, Step};
use crate::store::SkpRow;

/// An SKP to be returned.
#[derive(Debug, Clone)]
pub struct ReturnInput {
    /// Which, as the page showed it.
    pub step: StepInput,
    /// What should be changed; must not be empty.
    pub remark: String,
}

/// Gives an SKP back to its owner with remarks.
pub async fn return_with_remarks(db: &Db, ctx: &Ctx, actor: &Actor, input: ReturnInput) -> Result<Stepped, StepError> {
    db::write!(db, async |tx| {
        let moving = match open(tx, actor, Action::Decide, Step::Kembalikan, input.step).await? {
            Opened::Moving(moving) => moving,
            Opened::Already(stepped) => return Ok(stepped),
        };
        let remark = paragraph(&input.remark, REMARK_MAX)?;
        let after = SkpRow {
            status: moving.to,
            decided_at: Some(ctx.now()),
            ..moving.skp.clone()
        };
        Ok::<_, StepError>(finish(tx, ctx, actor, "skp.return", &moving, &after, &remark).await?)
    })
}
