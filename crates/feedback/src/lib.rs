//! Continuous feedback ("umpan balik berkelanjutan") on an approved SKP: by the superior or the superior's superior, on
//! an RHK or on one of the seven values, at any time until the evaluation of its period is final (performance-cycle
//! 3.5).
//!
//! * [`model`]: topics and tones, pure.
//! * [`commands`]: giving, with a one-time key. A remark is never changed; a second one corrects the first.
//! * [`queries`]: the remarks of a period by RHK and value, as the evaluation form prints them.
//! * [`bulk`]: plain rows for the demo city and tests.

pub mod access;
pub mod bulk;
pub mod commands;
pub mod model;
pub mod queries;
mod store;

pub use model::{GiverRole, Tone, Topic};
pub use store::FeedbackRow;
