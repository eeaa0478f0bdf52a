//! Rows of feedback and how they are written.

use db::{FromRow, Result, Row, Tx, args, sql};
use kernel::{AgencyId, FeedbackId, Instant, Period, PersonId, SkpId, ValueError};

use crate::model::{GiverRole, Tone, Topic};

/// One remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedbackRow {
    /// Identifier.
    pub id: FeedbackId,
    /// Agency.
    pub agency_id: AgencyId,
    /// The SKP.
    pub skp_id: SkpId,
    /// What it is about.
    pub topic: Topic,
    /// Who gave it.
    pub giver_id: PersonId,
    /// As what.
    pub giver_role: GiverRole,
    /// Calendar year.
    pub year: i16,
    /// The period on whose evaluation it is printed.
    pub period: Period,
    /// Tone.
    pub tone: Tone,
    /// The remark.
    pub text: String,
    /// One-time key of the form.
    pub submit_key: String,
    /// When it was given.
    pub created_at: Instant,
}

impl FromRow for FeedbackRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let topic = Topic::from_columns(row.get(3)?, row.get(4)?).ok_or_else(|| db::Error::Decode {
            column: 3,
            source: ValueError {
                expected: "an RHK or a value",
                found: "neither or both".to_owned(),
            },
        })?;
        Ok(Self {
            id: row.get(0)?,
            agency_id: row.get(1)?,
            skp_id: row.get(2)?,
            topic,
            giver_id: row.get(5)?,
            giver_role: row.get(6)?,
            year: row.get(7)?,
            period: row.get(8)?,
            tone: row.get(9)?,
            text: row.get(10)?,
            submit_key: row.get(11)?,
            created_at: row.get(12)?,
        })
    }
}

/// Inserts many; a key that was used already inserts nothing.
pub(crate) async fn insert(tx: &mut Tx, rows: &[FeedbackRow]) -> Result<u64> {
    let rows: Vec<_> = rows
        .iter()
        .map(|r| {
            let (rhk, value_no) = r.topic.columns();
            args![
                r.id,
                r.agency_id,
                r.skp_id,
                rhk,
                value_no,
                r.giver_id,
                r.giver_role,
                r.year,
                r.period,
                r.tone,
                &r.text,
                &r.submit_key,
                r.created_at
            ]
            .to_vec()
        })
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO feedback (id, agency_id, skp_id, rhk_id, value_no, giver_id, giver_role, year, period, tone, \
             text, submit_key, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
             ON CONFLICT (agency_id, giver_id, submit_key) DO NOTHING"
        ),
        &rows,
    )
    .await
}
