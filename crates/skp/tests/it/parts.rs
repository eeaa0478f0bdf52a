//! The parts of an SKP and where they belong, on both engines.

use db::Db;
use jiff::civil::date;
use policy::Denied;
use skp::commands::{
    AnnexInput, CreateError, CreateInput, EditError, IkiInput, RemoveIkiInput, RemoveRhkInput, ReorderRhkInput,
    StepError, create, remove_iki, remove_rhk, reorder_rhk, save_annex, save_iki, save_rhk, submit, withdraw,
};
use skp::model::{AnnexKind, Aspect, Direction, Family, FindingCode, Perspective, Source};
use skp::queries;
use testkit::on_each_engine;

use crate::drafting::{detail, draft, iki, new, rhk, step};
use crate::world::office;

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
