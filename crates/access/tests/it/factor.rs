use access::Stage;
use access::commands::{
    FactorChangeError, RemoveTotp, SecondFactor, SecondFactorError, SignedIn, begin_totp, confirm_totp,
    recovery_codes_left, remove_totp, renew_recovery_codes, reset_password, second_factor,
};
use access::totp::code_at;
use testkit::on_each_engine;

use crate::world::{ADMIN, HOME, PASSWORD, World, ip};

async fn enrolled(w: &World) -> (String, Vec<String>) {
    let session = w.as_user(&w.staff.number).await;
    let enrolment = begin_totp(&w.db, &w.ctx, &w.gate, &session).await.expect("enrols");
    let code = code_at(&enrolment.secret, w.ctx.now()).expect("enrols");
    let confirmed = confirm_totp(&w.db, &w.ctx, &w.gate, &session, &code)
        .await
        .expect("enrols");
    let codes = confirmed.recovery_codes.iter().map(|c| c.reveal().to_owned()).collect();
    w.later(60);
    (enrolment.secret, codes)
}

async fn send(w: &World, token: &str, code: &str) -> Result<SignedIn, SecondFactorError> {
    let input = SecondFactor {
        token: token.to_owned(),
        code: code.to_owned(),
        address: ip(HOME),
    };
    second_factor(&w.db, &w.ctx, &w.gate, input).await
}

#[tokio::test]
async fn setting_up_takes_a_code_and_ends_other_sessions() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let elsewhere = w.enter(&w.staff.number).await.token;
        let session = w.as_user(&w.staff.number).await;
        let confirm = async |code: &str| confirm_totp(&w.db, &w.ctx, &w.gate, &session, code).await;
        assert!(matches!(confirm("123456").await, Err(FactorChangeError::NotOn)));
        let enrolment = begin_totp(&w.db, &w.ctx, &w.gate, &session).await.unwrap();
        let again = begin_totp(&w.db, &w.ctx, &w.gate, &session).await.unwrap();
        assert_eq!(enrolment.secret, again.secret);
        assert!(
            enrolment.url.starts_with("otpauth://totp/Abdi:Siti%20Rahmawati?"),
            "{}",
            enrolment.url
        );
        assert!(matches!(
            confirm("").await,
            Err(FactorChangeError::WrongCode { skew_minutes: None })
        ));
        let early = code_at(
            &enrolment.secret,
            w.ctx.now().minus(std::time::Duration::from_secs(180)),
        )
        .unwrap();
        assert!(matches!(
            confirm(&early).await,
            Err(FactorChangeError::WrongCode { skew_minutes: Some(-3) })
        ));
        // until it is confirmed nobody is asked for a code
        assert_eq!(w.enter(&w.staff.number).await.stage, Stage::Full);

        let code = code_at(&enrolment.secret, w.ctx.now()).unwrap();
        let confirmed = confirm(&code).await.unwrap();
        assert_eq!(confirmed.recovery_codes.len(), 10);
        assert!(w.view(elsewhere.as_str()).await.is_none());
        let now = w.view(confirmed.signed_in.token.as_str()).await.unwrap();
        assert!(now.has_totp);
        assert!(matches!(confirm(&code).await, Err(FactorChangeError::NoSession)));
        let on = confirm_totp(&w.db, &w.ctx, &w.gate, &now, &code).await;
        assert!(matches!(on, Err(FactorChangeError::AlreadyOn)));
        let on = begin_totp(&w.db, &w.ctx, &w.gate, &now).await;
        assert!(matches!(on, Err(FactorChangeError::AlreadyOn)));
        // the code that confirmed does not sign in
        let half = w.enter(&w.staff.number).await;
        assert_eq!(half.stage, Stage::Totp);
        assert!(matches!(
            send(&w, half.token.as_str(), &code).await,
            Err(SecondFactorError::Used)
        ));
    })
    .await;
}

#[tokio::test]
async fn without_the_code_nobody_is_there() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let (secret, _) = enrolled(&w).await;
        let half = w.enter(&w.staff.number).await;
        let view = w.view(half.token.as_str()).await.unwrap();
        assert_eq!(view.stage, Stage::Totp);
        assert!(view.actor.person.is_none() && view.actor.unit_path.is_none());
        let begin = begin_totp(&w.db, &w.ctx, &w.gate, &view).await;
        assert!(matches!(begin, Err(FactorChangeError::NoSession)));
        for token in ["", "x", &"a".repeat(43)] {
            assert!(matches!(
                send(&w, token, "000000").await,
                Err(SecondFactorError::NoSession)
            ));
        }
        // another person's complete session is none that waits for a code
        let other = w.enter(&w.other.number).await;
        assert!(matches!(
            send(&w, other.token.as_str(), "").await,
            Err(SecondFactorError::NoSession)
        ));
        for code in ["", " ", "null", "000000000000"] {
            let answer = send(&w, half.token.as_str(), code).await;
            assert!(
                matches!(answer, Err(SecondFactorError::Wrong { skew_minutes: None })),
                "{code}: {answer:?}"
            );
        }
        let right = code_at(&secret, w.ctx.now()).unwrap();
        let full = send(&w, half.token.as_str(), &right).await.unwrap();
        assert_ne!(full.token, half.token);
        assert!(w.view(half.token.as_str()).await.is_none());
        assert!(w.view(full.token.as_str()).await.unwrap().actor.person.is_some());
        assert_eq!(w.count("access.second_factor").await, 1);
    })
    .await;
}

