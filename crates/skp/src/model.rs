//! The rules of an SKP, pure: what its parts may hold ([`words`]), how a target is read ([`target`]), which step may
//! follow which state ([`status`]), and what is still missing before it can be handed in ([`check()`]).

mod check;
mod status;
mod target;
mod words;

pub use check::{Finding, FindingCode, Place, Plan, PlanIki, PlanRhk, check};
pub use status::{Moved, Next, Status, Step, WrongState};
pub use target::{Target, parse_target};
pub use words::{AnnexKind, Approach, Aspect, Direction, Family, Field, Holder, Perspective, RhkKind, Side, Source};

/// Longest RHK, in characters.
pub const RHK_MAX: usize = 500;
/// Longest IKI, in characters.
pub const IKI_MAX: usize = 500;
/// Longest target, in characters.
pub const TARGET_MAX: usize = 120;
/// Longest line of the annex, in characters.
pub const ANNEX_MAX: usize = 500;
/// Longest special expectation of the leader, in characters.
pub const EXPECTATION_MAX: usize = 1_000;
/// Longest remark with which a plan is returned or closed, in characters.
pub const REMARK_MAX: usize = 2_000;
/// Most IKI of one RHK.
pub const IKI_COUNT: usize = 20;
/// Most lines of one list of the annex.
pub const ANNEX_COUNT: usize = 30;

#[cfg(test)]
mod tests;
