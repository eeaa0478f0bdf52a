use db::Db;
use kernel::Ctx;
use policy::{Action, Actor};

use super::step::{Opened, StepError, StepInput, Stepped, finish, open};
use crate::model::{Plan, Step, check};
use crate::queries;
use crate::store::SkpRow;

/// Hands an SKP to the superior of today. What is missing is answered as findings; hints about writing do not block.
pub async fn submit(db: &Db, ctx: &Ctx, actor: &Actor, input: StepInput) -> Result<Stepped, StepError> {
    db::write!(db, async |tx| {
        let moving = match open(tx, actor, Action::Submit, Step::Ajukan, input).await? {
            Opened::Moving(moving) => moving,
            Opened::Already(stepped) => return Ok(stepped),
        };
        let today = queries::today(tx, ctx, actor.agency).await?;
        let superior = queries::superior_today(tx, actor.agency, moving.skp.person_id, today).await?;
        let mut detail = queries::detail(tx, moving.skp.id).await?.ok_or(StepError::NotFound)?;
        detail.skp.assessor_id = superior;
        let plan = Plan {
            min_utama: queries::min_utama(tx, actor.agency, today).await?,
            ..detail.plan()
        };
        let missing: Vec<_> = check(&plan).into_iter().filter(|f| f.blocks()).collect();
        if !missing.is_empty() {
            return Err(StepError::Incomplete(missing));
        }
        let after = SkpRow {
            status: moving.to,
            assessor_id: superior,
            submitted_at: Some(ctx.now()),
            ..moving.skp.clone()
        };
        Ok::<_, StepError>(finish(tx, ctx, actor, "skp.submit", &moving, &after, "").await?)
    })
}
