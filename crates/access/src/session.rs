use std::time::Duration;

use db::{Result, Tx, args, sql};
use kernel::{AccountId, AgencyId, Ctx, Instant, PersonId, Zone};
use policy::Actor;

use crate::gate::Config;
use crate::model::{Language, Stage};
use crate::secret::{self, digest};
use crate::store;

/// How often use is noted.
const TOUCH_EVERY: Duration = Duration::from_secs(60);

/// What the browser keeps: 256 random bits, base64url (43 characters). Never shown by `Debug`; only its SHA-256 is
/// stored.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(pub(crate) String);

impl SessionToken {
    /// The text for the cookie.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

/// The stored digest of a token: names a session without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionKey(pub(crate) [u8; 32]);

/// Who is there, for one request.
#[derive(Debug, Clone)]
pub struct SessionView {
    /// The session.
    pub key: SessionKey,
    /// How far it has come. Unless it is [`Stage::Full`], `actor` has no person, no grants and heads nothing.
    pub stage: Stage,
    /// The account.
    pub account: AccountId,
    /// What the account is called (the person's name, or a name given to an account of administration).
    pub label: String,
    /// Language of pages.
    pub language: Language,
    /// True when a second factor is set up.
    pub has_totp: bool,
    /// The agency.
    pub agency: AgencyView,
    /// The person behind the account.
    pub person: Option<PersonView>,
    /// True when somebody's superior today, by the tree or by an override.
    pub supervises: bool,
    /// Who acts, for `policy`.
    pub actor: Actor,
    /// When it was opened.
    pub created_at: Instant,
    /// The last request that was noted (see [`touch`]).
    pub seen_at: Instant,
    /// When it ends whatever happens.
    pub expires_at: Instant,
    /// It also ends after this long without a request.
    pub idle: Duration,
}

/// The agency of a session.
#[derive(Debug, Clone)]
pub struct AgencyView {
    /// Identifier.
    pub id: AgencyId,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Region.
    pub region: String,
    /// Time zone of its offices.
    pub zone: Zone,
    /// True for the invented city of the demonstration.
    pub is_demo: bool,
}

/// The person of a session.
#[derive(Debug, Clone)]
pub struct PersonView {
    /// Identifier.
    pub id: PersonId,
    /// Full name with titles.
    pub name: String,
    /// NIP or NI PPPK, eighteen digits; may be empty.
    pub number: String,
    /// Title of the position held today; may be empty.
    pub position: String,
    /// Name of the unit; may be empty.
    pub unit: String,
}

/// The session and everything about the account that a page needs; one row.
struct Row {
    stage: Stage,
    created_at: Instant,
    seen_at: Instant,
    expires_at: Instant,
    account: AccountId,
    label: String,
    language: Language,
    has_totp: bool,
    has_grants: bool,
    agency: AgencyId,
    code: String,
    name: String,
    region: String,
    zone: Zone,
    is_demo: bool,
    person: Option<PersonId>,
    full_name: Option<String>,
    number: Option<String>,
    position: Option<String>,
    unit: Option<String>,
    supervises: bool,
}
db::from_row!(Row {
    stage,
    created_at,
    seen_at,
    expires_at,
    account,
    label,
    language,
    has_totp,
    has_grants,
    agency,
    code,
    name,
    region,
    zone,
    is_demo,
    person,
    full_name,
    number,
    position,
    unit,
    supervises
});

/// The session that `token` opens at `now`, or `None` when there is none (any more): unknown, ended, idle for too
/// long, or its account disabled.
///
/// Two statements for most people: the session with everything around it, and the headships. A third reads the roles
/// of those who have any. An unfinished session costs one.
pub async fn resolve(tx: &mut Tx, config: &Config, token: &str, now: Instant) -> Result<Option<SessionView>> {
    let Some(key) = key_of(token) else {
        return Ok(None);
    };
    let row: Option<Row> = tx
        .optional(
            sql!(
                "SELECT s.stage, s.created_at, s.seen_at, s.expires_at, a.id, a.label, a.language, \
                 a.totp_secret IS NOT NULL, EXISTS (SELECT 1 FROM role_grant r WHERE r.account_id = a.id), \
                 g.id, g.code, g.name, g.region, g.zone, g.is_demo, \
                 a.person_id, e.full_name, e.number, e.position_title, e.unit_name, \
                 EXISTS (SELECT 1 FROM employee b WHERE b.superior_id = a.person_id) \
                 FROM session s JOIN account a ON a.id = s.account_id JOIN agency g ON g.id = a.agency_id \
                 LEFT JOIN employee e ON e.person_id = a.person_id \
                 WHERE s.token_hash = $1 AND s.expires_at > $2 AND a.disabled_at IS NULL"
            ),
            args![key.0.as_slice(), now],
        )
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let actor = actor(tx, &row, now).await?;
    let sensitive = row.supervises || !actor.grants.is_empty() || !actor.heads.is_empty();
    let idle = if sensitive { config.idle_sensitive } else { config.idle };
    if now.since(row.seen_at) >= idle {
        return Ok(None);
    }
    let person = row.person.map(|id| PersonView {
        id,
        name: row.full_name.unwrap_or_else(|| row.label.clone()),
        number: row.number.unwrap_or_default(),
        position: row.position.unwrap_or_default(),
        unit: row.unit.unwrap_or_default(),
    });
    Ok(Some(SessionView {
        key,
        stage: row.stage,
        account: row.account,
        label: row.label,
        language: row.language,
        has_totp: row.has_totp,
        agency: AgencyView {
            id: row.agency,
            code: row.code,
            name: row.name,
            region: row.region,
            zone: row.zone,
            is_demo: row.is_demo,
        },
        person,
        supervises: row.supervises,
        actor,
        created_at: row.created_at,
        seen_at: row.seen_at,
        expires_at: row.expires_at,
        idle,
    }))
}

/// The actor of a session: nobody in particular until the session is complete, so that a page that forgets to look at
/// the stage shows nothing (T20).
async fn actor(tx: &mut Tx, row: &Row, now: Instant) -> Result<Actor> {
    let mut actor = Actor {
        account: row.account,
        agency: row.agency,
        person: None,
        unit_path: None,
        heads: Vec::new(),
        grants: Vec::new(),
    };
    if row.stage != Stage::Full {
        return Ok(actor);
    }
    let today = row.zone.date(now);
    if let Some(person) = row.person {
        let facts = org::access::actor_facts(tx, row.agency, person, today).await?;
        actor.person = Some(person);
        actor.unit_path = facts.unit_path;
        actor.heads = facts.heads;
    }
    if row.has_grants {
        actor.grants = store::grants_in_force(tx, row.agency, row.account, today).await?;
    }
    Ok(actor)
}

/// Notes that a session is in use. Does nothing when the last note is less than a minute old, so call it in a separate
/// write after the page only when [`SessionView::wants_touch`].
pub async fn touch(tx: &mut Tx, key: SessionKey, now: Instant) -> Result<()> {
    tx.exec(
        sql!("UPDATE session SET seen_at = $2 WHERE token_hash = $1 AND seen_at <= $3"),
        args![key.0.as_slice(), now, now.minus(TOUCH_EVERY)],
    )
    .await?;
    Ok(())
}

/// The key of a token that has the right form.
pub(crate) fn key_of(token: &str) -> Option<SessionKey> {
    (token.len() == 43 && token.is_ascii()).then(|| SessionKey(digest(&[b"session", token.as_bytes()])))
}

/// Opens a session of `account`. `network_key` waits in it for the second factor.
pub(crate) async fn open(
    tx: &mut Tx,
    ctx: &Ctx,
    config: &Config,
    account: AccountId,
    stage: Stage,
    network_key: Option<&str>,
) -> Result<SessionToken> {
    let token = SessionToken(secret::token(ctx));
    let key = key_of(token.as_str()).expect("invariant: tokens have the form of tokens");
    let now = ctx.now();
    let lasts = match stage {
        Stage::Full => config.absolute,
        Stage::Totp | Stage::Change => config.unfinished.min(config.absolute),
    };
    tx.exec(
        sql!(
            "INSERT INTO session (token_hash, account_id, stage, network_key, created_at, seen_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $5, $6)"
        ),
        args![key.0.as_slice(), account, stage, network_key, now, now.plus(lasts)],
    )
    .await?;
    Ok(token)
}

/// Ends one session. Answers whether there was one.
pub(crate) async fn close(tx: &mut Tx, key: SessionKey) -> Result<bool> {
    let gone = tx
        .exec(
            sql!("DELETE FROM session WHERE token_hash = $1"),
            args![key.0.as_slice()],
        )
        .await?;
    Ok(gone > 0)
}

/// Ends all sessions of an account. Answers how many there were.
pub(crate) async fn close_all(tx: &mut Tx, account: AccountId) -> Result<u64> {
    tx.exec(sql!("DELETE FROM session WHERE account_id = $1"), args![account])
        .await
}

/// A session that has begun but is not complete: which account, and the network to be known when it is.
pub(crate) struct Begun {
    pub account: AccountId,
    pub stage: Stage,
    pub network_key: Option<String>,
}
db::from_row!(Begun {
    account,
    stage,
    network_key
});

/// The session of `key` at `now`, whatever its stage.
pub(crate) async fn begun(tx: &mut Tx, key: SessionKey, now: Instant) -> Result<Option<Begun>> {
    tx.optional(
        sql!(
            "SELECT s.account_id, s.stage, s.network_key FROM session s JOIN account a ON a.id = s.account_id \
             WHERE s.token_hash = $1 AND s.expires_at > $2 AND a.disabled_at IS NULL"
        ),
        args![key.0.as_slice(), now],
    )
    .await
}

impl SessionView {
    /// True when [`touch`] is due.
    pub fn wants_touch(&self, now: Instant) -> bool {
        now.since(self.seen_at) >= TOUCH_EVERY
    }

    /// When the session ends if nothing more is asked: for the warning before (U19).
    pub fn ends_at(&self) -> Instant {
        self.expires_at.min(self.seen_at.plus(self.idle))
    }
}
