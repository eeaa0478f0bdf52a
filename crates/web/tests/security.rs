//! What an attacker tries first, through the pages. The numbers are those of the project's list of attacks.

mod questions;

use std::time::Duration;

use http::Method;
use web::Audience;

use crate::support::crawl::{crawl, links};
use crate::support::work::Plan;
use crate::support::{PUBLIC_URL, Page, TestApp, User, ids, token, work};

const OURS: [(&str, &str); 1] = [("sec-fetch-site", "same-origin")];

/// T2, T3, T6: somebody else's thing under one's own, and one's own under somebody else's.
#[tokio::test]
async fn parts_of_other_plans_are_not_found() {
    TestApp::each(async |app| {
        let city = &app.city;
        let owner = app.as_user(User::StaffB);
        let mine = city.b;
        // taken back, so that the plan is open to changes and no state is in the way
        let back = owner
            .post(&format!("/skp/{}/penarikan", mine.skp), &[("version", "3")])
            .await;
        assert_eq!(back.status, 303, "{}", back.body);
        let (before, mut asked) = (app.digest().await, 0);
        for route in web::route_list() {
            let is_part = route.path.contains("{rhk}") || route.path.contains("{iki}");
            if !is_part || !route.path.starts_with("/skp/{id}/") {
                continue;
            }
            let fill = |skp: &Plan, part: &Plan| {
                let path = route.path.replace("{id}", &skp.skp.to_string());
                path.replace("{rhk}", &part.rhk.to_string())
                    .replace("{iki}", &part.iki.to_string())
            };
            for theirs in [city.a.plan, city.e.plan, city.d] {
                for path in [fill(&mine, &theirs), fill(&theirs, &mine)] {
                    let method = Method::from_bytes(route.method.as_bytes()).unwrap();
                    let body =
                        "version=4&uraian=dibajak&teks=dibajak&target=1&person_id=1&assessor_id=1&status=DISETUJUI";
                    let page = owner.send(method, &path, &OURS, body).await;
                    assert_eq!(page.status, 404, "{} {path}", route.method);
                    asked += 1;
                    for mark in work::MARKS {
                        assert!(!page.body.contains(mark), "{path} tells {mark}");
                    }
                }
            }
        }
        assert!(asked > 20, "the routes of parts were asked: {asked}");
        assert_eq!(before, app.digest().await, "nothing was changed");
    })
    .await;
}

/// T2, T10: administration ends at the agency.
#[tokio::test]
async fn nothing_of_another_agency_exists() {
    TestApp::each(async |app| {
        let (things, nothing) = (ids::Things::of_d(&app.city), ids::Things::of_nobody(&app.city));
        let before = app.digest().await;
        for route in web::route_list() {
            if route.audience != Audience::Staff || !ids::names_a_thing(route.path) {
                continue;
            }
            let path = things.fill(route.path).expect("the matrix knows the placeholder");
            let method = Method::from_bytes(route.method.as_bytes()).unwrap();
            for user in [User::StaffA, User::Head, User::AgencyAdmin, User::Auditor] {
                let client = app.as_user(user);
                let page = client.send(method.clone(), &path, &OURS, "version=1").await;
                let page = if method == Method::GET {
                    client.follow(page).await
                } else {
                    page
                };
                // who may not do a thing to anything is told so before it is looked for
                if page.status == 403 {
                    let nowhere = nothing.fill(route.path).expect("the same placeholders");
                    let same = client.send(method.clone(), &nowhere, &OURS, "version=1").await;
                    assert_eq!((same.status, same.body), (403, page.body), "{path} as {user:?}");
                    continue;
                }
                assert_eq!(page.status, 404, "{} {path} as {user:?}", route.method);
                assert!(!page.body.contains("Damar Darmawan"), "{path}");
            }
        }
        assert_eq!(before, app.digest().await, "nothing was changed");
        for path in [
            "/pegawai?cari=damar",
            "/unit",
            "/layanan",
            "/skp/daftar",
            "/skp/daftar?cari=damar",
        ] {
            let page = app.as_user(User::AgencyAdmin).get(path).await;
            assert!(
                !page.body.contains("Darmawan") && !page.body.contains("Kota Lain"),
                "{path}"
            );
        }
    })
    .await;
}

