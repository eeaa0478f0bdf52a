use access::commands::SignedIn;
use access::first_code::{Redeem, RedeemError, is_awaited, issue, redeem};
use access::{Gate, PasswordProblem, Stage};
use db::Db;
use kernel::{Ctx, FixedClock, Instant, SeededIds, Zone};
use org::agency::{CreateError, NewAgency};
use policy::Role;
use std::sync::Arc;
use std::time::Duration;
use testkit::on_each_engine;

use crate::world::{HOME, World, ip};

fn form(code: &str) -> Redeem {
    Redeem {
        code: code.to_owned(),
        agency: NewAgency {
            code: "KOTA".to_owned(),
            name: "Pemerintah Kota Contoh".to_owned(),
            region: "Kota Contoh".to_owned(),
            zone: Zone::Wit,
            is_demo: false,
        },
        label: "Administrator".to_owned(),
        email: "Admin@contoh.go.id".to_owned(),
        password: "hujan turun di loket tiga".to_owned(),
        address: ip(HOME),
    }
}

struct Fresh {
    ctx: Ctx,
    clock: Arc<FixedClock>,
    gate: Gate,
}

impl Fresh {
    fn new() -> Self {
        let clock = Arc::new(FixedClock::new(Instant::from_micros(1_800_000_000_000_000)));
        let ctx = Ctx {
            clock: clock.clone(),
            ids: Arc::new(SeededIds::new(5)),
        };
        Self {
            ctx,
            clock,
            gate: Gate::default(),
        }
    }

    async fn redeem(&self, db: &Db, form: Redeem) -> Result<SignedIn, RedeemError> {
        redeem(db, &self.ctx, &self.gate, form).await
    }
}

#[tokio::test]
async fn the_printed_code_makes_one_administrator() {
    on_each_engine(async |db| {
        let f = Fresh::new();
        let old = issue(&db, &f.ctx).await.unwrap().unwrap();
        let code = issue(&db, &f.ctx).await.unwrap().unwrap();
        assert!(db::read!(db, async |tx| is_awaited(tx).await).unwrap());
        for wrong in ["", "-", old.reveal(), "abcd-efgh-jkmn-pqrs"] {
            assert!(
                matches!(f.redeem(&db, form(wrong)).await, Err(RedeemError::Wrong)),
                "{wrong}"
            );
        }
        let bad = Redeem {
            password: "password1234".to_owned(),
            ..form(code.reveal())
        };
        assert!(matches!(
            f.redeem(&db, bad).await,
            Err(RedeemError::Password(PasswordProblem::Common))
        ));
        let bad = Redeem {
            email: "admin".to_owned(),
            ..form(code.reveal())
        };
        assert!(matches!(f.redeem(&db, bad).await, Err(RedeemError::Email)));
        let bad = Redeem {
            label: String::new(),
            ..form(code.reveal())
        };
        assert!(matches!(f.redeem(&db, bad).await, Err(RedeemError::Label(_))));

        f.clock.advance(Duration::from_secs(60));
        let (a, b) = tokio::join!(f.redeem(&db, form(code.reveal())), f.redeem(&db, form(code.reveal())));
        assert_eq!(u8::from(a.is_ok()) + u8::from(b.is_ok()), 1, "{a:?} {b:?}");
        let done = a.or(b).unwrap();
        assert_eq!(done.stage, Stage::Full);
        let view = db::read!(db, async |tx| {
            access::session::resolve(tx, f.gate.config(), done.token.as_str(), f.ctx.now()).await
        });
        assert!(view.unwrap().unwrap().actor.holds(Role::AgencyAdmin, ""));
        assert!(issue(&db, &f.ctx).await.unwrap().is_none());
        assert!(!db::read!(db, async |tx| is_awaited(tx).await).unwrap());
    })
    .await;
}

#[tokio::test]
async fn codes_expire_and_guessing_them_waits() {
    on_each_engine(async |db| {
        let f = Fresh::new();
        let code = issue(&db, &f.ctx).await.unwrap().unwrap();
        let mut bad = form(code.reveal());
        bad.agency.code = "!".to_owned();
        assert!(matches!(
            f.redeem(&db, bad).await,
            Err(RedeemError::Agency(CreateError::Code))
        ));
        f.clock.advance(Duration::from_secs(24 * 3600));
        for _ in 0..5 {
            assert!(matches!(
                f.redeem(&db, form(code.reveal())).await,
                Err(RedeemError::Wrong)
            ));
        }
        let code = issue(&db, &f.ctx).await.unwrap().unwrap();
        assert!(matches!(
            f.redeem(&db, form(code.reveal())).await,
            Err(RedeemError::Wait { .. })
        ));
        f.clock.advance(Duration::from_secs(3));
        f.redeem(&db, form(&code.reveal().to_uppercase())).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn there_is_no_code_once_there_are_accounts() {
    on_each_engine(async |db| {
        let f = Fresh::new();
        let code = issue(&db, &f.ctx).await.unwrap().unwrap();
        World::new(&db).await;
        assert!(matches!(
            f.redeem(&db, form(code.reveal())).await,
            Err(RedeemError::Wrong)
        ));
        assert!(issue(&db, &f.ctx).await.unwrap().is_none());
    })
    .await;
}
