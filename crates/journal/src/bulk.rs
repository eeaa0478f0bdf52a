//! Many rows at once, for the demo city, imports, benchmarks and tests: plain rows, no rules, no trail.

use db::{Result, Tx};

use crate::store::rows;
pub use crate::store::{ActionRow, EvidenceRow, LockRow, ProgressRow, RealisationRow};

/// Recorded work, table by table.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// Lines of action plans.
    pub actions: Vec<ActionRow>,
    /// Entries of daily progress; each with its own `submit_key`.
    pub entries: Vec<ProgressRow>,
    /// Realised values.
    pub realisations: Vec<RealisationRow>,
    /// Evidence; the bytes of files are put into the store by the caller.
    pub evidence: Vec<EvidenceRow>,
    /// Periods whose evaluation is final.
    pub locks: Vec<LockRow>,
}

/// Inserts everything, one statement a table.
pub async fn insert_all(tx: &mut Tx, all: &Rows) -> Result<()> {
    rows::actions(tx, &all.actions).await?;
    rows::entries(tx, &all.entries).await?;
    rows::realisations(tx, &all.realisations).await?;
    rows::evidence(tx, &all.evidence).await?;
    rows::locks(tx, &all.locks).await?;
    Ok(())
}
