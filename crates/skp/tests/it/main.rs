//! SKPs on both engines.

mod drafting;
mod lists;
mod parts;
mod story;
mod world;
