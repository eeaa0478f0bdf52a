//! One person for administration: the record, what can be changed; and those who have no superior.

use askama::Template;
use axum::extract::{Path, State};
use i18n::Texts;
use jiff::civil::Date;
use kernel::{Code, Cursor, PersonId};
use org::commands::people::{self, PersonError, RecordInput};
use org::model::{PersonStatus, PlacementKind, SuperiorBasis};
use org::queries::{EmployeeFilter, EmployeeRow, PersonPage};
use policy::{Action, Facts, Kind, Permit};
use regulation::nip::Nip;

use super::form::FormPage;
use crate::shared::{
    AppState, Choice, Field, FieldKind, FormData, Nav, PageError, PageResult, Problems, QueryData, Shell, Staff, page,
    see_other,
};

/// A person whom the reader administers.
pub(super) async fn administered(staff: &Staff, app: &AppState, id: &str) -> Result<PersonPage, PageError> {
    super::enter(staff)?;
    let id: PersonId = id.parse().map_err(|_| PageError::NotFound)?;
    let agency = staff.session.agency.id;
    let found = db::read!(app.db, async |tx| org::queries::person_page(tx, agency, id).await)?;
    let found = found.ok_or(PageError::NotFound)?;
    manages(staff, &found.today)?;
    Ok(found)
}

fn manages(staff: &Staff, person: &EmployeeRow) -> Result<Permit, PageError> {
    let agency = staff.session.agency.id;
    let facts = Facts::of_person(Kind::Person, agency, &person.unit_path, person.id, person.superior);
    Ok(policy::decide(staff.actor(), Action::Manage, &facts).permit()?)
}

pub(super) fn at(person: &PersonPage) -> String {
    format!("/kelola/pegawai/{}", person.today.id)
}

/// A form about a person.
pub(super) fn framed(staff: &Staff, person: &PersonPage, title: &'static str, action: &str) -> FormPage {
    let home = at(person);
    FormPage::new(staff, title, format!("{home}/{action}"), &home).crumb(&home, &person.today.full_name)
}

struct Row {
    href: String,
    name: String,
    text: String,
}

#[derive(Template)]
#[template(path = "admin/people.html")]
struct PeopleView {
    shell: Shell,
    t: Texts,
    crumbs: Vec<(String, String)>,
    rows: Vec<Row>,
    next: Option<String>,
    is_first: bool,
}

