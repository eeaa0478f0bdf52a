use std::ops::ControlFlow;

use super::cell::{Cell, Row};
use super::sniff::damaged;
use super::{Limits, ReadError};
use crate::write::restore;

/// A CSV file, decoded.
pub(super) struct TextTable {
    text: String,
    separator: u8,
    /// Lines taken off the beginning (`sep=;`).
    skipped_lines: u32,
}

impl TextTable {
    /// Finds the separator.
    pub(super) fn new(text: String) -> Self {
        let first = text.lines().next().unwrap_or("").trim();
        if let Some(named) = first.strip_prefix("sep=").filter(|s| s.len() == 1) {
            let separator = named.as_bytes()[0];
            let rest = text
                .split_once('\n')
                .map(|(_, rest)| rest.to_owned())
                .unwrap_or_default();
            return Self {
                text: rest,
                separator,
                skipped_lines: 1,
            };
        }
        let separator = find_separator(&text);
        Self {
            text,
            separator,
            skipped_lines: 0,
        }
    }

    /// The separator found.
    pub(super) fn separator(&self) -> char {
        char::from(self.separator)
    }

    /// Gives every row with content to `each` until it breaks.
    pub(super) fn rows(
        &mut self,
        limits: &Limits,
        mut each: impl FnMut(Row) -> Result<ControlFlow<()>, ReadError>,
    ) -> Result<(), ReadError> {
        let mut reader = reader(self.text.as_bytes(), self.separator);
        let mut record = csv::StringRecord::new();
        let mut lines = Lines {
            bytes: self.text.as_bytes(),
            at: 0,
            line: self.skipped_lines.saturating_add(1),
        };
        while reader.read_record(&mut record).map_err(damaged)? {
            let number = lines.of_record_at(record.position().map_or(0, csv::Position::byte));
            let mut cells = Vec::with_capacity(record.len().min(usize::from(limits.max_columns)));
            for (at, field) in record.iter().enumerate() {
                let cell = text_cell(field, limits);
                if at >= usize::from(limits.max_columns) {
                    if !cell.is_empty() {
                        return Err(ReadError::TooManyColumns {
                            max: limits.max_columns,
                            row: number,
                        });
                    }
                    continue;
                }
                cells.push(cell);
            }
            if cells.iter().all(Cell::is_empty) {
                continue;
            }
            if each(Row {
                number,
                hidden: false,
                cells,
            })?
            .is_break()
            {
                break;
            }
        }
        Ok(())
    }
}

/// Counts lines the way an editor does, whatever ends them; the parser itself counts line feeds only.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line of the first byte at or after `start` that is not a line end.
    fn of_record_at(&mut self, start: u64) -> u32 {
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        while let Some(&byte) = self.bytes.get(self.at) {
            let is_end = byte == b'\n' || byte == b'\r';
            if self.at >= start && !is_end {
                break;
            }
            // the first half of CR LF does not count
            if is_end && (byte == b'\n' || self.bytes.get(self.at + 1) != Some(&b'\n')) {
                self.line = self.line.saturating_add(1);
            }
            self.at += 1;
        }
        self.line
    }
}

fn text_cell(field: &str, limits: &Limits) -> Cell {
    if field.trim().is_empty() {
        return Cell::Empty;
    }
    let chars = if field.len() > limits.max_cell_chars {
        field.chars().count()
    } else {
        0
    };
    if chars > limits.max_cell_chars {
        Cell::TooLong { chars }
    } else {
        Cell::Text(restore(field).into_owned())
    }
}

fn reader(bytes: &[u8], separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(bytes)
}

/// The separator that cuts the first lines into the most even table; `;` when none does.
fn find_separator(text: &str) -> u8 {
    let mut end = text.len().min(65_536);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text.as_bytes()[..end];
    let score = |separator: u8| {
        let widths: Vec<usize> = reader(sample, separator)
            .records()
            .take(25)
            .flatten()
            .map(|r| r.len())
            .collect();
        let mut sorted = widths.clone();
        sorted.sort_unstable();
        let usual = sorted.get(sorted.len() / 2).copied().unwrap_or(0);
        let even = widths.iter().filter(|w| **w == usual).count();
        if usual < 2 { 0 } else { even * 1_000 + usual.min(999) }
    };
    // the last of equals wins, so the most likely comes last
    [b'|', b'\t', b',', b';']
        .into_iter()
        .max_by_key(|s| score(*s))
        .unwrap_or(b';')
}
