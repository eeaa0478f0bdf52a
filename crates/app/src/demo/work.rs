//! Work of the quarter: action plans, daily progress, values, evidence and feedback.

use evaluation::model::{IkiInput, Unusable};
use feedback::{FeedbackRow, GiverRole, Tone, Topic};
use jiff::civil::Date;
use journal::blobs::Digest;
use journal::bulk::{ActionRow, EvidenceRow, LockRow, ProgressRow, RealisationRow, Rows};
use journal::model::{EvidenceKind, MediaType, Reached};
use kernel::{AgencyId, Ctx, Decimal, Instant, Period};
use regulation::rating::Rating;
use skp::model::Direction;

use super::calendar::Calendar;
use super::dice::Dice;
use super::plans::{Iki, Plan, Rhk};
use super::ratings::{Stage, Verdict};
use super::world::World;

/// Answers from which an index counts (the setting's default).
const MIN_ANSWERS: u64 = 30;

/// Records work of plans one after the other.
pub struct Recorder<'a> {
    /// Identifiers.
    pub ctx: &'a Ctx,
    /// Days.
    pub cal: &'a Calendar,
    /// Agency.
    pub agency: AgencyId,
    /// The city.
    pub world: &'a World,
    /// Choices.
    pub dice: Dice,
    /// Rows made so far.
    pub rows: Rows,
    /// Remarks made so far.
    pub remarks: Vec<FeedbackRow>,
    /// A stored file, for the evidence of the person whom a visitor plays first.
    pub file: Option<(usize, Digest, i64)>,
}

