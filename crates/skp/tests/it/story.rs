//! The life of an SKP through its commands, on both engines.

use crate::world::{TODAY, World, office};
use db::Db;
use jiff::civil::date;
use kernel::{RhkId, SkpId};
use policy::{Actor, Denied};
use regulation::berakhlak;
use skp::commands::{
    AnnexInput, CloseError, CloseInput, CreateError, CreateInput, EditError, ExpectationsInput, IkiInput,
    RemoveIkiInput, RemoveRhkInput, ReorderRhkInput, ReturnInput, RhkInput, StepError, StepInput, approve, close,
    create, remove_iki, remove_rhk, reorder_rhk, return_with_remarks, save_annex, save_expectations, save_iki,
    save_rhk, submit, withdraw,
};
use skp::model::{
    AnnexKind, Approach, Aspect, Direction, Family, FindingCode, Holder, Perspective, RhkKind, Side, Source, Status,
};
use skp::{Detail, queries};
use testkit::on_each_engine;

fn new(year: i16) -> CreateInput {
    CreateInput {
        year,
        approach: Approach::Kuantitatif,
        start: None,
    }
}

fn rhk(skp: SkpId, version: i64, text: &str) -> RhkInput {
    RhkInput {
        skp,
        version,
        rhk: None,
        kind: RhkKind::Utama,
        text: text.into(),
        parent: None,
        assigned_from: String::new(),
        holder: Holder::Organisasi,
    }
}

fn iki(skp: SkpId, version: i64, rhk: RhkId, target: &str) -> IkiInput {
    IkiInput {
        skp,
        version,
        rhk,
        iki: None,
        aspect: Some(Aspect::Kuantitas),
        perspective: None,
        text: "Jumlah laporan".into(),
        target_text: target.into(),
        direction: None,
        source: Source::Manual,
        service: None,
    }
}

fn step(skp: SkpId, version: i64) -> StepInput {
    StepInput { skp, version }
}

async fn detail(db: &Db, id: SkpId) -> Detail {
    db::read!(db, async |tx| queries::detail(tx, id).await)
        .expect("reads")
        .expect("an SKP")
}

/// A draft with one RHK and one IKI: the SKP, its RHK, and the version.
async fn draft(db: &Db, w: &World, actor: &Actor) -> (SkpId, RhkId, i64) {
    let made = create(db, &w.ctx, actor, new(2026)).await.expect("creates");
    let one = save_rhk(
        db,
        &w.ctx,
        actor,
        rhk(made.id, made.version, "Tersusunnya laporan layanan"),
    )
    .await
    .expect("saves");
    let two = save_iki(db, &w.ctx, actor, iki(made.id, one.version, one.id, "4 laporan"))
        .await
        .expect("saves");
    (made.id, one.id, two.version)
}

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
async fn parts_of_other_plans_are_not_there() {
    on_each_engine(async |db: Db| {
        let w = office(&db).await;
        let owner = &w.staff.actor;
        let (skp, mine, version) = draft(&db, &w, owner).await;
        let (_, theirs, _) = draft(&db, &w, &w.colleague.actor).await;
        let theirs_iki = {
            let d = db::read!(db, async |tx| queries::of_rhk(tx, theirs).await)
                .expect("reads")
                .expect("an SKP");
            detail(&db, d.id).await.rhks[0].ikis[0].id
        };

        let mut input = rhk(skp, version, "Menyusun");
        input.rhk = Some(theirs);
        let saved = save_rhk(&db, &w.ctx, owner, input).await;
        assert!(matches!(saved, Err(EditError::NotFound)), "{saved:?}");
        let saved = save_iki(&db, &w.ctx, owner, iki(skp, version, theirs, "1")).await;
        assert!(matches!(saved, Err(EditError::NotFound)), "{saved:?}");
        let mut input = iki(skp, version, mine, "1");
        input.iki = Some(theirs_iki);
        let saved = save_iki(&db, &w.ctx, owner, input).await;
        assert!(matches!(saved, Err(EditError::NotFound)), "{saved:?}");
        let gone = remove_iki(
            &db,
            &w.ctx,
            owner,
            RemoveIkiInput {
                skp,
                version,
                iki: theirs_iki,
            },
        )
        .await;
        assert!(matches!(gone, Err(EditError::NotFound)), "{gone:?}");
        let gone = remove_rhk(
            &db,
            &w.ctx,
            owner,
            RemoveRhkInput {
                skp,
                version,
                rhk: theirs,
                detach: true,
            },
        )
        .await;
        assert!(matches!(gone, Err(EditError::NotFound)), "{gone:?}");
        let order = ReorderRhkInput {
            skp,
            version,
            utama: vec![theirs],
            tambahan: vec![],
        };
        let order = reorder_rhk(&db, &w.ctx, owner, order).await;
        assert!(matches!(order, Err(EditError::WrongOrder)), "{order:?}");
        let order = ReorderRhkInput {
            skp,
            version,
            utama: vec![mine],
            tambahan: vec![mine],
        };
        let order = reorder_rhk(&db, &w.ctx, owner, order).await;
        assert!(matches!(order, Err(EditError::WrongOrder)), "{order:?}");
        let mut input = rhk(skp, version, "Menyusun");
        input.parent = Some(theirs);
        let saved = save_rhk(&db, &w.ctx, owner, input).await;
        assert!(matches!(saved, Err(EditError::ParentNotOffered)), "{saved:?}");
        let unknown = submit(&db, &w.ctx, owner, step(w.ctx.new_id(), 1)).await;
        assert!(matches!(unknown, Err(StepError::NotFound)), "{unknown:?}");
    })
    .await;
}

