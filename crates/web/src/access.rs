//! Signing in and out, the second factor, one's own account.

mod pages;
mod sign_in;

use axum::response::Response;
use i18n::Texts;

use crate::shared::{Audience, Routes};

/// The routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get(Audience::Public, "/masuk", sign_in::form)
        .post(Audience::Public, "/masuk", sign_in::submit)
        .get(Audience::Public, "/masuk/kode", sign_in::code_form)
        .post(Audience::Public, "/masuk/kode", sign_in::code_submit)
        .post(Audience::Public, "/keluar", sign_in::sign_out)
        .post(Audience::Public, "/bahasa", sign_in::language)
}

/// The sign-in page shown in place of a form's answer when the session has ended: it carries what was typed.
pub fn sign_in_again(t: Texts, to: &str, body: &str) -> Response {
    sign_in::again(t, to, body)
}
