//! Every form renders without a warning, the same way twice, on both papers, and whatever people typed.

use documents::{
    Annex, Approach, Curve, EvaluationPeriod, Family, FormEngine, Iki, NoEngine, Paper, Party, PrintError, PrintedForm,
    Rhk, Signatures,
};
use pdf::TypstEngine;

mod sample;

/// Pages counted in the page tree, which the writer leaves uncompressed.
fn pages(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    text.match_indices("/Type/Page")
        .filter(|(at, m)| !text[at + m.len()..].starts_with('s'))
        .count()
        + text
            .match_indices("/Type /Page")
            .filter(|(at, m)| !text[at + m.len()..].starts_with('s'))
            .count()
}

fn render(form: &PrintedForm, paper: Paper) -> Vec<u8> {
    let (bytes, warnings) = TypstEngine::new()
        .render_with_warnings(form, paper)
        .expect("the form renders");
    assert_eq!(warnings, Vec::<String>::new());
    assert!(bytes.starts_with(b"%PDF-1.7"));
    bytes
}

#[test]
fn every_form_renders_without_warnings_and_repeats_exactly() {
    for (name, form) in sample::all() {
        let first = render(&form, Paper::A4);
        assert_eq!(first, render(&form, Paper::A4), "{name} differs between two renderings");
        let expected = match name {
            "dokumen" | "dokumen-keberatan" => 1..=1,
            _ => 2..=3,
        };
        assert!(expected.contains(&pages(&first)), "{name} has {} pages", pages(&first));
        assert!(
            String::from_utf8_lossy(&first).contains("<pdfaid:conformance>A"),
            "{name} is not marked PDF/A"
        );
    }
}

#[test]
fn folio_is_larger_than_a4() {
    let form = PrintedForm::DokumenEvaluasi(sample::dokumen(false));
    let a4 = String::from_utf8_lossy(&render(&form, Paper::A4)).into_owned();
    let f4 = String::from_utf8_lossy(&render(&form, Paper::F4)).into_owned();
    assert!(a4.contains("595.2"), "A4 is 595 points wide");
    assert!(f4.contains("609.4") && f4.contains("935.4"), "F4 is 609 by 935 points");
}

fn nobody() -> Party {
    Party {
        name: String::new(),
        nip: String::new(),
        rank: String::new(),
        position: String::new(),
        unit: String::new(),
        unit_label: Default::default(),
    }
}

#[test]
fn empty_forms_render() {
    let mut skp = sample::skp(Approach::Kuantitatif, Family::JaJf);
    skp.main.clear();
    skp.additional.clear();
    skp.behaviours.clear();
    skp.annex = Some(Annex::default());
    skp.signatures = Signatures::default();
    skp.employee = nobody();
    skp.assessor = nobody();
    skp.frame.check_url.clear();
    skp.frame.short_code.clear();
    skp.frame.number = None;
    render(&PrintedForm::Skp(skp.clone()), Paper::A4);
    skp.approach = Approach::Kualitatif;
    skp.main = vec![Rhk::default()];
    render(&PrintedForm::Skp(skp), Paper::F4);

    let mut evaluasi = sample::evaluasi(Approach::Kualitatif, Family::Jpt);
    evaluasi.main = vec![Rhk::default()];
    evaluasi.curve = None;
    evaluasi.work_rating.clear();
    evaluasi.evaluation_period = EvaluationPeriod::Words { text: String::new() };
    render(&PrintedForm::Evaluasi(evaluasi), Paper::A4);

    let mut dokumen = sample::dokumen(true);
    dokumen.superior = None;
    dokumen.notes.clear();
    dokumen.contested = Some(Default::default());
    dokumen.received_at.clear();
    render(&PrintedForm::DokumenEvaluasi(dokumen), Paper::A4);
}

#[test]
fn hostile_text_stays_text() {
    let mut form = sample::evaluasi(Approach::Kuantitatif, Family::JaJf);
    let nasty = [
        "#import \"/etc/passwd\" #read(\"/data.json\") $x$ *b* _i_ `c` <l> @ref \\ // /* #{ panic() }",
        "\u{202E}terbalik\u{202C} \0\u{1}\u{7}\u{1B}[31m \u{FEFF} \u{E000} \u{10FFFF}",
        "\u{5D0}\u{5D1}\u{5D2} \u{627}\u{644} \u{1F468}\u{200D}\u{1F469} 漢字 e\u{301}\u{301}\u{301}",
        "<script>alert(1)</script> <img src=http://example.invalid/x.png>",
        "\n\n\n\r\r\n   \t\t",
        "",
    ];
    form.main = nasty
        .iter()
        .map(|text| Rhk {
            leader_rhk: vec![(*text).to_owned(), String::new()],
            text: (*text).to_owned(),
            assigned_by: Some((*text).to_owned()),
            iki: vec![
                Iki {
                    aspect: (*text).into(),
                    text: (*text).into(),
                    target: (*text).into(),
                    realisation: (*text).into()
                };
                2
            ],
            feedback: vec![],
        })
        .collect();
    form.curve = Some(Curve {
        achievement: nasty[0].to_owned(),
        heights: [0, 255, 0, 255, 0],
    });
    form.evaluation_period = EvaluationPeriod::Triwulan { number: 200 };
    form.frame.letterhead = vec![nasty[0].to_owned(); 4];
    form.employee.name = nasty[0].to_owned();
    form.frame.document_title = nasty[1].to_owned();
    form.frame.watermark = Some(nasty[0].to_owned());
    render(&PrintedForm::Evaluasi(form), Paper::A4);
}

#[test]
fn a_line_without_end_is_cut_and_wrapped() {
    let mut form = sample::skp(Approach::Kuantitatif, Family::JaJf);
    form.main[0].text = "x".repeat(1_000_000);
    form.main[1].iki[0].target = "kata ".repeat(200_000);
    let bytes = render(&PrintedForm::Skp(form), Paper::A4);
    assert!(pages(&bytes) < 40, "{} pages", pages(&bytes));
}

#[test]
fn a_title_is_never_missing() {
    let mut form = sample::dokumen(false);
    form.frame.document_title = "\u{202E}".to_owned();
    render(&PrintedForm::DokumenEvaluasi(form), Paper::A4);
}

#[test]
fn absurd_sizes_are_refused_at_once() {
    let mut form = sample::skp(Approach::Kuantitatif, Family::JaJf);
    form.main = vec![Rhk::default(); 100_000];
    let refused = TypstEngine::new().render(&PrintedForm::Skp(form), Paper::A4);
    assert_eq!(refused, Err(PrintError::TooLarge { what: "rows" }));
}

#[test]
fn a_build_without_engine_says_so() {
    let form = PrintedForm::DokumenEvaluasi(sample::dokumen(false));
    assert_eq!(NoEngine.render(&form, Paper::A4), Err(PrintError::NotBuilt));
}
