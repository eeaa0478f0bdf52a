//! The city comes out whole and the same on both engines.

use std::sync::Arc;

use db::{Db, args, sql};
use jiff::civil::date;
use journal::blobs::FolderStore;
use kernel::{Ctx, Zone};

use super::{City, Scale, Site, build};

const NOW: jiff::civil::DateTime = date(2026, 11, 22).at(10, 30, 0, 0);

async fn city(db: &Db, now: jiff::civil::DateTime, people: usize) -> City {
    let folder = tempfile::TempDir::new().expect("a folder");
    let site = Site {
        db: db.clone(),
        ctx: Ctx::seeded(Zone::Wib.instant(now), 7),
        gate: access::Gate::new(access::Config::default()),
        blobs: Arc::new(FolderStore::open(folder.path()).expect("a store")),
    };
    build(&site, Scale { people }, &|_| ()).await.expect("builds")
}

#[tokio::test]
async fn the_city_is_whole_on_both_engines() {
    testkit::on_each_engine(async |db| {
        let city = city(&db, NOW, 2_000).await;
        assert_eq!(city.sign_ins.len(), 9);
        assert_eq!(db.integrity_problems().await.expect("asked"), Vec::<String>::new());
        let people: Option<i64> = db::read!(db, async |tx| tx
            .scalar(sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM employee"), args![])
            .await)
        .expect("counts");
        assert_eq!(people, Some(2_000));
    })
    .await;
}
