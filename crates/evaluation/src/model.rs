//! Pure rules of evaluations.

mod proposal;
mod rating;
mod status;

pub use proposal::{IkiInput, Outcome, Proposal, REACHED_SHARE, Tally, Unusable, propose};
pub use rating::{Given, MIN_REASON, RateProblem, RawRating, WhatIf, reason, what_if};
pub use status::Status;
