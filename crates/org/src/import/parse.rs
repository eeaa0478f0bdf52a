//! One row of the file into typed values. Nothing here knows the database.

use documents::{Cell, Damage, Row};
use jiff::civil::{Date, date};
use kernel::TextError;
use regulation::nip::{Nip, NipError, NipKind, Sex};

use super::column::SheetRole;
use super::{Column, Finding, FindingKind, Severity, scalar};
use crate::model::{self, Grade, PersonStatus, PositionKind, PositionLevel, UnitKind};

/// What a row says about its unit.
#[derive(Debug, Clone, Default)]
pub(super) struct UnitPart {
    pub(super) code: String,
    pub(super) name: Option<String>,
    pub(super) parent: Option<String>,
    pub(super) kind: Option<UnitKind>,
}

/// What a row says about a position.
#[derive(Debug, Clone)]
pub(super) struct PositionPart {
    pub(super) code: Option<String>,
    pub(super) title: String,
    pub(super) kind: Option<PositionKind>,
    pub(super) level: Option<PositionLevel>,
    pub(super) is_head: bool,
    pub(super) from: Option<Date>,
}

/// What a row says about a person.
#[derive(Debug, Clone)]
pub(super) struct PersonPart {
    pub(super) number: Nip,
    pub(super) previous: Option<Nip>,
    pub(super) kind: NipKind,
    pub(super) name: String,
    pub(super) title_front: Option<String>,
    pub(super) title_back: Option<String>,
    pub(super) birth_date: Option<Date>,
    pub(super) sex: Option<Sex>,
    pub(super) grade: Option<Grade>,
    pub(super) grade_from: Option<Date>,
    pub(super) email: Option<String>,
    pub(super) status: Option<PersonStatus>,
}

/// A row as it will be planned.
#[derive(Debug, Clone, Default)]
pub(super) struct Parsed {
    pub(super) sheet: u8,
    pub(super) row: u32,
    pub(super) unit: Option<UnitPart>,
    pub(super) position: Option<PositionPart>,
    pub(super) person: Option<PersonPart>,
    /// A finding has rejected it; only its unit may still count.
    pub(super) rejected: bool,
}

/// Where each column stands in the table.
pub(super) struct Layout {
    pub(super) role: SheetRole,
    pub(super) sheet: String,
    pub(super) columns: Vec<Option<Column>>,
    pub(super) header: Vec<String>,
    pub(super) today: Date,
}

/// Reads cells of one row and collects what is wrong with them.
struct Reader<'a> {
    layout: &'a Layout,
    row: &'a Row,
    findings: &'a mut Vec<Finding>,
    rejected: bool,
}

const EMPTY: Cell = Cell::Empty;

impl Reader<'_> {
    fn say(&mut self, column: Option<Column>, kind: FindingKind, value: &str) {
        self.rejected |= kind.severity() == Severity::Error;
        self.findings
            .push(Finding::new(&self.layout.sheet, self.row.number, column, kind, value));
    }

    fn cell(&self, column: Column) -> &Cell {
        let at = self.layout.columns.iter().position(|c| *c == Some(column));
        at.and_then(|at| self.row.cells.get(at)).unwrap_or(&EMPTY)
    }

    /// The cell with its remarks; `None` when it is empty or cannot be used.
    fn usable(&mut self, column: Column) -> Option<Cell> {
        let cell = self.cell(column).clone();
        if cell.is_formula() {
            self.say(Some(column), FindingKind::CellFormula, &cell.as_text());
        }
        match cell.value() {
            Cell::Error(text) => {
                self.say(Some(column), FindingKind::CellError, text);
                None
            }
            Cell::TooLong { chars } => {
                self.say(Some(column), FindingKind::TextTooLong, &chars.to_string());
                None
            }
            Cell::Text(text) if is_blank_word(text) => None,
            value if value.is_empty() => None,
            value => Some(value.clone()),
        }
    }

    fn text(&mut self, column: Column, max: usize) -> Option<String> {
        let raw = self.usable(column)?.as_text();
        if scalar::is_mojibake(&raw) {
            self.say(Some(column), FindingKind::TextMojibake, &raw);
        }
        match kernel::line(&raw, max) {
            Ok(text) => Some(text),
            Err(TextError::Empty) => None,
            Err(TextError::TooLong { .. }) => {
                self.say(Some(column), FindingKind::TextTooLong, &raw);
                None
            }
            Err(TextError::Forbidden) => {
                self.say(Some(column), FindingKind::TextForbidden, &raw);
                None
            }
        }
    }

    fn choice<T>(&mut self, column: Column, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.usable(column)?.as_text();
        let value = read(&text);
        if value.is_none() {
            self.say(Some(column), FindingKind::ValueUnknown, &text);
        }
        value
    }

    fn date(&mut self, column: Column) -> Option<Date> {
        let cell = self.usable(column)?;
        let latest = date(self.layout.today.year().saturating_add(5), 12, 31);
        match scalar::read_date(&cell) {
            Ok(day) if day.year() < 1900 || day > latest => {
                self.say(Some(column), FindingKind::DateOutOfRange, &cell.as_text());
                None
            }
            Ok(day) => Some(day),
            Err(kind) => {
                self.say(Some(column), kind, &cell.as_text());
                None
            }
        }
    }

    fn unit_code(&mut self, column: Column) -> Option<String> {
        let text = self.usable(column)?.as_text();
        match model::code(&text) {
            Ok(code) => Some(code),
            Err(_) => {
                self.say(Some(column), FindingKind::UnitCodeInvalid, &text);
                None
            }
        }
    }

    fn number(&mut self, column: Column) -> Option<Nip> {
        let cell = self.usable(column)?;
        let text = cell.as_text();
        let damage = match cell.damage() {
            Some(Damage::Rounded) => Some(FindingKind::NumberRounded),
            Some(Damage::Scientific) => Some(FindingKind::NumberScientific),
            Some(Damage::TrailingZeros) => Some(FindingKind::NumberTrailingZeros),
            None => None,
        };
        if let Some(kind) = damage {
            self.say(Some(column), kind, &text);
            return None;
        }
        // an apostrophe keeps digits in spreadsheets; dots and hyphens are how people group them
        let digits: String = text
            .chars()
            .filter(|c| !matches!(c, '\'' | '`' | '’' | '.' | '-'))
            .collect();
        match Nip::parse(&digits) {
            Ok(nip) => Some(nip),
            Err(error) => {
                let kind = match error {
                    NipError::LengthOrDigits => FindingKind::NumberLength,
                    NipError::BirthDate => FindingKind::NumberBirthDate,
                    NipError::SexDigit => FindingKind::NumberSexDigit,
                };
                self.say(Some(column), kind, &text);
                None
            }
        }
    }
}

