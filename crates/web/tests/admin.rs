//! The own account and administration, through the pages.

use access::Stage;
use access::totp::code_at;
use http::Method;

use crate::support::{Client, PASSWORD, Page, TestApp, User, seat_session};

const NEW_PASSWORD: &str = "kapur barus di laci meja";

/// The text between two marks.
fn between<'a>(page: &'a Page, from: &str, to: &str) -> &'a str {
    let rest = page.body.split_once(from).map(|(_, rest)| rest).expect(from);
    rest.split_once(to).map(|(inner, _)| inner).expect(to)
}

async fn version(client: &Client, path: &str) -> String {
    let page = client.get(path).await;
    assert_eq!(page.status, 200, "{path}");
    between(&page, "name=\"version\" value=\"", "\"").to_owned()
}

/// Sends a staff list as a browser does.
async fn upload(client: &Client, name: &str, content: &str) -> Page {
    let body = format!(
        "--grenze\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"{name}\"\r\n\
         Content-Type: text/csv\r\n\r\n{content}\r\n--grenze--\r\n"
    );
    let headers = [
        ("content-type", "multipart/form-data; boundary=grenze"),
        ("sec-fetch-site", "same-origin"),
    ];
    client.send(Method::POST, "/kelola/impor", &headers, &body).await
}

#[tokio::test]
async fn a_password_is_changed_by_wish_and_by_force() {
    TestApp::each(async |app| {
        let staff = app.as_user(User::StaffA);
        let path = "/kata-sandi";
        let wrong = staff
            .post(path, &[("sandi", "bukan ini"), ("sandi-baru", NEW_PASSWORD)])
            .await;
        assert_eq!(wrong.status, 422);
        assert!(!wrong.body.contains(NEW_PASSWORD), "a password is not sent back");
        let short = staff.post(path, &[("sandi", PASSWORD), ("sandi-baru", "pendek")]).await;
        assert_eq!(short.status, 422);
        let done = staff
            .post(path, &[("sandi", PASSWORD), ("sandi-baru", NEW_PASSWORD)])
            .await;
        assert_eq!((done.status, done.location()), (303, "/akun?pesan=sandi"));
        assert_eq!(staff.get("/akun").await.status, 303, "the old session is gone");
        assert_eq!(app.with_cookie(done.jar()).get("/akun?pesan=sandi").await.status, 200);

        let account = app.city.member(User::StaffB).account;
        seat_session(&app.db, &app.ctx, User::StaffB, account, Stage::Change).await;
        let forced = app.as_user(User::StaffB);
        assert_eq!(forced.get("/skp").await.location(), path);
        assert_eq!(forced.get(path).await.status, 200);
        let done = forced
            .post(path, &[("sandi", PASSWORD), ("sandi-baru", NEW_PASSWORD)])
            .await;
        assert_eq!((done.status, done.location()), (303, "/"));

        let late = app
            .visitor()
            .post(path, &[("sandi", PASSWORD), ("sandi-baru", NEW_PASSWORD)])
            .await;
        assert_eq!(late.status, 401);
        assert!(
            !late.body.contains("kapur+barus") && !late.body.contains(NEW_PASSWORD),
            "a form with a password is not carried through the sign-in"
        );
    })
    .await;
}

