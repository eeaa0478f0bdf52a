use std::collections::BTreeSet;

use access::commands::{
    ChangePassword, ChangePasswordError, change_password, reset_password, set_disabled, set_language, sign_out,
    sign_out_everywhere,
};
use access::session::touch;
use access::{Language, PasswordProblem, Stage};
use db::{args, sql};
use jiff::civil::date;
use policy::Role;
use testkit::on_each_engine;

use crate::world::{ADMIN, HOME, PASSWORD, TODAY, World, ip};

#[tokio::test]
async fn a_session_tells_who_acts() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let staff = w.as_user(&w.staff.number).await;
        assert_eq!(staff.actor.person, Some(w.staff.person));
        assert_eq!(staff.actor.unit_path.as_deref(), Some("DINAS/SEKSI/"));
        assert!(staff.actor.heads.is_empty() && staff.actor.grants.is_empty() && !staff.supervises);
        let person = staff.person.as_ref().unwrap();
        assert_eq!(
            (person.name.as_str(), person.number.as_str()),
            ("Siti Rahmawati", w.staff.number.as_str())
        );
        assert_eq!(staff.agency.code, "KOTA");

        let head = w.as_user(&w.head.number).await;
        assert_eq!(head.actor.heads, ["DINAS/"]);
        assert!(head.supervises);

        let admin = w.as_user(ADMIN).await;
        assert!(admin.actor.holds(Role::AgencyAdmin, "LAIN/") && admin.person.is_none());
        for token in ["", "x", &"a".repeat(43), &"é".repeat(43), &"a".repeat(1_000_000)] {
            assert!(w.view(token).await.is_none());
        }
    })
    .await;
}

#[tokio::test]
async fn only_roles_and_duties_of_today_count() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let yesterday = TODAY.yesterday().unwrap();
        let tomorrow = TODAY.tomorrow().unwrap();
        let from = date(2020, 1, 1);
        let unit = Some(w.units[2]);
        w.add_grant(w.staff.account, Role::UnitAdmin, unit, from, Some(yesterday))
            .await;
        w.add_grant(w.staff.account, Role::Auditor, None, tomorrow, None).await;
        w.add_grant(w.staff.account, Role::Counter, unit, from, Some(TODAY))
            .await;
        let actor = w.as_user(&w.staff.number).await.actor;
        assert_eq!(
            actor.grants,
            [policy::Grant {
                role: Role::Counter,
                path: "LAIN/".to_owned()
            }]
        );

        // a duty that ends yesterday is gone in the open session
        let head = w.enter(&w.head.number).await;
        assert_eq!(w.view(head.token.as_str()).await.unwrap().actor.heads, ["DINAS/"]);
        db::write!(w.db, async |tx| {
            tx.exec(
                sql!("UPDATE placement SET valid_to = $1 WHERE person_id = $2"),
                args![yesterday, w.head.person],
            )
            .await
        })
        .unwrap();
        assert!(w.view(head.token.as_str()).await.unwrap().actor.heads.is_empty());
    })
    .await;
}

#[tokio::test]
async fn sessions_end_when_idle_and_in_any_case() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let (staff, head) = (
            w.enter(&w.staff.number).await.token,
            w.enter(&w.head.number).await.token,
        );
        w.later(29 * 60);
        let seen = w.view(head.as_str()).await.unwrap();
        assert_eq!(seen.ends_at(), w.ctx.now().plus(std::time::Duration::from_secs(60)));
        assert!(seen.wants_touch(w.ctx.now()));
        db::write!(w.db, async |tx| touch(tx, seen.key, w.ctx.now()).await).unwrap();
        assert!(!w.view(head.as_str()).await.unwrap().wants_touch(w.ctx.now()));
        w.later(29 * 60);
        assert!(w.view(head.as_str()).await.is_some());
        w.later(60);
        assert!(
            w.view(head.as_str()).await.is_none(),
            "thirty minutes without a request"
        );
        assert!(w.view(staff.as_str()).await.is_some());
        w.later(12 * 3600 - 59 * 60 - 1);
        assert!(w.view(staff.as_str()).await.is_some());
        w.later(1);
        assert!(w.view(staff.as_str()).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn signing_out_here_and_everywhere() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let (a, b) = (
            w.enter(&w.staff.number).await.token,
            w.enter(&w.staff.number).await.token,
        );
        let other = w.enter(&w.other.number).await.token;
        sign_out(&w.db, &w.ctx, a.as_str()).await.unwrap();
        sign_out(&w.db, &w.ctx, a.as_str()).await.unwrap();
        sign_out(&w.db, &w.ctx, "").await.unwrap();
        assert!(w.view(a.as_str()).await.is_none());
        let c = w.enter(&w.staff.number).await.token;
        let actor = w.view(b.as_str()).await.unwrap().actor;
        sign_out_everywhere(&w.db, &w.ctx, &actor).await.unwrap();
        assert!(w.view(b.as_str()).await.is_none() && w.view(c.as_str()).await.is_none());
        assert!(w.view(other.as_str()).await.is_some());
        assert_eq!(w.count("access.sign_out").await, 1);
    })
    .await;
}

