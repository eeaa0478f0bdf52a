use axum::response::{IntoResponse, Response};
use http::{Method, StatusCode};
use policy::Denied;

/// Why a page is not shown. Turned into a designed page by the layers, in the reader's language.
#[derive(Debug, Clone)]
pub enum PageError {
    /// It does not exist, or not for this reader.
    NotFound,
    /// The reader sees it but may not do this.
    Forbidden,
    /// Nobody is signed in.
    SignIn {
        /// Where to go on afterwards.
        back: String,
        /// How it was asked for; a form that was posted is carried through the sign-in.
        method: Method,
    },
    /// Somewhere else first.
    Redirect(&'static str),
    /// Too many attempts; wait this many seconds.
    TooMany(u64),
    /// The body is larger than any form.
    TooLarge,
    /// The form comes from elsewhere.
    BadOrigin,
    /// Many save at once; nothing is lost when it is sent again.
    Busy,
    /// A fault of ours. Logged once, where it is turned into a page; the chain never reaches the reader.
    Internal(String),
}

/// A page, or why not.
pub type PageResult = Result<Response, PageError>;

impl PageError {
    /// A fault of ours with its chain of causes.
    pub fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        let mut text = error.to_string();
        let mut source = error.source();
        while let Some(inner) = source {
            text.push_str(": ");
            text.push_str(&inner.to_string());
            source = inner.source();
        }
        Self::Internal(text)
    }

    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::BadOrigin => StatusCode::FORBIDDEN,
            Self::SignIn { method, .. } if *method == Method::GET || *method == Method::HEAD => StatusCode::SEE_OTHER,
            Self::SignIn { .. } => StatusCode::UNAUTHORIZED,
            Self::Redirect(_) => StatusCode::SEE_OTHER,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<db::Error> for PageError {
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::Conflict => Self::Busy,
            db::Error::NoRow => Self::NotFound,
            other => Self::internal(&other),
        }
    }
}

impl From<Denied> for PageError {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Hidden => Self::NotFound,
            Denied::Refused => Self::Forbidden,
        }
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
