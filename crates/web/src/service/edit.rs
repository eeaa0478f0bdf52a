use askama::Template;
use axum::extract::{Path, State};
use http::StatusCode;
use i18n::Texts;
use jiff::civil::Date;
use org::queries::UnitBrief;
use policy::{Action, Actor, Facts, Kind, decide};
use service::model::{CatalogueProblem, Draft};
use service::queries::{self, Service};
use service::{CreateError, CreateService, EditError, EditService};

use crate::shared::{
    AppState, Choice, Field, FieldKind, FormData, Nav, PageError, PageResult, Problems, Shell, Staff, page,
    page_with_status, see_other,
};

/// The form of a service, new or known.
#[derive(Template)]
#[template(path = "service/form.html")]
struct FormPage {
    shell: Shell,
    t: Texts,
    problems: Vec<(&'static str, String)>,
    action: String,
    back: String,
    version: i64,
    /// Somebody else changed it meanwhile: the values that stand now.
    theirs: Option<Vec<(String, String)>>,
    fields: Vec<Field>,
}

/// `GET /layanan/baru`
pub(super) async fn new_form(staff: Staff, State(app): State<AppState>) -> PageResult {
    let units = managed_units(&app, &staff).await?;
    let first = FormData::from_pairs([("mulai", staff.today().to_string().as_str()), ("umum", "YA")]);
    let shell = Shell::staff(&staff, Nav::Services, "");
    page(&new_page(staff.t, shell, &units, &first, &Problems::none()))
}

/// `POST /layanan/baru`
pub(super) async fn new_submit(staff: Staff, State(app): State<AppState>, form: FormData) -> PageResult {
    let t = staff.t;
    let units = managed_units(&app, &staff).await?;
    let mut problems = Problems::none();
    let draft = draft(t, &form, &mut problems);
    let unit = form.id("unit");
    if unit.is_none() {
        problems.add("unit", crate::shared::Problem::Required);
    }
    if let Some(unit) = unit {
        if problems.is_empty() {
            match service::create(&app.db, &app.ctx, staff.actor(), &CreateService { unit, draft }).await {
                Ok(id) => return see_other(&format!("/layanan/{id}?pesan=terdaftar")),
                Err(CreateError::Invalid(broken)) => explain(t, &broken, &mut problems),
                Err(CreateError::SlugTaken) => problems.say("alamat", t.service_form_slug_taken()),
                Err(CreateError::Denied(denied)) => return Err(denied.into()),
                Err(CreateError::NotFound) => return Err(PageError::NotFound),
                Err(CreateError::Internal(error)) => return Err(error.into()),
            }
        } else if let Err(broken) = draft.check() {
            explain(t, &broken, &mut problems);
        }
    }
    let shell = Shell::staff(&staff, Nav::Services, "");
    let shown = new_page(t, shell, &units, &form, &problems);
    page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}

/// `GET /layanan/{id}/ubah`
pub(super) async fn edit_form(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let service = managed_service(&app, &staff, &id).await?;
    let shell = Shell::staff(&staff, Nav::Services, "");
    let values = values(&service);
    page(&edit_page(staff.t, shell, &service, None, &values, &Problems::none()))
}

/// `POST /layanan/{id}/ubah`
pub(super) async fn edit_submit(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    let t = staff.t;
    let service = managed_service(&app, &staff, &id).await?;
    let mut problems = Problems::none();
    let draft = draft(t, &form, &mut problems);
    let shell = Shell::staff(&staff, Nav::Services, "");
    if problems.is_empty() {
        let input = EditService {
            service: service.id,
            version: form.version(),
            draft,
        };
        match service::edit(&app.db, &app.ctx, staff.actor(), &input).await {
            Ok(_) => return see_other(&format!("/layanan/{}?pesan=tersimpan", service.id)),
            Err(EditError::Stale(now)) => {
                let shown = edit_page(t, shell, &now, Some(&now), &form, &problems);
                return page_with_status(StatusCode::CONFLICT, &shown);
            }
            Err(EditError::Invalid(broken)) => explain(t, &broken, &mut problems),
            Err(EditError::SlugTaken) => problems.say("alamat", t.service_form_slug_taken()),
            Err(EditError::Denied(denied)) => return Err(denied.into()),
            Err(EditError::NotFound) => return Err(PageError::NotFound),
            Err(EditError::Internal(error)) => return Err(error.into()),
        }
    } else if let Err(broken) = draft.check() {
        explain(t, &broken, &mut problems);
    }
    let mut shown = edit_page(t, shell, &service, None, &form, &problems);
    // the version that was edited, so that correcting a mistake never hides what somebody else did meanwhile
    shown.version = form.version();
    page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}

/// A service that this member of staff may change.
async fn managed_service(app: &AppState, staff: &Staff, id: &str) -> Result<Service, PageError> {
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    db::read!(app.db, async |tx| {
        let (service, facts) = queries::find(tx, staff.actor(), id).await??;
        decide(staff.actor(), Action::Manage, &facts).permit()?;
        Ok::<_, PageError>(service)
    })
}

/// The units for which this member of staff may register services; refused when there is none.
async fn managed_units(app: &AppState, staff: &Staff) -> Result<Vec<UnitBrief>, PageError> {
    let actor = staff.actor();
    let mut units = db::read!(app.db, async |tx| {
        Ok::<_, PageError>(org::queries::unit_options(tx, actor.agency).await?)
    })?;
    units.retain(|unit| manages(actor, &unit.path));
    if units.is_empty() {
        return Err(PageError::Forbidden);
    }
    Ok(units)
}

/// True when `actor` may register services of the unit at `path`.
pub(super) fn manages(actor: &Actor, path: &str) -> bool {
    let facts = Facts::of_unit(Kind::Service, actor.agency, path);
    decide(actor, Action::Manage, &facts).is_allowed()
}

/// The form as the area takes it; numbers and dates that are none become problems here, all other rules are the
/// area's.
fn draft(t: Texts, form: &FormData, problems: &mut Problems) -> Draft {
    let mut whole = |name: &'static str, sentence: &str| {
        let text = form.raw(name).trim();
        let number = text.parse().ok();
        if !text.is_empty() && number.is_none() {
            problems.say(name, sentence);
        }
        number
    };
    let promise_days = whole("janji_hari", t.service_form_days_wrong());
    let population = whole("populasi", t.service_form_population_wrong());
    let mut day = |name: &'static str| {
        let date: Option<Date> = form.date(name);
        if date.is_none() && !form.raw(name).trim().is_empty() {
            problems.say(name, t.service_form_date_wrong());
        }
        date
    };
    let (valid_from, valid_to) = (day("mulai"), day("akhir"));
    let text = |name: &str| form.raw(name).to_owned();
    Draft {
        name: text("nama"),
        slug: text("alamat"),
        summary: text("uraian"),
        requirements: text("syarat"),
        fee: text("biaya"),
        promise: text("janji"),
        promise_days,
        data_source: text("sumber"),
        is_public: form.raw("umum") == "YA",
        population,
        valid_from,
        valid_to,
    }
}

