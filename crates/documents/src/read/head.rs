use super::cell::{Cell, Row};
use super::{ReadError, ReadOptions};

/// Rows looked at to find the header.
pub(super) const LOOK_AT: usize = 50;

/// The header among the first rows: its place among them and its headings.
pub(super) fn find(first: &[Row], options: &ReadOptions<'_>) -> Result<(usize, Vec<String>), ReadError> {
    let texts: Vec<Vec<String>> = first.iter().map(headings).collect();
    let known = options
        .is_header
        .and_then(|is_header| texts.iter().position(|row| is_header(row)));
    let at = known.or_else(|| widest(&texts)).ok_or(ReadError::NoRows)?;
    let header = texts.into_iter().nth(at).unwrap_or_default();
    refuse_duplicates(&header)?;
    Ok((at, header))
}

fn headings(row: &Row) -> Vec<String> {
    row.cells
        .iter()
        .map(|c| c.as_text().split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

/// The first row filled at least half as wide as the widest: titles above a table fill one or two cells.
fn widest(rows: &[Vec<String>]) -> Option<usize> {
    let filled = |row: &Vec<String>| row.iter().filter(|t| !t.is_empty()).count();
    let most = rows.iter().map(filled).max().filter(|n| *n > 0)?;
    rows.iter().position(|row| filled(row) * 2 >= most)
}

fn refuse_duplicates(header: &[String]) -> Result<(), ReadError> {
    for (at, heading) in header.iter().enumerate().filter(|(_, h)| !h.is_empty()) {
        let folded = heading.to_lowercase();
        let same = |other: &String| other.to_lowercase() == folded;
        if header[..at].iter().any(same) {
            continue;
        }
        let columns: Vec<u16> = (1u16..)
            .zip(header)
            .filter(|(_, other)| same(other))
            .map(|(number, _)| number)
            .collect();
        if columns.len() > 1 {
            return Err(ReadError::DuplicateHeading {
                heading: heading.clone(),
                columns,
            });
        }
    }
    Ok(())
}

/// Columns (from 1) of `row` that hold a value but have no heading.
pub(super) fn unnamed<'a>(row: &'a Row, header: &'a [String]) -> impl Iterator<Item = u16> + 'a {
    (1u16..)
        .zip(&row.cells)
        .filter(|(_, cell)| !Cell::is_empty(cell))
        .map(|(number, _)| number)
        .filter(|number| header.get(usize::from(*number) - 1).is_none_or(String::is_empty))
}
