//! The units of the city, their heads and how many people work in them.

use org::model::PositionLevel::{self, Administrator, AhliMadya, Pengawas};
use org::model::UnitKind::{self, HealthCentre, Section, SubDistrict};

use super::data;
use super::names::Names;

kernel::codes! {
    /// What a unit does; decides its jobs and its plans.
    pub enum Field {
        /// Secretariats, personnel, general affairs.
        General = "UMUM",
        /// Population and civil registration.
        Civil = "KEPENDUDUKAN",
        /// Health.
        Health = "KESEHATAN",
        /// Education.
        School = "PENDIDIKAN",
        /// Roads, water, buildings, environment.
        Works = "INFRASTRUKTUR",
        /// Information and communication.
        Digital = "INFORMATIKA",
        /// Permits and counters.
        Permits = "PERIZINAN",
        /// Money and revenue.
        Finance = "KEUANGAN",
        /// Social affairs.
        Social = "SOSIAL",
        /// Districts.
        District = "KEWILAYAHAN",
        /// Inspection and planning.
        Oversight = "PENGAWASAN",
        /// Public order and traffic.
        Order = "KETERTIBAN",
    }
}

/// One unit.
#[derive(Debug, Clone)]
pub struct Spec {
    /// Code; the unit above is the code before the last dot.
    pub code: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
    /// Title of its head.
    pub head: String,
    /// Level of its head; `None` for the head of the city.
    pub level: Option<PositionLevel>,
    /// What it does.
    pub field: Field,
    /// Share of the people who are no heads.
    pub weight: usize,
}

const LINES: &str = include_str!("data/units.txt");

/// The unit in which a visitor finds everything: work to do for each role.
pub const SHOWCASE: &str = "DUKCAPIL.DAFDUK";
/// People in the showcase who are no heads, whatever the size of the city.
pub const SHOWCASE_STAFF: usize = 16;
/// The root.
pub const ROOT: &str = "PEMKOT";

/// Every unit below the root, parents first. Schools, clinics and districts grow with the city.
pub fn units(names: &Names, people: usize) -> Vec<Spec> {
    let rounds = people.div_ceil(2_400).max(1);
    let mut all = vec![Spec {
        code: ROOT.to_owned(),
        name: "Pemerintah Kota Contoh".to_owned(),
        kind: UnitKind::Agency,
        head: "Wali Kota Contoh".to_owned(),
        level: None,
        field: Field::General,
        weight: 0,
    }];
    all.extend(data::lines(LINES).map(|line| {
        let [code, name, kind, head, level, field, weight] = data::fields(line);
        let weight = usize::try_from(data::number(weight)).expect("invariant: a weight is not negative");
        spec(
            code,
            name,
            data::code(kind),
            head,
            data::code(level),
            (data::code(field), weight),
        )
    }));
    for n in 1..=8 * rounds {
        let name = format!("Puskesmas {}", names.sub_district(n * 3 - 3));
        let head = format!("Kepala {name}");
        all.push(spec(
            &format!("DINKES.PKM{n:03}"),
            &name,
            HealthCentre,
            &head,
            AhliMadya,
            (Field::Health, 34),
        ));
    }
    for n in 1..=10 * rounds {
        let name = match n % 10 {
            1..=6 => format!("SD Negeri {n} Kota Contoh"),
            _ => format!("SMP Negeri {n} Kota Contoh"),
        };
        let head = format!("Kepala {name}");
        let weight = if n % 10 > 6 || n % 10 == 0 { 44 } else { 26 };
        all.push(spec(
            &format!("DIKBUD.S{n:03}"),
            &name,
            UnitKind::School,
            &head,
            AhliMadya,
            (Field::School, weight),
        ));
    }
    for n in 1..=6 * rounds {
        districts(&mut all, names, n);
    }
    all
}

fn districts(all: &mut Vec<Spec>, names: &Names, n: usize) {
    let name = super::names::district(n - 1);
    let code = format!("KEC{n:03}");
    let field = Field::District;
    all.push(spec(
        &code,
        &format!("Kecamatan {name}"),
        UnitKind::District,
        &format!("Camat {name}"),
        Administrator,
        (field, 0),
    ));
    let sections = [
        ("SEK", "Sekretariat Kecamatan", "Sekretaris Kecamatan", 7),
        (
            "PEM",
            "Seksi Pemerintahan dan Pelayanan",
            "Kepala Seksi Pemerintahan dan Pelayanan",
            6,
        ),
    ];
    for (short, unit, head, weight) in sections {
        let head = format!("{head} {name}");
        all.push(spec(
            &format!("{code}.{short}"),
            &format!("{unit} {name}"),
            Section,
            &head,
            Pengawas,
            (field, weight),
        ));
    }
    for k in 1..=4 {
        let village = names.sub_district((n - 1) * 4 + k - 1);
        let unit = format!("Kelurahan {village}");
        let head = format!("Lurah {village}");
        all.push(spec(
            &format!("{code}.KEL{k}"),
            &unit,
            SubDistrict,
            &head,
            Pengawas,
            (field, 7),
        ));
    }
}

fn spec(
    code: &str,
    name: &str,
    kind: UnitKind,
    head: &str,
    level: PositionLevel,
    (field, weight): (Field, usize),
) -> Spec {
    Spec {
        code: code.to_owned(),
        name: name.to_owned(),
        kind,
        head: head.to_owned(),
        level: Some(level),
        field,
        weight,
    }
}

/// How many people without a unit of their own each unit has, so that the city has `people` in all, heads included.
pub fn staff(units: &[Spec], people: usize) -> Vec<usize> {
    let fixed = units.len() + SHOWCASE_STAFF;
    let open = people.saturating_sub(fixed);
    let total: usize = units.iter().map(|u| u.weight).sum::<usize>().max(1);
    let mut given = 0;
    let mut weight = 0;
    let share = |u: &Spec| {
        // running totals, so that rounding never loses anybody
        weight += u.weight;
        let until = open * weight / total;
        let own = until - given;
        given = until;
        if u.code == SHOWCASE { SHOWCASE_STAFF } else { own }
    };
    units.iter().map(share).collect()
}
