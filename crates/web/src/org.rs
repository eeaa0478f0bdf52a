//! The directory: people and units, with search.

mod people;
mod units;
mod words;

use crate::shared::{Audience, Routes};

pub(crate) use words::status as status_word;

/// The routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get(Audience::Staff, "/pegawai", people::list)
        .get(Audience::Staff, "/pegawai/daftar.xlsx", people::export)
        .get(Audience::Staff, "/pegawai/{id}", people::show)
        .get(Audience::Staff, "/unit", units::root)
        .get(Audience::Staff, "/unit/{id}", units::show)
}
