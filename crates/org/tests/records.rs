//! Records of people, their numbers and ranks.

mod world;

use db::Db;
use jiff::civil::date;
use org::commands::people::{self, PersonError, RecordInput};
use org::model::{Grade, PersonStatus, SuperiorBasis};
use org::queries;
use regulation::nip::NipKind;
use testkit::on_each_engine;
use world::{City, TODAY, actor, admin, city, record, today_of};

#[tokio::test(flavor = "multi_thread")]
async fn records_numbers_and_ranks() {
    on_each_engine(async |db: Db| {
        let City { w, staff, kabid, .. } = city(&db).await;
        let (ctx, agency, chief) = (&w.ctx, w.agency, admin(w.agency));
        let active = PersonStatus::Active;
        let new = people::create(
            &db,
            ctx,
            &chief,
            record("Ni Luh Ayu", active),
            Some("19950615 202421 2 903"),
        )
        .await;
        let new = new.expect("made");
        let row = today_of(&db, agency, new).await;
        assert_eq!(
            (row.full_name.as_str(), row.number_kind),
            ("Dr. Ni Luh Ayu", Some(NipKind::Pppk))
        );
        assert_eq!(row.superior_basis, SuperiorBasis::None);

        people::set_number(
            &db,
            ctx,
            &chief,
            new,
            "199506152026212904",
            NipKind::Pppk,
            date(2027, 1, 1),
        )
        .await
        .expect("a new contract");
        people::set_number(
            &db,
            ctx,
            &chief,
            new,
            "199506152026212904",
            NipKind::Pppk,
            date(2027, 1, 1),
        )
        .await
        .expect("twice is harmless");
        let page = db::read!(db, async |tx| queries::person_page(tx, agency, new).await)
            .expect("readable")
            .expect("there");
        assert_eq!(page.numbers.len(), 2);
        assert_eq!(page.numbers[1].valid_to, Some(date(2026, 12, 31)));
        let early = people::set_number(&db, ctx, &chief, new, "199506152026212905", NipKind::Pppk, TODAY).await;
        assert!(matches!(early, Err(PersonError::Dates)), "{early:?}");
        let wrong = people::set_number(&db, ctx, &chief, new, "123", NipKind::Pppk, date(2028, 1, 1)).await;
        assert!(matches!(wrong, Err(PersonError::Number(_))), "{wrong:?}");
        let taken = people::set_number(
            &db,
            ctx,
            &chief,
            staff,
            "199506152024212903",
            NipKind::Pppk,
            date(2028, 1, 1),
        )
        .await;
        assert!(matches!(taken, Err(PersonError::NumberTaken)), "{taken:?}");

        let grade = |t| Grade::parse(t).expect("a golongan");
        people::set_rank(&db, ctx, &chief, new, grade("IX"), TODAY)
            .await
            .expect("ranked");
        assert_eq!(today_of(&db, agency, new).await.grade, Some(grade("IX")));
        let misfit = people::set_rank(&db, ctx, &chief, new, grade("III/a"), TODAY).await;
        assert!(matches!(misfit, Err(PersonError::Grade)), "{misfit:?}");

        let edit = async |r, v| people::edit(&db, ctx, &chief, new, r, v).await;
        edit(
            RecordInput {
                email: "Ayu@Uji.go.id".into(),
                ..record("Ni Luh Ayu Lestari", active)
            },
            1,
        )
        .await
        .expect("edited");
        assert!(matches!(
            edit(record("X", active), 1).await,
            Err(PersonError::Stale { version: 2 })
        ));
        assert!(matches!(edit(record("123", active), 2).await, Err(PersonError::Name)));
        let email = RecordInput {
            email: "ayu@".into(),
            ..record("Ayu", active)
        };
        assert!(matches!(edit(email, 2).await, Err(PersonError::Email)));
        let title = RecordInput {
            title_front: "x".repeat(61),
            ..record("Ayu", active)
        };
        assert!(matches!(edit(title, 2).await, Err(PersonError::Title)));
        let theirs = RecordInput {
            email: "ayu@uji.go.id".into(),
            ..record("Ahmad", active)
        };
        let taken = people::edit(&db, ctx, &chief, staff, theirs, 1).await;
        assert!(matches!(taken, Err(PersonError::EmailTaken)), "{taken:?}");
        let plain = actor(agency, Some(kabid), Vec::new());
        let denied = people::edit(&db, ctx, &plain, staff, record("X", active), 1).await;
        assert!(
            matches!(denied, Err(PersonError::Denied(policy::Denied::Refused))),
            "{denied:?}"
        );
        let denied = people::create(&db, ctx, &plain, record("X", active), None).await;
        assert!(matches!(denied, Err(PersonError::Denied(_))), "{denied:?}");
        let nobody = people::set_rank(&db, ctx, &chief, ctx.new_id(), grade("IX"), TODAY).await;
        assert!(matches!(nobody, Err(PersonError::NotFound)), "{nobody:?}");
        // the new name is found at once
        let filter = queries::EmployeeFilter {
            text: "lest".into(),
            ..Default::default()
        };
        let scope = policy::Scope::unscoped(agency);
        let found = db::read!(db, async |tx| queries::employees(tx, &scope, &filter, None).await).expect("readable");
        assert_eq!(found.0.rows.iter().map(|r| r.id).collect::<Vec<_>>(), [new]);
    })
    .await;
}