/// T8: the first minute after the last day of an acting duty.
#[tokio::test]
async fn an_ended_duty_sees_nothing_new() {
    TestApp::each(async |app| {
        let former = app.as_user(User::EndedPlt);
        let work = format!("/skp/{}", app.city.a.plan.skp);
        assert_eq!(former.get(&work).await.status, 404);
        let list = former.get("/tim").await;
        assert!(!list.body.contains(&app.city.member(User::StaffA).name));
        // the day before, the duty held: the seksi was theirs
        app.clock.set(app.clock_start().minus(Duration::from_secs(86_400)));
        app.seat(User::EndedPlt).await;
        let unit = app.city.f.skp;
        assert_eq!(former.get(&format!("/skp/{unit}")).await.status, 200);
    })
    .await;
}

/// T11: other ways to write a request do not lead around the guard.
#[tokio::test]
async fn spellings_of_addresses_do_not_bypass() {
    TestApp::each(async |app| {
        let skp = app.city.a.plan.skp.to_string();
        let plain = format!("/skp/{skp}");
        let paths = [
            plain.clone(),
            format!("{plain}/"),
            format!("//skp/{skp}"),
            format!("/skp//{skp}"),
            format!("/skp%2f{skp}"),
            format!("/SKP/{skp}"),
            format!("/skp/{}", skp.to_uppercase()),
            format!("/skp/{skp};x=1"),
            format!("/skp/./{skp}"),
            format!("/skp/../skp/{skp}"),
            format!("/%73kp/{skp}"),
            format!("/skp/{skp}%00"),
            format!("/skp/{skp}?_method=POST"),
        ];
        let before = app.digest().await;
        for user in [User::Anonymous, User::StaffB, User::StaffC, User::StaffD] {
            let client = app.as_user(user);
            for path in &paths {
                for method in [
                    Method::GET,
                    Method::HEAD,
                    Method::OPTIONS,
                    Method::PUT,
                    Method::DELETE,
                    Method::TRACE,
                ] {
                    let page = client.send(method.clone(), path, &OURS, "").await;
                    let allowed = [303, 401, 404];
                    assert!(
                        allowed.contains(&page.status),
                        "{method} {path} as {user:?}: {}",
                        page.status
                    );
                    assert!(
                        work::MARKS.iter().all(|m| !page.body.contains(m)),
                        "{method} {path} as {user:?}"
                    );
                }
            }
        }
        // a page is not an action, whatever its headers and fields say
        let superior = app.as_user(User::Superior);
        let overridden = [
            ("x-http-method-override", "POST"),
            ("x-method-override", "POST"),
            OURS[0],
        ];
        let step = format!("/skp/{}/persetujuan", app.city.b.skp);
        for path in [format!("{step}?_method=POST&version=3"), step] {
            for method in [Method::GET, Method::HEAD, Method::OPTIONS, Method::PUT, Method::PATCH] {
                let page = superior.send(method.clone(), &path, &overridden, "").await;
                assert!(
                    page.status >= 300 && page.status < 500,
                    "{method} {path}: {}",
                    page.status
                );
            }
        }
        assert_eq!(before, app.digest().await, "nothing was changed");
    })
    .await;
}

/// T16: nothing changes by being looked at.
#[tokio::test]
async fn looking_changes_nothing() {
    TestApp::each(async |app| {
        for user in [User::StaffB, User::Superior, User::Above, User::AgencyAdmin] {
            let before = app.digest().await;
            let pages = crawl(&app, user).await;
            assert!(pages.len() > 20, "{user:?} saw {} pages", pages.len());
            for (path, page) in &pages {
                assert!(page.status < 500, "{user:?} {path}: {}", page.status);
            }
            assert_eq!(before, app.digest().await, "a page changed something for {user:?}");
        }
    })
    .await;
}

/// A link that is shown leads somewhere, for the one to whom it is shown.
#[tokio::test]
async fn links_lead_somewhere() {
    TestApp::each(async |app| {
        for user in [
            User::StaffA,
            User::StaffB,
            User::Superior,
            User::Above,
            User::UnitAdmin,
            User::AgencyAdmin,
        ] {
            let pages = crawl(&app, user).await;
            for (path, page) in pages.iter().filter(|(_, p)| p.is_html() && p.status == 200) {
                for link in links(&page.body, "href=\"") {
                    let link = link.split('#').next().unwrap_or_default();
                    if let Some(to) = pages.get(link) {
                        assert!(
                            to.status < 400,
                            "{user:?}: {path} links to {link}, which answers {}",
                            to.status
                        );
                    }
                }
            }
        }
    })
    .await;
}

