//! Rows of accounts, roles and recovery codes.

use db::{Result, Tx, args, sql};
use jiff::civil::Date;
use kernel::{AccountId, AgencyId, Ctx, GrantId, Instant, PersonId, UnitId, Zone, fold_name};
use policy::{Grant, Role};

use crate::login::Login;
use crate::model::Language;
use crate::password::Personal;

/// An account with what its person lends it.
pub(crate) struct Account {
    pub id: AccountId,
    pub agency: AgencyId,
    pub zone: Zone,
    pub person: Option<PersonId>,
    pub label: String,
    pub email: Option<String>,
    pub password_hash: String,
    pub must_change: bool,
    pub disabled_at: Option<Instant>,
    pub totp_secret: Option<String>,
    pub totp_pending: Option<String>,
    pub totp_last_step: i64,
    pub language: Language,
    pub version: i64,
    pub unit_path: String,
    pub number: Option<String>,
    pub name: Option<String>,
    pub birth_date: Option<Date>,
}
db::from_row!(Account {
    id,
    agency,
    zone,
    person,
    label,
    email,
    password_hash,
    must_change,
    disabled_at,
    totp_secret,
    totp_pending,
    totp_last_step,
    language,
    version,
    unit_path,
    number,
    name,
    birth_date
});

impl Account {
    /// What its password must not be made of.
    pub(crate) fn personal(&self) -> Personal {
        Personal {
            number: self.number.clone(),
            name: self.name.clone().unwrap_or_else(|| self.label.clone()),
            email: self.email.clone(),
            birth_date: self.birth_date,
        }
    }
}

macro_rules! account_sql {
    ($tail:literal) => {
        sql!(concat!(
            "SELECT a.id, a.agency_id, g.zone, a.person_id, a.label, a.email, a.password_hash, a.must_change, \
             a.disabled_at, a.totp_secret, a.totp_pending, a.totp_last_step, a.language, a.version, \
             COALESCE(e.unit_path, ''), e.number, p.name, p.birth_date \
             FROM account a JOIN agency g ON g.id = a.agency_id LEFT JOIN person p ON p.id = a.person_id \
             LEFT JOIN employee e ON e.person_id = a.person_id ",
            $tail
        ))
    };
}

/// The account with this identifier, in any agency.
pub(crate) async fn account(tx: &mut Tx, id: AccountId) -> Result<Option<Account>> {
    tx.optional(account_sql!("WHERE a.id = $1"), args![id]).await
}

/// Accounts that may sign in with `login`, oldest first: one for each agency that knows it, four at most. A number
/// counts while it is in force; the first moments of a day are judged in the westernmost zone.
pub(crate) async fn candidates(tx: &mut Tx, login: &Login, now: Instant) -> Result<Vec<Account>> {
    match login {
        Login::Email(email) => {
            tx.all(
                account_sql!("WHERE a.email = $1 AND a.disabled_at IS NULL ORDER BY a.created_at, a.id LIMIT 4"),
                args![email],
            )
            .await
        }
        Login::Number(number) => {
            tx.all(
                account_sql!(
                    "JOIN person_number n ON n.person_id = a.person_id AND n.agency_id = a.agency_id \
                     WHERE n.number = $1 AND (n.valid_to IS NULL OR n.valid_to >= $2) AND a.disabled_at IS NULL \
                     ORDER BY a.created_at, a.id LIMIT 4"
                ),
                args![number, Zone::Wib.date(now)],
            )
            .await
        }
        Login::Unreadable(_) => Ok(Vec::new()),
    }
}

/// The account of one agency that has this login, disabled or not.
pub(crate) async fn of_agency(tx: &mut Tx, agency: AgencyId, login: &Login) -> Result<Option<Account>> {
    match login {
        Login::Email(email) => {
            tx.optional(
                account_sql!("WHERE a.agency_id = $1 AND a.email = $2"),
                args![agency, email],
            )
            .await
        }
        Login::Number(number) => {
            tx.optional(
                account_sql!(
                    "JOIN person_number n ON n.person_id = a.person_id AND n.agency_id = a.agency_id \
                     WHERE a.agency_id = $1 AND n.number = $2"
                ),
                args![agency, number],
            )
            .await
        }
        Login::Unreadable(_) => Ok(None),
    }
}

/// A new account.
pub(crate) struct NewAccount<'a> {
    pub agency: AgencyId,
    pub person: Option<PersonId>,
    pub email: Option<&'a str>,
    pub label: &'a str,
    pub password_hash: &'a str,
    pub must_change: bool,
}

/// Writes a new account.
pub(crate) async fn insert_account(tx: &mut Tx, ctx: &Ctx, new: &NewAccount<'_>) -> Result<AccountId> {
    let id: AccountId = ctx.new_id();
    tx.exec(
        sql!(
            "INSERT INTO account (id, agency_id, person_id, email, label, label_folded, password_hash, must_change, \
             totp_last_step, language, created_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, 1)"
        ),
        args![
            id,
            new.agency,
            new.person,
            new.email,
            new.label,
            fold_name(new.label),
            new.password_hash,
            new.must_change,
            Language::Indonesian,
            ctx.now()
        ],
    )
    .await?;
    Ok(id)
}

