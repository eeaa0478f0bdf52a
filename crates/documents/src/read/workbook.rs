use std::collections::BTreeSet;
use std::io::{BufReader, Cursor, Read};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader as _, Xlsx, XlsxError};
use jiff::civil::{Date, DateTime};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::cell::{Cell, Row};
use super::sniff::damaged;
use super::{Limits, Notice, ReadError};

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Deepest nesting of elements in a sheet; real ones stay below ten.
const MAX_DEPTH: usize = 64;
/// Most parts of a workbook.
const MAX_PARTS: usize = 10_000;

/// A sheet that is going to be read.
pub(super) struct Workbook<'a> {
    book: Box<Xlsx<Cursor<&'a [u8]>>>,
    /// Name of the sheet.
    pub(super) sheet: String,
    marks: Marks,
    /// What a person should know of the workbook.
    pub(super) notices: Vec<Notice>,
}

/// What the XML of a sheet says beside its values.
#[derive(Default)]
struct Marks {
    hidden_rows: BTreeSet<u32>,
    hidden_columns: Vec<u16>,
    merged: Vec<String>,
    formulas: u32,
    first_formula: String,
    cells: u64,
}

struct SheetEntry {
    name: String,
    path: String,
    hidden: bool,
}

impl<'a> Workbook<'a> {
    /// Looks through the parts, chooses the sheet (`wanted` if it is there and visible, else the first visible one
    /// with values) and opens it.
    pub(super) fn open(
        bytes: &'a [u8],
        mut archive: Archive<'a>,
        wanted: Option<&str>,
        limits: &Limits,
    ) -> Result<Self, ReadError> {
        measure(&mut archive, limits)?;
        let mut notices = Vec::new();
        if archive.file_names().flatten().any(|n| n.ends_with("vbaProject.bin")) {
            notices.push(Notice::Macros);
        }
        if archive
            .file_names()
            .flatten()
            .any(|n| n.starts_with("xl/externalLinks/"))
        {
            notices.push(Notice::ExternalLinks);
        }
        let sheets = list_sheets(&mut archive)?;
        let visible: Vec<&SheetEntry> = sheets.iter().filter(|s| !s.hidden).collect();
        let named = visible
            .iter()
            .find(|s| wanted.is_some_and(|w| s.name.trim().eq_ignore_ascii_case(w)));
        let mut chosen = None;
        for sheet in named.into_iter().chain(&visible) {
            let marks = scan(&mut archive, &sheet.path, limits)?;
            let is_filled = marks.cells > 0;
            if chosen.is_none() || is_filled {
                chosen = Some((sheet.name.clone(), marks));
            }
            if is_filled {
                break;
            }
        }
        let (sheet, marks) = chosen.ok_or(ReadError::NoVisibleSheet)?;
        let names = |hidden: bool| -> Vec<String> {
            sheets
                .iter()
                .filter(|s| s.hidden == hidden && s.name != sheet)
                .map(|s| s.name.clone())
                .take(20)
                .collect()
        };
        let (other, hidden) = (names(false), names(true));
        // the sheets of our own template beside the wanted one are no surprise to anyone
        if !other.is_empty() && wanted.is_none_or(|w| !sheet.eq_ignore_ascii_case(w)) {
            notices.push(Notice::OtherSheets { names: other });
        }
        if !hidden.is_empty() {
            notices.push(Notice::HiddenSheets { names: hidden });
        }
        let book = guarded(|| Xlsx::new(Cursor::new(bytes)))?;
        Ok(Self {
            book: Box::new(book),
            sheet,
            marks,
            notices,
        })
    }

