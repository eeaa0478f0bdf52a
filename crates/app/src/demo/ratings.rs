//! How the finished quarter is judged: achievements of units, ratings of people inside the pattern of their unit, and
//! how far each evaluation is.

use std::collections::BTreeMap;

use regulation::distribution::{Counts, Judgement, SMALL_UNIT, judge};
use regulation::rating::{CapaianOrganisasi, Predikat, Rating, predikat};

use super::dice::Dice;
use super::tree::SHOWCASE;
use super::world::World;

/// The one unit in which everybody is "Baik", with a reason.
const UNIFORM: &str = "KOMINFO.IKP";
/// The one unit whose achievement is Istimewa.
const OUTSTANDING: &str = "DUKCAPIL.PIAK";
/// The one unit whose achievement is Kurang.
const FAILING: &str = "DLH.SAMPAH";
/// A unit of the showcase office that still waits for its achievement.
const WAITING: &str = "DUKCAPIL.CAPIL";

/// How far an evaluation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nothing is rated.
    Open,
    /// Both ratings are given.
    Rated,
    /// Final, not read.
    Final,
    /// Read by the employee.
    Received,
}

/// One judgement.
#[derive(Debug, Clone, Copy)]
pub struct Verdict {
    /// How far.
    pub stage: Stage,
    /// Rating of results; also what the recorded work looks like.
    pub result: Rating,
    /// Rating of behaviour.
    pub behaviour: Rating,
}

/// All judgements of the quarter.
#[derive(Debug)]
pub struct Ratings {
    /// Achievement of each unit.
    pub achievements: Vec<Option<CapaianOrganisasi>>,
    /// By person and unit.
    pub verdicts: BTreeMap<(usize, usize), Verdict>,
    /// Why a unit leaves its pattern; empty where it does not.
    pub reasons: Vec<String>,
}

/// Judges everybody in `cases` (person, unit, heads the unit).
pub fn decide(world: &World, dice: &mut Dice, cases: &[(usize, usize, bool)]) -> Ratings {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); world.units.len()];
    for (person, unit, _) in cases.iter().filter(|c| !c.2) {
        members[*unit].push(*person);
    }
    let mut all = Ratings {
        achievements: Vec::new(),
        verdicts: BTreeMap::new(),
        reasons: Vec::new(),
    };
    for (unit, people) in members.iter().enumerate() {
        let code = world.units[unit].code.as_str();
        let (achievement, stage) = standing(dice, code);
        all.achievements.push(achievement);
        let stages: Vec<Stage> = (0..people.len()).map(|n| own_stage(dice, code, stage, n)).collect();
        let rated: Vec<usize> = (0..people.len()).filter(|n| stages[*n] != Stage::Open).collect();
        let mut given = match code {
            UNIFORM => vec![Predikat::Baik; rated.len()],
            _ => pattern(achievement.unwrap_or(CapaianOrganisasi::Baik), rated.len()),
        };
        dice.shuffle(&mut given);
        if code == SHOWCASE
            && let Some(good) = given.iter().position(|p| *p == Predikat::Baik)
        {
            // the visitor's own predikat has something to explain: good results, and one step missing
            given.swap(0, good);
        }
        let judged = achievement.map(|a| judge(a, Counts::tally(given.iter().copied()), SMALL_UNIT));
        all.reasons.push(match judged {
            Some(Judgement::Judged(found)) if !found.is_empty() => {
                "Seluruh rencana aksi bidang dikerjakan sebagai satu tim dengan beban dan hasil yang setara; \
                 perbedaan predikat tidak didukung bukti."
                    .to_owned()
            }
            _ => String::new(),
        });
        let mut given = given.into_iter();
        for (n, person) in people.iter().enumerate() {
            let own = if stages[n] == Stage::Open { None } else { given.next() };
            let (result, behaviour) = if code == SHOWCASE && n == 0 {
                (Rating::DiAtas, Rating::Sesuai)
            } else {
                cell(dice, own.unwrap_or(Predikat::Baik))
            };
            let verdict = Verdict {
                stage: stages[n],
                result,
                behaviour,
            };
            all.verdicts.insert((*person, unit), verdict);
        }
    }
    for (person, unit, _) in cases.iter().filter(|c| c.2) {
        let verdict = head(dice, &world.units[*unit].code, all.achievements[*unit]);
        all.verdicts.insert((*person, *unit), verdict);
    }
    all
}

