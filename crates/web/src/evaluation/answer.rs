//! "Predikat Anda: Baik", and why.

use askama::Template;
use axum::extract::{Path, State};
use evaluation::commands::{self, ReceiveError};
use evaluation::explain::{Explanation, Finding, Step, explain};
use evaluation::model::{Status, WhatIf};
use evaluation::queries::EvaluationPage;
use i18n::Texts;
use kernel::EvaluationId;
use regulation::rating::Rating;

use super::distribution;
use super::evidence::{self, EvidenceView, ServicePart};
use super::quadrant::{QuadrantView, quadrant};
use super::rate::proposal;
use super::show::{Reader, Said, id as parse};
use super::words::{Eye, basis, count, event, violation, when};
use crate::shared::words::{achievement, predikat, rating};
use crate::shared::{AppState, PageError, PageResult, Shell, Staff, see_other};

/// One step of the explanation.
pub(super) struct StepPart {
    pub title: String,
    /// Sentences with their figures.
    pub says: Vec<String>,
    /// The assessor's own words.
    pub quote: String,
    pub services: Vec<ServicePart>,
    /// Where the inputs stand.
    pub link: Option<(&'static str, &'static str)>,
    pub basis: String,
}

/// One line of history.
pub(super) struct EventPart {
    pub at: String,
    pub what: &'static str,
    pub who: String,
    pub remark: String,
    pub is_last: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "evaluation/answer.html")]
pub(super) struct AnswerPage {
    shell: Shell,
    t: Texts,
    notice: Option<&'static str>,
    id: EvaluationId,
    back: Option<(&'static str, &'static str)>,
    when: String,
    set_by: String,
    objection: String,
    addressee: String,
    may_receive: bool,
    agrees: bool,
    why: &'static str,
    steps: Vec<StepPart>,
    quadrant: QuadrantView,
    changes: Vec<String>,
    recommendation: String,
    d: distribution::DistributionView,
    evidence: EvidenceView,
    history: Vec<EventPart>,
}

/// Name of the employee as of the end of the period.
pub(super) fn employee(t: Texts, page: &EvaluationPage) -> String {
    page.employee
        .as_ref()
        .map_or_else(|| t.none().to_owned(), |e| e.name.clone())
}

/// Name of the unit of the evaluation.
pub(super) fn unit_name(t: Texts, page: &EvaluationPage) -> String {
    page.employee
        .as_ref()
        .map(|e| e.unit.clone())
        .filter(|unit| !unit.is_empty())
        .unwrap_or_else(|| t.evaluation_unit().to_owned())
}

/// History with names; `verb` gives the words.
pub(super) fn history(eye: Eye, page: &EvaluationPage, verb: fn(Texts, &str) -> &'static str) -> Vec<EventPart> {
    let name = |person: Option<kernel::PersonId>| {
        [&page.employee, &page.assessor, &page.above]
            .into_iter()
            .flatten()
            .find(|p| Some(p.person) == person)
            .map_or_else(String::new, |p| p.name.clone())
    };
    let last = page.events.len();
    page.events
        .iter()
        .enumerate()
        .map(|(n, e)| EventPart {
            at: eye.moment(e.at),
            what: verb(eye.t, &e.verb),
            who: name(e.person_id),
            remark: e.remark.clone(),
            is_last: n + 1 == last,
        })
        .collect()
}

