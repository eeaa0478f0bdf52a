//! The public page of a check code: what anyone may know of a paper, and whether a file is the one that was printed.

use askama::Template;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path, State};
use evaluation::printed::CheckedDocument;
use evaluation::queries;
use evaluation::{CheckCode, DocumentKind, Validity};
use http::StatusCode;
use i18n::Texts;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::print::hex;
use crate::shared::words::Tag;
use crate::shared::{
    AppState, Limit, PageError, PageResult, QueryData, Shell, Visitor, page, page_with_status, see_other,
};

/// Asks for a code.
#[derive(Template)]
#[template(path = "evaluation/check_start.html")]
pub(super) struct StartPage {
    shell: Shell,
    t: Texts,
    /// What was typed, when no document has that code.
    typed: String,
    problem: Option<&'static str>,
}

/// Tells of a document.
#[derive(Template)]
#[template(path = "evaluation/check.html")]
pub(super) struct CheckPage {
    shell: Shell,
    t: Texts,
    code: String,
    action: String,
    tag: Tag,
    meaning: &'static str,
    kind: &'static str,
    title: String,
    agency: String,
    printed: String,
    signers: String,
    digest: String,
    compared: Option<Compared>,
}

/// What came out of comparing a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compared {
    /// The very file.
    Same,
    /// Another one.
    Different,
    /// No file was chosen.
    Nothing,
}

impl Compared {
    fn tone(self) -> &'static str {
        match self {
            Self::Same => "good",
            Self::Different => "bad",
            Self::Nothing => "warn",
        }
    }

    fn says(self, t: Texts) -> &'static str {
        match self {
            Self::Same => t.evaluation_check_same(),
            Self::Different => t.evaluation_check_different(),
            Self::Nothing => t.evaluation_check_nothing(),
        }
    }
}

/// `GET /cek`: asks for the code; `?kode=` leads on.
pub(super) async fn start(visitor: Visitor, QueryData(query): QueryData) -> PageResult {
    let typed = query.raw("kode");
    if typed.trim().is_empty() {
        return page(&start_page(visitor.t, "", None));
    }
    match CheckCode::parse(typed) {
        Some(code) => see_other(&format!("/cek/{}", code.as_str())),
        None => page_with_status(
            StatusCode::UNPROCESSABLE_ENTITY,
            &start_page(visitor.t, typed, Some(visitor.t.evaluation_check_malformed())),
        ),
    }
}

pub(super) fn start_page(t: Texts, typed: &str, problem: Option<&'static str>) -> StartPage {
    let title = if problem.is_some() {
        t.evaluation_check_unknown_title()
    } else {
        t.evaluation_check_title()
    };
    StartPage {
        shell: Shell::bare(t, title).problems(problem.is_some()),
        t,
        typed: typed.chars().take(40).collect(),
        problem,
    }
}

/// `GET /cek/{code}`
pub(super) async fn show(visitor: Visitor, State(app): State<AppState>, Path(code): Path<String>) -> PageResult {
    answer(&app, visitor.t, &code, None).await
}

async fn answer(app: &AppState, t: Texts, typed: &str, compared: Option<&[u8]>) -> PageResult {
    let unknown = || {
        let shown = start_page(t, typed, Some(t.evaluation_check_unknown()));
        page_with_status(StatusCode::NOT_FOUND, &shown)
    };
    let Some(code) = CheckCode::parse(typed) else {
        return unknown();
    };
    let found = db::read!(app.db, async |tx| queries::check(tx, &code).await)?;
    let Some(found) = found else { return unknown() };
    let compared = compared.map(|sent| match sent {
        [] => Compared::Nothing,
        sent if hex(sent) == found.digest => Compared::Same,
        _ => Compared::Different,
    });
    page(&build(t, &code, &found, compared))
}

pub(super) fn build(t: Texts, code: &CheckCode, found: &CheckedDocument, compared: Option<Compared>) -> CheckPage {
    let (title, tag, meaning) = match found.validity {
        Validity::Berlaku => (
            t.evaluation_check_valid_title(),
            Tag::new(t.evaluation_check_valid(), "good"),
            t.evaluation_check_valid_text(),
        ),
        Validity::Diganti => (
            t.evaluation_check_replaced_title(),
            Tag::new(t.evaluation_check_replaced(), "warn"),
            t.evaluation_check_replaced_text(),
        ),
    };
    CheckPage {
        shell: Shell::bare(t, title).citizen(&found.agency_name, false),
        t,
        code: code.printed(),
        action: format!("/cek/{}", code.as_str()),
        tag,
        meaning,
        kind: match found.kind {
            DocumentKind::Skp => t.evaluation_kind_skp(),
            DocumentKind::Evaluasi => t.evaluation_kind_evaluasi(),
            DocumentKind::DokumenEvaluasi => t.evaluation_kind_dokumen(),
        },
        title: found.title.clone(),
        agency: found.agency_name.clone(),
        printed: t.moment(found.printed_at, found.zone),
        signers: if found.signers.is_empty() {
            t.evaluation_check_unsigned().to_owned()
        } else {
            found.signers.join(", ")
        },
        digest: found.digest.clone(),
        compared,
    }
}

/// `POST /cek/{code}`: compares a file with the print; the file is read once and not kept.
pub(super) async fn compare(
    limit: Limit,
    State(app): State<AppState>,
    visitor: Visitor,
    Path(code): Path<String>,
    upload: Result<Multipart, MultipartRejection>,
) -> PageResult {
    limit.take(visitor.address, Uuid::nil(), visitor.now)?;
    let mut hash = Sha256::new();
    let mut any = false;
    // a form without a file says so on the page
    let Ok(mut upload) = upload else {
        return answer(&app, visitor.t, &code, Some(&[])).await;
    };
    while let Some(mut field) = upload.next_field().await.map_err(|_| PageError::TooLarge)? {
        if field.name() != Some("berkas") {
            continue;
        }
        while let Some(chunk) = field.chunk().await.map_err(|_| PageError::TooLarge)? {
            any |= !chunk.is_empty();
            hash.update(&chunk);
        }
        break;
    }
    let sent = hash.finalize();
    answer(&app, visitor.t, &code, Some(if any { &sent[..] } else { &[] })).await
}
