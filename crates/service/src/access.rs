//! Facts of services for the policy.

use db::{Result, Tx, args, sql};
use kernel::{AgencyId, ServiceId, UnitId};
use policy::{Facts, Kind};

/// Facts of a service, as long as it belongs to `agency`.
pub(crate) async fn facts(tx: &mut Tx, agency: AgencyId, service: ServiceId) -> Result<Option<Facts>> {
    let path: Option<String> = tx
        .scalar(
            sql!("SELECT unit_path FROM service WHERE agency_id = $1 AND id = $2"),
            args![agency, service],
        )
        .await?;
    Ok(path.map(|path| Facts::of_unit(Kind::Service, agency, path)))
}

/// Facts of a service that a unit would have, as long as the unit belongs to `agency`.
pub(crate) async fn facts_of_unit(tx: &mut Tx, agency: AgencyId, unit: UnitId) -> Result<Option<Facts>> {
    let path: Option<String> = tx
        .scalar(
            sql!("SELECT path FROM unit WHERE agency_id = $1 AND id = $2"),
            args![agency, unit],
        )
        .await?;
    Ok(path.map(|path| Facts::of_unit(Kind::Service, agency, path)))
}
