//! What both engines must do alike. The embedded engine always runs; the scaled one where
//! `ABDI_TEST_POSTGRES_URL` names a server (the test command of the repository starts one).

use std::sync::Arc;
use std::time::Duration;

use db::{Db, Error, Sql, Tx, args, sql};
use kernel::{AgencyId, Ctx, Id, Instant};
use testkit::on_each_engine;

fn ctx() -> Ctx {
    Ctx::seeded(Instant::from_micros(1_790_000_000_000_000), 7)
}

async fn agency(db: &Db, ctx: &Ctx, code: &str) -> AgencyId {
    let id = ctx.new_id();
    db::write!(db, async |tx| insert(tx, id, code).await).expect("an agency");
    id
}

async fn insert(tx: &mut Tx, id: AgencyId, code: &str) -> db::Result<u64> {
    let row = args![id, code, "Kota Uji", "Uji", "WIB", false, 0i64];
    tx.exec(
        sql!(
            "INSERT INTO agency (id, code, name, region, zone, is_demo, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        row,
    )
    .await
}

async fn value_of(db: &Db, id: AgencyId) -> i64 {
    db::read!(db, async |tx| tx
        .scalar(sql!("SELECT created_at FROM agency WHERE id = $1"), args![id])
        .await)
    .expect("readable")
    .expect("there")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_counter_raced_by_eight_tasks_loses_nothing() {
    on_each_engine(async |db: Db| {
        let ctx = ctx();
        let id = agency(&db, &ctx, "race").await;
        let tasks = (0..8).map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                for _ in 0..50 {
                    db::write!(db, async |tx| {
                        let n: i64 = tx
                            .scalar(sql!("SELECT created_at FROM agency WHERE id = $1"), args![id])
                            .await?
                            .unwrap_or(0);
                        tx.exec(
                            sql!("UPDATE agency SET created_at = $1 WHERE id = $2"),
                            args![n + 1, id],
                        )
                        .await
                    })
                    .expect("written in the end");
                }
            })
        });
        for task in tasks.collect::<Vec<_>>() {
            task.await.expect("not panicked");
        }
        assert_eq!(value_of(&db, id).await, 400);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_dropped_in_the_middle_leaves_no_trace() {
    on_each_engine(async |db: Db| {
        let ctx = ctx();
        let id = agency(&db, &ctx, "drop").await;
        for _ in 0..40 {
            let slow = async {
                db::write!(db, async |tx| {
                    tx.exec(sql!("UPDATE agency SET created_at = 99 WHERE id = $1"), args![id])
                        .await?;
                    tokio::time::sleep(Duration::from_secs(60)).await;
                    Ok::<_, Error>(())
                })
            };
            assert!(
                tokio::time::timeout(Duration::from_millis(15), slow).await.is_err(),
                "it must be cut off"
            );
        }
        assert_eq!(value_of(&db, id).await, 0, "nothing of a dropped transaction stays");
        // every connection of the pool still works for reading and writing
        let many = (0..80).map(|n: i64| {
            let db = db.clone();
            tokio::spawn(async move {
                db::write!(db, async |tx| {
                    tx.exec(sql!("UPDATE agency SET created_at = $1 WHERE id = $2"), args![n, id])
                        .await
                })
            })
        });
        for task in many.collect::<Vec<_>>() {
            assert_eq!(task.await.expect("not panicked").expect("written"), 1);
        }
        assert!(value_of(&db, id).await >= 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_sees_one_moment() {
    on_each_engine(async |db: Db| {
        let ctx = ctx();
        let id = agency(&db, &ctx, "snap").await;
        let writer = db.clone();
        db::read!(db, async |tx| {
            let before: Option<i64> = tx
                .scalar(sql!("SELECT created_at FROM agency WHERE id = $1"), args![id])
                .await?;
            db::write!(writer, async |tx| tx
                .exec(sql!("UPDATE agency SET created_at = 5 WHERE id = $1"), args![id])
                .await)?;
            let after: Option<i64> = tx
                .scalar(sql!("SELECT created_at FROM agency WHERE id = $1"), args![id])
                .await?;
            assert_eq!((before, after), (Some(0), Some(0)));
            Ok::<_, Error>(())
        })
        .expect("readable");
        assert_eq!(value_of(&db, id).await, 5);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_cannot_write() {
    on_each_engine(async |db: Db| {
        let id: AgencyId = Id::from_uuid(uuid::Uuid::from_u128(1));
        let refused = db::read!(db, async |tx| insert(tx, id, "no").await);
        assert!(matches!(refused, Err(Error::Engine(_))), "{refused:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_have_kinds() {
    on_each_engine(async |db: Db| {
        let ctx = ctx();
        let id = agency(&db, &ctx, "kinds").await;
        let twice = db::write!(db, async |tx| insert(tx, ctx.new_id(), "kinds").await).expect_err("taken");
        assert!(twice.is_unique_in("agency"), "{twice:?}");
        let dangling = db::write!(db, async |tx| {
                let row = args![Id::<()>::from_uuid(uuid::Uuid::from_u128(9)), "k", "2026-01-01", "v", "", 0i64];
                tx.exec(sql!("INSERT INTO setting (agency_id, key, effective_from, value, legal_basis, changed_at) VALUES ($1, $2, $3, $4, $5, $6)"), row).await
            })
            .expect_err("no such agency");
        assert!(matches!(dangling, Error::Reference(_)), "{dangling:?}");
        let missing: Result<(i64,), _> =
            db::read!(db, async |tx| tx.one(sql!("SELECT created_at FROM agency WHERE code = $1"), args!["x"]).await);
        assert!(matches!(missing, Err(Error::NoRow)));
        let wrong: Result<Option<bool>, _> =
            db::read!(db, async |tx| tx.scalar(sql!("SELECT code FROM agency WHERE id = $1"), args![id]).await);
        assert!(matches!(wrong, Err(Error::Decode { column: 0, .. })), "{wrong:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn built_statements_and_values_travel() {
    on_each_engine(async |db: Db| {
        let ctx = ctx();
        for code in ["a", "b", "c"] {
            agency(&db, &ctx, code).await;
        }
        let sql = Sql::new("SELECT code FROM agency WHERE 1 = 1")
            .push_opt(" AND code <> {}", Some("b"))
            .push(" AND ")
            .push_in("zone", ["WIB", "WIT"])
            .push_with(" ORDER BY code LIMIT {}", 10i64);
        let codes: Vec<(String,)> = db::read!(db, async |tx| tx.all(sql.text(), sql.args()).await).expect("readable");
        assert_eq!(codes.into_iter().map(|c| c.0).collect::<Vec<_>>(), ["a", "c"]);
        let rows: Vec<Vec<kernel::Value>> =
            (0..1200i64).map(|n| args![ctx.new_id::<()>(), format!("m{n}"), "x", "y", "WIB", false, n].to_vec()).collect();
        let added = db::write!(db, async |tx| {
                tx.exec_many(sql!("INSERT INTO agency (id, code, name, region, zone, is_demo, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (code) DO NOTHING"), &rows).await
            });
        assert_eq!(added.expect("written"), 1200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_closure_is_rolled_back_and_a_second_migration_changes_nothing() {
    on_each_engine(async |db: Db| {
        let ctx = Arc::new(ctx());
        let id = agency(&db, &ctx, "back").await;
        let failed: Result<(), Error> = db::write!(db, async |tx| {
            tx.exec(sql!("UPDATE agency SET created_at = 7 WHERE id = $1"), args![id])
                .await?;
            Err(Error::NoRow)
        });
        assert!(matches!(failed, Err(Error::NoRow)));
        assert_eq!(value_of(&db, id).await, 0);
        let again = db.migrate(ctx.now()).await.expect("migrated");
        assert!(again.now.is_empty() && again.before > 0);
        assert!(db.is_current().await.expect("known"));
        assert_eq!(db.integrity_problems().await.expect("checked"), Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn an_argument_goes_to_its_number_and_not_to_its_turn() {
    on_each_engine(async |db| {
        let ctx = ctx();
        let id = agency(&db, &ctx, "URUT").await;
        let changed = db::write!(db, async |tx| {
            tx.exec(
                sql!("UPDATE agency SET created_at = $3, name = $2 WHERE id = $1 AND created_at < $3"),
                args![id, "Kota Urut", 5i64],
            )
            .await
        });
        assert_eq!(changed.expect("writable"), 1);
        assert_eq!(value_of(&db, id).await, 5);
        let few: db::Result<Option<i64>> = db::read!(db, async |tx| {
            tx.scalar(
                sql!("SELECT created_at FROM agency WHERE id = $1 AND name = $2"),
                args![id],
            )
            .await
        });
        assert!(few.is_err(), "an argument is missing");
        let many: db::Result<Option<i64>> = db::read!(db, async |tx| {
            tx.scalar(sql!("SELECT created_at FROM agency WHERE code = $1"), args!["URUT", id])
                .await
        });
        assert!(many.is_err(), "an argument is left over");
    })
    .await;
}
