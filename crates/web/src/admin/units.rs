//! One unit for administration: its name, its place, what lies below it, its positions, its end.

use askama::Template;
use axum::extract::{Path, State};
use i18n::Texts;
use kernel::{Code, UnitId};
use org::commands::positions::{self, PositionError};
use org::commands::units::{self, CreateInput, UnitError};
use org::model::{PositionKind, PositionLevel, UnitKind};
use org::queries::{PositionOption, UnitBrief};
use policy::{Action, Facts, Kind};

use super::form::FormPage;
use crate::shared::{
    AppState, Choice, Field, FieldKind, FormData, Nav, PageError, PageResult, Problem, Problems, QueryData, Shell,
    Staff, page, see_other,
};

/// A unit that the reader administers.
async fn administered(staff: &Staff, app: &AppState, id: &str) -> Result<UnitBrief, PageError> {
    super::enter(staff)?;
    let id: UnitId = id.parse().map_err(|_| PageError::NotFound)?;
    let agency = staff.session.agency.id;
    let found = db::read!(app.db, async |tx| org::queries::unit_page(tx, agency, id).await)?;
    let unit = found.ok_or(PageError::NotFound)?.unit;
    let facts = Facts::of_unit(Kind::Unit, agency, &unit.path);
    policy::decide(staff.actor(), Action::Manage, &facts).permit()?;
    Ok(unit)
}

fn at(unit: &UnitBrief) -> String {
    format!("/kelola/unit/{}", unit.id)
}

fn framed(staff: &Staff, unit: &UnitBrief, title: &'static str, action: &str) -> FormPage {
    let home = at(unit);
    FormPage::new(staff, title, format!("{home}/{action}"), &home).crumb(&home, &unit.name)
}

#[derive(Template)]
#[template(path = "admin/unit.html")]
struct UnitView {
    shell: Shell,
    t: Texts,
    crumbs: Vec<(String, String)>,
    done: bool,
    id: String,
    code: String,
    closed: bool,
    positions: Vec<(String, String, bool)>,
}

/// `GET /kelola/unit/{id}`
pub(super) async fn show(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    QueryData(query): QueryData,
) -> PageResult {
    let unit = administered(&staff, &app, &id).await?;
    let agency = staff.session.agency.id;
    let positions = db::read!(app.db, async |tx| org::queries::positions_of(tx, agency, unit.id).await)?;
    let shell = Shell::staff(&staff, Nav::Admin, unit.name.clone());
    let done = query.raw("pesan") == "tersimpan";
    page(&unit_view(staff.t, shell, &unit, positions, done))
}

fn unit_view(t: Texts, shell: Shell, unit: &UnitBrief, positions: Vec<PositionOption>, done: bool) -> UnitView {
    UnitView {
        shell,
        t,
        crumbs: vec![
            ("/kelola".to_owned(), t.nav_admin().to_owned()),
            (format!("/unit/{}", unit.id), t.admin_unit_page().to_owned()),
        ],
        done,
        id: unit.id.to_string(),
        code: unit.code.clone(),
        closed: unit.valid_to.is_some(),
        positions: positions
            .into_iter()
            .map(|p| {
                let holder = p.holder.unwrap_or_else(|| t.admin_vacant().to_owned());
                (p.title, holder, p.is_head)
            })
            .collect(),
    }
}

/// The sentence for what is wrong with a unit, at `field`; `Ok(true)` when somebody else was faster.
fn unit_problem(t: Texts, field: &'static str, error: UnitError, problems: &mut Problems) -> Result<bool, PageError> {
    match error {
        UnitError::Code => problems.say("kode", t.first_agency_code_wrong()),
        UnitError::CodeTaken => problems.say("kode", t.admin_unit_code_taken()),
        UnitError::Name => problems.add("nama", Problem::Required),
        UnitError::SecondRoot => problems.say(field, t.admin_unit_second_root()),
        UnitError::NoParent => problems.say(field, t.admin_unit_unknown()),
        UnitError::Cycle => problems.say(field, t.admin_unit_cycle()),
        UnitError::TooDeep => problems.say(field, t.admin_unit_too_deep()),
        UnitError::HasUnits => problems.say(field, t.admin_unit_has_units()),
        UnitError::HasPeople => problems.say(field, t.admin_unit_has_people()),
        UnitError::Closed => problems.say(field, t.admin_unit_closed()),
        UnitError::Stale { .. } => return Ok(true),
        UnitError::NotFound => return Err(PageError::NotFound),
        UnitError::Denied(denied) => return Err(denied.into()),
        UnitError::Internal(error) => return Err(error.into()),
    }
    Ok(false)
}

