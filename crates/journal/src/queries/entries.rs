use db::{Result, Tx, args, from_row, sql};
use jiff::civil::Date;
use kernel::{AgencyId, PersonId, ProgressId, RhkId, SkpId};
use skp::SkpRow;

use crate::store::ProgressRow;

/// How many entries a day has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayCount {
    /// The day.
    pub day: Date,
    /// Entries on it, at least one.
    pub entries: i64,
}

from_row!(DayCount { day, entries });

/// Something that a person does again and again, offered for the next entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Habit {
    /// The RHK that it served.
    pub rhk_id: RhkId,
    /// What was done.
    pub text: String,
    /// Of what it was counted; empty when not counted.
    pub quantity_unit: String,
    /// The last day.
    pub last_day: Date,
    /// How often.
    pub times: i64,
}

from_row!(Habit {
    rhk_id,
    text,
    quantity_unit,
    last_day,
    times,
});

/// One entry.
pub async fn entry(tx: &mut Tx, id: ProgressId) -> Result<Option<ProgressRow>> {
    tx.optional(
        sql!(
            "SELECT id, agency_id, skp_id, person_id, rhk_id, work_date, text, quantity, quantity_unit, submit_key, \
             created_at, changed_at, version FROM progress_entry WHERE id = $1"
        ),
        args![id],
    )
    .await
}

/// The entry that came from a form.
pub async fn entry_by_key(tx: &mut Tx, agency: AgencyId, person: PersonId, key: &str) -> Result<Option<ProgressRow>> {
    tx.optional(
        sql!(
            "SELECT id, agency_id, skp_id, person_id, rhk_id, work_date, text, quantity, quantity_unit, submit_key, \
             created_at, changed_at, version FROM progress_entry \
             WHERE agency_id = $1 AND person_id = $2 AND submit_key = $3"
        ),
        args![agency, person, key],
    )
    .await
}

/// The entries of a person on a day, in the order in which they were made.
pub async fn entries_of_day(tx: &mut Tx, person: PersonId, day: Date) -> Result<Vec<ProgressRow>> {
    tx.all(
        sql!(
            "SELECT id, agency_id, skp_id, person_id, rhk_id, work_date, text, quantity, quantity_unit, submit_key, \
             created_at, changed_at, version FROM progress_entry WHERE person_id = $1 AND work_date = $2 \
             ORDER BY created_at, id"
        ),
        args![person, day],
    )
    .await
}

/// The days from `first` to `last` on which a person has entries.
pub async fn calendar(tx: &mut Tx, person: PersonId, first: Date, last: Date) -> Result<Vec<DayCount>> {
    tx.all(
        sql!(
            "SELECT work_date, CAST(COUNT(*) AS BIGINT) FROM progress_entry \
             WHERE person_id = $1 AND work_date >= $2 AND work_date <= $3 GROUP BY work_date ORDER BY work_date"
        ),
        args![person, first, last],
    )
    .await
}

/// The entries of an SKP from `first` to `last` by RHK, each RHK's by day. RHK without entries are missing.
pub async fn entries_in(tx: &mut Tx, skp: &SkpRow, first: Date, last: Date) -> Result<Vec<(RhkId, Vec<ProgressRow>)>> {
    let rows: Vec<ProgressRow> = tx
        .all(
            sql!(
                "SELECT id, agency_id, skp_id, person_id, rhk_id, work_date, text, quantity, quantity_unit, \
                 submit_key, created_at, changed_at, version FROM progress_entry \
                 WHERE person_id = $1 AND work_date >= $2 AND work_date <= $3 AND skp_id = $4 \
                 ORDER BY rhk_id, work_date, created_at, id"
            ),
            args![skp.person_id, first, last, skp.id],
        )
        .await?;
    let mut grouped: Vec<(RhkId, Vec<ProgressRow>)> = Vec::new();
    for row in rows {
        match grouped.last_mut().filter(|(rhk, _)| *rhk == row.rhk_id) {
            Some((_, entries)) => entries.push(row),
            None => grouped.push((row.rhk_id, vec![row])),
        }
    }
    Ok(grouped)
}

/// What a person did lately for an SKP, most frequent first, to be entered again with one tap. `since` is the first
/// day that is looked at.
pub async fn habits(tx: &mut Tx, skp: SkpId, person: PersonId, since: Date, most: i64) -> Result<Vec<Habit>> {
    tx.all(
        sql!(
            "SELECT rhk_id, text, quantity_unit, MAX(work_date), CAST(COUNT(*) AS BIGINT) FROM progress_entry \
             WHERE person_id = $1 AND work_date >= $2 AND skp_id = $3 GROUP BY rhk_id, text, quantity_unit \
             ORDER BY 5 DESC, 4 DESC, text, rhk_id LIMIT $4"
        ),
        args![person, since, skp, most],
    )
    .await
}
