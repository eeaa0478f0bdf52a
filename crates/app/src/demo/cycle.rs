//! The year of everybody: plans, work and evaluations, written some thousands of people at a time.

use std::collections::BTreeMap;

use anyhow::Context as _;
use evaluation::bulk::{AchievementRow, EvaluationRow, EventRow};
use evaluation::model::{IkiInput, Status as Progress, propose};
use jiff::civil::date;
use journal::blobs::Digest;
use kernel::{AgencyId, Instant, PersonId};
use regulation::objection;
use regulation::rating::{CapaianOrganisasi, Rating, predikat};
use skp::Status;

use super::Site;
use super::calendar::Calendar;
use super::dice::Dice;
use super::goals::Goals;
use super::plans::{self, Plan, Wanted};
use super::ratings::{Ratings, Stage, Verdict, decide};
use super::services::Made;
use super::tree::SHOWCASE;
use super::work::Recorder;
use super::world::World;

/// People whose rows are held in memory at once.
const AT_ONCE: usize = 2_500;

/// Makes plans, work and evaluations.
pub async fn make(
    site: &Site,
    cal: &Calendar,
    world: &World,
    (agency, seed): (AgencyId, u64),
    services: &[Made],
    progress: &(dyn Fn(&str) + Sync),
) -> anyhow::Result<()> {
    let ctx = &site.ctx;
    let mut dice = Dice::new(seed);
    let wanted = wanted(cal, world, &mut dice);
    let cases: Vec<(usize, usize, bool)> = wanted
        .iter()
        .filter(|w| is_evaluated(cal, w))
        .map(|w| (w.person, w.unit, world.people[w.person].is_head))
        .collect();
    let ratings = decide(world, &mut dice, &cases);
    let file = evidence_file(site, world).context("a file of evidence")?;
    let goals = Goals::read();
    let mut maker = plans::Maker {
        ctx,
        cal,
        agency,
        world,
        goals: &goals,
        services,
        dice: Dice::new(seed + 1),
        rows: skp::bulk::Rows::default(),
        offered: BTreeMap::new(),
    };
    let mut recorder = Recorder {
        ctx,
        cal,
        agency,
        world,
        dice: Dice::new(seed + 2),
        rows: journal::bulk::Rows::default(),
        remarks: Vec::new(),
        file,
    };
    let mut judge = Judge {
        site,
        cal,
        agency,
        world,
        ratings: &ratings,
        dice: Dice::new(seed + 3),
        rows: Vec::new(),
        events: Vec::new(),
    };
    let achievements = judge.achievements();
    db::write!(site.db, async |tx| evaluation::bulk::insert_achievements(
        tx,
        &achievements
    )
    .await)?;
    for part in wanted.chunks(AT_ONCE) {
        progress("plans, work and evaluations");
        for wanted in part {
            let plan = maker.plan(wanted);
            if is_evaluated(cal, wanted) {
                judge.quarter(&plan, &mut recorder);
            }
            if plan.year == cal.year && plan.status.carries_work() && plan.days.1 >= cal.today {
                recorder.running(&plan);
            }
        }
        let plans = std::mem::take(&mut maker.rows);
        let work = std::mem::take(&mut recorder.rows);
        let remarks = std::mem::take(&mut recorder.remarks);
        let rows = std::mem::take(&mut judge.rows);
        let events = std::mem::take(&mut judge.events);
        db::write!(site.db, async |tx| {
            skp::bulk::insert_all(tx, &plans).await?;
            journal::bulk::insert_all(tx, &work).await?;
            feedback::bulk::insert_all(tx, &remarks).await?;
            evaluation::bulk::insert_all(tx, &rows).await?;
            evaluation::bulk::insert_events(tx, &events).await
        })
        .context("plans, work and evaluations")?;
    }
    Ok(())
}

/// Every plan there is to be, superiors' first within a year.
fn wanted(cal: &Calendar, world: &World, dice: &mut Dice) -> Vec<Wanted> {
    let mut all = Vec::new();
    let years = if cal.finished.0 < cal.year {
        vec![cal.finished.0, cal.year]
    } else {
        vec![cal.year]
    };
    let showcase = world.unit(SHOWCASE);
    let mut place_in_showcase = 0;
    for year in years {
        let is_present = year == cal.year;
        let whole = (date(year, 1, 1), date(year, 12, 31));
        for (at, person) in world.people.iter().enumerate() {
            let Some(assessor) = person.superior else { continue };
            let plan = Wanted {
                person: at,
                unit: person.unit,
                position: (person.position, person.title.clone()),
                assessor,
                year,
                days: whole,
                status: Status::Disetujui,
            };
            if let Some(last) = person.retired.filter(|_| year == cal.finished.0) {
                all.push(Wanted {
                    days: (whole.0, last),
                    status: Status::Ditutup,
                    ..plan
                });
                continue;
            }
            if !person.plans {
                continue;
            }
            if let Some((unit, position, title, since)) = person.moved.as_ref().filter(|_| year == cal.finished.0) {
                all.push(Wanted {
                    unit: *unit,
                    position: (*position, title.clone()),
                    assessor: world.units[*unit].head.unwrap_or(assessor),
                    days: (whole.0, Calendar::shift(*since, -1)),
                    status: Status::Ditutup,
                    ..plan.clone()
                });
                all.push(Wanted {
                    days: (*since, whole.1),
                    ..plan
                });
                continue;
            }
            let in_showcase = is_present && Some(person.unit) == showcase && !person.is_head;
            let status = match (in_showcase, place_in_showcase) {
                (true, n) => {
                    place_in_showcase += 1;
                    in_the_showcase(n)
                }
                (false, _) if !is_present || person.is_head => Some(Status::Disetujui),
                (false, _) => somewhere(dice),
            };
            all.extend(status.map(|status| Wanted { status, ..plan }));
        }
    }
    all
}

