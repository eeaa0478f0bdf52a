//! Superiors set by hand, with reason, document and dates (performance-cycle 2.1, rule 1).

use audit::Entry;
use db::{Db, Tx, args, sql};
use jiff::civil::Date;
use kernel::{Ctx, PersonId};
use policy::{Action, Actor, Kind};
use serde_json::json;

use super::{refresh, today};
use crate::access::person_facts;
use crate::model::OverrideId;
use crate::projection::Affected;

/// Why a superior cannot be set.
#[derive(Debug, thiserror::Error)]
pub enum SuperiorError {
    /// Nobody appraises himself.
    #[error("nobody is his own superior")]
    Himself,
    /// The superior reports to the person, directly or through others.
    #[error("the superior reports to this person")]
    Circle,
    /// The reason is empty, longer than 500 characters, or has forbidden characters.
    #[error("the reason is needed, at most 500 characters")]
    Reason,
    /// The document's number is longer than 200 characters or has forbidden characters.
    #[error("the number of the document has at most 200 characters")]
    Document,
    /// The last day lies before the first.
    #[error("the last day lies before the first")]
    Dates,
    /// Another superior set by hand holds at that time.
    #[error("another superior is set for that time")]
    Overlap,
    /// The superior is not at work.
    #[error("the superior is not at work")]
    NotInOffice,
    /// No such person or override.
    #[error("not found")]
    NotFound,
    /// May not.
    #[error(transparent)]
    Denied(#[from] policy::Denied),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// A superior who differs from what the tree says.
#[derive(Debug, Clone)]
pub struct OverrideInput {
    /// For whom.
    pub person: PersonId,
    /// The superior.
    pub superior: PersonId,
    /// Why.
    pub reason: String,
    /// Number of the document, may be empty.
    pub document: String,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Option<Date>,
}

/// Sets a superior by hand.
pub async fn set(db: &Db, ctx: &Ctx, actor: &Actor, input: OverrideInput) -> Result<OverrideId, SuperiorError> {
    db::write!(db, async |tx| {
        let today = today(tx, ctx, actor.agency).await?;
        let facts = person_facts(tx, actor.agency, input.person, today)
            .await?
            .ok_or(SuperiorError::NotFound)?;
        let permit = policy::decide(actor, Action::Manage, &facts).permit()?;
        let reason = kernel::paragraph(&input.reason, 500).map_err(|_| SuperiorError::Reason)?;
        let document = match kernel::line(&input.document, 200) {
            Ok(text) => text,
            Err(kernel::TextError::Empty) => String::new(),
            Err(_) => return Err(SuperiorError::Document),
        };
        if input.valid_to.is_some_and(|last| last < input.valid_from) {
            return Err(SuperiorError::Dates);
        }
        if input.person == input.superior {
            return Err(SuperiorError::Himself);
        }
        let status: Option<crate::model::PersonStatus> = tx
            .scalar(
                sql!("SELECT status FROM person WHERE id = $1 AND agency_id = $2"),
                args![input.superior, actor.agency],
            )
            .await?;
        if !status.ok_or(SuperiorError::NotFound)?.in_office() {
            return Err(SuperiorError::NotInOffice);
        }
        check_time(tx, &input).await?;
        if reports_to(tx, input.superior, input.person).await? {
            return Err(SuperiorError::Circle);
        }
        let id: OverrideId = ctx.new_id();
        tx.exec(
            sql!(
                "INSERT INTO superior_override (id, agency_id, person_id, superior_id, reason, document, valid_from, \
                 valid_to, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
            ),
            args![
                id,
                actor.agency,
                input.person,
                input.superior,
                reason.as_str(),
                document,
                input.valid_from,
                input.valid_to,
                actor.account,
                ctx.now()
            ],
        )
        .await?;
        refresh(tx, actor.agency, today, Affected::All).await?;
        let detail = json!({
            "override": id, "superior": input.superior, "reason": reason, "from": input.valid_from.to_string(),
            "to": input.valid_to.map(|d| d.to_string()),
        });
        let entry = Entry {
            verb: "superior.set",
            kind: Kind::Person,
            subject: input.person.uuid(),
            detail,
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok::<_, SuperiorError>(id)
    })
}

async fn check_time(tx: &mut Tx, input: &OverrideInput) -> Result<(), SuperiorError> {
    let others: Vec<(Date, Option<Date>)> = tx
        .all(
            sql!("SELECT valid_from, valid_to FROM superior_override WHERE person_id = $1"),
            args![input.person],
        )
        .await?;
    let overlaps = |(from, to): &(Date, Option<Date>)| {
        to.is_none_or(|end| end >= input.valid_from) && input.valid_to.is_none_or(|end| end >= *from)
    };
    if others.iter().any(overlaps) {
        Err(SuperiorError::Overlap)
    } else {
        Ok(())
    }
}

/// True when `below` reports to `top` today, directly or through others. The line is at most as long as the tree is
/// deep, with room for overrides.
async fn reports_to(tx: &mut Tx, below: PersonId, top: PersonId) -> db::Result<bool> {
    let found: Option<PersonId> = tx
        .scalar(
            sql!(
                "WITH RECURSIVE line (person_id, step) AS ( \
                 SELECT superior_id, CAST(1 AS BIGINT) FROM employee WHERE person_id = $1 \
                 UNION ALL SELECT e.superior_id, l.step + 1 FROM line l JOIN employee e ON e.person_id = l.person_id \
                 WHERE l.step < 40) SELECT person_id FROM line WHERE person_id = $2 LIMIT 1"
            ),
            args![below, top],
        )
        .await?;
    Ok(found.is_some())
}

/// Ends a superior set by hand; `last_day` is the last. Before the first day, it is removed.
pub async fn end(db: &Db, ctx: &Ctx, actor: &Actor, id: OverrideId, last_day: Date) -> Result<(), SuperiorError> {
    db::write!(db, async |tx| {
        let (person, from, to): (PersonId, Date, Option<Date>) = tx
            .optional(
                sql!("SELECT person_id, valid_from, valid_to FROM superior_override WHERE id = $1 AND agency_id = $2"),
                args![id, actor.agency],
            )
            .await?
            .ok_or(SuperiorError::NotFound)?;
        let today = today(tx, ctx, actor.agency).await?;
        let facts = person_facts(tx, actor.agency, person, today)
            .await?
            .ok_or(SuperiorError::NotFound)?;
        let permit = policy::decide(actor, Action::Manage, &facts).permit()?;
        if to.is_some_and(|end| end < last_day) {
            return Err(SuperiorError::Dates);
        }
        if to == Some(last_day) {
            return Ok(());
        }
        if last_day < from {
            tx.exec(sql!("DELETE FROM superior_override WHERE id = $1"), args![id])
                .await?;
        } else {
            tx.exec(
                sql!("UPDATE superior_override SET valid_to = $1 WHERE id = $2"),
                args![last_day, id],
            )
            .await?;
        }
        refresh(tx, actor.agency, today, Affected::All).await?;
        let detail = json!({ "override": id, "last_day": last_day.to_string() });
        let entry = Entry {
            verb: "superior.end",
            kind: Kind::Person,
            subject: person.uuid(),
            detail,
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok::<_, SuperiorError>(())
    })
}