    /// Notices about the sheet at and below the header row (from 1).
    pub(super) fn sheet_notices(&self, header_row: u32) -> Vec<Notice> {
        let mut out = Vec::new();
        let hidden = self.marks.hidden_rows.range(header_row..);
        if let Some(first) = hidden.clone().next() {
            let count = u32::try_from(hidden.count()).unwrap_or(u32::MAX);
            out.push(Notice::HiddenRows { count, first: *first });
        }
        if !self.marks.hidden_columns.is_empty() {
            out.push(Notice::HiddenColumns {
                columns: self.marks.hidden_columns.clone(),
            });
        }
        let mut below = self.marks.merged.iter().filter(|area| last_row(area) >= header_row);
        if let Some(first) = below.next() {
            let count = u32::try_from(below.count()).unwrap_or(u32::MAX).saturating_add(1);
            out.push(Notice::MergedCells {
                count,
                first: first.clone(),
            });
        }
        if self.marks.formulas > 0 {
            out.push(Notice::Formulas {
                count: self.marks.formulas,
                first: self.marks.first_formula.clone(),
            });
        }
        out
    }

    /// Gives every row with content to `each` until it breaks.
    pub(super) fn rows(
        &mut self,
        limits: &Limits,
        mut each: impl FnMut(Row) -> Result<ControlFlow<()>, ReadError>,
    ) -> Result<(), ReadError> {
        let mut reader = guarded(|| self.book.worksheet_cells_reader(&self.sheet))?;
        let hidden = &self.marks.hidden_rows;
        let mut current: Option<Row> = None;
        loop {
            let record = guarded(|| reader.next_cell_with_formula_metadata())?;
            let at = record.as_ref().map(|r| r.pos.0.saturating_add(1));
            if let Some(row) = current.take_if(|row| at != Some(row.number))
                && each(row)?.is_break()
            {
                return Ok(());
            }
            let Some(record) = record else { return Ok(()) };
            let number = record.pos.0.saturating_add(1);
            let column = record.pos.1;
            let mut cell = value_cell(record.value, limits);
            if record.formula.is_some() {
                cell = Cell::Formula(Box::new(cell));
            }
            if cell.is_empty() {
                continue;
            }
            if column >= u32::from(limits.max_columns) {
                return Err(ReadError::TooManyColumns {
                    max: limits.max_columns,
                    row: number,
                });
            }
            let row = current.get_or_insert_with(|| Row {
                number,
                hidden: hidden.contains(&number),
                cells: Vec::new(),
            });
            let column = column as usize;
            if row.cells.len() <= column {
                row.cells.resize(column + 1, Cell::Empty);
            }
            row.cells[column] = cell;
        }
    }
}

/// Runs a step of the workbook library; a panic inside it is a damaged file, not the end of the request.
fn guarded<T>(step: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, ReadError> {
    match catch_unwind(AssertUnwindSafe(step)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(XlsxError::Password)) => Err(ReadError::PasswordProtected),
        Ok(Err(error)) => Err(damaged(error)),
        Err(_) => Err(damaged("the workbook library gave up")),
    }
}

/// Unpacks every part once, only to count: the sizes in the directory of an archive are a claim.
fn measure(archive: &mut Archive<'_>, limits: &Limits) -> Result<(), ReadError> {
    if archive.len() > MAX_PARTS {
        return Err(ReadError::TooMuchUnpacked {
            max: limits.max_unzipped,
        });
    }
    let mut left = limits.max_unzipped;
    let mut buffer = vec![0u8; 64 * 1024];
    for at in 0..archive.len() {
        let mut part = match archive.by_index(at) {
            Ok(part) => part,
            Err(zip::result::ZipError::UnsupportedArchive(reason)) if reason.contains("assword") => {
                return Err(ReadError::PasswordProtected);
            }
            Err(error) => return Err(damaged(error)),
        };
        if part.size() > left {
            return Err(ReadError::TooMuchUnpacked {
                max: limits.max_unzipped,
            });
        }
        let name = part.name().map_err(damaged)?.to_ascii_lowercase();
        let is_xml = name.ends_with(".xml") || name.ends_with(".rels");
        // shared strings are kept in memory as a whole, so they get a share of the limit only
        let mut own = if name == "xl/sharedstrings.xml" {
            limits.max_unzipped / 4
        } else {
            left
        };
        let mut tail: Vec<u8> = Vec::new();
        loop {
            let read = part.read(&mut buffer).map_err(damaged)?;
            if read == 0 {
                break;
            }
            let size = read as u64;
            if size > left || size > own {
                return Err(ReadError::TooMuchUnpacked {
                    max: limits.max_unzipped,
                });
            }
            left -= size;
            own -= size;
            if is_xml {
                tail.extend_from_slice(&buffer[..read]);
                if declares_entities(&tail) {
                    return Err(ReadError::ForbiddenXml);
                }
                tail.drain(..tail.len().saturating_sub(16));
            }
        }
    }
    Ok(())
}

