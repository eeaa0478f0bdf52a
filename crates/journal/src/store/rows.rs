//! Inserts of many rows at once: one statement per table, whether one row or a city.

use db::{Result, Tx, args, sql};

use super::{ActionRow, EvidenceRow, LockRow, ProgressRow, RealisationRow};

pub(crate) async fn actions(tx: &mut Tx, rows: &[ActionRow]) -> Result<()> {
    let rows: Vec<_> = rows
        .iter()
        .map(|r| {
            args![
                r.id,
                r.agency_id,
                r.skp_id,
                r.rhk_id,
                r.year,
                r.period,
                r.seq,
                &r.text,
                &r.target_text,
                r.reached,
                r.version
            ]
            .to_vec()
        })
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO action_plan (id, agency_id, skp_id, rhk_id, year, period, seq, text, target_text, reached, \
             version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        ),
        &rows,
    )
    .await?;
    Ok(())
}

/// A key that was used already inserts nothing.
pub(crate) async fn entries(tx: &mut Tx, rows: &[ProgressRow]) -> Result<u64> {
    let rows: Vec<_> = rows
        .iter()
        .map(|r| {
            args![
                r.id,
                r.agency_id,
                r.skp_id,
                r.person_id,
                r.rhk_id,
                r.work_date,
                &r.text,
                r.quantity,
                &r.quantity_unit,
                &r.submit_key,
                r.created_at,
                r.changed_at,
                r.version
            ]
            .to_vec()
        })
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO progress_entry (id, agency_id, skp_id, person_id, rhk_id, work_date, text, quantity, \
             quantity_unit, submit_key, created_at, changed_at, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
             ON CONFLICT (agency_id, person_id, submit_key) DO NOTHING"
        ),
        &rows,
    )
    .await
}

/// A value that is there already is replaced.
pub(crate) async fn realisations(tx: &mut Tx, rows: &[RealisationRow]) -> Result<()> {
    let rows: Vec<_> = rows
        .iter()
        .map(|r| {
            args![
                r.iki_id,
                r.year,
                r.period,
                r.agency_id,
                r.skp_id,
                &r.value_text,
                r.value_number,
                &r.source_note,
                r.changed_at,
                r.version
            ]
            .to_vec()
        })
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO realisation (iki_id, year, period, agency_id, skp_id, value_text, value_number, source_note, \
             changed_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
             ON CONFLICT (iki_id, year, period) DO UPDATE SET value_text = excluded.value_text, \
             value_number = excluded.value_number, source_note = excluded.source_note, \
             changed_at = excluded.changed_at, version = excluded.version"
        ),
        &rows,
    )
    .await?;
    Ok(())
}

pub(crate) async fn evidence(tx: &mut Tx, rows: &[EvidenceRow]) -> Result<()> {
    let rows: Vec<_> = rows
        .iter()
        .map(|r| {
            args![
                r.id,
                r.agency_id,
                r.skp_id,
                r.rhk_id,
                r.person_id,
                r.year,
                r.period,
                r.kind,
                &r.title,
                &r.note,
                r.url.as_deref(),
                r.file_name.as_deref(),
                r.media_type,
                r.size,
                r.digest.as_ref(),
                r.created_at
            ]
            .to_vec()
        })
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO evidence (id, agency_id, skp_id, rhk_id, person_id, year, period, kind, title, note, url, \
             file_name, media_type, size, digest, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
        ),
        &rows,
    )
    .await?;
    Ok(())
}

/// A lock that is there already stays.
pub(crate) async fn locks(tx: &mut Tx, rows: &[LockRow]) -> Result<u64> {
    let rows: Vec<_> = rows
        .iter()
        .map(|r| args![r.skp_id, r.year, r.period, r.locked_at].to_vec())
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO period_lock (skp_id, year, period, locked_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (skp_id, year, period) DO NOTHING"
        ),
        &rows,
    )
    .await
}
