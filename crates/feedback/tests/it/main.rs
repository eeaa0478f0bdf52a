//! Feedback on both engines.

mod giving;
#[path = "../../../skp/tests/it/world.rs"]
mod world;
