use db::{Db, Result};
use kernel::{AccountId, Ctx};
use policy::Actor;

use super::note;
use crate::{session, store};

/// Ends the session of `token`; a token that opens nothing is no error.
pub async fn sign_out(db: &Db, ctx: &Ctx, token: &str) -> Result<()> {
    let Some(key) = session::key_of(token) else {
        return Ok(());
    };
    db::write!(db, async |tx| {
        let Some(begun) = session::begun(tx, key, ctx.now()).await? else {
            return session::close(tx, key).await.map(drop);
        };
        session::close(tx, key).await?;
        if let Some(account) = store::account(tx, begun.account).await? {
            note(tx, ctx, &account, "access.sign_out", serde_json::json!({})).await?;
        }
        Ok(())
    })
}

/// Ends every session of the actor's account, this one too ("keluar dari semua perangkat"). Answers the account.
pub async fn sign_out_everywhere(db: &Db, ctx: &Ctx, actor: &Actor) -> Result<AccountId> {
    db::write!(db, async |tx| {
        let ended = session::close_all(tx, actor.account).await?;
        if let Some(account) = store::account(tx, actor.account).await? {
            let detail = serde_json::json!({ "sessions": ended });
            note(tx, ctx, &account, "access.sign_out_everywhere", detail).await?;
        }
        Ok(actor.account)
    })
}