fn explain(t: Texts, broken: &[CatalogueProblem], problems: &mut Problems) {
    for problem in broken {
        match *problem {
            CatalogueProblem::Name(error) => problems.text("nama", error),
            CatalogueProblem::Slug => problems.say("alamat", t.service_form_slug_wrong()),
            CatalogueProblem::Summary(error) => problems.text("uraian", error),
            CatalogueProblem::Requirements(error) => problems.text("syarat", error),
            CatalogueProblem::Fee(error) => problems.text("biaya", error),
            CatalogueProblem::Promise(error) => problems.text("janji", error),
            CatalogueProblem::DataSource(error) => problems.text("sumber", error),
            CatalogueProblem::PromiseDays => problems.say("janji_hari", t.service_form_days_wrong()),
            CatalogueProblem::Population => problems.say("populasi", t.service_form_population_wrong()),
            CatalogueProblem::ValidFrom => problems.say("mulai", t.service_form_date_wrong()),
            CatalogueProblem::ValidTo => problems.say("akhir", t.service_form_to_wrong()),
        }
    }
}

/// The values of a service as its form holds them.
fn values(service: &Service) -> FormData {
    let number = |n: Option<i64>| n.map_or_else(String::new, |n| n.to_string());
    let (days, population) = (number(service.promise_days), number(service.population));
    let from = service.valid_from.to_string();
    let to = service.valid_to.map_or_else(String::new, |day| day.to_string());
    FormData::from_pairs([
        ("nama", service.name.as_str()),
        ("alamat", &service.slug),
        ("uraian", &service.summary),
        ("syarat", &service.requirements),
        ("biaya", &service.fee),
        ("janji", &service.promise),
        ("janji_hari", &days),
        ("sumber", &service.data_source),
        ("umum", if service.is_public { "YA" } else { "TIDAK" }),
        ("populasi", &population),
        ("mulai", &from),
        ("akhir", &to),
    ])
}

