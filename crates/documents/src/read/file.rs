use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::cell::{Cell, Row};
use super::sniff::{Content, sniff};
use super::text::TextTable;
use super::workbook::Workbook;
use super::{Format, Head, Limits, Notice, ReadError, ReadOptions, Table, head};

/// An opened table: header known, rows not read yet.
pub struct TableFile<'a> {
    source: Source<'a>,
    head: Head,
    limits: Limits,
}

enum Source<'a> {
    Workbook(Workbook<'a>),
    Text(TextTable),
}

impl Source<'_> {
    fn rows(
        &mut self,
        limits: &Limits,
        each: impl FnMut(Row) -> Result<ControlFlow<()>, ReadError>,
    ) -> Result<(), ReadError> {
        match self {
            Self::Workbook(book) => book.rows(limits, each),
            Self::Text(text) => text.rows(limits, each),
        }
    }
}

impl<'a> TableFile<'a> {
    /// Says what the file is, finds sheet and header, and looks for everything worth a notice. The format comes from
    /// the content; `file_name` only serves to notice that it promises another one.
    ///
    /// # Errors
    /// Every [`ReadError`].
    pub fn open(bytes: &'a [u8], file_name: &str, options: ReadOptions<'_>) -> Result<Self, ReadError> {
        let limits = options.limits;
        if bytes.len() > limits.max_bytes {
            return Err(ReadError::TooManyBytes { max: limits.max_bytes });
        }
        let mut notices = Vec::new();
        let (mut source, format, sheet) = match sniff(bytes)? {
            Content::Workbook(archive) => {
                let mut book = Workbook::open(bytes, archive, options.sheet, &limits)?;
                notices.append(&mut book.notices);
                let sheet = book.sheet.clone();
                (Source::Workbook(book), Format::Xlsx, sheet)
            }
            Content::Text {
                text,
                encoding,
                guessed,
            } => {
                if guessed {
                    notices.push(Notice::EncodingGuessed { encoding });
                }
                let table = TextTable::new(text);
                let format = Format::Csv {
                    separator: table.separator(),
                    encoding,
                };
                (Source::Text(table), format, String::new())
            }
        };
        if contradicts(file_name, format) {
            notices.push(Notice::NameMismatch);
        }
        let mut first: Vec<Row> = Vec::new();
        source.rows(&limits, |row| {
            first.push(row);
            Ok(if first.len() < head::LOOK_AT {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            })
        })?;
        let (at, header) = head::find(&first, &options)?;
        let header_row = first.get(at).map_or(1, |row| row.number);
        if at > 0 {
            notices.push(Notice::RowsAboveHeader {
                count: u32::try_from(at).unwrap_or(u32::MAX),
            });
        }
        if let Source::Workbook(book) = &source {
            notices.extend(book.sheet_notices(header_row));
        }
        Ok(Self {
            source,
            head: Head {
                format,
                sheet,
                header,
                header_row,
                notices,
            },
            limits,
        })
    }

    /// What is known of the table.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Gives every row with content below the header to `each`, in order, until it breaks. May be called again.
    /// Answers with the notices that only the rows could give.
    ///
    /// # Errors
    /// [`ReadError::TooManyRows`], [`ReadError::TooManyColumns`], or a workbook that breaks off.
    pub fn for_each_row(&mut self, mut each: impl FnMut(Row) -> ControlFlow<()>) -> Result<Vec<Notice>, ReadError> {
        let (head, limits) = (&self.head, self.limits);
        let mut unnamed = BTreeSet::new();
        let mut count = 0u32;
        self.source.rows(&limits, |mut row| {
            if row.number <= head.header_row {
                return Ok(ControlFlow::Continue(()));
            }
            count += 1;
            if count > limits.max_rows {
                return Err(ReadError::TooManyRows { max: limits.max_rows });
            }
            unnamed.extend(head::unnamed(&row, &head.header));
            if row.cells.len() < head.header.len() {
                row.cells.resize(head.header.len(), Cell::Empty);
            }
            Ok(each(row))
        })?;
        Ok(unnamed
            .into_iter()
            .map(|column| Notice::EmptyHeading { column })
            .collect())
    }
}

/// Reads a whole table into memory.
///
/// # Errors
/// Every [`ReadError`].
pub fn read_table(bytes: &[u8], file_name: &str, options: ReadOptions<'_>) -> Result<Table, ReadError> {
    let mut rows = Vec::new();
    let head = for_each_row(bytes, file_name, options, |row| {
        rows.push(row);
        ControlFlow::Continue(())
    })?;
    Ok(Table { head, rows })
}

/// Reads a table row by row; answers with its head and all notices.
///
/// # Errors
/// Every [`ReadError`]; rows given before an error must be dropped by the caller.
pub fn for_each_row(
    bytes: &[u8],
    file_name: &str,
    options: ReadOptions<'_>,
    each: impl FnMut(Row) -> ControlFlow<()>,
) -> Result<Head, ReadError> {
    let mut file = TableFile::open(bytes, file_name, options)?;
    let notices = file.for_each_row(each)?;
    let mut head = file.head;
    head.notices.extend(notices);
    Ok(head)
}

fn contradicts(file_name: &str, format: Format) -> bool {
    let ending = file_name
        .rsplit_once('.')
        .map(|(_, e)| e.to_ascii_lowercase())
        .unwrap_or_default();
    match format {
        Format::Xlsx => matches!(ending.as_str(), "csv" | "txt" | "tsv" | "xls" | "xlsb" | "ods"),
        Format::Csv { .. } => matches!(ending.as_str(), "xlsx" | "xlsm" | "xls" | "xlsb" | "ods"),
    }
}
