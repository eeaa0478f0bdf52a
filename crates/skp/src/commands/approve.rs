use db::{Db, Tx};
use jiff::civil::Date;
use kernel::{Ctx, PersonId};
use policy::{Action, Actor};

use super::step::{Opened, StepError, StepInput, Stepped, finish, open};
use crate::model::{Side, Step};
use crate::queries;
use crate::store::{self, PartyRow, SkpRow};

/// Approves an SKP. How both parties are called today is kept, and printed forever after.
pub async fn approve(db: &Db, ctx: &Ctx, actor: &Actor, input: StepInput) -> Result<Stepped, StepError> {
    db::write!(db, async |tx| {
        let moving = match open(tx, actor, Action::Decide, Step::Setujui, input).await? {
            Opened::Moving(moving) => moving,
            Opened::Already(stepped) => return Ok(stepped),
        };
        let assessor = moving.skp.assessor_id.ok_or(StepError::NoIdentity)?;
        if assessor == moving.skp.person_id {
            return Err(StepError::OwnPlan);
        }
        let today = queries::today(tx, ctx, actor.agency).await?;
        let parties = [
            party(tx, &moving.skp, Side::Pegawai, moving.skp.person_id, today).await?,
            party(tx, &moving.skp, Side::Penilai, assessor, today).await?,
        ];
        store::replace_parties(tx, moving.skp.id, &parties).await?;
        let after = SkpRow {
            status: moving.to,
            decided_at: Some(ctx.now()),
            ..moving.skp.clone()
        };
        Ok::<_, StepError>(finish(tx, ctx, actor, "skp.approve", &moving, &after, "").await?)
    })
}

async fn party(tx: &mut Tx, skp: &SkpRow, side: Side, person: PersonId, on: Date) -> Result<PartyRow, StepError> {
    queries::party_on(tx, skp.agency_id, skp.id, side, person, on)
        .await?
        .ok_or(StepError::NoIdentity)
}
