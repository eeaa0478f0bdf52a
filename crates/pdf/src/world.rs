use std::sync::OnceLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::clean::Coverage;

/// DejaVu Sans Condensed: a free typeface nearly as narrow as Arial, with every letter of Indonesian names. It comes
/// through the package registry; no font file lies in this repository.
fn font_files() -> [&'static [u8]; 3] {
    [
        dejavu::sans_condensed::regular(),
        dejavu::sans_condensed::bold(),
        dejavu::sans_condensed::oblique(),
    ]
}

/// Which template leads.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Template {
    Skp,
    Evaluasi,
    Dokumen,
}

const TEMPLATES: [(&str, &str); 5] = [
    ("/skp.typ", include_str!("../templates/skp.typ")),
    ("/evaluasi.typ", include_str!("../templates/evaluasi.typ")),
    ("/dokumen.typ", include_str!("../templates/dokumen.typ")),
    ("/sheet.typ", include_str!("../templates/sheet.typ")),
    ("/work.typ", include_str!("../templates/work.typ")),
];

/// What all forms share: library, fonts, templates.
pub(crate) struct Base {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sources: Vec<Source>,
    data: FileId,
    coverage: Coverage,
}

impl Base {
    /// Characters that every font of the forms can show.
    pub(crate) fn coverage(&self) -> &Coverage {
        &self.coverage
    }
}

/// The shared part, made at the first form.
pub(crate) fn base() -> &'static Base {
    static BASE: OnceLock<Base> = OnceLock::new();
    BASE.get_or_init(|| {
        let fonts: Vec<Font> = font_files()
            .into_iter()
            .flat_map(|data| Font::iter(Bytes::new(data)))
            .collect();
        let sources = TEMPLATES
            .iter()
            .map(|(path, text)| Source::new(file_id(path), (*text).to_owned()))
            .collect();
        let coverage = Coverage::new(fonts.iter().map(|font| font.info().coverage.clone()).collect());
        Base {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            sources,
            data: file_id("/data.json"),
            coverage,
        }
    })
}

fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("invariant: the paths of the templates are constant and absolute");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// The whole world of one form: the templates and one data file. Everything else is refused.
pub(crate) struct FormWorld {
    base: &'static Base,
    main: FileId,
    data: Bytes,
}

impl FormWorld {
    pub(crate) fn new(base: &'static Base, template: Template, data: Vec<u8>) -> Self {
        let main = base.sources[template as usize].id();
        Self {
            base,
            main,
            data: Bytes::new(data),
        }
    }
}

impl World for FormWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.base.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.base.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.base
            .sources
            .iter()
            .find(|s| s.id() == id)
            .cloned()
            .ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.base.data {
            Ok(self.data.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.base.fonts.get(index).cloned()
    }

    /// No clock: the date of a document comes with its data.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
