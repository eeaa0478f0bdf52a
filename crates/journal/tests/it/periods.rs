//! Action plans, realised values, links, and the view of a period.

use db::Db;
use journal::commands::{
    ActionError, ActionInput, EvidenceError, LinkInput, MarkInput, NewEntry, PeriodBroken, RealisationError,
    RealisationInput, RemoveActionInput, add_entry, add_link, lock_period, mark_reached, remove_action,
    remove_evidence, save_action, save_realisation,
};
use journal::model::{Gap, LinkBroken, Reached};
use journal::queries;
use kernel::{IkiId, Period, RhkId};
use policy::Denied;
use skp::Status;
use testkit::on_each_engine;

use crate::world::{Made, TODAY, office};

fn action(rhk: RhkId, period: Period) -> ActionInput {
    ActionInput {
        line: None,
        rhk,
        period,
        text: "Menyusun konsep laporan".into(),
        target_text: "1 konsep".into(),
    }
}

fn link(rhk: RhkId, url: &str) -> LinkInput {
    LinkInput {
        rhk,
        period: Period::Tw2,
        title: "Laporan".into(),
        note: String::new(),
        url: url.into(),
    }
}

fn value(iki: IkiId, version: i64, text: &str) -> RealisationInput {
    RealisationInput {
        iki,
        period: Period::Tw2,
        version,
        value_text: text.into(),
        source_note: "Aplikasi layanan".into(),
    }
}

async fn iki_of(db: &Db, made: Made) -> IkiId {
    let ikis = db::read!(db, async |tx| skp::queries::ikis(tx, made.skp).await).expect("reads");
    ikis[0].id
}

