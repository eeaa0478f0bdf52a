//! A small fictional agency for the tests of this crate, and who acts in it. Numbers have sequence 9xx: made up.
#![expect(dead_code, reason = "each test file uses its own part")]

pub mod lists;

use db::Db;
use jiff::civil::{Date, date};
use kernel::{AccountId, AgencyId, Ctx, Id, Instant, PersonId, PositionId, UnitId, Zone};
use org::agency::{self, NewAgency};
use org::bulk::{self, NumberRow, PersonRow, PlacementRow, PositionRow, RankRow, Rows, UnitRow};
use org::model::{Grade, PersonStatus, PlacementKind, PositionKind, UnitKind};
use org::projection::{self, Affected};
use policy::{Actor, Grant, Permit, Role};
use regulation::nip::NipKind;

/// 22 November 2026, 09.00 WIB.
pub const NOW: Instant = Instant::from_micros(1_795_312_800_000_000);
/// The date of [`NOW`].
pub const TODAY: Date = date(2026, 11, 22);
/// First day of everything.
pub const START: Date = date(2024, 1, 1);

pub struct World {
    pub ctx: Ctx,
    pub agency: AgencyId,
    pub rows: Rows,
}

pub fn ctx() -> Ctx {
    Ctx::seeded(NOW, 11)
}

pub fn account(n: u128) -> AccountId {
    Id::from_uuid(uuid::Uuid::from_u128(n))
}

pub fn admin(agency: AgencyId) -> Actor {
    actor(
        agency,
        None,
        vec![Grant {
            role: Role::AgencyAdmin,
            path: String::new(),
        }],
    )
}

pub fn actor(agency: AgencyId, person: Option<PersonId>, grants: Vec<Grant>) -> Actor {
    Actor {
        account: account(1),
        agency,
        person,
        unit_path: None,
        heads: Vec::new(),
        grants,
    }
}

pub fn permit(agency: AgencyId) -> Permit {
    Permit::system(agency, account(7))
}

pub async fn empty(db: &Db) -> World {
    let ctx = ctx();
    let new = NewAgency {
        code: "uji".into(),
        name: "Kota Uji".into(),
        region: "Kota Uji".into(),
        zone: Zone::Wib,
        is_demo: true,
    };
    let agency = db::write!(db, async |tx| agency::create(tx, &ctx, &new).await).expect("an agency");
    World {
        ctx,
        agency,
        rows: Rows::default(),
    }
}

impl World {
    pub fn unit(&mut self, code: &str, name: &str, parent: Option<&str>) -> UnitId {
        let above = parent.map(|p| {
            self.rows
                .units
                .iter()
                .find(|u| u.code == p)
                .expect("parents first")
                .clone()
        });
        let id = self.ctx.new_id();
        self.rows.units.push(UnitRow {
            id,
            code: code.into(),
            name: name.into(),
            kind: UnitKind::Other,
            parent: above.as_ref().map(|u| u.id),
            path: format!("{}{code}/", above.as_ref().map_or("", |u| u.path.as_str())),
            depth: above.map_or(1, |u| u.depth + 1),
            valid_from: START,
        });
        id
    }

    pub fn seat(&mut self, unit: UnitId, title: &str, is_head: bool) -> PositionId {
        let id = self.ctx.new_id();
        let code = format!("P{}", self.rows.positions.len());
        let kind = if is_head {
            PositionKind::Structural
        } else {
            PositionKind::Clerical
        };
        self.rows.positions.push(PositionRow {
            id,
            unit,
            code,
            title: title.into(),
            kind,
            level: None,
            is_head,
            valid_from: START,
        });
        id
    }

