use audit::Entry;
use db::Db;
use kernel::{Ctx, IkiId, SkpId};
use policy::{Actor, Kind};
use serde_json::json;

use super::edit::{EditError, Saved, open};
use crate::{queries, store};

/// An IKI to be taken out.
#[derive(Debug, Clone, Copy)]
pub struct RemoveIkiInput {
    /// The SKP.
    pub skp: SkpId,
    /// The version of the SKP that the page showed.
    pub version: i64,
    /// Which IKI.
    pub iki: IkiId,
}

/// Takes one IKI out of a draft.
pub async fn remove_iki(db: &Db, ctx: &Ctx, actor: &Actor, input: RemoveIkiInput) -> Result<Saved<IkiId>, EditError> {
    db::write!(db, async |tx| {
        let (skp, permit) = open(tx, actor, input.skp, input.version).await?;
        let ikis = queries::ikis(tx, skp.id).await?;
        let iki = ikis.iter().find(|i| i.id == input.iki).ok_or(EditError::NotFound)?;
        store::delete_iki(tx, iki.id).await?;
        let version = store::touch(tx, ctx, &skp).await?;
        let entry = Entry {
            verb: "skp.remove_iki",
            kind: Kind::Skp,
            subject: skp.id.uuid(),
            detail: json!({ "iki": iki.id, "before": { "text": iki.text, "target": iki.target_text } }),
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok(Saved { id: iki.id, version })
    })
}
