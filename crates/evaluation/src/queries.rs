//! Reads for pages. Each takes the open snapshot, so that a page shows one moment.

mod distribution;
mod lists;
mod page;
mod rows;

pub use crate::printed::{CheckedDocument, check};
pub use distribution::{Distribution, distribution};
pub use lists::{
    Filter, ListRow, MyEvaluation, Subordinate, UnitStanding, achievements, list, of_person, subordinates,
};
pub use page::{EvaluationPage, Opened, PageError, page};
pub use rows::{Achievement, EvaluationRow};
