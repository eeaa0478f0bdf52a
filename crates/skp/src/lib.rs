//! Sasaran Kinerja Pegawai: the plan of one employee for one year.
//!
//! * [`model`]: the rules, pure. Which step follows which state ([`Status::after`]), how a target is read
//!   ([`model::parse_target`]), what is missing before it is handed in ([`model::check`]).
//! * [`commands`]: drafting is many small saves, each with the `version` of the SKP that the page showed; whoever comes
//!   late gets the SKP as it is now. Then submit, withdraw, return, approve, close: each one line of history.
//! * [`queries`]: a whole SKP in six statements, lists, and the superior's RHK that may be supported.
//! * [`access`]: facts for `policy`; `journal`, `feedback` and `evaluation` open their parts of an SKP through it.
//! * [`bulk`]: plain rows for the demo city and tests.
//!
//! Drafting never waits for the plan above: an RHK may be linked to the superior's as soon as that plan was handed in,
//! or say in words who assigned it, or neither.

pub mod access;
pub mod bulk;
pub mod commands;
pub mod model;
pub mod queries;
mod store;

pub use model::{Approach, Family, Status};
pub use queries::{Candidate, Detail, RhkView};
pub use store::{AnnexRow, EventRow, ExpectationRow, IkiRow, PartyRow, RhkRow, SkpRow};
