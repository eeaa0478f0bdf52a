//! Plain rows in great number: for the demo city, imports, benchmarks and tests. The caller answers for their sense;
//! references are checked by the database.

use db::{Result, Tx, args, sql};
use jiff::civil::Date;
use kernel::{AgencyId, Instant, IntoValue, ServiceId, SurveyResponseId, UnitId, Value, fold_name};
use uuid::Uuid;

use crate::model::{Answers, Channel, Form, INSTRUMENT, Respondent};
use regulation::skm::Unsur;

/// A service.
#[derive(Debug, Clone)]
pub struct ServiceRow {
    /// Identifier.
    pub id: ServiceId,
    /// Agency.
    pub agency_id: AgencyId,
    /// Unit.
    pub unit_id: UnitId,
    /// The unit's path.
    pub unit_path: String,
    /// Short address, unique in the agency.
    pub slug: String,
    /// Name.
    pub name: String,
    /// What it is for.
    pub summary: String,
    /// Conditions.
    pub requirements: String,
    /// Fee in words.
    pub fee: String,
    /// Promise in words.
    pub promise: String,
    /// Promised days.
    pub promise_days: Option<i64>,
    /// Where its figures come from.
    pub data_source: String,
    /// Has a public page.
    pub is_public: bool,
    /// Users in a comparable period.
    pub population: Option<i64>,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Option<Date>,
}

/// An answered survey.
#[derive(Debug, Clone)]
pub struct ResponseRow {
    /// Identifier.
    pub id: SurveyResponseId,
    /// Agency.
    pub agency_id: AgencyId,
    /// Service.
    pub service_id: ServiceId,
    /// Way in.
    pub channel: Channel,
    /// Day of the survey.
    pub survey_date: Date,
    /// When it was sent.
    pub submitted_at: Instant,
    /// The nine answers, or the one face of the short form (1 to 4).
    pub given: Given,
    /// Who answered.
    pub respondent: Respondent,
    /// Reason for low answers.
    pub reason: String,
    /// Free text.
    pub comment: String,
    /// Unique in the service.
    pub submit_key: String,
}

/// What was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// The full form.
    Full(Answers),
    /// The short form.
    Short(u8),
}

/// One line of a register. Dates as they were written.
#[derive(Debug, Clone)]
pub struct CaseRow {
    /// Identifier.
    pub id: Uuid,
    /// Agency.
    pub agency_id: AgencyId,
    /// Service.
    pub service_id: ServiceId,
    /// Number in the register, unique in the service.
    pub register_no: String,
    /// Asked for.
    pub requested: String,
    /// Promised for.
    pub target: String,
    /// Given to somebody.
    pub assigned: String,
    /// Done.
    pub completed: String,
    /// Fetched.
    pub picked_up: String,
    /// State as written.
    pub state: String,
    /// Not empty when cancelled.
    pub cancel_flag: String,
}

/// Inserts services.
pub async fn insert_all(tx: &mut Tx, rows: &[ServiceRow]) -> Result<u64> {
    let rows: Vec<Vec<Value>> = rows
        .iter()
        .map(|row| {
            args![
                row.id,
                row.agency_id,
                row.unit_id,
                row.unit_path.as_str(),
                row.slug.as_str(),
                row.name.as_str(),
                fold_name(&row.name),
                row.summary.as_str(),
                row.requirements.as_str(),
                row.fee.as_str(),
                row.promise.as_str(),
                row.promise_days,
                row.data_source.as_str(),
                row.is_public,
                row.population,
                row.valid_from,
                row.valid_to,
                1i64
            ]
            .to_vec()
        })
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO service (id, agency_id, unit_id, unit_path, slug, name, name_folded, summary, requirements, \
             fee, promise, promise_days, data_source, is_public, population, valid_from, valid_to, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)"
        ),
        &rows,
    )
    .await
}

/// Inserts answered surveys.
pub async fn insert_responses(tx: &mut Tx, rows: &[ResponseRow]) -> Result<u64> {
    let rows: Vec<Vec<Value>> = rows.iter().map(response_values).collect();
    tx.exec_many(
        sql!(
            "INSERT INTO survey_response (id, agency_id, service_id, instrument, form, channel, survey_date, \
             submitted_at, sex, age_band, education, occupation, reason, comment, submit_key, overall, persyaratan, \
             prosedur, waktu, biaya, produk, kompetensi, perilaku, pengaduan, sarana) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, \
             $22, $23, $24, $25)"
        ),
        &rows,
    )
    .await
}

fn response_values(row: &ResponseRow) -> Vec<Value> {
    let (form, overall, answers) = match row.given {
        Given::Full(answers) => (Form::Full, None, Some(answers)),
        Given::Short(face) => (Form::Short, Some(face), None),
    };
    let mut values = args![
        row.id,
        row.agency_id,
        row.service_id,
        INSTRUMENT,
        form,
        row.channel,
        row.survey_date,
        row.submitted_at,
        row.respondent.sex,
        row.respondent.age_band,
        row.respondent.education,
        row.respondent.occupation,
        row.reason.as_str(),
        row.comment.as_str(),
        row.submit_key.as_str(),
        overall
    ]
    .to_vec();
    let all = <Unsur as kernel::Code>::ALL.iter();
    values.extend(all.map(|unsur| answers.map(|a| a.of(*unsur)).into_value()));
    values
}

/// Inserts lines of registers.
pub async fn insert_cases(tx: &mut Tx, rows: &[CaseRow]) -> Result<u64> {
    let rows: Vec<Vec<Value>> = rows
        .iter()
        .map(|row| {
            args![
                row.id,
                row.agency_id,
                row.service_id,
                row.register_no.as_str(),
                row.requested.as_str(),
                row.target.as_str(),
                row.assigned.as_str(),
                row.completed.as_str(),
                row.picked_up.as_str(),
                row.state.as_str(),
                row.cancel_flag.as_str()
            ]
            .to_vec()
        })
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO service_case (id, agency_id, service_id, register_no, requested, target, assigned, completed, \
             picked_up, state, cancel_flag) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        ),
        &rows,
    )
    .await
}
