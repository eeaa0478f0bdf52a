//! Who may do what with the journal of an SKP: opens the SKP through `skp` and asks `policy` about the journal.

use db::Tx;
use kernel::{RhkId, SkpId};
use policy::{Action, Actor, Kind, Permit};
use skp::SkpRow;
pub use skp::access::AccessError;

/// Opens the journal of an SKP to be seen.
pub async fn view(tx: &mut Tx, actor: &Actor, skp: SkpId) -> Result<(SkpRow, Permit), AccessError> {
    skp::access::open(tx, actor, Action::View, Kind::Journal, skp).await
}

/// Opens the journal of an SKP to be written by its owner.
pub(crate) async fn edit(tx: &mut Tx, actor: &Actor, skp: SkpId) -> Result<(SkpRow, Permit), AccessError> {
    skp::access::open(tx, actor, Action::Edit, Kind::Journal, skp).await
}

/// The same by one of its RHK.
pub(crate) async fn edit_by_rhk(tx: &mut Tx, actor: &Actor, rhk: RhkId) -> Result<(SkpRow, Permit), AccessError> {
    let skp = skp::queries::of_rhk(tx, rhk).await?.ok_or(AccessError::NotFound)?;
    let permit = skp::access::permit(tx, actor, Action::Edit, Kind::Journal, &skp).await?;
    Ok((skp, permit))
}
