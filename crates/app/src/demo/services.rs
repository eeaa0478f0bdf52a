//! Services of the city: two with real data, named by source, and others whose figures are made up and say so.

use anyhow::Context as _;
use db::Db;
use jiff::civil::{Date, date};
use kernel::{AgencyId, Code as _, Ctx, Decimal, ServiceId, Zone};
use service::bulk::{CaseRow, Given, ResponseRow, ServiceRow};
use service::model::{AgeBand, Answers, Channel, Education, Occupation, Respondent, Sex};
use service::queries::Figures;

use super::calendar::Calendar;
use super::data;
use super::dice::Dice;
use super::world::World;

/// Said of every service whose figures are made up.
const INVENTED: &str = "Data rekaan untuk kota contoh; bukan jawaban warga yang sebenarnya.";

/// A service that a plan may name as evidence.
#[derive(Debug)]
pub struct Made {
    /// Identifier.
    pub id: ServiceId,
    /// Its address.
    pub slug: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Full answers of the finished quarter and the index made of them.
    pub index: Option<(u64, Decimal)>,
}

#[derive(Default)]
struct Rows {
    services: Vec<ServiceRow>,
    responses: Vec<ResponseRow>,
    cases: Vec<CaseRow>,
}

struct Maker<'a> {
    ctx: &'a Ctx,
    cal: &'a Calendar,
    agency: AgencyId,
    dice: Dice,
    rows: Rows,
}

/// Makes and writes the services.
pub async fn make(
    db: &Db,
    ctx: &Ctx,
    cal: &Calendar,
    world: &World,
    (agency, seed): (AgencyId, u64),
) -> anyhow::Result<Vec<Made>> {
    let mut maker = Maker {
        ctx,
        cal,
        agency,
        dice: Dice::new(seed),
        rows: Rows::default(),
    };
    let mut made = Vec::new();
    for line in data::lines(include_str!("data/services.txt")) {
        made.extend(maker.invented(world, line));
    }
    maker.real(world).context("the real data sets")?;
    let rows = maker.rows;
    db::write!(db, async |tx| {
        service::bulk::insert_all(tx, &rows.services).await?;
        service::bulk::insert_responses(tx, &rows.responses).await?;
        service::bulk::insert_cases(tx, &rows.cases).await
    })
    .context("services")?;
    Ok(made)
}

