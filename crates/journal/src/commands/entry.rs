use audit::Entry;
use db::{Db, Tx};
use jiff::civil::Date;
use kernel::{Ctx, Decimal, DecimalError, Instant, ProgressId, RhkId, TextError, paragraph, parse_decimal_id};
use org::settings::Key;
use policy::{Actor, Denied, Kind};
use serde_json::json;
use skp::SkpRow;
use skp::access::AccessError;

use super::optional;
use crate::access;
use crate::model::{DayBroken, ENTRY_MAX, UNIT_MAX, is_locked, is_submit_key, may_record};
use crate::queries;
use crate::store::{self, ProgressRow, rows};

/// What an entry says.
#[derive(Debug, Clone)]
pub struct EntryInput {
    /// The RHK of the own approved SKP that the work served.
    pub rhk: RhkId,
    /// The day of the work.
    pub work_date: Date,
    /// What was done.
    pub text: String,
    /// How much, as written; may be empty.
    pub quantity: String,
    /// Of what; may be empty.
    pub quantity_unit: String,
}

/// A new entry.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// What it says.
    pub entry: EntryInput,
    /// One-time key of the form: a second tap or a retry makes one entry and shows the same receipt (U24).
    pub submit_key: String,
}

/// An entry with changes.
#[derive(Debug, Clone)]
pub struct EditEntryInput {
    /// Which entry.
    pub id: ProgressId,
    /// The version that the page showed.
    pub version: i64,
    /// What it says from now on.
    pub entry: EntryInput,
}

/// An entry to be taken out.
#[derive(Debug, Clone, Copy)]
pub struct DeleteEntryInput {
    /// Which entry.
    pub id: ProgressId,
    /// The version that the page showed.
    pub version: i64,
}

/// Proof that an entry is on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// The entry.
    pub id: ProgressId,
    /// Its version.
    pub version: i64,
    /// When it was saved.
    pub saved_at: Instant,
    /// It was saved before; nothing was written.
    pub already: bool,
    /// The quantity could be meant otherwise; the page says how it was read (U8).
    pub ambiguous: bool,
}

impl Receipt {
    /// The number that people can read to one another: the last eight digits of the identifier.
    pub fn number(&self) -> String {
        let digits = self.id.to_string().to_uppercase();
        digits[digits.len() - 8..].to_owned()
    }
}

/// Why an entry was refused.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// There is no such entry or RHK, or the RHK belongs to another SKP.
    #[error("not found")]
    NotFound,
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Changed in another window; here is how it stands now.
    #[error("changed meanwhile")]
    Stale(Box<ProgressRow>),
    /// The SKP is not approved.
    #[error("the plan is not approved")]
    NotApproved,
    /// Work of this day may not be recorded.
    #[error("work of this day may not be recorded: {0}")]
    Day(DayBroken),
    /// The text is missing or cannot be kept.
    #[error("text: {0}")]
    Text(#[from] TextError),
    /// The quantity is no number.
    #[error("quantity: {0}")]
    Quantity(#[from] DecimalError),
    /// The unit of the quantity cannot be kept.
    #[error("unit: {0}")]
    Unit(TextError),
    /// The one-time key is not one that our forms make.
    #[error("the form's key is malformed")]
    Key,
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

impl From<AccessError> for EntryError {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::NotFound => Self::NotFound,
            AccessError::Denied(denied) => Self::Denied(denied),
            AccessError::Internal(error) => Self::Internal(error),
        }
    }
}