/// Every field with its label, in the order of the form.
fn labelled(t: Texts) -> Vec<(&'static str, &'static str, Field)> {
    let public = vec![
        Choice::new("YA", t.yes()).hint(t.service_form_public_yes_hint()),
        Choice::new("TIDAK", t.no()).hint(t.service_form_public_no_hint()),
    ];
    let line = |name, label| Field::line(t, name, label);
    vec![
        (
            "nama",
            t.service_form_name(),
            line("nama", t.service_form_name()).max(200),
        ),
        (
            "alamat",
            t.service_form_slug(),
            line("alamat", t.service_form_slug())
                .hint(t.service_form_slug_hint())
                .max(60),
        ),
        (
            "uraian",
            t.service_form_summary(),
            Field::paragraph(t, "uraian", t.service_form_summary())
                .optional()
                .max(1_000),
        ),
        (
            "syarat",
            t.service_form_requirements(),
            Field::paragraph(t, "syarat", t.service_form_requirements())
                .optional()
                .hint(t.service_form_requirements_hint())
                .max(4_000),
        ),
        (
            "biaya",
            t.service_form_fee(),
            line("biaya", t.service_form_fee()).optional().max(300),
        ),
        (
            "janji",
            t.service_form_promise(),
            line("janji", t.service_form_promise()).optional().max(300),
        ),
        (
            "janji_hari",
            t.service_form_promise_days(),
            line("janji_hari", t.service_form_promise_days())
                .optional()
                .hint(t.service_form_promise_days_hint())
                .inputmode("numeric")
                .max(4),
        ),
        (
            "sumber",
            t.service_form_source(),
            line("sumber", t.service_form_source())
                .optional()
                .hint(t.service_form_source_hint())
                .max(500),
        ),
        (
            "populasi",
            t.service_form_population(),
            line("populasi", t.service_form_population())
                .optional()
                .hint(t.service_form_population_hint())
                .inputmode("numeric")
                .max(10),
        ),
        (
            "umum",
            t.service_form_public(),
            Field::new(t, "umum", t.service_form_public(), FieldKind::Radios(public)),
        ),
        (
            "mulai",
            t.service_form_from(),
            Field::new(t, "mulai", t.service_form_from(), FieldKind::Date),
        ),
        (
            "akhir",
            t.service_form_to(),
            Field::new(t, "akhir", t.service_form_to(), FieldKind::Date).optional(),
        ),
    ]
}

fn fields(t: Texts, form: &FormData, problems: &Problems) -> Vec<Field> {
    labelled(t)
        .into_iter()
        .map(|(_, _, field)| field.from(form, problems))
        .collect()
}

fn new_page(t: Texts, shell: Shell, units: &[UnitBrief], form: &FormData, problems: &Problems) -> FormPage {
    let choices = units.iter().map(|unit| Choice::new(unit.id.to_string(), &unit.name));
    let nothing = (units.len() > 1).then(|| Choice::new("", ""));
    let unit = FieldKind::Select(nothing.into_iter().chain(choices).collect());
    let mut all = vec![Field::new(t, "unit", t.service_form_unit(), unit).from(form, problems)];
    all.extend(fields(t, form, problems));
    FormPage {
        shell: Shell {
            title: t.service_form_new_title().to_owned(),
            ..shell
        }
        .problems(!problems.is_empty()),
        t,
        problems: problems.all(t),
        action: "/layanan/baru".to_owned(),
        back: "/layanan".to_owned(),
        version: 0,
        theirs: None,
        fields: all,
    }
}