#[tokio::test]
async fn a_period_is_planned_worked_and_shown() {
    on_each_engine(async |db: Db| {
        let w = office(&db).await;
        let made = w.skp(&db, &w.staff, Status::Disetujui).await;
        let me = &w.staff.actor;
        let iki = iki_of(&db, made).await;

        // evidence before the plan is taken, with a warning
        let shown = add_link(&db, &w.ctx, me, link(made.rhk, "https://contoh.go.id/laporan"))
            .await
            .expect("adds");
        assert_eq!(shown.warnings, [Gap::PlanMissing(made.rhk)]);
        let view = db::read!(db, async |tx| queries::period(tx, made.skp, 2026, Period::Tw2).await).expect("reads");
        let rhks = db::read!(db, async |tx| skp::queries::views(tx, made.skp).await).expect("reads");
        assert_eq!(
            view.gaps(&rhks),
            [Gap::PlanMissing(made.rhk), Gap::RealisationMissing(made.rhk, iki)]
        );

        let one = save_action(&db, &w.ctx, me, action(made.rhk, Period::Tw2))
            .await
            .expect("saves");
        let two = save_action(&db, &w.ctx, me, action(made.rhk, Period::Tw2))
            .await
            .expect("saves");
        let mut change = action(made.rhk, Period::Tw4);
        change.line = Some((one.id, one.version));
        change.text = "Menyusun laporan akhir".into();
        let one = save_action(&db, &w.ctx, me, change.clone()).await.expect("saves");
        let stale = save_action(&db, &w.ctx, me, change).await;
        assert!(matches!(stale, Err(ActionError::Stale(now)) if now.text == "Menyusun laporan akhir"));
        let mark = MarkInput {
            id: one.id,
            version: one.version,
            reached: Some(Reached::Sebagian),
        };
        let marked = mark_reached(&db, &w.ctx, me, mark).await.expect("marks");
        assert_eq!(mark_reached(&db, &w.ctx, me, mark).await.expect("is there"), marked);
        let stale = mark_reached(&db, &w.ctx, me, MarkInput { reached: None, ..mark }).await;
        assert!(matches!(stale, Err(ActionError::Stale(_))), "{stale:?}");
        let stale = remove_action(&db, &w.ctx, me, RemoveActionInput { id: two.id, version: 5 }).await;
        assert!(matches!(stale, Err(ActionError::Stale(_))), "{stale:?}");
        remove_action(&db, &w.ctx, me, RemoveActionInput { id: two.id, version: 1 })
            .await
            .expect("removes");

        let saved = save_realisation(&db, &w.ctx, me, value(iki, 0, "1.200 laporan"))
            .await
            .expect("saves");
        assert_eq!((saved.version, saved.ambiguous), (1, true));
        let same = save_realisation(&db, &w.ctx, me, value(iki, 0, "1.200 laporan"))
            .await
            .expect("is there");
        assert_eq!(same.version, 1);
        let stale = save_realisation(&db, &w.ctx, me, value(iki, 0, "3 laporan")).await;
        assert!(matches!(stale, Err(RealisationError::Stale(Some(now))) if now.value_text == "1.200 laporan"));
        save_realisation(&db, &w.ctx, me, value(iki, 1, "3-4 laporan"))
            .await
            .expect("saves");

        let again = add_link(&db, &w.ctx, me, link(made.rhk, "https://contoh.go.id/laporan"))
            .await
            .expect("is there");
        assert!(again.already && again.id == shown.id && again.warnings.is_empty());
        let key = NewEntry {
            entry: journal::commands::EntryInput {
                rhk: made.rhk,
                work_date: TODAY,
                text: "Rapat".into(),
                quantity: String::new(),
                quantity_unit: String::new(),
            },
            submit_key: "kunci-rapat".into(),
        };
        add_entry(&db, &w.ctx, me, key).await.expect("records");

        let view = db::read!(db, async |tx| queries::period(tx, made.skp, 2026, Period::Tw2).await).expect("reads");
        assert_eq!(
            view.actions_of(made.rhk)
                .map(|a| (a.period, a.reached))
                .collect::<Vec<_>>(),
            [(Period::Tw2, Some(Reached::Sebagian))]
        );
        let realised = view.realisation_of(iki).expect("a value");
        assert_eq!(
            (realised.value_text.as_str(), realised.value_number, realised.version),
            ("3-4 laporan", None, 2)
        );
        assert_eq!(view.evidence_of(made.rhk).count(), 1);
        assert!(view.gaps(&rhks).is_empty() && !view.is_locked);
        let below = db::read!(db, async |tx| queries::overview(tx, w.head.id, 2026, Period::Tw2).await).expect("reads");
        let of = &below[0];
        assert_eq!(
            (of.skp.id, of.entries, of.days, of.last_day, of.actions, of.evidence),
            (made.skp, 1, 1, Some(TODAY), 1, 1)
        );
        assert_eq!(of.values, 1);
        let none = db::read!(db, async |tx| queries::overview(tx, w.head.id, 1900, Period::Tw2).await).expect("reads");
        assert!(none.is_empty());

        db::write!(db, async |tx| lock_period(tx, &w.ctx, made.skp, 2026, Period::Tw2)
            .await)
        .expect("locks");
        let locked = PeriodBroken::Locked;
        let refused = save_action(&db, &w.ctx, me, action(made.rhk, Period::Tw2)).await;
        assert!(
            matches!(refused, Err(ActionError::Period(p)) if p == locked),
            "{refused:?}"
        );
        let refused = mark_reached(
            &db,
            &w.ctx,
            me,
            MarkInput {
                version: marked.version,
                reached: None,
                ..mark
            },
        )
        .await;
        assert!(
            matches!(refused, Err(ActionError::Period(p)) if p == locked),
            "{refused:?}"
        );
        let refused = remove_action(
            &db,
            &w.ctx,
            me,
            RemoveActionInput {
                id: one.id,
                version: marked.version,
            },
        )
        .await;
        assert!(
            matches!(refused, Err(ActionError::Period(p)) if p == locked),
            "{refused:?}"
        );
        let refused = save_realisation(&db, &w.ctx, me, value(iki, 2, "9 laporan")).await;
        assert!(
            matches!(refused, Err(RealisationError::Period(p)) if p == locked),
            "{refused:?}"
        );
        let refused = add_link(&db, &w.ctx, me, link(made.rhk, "https://contoh.go.id/b")).await;
        assert!(
            matches!(refused, Err(EvidenceError::Period(p)) if p == locked),
            "{refused:?}"
        );
        let refused = remove_evidence(&db, &w.ctx, me, shown.id).await;
        assert!(
            matches!(refused, Err(EvidenceError::Period(p)) if p == locked),
            "{refused:?}"
        );
        let view = db::read!(db, async |tx| queries::period(tx, made.skp, 2026, Period::Tw2).await).expect("reads");
        assert!(view.is_locked && view.evidence.len() == 1);
    })
    .await;
}

