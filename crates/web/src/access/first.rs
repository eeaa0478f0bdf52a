//! The first administrator: the code that was printed at the first start makes the agency and its administrator.

use access::first_code::{self, Redeem, RedeemError};
use askama::Template;
use axum::extract::State;
use http::StatusCode;
use i18n::Texts;
use kernel::{Code, Zone};
use org::agency::{CreateError, NewAgency};

use super::password;
use super::sign_in::give_cookie;
use crate::shared::{
    AppState, Choice, Field, FieldKind, FormData, PageError, PageResult, Problem, Problems, Shell, Visitor, page,
    page_with_status, see_other, session_cookie,
};

#[derive(Template)]
#[template(path = "access/first.html")]
pub(super) struct FirstView {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) problems: Vec<(&'static str, String)>,
    pub(super) code: Field,
    pub(super) agency: Vec<Field>,
    pub(super) account: Vec<Field>,
}

async fn awaited(app: &AppState) -> Result<(), PageError> {
    let awaited = db::read!(app.db, async |tx| first_code::is_awaited(tx).await)?;
    if awaited { Ok(()) } else { Err(PageError::NotFound) }
}

/// `GET /mulai-awal`; does not exist once somebody has an account.
pub(super) async fn form(State(app): State<AppState>, visitor: Visitor) -> PageResult {
    awaited(&app).await?;
    page(&view(visitor.t, &FormData::default(), &Problems::none()))
}

/// `POST /mulai-awal`
pub(super) async fn submit(State(app): State<AppState>, visitor: Visitor, form: FormData) -> PageResult {
    awaited(&app).await?;
    let t = visitor.t;
    let mut problems = Problems::none();
    let agency = NewAgency {
        code: form.line("kode-instansi", 40, &mut problems),
        name: form.line("instansi", 200, &mut problems),
        region: form.line("daerah", 200, &mut problems),
        zone: form.code("zona", &mut problems).unwrap_or(Zone::Wib),
        is_demo: false,
    };
    let label = form.line("nama", 120, &mut problems);
    let email = form.line("surel", 200, &mut problems);
    if problems.is_empty() {
        let input = Redeem {
            code: form.raw("kode").to_owned(),
            agency,
            label,
            email,
            password: form.raw("sandi").to_owned(),
            address: visitor.address,
        };
        match first_code::redeem(&app.db, &app.ctx, &app.gate, input).await {
            Ok(signed_in) => {
                let mut response = see_other("/")?;
                let cookie = session_cookie(app.config.secure_cookies, signed_in.token.as_str());
                give_cookie(&mut response, &cookie)?;
                return Ok(response);
            }
            Err(RedeemError::Wrong) => problems.say("kode", t.first_code_wrong()),
            Err(RedeemError::Wait { wait }) => problems.say("kode", t.sign_in_wait(wait.as_secs().max(1))),
            Err(RedeemError::Agency(CreateError::Code | CreateError::Taken)) => {
                problems.say("kode-instansi", t.first_agency_code_wrong());
            }
            Err(RedeemError::Agency(CreateError::Name)) => problems.add("instansi", Problem::Required),
            Err(RedeemError::Agency(CreateError::Internal(error)) | RedeemError::Internal(error)) => {
                return Err(error.into());
            }
            Err(RedeemError::Label(error)) => problems.text("nama", error),
            Err(RedeemError::Email) => problems.say("surel", t.first_email_wrong()),
            Err(RedeemError::Password(problem)) => problems.say("sandi", password::sentence(t, problem)),
        }
    }
    page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &view(t, &form, &problems))
}

fn view(t: Texts, form: &FormData, problems: &Problems) -> FirstView {
    let zones = Zone::ALL
        .iter()
        .map(|zone| Choice::new(zone.code(), t.first_zone_choice(zone.code(), zone.hours())))
        .collect();
    let line = |name, label: &'static str| Field::line(t, name, label);
    FirstView {
        shell: Shell::bare(t, t.first_title()).problems(!problems.is_empty()),
        t,
        problems: problems.all(t),
        code: line("kode", t.first_code_label())
            .hint(t.first_code_hint())
            .autocomplete("off")
            .max(60)
            .from(form, problems),
        agency: vec![
            line("instansi", t.first_agency())
                .hint(t.first_agency_hint())
                .max(200)
                .from(form, problems),
            line("kode-instansi", t.first_agency_code())
                .hint(t.first_agency_code_hint())
                .max(40)
                .from(form, problems),
            line("daerah", t.first_region())
                .hint(t.first_region_hint())
                .max(200)
                .from(form, problems),
            Field::new(t, "zona", t.first_zone(), FieldKind::Radios(zones)).from(form, problems),
        ],
        account: vec![
            line("nama", t.first_name())
                .autocomplete("name")
                .max(120)
                .from(form, problems),
            Field::new(t, "surel", t.first_email(), FieldKind::Line("email"))
                .hint(t.first_email_hint())
                .autocomplete("username")
                .max(200)
                .from(form, problems),
            password::new_password(t, "sandi", problems),
        ],
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;

    /// Empty, and rejected with what was typed.
    pub(crate) fn all(t: Texts) -> Vec<String> {
        let mut wrong = Problems::none();
        wrong.say("kode", t.first_code_wrong());
        wrong.add("instansi", Problem::Required);
        let typed = FormData::from_pairs([("nama", "<script>alert(1)</script>"), ("zona", "WIT")]);
        [
            view(t, &FormData::default(), &Problems::none()),
            view(t, &typed, &wrong),
        ]
        .iter()
        .map(|page| page.render().expect("renders"))
        .collect()
    }
}
