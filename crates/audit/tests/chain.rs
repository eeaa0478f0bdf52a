//! An edited, removed or inserted row of the trail is found, on both engines.

use audit::{Entry, Problem, record, verify};
use db::{Db, args, sql};
use kernel::{AccountId, AgencyId, Ctx, Id, Instant};
use policy::{Kind, Permit};
use testkit::on_each_engine;
use uuid::Uuid;

async fn trail(db: &Db) -> AgencyId {
    let ctx = Ctx::seeded(Instant::from_micros(1_790_000_000_000_000), 3);
    let agency: AgencyId = ctx.new_id();
    db::write!(db, async |tx| {
        tx.exec(
            sql!("INSERT INTO agency (id, code, name, region, zone, is_demo, created_at) VALUES ($1, 'a', 'A', 'A', 'WIB', $2, 0)"),
            args![agency, false],
        )
        .await
    })
    .expect("an agency");
    let account: AccountId = Id::from_uuid(Uuid::from_u128(5));
    let permit = Permit::system(agency, account);
    for n in 0..6u32 {
        db::write!(db, async |tx| {
            let entry = Entry {
                verb: "test.change",
                kind: Kind::Unit,
                subject: Uuid::from_u128(n.into()),
                detail: serde_json::json!({ "n": n }),
            };
            record(tx, &ctx, &permit, entry).await
        })
        .expect("recorded");
    }
    agency
}

async fn change(db: &Db, sql: db::SqlText<'static>) {
    let changed = db::write!(db, async |tx| tx.exec(sql, args![]).await).expect("a forger with write access");
    assert_eq!(changed, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_trail_has_no_problems() {
    on_each_engine(async |db: Db| {
        let agency = trail(&db).await;
        let report = verify(&db, agency).await.expect("readable");
        assert_eq!((report.entries, report.problems.as_slice()), (6, [].as_slice()));
        assert_eq!(
            (report.heads.len(), report.heads[0].seq, report.heads[0].hash.len()),
            (1, 6, 64)
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_row_is_found() {
    on_each_engine(async |db: Db| {
        let agency = trail(&db).await;
        change(&db, sql!("UPDATE audit_entry SET detail = '{}' WHERE seq = 3")).await;
        let report = verify(&db, agency).await.expect("readable");
        assert_eq!(report.problems, [Problem::Edited { chain: 5, seq: 3 }]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_row_is_found_in_the_middle_and_at_the_end() {
    on_each_engine(async |db: Db| {
        let agency = trail(&db).await;
        change(&db, sql!("DELETE FROM audit_entry WHERE seq = 2")).await;
        change(&db, sql!("DELETE FROM audit_entry WHERE seq = 6")).await;
        let report = verify(&db, agency).await.expect("readable");
        assert_eq!(
            report.problems,
            [
                Problem::Gap { chain: 5, seq: 2 },
                Problem::End {
                    chain: 5,
                    found: 5,
                    expected: 6
                }
            ]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inserted_row_is_found() {
    on_each_engine(async |db: Db| {
        let agency = trail(&db).await;
        change(
            &db,
            sql!(
                "INSERT INTO audit_entry (agency_id, chain, seq, at, actor_id, permit, verb, kind, subject_id, detail, previous, hash) \
                 SELECT agency_id, chain, 7, at, actor_id, permit, verb, kind, subject_id, detail, previous, hash FROM audit_entry WHERE seq = 6"
            ),
        )
        .await;
        let report = verify(&db, agency).await.expect("readable");
        assert!(report.problems.contains(&Problem::Edited { chain: 5, seq: 7 }), "{:?}", report.problems);
        assert!(report.problems.contains(&Problem::End { chain: 5, found: 7, expected: 6 }), "{:?}", report.problems);
    })
    .await;
}
