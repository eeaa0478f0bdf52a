use db::{Db, Tx};
use kernel::{Code, Ctx, EvaluationId};
use policy::{Action, Actor, Denied, Kind};
use regulation::rating::Predikat;
use serde_json::json;

use crate::access::{Shut, open};
use crate::evidence;
use crate::model::{RateProblem, RawRating, Status};
use crate::queries::EvaluationRow;
use crate::store;

/// The two ratings of the pejabat penilai.
#[derive(Debug, Clone)]
pub struct RateInput {
    /// Which evaluation.
    pub evaluation: EvaluationId,
    /// The version the page showed.
    pub version: i64,
    /// What the form says.
    pub rating: RawRating,
    /// Kept for later, unfinished as it may be; the evaluation stays "belum dinilai".
    pub is_draft: bool,
}

/// What was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rated {
    /// The new version.
    pub version: i64,
    /// The predikat that follows, when both ratings are there.
    pub predikat: Option<Predikat>,
}

/// Why ratings were not kept.
#[derive(Debug, thiserror::Error)]
pub enum RateError {
    /// Not this actor: only the pejabat penilai rates.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The evaluation does not exist.
    #[error("the evaluation does not exist")]
    NotFound,
    /// The form breaks rules.
    #[error("the form breaks {} rules", .0.len())]
    Invalid(Vec<RateProblem>),
    /// The head of a unit cannot be rated before the unit's achievement is set.
    #[error("the achievement of the unit is not set")]
    AchievementMissing,
    /// The evaluation is final.
    #[error("the evaluation is final")]
    AlreadyFinal,
    /// Somebody else rated meanwhile; their values.
    #[error("somebody else changed the evaluation")]
    Stale(Box<EvaluationRow>),
    /// The database.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

impl From<Shut> for RateError {
    fn from(shut: Shut) -> Self {
        match shut {
            Shut::NotFound => Self::NotFound,
            Shut::Denied(denied) => Self::Denied(denied),
            Shut::Internal(error) => Self::Internal(error),
        }
    }
}

/// Keeps the two ratings, or a draft of them. The proposal is computed from the evidence of this moment and stored with
/// its inputs beside the decision.
pub async fn rate(db: &Db, ctx: &Ctx, actor: &Actor, input: &RateInput) -> Result<Rated, RateError> {
    db::write!(db, async |tx| inside(tx, ctx, actor, input).await)
}

async fn inside(tx: &mut Tx, ctx: &Ctx, actor: &Actor, input: &RateInput) -> Result<Rated, RateError> {
    let (before, permit) = open(tx, actor, Action::Rate, input.evaluation).await?;
    if before.version != input.version {
        return Err(RateError::Stale(Box::new(before)));
    }
    if !before.status.is_open() {
        return Err(RateError::AlreadyFinal);
    }
    let when = (before.year, before.period);
    let derived = if before.is_head {
        let achievement = store::achievement(tx, actor.agency, before.unit_id, when).await?;
        if achievement.is_none() && !input.is_draft {
            return Err(RateError::AchievementMissing);
        }
        achievement.map(|a| a.achievement.rating_of_head())
    } else {
        None
    };
    let given = input
        .rating
        .check(before.is_head, derived, input.is_draft)
        .map_err(RateError::Invalid)?;
    let views = skp::queries::views(tx, before.skp_id).await?;
    let proposal = evidence::load(tx, &before, &views).await?.proposal(&views);
    let predikat = given.predikat().filter(|_| !input.is_draft);
    let after = EvaluationRow {
        status: if input.is_draft {
            Status::BelumDinilai
        } else {
            Status::Dinilai
        },
        result_rating: given.result,
        result_reason: given.result_reason,
        behaviour_rating: given.behaviour,
        behaviour_reason: given.behaviour_reason,
        recommendation: given.recommendation,
        predikat,
        proposed_result: proposal.rating(),
        proposal_inputs: serde_json::to_string(&proposal).unwrap_or_default(),
        rated_at: if input.is_draft { None } else { Some(ctx.now()) },
        ..before.clone()
    };
    if !store::update(tx, &after).await? {
        return Err(RateError::Stale(Box::new(before)));
    }
    if !input.is_draft {
        store::event(tx, ctx, after.id, actor.person, "NILAI", "").await?;
    }
    let told = |row: &EvaluationRow| {
        json!({
            "result": row.result_rating.map(Code::code),
            "behaviour": row.behaviour_rating.map(Code::code),
            "predikat": row.predikat.map(Code::code),
        })
    };
    let entry = audit::Entry {
        verb: if input.is_draft {
            "evaluation.draft"
        } else {
            "evaluation.rate"
        },
        kind: Kind::Evaluation,
        subject: after.id.uuid(),
        detail: json!({
            "before": told(&before),
            "after": told(&after),
            "proposed": after.proposed_result.map(Code::code),
        }),
    };
    audit::record(tx, ctx, &permit, entry).await?;
    Ok(Rated {
        version: after.version + 1,
        predikat,
    })
}