#[tokio::test]
async fn rules_of_the_parts_hold() {
    on_each_engine(async |db: Db| {
        let w = office(&db).await;
        let owner = &w.staff.actor;
        let (skp, mine, version) = draft(&db, &w, owner).await;
        let with = |change: &dyn Fn(&mut IkiInput)| {
            let mut input = iki(skp, version, mine, "tepat waktu");
            change(&mut input);
            input
        };
        let saved = save_iki(
            &db,
            &w.ctx,
            owner,
            with(&|i| i.perspective = Some(Perspective::Anggaran)),
        )
        .await;
        assert!(matches!(saved, Err(EditError::WrongClassification)), "{saved:?}");
        let saved = save_iki(
            &db,
            &w.ctx,
            owner,
            with(&|i| i.direction = Some(Direction::MakinTinggi)),
        )
        .await;
        assert!(matches!(saved, Err(EditError::WrongDirection)), "{saved:?}");
        let saved = save_iki(&db, &w.ctx, owner, with(&|i| i.source = Source::Layanan)).await;
        assert!(matches!(saved, Err(EditError::ServiceMissing)), "{saved:?}");
        let service = Some(w.ctx.new_id());
        let saved = save_iki(
            &db,
            &w.ctx,
            owner,
            with(&|i| (i.source, i.service) = (Source::Layanan, service)),
        )
        .await;
        assert!(matches!(saved, Err(EditError::ServiceNotFitting)), "{saved:?}");
        let saved = save_iki(&db, &w.ctx, owner, with(&|i| i.target_text = "x".repeat(121))).await;
        assert!(matches!(saved, Err(EditError::Text { .. })), "{saved:?}");
        let annex = AnnexInput {
            skp,
            version,
            kind: AnnexKind::Konsekuensi,
            lines: vec![String::new(); 31],
        };
        let annex = save_annex(&db, &w.ctx, owner, annex).await;
        assert!(matches!(annex, Err(EditError::TooMany(30))), "{annex:?}");
        let quality = with(&|i| (i.source, i.service, i.aspect) = (Source::Layanan, service, Some(Aspect::Kualitas)));
        let mut version = save_iki(&db, &w.ctx, owner, quality).await.expect("saves").version;
        for n in 2..=20 {
            version = save_iki(&db, &w.ctx, owner, iki(skp, version, mine, "1"))
                .await
                .map_or(version, |s| s.version);
            let count = detail(&db, skp).await.rhks[0].ikis.len();
            assert_eq!(count, (n + 1).min(20));
        }
        let full = save_iki(&db, &w.ctx, owner, iki(skp, version, mine, "1")).await;
        assert!(matches!(full, Err(EditError::TooMany(20))), "{full:?}");
    })
    .await;
}

