//! The life of evaluations on both engines: every command, every rule, every race.

mod world;

use db::Db;
use evaluation::commands::{
    FinaliseError, FinaliseInput, OpenError, OpenPeriodError, RateError, RateInput, ReceiveError, SetError, finalise,
    open, open_period, rate, receive, set_achievement,
};
use evaluation::model::{RateProblem, Status};
use evaluation::queries;
use jiff::civil::date;
use kernel::{EvaluationId, Id, Period};
use policy::{Actor, Denied};
use regulation::distribution::Violation;
use regulation::rating::{CapaianOrganisasi, Predikat, Rating};
use testkit::on_each_engine;
use world::{BASIS, REASON, WHEN, World, ratings, world};

fn rating(evaluation: EvaluationId, version: i64, result: Option<Rating>, behaviour: Option<Rating>) -> RateInput {
    RateInput {
        evaluation,
        version,
        rating: ratings(result, behaviour),
        is_draft: false,
    }
}

fn last_step(evaluation: EvaluationId, version: i64, reason: &str) -> FinaliseInput {
    FinaliseInput {
        evaluation,
        version,
        pattern_reason: reason.into(),
    }
}

const BOTH: Option<Rating> = Some(Rating::Sesuai);

async fn set(db: &Db, world: &World, achievement: CapaianOrganisasi, version: i64) -> Result<i64, SetError> {
    let input = world.achievement(world.dinas, achievement, version);
    set_achievement(db, &world.ctx, &world.mayor.actor, &input).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_achievement_is_set_one_level_above() {
    on_each_engine(async |db: Db| {
        let world = world(&db).await;
        let good = world.achievement(world.dinas, CapaianOrganisasi::Baik, 0);
        for nobody in [
            &world.chief.actor,
            &world.staff[0].actor,
            &world.stranger.actor,
            &world.admin(),
        ] {
            let refused = set_achievement(&db, &world.ctx, nobody, &good).await;
            assert!(matches!(refused, Err(SetError::Denied(_))));
        }
        let nowhere = world.achievement(Id::from_uuid(world.chief.id.uuid()), CapaianOrganisasi::Baik, 0);
        let gone = set_achievement(&db, &world.ctx, &world.mayor.actor, &nowhere).await;
        assert!(matches!(gone, Err(SetError::NotFound)));
        let impersonal = Actor {
            person: None,
            ..world.mayor.actor.clone()
        };
        let none = set_achievement(&db, &world.ctx, &impersonal, &good).await;
        assert!(matches!(none, Err(SetError::NoPerson)));
        for (year, period) in [(2027, Period::Tw1), (1900, Period::Tw1)] {
            let mut early = good.clone();
            (early.year, early.period) = (year, period);
            let early = set_achievement(&db, &world.ctx, &world.mayor.actor, &early).await;
            assert!(matches!(early, Err(SetError::PeriodNotBegun)));
        }
        for (basis, forbidden) in [("Baik", false), ("a\u{202E}b", true)] {
            let mut weak = good.clone();
            weak.basis = basis.into();
            let weak = set_achievement(&db, &world.ctx, &world.mayor.actor, &weak).await;
            assert_eq!(matches!(weak, Err(SetError::Basis(_))), forbidden);
            assert_eq!(matches!(weak, Err(SetError::BasisTooShort)), !forbidden);
        }
        assert_eq!(set(&db, &world, CapaianOrganisasi::Baik, 0).await.expect("set"), 1);
        let lost = set(&db, &world, CapaianOrganisasi::Istimewa, 0).await;
        assert!(matches!(lost, Err(SetError::Stale(Some(now))) if now.achievement == CapaianOrganisasi::Baik));
        assert_eq!(
            set(&db, &world, CapaianOrganisasi::Istimewa, 1).await.expect("changed"),
            2
        );

        let units = db::read!(db, async |tx| queries::achievements(tx, world.agency, "KOTA/", WHEN)
            .await);
        let units = units.expect("readable");
        assert_eq!(units.len(), 3);
        let dinas = units.iter().find(|u| u.unit_id == world.dinas).expect("there");
        assert_eq!(
            (dinas.achievement, dinas.version),
            (Some(CapaianOrganisasi::Istimewa), 2)
        );
        assert_eq!(dinas.basis.as_deref(), Some(BASIS));
        assert_eq!(dinas.set_by_name.as_deref(), Some("Orang Uji 01, S.E."));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn evaluations_are_opened_once() {
    on_each_engine(async |db: Db| {
        let world = world(&db).await;
        let (ctx, chief) = (&world.ctx, &world.chief.actor);
        let plan = world.skp(&db, &world.staff[0], skp::Status::Disetujui, None).await;
        let first = open(&db, ctx, chief, plan.skp, Period::Tw3).await.expect("opened");
        assert_eq!(
            open(&db, ctx, chief, plan.skp, Period::Tw3).await.expect("the same"),
            first
        );
        let own = open(&db, ctx, &world.staff[0].actor, plan.skp, Period::Tw2).await;
        assert!(matches!(own, Err(OpenError::Denied(Denied::Refused))));
        let gone = open(&db, ctx, chief, Id::from_uuid(plan.rhk.uuid()), Period::Tw3).await;
        assert!(matches!(gone, Err(OpenError::NotFound)));
        let draft = world.skp(&db, &world.staff[1], skp::Status::Draf, None).await;
        let early = open(&db, ctx, chief, draft.skp, Period::Tw3).await;
        assert!(matches!(early, Err(OpenError::SkpNotApproved)));
        let future = open(&db, ctx, chief, plan.skp, Period::M11).await;
        assert!(matches!(future, Err(OpenError::PeriodOutside)));

        // a whole unit at once: the approved ones that were not opened
        for member in &world.staff[2..5] {
            world.skp(&db, member, skp::Status::Disetujui, None).await;
        }
        let refused = open_period(&db, ctx, chief, world.dinas, WHEN).await;
        assert!(matches!(refused, Err(OpenPeriodError::Denied(_))));
        let admin = world.admin();
        let gone = open_period(&db, ctx, &admin, Id::from_uuid(plan.skp.uuid()), WHEN).await;
        assert!(matches!(gone, Err(OpenPeriodError::NotFound)));
        let early = open_period(&db, ctx, &admin, world.dinas, (2027, Period::Tw1)).await;
        assert!(matches!(early, Err(OpenPeriodError::PeriodNotBegun)));
        assert_eq!(
            open_period(&db, ctx, &admin, world.city, WHEN).await.expect("opened"),
            3
        );
        assert_eq!(
            open_period(&db, ctx, &admin, world.city, WHEN)
                .await
                .expect("nothing left"),
            0
        );

        let mut alone = world.stranger.clone();
        alone.superior = None;
        let orphan = world.skp(&db, &alone, skp::Status::Disetujui, None).await;
        let nobody = open(&db, ctx, chief, orphan.skp, Period::Tw3).await;
        assert!(matches!(nobody, Err(OpenError::Denied(Denied::Hidden))));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_evaluation_follows_the_plan_to_a_new_assessor() {
    on_each_engine(async |db: Db| {
        let world = world(&db).await;
        let (ctx, chief, mayor) = (&world.ctx, &world.chief.actor, &world.mayor.actor);
        set(&db, &world, CapaianOrganisasi::Baik, 0).await.expect("set");
        let moved = world.opened(&db, &world.staff[0]).await;
        let done = world.opened(&db, &world.staff[1]).await;
        rate(&db, ctx, chief, &rating(done, 1, BOTH, BOTH))
            .await
            .expect("rated");
        finalise(&db, ctx, chief, &last_step(done, 2, "")).await.expect("final");
        let assessor = async |id| {
            let page = db::read!(db, async |tx| queries::page(tx, ctx, mayor, id).await)
                .expect("seen")
                .page;
            (page.row.assessor_id, page.row.skp_id)
        };
        db::write!(db, async |tx| tx
            .exec(db::sql!("UPDATE skp SET assessor_id = $1"), db::args![world.mayor.id])
            .await)
        .expect("moved");
        for id in [moved, done] {
            let (_, skp) = assessor(id).await;
            assert_eq!(open(&db, ctx, mayor, skp, WHEN.1).await.expect("opened"), id);
        }
        assert_eq!(assessor(moved).await.0, world.mayor.id);
        assert_eq!(assessor(done).await.0, world.chief.id);
        let before = rate(&db, ctx, chief, &rating(moved, 2, BOTH, BOTH)).await;
        assert!(matches!(before, Err(RateError::Denied(Denied::Refused))));
        rate(&db, ctx, mayor, &rating(moved, 2, BOTH, BOTH))
            .await
            .expect("rated by the new one");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ratings_are_given_by_the_assessor_with_reasons() {
    on_each_engine(async |db: Db| {
        let world = world(&db).await;
        let (ctx, chief) = (&world.ctx, &world.chief.actor);
        let id = world.opened(&db, &world.staff[0]).await;
        for (nobody, denied) in [
            (&world.staff[0].actor, Denied::Refused),
            (&world.mayor.actor, Denied::Refused),
            (&world.stranger.actor, Denied::Hidden),
        ] {
            let refused = rate(&db, ctx, nobody, &rating(id, 1, BOTH, BOTH)).await;
            assert!(matches!(refused, Err(RateError::Denied(d)) if d == denied));
        }
        let gone = rate(
            &db,
            ctx,
            chief,
            &rating(Id::from_uuid(world.dinas.uuid()), 1, BOTH, BOTH),
        )
        .await;
        assert!(matches!(gone, Err(RateError::NotFound)));
        let mut bare = rating(id, 1, Some(Rating::DiAtas), None);
        bare.rating.result_reason = "Bagus".into();
        let bare = rate(&db, ctx, chief, &bare).await;
        let problems = [RateProblem::BehaviourMissing, RateProblem::ResultReasonTooShort];
        assert!(matches!(bare, Err(RateError::Invalid(found)) if found == problems));

        // a draft keeps half of it and changes no state
        let mut half = rating(id, 1, Some(Rating::DiAtas), None);
        half.is_draft = true;
        let kept = rate(&db, ctx, chief, &half).await.expect("kept");
        assert_eq!((kept.version, kept.predikat), (2, None));
        let early = finalise(&db, ctx, chief, &last_step(id, 2, "")).await;
        assert!(matches!(early, Err(FinaliseError::AchievementMissing)));

        let rated = rate(&db, ctx, chief, &rating(id, 2, Some(Rating::DiAtas), BOTH))
            .await
            .expect("rated");
        assert_eq!((rated.version, rated.predikat), (3, Some(Predikat::Baik)));
        let lost = rate(&db, ctx, chief, &rating(id, 2, BOTH, BOTH)).await;
        assert!(matches!(lost, Err(RateError::Stale(now)) if now.result_rating == Some(Rating::DiAtas)));

        // two windows at once: one wins, the other sees the winner's values
        let input = rating(id, 3, BOTH, BOTH);
        let (one, two) = tokio::join!(rate(&db, ctx, chief, &input), rate(&db, ctx, chief, &input));
        let stale = [&one, &two]
            .iter()
            .filter(|r| matches!(r, Err(RateError::Stale(_))))
            .count();
        assert_eq!((stale, one.is_ok() || two.is_ok()), (1, true));
        let row = db::read!(db, async |tx| queries::page(tx, ctx, chief, id).await)
            .expect("seen")
            .page
            .row;
        // nothing was realised: nothing is proposed, and the missing value is told
        assert_eq!((row.version, row.proposed_result), (4, None));
        assert_eq!(row.stored_proposal().map(|p| p.tally.missing), Some(1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_head_is_rated_by_the_unit() {
    on_each_engine(async |db: Db| {
        let world = world(&db).await;
        let (ctx, mayor) = (&world.ctx, &world.mayor.actor);
        let id = world.opened(&db, &world.chief).await;
        let early = rate(&db, ctx, mayor, &rating(id, 1, None, BOTH)).await;
        assert!(matches!(early, Err(RateError::AchievementMissing)));
        set(&db, &world, CapaianOrganisasi::Istimewa, 0).await.expect("set");
        let chosen = rate(&db, ctx, mayor, &rating(id, 1, BOTH, BOTH)).await;
        assert!(matches!(chosen, Err(RateError::Invalid(p)) if p == [RateProblem::ResultIsDerived]));
        let rated = rate(&db, ctx, mayor, &rating(id, 1, None, Some(Rating::DiAtas)))
            .await
            .expect("rated");
        assert_eq!(rated.predikat, Some(Predikat::SangatBaik));
        // the achievement changes while it is open: the rating follows, and an old page is stale
        set(&db, &world, CapaianOrganisasi::Kurang, 1).await.expect("changed");
        let stale = finalise(&db, ctx, mayor, &last_step(id, rated.version, "")).await;
        assert!(matches!(stale, Err(FinaliseError::Stale(now)) if now.predikat == Some(Predikat::ButuhPerbaikan)));
        let done = finalise(&db, ctx, mayor, &last_step(id, rated.version + 1, ""))
            .await
            .expect("final");
        assert_eq!((done.predikat, done.violations), (Predikat::ButuhPerbaikan, vec![]));
        let late = set(&db, &world, CapaianOrganisasi::Baik, 2).await;
        assert!(matches!(late, Err(SetError::EvaluationsFinal(1))));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_leaves_its_pattern_needs_a_reason() {
    on_each_engine(async |db: Db| {
        let world = world(&db).await;
        let (ctx, chief) = (&world.ctx, &world.chief.actor);
        set(&db, &world, CapaianOrganisasi::Baik, 0).await.expect("set");
        let mut ids = Vec::new();
        for member in &world.staff {
            ids.push(world.opened(&db, member).await);
        }
        let unrated = finalise(&db, ctx, chief, &last_step(ids[0], 1, "")).await;
        assert!(matches!(unrated, Err(FinaliseError::NotRated)));
        for id in &ids[..4] {
            rate(&db, ctx, chief, &rating(*id, 1, BOTH, BOTH)).await.expect("rated");
        }
        // four people: too few to judge
        let first = finalise(&db, ctx, chief, &last_step(ids[0], 2, ""))
            .await
            .expect("final");
        assert_eq!(
            (first.predikat, first.version, first.violations),
            (Predikat::Baik, 3, vec![])
        );
        for id in &ids[4..] {
            rate(&db, ctx, chief, &rating(*id, 1, BOTH, BOTH)).await.expect("rated");
        }
        // seven of seven Baik: above 70 %, and nobody below
        let outside = [Violation::BMax70, Violation::BpOrKRequired];
        let bare = finalise(&db, ctx, chief, &last_step(ids[1], 2, "sudah sesuai")).await;
        assert!(matches!(bare, Err(FinaliseError::PatternReasonMissing(v)) if v == outside));
        let odd = finalise(&db, ctx, chief, &last_step(ids[1], 2, "a\u{202E}b")).await;
        assert!(matches!(odd, Err(FinaliseError::PatternReason(_))));
        let done = finalise(&db, ctx, chief, &last_step(ids[1], 2, REASON))
            .await
            .expect("final");
        assert_eq!(done.violations, outside);
        let again = finalise(&db, ctx, chief, &last_step(ids[1], 3, REASON)).await;
        assert!(matches!(again, Err(FinaliseError::AlreadyFinal)));
        let changed = rate(&db, ctx, chief, &rating(ids[1], 3, BOTH, BOTH)).await;
        assert!(matches!(changed, Err(RateError::AlreadyFinal)));

        // two final clicks at once: one wins
        let input = last_step(ids[2], 2, REASON);
        let (one, two) = tokio::join!(finalise(&db, ctx, chief, &input), finalise(&db, ctx, chief, &input));
        let stale = [&one, &two]
            .iter()
            .filter(|r| matches!(r, Err(FinaliseError::Stale(_))))
            .count();
        assert_eq!((stale, one.is_ok() || two.is_ok()), (1, true));

        for nobody in [&world.staff[3].actor, &world.mayor.actor] {
            let refused = finalise(&db, ctx, nobody, &last_step(ids[3], 2, REASON)).await;
            assert!(matches!(refused, Err(FinaliseError::Denied(Denied::Refused))));
        }
        let gone = finalise(&db, ctx, chief, &last_step(Id::from_uuid(world.dinas.uuid()), 1, "")).await;
        assert!(matches!(gone, Err(FinaliseError::NotFound)));

        let distribution = db::read!(db, async |tx| {
            queries::distribution(tx, world.agency, world.dinas, WHEN, world::TODAY).await
        })
        .expect("readable");
        assert_eq!(
            (distribution.n(), distribution.provisional, distribution.unrated),
            (7, 4, 0)
        );
        assert_eq!(distribution.counts.of(Predikat::Baik), 7);
        assert_eq!(distribution.mode_as_expected, Some(true));

        // where the agency says so, the pattern blocks
        db::write!(db, async |tx| tx
            .exec(
                db::sql!(
                    "INSERT INTO setting (agency_id, key, effective_from, value, legal_basis, changed_at) \
                     VALUES ($1, 'distribution.block', '2026-01-01', 'YA', 'uji', 0)"
                ),
                db::args![world.agency],
            )
            .await)
        .expect("a setting");
        let blocked = finalise(&db, ctx, chief, &last_step(ids[3], 2, REASON)).await;
        assert!(matches!(blocked, Err(FinaliseError::PatternBlocked(v)) if v == outside));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_days_for_an_objection_count_from_reading() {
    on_each_engine(async |db: Db| {
        let world = world(&db).await;
        let (ctx, chief, me) = (&world.ctx, &world.chief.actor, &world.staff[0].actor);
        set(&db, &world, CapaianOrganisasi::Baik, 0).await.expect("set");
        let id = world.opened(&db, &world.staff[0]).await;
        rate(&db, ctx, chief, &rating(id, 1, BOTH, Some(Rating::DiAtas)))
            .await
            .expect("rated");
        let early = receive(&db, ctx, me, id).await;
        assert!(matches!(early, Err(ReceiveError::NotFinal)));

        // before it is final the employee learns nothing of it
        let mine = db::read!(db, async |tx| queries::of_person(tx, world.agency, world.staff[0].id)
            .await);
        let mine = mine.expect("readable");
        assert_eq!((mine[0].status, mine[0].predikat), (Status::BelumDinilai, None));
        let page = db::read!(db, async |tx| queries::page(tx, ctx, me, id).await)
            .expect("seen")
            .page;
        assert_eq!((page.row.predikat, page.row.behaviour_rating), (None, None));
        assert_eq!(page.row.behaviour_reason, "");

        finalise(&db, ctx, chief, &last_step(id, 2, "")).await.expect("final");
        let not_mine = receive(&db, ctx, chief, id).await;
        assert!(matches!(not_mine, Err(ReceiveError::Denied(Denied::Refused))));
        let gone = receive(&db, ctx, me, Id::from_uuid(world.dinas.uuid())).await;
        assert!(matches!(gone, Err(ReceiveError::NotFound)));
        // it waits for weeks: the days begin when it is read, half past midnight of the office's 3 November
        world.wait(29);
        let read = receive(&db, ctx, me, id).await.expect("read");
        assert_eq!(read.objection_until, Some(date(2026, 11, 17)));
        world.wait(3);
        assert_eq!(receive(&db, ctx, me, id).await.expect("harmless"), read);
        let mine = db::read!(db, async |tx| queries::of_person(tx, world.agency, world.staff[0].id)
            .await);
        let mine = mine.expect("readable");
        assert_eq!(
            (mine[0].status, mine[0].predikat),
            (Status::Diterima, Some(Predikat::Baik))
        );
        assert_eq!(mine[0].assessor_name, "Orang Uji 02, S.E.");
    })
    .await;
}
