use audit::Entry;
use db::Db;
use kernel::{Ctx, SkpId};
use policy::{Actor, Kind};
use serde_json::json;

use super::edit::{EditError, Saved, draft, open};
use crate::model::{ANNEX_COUNT, ANNEX_MAX, AnnexKind, Field};
use crate::store;

/// One list of the annex as the form sends it. Empty lines are left out.
#[derive(Debug, Clone)]
pub struct AnnexInput {
    /// The SKP.
    pub skp: SkpId,
    /// The version of the SKP that the page showed.
    pub version: i64,
    /// Which list.
    pub kind: AnnexKind,
    /// Its lines in order.
    pub lines: Vec<String>,
}

/// Saves one list of the annex of a draft.
pub async fn save_annex(db: &Db, ctx: &Ctx, actor: &Actor, input: AnnexInput) -> Result<Saved<AnnexKind>, EditError> {
    db::write!(db, async |tx| {
        let (skp, permit) = open(tx, actor, input.skp, input.version).await?;
        if input.lines.len() > ANNEX_COUNT {
            return Err(EditError::TooMany(ANNEX_COUNT));
        }
        let mut lines = Vec::with_capacity(input.lines.len());
        for text in &input.lines {
            let text = draft(Field::Annex, text, ANNEX_MAX)?;
            if !text.is_empty() {
                lines.push(text);
            }
        }
        store::replace_annex(tx, skp.id, input.kind, &lines).await?;
        let version = store::touch(tx, ctx, &skp).await?;
        let entry = Entry {
            verb: "skp.save_annex",
            kind: Kind::Skp,
            subject: skp.id.uuid(),
            detail: json!({ "kind": input.kind.to_string(), "after": lines }),
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok(Saved {
            id: input.kind,
            version,
        })
    })
}