#[tokio::test]
async fn a_second_factor_is_set_up_and_removed() {
    TestApp::each(async |app| {
        let staff = app.as_user(User::StaffA);
        assert_eq!(staff.get("/akun/pengaman/hapus").await.location(), "/akun");
        let begun = staff.post("/akun/pengaman", &[]).await;
        assert_eq!(begun.status, 200);
        let secret: String = between(&begun, "<p class=\"code\">", "<").replace(' ', "");
        assert_eq!(secret.len(), 32, "{secret}");
        let wrong = staff.post("/akun/pengaman/konfirmasi", &[("kode", "000000")]).await;
        assert_eq!(wrong.status, 422);
        assert!(
            wrong.body.replace(' ', "").contains(&secret),
            "the same key is shown again"
        );
        let code = code_at(&secret, app.ctx.now()).expect("a code");
        let done = staff.post("/akun/pengaman/konfirmasi", &[("kode", &code)]).await;
        assert_eq!(done.status, 200);
        let recovery = between(&done, "<code class=\"code\">", "<").to_owned();
        assert_eq!(done.body.matches("<code class=\"code\">").count(), 10);
        let renewed = app.with_cookie(done.jar());
        assert!(renewed.get("/akun").await.body.contains("10"));
        let proof = [("sandi", PASSWORD), ("kode", recovery.as_str())];
        let gone = renewed.post("/akun/pengaman/hapus", &proof).await;
        assert_eq!(gone.location(), "/akun?pesan=pengaman-dihapus");
        let out = app.with_cookie(gone.jar());
        assert_eq!(out.post("/akun/keluar-semua", &[]).await.location(), "/masuk");
        assert_eq!(out.get("/akun").await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn the_first_administrator_comes_only_once() {
    TestApp::each(async |app| {
        assert_eq!(app.visitor().get("/mulai-awal").await.status, 404);
        assert_eq!(app.visitor().post("/mulai-awal", &[("kode", "x")]).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn administration_does_not_exist_for_others() {
    TestApp::each(async |app| {
        for user in [User::StaffA, User::Superior, User::Counter, User::Head] {
            for path in [
                "/kelola",
                "/kelola/akun",
                "/kelola/jejak",
                "/kelola/impor",
                "/kelola/pengaturan",
            ] {
                assert_eq!(app.as_user(user).get(path).await.status, 404, "{path} as {user:?}");
            }
        }
        let auditor = app.as_user(User::Auditor);
        for path in [
            "/kelola",
            "/kelola/akun",
            "/kelola/jejak",
            "/kelola/jejak/periksa",
            "/kelola/pengaturan",
        ] {
            assert_eq!(auditor.get(path).await.status, 200, "{path}");
        }
        assert_eq!(auditor.get("/kelola/impor").await.status, 403);
        assert_eq!(auditor.get("/kelola/akun/baru").await.status, 403);
        let unit = app.as_user(User::UnitAdmin);
        assert_eq!(unit.get("/kelola/akun").await.status, 200);
        assert_eq!(unit.get("/kelola/jejak").await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn roles_and_passwords_are_given_and_taken() {
    TestApp::each(async |app| {
        let admin = app.as_user(User::AgencyAdmin);
        let account = format!("/kelola/akun/{}", app.city.member(User::StaffA).account);
        let unit = app.city.bidang.to_string();
        let role = |place: &'static str| {
            vec![
                ("peran", "ADMIN_UNIT"),
                ("mulai", "2026-11-23"),
                ("alasan", "SK 1/2026"),
                ("unit", place),
            ]
        };
        let without = admin.post(&format!("{account}/peran"), &role("")).await;
        assert_eq!(without.status, 422);
        assert!(without.body.contains("SK 1/2026"), "what was typed stays");
        let mut fields = role("");
        fields.retain(|(name, _)| *name != "unit");
        fields.push(("unit", &unit));
        let given = admin.post(&format!("{account}/peran"), &fields).await;
        assert_eq!(given.location(), format!("{account}?pesan=peran"));
        assert_eq!(
            app.as_user(User::StaffA).get("/").await.status,
            303,
            "the session has ended"
        );
        let shown = admin.get(&account).await;
        let grant = between(&shown, &format!("{account}/peran/"), "\"").to_owned();
        let gone = admin
            .post(&format!("{account}/peran/{grant}"), &[("alasan", "selesai")])
            .await;
        assert_eq!(gone.location(), format!("{account}?pesan=dicabut"));

        let reset = admin
            .post(&format!("{account}/kata-sandi"), &[("pengaman", "tetap")])
            .await;
        assert_eq!(reset.status, 200);
        let issued = between(&reset, "id=\"kata-sandi-baru\">", "<").to_owned();
        let number = app.city.member(User::StaffA).number.clone();
        let entered = app
            .visitor()
            .post("/masuk", &[("nama", &number), ("sandi", &issued)])
            .await;
        assert_eq!(entered.location(), "/kata-sandi");

        let known = version(&admin, &format!("{account}/status")).await;
        let off = [("menjadi", "nonaktif"), ("version", known.as_str())];
        let done = admin.post(&format!("{account}/status"), &off).await;
        assert_eq!(done.location(), format!("{account}?pesan=status"));
        let on = [("menjadi", "aktif"), ("version", known.as_str())];
        assert_eq!(admin.post(&format!("{account}/status"), &on).await.status, 409);

        let trail = admin
            .get(&format!(
                "/kelola/jejak?perihal={}",
                app.city.member(User::StaffA).account
            ))
            .await;
        for words in [
            "memberi peran",
            "mencabut peran",
            "membuat kata sandi baru",
            "menonaktifkan akun",
        ] {
            assert!(trail.body.contains(words), "{words}");
        }
        assert!(!trail.body.contains(&issued), "a password is in no trail");
    })
    .await;
}

#[tokio::test]
async fn nobody_administers_who_may_do_more() {
    TestApp::each(async |app| {
        let unit = app.as_user(User::UnitAdmin);
        let above = format!("/kelola/akun/{}", app.city.member(User::AgencyAdmin).account);
        assert_eq!(unit.get(&above).await.status, 404);
        assert_eq!(
            unit.post(&format!("{above}/kata-sandi"), &[("pengaman", "tetap")])
                .await
                .status,
            404
        );
        let own = format!("/kelola/akun/{}", app.city.member(User::UnitAdmin).account);
        assert_eq!(unit.get(&own).await.status, 200);
        assert_eq!(unit.get(&format!("{own}/peran")).await.status, 403);
    })
    .await;
}

#[tokio::test]
async fn a_setting_is_set_from_a_day_on() {
    TestApp::each(async |app| {
        let admin = app.as_user(User::AgencyAdmin);
        let path = "/kelola/pengaturan/objection.days";
        let wrong = admin
            .post(path, &[("nilai", "9999"), ("mulai", "2026-11-23"), ("dasar", "x")])
            .await;
        assert_eq!(wrong.status, 422);
        let set = [
            ("nilai", "21"),
            ("mulai", "2026-11-23"),
            ("dasar", "Perwal <1>/2026"),
            ("agency_id", "0"),
        ];
        assert_eq!(
            admin.post(path, &set).await.location(),
            "/kelola/pengaturan?pesan=tersimpan"
        );
        let list = admin.get("/kelola/pengaturan").await;
        assert!(list.body.contains("Perwal &#60;1&#62;/2026"), "{}", list.body);
        assert_eq!(admin.get("/kelola/pengaturan/nonsense").await.status, 404);
        assert_eq!(app.as_user(User::Auditor).post(path, &set).await.status, 403);
    })
    .await;
}

#[tokio::test]
async fn a_staff_list_is_read_decided_upon_and_stopped() {
    TestApp::each(async |app| {
        let admin = app.as_user(User::AgencyAdmin);
        let picture = upload(&admin, "foto.xlsx", "\u{0}\u{1}PNG").await;
        assert_eq!(picture.status, 422);
        let none = admin.post("/kelola/impor", &[("berkas", "x")]).await;
        assert_eq!(none.status, 422);
        let list = "NIP,Nama,Kode Unit,Nama Unit,Kode Unit Induk,Jabatan\r\n1.98501E+17,Rusak <b>,U,,,Analis\r\n";
        let sent = upload(&admin, "..\\..\\daftar<script>.csv", list).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        let page = sent.location().to_owned();
        let report = admin.get(&page).await;
        assert_eq!(report.status, 200);
        assert!(
            !report.body.contains("<script>.csv") && !report.body.contains(".."),
            "the name is only a name"
        );
        let file = between(&report, "class=\"btn\" href=\"", "\"").replace("&#38;", "&");
        let rejected = admin.get(&file).await;
        assert_eq!(rejected.status, 200, "{file}");
        assert!(rejected.header("content-type").contains("spreadsheetml"));
        assert_eq!(app.as_user(User::OtherAdmin).get(&page).await.status, 404);

        assert_eq!(admin.post(&format!("{page}/terapkan"), &[]).await.location(), page);
        let waiting = admin.get(&page).await;
        assert_eq!(waiting.header("refresh"), "2");
        assert_eq!(admin.post(&format!("{page}/batalkan"), &[]).await.location(), page);
        let stopped = admin.get(&page).await;
        assert_eq!(stopped.header("refresh"), "");
        assert_eq!(
            admin.post(&format!("{page}/terapkan"), &[]).await.location(),
            format!("{page}?pesan=diputuskan")
        );
        assert_eq!(
            admin.post(&format!("{page}/buang"), &[]).await.location(),
            "/kelola/impor"
        );
        assert_eq!(admin.get(&file).await.status, 404, "the file is gone");
        let template = admin.get("/kelola/impor/templat.xlsx").await;
        assert_eq!(template.status, 200);
    })
    .await;
}

#[tokio::test]
async fn people_and_units_are_corrected() {
    TestApp::each(async |app| {
        let admin = app.as_user(User::AgencyAdmin);
        let person = app.city.member(User::StaffA).person.expect("a person");
        let home = format!("/kelola/pegawai/{person}");
        let other = app.city.member(User::StaffC);
        let fields = [
            ("cari", other.number.as_str()),
            ("mulai", "2026-11-23"),
            ("alasan", "diperbantukan"),
        ];
        let set = admin.post(&format!("{home}/atasan"), &fields).await;
        assert_eq!(set.location(), format!("{home}?pesan=tersimpan"), "{}", set.body);
        let shown = admin.get(&home).await;
        assert!(shown.body.contains(&other.name) && shown.body.contains("diperbantukan"));
        let end = between(&shown, &format!("href=\"{home}/atasan/"), "\"").to_owned();
        let ended = admin
            .post(&format!("{home}/atasan/{end}"), &[("akhir", "2026-11-23")])
            .await;
        assert_eq!(ended.location(), format!("{home}?pesan=tersimpan"));

        let known = version(&admin, &format!("{home}/data")).await;
        let record = [
            ("nama", "Nama Baru"),
            ("status", "AKTIF"),
            ("version", known.as_str()),
            ("role", "ADMIN"),
        ];
        assert_eq!(admin.post(&format!("{home}/data"), &record).await.status, 303);
        assert_eq!(admin.post(&format!("{home}/data"), &record).await.status, 409);

        let unit = format!("/kelola/unit/{}", app.city.bidang);
        let known = version(&admin, &format!("{unit}/nama")).await;
        let renamed = admin
            .post(&format!("{unit}/nama"), &[("nama", "Bidang Baru"), ("version", &known)])
            .await;
        assert_eq!(renamed.location(), format!("{unit}?pesan=tersimpan"));
        let again = admin
            .post(&format!("{unit}/nama"), &[("nama", "Bidang Lain"), ("version", &known)])
            .await;
        assert_eq!(again.status, 409);
        assert!(again.body.contains("Bidang Baru") && again.body.contains("Bidang Lain"));
        let position = [
            ("kode", "J-901"),
            ("nama", "Analis Uji"),
            ("jenis", "PELAKSANA"),
            ("mulai", "2026-11-23"),
        ];
        assert_eq!(admin.post(&format!("{unit}/jabatan"), &position).await.status, 303);
        assert!(admin.get(&unit).await.body.contains("Analis Uji"));
        assert_eq!(
            admin
                .get(&format!("{home}/jabatan?unit={}", app.city.bidang))
                .await
                .status,
            200
        );
        assert_eq!(app.as_user(User::StaffB).get(&home).await.status, 404);
    })
    .await;
}
