use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::ReadError;

/// What the first look at the bytes says.
pub(super) enum Content<'a> {
    /// A workbook.
    Workbook(ZipArchive<Cursor<&'a [u8]>>),
    /// Text in some encoding.
    Text {
        /// The text without byte order mark.
        text: String,
        /// Name of the encoding.
        encoding: &'static str,
        /// True if neither mark nor validity proves the encoding.
        guessed: bool,
    },
}

/// Says by content what the file is; the name plays no part.
pub(super) fn sniff(bytes: &[u8]) -> Result<Content<'_>, ReadError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zip_kind(bytes);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return Err(ole_kind(bytes));
    }
    const KNOWN: [&[u8]; 9] = [
        b"%PDF",
        b"\x89PNG",
        b"\xFF\xD8\xFF",
        b"GIF8",
        b"\x1F\x8B",
        b"Rar!",
        b"7z\xBC\xAF",
        b"{\\rtf",
        b"\x7FELF",
    ];
    if KNOWN.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(ReadError::NotATable);
    }
    let (text, encoding, guessed) = decode(bytes)?;
    let text = text.trim_end_matches(['\u{1A}', '\0']).to_owned();
    if text.contains(|c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{0C}')) {
        return Err(ReadError::NotATable);
    }
    let start: String = text
        .trim_start()
        .chars()
        .take(200)
        .flat_map(char::to_lowercase)
        .collect();
    if start.is_empty() {
        return Err(ReadError::Empty);
    }
    if ["<html", "<!doctype html", "<table", "<head", "<body", "<meta", "<style"]
        .iter()
        .any(|tag| start.starts_with(tag))
    {
        return Err(ReadError::Html);
    }
    if start.starts_with("<?xml") {
        return Err(if start.contains("<html") {
            ReadError::Html
        } else {
            ReadError::Xml
        });
    }
    Ok(Content::Text {
        text,
        encoding,
        guessed,
    })
}

fn zip_kind(bytes: &[u8]) -> Result<Content<'_>, ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let has = |archive: &ZipArchive<Cursor<&[u8]>>, name: &str| {
        archive.file_names().flatten().any(|n| n.eq_ignore_ascii_case(name))
    };
    if has(&archive, "xl/workbook.xml") {
        return Ok(Content::Workbook(archive));
    }
    if has(&archive, "xl/workbook.bin") {
        return Err(ReadError::BinaryWorkbook);
    }
    let mut kind = String::new();
    if let Ok(part) = archive.by_name("mimetype") {
        part.take(100).read_to_string(&mut kind).map_err(damaged)?;
    }
    if kind.contains("opendocument.spreadsheet") {
        return Err(ReadError::Ods);
    }
    Err(ReadError::NotATable)
}

/// An OLE container: a workbook with a password, an old workbook, or something else of that time.
fn ole_kind(bytes: &[u8]) -> ReadError {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).step_by(2).any(|w| w == wide)
    };
    if holds("EncryptedPackage") {
        ReadError::PasswordProtected
    } else if holds("Workbook") || holds("Book") {
        ReadError::OldXls
    } else {
        ReadError::NotATable
    }
}

fn decode(bytes: &[u8]) -> Result<(String, &'static str, bool), ReadError> {
    if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        return Ok((String::from_utf8_lossy(rest).into_owned(), "UTF-8", false));
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        return Ok((
            encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
            "UTF-16LE",
            false,
        ));
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        return Ok((
            encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
            "UTF-16BE",
            false,
        ));
    }
    let sample = &bytes[..bytes.len().min(4096)];
    if sample.contains(&0) {
        // text in UTF-16 without a mark: every second byte of plain letters is zero
        let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|b| **b == 0).count() * 2;
        let (even, odd) = (zeros(0) * 100 / sample.len(), zeros(1) * 100 / sample.len());
        return match (even, odd) {
            (0..5, 60..) => Ok((
                encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0.into_owned(),
                "UTF-16LE",
                true,
            )),
            (60.., 0..5) => Ok((
                encoding_rs::UTF_16BE.decode_without_bom_handling(bytes).0.into_owned(),
                "UTF-16BE",
                true,
            )),
            _ => Err(ReadError::NotATable),
        };
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.to_owned(), "UTF-8", false)),
        Err(_) => Ok((
            encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(bytes)
                .0
                .into_owned(),
            "Windows-1252",
            true,
        )),
    }
}

pub(super) fn damaged(error: impl std::fmt::Display) -> ReadError {
    ReadError::Damaged {
        detail: error.to_string(),
    }
}
