//! Continuous feedback: the remarks of a period on one page, and the form of one remark ([`give`]).

mod give;
mod list;
#[cfg(test)]
mod samples;
mod words;

use crate::shared::{Audience, Routes};

/// The routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get(Audience::Staff, "/skp/{id}/umpan-balik", list::show)
        .post(Audience::Staff, "/skp/{id}/umpan-balik", give::send)
}