/// What people write for "nothing".
fn is_blank_word(text: &str) -> bool {
    matches!(text.trim(), "-" | "--" | "—" | "–" | "N/A" | "n/a" | "NULL" | "null")
}

/// Reads a row. `None` for a repeated header.
pub(super) fn parse(layout: &Layout, sheet: u8, row: &Row, findings: &mut Vec<Finding>) -> Option<Parsed> {
    if repeats_header(layout, row) {
        findings.push(Finding::new(
            &layout.sheet,
            row.number,
            None,
            FindingKind::RowRepeatsHeader,
            "",
        ));
        return None;
    }
    let mut r = Reader {
        layout,
        row,
        findings,
        rejected: false,
    };
    if row.hidden {
        r.say(None, FindingKind::RowHidden, "");
    }
    let unit = unit(&mut r);
    let is_person =
        layout.role == SheetRole::People && (!r.cell(Column::Number).is_empty() || !r.cell(Column::Name).is_empty());
    let person = is_person.then(|| person(&mut r)).flatten();
    let leaves = person.as_ref().and_then(|p| p.status).is_some_and(|s| !s.is_staff());
    let position = position(&mut r, is_person && !leaves);
    if unit.is_none() && r.cell(Column::UnitCode).is_empty() && !leaves {
        let kind = if is_person || position.is_some() {
            FindingKind::UnitMissing
        } else {
            FindingKind::RowIncomplete
        };
        r.say(Some(Column::UnitCode), kind, "");
    }
    let rejected = r.rejected;
    Some(Parsed {
        sheet,
        row: row.number,
        unit,
        position,
        person,
        rejected,
    })
}

fn repeats_header(layout: &Layout, row: &Row) -> bool {
    let same = |(heading, cell): (&String, &Cell)| !heading.is_empty() && cell.as_text().eq_ignore_ascii_case(heading);
    let count = layout.header.iter().zip(&row.cells).filter(|pair| same(*pair)).count();
    count >= 3
}

fn unit(r: &mut Reader<'_>) -> Option<UnitPart> {
    let code = r.unit_code(Column::UnitCode);
    let name = r.text(Column::UnitName, 200);
    let had_parent = !r.cell(Column::ParentCode).is_empty();
    let parent = r.unit_code(Column::ParentCode);
    let kind = r.choice(Column::UnitKind, scalar::unit_kind);
    let code = code?;
    // a unit whose parent cannot be read is not made a root by that
    if had_parent && parent.is_none() && r.rejected {
        return Some(UnitPart {
            code,
            name: None,
            parent: None,
            kind: None,
        });
    }
    Some(UnitPart {
        code,
        name,
        parent,
        kind,
    })
}

