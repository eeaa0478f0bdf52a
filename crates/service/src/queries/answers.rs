use std::collections::HashMap;

use db::{Result, Sql, Tx, args, sql};
use jiff::civil::Date;
use kernel::ServiceId;

use crate::model::Form;

/// What a citizen wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Day of the survey.
    pub survey_date: Date,
    /// Which form.
    pub form: Form,
    /// The face of the short form, 1 to 4.
    pub overall: Option<i64>,
    /// Reason of a low answer; may be empty.
    pub reason: String,
    /// Free text; may be empty.
    pub comment: String,
}
db::from_row!(Comment {
    survey_date,
    form,
    overall,
    reason,
    comment
});

/// The newest answers over `days` that hold a reason or a comment, at most `most`; one query.
pub async fn comments(tx: &mut Tx, service: ServiceId, days: (Date, Date), most: i64) -> Result<Vec<Comment>> {
    tx.all(
        sql!(
            "SELECT survey_date, form, overall, reason, comment FROM survey_response WHERE service_id = $1 \
             AND survey_date >= $2 AND survey_date <= $3 AND (reason <> '' OR comment <> '') \
             ORDER BY survey_date DESC, submitted_at DESC, id DESC LIMIT $4"
        ),
        args![service, days.0, days.1, most],
    )
    .await
}

/// The answers to the full form over `days` as lines of nine, in the order of the regulation: the annex "olah data"
/// (public-service 1.10). Nothing about the respondent is read. At most `most` lines; one query.
pub async fn matrix(tx: &mut Tx, service: ServiceId, days: (Date, Date), most: i64) -> Result<Vec<[i64; 9]>> {
    let mut lines = Vec::new();
    tx.each(
        sql!(
            "SELECT persyaratan, prosedur, waktu, biaya, produk, kompetensi, perilaku, pengaduan, sarana \
             FROM survey_response WHERE service_id = $1 AND form = $2 AND survey_date >= $3 AND survey_date <= $4 \
             ORDER BY survey_date, id LIMIT $5"
        ),
        args![service, Form::Full, days.0, days.1, most],
        |row| {
            let mut line = [0; 9];
            for (column, place) in line.iter_mut().enumerate() {
                *place = row.get(column)?;
            }
            lines.push(line);
            Ok(true)
        },
    )
    .await?;
    Ok(lines)
}

/// The day of the newest answer to the full form of each service; services without answers are absent. One query.
pub async fn last_answers(tx: &mut Tx, services: &[ServiceId]) -> Result<HashMap<ServiceId, Date>> {
    if services.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = Sql::new("SELECT service_id, MAX(survey_date) FROM survey_response WHERE ")
        .push_in("service_id", services.iter().copied())
        .push_with(" AND form = {}", Form::Full)
        .push(" GROUP BY service_id");
    let rows: Vec<(ServiceId, Date)> = tx.all(sql.text(), sql.args()).await?;
    Ok(rows.into_iter().collect())
}
