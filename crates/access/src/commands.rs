//! What can be done with accounts.

mod account;
mod change_password;
mod role;
mod second_factor;
mod sign_in;
mod sign_out;

pub use account::{
    AccountIssued, AdministerError, CreateAccount, CreateAccountError, create_account, reset_password, set_disabled,
    set_language,
};
pub(crate) use account::{issue_password, make, reset, switch};
pub use change_password::{ChangePassword, ChangePasswordError, change_password};
pub use role::{GrantRole, RoleError, grant_role, revoke_role};
pub use second_factor::{
    Enrolment, FactorChangeError, RemoveTotp, TotpConfirmed, begin_totp, confirm_totp, recovery_codes_left,
    remove_totp, renew_recovery_codes,
};
pub use sign_in::{SecondFactor, SecondFactorError, SignIn, SignInError, SignedIn, second_factor, sign_in};
pub use sign_out::{sign_out, sign_out_everywhere};

use db::Tx;
use kernel::Ctx;
use policy::{Kind, Permit};

use crate::store::Account;

/// Audits what an account does to itself.
pub(crate) async fn note(
    tx: &mut Tx,
    ctx: &Ctx,
    account: &Account,
    verb: &'static str,
    detail: serde_json::Value,
) -> db::Result<()> {
    let entry = audit::Entry {
        verb,
        kind: Kind::Account,
        subject: account.id.uuid(),
        detail,
    };
    audit::record(tx, ctx, &Permit::own_account(account.agency, account.id), entry).await
}
