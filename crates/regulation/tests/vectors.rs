//! Every row of the shared vectors, through the same line of JSON that `abdi calculate` reads.

use std::collections::BTreeMap;

use kernel::Code;
use regulation::Exact;
use regulation::skm::{self, Convention, MutuTable, Unsur};
use serde_json::{Value, json};

type Row = BTreeMap<String, String>;

fn rows(file: &str) -> Vec<Row> {
    let path = format!("{}/../../tests/vectors/{file}", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(path).expect("the vector file is in the repository");
    let rows: Vec<Row> = reader
        .deserialize()
        .collect::<Result<_, _>>()
        .expect("a readable table");
    assert!(!rows.is_empty(), "{file} is empty");
    rows
}

fn calculate(kind: &str, input: &Value) -> Value {
    let line = regulation::calculate::line(kind, &input.to_string(), false);
    serde_json::from_str(&line.unwrap_or_else(|error| panic!("{kind} {input}: {error}"))).expect("JSON")
}

fn sums_of(row: &Row, prefix: &str, k: usize) -> Vec<u64> {
    (1..=k)
        .map(|u| row[&format!("{prefix}{u}")].parse().expect("a whole number"))
        .collect()
}

/// `{"u1": ..., "u2": ...}`
fn unsur(values: impl IntoIterator<Item = impl Into<Value>>) -> Value {
    values
        .into_iter()
        .enumerate()
        .map(|(at, v)| (format!("u{}", at + 1), v.into()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

#[test]
fn performance() {
    let mut seen = BTreeMap::new();
    for row in rows("performance.csv") {
        let expected: Value = serde_json::from_str(&row["expected_json"]).expect("JSON");
        let plain = regulation::calculate::line(&row["kind"], &row["input_json"], false);
        let plain: Value = serde_json::from_str(&plain.unwrap_or_else(|e| panic!("{}: {e}", row["id"]))).expect("JSON");
        assert_eq!(plain, expected, "{}", row["id"]);

        let told = regulation::calculate::line(&row["kind"], &row["input_json"], true).expect("as without");
        let mut told: Value = serde_json::from_str(&told).expect("JSON");
        let steps = told
            .as_object_mut()
            .and_then(|o| o.remove("explanation"))
            .expect("an explanation");
        assert_eq!(told, expected, "{}", row["id"]);
        for step in steps.as_array().filter(|s| !s.is_empty()).expect("steps") {
            assert!(step["step"].is_string() && step["inputs"].is_object(), "{}", row["id"]);
            assert!(step["article"].as_str().is_some_and(|a| !a.is_empty()), "{}", row["id"]);
        }
        *seen.entry(row["kind"].clone()).or_insert(0) += 1;
    }
    let kinds: Vec<&str> = regulation::calculate::kinds().iter().map(|k| k.name).collect();
    for kind in seen.keys() {
        assert!(kinds.contains(&kind.as_str()), "{kind} is not listed");
    }
    assert_eq!(seen.len(), 16);
}

#[test]
fn categories() {
    for row in rows("skm-category.csv") {
        let input = json!({ "scale": row["scale"], "rule": row["rule"], "value": row["value"] });
        assert_eq!(
            calculate("skm-category", &input),
            json!({ "mutu": row["mutu"] }),
            "{row:?}"
        );
        // the same digits as a bare JSON number
        let bare = format!(
            r#"{{"scale":"{}","rule":"{}","value":{}}}"#,
            row["scale"], row["rule"], row["value"]
        );
        let line = regulation::calculate::line("skm-category", &bare, false).expect("a number");
        assert_eq!(line, json!({ "mutu": row["mutu"] }).to_string());
    }
}

#[test]
fn published_indices() {
    for row in rows("skm-published.csv") {
        let k: usize = row["n_unsur"].parse().expect("a number");
        let printed: Vec<&str> = (1..=k).map(|u| row[&format!("u{u}")].as_str()).collect();
        let convention = if row["convention"].starts_with("weight_2dp") {
            "weight_2dp"
        } else {
            "exact"
        };

        // from the printed means under the convention of the office: what the office printed, within the tolerance of
        // its printed decimals
        let out = calculate("skm", &json!({ "nrr": unsur(printed), "convention": convention }));
        let ikm: f64 = out["ikm"].as_str().and_then(|t| t.parse().ok()).expect("a decimal");
        let published: f64 = row["published_ikm"].parse().expect("a decimal");
        let decimals: i32 = row["published_nrr_decimals"].parse().expect("a number");
        // a table of whole means (n = 1) is exact
        let tolerance = if decimals == 0 {
            0.0
        } else {
            12.5 * 10_f64.powi(-decimals)
        };
        assert!(
            (ikm - published).abs() <= tolerance + 0.005,
            "{}: {ikm} against {published}",
            row["id"]
        );

        let exact = calculate("skm", &json!({ "nrr": unsur(printed_again(&row, k)) }));
        assert_eq!(exact["mutu"], row["mutu_exact"].as_str(), "{}", row["id"]);
        for (convention, column) in [("weight_2dp", "mutu_weight_2dp"), ("weight_3dp", "mutu_weight_3dp")] {
            let out = calculate(
                "skm",
                &json!({ "nrr": unsur(printed_again(&row, k)), "convention": convention }),
            );
            assert_eq!(out["mutu"], row[column].as_str(), "{} {convention}", row["id"]);
            let recomputed = row[&format!("recomputed_{convention}")]
                .rsplit(' ')
                .next()
                .expect("a value")
                .to_owned();
            let recomputed: Exact = recomputed.parse().expect("a decimal");
            assert_eq!(out["ikm"], recomputed.round(2).as_str(), "{} {convention}", row["id"]);
        }

        if !row["published_sums"].is_empty() && row["id"] != "P07" {
            let sums: Vec<u64> = row["published_sums"]
                .split(';')
                .map(|s| s.parse().expect("a sum"))
                .collect();
            let n: u64 = row["n"].parse().expect("a number");
            let ikm = skm::ikm_of_sums(&sums, n).expect("possible answers");
            assert_eq!(ikm.exact().round(4), row["recomputed_exact_from_sums"], "{}", row["id"]);
            let line = calculate("skm", &json!({ "n": n, "sums": unsur(sums) }));
            assert_eq!(line["ikm"], ikm.shown().as_str());
            assert_eq!(line["n"], n);
        }
    }
}

fn printed_again(row: &Row, k: usize) -> Vec<String> {
    (1..=k).map(|u| row[&format!("u{u}")].clone()).collect()
}

#[test]
fn option_counts() {
    for file in ["bbpmp-spak-2023", "kemenag-sulbar-2025q3", "perpusnas-2023"] {
        for row in rows(&format!("skm-options-{file}.csv")) {
            let sum: u64 = sums_of(&row, "opt", 4)
                .iter()
                .zip(1..)
                .map(|(count, value)| count * value)
                .sum();
            assert_eq!(sum.to_string(), row["sum"]);
            let nrr = skm::nrr(sum, row["n"].parse().expect("a number")).expect("possible answers");
            assert_eq!(nrr.round(6), row["recomputed_nrr"]);
        }
    }
}

#[test]
fn the_running_index_of_a_city() {
    let raw = rows("skm-raw-kediri-2024.csv");
    for row in rows("skm-raw-kediri-2024-running.csv") {
        let n: usize = row["n"].parse().expect("a number");
        let respondents: Vec<Value> = raw[..n].iter().map(|r| unsur(sums_of(r, "u", 9))).collect();
        let out = calculate("skm", &json!({ "respondents": respondents }));
        let expected: Exact = row["recomputed_exact"].parse().expect("a decimal");
        assert_eq!(out["ikm"], expected.round(2).as_str(), "n = {n}");
        assert_eq!(out["mutu"], row["mutu_exact"].as_str(), "n = {n}");

        let sums = sums_of(&row, "sum_u", 9);
        let means: Vec<Exact> = sums.iter().map(|s| skm::nrr(*s, n as u64).expect("possible")).collect();
        let exact = skm::ikm(&means, Convention::Exact).expect("nine unsur");
        assert_eq!(exact.exact().round(4), row["recomputed_exact"], "n = {n}");
        let rounded = skm::ikm(&means, Convention::Weight2dp).expect("nine unsur");
        assert_eq!(rounded.exact().round(4), row["recomputed_weight_0.11"], "n = {n}");
        assert_eq!(
            exact.mutu(MutuTable::Permenpanrb2017).map(Code::code),
            Some(row["mutu_exact"].as_str())
        );
    }
}

#[test]
fn raw_answers_of_other_agencies() {
    let sekadau: Vec<Value> = rows("skm-raw-sekadau-2019s1-first49.csv")
        .iter()
        .map(|r| unsur(sums_of(r, "u", 9)))
        .collect();
    let out = calculate("skm", &json!({ "respondents": sekadau }));
    assert_eq!(
        (out["ikm"].as_str(), out["n"].as_u64(), out["mutu"].as_str()),
        (Some("78.74"), Some(49), Some("B"))
    );

    // respondent 17 answered 5 on a scale of four: refused, and named
    let lab: Vec<Value> = rows("skm-raw-lab-scribd.csv")
        .iter()
        .map(|r| unsur(sums_of(r, "rel", 3)))
        .collect();
    let error = regulation::calculate::line("skm", &json!({ "respondents": lab }).to_string(), false);
    let error: Value = serde_json::from_str(&error.expect_err("a five")).expect("JSON");
    assert_eq!(error["field"], "respondents[16].u2");
}

#[test]
fn the_questionnaire_is_word_for_word() {
    let table = rows("skm-questionnaire.csv");
    assert_eq!(table.len(), Unsur::ALL.len());
    for (row, unsur) in table.iter().zip(Unsur::ALL) {
        assert_eq!(row["unsur_code_regulation_order"], format!("U{}", unsur.number()));
        assert_eq!(row["unsur"], unsur.label());
        assert_eq!(row["question"], unsur.question());
        assert_eq!(row["position_on_paper_form"], unsur.form_position().to_string());
        let columns = ["option_a_1", "option_b_2", "option_c_3", "option_d_4"];
        assert_eq!(columns.map(|c| row[c].as_str()), unsur.options());
    }
}

#[test]
fn sample_sizes() {
    use regulation::sample::{Rounding, krejcie_morgan, minimum};
    for row in rows("krejcie-morgan.csv") {
        let population: u64 = row["N"].parse().expect("a number");
        let out = calculate("sample-size", &json!({ "N": population }));
        assert_eq!(out["n"].to_string(), row["n_round_half_up"], "N = {population}");
        assert_eq!(
            minimum(population, Rounding::Up).expect("in range").to_string(),
            row["n_ceil"]
        );
        assert_eq!(
            krejcie_morgan(population).expect("in range").round(4),
            row["formula_value"]
        );
        if row["origin"] == "table" {
            assert_eq!(row["n_published"], row["n_round_half_up"]);
        }
    }
}

#[test]
fn a_real_service_counter() {
    let entries: Vec<Value> = rows("service-times-real-semarang-2018-2020.csv")
        .iter()
        .map(|r| json!({ "requested": r["requested"], "target": r["target"], "completed": r["completed"], "cancel_flag": r["cancel_flag"] }))
        .collect();
    let out = calculate("service-times", &json!({ "rows": entries }));
    let expected = json!({
        "rows": 612, "usable": 594, "median_days": "0", "mean_days": "1.50", "p90_days": 3, "max_days": 41,
        "same_day": 370, "with_target": 560, "on_time": 540, "late": 20,
        "defects": {
            "impossible_request": 1, "impossible_target": 8, "completed_before_request": 8, "missing_date": 9,
            "cancelled": 4,
        },
    });
    assert_eq!(out, expected);
}
