//! The small city of the tests: fixed, so that what is asserted repeats.

use std::collections::BTreeMap;

use db::{Db, args, sql};
use jiff::civil::{Date, date};
use kernel::{AgencyId, Ctx, GrantId, PlacementId, ServiceId, UnitId, Zone};
use org::agency::NewAgency;
use org::model::{PersonStatus, PlacementKind, PositionKind, UnitKind};
use org::projection::{self, Affected};
use policy::Role;

use super::people::{Draft, Member, START, User};
use super::work::{self, Plan, Work};

/// Monday, 23 November 2026.
pub const TODAY: Date = date(2026, 11, 23);

pub struct City {
    pub agency_code: &'static str,
    pub bidang: UnitId,
    pub members: BTreeMap<User, Member>,
    /// Approved, with a whole life of work.
    pub a: Work,
    /// Handed in.
    pub b: Plan,
    /// Approved, with an evaluation that is not rated.
    pub e: Work,
    /// Approved under the Plt whose duty ended yesterday.
    pub f: Plan,
    /// Of the other agency.
    pub d: Plan,
    pub service: ServiceId,
    pub other_service: ServiceId,
    pub slug: &'static str,
    /// A role of A's that ended years ago.
    pub grant: GrantId,
    /// A superior of A's by hand, until years ago.
    pub ended_superior: uuid::Uuid,
    /// A's placement.
    pub placement: PlacementId,
    /// A staff list that waits to be confirmed.
    pub import: String,
    pub code: String,
}

impl City {
    pub fn member(&self, user: User) -> &Member {
        self.members.get(&user).expect("somebody of the city")
    }
}

async fn agency(db: &Db, ctx: &Ctx, code: &str, name: &str) -> AgencyId {
    let new = NewAgency {
        code: code.into(),
        name: name.into(),
        region: "Kota Uji".into(),
        zone: Zone::Wib,
        is_demo: true,
    };
    db::write!(db, async |tx| org::agency::create(tx, ctx, &new).await).expect("an agency")
}

async fn save(db: &Db, ctx: &Ctx, agency: AgencyId, draft: &Draft<'_>) {
    db::write!(db, async |tx| {
        org::bulk::insert_all(tx, agency, ctx.now(), &draft.org).await?;
        access::bulk::insert_all(tx, agency, ctx.now(), &draft.access).await?;
        projection::refresh(tx, agency, TODAY, Affected::All).await
    })
    .expect("people");
}