/// `GET /kelola/tanpa-atasan`: whose superior nobody knows.
pub(super) async fn without_superior(
    staff: Staff,
    State(app): State<AppState>,
    QueryData(query): QueryData,
) -> PageResult {
    super::enter(&staff)?;
    let scope = policy::scope(staff.actor(), Kind::Account);
    let after = Cursor::decode(query.raw("setelah"));
    let filter = EmployeeFilter {
        basis: Some(SuperiorBasis::None),
        ..EmployeeFilter::default()
    };
    let (found, _) = db::read!(app.db, async |tx| org::queries::employees(
        tx,
        &scope,
        &filter,
        after.as_ref()
    )
    .await)?;
    let t = staff.t;
    let row = |e: EmployeeRow| Row {
        href: if manages(&staff, &e).is_ok() {
            format!("/kelola/pegawai/{}", e.id)
        } else {
            format!("/pegawai/{}", e.id)
        },
        name: e.full_name,
        text: [e.position_title, e.unit_name]
            .into_iter()
            .filter(|s| !s.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
    };
    let link = |cursor: Cursor| {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("setelah", &cursor.encode())
            .finish();
        format!("/kelola/tanpa-atasan?{query}")
    };
    page(&PeopleView {
        shell: Shell::staff(&staff, Nav::Admin, t.admin_lonely()),
        t,
        crumbs: vec![("/kelola".to_owned(), t.nav_admin().to_owned())],
        rows: found.rows.into_iter().map(row).collect(),
        next: found.next.map(link),
        is_first: after.is_none(),
    })
}

/// Something with dates that can be ended.
struct Dated {
    text: String,
    dates: String,
    note: String,
    end: Option<String>,
}

#[derive(Template)]
#[template(path = "admin/person.html")]
struct PersonView {
    shell: Shell,
    t: Texts,
    crumbs: Vec<(String, String)>,
    done: bool,
    id: String,
    superior: String,
    overrides: Vec<Dated>,
    placements: Vec<Dated>,
}

/// `GET /kelola/pegawai/{id}`
pub(super) async fn show(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    QueryData(query): QueryData,
) -> PageResult {
    let person = administered(&staff, &app, &id).await?;
    let shell = Shell::staff(&staff, Nav::Admin, person.today.full_name.clone());
    let done = query.raw("pesan") == "tersimpan";
    page(&person_view(staff.t, shell, &person, staff.today(), done))
}

fn person_view(t: Texts, shell: Shell, person: &PersonPage, today: Date, done: bool) -> PersonView {
    let home = at(person);
    let open = |last: Option<Date>| last.is_none_or(|last| last >= today);
    let span = |first, last: Option<Date>| {
        t.org_from_to(
            t.date_long(first),
            last.map_or_else(|| t.org_until_now().to_owned(), |d| t.date_long(d)),
        )
    };
    PersonView {
        shell,
        t,
        crumbs: vec![
            ("/kelola".to_owned(), t.nav_admin().to_owned()),
            (
                format!("/pegawai/{}", person.today.id),
                t.admin_account_person().to_owned(),
            ),
        ],
        done,
        id: person.today.id.to_string(),
        superior: person.superior.as_ref().map_or_else(
            || t.org_basis_none().to_owned(),
            |s| t.admin_joined(&s.name, &s.position_title),
        ),
        overrides: person
            .overrides
            .iter()
            .map(|o| Dated {
                text: o.superior_name.clone(),
                dates: span(o.valid_from, o.valid_to),
                note: o.reason.clone(),
                end: open(o.valid_to).then(|| format!("{home}/atasan/{}", o.id)),
            })
            .collect(),
        placements: person
            .placements
            .iter()
            .map(|p| Dated {
                text: format!("{} · {}", p.title, p.unit_name),
                dates: span(p.valid_from, p.valid_to),
                note: placement(t, p.kind).to_owned(),
                end: open(p.valid_to).then(|| format!("{home}/jabatan/{}", p.id)),
            })
            .collect(),
    }
}

/// How a position is held.
pub(super) fn placement(t: Texts, kind: PlacementKind) -> &'static str {
    match kind {
        PlacementKind::Definitive => t.org_placement_definitive(),
        PlacementKind::Plt => t.org_placement_plt(),
        PlacementKind::Plh => t.org_placement_plh(),
    }
}

/// The two days of something.
pub(super) fn dates(t: Texts, page: FormPage, form: &FormData, problems: &Problems, today: Date) -> FormPage {
    page.field(
        Field::new(t, "mulai", t.admin_first_day(), FieldKind::Date)
            .value(today.to_string())
            .from(form, problems),
    )
    .field(
        Field::new(t, "akhir", t.admin_last_day(), FieldKind::Date)
            .hint(t.admin_last_day_hint())
            .optional()
            .from(form, problems),
    )
}

/// The days of a form; the first must be there.
pub(super) fn days(t: Texts, form: &FormData, problems: &mut Problems) -> Option<(Date, Option<Date>)> {
    let (first, last) = (form.date("mulai"), form.date("akhir"));
    if first.is_none() {
        problems.say("mulai", t.admin_date_wrong());
    }
    if last.is_none() && !form.raw("akhir").trim().is_empty() {
        problems.say("akhir", t.admin_date_wrong());
    }
    first.map(|first| (first, last))
}

/// `GET /kelola/pegawai/{id}/data`
pub(super) async fn edit_form(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let person = administered(&staff, &app, &id).await?;
    edit_page(&staff, &person, &FormData::default(), &Problems::none(), false)
}

