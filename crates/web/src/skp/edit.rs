//! What the pages that edit a plan share: opening it, saving by itself, and meeting somebody else's change.

use axum::body::Body;
use axum::response::Response;
use db::Tx;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};
use i18n::Texts;
use kernel::SkpId;
use policy::{Action, Kind, Permit};
use skp::access::AccessError;
use skp::commands::EditError;
use skp::model::Field as Part;
use skp::{Detail, Status};

use crate::shared::{FormData, PageError, PageResult, Problem, Problems, Staff, words as shared};

/// The head of an editing page: which plan, at which version, and where it goes.
#[derive(Debug, Clone)]
pub(super) struct Head {
    /// The plan.
    pub(super) id: SkpId,
    /// `SKP 2026`
    pub(super) crumb: String,
    /// The version that is sent back.
    pub(super) version: i64,
    /// Where the form goes.
    pub(super) action: String,
    /// It exists, so that it may save itself.
    pub(super) autosaves: bool,
}

impl Head {
    /// The head of a page about a thing of this plan.
    pub(super) fn new(t: Texts, detail: &Detail, action: String, autosaves: bool) -> Self {
        Self {
            id: detail.skp.id,
            crumb: t.skp_number(detail.skp.year),
            version: detail.skp.version,
            action,
            autosaves,
        }
    }
}

/// One field that differs: what is stored now and what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StaleRow {
    pub(super) label: String,
    pub(super) theirs: String,
    pub(super) yours: String,
}

/// One weak and one better way of writing.
pub(super) type Pair = (&'static str, &'static str);

impl From<AccessError> for PageError {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::NotFound => Self::NotFound,
            AccessError::Denied(denied) => denied.into(),
            AccessError::Internal(error) => error.into(),
        }
    }
}

/// A whole plan, for one action on it.
pub(super) async fn open(tx: &mut Tx, staff: &Staff, action: Action, id: SkpId) -> Result<(Detail, Permit), PageError> {
    let detail = skp::queries::detail(tx, id).await?.ok_or(PageError::NotFound)?;
    let permit = skp::access::permit(tx, staff.actor(), action, Kind::Skp, &detail.skp).await?;
    Ok((detail, permit))
}

/// An identifier of an address.
pub(super) fn id<K>(text: &str) -> Result<kernel::Id<K>, PageError> {
    text.parse().map_err(|_| PageError::NotFound)
}

/// The page of a plan with a notice.
pub(super) fn plan(id: SkpId, notice: &str) -> String {
    format!("/skp/{id}?pesan={notice}")
}

/// The script saves a form by itself.
pub(super) fn is_autosave(headers: &HeaderMap) -> bool {
    headers.get("x-abdi-autosave").is_some_and(|v| v == "1")
}

/// What was sent laid over what is stored: a form that saves itself sends only what changed.
pub(super) fn over(stored: &FormData, sent: &FormData) -> FormData {
    let kept = stored.pairs().iter().filter(|(name, _)| !sent.has(name));
    FormData::from_pairs(sent.pairs().iter().chain(kept).map(|(k, v)| (k.as_str(), v.as_str())))
}

/// `{"saved":"09.31 WIB","version":"12"}`
pub(super) fn saved(staff: &Staff, version: i64) -> PageResult {
    let zone = staff.session.agency.zone;
    let saved = staff.t.time(zone.local(staff.now), zone);
    json(
        StatusCode::OK,
        &serde_json::json!({ "saved": saved, "version": version.to_string() }),
    )
}

/// Answers a form that saves itself and came too late.
pub(super) fn stale(t: Texts) -> PageResult {
    json(
        StatusCode::CONFLICT,
        &serde_json::json!({ "stale": t.skp_stale_autosave() }),
    )
}

