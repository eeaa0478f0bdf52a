//! Reads for pages. Whoever calls has asked [`crate::access`] whether the actor may see it.

use db::{Result, Sql, Tx, args, sql};
use kernel::{AgencyId, Period, PersonId, RhkId, SkpId};
use regulation::berakhlak;

use crate::model::Topic;
use crate::store::FeedbackRow;

/// The feedback of a period, as the evaluation form prints it (performance-cycle 3.5).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grouped {
    /// By RHK; those without are missing.
    pub rhks: Vec<(RhkId, Vec<FeedbackRow>)>,
    /// By value in the fixed order; those without are missing.
    pub values: Vec<(berakhlak::Value, Vec<FeedbackRow>)>,
}

impl Grouped {
    /// The remarks on one RHK, oldest first.
    pub fn of_rhk(&self, rhk: RhkId) -> &[FeedbackRow] {
        self.rhks
            .iter()
            .find(|(id, _)| *id == rhk)
            .map_or(&[], |(_, rows)| rows)
    }

    /// The remarks on one value, oldest first.
    pub fn of_value(&self, value: berakhlak::Value) -> &[FeedbackRow] {
        self.values
            .iter()
            .find(|(v, _)| *v == value)
            .map_or(&[], |(_, rows)| rows)
    }

    /// How many remarks there are.
    pub fn count(&self) -> usize {
        self.rhks.iter().map(|(_, rows)| rows.len()).sum::<usize>()
            + self.values.iter().map(|(_, rows)| rows.len()).sum::<usize>()
    }
}

/// The feedback on an SKP in a period.
pub async fn of_period(tx: &mut Tx, skp: SkpId, year: i16, period: Period) -> Result<Grouped> {
    let rows: Vec<FeedbackRow> = tx
        .all(
            sql!(
                "SELECT id, agency_id, skp_id, rhk_id, value_no, giver_id, giver_role, year, period, tone, text, \
                 submit_key, created_at FROM feedback WHERE skp_id = $1 AND year = $2 AND period = $3 \
                 ORDER BY value_no, rhk_id, created_at, id"
            ),
            args![skp, year, period],
        )
        .await?;
    Ok(group(rows))
}

fn group(rows: Vec<FeedbackRow>) -> Grouped {
    let mut grouped = Grouped::default();
    for row in rows {
        match row.topic {
            Topic::Rhk(rhk) => push(&mut grouped.rhks, rhk, row),
            Topic::Value(value) => push(&mut grouped.values, value, row),
        }
    }
    grouped.values.sort_by_key(|(value, _)| value.number());
    grouped
}

fn push<K: PartialEq>(groups: &mut Vec<(K, Vec<FeedbackRow>)>, key: K, row: FeedbackRow) {
    match groups.iter_mut().find(|(k, _)| *k == key) {
        Some((_, rows)) => rows.push(row),
        None => groups.push((key, vec![row])),
    }
}

/// The latest remarks on an SKP, latest first, for the start page of its owner.
pub async fn latest(tx: &mut Tx, skp: SkpId, most: i64) -> Result<Vec<FeedbackRow>> {
    tx.all(
        sql!(
            "SELECT id, agency_id, skp_id, rhk_id, value_no, giver_id, giver_role, year, period, tone, text, \
             submit_key, created_at FROM feedback WHERE skp_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2"
        ),
        args![skp, most],
    )
    .await
}

/// How many remarks each of these SKPs has in a period; those without are missing.
pub async fn counts(tx: &mut Tx, skps: &[SkpId], year: i16, period: Period) -> Result<Vec<(SkpId, i64)>> {
    let q = Sql::new("SELECT skp_id, CAST(COUNT(*) AS BIGINT) FROM feedback WHERE ")
        .push_in("skp_id", skps.iter().copied())
        .push_with(" AND year = {}", year)
        .push_with(" AND period = {} GROUP BY skp_id ORDER BY skp_id", period);
    tx.all(q.text(), q.args()).await
}

/// The remark that came from a form.
pub async fn by_key(tx: &mut Tx, agency: AgencyId, giver: PersonId, key: &str) -> Result<Option<FeedbackRow>> {
    tx.optional(
        sql!(
            "SELECT id, agency_id, skp_id, rhk_id, value_no, giver_id, giver_role, year, period, tone, text, \
             submit_key, created_at FROM feedback WHERE agency_id = $1 AND giver_id = $2 AND submit_key = $3"
        ),
        args![agency, giver, key],
    )
    .await
}
