//! The fictional city of `abdi demo`. Everything in it is made up: names, numbers and passwords.

mod calendar;
mod city;
mod cycle;
mod data;
mod dice;
mod goals;
mod jobs;
mod names;
mod people;
mod plans;
mod ratings;
mod services;
#[cfg(test)]
mod tests;
mod tree;
mod work;
mod world;

pub use city::build;

use std::sync::Arc;

use db::Db;
use journal::blobs::BlobStore;
use kernel::Ctx;
use serde::{Deserialize, Serialize};

/// What the city is built with. Identifiers are drawn from a seed, so that the same city comes out.
pub struct Site {
    /// A migrated, empty database.
    pub db: Db,
    /// The machine's clock, and identifiers from a seed.
    pub ctx: Ctx,
    /// Hashes passwords.
    pub gate: access::Gate,
    /// Keeps evidence.
    pub blobs: Arc<dyn BlobStore>,
}

/// How large the city is.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    /// People, the mayor included; a tree with fewer than some hundred is not made smaller.
    pub people: usize,
}

impl Scale {
    /// The city that a visitor sees.
    pub const CITY: Self = Self { people: 2_000 };
}

/// What [`build`] answers. Kept beside the database, so that a later start can show it again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct City {
    /// Name of the agency.
    pub name: String,
    /// One for each role.
    pub sign_ins: Vec<SignIn>,
}

/// A way in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignIn {
    /// What this person may do, in Indonesian, as the interface calls it.
    pub role: String,
    /// Who it is, with the unit.
    pub who: String,
    /// What to type.
    pub login: String,
    /// What to type as password.
    pub password: String,
}
