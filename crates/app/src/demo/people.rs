//! Who works in the city: people with numbers, ranks and positions, and what they are for the rest of the making.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::{Date, date};
use kernel::{Ctx, PersonId, PositionId, UnitId};
use org::bulk::{NumberRow, PersonRow, PlacementRow, PositionRow, RankRow, Rows, UnitRow};
use org::model::{
    Acting, Chain, Grade, Override, PersonStatus, PlacementKind, PositionKind, PositionLevel, UnitKind, derive,
    full_name,
};
use regulation::nip::{NipKind, Sex};

use super::calendar::Calendar;
use super::dice::Dice;
use super::jobs::{self, Job, Jobs, Track};
use super::names::{self, Names};
use super::tree::{self, Field, Spec};
use super::world::{Person, Unit, World};

/// Domain of every address of the city; never delegated to anybody.
pub const DOMAIN: &str = "kota-contoh.example";
/// First day of the tree and of its positions.
const FOUNDED: Date = date(2017, 1, 1);
/// Head positions that nobody holds, with the unit whose head acts for them (Plt), if any.
const VACANT: [(&str, Option<&str>); 3] = [
    ("DISHUB", Some("DISHUB.SEK")),
    ("DPUPR.BM", Some("DPUPR.CK")),
    ("KEC003.KEL1", None),
];
/// A unit whose head is away for some days, and the unit whose head stands in (Plh).
const AWAY: (&str, &str) = ("DINSOS", "DINSOS.SEK");
/// Somebody of the first unit reports to the head of the second, by decree.
const OVERRIDE: (&str, &str) = ("KOMINFO.APTIKA", "KOMINFO.IKP");
/// Somebody moved from the first unit to the second in the middle of the finished quarter.
const MOVED: (&str, &str) = ("BKPSDM.MUTASI", "BKPSDM.KINERJA");

struct Maker<'a> {
    ctx: &'a Ctx,
    cal: &'a Calendar,
    dice: Dice,
    names: Names,
    jobs: Jobs,
    rows: Rows,
    world: World,
    numbers: BTreeSet<String>,
    boxes: BTreeMap<String, u32>,
    /// Shared positions by unit and title.
    posts: BTreeMap<(usize, String), PositionId>,
    /// Head positions by unit.
    chairs: Vec<PositionId>,
}

/// Makes units and people. The order of everything follows from the seed.
pub fn make(ctx: &Ctx, cal: &Calendar, seed: u64, people: usize) -> (World, Rows) {
    let names = Names::read();
    let specs = tree::units(&names, people);
    let staff = tree::staff(&specs, people + VACANT.len());
    let mut maker = Maker {
        ctx,
        cal,
        dice: Dice::new(seed),
        names,
        jobs: Jobs::read(),
        rows: Rows::default(),
        world: World {
            units: Vec::new(),
            people: Vec::new(),
            by_hand: None,
        },
        numbers: BTreeSet::new(),
        boxes: BTreeMap::new(),
        posts: BTreeMap::new(),
        chairs: Vec::new(),
    };
    maker.units(&specs);
    maker.heads(&specs);
    for (unit, spec) in specs.iter().enumerate() {
        for _ in 0..staff[unit] {
            maker.staff(unit, spec);
        }
    }
    maker.acting();
    maker.special();
    maker.superiors();
    (maker.world, maker.rows)
}

