//! Printed forms: set, registered and sent, over HTTP.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::http;
use super::pages::{People, own};
use crate::process;

/// How often each form is printed.
const TIMES: usize = 30;
/// Forms are set by as many at the same time as the server allows.
const AT_ONCE: usize = 2;

/// One kind of form.
pub struct Print {
    pub name: &'static str,
    pub pages: u32,
    /// Half of the forms were set, registered and on disk in this time.
    pub p50: Duration,
    /// The slowest.
    pub most: Duration,
    /// With two at the same time.
    pub pages_per_second: f64,
}

/// Prints what an employee prints.
pub fn measure(address: &str, people: &People, folder: &Path) -> Result<Vec<Print>> {
    let skp = own(address, people, "/skp")?;
    let evaluation = own(address, people, "/evaluasi")?;
    let kinds = [
        ("SKP", skp, "kertas=A4"),
        ("Evaluasi kinerja", evaluation.clone(), "kertas=A4&formulir=EVALUASI"),
        ("Dokumen evaluasi", evaluation, "kertas=A4&formulir=DOKUMEN_EVALUASI"),
    ];
    kinds
        .into_iter()
        .map(|(name, path, form)| one(name, address, &format!("{path}/cetak"), &people.employee, form, folder))
        .collect()
}

fn one(name: &'static str, address: &str, path: &str, cookie: &str, form: &str, folder: &Path) -> Result<Print> {
    let print = || -> Result<(String, Duration)> {
        let begun = Instant::now();
        let answer = http::post(address, path, Some(cookie), form)?;
        let took = begun.elapsed();
        match answer.header("location").next() {
            Some(to) if to.starts_with("/dokumen/") => Ok((to.to_owned(), took)),
            _ => bail!("{name} is not printed (status {})", answer.status),
        }
    };
    let (file, _) = print()?;
    let pages = pages(&http::get(address, &file, Some(cookie))?.body, folder)?;
    let mut times = (0..TIMES).map(|_| Ok(print()?.1)).collect::<Result<Vec<_>>>()?;
    times.sort();
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..AT_ONCE)
            .map(|_| scope.spawn(|| (0..TIMES).try_for_each(|_| print().map(drop))))
            .collect();
        threads.into_iter().try_for_each(|thread| {
            thread
                .join()
                .map_err(|_| anyhow::anyhow!("a printing thread panicked"))?
        })
    })?;
    let forms = AT_ONCE * TIMES;
    Ok(Print {
        name,
        pages,
        p50: times[times.len() / 2],
        most: times[times.len() - 1],
        pages_per_second: f64::from(pages) * forms as f64 / begun.elapsed().as_secs_f64(),
    })
}

/// How many pages a PDF has.
fn pages(pdf: &[u8], folder: &Path) -> Result<u32> {
    let file = folder.join("form.pdf");
    std::fs::write(&file, pdf)?;
    let said = process::output(Command::new("pdfinfo").arg(&file))?;
    said.lines()
        .find_map(|line| line.strip_prefix("Pages:"))
        .and_then(|count| count.trim().parse().ok())
        .context("pdfinfo tells no pages (is poppler-utils installed?)")
}
