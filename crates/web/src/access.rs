//! Signing in and out, the second factor, one's own account.

mod account;
mod factor;
mod first;
mod pages;
mod password;
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
        .get(Audience::Public, "/mulai-awal", first::form)
        .post(Audience::Public, "/mulai-awal", first::submit)
        // with an issued password nobody is signed in fully, so these pages look at the session themselves
        .get(Audience::Staff, "/kata-sandi", password::form)
        .post(Audience::Staff, "/kata-sandi", password::submit)
        .get(Audience::Staff, "/akun", account::show)
        .post(Audience::Staff, "/akun/keluar-semua", account::everywhere)
        .get(Audience::Staff, "/akun/pengaman", factor::back)
        .post(Audience::Staff, "/akun/pengaman", factor::begin)
        .get(Audience::Staff, "/akun/pengaman/konfirmasi", factor::back)
        .post(Audience::Staff, "/akun/pengaman/konfirmasi", factor::confirm)
        .get(Audience::Staff, "/akun/pengaman/hapus", factor::remove_form)
        .post(Audience::Staff, "/akun/pengaman/hapus", factor::remove)
        .get(Audience::Staff, "/akun/pengaman/kode-pemulihan", factor::renew_form)
        .post(Audience::Staff, "/akun/pengaman/kode-pemulihan", factor::renew)
}

/// The sign-in page shown in place of a form's answer when the session has ended: it carries what was typed.
pub fn sign_in_again(t: Texts, to: &str, body: &str) -> Response {
    sign_in::again(t, to, body)
}

#[cfg(test)]
mod tests {
    use i18n::Lang;

    #[test]
    fn every_page_renders_in_both_languages() {
        for lang in Lang::ALL {
            let t = lang.texts();
            let pages = [
                super::account::samples::all(t),
                super::factor::samples::all(t),
                super::first::samples::all(t),
                super::password::samples::all(t),
            ];
            for html in pages.concat() {
                crate::shared::check::page(&html);
            }
        }
    }
}
