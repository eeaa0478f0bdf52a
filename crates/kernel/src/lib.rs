//! The smallest words of the house: identifiers, the clock, values that cross the storage boundary, periods,
//! decimals, text and pages of lists. Nothing here does I/O.

mod clock;
mod code;
mod decimal;
mod id;
mod page;
mod period;
mod text;
mod value;
mod zone;

pub use clock::{Clock, FixedClock, Instant, SystemClock};
pub use code::Code;
pub use decimal::{DecimalError, format_decimal_id, parse_decimal_id};
pub use id::{
    AccountId, ActionPlanId, AgencyId, DocumentId, EvaluationId, EvidenceId, FeedbackId, GrantId, Id, IdSource, IkiId,
    JobId, PersonId, PlacementId, PositionId, ProgressId, RandomIds, RhkId, SeededIds, ServiceId, SkpId,
    SurveyResponseId, UnitId,
};
pub use page::{Cursor, Page, PageSize};
pub use period::{Period, PeriodError};
pub use rust_decimal::Decimal;
pub use text::{TextError, fold_name, line, paragraph};
pub use value::{FromValue, IntoValue, Value, ValueError};
pub use zone::Zone;

use std::sync::Arc;

/// What a command needs from outside: the time and new identifiers. Seeded in tests, so that they repeat exactly.
#[derive(Clone)]
pub struct Ctx {
    /// Source of "now".
    pub clock: Arc<dyn Clock>,
    /// Source of new identifiers and secrets.
    pub ids: Arc<dyn IdSource>,
}

impl Ctx {
    /// The context of a running server: system clock and random identifiers.
    pub fn system() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            ids: Arc::new(RandomIds),
        }
    }

    /// A context that repeats exactly: a fixed clock and identifiers drawn from `seed`.
    pub fn seeded(at: Instant, seed: u64) -> Self {
        Self {
            clock: Arc::new(FixedClock::new(at)),
            ids: Arc::new(SeededIds::new(seed)),
        }
    }

    /// The present instant.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// A new identifier, ordered by time.
    pub fn new_id<K>(&self) -> Id<K> {
        Id::from_uuid(self.ids.next(self.clock.now()))
    }
}
