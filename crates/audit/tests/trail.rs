//! The page of the trail shows every entry exactly once, latest first, on both engines.

use std::time::Duration;

use audit::{Bounds, Entry, PAGE, latest, of_subject, record};
use db::{Db, args, sql};
use kernel::{AccountId, AgencyId, Ctx, Id, Instant};
use policy::{Kind, Permit};
use testkit::on_each_engine;
use uuid::Uuid;

const ENTRIES: u32 = 130;

/// Entries of five accounts in turn, a second apart.
async fn filled(db: &Db) -> AgencyId {
    let start = Instant::from_micros(1_790_000_000_000_000);
    let agency: AgencyId = Ctx::seeded(start, 3).new_id();
    db::write!(db, async |tx| {
        tx.exec(
            sql!("INSERT INTO agency (id, code, name, region, zone, is_demo, created_at) VALUES ($1, 'a', 'A', 'A', 'WIB', $2, 0)"),
            args![agency, false],
        )
        .await?;
        for n in 0..ENTRIES {
            let ctx = Ctx::seeded(start.plus(Duration::from_secs(n.into())), u64::from(n));
            let account: AccountId = Id::from_uuid(Uuid::from_u128(u128::from(n % 5)));
            let entry = Entry {
                verb: "test.change",
                kind: Kind::Unit,
                subject: Uuid::from_u128(u128::from(n % 2)),
                detail: serde_json::json!({ "n": n }),
            };
            record(tx, &ctx, &Permit::system(agency, account), entry).await?;
        }
        Ok::<_, db::Error>(())
    })
    .expect("recorded");
    agency
}

fn number(detail: &str) -> u32 {
    let value: serde_json::Value = serde_json::from_str(detail).expect("json");
    u32::try_from(value["n"].as_u64().expect("a number")).expect("small")
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_one_another_without_gap_or_repetition() {
    on_each_engine(async |db: Db| {
        let agency = filled(&db).await;
        let mut seen = Vec::new();
        let mut place: Option<Bounds> = None;
        loop {
            let from = place.take().map(|b| Bounds::decode(&b.encode()).expect("readable"));
            let page = db::read!(db, async |tx| latest(tx, agency, from.clone()).await).expect("read");
            assert!(page.entries.len() <= PAGE);
            seen.extend(page.entries.iter().map(|e| number(&e.detail)));
            match page.next {
                Some(next) => place = Some(next),
                None => break,
            }
        }
        assert_eq!(seen, (0..ENTRIES).rev().collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_thing_has_its_own_trail_and_other_agencies_none() {
    on_each_engine(async |db: Db| {
        let agency = filled(&db).await;
        let subject = Uuid::from_u128(1);
        let (entries, more) = db::read!(db, async |tx| of_subject(tx, agency, subject).await).expect("read");
        assert_eq!((entries.len(), more), (PAGE, true));
        assert_eq!(number(&entries[0].detail), ENTRIES - 1);
        assert!(entries.iter().all(|e| e.subject == subject));
        let other: AgencyId = Id::from_uuid(Uuid::from_u128(77));
        let (page, (none, _)) = db::read!(db, async |tx| {
            let page = latest(tx, other, None).await?;
            Ok::<_, db::Error>((page, of_subject(tx, other, subject).await?))
        })
        .expect("read");
        assert_eq!((page.entries.len(), page.next, none.len()), (0, None, 0));
    })
    .await;
}
