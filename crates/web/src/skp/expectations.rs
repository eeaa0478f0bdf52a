//! The leader's special expectations for the seven values; also drafted by the owner for the talk with the superior.

use askama::Template;
use axum::extract::{Path, State};
use db::Tx;
use http::{HeaderMap, StatusCode};
use i18n::Texts;
use kernel::{Code, SkpId};
use policy::{Action, Denied, Permit};
use regulation::berakhlak::Value;
use skp::Detail;
use skp::commands::{self, ExpectationsInput};
use skp::model::EXPECTATION_MAX;

use super::edit::{self, Head, Refused, StaleRow, id as parse, open, plan};
use super::show::Can;
use super::view::{People, Reader};
use crate::shared::{
    AppState, Field, FieldKind, FormData, Nav, PageError, PageResult, Problems, Shell, Staff, page, page_with_status,
    see_other,
};

/// Field names in the fixed order of the values.
const NAMES: [&str; 7] = [
    "nilai-1", "nilai-2", "nilai-3", "nilai-4", "nilai-5", "nilai-6", "nilai-7",
];

/// The form of the seven expectations.
#[derive(Template)]
#[template(path = "skp/expectations.html")]
pub(super) struct ExpectationsPage {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) problems: Vec<(&'static str, String)>,
    pub(super) head: Head,
    pub(super) stale: Vec<StaleRow>,
    pub(super) lead: String,
    pub(super) fields: Vec<Field>,
}

/// What the form needs beside what was typed.
pub(super) struct Loaded {
    pub(super) detail: Detail,
    pub(super) role: &'static str,
    pub(super) owner: String,
}

/// `GET /skp/{id}/ekspektasi`
pub(super) async fn form(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let id: SkpId = parse(&id)?;
    let loaded = db::read!(app.db, async |tx| load(tx, &staff, id).await)?;
    if !Can::of(loaded.role, loaded.detail.skp.status).expect {
        return see_other(&plan(id, "terkunci"));
    }
    let shown = stored(&loaded.detail);
    page(&build(
        &Reader::of(&staff),
        &loaded,
        &shown,
        &Problems::none(),
        Vec::new(),
    ))
}

async fn load(tx: &mut Tx, staff: &Staff, id: SkpId) -> Result<Loaded, PageError> {
    let (detail, permit) = either(tx, staff, id).await?;
    let skp = &detail.skp;
    let people = People::new(org::queries::employees_by_id(tx, skp.agency_id, &[skp.person_id]).await?);
    let owner = people.name(Some(skp.person_id)).unwrap_or_default().to_owned();
    Ok(Loaded {
        role: permit.reason(),
        detail,
        owner,
    })
}

/// The owner, or the superior.
async fn either(tx: &mut Tx, staff: &Staff, id: SkpId) -> Result<(Detail, Permit), PageError> {
    let (detail, seen) = open(tx, staff, Action::View, id).await?;
    match seen.reason() {
        "owner" | "superior" => Ok((detail, seen)),
        _ => Err(Denied::Refused.into()),
    }
}

/// `POST /skp/{id}/ekspektasi`
pub(super) async fn save(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
    form: FormData,
) -> PageResult {
    let t = staff.t;
    let id: SkpId = parse(&id)?;
    let autosave = edit::is_autosave(&headers);
    let mut loaded = db::read!(app.db, async |tx| load(tx, &staff, id).await)?;
    let form = match autosave {
        true => edit::over(&stored(&loaded.detail), &form),
        false => form,
    };
    let mut problems = Problems::none();
    for name in NAMES {
        form.paragraph_opt(name, EXPECTATION_MAX, &mut problems);
    }
    let typed = Value::ALL.iter().zip(NAMES).filter(|(_, name)| form.has(name));
    let input = ExpectationsInput {
        skp: id,
        version: form.version(),
        expectations: typed.map(|(&value, name)| (value, form.raw(name).to_owned())).collect(),
    };
    let mut rows = Vec::new();
    if problems.is_empty() {
        match commands::save_expectations(&app.db, &app.ctx, staff.actor(), input).await {
            Ok(done) if autosave => return edit::saved(&staff, done.version),
            Ok(_) => return see_other(&plan(id, "tersimpan")),
            Err(error) => match edit::refused(t, error, NAMES[0], &mut problems)? {
                Refused::Problems => {}
                Refused::Stale(_) if autosave => return edit::stale(t),
                Refused::Stale(now) => {
                    loaded.detail = *now;
                    rows = stale(&loaded.detail, &form);
                    if rows.is_empty() {
                        return see_other(&plan(id, "tersimpan"));
                    }
                }
            },
        }
    }
    if autosave {
        return edit::unsaved(t, &problems);
    }
    let status = match problems.is_empty() {
        true => StatusCode::CONFLICT,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    page_with_status(status, &build(&Reader::of(&staff), &loaded, &form, &problems, rows))
}

fn stored(detail: &Detail) -> FormData {
    FormData::from_pairs(
        Value::ALL
            .iter()
            .zip(NAMES)
            .map(|(&value, name)| (name, detail.expectation(value))),
    )
}

fn stale(detail: &Detail, typed: &FormData) -> Vec<StaleRow> {
    let fields: Vec<(&'static str, &'static str)> = Value::ALL
        .iter()
        .zip(NAMES)
        .map(|(value, name)| (name, value.label()))
        .filter(|(name, _)| typed.has(name))
        .collect();
    edit::differing(&stored(detail), typed, &fields, |_, value| value.to_owned())
}

pub(super) fn build(
    reader: &Reader<'_>,
    loaded: &Loaded,
    form: &FormData,
    problems: &Problems,
    stale: Vec<StaleRow>,
) -> ExpectationsPage {
    let t = reader.t;
    let id = loaded.detail.skp.id;
    let (nav, lead) = match loaded.role {
        "owner" => (Nav::Skp, t.skp_expectations_lead_owner().to_owned()),
        _ => (Nav::Team, t.skp_expectations_lead_superior(&loaded.owner)),
    };
    let field = |(&value, name): (&Value, &'static str)| {
        Field::new(
            t,
            name,
            format!("{}. {}", value.number(), value.label()),
            FieldKind::Paragraph(3),
        )
        .optional()
        .hint(value.guides().join(" · "))
        .max(EXPECTATION_MAX)
        .from(form, problems)
    };
    ExpectationsPage {
        shell: reader
            .shell(nav, t.skp_expectations_title())
            .problems(!problems.is_empty()),
        t,
        problems: problems.all(t),
        head: Head::new(t, &loaded.detail, format!("/skp/{id}/ekspektasi"), true),
        stale,
        lead,
        fields: Value::ALL.iter().zip(NAMES).map(field).collect(),
    }
}
