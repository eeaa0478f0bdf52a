//! Plain rows in great number: for the demo city, benchmarks and tests. No rules, no trail.

use db::{Result, Tx, args, from_row, sql};
use kernel::{AgencyId, EvaluationId, Instant, Period, PersonId, UnitId};
use regulation::rating::CapaianOrganisasi;
use uuid::Uuid;

pub use crate::queries::EvaluationRow;

/// The achievement of a unit.
#[derive(Debug, Clone)]
pub struct AchievementRow {
    /// Identifier.
    pub id: Uuid,
    /// Agency.
    pub agency_id: AgencyId,
    /// Unit.
    pub unit_id: UnitId,
    /// Its path.
    pub unit_path: String,
    /// Calendar year.
    pub year: i16,
    /// Period.
    pub period: Period,
    /// Capaian kinerja organisasi.
    pub achievement: CapaianOrganisasi,
    /// On what it rests, in words.
    pub basis: String,
    /// Who set it.
    pub set_by: PersonId,
    /// When.
    pub set_at: Instant,
}

/// One line of history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRow {
    /// Identifier.
    pub id: Uuid,
    /// The evaluation.
    pub evaluation_id: EvaluationId,
    /// When.
    pub at: Instant,
    /// Who; none for the installation itself.
    pub person_id: Option<PersonId>,
    /// What: `BUKA`, `ALIH` (to a new assessor), `NILAI`, `FINAL`, `TERIMA`.
    pub verb: String,
    /// Remark, may be empty.
    pub remark: String,
}
from_row!(EventRow {
    id,
    evaluation_id,
    at,
    person_id,
    verb,
    remark
});

/// Inserts achievements.
pub async fn insert_achievements(tx: &mut Tx, rows: &[AchievementRow]) -> Result<u64> {
    let rows: Vec<_> = rows
        .iter()
        .map(|r| {
            args![
                r.id,
                r.agency_id,
                r.unit_id,
                &r.unit_path,
                r.year,
                r.period,
                r.achievement,
                &r.basis,
                r.set_by,
                r.set_at,
                1i64
            ]
            .to_vec()
        })
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO unit_achievement (id, agency_id, unit_id, unit_path, year, period, achievement, basis, set_by, \
             set_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        ),
        &rows,
    )
    .await
}

/// Inserts evaluations in any state.
pub async fn insert_all(tx: &mut Tx, rows: &[EvaluationRow]) -> Result<u64> {
    let rows: Vec<_> = rows
        .iter()
        .map(|r| {
            args![
                r.id,
                r.agency_id,
                r.skp_id,
                r.person_id,
                r.assessor_id,
                r.unit_id,
                &r.unit_path,
                r.is_head,
                r.year,
                r.period,
                r.status,
                r.achievement,
                r.result_rating,
                &r.result_reason,
                r.behaviour_rating,
                &r.behaviour_reason,
                r.predikat,
                &r.recommendation,
                &r.pattern_reason,
                r.proposed_result,
                &r.proposal_inputs,
                r.rated_at,
                r.finalised_at,
                r.finalised_by,
                r.received_at,
                r.acknowledged_at,
                r.objection_until,
                r.version
            ]
            .to_vec()
        })
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO evaluation (id, agency_id, skp_id, person_id, assessor_id, unit_id, unit_path, is_head, year, \
             period, status, achievement, result_rating, result_reason, behaviour_rating, behaviour_reason, predikat, \
             recommendation, pattern_reason, proposed_result, proposal_inputs, rated_at, finalised_at, finalised_by, \
             received_at, acknowledged_at, objection_until, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, \
             $22, $23, $24, $25, $26, $27, $28)"
        ),
        &rows,
    )
    .await
}

/// Inserts lines of history.
pub async fn insert_events(tx: &mut Tx, rows: &[EventRow]) -> Result<u64> {
    let rows: Vec<_> = rows
        .iter()
        .map(|r| args![r.id, r.evaluation_id, r.at, r.person_id, &r.verb, &r.remark].to_vec())
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO evaluation_event (id, evaluation_id, at, person_id, verb, remark) \
             VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        &rows,
    )
    .await
}
