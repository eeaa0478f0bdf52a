use access::Stage;
use access::commands::{SecondFactor, SecondFactorError, SignIn, SignInError, SignedIn};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::SET_COOKIE;
use http::{HeaderValue, StatusCode};
use i18n::{Lang, Texts};

use super::pages::{CodePage, ResumePage, SignInPage};
use crate::shared::layers::{carried_pairs, is_local_path};
use crate::shared::{
    AppState, Field, FieldKind, FormData, PageError, PageResult, Problems, QueryData, Shell, Visitor, cookie_header,
    page, page_with_status, see_other, session_cookie,
};

/// `GET /masuk`
pub(super) async fn form(visitor: Visitor, QueryData(query): QueryData) -> PageResult {
    let next = local(query.raw("lanjut"));
    if visitor.session.as_ref().is_some_and(|s| s.stage == Stage::Full) {
        return see_other(&next);
    }
    page(&sign_in_page(visitor.t, &FormData::default(), &Problems::none(), &next))
}

/// `POST /masuk`
pub(super) async fn submit(State(state): State<AppState>, visitor: Visitor, form: FormData) -> PageResult {
    let t = visitor.t;
    let next = local(form.raw("lanjut"));
    let input = SignIn {
        login: form.raw("nama").to_owned(),
        password: form.raw("sandi").to_owned(),
        address: visitor.address,
        replaces: visitor.token.clone(),
    };
    let mut problems = Problems::none();
    match access::commands::sign_in(&state.db, &state.ctx, &state.gate, input).await {
        Ok(signed_in) => return enter(&state, &signed_in, &form, &next),
        Err(SignInError::Wrong) => problems.say("nama", t.sign_in_wrong()),
        Err(SignInError::Wait { wait }) => problems.say("nama", t.sign_in_wait(wait.as_secs().max(1))),
        Err(SignInError::Internal(error)) => return Err(error.into()),
    }
    page_with_status(
        StatusCode::UNPROCESSABLE_ENTITY,
        &sign_in_page(t, &form, &problems, &next),
    )
}

/// Gives the browser its session and sends it on, with what it was carrying.
fn enter(state: &AppState, signed_in: &SignedIn, form: &FormData, next: &str) -> PageResult {
    let to = form.raw("tujuan");
    let mut response = match signed_in.stage {
        Stage::Totp => {
            let next = form_urlencoded::Serializer::new(String::new())
                .append_pair("lanjut", next)
                .finish();
            see_other(&format!("/masuk/kode?{next}"))?
        }
        Stage::Change => see_other("/kata-sandi")?,
        Stage::Full if is_local_path(to) => {
            let t = Lang::from_code(kernel::Code::code(signed_in.language)).texts();
            let pairs = carried_pairs(form.raw("isian")).pairs().to_vec();
            page(&ResumePage {
                shell: Shell::bare(t, t.resume_title()),
                t,
                to: to.to_owned(),
                pairs,
            })?
        }
        Stage::Full => see_other(next)?,
    };
    give_cookie(
        &mut response,
        &session_cookie(state.config.secure_cookies, signed_in.token.as_str()),
    )?;
    let language = cookie_header(
        "bahasa",
        kernel::Code::code(signed_in.language),
        state.config.secure_cookies,
    );
    give_cookie(&mut response, &language)?;
    Ok(response)
}

pub(super) fn give_cookie(response: &mut Response, cookie: &str) -> Result<(), PageError> {
    let value = HeaderValue::from_str(cookie).map_err(|e| PageError::internal(&e))?;
    response.headers_mut().append(SET_COOKIE, value);
    Ok(())
}

/// `GET /masuk/kode`
pub(super) async fn code_form(visitor: Visitor, QueryData(query): QueryData) -> PageResult {
    if visitor.session.as_ref().is_none_or(|s| s.stage != Stage::Totp) {
        return see_other("/masuk");
    }
    page(&code_page(visitor.t, &Problems::none(), &local(query.raw("lanjut"))))
}

/// `POST /masuk/kode`
pub(super) async fn code_submit(State(state): State<AppState>, visitor: Visitor, form: FormData) -> PageResult {
    let t = visitor.t;
    let Some(token) = visitor.token.clone() else {
        return see_other("/masuk");
    };
    let next = local(form.raw("lanjut"));
    let input = SecondFactor {
        token,
        code: form.raw("kode").to_owned(),
        address: visitor.address,
    };
    let mut problems = Problems::none();
    match access::commands::second_factor(&state.db, &state.ctx, &state.gate, input).await {
        Ok(signed_in) => return enter(&state, &signed_in, &FormData::default(), &next),
        Err(SecondFactorError::NoSession) => return see_other("/masuk"),
        Err(SecondFactorError::Wrong {
            skew_minutes: Some(minutes),
        }) if minutes > 0 => {
            problems.say("kode", t.code_clock_ahead(minutes));
        }
        Err(SecondFactorError::Wrong {
            skew_minutes: Some(minutes),
        }) => {
            problems.say("kode", t.code_clock_behind(minutes.unsigned_abs()));
        }
        Err(SecondFactorError::Wrong { skew_minutes: None }) => problems.say("kode", t.code_wrong()),
        Err(SecondFactorError::Used) => problems.say("kode", t.code_used()),
        Err(SecondFactorError::Wait { wait }) => problems.say("kode", t.sign_in_wait(wait.as_secs().max(1))),
        Err(SecondFactorError::Internal(error)) => return Err(error.into()),
    }
    page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &code_page(t, &problems, &next))
}

