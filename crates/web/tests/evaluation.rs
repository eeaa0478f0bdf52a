//! The end of a quarter over HTTP: rating, making final, reading, printing, checking.

use axum::body::{Body, to_bytes};
use http::header::CONTENT_TYPE;
use http::{Method, Request};
use tower::ServiceExt as _;

use super::support::{Client, Page, TestApp, User};

const LIST: &str = "/tim/evaluasi?tahun=2026&periode=TRIWULAN_III";
const REASON: &str = "Aplikasi antrean yang dibuatnya dipakai seluruh loket.";

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
    client.send(Method::POST, path, &headers, &body.finish()).await
}

/// Sends a file as a browser does, without a session.
async fn upload(app: &TestApp, path: &str, content: &str) -> (u16, String) {
    let part = format!(
        "--batas\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"x.pdf\"\r\n\
         Content-Type: application/pdf\r\n\r\n{content}\r\n--batas--\r\n"
    );
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(CONTENT_TYPE, "multipart/form-data; boundary=batas")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(part))
        .expect("a request");
    let answer = app.router.clone().oneshot(request).await.expect("an answer");
    let status = answer.status().as_u16();
    let bytes = to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quarter_ends_with_an_explained_predikat() {
    TestApp::each(async |app| {
        let (superior, employee) = (app.as_user(User::Superior), app.as_user(User::StaffE));
        let id = app.city.e.evaluation;
        let (place, rating) = (format!("/evaluasi/{id}"), format!("/evaluasi/{id}/penilaian"));

        let list = superior.get(LIST).await;
        assert_eq!(list.status, 200);
        assert!(list.body.contains(&format!("href=\"{place}\"")));

        // both ratings are missing, and an extreme one needs a reason
        let form = superior.get(&place).await;
        assert!(form.body.contains("Penilaian Anda") && !form.body.contains(" checked"));
        let empty = superior.post(&rating, &[("version", &version(&form))]).await;
        assert_eq!(empty.status, 422);
        let extreme = [
            ("version", version(&form)),
            ("hasil", "DI_ATAS_EKSPEKTASI".into()),
            ("perilaku", "SESUAI_EKSPEKTASI".into()),
        ];
        let pairs: Vec<(&str, &str)> = extreme.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let unreasoned = superior.post(&rating, &pairs).await;
        assert_eq!(unreasoned.status, 422);
        assert!(unreasoned.body.contains("href=\"#alasan_hasil\""));
        assert!(
            unreasoned.body.contains("value=\"DI_ATAS_EKSPEKTASI\" checked"),
            "nothing is lost"
        );

        // a draft saves itself, piece by piece
        let first = autosave(
            &superior,
            &rating,
            &[("version", &version(&form)), ("alasan_hasil", REASON)],
        )
        .await;
        assert_eq!(first.status, 200, "{}", first.body);
        let late = autosave(
            &superior,
            &rating,
            &[("version", &version(&form)), ("rekomendasi", "x")],
        )
        .await;
        assert_eq!(late.status, 409);
        let now = superior.get(&place).await;
        assert!(now.body.contains(REASON));
        let second = autosave(
            &superior,
            &rating,
            &[("version", &version(&now)), ("hasil", "DI_ATAS_EKSPEKTASI")],
        )
        .await;
        assert_eq!(second.status, 200, "{}", second.body);
        let now = superior.get(&place).await;
        assert!(now.body.contains(REASON) && now.body.contains("value=\"DI_ATAS_EKSPEKTASI\" checked"));

        // the employee sees who has it, and nothing of the draft
        let waiting = employee.get(&place).await;
        assert_eq!(waiting.status, 200);
        assert!(!waiting.body.contains("Ekspektasi") && !waiting.body.contains(REASON));
        assert_eq!(employee.get(&format!("{place}/cetak")).await.status, 404);
        assert_eq!(employee.post(&rating, &[("version", "1")]).await.status, 403);

        let given = superior
            .post(
                &rating,
                &[
                    ("version", &version(&now)),
                    ("hasil", "DI_ATAS_EKSPEKTASI"),
                    ("alasan_hasil", REASON),
                    ("perilaku", "SESUAI_EKSPEKTASI"),
                ],
            )
            .await;
        assert_eq!(given.location(), format!("{place}?pesan=dinilai"));
        let behind = superior
            .post(
                &rating,
                &[
                    ("version", "1"),
                    ("hasil", "DI_BAWAH_EKSPEKTASI"),
                    ("alasan_hasil", "punya saya"),
                ],
            )
            .await;
        assert_eq!(behind.status, 409);
        assert!(
            behind.body.contains(REASON) && behind.body.contains("punya saya"),
            "theirs and yours"
        );

        // the last step shows what will stand
        let last = superior.get(&format!("{place}/final")).await;
        assert!(last.body.contains("Tetapkan predikat Baik"));
        assert_eq!(employee.get(&format!("{place}/final")).await.status, 403);
        let done = superior
            .post(
                &format!("{place}/final"),
                &[
                    ("version", &version(&last)),
                    ("alasan_pola", "Unit kecil, dua orang saja."),
                ],
            )
            .await;
        assert_eq!(done.location(), format!("{place}?pesan=final"), "{}", done.body);

        let answer = employee.get(&place).await;
        assert!(answer.body.contains("<h1>Predikat Anda: Baik</h1>") && answer.body.contains(REASON));
        assert_eq!(superior.post(&format!("{place}/penerimaan"), &[]).await.status, 403);
        let read = employee.post(&format!("{place}/penerimaan"), &[]).await;
        assert_eq!(read.location(), format!("{place}?pesan=diterima"));
        let after = employee.get(&place).await;
        assert!(after.body.contains("7 Desember 2026 pukul 23.59 WIB") && after.body.contains("14 hari lagi"));
        assert!(!after.body.contains("Saya sudah membaca"));
        assert!(
            employee
                .get("/evaluasi")
                .await
                .body
                .contains("Predikat terakhir Anda: Baik")
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_print_is_made_by_a_form_and_checked_by_anyone() {
    TestApp::each(async |app| {
        let employee = app.as_user(User::StaffA);
        let id = app.city.a.evaluation;
        let before = app.digest().await;
        let led = employee.get(&format!("/evaluasi/{id}/dokumen.pdf?kertas=F4")).await;
        assert_eq!(
            led.location(),
            format!("/evaluasi/{id}/cetak?formulir=DOKUMEN_EVALUASI&kertas=F4")
        );
        assert_eq!(employee.get(led.location()).await.status, 200);
        assert_eq!(before, app.digest().await, "looking changes nothing");

        let made = employee
            .post(
                &format!("/evaluasi/{id}/cetak"),
                &[("formulir", "DOKUMEN_EVALUASI"), ("kertas", "F4")],
            )
            .await;
        assert_eq!(made.status, 303, "{}", made.body);
        let file = employee.get(made.location()).await;
        assert_eq!((file.status, file.header("content-type")), (200, "application/pdf"));
        let name = file.header("content-disposition");
        assert!(
            name.starts_with("inline; filename=\"Dokumen-Evaluasi_2026_TW3_"),
            "{name}"
        );
        assert!(!name.contains(&app.city.member(User::StaffA).number));
        assert_eq!(app.as_user(User::StaffC).get(made.location()).await.status, 404);

        let code = made
            .location()
            .trim_start_matches("/dokumen/")
            .trim_end_matches(".pdf")
            .to_owned();
        let public = app.visitor().get(&format!("/cek/{}", code.to_lowercase())).await;
        assert!(public.body.contains("Dokumen ini berlaku") && public.body.contains("bukan tanda tangan"));
        assert!(!public.body.contains(&app.city.member(User::StaffA).number));
        let (status, same) = upload(&app, &format!("/cek/{code}"), "%PDF-1.7 uji").await;
        assert_eq!(status, 200);
        assert!(same.contains("sama persis"));
        let (_, other) = upload(&app, &format!("/cek/{code}"), "%PDF-1.7 lain").await;
        assert!(other.contains("berbeda"));
        let (_, nothing) = upload(&app, &format!("/cek/{code}"), "").await;
        assert!(nothing.contains("Pilih berkas"));

        // what the register holds cannot be made again from this data: it is not handed out as that print
        let gone = employee.get(&format!("/dokumen/{}.pdf", app.city.code)).await;
        assert_eq!(gone.status, 410);
        for unknown in ["/cek/0000000000", "/cek/%3Cscript%3E", "/cek/1"] {
            assert_eq!(app.visitor().get(unknown).await.status, 404, "{unknown}");
        }
        assert_eq!(
            app.visitor().get("/cek?kode=7k2qm-9xt4b").await.location(),
            "/cek/7K2QM9XT4B"
        );
        assert_eq!(app.visitor().get("/cek?kode=%3Cb%3E").await.status, 422);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_achievement_of_a_unit_is_set_one_level_above() {
    TestApp::each(async |app| {
        let (above, own) = (app.as_user(User::Above), app.as_user(User::Superior));
        let place = format!("/unit/{}/capaian", app.city.bidang);
        let second = format!("{place}?tahun=2026&periode=TRIWULAN_II");
        assert!(
            above
                .get("/capaian?tahun=2026&periode=TRIWULAN_II")
                .await
                .body
                .contains(&place)
        );
        let form = above.get(&second).await;
        assert_eq!(form.status, 200);
        let fields = |basis: &'static str, version: String| {
            [
                ("tahun", "2026".to_owned()),
                ("periode", "TRIWULAN_II".to_owned()),
                ("capaian", "BAIK".to_owned()),
                ("dasar", basis.to_owned()),
                ("version", version),
            ]
        };
        async fn send(client: &Client, place: &str, fields: &[(&str, String)]) -> Page {
            let pairs: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
            client.post(place, &pairs).await
        }
        let thin = send(&above, &place, &fields("baik", version(&form))).await;
        assert_eq!(thin.status, 422);
        let basis = "Sebelas dari dua belas rencana aksi mencapai target.";
        assert_eq!(send(&own, &place, &fields(basis, version(&form))).await.status, 403);
        let set = send(&above, &place, &fields(basis, version(&form))).await;
        assert_eq!(set.status, 303, "{}", set.body);
        assert!(above.get(set.location()).await.body.contains("Capaian unit tersimpan."));
        let late = send(&above, &place, &fields(basis, version(&form))).await;
        assert_eq!(late.status, 409);
        // the head of the unit sees what was set, and no form
        let seen = own.get(&second).await;
        assert!(seen.body.contains(basis) && !seen.body.contains("name=\"dasar\""));
    })
    .await;
}
