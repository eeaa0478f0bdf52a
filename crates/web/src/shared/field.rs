use askama::Template;
use i18n::Texts;
use kernel::TextError;

use super::FormData;

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// It must be filled.
    Required,
    /// It is longer than allowed.
    TooLong(usize),
    /// It has characters that are not kept.
    Forbidden,
    /// Anything else, as a sentence of the catalogue.
    Says(String),
}

/// The problems of a form, in the order of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(Vec<(&'static str, Problem)>);

impl Problems {
    /// None.
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds a problem; the first one of a field is shown.
    pub fn add(&mut self, name: &'static str, problem: Problem) {
        if !self.0.iter().any(|(n, _)| *n == name) {
            self.0.push((name, problem));
        }
    }

    /// Adds a sentence of the catalogue.
    pub fn say(&mut self, name: &'static str, sentence: impl Into<String>) {
        self.add(name, Problem::Says(sentence.into()));
    }

    /// Adds what the text rules found.
    pub fn text(&mut self, name: &'static str, error: TextError) {
        self.add(
            name,
            match error {
                TextError::Empty => Problem::Required,
                TextError::TooLong { max } => Problem::TooLong(max),
                TextError::Forbidden => Problem::Forbidden,
            },
        );
    }

    /// True when there is nothing to complain about.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The sentence for a field, if it has a problem.
    pub fn of(&self, name: &str, t: Texts) -> Option<String> {
        self.0.iter().find(|(n, _)| *n == name).map(|(_, p)| sentence(p, t))
    }

    /// All of them as (field, sentence), for the summary on top.
    pub fn all(&self, t: Texts) -> Vec<(&'static str, String)> {
        self.0.iter().map(|(n, p)| (*n, sentence(p, t))).collect()
    }
}

fn sentence(problem: &Problem, t: Texts) -> String {
    match problem {
        Problem::Required => t.error_field_required().to_owned(),
        Problem::TooLong(max) => t.error_field_too_long(max),
        Problem::Forbidden => t.error_field_forbidden().to_owned(),
        Problem::Says(text) => text.clone(),
    }
}

/// One choice of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A smaller explanation below.
    pub hint: String,
}

impl Choice {
    /// A choice without explanation.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: String::new(),
        }
    }

    /// Adds an explanation.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// How a field looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// One line; the word is the input type (`text`, `email`, `url`, `number`, `search`, `tel`).
    Line(&'static str),
    /// A password with a button to show it; never filled by the server.
    Password(&'static str),
    /// Several lines; the number is how many are seen at first.
    Paragraph(u8),
    /// A date.
    Date,
    /// A drop-down list.
    Select(Vec<Choice>),
    /// Radio buttons with sentences; nothing is chosen beforehand.
    Radios(Vec<Choice>),
    /// A file.
    File(&'static str),
}

/// A form field with label, hint, value and message; written straight into a page: `{{ field }}`.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "shared/field.html")]
pub struct Field {
    name: &'static str,
    label: String,
    hint: String,
    value: String,
    error: Option<String>,
    kind: FieldKind,
    required: bool,
    max: usize,
    inputmode: &'static str,
    autocomplete: &'static str,
    t: Texts,
}

impl askama::filters::HtmlSafe for Field {}

impl Field {
    /// A field that must be filled.
    pub fn new(t: Texts, name: &'static str, label: impl Into<String>, kind: FieldKind) -> Self {
        Self {
            name,
            label: label.into(),
            hint: String::new(),
            value: String::new(),
            error: None,
            kind,
            required: true,
            max: 0,
            inputmode: "",
            autocomplete: "",
            t,
        }
    }

    /// One line of text.
    pub fn line(t: Texts, name: &'static str, label: impl Into<String>) -> Self {
        Self::new(t, name, label, FieldKind::Line("text"))
    }

    /// Several lines of text.
    pub fn paragraph(t: Texts, name: &'static str, label: impl Into<String>) -> Self {
        Self::new(t, name, label, FieldKind::Paragraph(4))
    }

    /// May be left empty.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// A line of help below the label.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The value shown.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// Most characters.
    #[must_use]
    pub fn max(mut self, max: usize) -> Self {
        self.max = max;
        self
    }

    /// Which keyboard a phone shows (`numeric`, `decimal`, `email`).
    #[must_use]
    pub fn inputmode(mut self, mode: &'static str) -> Self {
        self.inputmode = mode;
        self
    }

    /// What a password manager may fill in.
    #[must_use]
    pub fn autocomplete(mut self, what: &'static str) -> Self {
        self.autocomplete = what;
        self
    }

    /// Takes the value as typed and the message from a rejected form.
    #[must_use]
    pub fn from(mut self, form: &FormData, problems: &Problems) -> Self {
        if form.has(self.name) && !matches!(self.kind, FieldKind::Password(_) | FieldKind::File(_)) {
            form.raw(self.name).clone_into(&mut self.value);
        }
        self.error = problems.of(self.name, self.t);
        self
    }
}
