use kernel::Code;

use super::Column;

kernel::codes! {
    /// How much a finding weighs.
    pub enum Severity {
        /// The row is not taken.
        Error = "TOLAK",
        /// The row is taken; a person should look.
        Warning = "PERINGATAN",
        /// What will happen.
        Info = "INFO",
    }
}

kernel::codes! {
    /// What can be said about a file or one of its rows. The code is the key of the sentence in the catalogues.
    pub enum FindingKind {
        /// Other sheets were not read.
        OtherSheets = "file.other_sheets",
        /// Hidden sheets were not read.
        HiddenSheets = "file.hidden_sheets",
        /// Hidden rows were read.
        HiddenRows = "file.hidden_rows",
        /// Hidden columns were read.
        HiddenColumns = "file.hidden_columns",
        /// Merged cells: only the first holds the value.
        MergedCells = "file.merged_cells",
        /// Formulas: their last value was read.
        Formulas = "file.formulas",
        /// Macros were ignored.
        Macros = "file.macros",
        /// References to other workbooks were ignored.
        ExternalLinks = "file.external_links",
        /// An older text encoding was guessed.
        EncodingGuessed = "file.encoding",
        /// The ending of the name promises another format.
        NameMismatch = "file.name_mismatch",
        /// A column without heading has values, which are ignored.
        EmptyHeading = "file.empty_heading",
        /// Rows above the header were passed over.
        RowsAboveHeader = "file.rows_above_header",
        /// A heading that is not known; the column is ignored.
        UnknownColumn = "file.unknown_column",

        /// The row is hidden in the workbook.
        RowHidden = "row.hidden",
        /// Neither person nor position nor unit.
        RowIncomplete = "row.incomplete",
        /// The header stands here again; the row is passed over.
        RowRepeatsHeader = "row.header_again",
        /// A cell shows an error of the spreadsheet.
        CellError = "cell.error",
        /// A cell is computed.
        CellFormula = "cell.formula",
        /// A text is longer than the field.
        TextTooLong = "text.too_long",
        /// A text has characters that are not allowed.
        TextForbidden = "text.forbidden",
        /// A text looks as if it was read in the wrong encoding.
        TextMojibake = "text.mojibake",
        /// None of the values that the column knows.
        ValueUnknown = "value.unknown",

        /// The number is missing.
        NumberMissing = "number.missing",
        /// A spreadsheet has rounded the number: its last digits are lost.
        NumberRounded = "number.rounded",
        /// Scientific notation: the digits are lost.
        NumberScientific = "number.scientific",
        /// The number ends in 000, as rounded numbers do.
        NumberTrailingZeros = "number.trailing_zeros",
        /// Not eighteen digits.
        NumberLength = "number.length",
        /// The first eight digits are no date.
        NumberBirthDate = "number.birth_date",
        /// Digit 15 is neither 1 nor 2.
        NumberSexDigit = "number.sex_digit",
        /// Digits 13-14 are neither a month nor 21.
        NumberCode = "number.code_unknown",
        /// Issued before the fifteenth birthday.
        NumberImplausible = "number.implausible",
        /// Its birth date differs from the column.
        NumberBirthDiffers = "number.birth_differs",
        /// Its sex digit differs from the column.
        NumberSexDiffers = "number.sex_differs",
        /// Its code differs from the column Jenis Pegawai.
        NumberKindDiffers = "number.kind_differs",
        /// The number stands in an earlier row.
        NumberTwice = "number.twice",
        /// The number belongs to somebody with quite another name.
        NumberOtherName = "number.other_name",
        /// The number was replaced by a newer one.
        NumberReplaced = "number.replaced",
        /// The number before is not known, so the person is new.
        PreviousUnknown = "number.previous_unknown",

        /// The name is missing.
        NameMissing = "name.missing",
        /// The name is spelled otherwise than before, and will be changed.
        NameChanged = "name.changed",
        /// No date that can be read.
        DateInvalid = "date.invalid",
        /// A day that does not exist.
        DateImpossible = "date.impossible",
        /// A year of two digits.
        DateTwoDigitYear = "date.two_digit_year",
        /// A date of birth in the future or less than fifteen years ago.
        BirthTooLate = "date.birth_too_late",
        /// Before 1900 or more than five years ahead.
        DateOutOfRange = "date.out_of_range",
        /// No golongan.
        GradeUnknown = "grade.unknown",
        /// A golongan of PPPK for a PNS.
        GradeNotForPns = "grade.not_for_pns",
        /// A golongan of PNS for a PPPK.
        GradeNotForPppk = "grade.not_for_pppk",
        /// No e-mail address; it is not taken.
        EmailInvalid = "email.invalid",
        /// The address stands in an earlier row; it is not taken.
        EmailTwice = "email.twice",
        /// Somebody else has this address; it is not taken.
        EmailTaken = "email.taken",

        /// The unit's code is missing.
        UnitMissing = "unit.missing",
        /// The code has characters that codes may not have.
        UnitCodeInvalid = "unit.code_invalid",
        /// No unit has this code, and the file does not name it.
        UnitUnknown = "unit.unknown",
        /// The unit is closed.
        UnitClosed = "unit.closed",
        /// Another row names the unit otherwise; the first name counts.
        UnitNameConflict = "unit.name_conflict",
        /// Another row puts the unit elsewhere.
        UnitParentConflict = "unit.parent_conflict",
        /// No unit above has this code.
        UnitParentUnknown = "unit.parent_unknown",
        /// A new unit needs a unit above.
        UnitParentMissing = "unit.parent_missing",
        /// The unit stands below itself.
        UnitOwnParent = "unit.own_parent",
        /// Units stand below one another in a circle.
        UnitCycle = "unit.cycle",
        /// More than twelve levels.
        UnitTooDeep = "unit.too_deep",
        /// The unit will be renamed.
        UnitRenamed = "unit.renamed",
        /// The unit will be moved.
        UnitMoved = "unit.moved",

        /// The position's title is missing.
        PositionMissing = "position.missing",
        /// The code belongs to a position of another unit.
        PositionElsewhere = "position.elsewhere",
        /// The code belongs to a closed position.
        PositionClosed = "position.closed",
        /// Jenjang and jenis jabatan do not fit.
        LevelMismatch = "position.level_mismatch",
        /// An earlier row heads this unit.
        HeadTwice = "position.head_twice",
        /// Somebody who is not in the file, or stays, heads this unit.
        HeadOccupied = "position.head_occupied",
        /// The day lies before the present placement began.
        PlacementTooEarly = "placement.too_early",
        /// The person changes position.
        PersonMoved = "placement.moved",
        /// The person leaves.
        PersonLeft = "placement.left",
    }
}