fn standing(dice: &mut Dice, code: &str) -> (Option<CapaianOrganisasi>, Stage) {
    let roll = dice.below(100);
    let stage = match dice.below(100) {
        0..=71 => Stage::Received,
        72..=85 => Stage::Rated,
        _ => Stage::Open,
    };
    let is_named = code.starts_with("DUKCAPIL") || code.starts_with("BKPSDM");
    let achievement = match code {
        OUTSTANDING => CapaianOrganisasi::Istimewa,
        FAILING => CapaianOrganisasi::Kurang,
        UNIFORM => CapaianOrganisasi::Baik,
        _ if roll < 9 && !is_named => CapaianOrganisasi::ButuhPerbaikan,
        _ => CapaianOrganisasi::Baik,
    };
    match (code, stage) {
        (WAITING, _) => (None, Stage::Open),
        (OUTSTANDING | FAILING | UNIFORM | SHOWCASE, _) => (Some(achievement), Stage::Received),
        (_, Stage::Open) if is_named => (Some(achievement), Stage::Received),
        (_, Stage::Open) => ((roll > 50).then_some(achievement), Stage::Open),
        (_, stage) => (Some(achievement), stage),
    }
}

/// How far somebody's evaluation is in a unit that is so far. In the showcase the superior still has work of each kind.
fn own_stage(dice: &mut Dice, code: &str, unit: Stage, n: usize) -> Stage {
    if code == SHOWCASE {
        return match n {
            0 => Stage::Final,
            1..=4 => Stage::Received,
            5 => Stage::Final,
            6..=8 => Stage::Rated,
            _ => Stage::Open,
        };
    }
    match (unit, dice.below(100)) {
        (Stage::Received, 0..=64) => Stage::Received,
        (Stage::Received, 65..=95) => Stage::Final,
        (Stage::Received, _) => Stage::Rated,
        (stage, _) => stage,
    }
}

/// The rating of a head's results is the achievement of the unit; without one nobody can rate.
fn head(dice: &mut Dice, code: &str, achievement: Option<CapaianOrganisasi>) -> Verdict {
    let behaviour = if dice.chance(35) {
        Rating::DiAtas
    } else {
        Rating::Sesuai
    };
    let stage = match (achievement, dice.below(100)) {
        (None, _) => Stage::Open,
        (Some(_), _) if code == SHOWCASE => Stage::Rated,
        (Some(_), 0..=59) => Stage::Received,
        (Some(_), 60..=84) => Stage::Final,
        (Some(_), _) => Stage::Rated,
    };
    Verdict {
        stage,
        result: achievement.map_or(Rating::Sesuai, CapaianOrganisasi::rating_of_head),
        behaviour,
    }
}

/// Predikat of `n` people inside the pattern of an achievement.
fn pattern(achievement: CapaianOrganisasi, n: usize) -> Vec<Predikat> {
    let share = |percent: usize| (n * percent).div_ceil(100);
    let least = |percent: usize| n * percent / 100;
    // how many of each, best first; what is left over goes to the predikat named last
    let (counts, rest) = match achievement {
        _ if n < 5 => ([0, n, 0, 0, 0], Predikat::Baik),
        CapaianOrganisasi::Istimewa => ([least(65), 0, n / 12, 0, 0], Predikat::Baik),
        CapaianOrganisasi::Baik => ([0, least(66), (n / 14).max(1), n / 30, 0], Predikat::SangatBaik),
        CapaianOrganisasi::ButuhPerbaikan => ([n / 14, 0, share(61), n / 16, 0], Predikat::Baik),
        CapaianOrganisasi::Kurang => ([0, 0, share(13), share(61), 0], Predikat::Baik),
        CapaianOrganisasi::SangatKurang => ([0, 0, share(12), 0, share(61)], Predikat::Baik),
    };
    let all = <Predikat as kernel::Code>::ALL;
    let mut given: Vec<Predikat> = all.iter().zip(counts).flat_map(|(p, count)| vec![*p; count]).collect();
    given.resize(n, rest);
    given
}

/// Two ratings that give this predikat.
fn cell(dice: &mut Dice, wanted: Predikat) -> (Rating, Rating) {
    let all = <Rating as kernel::Code>::ALL;
    let mut cells: Vec<(Rating, Rating)> = Vec::new();
    for result in all {
        for behaviour in all {
            if predikat(*result, *behaviour) == wanted {
                cells.push((*result, *behaviour));
                // the middle of the quadrant is where most people are
                if (*result, *behaviour) == (Rating::Sesuai, Rating::Sesuai) {
                    cells.extend([(*result, *behaviour); 3]);
                }
            }
        }
    }
    *dice.pick(&cells)
}

#[cfg(test)]
mod tests {
    use kernel::Code;
    use regulation::distribution::check;

    use super::*;

    #[test]
    fn every_pattern_stays_inside_its_limits() {
        for achievement in CapaianOrganisasi::ALL {
            for n in 5..150 {
                let given = pattern(*achievement, n);
                assert_eq!(given.len(), n);
                let broken = check(*achievement, Counts::tally(given));
                assert!(broken.is_empty(), "{achievement} {n} {broken:?}");
            }
        }
    }

    #[test]
    fn every_predikat_has_its_two_ratings() {
        let mut dice = Dice::new(1);
        for wanted in Predikat::ALL {
            let (result, behaviour) = cell(&mut dice, *wanted);
            assert_eq!(predikat(result, behaviour), *wanted);
        }
    }
}
