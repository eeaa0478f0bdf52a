//! Signing in and out, through the pages.

use std::time::Duration;

use access::Stage;
use access::commands::{begin_totp, confirm_totp};
use access::totp::code_at;
use db::{args, sql};

use crate::support::{PASSWORD, Page, TestApp, User, seat_session, token};

async fn sign_in(app: &TestApp, login: &str, password: &str) -> Page {
    let fields = [("nama", login), ("sandi", password), ("lanjut", "/pegawai?cari=kenari")];
    app.visitor().post("/masuk", &fields).await
}

#[tokio::test]
async fn the_right_password_opens_a_session() {
    TestApp::each(async |app| {
        let owner = app.city.member(User::StaffA);
        let spaced = format!("{} {}", &owner.number[..8], &owner.number[8..]);
        for login in [
            owner.number.as_str(),
            &spaced,
            &owner.email,
            &owner.email.to_uppercase(),
        ] {
            let done = sign_in(&app, login, PASSWORD).await;
            assert_eq!((done.status, done.location()), (303, "/pegawai?cari=kenari"), "{login}");
            let start = app.with_cookie(done.jar()).get("/").await;
            assert_eq!(start.status, 200);
            assert!(start.body.contains(&owner.name));
        }
    })
    .await;
}

#[tokio::test]
async fn wrong_unknown_and_disabled_get_one_answer() {
    TestApp::each(async |app| {
        let owner = app.city.member(User::StaffA).number.clone();
        let disabled = app.city.member(User::Disabled).number.clone();
        let wrong = sign_in(&app, &owner, "hujan turun di loket dua").await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.cookies().is_empty());
        assert!(!wrong.body.contains("hujan turun"), "the password is not sent back");
        let plain = |page: &Page, login: &str| page.body.replace(login, "LOGIN");
        for (login, password) in [("198501012010011999", PASSWORD), (disabled.as_str(), PASSWORD)] {
            let same = sign_in(&app, login, password).await;
            assert_eq!(same.status, 422, "{login}");
            assert_eq!(plain(&same, login), plain(&wrong, &owner), "{login}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_issued_password_must_be_changed_first() {
    TestApp::each(async |app| {
        let owner = app.city.member(User::StaffA);
        db::write!(app.db, async |tx| {
            tx.exec(
                sql!("UPDATE account SET must_change = $2 WHERE id = $1"),
                args![owner.account, true],
            )
            .await
        })
        .unwrap();
        let done = sign_in(&app, &owner.number, PASSWORD).await;
        assert_eq!((done.status, done.location()), (303, "/kata-sandi"));
        let client = app.with_cookie(done.jar());
        for path in ["/", "/pegawai", &format!("/skp/{}", app.city.a.plan.skp)] {
            let elsewhere = client.get(path).await;
            assert_eq!((elsewhere.status, elsewhere.location()), (303, "/kata-sandi"), "{path}");
            assert!(!elsewhere.body.contains(&owner.name));
        }
    })
    .await;
}

#[tokio::test]
async fn the_second_factor_cannot_be_walked_past() {
    TestApp::each(async |app| {
        let owner = app.city.member(User::StaffA);
        let config = crate::support::GATE.config();
        let seen = token(User::StaffA);
        let session = db::read!(app.db, async |tx| access::session::resolve(
            tx,
            config,
            &seen,
            app.ctx.now()
        )
        .await)
        .unwrap()
        .unwrap();
        let gate = &crate::support::GATE;
        let enrolment = begin_totp(&app.db, &app.ctx, gate, &session).await.unwrap();
        let code = code_at(&enrolment.secret, app.ctx.now()).unwrap();
        confirm_totp(&app.db, &app.ctx, gate, &session, &code).await.unwrap();
        app.clock.advance(Duration::from_secs(60));

        let first = sign_in(&app, &owner.number, PASSWORD).await;
        assert_eq!(first.status, 303);
        assert!(
            first.location().starts_with("/masuk/kode?lanjut="),
            "{}",
            first.location()
        );
        let half = app.with_cookie(first.jar());
        for path in ["/", "/pegawai", "/skp"] {
            let skipped = half.get(path).await;
            assert_eq!((skipped.status, skipped.location()), (303, "/masuk/kode"), "{path}");
        }
        let posted = half.post("/skp/baru", &[]).await;
        assert_eq!((posted.status, posted.location()), (303, "/masuk/kode"));
        assert_eq!(half.get("/masuk/kode").await.status, 200);
        // absent, empty, several, used: none is a code
        let sent: [&[(&str, &str)]; 5] = [
            &[],
            &[("kode", "")],
            &[("kode[]", "123456")],
            &[("kode", "000000")],
            &[("kode", &code)],
        ];
        for fields in sent {
            let refused = half.post("/masuk/kode", fields).await;
            assert_eq!(refused.status, 422, "{fields:?}");
            assert!(refused.cookies().is_empty(), "{fields:?}");
        }
        // the failures above made this network wait
        app.clock.advance(Duration::from_secs(10 * 60));
        let code = code_at(&enrolment.secret, app.ctx.now()).unwrap();
        let done = half.post("/masuk/kode", &[("kode", &code), ("lanjut", "/unit")]).await;
        assert_eq!((done.status, done.location()), (303, "/unit"));
        assert_ne!(done.jar(), first.jar(), "a new token at each stage");
        assert_eq!(app.with_cookie(done.jar()).get("/").await.status, 200);
        assert_eq!(half.get("/").await.status, 303, "the token of the first step is dead");
    })
    .await;
}

#[tokio::test]
async fn a_form_survives_the_end_of_the_session() {
    TestApp::each(async |app| {
        let owner = app.city.member(User::StaffA);
        let path = format!("/skp/{}/ekspektasi", app.city.a.plan.skp);
        let typed = "Ramah & \"sabar\" <kepada> semua";
        let client = app.as_user(User::StaffA);
        app.clock.advance(Duration::from_secs(13 * 3600));
        let lost = client.post(&path, &[("uraian", typed), ("version", "3")]).await;
        assert_eq!(lost.status, 401);
        let field = |page: &Page, name: &str| {
            let at = page
                .body
                .split(&format!("name=\"{name}\" value=\""))
                .nth(1)
                .unwrap_or_default();
            let value = at.split('"').next().unwrap_or_default();
            value
                .replace("&#38;", "&")
                .replace("&#34;", "\"")
                .replace("&#60;", "<")
                .replace("&#62;", ">")
        };
        assert_eq!(field(&lost, "tujuan"), path);
        let carried = field(&lost, "isian");
        assert!(carried.contains("version=3"), "{carried}");
        let wrong = [
            ("nama", owner.number.as_str()),
            ("sandi", "salah"),
            ("tujuan", &path),
            ("isian", &carried),
        ];
        let wrong = app.visitor().post("/masuk", &wrong).await;
        assert_eq!(wrong.status, 422);
        assert_eq!(field(&wrong, "isian"), carried, "a wrong password loses nothing");
        let fields = [
            ("nama", owner.number.as_str()),
            ("sandi", PASSWORD),
            ("tujuan", &path),
            ("isian", &carried),
        ];
        let back = app.visitor().post("/masuk", &fields).await;
        assert_eq!(back.status, 200);
        assert!(back.body.contains(&format!("action=\"{path}\"")));
        assert_eq!(field(&back, "uraian"), typed);
        assert_eq!(field(&back, "version"), "3");
        assert_eq!(app.with_cookie(back.jar()).get("/").await.status, 200);
        // an address of somebody else's is not one to send a form to
        let fields = [
            ("nama", owner.number.as_str()),
            ("sandi", PASSWORD),
            ("tujuan", "//evil"),
            ("isian", "a=1"),
        ];
        let evil = app.visitor().post("/masuk", &fields).await;
        assert_eq!((evil.status, evil.location()), (303, "/"));
    })
    .await;
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    TestApp::each(async |app| {
        let client = app.as_user(User::StaffA);
        assert_eq!(client.get("/").await.status, 200);
        let out = client.post("/keluar", &[]).await;
        assert_eq!((out.status, out.location()), (303, "/masuk"));
        assert!(
            out.cookies()
                .iter()
                .any(|c| c.starts_with("__Host-abdi=;") && c.contains("Max-Age=0"))
        );
        assert_eq!(client.get("/").await.status, 303);
        assert_eq!(client.post("/keluar", &[]).await.status, 303, "twice is harmless");
    })
    .await;
}

#[tokio::test]
async fn a_session_dies_with_its_account_and_its_time() {
    TestApp::each(async |app| {
        assert_eq!(app.as_user(User::Disabled).get("/").await.status, 303);
        let client = app.as_user(User::StaffA);
        assert_eq!(client.get("/").await.status, 200);
        let account = app.city.member(User::StaffA).account;
        let disable = async |at| {
            db::write!(app.db, async |tx| {
                tx.exec(
                    sql!("UPDATE account SET disabled_at = $2 WHERE id = $1"),
                    args![account, at],
                )
                .await
            })
            .unwrap();
        };
        disable(Some(app.ctx.now())).await;
        assert_eq!(client.get("/").await.status, 303);
        assert_eq!(client.post("/skp/baru", &[]).await.status, 401);
        disable(None).await;
        app.clock.advance(Duration::from_secs(31 * 60));
        assert_eq!(
            client.get("/").await.status,
            200,
            "staff may pause longer than half an hour"
        );
        assert_eq!(
            app.as_user(User::Superior).get("/").await.status,
            303,
            "superiors may not"
        );
        app.clock.advance(Duration::from_secs(12 * 3600));
        assert_eq!(client.get("/").await.status, 303);
    })
    .await;
}

/// T18: roles are those of the moment, and a session that is not complete shows nothing.
#[tokio::test]
async fn roles_end_at_once() {
    TestApp::each(async |app| {
        let client = app.as_user(User::AgencyAdmin);
        let path = format!("/skp/{}", app.city.a.plan.skp);
        assert_eq!(client.get(&path).await.status, 200);
        let account = app.city.member(User::AgencyAdmin).account;
        let yesterday = crate::support::TODAY.yesterday().unwrap();
        db::write!(app.db, async |tx| {
            tx.exec(
                sql!("UPDATE role_grant SET valid_to = $2 WHERE account_id = $1"),
                args![account, yesterday],
            )
            .await
        })
        .unwrap();
        assert_eq!(client.get(&path).await.status, 404);
        let owner = app.city.member(User::StaffA).account;
        for stage in [Stage::Totp, Stage::Change] {
            seat_session(&app.db, &app.ctx, User::StaffA, owner, stage).await;
            let page = app.as_user(User::StaffA).get(&path).await;
            assert_eq!(page.status, 303, "{stage:?}");
        }
    })
    .await;
}

/// Attempts are slowed down, by the login wherever they come from.
#[tokio::test]
async fn guessing_is_slow() {
    TestApp::each(async |app| {
        let number = app.city.member(User::StaffA).number.clone();
        let mut last = String::new();
        for n in 0..30 {
            last = sign_in(&app, &number, &format!("tebakan ke {n}")).await.body;
        }
        let right = sign_in(&app, &number, PASSWORD).await;
        assert_eq!(right.status, 422, "even the right password waits");
        assert!(right.cookies().is_empty());
        assert!(!last.is_empty());
        app.clock.advance(Duration::from_secs(24 * 3600));
        assert_eq!(sign_in(&app, &number, PASSWORD).await.status, 303);
    })
    .await;
}
