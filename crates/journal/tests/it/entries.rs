//! Entries of daily progress.

use db::Db;
use jiff::civil::{Date, date};
use journal::commands::{
    DeleteEntryInput, EditEntryInput, EntryError, EntryInput, NewEntry, add_entry, delete_entry, edit_entry,
    lock_period, unlock_period,
};
use journal::model::DayBroken;
use journal::queries;
use kernel::{Decimal, Period, RhkId};
use policy::Denied;
use skp::Status;
use testkit::on_each_engine;

use crate::world::{TODAY, office};

fn entry(rhk: RhkId, day: Date) -> EntryInput {
    EntryInput {
        rhk,
        work_date: day,
        text: "Melayani 12 warga di loket".into(),
        quantity: "1.200".into(),
        quantity_unit: "berkas".into(),
    }
}

fn new(rhk: RhkId, day: Date, key: &str) -> NewEntry {
    NewEntry {
        entry: entry(rhk, day),
        submit_key: format!("kunci-entri-{key}"),
    }
}

#[tokio::test]
async fn a_day_is_recorded_once_corrected_and_taken_out() {
    on_each_engine(async |db: Db| {
        let w = office(&db).await;
        let made = w.skp(&db, &w.staff, Status::Disetujui).await;
        let me = &w.staff.actor;
        let first = add_entry(&db, &w.ctx, me, new(made.rhk, TODAY, "1"))
            .await
            .expect("records");
        let again = add_entry(&db, &w.ctx, me, new(made.rhk, TODAY, "1"))
            .await
            .expect("is there");
        assert_eq!((first.already, first.ambiguous, again.already), (false, true, true));
        assert_eq!(
            (again.id, again.saved_at, again.number()),
            (first.id, first.saved_at, first.number())
        );
        assert_eq!(first.number().len(), 8);
        let yesterday = date(2026, 4, 14);
        let second = add_entry(&db, &w.ctx, me, new(made.rhk, yesterday, "2"))
            .await
            .expect("records");
        add_entry(&db, &w.ctx, me, new(made.rhk, date(2026, 3, 31), "3"))
            .await
            .expect("records");

        let change = EditEntryInput {
            id: second.id,
            version: second.version,
            entry: EntryInput {
                text: "Menyusun rekap".into(),
                quantity: "2,5".into(),
                ..entry(made.rhk, TODAY)
            },
        };
        let changed = edit_entry(&db, &w.ctx, me, change.clone()).await.expect("changes");
        assert_eq!(changed.version, 2);
        let stale = edit_entry(&db, &w.ctx, me, change).await;
        assert!(matches!(stale, Err(EntryError::Stale(now)) if now.text == "Menyusun rekap"));

        let (day, month, period, habits) = db::read!(db, async |tx| {
            let skp = skp::queries::row(tx, made.skp).await?.expect("an SKP");
            let day = queries::entries_of_day(tx, w.staff.id, TODAY).await?;
            let month = queries::calendar(tx, w.staff.id, date(2026, 4, 1), date(2026, 4, 30)).await?;
            let period = queries::entries_in(tx, &skp, date(2026, 1, 1), date(2026, 3, 31)).await?;
            let habits = queries::habits(tx, made.skp, w.staff.id, date(2026, 3, 1), 5).await?;
            Ok::<_, db::Error>((day, month, period, habits))
        })
        .expect("reads");
        let mut counted: Vec<_> = day.iter().map(|e| e.quantity).collect();
        counted.sort();
        assert_eq!(counted, ["2.5".parse().ok(), Some(Decimal::from(1200))]);
        assert_eq!(
            month.iter().map(|d| (d.day, d.entries)).collect::<Vec<_>>(),
            [(TODAY, 2)]
        );
        assert_eq!(period.len(), 1);
        assert_eq!((period[0].0, period[0].1.len()), (made.rhk, 1));
        assert_eq!((habits[0].times, habits[0].last_day, habits.len()), (2, TODAY, 2));

        let gone = DeleteEntryInput {
            id: first.id,
            version: 9,
        };
        assert!(matches!(
            delete_entry(&db, &w.ctx, me, gone).await,
            Err(EntryError::Stale(_))
        ));
        delete_entry(&db, &w.ctx, me, DeleteEntryInput { version: 1, ..gone })
            .await
            .expect("takes out");
        let gone = delete_entry(&db, &w.ctx, me, gone).await;
        assert!(matches!(gone, Err(EntryError::NotFound)), "{gone:?}");
        let report = audit::verify(&db, w.agency).await.expect("verifies");
        assert!(report.problems.is_empty(), "{report:?}");
    })
    .await;
}

