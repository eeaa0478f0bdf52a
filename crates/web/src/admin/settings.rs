//! Settings: where the law is silent or agencies differ. Each value says since when it holds, on what it rests, and how
//! certain the default is.

use askama::Template;
use axum::extract::{Path, State};
use http::StatusCode;
use i18n::Texts;
use kernel::Code;
use org::settings::{self, Change, Key, Known, SetError, SetInput, Setting};
use policy::Action;
use regulation::Certainty;

use super::words::moment;
use crate::shared::words::Tag;
use crate::shared::{
    AppState, Choice, Field, FieldKind, FormData, Nav, PageError, PageResult, Problem, Problems, QueryData, Shell,
    Staff, page, page_with_status, see_other,
};

struct Row {
    key: &'static str,
    name: &'static str,
    value: String,
    since: String,
    basis: String,
    default: String,
    certainty: Tag,
}

#[derive(Template)]
#[template(path = "admin/settings.html")]
struct SettingsView {
    shell: Shell,
    t: Texts,
    crumbs: Vec<(String, String)>,
    done: bool,
    rows: Vec<Row>,
    may_set: bool,
}

/// `GET /kelola/pengaturan`
pub(super) async fn list(staff: Staff, State(app): State<AppState>, QueryData(query): QueryData) -> PageResult {
    super::agency(&staff, Action::View)?;
    let (agency, today) = (staff.session.agency.id, staff.today());
    let found = db::read!(app.db, async |tx| settings::all(tx, agency, today).await)?;
    let t = staff.t;
    page(&SettingsView {
        shell: Shell::staff(&staff, Nav::Admin, t.admin_settings()),
        t,
        crumbs: vec![("/kelola".to_owned(), t.nav_admin().to_owned())],
        done: query.raw("pesan") == "tersimpan",
        rows: found.iter().map(|s| row(t, s)).collect(),
        may_set: super::agency(&staff, Action::Manage).is_ok(),
    })
}

fn row(t: Texts, setting: &Setting) -> Row {
    let known = settings::known(setting.key);
    Row {
        key: setting.key.code(),
        name: name(t, setting.key),
        value: value(t, &known, &setting.value),
        since: setting.effective_from.map_or_else(
            || t.admin_setting_default_now().to_owned(),
            |day| t.admin_setting_since(t.date_long(day)),
        ),
        basis: setting.legal_basis.clone(),
        default: t.admin_setting_default(value(t, &known, known.default)),
        certainty: certainty(t, known.certainty),
    }
}

/// What a setting is about.
fn name(t: Texts, key: Key) -> &'static str {
    match key {
        Key::EvaluationPeriod => t.admin_setting_evaluation_period(),
        Key::EvaluationDeadline => t.admin_setting_evaluation_deadline(),
        Key::ObjectionDays => t.admin_setting_objection_days(),
        Key::DistributionSmallUnit => t.admin_setting_small_unit(),
        Key::DistributionBlock => t.admin_setting_distribution_block(),
        Key::SkpDeadline => t.admin_setting_skp_deadline(),
        Key::SkpMinMain => t.admin_setting_skp_min_main(),
        Key::SkpMaxRhk => t.admin_setting_skp_max_rhk(),
        Key::JournalBackDays => t.admin_setting_journal_back_days(),
        Key::EvaluationMinMonths => t.admin_setting_min_months(),
        Key::SurveyMinAnswers => t.admin_setting_survey_min_answers(),
        Key::SurveyReasonRequired => t.admin_setting_survey_reason(),
        Key::SurveyRounding => t.admin_setting_survey_rounding(),
    }
}

