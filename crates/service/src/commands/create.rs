use db::{Db, Tx};
use kernel::{Ctx, ServiceId, UnitId};
use policy::{Action, Actor, Denied, Kind, decide};
use serde_json::json;

use crate::model::{CatalogueProblem, Draft};
use crate::{access, store};

/// A new service of a unit.
#[derive(Debug, Clone)]
pub struct CreateService {
    /// The unit that gives it.
    pub unit: UnitId,
    /// What the form says.
    pub draft: Draft,
}

/// Why a service was not created.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// Not this actor.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The unit does not exist in this agency.
    #[error("the unit does not exist")]
    NotFound,
    /// Fields break rules.
    #[error("the form breaks {} rules", .0.len())]
    Invalid(Vec<CatalogueProblem>),
    /// Another service of the agency has this address.
    #[error("the address is taken")]
    SlugTaken,
    /// The database.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Creates a service.
pub async fn create(db: &Db, ctx: &Ctx, actor: &Actor, input: &CreateService) -> Result<ServiceId, CreateError> {
    db::write!(db, async |tx| inside(tx, ctx, actor, input).await)
}

async fn inside(tx: &mut Tx, ctx: &Ctx, actor: &Actor, input: &CreateService) -> Result<ServiceId, CreateError> {
    let facts = access::facts_of_unit(tx, actor.agency, input.unit)
        .await?
        .ok_or(CreateError::NotFound)?;
    let permit = decide(actor, Action::Manage, &facts).permit()?;
    let entry = input.draft.check().map_err(CreateError::Invalid)?;
    if store::holder_of(tx, actor.agency, &entry.slug).await?.is_some() {
        return Err(CreateError::SlugTaken);
    }
    let id: ServiceId = ctx.new_id();
    store::insert(tx, id, actor.agency, (input.unit, &facts.unit_path), &entry).await?;
    let entry = audit::Entry {
        verb: "service.create",
        kind: Kind::Service,
        subject: id.uuid(),
        detail: json!({ "after": { "name": entry.name, "slug": entry.slug.as_str(), "is_public": entry.is_public } }),
    };
    audit::record(tx, ctx, &permit, entry).await?;
    Ok(id)
}
