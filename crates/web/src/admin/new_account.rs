//! A new account, and the issued password that is shown once.

use access::Issued;
use access::commands::{CreateAccount, CreateAccountError, create_account};
use access::queries::AccountPage;
use askama::Template;
use axum::extract::State;
use i18n::Texts;
use kernel::PersonId;
use org::queries::EmployeeFilter;
use policy::{Action, Kind, Role};

use super::form::FormPage;
use crate::shared::{
    AppState, Field, FieldKind, FormData, Nav, PageError, PageResult, Problems, QueryData, Shell, Staff, page,
};

/// The password that was issued; shown once.
#[derive(Template)]
#[template(path = "admin/issued.html")]
struct IssuedView {
    shell: Shell,
    t: Texts,
    crumbs: Vec<(String, String)>,
    logins: String,
    password: String,
    back: String,
}

/// The page with a password that was issued just now.
pub(super) fn issued(staff: &Staff, account: &AccountPage, password: &Issued) -> PageResult {
    let t = staff.t;
    let number = account
        .number
        .as_deref()
        .and_then(|n| regulation::nip::Nip::parse(n).ok());
    let logins: Vec<String> = [number.map(|n| n.printed()), account.email.clone()]
        .into_iter()
        .flatten()
        .collect();
    page(&IssuedView {
        shell: Shell::staff(staff, Nav::Admin, t.admin_issued_title(&account.label)),
        t,
        crumbs: vec![
            ("/kelola".to_owned(), t.nav_admin().to_owned()),
            ("/kelola/akun".to_owned(), t.admin_accounts().to_owned()),
        ],
        logins: logins.join(" / "),
        password: password.reveal().to_owned(),
        back: format!("/kelola/akun/{}", account.id),
    })
}

fn may_create(staff: &Staff) -> Result<(), PageError> {
    super::enter(staff)?;
    let may = [Role::AgencyAdmin, Role::UnitAdmin]
        .into_iter()
        .any(|role| staff.actor().holds_anywhere(role));
    if may { Ok(()) } else { Err(PageError::Forbidden) }
}

/// Somebody found, who may or may not have an account.
struct Candidate {
    id: PersonId,
    name: String,
    position: String,
    unit: String,
}

#[derive(Template)]
#[template(path = "admin/account_for.html")]
struct ForWhomView {
    shell: Shell,
    t: Texts,
    crumbs: Vec<(String, String)>,
    text: String,
    people: Vec<Candidate>,
    without_person: bool,
}

/// `GET /kelola/akun/baru`: for whom; with `?pegawai=` the form itself.
pub(super) async fn form(staff: Staff, State(app): State<AppState>, QueryData(query): QueryData) -> PageResult {
    may_create(&staff)?;
    if query.has("pegawai") {
        return account_page(
            &staff,
            &app,
            query.id("pegawai"),
            &FormData::default(),
            &Problems::none(),
        )
        .await;
    }
    let text: String = query.raw("cari").chars().take(100).collect();
    let scope = policy::scope(staff.actor(), Kind::Account);
    let filter = EmployeeFilter {
        text: text.clone(),
        ..EmployeeFilter::default()
    };
    let people = if text.trim().is_empty() {
        Vec::new()
    } else {
        let found = db::read!(app.db, async |tx| org::queries::employees(tx, &scope, &filter, None)
            .await)?;
        found.0.rows
    };
    let t = staff.t;
    page(&ForWhomView {
        shell: Shell::staff(&staff, Nav::Admin, t.admin_account_new()),
        t,
        crumbs: crumbs(t),
        text,
        people: people
            .into_iter()
            .take(20)
            .map(|e| Candidate {
                id: e.id,
                name: e.full_name,
                position: e.position_title,
                unit: e.unit_name,
            })
            .collect(),
        without_person: super::agency(&staff, Action::Manage).is_ok(),
    })
}

fn crumbs(t: Texts) -> Vec<(String, String)> {
    vec![
        ("/kelola".to_owned(), t.nav_admin().to_owned()),
        ("/kelola/akun".to_owned(), t.admin_accounts().to_owned()),
    ]
}