/// Answers a form that saves itself and cannot be kept as it is; the page shows why when it is sent by hand.
pub(super) fn unsaved(t: Texts, problems: &Problems) -> PageResult {
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

/// What a refused change means for its form.
pub(super) enum Refused {
    /// Somebody was faster; here is how the plan stands.
    Stale(Box<Detail>),
    /// The problems say what to put right.
    Problems,
}

/// Sorts a refusal: a page of its own, a newer plan, or problems beside the fields. `first` is the field that stands for
/// the whole form.
pub(super) fn refused(
    t: Texts,
    error: EditError,
    first: &'static str,
    problems: &mut Problems,
) -> Result<Refused, PageError> {
    match error {
        EditError::NotFound => return Err(PageError::NotFound),
        EditError::Denied(denied) => return Err(denied.into()),
        EditError::Internal(error) => return Err(error.into()),
        EditError::Stale(now) => return Ok(Refused::Stale(now)),
        EditError::NotEditable(status) => problems.say(first, not_editable(t, status)),
        EditError::Text { field, source } => problems.text(name_of(field, first), source),
        EditError::ParentNotOffered => problems.say("induk", t.skp_problem_parent()),
        EditError::StillSupported(n) => problems.say(first, t.skp_problem_supported(n)),
        EditError::WrongClassification => problems.say("ukuran", t.skp_problem_classification()),
        EditError::WrongDirection => problems.say("arah", t.skp_problem_direction()),
        EditError::ServiceMissing => problems.add("layanan", Problem::Required),
        EditError::ServiceNotFitting => problems.say("layanan", t.skp_problem_service()),
        EditError::TooMany(max) => problems.say(first, t.skp_problem_too_many(max)),
        EditError::WrongOrder => problems.say(first, t.skp_problem_order()),
    }
    Ok(Refused::Problems)
}

fn not_editable(t: Texts, status: Status) -> String {
    t.skp_problem_not_editable(shared::skp_status(t, Some(status)).label)
}

fn name_of(part: Part, first: &'static str) -> &'static str {
    match part {
        Part::RhkText | Part::IkiText => "teks",
        Part::AssignedFrom => "penugasan",
        Part::Target => "target",
        Part::Annex | Part::Expectation | Part::Remark => first,
    }
}

/// The fields that differ between what is stored and what was typed. `show` writes a value as people read it.
pub(super) fn differing(
    stored: &FormData,
    typed: &FormData,
    fields: &[(&'static str, &'static str)],
    show: impl Fn(&str, &str) -> String,
) -> Vec<StaleRow> {
    fields
        .iter()
        .filter(|(name, _)| !same(stored.raw(name), typed.raw(name)))
        .map(|(name, label)| StaleRow {
            label: (*label).to_owned(),
            theirs: show(name, stored.raw(name)),
            yours: show(name, typed.raw(name)),
        })
        .collect()
}

/// White space does not make a difference: it is tidied before it is stored.
fn same(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_that_saves_itself_keeps_what_it_did_not_send() {
        let stored = FormData::from_pairs([("teks", "lama"), ("jenis", "UTAMA")]);
        let sent = FormData::from_pairs([("version", "3"), ("teks", "")]);
        let merged = over(&stored, &sent);
        assert_eq!(merged.raw("teks"), "");
        assert_eq!(merged.raw("jenis"), "UTAMA");
        assert_eq!(merged.version(), 3);
    }

    #[test]
    fn only_differing_fields_are_compared() {
        let stored = FormData::from_pairs([("teks", "a  b"), ("target", "2 Dokumen")]);
        let typed = FormData::from_pairs([("teks", "a b\r\n"), ("target", "3 Dokumen")]);
        let rows = differing(
            &stored,
            &typed,
            &[("teks", "Teks"), ("target", "Target")],
            |_, value| value.to_owned(),
        );
        assert_eq!(
            rows,
            [StaleRow {
                label: "Target".into(),
                theirs: "2 Dokumen".into(),
                yours: "3 Dokumen".into()
            }]
        );
    }
}