/// T23.
#[tokio::test]
async fn cookies_are_bound_to_this_host_and_to_https() {
    TestApp::each(async |app| {
        let owner = app.city.member(User::StaffA).number.clone();
        let fields = [("nama", owner.as_str()), ("sandi", crate::support::PASSWORD)];
        let done = app.visitor().post("/masuk", &fields).await;
        let cookies = done.cookies();
        let session = cookies
            .iter()
            .find(|c| c.starts_with("__Host-abdi="))
            .expect("a session cookie");
        for attribute in ["Path=/", "SameSite=Lax", "Secure", "HttpOnly"] {
            assert!(session.split("; ").any(|a| a == attribute), "{session}");
        }
        assert!(!session.contains("Domain"));
        assert!(
            cookies
                .iter()
                .all(|c| c.contains("Secure") && c.contains("SameSite=Lax"))
        );
        let value = session.split(['=', ';']).nth(1).unwrap();
        assert_eq!(value.len(), 43);
        assert!(!done.location().contains(value));
        // a session is taken from its cookie only
        let page = app.visitor().get(&format!("/?abdi={}", token(User::StaffA))).await;
        assert_eq!(page.status, 303);
        let header = [("authorization", format!("Bearer {}", token(User::StaffA)))];
        let header = [(header[0].0, header[0].1.as_str())];
        assert_eq!(app.visitor().send(Method::GET, "/", &header, "").await.status, 303);
    })
    .await;
}

/// T24.
#[tokio::test]
async fn forms_from_elsewhere_change_nothing() {
    TestApp::each(async |app| {
        let superior = app.as_user(User::Superior);
        let step = format!("/skp/{}/persetujuan", app.city.b.skp);
        let before = app.digest().await;
        let from: [&[(&str, &str)]; 7] = [
            &[],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "none")],
            &[("sec-fetch-site", "cross-site"), ("origin", PUBLIC_URL)],
            &[
                ("origin", "https://abdi.contoh.go.id.evil"),
                ("host", "abdi.contoh.go.id.evil"),
            ],
            &[("origin", "null")],
        ];
        for headers in from {
            let page = superior.send(Method::POST, &step, headers, "version=3").await;
            assert_eq!(page.status, 403, "{headers:?}");
            // signing somebody in to an account of the attacker's is refused as well
            let page = app
                .visitor()
                .send(Method::POST, "/masuk", headers, "nama=x&sandi=y")
                .await;
            assert_eq!(page.status, 403, "{headers:?}");
            assert!(page.cookies().is_empty());
        }
        let json = [("content-type", "application/json"), ("sec-fetch-site", "cross-site")];
        assert_eq!(
            superior
                .send(Method::POST, &step, &json, "{\"version\":3}")
                .await
                .status,
            403
        );
        assert_eq!(before, app.digest().await, "nothing was changed");
        // the same form from a page of ours does its work
        let ours = superior
            .send(Method::POST, &step, &[("origin", PUBLIC_URL)], "version=3")
            .await;
        assert_eq!(ours.status, 303, "{}", ours.body);
        assert_ne!(before, app.digest().await);
    })
    .await;
}

/// T25.
#[tokio::test]
async fn nobody_is_sent_elsewhere() {
    TestApp::each(async |app| {
        let owner = app.city.member(User::StaffA).number.clone();
        let long = format!("/{}", "a".repeat(5000));
        for to in [
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https:evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/\r\nset-cookie: a=b",
            "/\tevil",
            "",
            "evil.example",
            &long,
        ] {
            let fields = [
                ("nama", owner.as_str()),
                ("sandi", crate::support::PASSWORD),
                ("lanjut", to),
            ];
            let done = app.visitor().post("/masuk", &fields).await;
            assert_eq!((done.status, done.location()), (303, "/"), "{to:?}");
            let query = form_urlencoded::Serializer::new(String::new())
                .append_pair("lanjut", to)
                .finish();
            let there = app.as_user(User::StaffA).get(&format!("/masuk?{query}")).await;
            assert_eq!((there.status, there.location()), (303, "/"), "{to:?}");
        }
        // an encoded slash stays inside a path of ours
        let fields = [
            ("nama", owner.as_str()),
            ("sandi", crate::support::PASSWORD),
            ("lanjut", "/%2f%2fevil"),
        ];
        let done = app.visitor().post("/masuk", &fields).await;
        assert_eq!(done.location(), "/%2f%2fevil");
        for referer in [
            "https://evil.example//evil.example/x",
            "https://evil.example",
            "x",
            "https://a/\\evil",
        ] {
            let headers = [OURS[0], ("referer", referer)];
            let page = app.visitor().send(Method::POST, "/bahasa", &headers, "kode=en").await;
            assert_eq!((page.status, page.location()), (303, "/"), "{referer}");
        }
    })
    .await;
}

