//! Accounts, sessions and roles on both engines.

mod accounts;
mod factor;
mod first;
mod roles;
mod sessions;
mod sign_in;
mod world;
