//! Every kind of page once, for each role: pictures at two widths, and automated accessibility checks.

use crate::support::{Browser, City, Script};

/// Pages by the key of the one who looks.
const PAGES: &[(&str, &[(&str, &str)])] = &[
    (
        "pegawai",
        &[
            ("mulai", "/"),
            ("skp", "/skp"),
            ("progres", "/progres"),
            ("evaluasi", "/evaluasi"),
            ("pegawai", "/pegawai"),
            ("unit", "/unit"),
            ("layanan", "/layanan"),
            ("akun", "/akun"),
        ],
    ),
    (
        "atasan",
        &[
            ("mulai-atasan", "/"),
            ("tim", "/tim"),
            ("tim-progres", "/tim/progres"),
            ("tim-evaluasi", "/tim/evaluasi"),
        ],
    ),
    ("kepala.dinas", &[("mulai-kepala-dinas", "/"), ("capaian", "/capaian")]),
    (
        "admin",
        &[
            ("kelola", "/kelola"),
            ("kelola-akun", "/kelola/akun"),
            ("kelola-impor", "/kelola/impor"),
            ("kelola-pengaturan", "/kelola/pengaturan"),
            ("kelola-jejak", "/kelola/jejak"),
            ("skp-daftar", "/skp/daftar"),
            ("gaya", "/gaya"),
        ],
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_page_looks_right_and_is_accessible() {
    let city = City::start().await;
    let browser = Browser::open(&city, Script::On).await;
    browser.go("/masuk").await;
    browser.shoot("masuk").await;
    browser.check_accessibility().await;
    for (who, pages) in PAGES {
        browser.sign_in(city.sign_in_of(who)).await;
        for (name, path) in *pages {
            browser.go(path).await;
            assert!(!browser.text("h1").await.is_empty(), "{path} has no heading");
            browser.shoot(name).await;
            browser.check_accessibility().await;
        }
    }
}
