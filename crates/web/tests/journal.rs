//! Recorded work over HTTP: the day, the period of a plan, evidence, feedback, the team.

use super::support::{Client, Page, TestApp, User};

/// What a hidden field of the last form with it holds.
fn hidden(page: &Page, name: &str) -> String {
    let (_, rest) = page
        .body
        .rsplit_once(&format!("name=\"{name}\" value=\""))
        .expect("a hidden field");
    rest.split('"').next().unwrap_or_default().to_owned()
}

async fn autosave(client: &Client, path: &str, pairs: &[(&str, &str)]) -> Page {
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(pairs);
    let headers = [("sec-fetch-site", "same-origin"), ("x-abdi-autosave", "1")];
    client.send(http::Method::POST, path, &headers, &body.finish()).await
}

async fn upload(client: &Client, path: &str, rhk: &str, name: &str, bytes: &str) -> Page {
    let body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"rhk\"\r\n\r\n{rhk}\r\n--x\r\nContent-Disposition: form-data; \
         name=\"berkas\"; filename=\"{name}\"\r\nContent-Type: text/html\r\n\r\n{bytes}\r\n--x--\r\n"
    );
    let headers = [
        ("sec-fetch-site", "same-origin"),
        ("content-type", "multipart/form-data; boundary=x"),
    ];
    client.send(http::Method::POST, path, &headers, &body).await
}

fn period(app: &TestApp) -> String {
    format!("/skp/{}/periode/2026/triwulan-ii", app.city.a.plan.skp)
}

#[tokio::test]
async fn an_entry_is_saved_once_and_says_its_number() {
    TestApp::each(async |app| {
        let owner = app.as_user(User::StaffA);
        let rhk = app.city.a.plan.rhk.to_string();
        let page = owner.get("/progres").await;
        assert_eq!(page.status, 200);
        let key = hidden(&page, "kunci");
        let entry = |day: &'static str, key: &str, text: &'static str| {
            let pairs = [
                ("kunci", key),
                ("rhk", &rhk),
                ("tanggal", day),
                ("teks", text),
                ("jumlah", "1.234"),
            ];
            pairs.map(|(k, v)| (k, v.to_owned()))
        };
        let send = async |pairs: [(&str, String); 5]| {
            let pairs: Vec<_> = pairs.iter().map(|(k, v)| (*k, v.as_str())).collect();
            owner.post("/progres", &pairs).await
        };
        let first = send(entry("2026-11-23", &key, "Memeriksa berkas")).await;
        assert_eq!(first.status, 303, "{}", first.body);
        assert!(first.location().ends_with("&baca=1"), "1.234 can be read in two ways");
        let second = send(entry("2026-11-23", &key, "Memeriksa berkas")).await;
        assert_eq!(first.location().split("&baca").next(), Some(second.location()));
        let day = owner.get(first.location()).await;
        assert!(day.body.contains("Tersimpan pukul 09.00 WIB, nomor "), "{}", day.body);
        assert!(day.body.contains("Jumlah dibaca sebagai 1.234."));
        assert_eq!(day.body.matches("<p>Memeriksa berkas").count(), 1);

        let early = send(entry("2026-11-24", "kunci-besok", "Rapat besok")).await;
        assert_eq!(early.status, 422);
        assert!(early.body.contains("Hari ini belum tiba") && early.body.contains(">Rapat besok</textarea>"));
        let empty = owner.post("/progres", &[]).await;
        assert_eq!(empty.status, 422);
    })
    .await;
}

