//! The last step: a page that shows what will stand, and asks.

use askama::Template;
use axum::extract::{Path, State};
use evaluation::commands::{self, FinaliseError, FinaliseInput};
use evaluation::model::{MIN_REASON, Status};
use evaluation::queries::EvaluationPage;
use http::StatusCode;
use i18n::Texts;
use kernel::EvaluationId;
use policy::{Action, decide};
use regulation::distribution::Judgement;
use regulation::rating::{Rating, predikat};

use super::quadrant::{QuadrantView, quadrant};
use super::show::{Reader, Said, id as parse, open};
use super::words::{Eye, when};
use super::{answer, distribution};
use crate::shared::words::{self, Tag, achievement, rating};
use crate::shared::{
    AppState, Field, FormData, PageError, PageResult, Shell, Staff, page, page_with_status, see_other,
};

const MAX_TEXT: usize = 2_000;

/// The page.
#[derive(Template)]
#[template(path = "evaluation/final.html")]
pub(super) struct FinalPage {
    shell: Shell,
    t: Texts,
    problems: Vec<(&'static str, String)>,
    stale: bool,
    id: EvaluationId,
    version: i64,
    person: String,
    ratings: Vec<(&'static str, &'static str, String)>,
    predikat: Tag,
    achievement: Option<Tag>,
    quadrant: QuadrantView,
    d: distribution::DistributionView,
    is_head: bool,
    reason: Option<Field>,
}

/// `GET /evaluasi/{id}/final`
pub(super) async fn form(staff: Staff, State(app): State<AppState>, Path(path): Path<String>) -> PageResult {
    let id = parse(&path)?;
    let opened = open(&app, &staff, id).await?;
    decide(staff.actor(), Action::Finalise, &opened.facts).permit()?;
    match of(&staff, &opened.page, &Said::default()) {
        Some(shown) => page(&shown),
        // final already, or a rating is missing: the page of the evaluation says which
        None => see_other(&format!("/evaluasi/{id}")),
    }
}

fn of(staff: &Staff, found: &EvaluationPage, said: &Said) -> Option<FinalPage> {
    let shell = |title: String| Shell::staff(staff, Reader::Assessor.nav(), title);
    build(Eye::of(staff), shell, found, said)
}

/// `None` unless both ratings are given and nothing is final.
pub(super) fn build(
    eye: Eye,
    shell: impl FnOnce(String) -> Shell,
    page: &EvaluationPage,
    said: &Said,
) -> Option<FinalPage> {
    let t = eye.t;
    let row = &page.row;
    if row.status != Status::Dinilai {
        return None;
    }
    let given: (Rating, Rating) = page.derived.or(row.result_rating).zip(row.behaviour_rating)?;
    let found = words::predikat(t, predikat(given.0, given.1));
    let leaves =
        !row.is_head && matches!(&page.distribution.judgement, Some(Judgement::Judged(found)) if !found.is_empty());
    let name = answer::employee(t, page);
    Some(FinalPage {
        shell: shell(t.evaluation_final_title(&found.label, &name)).problems(!said.problems.is_empty()),
        t,
        problems: said.problems.all(t),
        stale: said.stale,
        id: row.id,
        version: row.version,
        person: t.evaluation_final_person(name, when(t, (row.year, row.period))),
        ratings: vec![
            (t.evaluation_results(), rating(t, given.0), row.result_reason.clone()),
            (
                t.evaluation_behaviour(),
                rating(t, given.1),
                row.behaviour_reason.clone(),
            ),
        ],
        predikat: found,
        achievement: page.achievement.as_ref().map(|a| achievement(t, a.achievement)),
        quadrant: quadrant(t, given, t.evaluation_here_of()),
        d: distribution::view(t, &answer::unit_name(t, page), &page.distribution, false),
        is_head: row.is_head,
        reason: leaves.then(|| {
            Field::paragraph(t, "alasan_pola", t.evaluation_pattern_reason())
                .hint(t.evaluation_pattern_reason_hint(MIN_REASON))
                .max(MAX_TEXT)
                .from(&said.form, &said.problems)
        }),
    })
}

/// `POST /evaluasi/{id}/final`
pub(super) async fn submit(
    staff: Staff,
    State(app): State<AppState>,
    Path(path): Path<String>,
    form: FormData,
) -> PageResult {
    let id = parse(&path)?;
    let input = FinaliseInput {
        evaluation: id,
        version: form.version(),
        pattern_reason: form.raw("alasan_pola").to_owned(),
    };
    let error = match commands::finalise(&app.db, &app.ctx, staff.actor(), &input).await {
        Ok(_) => return see_other(&format!("/evaluasi/{id}?pesan=final")),
        Err(error) => error,
    };
    let mut said = Said {
        form,
        ..Said::default()
    };
    let status = refused(staff.t, error, &mut said)?;
    let opened = open(&app, &staff, id).await?;
    match of(&staff, &opened.page, &said) {
        Some(shown) => page_with_status(status, &shown),
        None => see_other(&format!("/evaluasi/{id}")),
    }
}

/// What a refused step means for the page. Where the page is gone, its evaluation says why.
fn refused(t: Texts, error: FinaliseError, said: &mut Said) -> Result<StatusCode, PageError> {
    match error {
        FinaliseError::NotFound => return Err(PageError::NotFound),
        FinaliseError::Denied(denied) => return Err(denied.into()),
        FinaliseError::Internal(error) => return Err(error.into()),
        FinaliseError::Stale(_) | FinaliseError::AlreadyFinal | FinaliseError::NotRated => {
            said.stale = true;
            return Ok(StatusCode::CONFLICT);
        }
        FinaliseError::AchievementMissing => said.problems.say("capaian", t.evaluation_problem_achievement()),
        FinaliseError::PatternReasonMissing(_) => {
            said.problems
                .say("alasan_pola", t.evaluation_problem_pattern(MIN_REASON));
        }
        FinaliseError::PatternReason(error) => said.problems.text("alasan_pola", error),
        FinaliseError::PatternBlocked(_) => said.problems.say("capaian", t.evaluation_problem_blocked()),
    }
    Ok(StatusCode::UNPROCESSABLE_ENTITY)
}

#[cfg(test)]
mod tests {
    use kernel::TextError;

    use super::*;

    #[test]
    fn every_refusal_is_told_and_keeps_the_form() {
        let t = i18n::Lang::Id.texts();
        for (error, expected) in [
            (FinaliseError::AchievementMissing, 422),
            (FinaliseError::PatternReasonMissing(Vec::new()), 422),
            (FinaliseError::PatternReason(TextError::Forbidden), 422),
            (FinaliseError::PatternBlocked(Vec::new()), 422),
            (FinaliseError::NotRated, 409),
            (FinaliseError::AlreadyFinal, 409),
        ] {
            let mut said = Said::default();
            let status = refused(t, error, &mut said).expect("a page");
            assert_eq!(status.as_u16(), expected);
            assert_eq!(said.stale, expected == 409);
            assert_eq!(said.problems.is_empty(), expected == 409);
        }
        let gone = refused(t, FinaliseError::NotFound, &mut Said::default());
        assert!(matches!(gone, Err(PageError::NotFound)));
    }
}
