//! The achievement of the units that one is above of.

use askama::Template;
use axum::extract::State;
use evaluation::queries::{self, UnitStanding};
use i18n::Texts;
use jiff::civil::Date;
use kernel::{Code, Period, UnitId};
use policy::{Action, Actor, Facts, Kind, Role, decide};

use super::words::{Chip, Eye, asked, chips, count, when};
use crate::shared::words::{Tag, achievement};
use crate::shared::{AppState, Nav, PageError, PageResult, QueryData, Shell, Staff, page};

/// One unit.
pub(super) struct Row {
    unit: UnitId,
    name: String,
    tag: Tag,
    basis: String,
    set: String,
    finals: String,
    is_set: bool,
}

/// The list.
#[derive(Template)]
#[template(path = "evaluation/units.html")]
pub(super) struct UnitsPage {
    shell: Shell,
    t: Texts,
    chips: Vec<Chip>,
    query: String,
    rows: Vec<Row>,
}

/// `GET /capaian`
pub(super) async fn list(staff: Staff, State(app): State<AppState>, QueryData(query): QueryData) -> PageResult {
    let at = asked(&query, staff.today());
    let agency = staff.session.agency.id;
    let tops = tops(staff.actor());
    let found = db::read!(app.db, async |tx| {
        let mut found: Vec<UnitStanding> = Vec::new();
        for top in &tops {
            let below = queries::achievements(tx, agency, top, at).await?;
            found.extend(below.into_iter().filter(|u| is_below(top, &u.path)));
        }
        Ok::<_, PageError>(found)
    })?;
    let rows = mine(staff.actor(), found);
    let shell = |title: String| Shell::staff(&staff, Nav::Team, title);
    page(&build(Eye::of(&staff), shell, &rows, at, staff.today()))
}

/// Paths whose units directly below this actor answers for; the empty path stands for the head of the agency.
fn tops(actor: &Actor) -> Vec<String> {
    let mut tops = actor.heads.clone();
    let granted = actor.grants.iter().filter(|g| g.role == Role::AgencyHead);
    tops.extend(granted.map(|g| g.path.clone()));
    tops.sort();
    tops.dedup();
    tops
}

/// Directly below `top`.
fn is_below(top: &str, path: &str) -> bool {
    path.strip_prefix(top)
        .and_then(|rest| rest.strip_suffix('/'))
        .is_some_and(|rest| !rest.is_empty() && !rest.contains('/'))
}

/// Those that the actor sets, each once.
fn mine(actor: &Actor, found: Vec<UnitStanding>) -> Vec<UnitStanding> {
    let mut rows: Vec<UnitStanding> = Vec::with_capacity(found.len());
    for unit in found {
        let facts = Facts::of_unit(Kind::Achievement, actor.agency, unit.path.as_str());
        let known = rows.iter().any(|r| r.unit_id == unit.unit_id);
        if !known && decide(actor, Action::Set, &facts).is_allowed() {
            rows.push(unit);
        }
    }
    rows
}

pub(super) fn build(
    eye: Eye,
    shell: impl FnOnce(String) -> Shell,
    rows: &[UnitStanding],
    at: (i16, Period),
    today: Date,
) -> UnitsPage {
    let t = eye.t;
    let missing = rows.iter().filter(|r| r.achievement.is_none()).count();
    let named = when(t, at);
    UnitsPage {
        shell: shell(if rows.is_empty() {
            t.evaluation_units_none_title().to_owned()
        } else if missing == 0 {
            t.evaluation_units_done(named)
        } else {
            t.evaluation_units_missing(named, count(missing))
        }),
        t,
        chips: chips(t, "/capaian", at, today),
        query: format!("tahun={}&periode={}", at.0, at.1.code()),
        rows: rows.iter().map(|u| row(eye, u)).collect(),
    }
}

fn row(eye: Eye, unit: &UnitStanding) -> Row {
    let t = eye.t;
    Row {
        unit: unit.unit_id,
        name: unit.name.clone(),
        tag: unit
            .achievement
            .map_or_else(|| Tag::new(t.not_set(), "warn"), |a| achievement(t, a)),
        basis: unit.basis.clone().unwrap_or_default(),
        set: match (&unit.set_by_name, unit.set_at) {
            (Some(name), Some(at)) => t.evaluation_set_by(name, eye.day(at)),
            _ => String::new(),
        },
        finals: t.evaluation_units_finals(t.number(unit.finals), t.number(unit.evaluations)),
        is_set: unit.achievement.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_next_level_belongs_to_a_head() {
        assert!(is_below("KOTA/", "KOTA/DINAS/"));
        assert!(!is_below("KOTA/", "KOTA/"));
        assert!(!is_below("KOTA/", "KOTA/DINAS/BIDANG/"));
        assert!(!is_below("KOTA/D/", "KOTA/DINAS/"));
        assert!(is_below("", "KOTA/"));
        assert!(!is_below("", "KOTA/DINAS/"));
    }
}
