//! The page on which the pejabat penilai rates: evidence on the left, two judgements on the right.

use askama::Template;
use axum::extract::{Path, State};
use evaluation::commands::{self, RateError, RateInput};
use evaluation::model::{MIN_REASON, RateProblem, RawRating, Status};
use evaluation::queries::{EvaluationPage, EvaluationRow};
use http::{HeaderMap, StatusCode};
use i18n::Texts;
use kernel::{Code, EvaluationId};
use regulation::rating::Rating;

use super::evidence::{self, EvidenceView};
use super::show::{Said, again, id as parse, open};
use super::words::{Eye, behaviour_choices, event, result_choices, when};
use super::{answer, distribution};
use crate::shared::autosave::{self, StaleRow, differing};
use crate::shared::words::{Tag, achievement, evaluation_status, predikat, rating};
use crate::shared::{AppState, Field, FieldKind, FormData, PageError, PageResult, Problems, Shell, Staff, see_other};

const MAX_TEXT: usize = 2_000;

/// The page.
#[derive(Template)]
#[template(path = "evaluation/rate.html")]
pub(super) struct RatePage {
    shell: Shell,
    t: Texts,
    problems: Vec<(&'static str, String)>,
    notice: Option<&'static str>,
    is_stale: bool,
    stale: Vec<StaleRow>,
    id: EvaluationId,
    version: i64,
    when: String,
    person: String,
    person_id: kernel::PersonId,
    position: String,
    tag: Tag,
    evidence: EvidenceView,
    proposal: ProposalView,
    head: Option<HeadView>,
    result: Option<Field>,
    result_reason: Option<Field>,
    behaviour: Field,
    behaviour_reason: Field,
    recommendation: Field,
    /// What would follow from the stored ratings.
    provisional: Option<Tag>,
    /// Saves itself; not once both ratings are given, because a draft takes that back.
    autosaves: bool,
    d: distribution::DistributionView,
    history: Vec<answer::EventPart>,
}

/// The proposal with what it was made of; never applied by itself.
pub(super) struct ProposalView {
    pub rating: Option<&'static str>,
    pub inputs: String,
}

/// For the head of a unit: the rating of results is the unit's achievement.
pub(super) struct HeadView {
    pub achievement: Option<(Tag, &'static str)>,
    pub basis: String,
}

/// The proposal as sentences.
pub(super) fn proposal(t: Texts, page: &EvaluationPage) -> ProposalView {
    let tally = page.proposal.tally;
    let n = i64::from;
    ProposalView {
        rating: page.proposal.rating().map(|r| rating(t, r)),
        inputs: t.evaluation_tally(
            n(tally.total),
            n(tally.reached),
            n(tally.exceeded),
            n(tally.below),
            n(tally.missing),
            n(tally.words),
        ),
    }
}

fn field(field: Field, stored: &str, said: &Said) -> Field {
    field.value(stored).from(&said.form, &said.problems)
}

pub(super) fn build(eye: Eye, shell: impl FnOnce(String) -> Shell, page: &EvaluationPage, said: &Said) -> RatePage {
    let t = eye.t;
    let row = &page.row;
    let code = |r: Option<Rating>| r.map_or("", Code::code);
    let reason = |name, label: &'static str| {
        Field::paragraph(t, name, label)
            .optional()
            .hint(t.evaluation_reason_hint(MIN_REASON))
            .max(MAX_TEXT)
    };
    let name = answer::employee(t, page);
    RatePage {
        shell: shell(t.evaluation_rate_title(&name, when(t, (row.year, row.period))))
            .problems(!said.problems.is_empty()),
        t,
        problems: said.problems.all(t),
        notice: said.notice,
        is_stale: said.stale,
        stale: if said.stale {
            compare(t, row, &said.form)
        } else {
            Vec::new()
        },
        id: row.id,
        version: row.version,
        when: when(t, (row.year, row.period)),
        person: name,
        person_id: row.person_id,
        position: page.employee.as_ref().map(|e| e.position.clone()).unwrap_or_default(),
        tag: evaluation_status(t, Some(row.status)),
        evidence: evidence::view(eye, page),
        proposal: proposal(t, page),
        head: row.is_head.then(|| HeadView {
            achievement: page
                .achievement
                .as_ref()
                .map(|a| (achievement(t, a.achievement), rating(t, a.achievement.rating_of_head()))),
            basis: page.achievement.as_ref().map(|a| a.basis.clone()).unwrap_or_default(),
        }),
        result: (!row.is_head).then(|| {
            let radios = FieldKind::Radios(result_choices(t));
            let empty = Field::new(t, "hasil", t.evaluation_results(), radios).hint(t.evaluation_results_hint());
            field(empty, code(row.result_rating), said)
        }),
        result_reason: (!row.is_head).then(|| {
            field(
                reason("alasan_hasil", t.evaluation_result_reason()),
                &row.result_reason,
                said,
            )
        }),
        behaviour: {
            let radios = FieldKind::Radios(behaviour_choices(t));
            let empty = Field::new(t, "perilaku", t.evaluation_behaviour(), radios).hint(t.evaluation_behaviour_hint());
            field(empty, code(row.behaviour_rating), said)
        },
        behaviour_reason: field(
            reason("alasan_perilaku", t.evaluation_behaviour_reason()),
            &row.behaviour_reason,
            said,
        ),
        recommendation: field(
            Field::paragraph(t, "rekomendasi", t.evaluation_recommendation())
                .optional()
                .hint(t.evaluation_recommendation_hint())
                .max(MAX_TEXT),
            &row.recommendation,
            said,
        ),
        provisional: row
            .predikat
            .filter(|_| row.status == Status::Dinilai)
            .map(|p| predikat(t, p)),
        autosaves: row.status == Status::BelumDinilai && !said.stale,
        d: distribution::view(t, &answer::unit_name(t, page), &page.distribution, false),
        history: answer::history(eye, page, event),
    }
}

/// Where the stored values differ from what was typed: theirs and yours.
fn compare(t: Texts, row: &EvaluationRow, form: &FormData) -> Vec<StaleRow> {
    let of_code = |code: &str| {
        <Rating as Code>::from_code(code)
            .map_or_else(|_| t.not_set(), |r| rating(t, r))
            .to_owned()
    };
    let of_rating = |r: Option<Rating>| r.map_or_else(|| t.not_set(), |r| rating(t, r)).to_owned();
    let rows = [
        ("hasil", t.evaluation_results(), of_rating(row.result_rating)),
        ("alasan_hasil", t.evaluation_result_reason(), row.result_reason.clone()),
        ("perilaku", t.evaluation_behaviour(), of_rating(row.behaviour_rating)),
        (
            "alasan_perilaku",
            t.evaluation_behaviour_reason(),
            row.behaviour_reason.clone(),
        ),
        ("rekomendasi", t.evaluation_recommendation(), row.recommendation.clone()),
    ];
    let sent = rows.into_iter().filter(|(name, ..)| form.has(name));
    differing(sent.map(|(name, label, theirs)| {
        let typed = form.raw(name);
        let is_rating = matches!(name, "hasil" | "perilaku");
        let yours = if is_rating { of_code(typed) } else { typed.to_owned() };
        (label, theirs, yours)
    }))
}

/// What the form says; a field that was not sent keeps what `kept` has, as drafts send only what changed.
fn raw(form: &FormData, kept: Option<&EvaluationRow>) -> RawRating {
    let text = |name: &str, stored: fn(&EvaluationRow) -> &String| match kept {
        Some(row) if !form.has(name) => stored(row).clone(),
        _ => form.raw(name).to_owned(),
    };
    let code = |name: &str, stored: fn(&EvaluationRow) -> Option<Rating>| match kept {
        Some(row) if !form.has(name) => stored(row),
        _ => <Rating as Code>::from_code(form.raw(name)).ok(),
    };
    RawRating {
        result: code("hasil", |row| row.result_rating.filter(|_| !row.is_head)),
        result_reason: text("alasan_hasil", |row| &row.result_reason),
        behaviour: code("perilaku", |row| row.behaviour_rating),
        behaviour_reason: text("alasan_perilaku", |row| &row.behaviour_reason),
        recommendation: text("rekomendasi", |row| &row.recommendation),
    }
}

/// `POST /evaluasi/{id}/penilaian`
pub(super) async fn submit(
    staff: Staff,
    State(app): State<AppState>,
    Path(path): Path<String>,
    headers: HeaderMap,
    form: FormData,
) -> PageResult {
    let id = parse(&path)?;
    if autosave::is_autosave(&headers) {
        return keep(&app, &staff, id, &form).await;
    }
    let is_draft = form.raw("aksi") == "draf";
    let input = RateInput {
        evaluation: id,
        version: form.version(),
        rating: raw(&form, None),
        is_draft,
    };
    let error = match commands::rate(&app.db, &app.ctx, staff.actor(), &input).await {
        Ok(_) if is_draft => return see_other(&format!("/evaluasi/{id}?pesan=draf")),
        Ok(_) => return see_other(&format!("/evaluasi/{id}?pesan=dinilai")),
        Err(error) => error,
    };
    let mut said = Said {
        form,
        ..Said::default()
    };
    let status = refused(staff.t, error, &mut said)?;
    if status == StatusCode::GONE {
        return see_other(&format!("/evaluasi/{id}?pesan=sudah-final"));
    }
    again(&app, &staff, id, status, said).await
}

/// Keeps a draft without leaving the page.
async fn keep(app: &AppState, staff: &Staff, id: EvaluationId, form: &FormData) -> PageResult {
    let opened = open(app, staff, id).await?;
    let t = staff.t;
    if opened.page.row.status != Status::BelumDinilai {
        // a draft would take back ratings that were given
        return autosave::stale(t.evaluation_stale());
    }
    let input = RateInput {
        evaluation: id,
        version: form.version(),
        rating: raw(form, Some(&opened.page.row)),
        is_draft: true,
    };
    match commands::rate(&app.db, &app.ctx, staff.actor(), &input).await {
        Ok(done) => autosave::saved(staff, done.version),
        Err(RateError::Stale(_) | RateError::AlreadyFinal) => autosave::stale(t.evaluation_stale()),
        Err(error) => {
            let mut said = Said::default();
            refused(t, error, &mut said)?;
            autosave::unsaved(t, &said.problems)
        }
    }
}

/// What a refused rating means for the page. 410 stands for "final meanwhile".
pub(super) fn refused(t: Texts, error: RateError, said: &mut Said) -> Result<StatusCode, PageError> {
    match error {
        RateError::NotFound => Err(PageError::NotFound),
        RateError::Denied(denied) => Err(denied.into()),
        RateError::Internal(error) => Err(error.into()),
        RateError::AlreadyFinal => Ok(StatusCode::GONE),
        RateError::Stale(_) => {
            said.stale = true;
            Ok(StatusCode::CONFLICT)
        }
        RateError::AchievementMissing => {
            said.problems.say("capaian", t.evaluation_problem_achievement());
            Ok(StatusCode::UNPROCESSABLE_ENTITY)
        }
        RateError::Invalid(found) => {
            for problem in found {
                add(t, problem, &mut said.problems);
            }
            Ok(StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

fn add(t: Texts, problem: RateProblem, problems: &mut Problems) {
    match problem {
        RateProblem::ResultMissing => problems.say("hasil", t.evaluation_problem_result()),
        RateProblem::ResultIsDerived => problems.say("capaian", t.evaluation_problem_derived()),
        RateProblem::ResultReasonTooShort => problems.say("alasan_hasil", t.evaluation_problem_reason(MIN_REASON)),
        RateProblem::ResultReason(error) => problems.text("alasan_hasil", error),
        RateProblem::BehaviourMissing => problems.say("perilaku", t.evaluation_problem_behaviour()),
        RateProblem::BehaviourReasonTooShort => {
            problems.say("alasan_perilaku", t.evaluation_problem_reason(MIN_REASON))
        }
        RateProblem::BehaviourReason(error) => problems.text("alasan_perilaku", error),
        RateProblem::Recommendation(error) => problems.text("rekomendasi", error),
    }
}
