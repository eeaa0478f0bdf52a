use db::{Db, Tx};
use kernel::{Code, Ctx, EvaluationId, TextError};
use org::settings::{self, Key};
use policy::{Action, Actor, Denied, Kind};
use regulation::distribution::{Judgement, Violation};
use regulation::rating::{Predikat, predikat};
use serde_json::json;

use crate::access::{Shut, open};
use crate::model::{Status, reason};
use crate::queries::{self, EvaluationRow};
use crate::store;

/// An evaluation to be made final.
#[derive(Debug, Clone)]
pub struct FinaliseInput {
    /// Which.
    pub evaluation: EvaluationId,
    /// The version the page showed.
    pub version: i64,
    /// Why the unit leaves the pattern of its achievement, where it does; at least twenty characters.
    pub pattern_reason: String,
}

/// What stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finalised {
    /// The predikat.
    pub predikat: Predikat,
    /// The new version.
    pub version: i64,
    /// Limits of the pattern that the unit breaks with this evaluation; the reason is kept.
    pub violations: Vec<Violation>,
}

/// Why an evaluation was not made final.
#[derive(Debug, thiserror::Error)]
pub enum FinaliseError {
    /// Not this actor: only the pejabat penilai makes final.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The evaluation does not exist.
    #[error("the evaluation does not exist")]
    NotFound,
    /// A rating is missing.
    #[error("both ratings are needed")]
    NotRated,
    /// The achievement of the unit is not set.
    #[error("the achievement of the unit is not set")]
    AchievementMissing,
    /// The unit leaves the pattern of its achievement, and nobody says why.
    #[error("the distribution leaves the pattern without a reason")]
    PatternReasonMissing(Vec<Violation>),
    /// The reason is too long or holds forbidden characters.
    #[error("reason: {0}")]
    PatternReason(TextError),
    /// The unit leaves the pattern, and the agency does not allow that (a setting).
    #[error("the distribution leaves the pattern")]
    PatternBlocked(Vec<Violation>),
    /// The evaluation is final.
    #[error("the evaluation is final")]
    AlreadyFinal,
    /// Somebody else changed it meanwhile; their values.
    #[error("somebody else changed the evaluation")]
    Stale(Box<EvaluationRow>),
    /// The database.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

impl From<Shut> for FinaliseError {
    fn from(shut: Shut) -> Self {
        match shut {
            Shut::NotFound => Self::NotFound,
            Shut::Denied(denied) => Self::Denied(denied),
            Shut::Internal(error) => Self::Internal(error),
        }
    }
}

/// Makes an evaluation final: the predikat stands, and the journal of the period is locked.
pub async fn finalise(db: &Db, ctx: &Ctx, actor: &Actor, input: &FinaliseInput) -> Result<Finalised, FinaliseError> {
    db::write!(db, async |tx| inside(tx, ctx, actor, input).await)
}

async fn inside(tx: &mut Tx, ctx: &Ctx, actor: &Actor, input: &FinaliseInput) -> Result<Finalised, FinaliseError> {
    let (before, permit) = open(tx, actor, Action::Finalise, input.evaluation).await?;
    if before.version != input.version {
        return Err(FinaliseError::Stale(Box::new(before)));
    }
    if before.status.is_final() {
        return Err(FinaliseError::AlreadyFinal);
    }
    let when = (before.year, before.period);
    let achievement = store::achievement(tx, actor.agency, before.unit_id, when)
        .await?
        .ok_or(FinaliseError::AchievementMissing)?
        .achievement;
    let (Status::Dinilai, Some(result), Some(behaviour)) =
        (before.status, before.result_rating, before.behaviour_rating)
    else {
        return Err(FinaliseError::NotRated);
    };
    let result = if before.is_head {
        achievement.rating_of_head()
    } else {
        result
    };
    let stands = predikat(result, behaviour);
    let violations = if before.is_head {
        // the head is not part of the unit's distribution
        Vec::new()
    } else {
        let today = skp::queries::today(tx, ctx, actor.agency).await?;
        let distribution = queries::distribution(tx, actor.agency, before.unit_id, when, today).await?;
        match distribution.judgement {
            Some(Judgement::Judged(found)) => found,
            Some(Judgement::TooSmall) | None => Vec::new(),
        }
    };
    let pattern_reason = pattern_reason(tx, ctx, actor, input, &violations).await?;
    let after = EvaluationRow {
        status: Status::Final,
        achievement: Some(achievement),
        result_rating: Some(result),
        predikat: Some(stands),
        pattern_reason,
        finalised_at: Some(ctx.now()),
        finalised_by: actor.person,
        ..before.clone()
    };
    if !store::update(tx, &after).await? {
        return Err(FinaliseError::Stale(Box::new(before)));
    }
    journal::commands::lock_period(tx, ctx, after.skp_id, after.year, after.period).await?;
    store::event(tx, ctx, after.id, actor.person, "FINAL", &after.pattern_reason).await?;
    let codes: Vec<&str> = violations.iter().map(|v| v.code()).collect();
    let entry = audit::Entry {
        verb: "evaluation.finalise",
        kind: Kind::Evaluation,
        subject: after.id.uuid(),
        detail: json!({
            "achievement": achievement.code(),
            "result": result.code(),
            "behaviour": behaviour.code(),
            "predikat": stands.code(),
            "violations": codes,
        }),
    };
    audit::record(tx, ctx, &permit, entry).await?;
    Ok(Finalised {
        predikat: stands,
        version: after.version + 1,
        violations,
    })
}

/// The reason that is kept; empty when the unit stays inside its pattern.
async fn pattern_reason(
    tx: &mut Tx,
    ctx: &Ctx,
    actor: &Actor,
    input: &FinaliseInput,
    violations: &[Violation],
) -> Result<String, FinaliseError> {
    if violations.is_empty() {
        return Ok(String::new());
    }
    let today = skp::queries::today(tx, ctx, actor.agency).await?;
    if settings::value(tx, actor.agency, Key::DistributionBlock, today)
        .await?
        .is_on()
    {
        return Err(FinaliseError::PatternBlocked(violations.to_vec()));
    }
    reason(&input.pattern_reason)
        .map_err(FinaliseError::PatternReason)?
        .ok_or_else(|| FinaliseError::PatternReasonMissing(violations.to_vec()))
}
