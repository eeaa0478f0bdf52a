use std::fmt::Write as _;

use askama::Template;
use axum::extract::{Path, State};
use http::StatusCode;
use i18n::Texts;
use kernel::{Code, Ctx};
use org::agency::Agency;
use regulation::skm::Unsur;
use service::SubmitSurvey;
use service::model::{Channel, Form, RawSurvey, Respondent, SurveyProblem};
use service::queries::PublicService;
use service::{SubmitError, submit_survey};

use super::public::{agency_path, find};
use super::words;
use crate::shared::charts::{self, Svg};
use crate::shared::{
    AppState, Choice, Field, FieldKind, FormData, Limit, PageError, PageResult, Problems, QueryData, Shell, Visitor,
    page, page_with_status, see_other,
};

/// One face with its word.
struct Face {
    score: u8,
    picture: Svg,
    word: &'static str,
    chosen: bool,
}

/// Three taps: a face, perhaps a word, send.
#[derive(Template)]
#[template(path = "service/survey_short.html")]
struct ShortPage {
    shell: Shell,
    t: Texts,
    problems: Vec<(&'static str, String)>,
    action: String,
    full: String,
    unit: String,
    hidden: Hidden,
    faces: Vec<Face>,
    missing: Option<String>,
    comment: Field,
}

/// The official nine questions in the order of the paper form.
#[derive(Template)]
#[template(path = "service/survey_full.html")]
struct FullPage {
    shell: Shell,
    t: Texts,
    problems: Vec<(&'static str, String)>,
    action: String,
    short: String,
    unit: String,
    hidden: Hidden,
    questions: Vec<Field>,
    reason: Field,
    suggestion: Field,
    about: Vec<Field>,
}

/// What the citizen is told afterwards.
#[derive(Template)]
#[template(path = "service/thanks.html")]
struct ThanksPage {
    shell: Shell,
    t: Texts,
    name: String,
    back: String,
}

/// Fields that the citizen does not see.
struct Hidden {
    /// One-time key: a double tap makes one answer.
    key: String,
    /// `qr` when the page was opened from a poster.
    via: &'static str,
}

impl Hidden {
    fn new(ctx: &Ctx, via: &str) -> Self {
        let mut random = [0; 16];
        ctx.ids.secret(&mut random);
        let mut key = String::with_capacity(32);
        for byte in random {
            let _ = write!(key, "{byte:02x}");
        }
        Self { key, via: known(via) }
    }

    fn kept(form: &FormData) -> Self {
        Self {
            key: form.raw("kunci").to_owned(),
            via: known(form.raw("lewat")),
        }
    }

