use db::{Db, Tx, args, sql};
use kernel::{AgencyId, Ctx, ServiceId, SurveyResponseId, Zone};
use org::settings::{self, Key};

use crate::model::{Channel, Form, RawSurvey, SurveyProblem};
use crate::store::{self, NewResponse};

/// A form filled in by a citizen. There is no account behind it.
#[derive(Debug, Clone)]
pub struct SubmitSurvey {
    /// The agency whose page it is.
    pub agency: AgencyId,
    /// Address of the service.
    pub slug: String,
    /// How the page was opened: [`Channel::Web`], [`Channel::Qr`] or [`Channel::Kiosk`].
    pub channel: Channel,
    /// The form.
    pub survey: RawSurvey,
    /// One-time key of the page, 8 to 80 letters, digits and hyphens: a double tap makes one answer.
    pub submit_key: String,
}

/// What became of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Submitted {
    /// The service.
    pub service: ServiceId,
    /// False when the same form had been sent before.
    pub first: bool,
}

/// Why an answer was not taken.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// No public service in force has this address.
    #[error("no public service has this address")]
    NotFound,
    /// The form breaks rules.
    #[error("the form breaks {} rules", .0.len())]
    Invalid(Vec<SurveyProblem>),
    /// The page was not ours: its key is malformed, or it claims a channel only staff may use.
    #[error("the form was not made by this page")]
    BadForm,
    /// The database.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

struct Target {
    service: ServiceId,
    zone: Zone,
    is_public: bool,
    valid_from: jiff::civil::Date,
    valid_to: Option<jiff::civil::Date>,
}
db::from_row!(Target {
    service,
    zone,
    is_public,
    valid_from,
    valid_to
});

/// Takes an answer of a citizen for a public service in force. The survey date is today's date in the office.
pub async fn submit_survey(db: &Db, ctx: &Ctx, input: &SubmitSurvey) -> Result<Submitted, SubmitError> {
    let public = matches!(input.channel, Channel::Web | Channel::Qr | Channel::Kiosk);
    if !public || !is_submit_key(&input.submit_key) {
        return Err(SubmitError::BadForm);
    }
    db::write!(db, async |tx| inside(tx, ctx, input).await)
}

async fn inside(tx: &mut Tx, ctx: &Ctx, input: &SubmitSurvey) -> Result<Submitted, SubmitError> {
    let target: Target = tx
        .optional(
            sql!(
                "SELECT s.id, a.zone, s.is_public, s.valid_from, s.valid_to FROM service s \
                 JOIN agency a ON a.id = s.agency_id WHERE s.agency_id = $1 AND s.slug = $2"
            ),
            args![input.agency, input.slug.as_str()],
        )
        .await?
        .ok_or(SubmitError::NotFound)?;
    let now = ctx.now();
    let today = target.zone.date(now);
    let in_force = target.valid_from <= today && target.valid_to.is_none_or(|last| today <= last);
    if !target.is_public || !in_force {
        return Err(SubmitError::NotFound);
    }
    // the setting is read only when it could matter: most answers are not low
    let low = input.survey.answers.iter().flatten().any(|a| *a <= 2);
    let required = input.survey.form == Form::Full
        && low
        && settings::value(tx, input.agency, Key::SurveyReasonRequired, today)
            .await?
            .is_on();
    let survey = input.survey.check(required).map_err(SubmitError::Invalid)?;
    let id: SurveyResponseId = ctx.new_id();
    let new = NewResponse {
        id,
        agency: input.agency,
        service: target.service,
        form: input.survey.form,
        channel: input.channel,
        survey_date: today,
        submitted_at: now,
        survey: &survey,
        submit_key: &input.submit_key,
    };
    let first = store::insert_response(tx, &new).await?;
    Ok(Submitted {
        service: target.service,
        first,
    })
}

/// True for 8 to 80 letters, digits and hyphens.
pub(crate) fn is_submit_key(text: &str) -> bool {
    (8..=80).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}