#[tokio::test]
async fn guessing_codes_waits() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let (secret, _) = enrolled(&w).await;
        for _ in 0..5 {
            // a new session for each guess does not help
            let half = w.enter(&w.staff.number).await;
            send(&w, half.token.as_str(), "abcdef").await.unwrap_err();
        }
        let half = w.enter(&w.staff.number).await;
        let right = code_at(&secret, w.ctx.now()).unwrap();
        assert!(matches!(
            send(&w, half.token.as_str(), &right).await,
            Err(SecondFactorError::Wait { .. })
        ));
        w.later(3);
        let right = code_at(&secret, w.ctx.now()).unwrap();
        send(&w, half.token.as_str(), &right).await.unwrap();
        let half = w.enter(&w.staff.number).await;
        w.later(16 * 60);
        let right = code_at(&secret, w.ctx.now()).unwrap();
        assert!(matches!(
            send(&w, half.token.as_str(), &right).await,
            Err(SecondFactorError::NoSession)
        ));
    })
    .await;
}

#[tokio::test]
async fn a_code_sent_twice_at_once_passes_once() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let (secret, recovery) = enrolled(&w).await;
        let (a, b) = (w.enter(&w.staff.number).await, w.enter(&w.staff.number).await);
        let code = code_at(&secret, w.ctx.now()).unwrap();
        let (one, two) = tokio::join!(send(&w, a.token.as_str(), &code), send(&w, b.token.as_str(), &code));
        assert_eq!(u8::from(one.is_ok()) + u8::from(two.is_ok()), 1, "{one:?} {two:?}");
        assert!(matches!(
            (&one, &two),
            (Err(SecondFactorError::Used), _) | (_, Err(SecondFactorError::Used))
        ));

        let (a, b) = (w.enter(&w.staff.number).await, w.enter(&w.staff.number).await);
        let code = recovery[3].to_uppercase().replace('-', " ");
        let (one, two) = tokio::join!(send(&w, a.token.as_str(), &code), send(&w, b.token.as_str(), &code));
        assert_eq!(u8::from(one.is_ok()) + u8::from(two.is_ok()), 1, "{one:?} {two:?}");
        assert!(matches!(
            (&one, &two),
            (Err(SecondFactorError::Used), _) | (_, Err(SecondFactorError::Used))
        ));
        let left = db::read!(w.db, async |tx| recovery_codes_left(tx, w.staff.account).await).unwrap();
        assert_eq!(left, 9);
    })
    .await;
}

#[tokio::test]
async fn removing_takes_password_and_code() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let (secret, recovery) = enrolled(&w).await;
        let half = w.enter(&w.staff.number).await;
        let full = send(&w, half.token.as_str(), &recovery[0]).await.unwrap();
        let session = w.view(full.token.as_str()).await.unwrap();
        let input = |password: &str, code: &str| RemoveTotp {
            password: password.to_owned(),
            code: code.to_owned(),
            address: ip(HOME),
        };
        let remove = async |password: &str, code: &str| {
            remove_totp(&w.db, &w.ctx, &w.gate, &session, input(password, code)).await
        };
        let right = code_at(&secret, w.ctx.now()).unwrap();
        assert!(matches!(
            remove("salah", &right).await,
            Err(FactorChangeError::WrongPassword)
        ));
        assert!(matches!(
            remove(PASSWORD, "").await,
            Err(FactorChangeError::WrongCode { .. })
        ));
        assert!(matches!(
            remove(PASSWORD, &recovery[0]).await,
            Err(FactorChangeError::UsedCode)
        ));
        let new = renew_recovery_codes(&w.db, &w.ctx, &w.gate, &session, input(PASSWORD, &recovery[1]))
            .await
            .unwrap();
        assert!(matches!(
            remove(PASSWORD, &recovery[2]).await,
            Err(FactorChangeError::WrongCode { .. })
        ));
        let done = remove(PASSWORD, new[0].reveal()).await.unwrap();
        assert!(matches!(
            remove(PASSWORD, &right).await,
            Err(FactorChangeError::NoSession)
        ));
        let session = w.view(done.token.as_str()).await.unwrap();
        assert!(!session.has_totp);
        let none = remove_totp(&w.db, &w.ctx, &w.gate, &session, input(PASSWORD, "")).await;
        assert!(matches!(none, Err(FactorChangeError::NotOn)));
        assert_eq!(w.enter(&w.staff.number).await.stage, Stage::Full);
    })
    .await;
}

#[tokio::test]
async fn wrong_proofs_wait_and_an_administrator_helps_with_a_lost_telephone() {
    on_each_engine(async |db| {
        let w = World::new(&db).await;
        let (secret, _) = enrolled(&w).await;
        let half = w.enter(&w.staff.number).await;
        let code = code_at(&secret, w.ctx.now()).unwrap();
        let full = send(&w, half.token.as_str(), &code).await.unwrap();
        let session = w.view(full.token.as_str()).await.unwrap();
        let wrong = || RemoveTotp {
            password: "salah".to_owned(),
            code: String::new(),
            address: ip(HOME),
        };
        for _ in 0..5 {
            remove_totp(&w.db, &w.ctx, &w.gate, &session, wrong())
                .await
                .unwrap_err();
        }
        let answer = remove_totp(&w.db, &w.ctx, &w.gate, &session, wrong()).await;
        assert!(matches!(answer, Err(FactorChangeError::Wait { .. })));

        let admin = w.as_user(ADMIN).await;
        let issued = reset_password(&w.db, &w.ctx, &w.gate, &admin.actor, w.staff.account, true)
            .await
            .unwrap();
        assert!(w.view(full.token.as_str()).await.is_none());
        let next = w
            .try_sign_in(&w.staff.number, issued.password.reveal(), HOME)
            .await
            .unwrap();
        assert_eq!(next.stage, Stage::Change);
    })
    .await;
}
