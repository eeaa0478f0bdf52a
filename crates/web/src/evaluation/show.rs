//! `GET /evaluasi/{id}`: what a reader sees of an evaluation depends on who reads and how far it is.

use askama::Template;
use axum::extract::{Path, State};
use evaluation::queries::{self, EvaluationPage, Opened};
use http::StatusCode;
use i18n::Texts;
use kernel::EvaluationId;
use policy::{Action, decide};

use super::words::{Eye, period_path, when};
use super::{answer, rate};
use crate::shared::{
    AppState, FormData, Nav, PageError, PageResult, Problems, QueryData, Shell, Staff, page, page_with_status,
};

/// How a reader stands to an evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// The employee.
    Owner,
    /// The pejabat penilai.
    Assessor,
    /// Anybody else who may see it.
    Other,
}

impl Reader {
    pub fn of(staff: &Staff, opened: &Opened) -> Self {
        if staff.actor().person == Some(opened.page.row.person_id) {
            Self::Owner
        } else if decide(staff.actor(), Action::Rate, &opened.facts).is_allowed() {
            Self::Assessor
        } else {
            Self::Other
        }
    }

    pub fn nav(self) -> Nav {
        match self {
            Self::Owner => Nav::Evaluations,
            Self::Assessor => Nav::Team,
            Self::Other => Nav::Other,
        }
    }
}

/// What an action has to say on the page.
#[derive(Default)]
pub(super) struct Said {
    /// A form that was refused.
    pub form: FormData,
    pub problems: Problems,
    /// Somebody else was faster: what this reader had typed stands in the form.
    pub stale: bool,
    pub notice: Option<&'static str>,
}

pub(super) fn id(text: &str) -> Result<EvaluationId, PageError> {
    text.parse().map_err(|_| PageError::NotFound)
}

/// Opens an evaluation for this reader.
pub(super) async fn open(app: &AppState, staff: &Staff, id: EvaluationId) -> Result<Opened, PageError> {
    let opened = db::read!(app.db, async |tx| queries::page(tx, &app.ctx, staff.actor(), id).await);
    opened.map_err(|error| match error {
        queries::PageError::NotFound => PageError::NotFound,
        queries::PageError::Denied(denied) => denied.into(),
        queries::PageError::Internal(error) => error.into(),
    })
}

/// `GET /evaluasi/{id}`
pub(super) async fn show(
    staff: Staff,
    State(app): State<AppState>,
    Path(path): Path<String>,
    QueryData(query): QueryData,
) -> PageResult {
    let said = Said {
        notice: notice(staff.t, query.raw("pesan")),
        ..Said::default()
    };
    again(&app, &staff, id(&path)?, StatusCode::OK, said).await
}

fn notice(t: Texts, code: &str) -> Option<&'static str> {
    Some(match code {
        "draf" => t.evaluation_said_draft(),
        "dinilai" => t.evaluation_said_rated(),
        "final" => t.evaluation_said_final(),
        "sudah-final" => t.evaluation_said_already_final(),
        "diterima" => t.evaluation_said_received(),
        _ => return None,
    })
}

/// The page as it stands now.
pub(super) async fn again(
    app: &AppState,
    staff: &Staff,
    id: EvaluationId,
    status: StatusCode,
    said: Said,
) -> PageResult {
    let opened = open(app, staff, id).await?;
    let reader = Reader::of(staff, &opened);
    let eye = Eye::of(staff);
    let shell = |title: String| Shell::staff(staff, reader.nav(), title);
    let found = &opened.page;
    if found.row.status.is_final() {
        return page_with_status(status, &answer::build(eye, shell, found, reader, &said)?);
    }
    match reader {
        Reader::Assessor => page_with_status(status, &rate::build(eye, shell, found, &said)),
        Reader::Owner | Reader::Other => page(&waiting(eye, shell, found, reader)),
    }
}

/// An evaluation that is not final, for those who do not rate.
#[derive(Template)]
#[template(path = "evaluation/waiting.html")]
pub(super) struct WaitingPage {
    shell: Shell,
    t: Texts,
    holder: String,
    opened: String,
    work: String,
    skp: String,
    is_owner: bool,
}

pub(super) fn waiting(
    eye: Eye,
    shell: impl FnOnce(String) -> Shell,
    page: &EvaluationPage,
    reader: Reader,
) -> WaitingPage {
    let t = eye.t;
    let period = when(t, (page.row.year, page.row.period));
    let assessor = page.assessor.as_ref();
    let name = assessor.map_or_else(|| t.none().to_owned(), |a| a.name.clone());
    let position = assessor.map(|a| a.position.clone()).unwrap_or_default();
    let is_owner = reader == Reader::Owner;
    WaitingPage {
        shell: shell(if is_owner {
            t.evaluation_waiting_title(&period)
        } else {
            t.evaluation_waiting_title_of(period, answer::employee(t, page))
        }),
        t,
        holder: t.evaluation_waiting_holder(name, position),
        opened: page
            .events
            .first()
            .map_or_else(String::new, |e| t.evaluation_waiting_since(eye.moment(e.at))),
        work: period_path(page.row.skp_id, (page.row.year, page.row.period)),
        skp: format!("/skp/{}", page.row.skp_id),
        is_owner,
    }
}
