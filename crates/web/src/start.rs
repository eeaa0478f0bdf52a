//! The start page: what waits for you, what you wait for, and what came of it.

use askama::Template;
use i18n::Texts;

use crate::shared::{Audience, Nav, PageResult, Routes, Shell, Staff, page};

/// The routes of this area.
pub fn routes() -> Routes {
    Routes::new().get(Audience::Staff, "/", start)
}

#[derive(Template)]
#[template(path = "start/start.html")]
struct StartPage {
    shell: Shell,
    t: Texts,
    today: String,
}

async fn start(staff: Staff) -> PageResult {
    let t = staff.t;
    let zone = staff.session.agency.zone;
    let today = format!(
        "{} · {}",
        t.date_full(staff.today()),
        t.time(zone.local(staff.now), zone)
    );
    page(&StartPage {
        shell: Shell::staff(&staff, Nav::Start, t.nav_start()),
        t,
        today,
    })
}
