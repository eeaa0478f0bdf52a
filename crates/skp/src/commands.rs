//! What can be done with an SKP. Each file is one command; [`edit`] holds what all changes of content share, [`step`]
//! what all changes of state share.

mod approve;
mod close;
mod create;
mod edit;
mod remove_iki;
mod remove_rhk;
mod reorder_rhk;
mod return_with_remarks;
mod save_annex;
mod save_expectations;
mod save_iki;
mod save_rhk;
mod step;
mod submit;
mod withdraw;

pub use approve::approve;
pub use close::{CloseError, CloseInput, close};
pub use create::{CreateError, CreateInput, Created, create};
pub use edit::{EditError, Saved};
pub use remove_iki::{RemoveIkiInput, remove_iki};
pub use remove_rhk::{RemoveRhkInput, remove_rhk};
pub use reorder_rhk::{ReorderRhkInput, reorder_rhk};
pub use return_with_remarks::{ReturnInput, return_with_remarks};
pub use save_annex::{AnnexInput, save_annex};
pub use save_expectations::{ExpectationsInput, save_expectations};
pub use save_iki::{IkiInput, save_iki};
pub use save_rhk::{RhkInput, save_rhk};
pub use step::{StepError, StepInput, Stepped};
pub use submit::submit;
pub use withdraw::withdraw;
