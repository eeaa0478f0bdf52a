//! Plans (SKP): one's own, their editing, the superior's team, the register of administration.
//!
//! Reading is in [`show`], lists in [`list`], [`team`] and [`register`]. Editing is one page a thing, so that it works on
//! a phone; what those pages share (autosave, the comparison with somebody else's change) is in [`edit`].

mod annex;
mod edit;
mod expectations;
mod findings;
mod iki;
mod list;
mod order;
mod register;
mod rhk;
#[cfg(test)]
mod samples;
mod show;
mod steps;
mod team;
mod view;
mod words;

use crate::shared::{Audience, Routes};

/// The routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get(Audience::Staff, "/skp", list::list)
        .get(Audience::Staff, "/skp/baru", list::new_form)
        .post(Audience::Staff, "/skp/baru", list::create)
        .get(Audience::Staff, "/skp/target", iki::target)
        .get(Audience::Staff, "/skp/daftar", register::list)
        .get(Audience::Staff, "/skp/daftar.xlsx", register::export)
        .get(Audience::Staff, "/tim", team::team)
        .get(Audience::Staff, "/skp/{id}", show::show)
        .post(Audience::Staff, "/skp/{id}/pengajuan", steps::submit)
        .post(Audience::Staff, "/skp/{id}/penarikan", steps::withdraw)
        .post(Audience::Staff, "/skp/{id}/persetujuan", steps::approve)
        .post(Audience::Staff, "/skp/{id}/pengembalian", steps::give_back)
        .get(Audience::Staff, "/skp/{id}/penutupan", steps::close_form)
        .post(Audience::Staff, "/skp/{id}/penutupan", steps::close)
        .get(Audience::Staff, "/skp/{id}/rhk/baru", rhk::new_form)
        .post(Audience::Staff, "/skp/{id}/rhk/baru", rhk::create)
        .get(Audience::Staff, "/skp/{id}/rhk/{rhk}", rhk::form)
        .post(Audience::Staff, "/skp/{id}/rhk/{rhk}", rhk::save)
        .get(Audience::Staff, "/skp/{id}/rhk/{rhk}/hapus", order::remove_rhk_form)
        .post(Audience::Staff, "/skp/{id}/rhk/{rhk}/hapus", order::remove_rhk)
        .post(Audience::Staff, "/skp/{id}/rhk/{rhk}/urutan", order::move_rhk)
        .get(Audience::Staff, "/skp/{id}/rhk/{rhk}/iki/baru", iki::new_form)
        .post(Audience::Staff, "/skp/{id}/rhk/{rhk}/iki/baru", iki::create)
        .get(Audience::Staff, "/skp/{id}/iki/{iki}", iki::form)
        .post(Audience::Staff, "/skp/{id}/iki/{iki}", iki::save)
        .get(Audience::Staff, "/skp/{id}/iki/{iki}/hapus", order::remove_iki_form)
        .post(Audience::Staff, "/skp/{id}/iki/{iki}/hapus", order::remove_iki)
        .get(Audience::Staff, "/skp/{id}/ekspektasi", expectations::form)
        .post(Audience::Staff, "/skp/{id}/ekspektasi", expectations::save)
        .get(Audience::Staff, "/skp/{id}/lampiran", annex::form)
        .post(Audience::Staff, "/skp/{id}/lampiran", annex::save)
}
