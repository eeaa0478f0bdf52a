//! Evaluations: one's own, those that one rates, the achievement of units, printed forms and the public check of them.
//!
//! One address shows an evaluation, `/evaluasi/{id}`, to three kinds of readers: the pejabat penilai rates
//! ([`rate`]), everybody else sees the explained predikat ([`answer`]), and before it is final nothing but who has it
//! and what comes next ([`show`]). A print is registered by a POST and then served by its check code (`print`); the
//! public page of that code ([`check`]) never shows what the form says.

mod achievement;
mod answer;
mod check;
mod distribution;
mod evidence;
mod finalise;
mod mine;
mod print;
mod quadrant;
mod rate;

#[cfg(test)]
mod samples;
mod show;
mod team;
mod units;
mod words;

use crate::shared::{Audience, Limit, Routes};

/// Largest file that is compared on the check page.
const FILE_BYTES: usize = 10 * 1024 * 1024;

/// Files that one network may have compared in ten minutes.
const FILES: (u32, u32) = (30, 600);

/// The routes of this area.
pub fn routes() -> Routes {
    let limit = Limit::new(FILES.0, FILES.1);
    Routes::new()
        .get(Audience::Staff, "/evaluasi", mine::list)
        .get(Audience::Staff, "/evaluasi/{id}", show::show)
        .post(Audience::Staff, "/evaluasi/{id}/penilaian", rate::submit)
        .get(Audience::Staff, "/evaluasi/{id}/final", finalise::form)
        .post(Audience::Staff, "/evaluasi/{id}/final", finalise::submit)
        .post(Audience::Staff, "/evaluasi/{id}/penerimaan", answer::receive)
        .get(Audience::Staff, "/evaluasi/{id}/cetak", print::evaluation_form)
        .post(Audience::Staff, "/evaluasi/{id}/cetak", print::evaluation_submit)
        .get(Audience::Staff, "/evaluasi/{id}/evaluasi.pdf", print::to_evaluasi)
        .get(Audience::Staff, "/evaluasi/{id}/dokumen.pdf", print::to_dokumen)
        .get(Audience::Staff, "/skp/{id}/cetak", print::skp_form)
        .post(Audience::Staff, "/skp/{id}/cetak", print::skp_submit)
        .get(Audience::Staff, "/skp/{id}/dokumen.pdf", print::to_skp)
        .get(Audience::Staff, "/dokumen/{code}", print::file)
        .get(Audience::Staff, "/tim/evaluasi", team::list)
        .post(Audience::Staff, "/tim/evaluasi", team::open)
        .get(Audience::Staff, "/capaian", units::list)
        .get(Audience::Staff, "/unit/{id}/capaian", achievement::form)
        .post(Audience::Staff, "/unit/{id}/capaian", achievement::submit)
        .get(Audience::Public, "/cek", check::start)
        .get(Audience::Public, "/cek/{code}", check::show)
        .post_file(
            Audience::Public,
            "/cek/{code}",
            FILE_BYTES,
            move |state, visitor, path, upload| check::compare(limit.clone(), state, visitor, path, upload),
        )
}
