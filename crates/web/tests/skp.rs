//! Plans over HTTP: drafting, autosave, somebody else's change, deciding, the team, the register.

use super::support::{Client, Page, TestApp, User};

/// The version that a form on the page sends back.
fn version(page: &Page) -> String {
    let (_, rest) = page
        .body
        .split_once("name=\"version\" value=\"")
        .expect("a form with a version");
    rest.split('"').next().unwrap_or_default().to_owned()
}

async fn autosave(client: &Client, path: &str, pairs: &[(&str, &str)]) -> Page {
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(pairs);
    let headers = [("sec-fetch-site", "same-origin"), ("x-abdi-autosave", "1")];
    client.send(http::Method::POST, path, &headers, &body.finish()).await
}

/// The path of a redirect without the notice.
fn place(page: &Page) -> String {
    assert_eq!(page.status, 303, "{}", page.body);
    page.location().split('?').next().unwrap_or_default().to_owned()
}

/// A's plan of next year with one result, as addresses: the plan, the result.
async fn draft(client: &Client) -> (String, String) {
    let made = client
        .post("/skp/baru", &[("tahun", "2027"), ("pendekatan", "KUANTITATIF")])
        .await;
    let plan = place(&made);
    let form = client.get(&format!("{plan}/rhk/baru")).await;
    assert_eq!(form.status, 200);
    let saved = client
        .post(
            &format!("{plan}/rhk/baru"),
            &[
                ("version", &version(&form)),
                ("jenis", "UTAMA"),
                ("klasifikasi", "ORGANISASI"),
                ("teks", "Tersusunnya laporan tahunan bidang"),
                ("penugasan", "Perjanjian kinerja"),
                ("lanjut", "iki"),
            ],
        )
        .await;
    let next = place(&saved);
    let rhk = next
        .strip_suffix("/iki/baru")
        .expect("on to the first indicator")
        .to_owned();
    (plan, rhk)
}

async fn add_iki(client: &Client, rhk: &str) -> String {
    let form = client.get(&format!("{rhk}/iki/baru")).await;
    let saved = client
        .post(
            &format!("{rhk}/iki/baru"),
            &[
                ("version", &version(&form)),
                ("teks", "Jumlah laporan"),
                ("target", "2 Dokumen"),
                ("ukuran", "KUANTITAS"),
            ],
        )
        .await;
    place(&saved)
}

/// The first link on the page that `is` so.
fn link(page: &Page, is: impl Fn(&str) -> bool) -> String {
    let mut hrefs = page
        .body
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    hrefs.find(|href| is(href)).expect("such a link").to_owned()
}

#[tokio::test]
async fn a_plan_goes_from_the_first_word_to_the_approval() {
    TestApp::each(async |app| {
        let staff = app.as_user(User::StaffA);
        let boss = app.as_user(User::Superior);
        let (plan, rhk) = draft(&staff).await;

        // too early: the page says what is missing and where
        let page = staff.get(&plan).await;
        assert!(page.body.contains(&format!("{rhk}/iki/baru")) && page.body.contains("wajib dilengkapi"));
        let now = version(&staff.get(&rhk).await);
        let early = staff.post(&format!("{plan}/pengajuan"), &[("version", &now)]).await;
        assert_eq!(early.status, 422);
        assert!(early.body.contains("Belum dapat diajukan"));

        add_iki(&staff, &rhk).await;
        let page = staff.get(&plan).await;
        let handed_in = staff
            .post(&format!("{plan}/pengajuan"), &[("version", &version(&page))])
            .await;
        assert_eq!(handed_in.location(), format!("{plan}?pesan=diajukan"));
        let page = staff.get(&plan).await;
        assert!(page.body.contains("menunggu persetujuan</h1>") && page.body.contains("/penarikan\""));

        // the superior finds it, needs a remark to return it, and the owner reads the remark
        let team = boss.get("/tim?tahun=2027").await;
        assert!(team.body.contains("1 SKP menunggu persetujuan Anda") && team.body.contains(&plan));
        let page = boss.get(&plan).await;
        let silent = boss
            .post(
                &format!("{plan}/pengembalian"),
                &[("version", &version(&page)), ("catatan", " ")],
            )
            .await;
        assert_eq!(silent.status, 422);
        let returned = boss
            .post(
                &format!("{plan}/pengembalian"),
                &[("version", &version(&page)), ("catatan", "Naikkan <target>")],
            )
            .await;
        assert_eq!(returned.location(), format!("{plan}?pesan=dikembalikan"));
        let page = staff.get(&plan).await;
        assert!(page.body.contains("perlu diperbaiki</h1>") && page.body.contains("Naikkan &#60;target&#62;"));

        let again = staff
            .post(&format!("{plan}/pengajuan"), &[("version", &version(&page))])
            .await;
        assert_eq!(again.status, 303);
        let page = boss.get(&plan).await;
        let stale = boss.post(&format!("{plan}/persetujuan"), &[("version", "1")]).await;
        assert_eq!(stale.status, 409, "nobody approves what they have not read");
        let seen = version(&page);
        for _ in 0..2 {
            let approved = boss.post(&format!("{plan}/persetujuan"), &[("version", &seen)]).await;
            assert_eq!(
                approved.location(),
                format!("{plan}?pesan=disetujui"),
                "twice is harmless"
            );
        }
        let late = staff.get(&format!("{plan}/rhk/baru")).await;
        assert_eq!(late.location(), format!("{plan}?pesan=terkunci"));
    })
    .await;
}

