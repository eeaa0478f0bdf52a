use std::borrow::Cow;

use jiff::civil::Date;
use kernel::Decimal;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use super::{WriteError, neutralise};

/// Most characters a cell of the format holds.
const CELL_CHARS: usize = 32_767;

/// What a column holds; decides how its cells are written and aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text; also for NIP and any other number that is a name.
    Text,
    /// A number with `decimals` places after the comma (0 to 10).
    Number {
        /// Places shown.
        decimals: u8,
    },
    /// A whole number.
    Integer,
    /// A date.
    Date,
}

/// One column of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Heading as printed.
    pub heading: String,
    /// Width in characters (1 to 120).
    pub width: u8,
    /// What it holds.
    pub kind: Kind,
}

impl Column {
    /// A column of `kind`, `width` characters wide.
    pub fn new(heading: impl Into<String>, width: u8, kind: Kind) -> Self {
        Self {
            heading: heading.into(),
            width,
            kind,
        }
    }
}

/// One value of a list.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Empty,
    /// Text, written as text whatever it looks like.
    Text(String),
    /// A number. Spreadsheets keep 15 digits: one with more is written as text.
    Number(Decimal),
    /// A whole number; beyond 15 digits written as text.
    Integer(i64),
    /// A date; before 1900 written as text, because the format knows none.
    Date(Date),
}

