//! The start of administration: what waits, then where everything is.

use askama::Template;
use axum::extract::State;
use i18n::Texts;
use org::import::ImportState;
use org::model::SuperiorBasis;
use org::queries::{EmployeeFilter, MAX_COUNT};
use policy::{Action, Kind};

use super::words::moment;
use crate::shared::{AppState, Nav, PageError, PageResult, Shell, Staff, page, words::Tag};

struct Task {
    href: String,
    text: String,
    meta: String,
    tag: Tag,
}

struct Place {
    href: &'static str,
    name: &'static str,
    text: &'static str,
}

#[derive(Template)]
#[template(path = "admin/home.html")]
struct HomeView {
    shell: Shell,
    t: Texts,
    tasks: Vec<Task>,
    places: Vec<Place>,
    read_only: bool,
}

/// `GET /kelola`
pub(super) async fn show(staff: Staff, State(app): State<AppState>) -> PageResult {
    super::enter(&staff)?;
    let t = staff.t;
    let manages = super::agency(&staff, Action::Manage).is_ok();
    let agency = staff.session.agency.id;
    let scope = policy::scope(staff.actor(), Kind::Account);
    let filter = EmployeeFilter {
        basis: Some(SuperiorBasis::None),
        ..EmployeeFilter::default()
    };
    let (imports, lonely) = db::read!(app.db, async |tx| {
        let imports = if manages {
            org::import::recent(tx, agency).await?
        } else {
            Vec::new()
        };
        let (_, lonely) = org::queries::employees(tx, &scope, &filter, None).await?;
        Ok::<_, PageError>((imports, lonely.unwrap_or(0)))
    })?;
    let mut tasks: Vec<Task> = imports
        .into_iter()
        .filter(|i| matches!(i.state, ImportState::Checked | ImportState::Failed))
        .map(|i| Task {
            href: format!("/kelola/impor/{}", i.id),
            text: t.admin_task_import(&i.file_name),
            meta: moment(&staff, i.created_at),
            tag: super::words::import_state(t, i.state),
        })
        .collect();
    // whoever stands at the top has nobody above
    if lonely > 1 {
        let many = if lonely >= MAX_COUNT {
            t.admin_many(t.number(lonely))
        } else {
            t.number(lonely)
        };
        tasks.push(Task {
            href: "/kelola/tanpa-atasan".to_owned(),
            text: t.admin_task_superiors(many),
            meta: t.admin_task_superiors_text().to_owned(),
            tag: Tag::new(t.admin_task_check(), "warn"),
        });
    }
    page(&view(
        t,
        Shell::staff(&staff, Nav::Admin, t.admin_title()),
        tasks,
        &staff,
    ))
}

fn view(t: Texts, shell: Shell, tasks: Vec<Task>, staff: &Staff) -> HomeView {
    let manages = super::agency(staff, Action::Manage).is_ok();
    let sees = super::agency(staff, Action::View).is_ok();
    let administers = staff.actor().holds_anywhere(policy::Role::UnitAdmin) || manages;
    HomeView {
        shell,
        t,
        tasks,
        places: places(t, manages, sees),
        read_only: !administers,
    }
}

fn places(t: Texts, manages: bool, sees: bool) -> Vec<Place> {
    let all = [
        (true, "/kelola/akun", t.admin_accounts(), t.admin_accounts_text()),
        (manages, "/kelola/impor", t.admin_import(), t.admin_import_text()),
        (
            manages,
            "/kelola/pegawai/baru",
            t.admin_person_new(),
            t.admin_person_new_text(),
        ),
        (true, "/skp/daftar", t.admin_plans(), t.admin_plans_text()),
        (true, "/pegawai", t.admin_people(), t.admin_people_text()),
        (true, "/unit", t.admin_units(), t.admin_units_text()),
        (sees, "/kelola/pengaturan", t.admin_settings(), t.admin_settings_text()),
        (sees, "/kelola/jejak", t.admin_trail(), t.admin_trail_text()),
    ];
    all.into_iter()
        .filter(|(shown, ..)| *shown)
        .map(|(_, href, name, text)| Place { href, name, text })
        .collect()
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;

    /// With tasks, and with none for somebody who only reads.
    pub(crate) fn all(t: Texts) -> Vec<String> {
        let task = Task {
            href: "/kelola/impor/1".into(),
            text: t.admin_task_import("<script>.xlsx"),
            meta: "22 November".into(),
            tag: Tag::new(t.admin_task_check(), "warn"),
        };
        let view = |tasks, read_only: bool| HomeView {
            shell: Shell::sample(t, t.admin_title()),
            t,
            tasks,
            places: places(t, !read_only, true),
            read_only,
        };
        [view(vec![task], false), view(Vec::new(), true)]
            .iter()
            .map(|page| page.render().expect("renders"))
            .collect()
    }
}
