//! Who may do what. Pure: an actor, an action and the facts of a thing go in; a decision comes out.
//!
//! * [`decide()`] answers for one thing: allowed (with a [`Permit`] that only this crate can make), hidden (the thing
//!   does not exist for this actor: 404), or refused (seen, but not to be done: 403).
//! * [`scope()`] answers for lists: the rows that [`decide()`] would show. A property test holds the two together.
//! * Commands take a [`Permit`], list queries a [`Scope`].

mod actor;
mod decide;
mod facts;
mod scope;

pub use actor::{Actor, Grant, Role};
pub use decide::{Decision, Permit, decide};
pub use facts::{Action, Facts, Kind};
pub use scope::{Scope, scope};

/// What a command answers when the actor may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// The thing does not exist for this actor.
    #[error("not found")]
    Hidden,
    /// The actor sees the thing but may not do this.
    #[error("not allowed")]
    Refused,
}
