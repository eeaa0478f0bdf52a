//! Reads for the pages of administration. Each takes the open transaction.

use db::{Result, Sql, Tx, args, sql};
use jiff::civil::Date;
use kernel::{AccountId, AgencyId, Cursor, GrantId, Instant, Page, PageSize, PersonId, UnitId, fold_name};
use org::access::{ScopeColumns, push_scope};
use policy::{Action, Actor, Decision, Role, Scope, decide};

use crate::access;
use crate::store;

/// An account without a person belongs to no unit: only who sees the whole agency sees it.
const COLUMNS: ScopeColumns = org::scope_columns!("a.agency_id", "e.unit_path", "a.person_id");

/// One line of the list of accounts.
#[derive(Debug, Clone)]
pub struct AccountLine {
    /// Identifier.
    pub id: AccountId,
    /// Name.
    pub label: String,
    /// Sort form of the name.
    pub label_folded: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Unit, if a person with a placement.
    pub unit: Option<String>,
    /// Whether an issued password waits to be changed.
    pub must_change: bool,
    /// Whether there is a second factor.
    pub has_totp: bool,
    /// Since when disabled.
    pub disabled_at: Option<Instant>,
}
db::from_row!(AccountLine {
    id,
    label,
    label_folded,
    email,
    unit,
    must_change,
    has_totp,
    disabled_at
});

/// What narrows the list.
#[derive(Debug, Clone, Default)]
pub struct AccountFilter {
    /// The name begins with this.
    pub name: Option<String>,
    /// Only disabled, or only enabled ones.
    pub disabled: Option<bool>,
    /// Only accounts with this role, whenever.
    pub role: Option<Role>,
}

/// Accounts by name, one statement.
pub async fn accounts(
    tx: &mut Tx,
    scope: &Scope,
    filter: &AccountFilter,
    after: Option<&Cursor>,
) -> Result<Page<AccountLine>> {
    let sql = Sql::new(
        "SELECT a.id, a.label, a.label_folded, a.email, e.unit_name, a.must_change, a.totp_secret IS NOT NULL, \
         a.disabled_at FROM account a LEFT JOIN employee e ON e.person_id = a.person_id WHERE ",
    );
    let name = filter.name.as_deref().map(fold_name).filter(|n| !n.is_empty());
    let mut sql = push_scope(sql, scope, COLUMNS)
        .push_opt(" AND a.label_folded >= {}", name.clone())
        // everything that begins with the text sorts below the text followed by the last character
        .push_opt(" AND a.label_folded < {}", name.map(|n| n + "\u{10FFFF}"))
        .push_opt(
            " AND EXISTS (SELECT 1 FROM role_grant r WHERE r.account_id = a.id AND r.role = {})",
            filter.role,
        );
    if let Some(disabled) = filter.disabled {
        sql = sql.push(if disabled {
            " AND a.disabled_at IS NOT NULL"
        } else {
            " AND a.disabled_at IS NULL"
        });
    }
    if let Some(after) = after {
        sql = sql
            .push_with(" AND (a.label_folded > {} OR (a.label_folded = {}", after.key.as_str())
            .push_with(" AND a.id > {}))", after.id);
    }
    let sql = sql.push_with(" ORDER BY a.label_folded, a.id LIMIT {}", PageSize::LIST + 1);
    let rows: Vec<AccountLine> = tx.all(sql.text(), sql.args()).await?;
    Ok(Page::cut(rows, PageSize::LIST, |row| Cursor {
        key: row.label_folded.clone(),
        id: row.id.uuid(),
    }))
}

/// One account with its roles.
#[derive(Debug, Clone)]
pub struct AccountPage {
    /// Identifier.
    pub id: AccountId,
    /// For [`crate::commands::set_disabled`].
    pub version: i64,
    /// The person, if any.
    pub person: Option<PersonId>,
    /// Name.
    pub label: String,
    /// E-mail address.
    pub email: Option<String>,
    /// NIP or NI PPPK.
    pub number: Option<String>,
    /// Whether an issued password waits to be changed.
    pub must_change: bool,
    /// Whether there is a second factor.
    pub has_totp: bool,
    /// Since when disabled.
    pub disabled_at: Option<Instant>,
    /// All roles ever, newest first.
    pub grants: Vec<GrantLine>,
    /// Whether the actor may administer it (roles that outrank the actor's are found by the command).
    pub may_manage: bool,
}

/// A role of an account.
#[derive(Debug, Clone)]
pub struct GrantLine {
    /// Identifier.
    pub id: GrantId,
    /// Which role.
    pub role: Role,
    /// At and below which unit; `None` for the whole agency.
    pub unit: Option<UnitId>,
    /// Name of the unit.
    pub unit_name: Option<String>,
    /// First day.
    pub valid_from: Date,
    /// Last day; before `valid_from` when it was taken on its first day.
    pub valid_to: Option<Date>,
    /// Why.
    pub reason: String,
}
db::from_row!(GrantLine {
    id,
    role,
    unit,
    unit_name,
    valid_from,
    valid_to,
    reason
});

/// One account; `None` when it does not exist for the actor. Two statements.
pub async fn account(tx: &mut Tx, actor: &Actor, id: AccountId) -> Result<Option<AccountPage>> {
    let Some(account) = store::account(tx, id).await? else {
        return Ok(None);
    };
    let facts = access::facts(&account);
    let own = account.id == actor.account;
    if !own && !matches!(decide(actor, Action::View, &facts), Decision::Allowed(_)) {
        return Ok(None);
    }
    let grants = tx
        .all(
            sql!(
                "SELECT r.id, r.role, r.unit_id, u.name, r.valid_from, r.valid_to, r.reason FROM role_grant r \
                 LEFT JOIN unit u ON u.id = r.unit_id WHERE r.account_id = $1 AND r.agency_id = $2 \
                 ORDER BY r.valid_from DESC, r.id DESC"
            ),
            args![id, account.agency],
        )
        .await?;
    Ok(Some(AccountPage {
        id,
        version: account.version,
        person: account.person,
        label: account.label,
        email: account.email,
        number: account.number,
        must_change: account.must_change,
        has_totp: account.totp_secret.is_some(),
        disabled_at: account.disabled_at,
        grants,
        may_manage: !own && decide(actor, Action::Manage, &facts).is_allowed(),
    }))
}

/// The account of a person, if there is one and the actor may see it.
pub async fn account_of(tx: &mut Tx, actor: &Actor, person: PersonId) -> Result<Option<AccountPage>> {
    let id: Option<AccountId> = tx
        .scalar(
            sql!("SELECT id FROM account WHERE agency_id = $1 AND person_id = $2"),
            args![actor.agency, person],
        )
        .await?;
    match id {
        Some(id) => account(tx, actor, id).await,
        None => Ok(None),
    }
}

/// What accounts of an agency are called, for lists that name who did something. One statement.
pub async fn labels(tx: &mut Tx, agency: AgencyId, accounts: &[AccountId]) -> Result<Vec<(AccountId, String)>> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let sql = Sql::new("SELECT id, label FROM account WHERE ")
        .push_with("agency_id = {} AND ", agency)
        .push_in("id", accounts.iter().copied());
    tx.all(sql.text(), sql.args()).await
}
