use db::{Db, Tx, args, sql};
use kernel::{AgencyId, Ctx, Period, TextError, UnitId};
use policy::{Action, Actor, Denied, Facts, Kind, decide};
use regulation::rating::{CapaianOrganisasi, Predikat, Rating, predikat};
use serde_json::json;

use crate::access::unit_path;
use crate::model::{Status, reason};
use crate::queries::Achievement;
use crate::store;

/// The achievement of a unit, as the leader one level above sets it.
#[derive(Debug, Clone)]
pub struct SetAchievement {
    /// The unit.
    pub unit: UnitId,
    /// Calendar year.
    pub year: i16,
    /// Period; it must have begun.
    pub period: Period,
    /// Capaian kinerja organisasi.
    pub achievement: CapaianOrganisasi,
    /// On what it rests, at least twenty characters.
    pub basis: String,
    /// The version the editor saw; 0 when none was set.
    pub version: i64,
}

/// Why an achievement was not set.
#[derive(Debug, thiserror::Error)]
pub enum SetError {
    /// Not this actor: it is set one level above the unit.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The unit does not exist in this agency.
    #[error("the unit does not exist")]
    NotFound,
    /// An account without a person sets nothing.
    #[error("the account belongs to no person")]
    NoPerson,
    /// The period lies outside the calendar or has not begun.
    #[error("the period has not begun")]
    PeriodNotBegun,
    /// The basis is shorter than a sentence.
    #[error("the basis is too short")]
    BasisTooShort,
    /// The basis is too long or holds forbidden characters.
    #[error("basis: {0}")]
    Basis(TextError),
    /// Evaluations of the unit that rest on it are final.
    #[error("{0} evaluations of the unit are final")]
    EvaluationsFinal(i64),
    /// Somebody else set it meanwhile.
    #[error("somebody else set the achievement")]
    Stale(Option<Box<Achievement>>),
    /// The database.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Sets or changes the achievement of a unit and answers its version. While the evaluation of the unit's head is open,
/// the head's rating of results follows.
pub async fn set_achievement(db: &Db, ctx: &Ctx, actor: &Actor, input: &SetAchievement) -> Result<i64, SetError> {
    db::write!(db, async |tx| inside(tx, ctx, actor, input).await)
}

async fn inside(tx: &mut Tx, ctx: &Ctx, actor: &Actor, input: &SetAchievement) -> Result<i64, SetError> {
    let agency = actor.agency;
    let path = unit_path(tx, agency, input.unit).await?.ok_or(SetError::NotFound)?;
    let facts = Facts::of_unit(Kind::Achievement, agency, path.as_str());
    let permit = decide(actor, Action::Set, &facts).permit()?;
    let person = actor.person.ok_or(SetError::NoPerson)?;
    let today = skp::queries::today(tx, ctx, agency).await?;
    let begun = input.period.days(input.year).is_ok_and(|(first, _)| first <= today);
    if !begun {
        return Err(SetError::PeriodNotBegun);
    }
    let basis = reason(&input.basis)
        .map_err(SetError::Basis)?
        .ok_or(SetError::BasisTooShort)?;
    let when = (input.year, input.period);
    let before = store::achievement(tx, agency, input.unit, when).await?;
    if before.as_ref().map_or(0, |a| a.version) != input.version {
        return Err(SetError::Stale(before.map(Box::new)));
    }
    let finals = count_final(tx, agency, input.unit, when).await?;
    if finals > 0 {
        return Err(SetError::EvaluationsFinal(finals));
    }
    let id = before.as_ref().map_or_else(|| ctx.ids.next(ctx.now()), |a| a.id);
    tx.exec(
        sql!(
            "INSERT INTO unit_achievement (id, agency_id, unit_id, unit_path, year, period, achievement, basis, set_by, \
             set_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
             ON CONFLICT (agency_id, unit_id, year, period) DO UPDATE SET unit_path = excluded.unit_path, \
             achievement = excluded.achievement, basis = excluded.basis, set_by = excluded.set_by, \
             set_at = excluded.set_at, version = excluded.version"
        ),
        args![
            id,
            agency,
            input.unit,
            path,
            input.year,
            input.period,
            input.achievement,
            basis.as_str(),
            person,
            ctx.now(),
            input.version + 1
        ],
    )
    .await?;
    follow_heads(tx, agency, input).await?;
    let entry = audit::Entry {
        verb: "evaluation.set_achievement",
        kind: Kind::Achievement,
        subject: id,
        detail: json!({
            "unit": input.unit.to_string(),
            "year": input.year,
            "period": kernel::Code::code(input.period),
            "before": before.map(|a| kernel::Code::code(a.achievement)),
            "after": kernel::Code::code(input.achievement),
            "basis": basis,
        }),
    };
    audit::record(tx, ctx, &permit, entry).await?;
    Ok(input.version + 1)
}

async fn count_final(tx: &mut Tx, agency: AgencyId, unit: UnitId, (year, period): (i16, Period)) -> db::Result<i64> {
    let count: Option<i64> = tx
        .scalar(
            sql!(
                "SELECT CAST(COUNT(*) AS BIGINT) FROM evaluation WHERE agency_id = $1 AND unit_id = $2 AND year = $3 \
                 AND period = $4 AND finalised_at IS NOT NULL"
            ),
            args![agency, unit, year, period],
        )
        .await?;
    Ok(count.unwrap_or(0))
}

/// The head's rating of results is the unit's achievement: ratings given before the change follow it.
async fn follow_heads(tx: &mut Tx, agency: AgencyId, input: &SetAchievement) -> db::Result<()> {
    let derived = input.achievement.rating_of_head();
    let heads: Vec<(kernel::EvaluationId, Option<Rating>)> = tx
        .all(
            sql!(
                "SELECT id, behaviour_rating FROM evaluation WHERE agency_id = $1 AND unit_id = $2 AND year = $3 \
                 AND period = $4 AND is_head = $5 AND status = $6"
            ),
            args![agency, input.unit, input.year, input.period, true, Status::Dinilai],
        )
        .await?;
    let rows: Vec<_> = heads
        .into_iter()
        .map(|(id, behaviour)| {
            let follows: Option<Predikat> = behaviour.map(|b| predikat(derived, b));
            args![derived, follows, id].to_vec()
        })
        .collect();
    tx.exec_many(
        sql!("UPDATE evaluation SET result_rating = $1, predikat = $2, version = version + 1 WHERE id = $3"),
        &rows,
    )
    .await?;
    Ok(())
}
