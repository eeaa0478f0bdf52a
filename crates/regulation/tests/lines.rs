//! What `abdi calculate` answers to lines that no vector shows: edges of the rules, and input that is not valid.

use serde_json::{Value, json};

fn ok(kind: &str, input: &str) -> Value {
    let line = regulation::calculate::line(kind, input, false).unwrap_or_else(|e| panic!("{kind} {input}: {e}"));
    serde_json::from_str(&line).expect("JSON")
}

/// The field an error names; every error has a text.
fn refused(kind: &str, input: &str) -> String {
    let line = regulation::calculate::line(kind, input, false).expect_err(&format!("{kind} {input}"));
    let error: Value = serde_json::from_str(&line).expect("JSON");
    assert!(error["error"].as_str().is_some_and(|e| !e.is_empty()));
    error["field"].as_str().expect("a field").to_owned()
}

#[test]
fn kinds_are_listed_once_with_a_summary() {
    let mut names: Vec<_> = regulation::calculate::kinds().iter().map(|k| k.name).collect();
    assert!(
        regulation::calculate::kinds()
            .iter()
            .all(|k| !k.summary.is_empty() && !k.summary.contains('\n'))
    );
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
    assert_eq!(refused("horoscope", "{}"), "kind");
}

#[test]
fn every_kind_refuses_what_is_no_object_or_knows_no_such_field() {
    for kind in regulation::calculate::kinds() {
        let deep = "[".repeat(100_000);
        for bad in [
            "",
            " ",
            "null",
            "[]",
            "3",
            "\"x\"",
            "{",
            "{}x",
            "{\"a\":1,\"a\":2}",
            "\u{0}",
            deep.as_str(),
        ] {
            assert_eq!(refused(kind.name, bad), "$", "{} {bad:.20}", kind.name);
        }
        assert_eq!(refused(kind.name, r#"{"surprise":1}"#), "surprise", "{}", kind.name);
        refused(kind.name, "{}");
        let nested = format!(r#"{{"surprise":{}"#, "{\"a\":".repeat(50_000));
        assert_eq!(refused(kind.name, &nested), "$");
    }
}

#[test]
fn codes_are_exact_and_errors_name_the_known_ones() {
    let input = r#"{"rating_hasil_kerja":"di atas","rating_perilaku_kerja":"SESUAI_EKSPEKTASI"}"#;
    let line = regulation::calculate::line("quadrant", input, false).expect_err("no such code");
    assert!(line.contains("DI_ATAS_EKSPEKTASI") && line.contains("rating_hasil_kerja"));
    assert_eq!(
        refused("quadrant", r#"{"rating_hasil_kerja":null,"rating_perilaku_kerja":1}"#),
        "rating_hasil_kerja"
    );
    assert_eq!(
        refused("pp30_predikat", r#"{"nilai_kinerja":"90","ide_baru":"ya"}"#),
        "ide_baru"
    );
    assert_eq!(
        refused(
            "pp30_combine",
            r#"{"nilai_skp":1,"nilai_perilaku":1,"bobot":"50/50","ide_baru":true}"#
        ),
        "bobot"
    );
}

#[test]
fn decimals_keep_their_digits_as_numbers_and_as_texts() {
    // the nearest double of 109.99999999999999999 is 110
    for value in [
        "109.99999999999999999",
        "\"109.99999999999999999\"",
        "10999999999999999999e-17",
    ] {
        let input = format!(r#"{{"nilai_kinerja":{value},"ide_baru":true}}"#);
        assert_eq!(ok("pp30_predikat", &input), json!({ "predikat": "BAIK" }));
    }
    assert_eq!(
        ok("pp30_predikat", r#"{"nilai_kinerja":-0.01,"ide_baru":false}"#),
        json!({ "predikat": "INVALID" })
    );
    assert_eq!(
        refused("pp30_predikat", r#"{"nilai_kinerja":"90,5","ide_baru":false}"#),
        "nilai_kinerja"
    );
    assert_eq!(
        refused("pp30_predikat", r#"{"nilai_kinerja":1e400,"ide_baru":false}"#),
        "nilai_kinerja"
    );
    let mixed = r#"{"nilai_skp":-10,"nilai_perilaku":"300","bobot":"70/30","ide_baru":false}"#;
    assert_eq!(
        ok("pp30_combine", mixed),
        json!({ "nilai_kinerja": "83.00", "predikat": "INVALID" })
    );
}

#[test]
fn distribution_takes_any_shape() {
    let check = |capaian: &str, counts: &str| {
        ok(
            "distribution_check",
            &format!(r#"{{"capaian_organisasi":"{capaian}","counts":{counts}}}"#),
        )
    };
    assert_eq!(check("BAIK", "{}"), json!({ "ok": true, "violations": [] }));
    assert_eq!(
        check("BAIK", r#"{"BAIK":1}"#),
        json!({ "ok": false, "violations": ["B_MAX_70", "BP_OR_K_REQUIRED"] })
    );
    assert_eq!(
        check("KURANG", r#"{"SANGAT_BAIK":5,"SANGAT_KURANG":5}"#),
        json!({ "ok": false, "violations": ["K_MIN_60", "BP_MIN_10", "SB_MAX_10"] })
    );
    for counts in [
        r#"{"CUKUP":1}"#,
        r#"{"BAIK":-1}"#,
        r#"{"BAIK":1.5}"#,
        r#"{"BAIK":4294967296}"#,
    ] {
        let input = format!(r#"{{"capaian_organisasi":"BAIK","counts":{counts}}}"#);
        assert!(refused("distribution_check", &input).starts_with("counts."), "{counts}");
    }
    assert_eq!(
        refused("distribution_check", r#"{"capaian_organisasi":"BAIK","counts":[1]}"#),
        "counts"
    );
}

#[test]
fn angka_kredit_at_its_edges() {
    for months in ["0", "13", "-1", "1.5", "\"x\""] {
        let input = format!(r#"{{"jenjang":"MAHIR","predikat":"BAIK","bulan":{months}}}"#);
        assert_eq!(refused("ak_konversi", &input), "bulan");
    }
    let rows = r#"{"baris":[{"jenjang":"MAHIR","predikat":"BAIK","bulan":1},{"jenjang":"MAHIR","predikat":"CUKUP","bulan":1}]}"#;
    assert_eq!(refused("ak_akumulasi", rows), "baris[1].predikat");
    let zero = json!({ "jumlah_dari_nilai_penuh_2dp": "0.00", "jumlah_dari_baris_dibulatkan_2dp": "0.00" });
    assert_eq!(ok("ak_akumulasi", r#"{"baris":[]}"#), zero);
    assert_eq!(
        ok("ak_dasar", r#"{"jenjang":"TERAMPIL","golongan_ruang":"II/c"}"#),
        json!({ "ak_dasar": "20" })
    );
    assert_eq!(
        refused("ak_dasar", r#"{"jenjang":"TERAMPIL","golongan_ruang":"III/a"}"#),
        "golongan_ruang"
    );
    let skilled = r#"{"jenjang":"MAHIR","golongan_ruang":"III/a","ak_konvensional":"120"}"#;
    assert_eq!(refused("ak_integrasi", skilled), "jenjang");
    assert_eq!(
        ok("ak_target_golongan", r#"{"golongan_ruang":"IV/e"}"#),
        json!({ "golongan_berikut": null, "ak_kumulatif_minimal": null, "kenaikan_jenjang": false })
    );
    assert_eq!(
        ok("ak_selisih", r#"{"golongan_ruang":"IV/e","ak_kumulatif":210}"#),
        json!({ "golongan_berikut": null, "selisih": null, "memenuhi": null, "kenaikan_jenjang": false })
    );
    assert_eq!(
        refused("ak_selisih", r#"{"golongan_ruang":"I/a","ak_kumulatif":"1"}"#),
        "golongan_ruang"
    );
    assert_eq!(
        refused("ak_selisih", r#"{"golongan_ruang":"III/a","ak_kumulatif":"-1"}"#),
        "ak_kumulatif"
    );
    assert_eq!(refused("siasn_golongan_id", r#"{"id":"15"}"#), "id");
    assert_eq!(
        ok("siasn_golongan_id", r#"{"id":45}"#),
        json!({ "golongan_ruang": "IV/e" })
    );
}

#[test]
fn a_nip_with_an_unknown_code_is_accepted_with_a_warning() {
    assert_eq!(
        ok("nip_parse", r#"{"nip":"199506152019131906"}"#),
        json!({
            "valid": true, "jenis": "TIDAK_DIKENAL", "tanggal_lahir": "1995-06-15", "tahun_pengangkatan": 2019,
            "kode": "13", "jenis_kelamin": "L", "nomor_urut": "906", "warning": "UNKNOWN_CODE",
        })
    );
    // a spreadsheet that turned the number into a float has already destroyed it
    assert_eq!(refused("nip_parse", r#"{"nip":197401012000031901}"#), "nip");
}

#[test]
fn dates_must_exist() {
    for bad in ["2026-02-29", "26-02-01", "2026-02-01T00:00:00", "", "9999-12-31"] {
        assert_eq!(
            refused("objection_deadline", &json!({ "tanggal_diterima": bad }).to_string()),
            "tanggal_diterima"
        );
    }
    assert_eq!(
        refused("period_window", r#"{"periode":"TRIWULAN_I","tahun":1999}"#),
        "tahun"
    );
    assert_eq!(
        refused("period_window", r#"{"periode":"SEMESTER_I","tahun":2026}"#),
        "periode"
    );
}

#[test]
fn surveys_with_other_shapes() {
    let eight = r#"{"n":2,"sums":{"u1":8,"u2":8,"u3":8,"u5":8,"u6":8,"u7":8,"u8":8,"u9":8}}"#;
    assert_eq!(ok("skm", eight)["ikm"], "100.00");
    let sums: serde_json::Map<_, _> = (1..=14).map(|u| (format!("u{u}"), json!(30))).collect();
    assert_eq!(
        ok(
            "skm",
            &json!({ "n": 10, "sums": sums, "convention": "weight_3dp" }).to_string()
        )["ikm"],
        "74.55"
    );
    let named = r#"{"nrr":{"waktu":"3.5","persyaratan":3}}"#;
    assert_eq!(
        ok("skm", named),
        json!({ "nrr": { "waktu": "3.5000", "persyaratan": "3.0000" }, "ikm": "81.25", "mutu": "B", "kinerja": "Baik" })
    );
    let worst: serde_json::Map<_, _> = (1..=9).map(|u| (format!("u{u}"), json!("1"))).collect();
    let out = ok("skm", &json!({ "nrr": worst, "convention": "weight_2dp" }).to_string());
    assert_eq!(
        (&out["ikm"], &out["mutu"], &out["kinerja"]),
        (&json!("24.75"), &json!("invalid"), &Value::Null)
    );
}

#[test]
fn impossible_surveys_are_refused_where_they_are_wrong() {
    for (input, field) in [
        (r#"{"n":0,"sums":{"u1":0}}"#, "n"),
        (r#"{"sums":{"u1":3}}"#, "n"),
        (r#"{"n":1,"sums":{}}"#, "sums.u1"),
        (r#"{"n":10,"sums":{"u1":30,"u2":9}}"#, "sums.u2"),
        (r#"{"n":10,"sums":{"u1":41}}"#, "sums.u1"),
        (r#"{"n":10,"sums":{"u0":30}}"#, "sums.u0"),
        (r#"{"n":10,"sums":{"u01":30}}"#, "sums.u01"),
        (r#"{"n":10,"sums":{"u1":30,"persyaratan":30}}"#, "sums.persyaratan"),
        (r#"{"nrr":{"u1":"4.01"}}"#, "nrr.u1"),
        (r#"{"respondents":[]}"#, "respondents"),
        (r#"{"respondents":[{"u1":3},{"u1":0}]}"#, "respondents[1].u1"),
        (r#"{"respondents":[{"u1":3},{"u1":5}]}"#, "respondents[1].u1"),
        (r#"{"respondents":[{"u1":3,"u2":3},{"u1":3}]}"#, "respondents[1].u2"),
        (r#"{"respondents":[{"u1":3},{"u1":3,"u2":1}]}"#, "respondents[1].u2"),
        (r#"{"n":3,"respondents":[{"u1":3}]}"#, "n"),
        (r#"{"n":1,"sums":{"u1":3},"nrr":{"u1":3}}"#, "nrr"),
        (r#"{"n":1,"sums":{"u1":3},"convention":"0.11"}"#, "convention"),
    ] {
        assert_eq!(refused("skm", input), field, "{input}");
    }
    assert_eq!(
        refused("skm-category", r#"{"scale":"ikm_25_100","rule":"x","value":"1"}"#),
        "rule"
    );
    assert_eq!(refused("sample-size", r#"{"N":0}"#), "N");
    assert_eq!(
        refused("service-times", r#"{"rows":[{"requested":"x"}]}"#),
        "rows[0].requested"
    );
}

#[test]
fn rankings_share_places() {
    let nrr = r#"{"nrr":{"u1":"3.6207","u2":"3.4828","u3":"3.4483","u4":"4","u5":"3.5172","u6":"3.6207","u7":"3.6552",
        "u8":"3.62070","u9":"3.9655"}}"#;
    let expected = json!({
        "ranking": [["u4"], ["u9"], ["u7"], ["u1", "u6", "u8"], ["u5"], ["u2"], ["u3"]],
        "lowest": ["u3", "u2", "u5"],
    });
    assert_eq!(ok("skm-ranking", nrr), expected);
    // order of position, not of the alphabet: u10 comes after u2
    let ties = r#"{"nrr":{"u10":"2","u2":"2"}}"#;
    assert_eq!(
        ok("skm-ranking", ties),
        json!({ "ranking": [["u2", "u10"]], "lowest": ["u2", "u10"] })
    );
}