#[tokio::test]
async fn a_form_saves_itself_and_meets_somebody_elses_change() {
    TestApp::each(async |app| {
        let staff = app.as_user(User::StaffA);
        let (plan, rhk) = draft(&staff).await;
        let form = staff.get(&rhk).await;
        let first = version(&form);

        // only what changed is sent; the rest stays
        let saved = autosave(
            &staff,
            &rhk,
            &[("version", &first), ("teks", "Tersusunnya laporan semester bidang")],
        )
        .await;
        assert_eq!(saved.status, 200, "{}", saved.body);
        assert!(saved.body.contains("\"saved\":\"09.00 WIB\"") && saved.body.contains("\"version\":\""));
        let page = staff.get(&plan).await;
        assert!(page.body.contains("laporan semester") && page.body.contains("Perjanjian kinerja"));

        // the same content with the old version is what the form itself has saved
        let everything = |text: &'static str| {
            [
                ("version", first.clone()),
                ("teks", text.to_owned()),
                ("jenis", "UTAMA".to_owned()),
                ("penugasan", "Perjanjian kinerja".to_owned()),
                ("klasifikasi", "ORGANISASI".to_owned()),
            ]
        };
        let own = everything("Tersusunnya laporan semester bidang");
        let own: Vec<_> = own.iter().map(|(k, v)| (*k, v.as_str())).collect();
        assert_eq!(staff.post(&rhk, &own).await.status, 303);

        // other content with the old version shows both, and keeps what was typed
        let other = everything("Tersusunnya laporan triwulan bidang");
        let other: Vec<_> = other.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let late = autosave(&staff, &rhk, &other).await;
        assert_eq!(late.status, 409);
        assert!(late.body.contains("\"stale\":\""));
        let late = staff.post(&rhk, &other).await;
        assert_eq!(late.status, 409);
        assert!(late.body.contains("laporan semester") && late.body.contains("laporan triwulan"));
        let now = version(&late);
        assert_ne!(now, first);
        let mut retry = other.clone();
        retry[0].1 = &now;
        assert_eq!(staff.post(&rhk, &retry).await.status, 303);
        assert!(staff.get(&plan).await.body.contains("laporan triwulan"));
    })
    .await;
}

#[tokio::test]
async fn parts_are_moved_removed_and_added() {
    TestApp::each(async |app| {
        let staff = app.as_user(User::StaffA);
        let boss = app.as_user(User::Superior);
        let (plan, rhk) = draft(&staff).await;
        add_iki(&staff, &rhk).await;
        let page = staff.get(&plan).await;
        let iki = link(&page, |href| href.contains("/iki/") && !href.ends_with("baru"));
        assert!(staff.get(&iki).await.body.contains("paling sedikit 2 Dokumen"));

        let form = staff.get(&format!("{plan}/ekspektasi")).await;
        let expected = boss.get(&format!("{plan}/ekspektasi")).await;
        assert_eq!((form.status, expected.status), (200, 200));
        let saved = boss
            .post(
                &format!("{plan}/ekspektasi"),
                &[("version", &version(&expected)), ("nilai-1", "Sapa warga lebih dulu")],
            )
            .await;
        assert_eq!(saved.status, 303);

        let form = staff.get(&format!("{plan}/lampiran")).await;
        let lists = [
            ("version", version(&form)),
            ("dukungan", "Dua orang\r\n\r\nSatu kendaraan".to_owned()),
            ("konsekuensi", "Pembinaan".to_owned()),
        ];
        let lists: Vec<_> = lists.iter().map(|(k, v)| (*k, v.as_str())).collect();
        assert_eq!(staff.post(&format!("{plan}/lampiran"), &lists).await.status, 303);
        let page = staff.get(&plan).await;
        for part in [
            "Sapa warga lebih dulu",
            "<li>Dua orang</li><li>Satu kendaraan</li>",
            "Pembinaan",
        ] {
            assert!(page.body.contains(part), "{part}");
        }

        let asks = staff.get(&format!("{iki}/hapus")).await;
        let gone = staff
            .post(&format!("{iki}/hapus"), &[("version", &version(&asks))])
            .await;
        assert_eq!(gone.location(), format!("{plan}?pesan=dihapus"));
        assert_eq!(staff.get(&iki).await.status, 404);
        let asks = staff.get(&format!("{rhk}/hapus")).await;
        let stale = staff.post(&format!("{rhk}/hapus"), &[("version", "1")]).await;
        assert_eq!(stale.status, 409);
        let gone = staff
            .post(&format!("{rhk}/hapus"), &[("version", &version(&asks))])
            .await;
        assert_eq!(gone.status, 303);
    })
    .await;
}

