//! One's own evaluations.

use askama::Template;
use axum::extract::State;
use evaluation::model::Status;
use evaluation::queries::{self, MyEvaluation};
use i18n::Texts;
use kernel::EvaluationId;

use super::words::{Eye, count, when};
use crate::shared::words::{Tag, evaluation_status, predikat};
use crate::shared::{AppState, Nav, PageResult, Shell, Staff, page};

/// One period.
pub(super) struct Row {
    id: EvaluationId,
    when: String,
    tag: Tag,
    status: Option<Tag>,
    what: String,
    objection: String,
}

/// The list.
#[derive(Template)]
#[template(path = "evaluation/mine.html")]
pub(super) struct MinePage {
    shell: Shell,
    t: Texts,
    lead: &'static str,
    rows: Vec<Row>,
}

/// `GET /evaluasi`
pub(super) async fn list(staff: Staff, State(app): State<AppState>) -> PageResult {
    let person = staff.person()?;
    let agency = staff.session.agency.id;
    let rows = db::read!(app.db, async |tx| queries::of_person(tx, agency, person).await)?;
    let shell = Shell::staff(&staff, Nav::Evaluations, title(staff.t, &rows));
    page(&build(Eye::of(&staff), shell, &rows))
}

/// The answer of the page: what waits to be read, else the latest predikat.
pub(super) fn title(t: Texts, rows: &[MyEvaluation]) -> String {
    let unread = rows.iter().filter(|r| r.status == Status::Final).count();
    if unread > 0 {
        return t.evaluation_mine_unread(count(unread));
    }
    let latest = rows.iter().find_map(|r| Some((r, r.predikat?)));
    match latest {
        Some((row, found)) => t.evaluation_mine_latest(predikat(t, found).label, when(t, (row.year, row.period))),
        None => t.evaluation_mine_none().to_owned(),
    }
}

pub(super) fn build(eye: Eye, shell: Shell, rows: &[MyEvaluation]) -> MinePage {
    MinePage {
        shell,
        t: eye.t,
        lead: eye.t.evaluation_mine_lead(),
        rows: rows.iter().map(|r| row(eye, r)).collect(),
    }
}

fn row(eye: Eye, row: &MyEvaluation) -> Row {
    let t = eye.t;
    let assessor = &row.assessor_name;
    Row {
        id: row.id,
        when: when(t, (row.year, row.period)),
        tag: match row.predikat {
            Some(found) => predikat(t, found),
            None => evaluation_status(t, Some(row.status)),
        },
        status: row.predikat.map(|_| match row.status {
            Status::Final => Tag::new(t.evaluation_mine_to_read(), "warn"),
            _ => Tag::new(t.evaluation_mine_read(), ""),
        }),
        what: match row.finalised_at {
            Some(at) => t.evaluation_set_by(assessor, eye.day(at)),
            None => t.evaluation_mine_waiting(assessor),
        },
        objection: match row.objection_until {
            Some(day) => {
                let deadline = t.deadline(day, eye.now, eye.zone);
                if deadline.days < 0 {
                    t.evaluation_objection_over(deadline.at)
                } else {
                    t.evaluation_objection_until(deadline.at, deadline.left)
                }
            }
            None if row.status == Status::Final => t.evaluation_objection_not_begun().to_owned(),
            None => String::new(),
        },
    }
}
