//! The second factor of one's own account: set up with a code for the telephone, confirmed, removed, and the recovery
//! codes that are shown once.

use access::commands::{Enrolment, FactorChangeError, RemoveTotp};
use access::{Issued, Stage};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use http::{Method, StatusCode};
use i18n::Texts;

use super::account::signed_in;
use super::sign_in::give_cookie;
use crate::shared::charts::{self, Caption, Svg};
use crate::shared::{
    AppState, Field, FieldKind, FormData, Nav, PageError, PageResult, Problems, Shell, Staff, Visitor, page,
    page_with_status, see_other, session_cookie,
};

#[derive(Template)]
#[template(path = "access/factor_begin.html")]
pub(super) struct BeginView {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) problems: Vec<(&'static str, String)>,
    pub(super) qr: Option<Svg>,
    /// The key in groups of four, as it is typed into a telephone without camera.
    pub(super) secret: String,
    pub(super) code: Field,
}

#[derive(Template)]
#[template(path = "access/factor_codes.html")]
pub(super) struct CodesView {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) codes: Vec<String>,
}

#[derive(Template)]
#[template(path = "access/factor_prove.html")]
pub(super) struct ProveView {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) problems: Vec<(&'static str, String)>,
    pub(super) password: Field,
    pub(super) code: Field,
    pub(super) action: &'static str,
    pub(super) lead: &'static str,
    pub(super) button: &'static str,
    pub(super) danger: bool,
}

/// `GET /akun/pengaman`: the page is made by a post; whoever comes here by its address goes to the account.
pub(super) async fn back(_: Staff) -> PageResult {
    see_other("/akun")
}

/// `POST /akun/pengaman`
pub(super) async fn begin(staff: Staff, State(app): State<AppState>) -> PageResult {
    match access::commands::begin_totp(&app.db, &app.ctx, &app.gate, &staff.session).await {
        Ok(enrolment) => page(&begin_view(
            staff.t,
            Shell::staff(&staff, Nav::Other, staff.t.factor_begin_title()),
            &enrolment,
            &Problems::none(),
        )),
        Err(FactorChangeError::Internal(error)) => Err(error.into()),
        Err(_) => see_other("/akun"),
    }
}

/// `POST /akun/pengaman/konfirmasi`
pub(super) async fn confirm(staff: Staff, State(app): State<AppState>, form: FormData) -> PageResult {
    let t = staff.t;
    let (db, ctx, gate) = (&app.db, &app.ctx, &app.gate);
    let failed = match access::commands::confirm_totp(db, ctx, gate, &staff.session, form.raw("kode")).await {
        Ok(done) => {
            let mut response = codes(&staff, &done.recovery_codes)?;
            let cookie = session_cookie(app.config.secure_cookies, done.signed_in.token.as_str());
            give_cookie(&mut response, &cookie)?;
            return Ok(response);
        }
        Err(failed) => failed,
    };
    let mut problems = Problems::none();
    say(t, failed, &mut problems)?;
    match access::commands::begin_totp(db, ctx, gate, &staff.session).await {
        Ok(enrolment) => page_with_status(
            StatusCode::UNPROCESSABLE_ENTITY,
            &begin_view(
                t,
                Shell::staff(&staff, Nav::Other, t.factor_begin_title()),
                &enrolment,
                &problems,
            ),
        ),
        Err(FactorChangeError::Internal(error)) => Err(error.into()),
        Err(_) => see_other("/akun"),
    }
}

fn begin_view(t: Texts, shell: Shell, enrolment: &Enrolment, problems: &Problems) -> BeginView {
    let letters: Vec<char> = enrolment.secret.chars().collect();
    BeginView {
        shell: shell.problems(!problems.is_empty()),
        t,
        problems: problems.all(t),
        qr: charts::qr(&enrolment.url, &Caption::new(t.factor_qr_title(), t.factor_qr_text())),
        secret: letters
            .chunks(4)
            .map(|group| group.iter().collect::<String>())
            .collect::<Vec<_>>()
            .join(" "),
        code: code_field(t, t.factor_first_code(), "", problems),
    }
}

fn code_field(t: Texts, label: &'static str, hint: &'static str, problems: &Problems) -> Field {
    Field::line(t, "kode", label)
        .hint(hint)
        .autocomplete("one-time-code")
        .max(40)
        .from(&FormData::default(), problems)
}

/// The sentence for a wrong code or password; anything else leaves the page.
fn say(t: Texts, failed: FactorChangeError, problems: &mut Problems) -> Result<(), PageError> {
    match failed {
        FactorChangeError::WrongPassword => problems.say("sandi", t.password_wrong_current()),
        FactorChangeError::WrongCode {
            skew_minutes: Some(minutes),
        } if minutes > 0 => problems.say("kode", t.code_clock_ahead(minutes)),
        FactorChangeError::WrongCode {
            skew_minutes: Some(minutes),
        } => problems.say("kode", t.code_clock_behind(minutes.unsigned_abs())),
        FactorChangeError::WrongCode { skew_minutes: None } => problems.say("kode", t.code_wrong()),
        FactorChangeError::UsedCode => problems.say("kode", t.code_used()),
        FactorChangeError::Wait { wait } => problems.say("kode", t.sign_in_wait(wait.as_secs().max(1))),
        FactorChangeError::NoSession => return Err(PageError::Redirect("/masuk")),
        FactorChangeError::AlreadyOn | FactorChangeError::NotOn => return Err(PageError::Redirect("/akun")),
        FactorChangeError::Internal(error) => return Err(error.into()),
    }
    Ok(())
}