    fn channel(&self) -> Channel {
        match self.via {
            "qr" => Channel::Qr,
            "kios" => Channel::Kiosk,
            _ => Channel::Web,
        }
    }
}

fn known(via: &str) -> &'static str {
    match via {
        "qr" => "qr",
        "kios" => "kios",
        _ => "",
    }
}

type Address = Path<(String, String)>;

/// `GET /l/{agency}/{service}/survei`
pub(super) async fn short_form(
    visitor: Visitor,
    State(app): State<AppState>,
    Path((code, slug)): Address,
    QueryData(query): QueryData,
) -> PageResult {
    let (agency, service) = db::read!(app.db, async |tx| find(tx, (&code, &slug), visitor.now).await)?;
    let hidden = Hidden::new(&app.ctx, query.raw("lewat"));
    let none = (FormData::default(), Problems::none());
    page(&short_page(visitor.t, (&agency, &service), hidden, (&none.0, &none.1)))
}

/// `GET /l/{agency}/{service}/survei/lengkap`
pub(super) async fn full_form(
    visitor: Visitor,
    State(app): State<AppState>,
    Path((code, slug)): Address,
    QueryData(query): QueryData,
) -> PageResult {
    let (agency, service) = db::read!(app.db, async |tx| find(tx, (&code, &slug), visitor.now).await)?;
    let hidden = Hidden::new(&app.ctx, query.raw("lewat"));
    let none = (FormData::default(), Problems::none());
    page(&full_page(visitor.t, (&agency, &service), hidden, (&none.0, &none.1)))
}

/// `POST /l/{agency}/{service}/survei`
pub(super) async fn short_submit(
    limit: Limit,
    State(app): State<AppState>,
    visitor: Visitor,
    Path((code, slug)): Address,
    form: FormData,
) -> PageResult {
    let t = visitor.t;
    let (agency, service) = db::read!(app.db, async |tx| find(tx, (&code, &slug), visitor.now).await)?;
    limit.take(visitor.address, service.id.uuid(), visitor.now)?;
    match send(&app, &agency, &service, &form, Form::Short).await? {
        Ok(()) => see_other(&format!("/l/{}/{}/terima-kasih", agency_path(&agency), service.slug)),
        Err(problems) => {
            let problems = explain(t, &problems, "nilai");
            let shown = short_page(
                t,
                (&agency, &service),
                hidden_again(&app, &form, &problems),
                (&form, &problems),
            );
            page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
    }
}

/// `POST /l/{agency}/{service}/survei/lengkap`
pub(super) async fn full_submit(
    limit: Limit,
    State(app): State<AppState>,
    visitor: Visitor,
    Path((code, slug)): Address,
    form: FormData,
) -> PageResult {
    let t = visitor.t;
    let (agency, service) = db::read!(app.db, async |tx| find(tx, (&code, &slug), visitor.now).await)?;
    limit.take(visitor.address, service.id.uuid(), visitor.now)?;
    match send(&app, &agency, &service, &form, Form::Full).await? {
        Ok(()) => see_other(&format!("/l/{}/{}/terima-kasih", agency_path(&agency), service.slug)),
        Err(problems) => {
            let problems = explain(t, &problems, Unsur::Persyaratan.code());
            let shown = full_page(
                t,
                (&agency, &service),
                hidden_again(&app, &form, &problems),
                (&form, &problems),
            );
            page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
    }
}

/// `GET /l/{agency}/{service}/terima-kasih`
pub(super) async fn thanks(visitor: Visitor, State(app): State<AppState>, Path((code, slug)): Address) -> PageResult {
    let (agency, service) = db::read!(app.db, async |tx| find(tx, (&code, &slug), visitor.now).await)?;
    page(&thanks_page(visitor.t, &agency, &service))
}

/// What stands between a form and the table.
enum Refused {
    /// Rules that the form breaks.
    Rules(Vec<SurveyProblem>),
    /// The key is not one of ours: the page gets a fresh one and everything typed stays.
    OldForm,
}

async fn send(
    app: &AppState,
    agency: &Agency,
    service: &PublicService,
    form: &FormData,
    kind: Form,
) -> Result<Result<(), Refused>, PageError> {
    let hidden = Hidden::kept(form);
    let input = SubmitSurvey {
        agency: agency.id,
        slug: service.slug.clone(),
        channel: hidden.channel(),
        survey: raw(form, kind),
        submit_key: hidden.key,
    };
    match submit_survey(&app.db, &app.ctx, &input).await {
        Ok(_) => Ok(Ok(())),
        Err(SubmitError::Invalid(problems)) => Ok(Err(Refused::Rules(problems))),
        Err(SubmitError::BadForm) => Ok(Err(Refused::OldForm)),
        Err(SubmitError::NotFound) => Err(PageError::NotFound),
        Err(SubmitError::Internal(error)) => Err(error.into()),
    }
}

/// The form as the area takes it. An answer that is no number from 1 to 4 stays wrong, it does not become empty.
fn raw(form: &FormData, kind: Form) -> RawSurvey {
    let answer = |name: &str| {
        let text = form.raw(name).trim();
        (!text.is_empty()).then(|| text.parse().unwrap_or(0))
    };
    let mut answers = [None; 9];
    let overall = match kind {
        Form::Short => answer("nilai"),
        Form::Full => {
            for (place, unsur) in answers.iter_mut().zip(Unsur::ALL) {
                *place = answer(unsur.code());
            }
            None
        }
    };
    RawSurvey {
        form: kind,
        overall,
        answers,
        reason: form.raw("alasan").to_owned(),
        comment: form.raw("saran").to_owned(),
        respondent: Respondent {
            sex: Code::from_code(form.raw("kelamin")).ok(),
            age_band: Code::from_code(form.raw("usia")).ok(),
            education: Code::from_code(form.raw("pendidikan")).ok(),
            occupation: Code::from_code(form.raw("pekerjaan")).ok(),
        },
    }
}

/// The sentences for broken rules, in the order of the paper form.
fn explain(t: Texts, refused: &Refused, first: &'static str) -> Problems {
    let mut out = Problems::none();
    let Refused::Rules(problems) = refused else {
        out.say(first, t.service_survey_old_form());
        return out;
    };
    let mut problems = problems.clone();
    problems.sort_by_key(|problem| match problem {
        SurveyProblem::Missing(unsur) | SurveyProblem::OutOfRange(unsur) => unsur.form_position(),
        _ => u8::MAX,
    });
    for problem in problems {
        match problem {
            SurveyProblem::Missing(unsur) | SurveyProblem::OutOfRange(unsur) => {
                out.say(unsur.code(), t.service_survey_choose(unsur.form_position()));
            }
            SurveyProblem::OverallMissing | SurveyProblem::OverallOutOfRange => {
                out.say("nilai", t.service_survey_face_missing());
            }
            SurveyProblem::ReasonMissing => out.say("alasan", t.service_survey_reason_missing()),
            SurveyProblem::Reason(error) => out.text("alasan", error),
            SurveyProblem::Comment(error) => out.text("saran", error),
        }
    }
    out
}

/// The key as it was sent, so that the form counts once however often it is corrected; a fresh one for a bad one.
fn hidden_again(app: &AppState, form: &FormData, problems: &Problems) -> Hidden {
    let kept = Hidden::kept(form);
    let usable = (8..=80).contains(&kept.key.len()) && kept.key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if usable && !problems.is_empty() {
        kept
    } else {
        Hidden::new(&app.ctx, kept.via)
    }
}

type Of<'a> = (&'a Agency, &'a PublicService);
type Typed<'a> = (&'a FormData, &'a Problems);

fn short_page(t: Texts, (agency, service): Of<'_>, hidden: Hidden, (form, problems): Typed<'_>) -> ShortPage {
    let base = format!("/l/{}/{}", agency_path(agency), service.slug);
    let faces = [4u8, 3, 2, 1].map(|score| Face {
        score,
        picture: charts::face(score),
        word: words::face(t, score),
        chosen: form.raw("nilai") == score.to_string(),
    });
    ShortPage {
        shell: Shell::bare(t, t.service_survey_title(&service.name))
            .citizen(&agency.name, agency.is_demo)
            .problems(!problems.is_empty()),
        t,
        problems: problems.all(t),
        full: with_channel(&format!("{base}/survei/lengkap"), hidden.via),
        action: format!("{base}/survei"),
        unit: service.unit_name.clone(),
        hidden,
        faces: faces.into(),
        missing: problems.of("nilai", t),
        comment: Field::new(t, "saran", t.service_survey_comment(), FieldKind::Paragraph(3))
            .optional()
            .hint(t.service_survey_comment_hint())
            .max(1_000)
            .from(form, problems),
    }
}

fn full_page(t: Texts, (agency, service): Of<'_>, hidden: Hidden, (form, problems): Typed<'_>) -> FullPage {
    let base = format!("/l/{}/{}", agency_path(agency), service.slug);
    let questions = Unsur::paper_order().map(|unsur| {
        let choices = (1..=4).zip(words::options(t, unsur));
        let choices = choices.map(|(value, label): (u8, _)| Choice::new(value.to_string(), label));
        let question = t.service_survey_number(unsur.form_position(), words::question(t, unsur));
        let field = Field::new(t, unsur.code(), question, FieldKind::Radios(choices.collect()));
        let field = if unsur == Unsur::Pengaduan {
            field.hint(t.service_question_pengaduan_hint())
        } else {
            field
        };
        field.from(form, problems)
    });
    let about = [
        ("kelamin", t.service_survey_sex(), words::sexes(t)),
        ("usia", t.service_survey_age(), words::ages(t)),
        ("pendidikan", t.service_survey_education(), words::educations(t)),
        ("pekerjaan", t.service_survey_occupation(), words::occupations(t)),
    ];
    FullPage {
        shell: Shell::bare(t, t.service_survey_full_title(&service.name))
            .citizen(&agency.name, agency.is_demo)
            .problems(!problems.is_empty()),
        t,
        problems: problems.all(t),
        action: format!("{base}/survei/lengkap"),
        short: with_channel(&format!("{base}/survei"), hidden.via),
        unit: service.unit_name.clone(),
        hidden,
        questions: questions.into(),
        reason: Field::new(t, "alasan", t.service_survey_reason(), FieldKind::Paragraph(3))
            .optional()
            .hint(t.service_survey_reason_hint())
            .max(500)
            .from(form, problems),
        suggestion: Field::new(t, "saran", t.service_survey_suggestion(), FieldKind::Paragraph(3))
            .optional()
            .hint(t.service_survey_comment_hint())
            .max(1_000)
            .from(form, problems),
        about: about
            .into_iter()
            .map(|(name, label, choices)| {
                Field::new(t, name, label, FieldKind::Select(choices))
                    .optional()
                    .from(form, problems)
            })
            .collect(),
    }
}

fn with_channel(path: &str, via: &str) -> String {
    if via.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?lewat={via}")
    }
}

fn thanks_page(t: Texts, agency: &Agency, service: &PublicService) -> ThanksPage {
    ThanksPage {
        shell: Shell::bare(t, t.service_thanks_title()).citizen(&agency.name, agency.is_demo),
        t,
        name: service.name.clone(),
        back: format!("/l/{}/{}", agency_path(agency), service.slug),
    }
}

#[cfg(test)]
mod samples {
    use i18n::Lang;
    use kernel::{Instant, TextError};

    use super::super::public::samples::{agency, service};
    use super::*;

    fn hidden() -> Hidden {
        Hidden::new(&Ctx::seeded(Instant::from_micros(0), 9), "qr")
    }

    /// Every state of the pages of this file.
    fn all(t: Texts) -> Vec<String> {
        let (agency, service) = (agency(), service(false));
        let of = (&agency, &service);
        let (blank, none) = (FormData::default(), Problems::none());
        let typed = FormData::from_pairs([
            ("nilai", "2"),
            ("saran", "</textarea><script>alert(1)</script>"),
            ("persyaratan", "3"),
            ("usia", "20-29"),
        ]);
        let mut rules: Vec<_> = Unsur::ALL.iter().map(|u| SurveyProblem::Missing(*u)).collect();
        rules.extend([
            SurveyProblem::ReasonMissing,
            SurveyProblem::Comment(TextError::TooLong { max: 1_000 }),
        ]);
        let wrong = explain(t, &Refused::Rules(rules), "persyaratan");
        let faceless = explain(t, &Refused::Rules(vec![SurveyProblem::OverallMissing]), "nilai");
        vec![
            short_page(t, of, hidden(), (&blank, &none)).render(),
            short_page(t, of, hidden(), (&typed, &faceless)).render(),
            short_page(t, of, hidden(), (&typed, &explain(t, &Refused::OldForm, "nilai"))).render(),
            full_page(t, of, hidden(), (&blank, &none)).render(),
            full_page(t, of, hidden(), (&typed, &wrong)).render(),
            thanks_page(t, &agency, &service).render(),
        ]
        .into_iter()
        .map(|page| page.expect("renders"))
        .collect()
    }

    #[test]
    fn every_page_renders_in_both_languages() {
        for lang in Lang::ALL {
            for html in all(lang.texts()) {
                crate::shared::check::page(&html);
            }
        }
    }

    #[test]
    fn the_full_form_keeps_the_order_of_the_paper_and_what_was_typed() {
        let pages = all(Lang::Id.texts());
        let places: Vec<_> = Unsur::paper_order()
            .iter()
            .map(|u| pages[3].find(&format!("name=\"{}\"", u.code())).expect("asked"))
            .collect();
        assert!(places.is_sorted(), "sarana is asked eighth and pengaduan ninth");
        assert!(pages[3].contains("8. Bagaimana pendapat Saudara tentang kualitas sarana"));
        let field = pages[4]
            .split("name=\"persyaratan\" value=\"3\"")
            .nth(1)
            .expect("the third option");
        assert!(field.trim_start().starts_with("checked"), "the answer is kept");
        assert!(pages[4].contains("&#60;/textarea&#62;") || pages[4].contains("&lt;/textarea&gt;"));
        assert!(pages[4].find("href=\"#sarana\"") < pages[4].find("href=\"#pengaduan\""));
    }

    #[test]
    fn a_form_is_read_as_it_is() {
        let form = FormData::from_pairs([
            ("persyaratan", "3"),
            ("sarana", "9"),
            ("waktu", "abc"),
            ("nilai", "4"),
            ("kelamin", "P"),
            ("usia", "<script>"),
            ("lewat", "qr"),
        ]);
        let full = raw(&form, Form::Full);
        assert_eq!(
            full.answers,
            [Some(3), None, Some(0), None, None, None, None, None, Some(9)]
        );
        assert_eq!((full.overall, full.respondent.age_band), (None, None));
        assert_eq!(full.respondent.sex, Some(service::model::Sex::Female));
        let short = raw(&form, Form::Short);
        assert_eq!((short.overall, short.answers), (Some(4), [None; 9]));
        assert_eq!(Hidden::kept(&form).channel(), Channel::Qr);
        let forged = FormData::from_pairs([("lewat", "KERTAS")]);
        assert_eq!(Hidden::kept(&forged).channel(), Channel::Web);
        assert_ne!(hidden().key, "");
    }
}
