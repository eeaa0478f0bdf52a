//! A made-up agency with two offices, and people who may or may not.

use db::{Db, Tx, args, sql};
use jiff::civil::{Date, date};
use kernel::{AgencyId, Ctx, Instant, ServiceId, UnitId, fold_name};
use policy::{Actor, Grant, Role};
use service::bulk::{self, Given, ResponseRow, ServiceRow};
use service::model::{Channel, Form, RawSurvey, Respondent};

/// The office's date of the fixed clock: half past midnight, so that a date taken in UTC would be yesterday.
pub fn today() -> Date {
    date(2026, 10, 5)
}

/// First day of the made-up services.
pub fn long_ago() -> Date {
    date(2026, 1, 1)
}

pub struct City {
    pub ctx: Ctx,
    pub agency: AgencyId,
    pub office: UnitId,
    pub other: UnitId,
}

impl City {
    pub async fn new(db: &Db) -> Self {
        let now = kernel::Zone::Wib.instant(today().at(0, 30, 0, 0));
        let ctx = Ctx::seeded(now, 900);
        let city = Self {
            agency: ctx.new_id(),
            office: ctx.new_id(),
            other: ctx.new_id(),
            ctx,
        };
        db::write!(db, async |tx| {
            tx.exec(
                sql!(
                    "INSERT INTO agency (id, code, name, region, zone, is_demo, created_at) \
                     VALUES ($1, 'uji', 'Kota Uji', 'Uji', 'WIB', $2, 0)"
                ),
                args![city.agency, true],
            )
            .await?;
            unit(tx, city.agency, city.office, "11", "Dinas Uji").await?;
            unit(tx, city.agency, city.other, "12", "Dinas Lain").await
        })
        .expect("a city");
        city
    }

    fn actor(&self) -> Actor {
        Actor {
            account: self.ctx.new_id(),
            agency: self.agency,
            person: Some(self.ctx.new_id()),
            unit_path: None,
            heads: Vec::new(),
            grants: Vec::new(),
        }
    }

    pub fn head_of(&self, path: &str) -> Actor {
        Actor {
            heads: vec![path.into()],
            ..self.actor()
        }
    }

    pub fn with_role(&self, role: Role, path: &str) -> Actor {
        let path = path.into();
        Actor {
            grants: vec![Grant { role, path }],
            ..self.actor()
        }
    }

    pub fn row(&self, slug: &str, path: &str, is_public: bool) -> ServiceRow {
        ServiceRow {
            id: self.ctx.new_id(),
            agency_id: self.agency,
            unit_id: if path == "1/11/" { self.office } else { self.other },
            unit_path: path.into(),
            slug: slug.into(),
            name: slug.replace('-', " "),
            summary: "Untuk pengujian".into(),
            requirements: String::new(),
            fee: "Gratis".into(),
            promise: "Selesai dalam 3 hari".into(),
            promise_days: Some(3),
            data_source: String::new(),
            is_public,
            population: None,
            valid_from: long_ago(),
            valid_to: None,
        }
    }

    pub async fn service(&self, db: &Db, slug: &str, is_public: bool) -> ServiceId {
        let row = self.row(slug, "1/11/", is_public);
        db::write!(db, async |tx| bulk::insert_all(tx, std::slice::from_ref(&row)).await).expect("a service");
        row.id
    }

    /// A short answer of today.
    pub fn short_row(&self, service: ServiceId, face: u8) -> ResponseRow {
        ResponseRow {
            id: self.ctx.new_id(),
            agency_id: self.agency,
            service_id: service,
            channel: Channel::Web,
            survey_date: today(),
            submitted_at: self.ctx.now(),
            given: Given::Short(face),
            respondent: Respondent::default(),
            reason: String::new(),
            comment: String::new(),
            submit_key: format!("singkat-{face}"),
        }
    }

    pub async fn past_service(&self, db: &Db, slug: &str) {
        let row = ServiceRow {
            valid_to: Some(today().yesterday().expect("a day")),
            ..self.row(slug, "1/11/", true)
        };
        db::write!(db, async |tx| bulk::insert_all(tx, std::slice::from_ref(&row)).await).expect("a service");
    }

    pub async fn set(&self, db: &Db, key: &str, value: &str) {
        db::write!(db, async |tx| tx
            .exec(
                sql!(
                    "INSERT INTO setting (agency_id, key, effective_from, value, legal_basis, changed_at) \
                     VALUES ($1, $2, $3, $4, 'uji', $5)"
                ),
                args![self.agency, key, long_ago(), value, Instant::from_micros(0)],
            )
            .await)
        .expect("a setting");
    }
}

async fn unit(tx: &mut Tx, agency: AgencyId, id: UnitId, code: &str, name: &str) -> db::Result<u64> {
    tx.exec(
        sql!(
            "INSERT INTO unit (id, agency_id, code, name, name_folded, kind, path, depth, valid_from, version) \
             VALUES ($1, $2, $3, $4, $5, 'DINAS', $6, 2, $7, 1)"
        ),
        args![
            id,
            agency,
            code,
            name,
            fold_name(name),
            format!("1/{code}/"),
            long_ago()
        ],
    )
    .await
}

/// The full form with these answers.
pub fn full(answers: [u8; 9]) -> RawSurvey {
    RawSurvey {
        form: Form::Full,
        overall: None,
        answers: answers.map(Some),
        reason: String::new(),
        comment: String::new(),
        respondent: Respondent::default(),
    }
}

/// The short form with this face.
pub fn short(face: u8) -> RawSurvey {
    RawSurvey {
        form: Form::Short,
        overall: Some(face),
        ..full([4; 9])
    }
}