/// The page of a final evaluation.
///
/// # Errors
/// A fault of ours when a final evaluation lacks a rating.
pub(super) fn build(
    eye: Eye,
    shell: impl FnOnce(String) -> Shell,
    page: &EvaluationPage,
    reader: Reader,
    said: &Said,
) -> Result<AnswerPage, PageError> {
    let t = eye.t;
    let row = &page.row;
    let explained =
        explain(page).ok_or_else(|| PageError::Internal(format!("evaluation {} is final without ratings", row.id)))?;
    let is_owner = reader == Reader::Owner;
    if !explained.agrees {
        tracing::error!(evaluation = %row.id, "the stored predikat does not follow from the stored ratings");
    }
    let stands = explained.stored.unwrap_or(explained.recomputed);
    let found = predikat(t, stands);
    let (result, behaviour) = row
        .result_rating
        .zip(row.behaviour_rating)
        .ok_or_else(|| PageError::Internal("invariant: an explanation has both ratings".to_owned()))?;
    let here = if is_owner {
        t.evaluation_here()
    } else {
        t.evaluation_here_of()
    };
    Ok(AnswerPage {
        shell: shell(if is_owner {
            t.evaluation_answer_title(&found.label)
        } else {
            t.evaluation_answer_title_of(employee(t, page), &found.label)
        }),
        t,
        notice: said.notice,
        id: row.id,
        back: match reader {
            Reader::Owner => Some(("/evaluasi", t.nav_evaluations())),
            Reader::Assessor => Some(("/tim/evaluasi", t.evaluation_team())),
            Reader::Other => None,
        },
        when: when(t, (row.year, row.period)),
        set_by: row.finalised_at.map_or_else(String::new, |at| {
            let name = page
                .assessor
                .as_ref()
                .map_or_else(|| t.none().to_owned(), |a| a.name.clone());
            t.evaluation_set_by(name, eye.day(at))
        }),
        objection: objection(eye, page),
        addressee: match (&page.above, is_owner) {
            (Some(above), true) => t.evaluation_objection_to(&above.name, &above.position),
            _ => String::new(),
        },
        may_receive: is_owner && row.status == Status::Final,
        agrees: explained.agrees,
        why: if is_owner {
            t.evaluation_why()
        } else {
            t.evaluation_why_of()
        },
        steps: explained.steps.iter().map(|s| step(eye, page, s)).collect(),
        quadrant: quadrant(t, (result, behaviour), here),
        changes: changes(t, &explained, (result, behaviour)),
        recommendation: row.recommendation.clone(),
        d: distribution::view(t, &unit_name(t, page), &page.distribution, reader != Reader::Assessor),
        evidence: evidence::view(eye, page),
        history: history(eye, page, event),
    })
}

/// Until when an objection is possible.
fn objection(eye: Eye, page: &EvaluationPage) -> String {
    let t = eye.t;
    match page.row.objection_until {
        Some(day) => {
            let deadline = t.deadline(day, eye.now, eye.zone);
            if deadline.days < 0 {
                t.evaluation_objection_over(deadline.at)
            } else {
                t.evaluation_objection_until(deadline.at, deadline.left)
            }
        }
        None => t.evaluation_objection_not_begun().to_owned(),
    }
}

/// What would lead to a better predikat, smallest change first.
fn changes(t: Texts, explained: &Explanation, now: (Rating, Rating)) -> Vec<String> {
    let sentence = |way: &WhatIf| {
        let reached = predikat(t, way.predikat).label;
        match (way.result == now.0, way.behaviour == now.1) {
            (true, _) => t.evaluation_if_behaviour(rating(t, way.behaviour), reached),
            (_, true) => t.evaluation_if_result(rating(t, way.result), reached),
            _ => t.evaluation_if_both(rating(t, way.result), rating(t, way.behaviour), reached),
        }
    };
    explained.changes.iter().map(sentence).collect()
}

