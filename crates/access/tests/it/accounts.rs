use access::cli::{CliError, unscoped_create_admin, unscoped_reset_password, unscoped_set_disabled};
use access::commands::{
    AdministerError, CreateAccount, CreateAccountError, create_account, reset_password, set_disabled,
};
use access::queries::{AccountFilter, account, account_of, accounts};
use access::{Stage, TargetError};
use jiff::civil::date;
use kernel::{AccountId, PersonId};
use org::bulk::PersonRow;
use org::model::PersonStatus;
use policy::{Denied, Kind, Role, scope};
use testkit::on_each_engine;

use crate::world::{ADMIN, HOME, PASSWORD, World};

async fn newcomer(w: &World, name: &str) -> PersonId {
    let person = PersonRow {
        id: w.ctx.new_id(),
        name: name.to_owned(),
        title_front: String::new(),
        title_back: String::new(),
        birth_date: None,
        sex: None,
        email: None,
        status: PersonStatus::Active,
    };
    db::write!(w.db, async |tx| {
        org::bulk::people(tx, w.agency, w.ctx.now(), std::slice::from_ref(&person)).await
    })
    .expect("a person");
    person.id
}

#[tokio::test]
async fn accounts_are_made_with_an_issued_password() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let admin = w.as_user(ADMIN).await.actor;
        let person = newcomer(&w, "Wayan").await;
        let create =
            async |actor: &policy::Actor, person: Option<PersonId>, email: Option<&str>, label: Option<&str>| {
                let input = CreateAccount {
                    person,
                    email: email.map(str::to_owned),
                    label: label.map(str::to_owned),
                };
                create_account(&w.db, &w.ctx, &w.gate, actor, input).await
            };
        use CreateAccountError::{Denied as No, Email, EmailTaken, Exists, Label};
        assert!(matches!(
            create(&admin, Some(person), Some("bukan"), None).await,
            Err(Email)
        ));
        let made = create(&admin, Some(person), Some("Wayan@Contoh.go.id"), None)
            .await
            .unwrap();
        assert!(matches!(create(&admin, Some(person), None, None).await, Err(Exists)));
        assert!(matches!(
            create(&admin, None, Some("WAYAN@contoh.go.id"), Some("X")).await,
            Err(EmailTaken)
        ));
        assert!(matches!(create(&admin, None, None, Some("X")).await, Err(Email)));
        assert!(matches!(
            create(&admin, None, Some("x@contoh.go.id"), Some(" ")).await,
            Err(Label(_))
        ));
        let nobody = Some(PersonId::from_uuid(w.agency.uuid()));
        assert!(matches!(
            create(&admin, nobody, None, None).await,
            Err(No(Denied::Hidden))
        ));
        let head = w.as_user(&w.head.number).await.actor;
        let second = newcomer(&w, "Ketut").await;
        assert!(matches!(
            create(&head, Some(second), None, None).await,
            Err(No(Denied::Hidden))
        ));

        let first = w
            .try_sign_in("wayan@contoh.go.id", made.password.reveal(), HOME)
            .await
            .unwrap();
        assert_eq!((first.stage, first.account), (Stage::Change, made.account));
        assert_eq!(w.count("access.create_account").await, 1);
    })
    .await;
}

#[tokio::test]
async fn who_may_administer_whom() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let from = date(2020, 1, 1);
        w.add_grant(w.head.account, Role::UnitAdmin, Some(w.units[0]), from, None)
            .await;
        let admin = w.as_user(ADMIN).await.actor;
        let head = w.as_user(&w.head.number).await.actor;
        let staff = w.as_user(&w.staff.number).await.actor;
        let reset = async |actor: &policy::Actor, account: AccountId| {
            reset_password(&w.db, &w.ctx, &w.gate, actor, account, false)
                .await
                .map(drop)
        };
        use AdministerError::Target;
        use TargetError::{Denied as No, Outranked, Yourself};
        reset(&head, w.staff.account).await.unwrap();
        assert!(matches!(
            reset(&head, w.other.account).await,
            Err(Target(No(Denied::Hidden)))
        ));
        assert!(matches!(reset(&head, w.admin).await, Err(Target(No(Denied::Hidden)))));
        assert!(matches!(reset(&head, w.head.account).await, Err(Target(Yourself))));
        assert!(matches!(reset(&admin, w.admin).await, Err(Target(Yourself))));
        assert!(matches!(
            reset(&staff, w.head.account).await,
            Err(Target(No(Denied::Hidden)))
        ));
        let nobody = AccountId::from_uuid(w.agency.uuid());
        assert!(matches!(reset(&admin, nobody).await, Err(Target(No(Denied::Hidden)))));
        // a unit administrator does not get at a role that they could not give, not even one that begins tomorrow
        w.add_grant(w.staff.account, Role::Auditor, None, date(2026, 11, 23), None)
            .await;
        assert!(matches!(reset(&head, w.staff.account).await, Err(Target(Outranked))));
        reset(&admin, w.staff.account).await.unwrap();
        // nothing of another agency exists
        let mut foreign = admin.clone();
        foreign.agency = w.add_agency("KABUPATEN").await;
        assert!(matches!(
            reset(&foreign, w.staff.account).await,
            Err(Target(No(Denied::Hidden)))
        ));
    })
    .await;
}

