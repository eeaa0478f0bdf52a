//! The document engine: turns [`documents::PrintedForm`] into PDF/A with the templates in `templates/`.
//!
//! The templates are compiled in and constant; a form reaches them only as the virtual file `/data.json`, so nothing a
//! person typed is ever read as markup. Every other file, package and network access is refused. Only the executable
//! depends on this crate, because the typesetter is slow to build.

mod clean;
mod qr;
mod world;

use documents::{FormEngine, Paper, PrintError, PrintedForm};
use serde_json::{Value, json};
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use world::{FormWorld, Template, base};

/// Passes of the cache that an unused entry survives. The typesetter keeps every intermediate result otherwise.
const CACHE_AGE: usize = 10;

/// Renders forms with typst. Cheap to make; fonts and templates are loaded once per process, at the first form.
#[derive(Debug, Clone, Copy, Default)]
pub struct TypstEngine;

impl TypstEngine {
    /// The engine.
    pub fn new() -> Self {
        Self
    }

    /// The document and the warnings of the typesetter. A warning is a defect of a template; tests refuse them.
    ///
    /// # Errors
    /// As [`FormEngine::render`].
    pub fn render_with_warnings(&self, form: &PrintedForm, paper: Paper) -> Result<(Vec<u8>, Vec<String>), PrintError> {
        let base = base();
        let data = form_data(form, paper, base.coverage())?;
        let world = FormWorld::new(base, template_of(form), data);
        let result = typst::compile::<PagedDocument>(&world);
        let warnings = result.warnings.iter().map(|w| w.message.to_string()).collect();
        let pdf = result.output.and_then(|document| {
            let options = PdfOptions {
                creator: Smart::Custom(Some("Abdi".to_owned())),
                standards: standards(),
                ..PdfOptions::default()
            };
            typst_pdf::pdf(&document, &options)
        });
        comemo::evict(CACHE_AGE);
        match pdf {
            Ok(bytes) => Ok((bytes, warnings)),
            Err(errors) => {
                let all: Vec<&str> = errors.iter().map(|e| e.message.as_str()).collect();
                Err(PrintError::Engine(all.join("; ")))
            }
        }
    }
}

impl FormEngine for TypstEngine {
    fn render(&self, form: &PrintedForm, paper: Paper) -> Result<Vec<u8>, PrintError> {
        self.render_with_warnings(form, paper).map(|(bytes, _)| bytes)
    }
}

fn template_of(form: &PrintedForm) -> Template {
    match form {
        PrintedForm::Skp(_) => Template::Skp,
        PrintedForm::Evaluasi(_) => Template::Evaluasi,
        PrintedForm::DokumenEvaluasi(_) => Template::Dokumen,
    }
}

/// PDF/A-2a for archives together with PDF/UA-1 for screen readers.
fn standards() -> PdfStandards {
    PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).expect("invariant: A-2a and UA-1 share PDF 1.7")
}

/// The form as the template reads it: cleaned texts, the size of the sheet and the QR code.
fn form_data(form: &PrintedForm, paper: Paper, coverage: &clean::Coverage) -> Result<Vec<u8>, PrintError> {
    let mut data = serde_json::to_value(form).map_err(|e| PrintError::Engine(e.to_string()))?;
    clean::clean(&mut data, coverage)?;
    let frame = form.frame();
    let date = frame.document_date;
    let (width, height) = paper.size_mm();
    if let Value::Object(fields) = &mut data {
        fields.insert("paper".into(), json!({ "width": width, "height": height }));
        // the typesetter knows years 0 to 9999 only
        fields.insert(
            "date".into(),
            json!([date.year().clamp(0, 9999), date.month(), date.day()]),
        );
        fields.insert("qr".into(), qr::runs(&frame.check_url));
    }
    // a document for screen readers must have a title
    if let Some(title) = data.pointer_mut("/frame/document_title")
        && title.as_str().is_none_or(|t| t.trim().is_empty())
    {
        *title = json!("Dokumen kinerja");
    }
    serde_json::to_vec(&data).map_err(|e| PrintError::Engine(e.to_string()))
}
