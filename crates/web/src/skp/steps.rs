//! What is done with a plan as a whole: handing in, taking back, approving, returning, closing.

use askama::Template;
use axum::extract::{Path, State};
use http::StatusCode;
use i18n::Texts;
use kernel::SkpId;
use policy::Action;
use skp::commands::{self, CloseError, CloseInput, ReturnInput, StepError, StepInput, Stepped};
use skp::model::REMARK_MAX;
use skp::{SkpRow, Status};

use super::edit::{id as parse, open, plan};
use super::show::{Said, again, whose};
use super::view::{People, Reader};
use super::words;
use crate::shared::words::skp_status;
use crate::shared::{
    AppState, Field, FieldKind, FormData, Nav, PageError, PageResult, Problems, Shell, Staff, page, page_with_status,
    see_other,
};

/// `POST /skp/{id}/pengajuan`
pub(super) async fn submit(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    let step = step(&id, &form)?;
    let done = commands::submit(&app.db, &app.ctx, staff.actor(), step).await;
    answer(&app, &staff, step.skp, done, "diajukan", form).await
}

/// `POST /skp/{id}/penarikan`
pub(super) async fn withdraw(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    let step = step(&id, &form)?;
    let done = commands::withdraw(&app.db, &app.ctx, staff.actor(), step).await;
    answer(&app, &staff, step.skp, done, "ditarik", form).await
}

/// `POST /skp/{id}/persetujuan`
pub(super) async fn approve(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    let step = step(&id, &form)?;
    let done = commands::approve(&app.db, &app.ctx, staff.actor(), step).await;
    answer(&app, &staff, step.skp, done, "disetujui", form).await
}

/// `POST /skp/{id}/pengembalian`
pub(super) async fn give_back(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    let step = step(&id, &form)?;
    let input = ReturnInput {
        step,
        remark: form.raw("catatan").to_owned(),
    };
    let done = commands::return_with_remarks(&app.db, &app.ctx, staff.actor(), input).await;
    answer(&app, &staff, step.skp, done, "dikembalikan", form).await
}

fn step(id: &str, form: &FormData) -> Result<StepInput, PageError> {
    Ok(StepInput {
        skp: parse(id)?,
        version: form.version(),
    })
}

async fn answer(
    app: &AppState,
    staff: &Staff,
    id: SkpId,
    done: Result<Stepped, StepError>,
    notice: &'static str,
    form: FormData,
) -> PageResult {
    let error = match done {
        Ok(_) => return see_other(&plan(id, notice)),
        Err(error) => error,
    };
    let mut said = Said {
        form,
        ..Said::default()
    };
    let status = refused(staff.t, error, &mut said)?;
    again(app, staff, id, status, said).await
}

/// What a refused step means for the page.
fn refused(t: Texts, error: StepError, said: &mut Said) -> Result<StatusCode, PageError> {
    match error {
        StepError::NotFound => return Err(PageError::NotFound),
        StepError::Denied(denied) => return Err(denied.into()),
        StepError::Internal(error) => return Err(error.into()),
        StepError::Stale(_) => {
            said.warning = Some(t.skp_stale_step());
            return Ok(StatusCode::CONFLICT);
        }
        StepError::WrongState(wrong) => {
            said.problems.say("isi", wrong_state(t, wrong.status));
            return Ok(StatusCode::CONFLICT);
        }
        StepError::Incomplete(_) => said.problems.say("temuan", t.skp_problem_incomplete()),
        StepError::Remark(error) => said.problems.text("catatan", error),
        StepError::OwnPlan => said.problems.say("isi", t.skp_problem_own()),
        StepError::NoIdentity => said.problems.say("isi", t.skp_problem_identity()),
    }
    Ok(StatusCode::UNPROCESSABLE_ENTITY)
}

fn wrong_state(t: Texts, status: Status) -> String {
    t.skp_problem_state(skp_status(t, Some(status)).label)
}

/// The question before a plan is closed.
#[derive(Template)]
#[template(path = "skp/close.html")]
pub(super) struct ClosePage {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) problems: Vec<(&'static str, String)>,
    pub(super) id: SkpId,
    pub(super) version: i64,
    pub(super) period: String,
    pub(super) day: Field,
    pub(super) remark: Field,
}

