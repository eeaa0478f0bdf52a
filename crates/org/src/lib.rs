//! The organisation: agencies and their settings, units as a tree over time, positions, people, who holds which
//! position from when to when, and who is whose superior.
//!
//! * [`model`]: the rules, pure. [`model::derive`] makes the reporting line of everybody from the tree, the holders of
//!   the head positions and the superiors set by hand.
//! * [`commands`]: what administrators do, one file a verb family. Every command ends by making the rows of
//!   `employee` anew ([`projection`]), in its own transaction.
//! * [`queries`]: reads for pages. `employee` holds one row a person ("who they are today"), so that a list is one
//!   index walk; history comes from the dated tables.
//! * [`access`]: what `policy` needs to know, and how a scope narrows a list.
//! * [`import`]: staff lists, from a file to the tables.
//! * [`bulk`]: plain rows for the demo city, benchmarks and test builders.
//! * [`jobs`]: the daily refresh and imports in the background.

pub mod access;
pub mod agency;
pub mod bulk;
pub mod commands;
pub mod import;
pub mod jobs;
pub mod model;
pub mod projection;
pub mod queries;
pub mod settings;
