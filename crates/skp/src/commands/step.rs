use audit::Entry;
use db::Tx;
use kernel::{Ctx, SkpId, TextError};
use policy::{Action, Actor, Kind, Permit};
use serde_json::json;

use crate::access::{self, AccessError};
use crate::model::{Finding, Moved, Status, Step, WrongState};
use crate::queries::{self, Detail};
use crate::store::{self, SkpRow};

/// A step with an SKP as a whole.
#[derive(Debug, Clone, Copy)]
pub struct StepInput {
    /// Which SKP.
    pub skp: SkpId,
    /// The version that the page showed.
    pub version: i64,
}

/// A step that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stepped {
    /// The state from now on.
    pub status: Status,
    /// The version from now on.
    pub version: i64,
    /// It was there before; nothing was written.
    pub already: bool,
}

/// Why a step was refused.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// There is no such SKP.
    #[error("not found")]
    NotFound,
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] policy::Denied),
    /// Somebody else has changed it; here is how it stands now.
    #[error("changed by somebody else")]
    Stale(Box<Detail>),
    /// The step does not lead out of this state.
    #[error(transparent)]
    WrongState(#[from] WrongState),
    /// Something is missing. Only findings that block.
    #[error("{} things are missing", .0.len())]
    Incomplete(Vec<Finding>),
    /// The remark is missing or cannot be kept.
    #[error("remark: {0}")]
    Remark(#[from] TextError),
    /// Nobody decides on their own plan.
    #[error("own plan")]
    OwnPlan,
    /// The record of the owner or the assessor is incomplete on that day.
    #[error("no identity of a party on that day")]
    NoIdentity,
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

impl From<AccessError> for StepError {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::NotFound => Self::NotFound,
            AccessError::Denied(denied) => Self::Denied(denied),
            AccessError::Internal(error) => Self::Internal(error),
        }
    }
}

/// An SKP on its way to another state.
pub(super) struct Moving {
    pub skp: SkpRow,
    pub to: Status,
    pub permit: Permit,
}

/// Either on its way, or there already.
pub(super) enum Opened {
    Moving(Box<Moving>),
    Already(Stepped),
}

/// Opens an SKP for a step: permit, then the state, then the version. A step that was taken already is answered before
/// the version is compared, so that a second tap on the same button is harmless.
pub(super) async fn open(
    tx: &mut Tx,
    actor: &Actor,
    action: Action,
    step: Step,
    input: StepInput,
) -> Result<Opened, StepError> {
    let (skp, permit) = access::open(tx, actor, action, Kind::Skp, input.skp).await?;
    let to = match skp.status.after(step)? {
        Moved::Already => {
            return Ok(Opened::Already(Stepped {
                status: skp.status,
                version: skp.version,
                already: true,
            }));
        }
        Moved::To(to) => to,
    };
    if skp.version != input.version {
        let now = queries::detail(tx, skp.id).await?.ok_or(StepError::NotFound)?;
        return Err(StepError::Stale(Box::new(now)));
    }
    Ok(Opened::Moving(Box::new(Moving { skp, to, permit })))
}

/// Writes the step, its line of history and its line of the trail.
pub(super) async fn finish(
    tx: &mut Tx,
    ctx: &Ctx,
    actor: &Actor,
    verb: &'static str,
    moving: &Moving,
    after: &SkpRow,
    remark: &str,
) -> db::Result<Stepped> {
    let version = store::move_to(tx, ctx, &moving.skp, after, actor.person, remark).await?;
    let entry = Entry {
        verb,
        kind: Kind::Skp,
        subject: after.id.uuid(),
        detail: json!({
            "before": moving.skp.status.to_string(),
            "after": after.status.to_string(),
            "remark": remark,
        }),
    };
    audit::record(tx, ctx, &moving.permit, entry).await?;
    Ok(Stepped {
        status: after.status,
        version,
        already: false,
    })
}
