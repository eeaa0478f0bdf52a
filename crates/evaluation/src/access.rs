//! What the policy needs to know about evaluations and achievements.

use db::{Result, Tx, args, sql};
use kernel::{AgencyId, EvaluationId, UnitId};
use policy::{Action, Actor, Denied, Facts, Kind, Permit, decide};

use crate::queries::EvaluationRow;
use crate::store;

/// Facts of an evaluation. The state is the model's matter, which says which rule was broken.
pub(crate) async fn facts(tx: &mut Tx, row: &EvaluationRow) -> Result<Facts> {
    let above = skp::queries::superior_of(tx, row.agency_id, row.assessor_id).await?;
    Ok(Facts {
        superior_above: above,
        ..Facts::of_person(
            Kind::Evaluation,
            row.agency_id,
            row.unit_path.clone(),
            row.person_id,
            Some(row.assessor_id),
        )
    })
}

/// Why an evaluation cannot be opened.
pub(crate) enum Shut {
    NotFound,
    Denied(Denied),
    Internal(db::Error),
}

impl From<db::Error> for Shut {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

/// Opens an evaluation of the actor's agency for `action`.
pub(crate) async fn open(
    tx: &mut Tx,
    actor: &Actor,
    action: Action,
    id: EvaluationId,
) -> std::result::Result<(EvaluationRow, Permit), Shut> {
    let row = store::get(tx, actor.agency, id).await?.ok_or(Shut::NotFound)?;
    let facts = facts(tx, &row).await?;
    let permit = decide(actor, action, &facts).permit().map_err(Shut::Denied)?;
    Ok((row, permit))
}

/// Path of a unit, as long as it belongs to the agency.
pub(crate) async fn unit_path(tx: &mut Tx, agency: AgencyId, unit: UnitId) -> Result<Option<String>> {
    tx.scalar(
        sql!("SELECT path FROM unit WHERE agency_id = $1 AND id = $2"),
        args![agency, unit],
    )
    .await
}
