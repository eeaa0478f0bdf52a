use access::Stage;
use access::bulk;
use access::commands::{SignIn, set_disabled};
use access::commands::{SignInError, sign_in};
use testkit::on_each_engine;

use crate::world::{ADMIN, ELSEWHERE, HOME, PASSWORD, World, ip};

#[tokio::test]
async fn opens_a_session_by_number_or_address() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let n = &w.staff.number;
        let spaced = format!(" {} {} {} {} ", &n[..8], &n[8..14], &n[14..15], &n[15..]);
        let by_number = w.enter(&spaced).await;
        assert_eq!(
            (by_number.stage, by_number.account, by_number.agency),
            (Stage::Full, w.staff.account, w.agency)
        );
        let by_address = w.enter(" Admin@Contoh.GO.ID").await;
        assert_eq!(by_address.account, w.admin);
        assert_ne!(by_number.token, by_address.token);
        assert_eq!(w.count("access.sign_in").await, 2);
        let report = audit::verify(&w.db, w.agency).await.unwrap();
        assert!(report.problems.is_empty());
    })
    .await;
}

#[tokio::test]
async fn wrong_unknown_and_disabled_are_told_alike() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let admin = w.as_user(ADMIN).await;
        set_disabled(&w.db, &w.ctx, &admin.actor, w.other.account, 1, true)
            .await
            .unwrap();
        for (login, password) in [
            (w.staff.number.as_str(), "bukan kata sandi ini"),
            (w.staff.number.as_str(), ""),
            (w.other.number.as_str(), PASSWORD),
            ("198609262015052999", PASSWORD),
            ("tidak@ada.go.id", PASSWORD),
            ("", PASSWORD),
            ("' OR 1=1 --", PASSWORD),
            (w.staff.account.to_string().as_str(), PASSWORD),
        ] {
            let answer = w.try_sign_in(login, password, ELSEWHERE).await;
            assert!(matches!(answer, Err(SignInError::Wrong)), "{login}: {answer:?}");
        }
        assert_eq!(w.count("session").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_login_in_two_agencies_is_decided_by_the_password() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let second = w.add_agency("KABUPATEN").await;
        let other = "kuda lumping warna biru";
        let hash = access::password::hash(&w.gate, &w.ctx, other).await.unwrap();
        let id = w.ctx.new_id();
        let rows = bulk::Rows {
            accounts: vec![w.account_row(id, None, Some(ADMIN), "Lain", &hash)],
            grants: vec![],
        };
        db::write!(w.db, async |tx| bulk::insert_all(tx, second, w.ctx.now(), &rows).await).unwrap();
        assert_eq!(w.enter(ADMIN).await.agency, w.agency);
        let there = w.try_sign_in(ADMIN, other, HOME).await.unwrap();
        assert_eq!((there.account, there.agency), (id, second));
        assert!(matches!(
            w.try_sign_in(ADMIN, "dua-duanya bukan", HOME).await,
            Err(SignInError::Wrong)
        ));
    })
    .await;
}

