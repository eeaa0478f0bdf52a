//! Rows of the tables `service` and `survey_response`.

use db::{Result, Tx, args, sql};
use jiff::civil::Date;
use kernel::{AgencyId, Instant, ServiceId, SurveyResponseId, UnitId, fold_name};
use regulation::skm::Unsur;

use crate::model::{Catalogue, Channel, Form, INSTRUMENT, Slug, Survey};
use crate::queries::Service;

pub(crate) async fn insert(
    tx: &mut Tx,
    id: ServiceId,
    agency: AgencyId,
    (unit, unit_path): (UnitId, &str),
    entry: &Catalogue,
) -> Result<()> {
    tx.exec(
        sql!(
            "INSERT INTO service (id, agency_id, unit_id, unit_path, slug, name, name_folded, summary, requirements, \
             fee, promise, promise_days, data_source, is_public, population, valid_from, valid_to, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1)"
        ),
        args![
            id,
            agency,
            unit,
            unit_path,
            entry.slug.as_str(),
            entry.name.as_str(),
            fold_name(&entry.name),
            entry.summary.as_str(),
            entry.requirements.as_str(),
            entry.fee.as_str(),
            entry.promise.as_str(),
            entry.promise_days,
            entry.data_source.as_str(),
            entry.is_public,
            entry.population,
            entry.valid_from,
            entry.valid_to
        ],
    )
    .await?;
    Ok(())
}

/// Answers false when the version has moved on.
pub(crate) async fn update(tx: &mut Tx, id: ServiceId, version: i64, entry: &Catalogue) -> Result<bool> {
    let changed = tx
        .exec(
            sql!(
                "UPDATE service SET slug = $1, name = $2, name_folded = $3, summary = $4, requirements = $5, fee = $6, \
                 promise = $7, promise_days = $8, data_source = $9, is_public = $10, population = $11, \
                 valid_from = $12, valid_to = $13, version = version + 1 WHERE id = $14 AND version = $15"
            ),
            args![
                entry.slug.as_str(),
                entry.name.as_str(),
                fold_name(&entry.name),
                entry.summary.as_str(),
                entry.requirements.as_str(),
                entry.fee.as_str(),
                entry.promise.as_str(),
                entry.promise_days,
                entry.data_source.as_str(),
                entry.is_public,
                entry.population,
                entry.valid_from,
                entry.valid_to,
                id,
                version
            ],
        )
        .await?;
    Ok(changed == 1)
}

/// The service of `agency` that has this address, other than `except`.
pub(crate) async fn holder_of(tx: &mut Tx, agency: AgencyId, slug: &Slug) -> Result<Option<ServiceId>> {
    tx.scalar(
        sql!("SELECT id FROM service WHERE agency_id = $1 AND slug = $2"),
        args![agency, slug.as_str()],
    )
    .await
}

/// One answered form on its way into the table.
pub(crate) struct NewResponse<'a> {
    pub id: SurveyResponseId,
    pub agency: AgencyId,
    pub service: ServiceId,
    pub form: Form,
    pub channel: Channel,
    pub survey_date: Date,
    pub submitted_at: Instant,
    pub survey: &'a Survey,
    pub submit_key: &'a str,
}

/// Writes an answer; false when the same form was sent before.
pub(crate) async fn insert_response(tx: &mut Tx, new: &NewResponse<'_>) -> Result<bool> {
    let answer = |unsur: Unsur| new.survey.answers.map(|a| a.of(unsur));
    let respondent = new.survey.respondent;
    let written = tx
        .exec(
            sql!(
                "INSERT INTO survey_response (id, agency_id, service_id, instrument, form, channel, survey_date, \
                 submitted_at, overall, persyaratan, prosedur, waktu, biaya, produk, kompetensi, perilaku, pengaduan, \
                 sarana, sex, age_band, education, occupation, reason, comment, submit_key) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, \
                 $21, $22, $23, $24, $25) ON CONFLICT (agency_id, service_id, submit_key) DO NOTHING"
            ),
            args![
                new.id,
                new.agency,
                new.service,
                INSTRUMENT,
                new.form,
                new.channel,
                new.survey_date,
                new.submitted_at,
                new.survey.overall,
                answer(Unsur::Persyaratan),
                answer(Unsur::Prosedur),
                answer(Unsur::Waktu),
                answer(Unsur::Biaya),
                answer(Unsur::Produk),
                answer(Unsur::Kompetensi),
                answer(Unsur::Perilaku),
                answer(Unsur::Pengaduan),
                answer(Unsur::Sarana),
                respondent.sex,
                respondent.age_band,
                respondent.education,
                respondent.occupation,
                new.survey.reason.as_str(),
                new.survey.comment.as_str(),
                new.submit_key
            ],
        )
        .await?;
    Ok(written == 1)
}

pub(crate) async fn get(tx: &mut Tx, agency: AgencyId, id: ServiceId) -> Result<Option<Service>> {
    tx.optional(
        sql!(
            "SELECT s.id, s.unit_id, s.unit_path, u.name, s.slug, s.name, s.summary, s.requirements, s.fee, s.promise, \
             s.promise_days, s.data_source, s.is_public, s.population, s.valid_from, s.valid_to, s.version \
             FROM service s JOIN unit u ON u.id = s.unit_id WHERE s.agency_id = $1 AND s.id = $2"
        ),
        args![agency, id],
    )
    .await
}
