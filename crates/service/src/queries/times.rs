use std::collections::HashMap;

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
    /// First and last day of a request that can be; none in a register without one.
    pub days: Option<(Date, Date)>,
}

/// Reads the register of a service, whole or the requests of some days (first and last); one query.
pub async fn times(tx: &mut Tx, service: ServiceId, days: Option<(Date, Date)>) -> Result<Times> {
    let found = times_of(tx, &[service], days).await?.remove(&service);
    Ok(found.unwrap_or_else(|| Lines::default().summary()))
}

/// Reads the registers of many services in one query. A service without lines is absent.
pub async fn times_of(
    tx: &mut Tx,
    services: &[ServiceId],
    days: Option<(Date, Date)>,
) -> Result<HashMap<ServiceId, Times>> {
    if services.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = Sql::new("SELECT service_id, requested, target, completed, cancel_flag FROM service_case WHERE ")
        .push_in("service_id", services.iter().copied())
        .push_opt(" AND requested >= {}", days.map(|d| d.0))
        .push_opt(" AND requested <= {}", days.map(|d| d.1));
    let mut registers: HashMap<ServiceId, Lines> = HashMap::new();
    tx.each(sql.text(), sql.args(), |row| {
        let lines = registers.entry(row.get(0)?).or_default();
        let requested = lines.noted(&row.get::<String>(1)?);
        let target = lines.noted(&row.get::<String>(2)?);
        let completed = lines.noted(&row.get::<String>(3)?);
        if let Noted::Day(day) = requested {
            lines.first = Some(lines.first.map_or(day, |first| first.min(day)));
            lines.last = Some(lines.last.map_or(day, |last| last.max(day)));
        }
        let flag: String = row.get(4)?;
        lines.entries.push(Entry {
            requested,
            target,
            completed,
            cancelled: !flag.trim().is_empty(),
        });
        Ok(true)
    })
    .await?;
    Ok(registers.into_iter().map(|(id, lines)| (id, lines.summary())).collect())
}

/// A register while it is read.
#[derive(Default)]
struct Lines {
    entries: Vec<Entry>,
    unreadable: u64,
    first: Option<Date>,
    last: Option<Date>,
}

impl Lines {
    fn noted(&mut self, text: &str) -> Noted {
        Noted::parse(text).unwrap_or_else(|_| {
            self.unreadable += 1;
            Noted::Impossible(None)
        })
    }

    fn summary(&self) -> Times {
        let figures = summarise(&self.entries);
        let share = (figures.on_time * 10_000 + figures.with_target / 2).checked_div(figures.with_target);
        Times {
            unreadable: self.unreadable,
            on_time_share: share.and_then(|s| i64::try_from(s).ok()),
            days: self.first.zip(self.last),
            figures,
        }
    }
}
