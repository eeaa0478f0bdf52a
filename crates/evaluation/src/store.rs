//! Rows of `evaluation`, `unit_achievement` and `evaluation_event`.

use db::{Result, Tx, args, sql};
use kernel::Period;
use kernel::{AgencyId, Ctx, EvaluationId, PersonId, UnitId};

use crate::bulk::EventRow;
use crate::queries::{Achievement, EvaluationRow};

pub(crate) async fn get(tx: &mut Tx, agency: AgencyId, id: EvaluationId) -> Result<Option<EvaluationRow>> {
    tx.optional(
        sql!(
            "SELECT id, agency_id, skp_id, person_id, assessor_id, unit_id, unit_path, is_head, year, period, status, \
             achievement, result_rating, result_reason, behaviour_rating, behaviour_reason, predikat, recommendation, \
             pattern_reason, proposed_result, proposal_inputs, rated_at, finalised_at, finalised_by, received_at, \
             acknowledged_at, objection_until, version FROM evaluation WHERE agency_id = $1 AND id = $2"
        ),
        args![agency, id],
    )
    .await
}

pub(crate) async fn achievement(
    tx: &mut Tx,
    agency: AgencyId,
    unit: UnitId,
    (year, period): (i16, Period),
) -> Result<Option<Achievement>> {
    tx.optional(
        sql!(
            "SELECT a.id, a.unit_id, a.unit_path, a.year, a.period, a.achievement, a.basis, a.set_by, e.full_name, \
             a.set_at, a.version FROM unit_achievement a LEFT JOIN employee e ON e.person_id = a.set_by \
             WHERE a.agency_id = $1 AND a.unit_id = $2 AND a.year = $3 AND a.period = $4"
        ),
        args![agency, unit, year, period],
    )
    .await
}

/// Writes everything of `row` that changes during its life, and moves the version on. False when somebody was faster.
pub(crate) async fn update(tx: &mut Tx, row: &EvaluationRow) -> Result<bool> {
    let changed = tx
        .exec(
            sql!(
                "UPDATE evaluation SET status = $1, achievement = $2, result_rating = $3, result_reason = $4, \
                 behaviour_rating = $5, behaviour_reason = $6, predikat = $7, recommendation = $8, \
                 pattern_reason = $9, proposed_result = $10, proposal_inputs = $11, rated_at = $12, \
                 finalised_at = $13, finalised_by = $14, version = version + 1 WHERE id = $15 AND version = $16"
            ),
            args![
                row.status,
                row.achievement,
                row.result_rating,
                &row.result_reason,
                row.behaviour_rating,
                &row.behaviour_reason,
                row.predikat,
                &row.recommendation,
                &row.pattern_reason,
                row.proposed_result,
                &row.proposal_inputs,
                row.rated_at,
                row.finalised_at,
                row.finalised_by,
                row.id,
                row.version
            ],
        )
        .await?;
    Ok(changed == 1)
}

/// One line of history.
pub(crate) async fn event(
    tx: &mut Tx,
    ctx: &Ctx,
    evaluation: EvaluationId,
    person: Option<PersonId>,
    verb: &str,
    remark: &str,
) -> Result<()> {
    let row = EventRow {
        id: ctx.ids.next(ctx.now()),
        evaluation_id: evaluation,
        at: ctx.now(),
        person_id: person,
        verb: verb.to_owned(),
        remark: remark.to_owned(),
    };
    crate::bulk::insert_events(tx, &[row]).await?;
    Ok(())
}
