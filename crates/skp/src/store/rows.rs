//! Inserts of many rows at once: one statement per table, whether one row or a city.

use db::{Result, Tx, args, sql};

use super::{AnnexRow, EventRow, ExpectationRow, IkiRow, PartyRow, RhkRow, SkpRow};

pub(crate) async fn skps(tx: &mut Tx, rows: &[SkpRow]) -> Result<()> {
    let rows: Vec<_> = rows
        .iter()
        .map(|r| {
            args![
                r.id,
                r.agency_id,
                r.person_id,
                r.assessor_id,
                r.unit_id,
                &r.unit_path,
                r.position_id,
                r.is_head,
                r.year,
                r.period_start,
                r.period_end,
                r.approach,
                r.family,
                r.status,
                r.version,
                r.created_at,
                r.changed_at,
                r.submitted_at,
                r.decided_at
            ]
            .to_vec()
        })
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO skp (id, agency_id, person_id, assessor_id, unit_id, unit_path, position_id, is_head, year, \
             period_start, period_end, approach, family, status, version, created_at, changed_at, submitted_at, \
             decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)"
        ),
        &rows,
    )
    .await?;
    Ok(())
}

pub(crate) async fn rhks(tx: &mut Tx, rows: &[RhkRow]) -> Result<()> {
    let rows: Vec<_> = rows
        .iter()
        .map(|r| {
            args![
                r.id,
                r.agency_id,
                r.skp_id,
                r.kind,
                r.seq,
                &r.text,
                r.parent_rhk_id,
                &r.assigned_from,
                r.holder
            ]
            .to_vec()
        })
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO rhk (id, agency_id, skp_id, kind, seq, text, parent_rhk_id, assigned_from, holder) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        &rows,
    )
    .await?;
    Ok(())
}

pub(crate) async fn ikis(tx: &mut Tx, rows: &[IkiRow]) -> Result<()> {
    let rows: Vec<_> = rows
        .iter()
        .map(|r| {
            args![
                r.id,
                r.agency_id,
                r.rhk_id,
                r.seq,
                r.aspect,
                r.perspective,
                &r.text,
                &r.target_text,
                r.target_min,
                r.target_max,
                &r.target_unit,
                r.direction,
                r.source,
                r.service_id
            ]
            .to_vec()
        })
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO iki (id, agency_id, rhk_id, seq, aspect, perspective, text, target_text, target_min, \
             target_max, target_unit, direction, source, service_id) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
        ),
        &rows,
    )
    .await?;
    Ok(())
}

pub(crate) async fn annex(tx: &mut Tx, rows: &[AnnexRow]) -> Result<()> {
    let rows: Vec<_> = rows
        .iter()
        .map(|r| args![r.skp_id, r.kind, r.seq, &r.text].to_vec())
        .collect();
    tx.exec_many(
        sql!("INSERT INTO skp_annex (skp_id, kind, seq, text) VALUES ($1, $2, $3, $4)"),
        &rows,
    )
    .await?;
    Ok(())
}

pub(crate) async fn expectations(tx: &mut Tx, rows: &[ExpectationRow]) -> Result<()> {
    let rows: Vec<_> = rows
        .iter()
        .map(|r| args![r.skp_id, r.value_no, &r.text].to_vec())
        .collect();
    tx.exec_many(
        sql!("INSERT INTO skp_behaviour (skp_id, value_no, expectation) VALUES ($1, $2, $3)"),
        &rows,
    )
    .await?;
    Ok(())
}

pub(crate) async fn parties(tx: &mut Tx, rows: &[PartyRow]) -> Result<()> {
    let rows: Vec<_> = rows
        .iter()
        .map(|r| {
            args![
                r.skp_id,
                r.side,
                r.person_id,
                &r.name,
                &r.number,
                &r.rank,
                &r.position,
                &r.unit
            ]
            .to_vec()
        })
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO skp_party (skp_id, side, person_id, name, number, rank, position, unit) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        &rows,
    )
    .await?;
    Ok(())
}

pub(crate) async fn events(tx: &mut Tx, rows: &[EventRow]) -> Result<()> {
    let rows: Vec<_> = rows
        .iter()
        .map(|r| {
            args![
                r.id,
                r.skp_id,
                r.version,
                r.at,
                r.person_id,
                r.status_from,
                r.status_to,
                &r.remark
            ]
            .to_vec()
        })
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO skp_event (id, skp_id, version, at, person_id, status_from, status_to, remark) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        &rows,
    )
    .await?;
    Ok(())
}
