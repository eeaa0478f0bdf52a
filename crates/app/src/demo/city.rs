//! Builds the city, step by step.

use access::bulk::{AccountRow, GrantRow, Rows};
use anyhow::Context as _;
use jiff::civil::date;
use kernel::{AccountId, AgencyId, Zone};
use org::agency::{NewAgency, create};
use org::commands::superiors::{self, OverrideInput};
use org::projection::{self, Affected};
use policy::{Actor, Grant, Permit, Role};

use super::calendar::Calendar;
use super::people::{self, DOMAIN};
use super::world::World;
use super::{City, Scale, SignIn, Site, cycle, services, tree};

/// Everybody's password: nothing in the city is worth keeping.
const PASSWORD: &str = "kota-contoh-2026";
/// Where all made-up choices begin.
const SEED: u64 = 0x00AB_D1C0_7001;
/// Fewer people than this do not fill the tree.
const FEWEST: usize = 400;

/// Fills the database of `site` and tells how to get in. `progress` is told what is being made.
pub async fn build(site: &Site, scale: Scale, progress: &(dyn Fn(&str) + Sync)) -> anyhow::Result<City> {
    progress("agency");
    let new = NewAgency {
        code: "KOTACONTOH".to_owned(),
        name: "Pemerintah Kota Contoh".to_owned(),
        region: "Kota Contoh".to_owned(),
        zone: Zone::Wib,
        is_demo: true,
    };
    let cal = Calendar::new(new.zone, site.ctx.now());
    let agency = db::write!(site.db, async |tx| create(tx, &site.ctx, &new).await).context("the agency")?;
    progress("units and people");
    let (world, rows) = people::make(&site.ctx, &cal, SEED, scale.people.max(FEWEST));
    let hash = access::password::hash(&site.gate, &site.ctx, PASSWORD).await?;
    let accounts = accounts(site, &cal, &world, &hash);
    let admin = accounts.admin;
    db::write!(site.db, async |tx| {
        org::bulk::insert_all(tx, agency, site.ctx.now(), &rows).await?;
        projection::refresh(tx, agency, cal.today, Affected::All).await?;
        access::bulk::insert_all(tx, agency, site.ctx.now(), &accounts.rows).await
    })
    .context("units and people")?;
    drop(rows);
    progress("services and answers of citizens");
    let services = services::make(&site.db, &site.ctx, &cal, &world, (agency, SEED + 1)).await?;
    cycle::make(site, &cal, &world, (agency, SEED + 2), &services, progress).await?;
    superior_by_hand(site, &cal, &world, agency, admin).await?;
    record(site, agency, admin, world.people.len()).await?;
    progress("statistics for the database");
    site.db.analyze().await?;
    Ok(City {
        name: new.name,
        sign_ins: accounts.sign_ins,
    })
}

struct Accounts {
    rows: Rows,
    admin: AccountId,
    sign_ins: Vec<SignIn>,
}

/// Whom a visitor can be: role as the interface calls it, mailbox, person, and what was granted where.
type Part = (&'static str, &'static str, Option<usize>, Option<(Role, Option<usize>)>);

fn cast(world: &World) -> Vec<Part> {
    let unit = |code: &str| world.unit(code);
    let head = |code: &str| unit(code).and_then(|u| world.units[u].head);
    let staff = |code: &str, n: usize| unit(code).and_then(|u| world.staff_of(u).nth(n));
    let showcase = tree::SHOWCASE;
    let dukcapil = unit("DUKCAPIL");
    vec![
        ("Pegawai", "pegawai", staff(showcase, 0), None),
        (
            "Pegawai baru (belum punya SKP)",
            "pegawai.baru",
            staff(showcase, 1),
            None,
        ),
        ("Atasan (kepala bidang)", "atasan", head(showcase), None),
        ("Kepala dinas", "kepala.dinas", head("DUKCAPIL"), None),
        (
            "Petugas loket",
            "loket",
            staff(showcase, 2),
            Some((Role::Counter, dukcapil)),
        ),
        (
            "Administrator unit",
            "admin.unit",
            staff("DUKCAPIL.SEK.UMPEG", 0),
            Some((Role::UnitAdmin, dukcapil)),
        ),
        (
            "Administrator instansi (BKPSDM)",
            "admin",
            staff("BKPSDM.KINERJA", 0),
            Some((Role::AgencyAdmin, None)),
        ),
        (
            "Auditor (Inspektorat)",
            "auditor",
            staff("INSP.IRBAN1", 0),
            Some((Role::Auditor, None)),
        ),
        (
            "Pimpinan instansi (wali kota)",
            "walikota",
            head(tree::ROOT),
            Some((Role::AgencyHead, None)),
        ),
    ]
}

