//! Staff lists: from a file to the tables.
//!
//! One flat table is what cities have, so that is what is read: each row names a person with position and unit, and
//! units and positions come from the same rows. A row without a person describes a vacant position, a row without
//! position and person a unit. A workbook may also bring them apart, in sheets "Unit", "Jabatan" and "Pegawai".
//!
//! Stages: read (crate `documents`) → [`parse`] each row into typed values with findings → [`plan`] against the
//! database → report, or [`apply`]. The apply is *one* write transaction in which the plan is made as well: it is bulk
//! and takes seconds, it is never half done, and it never works on a plan that somebody's change has made stale. An
//! empty cell changes nothing; a rejected row changes nothing but may still name its unit, so that the broken NIP of a
//! head does not reject the whole office. The same file again changes nothing.

mod apply;
mod column;
mod finding;
mod known;
mod parse;
mod person;
mod plan;
mod rejected;
mod report;
mod run;
mod scalar;
mod seat;
mod stored;
mod template;
mod units;

pub use column::{Column, recognise};
pub use finding::{Finding, FindingKind, Severity};
pub use rejected::{RejectedRow, RejectedRows, rejected_rows};
pub use report::{Outcome, Report};
pub use run::{ImportError, Mode, Progress, Stage, run_file};
pub(crate) use scalar::email;
pub(crate) use stored::mark_failed;
pub use stored::{
    ConfirmError, DiscardError, ImportState, StoredImport, UploadError, apply_stored, cancel, confirm, content,
    discard, find, job, recent, upload,
};
pub use template::{Choices, TemplateField, template};
