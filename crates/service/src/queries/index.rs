use std::collections::HashMap;

use db::{FromRow, Result, Row, Sql, Tx, args, sql};
use jiff::civil::Date;
use kernel::{Code, ServiceId};
use regulation::Exact;
use regulation::skm::{
    Ikm, Interval, Mutu, MutuTable, Scale, Spread, Unsur, category, ikm, interval_95, is_small, lowest, nrr,
};

use crate::model::Form;

/// Whole numbers gathered by the database: all that an index is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// Complete answers (full form).
    pub n: u64,
    /// Sum of the answers to each element, in the order of the regulation.
    pub sums: [u64; 9],
    /// Sum over respondents of the square of their total, for the interval.
    pub squares: u64,
    /// Users of the service in a comparable period.
    pub population: Option<u64>,
}

/// One element of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Which.
    pub unsur: Unsur,
    /// Sum of its answers.
    pub sum: u64,
    /// Unrounded mean (NRR), 1 to 4.
    pub nrr: Exact,
    /// Its category.
    pub mutu: Option<Mutu>,
}

impl Element {
    /// The mean as it is shown, three decimals half up.
    pub fn shown(&self) -> String {
        self.nrr.round(3)
    }
}

/// The index of a service over some days (PermenPANRB 14/2017), computed exactly from sums.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceIndex {
    /// What it was computed from, so that anyone can repeat it.
    pub figures: Figures,
    /// The index, unrounded.
    pub ikm: Ikm,
    /// Category of the shown value.
    pub mutu: Option<Mutu>,
    /// The nine elements in the order of the regulation.
    pub elements: Vec<Element>,
    /// The three lowest, weakest first: the priority for improvement.
    pub lowest: Vec<Unsur>,
    /// Fewer than thirty answers: marked, and left out of rankings.
    pub is_small: bool,
    /// 95 % interval, from thirty answers on.
    pub interval: Option<Interval>,
}

impl ServiceIndex {
    /// Answers the index rests on.
    pub fn n(&self) -> u64 {
        self.figures.n
    }
}

impl Figures {
    /// The index of these figures; `None` when nobody answered or the sums cannot be (damaged rows).
    pub fn index(&self) -> Option<ServiceIndex> {
        let means = self
            .sums
            .iter()
            .map(|sum| nrr(*sum, self.n))
            .collect::<std::result::Result<Vec<_>, _>>()
            .ok()?;
        let index = ikm(&means, regulation::skm::Convention::Exact).ok()?;
        let table = MutuTable::Permenpanrb2017;
        let places = lowest(&means, 3);
        let elements = Unsur::ALL
            .iter()
            .zip(self.sums)
            .zip(means)
            .map(|((unsur, sum), nrr)| Element {
                unsur: *unsur,
                sum,
                mutu: category(table, Scale::Nrr, &nrr),
                nrr,
            });
        let spread = Spread {
            n: self.n,
            k: 9,
            sum: self.sums.iter().sum(),
            sum_of_squares: self.squares,
            population: self.population,
        };
        Some(ServiceIndex {
            figures: *self,
            mutu: index.mutu(table),
            ikm: index,
            elements: elements.collect(),
            lowest: places
                .into_iter()
                .filter_map(|at| Unsur::ALL.get(at).copied())
                .collect(),
            is_small: is_small(self.n),
            interval: interval_95(spread),
        })
    }
}

/// `n`, nine sums and the sum of squares from column `first` on.
fn figures_at(row: &Row<'_>, first: usize) -> Result<Figures> {
    let whole = |column: usize| -> Result<u64> {
        let value: i64 = row.get(first + column)?;
        Ok(u64::try_from(value).unwrap_or(0))
    };
    let mut sums = [0; 9];
    for (place, sum) in sums.iter_mut().enumerate() {
        *sum = whole(1 + place)?;
    }
    Ok(Figures {
        n: whole(0)?,
        sums,
        squares: whole(10)?,
        population: None,
    })
}

macro_rules! sums {
    ($before:literal, $after:literal) => {
        concat!(
            "SELECT ",
            $before,
            "CAST(COUNT(*) AS BIGINT), CAST(SUM(persyaratan) AS BIGINT), CAST(SUM(prosedur) AS BIGINT), ",
            "CAST(SUM(waktu) AS BIGINT), CAST(SUM(biaya) AS BIGINT), CAST(SUM(produk) AS BIGINT), ",
            "CAST(SUM(kompetensi) AS BIGINT), CAST(SUM(perilaku) AS BIGINT), CAST(SUM(pengaduan) AS BIGINT), ",
            "CAST(SUM(sarana) AS BIGINT), ",
            "CAST(SUM((persyaratan + prosedur + waktu + biaya + produk + kompetensi + perilaku + pengaduan + sarana) ",
            "* (persyaratan + prosedur + waktu + biaya + produk + kompetensi + perilaku + pengaduan + sarana)) ",
            "AS BIGINT)",
            $after
        )
    };
}

