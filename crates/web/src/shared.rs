//! What every page shares: the state, the session, forms and fields, the shell, errors and layers.

pub mod assets;
pub mod autosave;
pub mod charts;
#[cfg(test)]
pub(crate) mod check;
mod error;
mod field;
pub mod findings;
mod form;
pub mod layers;
mod limit;
mod page;
mod routes;
mod session;
mod state;
pub mod words;

pub use error::{PageError, PageResult};
pub use field::{Choice, Field, FieldKind, Problem, Problems};
pub use form::{FormData, QueryData};
pub use limit::Limit;
pub use page::{Nav, Shell, page, page_with_status, see_other};
pub use routes::{Audience, RouteInfo, Routes};
pub use session::{SESSION_COOKIE, Staff, Visitor, cookie_header, session_cookie};
pub use state::{AppState, WebConfig};
