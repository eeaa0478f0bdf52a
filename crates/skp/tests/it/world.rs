//! A small office for tests: a head of department, a head of division, two staff, and one stranger elsewhere. All
//! names and numbers are invented.

use db::Db;
use jiff::civil::{Date, date};
use kernel::{AgencyId, Ctx, Instant, PersonId, PositionId, RhkId, SkpId, UnitId, Zone};
use org::bulk::{NumberRow, PersonRow, PlacementRow, PositionRow, RankRow, Rows, UnitRow};
use org::model::{Grade, PersonStatus, PlacementKind, PositionKind, PositionLevel, UnitKind};
use policy::Actor;
use regulation::nip::NipKind;
use skp::bulk::{IkiRow, RhkRow, SkpRow};
use skp::model::{Approach, Aspect, Direction, Family, Holder, RhkKind, Source, Status};

/// Somebody of the office.
#[derive(Clone)]
pub struct Member {
    pub id: PersonId,
    pub unit: UnitId,
    pub path: String,
    pub position: PositionId,
    pub superior: Option<PersonId>,
    pub actor: Actor,
}

pub struct World {
    pub ctx: Ctx,
    pub agency: AgencyId,
    /// Head of department (JPT pratama).
    pub chief: Member,
    /// Head of division, below the chief.
    pub head: Member,
    /// Staff of the division.
    pub staff: Member,
    /// Staff of the division.
    pub colleague: Member,
    /// Staff of another department.
    pub stranger: Member,
}

/// An approved (or other) SKP made of rows.
#[derive(Clone, Copy)]
pub struct Made {
    pub skp: SkpId,
    pub rhk: RhkId,
}

pub const TODAY: Date = date(2026, 4, 15);

/// Noon of a day in the office.
pub fn noon(day: Date) -> Instant {
    Zone::Wib.instant(day.at(12, 0, 0, 0))
}

struct Place {
    unit: UnitId,
    path: &'static str,
}

pub async fn office(db: &Db) -> World {
    office_on(db, TODAY).await
}

pub async fn office_on(db: &Db, today: Date) -> World {
    let ctx = Ctx::seeded(noon(today), 7);
    let since = date(2020, 1, 1);
    let mut rows = Rows::default();
    let mut unit = |code: &str, path: &'static str, kind, parent: Option<UnitId>| {
        let id: UnitId = ctx.new_id();
        rows.units.push(UnitRow {
            id,
            code: code.into(),
            name: format!("Unit {code}"),
            kind,
            parent,
            path: path.into(),
            depth: path.matches('/').count() as i64,
            valid_from: since,
        });
        Place { unit: id, path }
    };
    let root = unit("KOTA", "KOTA/", UnitKind::Agency, None);
    let dinas = unit("DINAS", "KOTA/DINAS/", UnitKind::Department, Some(root.unit));
    let bidang = unit("BIDANG", "KOTA/DINAS/BIDANG/", UnitKind::Division, Some(dinas.unit));
    let badan = unit("BADAN", "KOTA/BADAN/", UnitKind::Board, Some(root.unit));

    let agency = db::write!(db, async |tx| {
        let new = org::agency::NewAgency {
            code: "KOTA-UJI".into(),
            name: "Kota Uji".into(),
            region: "Kota Uji".into(),
            zone: Zone::Wib,
            is_demo: true,
        };
        org::agency::create(tx, &ctx, &new).await
    })
    .expect("an agency");

    let mut member = |n: u8, place: &Place, level, is_head: bool, superior: Option<&Member>| {
        let id: PersonId = ctx.new_id();
        let position: PositionId = ctx.new_id();
        rows.people.push(PersonRow {
            id,
            name: format!("Orang Uji {n}"),
            title_front: String::new(),
            title_back: "S.E.".into(),
            birth_date: None,
            sex: None,
            email: None,
            status: PersonStatus::Active,
        });
        rows.numbers.push(NumberRow {
            person: id,
            number: format!("19800101200501190{n}"),
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
            unit: place.unit,
            code: format!("J{n}"),
            title: format!("Jabatan {n}"),
            kind: PositionKind::Structural,
            level,
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
            unit: place.unit,
            path: place.path.into(),
            position,
            superior: superior.map(|s| s.id),
            actor: Actor {
                account: ctx.new_id(),
                agency,
                person: Some(id),
                unit_path: Some(place.path.into()),
                heads: if is_head { vec![place.path.into()] } else { vec![] },
                grants: vec![],
            },
        }
    };
    let chief = member(1, &dinas, Some(PositionLevel::JptPratama), true, None);
    let head = member(2, &bidang, Some(PositionLevel::Administrator), true, Some(&chief));
    let staff = member(3, &bidang, None, false, Some(&head));
    let colleague = member(4, &bidang, None, false, Some(&head));
    let stranger = member(5, &badan, None, false, None);
    db::write!(db, async |tx| {
        org::bulk::insert_all(tx, agency, ctx.now(), &rows).await?;
        org::projection::refresh(tx, agency, today, org::projection::Affected::All).await
    })
    .expect("an office");
    World {
        ctx,
        agency,
        chief,
        head,
        staff,
        colleague,
        stranger,
    }
}

impl World {
    /// Somebody who administers the agency and reports to nobody.
    pub fn admin(&self) -> Actor {
        Actor {
            account: self.ctx.new_id(),
            agency: self.agency,
            person: None,
            unit_path: None,
            heads: vec![],
            grants: vec![policy::Grant {
                role: policy::Role::AgencyAdmin,
                path: String::new(),
            }],
        }
    }

    /// An SKP of 2026 with one RHK and one IKI, in any state, made of rows.
    pub async fn skp(&self, db: &Db, member: &Member, status: Status) -> Made {
        let now = self.ctx.now();
        let made = Made {
            skp: self.ctx.new_id(),
            rhk: self.ctx.new_id(),
        };
        let rows = skp::bulk::Rows {
            skps: vec![SkpRow {
                id: made.skp,
                agency_id: self.agency,
                person_id: member.id,
                assessor_id: member.superior,
                unit_id: member.unit,
                unit_path: member.path.clone(),
                position_id: member.position,
                is_head: false,
                year: 2026,
                period_start: date(2026, 1, 1),
                period_end: date(2026, 12, 31),
                approach: Approach::Kuantitatif,
                family: Family::Aspek,
                status,
                version: 1,
                created_at: now,
                changed_at: now,
                submitted_at: None,
                decided_at: None,
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
                id: self.ctx.new_id(),
                agency_id: self.agency,
                rhk_id: made.rhk,
                seq: 1,
                aspect: Some(Aspect::Kuantitas),
                perspective: None,
                text: "Jumlah laporan".into(),
                target_text: "4 laporan".into(),
                target_min: Some(4.into()),
                target_max: None,
                target_unit: "laporan".into(),
                direction: Direction::MakinTinggi,
                source: Source::Manual,
                service_id: None,
            }],
            ..Default::default()
        };
        db::write!(db, async |tx| skp::bulk::insert_all(tx, &rows).await).expect("an SKP");
        made
    }
}
