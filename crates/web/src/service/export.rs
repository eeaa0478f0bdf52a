use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::Response;
use documents::{Kind as Cells, Sheet, Value, WriteError, file_stem};
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use i18n::Texts;
use jiff::civil::Date;
use policy::{Action, decide};
use regulation::Exact;
use service::queries::{self, ServiceIndex};

use super::figures::Chosen;
use super::words;
use crate::shared::{AppState, PageError, PageResult, QueryData, Staff};

/// Most answers in one file; a service with more is exported quarter by quarter.
const LINES: i64 = 100_000;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What the file is made of.
struct Annex {
    name: String,
    days: (Date, Date),
    today: Date,
    lines: Vec<[i64; 9]>,
    index: Option<ServiceIndex>,
}

/// `GET /layanan/{id}/jawaban.xlsx`: the annex "olah data" of a survey report, without the identity of respondents.
pub(super) async fn answers(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    QueryData(query): QueryData,
) -> PageResult {
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    let today = staff.today();
    let chosen = Chosen::read(&query, today.year());
    let days = chosen.days();
    let annex = db::read!(app.db, async |tx| {
        let (service, facts) = queries::find(tx, staff.actor(), id).await??;
        decide(staff.actor(), Action::Export, &facts).permit()?;
        let lines = queries::matrix(tx, id, days, LINES).await?;
        let index = queries::index(tx, id, days).await?;
        Ok::<_, PageError>(Annex {
            name: service.name,
            days,
            today,
            lines,
            index,
        })
    })?;
    let t = staff.t;
    let stem = file_stem(&["SKM", &annex.name, &chosen.label(t)]);
    // writing a large sheet takes a while: not on the threads that serve pages
    let bytes = tokio::task::spawn_blocking(move || sheet(t, &annex))
        .await
        .map_err(|e| PageError::internal(&e))?
        .map_err(|e| PageError::internal(&e))?;
    attachment(bytes, XLSX, &format!("{stem}.xlsx"))
}

/// A file to be saved under `name`, which is made of plain letters only.
fn attachment(bytes: Vec<u8>, kind: &'static str, name: &str) -> PageResult {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CONTENT_DISPOSITION, disposition.map_err(|e| PageError::internal(&e))?);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response)
}

fn sheet(t: Texts, annex: &Annex) -> Result<Vec<u8>, WriteError> {
    let (from, to) = annex.days;
    let n = u64::try_from(annex.lines.len()).unwrap_or(u64::MAX);
    let mut sheet = Sheet::new("SKM", t.service_export_title(&annex.name), annex.today)
        .note(t.service_export_period(t.date_long(from), t.date_long(to)))
        .note(t.service_export_n(words::count(t, n)))
        .note(t.service_export_weight())
        .column(t.service_export_no(), 26, Cells::Text);
    for number in 1..=9 {
        sheet = sheet.column(format!("U{number}"), 10, Cells::Text);
    }
    let answers = annex.lines.iter().zip(1i64..).map(|(line, number)| {
        let mut row = vec![Value::Integer(number)];
        row.extend(line.iter().map(|answer| Value::Integer(*answer)));
        row
    });
    sheet.write(answers.chain(annex.index.iter().flat_map(|index| totals(t, index))))
}

/// The lines below the answers, as the annex of the regulation has them.
fn totals(t: Texts, index: &ServiceIndex) -> Vec<Vec<Value>> {
    let number = |value: &Exact, places: u32| value.to_decimal(places).map_or(Value::Empty, Value::Number);
    let line = |label: &str, values: Vec<Value>| {
        let mut row = vec![Value::text(label)];
        row.extend(values);
        row
    };
    let sums = index
        .elements
        .iter()
        .map(|e| i64::try_from(e.sum).map_or(Value::Empty, Value::Integer));
    let means = index.elements.iter().map(|e| number(&e.nrr, 3));
    let weighted = index.elements.iter().map(|e| {
        e.nrr
            .checked_div(&Exact::int(9))
            .map_or(Value::Empty, |w| number(&w, 3))
    });
    vec![
        line(t.service_export_sum(), sums.collect()),
        line(t.service_export_nrr(), means.collect()),
        line(t.service_export_weighted(), weighted.collect()),
        line(t.service_export_ikm(), vec![number(index.ikm.exact(), 2)]),
    ]
}

#[cfg(test)]
mod tests {
    use documents::{ReadOptions, read_table};
    use i18n::Lang;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_annex_adds_up_and_names_nobody() {
        let index = super::super::figures::samples::index(true);
        let annex = Annex {
            name: "=HYPERLINK(\"x\")".into(),
            days: (date(2026, 1, 1), date(2026, 12, 31)),
            today: date(2026, 11, 22),
            lines: vec![[3; 9]],
            index: Some(index),
        };
        for lang in Lang::ALL {
            let t = lang.texts();
            let bytes = sheet(t, &annex).expect("writes");
            let is_header = |row: &[String]| row.get(1).is_some_and(|cell| cell == "U1");
            let options = ReadOptions {
                is_header: Some(&is_header),
                ..ReadOptions::default()
            };
            let table = read_table(&bytes, "SKM.xlsx", options).expect("reads");
            let first: Vec<String> = table
                .rows
                .iter()
                .map(|r| r.cells.first().map_or_else(String::new, documents::Cell::as_text))
                .collect();
            assert_eq!(first.len(), 5, "one answer and four totals: {first:?}");
            assert_eq!(first[4], t.service_export_ikm());
            let ikm = table.rows[4].cells.get(1).map(documents::Cell::as_text);
            assert!(ikm.is_some_and(|v| v.starts_with("75")), "everybody answered 3");
        }
    }
}