#[tokio::test]
async fn what_may_not_be_recorded_is_refused() {
    on_each_engine(async |db: Db| {
        let w = office(&db).await;
        let made = w.skp(&db, &w.staff, Status::Disetujui).await;
        let draft = w.skp(&db, &w.colleague, Status::Diajukan).await;
        let me = &w.staff.actor;
        let iki = iki_of(&db, made).await;
        let early = save_action(&db, &w.ctx, &w.colleague.actor, action(draft.rhk, Period::Tw2)).await;
        assert!(
            matches!(early, Err(ActionError::Period(PeriodBroken::NotApproved))),
            "{early:?}"
        );
        let early = add_link(
            &db,
            &w.ctx,
            &w.colleague.actor,
            link(draft.rhk, "https://contoh.go.id/"),
        )
        .await;
        assert!(
            matches!(early, Err(EvidenceError::Period(PeriodBroken::NotApproved))),
            "{early:?}"
        );
        let early = save_realisation(&db, &w.ctx, &w.colleague.actor, value(iki_of(&db, draft).await, 0, "1")).await;
        assert!(
            matches!(early, Err(RealisationError::Period(PeriodBroken::NotApproved))),
            "{early:?}"
        );

        let line = save_action(&db, &w.ctx, me, action(made.rhk, Period::Tw2))
            .await
            .expect("saves");
        let shown = add_link(&db, &w.ctx, me, link(made.rhk, "https://contoh.go.id/"))
            .await
            .expect("adds");
        for (actor, expected) in [
            (&w.head.actor, Denied::Refused),
            (&w.admin(), Denied::Refused),
            (&w.stranger.actor, Denied::Hidden),
        ] {
            let saved = save_action(&db, &w.ctx, actor, action(made.rhk, Period::Tw2)).await;
            assert!(
                matches!(saved, Err(ActionError::Denied(d)) if d == expected),
                "{saved:?}"
            );
            let mark = MarkInput {
                id: line.id,
                version: 1,
                reached: Some(Reached::Tercapai),
            };
            let marked = mark_reached(&db, &w.ctx, actor, mark).await;
            assert!(
                matches!(marked, Err(ActionError::Denied(d)) if d == expected),
                "{marked:?}"
            );
            let saved = save_realisation(&db, &w.ctx, actor, value(iki, 0, "1")).await;
            assert!(
                matches!(saved, Err(RealisationError::Denied(d)) if d == expected),
                "{saved:?}"
            );
            let gone = remove_evidence(&db, &w.ctx, actor, shown.id).await;
            assert!(
                matches!(gone, Err(EvidenceError::Denied(d)) if d == expected),
                "{gone:?}"
            );
        }
        let foreign = w.skp(&db, &w.head, Status::Disetujui).await;
        let mut moved = action(foreign.rhk, Period::Tw2);
        moved.line = Some((line.id, line.version));
        let moved = save_action(&db, &w.ctx, &w.head.actor, moved).await;
        assert!(matches!(moved, Err(ActionError::NotFound)), "{moved:?}");
        let unknown = save_realisation(&db, &w.ctx, me, value(w.ctx.new_id(), 0, "1")).await;
        assert!(matches!(unknown, Err(RealisationError::NotFound)), "{unknown:?}");
        let unknown = mark_reached(
            &db,
            &w.ctx,
            me,
            MarkInput {
                id: w.ctx.new_id(),
                version: 1,
                reached: None,
            },
        )
        .await;
        assert!(matches!(unknown, Err(ActionError::NotFound)), "{unknown:?}");
        let unknown = remove_evidence(&db, &w.ctx, me, w.ctx.new_id()).await;
        assert!(matches!(unknown, Err(EvidenceError::NotFound)), "{unknown:?}");

        let mut long = action(made.rhk, Period::Tw2);
        long.target_text = "x".repeat(121);
        let long = save_action(&db, &w.ctx, me, long).await;
        assert!(matches!(long, Err(ActionError::Target(_))), "{long:?}");
        let mut empty = action(made.rhk, Period::Tw2);
        empty.text = "\t".into();
        let empty = save_action(&db, &w.ctx, me, empty).await;
        assert!(matches!(empty, Err(ActionError::Text(_))), "{empty:?}");
        let empty = save_realisation(&db, &w.ctx, me, value(iki, 0, " ")).await;
        assert!(matches!(empty, Err(RealisationError::Value(_))), "{empty:?}");
        let mut long = value(iki, 0, "1");
        long.source_note = "x".repeat(501);
        let long = save_realisation(&db, &w.ctx, me, long).await;
        assert!(matches!(long, Err(RealisationError::Source(_))), "{long:?}");
        let bad = add_link(&db, &w.ctx, me, link(made.rhk, "javascript:alert(1)")).await;
        assert!(matches!(bad, Err(EvidenceError::Link(LinkBroken::Scheme))), "{bad:?}");
        let mut untitled = link(made.rhk, "https://contoh.go.id/");
        untitled.title = String::new();
        let untitled = add_link(&db, &w.ctx, me, untitled).await;
        assert!(matches!(untitled, Err(EvidenceError::Title(_))), "{untitled:?}");
        let mut long = link(made.rhk, "https://contoh.go.id/");
        long.note = "x".repeat(501);
        let long = add_link(&db, &w.ctx, me, long).await;
        assert!(matches!(long, Err(EvidenceError::Note(_))), "{long:?}");
    })
    .await;
}

