//! What the owner of an SKP records, and the lock that evaluation sets. Each file is one thing that is recorded.

mod action;
mod entry;
mod evidence;
mod lock;
mod realisation;

pub use action::{
    ActionError, ActionInput, ActionSaved, MarkInput, RemoveActionInput, mark_reached, remove_action, save_action,
};
pub use entry::{
    DeleteEntryInput, EditEntryInput, EntryError, EntryInput, NewEntry, Receipt, add_entry, delete_entry, edit_entry,
};
pub use evidence::{EvidenceAdded, EvidenceError, FileInput, LinkInput, add_file, add_link, remove_evidence};
pub use lock::{lock_period, unlock_period};
pub use realisation::{RealisationError, RealisationInput, RealisationSaved, save_realisation};

use kernel::{Period, TextError, line};
use skp::SkpRow;

use crate::model::{Lock, is_period_locked};

/// Why nothing may be recorded for a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeriodBroken {
    /// The SKP is not approved.
    #[error("the plan is not approved")]
    NotApproved,
    /// The period lies outside the SKP.
    #[error("the period lies outside the plan")]
    Outside,
    /// The evaluation of the period is final.
    #[error("the evaluation of the period is final")]
    Locked,
}

/// May something be recorded for this period of an SKP?
fn open_period(skp: &SkpRow, period: Period, locks: &[Lock]) -> Result<(), PeriodBroken> {
    if !skp.status.carries_work() {
        return Err(PeriodBroken::NotApproved);
    }
    let overlaps = period
        .days(skp.year)
        .is_ok_and(|(first, last)| first <= skp.period_end && last >= skp.period_start);
    if !overlaps {
        return Err(PeriodBroken::Outside);
    }
    if is_period_locked(skp.year, period, locks) {
        return Err(PeriodBroken::Locked);
    }
    Ok(())
}

/// A text that may be empty.
fn optional(text: &str, max: usize) -> Result<String, TextError> {
    match line(text, max) {
        Err(TextError::Empty) => Ok(String::new()),
        other => other,
    }
}
