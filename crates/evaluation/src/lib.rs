//! Evaluation: from the achievement of a unit and two ratings to an explained predikat.
//!
//! The order is that of the law (PermenPANRB 6/2022 Pasal 24-25, SE MenPANRB 3/2023): the achievement of the unit is
//! set one level above ([`commands::set_achievement`]); the pejabat penilai gives two ratings with reasons
//! ([`commands::rate`]); the predikat follows from the quadrant; the distribution in the unit is compared with the
//! pattern of its achievement; the evaluation is made final ([`commands::finalise`]); the employee reads it
//! ([`commands::receive`]), from which day the days for an objection count.
//!
//! * [`model`]: states, what a rating needs, and the proposal. A rating is a judgement: the proposal is computed from
//!   realised values and targets, stored with its inputs, and never applied.
//! * [`queries`]: pages in a fixed number of statements.
//! * [`explain`]: "Mengapa predikat saya begini?", from what is stored; the predikat is computed anew and compared.
//! * [`forms`]: read models as printed forms of the law. [`commands::print`] keeps the check code of each print.
//! * [`bulk`]: plain rows for the demo city and tests.

pub mod bulk;
pub mod commands;
pub mod explain;
pub mod forms;
pub mod model;
pub mod queries;

mod access;
pub mod evidence;
pub mod printed;
mod store;

pub use printed::{CheckCode, DocumentKind, Validity};
