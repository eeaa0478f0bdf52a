use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use access::Stage;
use access::session::SessionView;
use axum::extract::{ConnectInfo, FromRequestParts};
use http::HeaderMap;
use http::header::COOKIE;
use http::request::Parts;
use i18n::{Lang, Texts};
use kernel::{Instant, PersonId};
use policy::Actor;

use super::{AppState, PageError};

/// Name of the session cookie over plain HTTP (this machine only).
pub const SESSION_COOKIE: &str = "abdi";
/// Name of the session cookie over HTTPS: the prefix binds it to this host.
const SECURE_COOKIE: &str = "__Host-abdi";
/// Name of the cookie that remembers a visitor's language.
const LANGUAGE_COOKIE: &str = "bahasa";

/// A signed-in person (or account of administration) with a complete session. Staff pages take this.
#[derive(Debug, Clone)]
pub struct Staff {
    /// The session with its account, agency and actor.
    pub session: SessionView,
    /// Texts in the account's language.
    pub t: Texts,
    /// The moment of the request.
    pub now: Instant,
}

impl Staff {
    /// Who acts, for `policy`.
    pub fn actor(&self) -> &Actor {
        &self.session.actor
    }

    /// The person behind the account.
    ///
    /// # Errors
    /// Not found for accounts without a person: pages about one's own work do not exist for them.
    pub fn person(&self) -> Result<PersonId, PageError> {
        self.session.actor.person.ok_or(PageError::NotFound)
    }

    /// Today in the agency's zone.
    pub fn today(&self) -> jiff::civil::Date {
        self.session.agency.zone.date(self.now)
    }
}

impl FromRequestParts<AppState> for Staff {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, PageError> {
        let session = resolve(&parts.headers, state).await?;
        let back = || {
            parts
                .uri
                .path_and_query()
                .map_or_else(|| "/".to_owned(), |p| p.as_str().to_owned())
        };
        let Some(session) = session else {
            return Err(PageError::SignIn {
                back: back(),
                method: parts.method.clone(),
            });
        };
        match session.stage {
            Stage::Full => {}
            Stage::Totp => return Err(PageError::Redirect("/masuk/kode")),
            Stage::Change => return Err(PageError::Redirect("/kata-sandi")),
        }
        let now = state.ctx.now();
        let t = Lang::from_code(kernel::Code::code(session.language)).texts();
        Ok(Self { session, t, now })
    }
}

/// Anybody: a citizen, or a member of staff before signing in. Public pages take this.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// Texts in the language chosen by cookie, else Indonesian.
    pub t: Texts,
    /// The moment of the request.
    pub now: Instant,
    /// Network address, for throttling.
    pub address: IpAddr,
    /// A session that is not complete yet, or complete.
    pub session: Option<SessionView>,
    /// The session token as sent, for ending it.
    pub token: Option<String>,
}

impl FromRequestParts<AppState> for Visitor {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, PageError> {
        let session = resolve(&parts.headers, state).await?;
        Ok(Self {
            t: language(&parts.headers).texts(),
            now: state.ctx.now(),
            address: address(parts, state.config.trusted_proxies),
            session,
            token: token(&parts.headers).map(str::to_owned),
        })
    }
}

async fn resolve(headers: &HeaderMap, state: &AppState) -> Result<Option<SessionView>, PageError> {
    let Some(token) = token(headers) else { return Ok(None) };
    let now = state.ctx.now();
    let config = state.gate.config();
    let found = db::read!(state.db, async |tx| access::session::resolve(tx, config, token, now)
        .await)?;
    if let Some(session) = found.as_ref().filter(|s| s.wants_touch(now)) {
        db::write!(state.db, async |tx| access::session::touch(tx, session.key, now).await)?;
    }
    Ok(found)
}

/// The language a visitor has chosen.
pub(super) fn language(headers: &HeaderMap) -> Lang {
    Lang::from_code(cookie(headers, LANGUAGE_COOKIE).unwrap_or_default())
}

fn token(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, SECURE_COOKIE).or_else(|| cookie(headers, SESSION_COOKIE))
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().split_once('=').filter(|(n, _)| *n == name).map(|(_, v)| v))
        .filter(|value| !value.is_empty() && value.len() <= 128)
}

/// The address of the one who asks: the peer, or what the last trusted proxy says.
fn address(parts: &Parts, trusted: usize) -> IpAddr {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
    if trusted > 0 {
        let forwarded: Vec<&str> = parts
            .headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|v| v.to_str().ok())
            .flat_map(|v| v.split(','))
            .map(str::trim)
            .collect();
        let claimed = forwarded
            .len()
            .checked_sub(trusted)
            .and_then(|i| forwarded.get(i))
            .and_then(|a| a.parse().ok());
        if let Some(address) = claimed {
            return address;
        }
    }
    peer.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
}

/// The `Set-Cookie` value that gives a browser its session, or takes it away with an empty token.
pub fn session_cookie(secure: bool, token: &str) -> String {
    let name = if secure { SECURE_COOKIE } else { SESSION_COOKIE };
    let mut cookie = cookie_header(name, token, secure);
    cookie.push_str("; HttpOnly");
    if token.is_empty() {
        cookie.push_str("; Max-Age=0");
    }
    cookie
}

/// A `Set-Cookie` value with the attributes that every cookie here has.
pub fn cookie_header(name: &str, value: &str, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; SameSite=Lax{secure}")
}
