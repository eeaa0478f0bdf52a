//! The achievement of one unit in a period, set one level above.

use askama::Template;
use axum::extract::{Path, State};
use evaluation::commands::{self, SetAchievement, SetError};
use evaluation::model::MIN_REASON;
use evaluation::queries::{self, UnitStanding};
use http::StatusCode;
use i18n::Texts;
use jiff::civil::Date;
use kernel::{Code, Period, UnitId};
use policy::{Action, Facts, Kind, decide};
use regulation::rating::CapaianOrganisasi;

use super::words::{Chip, Eye, achievement_choices, asked, chips, when};
use crate::shared::words::{Tag, achievement};
use crate::shared::{
    AppState, Field, FieldKind, FormData, Nav, PageError, PageResult, Problems, QueryData, Shell, Staff,
    page_with_status, see_other,
};

const MAX_TEXT: usize = 2_000;

/// The page.
#[derive(Template)]
#[template(path = "evaluation/achievement.html")]
pub(super) struct AchievementPage {
    shell: Shell,
    t: Texts,
    problems: Vec<(&'static str, String)>,
    notice: Option<&'static str>,
    stale: bool,
    unit: UnitId,
    name: String,
    year: i16,
    period: &'static str,
    version: i64,
    chips: Vec<Chip>,
    now: Option<(Tag, String, String)>,
    finals: i64,
    /// The fields for those who may set it, as long as nothing rests on it.
    fields: Option<(Field, Field)>,
}

/// What an action has to say.
#[derive(Default)]
pub(super) struct Said {
    pub form: FormData,
    pub problems: Problems,
    pub stale: bool,
    pub notice: Option<&'static str>,
}

/// `GET /unit/{id}/capaian`
pub(super) async fn form(
    staff: Staff,
    State(app): State<AppState>,
    Path(path): Path<String>,
    QueryData(query): QueryData,
) -> PageResult {
    let unit = path.parse().map_err(|_| PageError::NotFound)?;
    let said = Said {
        notice: (query.raw("pesan") == "tersimpan").then(|| staff.t.evaluation_said_achievement()),
        ..Said::default()
    };
    shown(&app, &staff, unit, asked(&query, staff.today()), StatusCode::OK, said).await
}

async fn shown(
    app: &AppState,
    staff: &Staff,
    unit: UnitId,
    at: (i16, Period),
    status: StatusCode,
    said: Said,
) -> PageResult {
    let agency = staff.session.agency.id;
    let (standing, may_set) = db::read!(app.db, async |tx| {
        let path = org::access::unit_facts(tx, agency, unit)
            .await?
            .ok_or(PageError::NotFound)?
            .unit_path;
        let facts = Facts::of_unit(Kind::Achievement, agency, path.as_str());
        decide(staff.actor(), Action::View, &facts).permit()?;
        let may_set = decide(staff.actor(), Action::Set, &facts).is_allowed();
        let found = queries::achievements(tx, agency, &path, at).await?;
        let standing = found.into_iter().find(|u| u.unit_id == unit);
        Ok::<_, PageError>((standing.ok_or(PageError::NotFound)?, may_set))
    })?;
    let shell = |title: String| Shell::staff(staff, Nav::Team, title);
    page_with_status(
        status,
        &build(Eye::of(staff), shell, &standing, at, staff.today(), may_set, &said),
    )
}

pub(super) fn build(
    eye: Eye,
    shell: impl FnOnce(String) -> Shell,
    unit: &UnitStanding,
    at: (i16, Period),
    today: Date,
    may_set: bool,
    said: &Said,
) -> AchievementPage {
    let t = eye.t;
    let named = when(t, at);
    AchievementPage {
        shell: shell(match unit.achievement {
            Some(a) => t.evaluation_achievement_title(&unit.name, achievement(t, a).label),
            None => t.evaluation_achievement_unset(&unit.name, &named),
        })
        .problems(!said.problems.is_empty()),
        t,
        problems: said.problems.all(t),
        notice: said.notice,
        stale: said.stale,
        unit: unit.unit_id,
        name: unit.name.clone(),
        year: at.0,
        period: at.1.code(),
        version: unit.version,
        chips: chips(t, &format!("/unit/{}/capaian", unit.unit_id), at, today),
        now: unit.achievement.map(|a| {
            let set = match (&unit.set_by_name, unit.set_at) {
                (Some(name), Some(at)) => t.evaluation_set_by(name, eye.day(at)),
                _ => String::new(),
            };
            (achievement(t, a), unit.basis.clone().unwrap_or_default(), set)
        }),
        finals: unit.finals,
        fields: (may_set && unit.finals == 0).then(|| {
            let radios = FieldKind::Radios(achievement_choices(t));
            (
                Field::new(t, "capaian", t.evaluation_achievement_of(named), radios)
                    .value(unit.achievement.map_or("", Code::code))
                    .from(&said.form, &said.problems),
                Field::paragraph(t, "dasar", t.evaluation_basis_heading())
                    .hint(t.evaluation_basis_hint(MIN_REASON))
                    .max(MAX_TEXT)
                    .value(unit.basis.clone().unwrap_or_default())
                    .from(&said.form, &said.problems),
            )
        }),
    }
}

/// `POST /unit/{id}/capaian`
pub(super) async fn submit(
    staff: Staff,
    State(app): State<AppState>,
    Path(path): Path<String>,
    form: FormData,
) -> PageResult {
    let unit: UnitId = path.parse().map_err(|_| PageError::NotFound)?;
    let t = staff.t;
    let at = asked(&form, staff.today());
    let mut said = Said::default();
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    match CapaianOrganisasi::from_code(form.raw("capaian")) {
        Err(_) => said.problems.say("capaian", t.evaluation_problem_choice()),
        Ok(chosen) => {
            let input = SetAchievement {
                unit,
                year: at.0,
                period: at.1,
                achievement: chosen,
                basis: form.raw("dasar").to_owned(),
                version: form.version(),
            };
            match commands::set_achievement(&app.db, &app.ctx, staff.actor(), &input).await {
                Ok(_) => {
                    let to = format!(
                        "/unit/{unit}/capaian?tahun={}&periode={}&pesan=tersimpan",
                        at.0,
                        at.1.code()
                    );
                    return see_other(&to);
                }
                Err(error) => status = refused(t, error, &mut said)?,
            }
        }
    }
    said.form = form;
    shown(&app, &staff, unit, at, status, said).await
}

/// What a refused achievement means for the page.
fn refused(t: Texts, error: SetError, said: &mut Said) -> Result<StatusCode, PageError> {
    match error {
        SetError::NotFound => return Err(PageError::NotFound),
        SetError::Denied(denied) => return Err(denied.into()),
        SetError::NoPerson => return Err(PageError::Forbidden),
        SetError::Internal(error) => return Err(error.into()),
        SetError::Stale(_) => {
            said.stale = true;
            return Ok(StatusCode::CONFLICT);
        }
        SetError::EvaluationsFinal(n) => {
            said.problems.say("capaian", t.evaluation_problem_finals(n));
            return Ok(StatusCode::CONFLICT);
        }
        SetError::PeriodNotBegun => said.problems.say("capaian", t.evaluation_problem_not_begun()),
        SetError::BasisTooShort => said.problems.say("dasar", t.evaluation_problem_basis(MIN_REASON)),
        SetError::Basis(error) => said.problems.text("dasar", error),
    }
    Ok(StatusCode::UNPROCESSABLE_ENTITY)
}

#[cfg(test)]
mod tests {
    use kernel::TextError;

    use super::*;

    #[test]
    fn every_refusal_is_told() {
        let t = i18n::Lang::Id.texts();
        for (error, expected) in [
            (SetError::PeriodNotBegun, 422),
            (SetError::BasisTooShort, 422),
            (SetError::Basis(TextError::Forbidden), 422),
            (SetError::EvaluationsFinal(2), 409),
            (SetError::Stale(None), 409),
        ] {
            let mut said = Said::default();
            assert_eq!(refused(t, error, &mut said).expect("a page").as_u16(), expected);
            assert!(said.stale || !said.problems.is_empty());
        }
        let nobody = refused(t, SetError::NoPerson, &mut Said::default());
        assert!(matches!(nobody, Err(PageError::Forbidden)));
    }
}