fn declares_entities(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|b| *b == b'<') {
        rest = &rest[at + 1..];
        if rest.starts_with(b"!DOCTYPE") || rest.starts_with(b"!ENTITY") {
            return true;
        }
    }
    false
}

/// The sheets in order with the paths of their parts.
fn list_sheets(archive: &mut Archive<'_>) -> Result<Vec<SheetEntry>, ReadError> {
    let mut targets: Vec<(String, String)> = Vec::new();
    each_element(archive, "xl/_rels/workbook.xml.rels", |e| {
        if e.local_name().as_ref() == "Relationship"
            && let (Some(id), Some(target)) = (attribute(e, "Id"), attribute(e, "Target"))
            && attribute(e, "Type").is_some_and(|t| t.ends_with("/worksheet"))
        {
            let path = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => format!("xl/{target}"),
            };
            targets.push((id, path));
        }
        Ok(())
    })?;
    let mut sheets = Vec::new();
    each_element(archive, "xl/workbook.xml", |e| {
        if e.local_name().as_ref() == "sheet"
            && let (Some(name), Some(id)) = (attribute(e, "name"), attribute(e, "id"))
            && let Some((_, path)) = targets.iter().find(|(known, _)| *known == id)
        {
            let hidden = attribute(e, "state").is_some_and(|s| s != "visible");
            sheets.push(SheetEntry {
                name,
                path: path.clone(),
                hidden,
            });
        }
        Ok(())
    })?;
    Ok(sheets)
}