fn step(eye: Eye, page: &EvaluationPage, step: &Step) -> StepPart {
    let t = eye.t;
    let mut part = StepPart {
        title: String::new(),
        says: Vec::new(),
        quote: String::new(),
        services: Vec::new(),
        link: None,
        basis: basis(t, step.basis),
    };
    match &step.finding {
        Finding::Organisation {
            achievement: found,
            basis,
            set_by,
            set_at,
        } => {
            let label = found.map_or_else(|| t.not_set().to_owned(), |a| achievement(t, a).label);
            part.title = t.evaluation_step_organisation(label);
            if let (Some((_, name)), Some(at)) = (set_by, set_at) {
                part.says.push(t.evaluation_step_organisation_by(name, eye.day(*at)));
            }
            basis.clone_into(&mut part.quote);
        }
        Finding::Result {
            rating: found,
            reason,
            is_derived,
            proposed,
            services,
            ..
        } => {
            part.title = t.evaluation_step_result(rating(t, *found));
            if *is_derived {
                part.says.push(t.evaluation_head_rule().to_owned());
            }
            part.says.push(proposal(t, page).inputs);
            match proposed {
                Some(p) if p == found => part.says.push(t.evaluation_step_as_proposed().to_owned()),
                Some(p) => part.says.push(t.evaluation_step_not_as_proposed(rating(t, *p))),
                None => part.says.push(t.evaluation_step_no_proposal().to_owned()),
            }
            part.services = services.iter().map(|s| evidence::service_part(t, s)).collect();
            reason.clone_into(&mut part.quote);
            part.link = Some(("#bukti", t.evaluation_step_evidence()));
        }
        Finding::Behaviour {
            rating: found,
            reason,
            feedback,
        } => {
            part.title = t.evaluation_step_behaviour(rating(t, *found));
            let told: usize = feedback.iter().map(|(_, n)| n).sum();
            let named: Vec<String> = feedback
                .iter()
                .filter(|(_, n)| *n > 0)
                .map(|(value, n)| format!("{} ({})", value.label(), t.number(count(*n))))
                .collect();
            part.says.push(if named.is_empty() {
                t.evaluation_step_no_feedback().to_owned()
            } else {
                t.evaluation_step_feedback(count(told), named.join(", "))
            });
            reason.clone_into(&mut part.quote);
            part.link = Some(("#bukti", t.evaluation_step_remarks()));
        }
        Finding::Quadrant {
            result,
            behaviour,
            predikat: found,
        } => {
            let label = predikat(t, *found).label;
            part.title = t.evaluation_step_quadrant(&label);
            part.says
                .push(t.evaluation_step_quadrant_text(rating(t, *result), rating(t, *behaviour), label));
            part.link = Some(("#kuadran", t.evaluation_quadrant_see()));
        }
        Finding::Distribution {
            counts,
            violations,
            is_judged,
            reason,
        } => {
            part.title = t.evaluation_step_distribution().to_owned();
            part.says.push(match (counts, is_judged) {
                (None, _) => t.evaluation_step_small().to_owned(),
                (Some(counts), true) if violations.is_empty() => t.evaluation_step_inside(count(counts.total())),
                (Some(counts), true) => t.evaluation_step_outside(count(counts.total())),
                (Some(counts), false) => t.evaluation_step_not_judged(count(counts.total())),
            });
            if counts.is_some() {
                part.says.extend(violations.iter().map(|v| violation(t, *v).to_owned()));
            }
            part.says.push(t.evaluation_dist_no_quota().to_owned());
            reason.clone_into(&mut part.quote);
            part.link = Some(("#sebaran", t.evaluation_step_distribution_see()));
        }
        Finding::Objection { addressee, .. } => {
            part.title = t.evaluation_step_objection().to_owned();
            part.says.push(objection(eye, page));
            if let Some(name) = addressee {
                part.says.push(t.evaluation_step_objection_to(name));
            }
        }
    }
    part
}

/// `POST /evaluasi/{id}/penerimaan`
pub(super) async fn receive(staff: Staff, State(app): State<AppState>, Path(path): Path<String>) -> PageResult {
    let id = parse(&path)?;
    match commands::receive(&app.db, &app.ctx, staff.actor(), id).await {
        Ok(_) => see_other(&format!("/evaluasi/{id}?pesan=diterima")),
        // it was opened again or never final: its page says so
        Err(ReceiveError::NotFinal) => see_other(&format!("/evaluasi/{id}")),
        Err(ReceiveError::NotFound) => Err(PageError::NotFound),
        Err(ReceiveError::Denied(denied)) => Err(denied.into()),
        Err(ReceiveError::Internal(error)) => Err(error.into()),
    }
}
