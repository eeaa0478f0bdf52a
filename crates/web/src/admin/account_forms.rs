//! Giving and taking roles, issuing a new password, disabling and enabling.

use access::TargetError;
use access::commands::{AdministerError, GrantRole, RoleError};
use access::queries::{AccountPage, GrantLine};
use axum::extract::{Path, State};
use kernel::{Code, GrantId};
use policy::Role;

use super::account::found;
use super::form::FormPage;
use super::new_account::issued;
use crate::shared::words;
use crate::shared::{
    AppState, Choice, Field, FieldKind, FormData, PageError, PageResult, Problem, Problems, Staff, see_other,
};

fn manageable(account: AccountPage) -> Result<AccountPage, PageError> {
    if account.may_manage {
        Ok(account)
    } else {
        Err(PageError::Forbidden)
    }
}

fn at(account: &AccountPage) -> String {
    format!("/kelola/akun/{}", account.id)
}

fn framed(staff: &Staff, account: &AccountPage, title: &'static str, action: &str) -> FormPage {
    let home = at(account);
    FormPage::new(staff, title, format!("{home}/{action}"), &home)
        .crumb("/kelola/akun", staff.t.admin_accounts())
        .crumb(&home, &account.label)
}

/// Why an account is not the reader's to administer.
fn target(staff: &Staff, error: TargetError) -> Result<&'static str, PageError> {
    match error {
        TargetError::Denied(denied) => Err(denied.into()),
        TargetError::Yourself => Ok(staff.t.admin_target_yourself()),
        TargetError::Outranked => Ok(staff.t.admin_target_outranked()),
        TargetError::Internal(error) => Err(error.into()),
    }
}

/// `GET /kelola/akun/{id}/peran`
pub(super) async fn grant_form(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let account = manageable(found(&staff, &app, &id).await?)?;
    grant_page(&staff, &app, &account, &FormData::default(), &Problems::none()).await
}

async fn grant_page(
    staff: &Staff,
    app: &AppState,
    account: &AccountPage,
    form: &FormData,
    problems: &Problems,
) -> PageResult {
    let t = staff.t;
    let agency = staff.session.agency.id;
    let units = db::read!(app.db, async |tx| org::queries::unit_options(tx, agency).await)?;
    let actor = staff.actor();
    let whole = actor.holds(Role::AgencyAdmin, "");
    let roles = Role::ALL
        .iter()
        .filter(|role| whole || matches!(role, Role::UnitAdmin | Role::Counter))
        .map(|role| {
            let hint = match role {
                Role::UnitAdmin => t.admin_role_hint_unit_admin(),
                Role::AgencyAdmin => t.admin_role_hint_agency_admin(),
                Role::Auditor => t.admin_role_hint_auditor(),
                Role::AgencyHead => t.admin_role_hint_agency_head(),
                Role::Counter => t.admin_role_hint_counter(),
            };
            Choice::new(role.code(), words::role(t, *role)).hint(hint)
        })
        .collect();
    let mut places = Vec::new();
    if whole {
        places.push(Choice::new("", t.role_in_agency()));
    }
    places.extend(
        units
            .iter()
            .filter(|u| actor.administers(&u.path))
            .map(|u| Choice::new(u.id.to_string(), super::words::indented(u))),
    );
    framed(staff, account, t.admin_role_grant(), "peran")
        .field(Field::new(t, "peran", t.admin_account_role(), FieldKind::Radios(roles)).from(form, problems))
        .field(
            Field::new(t, "unit", t.admin_role_place(), FieldKind::Select(places))
                .hint(t.admin_role_place_hint())
                .optional()
                .from(form, problems),
        )
        .field(
            Field::new(t, "mulai", t.admin_first_day(), FieldKind::Date)
                .value(staff.today().to_string())
                .from(form, problems),
        )
        .field(
            Field::new(t, "akhir", t.admin_last_day(), FieldKind::Date)
                .hint(t.admin_last_day_hint())
                .optional()
                .from(form, problems),
        )
        .field(
            Field::paragraph(t, "alasan", t.admin_reason())
                .hint(t.admin_reason_hint())
                .max(300)
                .from(form, problems),
        )
        .button(t.admin_role_grant(), t.admin_role_grant_after())
        .answer(problems)
}

