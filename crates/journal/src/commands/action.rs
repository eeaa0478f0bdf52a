use audit::Entry;
use db::Db;
use kernel::{ActionPlanId, Ctx, Period, RhkId, TextError, line};
use policy::{Actor, Denied, Kind};
use serde_json::json;
use skp::access::AccessError;

use super::{PeriodBroken, open_period, optional};
use crate::model::{PLAN_COUNT, PLAN_MAX, Reached, TARGET_MAX};
use crate::store::{self, ActionRow, rows};
use crate::{access, queries};

/// One line of an action plan as the form sends it.
#[derive(Debug, Clone)]
pub struct ActionInput {
    /// Which line, with the version that the page showed; none for a new one.
    pub line: Option<(ActionPlanId, i64)>,
    /// The RHK that it serves.
    pub rhk: RhkId,
    /// The period. A line keeps the one that it was made for.
    pub period: Period,
    /// What shall be done.
    pub text: String,
    /// What shall be reached, in words; may be empty.
    pub target_text: String,
}

/// A line to be taken out.
#[derive(Debug, Clone, Copy)]
pub struct RemoveActionInput {
    /// Which line.
    pub id: ActionPlanId,
    /// The version that the page showed.
    pub version: i64,
}

/// How far a line was reached.
#[derive(Debug, Clone, Copy)]
pub struct MarkInput {
    /// Which line.
    pub id: ActionPlanId,
    /// The version that the page showed.
    pub version: i64,
    /// How far; none to open it again.
    pub reached: Option<Reached>,
}

/// A line that is on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActionSaved {
    /// Which line.
    pub id: ActionPlanId,
    /// Its version from now on.
    pub version: i64,
}

/// Why a line was refused.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// There is no such line or RHK, or the RHK belongs to another SKP.
    #[error("not found")]
    NotFound,
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Changed in another window; here is how it stands now.
    #[error("changed meanwhile")]
    Stale(Box<ActionRow>),
    /// Nothing may be recorded for the period.
    #[error(transparent)]
    Period(#[from] PeriodBroken),
    /// The text is missing or cannot be kept.
    #[error("text: {0}")]
    Text(#[from] TextError),
    /// The target cannot be kept.
    #[error("target: {0}")]
    Target(TextError),
    /// More lines than a plan may hold.
    #[error("more than {0} lines")]
    TooMany(usize),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

impl From<AccessError> for ActionError {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::NotFound => Self::NotFound,
            AccessError::Denied(denied) => Self::Denied(denied),
            AccessError::Internal(error) => Self::Internal(error),
        }
    }
}

/// Saves one line of the action plan of a period. Needs an approved SKP.
pub async fn save_action(db: &Db, ctx: &Ctx, actor: &Actor, input: ActionInput) -> Result<ActionSaved, ActionError> {
    db::write!(db, async |tx| {
        let (skp, permit) = access::edit_by_rhk(tx, actor, input.rhk).await?;
        let before = match input.line {
            Some((id, version)) => {
                let row = queries::action(tx, id)
                    .await?
                    .filter(|a| a.skp_id == skp.id)
                    .ok_or(ActionError::NotFound)?;
                if row.version != version {
                    return Err(ActionError::Stale(Box::new(row)));
                }
                Some(row)
            }
            None => None,
        };
        let period = before.as_ref().map_or(input.period, |b| b.period);
        open_period(&skp, period, &queries::locks(tx, skp.id).await?)?;
        let text = line(&input.text, PLAN_MAX)?;
        let target_text = optional(&input.target_text, TARGET_MAX).map_err(ActionError::Target)?;
        let after = match &before {
            Some(before) => ActionRow {
                rhk_id: input.rhk,
                text,
                target_text,
                version: before.version + 1,
                ..before.clone()
            },
            None => {
                let existing = queries::actions(tx, skp.id, period).await?;
                if existing.len() >= PLAN_COUNT {
                    return Err(ActionError::TooMany(PLAN_COUNT));
                }
                ActionRow {
                    id: ctx.new_id(),
                    agency_id: skp.agency_id,
                    skp_id: skp.id,
                    rhk_id: input.rhk,
                    year: skp.year,
                    period,
                    seq: existing.iter().map(|a| a.seq).max().unwrap_or(0) + 1,
                    text,
                    target_text,
                    reached: None,
                    version: 1,
                }
            }
        };
        match before {
            Some(_) => store::update_action(tx, &after).await?,
            None => rows::actions(tx, std::slice::from_ref(&after)).await?,
        }
        let entry = Entry {
            verb: "journal.save_action",
            kind: Kind::Journal,
            subject: after.id.uuid(),
            detail: json!({ "before": before.as_ref().map(written), "after": written(&after) }),
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok(ActionSaved {
            id: after.id,
            version: after.version,
        })
    })
}

/// Takes a line out of an action plan.
pub async fn remove_action(db: &Db, ctx: &Ctx, actor: &Actor, input: RemoveActionInput) -> Result<(), ActionError> {
    db::write!(db, async |tx| {
        let before = queries::action(tx, input.id).await?.ok_or(ActionError::NotFound)?;
        let (skp, permit) = access::edit(tx, actor, before.skp_id).await?;
        if before.version != input.version {
            return Err(ActionError::Stale(Box::new(before)));
        }
        open_period(&skp, before.period, &queries::locks(tx, skp.id).await?)?;
        store::delete_action(tx, before.id).await?;
        let entry = Entry {
            verb: "journal.remove_action",
            kind: Kind::Journal,
            subject: before.id.uuid(),
            detail: json!({ "before": written(&before) }),
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok(())
    })
}

/// Says how far a line was reached.
pub async fn mark_reached(db: &Db, ctx: &Ctx, actor: &Actor, input: MarkInput) -> Result<ActionSaved, ActionError> {
    db::write!(db, async |tx| {
        let before = queries::action(tx, input.id).await?.ok_or(ActionError::NotFound)?;
        let (skp, permit) = access::edit(tx, actor, before.skp_id).await?;
        if before.reached == input.reached {
            return Ok(ActionSaved {
                id: before.id,
                version: before.version,
            });
        }
        if before.version != input.version {
            return Err(ActionError::Stale(Box::new(before)));
        }
        open_period(&skp, before.period, &queries::locks(tx, skp.id).await?)?;
        let after = ActionRow {
            reached: input.reached,
            version: before.version + 1,
            ..before.clone()
        };
        store::update_action(tx, &after).await?;
        let entry = Entry {
            verb: "journal.mark_reached",
            kind: Kind::Journal,
            subject: after.id.uuid(),
            detail: json!({
                "before": before.reached.map(|r| r.to_string()),
                "after": after.reached.map(|r| r.to_string()),
            }),
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok(ActionSaved {
            id: after.id,
            version: after.version,
        })
    })
}

fn written(row: &ActionRow) -> serde_json::Value {
    json!({
        "rhk": row.rhk_id,
        "period": row.period.to_string(),
        "text": row.text,
        "target": row.target_text,
    })
}
