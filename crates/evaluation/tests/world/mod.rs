//! A small city for tests: a mayor, a head of department, seven of staff, a stranger. All names and numbers invented.

use std::sync::Arc;
use std::time::Duration;

use db::Db;
use evaluation::commands::{self, SetAchievement};
use evaluation::model::RawRating;
use jiff::civil::{Date, date};
use kernel::{
    AgencyId, Ctx, EvaluationId, FixedClock, IkiId, Period, PersonId, PositionId, RhkId, SeededIds, ServiceId, SkpId,
    UnitId, Zone,
};
use org::bulk::{NumberRow, PersonRow, PlacementRow, PositionRow, RankRow, Rows, UnitRow};
use org::model::{Grade, PersonStatus, PlacementKind, PositionKind, UnitKind};
use policy::{Actor, Grant, Role};
use regulation::nip::NipKind;
use regulation::rating::{CapaianOrganisasi, Rating};
use skp::bulk::{IkiRow, RhkRow, SkpRow};
use skp::model::{Approach, Aspect, Direction, Family, Holder, RhkKind, Source, Status};

pub const TODAY: Date = date(2026, 10, 5);
pub const WHEN: (i16, Period) = (2026, Period::Tw3);
pub const BASIS: &str = "Sebelas dari dua belas rencana aksi mencapai target.";
pub const REASON: &str = "Aplikasi antrean buatannya dipakai seluruh loket.";

#[derive(Clone)]
pub struct Member {
    pub id: PersonId,
    pub unit: UnitId,
    pub path: String,
    pub position: PositionId,
    pub superior: Option<PersonId>,
    pub is_head: bool,
    pub actor: Actor,
}

#[derive(Clone, Copy)]
pub struct Made {
    pub skp: SkpId,
    pub rhk: RhkId,
    pub iki: IkiId,
}

pub struct World {
    pub ctx: Ctx,
    pub clock: Arc<FixedClock>,
    pub agency: AgencyId,
    pub city: UnitId,
    pub dinas: UnitId,
    pub mayor: Member,
    pub chief: Member,
    pub staff: Vec<Member>,
    pub stranger: Member,
}

pub async fn world(db: &Db) -> World {
    let clock = Arc::new(FixedClock::new(Zone::Wib.instant(TODAY.at(0, 30, 0, 0))));
    let ctx = Ctx {
        clock: clock.clone(),
        ids: Arc::new(SeededIds::new(9)),
    };
    let new = org::agency::NewAgency {
        code: "KOTA-UJI".into(),
        name: "Kota Uji".into(),
        region: "Kota Uji".into(),
        zone: Zone::Wib,
        is_demo: true,
    };
    let agency = db::write!(db, async |tx| org::agency::create(tx, &ctx, &new).await).expect("an agency");
    let mut rows = Rows::default();
    let mut unit = |code: &str, path: &str, kind, parent: Option<UnitId>| {
        let id: UnitId = ctx.new_id();
        rows.units.push(UnitRow {
            id,
            code: code.into(),
            name: format!("Unit {code}"),
            kind,
            parent,
            path: path.into(),
            depth: path.matches('/').count() as i64,
            valid_from: date(2020, 1, 1),
        });
        id
    };
    let city = unit("KOTA", "KOTA/", UnitKind::Agency, None);
    let dinas = unit("DINAS", "KOTA/DINAS/", UnitKind::Department, Some(city));
    let badan = unit("BADAN", "KOTA/BADAN/", UnitKind::Board, Some(city));
    let mut n = 0;
    let mut member = |(unit, path): (UnitId, &str), is_head: bool, superior: Option<&Member>| {
        n += 1;
        add(&ctx, &mut rows, agency, n, (unit, path), is_head, superior)
    };
    let mayor = member((city, "KOTA/"), true, None);
    let chief = member((dinas, "KOTA/DINAS/"), true, Some(&mayor));
    let staff = (0..7)
        .map(|_| member((dinas, "KOTA/DINAS/"), false, Some(&chief)))
        .collect();
    let stranger = member((badan, "KOTA/BADAN/"), false, None);
    db::write!(db, async |tx| {
        org::bulk::insert_all(tx, agency, ctx.now(), &rows).await?;
        org::projection::refresh(tx, agency, TODAY, org::projection::Affected::All).await
    })
    .expect("people");
    World {
        ctx,
        clock,
        agency,
        city,
        dinas,
        mayor,
        chief,
        staff,
        stranger,
    }
}