/// `POST /kelola/akun/{id}/peran`
pub(super) async fn grant(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    let account = manageable(found(&staff, &app, &id).await?)?;
    let t = staff.t;
    let mut problems = Problems::none();
    let role: Option<Role> = form.code("peran", &mut problems);
    let from = form.date("mulai");
    if from.is_none() {
        problems.say("mulai", t.admin_date_wrong());
    }
    let to = form.date("akhir");
    if to.is_none() && !form.raw("akhir").trim().is_empty() {
        problems.say("akhir", t.admin_date_wrong());
    }
    let unit = form.id("unit");
    if unit.is_none() && !form.raw("unit").is_empty() {
        problems.say("unit", t.admin_unit_unknown());
    }
    let reason = form.paragraph("alasan", 300, &mut problems);
    if let (Some(role), Some(valid_from), true) = (role, from, problems.is_empty()) {
        let input = GrantRole {
            account: account.id,
            role,
            unit,
            valid_from,
            valid_to: to,
            reason,
        };
        match access::commands::grant_role(&app.db, &app.ctx, staff.actor(), input).await {
            Ok(_) => return see_other(&format!("{}?pesan=peran", at(&account))),
            Err(error) => role_problem(&staff, error, &mut problems)?,
        }
    }
    grant_page(&staff, &app, &account, &form, &problems).await
}

fn role_problem(staff: &Staff, error: RoleError, problems: &mut Problems) -> Result<(), PageError> {
    let t = staff.t;
    match error {
        RoleError::Target(error) => problems.say("peran", target(staff, error)?),
        RoleError::NotFound => return Err(PageError::NotFound),
        RoleError::NotYours => problems.say("peran", t.admin_role_not_yours()),
        RoleError::UnitNotFound => problems.say("unit", t.admin_unit_unknown()),
        RoleError::NeedsUnit => problems.say("unit", t.admin_role_needs_unit()),
        RoleError::NeedsWholeAgency => problems.say("unit", t.admin_role_needs_agency()),
        RoleError::Days => problems.say("mulai", t.admin_role_days()),
        RoleError::AlreadyHeld => problems.say("peran", t.admin_role_held()),
        RoleError::Reason(error) => problems.text("alasan", error),
        RoleError::LastAdmin => problems.say("alasan", t.admin_last_admin()),
        RoleError::Internal(error) => return Err(error.into()),
    }
    Ok(())
}

fn grant_of(account: &AccountPage, grant: &str) -> Result<(GrantId, GrantLine), PageError> {
    let id: GrantId = grant.parse().map_err(|_| PageError::NotFound)?;
    let line = account.grants.iter().find(|g| g.id == id).cloned();
    Ok((id, line.ok_or(PageError::NotFound)?))
}

/// `GET /kelola/akun/{id}/peran/{grant}`
pub(super) async fn revoke_form(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, grant)): Path<(String, String)>,
) -> PageResult {
    let account = manageable(found(&staff, &app, &id).await?)?;
    let (_, line) = grant_of(&account, &grant)?;
    revoke_page(&staff, &account, &line, &FormData::default(), &Problems::none())
}

fn revoke_page(
    staff: &Staff,
    account: &AccountPage,
    line: &GrantLine,
    form: &FormData,
    problems: &Problems,
) -> PageResult {
    let t = staff.t;
    framed(staff, account, t.admin_role_revoke(), &format!("peran/{}", line.id))
        .lead(words::grant(t, line))
        .field(
            Field::paragraph(t, "alasan", t.admin_reason())
                .hint(t.admin_reason_hint())
                .max(300)
                .from(form, problems),
        )
        .button(t.admin_role_revoke(), t.admin_role_revoke_after())
        .danger()
        .answer(problems)
}

/// `POST /kelola/akun/{id}/peran/{grant}`
pub(super) async fn revoke(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, grant)): Path<(String, String)>,
    form: FormData,
) -> PageResult {
    let account = manageable(found(&staff, &app, &id).await?)?;
    let (grant, line) = grant_of(&account, &grant)?;
    let mut problems = Problems::none();
    let reason = form.paragraph("alasan", 300, &mut problems);
    if problems.is_empty() {
        match access::commands::revoke_role(&app.db, &app.ctx, staff.actor(), grant, &reason).await {
            Ok(()) => return see_other(&format!("{}?pesan=dicabut", at(&account))),
            Err(RoleError::Target(error)) => problems.say("alasan", target(&staff, error)?),
            Err(RoleError::NotYours) => problems.say("alasan", staff.t.admin_role_not_yours()),
            Err(error) => role_problem(&staff, error, &mut problems)?,
        }
    }
    revoke_page(&staff, &account, &line, &form, &problems)
}

