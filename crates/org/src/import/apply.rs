//! Writes a plan, many rows at a time, inside the one transaction in which it was made.

use db::{Tx, args, sql};
use jiff::civil::Date;
use kernel::{AgencyId, Instant, Value};

use super::plan::Plan;
use super::run::Watch;
use super::{ImportError, Stage};
use crate::bulk;

const CHUNK: usize = 1_000;

/// Writes everything. Between chunks it reports and may be stopped, which rolls everything back.
pub(super) async fn apply(
    tx: &mut Tx,
    agency: AgencyId,
    today: Date,
    now: Instant,
    plan: &Plan,
    watch: &mut Watch<'_>,
) -> Result<(), ImportError> {
    let rows = &plan.rows;
    watch.begin(
        Stage::Write,
        rows.units.len()
            + rows.positions.len()
            + rows.people.len() * 2
            + rows.ranks.len()
            + rows.placements.len()
            + plan.person_updates.len()
            + plan.unit_updates.len(),
    )?;
    units(tx, agency, today, plan).await?;
    watch.step(rows.units.len() + plan.unit_updates.len()).await?;
    for chunk in rows.positions.chunks(CHUNK) {
        bulk::positions(tx, agency, chunk).await?;
        watch.step(chunk.len()).await?;
    }
    position_updates(tx, plan).await?;
    for chunk in rows.people.chunks(CHUNK) {
        bulk::people(tx, agency, now, chunk).await?;
        watch.step(chunk.len()).await?;
    }
    for chunk in plan.person_updates.chunks(CHUNK) {
        person_updates(tx, chunk).await?;
        watch.step(chunk.len()).await?;
    }
    let ends: Vec<Vec<Value>> = plan
        .number_ends
        .iter()
        .map(|(number, last)| args![agency, number, *last].into())
        .collect();
    tx.exec_many(
        sql!("UPDATE person_number SET valid_to = $3 WHERE agency_id = $1 AND number = $2"),
        &ends,
    )
    .await?;
    for chunk in rows.numbers.chunks(CHUNK) {
        bulk::numbers(tx, agency, chunk).await?;
        watch.step(chunk.len()).await?;
    }
    for chunk in rows.ranks.chunks(CHUNK) {
        bulk::ranks(tx, chunk).await?;
        watch.step(chunk.len()).await?;
    }
    placement_changes(tx, plan).await?;
    for chunk in rows.placements.chunks(CHUNK) {
        bulk::placements(tx, agency, chunk).await?;
        watch.step(chunk.len()).await?;
    }
    Ok(())
}

async fn units(tx: &mut Tx, agency: AgencyId, today: Date, plan: &Plan) -> db::Result<()> {
    bulk::units(tx, agency, &plan.rows.units).await?;
    let updates: Vec<Vec<Value>> = plan
        .unit_updates
        .iter()
        .map(|u| {
            args![
                u.id,
                &u.name,
                kernel::fold_name(&u.name),
                u.kind,
                u.parent,
                &u.path,
                u.depth
            ]
            .into()
        })
        .collect();
    tx.exec_many(
        sql!(
            "UPDATE unit SET name = $2, name_folded = $3, kind = $4, parent_id = $5, path = $6, depth = $7, \
             version = version + 1 WHERE id = $1"
        ),
        &updates,
    )
    .await?;
    let yesterday = today.yesterday().unwrap_or(today);
    let changed = || plan.unit_updates.iter().filter(|u| u.history);
    let ends: Vec<Vec<Value>> = changed().map(|u| args![u.id, today, yesterday].into()).collect();
    tx.exec_many(
        sql!("UPDATE unit_history SET valid_to = $3 WHERE unit_id = $1 AND valid_to IS NULL AND valid_from < $2"),
        &ends,
    )
    .await?;
    let starts: Vec<Vec<Value>> = changed()
        .map(|u| args![u.id, today, &u.name, u.parent].into())
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO unit_history (unit_id, valid_from, name, parent_id) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (unit_id, valid_from) DO UPDATE SET name = excluded.name, parent_id = excluded.parent_id"
        ),
        &starts,
    )
    .await?;
    Ok(())
}

async fn position_updates(tx: &mut Tx, plan: &Plan) -> db::Result<()> {
    let updates: Vec<Vec<Value>> = plan
        .position_updates
        .iter()
        .map(|p| args![p.id, &p.title, p.kind, p.level].into())
        .collect();
    tx.exec_many(
        sql!("UPDATE position SET title = $2, kind = $3, level = $4 WHERE id = $1"),
        &updates,
    )
    .await?;
    Ok(())
}

async fn person_updates(tx: &mut Tx, people: &[bulk::PersonRow]) -> db::Result<()> {
    let updates: Vec<Vec<Value>> = people
        .iter()
        .map(|p| {
            args![
                p.id,
                &p.name,
                &p.title_front,
                &p.title_back,
                p.birth_date,
                p.sex,
                p.email.as_ref(),
                p.status
            ]
            .into()
        })
        .collect();
    tx.exec_many(
        sql!(
            "UPDATE person SET name = $2, title_front = $3, title_back = $4, birth_date = $5, sex = $6, email = $7, \
             status = $8, version = version + 1 WHERE id = $1"
        ),
        &updates,
    )
    .await?;
    Ok(())
}

async fn placement_changes(tx: &mut Tx, plan: &Plan) -> db::Result<()> {
    let ends: Vec<Vec<Value>> = plan
        .placement_ends
        .iter()
        .map(|(id, last)| args![*id, *last].into())
        .collect();
    tx.exec_many(sql!("UPDATE placement SET valid_to = $2 WHERE id = $1"), &ends)
        .await?;
    let starts: Vec<Vec<Value>> = plan
        .placement_starts
        .iter()
        .map(|(id, first)| args![*id, *first].into())
        .collect();
    tx.exec_many(sql!("UPDATE placement SET valid_from = $2 WHERE id = $1"), &starts)
        .await?;
    Ok(())
}
