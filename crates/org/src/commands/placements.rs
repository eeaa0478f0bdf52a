//! Who holds which position: definitive appointments, Plt and Plh, and their ends.

use audit::Entry;
use db::{Db, Tx, args, sql};
use jiff::civil::Date;
use kernel::{AgencyId, Code, Ctx, PersonId, PlacementId, PositionId};
use policy::{Action, Actor, Facts, Kind};
use serde_json::json;

use super::{refresh, today};
use crate::access::person_facts;
use crate::bulk::{self, PlacementRow};
use crate::model::PlacementKind;
use crate::projection::Affected;

/// Why a placement cannot be made or ended.
#[derive(Debug, thiserror::Error)]
pub enum PlacementError {
    /// The last day lies before the first.
    #[error("the last day lies before the first")]
    Dates,
    /// Plt and Plh are temporary: their last day is needed.
    #[error("an acting duty needs its last day")]
    ActingNeedsEnd,
    /// The person holds a definitive position at that time; a move needs `ends_present`.
    #[error("the person holds a definitive position at that time")]
    Overlap,
    /// The head position is held by somebody else at that time.
    #[error("somebody else heads the unit at that time")]
    HeadOccupied,
    /// The same duty overlaps in time.
    #[error("the person holds this duty at that time")]
    Twice,
    /// The decree is longer than 100 characters or has forbidden characters.
    #[error("the number of the decree has at most 100 characters")]
    Decree,
    /// The position is closed.
    #[error("the position is closed")]
    PositionClosed,
    /// No such person, position or placement.
    #[error("not found")]
    NotFound,
    /// May not.
    #[error(transparent)]
    Denied(#[from] policy::Denied),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// A new placement.
#[derive(Debug, Clone)]
pub struct PlaceInput {
    /// Who.
    pub person: PersonId,
    /// Which position.
    pub position: PositionId,
    /// How.
    pub kind: PlacementKind,
    /// First day.
    pub valid_from: Date,
    /// Last day; needed for Plt and Plh.
    pub valid_to: Option<Date>,
    /// Number of the decree (SK), may be empty.
    pub decree: String,
    /// For a definitive position: end the present one the day before.
    pub ends_present: bool,
}

struct Seat {
    is_head: bool,
    valid_to: Option<Date>,
    path: String,
}
db::from_row!(Seat {
    is_head,
    valid_to,
    path
});

struct Held {
    id: PlacementId,
    person: PersonId,
    position: PositionId,
    kind: PlacementKind,
    from: Date,
    to: Option<Date>,
}
db::from_row!(Held {
    id,
    person,
    position,
    kind,
    from,
    to
});

fn overlaps(held: &Held, from: Date, to: Option<Date>) -> bool {
    held.to.is_none_or(|end| end >= from) && to.is_none_or(|end| end >= held.from)
}

/// Puts a person into a position. The actor administers both the person and the position's unit.
pub async fn place(db: &Db, ctx: &Ctx, actor: &Actor, input: PlaceInput) -> Result<PlacementId, PlacementError> {
    db::write!(db, async |tx| {
        let today = today(tx, ctx, actor.agency).await?;
        let person = person_facts(tx, actor.agency, input.person, today)
            .await?
            .ok_or(PlacementError::NotFound)?;
        let permit = policy::decide(actor, Action::Manage, &person).permit()?;
        let seat = seat(tx, actor.agency, input.position)
            .await?
            .ok_or(PlacementError::NotFound)?;
        policy::decide(
            actor,
            Action::Manage,
            &Facts::of_unit(Kind::Unit, actor.agency, &seat.path),
        )
        .permit()?;
        let decree = decree(&input.decree)?;
        check_dates(&input, &seat)?;
        let mine = of_person(tx, input.person).await?;
        let ended = check_person(&input, &mine)?;
        if seat.is_head && input.kind == PlacementKind::Definitive {
            let others = of_position(tx, input.position).await?;
            let taken = |h: &Held| {
                h.kind == PlacementKind::Definitive
                    && h.person != input.person
                    && overlaps(h, input.valid_from, input.valid_to)
            };
            if others.iter().any(taken) {
                return Err(PlacementError::HeadOccupied);
            }
        }
        if let Some(ended) = ended {
            tx.exec(
                sql!("UPDATE placement SET valid_to = $1 WHERE id = $2"),
                args![input.valid_from.yesterday().unwrap_or(input.valid_from), ended],
            )
            .await?;
        }
        let id: PlacementId = ctx.new_id();
        let row = PlacementRow {
            id,
            person: input.person,
            position: input.position,
            kind: input.kind,
            valid_from: input.valid_from,
            valid_to: input.valid_to,
            decree,
        };
        bulk::placements(tx, actor.agency, &[row]).await?;
        refresh(tx, actor.agency, today, Affected::All).await?;
        let detail = json!({
            "placement": id, "position": input.position, "kind": input.kind.code(),
            "from": input.valid_from.to_string(), "to": input.valid_to.map(|d| d.to_string()), "ended": ended,
        });
        let entry = Entry {
            verb: "placement.create",
            kind: Kind::Person,
            subject: input.person.uuid(),
            detail,
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok::<_, PlacementError>(id)
    })
}

fn decree(text: &str) -> Result<String, PlacementError> {
    match kernel::line(text, 100) {
        Ok(text) => Ok(text),
        Err(kernel::TextError::Empty) => Ok(String::new()),
        Err(_) => Err(PlacementError::Decree),
    }
}

fn check_dates(input: &PlaceInput, seat: &Seat) -> Result<(), PlacementError> {
    if input.valid_to.is_some_and(|last| last < input.valid_from) {
        return Err(PlacementError::Dates);
    }
    if input.kind != PlacementKind::Definitive && input.valid_to.is_none() {
        return Err(PlacementError::ActingNeedsEnd);
    }
    let closed = seat
        .valid_to
        .is_some_and(|end| input.valid_to.is_none_or(|last| last > end));
    if closed {
        Err(PlacementError::PositionClosed)
    } else {
        Ok(())
    }
}

/// One definitive position at a time, and no duty twice. Answers the placement to be ended, for a move.
fn check_person(input: &PlaceInput, mine: &[Held]) -> Result<Option<PlacementId>, PlacementError> {
    let now: Vec<&Held> = mine
        .iter()
        .filter(|h| overlaps(h, input.valid_from, input.valid_to))
        .collect();
    if input.kind != PlacementKind::Definitive {
        let twice = now
            .iter()
            .any(|h| h.kind != PlacementKind::Definitive && h.position == input.position);
        return if twice { Err(PlacementError::Twice) } else { Ok(None) };
    }
    let definitive: Vec<&&Held> = now.iter().filter(|h| h.kind == PlacementKind::Definitive).collect();
    match definitive.as_slice() {
        [] => Ok(None),
        [one] if input.ends_present && one.from < input.valid_from && one.position != input.position => {
            Ok(Some(one.id))
        }
        _ => Err(PlacementError::Overlap),
    }
}

async fn seat(tx: &mut Tx, agency: AgencyId, position: PositionId) -> db::Result<Option<Seat>> {
    tx.optional(
        sql!(
            "SELECT q.is_head, q.valid_to, u.path FROM position q JOIN unit u ON u.id = q.unit_id \
             WHERE q.id = $1 AND q.agency_id = $2"
        ),
        args![position, agency],
    )
    .await
}

async fn of_person(tx: &mut Tx, person: PersonId) -> db::Result<Vec<Held>> {
    tx.all(
        sql!("SELECT id, person_id, position_id, kind, valid_from, valid_to FROM placement WHERE person_id = $1"),
        args![person],
    )
    .await
}

async fn of_position(tx: &mut Tx, position: PositionId) -> db::Result<Vec<Held>> {
    tx.all(
        sql!("SELECT id, person_id, position_id, kind, valid_from, valid_to FROM placement WHERE position_id = $1"),
        args![position],
    )
    .await
}

/// Ends a placement; `last_day` is its last. Ending it on the same day again changes nothing.
pub async fn end(db: &Db, ctx: &Ctx, actor: &Actor, id: PlacementId, last_day: Date) -> Result<(), PlacementError> {
    db::write!(db, async |tx| {
        let held: Held = tx
            .optional(
                sql!(
                    "SELECT id, person_id, position_id, kind, valid_from, valid_to FROM placement \
                     WHERE id = $1 AND agency_id = $2"
                ),
                args![id, actor.agency],
            )
            .await?
            .ok_or(PlacementError::NotFound)?;
        let today = today(tx, ctx, actor.agency).await?;
        let person = person_facts(tx, actor.agency, held.person, today)
            .await?
            .ok_or(PlacementError::NotFound)?;
        let permit = policy::decide(actor, Action::Manage, &person).permit()?;
        if last_day < held.from {
            return Err(PlacementError::Dates);
        }
        if held.to == Some(last_day) {
            return Ok(());
        }
        // to lengthen a duty is a new decision, with its own placement
        if held.to.is_some_and(|end| end < last_day) {
            return Err(PlacementError::Dates);
        }
        tx.exec(
            sql!("UPDATE placement SET valid_to = $1 WHERE id = $2"),
            args![last_day, id],
        )
        .await?;
        refresh(tx, actor.agency, today, Affected::All).await?;
        let detail = json!({
            "placement": id, "before": held.to.map(|d| d.to_string()), "after": last_day.to_string(),
        });
        let entry = Entry {
            verb: "placement.end",
            kind: Kind::Person,
            subject: held.person.uuid(),
            detail,
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok::<_, PlacementError>(())
    })
}