/// A value in words.
fn value(t: Texts, known: &Known, text: &str) -> String {
    match text {
        "YA" => t.yes().to_owned(),
        "TIDAK" => t.no().to_owned(),
        "TRIWULAN" => t.admin_value_quarter().to_owned(),
        "BULAN" => t.admin_value_month().to_owned(),
        "PER_UNSUR" => t.admin_value_per_element().to_owned(),
        "AKHIR" => t.admin_value_at_end().to_owned(),
        other if known.range().is_some() => other.parse().map_or_else(|_| other.to_owned(), |n| t.number(n)),
        // month and day, in a year that has all of them
        other => format!("2028-{other}")
            .parse::<jiff::civil::Date>()
            .map_or_else(|_| other.to_owned(), |day| t.date_long(day).replace(" 2028", "")),
    }
}

/// How certain the default is.
fn certainty(t: Texts, certainty: Certainty) -> Tag {
    match certainty {
        Certainty::Confirmed => Tag::new(t.admin_certainty_confirmed(), "good"),
        Certainty::SecondHand => Tag::new(t.admin_certainty_second_hand(), "warn"),
        Certainty::Likely => Tag::new(t.admin_certainty_likely(), "warn"),
        Certainty::Configurable => Tag::new(t.admin_certainty_configurable(), "info"),
        Certainty::Design => Tag::new(t.admin_certainty_design(), ""),
    }
}

struct Past {
    value: String,
    from: String,
    basis: String,
    set: String,
}