fn codes(staff: &Staff, issued: &[Issued]) -> Result<Response, PageError> {
    page(&CodesView {
        shell: Shell::staff(staff, Nav::Other, staff.t.factor_codes_title()),
        t: staff.t,
        codes: issued.iter().map(|c| c.reveal().to_owned()).collect(),
    })
}

/// What the password and a code are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Remove,
    Renew,
}

const REMOVE: &str = "/akun/pengaman/hapus";
const RENEW: &str = "/akun/pengaman/kode-pemulihan";

/// `GET /akun/pengaman/hapus`
pub(super) async fn remove_form(visitor: Visitor) -> PageResult {
    asked(&visitor, Purpose::Remove)
}

/// `GET /akun/pengaman/kode-pemulihan`
pub(super) async fn renew_form(visitor: Visitor) -> PageResult {
    asked(&visitor, Purpose::Renew)
}

fn asked(visitor: &Visitor, purpose: Purpose) -> PageResult {
    let staff = signed_in(
        visitor,
        if purpose == Purpose::Remove { REMOVE } else { RENEW },
        Method::GET,
    )?;
    if !staff.session.has_totp {
        return see_other("/akun");
    }
    page(&prove_view(staff.t, frame(&staff, purpose), purpose, &Problems::none()))
}

fn frame(staff: &Staff, purpose: Purpose) -> Shell {
    let title = match purpose {
        Purpose::Remove => staff.t.factor_remove_title(),
        Purpose::Renew => staff.t.factor_renew_title(),
    };
    Shell::staff(staff, Nav::Other, title)
}

/// `POST /akun/pengaman/hapus`
pub(super) async fn remove(State(app): State<AppState>, visitor: Visitor, form: FormData) -> PageResult {
    let staff = signed_in(&visitor, REMOVE, Method::POST)?;
    let input = proof(&visitor, &form);
    match access::commands::remove_totp(&app.db, &app.ctx, &app.gate, &staff.session, input).await {
        Ok(done) => {
            let mut response = see_other("/akun?pesan=pengaman-dihapus")?;
            let cookie = session_cookie(app.config.secure_cookies, done.token.as_str());
            give_cookie(&mut response, &cookie)?;
            Ok(response)
        }
        Err(failed) => again(&staff, Purpose::Remove, failed),
    }
}

/// `POST /akun/pengaman/kode-pemulihan`
pub(super) async fn renew(State(app): State<AppState>, visitor: Visitor, form: FormData) -> PageResult {
    let staff = signed_in(&visitor, RENEW, Method::POST)?;
    let input = proof(&visitor, &form);
    match access::commands::renew_recovery_codes(&app.db, &app.ctx, &app.gate, &staff.session, input).await {
        Ok(issued) => codes(&staff, &issued),
        Err(failed) => again(&staff, Purpose::Renew, failed),
    }
}

fn proof(visitor: &Visitor, form: &FormData) -> RemoveTotp {
    RemoveTotp {
        password: form.raw("sandi").to_owned(),
        code: form.raw("kode").to_owned(),
        address: visitor.address,
    }
}

fn again(staff: &Staff, purpose: Purpose, failed: FactorChangeError) -> PageResult {
    debug_assert_eq!(staff.session.stage, Stage::Full);
    let mut problems = Problems::none();
    say(staff.t, failed, &mut problems)?;
    page_with_status(
        StatusCode::UNPROCESSABLE_ENTITY,
        &prove_view(staff.t, frame(staff, purpose), purpose, &problems),
    )
}

fn prove_view(t: Texts, shell: Shell, purpose: Purpose, problems: &Problems) -> ProveView {
    let (action, lead, button) = match purpose {
        Purpose::Remove => (REMOVE, t.factor_remove_lead(), t.factor_remove_button()),
        Purpose::Renew => (RENEW, t.factor_renew_lead(), t.factor_renew_button()),
    };
    ProveView {
        shell: shell.problems(!problems.is_empty()),
        t,
        problems: problems.all(t),
        password: Field::new(t, "sandi", t.sign_in_password(), FieldKind::Password("current"))
            .autocomplete("current-password")
            .max(200)
            .from(&FormData::default(), problems),
        code: code_field(t, t.code_label(), t.code_hint(), problems),
        action,
        lead,
        button,
        danger: purpose == Purpose::Remove,
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;

    /// Every page of the second factor.
    pub(crate) fn all(t: Texts) -> Vec<String> {
        let enrolment = Enrolment {
            secret: "GEZDGNBVGY3TQOJQ".into(),
            url: "otpauth://totp/Abdi:Ratna%20%3Cscript%3E?secret=GEZDGNBVGY3TQOJQ".into(),
        };
        let mut wrong = Problems::none();
        wrong.say("kode", t.code_clock_behind(7));
        let begin = |problems| begin_view(t, Shell::sample(t, t.factor_begin_title()), &enrolment, problems).render();
        let prove = |title, purpose| prove_view(t, Shell::sample(t, title), purpose, &wrong).render();
        vec![
            begin(&Problems::none()),
            begin(&wrong),
            prove(t.factor_remove_title(), Purpose::Remove),
            prove(t.factor_renew_title(), Purpose::Renew),
            CodesView {
                shell: Shell::sample(t, t.factor_codes_title()),
                t,
                codes: vec!["abcd-efgh".into(), "<script>".into()],
            }
            .render(),
        ]
        .into_iter()
        .map(|page| page.expect("renders"))
        .collect()
    }
}
