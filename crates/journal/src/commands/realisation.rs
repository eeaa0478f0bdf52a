use audit::Entry;
use db::Db;
use kernel::{Ctx, IkiId, Period, TextError, line};
use policy::{Action, Actor, Denied, Kind};
use serde_json::json;
use skp::access::AccessError;
use skp::model::{Direction, parse_target};

use super::{PeriodBroken, open_period, optional};
use crate::model::{SOURCE_MAX, VALUE_MAX};
use crate::queries;
use crate::store::{RealisationRow, rows};

/// The realised value of an IKI as the form sends it.
#[derive(Debug, Clone)]
pub struct RealisationInput {
    /// The IKI of the own approved SKP.
    pub iki: IkiId,
    /// The period.
    pub period: Period,
    /// The version that the page showed; 0 when there was no value.
    pub version: i64,
    /// The value as written: `3 dokumen`, `98,5%`, words.
    pub value_text: String,
    /// Where it comes from; may be empty.
    pub source_note: String,
}

/// A value that is on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RealisationSaved {
    /// Its version from now on.
    pub version: i64,
    /// The number could be meant otherwise; the page says how it was read (U8).
    pub ambiguous: bool,
}

/// Why a value was refused.
#[derive(Debug, thiserror::Error)]
pub enum RealisationError {
    /// There is no such IKI.
    #[error("not found")]
    NotFound,
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Changed in another window; here is how it stands now, none when it was never written.
    #[error("changed meanwhile")]
    Stale(Option<Box<RealisationRow>>),
    /// Nothing may be recorded for the period.
    #[error(transparent)]
    Period(#[from] PeriodBroken),
    /// The value is missing or cannot be kept.
    #[error("value: {0}")]
    Value(#[from] TextError),
    /// The note on the source cannot be kept.
    #[error("source: {0}")]
    Source(TextError),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

impl From<AccessError> for RealisationError {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::NotFound => Self::NotFound,
            AccessError::Denied(denied) => Self::Denied(denied),
            AccessError::Internal(error) => Self::Internal(error),
        }
    }
}

/// Saves the realised value of an IKI in a period.
pub async fn save_realisation(
    db: &Db,
    ctx: &Ctx,
    actor: &Actor,
    input: RealisationInput,
) -> Result<RealisationSaved, RealisationError> {
    db::write!(db, async |tx| {
        let skp = skp::queries::of_iki(tx, input.iki)
            .await?
            .ok_or(RealisationError::NotFound)?;
        let permit = skp::access::permit(tx, actor, Action::Edit, Kind::Journal, &skp).await?;
        open_period(&skp, input.period, &queries::locks(tx, skp.id).await?)?;
        let all = queries::realisations(tx, skp.id, skp.year, input.period).await?;
        let before = all.into_iter().find(|r| r.iki_id == input.iki);
        let value_text = line(&input.value_text, VALUE_MAX)?;
        let source_note = optional(&input.source_note, SOURCE_MAX).map_err(RealisationError::Source)?;
        let read = parse_target(&value_text);
        let ambiguous = read.ambiguous;
        if let Some(before) = before
            .as_ref()
            .filter(|b| b.value_text == value_text && b.source_note == source_note)
        {
            return Ok(RealisationSaved {
                version: before.version,
                ambiguous,
            });
        }
        if before.as_ref().map_or(0, |b| b.version) != input.version {
            return Err(RealisationError::Stale(before.map(Box::new)));
        }
        let after = RealisationRow {
            iki_id: input.iki,
            year: skp.year,
            period: input.period,
            agency_id: skp.agency_id,
            skp_id: skp.id,
            value_text,
            // a range or a limit is no value
            value_number: read.min.filter(|_| read.direction == Direction::MakinTinggi),
            source_note,
            changed_at: ctx.now(),
            version: input.version + 1,
        };
        rows::realisations(tx, std::slice::from_ref(&after)).await?;
        let entry = Entry {
            verb: "journal.save_realisation",
            kind: Kind::Journal,
            subject: skp.id.uuid(),
            detail: json!({
                "iki": after.iki_id,
                "period": after.period.to_string(),
                "before": before.as_ref().map(|b| json!({ "value": b.value_text, "source": b.source_note })),
                "after": { "value": after.value_text, "source": after.source_note },
            }),
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok(RealisationSaved {
            version: after.version,
            ambiguous,
        })
    })
}