struct OfService {
    service: ServiceId,
    population: Option<i64>,
    figures: Figures,
}

impl FromRow for OfService {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            service: row.get(0)?,
            population: row.get(1)?,
            figures: figures_at(row, 2)?,
        })
    }
}

/// The indices of many services over `days` (first and last, by survey date) in one query. A service that nobody
/// answered for is absent.
pub async fn indices(
    tx: &mut Tx,
    services: &[ServiceId],
    days: (Date, Date),
) -> Result<HashMap<ServiceId, ServiceIndex>> {
    if services.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = Sql::new(sums!(
        "r.service_id, s.population, ",
        " FROM survey_response r JOIN service s ON s.id = r.service_id WHERE "
    ))
    .push_in("r.service_id", services.iter().copied())
    .push_with(" AND r.form = {}", Form::Full)
    .push_with(" AND r.survey_date >= {}", days.0)
    .push_with(" AND r.survey_date <= {}", days.1)
    .push(" GROUP BY r.service_id, s.population");
    let rows: Vec<OfService> = tx.all(sql.text(), sql.args()).await?;
    let known = rows.into_iter().filter_map(|row| {
        let figures = Figures {
            population: row.population.and_then(|n| u64::try_from(n).ok()),
            ..row.figures
        };
        Some((row.service, figures.index()?))
    });
    Ok(known.collect())
}

/// The index of one service over `days` (first and last, by survey date); one query.
pub async fn index(tx: &mut Tx, service: ServiceId, days: (Date, Date)) -> Result<Option<ServiceIndex>> {
    Ok(indices(tx, &[service], days).await?.remove(&service))
}

/// Faces of the short form over some days: counted, never an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Faces(pub [u64; 4]);

impl Faces {
    /// All short answers.
    pub fn total(self) -> u64 {
        self.0.iter().sum()
    }
}

/// How often each face (1 to 4) was chosen on the short form over `days`.
pub async fn faces(tx: &mut Tx, service: ServiceId, days: (Date, Date)) -> Result<Faces> {
    let rows: Vec<(i64, i64)> = tx
        .all(
            sql!(
                "SELECT overall, CAST(COUNT(*) AS BIGINT) FROM survey_response WHERE service_id = $1 AND form = $2 \
                 AND survey_date >= $3 AND survey_date <= $4 AND overall IS NOT NULL GROUP BY overall"
            ),
            args![service, Form::Short, days.0, days.1],
        )
        .await?;
    let mut faces = Faces::default();
    for (face, count) in rows {
        let place = usize::try_from(face - 1).ok().and_then(|at| faces.0.get_mut(at));
        if let (Some(place), Ok(count)) = (place, u64::try_from(count)) {
            *place += count;
        }
    }
    Ok(faces)
}

/// Answers of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCount {
    /// The day.
    pub day: Date,
    /// Full forms.
    pub full: i64,
    /// Short forms.
    pub short: i64,
}
db::from_row!(DayCount { day, full, short });

/// Answers per day over `days`, days without answers left out.
pub async fn daily(tx: &mut Tx, service: ServiceId, days: (Date, Date)) -> Result<Vec<DayCount>> {
    tx.all(
        sql!(
            "SELECT survey_date, CAST(SUM(CASE WHEN form = $1 THEN 1 ELSE 0 END) AS BIGINT), \
             CAST(SUM(CASE WHEN form = $2 THEN 1 ELSE 0 END) AS BIGINT) FROM survey_response WHERE service_id = $3 \
             AND survey_date >= $4 AND survey_date <= $5 GROUP BY survey_date ORDER BY survey_date"
        ),
        args![Form::Full, Form::Short, service, days.0, days.1],
    )
    .await
}

/// The index of one month.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendPoint {
    /// `YYYY-MM`.
    pub month: String,
    /// Its index.
    pub index: ServiceIndex,
    /// Difference to the month before it in the list, from unrounded values; shown with sign and two decimals.
    pub change: Option<Exact>,
    /// The intervals of both months are known and do not overlap: the change is "berarti".
    pub significant: bool,
}