/// Fills a fresh database.
pub async fn build(db: &Db, ctx: &Ctx, hash: &str) -> City {
    let home = agency(db, ctx, "kota-uji", "Pemerintah Kota Uji").await;
    let away = agency(db, ctx, "kota-lain", "Pemerintah Kota Lain").await;
    let mut members = BTreeMap::new();

    let mut draft = Draft::new(ctx, hash, 900);
    let root = draft.unit("1", "Pemerintah Kota Uji", UnitKind::Agency, None);
    let dinas = draft.unit("1.01", "Dinas Kependudukan Uji", UnitKind::Department, Some(root));
    let bidang = draft.unit("1.01.1", "Bidang Pelayanan Uji", UnitKind::Other, Some(dinas));
    let seksi = draft.unit("1.01.1.1", "Seksi Loket Uji", UnitKind::Other, Some(bidang));
    let other = draft.unit("1.02", "Dinas Perhubungan Uji", UnitKind::Department, Some(root));
    for (user, name, unit, title, is_head) in [
        (
            User::StaffA,
            "Kenari Adiwarna",
            bidang,
            "Pengadministrasi Kependudukan",
            false,
        ),
        (User::StaffB, "Beringin Basuki", bidang, "Pengelola Arsip", false),
        (User::StaffE, "Enau Ekasari", bidang, "Pengelola Data", false),
        (User::StaffC, "Cemara Cahyadi", other, "Pengelola Terminal", false),
        (User::Superior, "Sawo Sulistyo", bidang, "Kepala Bidang Pelayanan", true),
        (User::Above, "Angsana Ardana", dinas, "Kepala Dinas", true),
        (User::UnitAdmin, "Ulin Umbara", dinas, "Analis Kepegawaian", false),
        (User::Head, "Waru Wicaksana", root, "Wali Kota", true),
        (User::Counter, "Lontar Lestari", dinas, "Petugas Loket", false),
        (User::Disabled, "Nangka Nugraha", bidang, "Pengelola Gudang", false),
        (User::Former, "Pinang Prasetya", bidang, "Pengelola Surat", false),
        (User::EndedPlt, "Trembesi Tirtana", dinas, "Analis Kebijakan", false),
        (User::StaffF, "Flamboyan Firdaus", seksi, "Operator Loket", false),
    ] {
        members.insert(user, draft.member(name, unit, title, is_head));
    }
    for (user, name) in [
        (User::AgencyAdmin, "Admin Instansi Uji"),
        (User::Auditor, "Auditor Uji"),
    ] {
        members.insert(user, draft.administration(name, root));
    }
    draft.grant(&members[&User::UnitAdmin], Role::UnitAdmin, Some(dinas));
    draft.grant(&members[&User::Counter], Role::Counter, Some(dinas));
    draft.grant(&members[&User::AgencyAdmin], Role::AgencyAdmin, None);
    draft.grant(&members[&User::Auditor], Role::Auditor, None);
    draft.grant(&members[&User::Head], Role::AgencyHead, None);
    // a role of A's that has long ended: there is something to take back, and nothing to do with it
    let grant = draft.grant(&members[&User::StaffA], Role::Counter, Some(dinas));
    for row in draft.access.grants.iter_mut().filter(|g| g.id == grant) {
        row.valid_to = Some(date(2021, 12, 31));
    }
    let seat = draft.vacant_head(seksi, "Kepala Seksi Loket");
    let plt = members[&User::EndedPlt].person.expect("a person");
    draft.place(plt, seat, PlacementKind::Plt, START, TODAY.yesterday().ok());
    let head = members[&User::Head].position;
    for position in draft.org.positions.iter_mut().filter(|p| p.id == head) {
        position.kind = PositionKind::StateOfficial;
    }
    let retired = members[&User::Former].person;
    for person in draft.org.people.iter_mut().filter(|p| Some(p.id) == retired) {
        person.status = PersonStatus::Retired;
    }
    save(db, ctx, home, &draft).await;

    let owner = members[&User::StaffA].person;
    let placement = draft
        .org
        .placements
        .iter()
        .find(|p| Some(p.person) == owner)
        .expect("a placement")
        .id;
    let ended_superior = ctx.ids.next(ctx.now());
    let above = members[&User::Above].person;
    db::write!(db, async |tx| {
        tx.exec(
            sql!(
                "INSERT INTO superior_override (id, agency_id, person_id, superior_id, reason, document, valid_from, \
                 valid_to, created_at) VALUES ($1, $2, $3, $4, 'Penugasan', 'ST 9', $5, $6, $7)"
            ),
            args![ended_superior, home, owner, above, START, date(2021, 12, 31), ctx.now()],
        )
        .await
    })
    .expect("a superior by hand");

    let mut draft = Draft::new(ctx, hash, 950);
    let far = draft.unit("1", "Pemerintah Kota Lain", UnitKind::Agency, None);
    members.insert(
        User::StaffD,
        draft.member("Damar Darmawan", far, "Pengelola Surat", false),
    );
    let admin = draft.administration("Admin Kota Lain", far);
    draft.grant(&admin, Role::AgencyAdmin, None);
    members.insert(User::OtherAdmin, admin);
    save(db, ctx, away, &draft).await;

    let disabled = members[&User::Disabled].account;
    db::write!(db, async |tx| {
        tx.exec(
            sql!("UPDATE account SET disabled_at = $2 WHERE id = $1"),
            args![disabled, ctx.now()],
        )
        .await
    })
    .expect("disabled");

    let plans = work::plans(db, ctx, home, away, &members).await;
    let services = work::services(db, ctx, home, away, (dinas, "1/1.01/"), (far, "1/")).await;
    let import = work::staff_list(db, ctx, &members).await;
    let code = work::evaluate(db, ctx, home, bidang, &members, &plans).await;
    City {
        agency_code: "KOTA-UJI",
        bidang,
        members,
        a: Work {
            evaluation: code.a,
            ..plans.a
        },
        b: plans.b,
        e: Work {
            evaluation: code.e,
            ..plans.e
        },
        f: plans.f,
        d: plans.d,
        service: services.0,
        other_service: services.1,
        slug: "akta-kelahiran",
        grant,
        ended_superior,
        placement,
        import,
        code: code.code,
    }
}