/// `GET /kelola/akun/{id}/kata-sandi`
pub(super) async fn reset_form(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let account = manageable(found(&staff, &app, &id).await?)?;
    reset_page(&staff, &account, &FormData::default(), &Problems::none())
}

fn reset_page(staff: &Staff, account: &AccountPage, form: &FormData, problems: &Problems) -> PageResult {
    let t = staff.t;
    let mut page = framed(staff, account, t.admin_reset(), "kata-sandi")
        .lead(t.admin_reset_lead())
        .button(t.admin_reset_button(), t.admin_reset_after())
        .danger();
    let factor = if account.has_totp {
        let choices = vec![
            Choice::new("tetap", t.admin_reset_keep_factor()),
            Choice::new("hapus", t.admin_reset_remove_factor()).hint(t.admin_reset_remove_factor_hint()),
        ];
        Field::new(t, "pengaman", t.account_factor(), FieldKind::Radios(choices))
    } else {
        Field::new(
            t,
            "pengaman",
            t.account_factor(),
            FieldKind::Radios(vec![Choice::new("tetap", t.account_factor_off())]),
        )
        .value("tetap")
    };
    page = page.field(factor.from(form, problems));
    page.answer(problems)
}

/// `POST /kelola/akun/{id}/kata-sandi`
pub(super) async fn reset(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    let account = manageable(found(&staff, &app, &id).await?)?;
    let mut problems = Problems::none();
    if !["tetap", "hapus"].contains(&form.raw("pengaman")) {
        problems.add("pengaman", Problem::Required);
        return reset_page(&staff, &account, &form, &problems);
    }
    let remove = form.raw("pengaman") == "hapus";
    let done = access::commands::reset_password(&app.db, &app.ctx, &app.gate, staff.actor(), account.id, remove).await;
    match done {
        Ok(done) => issued(&staff, &account, &done.password),
        Err(error) => {
            problems.say("pengaman", administer_problem(&staff, error)?);
            reset_page(&staff, &account, &form, &problems)
        }
    }
}

fn administer_problem(staff: &Staff, error: AdministerError) -> Result<&'static str, PageError> {
    match error {
        AdministerError::Target(error) => target(staff, error),
        AdministerError::LastAdmin => Ok(staff.t.admin_last_admin()),
        AdministerError::Stale => Ok(staff.t.error_stale_title()),
        AdministerError::Internal(error) => Err(error.into()),
    }
}

/// `GET /kelola/akun/{id}/status`
pub(super) async fn switch_form(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let account = manageable(found(&staff, &app, &id).await?)?;
    switch_page(&staff, &account, &Problems::none(), false)
}

fn switch_page(staff: &Staff, account: &AccountPage, problems: &Problems, stale: bool) -> PageResult {
    let t = staff.t;
    let disabled = account.disabled_at.is_some();
    let (title, lead) = if disabled {
        (t.admin_enable(), t.admin_enable_lead())
    } else {
        (t.admin_disable(), t.admin_disable_lead())
    };
    let yes = if disabled { "aktif" } else { "nonaktif" };
    let state = super::words::account_state(t, disabled, account.must_change);
    let mut page = framed(staff, account, title, "status")
        .lead(lead)
        .fact(t.admin_account_state(), state.label)
        .hidden("version", account.version.to_string())
        .field(
            Field::new(
                t,
                "menjadi",
                t.admin_switch_to(),
                FieldKind::Radios(vec![Choice::new(yes, title)]),
            )
            .value(yes)
            .from(&FormData::default(), problems),
        )
        .button(title, t.admin_switch_after());
    if !disabled {
        page = page.danger();
    }
    if stale {
        page = page.stale();
    }
    page.answer(problems)
}

/// `POST /kelola/akun/{id}/status`
pub(super) async fn switch(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    form: FormData,
) -> PageResult {
    let account = manageable(found(&staff, &app, &id).await?)?;
    let mut problems = Problems::none();
    let disabled = match form.raw("menjadi") {
        "aktif" => false,
        "nonaktif" => true,
        _ => {
            problems.add("menjadi", Problem::Required);
            return switch_page(&staff, &account, &problems, false);
        }
    };
    let (actor, version) = (staff.actor(), form.version());
    match access::commands::set_disabled(&app.db, &app.ctx, actor, account.id, version, disabled).await {
        Ok(()) => see_other(&format!("{}?pesan=status", at(&account))),
        Err(AdministerError::Stale) => switch_page(&staff, &account, &problems, true),
        Err(error) => {
            problems.say("menjadi", administer_problem(&staff, error)?);
            switch_page(&staff, &account, &problems, false)
        }
    }
}
