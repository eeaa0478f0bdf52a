//! What a file would change, made against everything that the database knows.

use std::collections::HashSet;

use jiff::civil::Date;
use kernel::{Ctx, PlacementId, PositionId, UnitId};

use super::known::Known;
use super::parse::Parsed;
use super::{Finding, FindingKind, Outcome, person, units};
use crate::bulk;
use crate::model::{PositionKind, PositionLevel, UnitKind};

/// A unit that is there and changes.
pub(super) struct UnitUpdate {
    pub(super) id: UnitId,
    pub(super) name: String,
    pub(super) kind: UnitKind,
    pub(super) parent: Option<UnitId>,
    pub(super) path: String,
    pub(super) depth: i64,
    /// Name or place differ, not only the path of a unit above.
    pub(super) history: bool,
}

/// A position that is there and changes.
pub(super) struct PositionUpdate {
    pub(super) id: PositionId,
    pub(super) title: String,
    pub(super) kind: PositionKind,
    pub(super) level: Option<PositionLevel>,
}

/// Everything that will be written.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) rows: bulk::Rows,
    pub(super) unit_updates: Vec<UnitUpdate>,
    pub(super) position_updates: Vec<PositionUpdate>,
    pub(super) person_updates: Vec<bulk::PersonRow>,
    pub(super) number_ends: Vec<(String, Date)>,
    pub(super) placement_ends: Vec<(PlacementId, Date)>,
    pub(super) placement_starts: Vec<(PlacementId, Date)>,
    pub(super) findings: Vec<Finding>,
    /// One a row, in the order of the rows.
    pub(super) outcomes: Vec<Outcome>,
}

impl Plan {
    /// Nothing to write.
    pub(super) fn is_empty(&self) -> bool {
        let r = &self.rows;
        r.units.is_empty()
            && r.positions.is_empty()
            && r.people.is_empty()
            && r.numbers.is_empty()
            && r.ranks.is_empty()
            && r.placements.is_empty()
            && self.unit_updates.is_empty()
            && self.position_updates.is_empty()
            && self.person_updates.is_empty()
            && self.number_ends.is_empty()
            && self.placement_ends.is_empty()
            && self.placement_starts.is_empty()
    }
}

/// What the planning of every row needs.
pub(super) struct Planner<'a> {
    pub(super) ctx: &'a Ctx,
    pub(super) today: Date,
    pub(super) sheets: &'a [String],
    pub(super) rows: &'a [Parsed],
    pub(super) known: &'a Known,
    pub(super) plan: Plan,
    pub(super) rejected: HashSet<usize>,
}

impl Planner<'_> {
    pub(super) fn say(&mut self, at: usize, column: Option<super::Column>, kind: FindingKind, value: &str) {
        let Some(row) = self.rows.get(at) else { return };
        let sheet = self.sheets.get(usize::from(row.sheet)).map_or("", String::as_str);
        self.plan
            .findings
            .push(Finding::new(sheet, row.row, column, kind, value));
        if kind.severity() == super::Severity::Error {
            self.rejected.insert(at);
        }
    }
}

pub(super) fn plan(ctx: &Ctx, today: Date, sheets: &[String], rows: &[Parsed], known: &Known) -> Plan {
    let rejected = rows
        .iter()
        .enumerate()
        .filter(|(_, r)| r.rejected)
        .map(|(at, _)| at)
        .collect();
    let mut planner = Planner {
        ctx,
        today,
        sheets,
        rows,
        known,
        plan: Plan {
            outcomes: vec![Outcome::Same; rows.len()],
            ..Plan::default()
        },
        rejected,
    };
    let units = units::plan(&mut planner);
    person::plan(&mut planner, &units);
    for at in &planner.rejected {
        if let Some(outcome) = planner.plan.outcomes.get_mut(*at) {
            *outcome = Outcome::Rejected;
        }
    }
    planner.plan
}
