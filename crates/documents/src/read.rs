//! Tables that people bring: XLSX and CSV of any make. The reader says by codes what a spreadsheet did to the values
//! and never guesses; what it means for a person is said by the importer in the reader's language.
//!
//! Nothing in a file can make it panic, follow a reference outside, or take more memory than the limits allow.

mod cell;
mod file;
mod head;
mod sniff;
mod text;
mod workbook;

pub use cell::{Cell, Damage, Row};
pub use file::{TableFile, for_each_row, read_table};

/// How much of a file is read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file as sent.
    pub max_bytes: usize,
    /// Rows with content below the header.
    pub max_rows: u32,
    /// Columns with content.
    pub max_columns: u16,
    /// Characters of one cell; a longer one becomes [`Cell::TooLong`].
    pub max_cell_chars: usize,
    /// Bytes of all parts of a workbook together when unpacked.
    pub max_unzipped: u64,
}

impl Default for Limits {
    /// 20 MB, 100,000 rows, 60 columns, 4,000 characters a cell, 300 MB unpacked.
    fn default() -> Self {
        Self {
            max_bytes: 20 * 1024 * 1024,
            max_rows: 100_000,
            max_columns: 60,
            max_cell_chars: 4_000,
            max_unzipped: 300 * 1024 * 1024,
        }
    }
}

/// What the caller knows about the table before it is read.
#[derive(Clone, Copy, Default)]
pub struct ReadOptions<'a> {
    /// Limits.
    pub limits: Limits,
    /// The sheet to read if the workbook has it ("Data" of our template); otherwise the first visible one with content.
    pub sheet: Option<&'a str>,
    /// Says whether a row, cells trimmed, is the header. Asked for the first 50 rows; without it, or if it never says
    /// yes, the first row that is filled about as wide as the table is taken.
    pub is_header: Option<&'a dyn Fn(&[String]) -> bool>,
}

/// What kind of file it is, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Office Open XML workbook (xlsx, xlsm).
    Xlsx,
    /// Values with separators.
    Csv {
        /// The separator found.
        separator: char,
        /// Name of the encoding found.
        encoding: &'static str,
    },
}

/// Why a file cannot be read as a table. Codes only; the importer has the words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// No bytes, or nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// Larger than `max` bytes.
    #[error("the file is larger than {max} bytes")]
    TooManyBytes {
        /// The limit.
        max: usize,
    },
    /// The parts of the workbook unpack to more than `max` bytes: a zip bomb or a workbook with pictures.
    #[error("the workbook unpacks to more than {max} bytes")]
    TooMuchUnpacked {
        /// The limit.
        max: u64,
    },
    /// More than `max` rows with content.
    #[error("more than {max} rows")]
    TooManyRows {
        /// The limit.
        max: u32,
    },
    /// More than `max` columns with content.
    #[error("more than {max} columns, seen in row {row}")]
    TooManyColumns {
        /// The limit.
        max: u16,
        /// Row of the file, from 1.
        row: u32,
    },
    /// Not a spreadsheet and not text: a picture, a PDF, a program, random bytes.
    #[error("not a table")]
    NotATable,
    /// An old Excel file (97-2003, `.xls`).
    #[error("an old .xls workbook")]
    OldXls,
    /// An OpenDocument spreadsheet.
    #[error("an OpenDocument spreadsheet")]
    Ods,
    /// A binary workbook (`.xlsb`).
    #[error("a binary workbook (.xlsb)")]
    BinaryWorkbook,
    /// A web page saved under the name of a spreadsheet, as many reports of older systems are.
    #[error("a web page named as a spreadsheet")]
    Html,
    /// An XML file that is not a workbook.
    #[error("an XML file")]
    Xml,
    /// The workbook is locked with a password.
    #[error("locked with a password")]
    PasswordProtected,
    /// The XML of the workbook declares a document type or entities, which no spreadsheet program writes.
    #[error("the workbook declares XML entities")]
    ForbiddenXml,
    /// A workbook that breaks off or contradicts itself.
    #[error("the workbook is damaged: {detail}")]
    Damaged {
        /// For the log.
        detail: String,
    },
    /// Every sheet is hidden or is not a worksheet.
    #[error("no visible sheet")]
    NoVisibleSheet,
    /// No header was found: no row has content.
    #[error("no rows")]
    NoRows,
    /// Two columns have the same heading (compared without case and white space).
    #[error("the heading {heading:?} stands over more than one column")]
    DuplicateHeading {
        /// The heading.
        heading: String,
        /// Columns from 1.
        columns: Vec<u16>,
    },
}

/// Something a person should know about the file, although it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Other visible sheets that were not read.
    OtherSheets {
        /// Their names.
        names: Vec<String>,
    },
    /// Hidden sheets that were not read.
    HiddenSheets {
        /// Their names.
        names: Vec<String>,
    },
    /// Hidden rows, which were read like any other and are marked in [`Row::hidden`].
    HiddenRows {
        /// How many.
        count: u32,
        /// The first, from 1.
        first: u32,
    },
    /// Hidden columns, which were read like any other.
    HiddenColumns {
        /// Columns from 1, at most 60.
        columns: Vec<u16>,
    },
    /// Merged cells at or below the header: only their first cell holds the value.
    MergedCells {
        /// How many areas.
        count: u32,
        /// The first, as in "B7:B9".
        first: String,
    },
    /// Cells hold formulas; their last computed value was read ([`Cell::Formula`]).
    Formulas {
        /// How many.
        count: u32,
        /// The first cell, as in "C12".
        first: String,
    },
    /// The workbook holds macros, which were ignored.
    Macros,
    /// The workbook refers to other workbooks; nothing was followed.
    ExternalLinks,
    /// The text is not UTF-8; it was read as the named older encoding, so accents may be wrong.
    EncodingGuessed {
        /// Its name.
        encoding: &'static str,
    },
    /// The ending of the file name promises another format than the content has.
    NameMismatch,
    /// A column without a heading holds values, which were kept but have no name.
    EmptyHeading {
        /// Column from 1.
        column: u16,
    },
    /// Rows above the header were passed over.
    RowsAboveHeader {
        /// How many with content.
        count: u32,
    },
}

/// What is known before the first row is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Format of the file.
    pub format: Format,
    /// Name of the sheet read; empty for CSV.
    pub sheet: String,
    /// Headings, trimmed, white space collapsed; empty ones stay empty.
    pub header: Vec<String>,
    /// Row of the header in the file, from 1.
    pub header_row: u32,
    /// What a person should know.
    pub notices: Vec<Notice>,
}

/// A whole table in memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What is known of the file, with all notices.
    pub head: Head,
    /// Rows with content below the header.
    pub rows: Vec<Row>,
}