fn record_fields(
    t: Texts,
    page: FormPage,
    person: Option<&PersonPage>,
    form: &FormData,
    problems: &Problems,
) -> FormPage {
    let text = |get: fn(&PersonPage) -> &str| person.map_or("", get);
    let statuses = PersonStatus::ALL
        .iter()
        .map(|s| Choice::new(s.code(), crate::org::status_word(t, *s).label))
        .collect();
    let sexes = vec![
        Choice::new("", t.not_set()),
        Choice::new("L", t.admin_sex_male()),
        Choice::new("P", t.admin_sex_female()),
    ];
    page.field(
        Field::line(t, "nama", t.admin_person_name())
            .value(text(|p| &p.name))
            .max(150)
            .from(form, problems),
    )
    .field(
        Field::line(t, "gelar-depan", t.admin_title_front())
            .value(text(|p| &p.title_front))
            .optional()
            .max(60)
            .from(form, problems),
    )
    .field(
        Field::line(t, "gelar-belakang", t.admin_title_back())
            .value(text(|p| &p.title_back))
            .optional()
            .max(100)
            .from(form, problems),
    )
    .field(
        Field::new(t, "lahir", t.admin_birth_date(), FieldKind::Date)
            .value(
                person
                    .and_then(|p| p.birth_date)
                    .map_or_else(String::new, |d| d.to_string()),
            )
            .optional()
            .from(form, problems),
    )
    .field(
        Field::new(t, "kelamin", t.admin_sex(), FieldKind::Select(sexes))
            .value(person.and_then(|p| p.sex).map_or("", |s| s.code()))
            .optional()
            .from(form, problems),
    )
    .field(
        Field::new(t, "surel", t.org_email(), FieldKind::Line("email"))
            .value(person.and_then(|p| p.email.as_deref()).unwrap_or(""))
            .optional()
            .max(200)
            .from(form, problems),
    )
    .field(
        Field::new(t, "status", t.org_status(), FieldKind::Select(statuses))
            .value(person.map_or(PersonStatus::Active, |p| p.status).code())
            .from(form, problems),
    )
}

fn edit_page(staff: &Staff, person: &PersonPage, form: &FormData, problems: &Problems, stale: bool) -> PageResult {
    let t = staff.t;
    let mut view = framed(staff, person, t.admin_person_edit(), "data").hidden("version", person.version.to_string());
    if stale {
        view = view
            .stale()
            .fact(t.admin_person_name(), &person.name)
            .fact(t.admin_title_front(), &person.title_front)
            .fact(t.admin_title_back(), &person.title_back)
            .fact(t.org_email(), person.email.as_deref().unwrap_or(""))
            .fact(t.org_status(), crate::org::status_word(t, person.status).label);
    }
    record_fields(t, view, Some(person), form, problems)
        .button(t.save(), t.admin_person_edit_after())
        .answer(problems)
}

fn record(t: Texts, form: &FormData, problems: &mut Problems) -> Option<RecordInput> {
    let birth_date = form.date("lahir");
    if birth_date.is_none() && !form.raw("lahir").trim().is_empty() {
        problems.say("lahir", t.admin_date_wrong());
    }
    let sex = match form.raw("kelamin") {
        "" => None,
        _ => form.code("kelamin", problems),
    };
    Some(RecordInput {
        name: form.raw("nama").to_owned(),
        title_front: form.raw("gelar-depan").to_owned(),
        title_back: form.raw("gelar-belakang").to_owned(),
        birth_date,
        sex,
        email: form.raw("surel").to_owned(),
        status: form.code("status", problems)?,
    })
}

/// The sentence for what is wrong with a record; `Ok(true)` when somebody else was faster.
fn person_problem(t: Texts, error: PersonError, problems: &mut Problems) -> Result<bool, PageError> {
    match error {
        PersonError::Name => problems.say("nama", t.admin_person_name_wrong()),
        PersonError::Title => problems.say("gelar-depan", t.admin_person_title_wrong()),
        PersonError::Email => problems.say("surel", t.first_email_wrong()),
        PersonError::EmailTaken => problems.say("surel", t.admin_person_email_taken()),
        PersonError::Number(_) => problems.say("nomor", t.admin_person_number_wrong()),
        PersonError::NumberTaken => problems.say("nomor", t.admin_person_number_taken()),
        PersonError::Dates => problems.say("nomor", t.admin_dates_wrong()),
        PersonError::Grade => problems.say("status", t.import_finding_grade_unknown()),
        PersonError::Stale { .. } => return Ok(true),
        PersonError::NotFound => return Err(PageError::NotFound),
        PersonError::Denied(denied) => return Err(denied.into()),
        PersonError::Internal(error) => return Err(error.into()),
    }
    Ok(false)
}

