use db::Db;
use feedback::commands::{GiveError, GiveInput, give};
use feedback::{GiverRole, Tone, Topic, queries};
use kernel::{Period, SkpId};
use policy::Denied;
use regulation::berakhlak::Value;
use skp::Status;
use testkit::on_each_engine;

use crate::world::{TODAY, noon, office};

fn remark(skp: SkpId, topic: Topic, key: &str) -> GiveInput {
    GiveInput {
        skp,
        topic,
        period: Period::Tw2,
        tone: Tone::Positif,
        text: "Laporan selesai sebelum waktunya".into(),
        submit_key: format!("kunci-{key}"),
    }
}

#[tokio::test]
async fn superiors_give_and_the_period_shows() {
    on_each_engine(async |db: Db| {
        let w = office(&db).await;
        let made = w.skp(&db, &w.staff, Status::Disetujui).await;
        let rhk = Topic::Rhk(made.rhk);
        let first = give(&db, &w.ctx, &w.head.actor, remark(made.skp, rhk, "satu"))
            .await
            .expect("gives");
        let again = give(&db, &w.ctx, &w.head.actor, remark(made.skp, rhk, "satu"))
            .await
            .expect("is there");
        assert_eq!(
            (again.id, again.saved_at, first.already, again.already),
            (first.id, first.saved_at, false, true)
        );
        assert_eq!(first.saved_at, noon(TODAY));
        let above = GiveInput {
            tone: Tone::PerluPerbaikan,
            ..remark(made.skp, rhk, "satu")
        };
        give(&db, &w.ctx, &w.chief.actor, above).await.expect("gives");
        for (value, key) in [(Value::Kolaboratif, "dua"), (Value::Akuntabel, "tiga")] {
            give(&db, &w.ctx, &w.head.actor, remark(made.skp, Topic::Value(value), key))
                .await
                .expect("gives");
        }

        let (grouped, latest, counts) = db::read!(db, async |tx| {
            let grouped = queries::of_period(tx, made.skp, 2026, Period::Tw2).await?;
            let latest = queries::latest(tx, made.skp, 2).await?;
            let counts = queries::counts(tx, &[made.skp], 2026, Period::Tw2).await?;
            Ok::<_, db::Error>((grouped, latest, counts))
        })
        .expect("reads");
        let mut roles: Vec<_> = grouped
            .of_rhk(made.rhk)
            .iter()
            .map(|f| (f.giver_role, f.tone))
            .collect();
        roles.sort();
        assert_eq!(
            roles,
            [
                (GiverRole::Atasan, Tone::Positif),
                (GiverRole::AtasanDariAtasan, Tone::PerluPerbaikan)
            ]
        );
        assert_eq!(
            grouped.values.iter().map(|(v, _)| *v).collect::<Vec<_>>(),
            [Value::Akuntabel, Value::Kolaboratif]
        );
        assert_eq!(
            (
                grouped.of_value(Value::Akuntabel).len(),
                grouped.of_value(Value::Loyal).len()
            ),
            (1, 0)
        );
        assert_eq!((grouped.count(), latest.len(), counts), (4, 2, vec![(made.skp, 4)]));
        let other = db::read!(db, async |tx| queries::of_period(tx, made.skp, 2026, Period::Tw1).await).expect("reads");
        assert_eq!(other.count(), 0);
        let report = audit::verify(&db, w.agency).await.expect("verifies");
        assert!(report.problems.is_empty(), "{report:?}");
    })
    .await;
}

#[tokio::test]
async fn what_may_not_be_said_is_refused() {
    on_each_engine(async |db: Db| {
        let w = office(&db).await;
        let made = w.skp(&db, &w.staff, Status::Disetujui).await;
        let topic = Topic::Value(Value::Loyal);
        for (actor, expected) in [
            (&w.staff.actor, Denied::Refused),
            (&w.admin(), Denied::Refused),
            (&w.colleague.actor, Denied::Hidden),
            (&w.stranger.actor, Denied::Hidden),
        ] {
            let refused = give(&db, &w.ctx, actor, remark(made.skp, topic, "lain")).await;
            assert!(
                matches!(refused, Err(GiveError::Denied(d)) if d == expected),
                "{refused:?}"
            );
        }
        let boss = &w.head.actor;
        let draft = w.skp(&db, &w.colleague, Status::Diajukan).await;
        let early = give(&db, &w.ctx, boss, remark(draft.skp, topic, "awal")).await;
        assert!(matches!(early, Err(GiveError::NotApproved)), "{early:?}");
        let foreign = give(&db, &w.ctx, boss, remark(made.skp, Topic::Rhk(draft.rhk), "asing")).await;
        assert!(matches!(foreign, Err(GiveError::NotFound)), "{foreign:?}");
        let unknown = give(&db, &w.ctx, boss, remark(w.ctx.new_id(), topic, "tak-ada")).await;
        assert!(matches!(unknown, Err(GiveError::NotFound)), "{unknown:?}");
        let future = GiveInput {
            period: Period::Tw3,
            ..remark(made.skp, topic, "nanti")
        };
        let future = give(&db, &w.ctx, boss, future).await;
        assert!(matches!(future, Err(GiveError::PeriodOutside)), "{future:?}");
        let empty = GiveInput {
            text: "\n".into(),
            ..remark(made.skp, topic, "kosong")
        };
        let empty = give(&db, &w.ctx, boss, empty).await;
        assert!(matches!(empty, Err(GiveError::Text(_))), "{empty:?}");
        let key = GiveInput {
            submit_key: "x".into(),
            ..remark(made.skp, topic, "kunci")
        };
        let key = give(&db, &w.ctx, boss, key).await;
        assert!(matches!(key, Err(GiveError::Key)), "{key:?}");
        db::write!(db, async |tx| journal::commands::lock_period(
            tx,
            &w.ctx,
            made.skp,
            2026,
            Period::Tw2
        )
        .await)
        .expect("locks");
        let locked = give(&db, &w.ctx, boss, remark(made.skp, topic, "telat")).await;
        assert!(matches!(locked, Err(GiveError::PeriodLocked)), "{locked:?}");
    })
    .await;
}