#[tokio::test]
async fn an_entry_is_changed_compared_and_deleted_by_its_owner_only() {
    TestApp::each(async |app| {
        let owner = app.as_user(User::StaffA);
        let rhk = app.city.a.plan.rhk.to_string();
        let made = owner
            .post(
                "/progres",
                &[
                    ("kunci", "kunci-satu"),
                    ("rhk", &rhk),
                    ("tanggal", "2026-11-23"),
                    ("teks", "Rapat"),
                ],
            )
            .await;
        let id = made.location().split("catatan=").nth(1).expect("the entry").to_owned();
        let path = format!("/progres/{id}");
        let change = |text: &'static str| {
            [
                ("version", "1"),
                ("rhk", &*rhk),
                ("tanggal", "2026-11-23"),
                ("teks", text),
            ]
        };
        assert_eq!(owner.get(&path).await.status, 200);
        assert_eq!(owner.post(&path, &change("Rapat koordinasi")).await.status, 303);
        let stale = owner.post(&path, &change("Rapat lain")).await;
        assert_eq!(stale.status, 409);
        assert!(
            stale
                .body
                .contains("<td data-l=\"Nilai terbaru\">Rapat koordinasi</td>")
        );
        assert!(stale.body.contains("<td data-l=\"Isian Anda\">Rapat lain</td>"));
        for user in [User::Superior, User::StaffB, User::StaffD] {
            assert_eq!(app.as_user(user).get(&path).await.status, 404, "{user:?}");
        }
        let question = owner.get(&format!("{path}/hapus")).await;
        let version = hidden(&question, "version");
        let gone = owner.post(&format!("{path}/hapus"), &[("version", &version)]).await;
        assert_eq!(gone.location(), "/progres?tanggal=2026-11-23&pesan=dihapus");
        assert_eq!(owner.get(&path).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn a_period_takes_plan_and_values_and_shows_whoever_came_first() {
    TestApp::each(async |app| {
        let owner = app.as_user(User::StaffA);
        let plan = app.city.a.plan;
        let base = period(&app);
        let page = owner.get(&base).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("Rencana aksi belum ada untuk 1 RHK."));

        let value = format!("{base}/realisasi/{}", plan.iki);
        let saved = autosave(&owner, &value, &[("version", "0"), ("nilai", "300 akta")]).await;
        assert_eq!(
            (saved.status, saved.body.contains("\"version\":\"1\"")),
            (200, true),
            "{}",
            saved.body
        );
        let late = autosave(&owner, &value, &[("version", "0"), ("nilai", "301 akta")]).await;
        assert_eq!((late.status, late.body.contains("\"stale\"")), (409, true));
        let late = owner
            .post(&value, &[("version", "0"), ("nilai", "301 akta"), ("sumber", "")])
            .await;
        assert_eq!(late.status, 409);
        assert!(late.body.contains(">300 akta</td>") && late.body.contains(">301 akta</td>"));
        let empty = owner
            .post(&value, &[("version", "1"), ("nilai", ""), ("sumber", "")])
            .await;
        assert_eq!(empty.status, 422);

        let rhk = plan.rhk.to_string();
        let form = owner.get(&format!("{base}/rencana?rhk={rhk}")).await;
        assert_eq!(form.status, 200);
        let line = [("rhk", &*rhk), ("teks", "Menyusun jadwal"), ("target", "1 jadwal")];
        let made = owner.post(&format!("{base}/rencana"), &line).await;
        assert_eq!(made.location(), format!("{base}?pesan=rencana"));
        let page = owner.get(&base).await;
        let (_, rest) = page.body.split_once("action=\"/rencana/").expect("a line to mark");
        let id = rest.split('/').next().expect("an id").to_owned();
        let mark = format!("/rencana/{id}/capaian");
        let marked = owner.post(&mark, &[("version", "1"), ("capaian", "TERCAPAI")]).await;
        assert_eq!(marked.status, 303, "{}", marked.body);
        assert!(
            owner
                .get(&base)
                .await
                .body
                .contains("<span class=\"tag good\">Tercapai</span>")
        );
        assert_eq!(
            owner
                .post(&mark, &[("version", "1"), ("capaian", "BELUM")])
                .await
                .status,
            409
        );
        let removed = owner.post(&format!("/rencana/{id}/hapus"), &[("version", "2")]).await;
        assert_eq!(removed.location(), format!("{base}?pesan=rencana-dihapus"));

        let superior = app.as_user(User::Superior).get(&base).await;
        assert_eq!(superior.status, 200);
        assert!(superior.body.contains("<b>300 akta</b>") && !superior.body.contains("/realisasi/"));
        assert_eq!(app.as_user(User::StaffB).get(&base).await.status, 404);
        assert_eq!(app.as_user(User::Superior).post(&value, &[]).await.status, 403);
    })
    .await;
}

#[tokio::test]
async fn evidence_is_given_out_as_a_file_to_those_who_see_the_plan() {
    TestApp::each(async |app| {
        let owner = app.as_user(User::StaffA);
        let rhk = app.city.a.plan.rhk.to_string();
        let base = period(&app);
        assert_eq!(owner.get(&format!("{base}/bukti?rhk={rhk}")).await.status, 200);
        let bad = [("rhk", &*rhk), ("judul", "Rekap"), ("tautan", "javascript:alert(1)")];
        let refused = owner.post(&format!("{base}/bukti"), &bad).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("harus diawali http"));
        let good = [("rhk", &*rhk), ("judul", "Rekap"), ("tautan", "https://contoh.go.id/a")];
        let added = owner.post(&format!("{base}/bukti"), &good).await;
        assert_eq!(added.location(), format!("{base}?pesan=bukti-tanpa-rencana"));

        let files = format!("{base}/berkas");
        let refused = upload(&owner, &files, &rhk, "a.pdf", "<html><script>1</script>").await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        let added = upload(&owner, &files, &rhk, "../lap oran.exe", "%PDF-1.7 isi").await;
        assert_eq!(added.status, 303, "{}", added.body);
        let page = owner.get(&base).await;
        assert!(page.body.contains(">lap oran.pdf</a>"), "{}", page.body);
        let ids: Vec<&str> = page.body.split("href=\"/bukti/").skip(1).collect();
        let id = ids
            .iter()
            .filter_map(|r| r.split_once('"'))
            .map(|(id, _)| id)
            .find(|id| !id.contains('/'))
            .expect("a download");
        let path = format!("/bukti/{id}");
        for user in [User::StaffA, User::Superior] {
            let file = app.as_user(user).get(&path).await;
            assert_eq!((file.status, file.body.as_str()), (200, "%PDF-1.7 isi"), "{user:?}");
            assert_eq!(file.header("content-type"), "application/pdf");
            assert!(
                file.header("content-disposition")
                    .starts_with("attachment; filename=\"lap oran.pdf\"")
            );
            assert_eq!(file.header("x-content-type-options"), "nosniff");
            assert!(file.header("cache-control").starts_with("private"));
        }
        for user in [User::StaffB, User::StaffC, User::StaffD] {
            assert_eq!(app.as_user(user).get(&path).await.status, 404, "{user:?}");
        }
        let stranger = upload(&app.as_user(User::StaffD), &files, &rhk, "a.pdf", "%PDF-1.7").await;
        assert_eq!(stranger.status, 404);
        let removed = owner.post(&format!("{path}/hapus"), &[]).await;
        assert_eq!(removed.location(), format!("{base}?pesan=bukti-dihapus"));
        assert_eq!(owner.get(&path).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn feedback_is_given_by_the_superior_and_read_by_the_employee() {
    TestApp::each(async |app| {
        let superior = app.as_user(User::Superior);
        let path = format!("/skp/{}/umpan-balik", app.city.a.plan.skp);
        let form = superior.get(&format!("{path}?nilai=3&periode=triwulan-iv")).await;
        assert_eq!(form.status, 200);
        let key = hidden(&form, "kunci");
        let text = "Cepat belajar alat antrean yang baru";
        let remark = [
            ("kunci", &*key),
            ("nilai", "3"),
            ("periode", "triwulan-iv"),
            ("nada", "POSITIF"),
            ("teks", text),
        ];
        let toneless = superior.post(&path, &[("nilai", "3"), ("teks", text)]).await;
        assert_eq!(toneless.status, 422);
        assert!(toneless.body.contains(text), "what was typed stays");
        let first = superior.post(&path, &remark).await;
        assert_eq!(first.status, 303, "{}", first.body);
        let second = superior.post(&path, &remark).await;
        assert_eq!(first.location(), second.location(), "one remark");
        assert!(
            superior
                .get(first.location())
                .await
                .body
                .contains("Umpan balik tersimpan pukul 09.00 WIB")
        );
        let own = app
            .as_user(User::StaffA)
            .get(&format!("{path}?periode=triwulan-iv"))
            .await;
        assert_eq!(own.body.matches(text).count(), 1);
        assert!(own.body.contains("Apresiasi") && !own.body.contains("nilai=3"));
        assert_eq!(app.as_user(User::StaffA).post(&path, &remark).await.status, 403);
        assert_eq!(app.as_user(User::StaffB).get(&path).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn the_team_shows_how_far_everybody_is() {
    TestApp::each(async |app| {
        let superior = app.as_user(User::Superior);
        let page = superior.get("/tim/progres?periode=triwulan-ii").await;
        assert_eq!(page.status, 200);
        let name = &app.city.member(User::StaffA).name;
        assert!(page.body.contains(name.as_str()));
        assert!(page.body.contains(&period(&app)));
        let nobody = app.as_user(User::StaffC).get("/tim/progres").await;
        assert!(nobody.body.contains("Belum ada pegawai dengan SKP"));
    })
    .await;
}
