use db::{Db, Tx};
use kernel::{Ctx, ServiceId};
use policy::{Action, Actor, Denied, Kind, decide};
use serde_json::json;

use crate::model::{CatalogueProblem, Draft};
use crate::queries::Service;
use crate::{access, store};

/// A change of a service.
#[derive(Debug, Clone)]
pub struct EditService {
    /// Which.
    pub service: ServiceId,
    /// The version the editor saw.
    pub version: i64,
    /// What the form says now.
    pub draft: Draft,
}

/// Why a service was not changed.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// Not this actor.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The service does not exist in this agency.
    #[error("the service does not exist")]
    NotFound,
    /// Fields break rules.
    #[error("the form breaks {} rules", .0.len())]
    Invalid(Vec<CatalogueProblem>),
    /// Another service of the agency has this address.
    #[error("the address is taken")]
    SlugTaken,
    /// Somebody else changed it meanwhile; their values.
    #[error("somebody else changed the service")]
    Stale(Box<Service>),
    /// The database.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Changes a service and answers its new version.
pub async fn edit(db: &Db, ctx: &Ctx, actor: &Actor, input: &EditService) -> Result<i64, EditError> {
    db::write!(db, async |tx| inside(tx, ctx, actor, input).await)
}

async fn inside(tx: &mut Tx, ctx: &Ctx, actor: &Actor, input: &EditService) -> Result<i64, EditError> {
    let facts = access::facts(tx, actor.agency, input.service)
        .await?
        .ok_or(EditError::NotFound)?;
    let permit = decide(actor, Action::Manage, &facts).permit()?;
    let entry = input.draft.check().map_err(EditError::Invalid)?;
    let before = store::get(tx, actor.agency, input.service)
        .await?
        .ok_or(EditError::NotFound)?;
    if before.version != input.version {
        return Err(EditError::Stale(Box::new(before)));
    }
    let holder = store::holder_of(tx, actor.agency, &entry.slug).await?;
    if holder.is_some_and(|other| other != input.service) {
        return Err(EditError::SlugTaken);
    }
    if !store::update(tx, input.service, input.version, &entry).await? {
        return Err(EditError::Stale(Box::new(before)));
    }
    let told = |name: &str, slug: &str, public: bool, population: Option<i64>| json!({ "name": name, "slug": slug, "is_public": public, "population": population });
    let detail = json!({
        "before": told(&before.name, &before.slug, before.is_public, before.population),
        "after": told(&entry.name, entry.slug.as_str(), entry.is_public, entry.population),
    });
    let entry = audit::Entry {
        verb: "service.edit",
        kind: Kind::Service,
        subject: input.service.uuid(),
        detail,
    };
    audit::record(tx, ctx, &permit, entry).await?;
    Ok(input.version + 1)
}
