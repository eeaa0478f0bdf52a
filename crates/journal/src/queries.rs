//! Reads for pages. Each takes the open snapshot, so that a page shows one moment. Whoever calls has asked
//! [`crate::access`] whether the actor may see it.

mod entries;
mod overview;

pub use entries::{DayCount, Habit, calendar, entries_in, entries_of_day, entry, entry_by_key, habits};
pub use overview::{Overview, overview};

use db::{Result, Tx, args, sql};
use kernel::{ActionPlanId, EvidenceId, IkiId, Period, RhkId, SkpId};
use skp::RhkView;

use crate::model::{Gap, Lock, Recorded, gaps};
use crate::store::{ActionRow, EvidenceRow, RealisationRow};

/// Everything recorded for an SKP in a period, but for the daily entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeriodView {
    /// Lines of the action plan in order.
    pub actions: Vec<ActionRow>,
    /// Realised values.
    pub realisations: Vec<RealisationRow>,
    /// Evidence, oldest first.
    pub evidence: Vec<EvidenceRow>,
    /// The evaluation of the period is final.
    pub is_locked: bool,
}

impl PeriodView {
    /// Lines of the action plan for one RHK.
    pub fn actions_of(&self, rhk: RhkId) -> impl Iterator<Item = &ActionRow> {
        self.actions.iter().filter(move |a| a.rhk_id == rhk)
    }

    /// The realised value of one IKI.
    pub fn realisation_of(&self, iki: IkiId) -> Option<&RealisationRow> {
        self.realisations.iter().find(|r| r.iki_id == iki)
    }

    /// Evidence for one RHK.
    pub fn evidence_of(&self, rhk: RhkId) -> impl Iterator<Item = &EvidenceRow> {
        self.evidence.iter().filter(move |e| e.rhk_id == rhk)
    }

    /// What is still missing. Values that come from a service need not be written.
    pub fn gaps(&self, rhks: &[RhkView]) -> Vec<Gap> {
        let plan: Vec<_> = rhks
            .iter()
            .map(|rhk| {
                let by_hand = rhk.ikis.iter().filter(|i| i.source == skp::model::Source::Manual);
                (rhk.row.id, by_hand.map(|i| i.id).collect())
            })
            .collect();
        let recorded = Recorded {
            planned: self.actions.iter().map(|a| a.rhk_id).collect(),
            evidenced: self.evidence.iter().map(|e| e.rhk_id).collect(),
            realised: self.realisations.iter().map(|r| r.iki_id).collect(),
        };
        gaps(&plan, &recorded)
    }
}

/// Action plan, realised values, evidence and lock of a period, in four statements.
pub async fn period(tx: &mut Tx, skp: SkpId, year: i16, period: Period) -> Result<PeriodView> {
    Ok(PeriodView {
        actions: actions(tx, skp, period).await?,
        realisations: realisations(tx, skp, year, period).await?,
        evidence: evidence(tx, skp, year, period).await?,
        is_locked: is_locked(tx, skp, year, period).await?,
    })
}

/// The action plan of a period in order.
pub async fn actions(tx: &mut Tx, skp: SkpId, period: Period) -> Result<Vec<ActionRow>> {
    tx.all(
        sql!(
            "SELECT id, agency_id, skp_id, rhk_id, year, period, seq, text, target_text, reached, version \
             FROM action_plan WHERE skp_id = $1 AND period = $2 ORDER BY seq, id"
        ),
        args![skp, period],
    )
    .await
}

/// One line of an action plan.
pub async fn action(tx: &mut Tx, id: ActionPlanId) -> Result<Option<ActionRow>> {
    tx.optional(
        sql!(
            "SELECT id, agency_id, skp_id, rhk_id, year, period, seq, text, target_text, reached, version \
             FROM action_plan WHERE id = $1"
        ),
        args![id],
    )
    .await
}

/// The realised values of a period.
pub async fn realisations(tx: &mut Tx, skp: SkpId, year: i16, period: Period) -> Result<Vec<RealisationRow>> {
    tx.all(
        sql!(
            "SELECT iki_id, year, period, agency_id, skp_id, value_text, value_number, source_note, changed_at, version \
             FROM realisation WHERE skp_id = $1 AND year = $2 AND period = $3 ORDER BY iki_id"
        ),
        args![skp, year, period],
    )
    .await
}

/// The evidence of a period, oldest first.
pub async fn evidence(tx: &mut Tx, skp: SkpId, year: i16, period: Period) -> Result<Vec<EvidenceRow>> {
    tx.all(
        sql!(
            "SELECT id, agency_id, skp_id, rhk_id, person_id, year, period, kind, title, note, url, file_name, \
             media_type, size, digest, created_at FROM evidence WHERE skp_id = $1 AND year = $2 AND period = $3 \
             ORDER BY created_at, id"
        ),
        args![skp, year, period],
    )
    .await
}

/// One piece of evidence.
pub async fn evidence_by_id(tx: &mut Tx, id: EvidenceId) -> Result<Option<EvidenceRow>> {
    tx.optional(
        sql!(
            "SELECT id, agency_id, skp_id, rhk_id, person_id, year, period, kind, title, note, url, file_name, \
             media_type, size, digest, created_at FROM evidence WHERE id = $1"
        ),
        args![id],
    )
    .await
}

/// The periods of an SKP whose evaluation is final.
pub async fn locks(tx: &mut Tx, skp: SkpId) -> Result<Vec<Lock>> {
    tx.all(
        sql!("SELECT year, period, locked_at FROM period_lock WHERE skp_id = $1 ORDER BY year, period"),
        args![skp],
    )
    .await
}

/// True when the evaluation of this period, or of one that holds the whole of it, is final.
pub async fn is_locked(tx: &mut Tx, skp: SkpId, year: i16, period: Period) -> Result<bool> {
    Ok(crate::model::is_period_locked(year, period, &locks(tx, skp).await?))
}
