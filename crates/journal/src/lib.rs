//! The journal of an SKP: what was planned for a period, what was done each day, what came out, and what shows it.
//!
//! * [`model`]: the rules, pure. Which day may be recorded ([`model::may_record`]), which link and file may be evidence
//!   ([`model::check_url`], [`model::recognise`]), what is missing ([`model::gaps`]).
//! * [`commands`]: entries of daily progress (one-time key: a second tap shows the same receipt), action plans, realised
//!   values, evidence. All of it the owner's, on an approved SKP, until the evaluation of the period is final:
//!   `evaluation` then calls [`commands::lock_period`] in its own transaction.
//! * [`queries`]: a day, a month, a period, the subordinates.
//! * [`blobs`]: the bytes of files, addressed by their digest.
//! * [`bulk`]: plain rows for the demo city and tests.

pub mod access;
pub mod blobs;
pub mod bulk;
pub mod commands;
pub mod model;
pub mod queries;
mod store;

pub use model::Lock;
pub use store::{ActionRow, EvidenceRow, LockRow, ProgressRow, RealisationRow};
