use db::{Result, Sql, Tx};
use jiff::civil::Date;
use kernel::ServiceId;
use regulation::service_times::{Entry, Noted, ServiceTimes, summarise};

/// What the register of a service says about time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Times {
    /// The statistics, defects included.
    pub figures: ServiceTimes,
    /// Dates that are not written as dates at all; counted as days that cannot be.
    pub unreadable: u64,
    /// Usable rows with a promised day that were done in time, in hundredths of a percent; none without such rows.
    pub on_time_share: Option<i64>,
}

/// Reads the register of a service, whole or the requests of some days (first and last); one query.
pub async fn times(tx: &mut Tx, service: ServiceId, days: Option<(Date, Date)>) -> Result<Times> {
    let sql = Sql::new("SELECT requested, target, completed, cancel_flag FROM service_case WHERE ")
        .push_with("service_id = {}", service)
        .push_opt(" AND requested >= {}", days.map(|d| d.0))
        .push_opt(" AND requested <= {}", days.map(|d| d.1));
    let mut entries = Vec::new();
    let mut unreadable = 0;
    tx.each(sql.text(), sql.args(), |row| {
        let mut noted = |column: usize| -> Result<Noted> {
            let text: String = row.get(column)?;
            Ok(Noted::parse(&text).unwrap_or_else(|_| {
                unreadable += 1;
                Noted::Impossible(None)
            }))
        };
        let (requested, target, completed) = (noted(0)?, noted(1)?, noted(2)?);
        let flag: String = row.get(3)?;
        entries.push(Entry {
            requested,
            target,
            completed,
            cancelled: !flag.trim().is_empty(),
        });
        Ok(true)
    })
    .await?;
    let figures = summarise(&entries);
    let share = (figures.on_time * 10_000 + figures.with_target / 2).checked_div(figures.with_target);
    Ok(Times {
        unreadable,
        on_time_share: share.and_then(|s| i64::try_from(s).ok()),
        figures,
    })
}
