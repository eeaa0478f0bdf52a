use access::TargetError;
use access::commands::{GrantRole, RoleError, grant_role, revoke_role};
use jiff::civil::date;
use kernel::{AccountId, GrantId, UnitId};
use policy::{Actor, Denied, Role};
use testkit::on_each_engine;

use crate::world::{ADMIN, TODAY, World};

fn input(account: AccountId, role: Role, unit: Option<UnitId>) -> GrantRole {
    GrantRole {
        account,
        role,
        unit,
        valid_from: TODAY,
        valid_to: None,
        reason: "SK 800/12/2026".to_owned(),
    }
}

async fn give(w: &World, actor: &Actor, input: GrantRole) -> Result<GrantId, RoleError> {
    grant_role(&w.db, &w.ctx, actor, input).await
}

#[tokio::test]
async fn a_role_is_given_and_taken_at_once() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let admin = w.as_user(ADMIN).await.actor;
        let token = w.enter(&w.staff.number).await.token;
        let grant = give(&w, &admin, input(w.staff.account, Role::UnitAdmin, Some(w.units[0])))
            .await
            .unwrap();
        assert!(
            w.view(token.as_str()).await.is_none(),
            "a role opens no session that was there before"
        );
        let staff = w.as_user(&w.staff.number).await;
        assert!(staff.actor.holds(Role::UnitAdmin, "DINAS/SEKSI/"));
        let token = w.enter(&w.staff.number).await.token;
        revoke_role(&w.db, &w.ctx, &admin, grant, "selesai").await.unwrap();
        revoke_role(&w.db, &w.ctx, &admin, grant, "selesai").await.unwrap();
        assert!(w.view(token.as_str()).await.is_none());
        assert!(w.as_user(&w.staff.number).await.actor.grants.is_empty());
        assert_eq!(
            (w.count("access.grant_role").await, w.count("access.revoke_role").await),
            (1, 1)
        );
    })
    .await;
}

#[tokio::test]
async fn each_broken_rule_has_its_name() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let admin = w.as_user(ADMIN).await.actor;
        let (staff, unit) = (w.staff.account, Some(w.units[1]));
        let nowhere = Some(UnitId::from_uuid(w.agency.uuid()));
        let with = |change: &dyn Fn(&mut GrantRole)| {
            let mut role = input(staff, Role::Counter, unit);
            change(&mut role);
            role
        };
        use RoleError::*;
        assert!(matches!(
            give(&w, &admin, with(&|r| r.unit = None)).await,
            Err(NeedsUnit)
        ));
        assert!(matches!(
            give(&w, &admin, with(&|r| r.role = Role::AgencyAdmin)).await,
            Err(NeedsWholeAgency)
        ));
        assert!(matches!(
            give(&w, &admin, with(&|r| r.role = Role::AgencyHead)).await,
            Err(NeedsWholeAgency)
        ));
        assert!(matches!(
            give(&w, &admin, with(&|r| r.unit = nowhere)).await,
            Err(UnitNotFound)
        ));
        assert!(matches!(
            give(&w, &admin, with(&|r| r.reason = " ".to_owned())).await,
            Err(Reason(_))
        ));
        assert!(matches!(
            give(&w, &admin, with(&|r| r.valid_from = date(2026, 11, 21))).await,
            Err(Days)
        ));
        assert!(matches!(
            give(&w, &admin, with(&|r| r.valid_to = Some(date(2026, 11, 21)))).await,
            Err(Days)
        ));
        let own = give(&w, &admin, input(w.admin, Role::Auditor, None)).await;
        assert!(matches!(own, Err(Target(TargetError::Yourself))));
        let one_day = give(&w, &admin, with(&|r| r.valid_to = Some(TODAY))).await.unwrap();
        assert!(matches!(give(&w, &admin, with(&|_| ())).await, Err(AlreadyHeld)));
        give(&w, &admin, with(&|r| r.valid_from = date(2026, 11, 23)))
            .await
            .unwrap();
        give(&w, &admin, with(&|r| r.role = Role::Auditor)).await.unwrap();

        let no = GrantId::from_uuid(w.agency.uuid());
        assert!(matches!(
            revoke_role(&w.db, &w.ctx, &admin, no, "x").await,
            Err(NotFound)
        ));
        assert!(matches!(
            revoke_role(&w.db, &w.ctx, &admin, one_day, "").await,
            Err(Reason(_))
        ));
        let other = w.as_user(&w.other.number).await.actor;
        let denied = revoke_role(&w.db, &w.ctx, &other, one_day, "x").await;
        assert!(matches!(denied, Err(Target(TargetError::Denied(Denied::Hidden)))));
    })
    .await;
}

#[tokio::test]
async fn a_unit_administrator_gives_unit_roles_below_only() {
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
        let head = w.as_user(&w.head.number).await.actor;
        let staff = w.staff.account;
        let counter = give(&w, &head, input(staff, Role::Counter, Some(w.units[1])))
            .await
            .unwrap();
        give(&w, &head, input(staff, Role::UnitAdmin, Some(w.units[0])))
            .await
            .unwrap();
        let elsewhere = give(&w, &head, input(staff, Role::Counter, Some(w.units[2]))).await;
        assert!(matches!(elsewhere, Err(RoleError::NotYours)));
        let more = give(&w, &head, input(staff, Role::AgencyAdmin, None)).await;
        assert!(matches!(more, Err(RoleError::NotYours)));
        let more = give(&w, &head, input(staff, Role::Auditor, Some(w.units[1]))).await;
        assert!(matches!(more, Err(RoleError::NotYours)));
        revoke_role(&w.db, &w.ctx, &head, counter, "selesai").await.unwrap();

        // a head without the role administers nobody; neither does an auditor
        let plain = policy::Actor {
            grants: Vec::new(),
            ..head.clone()
        };
        let no = give(&w, &plain, input(staff, Role::Counter, Some(w.units[1]))).await;
        assert!(matches!(
            no,
            Err(RoleError::Target(TargetError::Denied(Denied::Refused)))
        ));
        w.add_grant(staff, Role::Auditor, None, TODAY, None).await;
        let outranked = give(&w, &head, input(staff, Role::Counter, Some(w.units[1]))).await;
        assert!(matches!(outranked, Err(RoleError::Target(TargetError::Outranked))));
    })
    .await;
}

#[tokio::test]
async fn the_agency_keeps_an_administrator() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let admin = w.as_user(ADMIN).await.actor;
        let second = give(&w, &admin, input(w.staff.account, Role::AgencyAdmin, None))
            .await
            .unwrap();
        let staff = w.as_user(&w.staff.number).await.actor;
        let grants = db::read!(w.db, async |tx| access::queries::account(tx, &staff, w.admin).await)
            .unwrap()
            .unwrap();
        let first = grants.grants[0].id;
        let (a, b) = tokio::join!(
            revoke_role(&w.db, &w.ctx, &admin, second, "x"),
            revoke_role(&w.db, &w.ctx, &staff, first, "x"),
        );
        assert_eq!(u8::from(a.is_ok()) + u8::from(b.is_ok()), 1, "{a:?} {b:?}");
        assert!(matches!(
            (&a, &b),
            (Err(RoleError::LastAdmin), _) | (_, Err(RoleError::LastAdmin))
        ));
    })
    .await;
}