#[tokio::test]
async fn the_token_before_dies() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let old = w.enter(&w.staff.number).await.token;
        let input = SignIn {
            login: w.staff.number.clone(),
            password: PASSWORD.to_owned(),
            address: ip(HOME),
            replaces: Some(old.as_str().to_owned()),
        };
        let new = sign_in(&w.db, &w.ctx, &w.gate, input).await.unwrap().token;
        assert!(w.view(old.as_str()).await.is_none());
        assert!(w.view(new.as_str()).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn guessing_waits_longer_and_longer_but_only_where_it_happens() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        w.enter(&w.head.number).await;
        for n in 0..5 {
            let answer = w.try_sign_in(&w.head.number, "tebakan kesekian", ELSEWHERE).await;
            assert!(matches!(answer, Err(SignInError::Wrong)), "{n}: {answer:?}");
        }
        // the right password does not help during the delay, and an unknown number waits just the same
        let Err(SignInError::Wait { wait }) = w.try_sign_in(&w.head.number, PASSWORD, ELSEWHERE).await else {
            panic!("must wait");
        };
        assert_eq!(wait.as_secs(), 2);
        for _ in 0..5 {
            w.try_sign_in("198609262015052999", "tebakan kesekian", ELSEWHERE)
                .await
                .unwrap_err();
        }
        assert!(matches!(
            w.try_sign_in("198609262015052999", PASSWORD, ELSEWHERE).await,
            Err(SignInError::Wait { wait }) if wait.as_secs() == 2
        ));
        w.enter(&w.head.number).await;
        w.later(2);
        w.try_sign_in(&w.head.number, "tebakan kesekian", ELSEWHERE)
            .await
            .unwrap_err();
        assert!(matches!(
            w.try_sign_in(&w.head.number, "x", ELSEWHERE).await,
            Err(SignInError::Wait { wait }) if wait.as_secs() == 4
        ));
        w.later(4);
        w.try_sign_in(&w.head.number, PASSWORD, ELSEWHERE).await.unwrap();
        // success starts anew
        assert!(matches!(
            w.try_sign_in(&w.head.number, "x", ELSEWHERE).await,
            Err(SignInError::Wrong)
        ));
    })
    .await;
}

#[tokio::test]
async fn many_machines_guessing_one_number_do_not_lock_its_owner_out() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        w.enter(&w.head.number).await;
        let mut refused = 0;
        for n in 0..40 {
            match w
                .try_sign_in(&w.head.number, "tebakan kesekian", &format!("198.51.{n}.1"))
                .await
            {
                Err(SignInError::Wait { .. }) => refused += 1,
                answer => assert!(matches!(answer, Err(SignInError::Wrong)), "{answer:?}"),
            }
        }
        // the thirty-first sets the first delay
        assert_eq!(refused, 9);
        assert!(matches!(
            w.try_sign_in(&w.head.number, PASSWORD, "192.0.2.1").await,
            Err(SignInError::Wait { .. })
        ));
        w.enter(&w.head.number).await;
        w.enter(&w.staff.number).await;
    })
    .await;
}

#[tokio::test]
async fn one_machine_trying_everybody_is_slowed() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        for n in 0..101 {
            let answer = w.try_sign_in(&format!("orang{n}@contoh.go.id"), "x", ELSEWHERE).await;
            assert!(matches!(answer, Err(SignInError::Wrong)), "{n}: {answer:?}");
        }
        assert!(matches!(
            w.try_sign_in(&w.staff.number, PASSWORD, ELSEWHERE).await,
            Err(SignInError::Wait { wait }) if wait.as_secs() == 2
        ));
        w.enter(&w.staff.number).await;
        let swept = db::write!(w.db, async |tx| access::throttle::unscoped_sweep(tx, w.ctx.now()).await).unwrap();
        assert_eq!(swept, 0);
        w.later(91 * 24 * 3600);
        db::write!(w.db, async |tx| access::throttle::unscoped_sweep(tx, w.ctx.now()).await).unwrap();
        assert_eq!(w.count("session").await, 0);
        w.try_sign_in(&w.staff.number, PASSWORD, ELSEWHERE).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn guesses_at_the_same_moment_are_counted_one_by_one() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let tries = (0..12).map(|_| w.try_sign_in(&w.staff.number, "tebakan kesekian", ELSEWHERE));
        let answers = futures_util::future::join_all(tries).await;
        let looked_at = answers.iter().filter(|a| matches!(a, Err(SignInError::Wrong))).count();
        assert_eq!(looked_at, 5, "{answers:?}");
        // two right ones at once are two sessions
        let (a, b) = tokio::join!(w.enter(&w.staff.number), w.enter(&w.staff.number));
        assert_ne!(a.token, b.token);
        assert_eq!(w.count("session").await, 2);
    })
    .await;
}
