use jiff::civil::Date;
use rust_xlsxwriter::{DataValidation, Format, Formula, Workbook};

use super::sheet::{cell_format, clip, column_number, heading_format, properties, sheet_name};
use super::{Kind, WriteError};

/// Longest list of choices that the format keeps inside the cell rule; longer ones go to a sheet of their own.
const INLINE_LIST_CHARS: usize = 250;

/// One column of an import template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateColumn {
    /// Heading; the importer looks for exactly this.
    pub heading: String,
    /// Width in characters.
    pub width: u8,
    /// What the cells are prepared for. A NIP column is [`Kind::Text`], so that no digit is lost.
    pub kind: Kind,
    /// Values to choose from; empty for free input.
    pub choices: Vec<String>,
    /// True to refuse other values than the choices, false to advise only.
    pub only_choices: bool,
    /// Shown when the cell is entered; at most 255 characters are kept.
    pub hint: String,
}

impl TemplateColumn {
    /// A column of free input.
    pub fn new(heading: impl Into<String>, width: u8, kind: Kind) -> Self {
        Self {
            heading: heading.into(),
            width,
            kind,
            choices: Vec::new(),
            only_choices: true,
            hint: String::new(),
        }
    }

    /// Adds values to choose from.
    pub fn choices(mut self, choices: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.choices = choices.into_iter().map(Into::into).collect();
        self
    }

    /// Lets other values than the choices in.
    pub fn advisory(mut self) -> Self {
        self.only_choices = false;
        self
    }

    /// Adds a hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// A workbook to fill in: the sheet to fill with its drop-downs, a sheet of instructions, and where lists are long
/// a sheet that holds them.
#[derive(Debug, Clone)]
pub struct Template {
    /// Name of the sheet to fill, "Data".
    pub data_sheet: String,
    /// Name of the sheet with instructions, "Petunjuk".
    pub guide_sheet: String,
    /// Name of the sheet with long lists, "Daftar".
    pub lists_sheet: String,
    /// Title of the instructions.
    pub title: String,
    /// Instructions, one line each.
    pub guide: Vec<String>,
    /// Columns to fill.
    pub columns: Vec<TemplateColumn>,
    /// Rows that get formats and drop-downs, below the header.
    pub rows: u32,
    /// Goes into the file's properties.
    pub created: Date,
}

impl Template {
    /// An empty template with the usual Indonesian sheet names and 5,000 prepared rows.
    pub fn new(title: impl Into<String>, created: Date) -> Self {
        Self {
            data_sheet: "Data".into(),
            guide_sheet: "Petunjuk".into(),
            lists_sheet: "Daftar".into(),
            title: title.into(),
            guide: Vec::new(),
            columns: Vec::new(),
            rows: 5_000,
            created,
        }
    }

    /// The finished file.
    ///
    /// # Errors
    /// [`WriteError::TooLarge`] with more columns or choices than a sheet holds.
    pub fn write(&self) -> Result<Vec<u8>, WriteError> {
        let mut book = Workbook::new();
        book.set_properties(&properties(&self.title, self.created)?);
        let lists_name = sheet_name(&self.lists_sheet);
        let long: Vec<&TemplateColumn> = self.columns.iter().filter(|c| needs_sheet(&c.choices)).collect();

        let data = book.add_worksheet();
        data.set_name(sheet_name(&self.data_sheet))?;
        let head = heading_format();
        let last_row = self.rows.clamp(1, 1_000_000);
        for (i, column) in self.columns.iter().enumerate() {
            let at = column_number(i)?;
            data.set_column_width(at, f64::from(column.width.clamp(1, 120)))?;
            data.set_column_format(at, &cell_format(column.kind))?;
            data.write_string_with_format(0, at, clip(&column.heading), &head)?;
            let rule = if column.choices.is_empty() {
                (!column.hint.is_empty()).then(|| DataValidation::new().allow_any_value())
            } else if let Some(list) = long.iter().position(|c| std::ptr::eq(*c, column)) {
                let letter = rust_xlsxwriter::column_number_to_name(column_number(list)?);
                let reference = format!(
                    "='{}'!${letter}$2:${letter}${}",
                    lists_name.replace('\'', "''"),
                    column.choices.len() + 1
                );
                Some(DataValidation::new().allow_list_formula(Formula::new(reference)))
            } else {
                Some(DataValidation::new().allow_list_strings(&column.choices)?)
            };
            if let Some(mut rule) = rule {
                if !column.hint.is_empty() {
                    rule = rule.set_input_message(column.hint.chars().take(255).collect::<String>())?;
                }
                rule = rule.show_error_message(column.only_choices);
                data.add_data_validation(1, at, last_row, at, &rule)?;
            }
        }
        data.set_freeze_panes(1, 0)?;

        let guide = book.add_worksheet();
        guide.set_name(sheet_name(&self.guide_sheet))?;
        guide.set_column_width(0, 100)?;
        guide.write_string_with_format(0, 0, clip(&self.title), &Format::new().set_bold().set_font_size(14))?;
        let wrap = Format::new().set_text_wrap();
        for (line, at) in self.guide.iter().zip(2u32..) {
            guide.write_string_with_format(at, 0, clip(line), &wrap)?;
        }

        if !long.is_empty() {
            let lists = book.add_worksheet();
            lists.set_name(&lists_name)?;
            for (i, column) in long.iter().enumerate() {
                let at = column_number(i)?;
                lists.set_column_width(at, 40)?;
                lists.write_string_with_format(0, at, clip(&column.heading), &head)?;
                for (choice, row) in column.choices.iter().zip(1u32..) {
                    lists.write_string(row, at, clip(choice))?;
                }
            }
        }
        Ok(book.save_to_buffer()?)
    }
}

/// The format joins an inline list with commas: too long a list, or a choice with a comma, needs a sheet.
fn needs_sheet(choices: &[String]) -> bool {
    let chars: usize = choices.iter().map(|c| c.encode_utf16().count() + 1).sum();
    chars > INLINE_LIST_CHARS || choices.iter().any(|c| c.contains([',', '"']))
}
