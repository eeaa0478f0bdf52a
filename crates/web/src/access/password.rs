//! Changing one's own password: by wish, and at the first sign-in with an issued one.

use access::commands::{ChangePassword, ChangePasswordError};
use access::{PasswordProblem, Stage};
use askama::Template;
use axum::extract::State;
use http::{Method, StatusCode};
use i18n::Texts;

use super::account::half_signed_in;
use super::sign_in::give_cookie;
use crate::shared::{
    AppState, Field, FieldKind, FormData, Nav, PageResult, Problems, Shell, Staff, Visitor, page, page_with_status,
    see_other, session_cookie,
};

const AT: &str = "/kata-sandi";

#[derive(Template)]
#[template(path = "access/password.html")]
pub(super) struct PasswordView {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) problems: Vec<(&'static str, String)>,
    pub(super) current: Field,
    pub(super) new: Field,
    pub(super) forced: bool,
}

/// `GET /kata-sandi`
pub(super) async fn form(visitor: Visitor) -> PageResult {
    let staff = half_signed_in(&visitor, AT, Method::GET)?;
    page(&view(staff.t, frame(&staff), &Problems::none(), is_forced(&staff)))
}

/// `POST /kata-sandi`
pub(super) async fn submit(State(app): State<AppState>, visitor: Visitor, form: FormData) -> PageResult {
    let staff = half_signed_in(&visitor, AT, Method::POST)?;
    let t = staff.t;
    let input = ChangePassword {
        current: form.raw("sandi").to_owned(),
        new: form.raw("sandi-baru").to_owned(),
        address: visitor.address,
    };
    let mut problems = Problems::none();
    match access::commands::change_password(&app.db, &app.ctx, &app.gate, &staff.session, input).await {
        Ok(signed_in) => {
            let mut response = see_other(if is_forced(&staff) { "/" } else { "/akun?pesan=sandi" })?;
            let cookie = session_cookie(app.config.secure_cookies, signed_in.token.as_str());
            give_cookie(&mut response, &cookie)?;
            return Ok(response);
        }
        Err(ChangePasswordError::NoSession) => return see_other("/masuk"),
        Err(ChangePasswordError::WrongCurrent) => problems.say("sandi", t.password_wrong_current()),
        Err(ChangePasswordError::Password(problem)) => problems.say("sandi-baru", sentence(t, problem)),
        Err(ChangePasswordError::Wait { wait }) => problems.say("sandi", t.sign_in_wait(wait.as_secs().max(1))),
        Err(ChangePasswordError::Internal(error)) => return Err(error.into()),
    }
    page_with_status(
        StatusCode::UNPROCESSABLE_ENTITY,
        &view(t, frame(&staff), &problems, is_forced(&staff)),
    )
}

/// Why a password is not accepted, and what to do.
pub(super) fn sentence(t: Texts, problem: PasswordProblem) -> &'static str {
    match problem {
        PasswordProblem::TooShort => t.password_too_short(),
        PasswordProblem::TooLong => t.password_too_long(),
        PasswordProblem::Personal => t.password_personal(),
        PasswordProblem::Common => t.password_common(),
        PasswordProblem::Unchanged => t.password_unchanged(),
    }
}

fn is_forced(staff: &Staff) -> bool {
    staff.session.stage == Stage::Change
}

fn frame(staff: &Staff) -> Shell {
    if is_forced(staff) {
        Shell::bare(staff.t, staff.t.password_title_forced())
    } else {
        Shell::staff(staff, Nav::Other, staff.t.password_title())
    }
}

fn view(t: Texts, shell: Shell, problems: &Problems, forced: bool) -> PasswordView {
    let nothing = FormData::default();
    let current = if forced {
        t.password_issued()
    } else {
        t.password_current()
    };
    PasswordView {
        shell: shell.problems(!problems.is_empty()),
        t,
        problems: problems.all(t),
        current: Field::new(t, "sandi", current, FieldKind::Password("current"))
            .autocomplete("current-password")
            .max(200)
            .from(&nothing, problems),
        new: new_password(t, "sandi-baru", problems),
        forced,
    }
}

/// The field for a password that is being chosen.
pub(super) fn new_password(t: Texts, name: &'static str, problems: &Problems) -> Field {
    Field::new(t, name, t.password_new(), FieldKind::Password("new"))
        .hint(t.password_new_hint())
        .autocomplete("new-password")
        .max(200)
        .from(&FormData::default(), problems)
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;

    /// Both occasions, with and without a problem.
    pub(crate) fn all(t: Texts) -> Vec<String> {
        let mut wrong = Problems::none();
        wrong.say("sandi", t.password_wrong_current());
        wrong.say("sandi-baru", sentence(t, PasswordProblem::Personal));
        [
            view(t, Shell::bare(t, t.password_title_forced()), &Problems::none(), true),
            view(t, Shell::sample(t, t.password_title()), &wrong, false),
        ]
        .iter()
        .map(|page| page.render().expect("renders"))
        .collect()
    }
}