/// Records work of a day. When it answers, the entry is on disk.
pub async fn add_entry(db: &Db, ctx: &Ctx, actor: &Actor, input: NewEntry) -> Result<Receipt, EntryError> {
    let person = actor.person.ok_or(Denied::Refused)?;
    if !is_submit_key(&input.submit_key) {
        return Err(EntryError::Key);
    }
    db::write!(db, async |tx| {
        let (skp, permit) = access::edit_by_rhk(tx, actor, input.entry.rhk).await?;
        if let Some(before) = queries::entry_by_key(tx, actor.agency, person, &input.submit_key).await? {
            return Ok(receipt(&before, true, false));
        }
        let words = words(&input.entry)?;
        recordable(tx, ctx, &skp, input.entry.work_date).await?;
        let now = ctx.now();
        let row = ProgressRow {
            id: ctx.new_id(),
            agency_id: skp.agency_id,
            skp_id: skp.id,
            person_id: person,
            rhk_id: input.entry.rhk,
            work_date: input.entry.work_date,
            text: words.text,
            quantity: words.quantity,
            quantity_unit: words.unit,
            submit_key: input.submit_key.clone(),
            created_at: now,
            changed_at: now,
            version: 1,
        };
        rows::entries(tx, std::slice::from_ref(&row)).await?;
        let entry = Entry {
            verb: "journal.add_entry",
            kind: Kind::Journal,
            subject: row.id.uuid(),
            detail: json!({ "after": written(&row) }),
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok(receipt(&row, false, words.ambiguous))
    })
}

/// Changes an own entry, until the evaluation of its period is final.
pub async fn edit_entry(db: &Db, ctx: &Ctx, actor: &Actor, input: EditEntryInput) -> Result<Receipt, EntryError> {
    db::write!(db, async |tx| {
        let before = queries::entry(tx, input.id).await?.ok_or(EntryError::NotFound)?;
        let (skp, permit) = access::edit(tx, actor, before.skp_id).await?;
        if before.version != input.version {
            return Err(EntryError::Stale(Box::new(before)));
        }
        unlocked(tx, &before).await?;
        let words = words(&input.entry)?;
        if input.entry.work_date != before.work_date {
            recordable(tx, ctx, &skp, input.entry.work_date).await?;
        }
        let belongs = skp::queries::of_rhk(tx, input.entry.rhk)
            .await?
            .is_some_and(|s| s.id == skp.id);
        if !belongs {
            return Err(EntryError::NotFound);
        }
        let after = ProgressRow {
            rhk_id: input.entry.rhk,
            work_date: input.entry.work_date,
            text: words.text,
            quantity: words.quantity,
            quantity_unit: words.unit,
            changed_at: ctx.now(),
            version: before.version + 1,
            ..before.clone()
        };
        store::update_entry(tx, &after).await?;
        let entry = Entry {
            verb: "journal.edit_entry",
            kind: Kind::Journal,
            subject: after.id.uuid(),
            detail: json!({ "before": written(&before), "after": written(&after) }),
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok(receipt(&after, false, words.ambiguous))
    })
}

/// Takes an own entry out, until the evaluation of its period is final.
pub async fn delete_entry(db: &Db, ctx: &Ctx, actor: &Actor, input: DeleteEntryInput) -> Result<(), EntryError> {
    db::write!(db, async |tx| {
        let before = queries::entry(tx, input.id).await?.ok_or(EntryError::NotFound)?;
        let (_, permit) = access::edit(tx, actor, before.skp_id).await?;
        if before.version != input.version {
            return Err(EntryError::Stale(Box::new(before)));
        }
        unlocked(tx, &before).await?;
        store::delete_entry(tx, before.id).await?;
        let entry = Entry {
            verb: "journal.delete_entry",
            kind: Kind::Journal,
            subject: before.id.uuid(),
            detail: json!({ "before": written(&before) }),
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok(())
    })
}

struct Words {
    text: String,
    quantity: Option<Decimal>,
    unit: String,
    ambiguous: bool,
}

fn words(input: &EntryInput) -> Result<Words, EntryError> {
    let (quantity, ambiguous) = match parse_decimal_id(&input.quantity) {
        Err(DecimalError::Empty) => (None, false),
        other => other.map(|(value, ambiguous)| (Some(value), ambiguous))?,
    };
    Ok(Words {
        text: paragraph(&input.text, ENTRY_MAX)?,
        quantity,
        unit: optional(&input.quantity_unit, UNIT_MAX).map_err(EntryError::Unit)?,
        ambiguous,
    })
}

/// May work of this day be recorded for this SKP now?
async fn recordable(tx: &mut Tx, ctx: &Ctx, skp: &SkpRow, day: Date) -> Result<(), EntryError> {
    if !skp.status.carries_work() {
        return Err(EntryError::NotApproved);
    }
    let today = skp::queries::today(tx, ctx, skp.agency_id).await?;
    let back_days = org::settings::value(tx, skp.agency_id, Key::JournalBackDays, today)
        .await?
        .number();
    let locks = queries::locks(tx, skp.id).await?;
    may_record(day, today, (skp.period_start, skp.period_end), back_days, &locks).map_err(EntryError::Day)
}

async fn unlocked(tx: &mut Tx, entry: &ProgressRow) -> Result<(), EntryError> {
    let locks = queries::locks(tx, entry.skp_id).await?;
    match is_locked(entry.work_date, &locks) {
        true => Err(EntryError::Day(DayBroken::Locked)),
        false => Ok(()),
    }
}

fn receipt(row: &ProgressRow, already: bool, ambiguous: bool) -> Receipt {
    Receipt {
        id: row.id,
        version: row.version,
        saved_at: row.changed_at,
        already,
        ambiguous,
    }
}

fn written(row: &ProgressRow) -> serde_json::Value {
    json!({
        "rhk": row.rhk_id,
        "day": row.work_date.to_string(),
        "text": row.text,
        "quantity": row.quantity.map(|q| q.to_string()),
        "unit": row.quantity_unit,
    })
}