#[tokio::test]
async fn disabling_ends_sessions_at_once() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let admin = w.as_user(ADMIN).await;
        let token = w.enter(&w.staff.number).await.token;
        set_disabled(&w.db, &w.ctx, &admin.actor, w.staff.account, 1, true)
            .await
            .unwrap();
        assert!(w.view(token.as_str()).await.is_none());
        // again is harmless, and enabling does not bring the session back
        set_disabled(&w.db, &w.ctx, &admin.actor, w.staff.account, 1, true)
            .await
            .unwrap();
        set_disabled(&w.db, &w.ctx, &admin.actor, w.staff.account, 2, false)
            .await
            .unwrap();
        assert!(w.view(token.as_str()).await.is_none());
        w.enter(&w.staff.number).await;
        assert_eq!(
            (w.count("access.disable").await, w.count("access.enable").await),
            (1, 1)
        );
    })
    .await;
}

#[tokio::test]
async fn an_issued_password_must_be_changed_and_a_change_ends_all_other_sessions() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let admin = w.as_user(ADMIN).await;
        let before = w.enter(&w.staff.number).await.token;
        let issued = reset_password(&w.db, &w.ctx, &w.gate, &admin.actor, w.staff.account, false)
            .await
            .unwrap();
        assert!(w.view(before.as_str()).await.is_none());
        let issued = issued.password.reveal().to_owned();
        let one = w.try_sign_in(&w.staff.number, &issued, HOME).await.unwrap();
        let two = w.try_sign_in(&w.staff.number, &issued, HOME).await.unwrap();
        assert_eq!(one.stage, Stage::Change);
        let session = w.view(one.token.as_str()).await.unwrap();
        assert!(session.actor.person.is_none(), "an unfinished session acts as nobody");

        let change = async |current: &str, new: &str| {
            let input = ChangePassword {
                current: current.to_owned(),
                new: new.to_owned(),
                address: ip(HOME),
            };
            change_password(&w.db, &w.ctx, &w.gate, &session, input).await
        };
        let new = "kuda lumping warna biru";
        assert!(matches!(
            change("salah", new).await,
            Err(ChangePasswordError::WrongCurrent)
        ));
        for (bad, problem) in [
            (issued.as_str(), PasswordProblem::Unchanged),
            ("pendek", PasswordProblem::TooShort),
            (w.staff.number.as_str(), PasswordProblem::Personal),
            ("password1234", PasswordProblem::Common),
        ] {
            let answer = change(&issued, bad).await;
            assert!(
                matches!(answer, Err(ChangePasswordError::Password(p)) if p == problem),
                "{bad}: {answer:?}"
            );
        }
        let done = change(&issued, new).await.unwrap();
        assert_eq!(done.stage, Stage::Full);
        assert_ne!(done.token, one.token);
        assert!(w.view(one.token.as_str()).await.is_none() && w.view(two.token.as_str()).await.is_none());
        assert!(w.view(done.token.as_str()).await.unwrap().actor.person.is_some());
        assert!(matches!(
            change(&issued, new).await,
            Err(ChangePasswordError::WrongCurrent)
        ));
        assert!(matches!(
            change(new, "sepeda ontel di sawah").await,
            Err(ChangePasswordError::NoSession)
        ));
        for _ in 0..5 {
            assert!(matches!(
                change("salah", new).await,
                Err(ChangePasswordError::WrongCurrent)
            ));
        }
        assert!(matches!(
            change("salah", new).await,
            Err(ChangePasswordError::Wait { .. })
        ));
        w.try_sign_in(&w.staff.number, &issued, HOME).await.unwrap_err();
        w.try_sign_in(&w.staff.number, new, HOME).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn secrets_are_nowhere_in_the_database() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let signed_in = w.enter(&w.staff.number).await;
        let actor = w.view(signed_in.token.as_str()).await.unwrap().actor;
        set_language(&w.db, &w.ctx, &actor, Language::English).await.unwrap();
        set_language(&w.db, &w.ctx, &actor, Language::English).await.unwrap();
        assert_eq!(w.count("access.set_language").await, 1);
        assert_eq!(w.as_user(&w.staff.number).await.language, Language::English);
        let details: Vec<(String,)> = db::read!(w.db, async |tx| tx
            .all(sql!("SELECT detail FROM audit_entry"), args![])
            .await)
        .unwrap();
        let keys: BTreeSet<(String,)> = db::read!(w.db, async |tx| tx
            .all(sql!("SELECT key FROM known_network"), args![])
            .await)
        .unwrap()
        .into_iter()
        .collect();
        assert!(!details.is_empty() && !keys.is_empty());
        for text in details.iter().chain(&keys).map(|t| t.0.as_str()) {
            for secret in [signed_in.token.as_str(), PASSWORD, w.staff.number.as_str(), HOME] {
                assert!(!text.contains(secret), "{text}");
            }
        }
        assert!(!format!("{signed_in:?}").contains(signed_in.token.as_str()));
    })
    .await;
}
