//! Units: made, renamed, moved and closed. Names and places of the past stay in `unit_history`.

use audit::Entry;
use db::{Db, Tx, args, sql};
use jiff::civil::Date;
use kernel::{AgencyId, Ctx, UnitId, fold_name};
use policy::{Action, Actor, Facts, Kind};
use serde_json::json;

use super::{refresh, today};
use crate::access::path_end;
use crate::bulk::{self, UnitRow};
use crate::model::{self, PathError, UnitKind};
use crate::projection::Affected;

/// Why a unit cannot be made or changed.
#[derive(Debug, thiserror::Error)]
pub enum UnitError {
    /// The code is empty, too long, or has characters that codes may not have.
    #[error("a code has 1 to 40 letters, digits, '.', '-' or '_'")]
    Code,
    /// Another unit has this code.
    #[error("another unit has this code")]
    CodeTaken,
    /// The name is empty, longer than 200 characters, or has forbidden characters.
    #[error("a name has 1 to 200 characters")]
    Name,
    /// There is a unit at the top already.
    #[error("the tree has its top already")]
    SecondRoot,
    /// The unit above does not exist or is closed.
    #[error("the unit above does not exist")]
    NoParent,
    /// The unit would lie below itself.
    #[error("a unit cannot lie below itself")]
    Cycle,
    /// More than twelve levels.
    #[error("the tree would have more than twelve levels")]
    TooDeep,
    /// Open units lie below it.
    #[error("units below it are open")]
    HasUnits,
    /// People hold positions in it.
    #[error("people hold positions in it")]
    HasPeople,
    /// It is closed.
    #[error("the unit is closed")]
    Closed,
    /// Somebody else was faster; the unit's version now.
    #[error("somebody else has changed the unit")]
    Stale {
        /// Version now.
        version: i64,
    },
    /// No such unit.
    #[error("no such unit")]
    NotFound,
    /// May not.
    #[error(transparent)]
    Denied(#[from] policy::Denied),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

impl From<PathError> for UnitError {
    fn from(error: PathError) -> Self {
        match error {
            PathError::Code => Self::Code,
            PathError::Cycle => Self::Cycle,
            PathError::TooDeep => Self::TooDeep,
        }
    }
}

struct Row {
    id: UnitId,
    code: String,
    name: String,
    parent: Option<UnitId>,
    path: String,
    depth: i64,
    valid_to: Option<Date>,
    version: i64,
}
db::from_row!(Row {
    id,
    code,
    name,
    parent,
    path,
    depth,
    valid_to,
    version
});

async fn load(tx: &mut Tx, agency: AgencyId, id: UnitId) -> db::Result<Option<Row>> {
    tx.optional(
        sql!(
            "SELECT id, code, name, parent_id, path, depth, valid_to, version FROM unit \
             WHERE id = $1 AND agency_id = $2"
        ),
        args![id, agency],
    )
    .await
}

/// The unit to be changed: seen, permitted, open, and as the form saw it.
async fn to_change(tx: &mut Tx, actor: &Actor, id: UnitId, version: i64) -> Result<(Row, policy::Permit), UnitError> {
    let row = load(tx, actor.agency, id).await?.ok_or(UnitError::NotFound)?;
    let permit = policy::decide(
        actor,
        Action::Manage,
        &Facts::of_unit(Kind::Unit, actor.agency, &row.path),
    )
    .permit()?;
    if row.valid_to.is_some() {
        return Err(UnitError::Closed);
    }
    if row.version != version {
        return Err(UnitError::Stale { version: row.version });
    }
    Ok((row, permit))
}

/// A new unit.
#[derive(Debug, Clone)]
pub struct CreateInput {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
    /// Unit above; `None` for the top of the tree.
    pub parent: Option<UnitId>,
    /// First day.
    pub valid_from: Date,
}

/// Makes a unit below one that the actor administers.
pub async fn create(db: &Db, ctx: &Ctx, actor: &Actor, input: CreateInput) -> Result<UnitId, UnitError> {
    db::write!(db, async |tx| {
        let parent = match input.parent {
            Some(id) => Some(load(tx, actor.agency, id).await?.ok_or(UnitError::NoParent)?),
            None => None,
        };
        let above = parent.as_ref().map_or("", |p| p.path.as_str());
        let permit =
            policy::decide(actor, Action::Manage, &Facts::of_unit(Kind::Unit, actor.agency, above)).permit()?;
        let code = model::code(&input.code)?;
        let name = kernel::line(&input.name, 200).map_err(|_| UnitError::Name)?;
        if parent.as_ref().is_some_and(|p| p.valid_to.is_some()) {
            return Err(UnitError::NoParent);
        }
        if parent.is_none() && has_root(tx, actor.agency, None).await? {
            return Err(UnitError::SecondRoot);
        }
        let taken: Option<UnitId> = tx
            .scalar(
                sql!("SELECT id FROM unit WHERE agency_id = $1 AND code = $2"),
                args![actor.agency, &code],
            )
            .await?;
        if taken.is_some() {
            return Err(UnitError::CodeTaken);
        }
        let (path, depth) = model::path_below(parent.as_ref().map(|p| (p.path.as_str(), p.depth)), &code)?;
        let id: UnitId = ctx.new_id();
        let row = UnitRow {
            id,
            code: code.clone(),
            name: name.clone(),
            kind: input.kind,
            parent: input.parent,
            path,
            depth,
            valid_from: input.valid_from,
        };
        bulk::units(tx, actor.agency, &[row]).await?;
        let detail = json!({ "code": code, "name": name, "parent": input.parent });
        audit::record(
            tx,
            ctx,
            &permit,
            Entry {
                verb: "unit.create",
                kind: Kind::Unit,
                subject: id.uuid(),
                detail,
            },
        )
        .await?;
        Ok::<_, UnitError>(id)
    })
}

async fn has_root(tx: &mut Tx, agency: AgencyId, except: Option<UnitId>) -> db::Result<bool> {
    let roots: Vec<(UnitId,)> = tx
        .all(
            sql!("SELECT id FROM unit WHERE agency_id = $1 AND parent_id IS NULL AND valid_to IS NULL"),
            args![agency],
        )
        .await?;
    Ok(roots.iter().any(|(id,)| Some(*id) != except))
}

/// Closes the open row of a unit's history the day before `today` and begins a new one.
async fn remember(tx: &mut Tx, id: UnitId, today: Date, name: &str, parent: Option<UnitId>) -> db::Result<()> {
    tx.exec(
        sql!("UPDATE unit_history SET valid_to = $1 WHERE unit_id = $2 AND valid_to IS NULL AND valid_from < $3"),
        args![today.yesterday().unwrap_or(today), id, today],
    )
    .await?;
    tx.exec(
        sql!(
            "INSERT INTO unit_history (unit_id, valid_from, valid_to, name, parent_id) VALUES ($1, $2, NULL, $3, $4) \
             ON CONFLICT (unit_id, valid_from) DO UPDATE SET name = excluded.name, parent_id = excluded.parent_id"
        ),
        args![id, today, name, parent],
    )
    .await?;
    Ok(())
}

/// Renames a unit from today on. The same name changes nothing.
pub async fn rename(db: &Db, ctx: &Ctx, actor: &Actor, id: UnitId, name: &str, version: i64) -> Result<(), UnitError> {
    db::write!(db, async |tx| {
        let (row, permit) = to_change(tx, actor, id, version).await?;
        let name = kernel::line(name, 200).map_err(|_| UnitError::Name)?;
        if name == row.name {
            return Ok(());
        }
        let today = today(tx, ctx, actor.agency).await?;
        tx.exec(
            sql!("UPDATE unit SET name = $1, name_folded = $2, version = version + 1 WHERE id = $3"),
            args![&name, fold_name(&name), id],
        )
        .await?;
        remember(tx, id, today, &name, row.parent).await?;
        refresh(tx, actor.agency, today, Affected::All).await?;
        let detail = json!({ "before": row.name, "after": name });
        audit::record(
            tx,
            ctx,
            &permit,
            Entry {
                verb: "unit.rename",
                kind: Kind::Unit,
                subject: id.uuid(),
                detail,
            },
        )
        .await?;
        Ok::<_, UnitError>(())
    })
}

/// Moves a unit with everything below it under another one (`None`: to the top) from today on. Both places must be
/// administered by the actor.
pub async fn relocate(
    db: &Db,
    ctx: &Ctx,
    actor: &Actor,
    id: UnitId,
    parent: Option<UnitId>,
    version: i64,
) -> Result<(), UnitError> {
    db::write!(db, async |tx| {
        let (row, permit) = to_change(tx, actor, id, version).await?;
        let above = match parent {
            Some(parent) => Some(load(tx, actor.agency, parent).await?.ok_or(UnitError::NoParent)?),
            None => None,
        };
        let there = above.as_ref().map_or("", |p| p.path.as_str());
        policy::decide(actor, Action::Manage, &Facts::of_unit(Kind::Unit, actor.agency, there)).permit()?;
        if above.as_ref().is_some_and(|p| p.valid_to.is_some()) {
            return Err(UnitError::NoParent);
        }
        if row.parent == parent {
            return Ok(());
        }
        if parent.is_none() && has_root(tx, actor.agency, Some(id)).await? {
            return Err(UnitError::SecondRoot);
        }
        let deepest: Option<i64> = tx
            .scalar(
                sql!("SELECT MAX(depth) FROM unit WHERE agency_id = $1 AND path >= $2 AND path < $3"),
                args![actor.agency, &row.path, path_end(&row.path)],
            )
            .await?;
        let place = above.as_ref().map(|p| (p.path.as_str(), p.depth));
        let (path, shift) = model::rewritten(&row.path, row.depth, deepest.unwrap_or(row.depth), &row.code, place)?;
        let today = today(tx, ctx, actor.agency).await?;
        // the whole subtree in one statement: everything below begins with the old path
        let kept_from = i64::try_from(row.path.chars().count())
            .unwrap_or(i64::MAX)
            .saturating_add(1);
        tx.exec(
            sql!(
                "UPDATE unit SET path = CAST($1 AS TEXT) || SUBSTR(path, CAST($2 AS INTEGER)), depth = depth + $3, \
                 version = version + 1 WHERE agency_id = $4 AND path >= $5 AND path < $6"
            ),
            args![&path, kept_from, shift, actor.agency, &row.path, path_end(&row.path)],
        )
        .await?;
        tx.exec(
            sql!("UPDATE unit SET parent_id = $1 WHERE id = $2"),
            args![parent, row.id],
        )
        .await?;
        remember(tx, id, today, &row.name, parent).await?;
        refresh(tx, actor.agency, today, Affected::All).await?;
        let detail = json!({ "before": row.path, "after": path });
        audit::record(
            tx,
            ctx,
            &permit,
            Entry {
                verb: "unit.move",
                kind: Kind::Unit,
                subject: id.uuid(),
                detail,
            },
        )
        .await?;
        Ok::<_, UnitError>(())
    })
}

/// Closes a unit that has neither open units below it nor people in it; `last_day` is its last.
pub async fn close(
    db: &Db,
    ctx: &Ctx,
    actor: &Actor,
    id: UnitId,
    last_day: Date,
    version: i64,
) -> Result<(), UnitError> {
    db::write!(db, async |tx| {
        let (_, permit) = to_change(tx, actor, id, version).await?;
        let below: Option<UnitId> = tx
            .scalar(
                sql!("SELECT id FROM unit WHERE parent_id = $1 AND valid_to IS NULL LIMIT 1"),
                args![id],
            )
            .await?;
        if below.is_some() {
            return Err(UnitError::HasUnits);
        }
        let held: Option<kernel::PlacementId> = tx
            .scalar(
                sql!(
                    "SELECT p.id FROM placement p JOIN position q ON q.id = p.position_id \
                     WHERE q.unit_id = $1 AND (p.valid_to IS NULL OR p.valid_to > $2) LIMIT 1"
                ),
                args![id, last_day],
            )
            .await?;
        if held.is_some() {
            return Err(UnitError::HasPeople);
        }
        tx.exec(
            sql!("UPDATE unit SET valid_to = $1, version = version + 1 WHERE id = $2"),
            args![last_day, id],
        )
        .await?;
        tx.exec(
            sql!("UPDATE unit_history SET valid_to = $1 WHERE unit_id = $2 AND valid_to IS NULL"),
            args![last_day, id],
        )
        .await?;
        tx.exec(
            sql!("UPDATE position SET valid_to = $1 WHERE unit_id = $2 AND valid_to IS NULL"),
            args![last_day, id],
        )
        .await?;
        let detail = json!({ "last_day": last_day.to_string() });
        audit::record(
            tx,
            ctx,
            &permit,
            Entry {
                verb: "unit.close",
                kind: Kind::Unit,
                subject: id.uuid(),
                detail,
            },
        )
        .await?;
        Ok::<_, UnitError>(())
    })
}