fn protected(page: &Page, what: &str) {
    let csp = page.header("content-security-policy");
    assert!(
        csp.contains("default-src 'none'") && csp.contains("frame-ancestors 'none'"),
        "{what}: {csp}"
    );
    assert!(!csp.contains("unsafe"), "{what}: {csp}");
    assert_eq!(page.header("x-content-type-options"), "nosniff", "{what}");
    assert_eq!(page.header("referrer-policy"), "same-origin", "{what}");
    assert_eq!(page.header("x-frame-options"), "DENY", "{what}");
    assert!(page.header("permissions-policy").contains("camera=()"), "{what}");
    assert!(
        page.header("strict-transport-security").starts_with("max-age="),
        "{what}"
    );
}

/// T30.
#[tokio::test]
async fn every_answer_is_protected() {
    TestApp::each(async |app| {
        for user in [User::Anonymous, User::StaffA] {
            let client = app.as_user(user);
            for route in web::route_list() {
                let Some(path) = ids::fill(&app.city, route.path) else {
                    continue;
                };
                let method = Method::from_bytes(route.method.as_bytes()).unwrap();
                // sent without an origin, forms are refused before they do anything
                let page = client.send(method, &path, &[], "").await;
                let what = format!("{} {path}", route.method);
                protected(&page, &what);
                if route.audience == Audience::Staff && page.is_html() {
                    assert!(page.header("cache-control").contains("no-store"), "{what}");
                }
            }
            for (method, path) in [
                (Method::GET, "/tidak-ada"),
                (Method::DELETE, "/"),
                (Method::POST, "/tidak-ada"),
            ] {
                protected(&client.send(method, path, &OURS, "").await, path);
            }
            let large = "a=b&".repeat(200_000);
            let page = client.send(Method::POST, "/masuk", &OURS, &large).await;
            assert_eq!(page.status, 413);
            protected(&page, "too large");
            let many = "a=b&".repeat(2_000);
            assert_eq!(client.send(Method::POST, "/masuk", &OURS, &many).await.status, 413);
        }
    })
    .await;
}

fn looks_like_a_number_of_a_person(text: &str) -> bool {
    let digits = text.split(|c: char| !c.is_ascii_digit());
    digits.into_iter().any(|run| run.len() == 16 || run.len() == 18)
}

/// T55.
#[tokio::test]
async fn no_address_holds_a_number_of_a_person() {
    TestApp::each(async |app| {
        for user in [User::StaffA, User::Superior, User::UnitAdmin, User::AgencyAdmin] {
            for (path, page) in crawl(&app, user).await {
                assert!(!page.body.contains("<!--"), "{path}: a comment");
                for attribute in ["href=\"", "action=\"", "src=\"", "formaction=\""] {
                    for link in links(&page.body, attribute).iter().filter(|_| page.is_html()) {
                        assert!(!looks_like_a_number_of_a_person(link), "{user:?} {path}: {link}");
                    }
                }
            }
        }
    })
    .await;
}

/// T55, T56: what is open to everybody names nobody.
#[tokio::test]
async fn public_pages_name_nobody() {
    TestApp::each(async |app| {
        let visitor = app.visitor();
        for route in web::route_list()
            .iter()
            .filter(|r| r.audience == Audience::Public && r.method == "GET")
        {
            let Some(path) = ids::fill(&app.city, route.path) else {
                continue;
            };
            let page = visitor.get(&path).await;
            // the page of the first code is gone once somebody has an account
            assert!(page.status < 400 || path == "/mulai-awal", "{path}: {}", page.status);
            for (user, member) in &app.city.members {
                // the check page of a printed form names those who signed it, and nobody else
                let signed = path.starts_with("/cek/") && *user == User::StaffA;
                assert!(
                    signed || !page.body.contains(&member.name),
                    "{path} names {}",
                    member.name
                );
                assert!(
                    member.number.is_empty() || !page.body.contains(&member.number),
                    "{path}"
                );
            }
        }
    })
    .await;
}
