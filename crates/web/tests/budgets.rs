//! What a page may cost: bytes on a slow line, and statements of the database.

use std::io::Write as _;

use db::{args, sql};
use flate2::Compression;
use flate2::write::GzEncoder;
use http::Method;
use kernel::{PersonId, SkpId, fold_name};

use crate::support::crawl::{crawl, links};
use crate::support::{TestApp, User};

/// Largest page, style sheet and script as they travel, in bytes.
const PAGE: usize = 30_000;
const STYLE: usize = 20_000;
const SCRIPT: usize = 30_000;

fn packed(body: &str) -> usize {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(body.as_bytes())
        .expect("the test database and memory answer");
    gzip.finish().expect("the test database and memory answer").len()
}

#[tokio::test]
async fn pages_are_small() {
    TestApp::each(async |app| {
        for user in [User::StaffA, User::Superior, User::AgencyAdmin] {
            for (path, page) in crawl(&app, user).await {
                if page.is_html() {
                    let size = packed(&page.body);
                    assert!(size <= PAGE, "{user:?} {path}: {size} bytes");
                }
            }
        }
        let start = app.as_user(User::StaffA).get("/").await;
        let shell = web::shared::Shell::bare(i18n::Lang::ALL[0].texts(), "");
        let files = [(shell.css(), STYLE), (shell.js(), SCRIPT)];
        for (path, budget) in files {
            let linked = links(&start.body, "href=\"")
                .iter()
                .chain(&links(&start.body, "src=\""))
                .any(|l| l == path);
            assert!(linked, "{path} is what pages load");
            let sent = app
                .visitor()
                .send(Method::GET, path, &[("accept-encoding", "gzip")], "")
                .await;
            assert_eq!((sent.status, sent.header("content-encoding")), (200, "gzip"), "{path}");
            assert!(sent.size <= budget, "{path}: {} bytes", sent.size);
            assert!(sent.header("cache-control").contains("immutable"), "{path}");
        }
    })
    .await;
}

/// Sixty more colleagues in the bidang, with names that lists sort first, and their plans waiting for the superior.
async fn crowd(app: &TestApp) {
    let (city, ctx) = (&app.city, &app.ctx);
    let like = city
        .member(User::StaffB)
        .person
        .expect("the test database and memory answer");
    db::write!(app.db, async |tx| {
        for n in 0..60 {
            let (person, skp): (PersonId, SkpId) = (ctx.new_id(), ctx.new_id());
            let name = format!("Aabidin {n:02}");
            tx.exec(
                sql!(
                    "INSERT INTO person (id, agency_id, name, title_front, title_back, status, version, created_at) \
                     SELECT $1, agency_id, $3, '', '', status, 1, created_at FROM person WHERE id = $2"
                ),
                args![person, like, &name],
            )
            .await?;
            tx.exec(
                sql!(
                    "INSERT INTO employee (person_id, agency_id, number, number_kind, full_name, name_folded, unit_id, \
                     unit_path, unit_name, position_id, position_title, position_kind, is_head, grade, superior_id, \
                     superior_basis, superior_until, status, as_of) SELECT $1, agency_id, $4, number_kind, $3, $5, \
                     unit_id, unit_path, unit_name, position_id, position_title, position_kind, is_head, grade, \
                     superior_id, superior_basis, superior_until, status, as_of FROM employee WHERE person_id = $2"
                ),
                args![person, like, &name, format!("1985010120100129{n:02}"), fold_name(&name)],
            )
            .await?;
            tx.exec(
                sql!(
                    "INSERT INTO skp (id, agency_id, person_id, assessor_id, unit_id, unit_path, position_id, is_head, \
                     year, period_start, period_end, approach, family, status, version, created_at, changed_at, \
                     submitted_at, decided_at) SELECT $1, agency_id, $2, assessor_id, unit_id, unit_path, position_id, \
                     is_head, year, period_start, period_end, approach, family, status, version, created_at, \
                     changed_at, submitted_at, decided_at FROM skp WHERE id = $3"
                ),
                args![skp, person, city.b.skp],
            )
            .await?;
        }
        Ok::<_, db::Error>(())
    })
    .expect("the test database and memory answer");
}

#[tokio::test]
async fn long_lists_ask_no_more_than_short_ones() {
    TestApp::each(async |app| {
        let unit = format!("/unit/{}", app.city.bidang);
        let mut lists: Vec<(User, String)> = Vec::new();
        for route in web::route_list()
            .iter()
            .filter(|r| r.method == "GET" && !r.path.contains('{'))
        {
            for user in [User::Superior, User::AgencyAdmin, User::StaffB] {
                lists.push((user, route.path.to_owned()));
            }
        }
        lists.push((User::Superior, unit));
        let mut before = Vec::new();
        for (user, path) in &lists {
            before.push(count(&app, *user, path).await);
        }
        crowd(&app).await;
        for ((user, path), before) in lists.iter().zip(before) {
            let after = count(&app, *user, path).await;
            assert_eq!(before.0, after.0, "{path} as {user:?}: status");
            // the next page, the count of all and the like may cost one more; a query a row would cost sixty
            assert!(
                after.1 <= before.1 + 2,
                "{path} as {user:?}: {} statements became {}",
                before.1,
                after.1
            );
            assert!(after.1 <= 40, "{path} as {user:?}: {} statements", after.1);
        }
    })
    .await;
}

async fn count(app: &TestApp, user: User, path: &str) -> (u16, u64) {
    let before = db::statements_executed();
    let page = app.as_user(user).get(path).await;
    let run = db::statements_executed() - before;
    if page.status == 200
        && user != User::Anonymous
        && page.body.contains("<main")
        && page.header("location").is_empty()
    {
        assert!(run > 0 || page.body.len() < 100, "{path}: statements are counted");
    }
    (page.status, run)
}
