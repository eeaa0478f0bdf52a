use serde_json::Value;

use crate::house::{bare, said};

fn calculate(arguments: &[&str], input: &[u8]) -> crate::house::Said {
    let mut all = vec!["calculate"];
    all.extend(arguments);
    said(bare(&std::env::temp_dir(), &all), input)
}

/// Numbers may come as texts: compared by value.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(k, v)| b.get(k).is_some_and(|w| same(v, w)))
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(v, w)| same(v, w)),
        _ => a == b || number(a).is_some_and(|n| number(b) == Some(n)),
    }
}

fn number(value: &Value) -> Option<kernel::Decimal> {
    let text = match value {
        Value::Number(n) => n.to_string(),
        Value::String(s) => s.clone(),
        _ => return None,
    };
    text.parse::<kernel::Decimal>().ok().map(|d| d.normalize())
}

#[test]
fn every_row_of_the_performance_vectors_comes_out() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/performance.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    let mut kinds: Vec<(String, Vec<(String, Value, Value)>)> = Vec::new();
    for row in reader.records() {
        let row = row.unwrap();
        let (id, kind) = (row[0].to_owned(), row[1].to_owned());
        let pair = (
            id,
            serde_json::from_str(&row[2]).unwrap(),
            serde_json::from_str(&row[3]).unwrap(),
        );
        match kinds.iter_mut().find(|(k, _)| *k == kind) {
            Some((_, rows)) => rows.push(pair),
            None => kinds.push((kind, vec![pair])),
        }
    }
    let all: usize = kinds.iter().map(|(_, rows)| rows.len()).sum();
    assert!(all >= 141, "{all} rows were read");
    for (kind, rows) in kinds {
        let input: String = rows.iter().map(|(_, input, _)| format!("{input}\n")).collect();
        let answer = calculate(&[&kind], input.as_bytes());
        let lines: Vec<Value> = answer.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!(lines.len(), rows.len(), "{kind}");
        let mut rejected = false;
        for ((id, _, expected), line) in rows.iter().zip(&lines) {
            rejected |= line.get("error").is_some() && line.get("field").is_some();
            assert!(same(expected, line), "{kind} {id}: expected {expected}, found {line}");
        }
        assert_eq!(answer.code, i32::from(rejected), "{kind}");
    }
}

#[test]
fn a_bad_line_answers_in_its_place_and_the_others_go_on() {
    let good = r#"{"rating_hasil_kerja":"SESUAI_EKSPEKTASI","rating_perilaku_kerja":"SESUAI_EKSPEKTASI"}"#;
    let input = format!("{good}\nnot json\n\n{{}}\n\u{0}\n{good}");
    let mut bytes = input.into_bytes();
    bytes.extend(b"\n\xFF\xFE\n");
    bytes.extend(good.as_bytes());
    let answer = calculate(&["quadrant"], &bytes).exits(1);
    let lines: Vec<Value> = answer.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let marks: Vec<bool> = lines.iter().map(|l| l.get("error").is_some()).collect();
    assert_eq!(marks, [false, true, true, true, true, false, true, false]);
    assert_eq!(lines[0]["predikat"], "BAIK");
}

#[test]
fn it_lists_and_explains() {
    let list = calculate(&["--list"], b"").exits(0);
    for kind in ["quadrant", "skm", "skm-category", "skm-ranking", "nip_parse"] {
        assert!(
            list.out.lines().any(|l| l.split_whitespace().next() == Some(kind)),
            "{kind}"
        );
    }
    let line = br#"{"n":29,"sums":{"u1":105,"u2":104,"u3":103,"u4":116,"u5":104,"u6":107,"u7":108,"u8":110,"u9":115}}"#;
    let explained = calculate(&["skm", "--explain"], line).exits(0);
    let answer: Value = serde_json::from_str(&explained.out).unwrap();
    assert!(answer["explanation"].as_array().is_some_and(|steps| !steps.is_empty()));
    let plain = calculate(&["skm"], line).exits(0);
    assert!(!plain.out.contains("explanation"));
}

#[test]
fn wrong_usage_says_what_to_do() {
    let wrong = calculate(&["quadran"], b"").exits(2);
    assert!(
        wrong.err.contains("Did you mean quadrant?") && wrong.err.contains("--list"),
        "{}",
        wrong.err
    );
    assert!(calculate(&[], b"").exits(2).err.contains("KIND"));
}

#[test]
fn many_lines_stream_through() {
    let line = "{\"nip\":\"198001012005011001\"}\n";
    let answer = calculate(&["nip_parse"], line.repeat(50_000).as_bytes());
    assert_eq!(answer.out.lines().count(), 50_000);
}
