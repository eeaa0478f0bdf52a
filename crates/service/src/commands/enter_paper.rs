use db::{Db, Tx, args, sql};
use jiff::civil::Date;
use kernel::{Ctx, ServiceId, SurveyResponseId, Zone};
use policy::{Action, Actor, Denied, Kind, decide};
use serde_json::json;

use super::submit_survey::is_submit_key;
use crate::access;
use crate::model::{Channel, RawSurvey, SurveyProblem};
use crate::store::{self, NewResponse};

/// A paper form entered by staff of the counter.
#[derive(Debug, Clone)]
pub struct PaperSurvey {
    /// The service.
    pub service: ServiceId,
    /// The date on the paper: late entry keeps it (public-service 1.5).
    pub survey_date: Date,
    /// The form.
    pub survey: RawSurvey,
    /// One-time key of the page, 8 to 80 letters, digits and hyphens.
    pub submit_key: String,
}

/// Why a paper form was not entered.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// Not this actor.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The service does not exist in this agency.
    #[error("the service does not exist")]
    NotFound,
    /// The form breaks rules.
    #[error("the form breaks {} rules", .0.len())]
    Invalid(Vec<SurveyProblem>),
    /// The date lies in the future or before the service began.
    #[error("the date on the paper cannot be")]
    DateOutside,
    /// The page was not ours.
    #[error("the form was not made by this page")]
    BadForm,
    /// The database.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Enters a paper form; answers false when the same form was sent before. A reason for low answers is not insisted on:
/// nobody can ask the citizen any more.
pub async fn enter_paper(db: &Db, ctx: &Ctx, actor: &Actor, input: &PaperSurvey) -> Result<bool, PaperError> {
    if !is_submit_key(&input.submit_key) {
        return Err(PaperError::BadForm);
    }
    db::write!(db, async |tx| inside(tx, ctx, actor, input).await)
}

async fn inside(tx: &mut Tx, ctx: &Ctx, actor: &Actor, input: &PaperSurvey) -> Result<bool, PaperError> {
    let facts = access::facts(tx, actor.agency, input.service)
        .await?
        .ok_or(PaperError::NotFound)?;
    let permit = decide(actor, Action::Edit, &facts).permit()?;
    let survey = input.survey.check(false).map_err(PaperError::Invalid)?;
    let (zone, valid_from): (Zone, Date) = tx
        .one(
            sql!("SELECT a.zone, s.valid_from FROM service s JOIN agency a ON a.id = s.agency_id WHERE s.id = $1"),
            args![input.service],
        )
        .await?;
    let now = ctx.now();
    if input.survey_date > zone.date(now) || input.survey_date < valid_from {
        return Err(PaperError::DateOutside);
    }
    let id: SurveyResponseId = ctx.new_id();
    let new = NewResponse {
        id,
        agency: actor.agency,
        service: input.service,
        form: input.survey.form,
        channel: Channel::Paper,
        survey_date: input.survey_date,
        submitted_at: now,
        survey: &survey,
        submit_key: &input.submit_key,
    };
    let first = store::insert_response(tx, &new).await?;
    if first {
        let entry = audit::Entry {
            verb: "service.enter_paper",
            kind: Kind::Service,
            subject: input.service.uuid(),
            detail: json!({ "response": id.to_string(), "survey_date": input.survey_date.to_string() }),
        };
        audit::record(tx, ctx, &permit, entry).await?;
    }
    Ok(first)
}
