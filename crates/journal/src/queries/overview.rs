use db::{Result, Sql, Tx};
use jiff::civil::Date;
use kernel::{Period, PersonId, SkpId};
use skp::SkpRow;

/// How far a subordinate has recorded their work in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// Their SKP.
    pub skp: SkpRow,
    /// Entries of daily progress.
    pub entries: i64,
    /// Days with entries.
    pub days: i64,
    /// The last of them.
    pub last_day: Option<Date>,
    /// Lines of the action plan.
    pub actions: i64,
    /// Realised values.
    pub values: i64,
    /// Pieces of evidence.
    pub evidence: i64,
}

/// The subordinates of a superior in a period, in five statements. Those whose SKP carries no work yet have zeros.
pub async fn overview(tx: &mut Tx, superior: PersonId, year: i16, period: Period) -> Result<Vec<Overview>> {
    let Ok((first, last)) = period.days(year) else {
        return Ok(Vec::new());
    };
    let skps = skp::queries::of_subordinates(tx, superior, year).await?;
    let ids: Vec<SkpId> = skps.iter().map(|s| s.id).collect();
    let q = Sql::new(
        "SELECT skp_id, CAST(COUNT(*) AS BIGINT), CAST(COUNT(DISTINCT work_date) AS BIGINT), MAX(work_date) \
         FROM progress_entry WHERE ",
    )
    .push_in("person_id", skps.iter().map(|s| s.person_id))
    .push_with(" AND work_date >= {}", first)
    .push_with(" AND work_date <= {} GROUP BY skp_id", last);
    let entries: Vec<(SkpId, i64, i64, Option<Date>)> = tx.all(q.text(), q.args()).await?;
    let q = Sql::new("SELECT skp_id, CAST(COUNT(*) AS BIGINT) FROM action_plan WHERE ")
        .push_in("skp_id", ids.iter().copied())
        .push_with(" AND period = {} GROUP BY skp_id", period);
    let actions: Vec<(SkpId, i64)> = tx.all(q.text(), q.args()).await?;
    let q = Sql::new("SELECT skp_id, CAST(COUNT(*) AS BIGINT) FROM realisation WHERE ")
        .push_in("skp_id", ids.iter().copied())
        .push_with(" AND year = {}", year)
        .push_with(" AND period = {} GROUP BY skp_id", period);
    let values: Vec<(SkpId, i64)> = tx.all(q.text(), q.args()).await?;
    let q = Sql::new("SELECT skp_id, CAST(COUNT(*) AS BIGINT) FROM evidence WHERE ")
        .push_in("skp_id", ids)
        .push_with(" AND year = {}", year)
        .push_with(" AND period = {} GROUP BY skp_id", period);
    let evidence: Vec<(SkpId, i64)> = tx.all(q.text(), q.args()).await?;
    let count = |rows: &[(SkpId, i64)], id: SkpId| rows.iter().find(|(skp, _)| *skp == id).map_or(0, |(_, n)| *n);
    let views = skps.into_iter().map(|skp| {
        let own = entries.iter().find(|(id, ..)| *id == skp.id);
        Overview {
            entries: own.map_or(0, |(_, n, ..)| *n),
            days: own.map_or(0, |(_, _, days, _)| *days),
            last_day: own.and_then(|(.., last)| *last),
            actions: count(&actions, skp.id),
            values: count(&values, skp.id),
            evidence: count(&evidence, skp.id),
            skp,
        }
    });
    Ok(views.collect())
}
