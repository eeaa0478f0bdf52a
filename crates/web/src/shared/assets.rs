//! Static files inside the executable, under addresses that change with their content.

use std::sync::LazyLock;

use axum::body::Body;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};
use rust_embed::RustEmbed;

use super::{Audience, Routes};

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Files;

fn address(name: &str) -> String {
    let hash = Files::get(name).map_or_else(String::new, |file| {
        file.metadata.sha256_hash()[..6]
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect()
    });
    format!("/aset/{hash}/{name}")
}

static CSS: LazyLock<String> = LazyLock::new(|| address("abdi.css"));
static JS: LazyLock<String> = LazyLock::new(|| address("abdi.js"));
static ICON: LazyLock<String> = LazyLock::new(|| address("mark.svg"));

pub(super) fn css() -> &'static str {
    &CSS
}

pub(super) fn js() -> &'static str {
    &JS
}

pub(super) fn icon() -> &'static str {
    &ICON
}

/// The routes of static files, and the page that does nothing (the ceiling of measurements, and a sign of life).
pub fn routes() -> Routes {
    Routes::new()
        .get(Audience::Public, "/aset/{hash}/{name}", file)
        .get(Audience::Public, "/sehat", || async { "baik" })
        .get(Audience::Public, "/robots.txt", || async {
            "User-agent: *\nDisallow: /\n"
        })
}

async fn file(Path((_, name)): Path<(String, String)>) -> Response {
    let Some(file) = Files::get(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = HeaderValue::from_str(file.metadata.mimetype())
        .unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream"));
    let mut response = Response::new(Body::from(file.data));
    response.headers_mut().insert(CONTENT_TYPE, kind);
    let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
    response.headers_mut().insert(CACHE_CONTROL, forever);
    response
}