/// Replaces the password, if it is still the one with `old_hash`. Answers whether it was.
pub(crate) async fn set_password(
    tx: &mut Tx,
    account: AccountId,
    old_hash: &str,
    new_hash: &str,
    must_change: bool,
) -> Result<bool> {
    let changed = tx
        .exec(
            sql!(
                "UPDATE account SET password_hash = $3, must_change = $4, version = version + 1 \
                 WHERE id = $1 AND password_hash = $2"
            ),
            args![account, old_hash, new_hash, must_change],
        )
        .await?;
    Ok(changed == 1)
}

/// Sets or removes the second factor; what was pending is gone, and so are the recovery codes.
pub(crate) async fn set_totp(tx: &mut Tx, account: AccountId, secret: Option<&str>, last_step: i64) -> Result<()> {
    tx.exec(
        sql!(
            "UPDATE account SET totp_secret = $2, totp_pending = NULL, totp_last_step = $3, version = version + 1 \
             WHERE id = $1"
        ),
        args![account, secret, last_step],
    )
    .await?;
    tx.exec(sql!("DELETE FROM recovery_code WHERE account_id = $1"), args![account])
        .await?;
    Ok(())
}

/// A grant as it is stored.
#[derive(Debug, Clone)]
pub(crate) struct GrantRow {
    pub account: AccountId,
    pub role: Role,
    pub unit: Option<UnitId>,
    pub path: String,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
}
db::from_row!(GrantRow {
    account,
    role,
    unit,
    path,
    valid_from,
    valid_to
});

/// Roles of an account in force on `today`.
pub(crate) async fn grants_in_force(
    tx: &mut Tx,
    agency: AgencyId,
    account: AccountId,
    today: Date,
) -> Result<Vec<Grant>> {
    let rows = grants_from(tx, agency, account, today).await?;
    let now = rows.into_iter().filter(|row| row.valid_from <= today);
    Ok(now
        .map(|row| Grant {
            role: row.role,
            path: row.path,
        })
        .collect())
}

/// Roles of an account that are in force on `today` or will be.
pub(crate) async fn grants_from(
    tx: &mut Tx,
    agency: AgencyId,
    account: AccountId,
    today: Date,
) -> Result<Vec<GrantRow>> {
    // a unit that is gone must not turn its grant into one for the whole agency, whose path is empty
    tx.all(
        sql!(
            "SELECT r.account_id, r.role, r.unit_id, COALESCE(u.path, ''), r.valid_from, r.valid_to \
             FROM role_grant r LEFT JOIN unit u ON u.id = r.unit_id AND u.agency_id = r.agency_id \
             WHERE r.account_id = $1 AND r.agency_id = $2 AND (r.valid_to IS NULL OR r.valid_to >= $3) \
             AND (r.unit_id IS NULL OR u.id IS NOT NULL) ORDER BY r.role, r.id"
        ),
        args![account, agency, today],
    )
    .await
}

/// The grant with this identifier.
pub(crate) async fn grant(tx: &mut Tx, agency: AgencyId, id: GrantId) -> Result<Option<GrantRow>> {
    tx.optional(
        sql!(
            "SELECT r.account_id, r.role, r.unit_id, COALESCE(u.path, ''), r.valid_from, r.valid_to \
             FROM role_grant r LEFT JOIN unit u ON u.id = r.unit_id AND u.agency_id = r.agency_id \
             WHERE r.id = $1 AND r.agency_id = $2"
        ),
        args![id, agency],
    )
    .await
}

/// A new grant.
pub(crate) struct NewGrant<'a> {
    pub agency: AgencyId,
    pub account: AccountId,
    pub role: Role,
    pub unit: Option<UnitId>,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    pub reason: &'a str,
    pub granted_by: Option<AccountId>,
}

/// Writes a new grant.
pub(crate) async fn insert_grant(tx: &mut Tx, ctx: &Ctx, new: &NewGrant<'_>) -> Result<GrantId> {
    let id: GrantId = ctx.new_id();
    tx.exec(
        sql!(
            "INSERT INTO role_grant (id, agency_id, account_id, role, unit_id, valid_from, valid_to, reason, \
             granted_by, granted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        args![
            id,
            new.agency,
            new.account,
            new.role,
            new.unit,
            new.valid_from,
            new.valid_to,
            new.reason,
            new.granted_by,
            ctx.now()
        ],
    )
    .await?;
    Ok(id)
}

/// How many accounts other than `but` administer the whole agency on `today` and may sign in.
pub(crate) async fn other_admins(tx: &mut Tx, agency: AgencyId, but: AccountId, today: Date) -> Result<i64> {
    let count = tx
        .scalar(
            sql!(
                "SELECT CAST(COUNT(*) AS BIGINT) FROM role_grant r JOIN account a ON a.id = r.account_id \
                 WHERE r.agency_id = $1 AND r.role = 'ADMIN_INSTANSI' AND r.unit_id IS NULL AND r.account_id <> $2 \
                 AND r.valid_from <= $3 AND (r.valid_to IS NULL OR r.valid_to >= $3) AND a.disabled_at IS NULL"
            ),
            args![agency, but, today],
        )
        .await?;
    Ok(count.unwrap_or(0))
}
