//! The queue on both engines: nothing lost, nothing doubled, retried, cancelled, set aside.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use db::Db;
use jobs::{NewJob, Outcome, Worker, cancel, enqueue, find};
use kernel::{Ctx, FixedClock, Instant, JobId, SeededIds};
use testkit::on_each_engine;

fn ctx() -> (Ctx, Arc<FixedClock>) {
    let clock = Arc::new(FixedClock::new(Instant::from_micros(1_790_000_000_000_000)));
    (
        Ctx {
            clock: clock.clone(),
            ids: Arc::new(SeededIds::new(1)),
        },
        clock,
    )
}

async fn add(db: &Db, ctx: &Ctx, kind: &'static str, key: Option<&str>) -> Option<JobId> {
    db::write!(db, async |tx| {
        let job = NewJob {
            agency: None,
            kind,
            payload: serde_json::json!({}),
            unique_key: key.map(str::to_owned),
            run_at: ctx.now(),
        };
        enqueue(tx, ctx, job).await
    })
    .expect("enqueued")
}

async fn state(db: &Db, id: JobId) -> String {
    db::read!(db, async |tx| find(tx, id).await)
        .expect("readable")
        .expect("there")
        .state
        .to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn four_workers_do_each_job_once() {
    on_each_engine(async |db: Db| {
        let (ctx, _) = ctx();
        for _ in 0..60 {
            add(&db, &ctx, "test.count", None).await;
        }
        let count = Arc::new(AtomicU64::new(0));
        let workers = (0..4).map(|_| {
            let count = count.clone();
            let worker = Worker::new(db.clone(), ctx.clone()).handle("test.count", move |_, _, _| {
                count.fetch_add(1, Ordering::SeqCst);
                async { Outcome::Done }
            });
            tokio::spawn(async move { worker.drain().await.expect("drained") })
        });
        let mut done = 0;
        for worker in workers.collect::<Vec<_>>() {
            done += worker.await.expect("not panicked");
        }
        assert_eq!((done, count.load(Ordering::SeqCst)), (60, 60));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unique_key_admits_one() {
    on_each_engine(async |db: Db| {
        let (ctx, _) = ctx();
        assert!(add(&db, &ctx, "test.once", Some("daily:2026-11-22")).await.is_some());
        assert!(add(&db, &ctx, "test.once", Some("daily:2026-11-22")).await.is_none());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_job_is_tried_again_later_and_then_set_aside() {
    on_each_engine(async |db: Db| {
        let (ctx, clock) = ctx();
        let id = add(&db, &ctx, "test.fail", None).await.expect("new");
        let worker = Worker::new(db.clone(), ctx.clone())
            .handle("test.fail", |_, _, _| async { Outcome::Retry("not yet".to_owned()) });
        for tries in 1..=8 {
            assert_eq!(worker.drain().await.expect("drained"), 1, "try {tries}");
            assert_eq!(worker.drain().await.expect("drained"), 0, "it must wait");
            clock.advance(Duration::from_secs(100_000));
        }
        assert_eq!(state(&db, id).await, "GAGAL");
        assert_eq!(worker.drain().await.expect("drained"), 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_lease_is_taken_over_and_a_waiting_job_can_be_cancelled() {
    on_each_engine(async |db: Db| {
        let (ctx, clock) = ctx();
        let id = add(&db, &ctx, "test.hang", None).await.expect("new");
        let hang = Worker::new(db.clone(), ctx.clone()).handle("test.hang", |_, _, _| std::future::pending());
        assert!(
            tokio::time::timeout(Duration::from_millis(150), hang.run_one())
                .await
                .is_err()
        );
        assert_eq!(state(&db, id).await, "BERJALAN");
        let good = Worker::new(db.clone(), ctx.clone()).handle("test.hang", |_, _, _| async { Outcome::Done });
        assert!(!good.run_one().await.expect("read"), "the lease still holds");
        clock.advance(Duration::from_secs(121));
        assert!(good.run_one().await.expect("read"));
        assert_eq!(state(&db, id).await, "SELESAI");

        let waiting = add(&db, &ctx, "test.hang", None).await.expect("new");
        db::write!(db, async |tx| cancel(tx, waiting, ctx.now()).await).expect("cancelled");
        assert_eq!(state(&db, waiting).await, "DIBATALKAN");
        let unknown = add(&db, &ctx, "test.unknown", None).await.expect("new");
        assert_eq!(good.drain().await.expect("drained"), 1);
        assert_eq!(state(&db, unknown).await, "GAGAL");
    })
    .await;
}