/// An account for everybody, with one password and one hash, so that anybody can be tried.
fn accounts(site: &Site, cal: &Calendar, world: &World, hash: &str) -> Accounts {
    let mut all = Rows::default();
    for person in &world.people {
        all.accounts.push(AccountRow {
            id: site.ctx.new_id(),
            person: Some(person.id),
            email: Some(person.email.clone()),
            label: person.full_name.clone(),
            password_hash: hash.to_owned(),
            must_change: false,
            language: access::Language::Indonesian,
        });
    }
    let mut admin = all.accounts.first().map_or_else(|| site.ctx.new_id(), |a| a.id);
    let mut sign_ins = Vec::new();
    for (role, mailbox, person, granted) in cast(world) {
        let Some(at) = person else { continue };
        let login = format!("{mailbox}@{DOMAIN}");
        all.accounts[at].email = Some(login.clone());
        if let Some((role, unit)) = granted {
            if role == Role::AgencyAdmin {
                admin = all.accounts[at].id;
            }
            all.grants.push(GrantRow {
                id: site.ctx.new_id(),
                account: all.accounts[at].id,
                role,
                unit: unit.map(|u| world.units[u].id),
                valid_from: date(cal.year - 1, 1, 1),
                valid_to: None,
                reason: "Peran untuk mencoba kota contoh".to_owned(),
            });
        }
        let person = &world.people[at];
        sign_ins.push(SignIn {
            role: role.to_owned(),
            who: format!("{}, {}", person.full_name, person.title),
            login,
            password: PASSWORD.to_owned(),
        });
    }
    Accounts {
        rows: all,
        admin,
        sign_ins,
    }
}

/// One superior who differs from the tree, set as the personnel agency would set it.
async fn superior_by_hand(
    site: &Site,
    cal: &Calendar,
    world: &World,
    agency: AgencyId,
    admin: AccountId,
) -> anyhow::Result<()> {
    let Some((person, superior)) = world.by_hand else {
        return Ok(());
    };
    let actor = Actor {
        account: admin,
        agency,
        person: None,
        unit_path: None,
        heads: Vec::new(),
        grants: vec![Grant {
            role: Role::AgencyAdmin,
            path: String::new(),
        }],
    };
    let input = OverrideInput {
        person: world.people[person].id,
        superior: world.people[superior].id,
        reason: "Ditugaskan penuh waktu pada tim portal informasi publik".to_owned(),
        document: "800.1.11.1/417".to_owned(),
        valid_from: date(cal.year - 1, 12, 1),
        valid_to: None,
    };
    superiors::set(&site.db, &site.ctx, &actor, input)
        .await
        .context("a superior set by hand")?;
    Ok(())
}

async fn record(site: &Site, agency: AgencyId, admin: AccountId, people: usize) -> anyhow::Result<()> {
    let permit = Permit::system(agency, admin);
    let entry = audit::Entry {
        verb: "demo.build",
        kind: policy::Kind::Agency,
        subject: agency.uuid(),
        detail: serde_json::json!({ "people": people, "fictional": true }),
    };
    db::write!(site.db, async |tx| audit::record(tx, &site.ctx, &permit, entry.clone())
        .await)?;
    Ok(())
}
