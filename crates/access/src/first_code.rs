//! The first administrator: a code printed at the first start makes the agency and its administrator. There is no
//! default password (T26).

use std::net::IpAddr;
use std::time::Duration;

use db::{Db, Tx, args, sql};
use kernel::{AgencyId, Ctx, TextError};
use org::agency::{self, CreateError, NewAgency};
use policy::{Kind, Permit, Role};

use crate::commands::{SignedIn, note};
use crate::gate::Gate;
use crate::login::fold_email;
use crate::model::{PasswordProblem, Stage};
use crate::password::{self, Personal};
use crate::secret::{self, Issued, digest};
use crate::session;
use crate::store::{self, NewAccount, NewGrant};
use crate::throttle::{self, Attempt};

/// How long a code lives; another start prints a new one.
const LIVES: Duration = Duration::from_secs(24 * 3600);

/// A new code when nobody has an account yet, else `None`. A code that was printed before is void.
pub async fn issue(db: &Db, ctx: &Ctx) -> db::Result<Option<Issued>> {
    db::write!(db, async |tx| {
        if any_account(tx).await? {
            return Ok(None);
        }
        tx.exec(sql!("DELETE FROM first_code WHERE used_at IS NULL"), args![])
            .await?;
        let code = secret::issue(ctx, 4, 4);
        tx.exec(
            sql!("INSERT INTO first_code (hash, expires_at) VALUES ($1, $2)"),
            args![hash_of(code.reveal()).as_slice(), ctx.now().plus(LIVES)],
        )
        .await?;
        Ok(Some(code))
    })
}

/// True while the installation waits for its first administrator.
pub async fn is_awaited(tx: &mut Tx) -> db::Result<bool> {
    Ok(!any_account(tx).await?)
}

async fn any_account(tx: &mut Tx) -> db::Result<bool> {
    let one: Option<i64> = tx
        .scalar(sql!("SELECT CAST(1 AS BIGINT) FROM account LIMIT 1"), args![])
        .await?;
    Ok(one.is_some())
}

fn hash_of(code: &str) -> [u8; 32] {
    digest(&[b"first-code", secret::tidy(code).unwrap_or_default().as_bytes()])
}

/// What the page sends.
#[derive(Clone)]
pub struct Redeem {
    /// The printed code.
    pub code: String,
    /// The agency; one with this code that exists (made at the command line) is taken as it is.
    pub agency: NewAgency,
    /// Name of the account, 1 to 120 characters.
    pub label: String,
    /// Login name.
    pub email: String,
    /// Chosen by the administrator.
    pub password: String,
    /// Where the request comes from.
    pub address: IpAddr,
}

/// Why there is no first administrator yet.
#[derive(Debug, thiserror::Error)]
pub enum RedeemError {
    /// Not the code, or expired, or used, or somebody has an account already.
    #[error("the code is wrong or has expired")]
    Wrong,
    /// Too many attempts; try again after `wait`.
    #[error("too many attempts")]
    Wait {
        /// From now.
        wait: Duration,
    },
    /// The agency cannot be made.
    #[error(transparent)]
    Agency(CreateError),
    /// The name of the account is missing or unfit.
    #[error("the name of the account: {0}")]
    Label(TextError),
    /// Not an e-mail address.
    #[error("not an e-mail address")]
    Email,
    /// The password is not accepted.
    #[error("the password is not accepted: {0}")]
    Password(PasswordProblem),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Makes the agency and its administrator, and signs them in.
pub async fn redeem(db: &Db, ctx: &Ctx, gate: &Gate, input: Redeem) -> Result<SignedIn, RedeemError> {
    let label = kernel::line(&input.label, 120).map_err(RedeemError::Label)?;
    let email = fold_email(&input.email).ok_or(RedeemError::Email)?;
    let personal = Personal {
        name: label.clone(),
        email: Some(email.clone()),
        ..Personal::default()
    };
    password::check(&input.password, &personal).map_err(RedeemError::Password)?;
    let attempt = Attempt::new("first-code", b"", input.address);
    db::write!(db, async |tx| {
        match attempt.charge(tx, ctx.now()).await? {
            Ok(()) => Ok(()),
            Err(wait) => Err(RedeemError::Wait { wait }),
        }
    })?;
    let password_hash = password::hash(gate, ctx, &input.password).await?;
    let done = db::write!(db, async |tx| {
        let now = ctx.now();
        let used = tx
            .exec(
                sql!("UPDATE first_code SET used_at = $2 WHERE hash = $1 AND used_at IS NULL AND expires_at > $2"),
                args![hash_of(&input.code).as_slice(), now],
            )
            .await?;
        if used != 1 || any_account(tx).await? {
            return Err(RedeemError::Wrong);
        }
        let agency: AgencyId = match agency::by_code(tx, &input.agency.code).await? {
            Some(there) => there.id,
            None => agency::create(tx, ctx, &input.agency)
                .await
                .map_err(|error| match error {
                    CreateError::Internal(error) => RedeemError::Internal(error),
                    other => RedeemError::Agency(other),
                })?,
        };
        let new = NewAccount {
            agency,
            person: None,
            email: Some(&email),
            label: &label,
            password_hash: &password_hash,
            must_change: false,
        };
        let id = store::insert_account(tx, ctx, &new).await?;
        let account = store::account(tx, id).await?.ok_or(db::Error::NoRow)?;
        let grant = NewGrant {
            agency,
            account: id,
            role: Role::AgencyAdmin,
            unit: None,
            valid_from: account.zone.date(now),
            valid_to: None,
            reason: "Administrator pertama",
            granted_by: None,
        };
        let grant = store::insert_grant(tx, ctx, &grant).await?;
        attempt.passed(tx, ctx.now()).await?;
        let sign_in = Attempt::new("sign-in", email.as_bytes(), input.address);
        throttle::know(tx, sign_in.network_key(), now).await?;
        let token = session::open(tx, ctx, gate.config(), id, Stage::Full, None).await?;
        note(
            tx,
            ctx,
            &account,
            "access.first_administrator",
            serde_json::json!({ "grant": grant }),
        )
        .await?;
        Ok(SignedIn::new(token, Stage::Full, &account))
    });
    if matches!(done, Err(RedeemError::Wrong)) {
        db::write!(db, async |tx| {
            attempt.failed(tx, ctx.now()).await?;
            Ok::<_, RedeemError>(())
        })?;
    }
    done
}

/// Makes an administrator with an issued password at the command line; `abdi account create-admin`.
pub(crate) async fn admin_at_command_line(
    tx: &mut Tx,
    ctx: &Ctx,
    agency: AgencyId,
    account: kernel::AccountId,
) -> db::Result<()> {
    let row = store::account(tx, account).await?.ok_or(db::Error::NoRow)?;
    let grant = NewGrant {
        agency,
        account,
        role: Role::AgencyAdmin,
        unit: None,
        valid_from: row.zone.date(ctx.now()),
        valid_to: None,
        reason: "Baris perintah",
        granted_by: None,
    };
    let grant = store::insert_grant(tx, ctx, &grant).await?;
    let entry = audit::Entry {
        verb: "access.grant_role",
        kind: Kind::Account,
        subject: account.uuid(),
        detail: serde_json::json!({ "grant": grant, "role": kernel::Code::code(Role::AgencyAdmin) }),
    };
    audit::record(tx, ctx, &Permit::system(agency, account), entry).await
}
