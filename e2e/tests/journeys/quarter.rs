//! One quarter of one employee, end to end, as four people: the employee, the superior, the head of the department and
//! a stranger who checks the paper. Once as most browsers are, and once with scripts switched off.

use crate::support::{Browser, City, Script};

const YEAR_AND_QUARTER: fn(&str) -> (String, String) = |query| {
    let value = |key: &str| {
        query
            .split(['?', '&'])
            .find_map(|pair| pair.strip_prefix(&format!("{key}=")))
            .unwrap_or_else(|| panic!("{key} in {query}"))
            .to_owned()
    };
    (value("tahun"), value("periode"))
};

/// The employee writes a plan and hands it in. Answers its address.
async fn writes_a_plan(b: &Browser, year: &str, shots: bool) -> String {
    b.go("/skp/baru").await;
    b.select("tahun", year).await;
    b.choose("pendekatan", "KUANTITATIF").await;
    b.send("/skp/baru").await;
    let skp = b.path().await.split('?').next().unwrap_or_default().to_owned();
    assert!(skp.starts_with("/skp/"), "a plan was begun: {skp}");
    b.go(&format!("{skp}/rhk/baru")).await;
    if shots {
        b.shoot("skp-rhk").await;
        b.check_accessibility().await;
    }
    b.fill(
        "teks",
        "Terselesaikannya permohonan kartu keluarga sesuai standar pelayanan",
    )
    .await;
    b.choose("jenis", "UTAMA").await;
    b.select_any("induk").await;
    b.send("/rhk/baru").await;
    b.go(&format!("{skp}/rhk/baru")).await;
    b.choose("jenis", "TAMBAHAN").await;
    b.fill("teks", "Terlaksananya pelayanan keliling di dua kelurahan")
        .await;
    b.fill("penugasan", "Kepala Dinas").await;
    b.send("/rhk/baru").await;
    for (place, aspect, text, target) in [
        (0, "KUANTITAS", "Jumlah permohonan yang diselesaikan", "900 permohonan"),
        (0, "WAKTU", "Rata-rata waktu penyelesaian", "paling lama 3 hari kerja"),
        (1, "KUANTITAS", "Jumlah kunjungan keliling", "6 kunjungan"),
    ] {
        b.go(&skp).await;
        b.click_nth("article.rhk a[href$='/iki/baru']", place).await;
        b.choose("ukuran", aspect).await;
        b.fill("teks", text).await;
        b.fill("target", target).await;
        b.send("/iki/baru").await;
    }
    b.go(&format!("{skp}/lampiran")).await;
    if shots {
        b.shoot("skp-lampiran").await;
    }
    b.go(&skp).await;
    b.send("/pengajuan").await;
    b.sees("Diajukan").await;
    if shots {
        b.shoot("skp-diajukan").await;
    }
    skp
}

