//! Many rows at once, for the demo city, imports, benchmarks and tests: plain rows, no rules, no trail.

use db::{Result, Tx};

pub use crate::store::FeedbackRow;

/// Inserts everything with one statement; each row has its own `submit_key`.
pub async fn insert_all(tx: &mut Tx, rows: &[FeedbackRow]) -> Result<()> {
    crate::store::insert(tx, rows).await?;
    Ok(())
}
