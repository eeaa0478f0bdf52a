//! SKPs on both engines.

mod lists;
mod story;
mod world;
