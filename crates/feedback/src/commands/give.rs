use audit::Entry;
use db::{Db, Tx};
use kernel::{Ctx, FeedbackId, Instant, Period, SkpId, TextError, paragraph};
use policy::{Actor, Denied, Kind};
use serde_json::json;
use skp::SkpRow;
use skp::access::AccessError;

use crate::model::{GiverRole, TEXT_MAX, Tone, Topic};
use crate::store::{self, FeedbackRow};
use crate::{access, queries};

/// A remark as the form sends it.
#[derive(Debug, Clone)]
pub struct GiveInput {
    /// The approved SKP.
    pub skp: SkpId,
    /// What it is about.
    pub topic: Topic,
    /// The period on whose evaluation it is printed; it must have begun.
    pub period: Period,
    /// Tone.
    pub tone: Tone,
    /// The remark.
    pub text: String,
    /// One-time key of the form: a second tap or a retry gives one remark (U24).
    pub submit_key: String,
}

/// A remark that is on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// Which.
    pub id: FeedbackId,
    /// When it was saved.
    pub saved_at: Instant,
    /// It was saved before; nothing was written.
    pub already: bool,
}

/// Why a remark was refused.
#[derive(Debug, thiserror::Error)]
pub enum GiveError {
    /// There is no such SKP, or the RHK belongs to another.
    #[error("not found")]
    NotFound,
    /// The actor is neither the superior nor the superior's superior; nobody gives feedback to themselves.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The SKP is not approved.
    #[error("the plan is not approved")]
    NotApproved,
    /// The period has not begun, or lies outside the SKP.
    #[error("the period has not begun or lies outside the plan")]
    PeriodOutside,
    /// The evaluation of the period is final.
    #[error("the evaluation of the period is final")]
    PeriodLocked,
    /// The text is missing or cannot be kept.
    #[error("text: {0}")]
    Text(#[from] TextError),
    /// The one-time key is not one that our forms make.
    #[error("the form's key is malformed")]
    Key,
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

impl From<AccessError> for GiveError {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::NotFound => Self::NotFound,
            AccessError::Denied(denied) => Self::Denied(denied),
            AccessError::Internal(error) => Self::Internal(error),
        }
    }
}

/// Gives feedback on an RHK or a value. The owner of the SKP sees it at once.
pub async fn give(db: &Db, ctx: &Ctx, actor: &Actor, input: GiveInput) -> Result<Given, GiveError> {
    let giver = actor.person.ok_or(Denied::Refused)?;
    if !journal::model::is_submit_key(&input.submit_key) {
        return Err(GiveError::Key);
    }
    db::write!(db, async |tx| {
        let (skp, permit) = access::rate(tx, actor, input.skp).await?;
        if let Some(before) = queries::by_key(tx, actor.agency, giver, &input.submit_key).await? {
            return Ok(Given {
                id: before.id,
                saved_at: before.created_at,
                already: true,
            });
        }
        open_period(tx, ctx, &skp, input.period).await?;
        if let Topic::Rhk(rhk) = input.topic {
            let belongs = skp::queries::of_rhk(tx, rhk).await?.is_some_and(|s| s.id == skp.id);
            if !belongs {
                return Err(GiveError::NotFound);
            }
        }
        let row = FeedbackRow {
            id: ctx.new_id(),
            agency_id: skp.agency_id,
            skp_id: skp.id,
            topic: input.topic,
            giver_id: giver,
            giver_role: match permit.reason() {
                "superior-above" => GiverRole::AtasanDariAtasan,
                _ => GiverRole::Atasan,
            },
            year: skp.year,
            period: input.period,
            tone: input.tone,
            text: paragraph(&input.text, TEXT_MAX)?,
            submit_key: input.submit_key.clone(),
            created_at: ctx.now(),
        };
        store::insert(tx, std::slice::from_ref(&row)).await?;
        let (rhk, value_no) = row.topic.columns();
        let entry = Entry {
            verb: "feedback.give",
            kind: Kind::Feedback,
            subject: row.id.uuid(),
            detail: json!({ "after": {
                "skp": row.skp_id,
                "rhk": rhk,
                "value": value_no,
                "period": row.period.to_string(),
                "tone": row.tone.to_string(),
                "text": row.text,
            } }),
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok(Given {
            id: row.id,
            saved_at: row.created_at,
            already: false,
        })
    })
}

/// May feedback be given for this period of an SKP now?
async fn open_period(tx: &mut Tx, ctx: &Ctx, skp: &SkpRow, period: Period) -> Result<(), GiveError> {
    if !skp.status.carries_work() {
        return Err(GiveError::NotApproved);
    }
    let today = skp::queries::today(tx, ctx, skp.agency_id).await?;
    let is_within = period
        .days(skp.year)
        .is_ok_and(|(first, last)| first <= today && first <= skp.period_end && last >= skp.period_start);
    if !is_within {
        return Err(GiveError::PeriodOutside);
    }
    match journal::queries::is_locked(tx, skp.id, skp.year, period).await? {
        true => Err(GiveError::PeriodLocked),
        false => Ok(()),
    }
}