struct OfMonth {
    month: String,
    figures: Figures,
}

impl FromRow for OfMonth {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            month: row.get(0)?,
            figures: figures_at(row, 1)?,
        })
    }
}

/// The index month by month over `days`; one query. Months without answers are absent, so that the picture shows a gap
/// and not a zero.
pub async fn trend(tx: &mut Tx, service: ServiceId, days: (Date, Date)) -> Result<Vec<TrendPoint>> {
    let rows: Vec<OfMonth> = tx
        .all(
            sql!(sums!(
                "substr(survey_date, 1, 7), ",
                " FROM survey_response WHERE service_id = $1 AND form = $2 AND survey_date >= $3 AND survey_date <= $4 \
                 GROUP BY substr(survey_date, 1, 7) ORDER BY substr(survey_date, 1, 7)"
            )),
            args![service, Form::Full, days.0, days.1],
        )
        .await?;
    let mut points: Vec<TrendPoint> = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(index) = row.figures.index() else { continue };
        let before = points.last();
        let change = before.map(|p| index.ikm.exact() - p.index.ikm.exact());
        let apart = before.and_then(|p| Some(!p.index.interval?.overlaps(&index.interval?)));
        points.push(TrendPoint {
            month: row.month,
            change,
            significant: apart == Some(true),
            index,
        });
    }
    Ok(points)
}

/// Who answered, for the tables of the publication: each adds up to all full answers, the silent included.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    /// Answers by sex code; the empty code is "not told".
    pub sex: Vec<(String, u64)>,
    /// Answers by age band.
    pub age_band: Vec<(String, u64)>,
    /// Answers by education.
    pub education: Vec<(String, u64)>,
    /// Answers by occupation.
    pub occupation: Vec<(String, u64)>,
}

/// The profile of those who filled in the full form over `days`; one query.
pub async fn respondents(tx: &mut Tx, service: ServiceId, days: (Date, Date)) -> Result<Profile> {
    use crate::model::{AgeBand, Education, Occupation, Sex};
    type Group = (Option<String>, Option<String>, Option<String>, Option<String>, i64);
    let rows: Vec<Group> = tx
        .all(
            sql!(
                "SELECT sex, age_band, education, occupation, CAST(COUNT(*) AS BIGINT) FROM survey_response \
                 WHERE service_id = $1 AND form = $2 AND survey_date >= $3 AND survey_date <= $4 \
                 GROUP BY sex, age_band, education, occupation"
            ),
            args![service, Form::Full, days.0, days.1],
        )
        .await?;
    Ok(Profile {
        sex: tally::<Sex>(rows.iter().map(|r| (r.0.as_deref(), r.4))),
        age_band: tally::<AgeBand>(rows.iter().map(|r| (r.1.as_deref(), r.4))),
        education: tally::<Education>(rows.iter().map(|r| (r.2.as_deref(), r.4))),
        occupation: tally::<Occupation>(rows.iter().map(|r| (r.3.as_deref(), r.4))),
    })
}

/// Counts by code in the official order, then those who did not tell.
fn tally<'a, C: Code>(rows: impl Iterator<Item = (Option<&'a str>, i64)>) -> Vec<(String, u64)> {
    let mut counts: HashMap<&str, u64> = HashMap::new();
    for (code, count) in rows {
        *counts.entry(code.unwrap_or("")).or_default() += u64::try_from(count).unwrap_or(0);
    }
    let codes = C::ALL.iter().map(|c| c.code()).chain([""]);
    codes
        .map(|code| (code.to_owned(), counts.get(code).copied().unwrap_or(0)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_example_of_a_real_report() {
        // Kemenag Sulbar, third quarter 2025: published 90.56 with weight 0.11, exactly 91.48
        let figures = Figures {
            n: 29,
            sums: [105, 101, 100, 116, 102, 105, 106, 105, 115],
            squares: 0,
            population: None,
        };
        let index = figures.index().expect("answers");
        assert_eq!((index.ikm.shown(), index.mutu), ("91.48".into(), Some(Mutu::A)));
        assert_eq!(index.elements[0].shown(), "3.621");
        assert_eq!(index.lowest, [Unsur::Waktu, Unsur::Prosedur, Unsur::Produk]);
        assert!(index.is_small && index.interval.is_none());
        assert_eq!(Figures::default().index(), None);
        let damaged = Figures {
            n: 1,
            sums: [5; 9],
            ..figures
        };
        assert_eq!(damaged.index(), None);
    }
}
