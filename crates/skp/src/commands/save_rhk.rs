use audit::Entry;
use db::{Db, Tx};
use kernel::{Ctx, RhkId, SkpId};
use policy::{Actor, Kind};
use serde_json::json;

use super::edit::{EditError, Saved, draft, open};
use crate::model::{Field, Holder, RHK_MAX, RhkKind};
use crate::queries;
use crate::store::{self, RhkRow, SkpRow, rows};

/// One RHK as the form sends it. Texts may be empty while drafting.
#[derive(Debug, Clone)]
pub struct RhkInput {
    /// The SKP.
    pub skp: SkpId,
    /// The version of the SKP that the page showed.
    pub version: i64,
    /// Which RHK; none for a new one.
    pub rhk: Option<RhkId>,
    /// Main or additional.
    pub kind: RhkKind,
    /// The text.
    pub text: String,
    /// The superior's RHK that it supports, from [`crate::queries::candidates`].
    pub parent: Option<RhkId>,
    /// Who assigned it, in words, when there is nothing to link to.
    pub assigned_from: String,
    /// Whose it is when its author moves.
    pub holder: Holder,
}

/// Saves one RHK of a draft.
pub async fn save_rhk(db: &Db, ctx: &Ctx, actor: &Actor, input: RhkInput) -> Result<Saved<RhkId>, EditError> {
    db::write!(db, async |tx| {
        let (skp, permit) = open(tx, actor, input.skp, input.version).await?;
        let existing = queries::rhks(tx, skp.id).await?;
        let today = queries::today(tx, ctx, skp.agency_id).await?;
        let most = queries::max_rhk(tx, skp.agency_id, today).await?;
        let before = match input.rhk {
            Some(id) => Some(existing.iter().find(|r| r.id == id).ok_or(EditError::NotFound)?),
            None if existing.len() >= most => return Err(EditError::TooMany(most)),
            None => None,
        };
        // a link that is kept needs no second look: the superior may have changed since
        if input.parent != before.and_then(|b| b.parent_rhk_id) {
            offered(tx, &skp, input.parent).await?;
        }
        let last = existing
            .iter()
            .filter(|r| r.kind == input.kind)
            .map(|r| r.seq)
            .max()
            .unwrap_or(0);
        let after = RhkRow {
            id: before.map_or_else(|| ctx.new_id(), |b| b.id),
            agency_id: skp.agency_id,
            skp_id: skp.id,
            kind: input.kind,
            seq: before.filter(|b| b.kind == input.kind).map_or(last + 1, |b| b.seq),
            text: draft(Field::RhkText, &input.text, RHK_MAX)?,
            parent_rhk_id: input.parent,
            assigned_from: draft(Field::AssignedFrom, &input.assigned_from, RHK_MAX)?,
            holder: input.holder,
        };
        if before == Some(&after) {
            return Ok(Saved {
                id: after.id,
                version: skp.version,
            });
        }
        match before {
            Some(_) => store::update_rhk(tx, &after).await?,
            None => rows::rhks(tx, std::slice::from_ref(&after)).await?,
        }
        let version = store::touch(tx, ctx, &skp).await?;
        let entry = Entry {
            verb: "skp.save_rhk",
            kind: Kind::Skp,
            subject: skp.id.uuid(),
            detail: json!({ "rhk": after.id, "before": before.map(written), "after": written(&after) }),
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok(Saved { id: after.id, version })
    })
}

/// The RHK to be supported must stand in the assessor's plan of the same year.
async fn offered(tx: &mut Tx, skp: &SkpRow, parent: Option<RhkId>) -> Result<(), EditError> {
    let Some(parent) = parent else {
        return Ok(());
    };
    let assessor = skp.assessor_id.ok_or(EditError::ParentNotOffered)?;
    let candidates = queries::candidates(tx, skp.agency_id, assessor, skp.year).await?;
    match candidates.iter().any(|c| c.rhk_id == parent) {
        true => Ok(()),
        false => Err(EditError::ParentNotOffered),
    }
}

fn written(rhk: &RhkRow) -> serde_json::Value {
    json!({
        "kind": rhk.kind.to_string(),
        "text": rhk.text,
        "parent": rhk.parent_rhk_id,
        "assigned_from": rhk.assigned_from,
        "holder": rhk.holder.to_string(),
    })
}
