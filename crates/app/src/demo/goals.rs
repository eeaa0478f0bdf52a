//! What each field wants: results of heads, of divisions and of staff, with what is counted.

use std::collections::BTreeMap;

use kernel::Code as _;

use super::data;
use super::tree::Field;

/// The result of somebody who heads something.
#[derive(Debug, Clone, Copy)]
pub struct Aim {
    /// The RHK.
    pub text: &'static str,
    /// What is measured.
    pub measure: &'static str,
    /// Target.
    pub target: &'static str,
}

/// The result of a member of staff.
#[derive(Debug, Clone, Copy)]
pub struct Task {
    /// The RHK.
    pub text: &'static str,
    /// What is counted.
    pub product: &'static str,
    /// How much in a quarter.
    pub amount: i64,
    /// Unit of the amount.
    pub unit: &'static str,
    /// Working days that one may take.
    pub days: i64,
    /// What is done, as progress entries say it.
    pub doing: [&'static str; 2],
}

/// One goal of a field, from top to bottom.
#[derive(Debug, Clone, Default)]
pub struct Goal {
    /// The head of an office.
    pub office: Option<Aim>,
    /// The head of a division, school or clinic.
    pub division: Option<Aim>,
    /// Staff.
    pub tasks: Vec<Task>,
}

/// All goals by field and number.
#[derive(Debug)]
pub struct Goals(BTreeMap<(&'static str, usize), Goal>);

impl Goals {
    /// Reads the list.
    pub fn read() -> Self {
        let mut all: BTreeMap<(&'static str, usize), Goal> = BTreeMap::new();
        for line in data::lines(include_str!("data/goals.txt")) {
            match line.split_once('|').map(|(kind, _)| kind) {
                Some("TUGAS") => {
                    let [_, field, goal, text, product, amount, unit, days, first, second] = data::fields(line);
                    let task = Task {
                        text,
                        product,
                        amount: data::number(amount),
                        unit,
                        days: data::number(days),
                        doing: [first, second],
                    };
                    all.entry((field, number(goal))).or_default().tasks.push(task);
                }
                level => {
                    let [_, field, goal, text, measure, target] = data::fields(line);
                    let place = all.entry((field, number(goal))).or_default();
                    let aim = Some(Aim { text, measure, target });
                    if level == Some("KEPALA") {
                        place.office = aim;
                    } else {
                        place.division = aim;
                    }
                }
            }
        }
        Self(all)
    }

    /// The goal `n` (1 or 2) of a field.
    pub fn of(&self, field: Field, n: usize) -> &Goal {
        self.0
            .get(&(field.code(), n))
            .expect("invariant: every field has two goals")
    }
}

fn number(field: &str) -> usize {
    usize::try_from(data::number(field)).expect("invariant: goals are numbered from 1")
}