#[tokio::test]
async fn an_rhk_that_others_support_leaves_its_text_behind() {
    on_each_engine(async |db: Db| {
        let w = office(&db).await;
        let boss = &w.head.actor;
        let (above, above_rhk, v) = draft(&db, &w, boss).await;
        let sent = submit(&db, &w.ctx, boss, step(above, v)).await.expect("hands in");
        let (below, mine, v) = draft(&db, &w, &w.staff.actor).await;
        let mut input = rhk(below, v, "Tersusunnya laporan layanan");
        input.rhk = Some(mine);
        input.parent = Some(above_rhk);
        save_rhk(&db, &w.ctx, &w.staff.actor, input).await.expect("links");
        let back = withdraw(&db, &w.ctx, boss, step(above, sent.version))
            .await
            .expect("withdraws");
        let input = RemoveRhkInput {
            skp: above,
            version: back.version,
            rhk: above_rhk,
            detach: false,
        };
        let kept = remove_rhk(&db, &w.ctx, boss, input).await;
        assert!(matches!(kept, Err(EditError::StillSupported(1))), "{kept:?}");
        remove_rhk(&db, &w.ctx, boss, RemoveRhkInput { detach: true, ..input })
            .await
            .expect("removes");
        let now = detail(&db, below).await;
        assert_eq!(now.rhks[0].row.parent_rhk_id, None);
        assert_eq!(now.rhks[0].row.assigned_from, "Tersusunnya laporan layanan");
    })
    .await;
}

#[tokio::test]
async fn a_plan_is_made_only_where_one_is_due() {
    on_each_engine(async |db: Db| {
        let w = office(&db).await;
        let year = create(&db, &w.ctx, &w.staff.actor, new(2028)).await;
        assert!(matches!(year, Err(CreateError::YearOutOfRange)), "{year:?}");
        let start = CreateInput {
            start: Some(date(2027, 1, 1)),
            ..new(2026)
        };
        let start = create(&db, &w.ctx, &w.staff.actor, start).await;
        assert!(matches!(start, Err(CreateError::StartOutOfYear)), "{start:?}");
        let nobody = create(&db, &w.ctx, &w.admin(), new(2026)).await;
        assert!(
            matches!(nobody, Err(CreateError::Denied(Denied::Refused))),
            "{nobody:?}"
        );
        let mut unknown = w.staff.actor.clone();
        unknown.person = Some(w.ctx.new_id());
        let unknown = create(&db, &w.ctx, &unknown, new(2026)).await;
        assert!(matches!(unknown, Err(CreateError::NoPosition)), "{unknown:?}");
        let first = create(&db, &w.ctx, &w.staff.actor, new(2026)).await.expect("creates");
        let second = CreateInput {
            start: Some(date(2026, 7, 1)),
            ..new(2026)
        };
        let second = create(&db, &w.ctx, &w.staff.actor, second).await;
        assert!(
            matches!(second, Err(CreateError::OtherOpen(id)) if id == first.id),
            "{second:?}"
        );

        // a chief plans by perspective; without a superior everything works but handing in
        let chief = create(&db, &w.ctx, &w.chief.actor, new(2026)).await.expect("creates");
        let now = detail(&db, chief.id).await;
        assert_eq!((now.skp.family, now.skp.assessor_id), (Family::Perspektif, None));
        let sent = submit(&db, &w.ctx, &w.chief.actor, step(chief.id, chief.version)).await;
        let Err(StepError::Incomplete(findings)) = sent else {
            panic!("{sent:?}")
        };
        assert_eq!(
            findings.iter().map(|f| f.code).collect::<Vec<_>>(),
            [FindingCode::NoSuperior, FindingCode::NoUtama]
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
