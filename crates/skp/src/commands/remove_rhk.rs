use audit::Entry;
use db::Db;
use kernel::{Ctx, RhkId, SkpId};
use policy::{Actor, Kind};
use serde_json::json;

use super::edit::{EditError, Saved, open};
use crate::{queries, store};

/// An RHK to be taken out.
#[derive(Debug, Clone, Copy)]
pub struct RemoveRhkInput {
    /// The SKP.
    pub skp: SkpId,
    /// The version of the SKP that the page showed.
    pub version: i64,
    /// Which RHK.
    pub rhk: RhkId,
    /// Take it out although RHK of others support it; they keep its text as the origin of their assignment.
    pub detach: bool,
}

/// Takes one RHK with its indicators out of a draft.
pub async fn remove_rhk(db: &Db, ctx: &Ctx, actor: &Actor, input: RemoveRhkInput) -> Result<Saved<RhkId>, EditError> {
    db::write!(db, async |tx| {
        let (skp, permit) = open(tx, actor, input.skp, input.version).await?;
        let rhks = queries::rhks(tx, skp.id).await?;
        let rhk = rhks.iter().find(|r| r.id == input.rhk).ok_or(EditError::NotFound)?;
        let supporters = queries::supporters(tx, rhk.id).await?;
        if supporters > 0 && !input.detach {
            return Err(EditError::StillSupported(supporters));
        }
        store::delete_rhk(tx, rhk).await?;
        let version = store::touch(tx, ctx, &skp).await?;
        let entry = Entry {
            verb: "skp.remove_rhk",
            kind: Kind::Skp,
            subject: skp.id.uuid(),
            detail: json!({ "rhk": rhk.id, "before": rhk.text, "detached": supporters }),
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok(Saved { id: rhk.id, version })
    })
}
