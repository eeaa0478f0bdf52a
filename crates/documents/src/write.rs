//! Lists that leave the house. A value is never a formula: strings are written as strings in XLSX and neutralised in
//! CSV (T34, U41).

mod neutral;
mod sheet;
mod template;

pub use neutral::{neutralise, restore};
pub use sheet::{Column, Kind, Sheet, Value};
pub use template::{Template, TemplateColumn};

/// Why a list was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// More than 1,048,576 rows or 16,384 columns, the limits of the format.
    #[error("more rows or columns than a sheet can hold")]
    TooLarge,
    /// The writer failed, for instance because the disk of the temporary file is full.
    #[error("the sheet could not be written: {0}")]
    Failed(String),
}

impl From<rust_xlsxwriter::XlsxError> for WriteError {
    fn from(error: rust_xlsxwriter::XlsxError) -> Self {
        match error {
            rust_xlsxwriter::XlsxError::RowColumnLimitError => Self::TooLarge,
            other => Self::Failed(other.to_string()),
        }
    }
}

/// What stands between the values of a CSV file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Separator {
    /// `;`, what spreadsheets set to Indonesian expect.
    #[default]
    Semicolon,
    /// `,`.
    Comma,
}

/// Writes a CSV file: UTF-8 with byte order mark, every field in quotes, lines ended by CR LF, dangerous beginnings
/// neutralised in headings and texts. Numbers keep the decimal point; dates are written `yyyy-mm-dd`.
///
/// # Errors
/// [`WriteError::Failed`] when the writer fails, which it does not in memory.
pub fn write_csv(
    headings: &[String],
    rows: impl IntoIterator<Item = Vec<Value>>,
    separator: Separator,
) -> Result<Vec<u8>, WriteError> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(match separator {
            Separator::Semicolon => b';',
            Separator::Comma => b',',
        })
        .quote_style(csv::QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(vec![0xEF, 0xBB, 0xBF]);
    let failed = |e: csv::Error| WriteError::Failed(e.to_string());
    writer
        .write_record(headings.iter().map(|h| neutralise(h).into_owned()))
        .map_err(failed)?;
    for row in rows {
        writer.write_record(row.iter().map(Value::to_csv)).map_err(failed)?;
    }
    writer.into_inner().map_err(|e| WriteError::Failed(e.to_string()))
}

/// The name of a file without its ending, made of `parts` and safe everywhere: letters, digits, `-` and `_` only, at
/// most 80 characters, never empty. "SKP", "2026", "TW4", "Siti Rahma, S.E." give `SKP_2026_TW4_Siti-Rahma-S-E` (U42).
pub fn file_stem(parts: &[&str]) -> String {
    let folded = parts.iter().map(|part| {
        let ascii: String = part
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() {
                    c
                } else {
                    plain_letter(c).unwrap_or(' ')
                }
            })
            .collect();
        ascii.split_whitespace().collect::<Vec<_>>().join("-")
    });
    let joined = folded.filter(|p| !p.is_empty()).collect::<Vec<_>>().join("_");
    let short: String = joined.chars().take(80).collect();
    let short = short.trim_matches(['-', '_']);
    if short.is_empty() {
        "dokumen".to_owned()
    } else {
        short.to_owned()
    }
}

/// The plain letter of an accented one, where the name folding of the kernel knows it.
fn plain_letter(c: char) -> Option<char> {
    let folded = kernel::fold_name(c.encode_utf8(&mut [0; 4]));
    let plain = folded.chars().next().filter(char::is_ascii_alphanumeric)?;
    Some(if c.is_uppercase() {
        plain.to_ascii_uppercase()
    } else {
        plain
    })
}
