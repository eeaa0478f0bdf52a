//! Who is there: accounts, passwords, sessions, the second factor, roles.
//!
//! * [`commands::sign_in`] opens a session, [`session::resolve`] answers on every request who is there and builds the
//!   [`policy::Actor`] from the roles and headships of that very moment.
//! * A session dies at once when the password, the roles or the second factor change or the account is disabled: its
//!   row is gone.
//! * [`Gate`] holds the settings and keeps the costly hashing of passwords at bay.

pub mod commands;
mod gate;
mod model;
pub mod session;

pub use gate::{Config, Gate};
pub use model::{Language, PasswordProblem, Stage};
