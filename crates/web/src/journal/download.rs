//! A file of evidence, given out again as what it is and never as a page.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::Response;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderName, HeaderValue};
use journal::EvidenceRow;
use journal::blobs::BlobError;
use kernel::{Code, EvidenceId};

use crate::shared::{AppState, PageError, PageResult, Staff};

/// `GET /bukti/{id}`
pub(super) async fn file(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let id: EvidenceId = id.parse().map_err(|_| PageError::NotFound)?;
    let row: EvidenceRow = db::read!(app.db, async |tx| {
        let row = journal::queries::evidence_by_id(tx, id)
            .await?
            .ok_or(PageError::NotFound)?;
        journal::access::view(tx, staff.actor(), row.skp_id).await?;
        Ok::<_, PageError>(row)
    })?;
    let (Some(digest), Some(media)) = (row.digest, row.media_type) else {
        return Err(PageError::NotFound);
    };
    let blobs = Arc::clone(&app.blobs);
    let read = tokio::task::spawn_blocking(move || blobs.get(&digest)).await;
    let bytes = match read {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(error @ (BlobError::Missing(_) | BlobError::Damaged(_) | BlobError::Io(_)))) => {
            return Err(PageError::internal(&error));
        }
        Err(error) => return Err(PageError::internal(&error)),
    };
    let mut response = Response::new(Body::from(bytes));
    let name = disposition(row.file_name.as_deref().unwrap_or("bukti"));
    let name = HeaderValue::from_str(&name).map_err(|e| PageError::internal(&e))?;
    let headers: [(HeaderName, HeaderValue); 5] = [
        (CONTENT_TYPE, HeaderValue::from_static(media.code())),
        (CONTENT_DISPOSITION, name),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (
            CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox"),
        ),
    ];
    response.headers_mut().extend(headers);
    Ok(response)
}

/// `attachment` with the name in the two ways that browsers read: plain for old ones, all letters for the others.
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '.' | ' ' => c,
            _ => '_',
        })
        .collect();
    let mut all = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => all.push(char::from(byte)),
            _ => all.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{all}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_break_out_of_the_header() {
        assert_eq!(
            disposition("Laporan TW I.pdf"),
            "attachment; filename=\"Laporan TW I.pdf\"; filename*=UTF-8''Laporan%20TW%20I.pdf"
        );
        let hostile = disposition("a\"\r\nSet-Cookie: x\u{e9}.pdf");
        assert!(!hostile.contains('\r') && !hostile.contains('\n'));
        assert_eq!(hostile.matches('"').count(), 2);
        assert!(HeaderValue::from_str(&hostile).is_ok());
    }
}
