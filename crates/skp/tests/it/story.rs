//! The life of an SKP through its commands, on both engines.

use db::Db;
use jiff::civil::date;
use policy::Denied;
use regulation::berakhlak;
use skp::commands::{
    AnnexInput, CloseError, CloseInput, CreateInput, EditError, ExpectationsInput, RemoveIkiInput, ReorderRhkInput,
    ReturnInput, RhkInput, StepError, approve, close, create, remove_iki, reorder_rhk, return_with_remarks, save_annex,
    save_expectations, save_iki, save_rhk, submit, withdraw,
};
use skp::model::{AnnexKind, Direction, Family, FindingCode, RhkKind, Side, Status};
use skp::queries;
use testkit::on_each_engine;

use crate::drafting::{detail, draft, iki, new, rhk, step};
use crate::world::{TODAY, office};

#[tokio::test]
async fn a_plan_is_drafted_returned_approved_and_closed() {
    on_each_engine(async |db: Db| {
        let w = office(&db).await;
        let (owner, boss) = (&w.staff.actor, &w.head.actor);

        // the superior's plan is only handed in, and already offers its RHK
        let (above, above_rhk, v) = draft(&db, &w, boss).await;
        let none = db::read!(db, async |tx| queries::candidates(tx, w.agency, w.head.id, 2026).await).expect("reads");
        assert!(none.is_empty(), "a draft offers nothing");
        submit(&db, &w.ctx, boss, step(above, v)).await.expect("hands in");

        let made = create(&db, &w.ctx, owner, new(2026)).await.expect("creates");
        assert!(!made.already);
        let again = create(&db, &w.ctx, owner, new(2026)).await.expect("is there");
        assert_eq!((again.id, again.already), (made.id, true));
        let offered =
            db::read!(db, async |tx| queries::candidates(tx, w.agency, w.head.id, 2026).await).expect("reads");
        assert_eq!(
            offered.iter().map(|c| (c.rhk_id, c.status)).collect::<Vec<_>>(),
            [(above_rhk, Status::Diajukan)]
        );

        let mut input = rhk(made.id, made.version, "  Tersusunnya   laporan pelayanan ");
        input.parent = Some(above_rhk);
        let first = save_rhk(&db, &w.ctx, owner, input.clone()).await.expect("saves");
        let second = save_rhk(&db, &w.ctx, owner, rhk(made.id, first.version, "Menyusun arsip"))
            .await
            .expect("saves");
        // autosave of the same content moves nothing
        let same = RhkInput {
            rhk: Some(first.id),
            version: second.version,
            ..input.clone()
        };
        assert_eq!(
            save_rhk(&db, &w.ctx, owner, same).await.expect("saves").version,
            second.version
        );
        let mut other = rhk(made.id, second.version, "Menyusun arsip daerah");
        other.rhk = Some(second.id);
        other.kind = RhkKind::Tambahan;
        let third = save_rhk(&db, &w.ctx, owner, other).await.expect("saves");

        let stepped = submit(&db, &w.ctx, owner, step(made.id, third.version)).await;
        let Err(StepError::Incomplete(findings)) = stepped else {
            panic!("{stepped:?}")
        };
        assert_eq!(
            findings.iter().map(|f| f.code).collect::<Vec<_>>(),
            [FindingCode::RhkWithoutIki; 2]
        );

        let one = save_iki(&db, &w.ctx, owner, iki(made.id, third.version, first.id, "90-100%"))
            .await
            .expect("saves");
        let two = save_iki(&db, &w.ctx, owner, iki(made.id, one.version, second.id, "≤ 3 hari"))
            .await
            .expect("saves");
        let extra = save_iki(&db, &w.ctx, owner, iki(made.id, two.version, second.id, "12 Bulan"))
            .await
            .expect("saves");
        let mut turned = iki(made.id, extra.version, second.id, "12 Bulan");
        turned.iki = Some(extra.id);
        turned.direction = Some(Direction::MakinRendah);
        let turned = save_iki(&db, &w.ctx, owner, turned).await.expect("saves");
        let lines = vec!["Laptop".to_owned(), " ".to_owned(), "Akses aplikasi".to_owned()];
        let annex = AnnexInput {
            skp: made.id,
            version: turned.version,
            kind: AnnexKind::Dukungan,
            lines,
        };
        let annex = save_annex(&db, &w.ctx, owner, annex).await.expect("saves");
        let order = ReorderRhkInput {
            skp: made.id,
            version: annex.version,
            utama: vec![second.id, first.id],
            tambahan: vec![],
        };
        let order = reorder_rhk(&db, &w.ctx, owner, order).await.expect("orders");

        let now = detail(&db, made.id).await;
        assert_eq!(now.skp.version, order.version);
        assert_eq!(now.skp.family, Family::Aspek);
        assert_eq!(now.skp.assessor_id, Some(w.head.id));
        assert_eq!(
            now.rhks.iter().map(|r| r.row.text.as_str()).collect::<Vec<_>>(),
            ["Menyusun arsip daerah", "Tersusunnya laporan pelayanan"]
        );
        assert_eq!(now.rhks[1].parent_text.as_deref(), Some("Tersusunnya laporan layanan"));
        assert_eq!(now.rhks[1].ikis[0].direction, Direction::Rentang);
        assert_eq!(now.rhks[0].ikis[1].target_max, Some(12.into()));
        assert_eq!(now.annex_of(AnnexKind::Dukungan), ["Laptop", "Akses aplikasi"]);

        let sent = submit(&db, &w.ctx, owner, step(made.id, order.version))
            .await
            .expect("hands in");
        let twice = submit(&db, &w.ctx, owner, step(made.id, order.version))
            .await
            .expect("is there");
        assert_eq!(
            (sent.already, twice.already, twice.version),
            (false, true, sent.version)
        );

        // the superior writes an expectation while deciding, and returns it
        let expectations = vec![(berakhlak::Value::Adaptif, "Mencoba cara baru".to_owned())];
        let wish = ExpectationsInput {
            skp: made.id,
            version: sent.version,
            expectations,
        };
        let wish = save_expectations(&db, &w.ctx, boss, wish).await.expect("saves");
        let back = ReturnInput {
            step: step(made.id, wish.version),
            remark: "Target terlalu rendah".into(),
        };
        let back = return_with_remarks(&db, &w.ctx, boss, back).await.expect("returns");
        assert_eq!(back.status, Status::Dikembalikan);
        let now = detail(&db, made.id).await;
        assert_eq!(
            now.open_remark().map(|e| e.remark.as_str()),
            Some("Target terlalu rendah")
        );
        assert_eq!(now.expectation(berakhlak::Value::Adaptif), "Mencoba cara baru");

        let gone = RemoveIkiInput {
            skp: made.id,
            version: back.version,
            iki: extra.id,
        };
        let gone = remove_iki(&db, &w.ctx, owner, gone).await.expect("removes");
        let sent = submit(&db, &w.ctx, owner, step(made.id, gone.version))
            .await
            .expect("hands in");
        let taken = withdraw(&db, &w.ctx, owner, step(made.id, sent.version))
            .await
            .expect("withdraws");
        assert_eq!(taken.status, Status::Draf);
        let sent = submit(&db, &w.ctx, owner, step(made.id, taken.version))
            .await
            .expect("hands in");
        let done = approve(&db, &w.ctx, boss, step(made.id, sent.version))
            .await
            .expect("approves");
        let twice = approve(&db, &w.ctx, boss, step(made.id, sent.version))
            .await
            .expect("is there");
        assert!(twice.already && !done.already);

        let now = detail(&db, made.id).await;
        let party = now.party(Side::Pegawai).expect("kept");
        assert_eq!(
            (party.name.as_str(), party.position.as_str()),
            ("Orang Uji 3, S.E.", "Jabatan 3")
        );
        assert!(party.rank.contains("III/b") && party.number.starts_with("19800101"));
        assert_eq!(now.party(Side::Penilai).and_then(|p| p.person_id), Some(w.head.id));
        let path: Vec<_> = now.events.iter().map(|e| e.status_to).collect();
        use Status::{Diajukan, Dikembalikan, Disetujui, Draf};
        assert_eq!(
            path,
            [Draf, Diajukan, Dikembalikan, Diajukan, Draf, Diajukan, Disetujui]
        );

        let end = |last_day| CloseInput {
            step: step(made.id, done.version),
            last_day,
            remark: String::new(),
        };
        let early = close(&db, &w.ctx, boss, end(date(2025, 12, 31))).await;
        assert!(matches!(early, Err(CloseError::OutOfPeriod)));
        let ended = close(&db, &w.ctx, boss, end(date(2026, 6, 30))).await.expect("closes");
        assert_eq!(ended.status, Status::Ditutup);
        assert!(
            close(&db, &w.ctx, boss, end(date(2026, 6, 30)))
                .await
                .expect("is there")
                .already
        );
        assert_eq!(detail(&db, made.id).await.skp.period_end, date(2026, 6, 30));
        let start = Some(date(2026, 7, 1));
        assert!(
            !create(&db, &w.ctx, owner, CreateInput { start, ..new(2026) })
                .await
                .expect("creates")
                .already
        );

        let report = audit::verify(&db, w.agency).await.expect("verifies");
        assert!(report.problems.is_empty(), "{report:?}");
    })
    .await;
}

