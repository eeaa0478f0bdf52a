//! Recording work: the day, the period of a plan, the team's overview.
//!
//! * [`day`] and [`entry`]: daily progress, a form of half a minute, and its month ([`month`]).
//! * [`period`]: action plan, realised values ([`realisation`]) and evidence of one period on one page; the forms behind
//!   it are in [`plan`], [`evidence`] and [`download`].
//! * [`team`]: how far the subordinates have recorded.

mod day;
mod download;
mod entry;
mod evidence;
pub(crate) mod frame;
mod month;
mod period;
mod plan;
mod realisation;
#[cfg(test)]
pub(crate) mod samples;
mod team;
mod view;
pub(crate) mod words;

use journal::model::FILE_MAX;

pub(crate) use period::{Chip, quarters};

use crate::shared::{Audience, Routes};

/// Room for the other fields around a file.
const AROUND_FILE: usize = 64 * 1024;

/// The routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get(Audience::Staff, "/progres", day::show)
        .post(Audience::Staff, "/progres", day::add)
        .get(Audience::Staff, "/progres/angka", day::reading)
        .get(Audience::Staff, "/progres/{id}", entry::form)
        .post(Audience::Staff, "/progres/{id}", entry::save)
        .get(Audience::Staff, "/progres/{id}/hapus", entry::remove_form)
        .post(Audience::Staff, "/progres/{id}/hapus", entry::remove)
        .get(Audience::Staff, "/skp/{id}/periode/{tahun}/{periode}", period::show)
        .post(
            Audience::Staff,
            "/skp/{id}/periode/{tahun}/{periode}/realisasi/{iki}",
            realisation::save,
        )
        .get(
            Audience::Staff,
            "/skp/{id}/periode/{tahun}/{periode}/rencana",
            plan::new_form,
        )
        .post(
            Audience::Staff,
            "/skp/{id}/periode/{tahun}/{periode}/rencana",
            plan::create,
        )
        .get(Audience::Staff, "/rencana/{id}", plan::form)
        .post(Audience::Staff, "/rencana/{id}", plan::save)
        .post(Audience::Staff, "/rencana/{id}/capaian", plan::mark)
        .get(Audience::Staff, "/rencana/{id}/hapus", plan::remove_form)
        .post(Audience::Staff, "/rencana/{id}/hapus", plan::remove)
        .get(
            Audience::Staff,
            "/skp/{id}/periode/{tahun}/{periode}/bukti",
            evidence::form,
        )
        .post(
            Audience::Staff,
            "/skp/{id}/periode/{tahun}/{periode}/bukti",
            evidence::add_link,
        )
        .post_file(
            Audience::Staff,
            "/skp/{id}/periode/{tahun}/{periode}/berkas",
            FILE_MAX + AROUND_FILE,
            evidence::add_file,
        )
        .get(Audience::Staff, "/bukti/{id}", download::file)
        .get(Audience::Staff, "/bukti/{id}/hapus", evidence::remove_form)
        .post(Audience::Staff, "/bukti/{id}/hapus", evidence::remove)
        .get(Audience::Staff, "/tim/progres", team::show)
}
