use db::Tx;
use kernel::{SkpId, TextError, line};
use policy::{Action, Actor, Kind, Permit};

use crate::access::{self, AccessError};
use crate::model::{Field, Status};
use crate::queries::{self, Detail};
use crate::store::SkpRow;

/// A change of content that is on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved<T> {
    /// What was saved.
    pub id: T,
    /// The version of the SKP from now on; the next save sends it.
    pub version: i64,
}

/// Why a change of content was refused.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// The SKP, RHK or IKI does not exist, or does not belong there.
    #[error("not found")]
    NotFound,
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] policy::Denied),
    /// Somebody else has changed it; here is how it stands now.
    #[error("changed by somebody else")]
    Stale(Box<Detail>),
    /// It is not being written: handed in, approved or closed.
    #[error("not editable while {0}")]
    NotEditable(Status),
    /// A text cannot be kept.
    #[error("{field}: {source}")]
    Text {
        /// Which field.
        field: Field,
        /// What is wrong with it.
        source: TextError,
    },
    /// The RHK to be supported is not one of the superior's plan of that year.
    #[error("the superior's plan has no such RHK")]
    ParentNotOffered,
    /// RHK of others support this one; they keep its text if it is removed all the same.
    #[error("{0} RHK of others support this one")]
    StillSupported(i64),
    /// An aspect in a plan by perspectives, or the other way round.
    #[error("the classification does not belong to this family of plans")]
    WrongClassification,
    /// A direction that the target does not have.
    #[error("the target has no such direction")]
    WrongDirection,
    /// The value shall come from a service, but none is named.
    #[error("no service named")]
    ServiceMissing,
    /// Only the perspective Penerima Layanan, or the aspect Kualitas, can be measured by a service's index.
    #[error("a service's index does not measure this")]
    ServiceNotFitting,
    /// More RHK, IKI or lines than a plan may hold.
    #[error("more than {0}")]
    TooMany(usize),
    /// The order does not name each RHK once.
    #[error("the order does not name each RHK once")]
    WrongOrder,
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

impl From<AccessError> for EditError {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::NotFound => Self::NotFound,
            AccessError::Denied(denied) => Self::Denied(denied),
            AccessError::Internal(error) => Self::Internal(error),
        }
    }
}

/// Opens an SKP whose owner wants to change its content.
pub(super) async fn open(tx: &mut Tx, actor: &Actor, id: SkpId, version: i64) -> Result<(SkpRow, Permit), EditError> {
    let (skp, permit) = access::open(tx, actor, Action::Edit, Kind::Skp, id).await?;
    if !skp.status.is_editable() {
        return Err(EditError::NotEditable(skp.status));
    }
    fresh(tx, &skp, version).await?;
    Ok((skp, permit))
}

/// Refuses a form that was shown before the last change.
pub(super) async fn fresh(tx: &mut Tx, skp: &SkpRow, version: i64) -> Result<(), EditError> {
    if skp.version == version {
        return Ok(());
    }
    let now = queries::detail(tx, skp.id).await?.ok_or(EditError::NotFound)?;
    Err(EditError::Stale(Box::new(now)))
}

/// A text of a draft: tidied, and allowed to be empty, because drafting is never blocked.
pub(super) fn draft(field: Field, text: &str, max: usize) -> Result<String, EditError> {
    match line(text, max) {
        Err(TextError::Empty) => Ok(String::new()),
        other => other.map_err(|source| EditError::Text { field, source }),
    }
}
