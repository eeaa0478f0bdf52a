//! Jobs of people who head nothing, with the rank and the schooling that go with them.

use std::collections::BTreeMap;

use kernel::Code as _;
use org::model::PositionLevel;

use super::data;
use super::tree::Field;

kernel::codes! {
    /// How a job rises.
    pub enum Track {
        /// Functional, skilled: Ahli Pertama, Ahli Muda, Ahli Madya.
        Expert = "AHLI",
        /// Functional, trained: Terampil, Mahir, Penyelia.
        Trained = "TERAMPIL",
        /// Pelaksana: no level.
        Clerk = "PELAKSANA",
    }
}

/// A job of people who head nothing.
#[derive(Debug, Clone, Copy)]
pub struct Job {
    /// Title without the level.
    pub title: &'static str,
    /// How it rises.
    pub track: Track,
    /// Title before the name.
    pub front: &'static str,
    /// Titles after the name.
    pub back: &'static str,
}

/// Every job by field.
#[derive(Debug, Default)]
pub struct Jobs(BTreeMap<&'static str, Vec<Job>>);

impl Jobs {
    /// Reads the list.
    pub fn read() -> Self {
        let mut all = Self::default();
        for line in data::lines(include_str!("data/jobs.txt")) {
            let [field, title, track, front, back] = data::fields(line);
            all.0.entry(field).or_default().push(Job {
                title,
                track: data::code(track),
                front,
                back,
            });
        }
        all
    }

    /// The jobs of a unit. A school has other jobs than the office above it.
    pub fn of(&self, field: Field, is_school: bool) -> &[Job] {
        let key = match field {
            Field::School if !is_school => "PENDIDIKAN_KANTOR",
            other => other.code(),
        };
        self.0.get(key).map_or(&[], Vec::as_slice)
    }
}

/// Golongan of PNS, golongan of PPPK, youngest and oldest age. Without a level, schooling decides (`back`: titles after
/// the name).
pub fn career(level: Option<PositionLevel>, back: &str) -> (&'static [&'static str], &'static str, (i64, i64)) {
    match level {
        Some(PositionLevel::JptUtama | PositionLevel::JptMadya) => (&["IV/d", "IV/e"], "XVII", (52, 58)),
        Some(PositionLevel::JptPratama) => (&["IV/b", "IV/b", "IV/c"], "XVI", (47, 58)),
        Some(PositionLevel::Administrator) => (&["III/d", "IV/a", "IV/a", "IV/b"], "XIII", (41, 56)),
        Some(PositionLevel::Pengawas) => (&["III/b", "III/c", "III/d"], "XI", (34, 55)),
        Some(PositionLevel::AhliUtama | PositionLevel::AhliMadya) => (&["IV/a", "IV/a", "IV/b"], "XIII", (44, 58)),
        Some(PositionLevel::AhliMuda) => (&["III/c", "III/d"], "XI", (34, 53)),
        Some(PositionLevel::AhliPertama) => (&["III/a", "III/b"], "IX", (24, 42)),
        Some(PositionLevel::Penyelia) => (&["III/c", "III/d"], "X", (38, 55)),
        Some(PositionLevel::Mahir) => (&["III/a", "III/b"], "IX", (30, 48)),
        Some(PositionLevel::Terampil | PositionLevel::Pemula) => (&["II/c", "II/d"], "VII", (23, 40)),
        None if back.is_empty() => (&["II/a", "II/b", "II/c", "II/d"], "V", (24, 56)),
        None if back.starts_with("A.Md") => (&["II/c", "II/d", "III/a"], "VII", (26, 54)),
        None => (&["III/a", "III/a", "III/b"], "IX", (25, 52)),
    }
}
