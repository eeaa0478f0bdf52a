//! The law of performance management and of the citizens' survey as pure functions.
//!
//! Every module names the regulation it states, how certain that reading is ([`Certainty`]), and since when it is in
//! force. Nothing here does I/O, asks the time or uses a float, except the confidence interval of the survey, which is
//! a statistic. [`calculate`] puts every rule behind one line of JSON, so that anyone can repeat a calculation.
//!
//! Two roles share one abbreviation in Indonesian texts; here the person who appraises is always the *pejabat
//! penilai* and the head of the agency the *pejabat pembina*.

mod basis;
mod exact;

pub mod angka_kredit;
pub mod berakhlak;
pub mod calculate;
pub mod distribution;
pub mod golongan;
pub mod nip;
pub mod objection;
pub mod period;
pub mod pp30;
pub mod rating;
pub mod sample;
pub mod service_times;
pub mod siasn;
pub mod skm;

pub use basis::{Basis, Certainty, Step};
pub use exact::{Exact, NotANumber};