#[tokio::test]
async fn whoever_comes_late_sees_what_is_there() {
    on_each_engine(async |db: Db| {
        let w = office(&db).await;
        let owner = &w.staff.actor;
        let (skp, first, version) = draft(&db, &w, owner).await;
        let stale = save_rhk(&db, &w.ctx, owner, rhk(skp, 1, "Menyusun yang lain")).await;
        let Err(EditError::Stale(now)) = stale else {
            panic!("{stale:?}")
        };
        assert_eq!((now.skp.version, now.rhks.len()), (version, 1));
        assert_eq!(now.rhks[0].row.id, first);
        let stale = submit(&db, &w.ctx, owner, step(skp, 1)).await;
        assert!(matches!(stale, Err(StepError::Stale(_))), "{stale:?}");
    })
    .await;
}

#[tokio::test]
async fn nobody_else_writes_or_decides() {
    on_each_engine(async |db: Db| {
        let w = office(&db).await;
        let (skp, _, version) = draft(&db, &w, &w.staff.actor).await;
        for (actor, expected) in [
            (&w.head.actor, Denied::Refused),
            (&w.chief.actor, Denied::Refused),
            (&w.admin(), Denied::Refused),
            (&w.colleague.actor, Denied::Hidden),
            (&w.stranger.actor, Denied::Hidden),
        ] {
            let saved = save_rhk(&db, &w.ctx, actor, rhk(skp, version, "Menyusun")).await;
            assert!(matches!(saved, Err(EditError::Denied(d)) if d == expected), "{saved:?}");
            let sent = submit(&db, &w.ctx, actor, step(skp, version)).await;
            assert!(matches!(sent, Err(StepError::Denied(d)) if d == expected), "{sent:?}");
        }
        let sent = submit(&db, &w.ctx, &w.staff.actor, step(skp, version))
            .await
            .expect("hands in");
        for actor in [&w.staff.actor, &w.chief.actor, &w.admin(), &w.colleague.actor] {
            let done = approve(&db, &w.ctx, actor, step(skp, sent.version)).await;
            assert!(matches!(done, Err(StepError::Denied(_))), "{done:?}");
        }
        let mut foreign = w.head.actor.clone();
        foreign.agency = w.ctx.new_id();
        let done = approve(&db, &w.ctx, &foreign, step(skp, sent.version)).await;
        assert!(matches!(done, Err(StepError::Denied(Denied::Hidden))), "{done:?}");

        // handed in, it is closed to its owner
        let late = save_rhk(&db, &w.ctx, &w.staff.actor, rhk(skp, sent.version, "Menyusun")).await;
        assert!(
            matches!(late, Err(EditError::NotEditable(Status::Diajukan))),
            "{late:?}"
        );
        let wish = ExpectationsInput {
            skp,
            version: sent.version,
            expectations: vec![],
        };
        let late = save_expectations(&db, &w.ctx, &w.staff.actor, wish.clone()).await;
        assert!(
            matches!(late, Err(EditError::NotEditable(Status::Diajukan))),
            "{late:?}"
        );
        let hidden = save_expectations(&db, &w.ctx, &w.colleague.actor, wish).await;
        assert!(matches!(hidden, Err(EditError::Denied(Denied::Hidden))), "{hidden:?}");
        let empty = ReturnInput {
            step: step(skp, sent.version),
            remark: " ".into(),
        };
        let empty = return_with_remarks(&db, &w.ctx, &w.head.actor, empty).await;
        assert!(matches!(empty, Err(StepError::Remark(_))), "{empty:?}");
        let early = CloseInput {
            step: step(skp, sent.version),
            last_day: TODAY,
            remark: String::new(),
        };
        let early = close(&db, &w.ctx, &w.head.actor, early).await;
        assert!(
            matches!(early, Err(CloseError::Step(StepError::WrongState(_)))),
            "{early:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn fifty_taps_hand_in_once() {
    on_each_engine(async |db: Db| {
        let w = office(&db).await;
        let (skp, _, version) = draft(&db, &w, &w.staff.actor).await;
        let taps: Vec<_> = (0..50)
            .map(|_| {
                let (db, ctx, actor) = (db.clone(), w.ctx.clone(), w.staff.actor.clone());
                tokio::spawn(async move { submit(&db, &ctx, &actor, step(skp, version)).await })
            })
            .collect();
        let mut first = 0;
        for tap in taps {
            match tap.await.expect("runs") {
                Ok(stepped) => first += i32::from(!stepped.already),
                // so many at once may be told to try again, but never twice yes
                Err(StepError::Internal(db::Error::Conflict)) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!(first, 1);
        let now = detail(&db, skp).await;
        assert_eq!(now.events.iter().filter(|e| e.status_to == Status::Diajukan).count(), 1);
    })
    .await;
}