#[tokio::test]
async fn a_closed_plan_takes_only_its_own_periods() {
    on_each_engine(async |db: Db| {
        let w = office(&db).await;
        let made = w.skp(&db, &w.staff, Status::Disetujui).await;
        let end = skp::commands::CloseInput {
            step: skp::commands::StepInput {
                skp: made.skp,
                version: 1,
            },
            last_day: jiff::civil::date(2026, 6, 30),
            remark: "Mutasi".into(),
        };
        skp::commands::close(&db, &w.ctx, &w.head.actor, end)
            .await
            .expect("closes");
        save_action(&db, &w.ctx, &w.staff.actor, action(made.rhk, Period::Tw2))
            .await
            .expect("still open");
        let late = save_action(&db, &w.ctx, &w.staff.actor, action(made.rhk, Period::Tw3)).await;
        assert!(
            matches!(late, Err(ActionError::Period(PeriodBroken::Outside))),
            "{late:?}"
        );
        for n in 0..99 {
            let mut line = action(made.rhk, Period::Tw2);
            line.text = format!("Langkah {n}");
            save_action(&db, &w.ctx, &w.staff.actor, line).await.expect("saves");
        }
        let full = save_action(&db, &w.ctx, &w.staff.actor, action(made.rhk, Period::Tw2)).await;
        assert!(matches!(full, Err(ActionError::TooMany(100))), "{full:?}");
    })
    .await;
}
