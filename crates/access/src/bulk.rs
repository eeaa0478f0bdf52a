//! Plain rows of accounts and grants, for the demo city, imports, benchmarks and test builders. Nothing is checked or
//! audited one by one.

use db::{Result, Tx, Value, args, sql};
use jiff::civil::Date;
use kernel::{AccountId, AgencyId, GrantId, Instant, PersonId, UnitId, fold_name};
use policy::Role;

use crate::model::Language;

/// An account. Many may share one hash, computed once with [`crate::password::hash`].
#[derive(Debug, Clone)]
pub struct AccountRow {
    /// Identifier.
    pub id: AccountId,
    /// The person, if any.
    pub person: Option<PersonId>,
    /// Lower-case e-mail address, unique in the agency.
    pub email: Option<String>,
    /// Full name.
    pub label: String,
    /// Argon2id in PHC form.
    pub password_hash: String,
    /// Whether the password must be changed first.
    pub must_change: bool,
    /// Language of pages.
    pub language: Language,
}

/// A grant.
#[derive(Debug, Clone)]
pub struct GrantRow {
    /// Identifier.
    pub id: GrantId,
    /// To whom.
    pub account: AccountId,
    /// Which role.
    pub role: Role,
    /// At and below which unit; `None` for the whole agency.
    pub unit: Option<UnitId>,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Option<Date>,
    /// Why.
    pub reason: String,
}

/// Everything at once.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// Accounts.
    pub accounts: Vec<AccountRow>,
    /// Their roles.
    pub grants: Vec<GrantRow>,
}

/// Writes all rows for one agency.
pub async fn insert_all(tx: &mut Tx, agency: AgencyId, now: Instant, rows: &Rows) -> Result<()> {
    let accounts: Vec<Vec<Value>> = rows
        .accounts
        .iter()
        .map(|a| {
            args![
                a.id,
                agency,
                a.person,
                a.email.clone(),
                &a.label,
                fold_name(&a.label),
                &a.password_hash,
                a.must_change,
                a.language,
                now
            ]
            .to_vec()
        })
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO account (id, agency_id, person_id, email, label, label_folded, password_hash, must_change, \
             totp_last_step, language, created_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, 1)"
        ),
        &accounts,
    )
    .await?;
    let grants: Vec<Vec<Value>> = rows
        .grants
        .iter()
        .map(|g| {
            args![
                g.id,
                agency,
                g.account,
                g.role,
                g.unit,
                g.valid_from,
                g.valid_to,
                &g.reason,
                now
            ]
            .to_vec()
        })
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO role_grant (id, agency_id, account_id, role, unit_id, valid_from, valid_to, reason, \
             granted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        &grants,
    )
    .await?;
    Ok(())
}
