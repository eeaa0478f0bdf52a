use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use http::request::Parts;
use kernel::TextError;

use super::{AppState, PageError, Problem, Problems};

/// The fields of a posted form, as typed. Nothing is lost when it is shown again.
#[derive(Debug, Clone, Default)]
pub struct FormData(Vec<(String, String)>);

/// The fields of an address after the question mark.
#[derive(Debug, Clone, Default)]
pub struct QueryData(pub FormData);

/// More fields than any form of ours has.
const MOST_FIELDS: usize = 600;

impl FormData {
    /// From pairs, for tests and samples.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self(pairs.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect())
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let pairs: Vec<_> = form_urlencoded::parse(bytes).take(MOST_FIELDS + 1).collect();
        if pairs.len() > MOST_FIELDS {
            return None;
        }
        Some(Self(
            pairs
                .into_iter()
                // no browser sends NUL and no text may hold it: one engine would refuse the question, the other not
                .map(|(k, v)| (k.into_owned(), v.replace('\0', "\u{fffd}")))
                .collect(),
        ))
    }

    /// The raw value of a field; empty when it is missing.
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v)
    }

    /// True when the field was sent at all.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(k, _)| k == name)
    }

    /// Every value of a field that may be sent several times.
    pub fn every(&self, name: &str) -> Vec<&str> {
        self.0
            .iter()
            .filter(|(k, _)| k == name)
            .map(|(_, v)| v.as_str())
            .collect()
    }

    /// All fields in order, for carrying a form through a sign-in.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// One line of text that must be there.
    pub fn line(&self, name: &'static str, max: usize, problems: &mut Problems) -> String {
        match kernel::line(self.raw(name), max) {
            Ok(text) => text,
            Err(error) => {
                problems.text(name, error);
                String::new()
            }
        }
    }

    /// One line of text that may be empty.
    pub fn line_opt(&self, name: &'static str, max: usize, problems: &mut Problems) -> String {
        optional(kernel::line(self.raw(name), max), name, problems)
    }

    /// Several lines of text that must be there.
    pub fn paragraph(&self, name: &'static str, max: usize, problems: &mut Problems) -> String {
        match kernel::paragraph(self.raw(name), max) {
            Ok(text) => text,
            Err(error) => {
                problems.text(name, error);
                String::new()
            }
        }
    }

    /// Several lines of text that may be empty.
    pub fn paragraph_opt(&self, name: &'static str, max: usize, problems: &mut Problems) -> String {
        optional(kernel::paragraph(self.raw(name), max), name, problems)
    }

    /// A member of a closed set by its code.
    pub fn code<C: kernel::Code>(&self, name: &'static str, problems: &mut Problems) -> Option<C> {
        let found = C::from_code(self.raw(name)).ok();
        if found.is_none() {
            problems.add(name, Problem::Required);
        }
        found
    }

    /// An identifier, if there is one and it is well formed.
    pub fn id<K>(&self, name: &str) -> Option<kernel::Id<K>> {
        self.raw(name).parse().ok()
    }

    /// A whole number, if there is one.
    pub fn int(&self, name: &str) -> Option<i64> {
        self.raw(name).trim().parse().ok()
    }

    /// The version that an edit is based on; a missing one is never current.
    pub fn version(&self) -> i64 {
        self.int("version").unwrap_or(-1)
    }

    /// A date, as browsers send it (`2026-11-22`) or as people type it (`22/11/2026`).
    pub fn date(&self, name: &str) -> Option<jiff::civil::Date> {
        let text = self.raw(name).trim();
        if let Ok(date) = text.parse() {
            return Some(date);
        }
        let mut parts = text.split(['/', '-', '.']).map(str::trim);
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || year.len() != 4 {
            return None;
        }
        jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
    }
}

fn optional(done: Result<String, TextError>, name: &'static str, problems: &mut Problems) -> String {
    match done {
        Ok(text) => text,
        Err(TextError::Empty) => String::new(),
        Err(error) => {
            problems.text(name, error);
            String::new()
        }
    }
}

impl FromRequest<AppState> for FormData {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, PageError> {
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|_| PageError::TooLarge)?;
        Self::parse(&bytes).ok_or(PageError::TooLarge)
    }
}

impl FromRequestParts<AppState> for QueryData {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, PageError> {
        let query = parts.uri.query().unwrap_or_default();
        FormData::parse(query.as_bytes()).map(Self).ok_or(PageError::TooLarge)
    }
}
