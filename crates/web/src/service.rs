//! Services: their public pages, the citizens' survey without an account, and what staff see of the answers.
//!
//! Public addresses name the agency and the service, `/l/{agency}/{service}`, because the short name of a service is
//! unique only inside its agency. Public pages never know who works where.

mod detail;
mod edit;
mod export;
mod figures;
mod list;
mod poster;
mod public;
mod survey;
mod words;

use crate::shared::{Audience, Limit, Routes};

/// Forms that one network may send for one service in ten minutes: a counter with a shared connection stays below it,
/// a script does not.
const FORMS: (u32, u32) = (30, 600);

/// The routes of this area.
pub fn routes() -> Routes {
    let limit = Limit::new(FORMS.0, FORMS.1);
    let again = limit.clone();
    Routes::new()
        .get(Audience::Public, "/l/{agency}", public::list)
        .get(Audience::Public, "/l/{agency}/{service}", public::show)
        .get(Audience::Public, "/l/{agency}/{service}/survei", survey::short_form)
        .post(
            Audience::Public,
            "/l/{agency}/{service}/survei",
            move |state, visitor, path, form| survey::short_submit(limit.clone(), state, visitor, path, form),
        )
        .get(
            Audience::Public,
            "/l/{agency}/{service}/survei/lengkap",
            survey::full_form,
        )
        .post(
            Audience::Public,
            "/l/{agency}/{service}/survei/lengkap",
            move |state, visitor, path, form| survey::full_submit(again.clone(), state, visitor, path, form),
        )
        .get(Audience::Public, "/l/{agency}/{service}/terima-kasih", survey::thanks)
        .get(Audience::Staff, "/layanan", list::list)
        .get(Audience::Staff, "/layanan/baru", edit::new_form)
        .post(Audience::Staff, "/layanan/baru", edit::new_submit)
        .get(Audience::Staff, "/layanan/{id}", detail::show)
        .get(Audience::Staff, "/layanan/{id}/ubah", edit::edit_form)
        .post(Audience::Staff, "/layanan/{id}/ubah", edit::edit_submit)
        .get(Audience::Staff, "/layanan/{id}/qr", poster::show)
        .get(Audience::Staff, "/layanan/{id}/jawaban.xlsx", export::answers)
}

/// An index for the samples of other areas.
#[cfg(test)]
pub(crate) fn sample_index() -> ::service::queries::ServiceIndex {
    figures::samples::index(false)
}
