use axum::response::{IntoResponse, Response};
use http::HeaderValue;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use i18n::Texts;
use kernel::Instant;
use org::import::ImportState;

use crate::shared::Staff;
use crate::shared::words::Tag;

/// A moment in the time of the agency's offices.
pub(super) fn moment(staff: &Staff, at: Instant) -> String {
    staff.t.moment(at, staff.session.agency.zone)
}

/// Whether an account can be used.
pub(super) fn account_state(t: Texts, disabled: bool, must_change: bool) -> Tag {
    if disabled {
        Tag::new(t.admin_account_disabled(), "bad")
    } else if must_change {
        Tag::new(t.admin_account_must_change(), "warn")
    } else {
        Tag::new(t.admin_account_active(), "good")
    }
}

/// Where a stored import stands.
pub(super) fn import_state(t: Texts, state: ImportState) -> Tag {
    match state {
        ImportState::Checked => Tag::new(t.admin_import_checked(), "warn"),
        ImportState::Queued => Tag::new(t.admin_import_queued(), "info"),
        ImportState::Applied => Tag::new(t.admin_import_applied(), "good"),
        ImportState::Discarded => Tag::new(t.admin_import_discarded(), ""),
        ImportState::Failed => Tag::new(t.admin_import_failed(), "bad"),
    }
}

/// A spreadsheet as a download.
pub(super) fn spreadsheet(bytes: Vec<u8>, disposition: &'static str) -> Response {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static(disposition));
    headers.insert(
        http::header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    response
}

/// A unit in a list of choices: what lies deeper stands further right.
pub(super) fn indented(unit: &org::queries::UnitBrief) -> String {
    let depth = usize::try_from(unit.depth.clamp(1, 12) - 1).unwrap_or(0);
    format!("{}{}", "\u{2003}".repeat(depth), unit.name)
}