fn position(r: &mut Reader<'_>, needed: bool) -> Option<PositionPart> {
    let title = r.text(Column::PositionTitle, 200);
    let code = r.text(Column::PositionCode, 60);
    let kind = r.choice(Column::PositionKind, scalar::position_kind);
    let level = r.choice(Column::Level, scalar::level);
    let is_head = r.choice(Column::IsHead, scalar::yes_no).unwrap_or(false);
    let from = r.date(Column::PositionFrom);
    if let (Some(kind), Some(level)) = (kind, level)
        && level.kind() != kind
    {
        r.say(
            Some(Column::Level),
            FindingKind::LevelMismatch,
            kernel::Code::code(level),
        );
    }
    let Some(title) = title else {
        if needed && r.cell(Column::PositionTitle).is_empty() {
            r.say(Some(Column::PositionTitle), FindingKind::PositionMissing, "");
        }
        return None;
    };
    Some(PositionPart {
        code,
        title,
        kind,
        level,
        is_head,
        from,
    })
}

fn person(r: &mut Reader<'_>) -> Option<PersonPart> {
    let before = r.rejected;
    let number = r.number(Column::Number);
    if number.is_none() && r.cell(Column::Number).is_empty() {
        r.say(Some(Column::Number), FindingKind::NumberMissing, "");
    }
    let previous = r.number(Column::PreviousNumber);
    let name = r.text(Column::Name, 150);
    let has_letters = name.as_deref().is_some_and(|n| n.chars().any(char::is_alphabetic));
    if !has_letters && (r.rejected == before || number.is_some()) {
        let shown = name.clone().unwrap_or_default();
        r.say(Some(Column::Name), FindingKind::NameMissing, &shown);
    }
    let title_front = r.text(Column::TitleFront, 60);
    let title_back = r.text(Column::TitleBack, 100);
    let birth_date = r.date(Column::BirthDate);
    let today = r.layout.today;
    if let Some(day) = birth_date.filter(|d| d.year() + 15 > today.year()) {
        r.say(Some(Column::BirthDate), FindingKind::BirthTooLate, &day.to_string());
    }
    let sex = r.choice(Column::Sex, scalar::sex);
    let pppk = r.choice(Column::Kind, scalar::is_pppk);
    let grade = grade(r);
    let grade_from = r.date(Column::GradeFrom);
    let email = email(r);
    let status = r.choice(Column::Status, scalar::status);
    let number = number?;
    compare(r, number, birth_date, sex, pppk);
    let kind = match pppk {
        Some(true) => NipKind::Pppk,
        Some(false) => NipKind::Pns,
        None => number.kind(),
    };
    match (kind, grade) {
        (NipKind::Pns, Some(grade @ Grade::Pppk(_))) => {
            r.say(Some(Column::Grade), FindingKind::GradeNotForPns, &grade.code());
        }
        (NipKind::Pppk, Some(grade @ Grade::Pns(_))) => {
            r.say(Some(Column::Grade), FindingKind::GradeNotForPppk, &grade.code());
        }
        _ => {}
    }
    Some(PersonPart {
        number,
        previous,
        kind,
        name: name.filter(|_| has_letters)?,
        title_front,
        title_back,
        birth_date: birth_date.or(Some(number.birth_date())),
        sex: sex.or(Some(number.sex_by_digit())),
        grade,
        grade_from,
        email,
        status,
    })
}

fn grade(r: &mut Reader<'_>) -> Option<Grade> {
    let text = r.text(Column::Grade, 80)?;
    match Grade::parse(&text) {
        Ok(grade) => Some(grade),
        Err(_) => {
            r.say(Some(Column::Grade), FindingKind::GradeUnknown, &text);
            None
        }
    }
}

fn email(r: &mut Reader<'_>) -> Option<String> {
    let text = r.text(Column::Email, 200)?;
    let address = scalar::email(&text);
    if address.is_none() {
        r.say(Some(Column::Email), FindingKind::EmailInvalid, &text);
    }
    address
}

/// The digits against the columns beside them: historic errors are common, so these only warn.
fn compare(r: &mut Reader<'_>, number: Nip, birth: Option<Date>, sex: Option<Sex>, pppk: Option<bool>) {
    let kind = number.kind();
    if kind == NipKind::Other {
        r.say(Some(Column::Number), FindingKind::NumberCode, number.code());
    }
    if number.is_implausible() {
        r.say(
            Some(Column::Number),
            FindingKind::NumberImplausible,
            &number.year().to_string(),
        );
    }
    if let Some(day) = birth.filter(|d| *d != number.birth_date()) {
        r.say(
            Some(Column::BirthDate),
            FindingKind::NumberBirthDiffers,
            &day.to_string(),
        );
    }
    if let Some(sex) = sex.filter(|s| *s != number.sex_by_digit()) {
        r.say(
            Some(Column::Sex),
            FindingKind::NumberSexDiffers,
            kernel::Code::code(sex),
        );
    }
    let differs = match pppk {
        Some(true) => kind == NipKind::Pns,
        Some(false) => kind == NipKind::Pppk,
        None => false,
    };
    if differs {
        r.say(Some(Column::Kind), FindingKind::NumberKindDiffers, number.code());
    }
}
