//! Rows of the journal and how they are written.

use db::{Result, Tx, args, from_row, sql};
use jiff::civil::Date;
use kernel::{ActionPlanId, AgencyId, Decimal, EvidenceId, IkiId, Instant, Period, PersonId, ProgressId, RhkId, SkpId};

use crate::blobs::Digest;
use crate::model::{EvidenceKind, MediaType, Reached};

pub(crate) mod rows;

/// One line of an action plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionRow {
    /// Identifier.
    pub id: ActionPlanId,
    /// Agency.
    pub agency_id: AgencyId,
    /// The SKP.
    pub skp_id: SkpId,
    /// The RHK that it serves.
    pub rhk_id: RhkId,
    /// Calendar year.
    pub year: i16,
    /// Period.
    pub period: Period,
    /// Order, from 1.
    pub seq: i64,
    /// What shall be done.
    pub text: String,
    /// What shall be reached, in words; may be empty.
    pub target_text: String,
    /// Whether it was reached; none while open.
    pub reached: Option<Reached>,
    /// Counts changes.
    pub version: i64,
}

from_row!(ActionRow {
    id,
    agency_id,
    skp_id,
    rhk_id,
    year,
    period,
    seq,
    text,
    target_text,
    reached,
    version
});

/// One entry of daily progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressRow {
    /// Identifier.
    pub id: ProgressId,
    /// Agency.
    pub agency_id: AgencyId,
    /// The SKP.
    pub skp_id: SkpId,
    /// Whose.
    pub person_id: PersonId,
    /// The RHK that it served.
    pub rhk_id: RhkId,
    /// The day of the work.
    pub work_date: Date,
    /// What was done.
    pub text: String,
    /// How much, if counted.
    pub quantity: Option<Decimal>,
    /// Of what; empty when not counted.
    pub quantity_unit: String,
    /// One-time key of the form.
    pub submit_key: String,
    /// When it was entered.
    pub created_at: Instant,
    /// When it was last changed.
    pub changed_at: Instant,
    /// Counts changes.
    pub version: i64,
}

from_row!(ProgressRow {
    id,
    agency_id,
    skp_id,
    person_id,
    rhk_id,
    work_date,
    text,
    quantity,
    quantity_unit,
    submit_key,
    created_at,
    changed_at,
    version,
});

/// The realised value of an IKI in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RealisationRow {
    /// The IKI.
    pub iki_id: IkiId,
    /// Calendar year.
    pub year: i16,
    /// Period.
    pub period: Period,
    /// Agency.
    pub agency_id: AgencyId,
    /// The SKP.
    pub skp_id: SkpId,
    /// The value as written.
    pub value_text: String,
    /// The number in it, if one was read.
    pub value_number: Option<Decimal>,
    /// Where it comes from ("Sumber data").
    pub source_note: String,
    /// When it was last changed.
    pub changed_at: Instant,
    /// Counts changes.
    pub version: i64,
}

from_row!(RealisationRow {
    iki_id,
    year,
    period,
    agency_id,
    skp_id,
    value_text,
    value_number,
    source_note,
    changed_at,
    version,
});

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRow {
    /// Identifier.
    pub id: EvidenceId,
    /// Agency.
    pub agency_id: AgencyId,
    /// The SKP.
    pub skp_id: SkpId,
    /// The RHK that it shows.
    pub rhk_id: RhkId,
    /// Whose.
    pub person_id: PersonId,
    /// Calendar year.
    pub year: i16,
    /// Period.
    pub period: Period,
    /// File or link.
    pub kind: EvidenceKind,
    /// What it is.
    pub title: String,
    /// What to look at in it; may be empty.
    pub note: String,
    /// The link.
    pub url: Option<String>,
    /// Name under which the file is offered.
    pub file_name: Option<String>,
    /// What the file is.
    pub media_type: Option<MediaType>,
    /// Size of the file in bytes.
    pub size: Option<i64>,
    /// Where the bytes are.
    pub digest: Option<Digest>,
    /// When it was added.
    pub created_at: Instant,
}

from_row!(EvidenceRow {
    id,
    agency_id,
    skp_id,
    rhk_id,
    person_id,
    year,
    period,
    kind,
    title,
    note,
    url,
    file_name,
    media_type,
    size,
    digest,
    created_at,
});

/// A period whose evaluation is final.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockRow {
    /// The SKP.
    pub skp_id: SkpId,
    /// Calendar year.
    pub year: i16,
    /// Period.
    pub period: Period,
    /// Since when.
    pub locked_at: Instant,
}

pub(crate) async fn update_entry(tx: &mut Tx, entry: &ProgressRow) -> Result<()> {
    tx.exec(
        sql!(
            "UPDATE progress_entry SET rhk_id = $1, work_date = $2, text = $3, quantity = $4, quantity_unit = $5, \
             changed_at = $6, version = $7 WHERE id = $8"
        ),
        args![
            entry.rhk_id,
            entry.work_date,
            &entry.text,
            entry.quantity,
            &entry.quantity_unit,
            entry.changed_at,
            entry.version,
            entry.id
        ],
    )
    .await?;
    Ok(())
}

pub(crate) async fn delete_entry(tx: &mut Tx, id: ProgressId) -> Result<()> {
    tx.exec(sql!("DELETE FROM progress_entry WHERE id = $1"), args![id])
        .await?;
    Ok(())
}

pub(crate) async fn update_action(tx: &mut Tx, action: &ActionRow) -> Result<()> {
    tx.exec(
        sql!(
            "UPDATE action_plan SET rhk_id = $1, text = $2, target_text = $3, reached = $4, version = $5 WHERE id = $6"
        ),
        args![
            action.rhk_id,
            &action.text,
            &action.target_text,
            action.reached,
            action.version,
            action.id
        ],
    )
    .await?;
    Ok(())
}

pub(crate) async fn delete_action(tx: &mut Tx, id: ActionPlanId) -> Result<()> {
    tx.exec(sql!("DELETE FROM action_plan WHERE id = $1"), args![id])
        .await?;
    Ok(())
}

pub(crate) async fn delete_evidence(tx: &mut Tx, id: EvidenceId) -> Result<()> {
    tx.exec(sql!("DELETE FROM evidence WHERE id = $1"), args![id]).await?;
    Ok(())
}

pub(crate) async fn delete_lock(tx: &mut Tx, skp: SkpId, year: i16, period: Period) -> Result<u64> {
    tx.exec(
        sql!("DELETE FROM period_lock WHERE skp_id = $1 AND year = $2 AND period = $3"),
        args![skp, year, period],
    )
    .await
}
