//! What surrounds every answer: headers of protection, the check of origins, designed error pages, limits.

use std::time::Duration;

use askama::Template;
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, HOST, LOCATION, ORIGIN};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use i18n::Texts;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::CompressionLevel;
use tower_http::timeout::TimeoutLayer;

use super::session::language;
use super::{AppState, FormData, PageError, Shell, page_with_status};

/// Largest form, in bytes. Routes that take files say so themselves.
const FORM_LIMIT: usize = 512 * 1024;

const PROTECTION: [(HeaderName, HeaderValue); 6] = [
    (
        http::header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
             form-action 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
    ),
    (
        http::header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (http::header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (http::header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

/// Puts the layers around the routes.
pub fn apply(router: Router<AppState>, state: &AppState) -> Router<AppState> {
    router
        .fallback(|| async { PageError::NotFound })
        .method_not_allowed_fallback(|| async { PageError::NotFound })
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            PageError::Internal("a handler panicked".to_owned()).into_response()
        }))
        .layer(from_fn_with_state(state.clone(), surround))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            Duration::from_secs(120),
        ))
}

async fn surround(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let t = language(request.headers()).texts();
    let unsafe_method = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    // no name of ours holds NUL, and the scaled engine refuses to be asked for one
    let mut response = if request.uri().path().contains("%00") {
        finish_error(&state, t, PageError::NotFound, None).await
    } else if unsafe_method && !is_ours(request.headers(), &state.config.public_url) {
        finish_error(&state, t, PageError::BadOrigin, None).await
    } else {
        let (request, carried) = if unsafe_method {
            keep_form(request).await
        } else {
            (request, None)
        };
        let mut response = next.run(request).await;
        match response.extensions_mut().remove::<PageError>() {
            Some(error) => finish_error(&state, t, error, carried).await,
            None => response,
        }
    };
    let headers = response.headers_mut();
    for (name, value) in PROTECTION {
        headers.insert(name, value);
    }
    if state.config.secure_cookies {
        let hsts = HeaderValue::from_static("max-age=31536000");
        headers.insert(http::header::STRICT_TRANSPORT_SECURITY, hsts);
    }
    response
}

/// A form counts as ours when the browser says so. Browsers send `Sec-Fetch-Site`, older ones `Origin`; a request with
/// neither does not come from a browser page and is refused.
fn is_ours(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text(&HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin";
    }
    let Some(origin) = text(&ORIGIN) else { return false };
    let same_host = |host: &str| origin.split_once("://").is_some_and(|(_, rest)| rest == host);
    // on this machine the server is reached under several names, and nobody else can be in between
    let local = public_url.starts_with("http://") && text(&HOST).is_some_and(same_host);
    origin == public_url || local
}

/// A posted form and where it was going: kept so that a session that has ended does not lose what was typed (U19).
struct Carried {
    to: String,
    body: Bytes,
}

async fn keep_form(request: Request) -> (Request, Option<Carried>) {
    let is_form = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.starts_with("application/x-www-form-urlencoded"));
    if !is_form {
        return (request, None);
    }
    let to = request.uri().path().to_owned();
    let (parts, body) = request.into_parts();
    // a body over the limit stays empty here and is refused as too large by the form itself
    match to_bytes(body, FORM_LIMIT).await {
        Ok(bytes) => (
            Request::from_parts(parts, Body::from(bytes.clone())),
            Some(Carried { to, body: bytes }),
        ),
        Err(_) => (Request::from_parts(parts, Body::from(vec![b'&'; FORM_LIMIT + 1])), None),
    }
}

