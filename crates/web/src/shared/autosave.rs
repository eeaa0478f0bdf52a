//! Forms that save themselves while they are written, and the comparison with a change by somebody else.

use axum::body::Body;
use axum::response::Response;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};
use i18n::Texts;

use super::{FormData, PageResult, Problems, Staff};

/// The script sends this form, not a person.
pub fn is_autosave(headers: &HeaderMap) -> bool {
    headers.get("x-abdi-autosave").is_some_and(|v| v == "1")
}

/// What was sent laid over what is stored: a form that saves itself sends only what changed.
#[must_use]
pub fn over(stored: &FormData, sent: &FormData) -> FormData {
    let kept = stored.pairs().iter().filter(|(name, _)| !sent.has(name));
    FormData::from_pairs(sent.pairs().iter().chain(kept).map(|(k, v)| (k.as_str(), v.as_str())))
}

/// `{"saved":"09.31 WIB","version":"12"}`
///
/// # Errors
/// None that can happen; the type is that of every handler.
pub fn saved(staff: &Staff, version: i64) -> PageResult {
    let zone = staff.session.agency.zone;
    let saved = staff.t.time(zone.local(staff.now), zone);
    json(
        StatusCode::OK,
        &serde_json::json!({ "saved": saved, "version": version.to_string() }),
    )
}

/// Answers a form that came too late, with the sentence that its page shows.
///
/// # Errors
/// None that can happen; the type is that of every handler.
pub fn stale(sentence: &str) -> PageResult {
    json(StatusCode::CONFLICT, &serde_json::json!({ "stale": sentence }))
}

/// Answers a form that cannot be kept as it is; the page shows why when it is sent by hand.
///
/// # Errors
/// None that can happen; the type is that of every handler.
pub fn unsaved(t: Texts, problems: &Problems) -> PageResult {
    let said: Vec<String> = problems.all(t).into_iter().map(|(_, text)| text).collect();
    json(
        StatusCode::UNPROCESSABLE_ENTITY,
        &serde_json::json!({ "problems": said }),
    )
}

fn json(status: StatusCode, value: &serde_json::Value) -> PageResult {
    let mut response = Response::new(Body::from(value.to_string()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response)
}

/// One field that differs: what is stored now and what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaleRow {
    /// Name of the field.
    pub label: String,
    /// As it is stored now.
    pub theirs: String,
    /// As it was typed.
    pub yours: String,
}

/// The rows, of (name, stored, typed), that differ by more than white space, which is tidied before it is stored.
pub fn differing<'a>(rows: impl IntoIterator<Item = (&'a str, String, String)>) -> Vec<StaleRow> {
    rows.into_iter()
        .filter(|(_, theirs, yours)| !theirs.split_whitespace().eq(yours.split_whitespace()))
        .map(|(label, theirs, yours)| StaleRow {
            label: label.to_owned(),
            theirs,
            yours,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_sent_stays_and_what_was_emptied_is_empty() {
        let stored = FormData::from_pairs([("nilai", "3 dokumen"), ("sumber", "laporan")]);
        let sent = FormData::from_pairs([("version", "3"), ("nilai", "")]);
        let merged = over(&stored, &sent);
        assert_eq!(merged.raw("nilai"), "");
        assert_eq!(merged.raw("sumber"), "laporan");
        assert_eq!(merged.version(), 3);
    }

    #[test]
    fn white_space_makes_no_difference() {
        let rows = [
            ("Teks", "a  b".to_owned(), "a b\r\n".to_owned()),
            ("Target", "2".to_owned(), "3".to_owned()),
        ];
        let rows = differing(rows);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].theirs, "2");
    }
}