/// `POST /kelola/pegawai/{id}/data`
pub(super) async fn edit(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    let person = administered(&staff, &app, &id).await?;
    let mut problems = Problems::none();
    let input = record(staff.t, &form, &mut problems);
    if let (Some(input), true) = (input, problems.is_empty()) {
        match people::edit(&app.db, &app.ctx, staff.actor(), person.today.id, input, form.version()).await {
            Ok(()) => return see_other(&format!("{}?pesan=tersimpan", at(&person))),
            Err(error) => {
                if person_problem(staff.t, error, &mut problems)? {
                    return edit_page(&staff, &person, &form, &problems, true);
                }
            }
        }
    }
    edit_page(&staff, &person, &form, &problems, false)
}

/// `GET /kelola/pegawai/baru`
pub(super) async fn new_form(staff: Staff) -> PageResult {
    super::agency(&staff, Action::Manage)?;
    new_page(&staff, &FormData::default(), &Problems::none())
}

fn new_page(staff: &Staff, form: &FormData, problems: &Problems) -> PageResult {
    let t = staff.t;
    let view = FormPage::new(staff, t.admin_person_new(), "/kelola/pegawai/baru", "/kelola").field(
        Field::line(t, "nomor", t.admin_person_number())
            .hint(t.admin_person_number_hint())
            .optional()
            .inputmode("numeric")
            .max(30)
            .from(form, problems),
    );
    record_fields(t, view, None, form, problems)
        .button(t.admin_person_create(), t.admin_person_create_after())
        .answer(problems)
}

/// `POST /kelola/pegawai/baru`
pub(super) async fn create(staff: Staff, State(app): State<AppState>, form: FormData) -> PageResult {
    super::agency(&staff, Action::Manage)?;
    let mut problems = Problems::none();
    let number = form.raw("nomor").trim();
    if !number.is_empty() && Nip::parse(number).is_err() {
        problems.say("nomor", staff.t.admin_person_number_wrong());
    }
    let input = record(staff.t, &form, &mut problems);
    if let (Some(input), true) = (input, problems.is_empty()) {
        let number = Some(number).filter(|n| !n.is_empty());
        match people::create(&app.db, &app.ctx, staff.actor(), input, number).await {
            Ok(id) => return see_other(&format!("/kelola/pegawai/{id}?pesan=tersimpan")),
            Err(error) => person_problem(staff.t, error, &mut problems).map(drop)?,
        }
    }
    new_page(&staff, &form, &problems)
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;

    /// Those without superior: some, and none; a person with everything, and bare.
    pub(crate) fn all(t: Texts) -> Vec<String> {
        let list = |rows, next| PeopleView {
            shell: Shell::sample(t, t.admin_lonely()),
            t,
            crumbs: Vec::new(),
            rows,
            next,
            is_first: false,
        };
        let row = Row {
            href: "/kelola/pegawai/1".into(),
            name: "<script>".into(),
            text: "Analis & <b>".into(),
        };
        let dated = |end: Option<&str>| Dated {
            text: "<script>alert(1)</script>".into(),
            dates: "1 Januari".into(),
            note: "<b>".into(),
            end: end.map(str::to_owned),
        };
        let person = |overrides, placements| PersonView {
            shell: Shell::sample(t, "Ratna <b>"),
            t,
            crumbs: Vec::new(),
            done: true,
            id: "1".into(),
            superior: "<script>".into(),
            overrides,
            placements,
        };
        vec![
            list(vec![row], Some("/x".to_owned())).render(),
            list(Vec::new(), None).render(),
            person(vec![dated(Some("/x"))], vec![dated(None), dated(Some("/y"))]).render(),
            person(Vec::new(), Vec::new()).render(),
        ]
        .into_iter()
        .map(|page| page.expect("renders"))
        .collect()
    }
}
