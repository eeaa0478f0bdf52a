//! One small agency: a department with a section, and another department. All people are invented (sequence 9xx).

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use access::bulk::{self, AccountRow};
use access::commands::{SignIn, SignInError, SignedIn, sign_in};
use access::session::{SessionView, resolve};
use access::{Gate, Language, password};
use db::{Db, args, sql};
use jiff::civil::{Date, date};
use kernel::{AccountId, AgencyId, Ctx, FixedClock, PersonId, PositionId, SeededIds, UnitId, Zone};
use org::bulk::{NumberRow, PersonRow, PlacementRow, PositionRow, UnitRow};
use org::model::{PersonStatus, PlacementKind, PositionKind, UnitKind};
use policy::Role;
use regulation::nip::NipKind;

pub const PASSWORD: &str = "hujan turun di loket tiga";
pub const TODAY: Date = date(2026, 11, 22);
pub const HOME: &str = "203.0.113.7";
pub const ELSEWHERE: &str = "198.51.100.20";

pub struct World {
    pub db: Db,
    pub ctx: Ctx,
    pub clock: Arc<FixedClock>,
    pub gate: Gate,
    pub agency: AgencyId,
    /// `DINAS`, `DINAS.SEKSI`, `LAIN`.
    pub units: [UnitId; 3],
    /// Administrator of the agency; no person.
    pub admin: AccountId,
    /// Heads the department.
    pub head: Member,
    /// Staff of the section.
    pub staff: Member,
    /// Staff of the other department.
    pub other: Member,
}

#[derive(Debug, Clone)]
pub struct Member {
    pub person: PersonId,
    pub account: AccountId,
    pub number: String,
}

pub const ADMIN: &str = "admin@contoh.go.id";

impl World {
    pub async fn new(db: &Db) -> Self {
        let start = Zone::Wita.start_of(TODAY).plus(Duration::from_secs(9 * 3600));
        let clock = Arc::new(FixedClock::new(start));
        let ctx = Ctx {
            clock: clock.clone(),
            ids: Arc::new(SeededIds::new(7)),
        };
        let gate = Gate::default();
        let hash = password::hash(&gate, &ctx, PASSWORD)
            .await
            .expect("the test database answers");
        let mut world = Self {
            db: db.clone(),
            agency: AgencyId::from_uuid(ctx.ids.next(start)),
            units: [ctx.new_id(), ctx.new_id(), ctx.new_id()],
            admin: ctx.new_id(),
            head: member(&ctx, 901),
            staff: member(&ctx, 902),
            other: member(&ctx, 903),
            ctx,
            clock,
            gate,
        };
        world.agency = world.add_agency("KOTA").await;
        world.fill(&hash).await;
        world
    }

    pub async fn add_agency(&self, code: &str) -> AgencyId {
        let new = org::agency::NewAgency {
            code: code.to_owned(),
            name: format!("Pemerintah {code}"),
            region: "Kota Contoh".to_owned(),
            zone: Zone::Wita,
            is_demo: true,
        };
        db::write!(self.db, async |tx| org::agency::create(tx, &self.ctx, &new).await)
            .expect("the test database answers")
    }