fn edit_page(
    t: Texts,
    shell: Shell,
    service: &Service,
    theirs: Option<&Service>,
    form: &FormData,
    problems: &Problems,
) -> FormPage {
    let base = format!("/layanan/{}", service.id);
    FormPage {
        shell: Shell {
            title: t.service_form_edit_title(&service.name),
            ..shell
        }
        .problems(!problems.is_empty()),
        t,
        problems: problems.all(t),
        action: format!("{base}/ubah"),
        back: base,
        version: service.version,
        theirs: theirs.map(|theirs| differences(t, theirs, form)),
        fields: fields(t, form, problems),
    }
}

/// The fields that differ, with the values that stand now.
fn differences(t: Texts, theirs: &Service, form: &FormData) -> Vec<(String, String)> {
    let now = values(theirs);
    let normal = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    labelled(t)
        .into_iter()
        .filter(|(name, ..)| normal(now.raw(name)) != normal(form.raw(name)))
        .map(|(name, label, _)| {
            let value = match (name, now.raw(name)) {
                ("umum", "YA") => t.yes(),
                ("umum", _) => t.no(),
                (_, "") => t.none(),
                (_, text) => text,
            };
            (label.to_owned(), value.to_owned())
        })
        .collect()
}

#[cfg(test)]
mod samples {
    use i18n::Lang;
    use jiff::civil::date;
    use kernel::{Ctx, Instant, TextError};
    use org::model::UnitKind;

    use super::super::detail::samples::service;
    use super::*;

    fn unit(number: u64) -> UnitBrief {
        UnitBrief {
            id: Ctx::seeded(Instant::from_micros(0), number).new_id(),
            code: "11".into(),
            name: "Dinas <script>".into(),
            kind: <UnitKind as kernel::Code>::ALL[0],
            parent: None,
            path: "1/11/".into(),
            depth: 2,
            valid_from: date(2026, 1, 1),
            valid_to: None,
            version: 1,
        }
    }

    #[test]
    fn every_page_renders_in_both_languages() {
        for lang in Lang::ALL {
            let t = lang.texts();
            let typed = FormData::from_pairs([
                ("nama", "\"><script>alert(1)</script>"),
                ("mulai", "31/02/2026"),
                ("janji_hari", "tiga"),
                ("umum", "TIDAK"),
            ]);
            let mut problems = Problems::none();
            let read = draft(t, &typed, &mut problems);
            assert_eq!(
                (read.promise_days, read.valid_from, read.is_public),
                (None, None, false)
            );
            explain(t, &read.check().expect_err("no address"), &mut problems);
            explain(
                t,
                &[CatalogueProblem::Summary(TextError::TooLong { max: 1_000 })],
                &mut problems,
            );
            assert!(problems.of("janji_hari", t).is_some() && problems.of("mulai", t).is_some());
            assert!(problems.of("alamat", t).is_some());
            let none = Problems::none();
            let service = service();
            let shell = || Shell::sample(t, "");
            let pages = [
                new_page(t, shell(), &[unit(1), unit(2)], &FormData::default(), &none),
                new_page(t, shell(), &[unit(1)], &typed, &problems),
                edit_page(t, shell(), &service, None, &values(&service), &none),
                edit_page(t, shell(), &service, Some(&service), &typed, &none),
            ];
            for page in pages {
                let html = page.render().expect("renders");
                crate::shared::check::page(&html);
            }
        }
    }

    #[test]
    fn a_form_holds_a_service_unchanged() {
        let t = Lang::Id.texts();
        let service = service();
        let mut problems = Problems::none();
        let read = draft(t, &values(&service), &mut problems);
        assert!(problems.is_empty());
        assert_eq!(
            (
                read.name.as_str(),
                read.promise_days,
                read.population,
                read.valid_from,
                read.valid_to,
                read.is_public
            ),
            (
                service.name.as_str(),
                Some(1),
                Some(900),
                Some(service.valid_from),
                None,
                true
            )
        );
        assert!(differences(t, &service, &values(&service)).is_empty());
        let other = Service {
            is_public: false,
            ..service.clone()
        };
        let told = differences(t, &other, &values(&service));
        assert_eq!(told, [(t.service_form_public().to_owned(), t.no().to_owned())]);
    }
}
