use audit::Entry;
use db::Db;
use jiff::civil::{Date, date};
use kernel::{Ctx, SkpId};
use policy::{Action, Actor, Denied, Facts, Kind, decide};
use serde_json::json;

use crate::model::{Approach, Family, Status};
use crate::queries;
use crate::store::{EventRow, SkpRow, rows};

/// A new SKP for oneself.
#[derive(Debug, Clone, Copy)]
pub struct CreateInput {
    /// Calendar year: last, this or next.
    pub year: i16,
    /// How results will be described.
    pub approach: Approach,
    /// First day when not 1 January: the day of taking up a new position.
    pub start: Option<Date>,
}

/// A new SKP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Created {
    /// Its identifier.
    pub id: SkpId,
    /// Its version.
    pub version: i64,
    /// It was there before; nothing was written.
    pub already: bool,
}

/// Why an SKP was not made.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// The actor may not, or is nobody who has an SKP.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Neither last, this nor next year.
    #[error("neither last, this nor next year")]
    YearOutOfRange,
    /// The first day does not lie in the year.
    #[error("the first day does not lie in the year")]
    StartOutOfYear,
    /// The person holds no position.
    #[error("no position")]
    NoPosition,
    /// Not in active duty, or a state official: no SKP is due (performance-cycle 4.8, 2.1).
    #[error("no plan is due")]
    NoSkpDue,
    /// Another SKP of that year is still open; it must be closed first.
    #[error("another plan of that year is open")]
    OtherOpen(SkpId),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Makes an empty SKP for the actor. Their superior of today becomes the assessor; it works with none, and drafting
/// never waits for the plan above.
pub async fn create(db: &Db, ctx: &Ctx, actor: &Actor, input: CreateInput) -> Result<Created, CreateError> {
    let person = actor.person.ok_or(Denied::Refused)?;
    db::write!(db, async |tx| {
        let today = queries::today(tx, ctx, actor.agency).await?;
        let standing = queries::standing(tx, actor.agency, person, today)
            .await?
            .ok_or(CreateError::NoPosition)?;
        let facts = Facts::of_person(
            Kind::Skp,
            actor.agency,
            standing.unit_path.clone(),
            person,
            standing.superior,
        );
        let permit = decide(actor, Action::Edit, &facts).permit()?;

        if !standing.plans {
            return Err(CreateError::NoSkpDue);
        }
        if (input.year - today.year()).abs() > 1 {
            return Err(CreateError::YearOutOfRange);
        }
        let start = input.start.unwrap_or(date(input.year, 1, 1));
        if start.year() != input.year {
            return Err(CreateError::StartOutOfYear);
        }
        for other in queries::of_person(tx, person).await? {
            if other.year == input.year && other.period_start == start {
                return Ok(Created {
                    id: other.id,
                    version: other.version,
                    already: true,
                });
            }
            if other.year == input.year && other.status != Status::Ditutup {
                return Err(CreateError::OtherOpen(other.id));
            }
        }

        let now = ctx.now();
        let skp = SkpRow {
            id: ctx.new_id(),
            agency_id: actor.agency,
            person_id: person,
            assessor_id: standing.superior,
            unit_id: standing.unit_id,
            unit_path: standing.unit_path,
            position_id: standing.position_id,
            is_head: standing.is_head,
            year: input.year,
            period_start: start,
            period_end: date(input.year, 12, 31),
            approach: input.approach,
            family: Family::of(standing.is_jpt, standing.heads_independent_unit),
            status: Status::Draf,
            version: 1,
            created_at: now,
            changed_at: now,
            submitted_at: None,
            decided_at: None,
        };
        let event = EventRow {
            id: ctx.ids.next(now),
            skp_id: skp.id,
            version: skp.version,
            at: now,
            person_id: Some(person),
            status_from: None,
            status_to: Status::Draf,
            remark: String::new(),
        };
        rows::skps(tx, std::slice::from_ref(&skp)).await?;
        rows::events(tx, &[event]).await?;
        let entry = Entry {
            verb: "skp.create",
            kind: Kind::Skp,
            subject: skp.id.uuid(),
            detail: json!({ "after": { "year": input.year, "start": start.to_string() } }),
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok(Created {
            id: skp.id,
            version: skp.version,
            already: false,
        })
    })
}
