use askama::Template;
use axum::body::Body;
use axum::response::Response;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION};
use http::{HeaderValue, StatusCode};
use i18n::Texts;
use policy::Role;

use super::{PageError, PageResult, Staff, Visitor, assets};

/// Which entry of the menu a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nav {
    /// The task list.
    Start,
    /// One's own plan.
    Skp,
    /// Daily progress.
    Journal,
    /// One's own evaluations.
    Evaluations,
    /// The people one is superior of.
    Team,
    /// The directory.
    People,
    /// The tree of units.
    Units,
    /// Services and citizens' answers.
    Services,
    /// Administration.
    Admin,
    /// None of them.
    Other,
}

/// One entry of the menu.
#[derive(Debug, Clone)]
pub struct NavItem {
    /// Address.
    pub href: &'static str,
    /// Words.
    pub label: &'static str,
    /// The page belongs to it.
    pub current: bool,
}

/// The frame around a page.
#[derive(Debug, Clone)]
pub struct Shell {
    /// Title of the page: the answer it gives.
    pub title: String,
    /// Texts.
    pub t: Texts,
    /// Menu; empty on public pages.
    pub nav: Vec<NavItem>,
    /// Name of the one signed in; empty on public pages.
    pub who: String,
    /// Position of the one signed in.
    pub position: String,
    /// Name of the agency, if one is known.
    pub agency: String,
    /// The demonstration city.
    pub is_demo: bool,
    /// When the session ends, in milliseconds since 1970; zero on public pages.
    pub session_ends: i64,
    /// A citizen's page: larger and simpler.
    pub citizen: bool,
    /// The reader administers or audits somewhere, and may take lists along.
    pub is_admin: bool,
    /// The page shows a form with problems; said in the title.
    pub has_problems: bool,
}

impl Shell {
    /// The frame of a staff page.
    pub fn staff(staff: &Staff, nav: Nav, title: impl Into<String>) -> Self {
        let person = staff.session.person.as_ref();
        Self {
            title: title.into(),
            t: staff.t,
            nav: menu(staff, nav),
            who: person.map_or_else(|| staff.session.label.clone(), |p| p.name.clone()),
            position: person.map_or_else(String::new, |p| p.position.clone()),
            agency: staff.session.agency.name.clone(),
            is_demo: staff.session.agency.is_demo,
            session_ends: staff.session.ends_at().micros() / 1000,
            citizen: false,
            is_admin: [Role::AgencyAdmin, Role::UnitAdmin, Role::Auditor]
                .into_iter()
                .any(|role| staff.actor().holds_anywhere(role)),
            has_problems: false,
        }
    }

    /// The frame of a public page.
    pub fn public(visitor: &Visitor, title: impl Into<String>) -> Self {
        Self::bare(visitor.t, title)
    }

    /// A frame that knows nothing but the language.
    pub fn bare(t: Texts, title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            t,
            nav: Vec::new(),
            who: String::new(),
            position: String::new(),
            agency: String::new(),
            is_demo: false,
            session_ends: 0,
            citizen: false,
            is_admin: false,
            has_problems: false,
        }
    }

    /// A citizen's page of an agency.
    #[must_use]
    pub fn citizen(mut self, agency: impl Into<String>, is_demo: bool) -> Self {
        self.citizen = true;
        self.agency = agency.into();
        self.is_demo = is_demo;
        self
    }

    /// Says in the title that the form has problems.
    #[must_use]
    pub fn problems(mut self, any: bool) -> Self {
        self.has_problems = any;
        self
    }

    /// Address of the stylesheet.
    pub fn css(&self) -> &'static str {
        assets::css()
    }

    /// Address of the script.
    pub fn js(&self) -> &'static str {
        assets::js()
    }

    /// Address of the mark.
    pub fn icon(&self) -> &'static str {
        assets::icon()
    }
}

fn menu(staff: &Staff, at: Nav) -> Vec<NavItem> {
    let t = staff.t;
    let actor = staff.actor();
    let has_person = actor.person.is_some();
    let leads = staff.session.supervises || !actor.heads.is_empty();
    let admin = [Role::AgencyAdmin, Role::UnitAdmin, Role::Auditor]
        .into_iter()
        .any(|role| actor.holds_anywhere(role));
    [
        (true, Nav::Start, "/", t.nav_start()),
        (has_person, Nav::Skp, "/skp", t.nav_skp()),
        (has_person, Nav::Journal, "/progres", t.nav_journal()),
        (has_person, Nav::Evaluations, "/evaluasi", t.nav_evaluations()),
        (leads, Nav::Team, "/tim", t.nav_team()),
        (true, Nav::People, "/pegawai", t.nav_people()),
        (true, Nav::Units, "/unit", t.nav_units()),
        (true, Nav::Services, "/layanan", t.nav_services()),
        (admin, Nav::Admin, "/kelola", t.nav_admin()),
    ]
    .into_iter()
    .filter(|(shown, ..)| *shown)
    .map(|(_, nav, href, label)| NavItem {
        href,
        label,
        current: nav == at,
    })
    .collect()
}

/// A page with status 200.
pub fn page(template: &impl Template) -> PageResult {
    page_with_status(StatusCode::OK, template)
}

/// A page with another status, such as 422 for a form with problems.
pub fn page_with_status(status: StatusCode, template: &impl Template) -> PageResult {
    let html = template.render().map_err(|e| PageError::internal(&e))?;
    let mut response = Response::new(Body::from(html));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response)
}

/// Redirects after a successful post, so that reloading does not post again.
pub fn see_other(to: &str) -> PageResult {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let to = HeaderValue::from_str(to).map_err(|e| PageError::internal(&e))?;
    response.headers_mut().insert(LOCATION, to);
    Ok(response)
}

#[cfg(test)]
impl Shell {
    /// The frame of a staff page for samples: with a menu, so that the main block is rendered.
    pub(crate) fn sample(t: Texts, title: impl Into<String>) -> Self {
        Self {
            nav: vec![NavItem {
                href: "/",
                label: t.nav_start(),
                current: true,
            }],
            who: "Ratna <script>".into(),
            position: "Kepala Bidang & Plt.".into(),
            agency: "Kota Contoh".into(),
            is_demo: true,
            session_ends: 1,
            ..Self::bare(t, title)
        }
    }
}
