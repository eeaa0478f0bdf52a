use std::collections::BTreeSet;

use audit::Entry;
use db::Db;
use kernel::{Ctx, RhkId, SkpId};
use policy::{Actor, Kind};
use serde_json::json;

use super::edit::{EditError, Saved, open};
use crate::model::RhkKind;
use crate::{queries, store};

/// A new order of all RHK.
#[derive(Debug, Clone)]
pub struct ReorderRhkInput {
    /// The SKP.
    pub skp: SkpId,
    /// The version of the SKP that the page showed.
    pub version: i64,
    /// The main ones in order.
    pub utama: Vec<RhkId>,
    /// The additional ones in order.
    pub tambahan: Vec<RhkId>,
}

/// Puts the RHK of a draft into an order. Each must be named exactly once.
pub async fn reorder_rhk(db: &Db, ctx: &Ctx, actor: &Actor, input: ReorderRhkInput) -> Result<Saved<SkpId>, EditError> {
    db::write!(db, async |tx| {
        let (skp, permit) = open(tx, actor, input.skp, input.version).await?;
        let existing: BTreeSet<RhkId> = queries::rhks(tx, skp.id).await?.iter().map(|r| r.id).collect();
        let named: BTreeSet<RhkId> = input.utama.iter().chain(&input.tambahan).copied().collect();
        if named != existing || input.utama.len() + input.tambahan.len() != existing.len() {
            return Err(EditError::WrongOrder);
        }
        let order: Vec<(RhkId, RhkKind, i64)> = [(RhkKind::Utama, &input.utama), (RhkKind::Tambahan, &input.tambahan)]
            .into_iter()
            .flat_map(|(kind, ids)| (1..).zip(ids).map(move |(seq, id)| (*id, kind, seq)))
            .collect();
        store::order_rhk(tx, &order).await?;
        let version = store::touch(tx, ctx, &skp).await?;
        let entry = Entry {
            verb: "skp.reorder_rhk",
            kind: Kind::Skp,
            subject: skp.id.uuid(),
            detail: json!({ "after": { "utama": input.utama, "tambahan": input.tambahan } }),
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok(Saved { id: skp.id, version })
    })
}