/// `POST /keluar`
pub(super) async fn sign_out(State(state): State<AppState>, visitor: Visitor) -> PageResult {
    if let Some(token) = &visitor.token {
        access::commands::sign_out(&state.db, &state.ctx, token).await?;
    }
    let mut response = see_other("/masuk")?;
    give_cookie(&mut response, &session_cookie(state.config.secure_cookies, ""))?;
    let clear = HeaderValue::from_static("\"storage\"");
    response.headers_mut().insert("clear-site-data", clear);
    Ok(response)
}

/// `POST /bahasa`
pub(super) async fn language(
    State(state): State<AppState>,
    visitor: Visitor,
    headers: http::HeaderMap,
    form: FormData,
) -> PageResult {
    let lang = Lang::from_code(form.raw("kode"));
    if let Some(session) = visitor.session.as_ref().filter(|s| s.stage == Stage::Full) {
        let chosen = <access::Language as kernel::Code>::from_code(lang.code()).map_err(|e| PageError::internal(&e))?;
        access::commands::set_language(&state.db, &state.ctx, &session.actor, chosen).await?;
    }
    let mut response = see_other(&back_path(&headers))?;
    give_cookie(
        &mut response,
        &cookie_header("bahasa", lang.code(), state.config.secure_cookies),
    )?;
    Ok(response)
}

/// The path of the page that a form was on, from the `Referer` header; the start page when it says nothing of ours.
fn back_path(headers: &http::HeaderMap) -> String {
    let referer = headers
        .get(http::header::REFERER)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let path = referer
        .split_once("://")
        .and_then(|(_, rest)| rest.find('/').map(|i| &rest[i..]))
        .unwrap_or("/");
    local(path)
}

fn local(path: &str) -> String {
    if is_local_path(path) {
        path.to_owned()
    } else {
        "/".to_owned()
    }
}

pub(super) fn again(t: Texts, to: &str, body: &str) -> Response {
    let mut problems = Problems::none();
    problems.say("nama", t.sign_in_again());
    // a form with a password is not written into a page: it begins anew after signing in
    let secret = carried_pairs(body)
        .pairs()
        .iter()
        .any(|(name, _)| name.starts_with("sandi"));
    let next = local(to);
    let mut shown = sign_in_page(t, &FormData::default(), &problems, if secret { &next } else { "/" });
    if !secret {
        shown.carry_to.clone_from(&next);
        body.clone_into(&mut shown.carry);
    }
    page_with_status(StatusCode::UNAUTHORIZED, &shown).unwrap_or_else(|_| StatusCode::UNAUTHORIZED.into_response())
}

fn sign_in_page(t: Texts, form: &FormData, problems: &Problems, next: &str) -> SignInPage {
    SignInPage {
        shell: Shell::bare(t, t.sign_in_title()).problems(!problems.is_empty()),
        t,
        problems: problems.all(t),
        login: Field::line(t, "nama", t.sign_in_login())
            .hint(t.sign_in_login_hint())
            .autocomplete("username")
            .max(120)
            .from(form, problems),
        password: Field::new(t, "sandi", t.sign_in_password(), FieldKind::Password("current"))
            .autocomplete("current-password")
            .max(200),
        next: next.to_owned(),
        carry_to: form.raw("tujuan").to_owned(),
        carry: form.raw("isian").to_owned(),
    }
}

fn code_page(t: Texts, problems: &Problems, next: &str) -> CodePage {
    CodePage {
        shell: Shell::bare(t, t.code_title()).problems(!problems.is_empty()),
        t,
        problems: problems.all(t),
        code: Field::line(t, "kode", t.code_label())
            .hint(t.code_hint())
            .autocomplete("one-time-code")
            .max(40)
            .from(&FormData::default(), problems),
        next: next.to_owned(),
    }
}

#[cfg(test)]
mod samples {
    use super::*;

    /// Every state of the pages of this file, for the test that renders all pages in both languages.
    fn all(t: Texts) -> Vec<String> {
        use askama::Template;
        let mut wrong = Problems::none();
        wrong.say("nama", t.sign_in_wrong());
        let typed = FormData::from_pairs([
            ("nama", "19740101 200003 1 901"),
            ("tujuan", "/progres"),
            ("isian", "a=<b>"),
        ]);
        let pairs = vec![("uraian".to_owned(), "<script>".to_owned())];
        vec![
            sign_in_page(t, &FormData::default(), &Problems::none(), "/").render(),
            sign_in_page(t, &typed, &wrong, "/skp").render(),
            code_page(t, &wrong, "/").render(),
            ResumePage {
                shell: Shell::bare(t, t.resume_title()),
                t,
                to: "/progres".into(),
                pairs,
            }
            .render(),
        ]
        .into_iter()
        .map(|page| page.expect("renders"))
        .collect()
    }

    #[test]
    fn every_page_renders_in_both_languages() {
        for lang in Lang::ALL {
            for html in all(lang.texts()) {
                crate::shared::check::page(&html);
            }
        }
    }
}
