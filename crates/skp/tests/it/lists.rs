//! Lists of SKPs and what policy shows of them, on both engines.

use crate::world::{TODAY, office};
use db::Db;
use kernel::Code;
use policy::{Action, Kind, decide, scope};
use skp::model::Status;
use skp::queries::{self, Counts, Filter};
use testkit::on_each_engine;

#[tokio::test]
async fn lists_show_exactly_what_policy_shows() {
    on_each_engine(async |db: Db| {
        let w = office(&db).await;
        let mut all = Vec::new();
        let mut last = None;
        for (member, status) in [
            (&w.chief, Status::Disetujui),
            (&w.head, Status::Diajukan),
            (&w.staff, Status::Draf),
            (&w.colleague, Status::Diajukan),
            (&w.stranger, Status::Dikembalikan),
        ] {
            let made = w.skp(&db, member, status).await;
            all.push(made.skp);
            last = Some(made);
        }
        let admin = w.admin();
        for actor in [
            &w.chief.actor,
            &w.head.actor,
            &w.staff.actor,
            &w.colleague.actor,
            &w.stranger.actor,
            &admin,
        ] {
            let scope = scope(actor, Kind::Skp);
            let page = db::read!(db, async |tx| queries::list(tx, &scope, Filter::default(), None, 50)
                .await)
            .expect("lists");
            let mut listed: Vec<_> = page.rows.iter().map(|s| s.id).collect();
            listed.sort();
            let mut seen = Vec::new();
            for &id in &all {
                let facts = db::read!(db, async |tx| queries::facts(tx, id).await)
                    .expect("reads")
                    .expect("an SKP");
                if decide(actor, Action::View, &facts).is_allowed() {
                    seen.push(id);
                }
            }
            seen.sort();
            assert_eq!(listed, seen);
            let counts = db::read!(db, async |tx| queries::counts(tx, &scope, 2026).await).expect("counts");
            assert_eq!(counts, Counts::of(&page.rows));
        }
        let scope = policy::Scope::unscoped(w.agency);
        let mut paged = Vec::new();
        let mut after = None;
        loop {
            let page = db::read!(db, async |tx| queries::list(
                tx,
                &scope,
                Filter::default(),
                after.as_ref(),
                2
            )
            .await)
            .expect("lists");
            paged.extend(page.rows.iter().map(|s| s.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let mut sorted = paged.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!((paged.len(), sorted.len()), (5, 5));
        for &status in Status::ALL {
            let filter = Filter {
                year: Some(2026),
                status: Some(status),
            };
            let page = db::read!(db, async |tx| queries::list(tx, &scope, filter, None, 50).await).expect("lists");
            assert!(page.rows.iter().all(|s| s.status == status));
        }
        let none = Filter {
            year: Some(2025),
            status: None,
        };
        let page = db::read!(db, async |tx| queries::list(tx, &scope, none, None, 50).await).expect("lists");
        assert!(page.rows.is_empty());

        let people = [w.staff.id, w.head.id, w.ctx.new_id()];
        let rows = db::read!(db, async |tx| queries::for_people(tx, w.agency, 2026, &people).await).expect("reads");
        assert_eq!(rows.len(), 2);
        let below = db::read!(db, async |tx| queries::of_subordinates(tx, w.head.id, 2026).await).expect("reads");
        assert_eq!(
            below.iter().map(|s| s.status).collect::<Vec<_>>(),
            [Status::Diajukan, Status::Draf]
        );
        let counts = Counts::of(&below);
        assert_eq!((counts.diajukan, counts.draf, counts.total()), (1, 1, 2));
        let carrying = db::read!(db, async |tx| queries::carrying_work(tx, w.chief.id, TODAY).await).expect("reads");
        assert_eq!(carrying.map(|s| s.id), Some(all[0]));
        let none = db::read!(db, async |tx| queries::carrying_work(tx, w.staff.id, TODAY).await).expect("reads");
        assert_eq!(none, None);
        let last = last.expect("five were made");
        let (by_rhk, by_iki) = db::read!(db, async |tx| {
            let by_rhk = queries::of_rhk(tx, last.rhk).await?;
            let iki = queries::ikis(tx, last.skp).await?.remove(0);
            Ok::<_, db::Error>((by_rhk, queries::of_iki(tx, iki.id).await?))
        })
        .expect("reads");
        assert_eq!(by_rhk.map(|s| s.id), Some(last.skp));
        assert_eq!(by_iki.map(|s| s.id), Some(last.skp));
        let gone = db::read!(db, async |tx| queries::facts(tx, w.ctx.new_id()).await).expect("reads");
        assert!(gone.is_none());
    })
    .await;
}