/// In the showcase the superior finds one of each, and the second of the staff has nothing yet.
fn in_the_showcase(n: usize) -> Option<Status> {
    match n {
        1 => None,
        3 | 4 => Some(Status::Diajukan),
        5 => Some(Status::Dikembalikan),
        6 => Some(Status::Draf),
        _ => Some(Status::Disetujui),
    }
}

fn somewhere(dice: &mut Dice) -> Option<Status> {
    match dice.below(1_000) {
        0..=934 => Some(Status::Disetujui),
        935..=957 => Some(Status::Diajukan),
        958..=971 => Some(Status::Dikembalikan),
        972..=986 => Some(Status::Draf),
        _ => None,
    }
}

fn is_evaluated(cal: &Calendar, wanted: &Wanted) -> bool {
    let (first, last) = cal.finished_days;
    wanted.year == cal.finished.0 && wanted.status.carries_work() && wanted.days.0 <= last && wanted.days.1 >= first
}

/// A table that the first visitor finds as evidence.
fn evidence_file(site: &Site, world: &World) -> anyhow::Result<Option<(usize, Digest, i64)>> {
    let Some(person) = world.unit(SHOWCASE).and_then(|unit| world.staff_of(unit).next()) else {
        return Ok(None);
    };
    let bytes = b"bulan,dokumen\nbulan pertama,312\nbulan kedua,298\nbulan ketiga,341\njumlah,951\n";
    let digest = site.blobs.put(bytes)?;
    Ok(Some((person, digest, i64::try_from(bytes.len())?)))
}

struct Judge<'a> {
    site: &'a Site,
    cal: &'a Calendar,
    agency: AgencyId,
    world: &'a World,
    ratings: &'a Ratings,
    dice: Dice,
    rows: Vec<EvaluationRow>,
    events: Vec<EventRow>,
}

