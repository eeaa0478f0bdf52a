//! Names of people who do not exist, put together from parts as they are heard in several regions.

use std::collections::BTreeMap;

use regulation::nip::Sex;

use super::data;
use super::dice::Dice;

const PARTS: &str = include_str!("data/names.txt");

/// Parts of names: by part and region.
#[derive(Debug)]
pub struct Names(BTreeMap<(&'static str, usize), Vec<&'static str>>);

impl Names {
    /// Reads the list.
    pub fn read() -> Self {
        let lines = data::lines(PARTS).map(|line| {
            let [part, region, names] = data::fields(line);
            let region = region.parse().expect("invariant: regions are numbered");
            ((part, region), names.split(',').collect())
        });
        Self(lines.collect())
    }

    fn of(&self, part: &'static str, region: usize) -> &[&'static str] {
        self.0.get(&(part, region)).map_or(&["Contoh"], Vec::as_slice)
    }

    /// A name without titles. Many people carry one name more, and some have parents from two regions.
    pub fn person(&self, dice: &mut Dice, sex: Sex) -> String {
        let region = *dice.pick(&[0, 0, 0, 1, 1, 2, 3, 3, 4]);
        let part = match sex {
            Sex::Male => "MEN",
            Sex::Female => "WOMEN",
        };
        let given = *dice.pick(self.of(part, region));
        let second = *dice.pick(self.of(part, 0));
        let from = if dice.chance(12) { 0 } else { region };
        let last = *dice.pick(self.of("LAST", from));
        let takes_second = dice.chance(45) && second != given && !given.contains(' ');
        if takes_second {
            format!("{given} {second} {last}")
        } else {
            format!("{given} {last}")
        }
    }

    /// Name of the n-th kelurahan, from 0.
    pub fn sub_district(&self, n: usize) -> String {
        numbered(self.of("KELURAHAN", 0), n)
    }
}

/// Name of the n-th kecamatan, from 0.
pub fn district(n: usize) -> String {
    let names = ["Utara", "Selatan", "Timur", "Barat", "Tengah", "Pesisir"];
    format!("Contoh {}", numbered(&names, n))
}

fn numbered(names: &[&str], n: usize) -> String {
    let name = names[n % names.len()];
    match n / names.len() {
        0 => name.to_owned(),
        round => format!("{name} {}", round + 1),
    }
}

/// The part of an e-mail address before the sign, from a name.
pub fn mailbox(name: &str) -> String {
    kernel::fold_name(name)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '.' })
        .collect()
}
