//! One account: its state, its roles, and what can be done about them.

use access::queries::{AccountPage, GrantLine};
use askama::Template;
use axum::extract::{Path, State};
use i18n::Texts;
use jiff::civil::Date;
use kernel::{AccountId, GrantId};
use regulation::nip::Nip;

use super::words;
use crate::shared::words::Tag;
use crate::shared::{AppState, Nav, PageError, PageResult, QueryData, Shell, Staff, page};

struct Held {
    id: GrantId,
    sentence: String,
    reason: String,
    tag: Tag,
    open: bool,
}

#[derive(Template)]
#[template(path = "admin/account.html")]
struct AccountView {
    shell: Shell,
    t: Texts,
    crumbs: Vec<(String, String)>,
    done: Option<&'static str>,
    id: String,
    state: Tag,
    facts: Vec<(&'static str, String)>,
    person: Option<String>,
    held: Vec<Held>,
    may_manage: bool,
    own: bool,
    disabled: bool,
    has_factor: bool,
    sees_trail: bool,
}

/// The account, when it exists for the reader.
pub(super) async fn found(staff: &Staff, app: &AppState, id: &str) -> Result<AccountPage, PageError> {
    super::enter(staff)?;
    let id: AccountId = id.parse().map_err(|_| PageError::NotFound)?;
    let found = db::read!(app.db, async |tx| access::queries::account(tx, staff.actor(), id).await)?;
    found.ok_or(PageError::NotFound)
}

/// `GET /kelola/akun/{id}`
pub(super) async fn show(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    QueryData(query): QueryData,
) -> PageResult {
    let account = found(&staff, &app, &id).await?;
    let t = staff.t;
    let done = match query.raw("pesan") {
        "peran" => Some(t.admin_done_role()),
        "dicabut" => Some(t.admin_done_revoked()),
        "status" => Some(t.admin_done_switched()),
        _ => None,
    };
    let own = account.id == staff.session.account;
    let sees_trail = super::agency(&staff, policy::Action::View).is_ok();
    let shell = Shell::staff(&staff, Nav::Admin, account.label.clone());
    let disabled_at = account.disabled_at.map(|at| words::moment(&staff, at));
    let mut view = view(t, shell, account, staff.today(), disabled_at);
    (view.done, view.own, view.sees_trail) = (done, own, sees_trail);
    page(&view)
}

fn view(t: Texts, shell: Shell, account: AccountPage, today: Date, disabled_at: Option<String>) -> AccountView {
    let mut facts = Vec::new();
    let number = account.number.as_deref().and_then(|n| Nip::parse(n).ok());
    if let Some(number) = number {
        facts.push((t.account_number(), number.printed()));
    }
    facts.push((
        t.account_email(),
        account.email.unwrap_or_else(|| t.not_set().to_owned()),
    ));
    let factor = if account.has_totp {
        t.account_factor_on()
    } else {
        t.account_factor_off()
    };
    facts.push((t.account_factor(), factor.to_owned()));
    if let Some(at) = disabled_at {
        facts.push((t.admin_account_disabled_since(), at));
    }
    AccountView {
        shell,
        t,
        crumbs: vec![
            ("/kelola".to_owned(), t.nav_admin().to_owned()),
            ("/kelola/akun".to_owned(), t.admin_accounts().to_owned()),
        ],
        done: None,
        id: account.id.to_string(),
        state: words::account_state(t, account.disabled_at.is_some(), account.must_change),
        facts,
        person: account.person.map(|p| p.to_string()),
        held: account.grants.iter().map(|g| held(t, g, today)).collect(),
        may_manage: account.may_manage,
        own: false,
        disabled: account.disabled_at.is_some(),
        has_factor: account.has_totp,
        sees_trail: false,
    }
}

fn held(t: Texts, grant: &GrantLine, today: Date) -> Held {
    let over = grant.valid_to.is_some_and(|last| last < today);
    let tag = if over {
        Tag::new(t.admin_role_over(), "")
    } else if grant.valid_from > today {
        Tag::new(t.admin_role_later(), "info")
    } else {
        Tag::new(t.admin_role_now(), "good")
    };
    Held {
        id: grant.id,
        sentence: crate::shared::words::grant(t, grant),
        reason: grant.reason.clone(),
        tag,
        open: !over,
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;
    use kernel::Id;

    /// With roles of every time, and bare.
    pub(crate) fn all(t: Texts) -> Vec<String> {
        let day = jiff::civil::date;
        let grant = |n, from, to| GrantLine {
            id: Id::from_uuid(uuid::Uuid::from_u128(n)),
            role: policy::Role::UnitAdmin,
            unit: None,
            unit_name: Some("<script>".into()),
            valid_from: from,
            valid_to: to,
            reason: "SK <b> 1/2026".into(),
        };
        let account = |grants, may_manage: bool, disabled: bool| AccountPage {
            id: Id::from_uuid(uuid::Uuid::from_u128(9)),
            version: 1,
            person: may_manage.then(|| Id::from_uuid(uuid::Uuid::from_u128(7))),
            label: "Ratna".into(),
            email: Some("<script>@contoh".into()),
            number: None,
            must_change: false,
            has_totp: disabled,
            disabled_at: disabled.then(|| kernel::Instant::from_micros(0)),
            grants,
            may_manage,
        };
        let today = day(2026, 11, 22);
        let grants = vec![
            grant(1, day(2026, 1, 1), None),
            grant(2, day(2025, 1, 1), Some(day(2025, 12, 31))),
            grant(3, day(2027, 1, 1), None),
        ];
        let shell = || Shell::sample(t, "Ratna <script>");
        [
            view(t, shell(), account(grants, true, false), today, None),
            view(
                t,
                shell(),
                account(Vec::new(), false, true),
                today,
                Some("kemarin".into()),
            ),
        ]
        .iter()
        .map(|page| page.render().expect("renders"))
        .collect()
    }
}
