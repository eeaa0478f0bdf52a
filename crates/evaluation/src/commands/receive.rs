use db::{Db, Tx, args, sql};
use jiff::civil::Date;
use kernel::{Ctx, EvaluationId, Instant};
use org::settings::{self, Key};
use policy::{Action, Actor, Denied, Kind};
use regulation::objection;
use serde_json::json;

use crate::access::{Shut, open};
use crate::model::Status;
use crate::store;

/// What stands after the employee has read the evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received {
    /// When it was first read.
    pub at: Instant,
    /// Last day for an objection, in the agency's zone; ends at 23.59.
    pub objection_until: Option<Date>,
}

/// Why an evaluation was not received.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// Not this actor: only the employee receives it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The evaluation does not exist.
    #[error("the evaluation does not exist")]
    NotFound,
    /// It is not final yet.
    #[error("the evaluation is not final")]
    NotFinal,
    /// The database.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

impl From<Shut> for ReceiveError {
    fn from(shut: Shut) -> Self {
        match shut {
            Shut::NotFound => Self::NotFound,
            Shut::Denied(denied) => Self::Denied(denied),
            Shut::Internal(error) => Self::Internal(error),
        }
    }
}

/// "Saya sudah membaca": the evaluation counts as received today, and the days for an objection begin tomorrow
/// (PP 30/2019 Pasal 59). A second time changes nothing. The version stays, so that what was printed before stays valid.
pub async fn receive(db: &Db, ctx: &Ctx, actor: &Actor, id: EvaluationId) -> Result<Received, ReceiveError> {
    db::write!(db, async |tx| inside(tx, ctx, actor, id).await)
}

async fn inside(tx: &mut Tx, ctx: &Ctx, actor: &Actor, id: EvaluationId) -> Result<Received, ReceiveError> {
    let (row, permit) = open(tx, actor, Action::Acknowledge, id).await?;
    if row.status.is_open() {
        return Err(ReceiveError::NotFinal);
    }
    if let Some(at) = row.received_at {
        return Ok(Received {
            at,
            objection_until: row.objection_until,
        });
    }
    let now = ctx.now();
    let today = skp::queries::today(tx, ctx, actor.agency).await?;
    let days = settings::value(tx, actor.agency, Key::ObjectionDays, today)
        .await?
        .number();
    let until = objection::deadline(today, u16::try_from(days).unwrap_or(objection::DAYS));
    tx.exec(
        sql!(
            "UPDATE evaluation SET status = $1, received_at = $2, acknowledged_at = $3, objection_until = $4 \
             WHERE id = $5"
        ),
        args![Status::Diterima, now, now, until, id],
    )
    .await?;
    store::event(tx, ctx, id, actor.person, "TERIMA", "").await?;
    let entry = audit::Entry {
        verb: "evaluation.receive",
        kind: Kind::Evaluation,
        subject: id.uuid(),
        detail: json!({ "objection_until": until.map(|d| d.to_string()) }),
    };
    audit::record(tx, ctx, &permit, entry).await?;
    Ok(Received {
        at: now,
        objection_until: until,
    })
}