impl Maker<'_> {
    fn units(&mut self, specs: &[Spec]) {
        let mut by_code: HashMap<&str, usize> = HashMap::new();
        for spec in specs {
            let above = spec.code.rsplit_once('.').map_or(tree::ROOT, |(above, _)| above);
            let parent = by_code.get(above).copied();
            let (path, depth) = match parent {
                Some(at) => (
                    format!("{}{}/", self.world.units[at].path, spec.code),
                    self.rows.units[at].depth + 1,
                ),
                None => (format!("{}/", spec.code), 1),
            };
            let id = self.ctx.new_id();
            self.rows.units.push(UnitRow {
                id,
                code: spec.code.clone(),
                name: spec.name.clone(),
                kind: spec.kind,
                parent: parent.map(|at| self.world.units[at].id),
                path: path.clone(),
                depth,
                valid_from: FOUNDED,
            });
            by_code.insert(&spec.code, self.world.units.len());
            self.world.units.push(Unit {
                id,
                code: spec.code.clone(),
                name: spec.name.clone(),
                path,
                field: spec.field,
                parent,
                head: None,
            });
        }
    }

    /// Heads, level by level, so that a superior always comes before those below.
    fn heads(&mut self, specs: &[Spec]) {
        for (unit, spec) in specs.iter().enumerate() {
            let kind = spec.level.map_or(PositionKind::StateOfficial, PositionLevel::kind);
            let chair = self.position(unit, "K", &spec.head, (kind, spec.level), true);
            self.chairs.push(chair);
        }
        let mut order: Vec<usize> = (0..specs.len()).collect();
        order.sort_by_key(|at| self.rows.units[*at].depth);
        for unit in order {
            let spec = &specs[unit];
            if VACANT.iter().any(|(code, _)| *code == spec.code) {
                continue;
            }
            let (front, back) = match (spec.field, spec.kind) {
                (_, UnitKind::Agency) => ("Ir.", "M.M."),
                (Field::Health, UnitKind::HealthCentre | UnitKind::Hospital) => ("dr.", "M.Kes."),
                (Field::Health, _) => ("dr.", "M.K.M."),
                (Field::School, _) => ("", "S.Pd., M.Pd."),
                (Field::Works, _) => ("", "S.T., M.T."),
                (Field::Digital, _) => ("", "S.Kom., M.T.I."),
                (Field::Finance, _) => ("", "S.E., M.Ak."),
                (Field::Oversight, _) => ("", "S.H., M.H."),
                (Field::Civil | Field::Permits | Field::District, _) => ("", "S.STP., M.A.P."),
                _ => ("", "S.Sos., M.Si."),
            };
            let person = self.person(unit, self.chairs[unit], &spec.head, spec.level, (front, back), true);
            self.world.units[unit].head = Some(person);
        }
    }

    fn staff(&mut self, unit: usize, spec: &Spec) {
        let job: Job = *self.dice.pick(self.jobs.of(spec.field, spec.kind == UnitKind::School));
        let roll = self.dice.below(100);
        let level = match (job.track, roll) {
            (Track::Clerk, _) => None,
            (Track::Expert, 0..=54) => Some(PositionLevel::AhliPertama),
            (Track::Expert, 55..=88) => Some(PositionLevel::AhliMuda),
            (Track::Expert, _) => Some(PositionLevel::AhliMadya),
            (Track::Trained, 0..=49) => Some(PositionLevel::Terampil),
            (Track::Trained, 50..=83) => Some(PositionLevel::Mahir),
            (Track::Trained, _) => Some(PositionLevel::Penyelia),
        };
        let title = match level.map(level_name) {
            Some(name) => format!("{} {name}", job.title),
            None => job.title.to_owned(),
        };
        let key = (unit, title.clone());
        let position = match self.posts.get(&key) {
            Some(post) => *post,
            None => {
                let kind = level.map_or(PositionKind::Clerical, PositionLevel::kind);
                let number = format!(
                    "P{:02}",
                    self.posts
                        .range((unit, String::new())..)
                        .take_while(|(k, _)| k.0 == unit)
                        .count()
                        + 1
                );
                let post = self.position(unit, &number, &title, (kind, level), false);
                self.posts.insert(key, post);
                post
            }
        };
        self.person(unit, position, &title, level, (job.front, job.back), false);
    }

    fn position(
        &mut self,
        unit: usize,
        number: &str,
        title: &str,
        (kind, level): (PositionKind, Option<PositionLevel>),
        is_head: bool,
    ) -> PositionId {
        let id = self.ctx.new_id();
        let unit = &self.world.units[unit];
        self.rows.positions.push(PositionRow {
            id,
            unit: unit.id,
            code: format!("{}.{number}", unit.code),
            title: title.to_owned(),
            kind,
            level,
            is_head,
            valid_from: FOUNDED,
        });
        id
    }

    fn person(
        &mut self,
        unit: usize,
        position: PositionId,
        title: &str,
        level: Option<PositionLevel>,
        (front, back): (&str, &str),
        is_head: bool,
    ) -> usize {
        let at = self.world.people.len();
        let id: PersonId = self.ctx.new_id();
        let is_mayor = unit == 0;
        let is_woman = matches!(title.split(' ').next(), Some("Bidan")) || self.dice.chance(54);
        let sex = if is_woman && !is_mayor { Sex::Female } else { Sex::Male };
        let (grades, pppk_grade, (youngest, oldest)) = jobs::career(level, back);
        let is_pppk = !is_head && level != Some(PositionLevel::AhliMadya) && self.dice.chance(27);
        let age = self.dice.between(youngest, oldest);
        let year = self.cal.year - i16::try_from(age).unwrap_or(40);
        let month = i8::try_from(self.dice.between(1, 12)).unwrap_or(1);
        let day = i8::try_from(self.dice.between(1, 28)).unwrap_or(1);
        let birth = date(year, month, day);
        let hajj = !is_mayor && is_head && age > 46 && self.dice.chance(35);
        let front = match (hajj, sex) {
            (true, Sex::Male) => format!("H. {front}"),
            (true, Sex::Female) => format!("Hj. {front}"),
            (false, _) => front.to_owned(),
        };
        let front = front.trim();
        let name = self.names.person(&mut self.dice, sex);
        let began = match is_pppk {
            true => i64::from(self.cal.year) - self.dice.between(1, 5),
            false => (i64::from(year) + self.dice.between(23, 29)).min(i64::from(self.cal.year) - 1),
        };
        let number = if is_mayor {
            String::new()
        } else {
            self.number(birth, began, is_pppk, sex)
        };
        let grade = if is_pppk { pppk_grade } else { *self.dice.pick(grades) };
        let grade = Grade::parse(grade).expect("invariant: the table of careers holds golongan");
        let email = self.mailbox(&name);
        self.rows.people.push(PersonRow {
            id,
            name: name.clone(),
            title_front: front.to_owned(),
            title_back: back.to_owned(),
            birth_date: Some(birth),
            sex: Some(sex),
            email: Some(email.clone()),
            status: PersonStatus::Active,
        });
        let since = date(i16::try_from(began).unwrap_or(self.cal.year - 1), 3, 1);
        if !is_mayor {
            self.rows.numbers.push(NumberRow {
                person: id,
                number: number.clone(),
                kind: if is_pppk { NipKind::Pppk } else { NipKind::Pns },
                valid_from: since,
                valid_to: None,
            });
            let risen = if is_pppk {
                since
            } else {
                since.max(date(self.cal.year - 1, 4, 1))
            };
            self.rows.ranks.push(RankRow {
                person: id,
                grade,
                valid_from: risen,
            });
        }
        let placed = date(
            self.cal.year - i16::try_from(self.dice.between(1, 5)).unwrap_or(1),
            1,
            6,
        );
        let decree_year = placed.year();
        self.rows.placements.push(PlacementRow {
            id: self.ctx.new_id(),
            person: id,
            position,
            kind: PlacementKind::Definitive,
            valid_from: placed,
            valid_to: None,
            decree: format!("800.1.3.3/{:04}/{decree_year}", at + 1),
        });
        self.world.people.push(Person {
            id,
            full_name: full_name(front, &name, back),
            number,
            rank: if is_mayor { String::new() } else { grade.printed() },
            email,
            unit,
            position,
            title: title.to_owned(),
            level,
            is_head,
            plans: !is_mayor,
            retired: None,
            moved: None,
            superior: None,
        });
        at
    }

    /// Eighteen digits with the structure of a real number and a sequence that is never issued.
    fn number(&mut self, birth: Date, began: i64, is_pppk: bool, sex: Sex) -> String {
        let code = if is_pppk { 21 } else { self.dice.between(1, 12) };
        let digit = if sex == Sex::Male { 1 } else { 2 };
        let mut sequence = 900 + self.dice.between(1, 99);
        loop {
            let number = format!(
                "{:04}{:02}{:02}{began:04}{code:02}{digit}{sequence:03}",
                birth.year(),
                birth.month(),
                birth.day()
            );
            if self.numbers.insert(number.clone()) {
                return number;
            }
            sequence = if sequence >= 999 { 900 } else { sequence + 1 };
        }
    }

    fn mailbox(&mut self, name: &str) -> String {
        let plain = names::mailbox(name);
        let seen = self.boxes.entry(plain.clone()).or_insert(0);
        *seen += 1;
        match *seen {
            1 => format!("{plain}@{DOMAIN}"),
            n => format!("{plain}.{n}@{DOMAIN}"),
        }
    }

    /// Plt for vacant positions, Plh for one whose holder is away.
    fn acting(&mut self) {
        let stands_in = VACANT
            .iter()
            .filter_map(|(vacant, by)| Some((*vacant, (*by)?, PlacementKind::Plt)));
        for (unit, by, kind) in stands_in.chain([(AWAY.0, AWAY.1, PlacementKind::Plh)]) {
            let (Some(unit), Some(by)) = (self.world.unit(unit), self.world.unit(by)) else {
                continue;
            };
            let Some(person) = self.world.units[by].head else {
                continue;
            };
            let (from, until) = match kind {
                PlacementKind::Plh => (
                    Calendar::shift(self.cal.today, -2),
                    Some(Calendar::shift(self.cal.today, 9)),
                ),
                _ => (date(self.cal.year - 1, 11, 3), None),
            };
            if kind == PlacementKind::Plt {
                self.world.units[unit].head = Some(person);
            }
            self.rows.placements.push(PlacementRow {
                id: self.ctx.new_id(),
                person: self.world.people[person].id,
                position: self.chairs[unit],
                kind,
                valid_from: from,
                valid_to: until,
                decree: format!("800.1.11.1/{}/{}", 9_000 + unit, from.year()),
            });
        }
    }

    /// Some people are away for long or retired, and one moved during the finished quarter.
    fn special(&mut self) {
        let showcase = self.world.unit(tree::SHOWCASE);
        let away = [
            PersonStatus::UnpaidLeave,
            PersonStatus::Studying,
            PersonStatus::Retired,
            PersonStatus::Studying,
        ];
        let staff: Vec<usize> = (0..self.world.people.len())
            .filter(|at| {
                let p = &self.world.people[*at];
                let unit = &self.world.units[p.unit].code;
                !p.is_head && Some(p.unit) != showcase && unit != MOVED.0 && unit != MOVED.1 && unit != OVERRIDE.0
            })
            .collect();
        let step = (staff.len() / 8).max(1);
        for (n, at) in staff.into_iter().skip(step / 2).step_by(step).enumerate() {
            let status = away[n % away.len()];
            self.rows.people[at].status = status;
            self.world.people[at].plans = false;
            if status == PersonStatus::Retired {
                let last = Calendar::shift(self.cal.finished_days.0, 30).last_of_month();
                self.world.people[at].retired = Some(last);
                self.rows.placements[at].valid_to = Some(last);
            }
        }
        self.moving();
        let (Some(from), Some(to)) = (self.world.unit(OVERRIDE.0), self.world.unit(OVERRIDE.1)) else {
            return;
        };
        let person = self.world.staff_of(from).nth(2);
        self.world.by_hand = person.zip(self.world.units[to].head);
    }

    fn moving(&mut self) {
        let (Some(from), Some(to)) = (self.world.unit(MOVED.0), self.world.unit(MOVED.1)) else {
            return;
        };
        let since = Calendar::shift(self.cal.finished_days.0, 45);
        let Some(at) = self.world.staff_of(to).nth(1) else {
            return;
        };
        // the placement in the new unit begins in the quarter; before it, a like position in the old one
        let id = self.ctx.new_id();
        let old = self.world.staff_of(from).next().map(|p| {
            let person = &self.world.people[p];
            (person.position, person.title.clone())
        });
        let Some((position, title)) = old else {
            return;
        };
        let person = &mut self.world.people[at];
        let began = self.rows.placements[at].valid_from;
        self.rows.placements[at].valid_from = since;
        person.moved = Some((from, position, title, since));
        self.rows.placements.push(PlacementRow {
            id,
            person: person.id,
            position,
            kind: PlacementKind::Definitive,
            valid_from: began,
            valid_to: Some(Calendar::shift(since, -1)),
            decree: format!("800.1.3.3/{:04}/{}", 8_000 + at, began.year()),
        });
    }

    /// The reporting line as the house derives it, leaving out stand-ins of some days: plans of a year follow those
    /// who are there for the year.
    fn superiors(&mut self) {
        let unit_ids: Vec<UnitId> = self.world.units.iter().map(|u| u.id).collect();
        let parent = |u: &Unit| u.parent.map(|at| unit_ids[at]);
        let chain = Chain(self.world.units.iter().map(|u| (u.id, parent(u))).collect());
        let by_id: HashMap<PersonId, usize> = self.world.people.iter().enumerate().map(|(at, p)| (p.id, at)).collect();
        let chairs: HashMap<PositionId, UnitId> = self.chairs.iter().copied().zip(unit_ids.iter().copied()).collect();
        let acting = self.rows.placements.iter().filter(|p| p.kind != PlacementKind::Plh);
        let heads: Vec<Acting> = acting
            .filter_map(|p| {
                Some(Acting {
                    unit: *chairs.get(&p.position)?,
                    person: p.person,
                    kind: p.kind,
                    from: p.valid_from,
                    until: None,
                })
            })
            .collect();
        let by_hand: Vec<Override> = self
            .world
            .by_hand
            .iter()
            .map(|(person, superior)| Override {
                person: self.world.people[*person].id,
                superior: self.world.people[*superior].id,
                from: self.override_from(),
                until: None,
            })
            .collect();
        let people: Vec<(PersonId, Option<UnitId>)> = self
            .world
            .people
            .iter()
            .map(|p| (p.id, Some(unit_ids[p.unit])))
            .collect();
        let lines = derive(&chain, &heads, &by_hand, &people);
        for person in &mut self.world.people {
            let superior = lines.get(&person.id).and_then(|l| l.superior);
            person.superior = superior.and_then(|id| by_id.get(&id).copied());
        }
    }

    fn override_from(&self) -> Date {
        date(self.cal.year - 1, 12, 1)
    }
}

fn level_name(level: PositionLevel) -> &'static str {
    match level {
        PositionLevel::AhliUtama => "Ahli Utama",
        PositionLevel::AhliMadya => "Ahli Madya",
        PositionLevel::AhliMuda => "Ahli Muda",
        PositionLevel::AhliPertama => "Ahli Pertama",
        PositionLevel::Penyelia => "Penyelia",
        PositionLevel::Mahir => "Mahir",
        PositionLevel::Terampil => "Terampil",
        PositionLevel::Pemula => "Pemula",
        PositionLevel::JptUtama
        | PositionLevel::JptMadya
        | PositionLevel::JptPratama
        | PositionLevel::Administrator
        | PositionLevel::Pengawas => "",
    }
}
