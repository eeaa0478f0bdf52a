//! What can be done.

mod finalise;
mod open;
mod print;
mod rate;
mod receive;
mod set_achievement;

pub use finalise::{FinaliseError, FinaliseInput, Finalised, finalise};
pub use open::{OpenError, OpenPeriodError, open, open_period};
pub use print::{PrintError, PrintInput, print};
pub use rate::{RateError, RateInput, Rated, rate};
pub use receive::{ReceiveError, Received, receive};
pub use set_achievement::{SetAchievement, SetError, set_achievement};
