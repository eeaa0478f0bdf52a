//! The page about oneself: who one is here, what one may do, and how the account is protected.

use access::Stage;
use access::queries::GrantLine;
use askama::Template;
use axum::extract::State;
use http::Method;
use i18n::Texts;
use regulation::nip::Nip;

use super::sign_in::give_cookie;
use crate::shared::{AppState, Nav, PageError, PageResult, QueryData, Shell, Staff, Visitor, page, see_other, words};

#[derive(Template)]
#[template(path = "access/account.html")]
pub(super) struct AccountView {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) done: Option<&'static str>,
    /// Label and value of what is known about the account.
    pub(super) facts: Vec<(&'static str, String)>,
    /// What the account may do, one sentence each.
    pub(super) holds: Vec<String>,
    pub(super) protected: bool,
    pub(super) codes: String,
    pub(super) codes_low: bool,
    pub(super) since: String,
}

/// `GET /akun`
pub(super) async fn show(staff: Staff, State(app): State<AppState>, QueryData(query): QueryData) -> PageResult {
    let (found, left) = db::read!(app.db, async |tx| {
        let found = access::queries::account(tx, staff.actor(), staff.session.account).await?;
        let left = access::commands::recovery_codes_left(tx, staff.session.account).await?;
        Ok::<_, PageError>((found, left))
    })?;
    let found = found.ok_or(PageError::NotFound)?;
    let t = staff.t;
    let session = &staff.session;
    let mut facts = vec![(t.account_name(), session.label.clone())];
    let number = found.number.as_deref().and_then(|n| Nip::parse(n).ok());
    if let Some(number) = number {
        facts.push((t.account_number(), number.printed()));
    }
    facts.push((
        t.account_email(),
        found.email.clone().unwrap_or_else(|| t.not_set().to_owned()),
    ));
    if let Some(person) = &session.person {
        facts.push((t.account_position(), person.position.clone()));
        facts.push((t.account_unit(), person.unit.clone()));
    }
    let agency = &session.agency;
    facts.push((
        t.account_agency(),
        t.account_agency_value(&agency.name, kernel::Code::code(agency.zone)),
    ));
    facts.retain(|(_, value)| !value.is_empty());
    page(&AccountView {
        shell: Shell::staff(&staff, Nav::Other, t.account_title()),
        t,
        done: notice(t, query.raw("pesan")),
        facts,
        holds: holds(t, &staff, &found.grants),
        protected: found.has_totp,
        codes: t.account_codes_left(left),
        codes_low: left < 3,
        since: t.account_since(t.moment(session.created_at, agency.zone)),
    })
}

fn notice(t: Texts, code: &str) -> Option<&'static str> {
    match code {
        "sandi" => Some(t.account_done_password()),
        "pengaman-dihapus" => Some(t.account_done_factor_removed()),
        _ => None,
    }
}

fn holds(t: Texts, staff: &Staff, grants: &[GrantLine]) -> Vec<String> {
    let today = staff.today();
    let mut sentences = Vec::new();
    if staff.session.person.is_some() {
        sentences.push(t.account_is_employee().to_owned());
    }
    if staff.session.supervises {
        sentences.push(t.account_is_superior().to_owned());
    }
    if !staff.actor().heads.is_empty() {
        sentences.push(t.account_is_head().to_owned());
    }
    let in_force = grants
        .iter()
        .filter(|g| g.valid_from <= today && g.valid_to.is_none_or(|last| last >= today));
    sentences.extend(in_force.map(|g| words::grant(t, g)));
    sentences
}

/// `POST /akun/keluar-semua`
pub(super) async fn everywhere(staff: Staff, State(app): State<AppState>) -> PageResult {
    access::commands::sign_out_everywhere(&app.db, &app.ctx, staff.actor()).await?;
    let mut response = see_other("/masuk")?;
    give_cookie(
        &mut response,
        &crate::shared::session_cookie(app.config.secure_cookies, ""),
    )?;
    let clear = http::HeaderValue::from_static("\"storage\"");
    response.headers_mut().insert("clear-site-data", clear);
    Ok(response)
}

/// The one signed in, for forms that hold a password. They may be reached while an issued password waits to be changed,
/// which [`Staff`] refuses.
pub(super) fn signed_in(visitor: &Visitor, at: &str, method: Method) -> Result<Staff, PageError> {
    let staff = half_signed_in(visitor, at, method)?;
    match staff.session.stage {
        Stage::Full => Ok(staff),
        Stage::Change => Err(PageError::Redirect("/kata-sandi")),
        Stage::Totp => Err(PageError::Redirect("/masuk/kode")),
    }
}

/// The one signed in, or about to change an issued password.
pub(super) fn half_signed_in(visitor: &Visitor, at: &str, method: Method) -> Result<Staff, PageError> {
    let session = visitor.session.clone().ok_or_else(|| PageError::SignIn {
        back: at.to_owned(),
        method,
    })?;
    if session.stage == Stage::Totp {
        return Err(PageError::Redirect("/masuk/kode"));
    }
    let t = i18n::Lang::from_code(kernel::Code::code(session.language)).texts();
    Ok(Staff {
        session,
        t,
        now: visitor.now,
    })
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;

    /// With and without a second factor.
    pub(crate) fn all(t: Texts) -> Vec<String> {
        let view = |protected, holds: Vec<String>| AccountView {
            shell: Shell::sample(t, t.account_title()),
            t,
            done: Some(t.account_done_password()),
            facts: vec![(t.account_name(), "<script>alert(1)</script>".into())],
            holds,
            protected,
            codes: t.account_codes_left(1),
            codes_low: protected,
            since: t.account_since("22 November 2026"),
        };
        [
            view(true, vec![t.account_is_employee().to_owned(), "<b>".into()]),
            view(false, Vec::new()),
        ]
        .iter()
        .map(|page| page.render().expect("renders"))
        .collect()
    }
}
