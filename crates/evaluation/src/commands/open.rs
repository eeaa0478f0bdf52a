use db::{Db, Tx, args, sql};
use jiff::civil::Date;
use kernel::{AgencyId, Ctx, EvaluationId, Period, PersonId, SkpId, UnitId};
use policy::{Action, Actor, Denied, Kind, decide};
use serde_json::json;

use crate::bulk::{self, EventRow};
use crate::model::Status;
use crate::queries::EvaluationRow;

/// Why an evaluation was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Not this actor: the pejabat penilai opens it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The SKP does not exist.
    #[error("the plan does not exist")]
    NotFound,
    /// The SKP was never approved.
    #[error("the plan is not approved")]
    SkpNotApproved,
    /// The period lies outside the SKP's, or has not begun.
    #[error("the period lies outside the plan")]
    PeriodOutside,
    /// The database.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

impl From<skp::access::AccessError> for OpenError {
    fn from(error: skp::access::AccessError) -> Self {
        match error {
            skp::access::AccessError::NotFound => Self::NotFound,
            skp::access::AccessError::Denied(denied) => Self::Denied(denied),
            skp::access::AccessError::Internal(error) => Self::Internal(error),
        }
    }
}

/// The evaluation of an SKP in a period, made when it was not there yet.
pub async fn open(db: &Db, ctx: &Ctx, actor: &Actor, skp: SkpId, period: Period) -> Result<EvaluationId, OpenError> {
    db::write!(db, async |tx| one(tx, ctx, actor, skp, period).await)
}

async fn one(tx: &mut Tx, ctx: &Ctx, actor: &Actor, skp: SkpId, period: Period) -> Result<EvaluationId, OpenError> {
    let (plan, permit) = skp::access::open(tx, actor, Action::Rate, Kind::Evaluation, skp).await?;
    let found: Option<EvaluationId> = tx
        .scalar(
            sql!("SELECT id FROM evaluation WHERE agency_id = $1 AND skp_id = $2 AND year = $3 AND period = $4"),
            args![actor.agency, skp, plan.year, period],
        )
        .await?;
    if let Some(id) = found {
        if let Some(assessor) = plan.assessor_id {
            hand_over(tx, ctx, actor, id, assessor, &permit).await?;
        }
        return Ok(id);
    }
    if !plan.status.carries_work() {
        return Err(OpenError::SkpNotApproved);
    }
    // only the assessor may open, so there is one
    let assessor = plan.assessor_id.ok_or(Denied::Refused)?;
    let today = skp::queries::today(tx, ctx, actor.agency).await?;
    let (first, last) = period.days(plan.year).map_err(|_| OpenError::PeriodOutside)?;
    if first > today || first > plan.period_end || last < plan.period_start {
        return Err(OpenError::PeriodOutside);
    }
    let subject = Subject {
        skp,
        person: plan.person_id,
        assessor,
        unit: plan.unit_id,
        unit_path: plan.unit_path,
        is_head: plan.is_head,
    };
    let row = fresh(ctx, actor.agency, subject, (plan.year, period));
    let id = row.id;
    insert(tx, ctx, actor.person, &[row]).await?;
    let entry = audit::Entry {
        verb: "evaluation.open",
        kind: Kind::Evaluation,
        subject: id.uuid(),
        detail: json!({ "skp": skp.to_string(), "period": kernel::Code::code(period) }),
    };
    audit::record(tx, ctx, &permit, entry).await?;
    Ok(id)
}

/// An open evaluation follows the plan to a new pejabat penilai; one that is final keeps the one who made it so.
async fn hand_over(
    tx: &mut Tx,
    ctx: &Ctx,
    actor: &Actor,
    id: EvaluationId,
    assessor: PersonId,
    permit: &policy::Permit,
) -> db::Result<()> {
    let changed = tx
        .exec(
            sql!(
                "UPDATE evaluation SET assessor_id = $1, version = version + 1 WHERE id = $2 AND finalised_at IS NULL \
                 AND assessor_id <> $1"
            ),
            args![assessor, id],
        )
        .await?;
    if changed == 0 {
        return Ok(());
    }
    crate::store::event(tx, ctx, id, actor.person, "ALIH", "").await?;
    let entry = audit::Entry {
        verb: "evaluation.hand_over",
        kind: Kind::Evaluation,
        subject: id.uuid(),
        detail: json!({ "assessor": assessor.to_string() }),
    };
    audit::record(tx, ctx, permit, entry).await
}

/// Why a period was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenPeriodError {
    /// Not this actor: administration opens periods.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The unit does not exist in this agency.
    #[error("the unit does not exist")]
    NotFound,
    /// The period lies outside the calendar or has not begun.
    #[error("the period has not begun")]
    PeriodNotBegun,
    /// The database.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Opens evaluations of all approved SKPs of a unit and the units below it that overlap the period; answers how many
