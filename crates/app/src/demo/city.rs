//! Builds the city.

use access::bulk::{AccountRow, GrantRow, Rows};
use anyhow::Context as _;
use kernel::Zone;
use org::agency::{NewAgency, create};
use policy::Role;

use super::{City, SignIn, Site};

/// Fills the database of `site` and tells how to get in. `progress` is told what is being made.
pub async fn build(site: &Site, progress: &(dyn Fn(&str) + Sync)) -> anyhow::Result<City> {
    progress("agency");
    let new = NewAgency {
        code: "KOTACONTOH".to_owned(),
        name: "Pemerintah Kota Contoh".to_owned(),
        region: "Kota Contoh".to_owned(),
        zone: Zone::Wib,
        is_demo: true,
    };
    let agency = db::write!(site.db, async |tx| create(tx, &site.ctx, &new).await).context("the agency")?;
    let admin = SignIn {
        role: "Administrator instansi".to_owned(),
        who: "Administrator BKPSDM".to_owned(),
        login: "admin@kotacontoh.example".to_owned(),
        password: "kota-contoh-2026".to_owned(),
    };
    let account = site.ctx.new_id();
    let rows = Rows {
        accounts: vec![AccountRow {
            id: account,
            person: None,
            email: Some(admin.login.clone()),
            label: admin.who.clone(),
            password_hash: access::password::hash(&site.gate, &site.ctx, &admin.password).await?,
            must_change: false,
            language: access::Language::Indonesian,
        }],
        grants: vec![GrantRow {
            id: site.ctx.new_id(),
            account,
            role: Role::AgencyAdmin,
            unit: None,
            valid_from: Zone::Wib.date(site.ctx.now()),
            valid_to: None,
            reason: "Kota contoh".to_owned(),
        }],
    };
    db::write!(site.db, async |tx| access::bulk::insert_all(
        tx,
        agency,
        site.ctx.now(),
        &rows
    )
    .await)?;
    Ok(City {
        name: new.name,
        sign_ins: vec![admin],
    })
}