#[tokio::test]
async fn disabling_knows_stale_pages_and_the_last_administrator() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let admin = w.as_user(ADMIN).await.actor;
        let stale = set_disabled(&w.db, &w.ctx, &admin, w.staff.account, 7, true).await;
        assert!(matches!(stale, Err(AdministerError::Stale)));
        // two administrators disable one another: whoever is second would leave nobody
        w.add_grant(w.other.account, Role::AgencyAdmin, None, date(2020, 1, 1), None)
            .await;
        let other = w.as_user(&w.other.number).await.actor;
        let (a, b) = tokio::join!(
            set_disabled(&w.db, &w.ctx, &admin, w.other.account, 1, true),
            set_disabled(&w.db, &w.ctx, &other, w.admin, 1, true),
        );
        assert_eq!(u8::from(a.is_ok()) + u8::from(b.is_ok()), 1, "{a:?} {b:?}");
        assert!(matches!(
            (&a, &b),
            (Err(AdministerError::LastAdmin), _) | (_, Err(AdministerError::LastAdmin))
        ));
    })
    .await;
}

#[tokio::test]
async fn lists_show_what_the_actor_administers() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        w.add_grant(
            w.head.account,
            Role::UnitAdmin,
            Some(w.units[0]),
            date(2020, 1, 1),
            None,
        )
        .await;
        let admin = w.as_user(ADMIN).await.actor;
        let head = w.as_user(&w.head.number).await.actor;
        let staff = w.as_user(&w.staff.number).await.actor;
        let names = async |actor: &policy::Actor, filter: AccountFilter| -> Vec<String> {
            let scope = scope(actor, Kind::Account);
            let page = db::read!(w.db, async |tx| accounts(tx, &scope, &filter, None).await).unwrap();
            page.rows.into_iter().map(|row| row.label).collect()
        };
        let all = AccountFilter::default;
        assert_eq!(
            names(&admin, all()).await,
            ["Administrator", "Bagus Wirawan", "Made Lestari", "Siti Rahmawati"]
        );
        assert_eq!(names(&head, all()).await, ["Bagus Wirawan", "Siti Rahmawati"]);
        assert_eq!(names(&staff, all()).await, ["Siti Rahmawati"]);
        let named = AccountFilter {
            name: Some("SITI ".to_owned()),
            ..all()
        };
        assert_eq!(names(&admin, named).await, ["Siti Rahmawati"]);
        let role = AccountFilter {
            role: Some(Role::UnitAdmin),
            disabled: Some(false),
            ..all()
        };
        assert_eq!(names(&admin, role).await, ["Bagus Wirawan"]);
        let disabled = AccountFilter {
            disabled: Some(true),
            ..all()
        };
        assert!(names(&admin, disabled).await.is_empty());
        let after = kernel::Cursor {
            key: "bagus wirawan".to_owned(),
            id: w.head.account.uuid(),
        };
        let scope = scope(&admin, Kind::Account);
        let rest = db::read!(w.db, async |tx| accounts(tx, &scope, &all(), Some(&after)).await).unwrap();
        assert_eq!(rest.rows.len(), 2);

        let page = async |actor: &policy::Actor, id| db::read!(w.db, async |tx| account(tx, actor, id).await).unwrap();
        let seen = page(&head, w.staff.account).await.unwrap();
        assert!(seen.may_manage && seen.grants.is_empty());
        assert!(page(&staff, w.head.account).await.is_none());
        assert!(page(&admin, AccountId::from_uuid(w.agency.uuid())).await.is_none());
        let own = page(&admin, w.admin).await.unwrap();
        assert_eq!((own.may_manage, own.grants.len()), (false, 1));
        let of = db::read!(w.db, async |tx| account_of(tx, &admin, w.head.person).await).unwrap();
        assert_eq!(of.unwrap().grants[0].unit_name.as_deref(), Some("Unit DINAS"));
    })
    .await;
}

#[tokio::test]
async fn the_command_line_helps_when_nobody_can_sign_in() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let made = unscoped_create_admin(&w.db, &w.ctx, &w.gate, w.agency, "Kedua@contoh.go.id", "Admin 2")
            .await
            .unwrap();
        let again = unscoped_create_admin(&w.db, &w.ctx, &w.gate, w.agency, "kedua@contoh.go.id", "Admin 2").await;
        assert!(matches!(again, Err(CreateAccountError::EmailTaken)));
        w.try_sign_in("kedua@contoh.go.id", made.password.reveal(), HOME)
            .await
            .unwrap();
        let reset = unscoped_reset_password(&w.db, &w.ctx, &w.gate, w.agency, &w.staff.number, true)
            .await
            .unwrap();
        w.try_sign_in(&w.staff.number, PASSWORD, HOME).await.unwrap_err();
        w.try_sign_in(&w.staff.number, reset.password.reveal(), HOME)
            .await
            .unwrap();
        let id = unscoped_set_disabled(&w.db, &w.ctx, w.agency, ADMIN, true)
            .await
            .unwrap();
        assert_eq!(id, w.admin);
        w.try_sign_in(ADMIN, PASSWORD, HOME).await.unwrap_err();
        unscoped_set_disabled(&w.db, &w.ctx, w.agency, ADMIN, false)
            .await
            .unwrap();
        unscoped_set_disabled(&w.db, &w.ctx, w.agency, ADMIN, false)
            .await
            .unwrap();
        w.enter(ADMIN).await;
        for login in ["", "tidak@ada.id", "198609262015052999"] {
            let none = unscoped_set_disabled(&w.db, &w.ctx, w.agency, login, true).await;
            assert!(matches!(none, Err(CliError::NotFound)), "{login}");
        }
        let report = audit::verify(&w.db, w.agency).await.unwrap();
        assert!(report.problems.is_empty());
    })
    .await;
}
