//! One form a page: what most actions of administration look like.

use askama::Template;
use http::StatusCode;
use i18n::Texts;

use crate::shared::{Field, Nav, PageResult, Problems, Shell, Staff, page, page_with_status};

/// A page with a form: what it is about, its fields, and what happens afterwards.
#[derive(Template)]
#[template(path = "admin/form.html")]
pub(super) struct FormPage {
    shell: Shell,
    t: Texts,
    crumbs: Vec<(String, String)>,
    lead: String,
    facts: Vec<(String, String)>,
    problems: Vec<(&'static str, String)>,
    stale: bool,
    hidden: Vec<(&'static str, String)>,
    fields: Vec<Field>,
    action: String,
    button: &'static str,
    after: &'static str,
    back: String,
    danger: bool,
    get: bool,
}

impl FormPage {
    /// A form that is posted to `action`; whoever cancels goes `back`.
    pub(super) fn new(staff: &Staff, title: impl Into<String>, action: impl Into<String>, back: &str) -> Self {
        Self::framed(staff.t, Shell::staff(staff, Nav::Admin, title), action, back)
    }

    fn framed(t: Texts, shell: Shell, action: impl Into<String>, back: &str) -> Self {
        Self {
            shell,
            t,
            crumbs: vec![("/kelola".to_owned(), t.nav_admin().to_owned())],
            lead: String::new(),
            facts: Vec::new(),
            problems: Vec::new(),
            stale: false,
            hidden: Vec::new(),
            fields: Vec::new(),
            action: action.into(),
            button: t.save(),
            after: "",
            back: back.to_owned(),
            danger: false,
            get: false,
        }
    }

    /// A page above this one.
    pub(super) fn crumb(mut self, href: impl Into<String>, label: impl Into<String>) -> Self {
        self.crumbs.push((href.into(), label.into()));
        self
    }

    /// A sentence below the title.
    pub(super) fn lead(mut self, lead: impl Into<String>) -> Self {
        self.lead = lead.into();
        self
    }

    /// Something to know while filling in.
    pub(super) fn fact(mut self, label: impl Into<String>, value: impl Into<String>) -> Self {
        self.facts.push((label.into(), value.into()));
        self
    }

    /// The next field.
    pub(super) fn field(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    /// A value that goes along.
    pub(super) fn hidden(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.hidden.push((name, value.into()));
        self
    }

    /// What the button says and what happens then.
    pub(super) fn button(mut self, button: &'static str, after: &'static str) -> Self {
        self.button = button;
        self.after = after;
        self
    }

    /// The action takes something away.
    pub(super) fn danger(mut self) -> Self {
        self.danger = true;
        self
    }

    /// The form asks a question and changes nothing.
    pub(super) fn question(mut self) -> Self {
        self.get = true;
        self
    }

    /// Somebody else was faster: the facts show what holds now, the fields what was typed.
    pub(super) fn stale(mut self) -> Self {
        self.stale = true;
        self
    }

    /// The page: as asked for, or with what is wrong.
    pub(super) fn answer(mut self, problems: &Problems) -> PageResult {
        self.problems = problems.all(self.t);
        self.shell = self.shell.problems(!problems.is_empty());
        if self.stale {
            page_with_status(StatusCode::CONFLICT, &self)
        } else if problems.is_empty() {
            page(&self)
        } else {
            page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &self)
        }
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;
    use crate::shared::{Choice, FieldKind};

    /// A form that takes something away, one that somebody else was faster with, and a question.
    pub(crate) fn all(t: Texts) -> Vec<String> {
        let form = || {
            FormPage::framed(t, Shell::sample(t, "Judul <script>"), "/kelola/x", "/kelola")
                .crumb("/kelola/akun", "<b>")
                .lead("Satu kalimat & lainnya.")
                .fact("Nama", "<script>alert(1)</script>")
                .hidden("version", "3")
                .field(Field::line(t, "alasan", "Alasan").value("\"><script>"))
                .field(Field::new(
                    t,
                    "pilih",
                    "Pilih",
                    FieldKind::Select(vec![Choice::new("<", ">")]),
                ))
        };
        let mut wrong = form().danger();
        wrong.problems = vec![("alasan", "Isi <b>".to_owned())];
        [wrong, form().stale(), form().question()]
            .iter()
            .map(|page| page.render().expect("renders"))
            .collect()
    }
}
