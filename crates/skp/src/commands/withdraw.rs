use db::Db;
use kernel::Ctx;
use policy::{Action, Actor};

use super::step::{Opened, StepError, StepInput, Stepped, finish, open};
use crate::model::Step;
use crate::store::SkpRow;

/// Takes an SKP back before the superior has decided.
pub async fn withdraw(db: &Db, ctx: &Ctx, actor: &Actor, input: StepInput) -> Result<Stepped, StepError> {
    db::write!(db, async |tx| {
        let moving = match open(tx, actor, Action::Submit, Step::Tarik, input).await? {
            Opened::Moving(moving) => moving,
            Opened::Already(stepped) => return Ok(stepped),
        };
        let after = SkpRow {
            status: moving.to,
            ..moving.skp.clone()
        };
        Ok::<_, StepError>(finish(tx, ctx, actor, "skp.withdraw", &moving, &after, "").await?)
    })
}