#[tokio::test]
async fn days_out_of_reach_are_refused() {
    on_each_engine(async |db: Db| {
        let w = office(&db).await;
        let made = w.skp(&db, &w.staff, Status::Disetujui).await;
        let me = &w.staff.actor;
        for (day, why) in [
            (date(2026, 4, 16), DayBroken::Future),
            (date(2026, 3, 14), DayBroken::TooLate),
            (date(2025, 12, 31), DayBroken::OutsideSkp),
        ] {
            let refused = add_entry(&db, &w.ctx, me, new(made.rhk, day, "hari")).await;
            assert!(matches!(refused, Err(EntryError::Day(d)) if d == why), "{refused:?}");
        }
        // 31 days back is the default
        let old = add_entry(&db, &w.ctx, me, new(made.rhk, date(2026, 3, 15), "lama"))
            .await
            .expect("records");

        db::write!(db, async |tx| lock_period(tx, &w.ctx, made.skp, 2026, Period::Tw1)
            .await)
        .expect("locks");
        let again = db::write!(db, async |tx| lock_period(tx, &w.ctx, made.skp, 2026, Period::Tw1)
            .await);
        assert!(!again.expect("is there"));
        let refused = add_entry(&db, &w.ctx, me, new(made.rhk, date(2026, 3, 20), "kunci")).await;
        assert!(
            matches!(refused, Err(EntryError::Day(DayBroken::Locked))),
            "{refused:?}"
        );
        let change = EditEntryInput {
            id: old.id,
            version: 1,
            entry: entry(made.rhk, TODAY),
        };
        let refused = edit_entry(&db, &w.ctx, me, change.clone()).await;
        assert!(
            matches!(refused, Err(EntryError::Day(DayBroken::Locked))),
            "{refused:?}"
        );
        let refused = delete_entry(&db, &w.ctx, me, DeleteEntryInput { id: old.id, version: 1 }).await;
        assert!(
            matches!(refused, Err(EntryError::Day(DayBroken::Locked))),
            "{refused:?}"
        );
        let open = add_entry(&db, &w.ctx, me, new(made.rhk, TODAY, "buka"))
            .await
            .expect("records");
        // back into the locked period
        let back = EditEntryInput {
            id: open.id,
            version: 1,
            entry: entry(made.rhk, date(2026, 3, 31)),
        };
        let refused = edit_entry(&db, &w.ctx, me, back).await;
        assert!(
            matches!(refused, Err(EntryError::Day(DayBroken::Locked))),
            "{refused:?}"
        );
        let opened = db::write!(db, async |tx| unlock_period(tx, made.skp, 2026, Period::Tw1).await);
        assert!(opened.expect("opens"));
        edit_entry(&db, &w.ctx, me, change).await.expect("changes");
    })
    .await;
}

