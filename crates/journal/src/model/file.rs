use kernel::line;

/// Largest file that is taken, in bytes (10 MB).
pub const FILE_MAX: usize = 10 * 1024 * 1024;

/// Longest file name that is kept, in characters, without its ending.
const NAME_MAX: usize = 100;

kernel::codes! {
    /// The kinds of files that may be evidence, by what is in them and not by what they are called.
    pub enum MediaType {
        /// Portable document.
        Pdf = "application/pdf",
        /// Picture.
        Png = "image/png",
        /// Photograph.
        Jpeg = "image/jpeg",
        /// Picture.
        Webp = "image/webp",
        /// Word processor, without macros.
        Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        /// Spreadsheet, without macros.
        Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        /// Word processor of the open format.
        Odt = "application/vnd.oasis.opendocument.text",
        /// Table as text.
        Csv = "text/csv",
        /// Text.
        Text = "text/plain",
    }
}

impl MediaType {
    /// The ending of file names.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Webp => "webp",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Odt => "odt",
            Self::Csv => "csv",
            Self::Text => "txt",
        }
    }

    /// True for pictures that a page may show by themselves.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::Webp)
    }
}

kernel::codes! {
    /// Why a file may not be evidence.
    pub enum FileBroken {
        /// Nothing in it.
        Empty = "KOSONG",
        /// Larger than [`FILE_MAX`].
        TooLarge = "TERLALU_BESAR",
        /// None of the kinds that are taken; web pages and drawings with scripts among them.
        Kind = "JENIS_TIDAK_DITERIMA",
        /// A document with macros.
        Macros = "BERISI_MAKRO",
    }
}

/// What a file is, by its first bytes and its parts. `name` only tells a table from other text.
pub fn recognise(bytes: &[u8], name: &str) -> Result<MediaType, FileBroken> {
    if bytes.is_empty() {
        return Err(FileBroken::Empty);
    }
    if bytes.len() > FILE_MAX {
        return Err(FileBroken::TooLarge);
    }
    match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => Ok(MediaType::Pdf),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Ok(MediaType::Png),
        [0xFF, 0xD8, 0xFF, ..] => Ok(MediaType::Jpeg),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(MediaType::Webp),
        [b'P', b'K', 3, 4, ..] => packed(bytes),
        _ => text(bytes, name),
    }
}

/// Office documents are archives; their parts are named in clear text.
fn packed(bytes: &[u8]) -> Result<MediaType, FileBroken> {
    let has = |part: &[u8]| bytes.windows(part.len()).any(|w| w == part);
    if has(b"vbaProject") {
        return Err(FileBroken::Macros);
    }
    // the open format names its type, not packed, as the first part
    let first = &bytes[..bytes.len().min(120)];
    let odt = b"mimetypeapplication/vnd.oasis.opendocument.text";
    if first.windows(odt.len()).any(|w| w == odt) {
        return Ok(MediaType::Odt);
    }
    if has(b"[Content_Types].xml") {
        if has(b"word/document.xml") {
            return Ok(MediaType::Docx);
        }
        if has(b"xl/workbook.xml") {
            return Ok(MediaType::Xlsx);
        }
    }
    Err(FileBroken::Kind)
}

/// Words that make a browser read a file as a page.
const PAGE_WORDS: &[&str] = &[
    "<html",
    "<!doctype",
    "<svg",
    "<script",
    "<?xml",
    "<body",
    "<iframe",
    "<head",
];

fn text(bytes: &[u8], name: &str) -> Result<MediaType, FileBroken> {
    let text = std::str::from_utf8(bytes).map_err(|_| FileBroken::Kind)?;
    let is_binary = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    let lower = text.to_lowercase();
    if text.contains(is_binary) || PAGE_WORDS.iter().any(|word| lower.contains(word)) {
        return Err(FileBroken::Kind);
    }
    let is_table = name.to_lowercase().ends_with(".csv");
    Ok(if is_table { MediaType::Csv } else { MediaType::Text })
}

/// The name under which a file is offered again: no folders, no characters that hide or break, and the ending of what
/// it really is. It never names anything on our disk.
pub fn clean_name(name: &str, media: MediaType) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let safe: String = stem
        .chars()
        .take(NAME_MAX)
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '(' | ')') {
                c
            } else {
                '-'
            }
        })
        .collect();
    let safe = safe.trim_matches(['.', ' ', '-']);
    let stem = line(safe, NAME_MAX).unwrap_or_else(|_| "bukti".to_owned());
    format!("{stem}.{}", media.ending())
}
