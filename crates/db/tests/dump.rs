//! Backups: what one engine saves, each engine brings back, with the same digest; and nothing is brought back by half.

use std::collections::BTreeMap;

use db::dump::{DumpError, Made, backup, digest, restore};
use db::{Db, DbUrl, Engine, Sql, args, sql};
use kernel::{AgencyId, Ctx, Instant, UnitId};
use testkit::TestDb;

const AT: Instant = Instant::from_micros(1_700_000_000_000_000);

/// Rows with every type: bytes (also sixteen of them), truth values, missing values, and a tree whose keys are in the
/// wrong order for its references.
async fn fill(db: &Db) -> AgencyId {
    let ctx = Ctx::seeded(AT, 7);
    let agency: AgencyId = ctx.new_id();
    let mut units: Vec<UnitId> = (0..700).map(|_| ctx.new_id()).collect();
    units.sort_unstable();
    units.reverse();
    db::write!(db, async |tx| {
        tx.exec(
            sql!("INSERT INTO agency (id, code, name, region, zone, is_demo, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
            args![agency, "KOTA", "Kota \"Contoh\" \u{1F3DB}\n", "Contoh", "WIB", true, AT],
        )
        .await?;
        let rows: Vec<_> = units
            .iter()
            .enumerate()
            .map(|(i, id)| {
                let parent = i.checked_sub(1).map(|above| units[above]);
                args![*id, agency, format!("U{i}"), "Unit", "unit", "DINAS", parent, "U/", 1i64, "2026-01-01", 1i64].into()
            })
            .collect();
        tx.exec_many(
            sql!(
                "INSERT INTO unit (id, agency_id, code, name, name_folded, kind, parent_id, path, depth, valid_from, version) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
            ),
            &rows,
        )
        .await?;
        for (chain, hash) in [(1i64, vec![0xAB; 16]), (2, vec![0; 32]), (3, vec![])] {
            tx.exec(
                sql!("INSERT INTO audit_head (agency_id, chain, seq, hash) VALUES ($1, $2, $3, $4)"),
                args![agency, chain, i64::MAX, hash],
            )
            .await?;
        }
        tx.exec(
            sql!("INSERT INTO first_code (hash, expires_at, used_at) VALUES ($1, $2, $3)"),
            args![vec![1u8; 32], AT, None::<i64>],
        )
        .await?;
        Ok::<_, db::Error>(())
    })
    .expect("rows");
    agency
}

async fn saved(db: &Db) -> (Vec<u8>, Made) {
    let mut out = Vec::new();
    let made = backup(db, AT, &mut out, &mut |_, _| ()).await.expect("saves");
    (out, made)
}

async fn brought_back(db: &Db, bytes: &[u8]) -> Result<Made, DumpError> {
    restore(db, AT, &mut &*bytes, &mut |_, _| ()).await
}

#[tokio::test]
async fn every_engine_brings_back_what_any_engine_saved() {
    for from in TestDb::each().await {
        fill(&from.db).await;
        let (bytes, made) = saved(&from.db).await;
        assert_eq!(made.rows, 704);
        assert_eq!(digest(&from.db).await.unwrap().digest, made.digest);
        for to in TestDb::each().await {
            let done = brought_back(&to.db, &bytes).await.unwrap();
            assert_eq!((done.rows, &done.digest, done.at), (704, &made.digest, AT.micros()));
            let again = saved(&to.db).await;
            assert!(again.0 == bytes, "{} to {}", from.db.engine(), to.db.engine());
            assert!(to.db.integrity_problems().await.unwrap().is_empty());
            let codes: Option<i64> = db::read!(to.db, async |tx| tx
                .scalar(sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM first_code"), args![])
                .await)
            .unwrap();
            assert_eq!(codes, Some(0), "codes and sessions stay where they were");
        }
    }
}

#[tokio::test]
async fn the_digest_follows_the_content() {
    for test in TestDb::each().await {
        let agency = fill(&test.db).await;
        let before = digest(&test.db).await.unwrap().digest;
        db::write!(test.db, async |tx| tx
            .exec(
                sql!("UPDATE agency SET region = $1 WHERE id = $2"),
                args!["Lain", agency]
            )
            .await)
        .unwrap();
        assert_ne!(digest(&test.db).await.unwrap().digest, before);
    }
}

#[tokio::test]
async fn a_database_with_rows_is_left_alone() {
    for test in TestDb::each().await {
        fill(&test.db).await;
        let (bytes, made) = saved(&test.db).await;
        let Err(DumpError::NotEmpty { tables }) = brought_back(&test.db, &bytes).await else {
            panic!("refuses")
        };
        assert_eq!(tables, ["agency", "audit_head", "unit"]);
        assert_eq!(digest(&test.db).await.unwrap(), Made { at: 0, ..made });
    }
}

#[tokio::test]
async fn a_damaged_backup_restores_nothing() {
    let source = TestDb::sqlite().await;
    fill(&source.db).await;
    let (bytes, _) = saved(&source.db).await;
    let text = String::from_utf8(bytes).unwrap();
    let without_a_row = {
        let victim = text.lines().find(|l| l.contains("\"U3\"")).unwrap();
        text.replace(&format!("{victim}\n"), "")
    };
    let cases = [
        ("cut off", text[..text.len() / 2].to_owned()),
        (
            "the end is missing",
            text[..text.trim_end().rfind('\n').unwrap() + 1].to_owned(),
        ),
        ("a changed value", text.replacen("Contoh", "contoh", 1)),
        ("a row less", without_a_row),
        ("another type", text.replacen("true", "\"ya\"", 1)),
        ("not a line of JSON", text.replacen("{\"table\"", "{table", 1)),
    ];
    let empty = TestDb::sqlite().await;
    let nothing = digest(&empty.db).await.unwrap();
    for test in TestDb::each().await {
        for (name, damaged) in &cases {
            let done = brought_back(&test.db, damaged.as_bytes()).await;
            assert!(matches!(done, Err(DumpError::Damaged { .. })), "{name}: {done:?}");
            assert_eq!(digest(&test.db).await.unwrap(), nothing, "{name}");
        }
    }
}

#[tokio::test]
async fn other_files_and_other_versions_are_told_apart() {
    let test = TestDb::sqlite().await;
    let (bytes, _) = saved(&test.db).await;
    let text = String::from_utf8(bytes).unwrap();
    for junk in [
        "",
        "PK\u{3}\u{4}",
        "{}\n",
        "[1,2]\n",
        "{\"abdi\":\"backup\",\"format\":1}\n",
    ] {
        let done = brought_back(&test.db, junk.as_bytes()).await;
        assert!(matches!(done, Err(DumpError::NotABackup)), "{junk}: {done:?}");
    }
    let first_digest = text.split("\"digest\":\"").nth(1).unwrap()[..64].to_owned();
    let cases = [
        text.replacen("\"format\":1", "\"format\":2", 1),
        text.replacen(&first_digest, "00", 1),
    ];
    for other in cases {
        let done = brought_back(&test.db, other.as_bytes()).await;
        assert!(matches!(done, Err(DumpError::OtherVersion { .. })), "{done:?}");
    }
}

#[tokio::test]
async fn an_older_backup_goes_into_a_new_database_and_is_brought_up_to_date() {
    let source = TestDb::sqlite().await;
    fill(&source.db).await;
    let (bytes, _) = saved(&source.db).await;
    let text = String::from_utf8(bytes).unwrap();
    let mut lines = text.lines();
    let mut header: serde_json::Value = serde_json::from_str(lines.next().unwrap()).unwrap();
    let first = header["migrations"].as_array().unwrap()[..1].to_vec();
    header["migrations"] = first.into();
    // the tables of the first migration only, as an older program would have saved them
    let only = ["setting", "audit_entry", "job"];
    let mut sum = sha2::Sha256::default();
    let mut out = format!("{header}\n");
    let blocks: BTreeMap<String, String> = blocks(&text);
    for name in ["agency", only[0], only[1], "audit_head", only[2]] {
        sha2::Digest::update(&mut sum, blocks[name].as_bytes());
        out.push_str(&blocks[name]);
    }
    let all: String = sha2::Digest::finalize(sum).iter().map(|b| format!("{b:02x}")).collect();
    out.push_str(&format!("{{\"end\":\"database\",\"digest\":\"{all}\"}}\n"));

    let current = TestDb::sqlite().await;
    let refused = brought_back(&current.db, out.as_bytes()).await;
    assert!(matches!(refused, Err(DumpError::OtherVersion { .. })), "{refused:?}");

    let dir = std::env::temp_dir().join(format!("abdi-dump-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let fresh = Db::open(&DbUrl::Sqlite(dir.join("older.db"))).await.unwrap();
    let done = brought_back(&fresh, out.as_bytes()).await.unwrap();
    assert_eq!(done.rows, 4);
    assert!(fresh.is_current().await.unwrap());
    drop(fresh);
    std::fs::remove_dir_all(&dir).unwrap();
}

/// The lines of each table, by name.
fn blocks(text: &str) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let mut name = String::new();
    for line in text.lines().skip(1).filter(|l| !l.starts_with("{\"end\"")) {
        if let Some(rest) = line.split_once("\"table\":\"").map(|(_, r)| r) {
            name = rest.split('"').next().expect("a name").to_owned();
        }
        let block: &mut String = all.entry(name.clone()).or_default();
        block.push_str(line);
        block.push('\n');
    }
    all
}

#[tokio::test]
async fn the_backup_knows_every_table_and_column_of_the_engine() {
    for test in TestDb::each().await {
        let (bytes, _) = saved(&test.db).await;
        let text = String::from_utf8(bytes).unwrap();
        let mut told: Vec<(String, String)> = Vec::new();
        for line in text.lines().filter(|l| l.contains("\"table\":")) {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            let columns = line["columns"].as_array().unwrap();
            told.extend(
                columns
                    .iter()
                    .map(|c| (line["table"].as_str().unwrap().into(), c[0].as_str().unwrap().into())),
            );
        }
        let question = Sql::new(match test.db.engine() {
            Engine::Sqlite => {
                "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'"
            }
            Engine::Postgres => {
                "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns WHERE table_schema = 'public'"
            }
        });
        let mut found: Vec<(String, String)> =
            db::read!(test.db, async |tx| tx.all(question.text(), []).await).unwrap();
        let not_saved = [
            "schema_migration",
            "session",
            "first_code",
            "sign_in_throttle",
            "known_network",
            "sqlite_stat1",
        ];
        found.retain(|(table, _)| !not_saved.contains(&table.as_str()));
        found.sort();
        told.sort();
        assert_eq!(told, found);
    }
}
