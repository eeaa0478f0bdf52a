//! How long large lists take. Run by hand: `cargo nextest run -p org --run-ignored only --no-capture`.

mod world;

use std::fmt::Write as _;

use org::import::{Mode, run_file};
use testkit::TestDb;
use world::{empty, permit};

/// A flat list of `people` in units of a hundred.
fn list(people: usize) -> String {
    let mut text =
        String::from("NIP;Nama;Golongan;Kode Unit;Nama Unit;Kode Unit Induk;Jabatan;Kepala Unit;TMT Jabatan\n");
    for n in 0..people {
        let unit = n / 100;
        let (code, parent) = if unit == 0 {
            ("1".to_owned(), "")
        } else {
            (format!("1.{unit:04}"), "1")
        };
        let (day, month, year) = (n % 28 + 1, n / 28 % 12 + 1, 1965 + n / 336 % 35);
        let head = if n % 100 == 0 { "Ya" } else { "Tidak" };
        let number = format!(
            "{year}{month:02}{day:02}{}{month:02}1{:03}",
            year + 25,
            900 + n / 11_760
        );
        let _ = writeln!(
            text,
            "{number};Orang Rekaan {n};III/b;{code};Unit {unit};{parent};Jabatan {};{head};01/02/2025",
            n % 7
        );
    }
    text
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures; run by hand"]
async fn large_lists() {
    for people in [2_000, 50_000] {
        let text = list(people);
        for fresh in TestDb::each().await {
            let db = fresh.db.clone();
            let w = empty(&db).await;
            for what in ["first", "again"] {
                let begun = std::time::Instant::now();
                let report = run_file(
                    &db,
                    &w.ctx,
                    &permit(w.agency),
                    text.as_bytes(),
                    "a.csv",
                    Mode::Apply,
                    &mut |_| true,
                )
                .await
                .expect("applied");
                println!(
                    "{} {people} {what}: {:?}, new {}, rejected {}",
                    db.engine(),
                    begun.elapsed(),
                    report.new,
                    report.rejected
                );
                assert_eq!(report.rejected, 0, "{:?}", report.kinds());
            }
            let begun = std::time::Instant::now();
            let all = org::projection::Affected::All;
            db::write!(db, async |tx| org::projection::refresh(tx, w.agency, world::TODAY, all)
                .await)
            .expect("refreshed");
            println!("{} {people} refresh: {:?}", db.engine(), begun.elapsed());
        }
    }
}