    async fn fill(&self, hash: &str) {
        let from = date(2020, 1, 1);
        let unit = |n: usize, code: &str, parent: Option<usize>, path: &str| UnitRow {
            id: self.units[n],
            code: code.to_owned(),
            name: format!("Unit {code}"),
            kind: UnitKind::Department,
            parent: parent.map(|p| self.units[p]),
            path: path.to_owned(),
            depth: if parent.is_some() { 2 } else { 1 },
            valid_from: from,
        };
        let mut rows = org::bulk::Rows {
            units: vec![
                unit(0, "DINAS", None, "DINAS/"),
                unit(1, "SEKSI", Some(0), "DINAS/SEKSI/"),
                unit(2, "LAIN", None, "LAIN/"),
            ],
            ..org::bulk::Rows::default()
        };
        let mut accounts = Vec::new();
        for (who, name, unit, is_head) in [
            (&self.head, "Bagus Wirawan", 0, true),
            (&self.staff, "Siti Rahmawati", 1, false),
            (&self.other, "Made Lestari", 2, false),
        ] {
            let position: PositionId = self.ctx.new_id();
            rows.positions.push(PositionRow {
                id: position,
                unit: self.units[unit],
                code: format!("P{}", &who.number[15..]),
                title: "Jabatan".to_owned(),
                kind: PositionKind::Structural,
                level: None,
                is_head,
                valid_from: from,
            });
            rows.people.push(PersonRow {
                id: who.person,
                name: name.to_owned(),
                title_front: String::new(),
                title_back: String::new(),
                birth_date: Some(date(1986, 9, 26)),
                sex: None,
                email: None,
                status: PersonStatus::Active,
            });
            rows.numbers.push(NumberRow {
                person: who.person,
                number: who.number.clone(),
                kind: NipKind::Pns,
                valid_from: from,
                valid_to: None,
            });
            rows.placements.push(PlacementRow {
                id: self.ctx.new_id(),
                person: who.person,
                position,
                kind: PlacementKind::Definitive,
                valid_from: from,
                valid_to: None,
                decree: String::new(),
            });
            accounts.push(self.account_row(who.account, Some(who.person), None, name, hash));
        }
        accounts.push(self.account_row(self.admin, None, Some(ADMIN), "Administrator", hash));
        let grants = vec![bulk::GrantRow {
            id: self.ctx.new_id(),
            account: self.admin,
            role: Role::AgencyAdmin,
            unit: None,
            valid_from: from,
            valid_to: None,
            reason: "Uji".to_owned(),
        }];
        let accounts = bulk::Rows { accounts, grants };
        db::write!(self.db, async |tx| {
            let now = self.ctx.now();
            org::bulk::insert_all(tx, self.agency, now, &rows).await?;
            org::projection::refresh(tx, self.agency, TODAY, org::projection::Affected::All).await?;
            bulk::insert_all(tx, self.agency, now, &accounts).await
        })
        .expect("the test database answers");
    }

    pub fn account_row(
        &self,
        id: AccountId,
        person: Option<PersonId>,
        email: Option<&str>,
        label: &str,
        hash: &str,
    ) -> AccountRow {
        AccountRow {
            id,
            person,
            email: email.map(str::to_owned),
            label: label.to_owned(),
            password_hash: hash.to_owned(),
            must_change: false,
            language: Language::Indonesian,
        }
    }

    pub async fn add_grant(&self, account: AccountId, role: Role, unit: Option<UnitId>, from: Date, to: Option<Date>) {
        let grants = vec![bulk::GrantRow {
            id: self.ctx.new_id(),
            account,
            role,
            unit,
            valid_from: from,
            valid_to: to,
            reason: "Uji".to_owned(),
        }];
        let rows = bulk::Rows {
            accounts: Vec::new(),
            grants,
        };
        db::write!(self.db, async |tx| bulk::insert_all(
            tx,
            self.agency,
            self.ctx.now(),
            &rows
        )
        .await)
        .expect("the test database answers");
    }

    pub fn later(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    pub async fn try_sign_in(&self, login: &str, password: &str, address: &str) -> Result<SignedIn, SignInError> {
        let input = SignIn {
            login: login.to_owned(),
            password: password.to_owned(),
            address: ip(address),
            replaces: None,
        };
        sign_in(&self.db, &self.ctx, &self.gate, input).await
    }

    pub async fn enter(&self, login: &str) -> SignedIn {
        self.try_sign_in(login, PASSWORD, HOME).await.expect("signs in")
    }

    pub async fn view(&self, token: &str) -> Option<SessionView> {
        db::read!(self.db, async |tx| resolve(
            tx,
            self.gate.config(),
            token,
            self.ctx.now()
        )
        .await)
        .expect("the test database answers")
    }

    /// Signs in and looks.
    pub async fn as_user(&self, login: &str) -> SessionView {
        let signed_in = self.enter(login).await;
        self.view(signed_in.token.as_str()).await.expect("a session")
    }

    pub async fn count(&self, what: &str) -> i64 {
        let counted = db::read!(self.db, async |tx| match what {
            "session" =>
                tx.scalar::<i64>(sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM session"), args![])
                    .await,
            _ => {
                tx.scalar::<i64>(
                    sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM audit_entry WHERE verb = $1"),
                    args![what],
                )
                .await
            }
        });
        counted.expect("the test database answers").unwrap_or(0)
    }
}

fn member(ctx: &Ctx, sequence: u16) -> Member {
    Member {
        person: ctx.new_id(),
        account: ctx.new_id(),
        number: format!("198609262015052{sequence}"),
    }
}

pub fn ip(text: &str) -> IpAddr {
    text.parse().expect("an address")
}
