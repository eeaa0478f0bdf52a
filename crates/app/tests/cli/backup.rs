use testkit::TestDb;

use crate::house::House;

/// One agency with an administrator, and an uploaded file.
fn lived_in(house: House) -> House {
    house.run(&["migrate"]).exits(0);
    house
        .run(&[
            "agency",
            "create",
            "KOTACONTOH",
            "Pemerintah Kota Contoh",
            "--region",
            "Kota Contoh",
        ])
        .exits(0);
    house
        .run(&["account", "create", "admin@kotacontoh.example", "Administrator"])
        .exits(0);
    let store = journal::blobs::FolderStore::open(house.path("data/files")).expect("a folder");
    let evidence: Vec<u8> = (0..200_000_u32)
        .map(|n| n.to_le_bytes()[0] ^ n.to_le_bytes()[1])
        .collect();
    for bytes in [evidence.as_slice(), b"", b"bukti dukung"] {
        journal::blobs::BlobStore::put(&store, bytes).expect("kept");
    }
    house
}

fn digest(text: &str) -> &str {
    let after = text.split("SHA-256").nth(1).expect("a digest");
    after.split_whitespace().find(|w| w.len() == 64).expect("a digest")
}

/// A fresh database on each engine; the first is made by the program itself.
async fn fresh() -> Vec<(Option<TestDb>, House)> {
    let mut all = vec![(None, House::new())];
    all.extend(TestDb::each().await.into_iter().map(|db| {
        let house = House::on(&db.url);
        (Some(db), house)
    }));
    all
}

#[tokio::test]
async fn what_one_engine_saves_every_engine_brings_back() {
    for from in TestDb::each().await {
        let old = lived_in(House::on(&from.url));
        for name in ["cadangan.jsonl", "cadangan.jsonl.gz"] {
            let saved = old.run(&["backup", name]).exits(0).out;
            assert!(saved.contains("3 files"), "{saved}");
            let file = old.path(name);
            #[cfg(unix)]
            {
                let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).unwrap().permissions());
                assert_eq!(mode & 0o077, 0, "only its owner reads a backup");
            }
            for (_target, new) in fresh().await {
                let restored = new.run(&["restore", file.to_str().unwrap()]).exits(0).out;
                assert!(restored.contains("3 files"), "{restored}");
                assert_eq!(digest(&restored), digest(&saved));
                let checked = new.run(&["doctor", "--digest"]).exits(0).out;
                assert_eq!(digest(&checked), digest(&saved), "{} to {}", from.url, new.url);
                assert!(checked.contains("3 files"), "{checked}");
                // a second time would mix two installations
                let again = new.run(&["restore", file.to_str().unwrap()]).exits(4);
                assert!(again.err.contains("nothing was changed"), "{}", again.err);
            }
        }
        let twice = old.run(&["backup", "cadangan.jsonl"]).exits(4);
        assert!(twice.err.contains("exists already"), "{}", twice.err);
    }
}

#[test]
fn a_damaged_backup_changes_nothing() {
    let old = lived_in(House::new());
    old.run(&["backup", "a.jsonl"]).exits(0);
    old.run(&["backup", "b.gz"]).exits(0);
    let whole = std::fs::read_to_string(old.path("a.jsonl")).unwrap();
    let packed = std::fs::read(old.path("b.gz")).unwrap();
    let file_line = whole.lines().find(|l| l.starts_with("{\"file\"")).unwrap();
    let escaping = whole.replacen(file_line, "{\"file\":\"../../../lari\",\"size\":1}", 1);
    let cases: [(&str, Vec<u8>); 7] = [
        ("cut in the middle", whole.as_bytes()[..whole.len() / 2].to_vec()),
        (
            "without its end",
            whole
                .lines()
                .rev()
                .skip(1)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect::<Vec<_>>()
                .join("\n")
                .into_bytes(),
        ),
        (
            "a changed name",
            whole.replacen("Pemerintah", "pemerintah", 1).into_bytes(),
        ),
        ("a name that leads outside", escaping.into_bytes()),
        ("packed and cut", packed[..packed.len() - 20].to_vec()),
        ("something else", b"PK\x03\x04 no backup".to_vec()),
        ("empty", Vec::new()),
    ];
    for (name, bytes) in cases {
        let new = House::new();
        let file = new.write("in", bytes);
        let answer = new.run(&["restore", file.to_str().unwrap()]);
        assert!(matches!(answer.code, 2 | 4), "{name}: {} {}", answer.code, answer.err);
        assert!(
            !new.path("data/files").exists() || std::fs::read_dir(new.path("data/files")).unwrap().next().is_none()
        );
        if new.path("data/abdi.db").exists() {
            new.run(&["migrate"]).exits(0);
            assert!(
                new.run(&["doctor", "--digest"]).exits(0).out.contains(" 0 rows"),
                "{name}"
            );
        }
    }
}

#[test]
fn a_file_that_has_changed_is_told() {
    let house = lived_in(House::new());
    let digest = journal::blobs::Digest::of(b"bukti dukung");
    let path = house
        .path("data/files")
        .join(&digest.as_str()[..2])
        .join(digest.as_str());
    std::fs::write(path, "bukti lain").unwrap();
    let doctor = house.run(&["doctor"]).exits(1);
    assert!(
        doctor.out.contains("PROBLEM") && doctor.out.contains(digest.as_str()),
        "{}",
        doctor.out
    );
    let backup = house.run(&["backup", "a.gz"]).exits(1);
    assert!(
        backup.out.contains("2 files") && backup.out.contains("PROBLEM"),
        "{}",
        backup.out
    );
}

#[tokio::test]
async fn an_edited_trail_is_found_by_the_doctor() {
    for test in TestDb::each().await {
        let house = lived_in(House::on(&test.url));
        house.run(&["doctor"]).exits(0);
        db::write!(test.db, async |tx| tx
            .exec(
                db::Sql::new("UPDATE audit_entry SET verb = 'skp.approve' WHERE seq = 1").text(),
                []
            )
            .await)
        .unwrap();
        let found = house.run(&["doctor"]).exits(1);
        assert!(found.out.contains("was edited"), "{}", found.out);
    }
}
