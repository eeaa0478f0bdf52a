//! What can be done.

mod create;
mod edit;
mod enter_paper;
mod submit_survey;

pub use create::{CreateError, CreateService, create};
pub use edit::{EditError, EditService, edit};
pub use enter_paper::{PaperError, PaperSurvey, enter_paper};
pub use submit_survey::{SubmitError, SubmitSurvey, Submitted, submit_survey};