/// `GET /skp/{id}/penutupan`
pub(super) async fn close_form(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let (skp, name) = closing(&app, &staff, parse(&id)?).await?;
    if skp.status != Status::Disetujui {
        return see_other(&plan(skp.id, "terkunci"));
    }
    let shown = FormData::from_pairs([("hari", skp.period_end.to_string().as_str())]);
    page(&close_page(&Reader::of(&staff), &skp, &name, &shown, &Problems::none()))
}

/// `POST /skp/{id}/penutupan`
pub(super) async fn close(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    let t = staff.t;
    let step = step(&id, &form)?;
    let mut problems = Problems::none();
    if let Some(last_day) = form.date("hari") {
        let input = CloseInput {
            step,
            last_day,
            remark: form.raw("catatan").to_owned(),
        };
        let mut said = Said::default();
        match commands::close(&app.db, &app.ctx, staff.actor(), input).await {
            Ok(_) => return see_other(&plan(step.skp, "ditutup")),
            Err(CloseError::OutOfPeriod) => problems.say("hari", t.skp_problem_close_day()),
            Err(CloseError::Step(StepError::Remark(error))) => problems.text("catatan", error),
            Err(CloseError::Internal(error)) => return Err(error.into()),
            Err(CloseError::Step(error)) => {
                let status = refused(t, error, &mut said)?;
                said.form = form;
                return again(&app, &staff, step.skp, status, said).await;
            }
        }
    } else {
        problems.say("hari", t.skp_problem_date());
    }
    let (skp, name) = closing(&app, &staff, step.skp).await?;
    page_with_status(
        StatusCode::UNPROCESSABLE_ENTITY,
        &close_page(&Reader::of(&staff), &skp, &name, &form, &problems),
    )
}

async fn closing(app: &AppState, staff: &Staff, id: SkpId) -> Result<(SkpRow, String), PageError> {
    db::read!(app.db, async |tx| {
        let (detail, _) = open(tx, staff, Action::Decide, id).await?;
        let skp = detail.skp;
        let people = People::new(org::queries::employees_by_id(tx, skp.agency_id, &[skp.person_id]).await?);
        let name = people.name(Some(skp.person_id)).unwrap_or_default().to_owned();
        Ok::<_, PageError>((skp, name))
    })
}

pub(super) fn close_page(
    reader: &Reader<'_>,
    skp: &SkpRow,
    name: &str,
    form: &FormData,
    problems: &Problems,
) -> ClosePage {
    let t = reader.t;
    let title = t.skp_close_title(skp.year, whose(t, "superior", name));
    ClosePage {
        shell: reader.shell(Nav::Team, title).problems(!problems.is_empty()),
        t,
        problems: problems.all(t),
        id: skp.id,
        version: skp.version,
        period: words::period(t, skp),
        day: Field::new(t, "hari", t.skp_close_day(), FieldKind::Date).from(form, problems),
        remark: Field::paragraph(t, "catatan", t.skp_close_remark())
            .optional()
            .max(REMARK_MAX)
            .from(form, problems),
    }
}

#[cfg(test)]
mod tests {
    use i18n::Lang;
    use kernel::TextError;
    use skp::model::{Step, WrongState};

    use super::*;

    #[test]
    fn every_refusal_has_a_status_and_something_to_say() {
        let t = Lang::Id.texts();
        let wrong = WrongState {
            status: Status::Disetujui,
            step: Step::Ajukan,
        };
        for (error, expected) in [
            (StepError::WrongState(wrong), 409),
            (StepError::Incomplete(Vec::new()), 422),
            (StepError::Remark(TextError::Empty), 422),
            (StepError::OwnPlan, 422),
            (StepError::NoIdentity, 422),
        ] {
            let mut said = Said::default();
            let status = refused(t, error, &mut said).expect("a page");
            assert_eq!(status.as_u16(), expected);
            assert!(!said.problems.is_empty());
        }
        assert!(matches!(
            refused(t, StepError::NotFound, &mut Said::default()),
            Err(PageError::NotFound)
        ));
        assert!(matches!(
            refused(t, StepError::Denied(policy::Denied::Refused), &mut Said::default()),
            Err(PageError::Forbidden)
        ));
    }
}
