//! Positions of units.

use audit::Entry;
use db::{Db, args, sql};
use jiff::civil::Date;
use kernel::{Ctx, PositionId, UnitId};
use policy::{Action, Actor, Kind};
use serde_json::json;

use crate::access::unit_facts;
use crate::bulk::{self, PositionRow};
use crate::model::{PositionKind, PositionLevel};

/// Why a position cannot be made or closed.
#[derive(Debug, thiserror::Error)]
pub enum PositionError {
    /// The code is empty, longer than 60 characters, or has forbidden characters.
    #[error("a code has 1 to 60 characters")]
    Code,
    /// Another position has this code.
    #[error("another position has this code")]
    CodeTaken,
    /// The title is empty, longer than 200 characters, or has forbidden characters.
    #[error("a title has 1 to 200 characters")]
    Title,
    /// The unit has a head position.
    #[error("the unit has a head position")]
    SecondHead,
    /// Jenjang and jenis jabatan do not fit.
    #[error("jenjang and jenis jabatan do not fit")]
    Level,
    /// Somebody holds it after that day.
    #[error("somebody holds it")]
    Held,
    /// No such unit or position.
    #[error("not found")]
    NotFound,
    /// May not.
    #[error(transparent)]
    Denied(#[from] policy::Denied),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// A new position.
#[derive(Debug, Clone)]
pub struct CreateInput {
    /// Its unit.
    pub unit: UnitId,
    /// Code, unique in the agency.
    pub code: String,
    /// Title.
    pub title: String,
    /// Jenis jabatan.
    pub kind: PositionKind,
    /// Jenjang.
    pub level: Option<PositionLevel>,
    /// Heads the unit.
    pub is_head: bool,
    /// First day.
    pub valid_from: Date,
}

/// Makes a position.
pub async fn create(db: &Db, ctx: &Ctx, actor: &Actor, input: CreateInput) -> Result<PositionId, PositionError> {
    db::write!(db, async |tx| {
        let facts = unit_facts(tx, actor.agency, input.unit)
            .await?
            .ok_or(PositionError::NotFound)?;
        let permit = policy::decide(actor, Action::Manage, &facts).permit()?;
        let code = kernel::line(&input.code, 60).map_err(|_| PositionError::Code)?;
        let title = kernel::line(&input.title, 200).map_err(|_| PositionError::Title)?;
        if input.level.is_some_and(|l| l.kind() != input.kind) {
            return Err(PositionError::Level);
        }
        let taken: Option<PositionId> = tx
            .scalar(
                sql!("SELECT id FROM position WHERE agency_id = $1 AND code = $2"),
                args![actor.agency, &code],
            )
            .await?;
        if taken.is_some() {
            return Err(PositionError::CodeTaken);
        }
        let head: Option<PositionId> = tx
            .scalar(
                sql!("SELECT id FROM position WHERE unit_id = $1 AND is_head = $2 AND valid_to IS NULL LIMIT 1"),
                args![input.unit, true],
            )
            .await?;
        if input.is_head && head.is_some() {
            return Err(PositionError::SecondHead);
        }
        let id: PositionId = ctx.new_id();
        let row = PositionRow {
            id,
            unit: input.unit,
            code: code.clone(),
            title: title.clone(),
            kind: input.kind,
            level: input.level,
            is_head: input.is_head,
            valid_from: input.valid_from,
        };
        bulk::positions(tx, actor.agency, &[row]).await?;
        let detail = json!({ "position": id, "code": code, "title": title, "head": input.is_head });
        let entry = Entry {
            verb: "position.create",
            kind: Kind::Unit,
            subject: input.unit.uuid(),
            detail,
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok::<_, PositionError>(id)
    })
}

/// Closes a position that nobody holds after `last_day`.
pub async fn close(db: &Db, ctx: &Ctx, actor: &Actor, id: PositionId, last_day: Date) -> Result<(), PositionError> {
    db::write!(db, async |tx| {
        let unit: UnitId = tx
            .scalar(
                sql!("SELECT unit_id FROM position WHERE id = $1 AND agency_id = $2"),
                args![id, actor.agency],
            )
            .await?
            .ok_or(PositionError::NotFound)?;
        let facts = unit_facts(tx, actor.agency, unit)
            .await?
            .ok_or(PositionError::NotFound)?;
        let permit = policy::decide(actor, Action::Manage, &facts).permit()?;
        let held: Option<kernel::PlacementId> = tx
            .scalar(
                sql!("SELECT id FROM placement WHERE position_id = $1 AND (valid_to IS NULL OR valid_to > $2) LIMIT 1"),
                args![id, last_day],
            )
            .await?;
        if held.is_some() {
            return Err(PositionError::Held);
        }
        tx.exec(
            sql!("UPDATE position SET valid_to = $1 WHERE id = $2"),
            args![last_day, id],
        )
        .await?;
        let detail = json!({ "position": id, "last_day": last_day.to_string() });
        let entry = Entry {
            verb: "position.close",
            kind: Kind::Unit,
            subject: unit.uuid(),
            detail,
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok::<_, PositionError>(())
    })
}
