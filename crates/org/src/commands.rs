//! What administrators do to the organisation. Each command checks the permit, lets the model decide, writes, makes the
//! employee rows anew, and leaves a trace, all in one transaction.

pub mod people;
pub mod placements;
pub mod positions;
pub mod superiors;
pub mod units;

use db::Tx;
use jiff::civil::Date;
use kernel::{AgencyId, Ctx};

use crate::projection::{self, Affected};

/// The date in the agency now; commands about days need it inside their transaction.
pub(crate) async fn today(tx: &mut Tx, ctx: &Ctx, agency: AgencyId) -> db::Result<Date> {
    let row = crate::agency::by_id(tx, agency).await?.ok_or(db::Error::NoRow)?;
    Ok(row.today(ctx))
}

pub(crate) async fn refresh(tx: &mut Tx, agency: AgencyId, today: Date, affected: Affected<'_>) -> db::Result<()> {
    projection::refresh(tx, agency, today, affected).await.map(drop)
}
