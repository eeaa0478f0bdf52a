//! Reads for the page of the trail. Nothing but the keys of the table is needed: there is no index by time, because
//! every change of everybody would pay for it. The sixteen chains are read from their ends and merged.

use db::{Result, Sql, Tx, args, sql};
use kernel::{AgencyId, Instant};
use uuid::Uuid;

use crate::CHAINS;

/// Entries on a page.
pub const PAGE: usize = 50;

/// An entry as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailEntry {
    /// Chain.
    pub chain: i64,
    /// Place in the chain.
    pub seq: i64,
    /// When.
    pub at: Instant,
    /// Acting account.
    pub actor: Option<Uuid>,
    /// Reason of the permit.
    pub permit: String,
    /// What was done, as `area.verb`.
    pub verb: String,
    /// Code of the kind of thing.
    pub kind: String,
    /// Which thing.
    pub subject: Uuid,
    /// What changed, as JSON text.
    pub detail: String,
}
db::from_row!(TrailEntry {
    chain,
    seq,
    at,
    actor,
    permit,
    verb,
    kind,
    subject,
    detail
});

const SELECT: &str = "SELECT chain, seq, at, actor_id, permit, verb, kind, subject_id, detail FROM audit_entry";

/// The last entry of each chain that a page may show; zero for a chain that is used up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds(Vec<i64>);

impl Bounds {
    /// The written form for an address: sixteen numbers.
    pub fn encode(&self) -> String {
        self.0.iter().map(i64::to_string).collect::<Vec<_>>().join(".")
    }

    /// Reads the written form; anything else is `None`, which means the latest entries.
    pub fn decode(text: &str) -> Option<Self> {
        let numbers: Vec<i64> = text.split('.').map_while(|n| n.parse().ok()).take(17).collect();
        let fits = i64::try_from(numbers.len()) == Ok(CHAINS) && numbers.iter().all(|n| *n >= 0);
        fits.then_some(Self(numbers))
    }
}

/// A page of the trail, latest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailPage {
    /// Entries.
    pub entries: Vec<TrailEntry>,
    /// Where older ones begin, if there are any.
    pub next: Option<Bounds>,
}

/// The changes of an agency, latest first. Only for those who see the whole agency. Two statements at most.
pub async fn latest(tx: &mut Tx, agency: AgencyId, from: Option<Bounds>) -> Result<TrailPage> {
    let mut bounds = match from {
        Some(bounds) => bounds,
        None => heads(tx, agency).await?,
    };
    let depth = i64::try_from(PAGE).unwrap_or(i64::MAX);
    let mut sql = Sql::new(SELECT).push_with(" WHERE agency_id = {} AND (1 = 0", agency);
    for (chain, end) in (0..CHAINS).zip(&bounds.0).filter(|(_, end)| **end > 0) {
        sql = sql
            .push_with(" OR (chain = {}", chain)
            .push_with(" AND seq <= {}", *end)
            .push_with(" AND seq > {})", end.saturating_sub(depth));
    }
    let sql = sql.push(") ORDER BY chain, seq");
    let rows: Vec<TrailEntry> = tx.all(sql.text(), sql.args()).await?;
    let mut chains: Vec<Vec<TrailEntry>> = (0..CHAINS)
        .map(|chain| rows.iter().filter(|r| r.chain == chain).cloned().collect())
        .collect();
    let mut entries = Vec::new();
    while entries.len() < PAGE {
        // the end of a chain is its latest entry; among chains the latest goes first
        let latest = chains
            .iter_mut()
            .filter(|c| !c.is_empty())
            .max_by_key(|c| c.last().map(|e| (e.at, std::cmp::Reverse(e.chain))));
        let Some(entry) = latest.and_then(Vec::pop) else { break };
        if let Some(end) = usize::try_from(entry.chain).ok().and_then(|c| bounds.0.get_mut(c)) {
            *end = entry.seq - 1;
        }
        entries.push(entry);
    }
    let more = bounds.0.iter().any(|end| *end > 0) && entries.len() == PAGE;
    Ok(TrailPage {
        entries,
        next: more.then_some(bounds),
    })
}

async fn heads(tx: &mut Tx, agency: AgencyId) -> Result<Bounds> {
    let heads: Vec<(i64, i64)> = tx
        .all(
            sql!("SELECT chain, seq FROM audit_head WHERE agency_id = $1"),
            args![agency],
        )
        .await?;
    Ok(Bounds(
        (0..CHAINS)
            .map(|chain| heads.iter().find(|(c, _)| *c == chain).map_or(0, |(_, seq)| *seq))
            .collect(),
    ))
}

/// The latest [`PAGE`] changes to one thing, and whether there are older ones.
pub async fn of_subject(tx: &mut Tx, agency: AgencyId, subject: Uuid) -> Result<(Vec<TrailEntry>, bool)> {
    let most = i64::try_from(PAGE).unwrap_or(i64::MAX).saturating_add(1);
    let sql = Sql::new(SELECT)
        .push_with(" WHERE agency_id = {}", agency)
        .push_with(" AND subject_id = {}", subject)
        .push_with(" ORDER BY at DESC, chain, seq DESC LIMIT {}", most);
    let mut rows: Vec<TrailEntry> = tx.all(sql.text(), sql.args()).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    Ok((rows, more))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sixteen_numbers_are_a_place() {
        let place = Bounds((0..16).collect());
        assert_eq!(Bounds::decode(&place.encode()), Some(place));
        for bad in [
            "",
            "1.2",
            "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.-1",
            "x",
            "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0",
        ] {
            assert_eq!(Bounds::decode(bad), None, "{bad}");
        }
    }
}