impl FindingKind {
    /// How much it weighs.
    pub fn severity(self) -> Severity {
        match self {
            Self::UnitRenamed | Self::UnitMoved | Self::PersonMoved | Self::PersonLeft | Self::RowsAboveHeader => {
                Severity::Info
            }
            Self::OtherSheets
            | Self::HiddenSheets
            | Self::HiddenRows
            | Self::HiddenColumns
            | Self::MergedCells
            | Self::Formulas
            | Self::Macros
            | Self::ExternalLinks
            | Self::EncodingGuessed
            | Self::NameMismatch
            | Self::EmptyHeading
            | Self::UnknownColumn
            | Self::RowHidden
            | Self::RowRepeatsHeader
            | Self::CellFormula
            | Self::TextMojibake
            | Self::NumberCode
            | Self::NumberImplausible
            | Self::NumberBirthDiffers
            | Self::NumberSexDiffers
            | Self::NumberKindDiffers
            | Self::NameChanged
            | Self::PreviousUnknown
            | Self::EmailInvalid
            | Self::EmailTwice
            | Self::EmailTaken
            | Self::UnitNameConflict
            | Self::LevelMismatch => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

/// One remark about a file (`row` is zero) or a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Sheet; empty for text files.
    pub sheet: String,
    /// Row as the spreadsheet numbers it; zero for the file as a whole.
    pub row: u32,
    /// Column, if it is about one.
    pub column: Option<Column>,
    /// What.
    pub kind: FindingKind,
    /// The value found, or what it stands against; at most 80 characters.
    pub value: String,
}

impl Finding {
    /// A remark about a row. Long values are cut.
    pub(super) fn new(sheet: &str, row: u32, column: Option<Column>, kind: FindingKind, value: &str) -> Self {
        Self {
            sheet: sheet.to_owned(),
            row,
            column,
            kind,
            value: value.chars().filter(|c| !c.is_control()).take(80).collect(),
        }
    }

    /// As kept in a stored report.
    pub(super) fn to_json(&self) -> serde_json::Value {
        serde_json::json!([
            self.sheet,
            self.row,
            self.column.map(Code::code),
            self.kind.code(),
            self.value
        ])
    }

    pub(super) fn from_json(value: &serde_json::Value) -> Option<Self> {
        let text = |at: usize| value.get(at).and_then(serde_json::Value::as_str);
        Some(Self {
            sheet: text(0)?.to_owned(),
            row: u32::try_from(value.get(1)?.as_u64()?).ok()?,
            column: text(2).and_then(|c| Column::from_code(c).ok()),
            kind: FindingKind::from_code(text(3)?).ok()?,
            value: text(4)?.to_owned(),
        })
    }
}