/// were made. Those that exist stay as they are.
pub async fn open_period(
    db: &Db,
    ctx: &Ctx,
    actor: &Actor,
    unit: UnitId,
    when: (i16, Period),
) -> Result<u64, OpenPeriodError> {
    db::write!(db, async |tx| all_of(tx, ctx, actor, unit, when).await)
}

async fn all_of(
    tx: &mut Tx,
    ctx: &Ctx,
    actor: &Actor,
    unit: UnitId,
    (year, period): (i16, Period),
) -> Result<u64, OpenPeriodError> {
    let facts = org::access::unit_facts(tx, actor.agency, unit)
        .await?
        .ok_or(OpenPeriodError::NotFound)?;
    let permit = decide(actor, Action::Manage, &facts).permit()?;
    let today = skp::queries::today(tx, ctx, actor.agency).await?;
    let days = period
        .days(year)
        .ok()
        .filter(|(first, _)| *first <= today)
        .ok_or(OpenPeriodError::PeriodNotBegun)?;
    let subjects = unopened(tx, actor.agency, &facts.unit_path, (year, period), days).await?;
    let rows: Vec<EvaluationRow> = subjects
        .into_iter()
        .map(|subject| fresh(ctx, actor.agency, subject, (year, period)))
        .collect();
    insert(tx, ctx, actor.person, &rows).await?;
    let count = rows.len() as u64;
    if count > 0 {
        let entry = audit::Entry {
            verb: "evaluation.open_period",
            kind: Kind::Unit,
            subject: unit.uuid(),
            detail: json!({ "year": year, "period": kernel::Code::code(period), "opened": count }),
        };
        audit::record(tx, ctx, &permit, entry).await?;
    }
    Ok(count)
}

struct Subject {
    skp: SkpId,
    person: PersonId,
    assessor: PersonId,
    unit: UnitId,
    unit_path: String,
    is_head: bool,
}
db::from_row!(Subject {
    skp,
    person,
    assessor,
    unit,
    unit_path,
    is_head
});

async fn unopened(
    tx: &mut Tx,
    agency: AgencyId,
    path: &str,
    (year, period): (i16, Period),
    (first, last): (Date, Date),
) -> db::Result<Vec<Subject>> {
    tx.all(
        sql!(
            "SELECT s.id, s.person_id, s.assessor_id, s.unit_id, s.unit_path, s.is_head FROM skp s \
             WHERE s.agency_id = $1 AND s.year = $2 AND s.unit_path >= $3 AND s.unit_path < $4 \
             AND s.status IN ($5, $6) AND s.assessor_id IS NOT NULL AND s.period_start <= $7 AND s.period_end >= $8 \
             AND NOT EXISTS (SELECT 1 FROM evaluation e WHERE e.agency_id = s.agency_id AND e.skp_id = s.id \
             AND e.year = s.year AND e.period = $9) ORDER BY s.unit_path, s.id"
        ),
        args![
            agency,
            year,
            path,
            org::access::path_end(path),
            skp::Status::Disetujui,
            skp::Status::Ditutup,
            last,
            first,
            period
        ],
    )
    .await
}

fn fresh(ctx: &Ctx, agency: AgencyId, subject: Subject, (year, period): (i16, Period)) -> EvaluationRow {
    EvaluationRow {
        id: ctx.new_id(),
        agency_id: agency,
        skp_id: subject.skp,
        person_id: subject.person,
        assessor_id: subject.assessor,
        unit_id: subject.unit,
        unit_path: subject.unit_path,
        is_head: subject.is_head,
        year,
        period,
        status: Status::BelumDinilai,
        achievement: None,
        result_rating: None,
        result_reason: String::new(),
        behaviour_rating: None,
        behaviour_reason: String::new(),
        predikat: None,
        recommendation: String::new(),
        pattern_reason: String::new(),
        proposed_result: None,
        proposal_inputs: String::new(),
        rated_at: None,
        finalised_at: None,
        finalised_by: None,
        received_at: None,
        acknowledged_at: None,
        objection_until: None,
        version: 1,
    }
}

async fn insert(tx: &mut Tx, ctx: &Ctx, by: Option<PersonId>, rows: &[EvaluationRow]) -> db::Result<()> {
    bulk::insert_all(tx, rows).await?;
    let events: Vec<EventRow> = rows
        .iter()
        .map(|row| EventRow {
            id: ctx.ids.next(ctx.now()),
            evaluation_id: row.id,
            at: ctx.now(),
            person_id: by,
            verb: "BUKA".to_owned(),
            remark: String::new(),
        })
        .collect();
    bulk::insert_events(tx, &events).await?;
    Ok(())
}