impl Value {
    /// Text, or nothing.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The value as a CSV field.
    pub(super) fn to_csv(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => neutralise(text).into_owned(),
            Self::Number(number) => number.to_string(),
            Self::Integer(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<Decimal> for Value {
    fn from(number: Decimal) -> Self {
        Self::Number(number)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

/// A list that becomes an XLSX file: title, lines about filters and source, a frozen header, rows.
///
/// Rows are written as they come and leave memory at once (through a temporary file), so a list of any length costs
/// a few megabytes beside the finished file.
#[derive(Debug, Clone)]
pub struct Sheet {
    name: String,
    title: String,
    notes: Vec<String>,
    columns: Vec<Column>,
    created: Date,
}

impl Sheet {
    /// A sheet called `name` with `title` in its first row. `created` goes into the file's properties.
    pub fn new(name: &str, title: impl Into<String>, created: Date) -> Self {
        Self {
            name: sheet_name(name),
            title: title.into(),
            notes: Vec::new(),
            columns: Vec::new(),
            created,
        }
    }

    /// Adds a line under the title: a filter that was set, the time of the export.
    pub fn note(mut self, line: impl Into<String>) -> Self {
        self.notes.push(line.into());
        self
    }

    /// Adds a column.
    pub fn column(mut self, heading: impl Into<String>, width: u8, kind: Kind) -> Self {
        self.columns.push(Column::new(heading, width, kind));
        self
    }

    /// The finished file.
    ///
    /// # Errors
    /// [`WriteError::TooLarge`] beyond 1,048,576 rows, [`WriteError::Failed`] when the temporary file cannot be written.
    pub fn write(&self, rows: impl IntoIterator<Item = Vec<Value>>) -> Result<Vec<u8>, WriteError> {
        let mut book = Workbook::new();
        book.set_properties(&properties(&self.title, self.created)?);
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_name(&self.name)?;
        for (at, column) in self.columns.iter().enumerate() {
            sheet.set_column_width(column_number(at)?, f64::from(column.width.clamp(1, 120)))?;
        }
        sheet.set_landscape();
        sheet.set_paper_size(9);
        let mut at = 0u32;
        sheet.write_string_with_format(at, 0, clip(&self.title), &Format::new().set_bold().set_font_size(14))?;
        for note in &self.notes {
            at += 1;
            sheet.write_string(at, 0, clip(note))?;
        }
        at += if self.notes.is_empty() { 1 } else { 2 };
        let head = heading_format();
        for (i, column) in self.columns.iter().enumerate() {
            sheet.write_string_with_format(at, column_number(i)?, clip(&column.heading), &head)?;
        }
        sheet.set_freeze_panes(at + 1, 0)?;
        sheet.set_repeat_rows(at, at)?;
        let header = at;
        let formats: Vec<Format> = self.columns.iter().map(|c| cell_format(c.kind)).collect();
        let text = cell_format(Kind::Text);
        for row in rows {
            at = at.checked_add(1).ok_or(WriteError::TooLarge)?;
            for (i, value) in row.iter().enumerate() {
                write_value(
                    sheet,
                    at,
                    column_number(i)?,
                    value,
                    formats.get(i).unwrap_or(&text),
                    &text,
                )?;
            }
        }
        if at > header && !self.columns.is_empty() {
            sheet.autofilter(header, 0, at, column_number(self.columns.len() - 1)?)?;
        }
        Ok(book.save_to_buffer()?)
    }
}

fn write_value(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value,
    format: &Format,
    text: &Format,
) -> Result<(), WriteError> {
    match value {
        Value::Empty => {}
        Value::Text(t) => {
            sheet.write_string_with_format(row, column, clip(t), text)?;
        }
        Value::Integer(n) if n.unsigned_abs() < 1_000_000_000_000_000 => {
            // below 10^15 every whole number is exact in the format's floating point
            sheet.write_number_with_format(row, column, *n as f64, format)?;
        }
        Value::Integer(n) => {
            sheet.write_string_with_format(row, column, n.to_string(), text)?;
        }
        Value::Number(n) => match exact_f64(*n) {
            Some(float) => {
                sheet.write_number_with_format(row, column, float, format)?;
            }
            None => {
                sheet.write_string_with_format(row, column, n.to_string(), text)?;
            }
        },
        Value::Date(date) => {
            let excel = u16::try_from(date.year()).ok().and_then(|year| {
                ExcelDateTime::from_ymd(year, date.month().unsigned_abs(), date.day().unsigned_abs()).ok()
            });
            match excel {
                Some(excel) if date.year() >= 1900 => sheet.write_datetime_with_format(row, column, excel, format)?,
                _ => sheet.write_string_with_format(row, column, date.to_string(), text)?,
            };
        }
    }
    Ok(())
}

/// The number as the format keeps it, if its 15 digits are enough.
fn exact_f64(number: Decimal) -> Option<f64> {
    let digits = number.mantissa().unsigned_abs().to_string().len();
    if digits > 15 {
        None
    } else {
        number.to_string().parse().ok()
    }
}

pub(super) fn properties(title: &str, created: Date) -> Result<DocProperties, WriteError> {
    let year = u16::try_from(created.year()).unwrap_or(1900).max(1900);
    let created = ExcelDateTime::from_ymd(year, created.month().unsigned_abs(), created.day().unsigned_abs())?;
    Ok(DocProperties::new()
        .set_title(clip(title).as_ref())
        .set_creation_datetime(&created))
}

pub(super) fn heading_format() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(0xE4_EC_E6)
        .set_border_bottom(FormatBorder::Thin)
}

pub(super) fn cell_format(kind: Kind) -> Format {
    let top = Format::new().set_align(FormatAlign::Top);
    match kind {
        Kind::Text => top.set_num_format_index(49),
        Kind::Integer => top.set_num_format("#,##0"),
        Kind::Number { decimals: 0 } => top.set_num_format("#,##0"),
        Kind::Number { decimals } => top.set_num_format(format!("#,##0.{}", "0".repeat(usize::from(decimals.min(10))))),
        Kind::Date => top.set_num_format("dd/mm/yyyy"),
    }
}

pub(super) fn column_number(at: usize) -> Result<u16, WriteError> {
    u16::try_from(at).map_err(|_| WriteError::TooLarge)
}

/// A name the format takes: at most 31 characters without `[]:*?/\` and not beginning or ending with an apostrophe.
pub(super) fn sheet_name(name: &str) -> String {
    let clean: String = name
        .chars()
        .map(|c| {
            if c.is_control() || matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') {
                ' '
            } else {
                c
            }
        })
        .take(31)
        .collect();
    let clean = clean.trim_matches(['\'', ' ']);
    if clean.is_empty() {
        "Data".to_owned()
    } else {
        clean.to_owned()
    }
}

/// At most what a cell holds, without characters that XML cannot carry.
pub(super) fn clip(text: &str) -> Cow<'_, str> {
    let fits = text.encode_utf16().take(CELL_CHARS + 1).count() <= CELL_CHARS;
    let is_bad = |c: char| (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    if fits && !text.contains(is_bad) {
        return Cow::Borrowed(text);
    }
    let mut units = 0;
    let cut = text.chars().filter(|c| !is_bad(*c)).take_while(|c| {
        units += c.len_utf16();
        units < CELL_CHARS
    });
    let mut out: String = cut.collect();
    if !fits {
        out.push('…');
    }
    Cow::Owned(out)
}