fn add(
    ctx: &Ctx,
    rows: &mut Rows,
    agency: AgencyId,
    n: u32,
    (unit, path): (UnitId, &str),
    is_head: bool,
    superior: Option<&Member>,
) -> Member {
    let (id, position): (PersonId, PositionId) = (ctx.new_id(), ctx.new_id());
    let since = date(2020, 1, 1);
    rows.people.push(PersonRow {
        id,
        name: format!("Orang Uji {n:02}"),
        title_front: String::new(),
        title_back: "S.E.".into(),
        birth_date: None,
        sex: None,
        email: None,
        status: PersonStatus::Active,
    });
    rows.numbers.push(NumberRow {
        person: id,
        number: format!("1980010120050119{n:02}"),
        kind: NipKind::Pns,
        valid_from: since,
        valid_to: None,
    });
    rows.ranks.push(RankRow {
        person: id,
        grade: Grade::parse("III/b").expect("a grade"),
        valid_from: since,
    });
    rows.positions.push(PositionRow {
        id: position,
        unit,
        code: format!("J{n}"),
        title: format!("Jabatan {n}"),
        kind: PositionKind::Structural,
        level: None,
        is_head,
        valid_from: since,
    });
    rows.placements.push(PlacementRow {
        id: ctx.new_id(),
        person: id,
        position,
        kind: PlacementKind::Definitive,
        valid_from: since,
        valid_to: None,
        decree: String::new(),
    });
    Member {
        id,
        unit,
        path: path.into(),
        position,
        superior: superior.map(|s| s.id),
        is_head,
        actor: Actor {
            account: ctx.new_id(),
            agency,
            person: Some(id),
            unit_path: Some(path.into()),
            heads: if is_head { vec![path.into()] } else { vec![] },
            grants: vec![],
        },
    }
}

impl World {
    pub fn admin(&self) -> Actor {
        Actor {
            account: self.ctx.new_id(),
            agency: self.agency,
            person: None,
            unit_path: None,
            heads: vec![],
            grants: vec![Grant {
                role: Role::AgencyAdmin,
                path: String::new(),
            }],
        }
    }

    pub fn wait(&self, days: u64) {
        self.clock.advance(Duration::from_secs(days * 86_400));
    }

    /// An SKP of 2026 with one main result and one indicator ("4 laporan"), which may rest on a service.
    pub async fn skp(&self, db: &Db, member: &Member, status: Status, service: Option<ServiceId>) -> Made {
        let now = self.ctx.now();
        let made = Made {
            skp: self.ctx.new_id(),
            rhk: self.ctx.new_id(),
            iki: self.ctx.new_id(),
        };
        let target = if service.is_some() { 80 } else { 4 };
        let rows = skp::bulk::Rows {
            skps: vec![SkpRow {
                id: made.skp,
                agency_id: self.agency,
                person_id: member.id,
                assessor_id: member.superior,
                unit_id: member.unit,
                unit_path: member.path.clone(),
                position_id: member.position,
                is_head: member.is_head,
                year: 2026,
                period_start: date(2026, 1, 1),
                period_end: date(2026, 12, 31),
                approach: Approach::Kuantitatif,
                family: Family::Aspek,
                status,
                version: 1,
                created_at: now,
                changed_at: now,
                submitted_at: Some(now),
                decided_at: Some(now),
            }],
            rhks: vec![RhkRow {
                id: made.rhk,
                agency_id: self.agency,
                skp_id: made.skp,
                kind: RhkKind::Utama,
                seq: 1,
                text: "Tersusunnya laporan pelayanan tepat waktu".into(),
                parent_rhk_id: None,
                assigned_from: String::new(),
                holder: Holder::Organisasi,
            }],
            ikis: vec![IkiRow {
                id: made.iki,
                agency_id: self.agency,
                rhk_id: made.rhk,
                seq: 1,
                aspect: Some(Aspect::Kuantitas),
                perspective: None,
                text: "Jumlah laporan".into(),
                target_text: format!("{target} laporan"),
                target_min: Some(target.into()),
                target_max: None,
                target_unit: "laporan".into(),
                direction: Direction::MakinTinggi,
                source: if service.is_some() {
                    Source::Layanan
                } else {
                    Source::Manual
                },
                service_id: service,
            }],
            ..Default::default()
        };
        db::write!(db, async |tx| skp::bulk::insert_all(tx, &rows).await).expect("an SKP");
        made
    }

    /// An approved SKP with its evaluation of [`WHEN`] opened by the superior.
    pub async fn opened(&self, db: &Db, member: &Member) -> EvaluationId {
        let made = self.skp(db, member, Status::Disetujui, None).await;
        let superior = if member.is_head { &self.mayor } else { &self.chief };
        commands::open(db, &self.ctx, &superior.actor, made.skp, WHEN.1)
            .await
            .expect("opened")
    }

    pub fn achievement(&self, unit: UnitId, achievement: CapaianOrganisasi, version: i64) -> SetAchievement {
        SetAchievement {
            unit,
            year: WHEN.0,
            period: WHEN.1,
            achievement,
            basis: BASIS.into(),
            version,
        }
    }
}

/// Two ratings with a reason for each.
pub fn ratings(result: Option<Rating>, behaviour: Option<Rating>) -> RawRating {
    RawRating {
        result,
        result_reason: REASON.into(),
        behaviour,
        behaviour_reason: REASON.into(),
        recommendation: "Ikut pelatihan.\n\nPimpin satu tim.".into(),
    }
}
