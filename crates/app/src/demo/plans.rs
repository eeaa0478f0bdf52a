//! SKPs: results of everybody, linked to those of the superior, in every state.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use kernel::{AgencyId, Ctx, Decimal, IkiId, Instant, PersonId, PositionId, RhkId, ServiceId, SkpId};
use org::model::PositionLevel;
use skp::bulk::{AnnexRow, EventRow, ExpectationRow, IkiRow, PartyRow, RhkRow, Rows, SkpRow};
use skp::model::{
    AnnexKind, Approach, Aspect, Direction, Family, Holder, Perspective, RhkKind, Side, Source, Status, parse_target,
};

use super::calendar::Calendar;
use super::dice::Dice;
use super::goals::{Aim, Goals, Task};
use super::services::Made;
use super::world::World;

/// An indicator, as the work needs it.
#[derive(Debug)]
pub struct Iki {
    /// Identifier.
    pub id: IkiId,
    /// Which way is good.
    pub direction: Direction,
    /// Least value that reaches the target.
    pub min: Option<Decimal>,
    /// Greatest value that reaches the target.
    pub max: Option<Decimal>,
    /// What is counted.
    pub unit: String,
    /// Value of the service that it reads, if it does.
    pub service: Option<Option<(u64, Decimal)>>,
}

/// A result, as the work needs it.
#[derive(Debug)]
pub struct Rhk {
    /// Identifier.
    pub id: RhkId,
    /// Main or additional.
    pub kind: RhkKind,
    /// What is counted in a quarter, if anything.
    pub task: Option<Task>,
    /// Its indicators.
    pub ikis: Vec<Iki>,
}

/// A plan, as the work needs it.
#[derive(Debug)]
pub struct Plan {
    /// Identifier.
    pub id: SkpId,
    /// Whose.
    pub person: usize,
    /// Unit.
    pub unit: usize,
    /// Pejabat penilai.
    pub assessor: usize,
    /// Heads the unit.
    pub is_head: bool,
    /// Year.
    pub year: i16,
    /// First and last day.
    pub days: (Date, Date),
    /// State.
    pub status: Status,
    /// Results.
    pub rhks: Vec<Rhk>,
}

/// One plan to be made.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Whose.
    pub person: usize,
    /// Unit.
    pub unit: usize,
    /// Position and its title.
    pub position: (PositionId, String),
    /// Pejabat penilai.
    pub assessor: usize,
    /// Year.
    pub year: i16,
    /// First and last day.
    pub days: (Date, Date),
    /// State.
    pub status: Status,
}

/// Makes plans one after the other; superiors' before those below.
pub struct Maker<'a> {
    /// Identifiers.
    pub ctx: &'a Ctx,
    /// Days.
    pub cal: &'a Calendar,
    /// Agency.
    pub agency: AgencyId,
    /// The city.
    pub world: &'a World,
    /// Goals of the fields.
    pub goals: &'a Goals,
    /// Services with figures.
    pub services: &'a [Made],
    /// Choices.
    pub dice: Dice,
    /// Rows made so far.
    pub rows: Rows,
    /// Results of heads by year and person, for links.
    pub offered: BTreeMap<(i16, usize), Vec<RhkId>>,
}

