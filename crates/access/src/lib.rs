//! Who is there: accounts, passwords, sessions, the second factor, roles.
//!
//! * [`commands::sign_in`] opens a session, [`session::resolve`] answers on every request who is there and builds the
//!   [`policy::Actor`] from the roles and headships of that very moment.
//! * A session dies at once when the password, the roles or the second factor change or the account is disabled: its
//!   row is gone. Its token is a new one at each stage.
//! * [`throttle`] makes guessing slow without letting anybody lock another out.
//! * [`Gate`] holds the settings and keeps the costly hashing of passwords at bay.
//! * [`first_code`] makes the first administrator, [`cli`] serves `abdi account`, [`bulk`] the demo city.
//!
//! Secrets (passwords, tokens, codes) are never logged or audited, and kept as digests; only the key of the second
//! factor is kept readable, because its codes are computed from it.

mod access;
pub mod bulk;
pub mod cli;
pub mod commands;
mod factor;
pub mod first_code;
mod gate;
mod login;
mod model;
pub mod password;
pub mod queries;
mod secret;
pub mod session;
mod store;
pub mod throttle;
pub mod totp;

pub use access::TargetError;
pub use gate::{Config, Gate};
pub use model::{Language, PasswordProblem, Stage};
pub use secret::Issued;
