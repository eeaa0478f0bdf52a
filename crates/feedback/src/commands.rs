//! What can be done with feedback: give it. It is never changed or taken back; a second remark corrects the first.

mod give;

pub use give::{GiveError, GiveInput, Given, give};