impl Maker<'_> {
    /// Makes one plan.
    pub fn plan(&mut self, wanted: &Wanted) -> Plan {
        let world = self.world;
        let person = &world.people[wanted.person];
        let unit = &world.units[wanted.unit];
        let is_jpt = person.level.is_some_and(PositionLevel::is_jpt);
        let is_office = person.is_head && (is_jpt || unit.path.matches('/').count() <= 2);
        let family = Family::of(is_jpt, is_office);
        let id: SkpId = self.ctx.new_id();
        let mut rhks = Vec::new();
        for n in 1..=2 {
            let goal = self.goals.of(unit.field, n);
            let aim = if is_office { goal.office } else { goal.division };
            let rhk = match aim.filter(|_| person.is_head) {
                Some(aim) => self.aim((id, wanted), n, &aim, family),
                None => {
                    let task = *self.dice.pick(&goal.tasks);
                    self.task((id, wanted), n, &task)
                }
            };
            rhks.push(rhk);
        }
        if person.is_head || self.dice.chance(45) {
            rhks.push(self.reporting((id, wanted), family));
        }
        if self.dice.chance(22) {
            rhks.push(self.extra((id, wanted), family));
        }
        if person.is_head {
            let ids = rhks.iter().filter(|r| r.kind == RhkKind::Utama).map(|r| r.id).collect();
            self.offered.insert((wanted.year, wanted.person), ids);
        }
        self.around(id, wanted, person.is_head);
        self.history(id, wanted, family);
        Plan {
            id,
            person: wanted.person,
            unit: wanted.unit,
            assessor: wanted.assessor,
            is_head: person.is_head,
            year: wanted.year,
            days: wanted.days,
            status: wanted.status,
            rhks,
        }
    }

    fn rhk(&mut self, (skp, wanted): (SkpId, &Wanted), kind: RhkKind, seq: usize, text: &str) -> RhkId {
        let id = self.ctx.new_id();
        let above = self.offered.get(&(wanted.year, wanted.assessor));
        let parent = match kind {
            RhkKind::Utama => above.and_then(|ids| ids.get(seq - 1).or(ids.last()).copied()),
            RhkKind::Tambahan => None,
        };
        let assigned_from = match (kind, parent) {
            (_, Some(_)) => "",
            (RhkKind::Utama, None) => "Perjanjian kinerja perangkat daerah dengan Wali Kota",
            (RhkKind::Tambahan, None) => "Keputusan Wali Kota tentang tim kerja",
        };
        self.rows.rhks.push(RhkRow {
            id,
            agency_id: self.agency,
            skp_id: skp,
            kind,
            seq: i64::try_from(seq).unwrap_or(1),
            text: text.to_owned(),
            parent_rhk_id: parent,
            assigned_from: assigned_from.to_owned(),
            holder: if kind == RhkKind::Utama {
                Holder::Organisasi
            } else {
                Holder::Individu
            },
        });
        id
    }

    fn iki(
        &mut self,
        rhk: RhkId,
        seq: i64,
        class: (Option<Aspect>, Option<Perspective>),
        text: String,
        target: &str,
        service: Option<(ServiceId, Option<(u64, Decimal)>)>,
    ) -> Iki {
        let id = self.ctx.new_id();
        let read = parse_target(target);
        self.rows.ikis.push(IkiRow {
            id,
            agency_id: self.agency,
            rhk_id: rhk,
            seq,
            aspect: class.0,
            perspective: class.1,
            text,
            target_text: target.to_owned(),
            target_min: read.min,
            target_max: read.max,
            target_unit: read.unit.clone(),
            direction: read.direction,
            source: if service.is_some() {
                Source::Layanan
            } else {
                Source::Manual
            },
            service_id: service.map(|(id, _)| id),
        });
        Iki {
            id,
            direction: read.direction,
            min: read.min,
            max: read.max,
            unit: read.unit,
            service: service.map(|(_, index)| index),
        }
    }

    fn aim(&mut self, at: (SkpId, &Wanted), n: usize, aim: &Aim, family: Family) -> Rhk {
        let id = self.rhk(at, RhkKind::Utama, n, aim.text);
        let code = self.world.units[at.1.unit].code.as_str();
        let wanted_slug = match (code, n) {
            ("DUKCAPIL" | "DUKCAPIL.DAFDUK", 1) => Some("ktp-elektronik"),
            ("DUKCAPIL.CAPIL", 1) => Some("akta-kelahiran"),
            ("PTSP" | "PTSP.IZIN", 1) => Some("izin-reklame"),
            ("DINKES.PKM001", 1) => Some("puskesmas-rawat-jalan"),
            ("DINKES.RSUD", 1) => Some("rsud-pendaftaran"),
            ("DISHUB.ANGKUTAN", 1) => Some("uji-kendaraan"),
            _ => None,
        };
        let services = self.services;
        let service = wanted_slug.and_then(|slug| services.iter().find(|s| s.slug == slug));
        let by = |aspect, perspective| match family {
            Family::Aspek => (Some(aspect), None),
            Family::Perspektif => (None, Some(perspective)),
        };
        let seen = if n == 1 {
            Perspective::PenerimaLayanan
        } else {
            Perspective::ProsesBisnis
        };
        let mut ikis = Vec::new();
        if let Some(service) = service {
            let text = format!("Indeks kepuasan masyarakat pada layanan {}", service.name);
            let class = by(Aspect::Kualitas, Perspective::PenerimaLayanan);
            ikis.push(self.iki(id, 1, class, text, "Minimal 82", Some((service.id, service.index))));
        }
        // the office of the registry measures satisfaction by the survey itself
        if service.is_none() || !aim.measure.starts_with("Indeks") {
            let seq = i64::try_from(ikis.len()).unwrap_or(0) + 1;
            ikis.push(self.iki(
                id,
                seq,
                by(Aspect::Kualitas, seen),
                aim.measure.to_owned(),
                aim.target,
                None,
            ));
        }
        let seq = i64::try_from(ikis.len()).unwrap_or(1) + 1;
        let (class, text, target) = match n {
            1 => (
                by(Aspect::Waktu, Perspective::ProsesBisnis),
                "Rata-rata waktu tindak lanjut pengaduan",
                "paling lama 5 hari kerja",
            ),
            _ => (
                by(Aspect::Biaya, Perspective::Anggaran),
                "Persentase penyerapan anggaran kegiatan terhadap rencana triwulan",
                "90-100%",
            ),
        };
        ikis.push(self.iki(id, seq, class, text.to_owned(), target, None));
        Rhk {
            id,
            kind: RhkKind::Utama,
            task: None,
            ikis,
        }
    }

    fn task(&mut self, at: (SkpId, &Wanted), n: usize, task: &Task) -> Rhk {
        let id = self.rhk(at, RhkKind::Utama, n, task.text);
        let amount = Decimal::from(task.amount * self.dice.between(8, 12) / 10).max(Decimal::ONE);
        let amount_text = format!("{} {} per triwulan", kernel::format_decimal_id(amount), task.unit);
        let mut ikis = vec![self.iki(
            id,
            1,
            (Some(Aspect::Kuantitas), None),
            format!("Jumlah {}", task.product),
            &amount_text,
            None,
        )];
        let quality = *self.dice.pick(&["95%", "97%", "98,5%", "98%"]);
        let quality_text = format!("Persentase {} tanpa kesalahan", task.product);
        let time = format!("paling lama {} hari kerja", task.days);
        match n {
            1 => {
                ikis.push(self.iki(id, 2, (Some(Aspect::Kualitas), None), quality_text, quality, None));
                let text = format!("Rata-rata waktu penyelesaian per {}", task.unit);
                ikis.push(self.iki(id, 3, (Some(Aspect::Waktu), None), text, &time, None));
            }
            _ => ikis.push(self.iki(id, 2, (Some(Aspect::Kualitas), None), quality_text, quality, None)),
        }
        Rhk {
            id,
            kind: RhkKind::Utama,
            task: Some(*task),
            ikis,
        }
    }

    fn reporting(&mut self, at: (SkpId, &Wanted), family: Family) -> Rhk {
        let id = self.rhk(
            at,
            RhkKind::Utama,
            3,
            "Tersusunnya laporan kinerja unit yang lengkap dan tepat waktu",
        );
        let class = match family {
            Family::Aspek => (Some(Aspect::Waktu), None),
            Family::Perspektif => (None, Some(Perspective::PenguatanInternal)),
        };
        let text = "Jumlah laporan yang disampaikan tepat waktu".to_owned();
        let ikis = vec![self.iki(id, 1, class, text, "3 laporan per triwulan", None)];
        Rhk {
            id,
            kind: RhkKind::Utama,
            task: None,
            ikis,
        }
    }

    fn extra(&mut self, at: (SkpId, &Wanted), family: Family) -> Rhk {
        let teams = [
            "Terlaksananya tugas sebagai anggota tim reformasi birokrasi",
            "Terlaksananya tugas sebagai anggota tim penilai inovasi daerah",
            "Terlaksananya tugas sebagai pengelola informasi dan dokumentasi pembantu",
            "Terlaksananya tugas sebagai anggota tim pencegahan stunting kota",
        ];
        let text = *self.dice.pick(&teams);
        let id = self.rhk(at, RhkKind::Tambahan, 1, text);
        let class = match family {
            Family::Aspek => (Some(Aspect::Kuantitas), None),
            Family::Perspektif => (None, Some(Perspective::PenguatanInternal)),
        };
        let text = "Jumlah kegiatan tim yang diikuti dan dilaporkan".to_owned();
        let ikis = vec![self.iki(id, 1, class, text, "2 kegiatan per triwulan", None)];
        Rhk {
            id,
            kind: RhkKind::Tambahan,
            task: None,
            ikis,
        }
    }

    /// Annex and special expectations.
    fn around(&mut self, skp: SkpId, wanted: &Wanted, is_head: bool) {
        let lines = [
            (
                AnnexKind::Dukungan,
                "Komputer, jaringan, dan akses ke aplikasi yang diperlukan",
            ),
            (
                AnnexKind::Pertanggungjawaban,
                "Laporan kemajuan disampaikan kepada atasan setiap bulan",
            ),
            (
                AnnexKind::Konsekuensi,
                "Capaian menjadi pertimbangan pengembangan kompetensi dan penghargaan",
            ),
        ];
        self.rows.annex.extend(lines.map(|(kind, text)| AnnexRow {
            skp_id: skp,
            kind,
            seq: 1,
            text: text.to_owned(),
        }));
        let expected = [
            (
                1,
                "Mendahulukan warga lanjut usia, penyandang disabilitas, dan ibu hamil",
            ),
            (2, "Menyampaikan kendala sejak awal, bukan pada akhir triwulan"),
            (4, "Menjadi penengah yang baik di antara rekan kerja"),
            (6, "Mencoba satu cara kerja baru yang lebih sederhana dalam setahun"),
            (7, "Aktif berbagi data dengan unit lain"),
        ];
        let is_shown = is_head || self.world.units[wanted.unit].code.starts_with("DUKCAPIL") || self.dice.chance(35);
        if is_shown {
            let (value_no, text) = *self.dice.pick(&expected);
            self.rows.expectations.push(ExpectationRow {
                skp_id: skp,
                value_no,
                text: text.to_owned(),
            });
        }
    }

    /// The row itself, how both parties were called, and how it came to its state.
    fn history(&mut self, skp: SkpId, wanted: &Wanted, family: Family) {
        let world = self.world;
        let (person, assessor) = (&world.people[wanted.person], &world.people[wanted.assessor]);
        // a straggler hands in late
        let first = match wanted.status {
            Status::Disetujui | Status::Ditutup => wanted.days.0.max(date(wanted.year, 1, 4)),
            _ => Calendar::shift(self.cal.today, -20).max(date(wanted.year, 1, 4)),
        };
        let made = self.cal.office(&mut self.dice, first);
        let later = Calendar::shift(first, self.dice.between(1, 4));
        let handed = self.cal.office(&mut self.dice, later).max(made);
        let decided = self.cal.office(&mut self.dice, Calendar::shift(first, 9)).max(handed);
        let closed = self.cal.moment(Calendar::shift(wanted.days.1, 1), 9, 0).max(decided);
        let mut steps: Vec<(Instant, PersonId, Status, &str)> = vec![(made, person.id, Status::Draf, "")];
        if wanted.status != Status::Draf {
            steps.push((handed, person.id, Status::Diajukan, ""));
        }
        match wanted.status {
            Status::Draf | Status::Diajukan => {}
            Status::Dikembalikan => steps.push((
                decided,
                assessor.id,
                Status::Dikembalikan,
                "Target kuantitas belum sesuai hasil dialog kinerja. Mohon sesuaikan dengan target bidang.",
            )),
            Status::Disetujui => steps.push((decided, assessor.id, Status::Disetujui, "")),
            Status::Ditutup => {
                steps.push((decided, assessor.id, Status::Disetujui, ""));
                steps.push((
                    closed,
                    assessor.id,
                    Status::Ditutup,
                    "Ditutup karena mutasi atau pensiun.",
                ));
            }
        }
        let mut before = None;
        for (n, (at, by, to, remark)) in steps.iter().enumerate() {
            self.rows.events.push(EventRow {
                id: self.ctx.ids.next(self.cal.now),
                skp_id: skp,
                version: i64::try_from(n).unwrap_or(0) + 1,
                at: *at,
                person_id: Some(*by),
                status_from: before,
                status_to: *to,
                remark: (*remark).to_owned(),
            });
            before = Some(*to);
        }
        let unit = &world.units[wanted.unit];
        self.rows.skps.push(SkpRow {
            id: skp,
            agency_id: self.agency,
            person_id: person.id,
            assessor_id: Some(assessor.id),
            unit_id: unit.id,
            unit_path: unit.path.clone(),
            position_id: wanted.position.0,
            is_head: person.is_head,
            year: wanted.year,
            period_start: wanted.days.0,
            period_end: wanted.days.1,
            approach: Approach::Kuantitatif,
            family,
            status: wanted.status,
            version: i64::try_from(steps.len()).unwrap_or(1),
            created_at: made,
            changed_at: steps.last().map_or(made, |s| s.0),
            submitted_at: (wanted.status != Status::Draf).then_some(handed),
            decided_at: matches!(
                wanted.status,
                Status::Disetujui | Status::Dikembalikan | Status::Ditutup
            )
            .then_some(decided),
        });
        if wanted.status.carries_work() {
            let sides = [
                (Side::Pegawai, person, wanted.position.1.as_str(), unit.name.as_str()),
                (
                    Side::Penilai,
                    assessor,
                    assessor.title.as_str(),
                    world.units[assessor.unit].name.as_str(),
                ),
            ];
            self.rows
                .parties
                .extend(sides.map(|(side, p, position, unit)| PartyRow {
                    skp_id: skp,
                    side,
                    person_id: Some(p.id),
                    name: p.full_name.clone(),
                    number: p.number.clone(),
                    rank: p.rank.clone(),
                    position: position.to_owned(),
                    unit: unit.to_owned(),
                }));
        }
    }
}
