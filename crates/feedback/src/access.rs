//! Who may do what with the feedback on an SKP.

use db::Tx;
use kernel::SkpId;
use policy::{Action, Actor, Kind, Permit};
use skp::SkpRow;
pub use skp::access::AccessError;

/// Opens the feedback on an SKP to be seen.
pub async fn view(tx: &mut Tx, actor: &Actor, skp: SkpId) -> Result<(SkpRow, Permit), AccessError> {
    skp::access::open(tx, actor, Action::View, Kind::Feedback, skp).await
}

/// Opens an SKP to give feedback on it.
pub(crate) async fn rate(tx: &mut Tx, actor: &Actor, skp: SkpId) -> Result<(SkpRow, Permit), AccessError> {
    skp::access::open(tx, actor, Action::Rate, Kind::Feedback, skp).await
}