async fn finish_error(state: &AppState, t: Texts, error: PageError, carried: Option<Carried>) -> Response {
    let status = error.status();
    match error {
        PageError::SignIn { back, method } => {
            if method == Method::GET || method == Method::HEAD {
                let to = format!(
                    "/masuk?{}",
                    form_urlencoded::Serializer::new(String::new())
                        .append_pair("lanjut", &back)
                        .finish()
                );
                return redirect(&to);
            }
            let (to, body) = carried.map_or_else(|| (back, Bytes::new()), |c| (c.to, c.body));
            crate::access::sign_in_again(t, &to, &String::from_utf8_lossy(&body))
        }
        PageError::Redirect(to) => redirect(to),
        PageError::Internal(chain) => {
            let incident = incident(state);
            tracing::error!(incident = %incident, "a request failed: {chain}");
            show(status, t, t.internal_title(), &t.internal_text(&incident))
        }
        PageError::NotFound => show(status, t, t.not_found_title(), t.not_found_text()),
        PageError::Forbidden => show(status, t, t.forbidden_title(), t.forbidden_text()),
        PageError::TooMany(seconds) => show(status, t, t.too_many_title(), &t.too_many_text(seconds)),
        PageError::TooLarge => show(status, t, t.too_large_title(), t.too_large_text()),
        PageError::BadOrigin => show(status, t, t.bad_origin_title(), t.bad_origin_text()),
        PageError::Busy => show(status, t, t.busy_title(), t.busy_text()),
    }
}

fn redirect(to: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(LOCATION, to);
    }
    response
}

/// Eight characters to read out by phone, without letters that look alike.
fn incident(state: &AppState) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    let mut random = [0; 8];
    state.ctx.ids.secret(&mut random);
    random
        .iter()
        .map(|b| char::from(LETTERS[usize::from(*b) % LETTERS.len()]))
        .collect()
}

/// A designed error page.
#[derive(Template)]
#[template(path = "shared/error.html")]
pub(crate) struct ErrorPage {
    pub(crate) shell: Shell,
    pub(crate) t: Texts,
    pub(crate) text: String,
}

fn show(status: StatusCode, t: Texts, title: &str, text: &str) -> Response {
    let page = ErrorPage {
        shell: Shell::bare(t, title),
        t,
        text: text.to_owned(),
    };
    page_with_status(status, &page).unwrap_or_else(|_| status.into_response())
}

/// True for an address inside this installation: an absolute path and nothing that a browser reads as another host.
pub fn is_local_path(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= 2000
        && !path.contains(['\\', '\r', '\n', '\t', '\0'])
        && path.chars().all(|c| !c.is_control())
}

/// The fields of a carried form, for the page that sends it again.
pub fn carried_pairs(body: &str) -> FormData {
    let pairs: Vec<_> = form_urlencoded::parse(body.as_bytes()).collect();
    FormData::from_pairs(pairs.iter().map(|(k, v)| (k.as_ref(), v.as_ref())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_ours_are_followed() {
        for good in ["/", "/skp/1?x=2", "/a//b"] {
            assert!(is_local_path(good), "{good}");
        }
        for bad in [
            "//evil",
            "/\\evil",
            "https:evil",
            "https://evil",
            "javascript:1",
            "",
            "x",
            "/a\r\nb",
            "\\\\evil",
        ] {
            assert!(!is_local_path(bad), "{bad}");
        }
    }

    #[test]
    fn forms_from_elsewhere_are_refused() {
        let check = |pairs: &[(&'static str, &'static str)]| {
            let headers = pairs
                .iter()
                .map(|(k, v)| (HeaderName::from_static(k), HeaderValue::from_static(v)))
                .collect();
            is_ours(&headers, "https://abdi.example")
        };
        assert!(check(&[("sec-fetch-site", "same-origin")]));
        assert!(check(&[("origin", "https://abdi.example")]));
        assert!(!check(&[]));
        assert!(!check(&[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://abdi.example")
        ]));
        assert!(!check(&[("sec-fetch-site", "same-site")]));
        assert!(!check(&[("origin", "null")]));
        assert!(!check(&[
            ("origin", "https://abdi.example.evil"),
            ("host", "abdi.example.evil")
        ]));
    }
}
