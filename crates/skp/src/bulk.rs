//! Many rows at once, for the demo city, imports, benchmarks and tests: plain rows, no rules, no trail.

use db::{Result, Tx};

use crate::store::rows;
pub use crate::store::{AnnexRow, EventRow, ExpectationRow, IkiRow, PartyRow, RhkRow, SkpRow};

/// Whole SKPs, table by table. RHK of superiors must stand before the RHK that support them.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// SKPs.
    pub skps: Vec<SkpRow>,
    /// Their RHK, superiors' first.
    pub rhks: Vec<RhkRow>,
    /// Their IKI.
    pub ikis: Vec<IkiRow>,
    /// Lines of their annexes.
    pub annex: Vec<AnnexRow>,
    /// Special expectations.
    pub expectations: Vec<ExpectationRow>,
    /// Names of the parties of approved SKPs.
    pub parties: Vec<PartyRow>,
    /// History.
    pub events: Vec<EventRow>,
}

/// Inserts everything, one statement a table.
pub async fn insert_all(tx: &mut Tx, all: &Rows) -> Result<()> {
    rows::skps(tx, &all.skps).await?;
    rows::rhks(tx, &all.rhks).await?;
    rows::ikis(tx, &all.ikis).await?;
    rows::annex(tx, &all.annex).await?;
    rows::expectations(tx, &all.expectations).await?;
    rows::parties(tx, &all.parties).await?;
    rows::events(tx, &all.events).await
}