/// `GET /kelola/unit/{id}/nama`
pub(super) async fn rename_form(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let unit = administered(&staff, &app, &id).await?;
    rename_page(&staff, &unit, &FormData::default(), &Problems::none(), false)
}

fn rename_page(staff: &Staff, unit: &UnitBrief, form: &FormData, problems: &Problems, stale: bool) -> PageResult {
    let t = staff.t;
    let mut page = framed(staff, unit, t.admin_unit_rename(), "nama")
        .fact(t.admin_unit_name_now(), &unit.name)
        .hidden("version", unit.version.to_string())
        .field(
            Field::line(t, "nama", t.admin_unit_name())
                .value(&unit.name)
                .max(200)
                .from(form, problems),
        )
        .button(t.admin_unit_rename(), t.admin_unit_rename_after());
    if stale {
        page = page.stale();
    }
    page.answer(problems)
}

/// `POST /kelola/unit/{id}/nama`
pub(super) async fn rename(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    let unit = administered(&staff, &app, &id).await?;
    let mut problems = Problems::none();
    let done = units::rename(
        &app.db,
        &app.ctx,
        staff.actor(),
        unit.id,
        form.raw("nama"),
        form.version(),
    )
    .await;
    match done {
        Ok(()) => see_other(&format!("{}?pesan=tersimpan", at(&unit))),
        Err(error) => {
            let stale = unit_problem(staff.t, "nama", error, &mut problems)?;
            rename_page(&staff, &unit, &form, &problems, stale)
        }
    }
}

/// `GET /kelola/unit/{id}/pindah`
pub(super) async fn relocate_form(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let unit = administered(&staff, &app, &id).await?;
    relocate_page(&staff, &app, &unit, &FormData::default(), &Problems::none(), false).await
}

async fn relocate_page(
    staff: &Staff,
    app: &AppState,
    unit: &UnitBrief,
    form: &FormData,
    problems: &Problems,
    stale: bool,
) -> PageResult {
    let t = staff.t;
    let agency = staff.session.agency.id;
    let all = db::read!(app.db, async |tx| org::queries::unit_options(tx, agency).await)?;
    let above = all.iter().find(|u| Some(u.id) == unit.parent);
    let choices = all
        .iter()
        .filter(|u| staff.actor().administers(&u.path) && !u.path.starts_with(&unit.path))
        .map(|u| Choice::new(u.id.to_string(), super::words::indented(u)))
        .collect();
    let mut page = framed(staff, unit, t.admin_unit_move(), "pindah")
        .fact(t.admin_unit_above_now(), above.map_or(t.none(), |u| u.name.as_str()))
        .hidden("version", unit.version.to_string())
        .field(
            Field::new(t, "induk", t.admin_unit_above(), FieldKind::Select(choices))
                .value(unit.parent.map_or_else(String::new, |p| p.to_string()))
                .from(form, problems),
        )
        .button(t.admin_unit_move(), t.admin_unit_move_after());
    if stale {
        page = page.stale();
    }
    page.answer(problems)
}

/// `POST /kelola/unit/{id}/pindah`
pub(super) async fn relocate(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    let unit = administered(&staff, &app, &id).await?;
    let mut problems = Problems::none();
    let Some(parent) = form.id("induk") else {
        problems.say("induk", staff.t.admin_unit_unknown());
        return relocate_page(&staff, &app, &unit, &form, &problems, false).await;
    };
    let (actor, version) = (staff.actor(), form.version());
    match units::relocate(&app.db, &app.ctx, actor, unit.id, Some(parent), version).await {
        Ok(()) => see_other(&format!("{}?pesan=tersimpan", at(&unit))),
        Err(error) => {
            let stale = unit_problem(staff.t, "induk", error, &mut problems)?;
            relocate_page(&staff, &app, &unit, &form, &problems, stale).await
        }
    }
}

/// `GET /kelola/unit/{id}/tutup`
pub(super) async fn close_form(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let unit = administered(&staff, &app, &id).await?;
    close_page(&staff, &unit, &FormData::default(), &Problems::none(), false)
}

