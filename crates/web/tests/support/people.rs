//! Who lives in the small city of the tests. All names and numbers are invented (sequence 9xx).

use access::bulk::{AccountRow, GrantRow};
use jiff::civil::{Date, date};
use kernel::{AccountId, Ctx, GrantId, PersonId, PositionId, UnitId};
use org::bulk::{NumberRow, PersonRow, PlacementRow, PositionRow, RankRow, UnitRow};
use org::model::{Grade, PersonStatus, PlacementKind, PositionKind, UnitKind};
use policy::Role;
use regulation::nip::NipKind;

/// First day of everything.
pub const START: Date = date(2020, 1, 1);

/// Those who come to the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum User {
    /// Nobody: no session.
    Anonymous,
    /// Staff of the bidang, to whom the objects of the tests belong.
    StaffA,
    /// Same unit; has an SKP that waits for the superior.
    StaffB,
    /// Same unit; has an evaluation that waits for a rating.
    StaffE,
    /// Another dinas.
    StaffC,
    /// Kepala bidang.
    Superior,
    /// Kepala dinas.
    Above,
    /// Administers the dinas of A.
    UnitAdmin,
    /// Administers the agency; an account without a person.
    AgencyAdmin,
    /// Audits the agency; an account without a person.
    Auditor,
    /// Wali kota: no NIP, no SKP.
    Head,
    /// At a counter of the dinas.
    Counter,
    /// Their account is disabled.
    Disabled,
    /// Retired, with an account that nobody disabled.
    Former,
    /// Was Plt of the seksi until yesterday.
    EndedPlt,
    /// Staff of the seksi: their SKP names the Plt as assessor no more.
    StaffF,
    /// Staff of another agency.
    StaffD,
    /// Administers the other agency.
    OtherAdmin,
}

impl User {
    /// The columns of the access matrix, with their short names.
    pub const MATRIX: [(Self, &'static str); 13] = [
        (Self::Anonymous, "anon"),
        (Self::StaffA, "owner"),
        (Self::StaffB, "peer"),
        (Self::StaffC, "far"),
        (Self::Superior, "sup"),
        (Self::Above, "above"),
        (Self::UnitAdmin, "uadm"),
        (Self::AgencyAdmin, "aadm"),
        (Self::Auditor, "audit"),
        (Self::Head, "head"),
        (Self::Counter, "count"),
        (Self::StaffD, "other"),
        (Self::OtherAdmin, "oadm"),
    ];
}

/// One of them.
#[derive(Debug, Clone)]
pub struct Member {
    pub account: AccountId,
    pub person: Option<PersonId>,
    pub name: String,
    /// Eighteen digits; empty for those without.
    pub number: String,
    pub email: String,
    pub unit: UnitId,
    pub path: String,
    pub position: PositionId,
    pub is_head: bool,
}

/// Rows of one agency in the making.
pub struct Draft<'a> {
    pub ctx: &'a Ctx,
    pub hash: &'a str,
    pub org: org::bulk::Rows,
    pub access: access::bulk::Rows,
    next: u32,
}

impl<'a> Draft<'a> {
    pub fn new(ctx: &'a Ctx, hash: &'a str, first_number: u32) -> Self {
        Self {
            ctx,
            hash,
            org: org::bulk::Rows::default(),
            access: access::bulk::Rows::default(),
            next: first_number,
        }
    }

    pub fn unit(&mut self, code: &str, name: &str, kind: UnitKind, parent: Option<UnitId>) -> UnitId {
        let id = self.ctx.new_id();
        let above = parent.and_then(|p| self.org.units.iter().find(|u| u.id == p));
        let path = format!("{}{code}/", above.map_or("", |u| u.path.as_str()));
        let depth = above.map_or(1, |u| u.depth + 1);
        self.org.units.push(UnitRow {
            id,
            code: code.into(),
            name: name.into(),
            kind,
            parent,
            path,
            depth,
            valid_from: START,
        });
        id
    }

