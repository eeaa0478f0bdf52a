//! Addresses that no page of ours asks for: hostile questions, malformed identifiers, names of downloads.

use http::Method;

use super::OURS;
use crate::support::{TestApp, User, ids};

/// Addresses after the question mark that no form of ours sends.
fn hostile(key: &str) -> Vec<String> {
    let values = [
        "'",
        "\"",
        "' OR 1=1 --",
        "'; DROP TABLE person; --",
        "%",
        "_",
        "\\",
        "%_%\\",
        "\0",
        "<script>alert(1)</script>",
        "😀",
        "\u{202e}abc",
        "-1",
        "0",
        "99999999999999999999",
        "1e309",
        "NaN",
        "2026-02-30",
        "9999999-01-01",
        "-9999-01-01",
        "TRIWULAN_IX",
        "00000000000000000000000000000000",
        "eyJ",
        "AAAA",
        "==",
        "1/../../",
        "{}",
        "${1}",
    ];
    let one = |value: &str| {
        form_urlencoded::Serializer::new(String::new())
            .append_pair(key, value)
            .finish()
    };
    let mut all: Vec<String> = values.iter().map(|v| one(v)).collect();
    all.push(one(&"x".repeat(20_000)));
    all.push(format!("{key}=%ff%fe%80"));
    all.push(format!("{key}=%"));
    all.push(format!("{key}[]=1&{key}=2&{key}"));
    all
}

/// T31: no question breaks a page, and none is answered with markup of the asker's.
#[tokio::test]
async fn no_question_breaks_a_page() {
    let keys = [
        "cari", "setelah", "urut", "tahun", "periode", "unit", "status", "saring", "halaman", "pesan", "rhk", "id",
    ];
    TestApp::each(async |app| {
        let superior = app.as_user(User::Superior);
        let admin = app.as_user(User::AgencyAdmin);
        let everything = app.digest().await;
        for route in web::route_list().iter().filter(|r| r.method == "GET") {
            let Some(path) = ids::fill(&app.city, route.path) else {
                continue;
            };
            let administration = path.starts_with("/kelola") || path.contains("/daftar");
            let client = if administration { &admin } else { &superior };
            let seen = client.get(&path).await;
            for key in keys {
                // only what the page itself asks for is worth the whole list
                let marks = [format!("name=\"{key}\""), format!("?{key}="), format!("&#38;{key}=")];
                let used = marks.iter().any(|m| seen.body.contains(m.as_str()));
                let all = hostile(key);
                let is_list = !route.path.contains('{');
                let whole = used || (is_list && ["setelah", "cari"].contains(&key));
                let some = if whole { &all[..] } else { &all[..2] };
                for query in some {
                    let page = client.get(&format!("{path}?{query}")).await;
                    assert!(page.status < 500, "{path}?{query}: {}", page.status);
                    assert!(!page.body.contains("<script>alert"), "{path}?{query}");
                }
            }
        }
        assert_eq!(everything, app.digest().await);
        // wildcards find what is written so, which is nothing here
        for text in ["%", "_", "%25", "\\"] {
            let query = form_urlencoded::Serializer::new(String::new())
                .append_pair("cari", text)
                .finish();
            let page = admin.get(&format!("/pegawai?{query}")).await;
            assert!(!page.body.contains("Cemara Cahyadi"), "{text} is not a wildcard");
        }
        assert!(admin.get("/pegawai?cari=cemara").await.body.contains("Cemara Cahyadi"));
    })
    .await;
}

/// T31, T36: identifiers in addresses that are none.
#[tokio::test]
async fn malformed_identifiers_are_not_found() {
    TestApp::each(async |app| {
        let client = app.as_user(User::Superior);
        for route in web::route_list().iter().filter(|r| r.path.contains('{')) {
            for bad in [
                "1",
                "x",
                "%00",
                "%0d%0aset-cookie:a=b",
                "..%2f..%2f",
                "%ff",
                "'--",
                &"9".repeat(3000),
            ] {
                let path: Vec<&str> = route
                    .path
                    .split('/')
                    .map(|s| if s.starts_with('{') { bad } else { s })
                    .collect();
                let method = Method::from_bytes(route.method.as_bytes()).unwrap();
                let page = client.send(method, &path.join("/"), &OURS, "").await;
                let expected = [400, 403, 404, 422];
                assert!(
                    expected.contains(&page.status),
                    "{} {}: {}",
                    route.method,
                    path.join("/"),
                    page.status
                );
                assert!(page.header("set-cookie").is_empty());
            }
        }
    })
    .await;
}

/// T36, T37: headers of downloads hold one safe name, and nothing of what was asked.
#[tokio::test]
async fn downloads_have_tame_names() {
    TestApp::each(async |app| {
        let query = "?cari=%22%0d%0aset-cookie%3a+a%3db%3b+filename%3devil.html";
        let mut seen = 0;
        for route in web::route_list().iter().filter(|r| r.method == "GET") {
            let Some(path) = ids::fill(&app.city, route.path) else {
                continue;
            };
            for user in [User::StaffA, User::Superior, User::AgencyAdmin] {
                let page = app.as_user(user).get(&format!("{path}{query}")).await;
                let named = page.header("content-disposition");
                if named.is_empty() {
                    continue;
                }
                seen += 1;
                assert!(
                    !named.contains("evil") && !named.contains("set-cookie"),
                    "{path}: {named}"
                );
                assert!(named.is_ascii() && named.len() < 300, "{path}: {named}");
                assert!(!page.is_html(), "{path}: a download is no page");
            }
        }
        assert!(seen > 0, "there are downloads");
    })
    .await;
}