async fn walk(city: &City, b: &Browser, shots: bool) {
    let staff = city.sign_in_of("pegawai.baru");
    let superior = city.sign_in_of("atasan");
    let head = city.sign_in_of("kepala.dinas");

    // which quarter is evaluated now
    b.sign_in(superior).await;
    b.go("/tim/evaluasi").await;
    let link = b.attribute("ul.chips a[aria-current]", "href").await;
    let (year, quarter) = YEAR_AND_QUARTER(&link);

    b.sign_in(staff).await;
    b.sees("Susun SKP").await;
    let skp = writes_a_plan(b, &year, shots).await;

    // returned with remarks, improved, approved
    b.sign_in(superior).await;
    b.go(&skp).await;
    // a plan is not returned without saying why
    b.send_unchecked("/pengembalian").await;
    b.sees("Ada yang perlu diperbaiki").await;
    b.fill("catatan", "Tambahkan target mutu pada hasil kerja pertama.")
        .await;
    b.send("/pengembalian").await;
    b.sees("Dikembalikan").await;
    b.sign_in(staff).await;
    b.sees("Perbaiki SKP").await;
    b.go(&skp).await;
    b.sees("Tambahkan target mutu").await;
    b.click_nth("article.rhk a[href$='/iki/baru']", 0).await;
    b.choose("ukuran", "KUALITAS").await;
    b.fill("teks", "Persentase dokumen tanpa perbaikan").await;
    b.fill("target", "98,5%").await;
    b.send("/iki/baru").await;
    b.send("/pengajuan").await;
    b.sign_in(superior).await;
    b.go(&format!("{skp}/ekspektasi")).await;
    if shots {
        b.shoot("skp-ekspektasi").await;
    }
    b.go(&skp).await;
    b.send("/persetujuan").await;
    b.sees("Disetujui").await;
    if shots {
        b.shoot("skp-disetujui").await;
        b.check_accessibility().await;
    }

    // the work of the quarter
    b.sign_in(staff).await;
    let period = format!("{skp}/periode/{year}/{quarter}");
    b.go(&period).await;
    b.click_nth("a[href*='/rencana?rhk=']", 0).await;
    b.fill("teks", "Menyelesaikan berkas masuk setiap hari").await;
    b.fill("target", "900 permohonan").await;
    b.send("/rencana").await;
    for (no, value) in [("1", "912 permohonan"), ("2", "2,4 hari kerja"), ("3", "99,1%")] {
        b.go(&period).await;
        let form = format!("form[id='realisasi-{no}']");
        b.fill_css(&format!("{form} [name='nilai']"), value).await;
        b.send_css(&form).await;
    }
    b.go(&period).await;
    b.sees("912 permohonan").await;
    b.click_nth("a[href*='/bukti?rhk=']", 0).await;
    b.fill("judul", "Rekap permohonan triwulan").await;
    b.fill("tautan", "https://arsip.kota-contoh.example/rekap-triwulan")
        .await;
    b.send("/bukti").await;
    b.go(&period).await;
    b.sees("Rekap permohonan triwulan").await;
    if shots {
        b.shoot("periode").await;
        b.check_accessibility().await;
    }
    b.go("/progres").await;
    b.choose_nth("rhk", 0).await;
    b.fill("teks", "Melayani 14 permohonan kartu keluarga di loket").await;
    b.send("/progres").await;
    b.sees("Melayani 14 permohonan").await;
    if shots {
        b.shoot("progres-tersimpan").await;
    }

    // feedback by the superior
    b.sign_in(superior).await;
    b.go(&period).await;
    b.click_nth("a[href*='/umpan-balik'][href*='rhk=']", 0).await;
    b.choose("nada", "POSITIF").await;
    b.fill(
        "teks",
        "Konsisten di bawah batas waktu; bagikan cara pemeriksaan berkasnya.",
    )
    .await;
    b.send("/umpan-balik").await;
    b.sees("Konsisten di bawah batas waktu").await;

    // the achievement of the unit, one level above
    b.sign_in(head).await;
    b.go(&format!("/capaian?tahun={year}&periode={quarter}")).await;
    b.sees("Bidang Pelayanan Pendaftaran Penduduk").await;
    if shots {
        b.shoot("capaian").await;
    }

    // two ratings with reasons, then final
    b.sign_in(superior).await;
    b.go(&format!("/tim/evaluasi?tahun={year}&periode={quarter}")).await;
    if shots {
        b.shoot("tim-evaluasi-daftar").await;
        b.check_accessibility().await;
    }
    let opened = format!(
        "form[action='/tim/evaluasi']:has(input[value='{}'])",
        skp.trim_start_matches("/skp/")
    );
    b.send_css(&opened).await;
    let evaluation = b.path().await.split('?').next().unwrap_or_default().to_owned();
    assert!(
        evaluation.starts_with("/evaluasi/"),
        "an evaluation was opened: {evaluation}"
    );
    b.sees("912 permohonan").await;
    b.choose("hasil", "DI_ATAS_EKSPEKTASI").await;
    b.choose("perilaku", "SESUAI_EKSPEKTASI").await;
    b.fill("rekomendasi", "Dampingi rekan loket sekali sebulan.").await;
    // the reason for an extreme is asked for, and the choices stay
    b.send_unchecked("/penilaian").await;
    b.sees("Ada yang perlu diperbaiki").await;
    let typed = b.value_of("rekomendasi").await;
    assert_eq!(typed, "Dampingi rekan loket sekali sebulan.", "what was typed stays");
    if shots {
        b.shoot("penilaian").await;
        b.check_accessibility().await;
    }
    b.fill(
        "alasan_hasil",
        "Permohonan melampaui target dan lebih cepat dari janji tanpa perbaikan dokumen.",
    )
    .await;
    b.send("/penilaian").await;
    b.go(&format!("{evaluation}/final")).await;
    b.sees("Baik").await;
    if shots {
        b.shoot("finalisasi").await;
    }
    if b.has("[name='alasan_pola']").await {
        b.fill(
            "alasan_pola",
            "Hasil kerja unit dinilai satu per satu berdasarkan bukti.",
        )
        .await;
    }
    b.send("/final").await;

    // the employee reads why, and until when an objection is possible
    b.sign_in(staff).await;
    b.sees("Baca predikat").await;
    b.go(&evaluation).await;
    b.sees("Predikat Anda: Baik").await;
    b.sees("Mengapa predikat saya begini?").await;
    b.sees("912 permohonan").await;
    if shots {
        b.shoot("predikat").await;
        b.check_accessibility().await;
    }
    b.send("/penerimaan").await;
    b.sees("keberatan").await;
    b.sees("WIB").await;

    // the paper, and what a stranger learns from its code
    b.go(&format!("{evaluation}/cetak")).await;
    b.send("/cetak").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quarter_as_four_people() {
    let city = City::start().await;
    let browser = Browser::open(&city, Script::On).await;
    walk(&city, &browser, true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_quarter_without_scripts() {
    let city = City::start().await;
    let browser = Browser::open(&city, Script::Off).await;
    browser.go("/masuk").await;
    assert!(
        !browser.has("[data-show-password]:not([hidden])").await,
        "no script runs: its button stays hidden"
    );
    walk(&city, &browser, false).await;
}
