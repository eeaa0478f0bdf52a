//! The form of one remark, on an RHK or a value.

use askama::Template;
use axum::extract::{Path, State};
use feedback::Tone;
use feedback::commands::{self, GiveError, GiveInput};
use feedback::model::{TEXT_MAX, Topic};
use http::StatusCode;
use i18n::Texts;
use journal::model::is_submit_key;
use kernel::SkpId;

use super::list::{Loaded, frame, load, topic, wanted};
use super::words;
use crate::journal::frame::Frame;
use crate::journal::words as periods;
use crate::shared::{
    AppState, Field, FieldKind, FormData, PageError, PageResult, Problems, Shell, Staff, page, page_with_status,
    see_other,
};

/// The form.
#[derive(Template)]
#[template(path = "feedback/give.html")]
pub(super) struct GivePage {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) problems: Vec<(&'static str, String)>,
    pub(super) back: (String, String),
    pub(super) about: String,
    /// The three guides of a value; none for an RHK.
    pub(super) guides: Vec<&'static str>,
    pub(super) action: String,
    /// Which hidden field says what it is about, and what it says.
    pub(super) topic: (&'static str, String),
    pub(super) period: String,
    pub(super) key: String,
    pub(super) tone: Field,
    pub(super) text: Field,
    pub(super) after: String,
}

/// The form of a new remark.
pub(super) fn form(staff: &Staff, app: &AppState, loaded: &Loaded, query: &FormData) -> PageResult {
    let frame = frame(staff, loaded);
    if !loaded.may_rate {
        return Err(PageError::Forbidden);
    }
    if loaded.closed(&frame).is_some() {
        return see_other(&loaded.href(loaded.period));
    }
    let topic = topic(query).ok_or(PageError::NotFound)?;
    let key = periods::new_key(&app.ctx);
    let shown = FormData::default();
    page(&build(&frame, loaded, topic, &key, &shown, &Problems::none()).ok_or(PageError::NotFound)?)
}

/// `POST /skp/{id}/umpan-balik`
pub(super) async fn send(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    let t = staff.t;
    let id: SkpId = id.parse().map_err(|_| PageError::NotFound)?;
    let period = wanted(&staff, &form)?;
    let topic = topic(&form).ok_or(PageError::NotFound)?;
    let mut problems = Problems::none();
    let tone: Option<Tone> = form.code("nada", &mut problems);
    form.paragraph("teks", TEXT_MAX, &mut problems);
    if let (Some(tone), true) = (tone, problems.is_empty()) {
        let input = GiveInput {
            skp: id,
            topic,
            period,
            tone,
            text: form.raw("teks").to_owned(),
            submit_key: form.raw("kunci").to_owned(),
        };
        match commands::give(&app.db, &app.ctx, staff.actor(), input).await {
            Ok(given) => {
                let slug = periods::slug(period);
                return see_other(&format!("/skp/{id}/umpan-balik?periode={slug}&kirim={}", given.id));
            }
            Err(error) => refused(t, error, &mut problems)?,
        }
    }
    let loaded = db::read!(app.db, async |tx| load(tx, &staff, id, period).await)?;
    if !loaded.may_rate {
        return Err(PageError::Forbidden);
    }
    let key = match form.raw("kunci") {
        key if is_submit_key(key) => key.to_owned(),
        _ => periods::new_key(&app.ctx),
    };
    let frame = frame(&staff, &loaded);
    let built = build(&frame, &loaded, topic, &key, &form, &problems).ok_or(PageError::NotFound)?;
    page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &built)
}

fn refused(t: Texts, error: GiveError, problems: &mut Problems) -> Result<(), PageError> {
    match error {
        GiveError::NotFound => return Err(PageError::NotFound),
        GiveError::Denied(denied) => return Err(denied.into()),
        GiveError::Internal(error) => return Err(error.into()),
        GiveError::NotApproved => problems.say("teks", t.feedback_not_approved()),
        GiveError::PeriodOutside => problems.say("teks", t.feedback_period_outside()),
        GiveError::PeriodLocked => problems.say("teks", t.feedback_period_locked()),
        GiveError::Text(error) => problems.text("teks", error),
        GiveError::Key => problems.say("teks", t.feedback_key_broken()),
    }
    Ok(())
}

/// Builds the page; none when the RHK is not one of this plan.
pub(super) fn build(
    frame: &Frame,
    loaded: &Loaded,
    topic: Topic,
    key: &str,
    form: &FormData,
    problems: &Problems,
) -> Option<GivePage> {
    let t = frame.t;
    let (about, guides, hidden) = match topic {
        Topic::Rhk(id) => {
            let rhk = loaded.rhks.iter().find(|r| r.id == id)?;
            (t.feedback_about_rhk(&rhk.text), Vec::new(), ("rhk", id.to_string()))
        }
        Topic::Value(value) => (
            t.feedback_about_value(value.label()),
            value.guides().to_vec(),
            ("nilai", value.number().to_string()),
        ),
    };
    let title = t.feedback_give_title(loaded.owner());
    Some(GivePage {
        shell: frame.shell(title).problems(!problems.is_empty()),
        t,
        problems: problems.all(t),
        back: (
            loaded.href(loaded.period),
            periods::period_year(t, loaded.skp.year, loaded.period),
        ),
        about,
        guides,
        action: format!("/skp/{}/umpan-balik", loaded.skp.id),
        topic: hidden,
        period: periods::slug(loaded.period),
        key: key.to_owned(),
        tone: Field::new(t, "nada", t.feedback_tone(), FieldKind::Radios(words::tones(t))).from(form, problems),
        text: Field::paragraph(t, "teks", t.feedback_text())
            .hint(t.feedback_text_hint())
            .max(TEXT_MAX)
            .from(form, problems),
        after: t.feedback_after(loaded.owner()),
    })
}
