//! The city in memory, while it is being made.

use jiff::civil::Date;
use kernel::{PersonId, PositionId, UnitId};
use org::model::PositionLevel;

use super::tree::Field;

/// A unit, as the rest of the making needs it.
#[derive(Debug)]
pub struct Unit {
    /// Identifier.
    pub id: UnitId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Path.
    pub path: String,
    /// What it does.
    pub field: Field,
    /// Unit above.
    pub parent: Option<usize>,
    /// Who heads it, as holder or acting for longer.
    pub head: Option<usize>,
}

/// A person, as the rest of the making needs it.
#[derive(Debug)]
pub struct Person {
    /// Identifier.
    pub id: PersonId,
    /// Name with titles.
    pub full_name: String,
    /// NIP or NI PPPK; empty for the head of the city.
    pub number: String,
    /// Golongan as printed.
    pub rank: String,
    /// Address.
    pub email: String,
    /// Unit of the definitive position.
    pub unit: usize,
    /// Position.
    pub position: PositionId,
    /// Its title.
    pub title: String,
    /// Level of the position.
    pub level: Option<PositionLevel>,
    /// Heads the unit.
    pub is_head: bool,
    /// Plans: at work, and no state official.
    pub plans: bool,
    /// Last day at work of somebody who retired this year.
    pub retired: Option<Date>,
    /// Former unit, position and title of somebody who moved, with the first day in the new one.
    pub moved: Option<(usize, PositionId, String, Date)>,
    /// Pejabat penilai, short stand-ins aside.
    pub superior: Option<usize>,
}

/// The whole city.
#[derive(Debug)]
pub struct World {
    /// Units, parents first.
    pub units: Vec<Unit>,
    /// People, heads of higher units before those below them, then everybody else.
    pub people: Vec<Person>,
    /// The pair of a superior set by hand.
    pub by_hand: Option<(usize, usize)>,
}

impl World {
    /// The unit with this code.
    pub fn unit(&self, code: &str) -> Option<usize> {
        self.units.iter().position(|u| u.code == code)
    }

    /// People of a unit who do not head it, in the order in which they were made.
    pub fn staff_of(&self, unit: usize) -> impl Iterator<Item = usize> + '_ {
        let all = self.people.iter().enumerate();
        all.filter(move |(_, p)| p.unit == unit && !p.is_head).map(|(at, _)| at)
    }

    /// Who stands above the head of a unit: the head of the next unit above that has one.
    pub fn head_above(&self, unit: usize) -> Option<usize> {
        let mut above = self.units[unit].parent;
        while let Some(at) = above {
            if let Some(head) = self.units[at].head {
                return Some(head);
            }
            above = self.units[at].parent;
        }
        self.units.first().and_then(|root| root.head)
    }
}
