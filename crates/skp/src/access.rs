//! Who may do what with an SKP: loads the facts and asks [`policy::decide`].

use db::Tx;
use kernel::SkpId;
use policy::{Action, Actor, Denied, Facts, Kind, Permit, decide};

use crate::queries;
use crate::store::SkpRow;

/// Why a thing cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// There is no such thing.
    #[error("not found")]
    NotFound,
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// The facts of an SKP, or of something that belongs to it (`kind`: plan, journal, feedback, evaluation).
pub async fn facts_of(tx: &mut Tx, skp: &SkpRow, kind: Kind) -> db::Result<Facts> {
    let superior_above = match skp.assessor_id {
        Some(assessor) => queries::superior_of(tx, skp.agency_id, assessor).await?,
        None => None,
    };
    Ok(Facts {
        superior_above,
        ..own_facts(skp, kind)
    })
}

/// The same without the superior's superior, which costs a query and matters to nobody who acts on their own plan.
pub fn own_facts(skp: &SkpRow, kind: Kind) -> Facts {
    // always open: states are the model's matter, which says which rule was broken
    Facts::of_person(
        kind,
        skp.agency_id,
        skp.unit_path.clone(),
        skp.person_id,
        skp.assessor_id,
    )
}

/// Opens an SKP for `action` on it or on what belongs to it.
pub async fn open(
    tx: &mut Tx,
    actor: &Actor,
    action: Action,
    kind: Kind,
    id: SkpId,
) -> Result<(SkpRow, Permit), AccessError> {
    let skp = queries::row(tx, id).await?.ok_or(AccessError::NotFound)?;
    let permit = permit(tx, actor, action, kind, &skp).await?;
    Ok((skp, permit))
}

/// Leave for `action` on an SKP that is loaded, or on what belongs to it.
pub async fn permit(
    tx: &mut Tx,
    actor: &Actor,
    action: Action,
    kind: Kind,
    skp: &SkpRow,
) -> Result<Permit, AccessError> {
    let is_own = actor.person == Some(skp.person_id);
    let facts = if is_own {
        own_facts(skp, kind)
    } else {
        facts_of(tx, skp, kind).await?
    };
    Ok(decide(actor, action, &facts).permit()?)
}