impl Maker<'_> {
    fn invented(&mut self, world: &World, line: &'static str) -> Option<Made> {
        let [
            unit,
            slug,
            name,
            summary,
            needs,
            fee,
            promise,
            days,
            answers,
            mean,
            cases,
        ] = data::fields(line);
        let unit = &world.units[world.unit(unit)?];
        let id: ServiceId = self.ctx.new_id();
        let days = data::number(days);
        let answers = data::number(answers);
        self.rows.services.push(ServiceRow {
            id,
            agency_id: self.agency,
            unit_id: unit.id,
            unit_path: unit.path.clone(),
            slug: slug.to_owned(),
            name: name.to_owned(),
            summary: summary.to_owned(),
            requirements: needs.replace(';', "\n"),
            fee: fee.to_owned(),
            promise: promise.to_owned(),
            promise_days: (days > 0).then_some(days),
            data_source: INVENTED.to_owned(),
            is_public: true,
            population: (answers > 100).then_some(answers * 11),
            valid_from: date(self.cal.year - 2, 1, 2),
            valid_to: None,
        });
        let index = self.answers(id, slug, answers, data::number(mean));
        for n in 1..=data::number(cases) {
            self.case(id, n, days);
        }
        Some(Made { id, slug, name, index })
    }

    /// First and last day of surveys and registers.
    fn days(&self) -> (Date, Date) {
        let first = self.cal.finished_days.0.min(date(self.cal.year, 1, 2));
        (first, Calendar::shift(self.cal.today, -1))
    }

    fn answers(&mut self, id: ServiceId, slug: &str, count: i64, mean: i64) -> Option<(u64, Decimal)> {
        let (first, last) = self.days();
        let quarter = self.cal.finished_days;
        let mut figures = Figures::default();
        for n in 0..count + count / 4 {
            let day = Calendar::workday(&mut self.dice, first, last)?;
            let is_short = n >= count;
            let answers = self.nine(mean);
            let has_low = !is_short && answers.has_low();
            if !is_short && quarter.0 <= day && day <= quarter.1 {
                let all = <regulation::skm::Unsur as kernel::Code>::ALL.iter();
                let given: Vec<u64> = all.map(|u| u64::from(answers.of(*u))).collect();
                let total: u64 = given.iter().sum();
                figures.n += 1;
                figures.squares += total * total;
                figures.sums.iter_mut().zip(given).for_each(|(sum, one)| *sum += one);
            }
            let face = answers.of(regulation::skm::Unsur::ALL[4]);
            let row = ResponseRow {
                id: self.ctx.new_id(),
                agency_id: self.agency,
                service_id: id,
                channel: *self
                    .dice
                    .pick(&[Channel::Qr, Channel::Qr, Channel::Web, Channel::Kiosk, Channel::Paper]),
                survey_date: day,
                submitted_at: self.cal.office(&mut self.dice, day),
                given: if is_short {
                    Given::Short(face)
                } else {
                    Given::Full(answers)
                },
                respondent: if is_short {
                    Respondent::default()
                } else {
                    self.respondent()
                },
                reason: if has_low { self.reason() } else { String::new() },
                comment: self.comment(mean),
                submit_key: format!("demo-{slug}-{n:05}"),
            };
            self.rows.responses.push(row);
        }
        let shown = figures.index()?.ikm.exact().to_decimal(2)?;
        Some((figures.n, shown))
    }

    /// Nine answers around a mean: waiting and rooms are liked less, staff more.
    fn nine(&mut self, mean: i64) -> Answers {
        let leaning = [0, 0, -30, 25, 5, 10, 20, -5, -15];
        let mood = self.dice.between(-45, 45);
        let given = leaning.map(|lean| {
            let score = mean + lean + mood + self.dice.between(-60, 60);
            u8::try_from(((score + 50) / 100).clamp(1, 4)).unwrap_or(3)
        });
        Answers::new(given).expect("invariant: answers lie between 1 and 4")
    }

    fn respondent(&mut self) -> Respondent {
        Respondent {
            sex: Some(*self.dice.pick(Sex::ALL)),
            age_band: Some(*self.dice.pick(AgeBand::ALL)),
            education: Some(*self.dice.pick(&Education::ALL[..6])),
            occupation: Some(*self.dice.pick(Occupation::ALL)),
        }
    }

    fn reason(&mut self) -> String {
        let reasons = [
            "Menunggu terlalu lama pada jam sibuk.",
            "Ruang tunggu panas dan kursi kurang.",
            "Penjelasan persyaratan berbeda antara petugas.",
            "Nomor antrean daring tidak muncul.",
            "Harus datang dua kali karena berkas kurang.",
        ];
        (*self.dice.pick(&reasons)).to_owned()
    }

    fn comment(&mut self, mean: i64) -> String {
        if !self.dice.chance(12) {
            return String::new();
        }
        let good = [
            "Petugas ramah dan cepat. Terima kasih.",
            "Sekarang jauh lebih mudah, tidak perlu fotokopi.",
            "Pelayanan sabtu sangat membantu.",
        ];
        let poor = [
            "Mohon loket ditambah pada awal bulan.",
            "Semoga antreannya bisa lewat ponsel.",
            "Papan informasi sebaiknya diperbarui.",
        ];
        let pool = if self.dice.between(260, 360) < mean { good } else { poor };
        (*self.dice.pick(&pool)).to_owned()
    }

    fn case(&mut self, id: ServiceId, n: i64, days: i64) {
        let (first, last) = self.days();
        let Some(requested) = Calendar::workday(&mut self.dice, first, last) else {
            return;
        };
        let took = self.dice.between(0, days + 1) + if self.dice.chance(6) { 4 } else { 0 };
        let completed = Calendar::shift(requested, took);
        let is_done = completed <= self.cal.today;
        let is_cancelled = self.dice.chance(2);
        let written = |day: Date, known: bool| if known { day.to_string() } else { String::new() };
        self.rows.cases.push(CaseRow {
            id: self.ctx.new_id::<ServiceId>().uuid(),
            agency_id: self.agency,
            service_id: id,
            register_no: format!("{}-{n:04}", self.cal.year),
            requested: requested.to_string(),
            target: Calendar::shift(requested, days).to_string(),
            assigned: requested.to_string(),
            completed: written(completed, is_done && !is_cancelled),
            picked_up: written(
                Calendar::shift(completed, 1),
                is_done && completed < self.cal.today && !is_cancelled,
            ),
            state: if is_done { "SELESAI" } else { "PROSES" }.to_owned(),
            cancel_flag: if is_cancelled { "BATAL" } else { "" }.to_owned(),
        });
    }

    /// The raw answers of Kediri and the register of Semarang, each as a service of a unit that could have it.
    fn real(&mut self, world: &World) -> Result<(), service::real::Unreadable> {
        let sets = [
            (
                "SETDA.A3.UMUM",
                "survei-kota-kediri-2024",
                "Survei kepuasan layanan (data nyata Kota Kediri 2024)",
                "Contoh dengan jawaban mentah yang sebenarnya, agar perhitungan indeks dapat diperiksa siapa pun.",
                service::real::SURVEY_SOURCE,
                2024,
            ),
            (
                "DLH.TATA",
                "data-iklim-semarang-2018",
                "Permohonan data iklim (data nyata Semarang 2018\u{2013}2019)",
                "Contoh dengan register yang sebenarnya, cacatnya dibiarkan, agar waktu layanan dapat diperiksa siapa pun.",
                service::real::REGISTER_SOURCE,
                2018,
            ),
        ];
        for (unit, slug, name, summary, source, year) in sets {
            let Some(unit) = world.unit(unit).map(|at| &world.units[at]) else {
                continue;
            };
            let id: ServiceId = self.ctx.new_id();
            self.rows.services.push(ServiceRow {
                id,
                agency_id: self.agency,
                unit_id: unit.id,
                unit_path: unit.path.clone(),
                slug: slug.to_owned(),
                name: name.to_owned(),
                summary: summary.to_owned(),
                requirements: String::new(),
                fee: String::new(),
                promise: String::new(),
                promise_days: None,
                data_source: source.to_owned(),
                is_public: true,
                population: None,
                valid_from: date(year, 1, 1),
                valid_to: None,
            });
            if year == 2024 {
                let rows = service::real::responses(self.ctx, self.agency, id, Zone::Wib)?;
                self.rows.responses.extend(rows);
            } else {
                self.rows.cases.extend(service::real::cases(self.ctx, self.agency, id)?);
            }
        }
        Ok(())
    }
}