    pub fn path(&self, unit: UnitId) -> String {
        let found = self.org.units.iter().find(|u| u.id == unit);
        found.expect("a unit of this agency").path.clone()
    }

    /// A person with a seat of their own and an account.
    pub fn member(&mut self, name: &str, unit: UnitId, title: &str, is_head: bool) -> Member {
        self.next += 1;
        let (person, position, n): (PersonId, PositionId, u32) = (self.ctx.new_id(), self.ctx.new_id(), self.next);
        let number = format!("198501012010011{n}");
        self.org.people.push(PersonRow {
            id: person,
            name: name.into(),
            title_front: String::new(),
            title_back: "S.E.".into(),
            birth_date: Some(date(1985, 1, 1)),
            sex: None,
            email: Some(format!("pegawai{n}@contoh.go.id")),
            status: PersonStatus::Active,
        });
        self.org.numbers.push(NumberRow {
            person,
            number: number.clone(),
            kind: NipKind::Pns,
            valid_from: START,
            valid_to: None,
        });
        self.org.ranks.push(RankRow {
            person,
            grade: Grade::parse("III/b").expect("a golongan"),
            valid_from: START,
        });
        self.org.positions.push(PositionRow {
            id: position,
            unit,
            code: format!("J{n}"),
            title: title.into(),
            kind: if is_head {
                PositionKind::Structural
            } else {
                PositionKind::Clerical
            },
            level: None,
            is_head,
            valid_from: START,
        });
        self.place(person, position, PlacementKind::Definitive, START, None);
        let account = self.account(Some(person), name, format!("akun{n}@contoh.go.id"));
        Member {
            account,
            person: Some(person),
            name: name.into(),
            number,
            email: format!("akun{n}@contoh.go.id"),
            unit,
            path: self.path(unit),
            position,
            is_head,
        }
    }

    /// An account of administration, without a person.
    pub fn administration(&mut self, name: &str, unit: UnitId) -> Member {
        self.next += 1;
        let email = format!("akun{}@contoh.go.id", self.next);
        Member {
            account: self.account(None, name, email.clone()),
            person: None,
            name: name.into(),
            number: String::new(),
            email,
            unit,
            path: self.path(unit),
            position: self.ctx.new_id(),
            is_head: false,
        }
    }

    pub fn place(
        &mut self,
        person: PersonId,
        position: PositionId,
        kind: PlacementKind,
        valid_from: Date,
        valid_to: Option<Date>,
    ) {
        self.org.placements.push(PlacementRow {
            id: self.ctx.new_id(),
            person,
            position,
            kind,
            valid_from,
            valid_to,
            decree: "800/9/2020".into(),
        });
    }

    /// A seat that heads `unit` and has no definitive holder.
    pub fn vacant_head(&mut self, unit: UnitId, title: &str) -> PositionId {
        let id = self.ctx.new_id();
        self.org.positions.push(PositionRow {
            id,
            unit,
            code: format!("K{}", self.org.positions.len()),
            title: title.into(),
            kind: PositionKind::Structural,
            level: None,
            is_head: true,
            valid_from: START,
        });
        id
    }

    pub fn grant(&mut self, member: &Member, role: Role, unit: Option<UnitId>) -> GrantId {
        let id = self.ctx.new_id();
        self.access.grants.push(GrantRow {
            id,
            account: member.account,
            role,
            unit,
            valid_from: START,
            valid_to: None,
            reason: "Ditugaskan".into(),
        });
        id
    }

    fn account(&mut self, person: Option<PersonId>, label: &str, email: String) -> AccountId {
        let id = self.ctx.new_id();
        self.access.accounts.push(AccountRow {
            id,
            person,
            email: Some(email),
            label: label.into(),
            password_hash: self.hash.into(),
            must_change: false,
            language: access::Language::Indonesian,
        });
        id
    }
}
