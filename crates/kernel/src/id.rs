use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;
use std::sync::Mutex;

use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use uuid::Uuid;

use crate::{FromValue, Instant, IntoValue, Value, ValueError};

/// An identifier of one kind of thing. Ids of different kinds do not mix.
pub struct Id<K>(Uuid, PhantomData<fn() -> K>);

impl<K> Id<K> {
    /// Gives a raw identifier its kind.
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }

    /// The raw identifier.
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K> std::hash::Hash for Id<K> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.as_simple())
    }
}
impl<K> FromStr for Id<K> {
    type Err = uuid::Error;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(s).map(Self::from_uuid)
    }
}
impl<K> IntoValue for Id<K> {
    fn into_value(self) -> Value {
        Value::Uuid(self.0)
    }
}
impl<K> FromValue for Id<K> {
    fn from_value(value: Value) -> Result<Self, ValueError> {
        Uuid::from_value(value).map(Self::from_uuid)
    }
}
impl<K> serde::Serialize for Id<K> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de, K> serde::Deserialize<'de> for Id<K> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

macro_rules! kinds {
    ($($(#[$meta:meta])* $alias:ident of $kind:ident),+ $(,)?) => {
        /// The kinds of things that carry identifiers.
        pub mod kind {
            $($(#[$meta])* pub struct $kind;)+
        }
        $($(#[$meta])* pub type $alias = Id<kind::$kind>;)+
    };
}
kinds! {
    /// A ministry, province, city or district served by this installation.
    AgencyId of Agency,
    /// A human being known to an agency. Never the NIP: numbers change.
    PersonId of Person,
    /// An organisational unit.
    UnitId of Unit,
    /// A position in a unit.
    PositionId of Position,
    /// One person holding one position for a time.
    PlacementId of Placement,
    /// An account that may sign in.
    AccountId of Account,
    /// A role given to an account.
    GrantId of Grant,
    /// Sasaran Kinerja Pegawai.
    SkpId of Skp,
    /// Rencana Hasil Kerja.
    RhkId of Rhk,
    /// Indikator Kinerja Individu.
    IkiId of Iki,
    /// One line of an action plan.
    ActionPlanId of ActionPlan,
    /// One entry of daily progress.
    ProgressId of Progress,
    /// A piece of evidence.
    EvidenceId of Evidence,
    /// One remark of continuous feedback.
    FeedbackId of Feedback,
    /// One evaluation of one SKP for one period.
    EvaluationId of Evaluation,
    /// A public service.
    ServiceId of Service,
    /// One answered survey.
    SurveyResponseId of SurveyResponse,
    /// A printed document.
    DocumentId of Document,
    /// A queued job.
    JobId of Job,
}

/// Where new identifiers and secrets come from.
pub trait IdSource: Send + Sync {
    /// A new identifier, ordered by `at`.
    fn next(&self, at: Instant) -> Uuid;
    /// Fills `out` with random bytes fit for a secret (the seeded source is for tests only).
    fn secret(&self, out: &mut [u8]);
}

fn v7(at: Instant, random: [u8; 10]) -> Uuid {
    let millis = u64::try_from(at.micros() / 1000).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// Identifiers from the operating system's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct RandomIds;

impl IdSource for RandomIds {
    fn next(&self, at: Instant) -> Uuid {
        #[expect(
            clippy::disallowed_methods,
            reason = "the one place where randomness enters the house"
        )]
        let random = rand::rng().random();
        v7(at, random)
    }

    fn secret(&self, out: &mut [u8]) {
        #[expect(
            clippy::disallowed_methods,
            reason = "the one place where randomness enters the house"
        )]
        rand::rng().fill(out);
    }
}

/// Identifiers that repeat exactly for a seed.
pub struct SeededIds(Mutex<SmallRng>);

impl SeededIds {
    /// The sequence that belongs to `seed`.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(SmallRng::seed_from_u64(seed)))
    }
}

impl IdSource for SeededIds {
    fn next(&self, at: Instant) -> Uuid {
        let mut rng = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        v7(at, rng.random())
    }

    fn secret(&self, out: &mut [u8]) {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .fill(out);
    }
}
