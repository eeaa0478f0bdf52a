use serde_json::{Value, json};

use super::{Finding, FindingKind, Severity};

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Describes somebody or something new.
    New,
    /// Changes what is there.
    Changed,
    /// Says what is known.
    Same,
    /// Not taken; the findings say why.
    Rejected,
}

/// What a file does, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Rows with content below the header.
    pub rows: u64,
    /// Rows that describe somebody or something new.
    pub new: u64,
    /// Rows that change what is there.
    pub changed: u64,
    /// Rows that say what is known.
    pub same: u64,
    /// Rows not taken.
    pub rejected: u64,
    /// New units.
    pub units_new: u64,
    /// Units that change name, kind or place.
    pub units_changed: u64,
    /// New positions.
    pub positions_new: u64,
    /// New people.
    pub people_new: u64,
    /// All errors, and the first of the other findings, by sheet and row.
    pub findings: Vec<Finding>,
    /// Warnings and remarks beyond those kept.
    pub findings_left_out: u64,
}

/// Warnings and remarks kept in a report; errors are all kept.
const MOST_REMARKS: usize = 5_000;

impl Report {
    /// True when applying it changes nothing.
    pub fn changes_nothing(&self) -> bool {
        self.new == 0 && self.changed == 0 && self.units_new == 0 && self.units_changed == 0 && self.positions_new == 0
    }

    /// Findings of a row.
    pub fn of_row<'a>(&'a self, sheet: &'a str, row: u32) -> impl Iterator<Item = &'a Finding> + 'a {
        self.findings.iter().filter(move |f| f.row == row && f.sheet == sheet)
    }

    /// How often each kind occurs among the kept findings, most often first.
    pub fn kinds(&self) -> Vec<(FindingKind, usize)> {
        let mut counts: std::collections::BTreeMap<FindingKind, usize> = std::collections::BTreeMap::new();
        for finding in &self.findings {
            *counts.entry(finding.kind).or_default() += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(kind, count)| (std::cmp::Reverse(*count), *kind));
        counts
    }

    pub(super) fn count(&mut self, outcomes: &[Outcome]) {
        for outcome in outcomes {
            match outcome {
                Outcome::New => self.new += 1,
                Outcome::Changed => self.changed += 1,
                Outcome::Same => self.same += 1,
                Outcome::Rejected => self.rejected += 1,
            }
        }
        self.rows = outcomes.len() as u64;
    }

    pub(super) fn keep(&mut self, mut findings: Vec<Finding>) {
        findings.sort_by(|a, b| {
            (a.row != 0, &a.sheet, a.row, a.column, a.kind).cmp(&(b.row != 0, &b.sheet, b.row, b.column, b.kind))
        });
        findings.dedup();
        let mut room = MOST_REMARKS;
        let before = findings.len();
        findings.retain(|f| {
            f.kind.severity() == Severity::Error || {
                let fits = room > 0;
                room = room.saturating_sub(1);
                fits
            }
        });
        self.findings_left_out = (before - findings.len()) as u64;
        self.findings = findings;
    }

    /// As kept beside a stored file.
    pub fn to_json(&self) -> Value {
        json!({
            "rows": self.rows, "new": self.new, "changed": self.changed, "same": self.same, "rejected": self.rejected,
            "units_new": self.units_new, "units_changed": self.units_changed, "positions_new": self.positions_new,
            "people_new": self.people_new, "left_out": self.findings_left_out,
            "findings": self.findings.iter().map(Finding::to_json).collect::<Vec<_>>(),
        })
    }

    /// Reads what [`Report::to_json`] wrote; what cannot be read is left at zero.
    pub fn from_json(value: &Value) -> Self {
        let number = |key: &str| value.get(key).and_then(Value::as_u64).unwrap_or(0);
        let findings = value.get("findings").and_then(Value::as_array);
        Self {
            rows: number("rows"),
            new: number("new"),
            changed: number("changed"),
            same: number("same"),
            rejected: number("rejected"),
            units_new: number("units_new"),
            units_changed: number("units_changed"),
            positions_new: number("positions_new"),
            people_new: number("people_new"),
            findings_left_out: number("left_out"),
            findings: findings.map_or(Vec::new(), |list| list.iter().filter_map(Finding::from_json).collect()),
        }
    }
}