impl Judge<'_> {
    fn achievements(&mut self) -> Vec<AchievementRow> {
        let (year, period) = self.cal.finished;
        let mut rows = Vec::new();
        for (at, unit) in self.world.units.iter().enumerate().skip(1) {
            let Some((achievement, above)) = self.ratings.achievements[at].zip(self.world.head_above(at)) else {
                continue;
            };
            let basis = match achievement {
                CapaianOrganisasi::Istimewa => {
                    "Seluruh rencana aksi melampaui target yang disepakati, dua di antaranya selesai lebih cepat."
                }
                CapaianOrganisasi::Baik => "Rencana aksi triwulan tercapai sesuai target dan mutu yang disepakati.",
                CapaianOrganisasi::ButuhPerbaikan => {
                    "Sebagian rencana aksi bergeser ke triwulan berikutnya; kemajuan ada tetapi perlu pembinaan."
                }
                CapaianOrganisasi::Kurang => {
                    "Tiga dari lima target strategis tidak tercapai dan pengaduan warga meningkat."
                }
                CapaianOrganisasi::SangatKurang => "Sebagian besar rencana aksi belum menunjukkan kemajuan.",
            };
            let day = Calendar::shift(self.cal.finished_days.1, self.dice.between(2, 3));
            rows.push(AchievementRow {
                id: self.site.ctx.ids.next(self.cal.now),
                agency_id: self.agency,
                unit_id: unit.id,
                unit_path: unit.path.clone(),
                year,
                period,
                achievement,
                basis: basis.to_owned(),
                set_by: self.world.people[above].id,
                set_at: self.cal.office(&mut self.dice, day),
            });
        }
        rows
    }

    /// Work and evaluation of the finished quarter.
    fn quarter(&mut self, plan: &Plan, recorder: &mut Recorder<'_>) {
        let verdict = self
            .ratings
            .verdicts
            .get(&(plan.person, plan.unit))
            .copied()
            .unwrap_or(Verdict {
                stage: Stage::Open,
                result: Rating::Sesuai,
                behaviour: Rating::Sesuai,
            });
        let end = self.cal.finished_days.1;
        let rated = Calendar::shift(end, self.dice.between(4, 8));
        let closed = Calendar::shift(rated, self.dice.between(1, 5));
        let read = Calendar::shift(closed, self.dice.between(1, 6)).min(self.cal.today);
        let times = Times {
            rated: self.cal.office(&mut self.dice, rated),
            closed: self.cal.moment(closed, 16, 10),
            read: self.cal.moment(read, 16, 40),
        };
        let is_final = matches!(verdict.stage, Stage::Final | Stage::Received);
        let inputs = recorder.finished(plan, verdict, is_final.then_some(times.closed));
        self.evaluation(plan, verdict, &times, read, &inputs);
    }

    fn evaluation(
        &mut self,
        plan: &Plan,
        verdict: Verdict,
        times: &Times,
        read: jiff::civil::Date,
        inputs: &[IkiInput],
    ) {
        let (year, period) = self.cal.finished;
        let world = self.world;
        let (person, assessor) = (world.people[plan.person].id, world.people[plan.assessor].id);
        let unit = &world.units[plan.unit];
        let is_rated = verdict.stage != Stage::Open;
        let is_final = matches!(verdict.stage, Stage::Final | Stage::Received);
        let is_read = verdict.stage == Stage::Received;
        let proposal = propose(inputs);
        let status = match verdict.stage {
            Stage::Open => Progress::BelumDinilai,
            Stage::Rated => Progress::Dinilai,
            Stage::Final => Progress::Final,
            Stage::Received => Progress::Diterima,
        };
        let of_unit = if plan.is_head {
            ""
        } else {
            self.ratings.reasons[plan.unit].as_str()
        };
        let pattern_reason = if is_final { of_unit } else { "" };
        let row = EvaluationRow {
            id: self.site.ctx.new_id(),
            agency_id: self.agency,
            skp_id: plan.id,
            person_id: person,
            assessor_id: assessor,
            unit_id: unit.id,
            unit_path: unit.path.clone(),
            is_head: plan.is_head,
            year,
            period,
            status,
            achievement: self.ratings.achievements[plan.unit].filter(|_| is_final),
            result_rating: is_rated.then_some(verdict.result),
            result_reason: if is_rated && !plan.is_head {
                on_results(verdict.result)
            } else {
                ""
            }
            .to_owned(),
            behaviour_rating: is_rated.then_some(verdict.behaviour),
            behaviour_reason: if is_rated { on_behaviour(verdict.behaviour) } else { "" }.to_owned(),
            predikat: is_rated.then(|| predikat(verdict.result, verdict.behaviour)),
            recommendation: if is_rated { advice(verdict) } else { "" }.to_owned(),
            pattern_reason: pattern_reason.to_owned(),
            proposed_result: proposal.rating().filter(|_| is_rated),
            proposal_inputs: if is_rated {
                serde_json::to_string(&proposal).unwrap_or_default()
            } else {
                String::new()
            },
            rated_at: is_rated.then_some(times.rated),
            finalised_at: is_final.then_some(times.closed),
            finalised_by: is_final.then_some(assessor),
            received_at: is_read.then_some(times.read),
            acknowledged_at: is_read.then_some(times.read),
            objection_until: if is_read {
                objection::deadline(read, objection::DAYS)
            } else {
                None
            },
            version: 1 + i64::from(is_rated) + i64::from(is_final),
        };
        let opened = self.cal.moment(Calendar::shift(self.cal.finished_days.1, 1), 7, 30);
        let steps: [(bool, Instant, Option<PersonId>, &str, &str); 4] = [
            (true, opened, None, "BUKA", ""),
            (is_rated, times.rated, Some(assessor), "NILAI", ""),
            (is_final, times.closed, Some(assessor), "FINAL", pattern_reason),
            (is_read, times.read, Some(person), "TERIMA", ""),
        ];
        for (_, at, by, verb, remark) in steps.into_iter().filter(|s| s.0) {
            self.events.push(EventRow {
                id: self.site.ctx.ids.next(self.cal.now),
                evaluation_id: row.id,
                at,
                person_id: by,
                verb: verb.to_owned(),
                remark: remark.to_owned(),
            });
        }
        self.rows.push(row);
    }
}

struct Times {
    rated: Instant,
    closed: Instant,
    read: Instant,
}

fn on_results(rating: Rating) -> &'static str {
    match rating {
        Rating::DiAtas => "Seluruh target utama terlampaui dengan bukti yang lengkap dan umpan balik pimpinan positif.",
        Rating::Sesuai => "",
        Rating::DiBawah => "Sebagian besar target tidak tercapai dan kendala baru disampaikan pada akhir triwulan.",
    }
}

fn on_behaviour(rating: Rating) -> &'static str {
    match rating {
        Rating::DiAtas => "Konsisten menunjukkan nilai BerAKHLAK dan menggerakkan rekan untuk melayani lebih baik.",
        Rating::Sesuai => "",
        Rating::DiBawah => "Beberapa kali meninggalkan loket tanpa izin dan sudah ditegur secara tertulis.",
    }
}

fn advice(verdict: Verdict) -> &'static str {
    match (verdict.result, verdict.behaviour) {
        (_, Rating::DiBawah) => "Bimbingan kinerja setiap dua minggu sampai akhir triwulan berikutnya.",
        (Rating::DiBawah, _) => "Pendampingan oleh rekan senior dan penyusunan ulang jadwal kerja.",
        (Rating::DiAtas, Rating::DiAtas) => "Diusulkan menjadi mentor bagi pegawai baru.",
        _ => "",
    }
}