#[derive(Template)]
#[template(path = "admin/setting.html")]
struct SettingView {
    shell: Shell,
    t: Texts,
    crumbs: Vec<(String, String)>,
    problems: Vec<(&'static str, String)>,
    key: &'static str,
    now: Row,
    history: Vec<Past>,
    fields: Vec<Field>,
}

fn key_of(text: &str) -> Result<Key, PageError> {
    Key::from_code(text).map_err(|_| PageError::NotFound)
}

/// `GET /kelola/pengaturan/{key}`
pub(super) async fn form(staff: Staff, State(app): State<AppState>, Path(key): Path<String>) -> PageResult {
    let key = key_of(&key)?;
    super::agency(&staff, Action::Manage)?;
    page(&setting_page(&staff, &app, key, &FormData::default(), &Problems::none()).await?)
}

async fn setting_page(
    staff: &Staff,
    app: &AppState,
    key: Key,
    form: &FormData,
    problems: &Problems,
) -> Result<SettingView, PageError> {
    let (agency, today) = (staff.session.agency.id, staff.today());
    let (now, history) = db::read!(app.db, async |tx| {
        let now = settings::value(tx, agency, key, today).await?;
        Ok::<_, PageError>((now, settings::history(tx, agency, key).await?))
    })?;
    let t = staff.t;
    let known = settings::known(key);
    let past = |change: Change| Past {
        value: value(t, &known, &change.value),
        from: t.date_long(change.effective_from),
        basis: change.legal_basis,
        set: moment(staff, change.changed_at),
    };
    let history = history.into_iter().map(past).collect();
    let shell = Shell::staff(staff, Nav::Admin, name(t, key));
    let tomorrow = today.tomorrow().unwrap_or(today).to_string();
    Ok(setting_view(t, shell, &now, history, &tomorrow, form, problems))
}

fn setting_view(
    t: Texts,
    shell: Shell,
    now: &Setting,
    history: Vec<Past>,
    tomorrow: &str,
    form: &FormData,
    problems: &Problems,
) -> SettingView {
    let known = settings::known(now.key);
    let label = t.admin_setting_new_value();
    let field = if let Some((least, most)) = known.range() {
        Field::new(t, "nilai", label, FieldKind::Line("number"))
            .hint(t.admin_setting_range(t.number(least), t.number(most)))
            .inputmode("numeric")
    } else if known.choices().is_empty() {
        Field::line(t, "nilai", label).hint(t.admin_setting_month_day()).max(5)
    } else {
        let choices = known
            .choices()
            .iter()
            .map(|c| Choice::new(*c, value(t, &known, c)))
            .collect();
        Field::new(t, "nilai", label, FieldKind::Radios(choices))
    };
    SettingView {
        shell: shell.problems(!problems.is_empty()),
        t,
        crumbs: vec![
            ("/kelola".to_owned(), t.nav_admin().to_owned()),
            ("/kelola/pengaturan".to_owned(), t.admin_settings().to_owned()),
        ],
        problems: problems.all(t),
        key: now.key.code(),
        now: row(t, now),
        history,
        fields: vec![
            field.value(now.value.clone()).from(form, problems),
            Field::new(t, "mulai", t.admin_setting_from(), FieldKind::Date)
                .hint(t.admin_setting_from_hint())
                .value(tomorrow)
                .from(form, problems),
            Field::line(t, "dasar", t.admin_setting_basis())
                .hint(t.admin_setting_basis_hint())
                .max(300)
                .from(form, problems),
        ],
    }
}

/// `POST /kelola/pengaturan/{key}`
pub(super) async fn set(
    staff: Staff,
    State(app): State<AppState>,
    Path(key): Path<String>,
    form: FormData,
) -> PageResult {
    let key = key_of(&key)?;
    super::agency(&staff, Action::Manage)?;
    let t = staff.t;
    let mut problems = Problems::none();
    let from = form.date("mulai");
    if from.is_none() {
        problems.say("mulai", t.admin_date_wrong());
    }
    let legal_basis = form.line("dasar", 300, &mut problems);
    if let (Some(effective_from), true) = (from, problems.is_empty()) {
        let input = SetInput {
            key,
            value: form.raw("nilai").trim().to_owned(),
            effective_from,
            legal_basis,
        };
        match settings::set(&app.db, &app.ctx, staff.actor(), input).await {
            Ok(()) => return see_other("/kelola/pengaturan?pesan=tersimpan"),
            Err(SetError::Value) => problems.say("nilai", t.admin_setting_value_wrong()),
            Err(SetError::LegalBasis) => problems.add("dasar", Problem::Required),
            Err(SetError::Denied(denied)) => return Err(denied.into()),
            Err(SetError::Internal(error)) => return Err(error.into()),
        }
    }
    let view = setting_page(&staff, &app, key, &form, &problems).await?;
    page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;

    /// The list, and the form of every setting.
    pub(crate) fn all(t: Texts) -> Vec<String> {
        let now = |key: &Key| Setting {
            key: *key,
            value: settings::known(*key).default.to_owned(),
            effective_from: Some(jiff::civil::date(2026, 1, 1)),
            legal_basis: "<script>".into(),
        };
        let list = SettingsView {
            shell: Shell::sample(t, t.admin_settings()),
            t,
            crumbs: Vec::new(),
            done: true,
            rows: Key::ALL.iter().map(|k| row(t, &now(k))).collect(),
            may_set: true,
        };
        let mut wrong = Problems::none();
        wrong.say("nilai", t.admin_setting_value_wrong());
        let typed = FormData::from_pairs([("nilai", "<script>"), ("dasar", "\"><b>")]);
        let mut pages = vec![list.render().expect("renders")];
        pages.extend(Key::ALL.iter().map(|key| {
            let past = Past {
                value: "<b>".into(),
                from: "1 Januari".into(),
                basis: "<script>".into(),
                set: "kemarin".into(),
            };
            let shell = Shell::sample(t, name(t, *key));
            setting_view(t, shell, &now(key), vec![past], "2026-11-23", &typed, &wrong)
                .render()
                .expect("renders")
        }));
        pages
    }

    #[test]
    fn values_are_read_as_words() {
        let t = i18n::Lang::Id.texts();
        let day = settings::known(Key::SkpDeadline);
        assert_eq!(value(t, &day, "01-31"), "31 Januari");
        assert_eq!(value(t, &settings::known(Key::SurveyMinAnswers), "1000"), "1.000");
        assert_eq!(value(t, &settings::known(Key::DistributionBlock), "TIDAK"), t.no());
    }
}
