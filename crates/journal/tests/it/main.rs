//! The journal on both engines.

mod entries;
mod files;
mod periods;
#[path = "../../../skp/tests/it/world.rs"]
mod world;
