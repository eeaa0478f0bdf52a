//! The start page: what waits for you, what you wait for, and what came of it (U28).

mod page;
mod tasks;

use crate::shared::{Audience, Routes};

/// The routes of this area.
pub fn routes() -> Routes {
    Routes::new().get(Audience::Staff, "/", page::start)
}