/// Reads what the XML of one sheet says beside its values.
fn scan(archive: &mut Archive<'_>, path: &str, limits: &Limits) -> Result<Marks, ReadError> {
    let mut marks = Marks::default();
    let mut row = 0u32;
    let mut cell = String::new();
    let most_cells = u64::from(limits.max_rows)
        .saturating_mul(u64::from(limits.max_columns))
        .saturating_mul(2);
    each_element(archive, path, |e| {
        match e.local_name().as_ref() {
            "row" => {
                row = attribute(e, "r")
                    .and_then(|r| r.parse().ok())
                    .unwrap_or(row.saturating_add(1));
                if is_true(e, "hidden") {
                    marks.hidden_rows.insert(row);
                }
            }
            "c" => {
                cell.clear();
                cell.push_str(&attribute(e, "r").unwrap_or_default());
            }
            "f" => {
                marks.formulas = marks.formulas.saturating_add(1);
                if marks.formulas == 1 {
                    marks.first_formula.clone_from(&cell);
                }
            }
            "v" | "is" => {
                marks.cells += 1;
                if marks.cells > most_cells {
                    return Err(ReadError::TooManyRows { max: limits.max_rows });
                }
            }
            "col" if is_true(e, "hidden") => {
                let number = |name: &str| attribute(e, name).and_then(|v| v.parse::<u16>().ok());
                if let (Some(first), Some(last)) = (number("min"), number("max")) {
                    let room = 60usize.saturating_sub(marks.hidden_columns.len());
                    marks.hidden_columns.extend((first..=last).take(room));
                }
            }
            "mergeCell" => {
                if let Some(area) = attribute(e, "ref").filter(|_| marks.merged.len() < 10_000) {
                    marks.merged.push(area.chars().take(24).collect());
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(marks)
}

/// Calls `each` for every element of a part.
fn each_element(
    archive: &mut Archive<'_>,
    path: &str,
    mut each: impl FnMut(&BytesStart<'_>) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let index = archive
        .file_names()
        .flatten()
        .find(|n| n.eq_ignore_ascii_case(path))
        .map(std::borrow::Cow::into_owned)
        .ok_or_else(|| {
            damaged(format_args!(
                "the part {} is missing",
                path.chars().take(100).collect::<String>()
            ))
        })?;
    let part = archive.by_name(&index).map_err(damaged)?;
    let mut reader = Reader::from_reader(BufReader::with_capacity(64 * 1024, part));
    let mut buffer = Vec::new();
    let mut depth = 0usize;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(damaged)? {
            Event::Start(e) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(damaged("elements are nested too deep"));
                }
                each(&e)?;
            }
            Event::Empty(e) => each(&e)?,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::DocType(_) => return Err(ReadError::ForbiddenXml),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|a| a.key.local_name().as_ref() == name)?;
    let value: &str = found.value.as_ref();
    Some(quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), std::borrow::Cow::into_owned))
}

fn is_true(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|v| v == "1" || v == "true")
}

/// Last row of an area such as "B7:B9"; 0 if it cannot be read.
fn last_row(area: &str) -> u32 {
    let end = area.rsplit(':').next().unwrap_or(area);
    end.trim_start_matches(|c: char| !c.is_ascii_digit())
        .parse()
        .unwrap_or(0)
}

fn value_cell(value: DataRef<'_>, limits: &Limits) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(n) => Cell::Number {
            text: n.to_string(),
            rounded: n.unsigned_abs() >= 1_000_000_000_000_000,
        },
        DataRef::Float(n) => number_cell(n),
        DataRef::String(text) => text_cell(&text, limits),
        DataRef::SharedString(text) => text_cell(text, limits),
        DataRef::Bool(b) => Cell::Bool(b),
        DataRef::DateTime(at) if at.is_datetime() && (0.0..2_958_466.0).contains(&at.as_f64()) => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            let part = |n: u8| i8::try_from(n).unwrap_or(-1);
            let year = i16::try_from(year).unwrap_or(-1);
            match DateTime::new(year, part(month), part(day), part(hour), part(minute), part(second), 0) {
                Ok(at) if at.time() == jiff::civil::Time::midnight() => Cell::Date(at.date()),
                Ok(at) => Cell::DateTime(at),
                Err(_) => number_cell(at.as_f64()),
            }
        }
        DataRef::DateTime(at) => number_cell(at.as_f64()),
        DataRef::DateTimeIso(text) => match (text.parse::<Date>(), text.parse::<DateTime>()) {
            (_, Ok(at)) if at.time() != jiff::civil::Time::midnight() => Cell::DateTime(at),
            (Ok(date), _) => Cell::Date(date),
            _ => text_cell(&text, limits),
        },
        DataRef::DurationIso(text) => text_cell(&text, limits),
        DataRef::Error(kind) => Cell::Error(kind.to_string()),
    }
}

fn text_cell(text: &str, limits: &Limits) -> Cell {
    if text.trim().is_empty() {
        return Cell::Empty;
    }
    let chars = if text.len() > limits.max_cell_chars {
        text.chars().count()
    } else {
        0
    };
    if chars > limits.max_cell_chars {
        Cell::TooLong { chars }
    } else {
        Cell::Text(text.to_owned())
    }
}

fn number_cell(n: f64) -> Cell {
    if !n.is_finite() {
        return Cell::Error("#NUM!".to_owned());
    }
    let rounded = n.abs() >= 1e15;
    let text = if n.abs() >= 1e21 || (n != 0.0 && n.abs() < 1e-12) {
        format!("{n:e}")
    } else {
        format!("{n}")
    };
    Cell::Number { text, rounded }
}
