use askama::Template;
use i18n::Texts;

use crate::shared::{Field, Shell};

/// The sign-in page.
#[derive(Template)]
#[template(path = "access/sign_in.html")]
pub(super) struct SignInPage {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) problems: Vec<(&'static str, String)>,
    pub(super) login: Field,
    pub(super) password: Field,
    pub(super) next: String,
    /// Where a form was going when the session ended, and its fields.
    pub(super) carry_to: String,
    pub(super) carry: String,
}

/// The page for the second factor.
#[derive(Template)]
#[template(path = "access/code.html")]
pub(super) struct CodePage {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) problems: Vec<(&'static str, String)>,
    pub(super) code: Field,
    pub(super) next: String,
}

/// After signing in again: what had been typed is sent on with one press.
#[derive(Template)]
#[template(path = "access/resume.html")]
pub(super) struct ResumePage {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) to: String,
    pub(super) pairs: Vec<(String, String)>,
}
