//! Which pages of a city are measured, and as whom.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::http::{self, id_after};
use super::wrk::{Figures, Load};

/// Numbers of connections that each page is measured at.
pub const CONNECTIONS: [u32; 3] = [1, 16, 64];
/// Every account of the city has it.
const PASSWORD: &str = "kota-contoh-2026";
/// Name of the ceiling in the tables.
pub const NOTHING: &str = "do-nothing page";
/// Name of the page whose share of the ceiling has a target.
pub const LIST: &str = "employee list";
/// Name of the durable save that has a target.
pub const ENTRY: &str = "progress entry (saved)";

/// A page, or a form that is sent.
pub struct Page {
    pub name: &'static str,
    path: String,
    cookie: Option<String>,
    form: Option<String>,
    compressed: bool,
}

/// What came out at a number of connections.
pub struct Measured {
    pub name: &'static str,
    pub is_read: bool,
    pub connections: u32,
    pub figures: Figures,
}

/// Cookies of people who have signed in.
pub struct People {
    pub employee: String,
    pub superior: String,
}

impl People {
    /// Signs them in.
    pub fn sign_in(address: &str) -> Result<Self> {
        let sign_in = |mailbox: &str| http::sign_in(address, &format!("{mailbox}@kota-contoh.example"), PASSWORD);
        Ok(Self {
            employee: sign_in("pegawai")?,
            superior: sign_in("atasan")?,
        })
    }
}

impl Page {
    fn open(name: &'static str, path: &str) -> Self {
        Self {
            name,
            path: path.to_owned(),
            cookie: None,
            form: None,
            compressed: false,
        }
    }

    fn of(name: &'static str, path: &str, cookie: &str) -> Self {
        Self {
            cookie: Some(cookie.to_owned()),
            ..Self::open(name, path)
        }
    }

    /// Refuses what answers something else than the page: an error page would be measured instead.
    fn check(&self, address: &str) -> Result<()> {
        let (answer, expected) = match &self.form {
            None => (http::get(address, &self.path, self.cookie.as_deref())?, 200),
            Some(form) => {
                // a key that the script never makes
                let form = format!(
                    "{form}&kunci=periksa{}",
                    self.path.len() + std::process::id() as usize + 1_000_000
                );
                (http::post(address, &self.path, self.cookie.as_deref(), &form)?, 303)
            }
        };
        let to_sign_in = answer.header("location").any(|to| to.starts_with("/masuk"));
        if answer.status != expected || to_sign_in {
            bail!("{} ({}) answers {}", self.name, self.path, answer.status);
        }
        Ok(())
    }

    /// Measures it at each number of connections.
    pub fn measure(&self, address: &str, script: &Path, duration: Duration) -> Result<Vec<Measured>> {
        self.check(address)?;
        let mut all = Vec::new();
        for connections in CONNECTIONS {
            let load = Load {
                url: format!("http://{address}{}", self.path),
                connections,
                duration,
                script: self.form.as_ref().map(|_| script.to_owned()),
                cookie: self.cookie.clone(),
                form: self.form.clone(),
                compressed: self.compressed,
            };
            let figures = load.run()?;
            if figures.refused > 0 {
                bail!("{} was refused {} times", self.name, figures.refused);
            }
            all.push(Measured {
                name: self.name,
                is_read: self.form.is_none(),
                connections,
                figures,
            });
        }
        self.check(address)?;
        Ok(all)
    }
}

/// The pages that are read. The first is the ceiling.
pub fn reading(address: &str, people: &People) -> Result<Vec<Page>> {
    let skp = own(address, people, "/skp")?;
    let evaluation = own(address, people, "/evaluasi")?;
    Ok(vec![
        Page::open(NOTHING, "/sehat"),
        Page::open("sign-in page", "/masuk"),
        Page::of("start page, employee", "/", &people.employee),
        Page::of("start page, superior", "/", &people.superior),
        Page::of(LIST, "/pegawai", &people.employee),
        Page {
            compressed: true,
            ..Page::of("employee list, compressed", "/pegawai", &people.employee)
        },
        Page::of("SKP page", &skp, &people.employee),
        Page::of("evaluation page", &evaluation, &people.employee),
    ])
}

/// The newest of the employee's own plans or evaluations: its address.
pub fn own(address: &str, people: &People, list: &str) -> Result<String> {
    let page = http::get(address, list, Some(&people.employee))?.text();
    let id = id_after(&page, &format!("href=\"{list}/")).with_context(|| format!("{list} leads to nothing"))?;
    Ok(format!("{list}/{id}"))
}

/// The short form of the first public service. The server must believe one proxy.
pub fn survey(address: &str) -> Result<Page> {
    let base = "/l/kotacontoh/";
    let page = http::get(address, base.trim_end_matches('/'), None)?.text();
    let slug = text_after(&page, &format!("href=\"{base}")).context("the city has no public service")?;
    Ok(Page {
        form: Some("nilai=4&saran=".to_owned()),
        ..Page::open("survey submit (saved)", &format!("{base}{slug}/survei"))
    })
}

/// An entry of daily progress for today.
pub fn entry(address: &str, people: &People) -> Result<Page> {
    let page = http::get(address, "/progres", Some(&people.employee))?.text();
    let rhk = ["name=\"rhk\" value=\"", "<option value=\""]
        .iter()
        .find_map(|before| id_after(&page, before))
        .context("/progres offers no RHK")?;
    let day = text_after(&page, "name=\"tanggal\" value=\"").context("/progres has no day")?;
    let form = format!("rhk={rhk}&tanggal={day}&teks=Memeriksa+berkas+permohonan+%28rekaan%29&jumlah=12&satuan=berkas");
    Ok(Page {
        form: Some(form),
        ..Page::of(ENTRY, "/progres", &people.employee)
    })
}

/// What follows `before`, up to the end of the attribute.
fn text_after<'a>(page: &'a str, before: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(before)?;
    rest.split(['"', '?', '#']).next().filter(|text| !text.is_empty())
}
