//! What tests of every room share: a migrated database on each engine. Development only.

mod engines;

pub use engines::{TestDb, on_each_engine};