/// The form for a person, or for an account of administration without one.
async fn account_page(
    staff: &Staff,
    app: &AppState,
    person: Option<PersonId>,
    form: &FormData,
    problems: &Problems,
) -> PageResult {
    let t = staff.t;
    let mut page = FormPage::new(staff, t.admin_account_new(), "/kelola/akun/baru", "/kelola/akun")
        .crumb("/kelola/akun", t.admin_accounts())
        .button(t.admin_account_create(), t.admin_account_create_after());
    let email = Field::new(t, "surel", t.account_email(), FieldKind::Line("email")).max(200);
    if let Some(id) = person {
        let agency = staff.session.agency.id;
        let (known, account) = db::read!(app.db, async |tx| {
            let known = org::queries::employee(tx, agency, id).await?;
            let account = access::queries::account_of(tx, staff.actor(), id).await?;
            Ok::<_, PageError>((known, account))
        })?;
        let known = known.ok_or(PageError::NotFound)?;
        if let Some(account) = account {
            return crate::shared::see_other(&format!("/kelola/akun/{}", account.id));
        }
        page = page
            .fact(t.account_name(), known.full_name)
            .fact(t.account_position(), known.position_title)
            .fact(t.account_unit(), known.unit_name)
            .hidden("pegawai", id.to_string())
            .field(email.optional().hint(t.admin_account_email_hint()).from(form, problems));
    } else {
        page = page
            .lead(t.admin_account_without_lead())
            .field(
                Field::line(t, "nama", t.admin_account_label())
                    .max(120)
                    .from(form, problems),
            )
            .field(email.from(form, problems));
    }
    page.answer(problems)
}

/// `POST /kelola/akun/baru`
pub(super) async fn create(staff: Staff, State(app): State<AppState>, form: FormData) -> PageResult {
    may_create(&staff)?;
    let t = staff.t;
    let person: Option<PersonId> = form.id("pegawai");
    if person.is_none() && !form.raw("pegawai").is_empty() {
        return Err(PageError::NotFound);
    }
    let input = CreateAccount {
        person,
        email: Some(form.raw("surel").to_owned()),
        label: person.is_none().then(|| form.raw("nama").to_owned()),
    };
    let mut problems = Problems::none();
    match create_account(&app.db, &app.ctx, &app.gate, staff.actor(), input).await {
        Ok(done) => {
            let account = db::read!(app.db, async |tx| access::queries::account(
                tx,
                staff.actor(),
                done.account
            )
            .await)?;
            return issued(&staff, &account.ok_or(PageError::NotFound)?, &done.password);
        }
        Err(CreateAccountError::Denied(denied)) => return Err(denied.into()),
        Err(CreateAccountError::Exists) => problems.say("surel", t.admin_account_exists()),
        Err(CreateAccountError::Email) => problems.say("surel", t.first_email_wrong()),
        Err(CreateAccountError::EmailTaken) => problems.say("surel", t.admin_account_email_taken()),
        Err(CreateAccountError::Label(error)) => problems.text("nama", error),
        Err(CreateAccountError::Internal(error)) => return Err(error.into()),
    }
    account_page(&staff, &app, person, &form, &problems).await
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;
    use kernel::Id;

    /// The issued password, and the search with and without results.
    pub(crate) fn all(t: Texts) -> Vec<String> {
        let issued = IssuedView {
            shell: Shell::sample(t, t.admin_issued_title("<script>")),
            t,
            crumbs: crumbs(t),
            logins: "19740101 200003 1 901".into(),
            password: "abcd-<script>".into(),
            back: "/kelola/akun".into(),
        };
        let search = |text: &str, people| ForWhomView {
            shell: Shell::sample(t, t.admin_account_new()),
            t,
            crumbs: crumbs(t),
            text: text.to_owned(),
            people,
            without_person: true,
        };
        let somebody = Candidate {
            id: Id::from_uuid(uuid::Uuid::from_u128(4)),
            name: "<script>".into(),
            position: "Analis".into(),
            unit: String::new(),
        };
        vec![
            issued.render(),
            search("<b>", vec![somebody]).render(),
            search("x", Vec::new()).render(),
            search("", Vec::new()).render(),
        ]
        .into_iter()
        .map(|page| page.expect("renders"))
        .collect()
    }
}