fn close_page(staff: &Staff, unit: &UnitBrief, form: &FormData, problems: &Problems, stale: bool) -> PageResult {
    let t = staff.t;
    let mut page = framed(staff, unit, t.admin_unit_close(), "tutup")
        .lead(t.admin_unit_close_lead())
        .hidden("version", unit.version.to_string())
        .field(
            Field::new(t, "akhir", t.admin_last_day(), FieldKind::Date)
                .value(staff.today().to_string())
                .from(form, problems),
        )
        .button(t.admin_unit_close(), t.admin_unit_close_after())
        .danger();
    if stale {
        page = page.stale();
    }
    page.answer(problems)
}

/// `POST /kelola/unit/{id}/tutup`
pub(super) async fn close(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    let unit = administered(&staff, &app, &id).await?;
    let mut problems = Problems::none();
    let Some(last) = form.date("akhir") else {
        problems.say("akhir", staff.t.admin_date_wrong());
        return close_page(&staff, &unit, &form, &problems, false);
    };
    match units::close(&app.db, &app.ctx, staff.actor(), unit.id, last, form.version()).await {
        Ok(()) => see_other(&format!("{}?pesan=tersimpan", at(&unit))),
        Err(error) => {
            let stale = unit_problem(staff.t, "akhir", error, &mut problems)?;
            close_page(&staff, &unit, &form, &problems, stale)
        }
    }
}

/// `GET /kelola/unit/{id}/bawahan`
pub(super) async fn create_form(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let unit = administered(&staff, &app, &id).await?;
    create_page(&staff, &unit, &FormData::default(), &Problems::none())
}

fn create_page(staff: &Staff, unit: &UnitBrief, form: &FormData, problems: &Problems) -> PageResult {
    let t = staff.t;
    let kinds = UnitKind::ALL
        .iter()
        .map(|k| Choice::new(k.code(), k.code().replace('_', " ")))
        .collect();
    framed(staff, unit, t.admin_unit_new(), "bawahan")
        .fact(t.admin_unit_above(), &unit.name)
        .field(
            Field::line(t, "kode", t.admin_unit_code())
                .hint(t.first_agency_code_hint())
                .max(40)
                .from(form, problems),
        )
        .field(
            Field::line(t, "nama", t.admin_unit_name())
                .max(200)
                .from(form, problems),
        )
        .field(
            Field::new(t, "jenis", t.admin_unit_kind(), FieldKind::Select(kinds))
                .value(UnitKind::Other.code())
                .from(form, problems),
        )
        .field(
            Field::new(t, "mulai", t.admin_first_day(), FieldKind::Date)
                .value(staff.today().to_string())
                .from(form, problems),
        )
        .button(t.admin_unit_new(), t.admin_unit_new_after())
        .answer(problems)
}

/// `POST /kelola/unit/{id}/bawahan`
pub(super) async fn create(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    let unit = administered(&staff, &app, &id).await?;
    let mut problems = Problems::none();
    let kind: Option<UnitKind> = form.code("jenis", &mut problems);
    let from = form.date("mulai");
    if from.is_none() {
        problems.say("mulai", staff.t.admin_date_wrong());
    }
    if let (Some(kind), Some(valid_from)) = (kind, from) {
        let input = CreateInput {
            code: form.raw("kode").to_owned(),
            name: form.raw("nama").to_owned(),
            kind,
            parent: Some(unit.id),
            valid_from,
        };
        match units::create(&app.db, &app.ctx, staff.actor(), input).await {
            Ok(id) => return see_other(&format!("/kelola/unit/{id}?pesan=tersimpan")),
            Err(error) => unit_problem(staff.t, "kode", error, &mut problems).map(drop)?,
        }
    }
    create_page(&staff, &unit, &form, &problems)
}

/// `GET /kelola/unit/{id}/jabatan`
pub(super) async fn position_form(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let unit = administered(&staff, &app, &id).await?;
    position_page(&staff, &unit, &FormData::default(), &Problems::none())
}

