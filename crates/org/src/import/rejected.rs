use std::collections::HashMap;
use std::ops::ControlFlow;

use jiff::civil::Date;

use super::run::open_tables;
use super::{Finding, ImportError, Report, Severity};

/// A row that was not taken, as it stands in the file, with the reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedRow {
    /// Row in the file.
    pub row: u32,
    /// Its cells as text, in the order of the headings.
    pub cells: Vec<String>,
    /// Why.
    pub reasons: Vec<Finding>,
}

/// The rejected rows of one sheet, with its headings: to be corrected and imported again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedRows {
    /// Sheet; empty for text files.
    pub sheet: String,
    /// Headings.
    pub header: Vec<String>,
    /// Rows.
    pub rows: Vec<RejectedRow>,
}

/// The rows that a report rejects, read again from the file.
pub fn rejected_rows(bytes: &[u8], file_name: &str, report: &Report) -> Result<Vec<RejectedRows>, ImportError> {
    let mut reasons: HashMap<(String, u32), Vec<Finding>> = HashMap::new();
    for finding in report
        .findings
        .iter()
        .filter(|f| f.row > 0 && f.kind.severity() == Severity::Error)
    {
        reasons
            .entry((finding.sheet.clone(), finding.row))
            .or_default()
            .push(finding.clone());
    }
    let mut sheets = Vec::new();
    // the day only decides how values are judged, which is done already
    for (mut table, layout) in open_tables(bytes, file_name, Date::ZERO, &mut Vec::new())? {
        let mut rows = Vec::new();
        table
            .for_each_row(|row| {
                if let Some(reasons) = reasons.remove(&(layout.sheet.clone(), row.number)) {
                    let cells = row
                        .cells
                        .iter()
                        .take(layout.header.len())
                        .map(documents::Cell::as_text)
                        .collect();
                    rows.push(RejectedRow {
                        row: row.number,
                        cells,
                        reasons,
                    });
                }
                ControlFlow::Continue(())
            })
            .map_err(ImportError::Read)?;
        if !rows.is_empty() {
            sheets.push(RejectedRows {
                sheet: layout.sheet,
                header: layout.header,
                rows,
            });
        }
    }
    Ok(sheets)
}
