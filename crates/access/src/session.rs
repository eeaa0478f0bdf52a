use std::time::Duration;

use db::{Result, Tx};
use kernel::{AccountId, AgencyId, Instant, PersonId, Zone};
use policy::Actor;

use crate::gate::Config;
use crate::model::{Language, Stage};

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

/// The session that `token` opens at `now`, or `None` when there is none (any more).
pub async fn resolve(_tx: &mut Tx, _config: &Config, _token: &str, _now: Instant) -> Result<Option<SessionView>> {
    Ok(None)
}

/// Notes that a session is in use. Does nothing when the last note is less than a minute old, so call it in a separate
/// write after the page only when [`SessionView::wants_touch`].
pub async fn touch(_tx: &mut Tx, _key: SessionKey, _now: Instant) -> Result<()> {
    Ok(())
}

impl SessionView {
    /// True when [`touch`] is due.
    pub fn wants_touch(&self, now: Instant) -> bool {
        now.since(self.seen_at) >= Duration::from_secs(60)
    }

    /// When the session ends if nothing more is asked: for the warning before (U19).
    pub fn ends_at(&self) -> Instant {
        self.expires_at.min(self.seen_at.plus(self.idle))
    }
}