#[tokio::test]
async fn nobody_changes_or_sees_the_plan_of_another() {
    TestApp::each(async |app| {
        let plan = format!("/skp/{}", app.city.b.skp);
        let rhk = format!("{plan}/rhk/{}", app.city.b.rhk);
        let before = app.digest().await;
        for (user, seen) in [
            (User::StaffA, 404),
            (User::StaffC, 404),
            (User::StaffD, 404),
            (User::Above, 200),
            (User::UnitAdmin, 200),
            (User::Auditor, 200),
        ] {
            let client = app.as_user(user);
            assert_eq!(client.get(&plan).await.status, seen, "{user:?}");
            let refused = if seen == 200 { 403 } else { 404 };
            for path in [
                format!("{plan}/persetujuan"),
                format!("{plan}/pengembalian"),
                format!("{plan}/penarikan"),
                format!("{plan}/ekspektasi"),
                format!("{plan}/lampiran"),
                rhk.clone(),
                format!("{rhk}/hapus"),
            ] {
                let done = client
                    .post(&path, &[("version", "3"), ("catatan", "x"), ("jenis", "UTAMA")])
                    .await;
                assert_eq!(done.status, refused, "{user:?} {path}");
            }
        }
        // the parts of one plan are not reached through another
        let mixed = format!("/skp/{}/rhk/{}", app.city.a.plan.skp, app.city.b.rhk);
        assert_eq!(app.as_user(User::StaffA).get(&mixed).await.status, 404);
        assert_eq!(app.digest().await, before);
    })
    .await;
}

#[tokio::test]
async fn the_register_keeps_to_the_scope_and_leaves_as_a_spreadsheet() {
    TestApp::each(async |app| {
        assert_eq!(app.as_user(User::StaffA).get("/skp/daftar").await.status, 403);
        assert_eq!(app.as_user(User::StaffA).get("/skp/daftar.xlsx").await.status, 403);
        let admin = app.as_user(User::AgencyAdmin);
        let all = admin.get("/skp/daftar?tahun=2026").await;
        assert_eq!(all.status, 200);
        assert!(all.body.contains(&app.city.b.skp.to_string()));
        assert!(!all.body.contains(&app.city.d.skp.to_string()), "another agency");
        assert!(
            !all.body.contains(&app.city.member(User::StaffB).number),
            "numbers are masked in lists"
        );
        let some = admin.get("/skp/daftar?tahun=2026&status=DIAJUKAN").await;
        assert!(some.body.contains(&app.city.b.skp.to_string()));
        assert!(!some.body.contains(&app.city.a.plan.skp.to_string()));
        let none = admin.get("/skp/daftar?tahun=2026&unit=zzzz").await;
        assert!(none.body.contains("Tidak ada unit"));
        let file = admin.get("/skp/daftar.xlsx?tahun=2026").await;
        assert_eq!(file.status, 200);
        assert!(file.header("content-type").contains("spreadsheetml") && file.body.starts_with("PK"));
        assert!(file.header("content-disposition").contains("SKP_2026.xlsx"));
    })
    .await;
}

#[tokio::test]
async fn a_target_is_read_back_as_plain_text() {
    TestApp::each(async |app| {
        let staff = app.as_user(User::StaffA);
        let read = staff.get("/skp/target?q=90-100%25").await;
        assert!(read.header("content-type").starts_with("text/plain"));
        assert_eq!(read.body, "Dibaca sebagai: dari 90% sampai 100%.");
        assert_eq!(staff.get("/skp/target?q=").await.body, "");
    })
    .await;
}

#[tokio::test]
async fn a_plan_needs_a_year_that_is_near() {
    TestApp::each(async |app| {
        let staff = app.as_user(User::StaffA);
        for year in ["1999", "abc", "99999999999", "-1"] {
            let refused = staff
                .post("/skp/baru", &[("tahun", year), ("pendekatan", "KUALITATIF")])
                .await;
            assert_eq!(refused.status, 422, "{year}");
        }
        let there = staff
            .post("/skp/baru", &[("tahun", "2026"), ("pendekatan", "KUALITATIF")])
            .await;
        assert_eq!(there.location(), format!("/skp/{}", app.city.a.plan.skp));
        assert_eq!(app.as_user(User::AgencyAdmin).get("/skp").await.status, 404);
        assert!(staff.get("/skp").await.body.contains("SKP 2026 Anda: disetujui"));
    })
    .await;
}