fn position_page(staff: &Staff, unit: &UnitBrief, form: &FormData, problems: &Problems) -> PageResult {
    let t = staff.t;
    let plain = |code: &'static str| Choice::new(code, code.replace('_', " "));
    let kinds = PositionKind::ALL.iter().map(|k| plain(k.code())).collect();
    let levels = std::iter::once(Choice::new("", t.none()))
        .chain(PositionLevel::ALL.iter().map(|l| plain(l.code())))
        .collect();
    let heads = vec![Choice::new("tidak", t.no()), Choice::new("ya", t.yes())];
    framed(staff, unit, t.admin_position_new(), "jabatan")
        .fact(t.org_unit(), &unit.name)
        .field(
            Field::line(t, "kode", t.admin_position_code())
                .max(60)
                .from(form, problems),
        )
        .field(
            Field::line(t, "nama", t.admin_position_title())
                .max(200)
                .from(form, problems),
        )
        .field(Field::new(t, "jenis", t.admin_position_kind(), FieldKind::Select(kinds)).from(form, problems))
        .field(
            Field::new(t, "jenjang", t.admin_position_level(), FieldKind::Select(levels))
                .optional()
                .from(form, problems),
        )
        .field(
            Field::new(t, "kepala", t.admin_position_head(), FieldKind::Radios(heads))
                .value("tidak")
                .from(form, problems),
        )
        .field(
            Field::new(t, "mulai", t.admin_first_day(), FieldKind::Date)
                .value(staff.today().to_string())
                .from(form, problems),
        )
        .button(t.admin_position_new(), t.admin_position_new_after())
        .answer(problems)
}

/// `POST /kelola/unit/{id}/jabatan`
pub(super) async fn position(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    let unit = administered(&staff, &app, &id).await?;
    let t = staff.t;
    let mut problems = Problems::none();
    let kind: Option<PositionKind> = form.code("jenis", &mut problems);
    let level = match form.raw("jenjang") {
        "" => None,
        _ => form.code("jenjang", &mut problems),
    };
    let from = form.date("mulai");
    if from.is_none() {
        problems.say("mulai", t.admin_date_wrong());
    }
    if let (Some(kind), Some(valid_from), true) = (kind, from, problems.is_empty()) {
        let input = positions::CreateInput {
            unit: unit.id,
            code: form.raw("kode").to_owned(),
            title: form.raw("nama").to_owned(),
            kind,
            level,
            is_head: form.raw("kepala") == "ya",
            valid_from,
        };
        match positions::create(&app.db, &app.ctx, staff.actor(), input).await {
            Ok(_) => return see_other(&format!("{}?pesan=tersimpan", at(&unit))),
            Err(PositionError::Code) => problems.add("kode", Problem::Required),
            Err(PositionError::CodeTaken) => problems.say("kode", t.admin_position_code_taken()),
            Err(PositionError::Title) => problems.add("nama", Problem::Required),
            Err(PositionError::SecondHead) => problems.say("kepala", t.admin_position_second_head()),
            Err(PositionError::Level) => problems.say("jenjang", t.import_finding_level_mismatch()),
            Err(PositionError::Held | PositionError::NotFound) => return Err(PageError::NotFound),
            Err(PositionError::Denied(denied)) => return Err(denied.into()),
            Err(PositionError::Internal(error)) => return Err(error.into()),
        }
    }
    position_page(&staff, &unit, &form, &problems)
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;
    use kernel::Id;

    /// A unit with positions, and a closed one without.
    pub(crate) fn all(t: Texts) -> Vec<String> {
        let unit = |closed: bool| UnitBrief {
            id: Id::from_uuid(uuid::Uuid::from_u128(1)),
            code: "<b>".into(),
            name: "<script>".into(),
            kind: UnitKind::Other,
            parent: None,
            path: "A/".into(),
            depth: 1,
            valid_from: jiff::civil::date(2020, 1, 1),
            valid_to: closed.then(|| jiff::civil::date(2026, 1, 1)),
            version: 1,
        };
        let position = |holder: Option<&str>| PositionOption {
            id: Id::from_uuid(uuid::Uuid::from_u128(2)),
            title: "<script>".into(),
            is_head: holder.is_some(),
            holder: holder.map(str::to_owned),
        };
        let shell = || Shell::sample(t, "Dinas <b>");
        [
            unit_view(
                t,
                shell(),
                &unit(false),
                vec![position(Some("<i>")), position(None)],
                true,
            ),
            unit_view(t, shell(), &unit(true), Vec::new(), false),
        ]
        .iter()
        .map(|page| page.render().expect("renders"))
        .collect()
    }
}