    pub fn person(&mut self, name: &str, seat: Option<PositionId>) -> PersonId {
        let id = self.ctx.new_id();
        let n = self.rows.people.len();
        self.rows.people.push(PersonRow {
            id,
            name: name.into(),
            title_front: String::new(),
            title_back: "S.E.".into(),
            birth_date: Some(date(1990, 1, 1)),
            sex: None,
            email: None,
            status: PersonStatus::Active,
        });
        self.rows.numbers.push(NumberRow {
            person: id,
            number: format!("19900101201{:01}0119{:02}", n % 10, n),
            kind: NipKind::Pns,
            valid_from: START,
            valid_to: None,
        });
        self.rows.ranks.push(RankRow {
            person: id,
            grade: Grade::parse("III/b").expect("a golongan"),
            valid_from: START,
        });
        if let Some(seat) = seat {
            self.hold(id, seat, PlacementKind::Definitive, START, None);
        }
        id
    }

    pub fn hold(&mut self, person: PersonId, position: PositionId, kind: PlacementKind, from: Date, to: Option<Date>) {
        self.rows.placements.push(PlacementRow {
            id: self.ctx.new_id(),
            person,
            position,
            kind,
            valid_from: from,
            valid_to: to,
            decree: String::new(),
        });
    }

    pub async fn save(&self, db: &Db) {
        db::write!(db, async |tx| {
            bulk::insert_all(tx, self.agency, NOW, &self.rows).await?;
            projection::refresh(tx, self.agency, TODAY, Affected::All).await
        })
        .expect("saved");
    }
}

/// A city with a head office, a department with two divisions, and their people.
pub struct City {
    pub w: World,
    pub root: UnitId,
    pub dinas: UnitId,
    pub bidang: UnitId,
    pub other: UnitId,
    pub seat_dinas: PositionId,
    pub seat_bidang: PositionId,
    pub seat_other: PositionId,
    pub desk: PositionId,
    pub mayor: PersonId,
    pub kadis: PersonId,
    pub kabid: PersonId,
    pub staff: PersonId,
    pub colleague: PersonId,
}

pub async fn city(db: &Db) -> City {
    let mut w = empty(db).await;
    let root = w.unit("1", "Pemerintah Kota Uji", None);
    let dinas = w.unit("1.01", "Dinas Kependudukan", Some("1"));
    let bidang = w.unit("1.01.1", "Bidang Pelayanan", Some("1.01"));
    let other = w.unit("1.01.2", "Bidang Data", Some("1.01"));
    let seat_root = w.seat(root, "Sekretaris Daerah", true);
    let seat_dinas = w.seat(dinas, "Kepala Dinas", true);
    let seat_bidang = w.seat(bidang, "Kepala Bidang Pelayanan", true);
    let seat_other = w.seat(other, "Kepala Bidang Data", true);
    let desk = w.seat(bidang, "Operator Layanan", false);
    let mayor = w.person("Ratna Wijaya", Some(seat_root));
    let kadis = w.person("Budi Santoso", Some(seat_dinas));
    let kabid = w.person("Siti Rahmawati", Some(seat_bidang));
    let staff = w.person("Ahmad Ma'ruf Hidayat", Some(desk));
    let colleague = w.person("Siti Aminah", Some(desk));
    w.save(db).await;
    City {
        w,
        root,
        dinas,
        bidang,
        other,
        seat_dinas,
        seat_bidang,
        seat_other,
        desk,
        mayor,
        kadis,
        kabid,
        staff,
        colleague,
    }
}

/// A record as a form sends it.
pub fn record(name: &str, status: PersonStatus) -> org::commands::people::RecordInput {
    org::commands::people::RecordInput {
        name: name.into(),
        title_front: "Dr.".into(),
        title_back: String::new(),
        birth_date: Some(date(1990, 1, 1)),
        sex: None,
        email: String::new(),
        status,
    }
}

/// The employee row of a person.
pub async fn today_of(db: &Db, agency: AgencyId, person: PersonId) -> org::queries::EmployeeRow {
    db::read!(db, async |tx| org::queries::employee(tx, agency, person).await)
        .expect("readable")
        .expect("there")
}
