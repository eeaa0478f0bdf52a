//! What the tests of drafting share.

use db::Db;
use kernel::{RhkId, SkpId};
use policy::Actor;
use skp::commands::{CreateInput, IkiInput, RhkInput, StepInput, create, save_iki, save_rhk};
use skp::model::{Approach, Aspect, Holder, RhkKind, Source};
use skp::{Detail, queries};

use crate::world::World;

pub fn new(year: i16) -> CreateInput {
    CreateInput {
        year,
        approach: Approach::Kuantitatif,
        start: None,
    }
}

pub fn rhk(skp: SkpId, version: i64, text: &str) -> RhkInput {
    RhkInput {
        skp,
        version,
        rhk: None,
        kind: RhkKind::Utama,
        text: text.into(),
        parent: None,
        assigned_from: String::new(),
        holder: Holder::Organisasi,
    }
}

pub fn iki(skp: SkpId, version: i64, rhk: RhkId, target: &str) -> IkiInput {
    IkiInput {
        skp,
        version,
        rhk,
        iki: None,
        aspect: Some(Aspect::Kuantitas),
        perspective: None,
        text: "Jumlah laporan".into(),
        target_text: target.into(),
        direction: None,
        source: Source::Manual,
        service: None,
    }
}

pub fn step(skp: SkpId, version: i64) -> StepInput {
    StepInput { skp, version }
}

pub async fn detail(db: &Db, id: SkpId) -> Detail {
    db::read!(db, async |tx| queries::detail(tx, id).await)
        .expect("reads")
        .expect("an SKP")
}

/// A draft with one RHK and one IKI: the SKP, its RHK, and the version.
pub async fn draft(db: &Db, w: &World, actor: &Actor) -> (SkpId, RhkId, i64) {
    let made = create(db, &w.ctx, actor, new(2026)).await.expect("creates");
    let one = save_rhk(
        db,
        &w.ctx,
        actor,
        rhk(made.id, made.version, "Tersusunnya laporan layanan"),
    )
    .await
    .expect("saves");
    let two = save_iki(db, &w.ctx, actor, iki(made.id, one.version, one.id, "4 laporan"))
        .await
        .expect("saves");
    (made.id, one.id, two.version)
}