impl Recorder<'_> {
    fn is_showcase(&self, plan: &Plan) -> bool {
        let code = self.world.units[plan.unit].code.as_str();
        code.starts_with("DUKCAPIL") || matches!(code, "DINKES.PKM001" | "DIKBUD.S001")
    }

    /// The finished quarter. Answers what a proposal for the rating is made of.
    pub fn finished(&mut self, plan: &Plan, verdict: Verdict, locked_at: Option<Instant>) -> Vec<IkiInput> {
        let (year, period) = self.cal.finished;
        let (first, last) = self.cal.finished_days;
        let days = (first.max(plan.days.0), last.min(plan.days.1));
        self.actions(plan, (year, period), Some(verdict.result));
        let count = if self.is_showcase(plan) {
            self.dice.between(10, 20)
        } else {
            self.dice.between(2, 4)
        };
        self.entries(plan, days, count);
        let mut inputs = Vec::new();
        for rhk in &plan.rhks {
            for iki in &rhk.ikis {
                let value = self.realisation(plan, iki, verdict);
                inputs.push(IkiInput {
                    iki: iki.id,
                    kind: rhk.kind,
                    direction: iki.direction,
                    min: iki.min,
                    max: iki.max,
                    value,
                });
            }
        }
        self.evidence(plan, days.1);
        self.feedback(plan, (year, period), days, verdict);
        if let Some(locked_at) = locked_at {
            self.rows.locks.push(LockRow {
                skp_id: plan.id,
                year,
                period,
                locked_at,
            });
        }
        inputs
    }

    /// The running quarter, up to yesterday.
    pub fn running(&mut self, plan: &Plan) {
        let days = (
            self.cal.running_start().max(plan.days.0),
            Calendar::shift(self.cal.today, -1).min(plan.days.1),
        );
        let showcase = self.is_showcase(plan);
        if showcase || self.dice.chance(30) {
            self.actions(plan, (self.cal.year, self.cal.running), None);
        }
        let count = if showcase {
            self.dice.between(4, 10)
        } else {
            self.dice.between(0, 1)
        };
        self.entries(plan, days, count);
        if showcase && days.0 <= days.1 && self.dice.chance(50) {
            let remark = Remark {
                tone: Tone::Positif,
                text: "Terima kasih, laporan mingguan sekarang mudah dibaca. Pertahankan.",
                topic: Topic::Value(regulation::berakhlak::Value::Akuntabel),
            };
            self.remark(plan, (self.cal.year, self.cal.running), days, remark);
        }
    }

    fn actions(&mut self, plan: &Plan, (year, period): (i16, Period), result: Option<Rating>) {
        for (n, rhk) in plan.rhks.iter().enumerate() {
            let (text, target) = match rhk.task {
                Some(task) => (
                    format!("{} sesuai jadwal triwulan", task.doing[0]),
                    format!("{} {}", task.amount, task.unit),
                ),
                None => (
                    "Memantau kemajuan bersama tim dan menyelesaikan hambatan setiap bulan".to_owned(),
                    "3 kali pemantauan".to_owned(),
                ),
            };
            let reached = result.map(|r| match (r, self.dice.below(10)) {
                (Rating::DiAtas, _) | (Rating::Sesuai, 0..=7) | (Rating::DiBawah, 0) => Reached::Tercapai,
                (Rating::Sesuai, _) | (Rating::DiBawah, 1..=5) => Reached::Sebagian,
                (Rating::DiBawah, _) => Reached::Belum,
            });
            self.rows.actions.push(ActionRow {
                id: self.ctx.new_id(),
                agency_id: self.agency,
                skp_id: plan.id,
                rhk_id: rhk.id,
                year,
                period,
                seq: i64::try_from(n).unwrap_or(0) + 1,
                text,
                target_text: target,
                reached,
                version: if reached.is_some() { 2 } else { 1 },
            });
        }
    }

    fn entries(&mut self, plan: &Plan, (first, last): (Date, Date), count: i64) {
        for _ in 0..count {
            let Some(day) = Calendar::workday(&mut self.dice, first, last) else {
                return;
            };
            let rhk = &plan.rhks[self.dice.below(plan.rhks.len())];
            let (text, quantity, unit) = self.entry(rhk);
            let at = self.cal.office(&mut self.dice, day);
            let number = self.rows.entries.len();
            self.rows.entries.push(ProgressRow {
                id: self.ctx.new_id(),
                agency_id: self.agency,
                skp_id: plan.id,
                person_id: self.world.people[plan.person].id,
                rhk_id: rhk.id,
                work_date: day,
                text,
                quantity,
                quantity_unit: unit.to_owned(),
                submit_key: format!("demo-{}-{number:06}", plan.year),
                created_at: at,
                changed_at: at,
                version: 1,
            });
        }
    }

    fn entry(&mut self, rhk: &Rhk) -> (String, Option<Decimal>, &'static str) {
        let Some(task) = rhk.task else {
            let general = [
                "Memimpin rapat pemantauan mingguan dan mencatat tindak lanjut",
                "Memeriksa laporan staf dan memberi arahan perbaikan",
                "Menyusun bahan laporan kinerja dan membahasnya dengan tim",
                "Berkoordinasi dengan perangkat daerah lain tentang kendala",
                "Meninjau pelayanan di lapangan dan berbicara dengan warga",
            ];
            return ((*self.dice.pick(&general)).to_owned(), None, "");
        };
        let text = (*self.dice.pick(&task.doing)).to_owned();
        if !self.dice.chance(70) {
            return (text, None, "");
        }
        let most = (task.amount / 18).max(1);
        let quantity = self.dice.between((most / 2).max(1), most);
        (text, Some(Decimal::from(quantity)), task.unit)
    }

    fn realisation(&mut self, plan: &Plan, iki: &Iki, verdict: Verdict) -> Result<Decimal, Unusable> {
        if let Some(index) = iki.service {
            return match index {
                Some((n, value)) if n >= MIN_ANSWERS => Ok(value),
                Some(_) => Err(Unusable::TooFewAnswers),
                None => Err(Unusable::NoValue),
            };
        }
        let missing = match (verdict.stage, verdict.result) {
            (Stage::Open, _) => 30,
            (_, Rating::DiAtas) => 0,
            (_, Rating::Sesuai | Rating::DiBawah) => 5,
        };
        if self.dice.chance(missing) {
            return Err(Unusable::NoValue);
        }
        let value = self.value(iki, verdict.result).normalize();
        let shown = kernel::format_decimal_id(value);
        let text = match iki.unit.as_str() {
            "" => shown,
            "%" => format!("{shown}%"),
            unit => format!("{shown} {}", unit.trim_end_matches(" per triwulan")),
        };
        let (year, period) = self.cal.finished;
        let day = Calendar::shift(self.cal.finished_days.1.min(plan.days.1), 2);
        self.rows.realisations.push(RealisationRow {
            iki_id: iki.id,
            year,
            period,
            agency_id: self.agency,
            skp_id: plan.id,
            value_text: text,
            value_number: Some(value),
            source_note: (*self.dice.pick(&[
                "Register pelayanan unit",
                "Laporan bulanan unit",
                "Rekapitulasi aplikasi pelayanan",
            ]))
            .to_owned(),
            changed_at: self.cal.office(&mut self.dice, day),
            version: 1,
        });
        if iki.direction == Direction::Teks {
            Err(Unusable::Words)
        } else {
            Ok(value)
        }
    }

    /// A value that looks like the rating.
    fn value(&mut self, iki: &Iki, result: Rating) -> Decimal {
        let roll = self.dice.below(100);
        let step = match (result, roll) {
            (Rating::DiAtas, 0..=77) | (Rating::Sesuai, 0..=24) => 1,
            (Rating::Sesuai, 90..) | (Rating::DiBawah, 15..) => -1,
            _ => 0,
        };
        let hundredths = |n: i64| Decimal::new(n, 2);
        match (iki.direction, iki.min, iki.max) {
            (Direction::MakinRendah, _, Some(most)) => match step {
                1 => (most * hundredths(self.dice.between(55, 90))).round_dp(1),
                0 => most,
                _ => most + Decimal::from(self.dice.between(1, 3)),
            },
            (Direction::Rentang, Some(least), Some(most)) => match step {
                -1 => least - Decimal::from(self.dice.between(4, 20)),
                _ => (least + (most - least) * hundredths(self.dice.between(10, 95))).round_dp(1),
            },
            (_, Some(least), _) if iki.unit == "%" || iki.unit.is_empty() => match step {
                1 => (least + (Decimal::ONE_HUNDRED - least) * hundredths(self.dice.between(20, 85))).round_dp(1),
                0 => least,
                _ => least - Decimal::from(self.dice.between(3, 16)),
            },
            (_, Some(least), _) => match step {
                1 => (least * hundredths(self.dice.between(104, 125)))
                    .round()
                    .max(least + Decimal::ONE),
                0 => least,
                _ => (least * hundredths(self.dice.between(60, 92)))
                    .round()
                    .min(least - Decimal::ONE),
            },
            _ => Decimal::ONE,
        }
    }

    fn evidence(&mut self, plan: &Plan, last: Date) {
        let (year, period) = self.cal.finished;
        let all = self.is_showcase(plan);
        let some = all || self.dice.chance(20);
        let wanted = plan.rhks.iter().take(if all { 3 } else { 1 }).filter(|_| some);
        for (n, rhk) in wanted.enumerate() {
            let day = Calendar::shift(last, -self.dice.between(1, 9));
            let number = self.dice.between(1_000, 9_999);
            let base = EvidenceRow {
                id: self.ctx.new_id(),
                agency_id: self.agency,
                skp_id: plan.id,
                rhk_id: rhk.id,
                person_id: self.world.people[plan.person].id,
                year,
                period,
                kind: EvidenceKind::Tautan,
                title: "Rekapitulasi triwulan dari aplikasi pelayanan".to_owned(),
                note: String::new(),
                url: Some(format!("https://arsip.kota-contoh.example/{year}/{number}")),
                file_name: None,
                media_type: None,
                size: None,
                digest: None,
                created_at: self.cal.office(&mut self.dice, day),
            };
            let file = self
                .file
                .as_ref()
                .filter(|(person, ..)| *person == plan.person && n == 0);
            self.rows.evidence.push(match file {
                Some((_, digest, size)) => EvidenceRow {
                    kind: EvidenceKind::Berkas,
                    title: "Rekapitulasi register pelayanan triwulan".to_owned(),
                    note: "Lihat jumlah per bulan pada baris terakhir.".to_owned(),
                    url: None,
                    file_name: Some("rekapitulasi-register.csv".to_owned()),
                    media_type: Some(MediaType::Csv),
                    size: Some(*size),
                    digest: Some(digest.clone()),
                    ..base
                },
                None => base,
            });
        }
    }

    fn feedback(&mut self, plan: &Plan, when: (i16, Period), days: (Date, Date), verdict: Verdict) {
        use regulation::berakhlak::Value;
        let showcase = self.is_showcase(plan);
        if !showcase && !self.dice.chance(15) {
            return;
        }
        let first = plan.rhks.first().map(|r| Topic::Rhk(r.id));
        let (tone, on_work) = match verdict.result {
            Rating::DiAtas => (
                Tone::Positif,
                "Hasilnya melampaui rencana dan rapi. Bagikan caranya kepada rekan lain.",
            ),
            Rating::Sesuai => (
                Tone::Netral,
                "Target tercapai. Catat kendala lebih awal supaya dapat dibantu.",
            ),
            Rating::DiBawah => (
                Tone::PerluPerbaikan,
                "Belum mencapai rencana. Mari susun jadwal mingguan bersama dan lihat lagi pada akhir bulan.",
            ),
        };
        if let Some(topic) = first {
            let text = on_work;
            self.remark(plan, when, days, Remark { tone, text, topic });
        }
        if showcase {
            let (tone, text, value) = match verdict.behaviour {
                Rating::DiAtas => (
                    Tone::Positif,
                    "Menjadi contoh dalam melayani dan sigap membantu rekan.",
                    Value::Kolaboratif,
                ),
                Rating::Sesuai => (
                    Tone::Positif,
                    "Ramah kepada warga, juga pada jam sibuk.",
                    Value::BerorientasiPelayanan,
                ),
                Rating::DiBawah => (
                    Tone::PerluPerbaikan,
                    "Kehadiran dan kesantunan di loket perlu diperbaiki.",
                    Value::Akuntabel,
                ),
            };
            let topic = Topic::Value(value);
            self.remark(plan, when, days, Remark { tone, text, topic });
        }
    }

    fn remark(&mut self, plan: &Plan, (year, period): (i16, Period), days: (Date, Date), remark: Remark) {
        let Some(day) = Calendar::workday(&mut self.dice, days.0, days.1) else {
            return;
        };
        let number = self.remarks.len();
        self.remarks.push(FeedbackRow {
            id: self.ctx.new_id(),
            agency_id: self.agency,
            skp_id: plan.id,
            topic: remark.topic,
            giver_id: self.world.people[plan.assessor].id,
            giver_role: GiverRole::Atasan,
            year,
            period,
            tone: remark.tone,
            text: remark.text.to_owned(),
            submit_key: format!("demo-{}-{number:06}", plan.id),
            created_at: self.cal.office(&mut self.dice, day),
        });
    }
}

struct Remark {
    tone: Tone,
    text: &'static str,
    topic: Topic,
}