#[tokio::test]
async fn only_the_owner_of_an_approved_plan_records() {
    on_each_engine(async |db: Db| {
        let w = office(&db).await;
        let made = w.skp(&db, &w.staff, Status::Disetujui).await;
        let me = &w.staff.actor;
        let mine = add_entry(&db, &w.ctx, me, new(made.rhk, TODAY, "1"))
            .await
            .expect("records");
        for (actor, expected) in [
            (&w.head.actor, Denied::Refused),
            (&w.chief.actor, Denied::Refused),
            (&w.admin(), Denied::Refused),
            (&w.colleague.actor, Denied::Hidden),
            (&w.stranger.actor, Denied::Hidden),
        ] {
            let added = add_entry(&db, &w.ctx, actor, new(made.rhk, TODAY, "lain")).await;
            let edited = edit_entry(
                &db,
                &w.ctx,
                actor,
                EditEntryInput {
                    id: mine.id,
                    version: 1,
                    entry: entry(made.rhk, TODAY),
                },
            )
            .await;
            let gone = delete_entry(
                &db,
                &w.ctx,
                actor,
                DeleteEntryInput {
                    id: mine.id,
                    version: 1,
                },
            )
            .await;
            for refused in [added.map(drop), edited.map(drop), gone] {
                let nobody = actor.person.is_none();
                assert!(
                    matches!(refused, Err(EntryError::Denied(d)) if d == expected || nobody),
                    "{refused:?}"
                );
            }
        }
        for (member, status) in [
            (&w.colleague, Status::Draf),
            (&w.stranger, Status::Diajukan),
            (&w.chief, Status::Dikembalikan),
        ] {
            let other = w.skp(&db, member, status).await;
            let early = add_entry(&db, &w.ctx, &member.actor, new(other.rhk, TODAY, "awal")).await;
            assert!(matches!(early, Err(EntryError::NotApproved)), "{early:?}");
        }
        let theirs = w.skp(&db, &w.head, Status::Disetujui).await;
        let moved = EditEntryInput {
            id: mine.id,
            version: 1,
            entry: entry(theirs.rhk, TODAY),
        };
        let moved = edit_entry(&db, &w.ctx, me, moved).await;
        assert!(matches!(moved, Err(EntryError::NotFound)), "{moved:?}");
        let unknown = add_entry(&db, &w.ctx, me, new(w.ctx.new_id(), TODAY, "tak-ada")).await;
        assert!(matches!(unknown, Err(EntryError::NotFound)), "{unknown:?}");
        // the same key of somebody else is another key
        let other = add_entry(&db, &w.ctx, &w.head.actor, new(theirs.rhk, TODAY, "1"))
            .await
            .expect("records");
        assert!(!other.already);

        let with = |change: &dyn Fn(&mut NewEntry)| {
            let mut input = new(made.rhk, TODAY, "isi");
            change(&mut input);
            input
        };
        let refused = add_entry(&db, &w.ctx, me, with(&|i| i.entry.text = " ".into())).await;
        assert!(matches!(refused, Err(EntryError::Text(_))), "{refused:?}");
        let refused = add_entry(&db, &w.ctx, me, with(&|i| i.entry.quantity = "banyak".into())).await;
        assert!(matches!(refused, Err(EntryError::Quantity(_))), "{refused:?}");
        let refused = add_entry(&db, &w.ctx, me, with(&|i| i.entry.quantity_unit = "x".repeat(41))).await;
        assert!(matches!(refused, Err(EntryError::Unit(_))), "{refused:?}");
        let refused = add_entry(&db, &w.ctx, me, with(&|i| i.submit_key = "' OR 1=1".into())).await;
        assert!(matches!(refused, Err(EntryError::Key)), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn many_taps_make_one_entry() {
    on_each_engine(async |db: Db| {
        let w = office(&db).await;
        let made = w.skp(&db, &w.staff, Status::Disetujui).await;
        let taps: Vec<_> = (0..20)
            .map(|_| {
                let (db, ctx, me) = (db.clone(), w.ctx.clone(), w.staff.actor.clone());
                tokio::spawn(async move { add_entry(&db, &ctx, &me, new(made.rhk, TODAY, "sekali")).await })
            })
            .collect();
        let mut first = 0;
        for tap in taps {
            match tap.await.expect("runs") {
                Ok(receipt) => first += i32::from(!receipt.already),
                Err(EntryError::Internal(db::Error::Conflict)) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        let day = db::read!(db, async |tx| queries::entries_of_day(tx, w.staff.id, TODAY).await).expect("reads");
        assert_eq!((first, day.len()), (1, 1));
    })
    .await;
}
