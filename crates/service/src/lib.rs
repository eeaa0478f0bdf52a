//! Services of units and what citizens say of them.
//!
//! * A unit has services; each has a public page with a short address ([`model::Slug`]) and a survey that anyone may
//!   answer without an account ([`commands::submit_survey`]).
//! * Two forms: the official one with nine elements, all of them answered, which alone makes the index, and a short
//!   one with a single face, which is counted apart and never enters the index.
//! * The index is never stored: sums are taken in the database as whole numbers and given to [`regulation::skm`].
//! * The register of a counter keeps its dates as they were written, because real registers hold days that cannot be;
//!   [`queries::times`] says how many.
//! * The public never sees the name of an officer: nothing in this crate knows one.
//!
//! [`real`] holds two real data sets, named by source, which the demo city shows as two of its services.

pub mod bulk;
pub mod commands;
pub mod model;
pub mod queries;
pub mod real;

mod access;
mod store;

pub use commands::{
    CreateError, CreateService, EditError, EditService, PaperError, PaperSurvey, SubmitError, SubmitSurvey, Submitted,
    create, edit, enter_paper, submit_survey,
};
