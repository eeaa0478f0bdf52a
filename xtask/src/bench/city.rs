//! All measurements of one city.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use super::pages::{self, ENTRY, LIST, Measured, NOTHING, People};
use super::prints::{self, Print};
use super::server::{Memory, Server};
use crate::process;
use crate::workspace::Workspace;

/// What was measured on a city.
pub struct City {
    pub people: u32,
    /// From the start of the program without any data to the first page.
    pub first_page: Duration,
    /// The same with the city made.
    pub restart: Duration,
    /// Bytes of the database before load is put on it.
    pub database: u64,
    pub idle: Memory,
    /// After the pages were read.
    pub after_reading: Memory,
    /// After forms were saved as well.
    pub after_saving: Memory,
    pub after_printing: Memory,
    pub measured: Vec<Measured>,
    /// Rows a second that the engine itself commits, one at a time, just before and just after the saved entries.
    pub raw_commits: [f64; 2],
    pub prints: Vec<Print>,
}

/// What all measurements need.
pub struct Bench<'a> {
    pub workspace: &'a Workspace,
    pub abdi: &'a Path,
    /// Where cities are made.
    pub folder: &'a Path,
    /// Of each measurement.
    pub duration: Duration,
}

impl Bench<'_> {
    /// Makes a city of that many people and measures it.
    pub fn city(&self, people: u32) -> Result<City> {
        let folder = self.folder.join(format!("city-{people}"));
        let first = Server::demo(self.abdi, &folder, people)?;
        let first_page = first.first_page;
        drop(first);
        let again = Server::demo(self.abdi, &folder, people)?;
        let restart = again.first_page;
        drop(again);
        let database = std::fs::metadata(folder.join("abdi.db"))?.len();
        let server = Server::behind_proxy(self.abdi, &folder)?;
        let idle = server.memory()?;
        let someone = People::sign_in(&server.address)?;
        let mut measured = self.all(&server, pages::reading(&server.address, &someone)?)?;
        let after_reading = server.memory()?;
        measured.extend(self.all(&server, vec![pages::survey(&server.address)?])?);
        let before = self.raw_commits()?;
        measured.extend(self.all(&server, vec![pages::entry(&server.address, &someone)?])?);
        let raw_commits = [before, self.raw_commits()?];
        let after_saving = server.memory()?;
        let prints = prints::measure(&server.address, &someone, self.folder)?;
        Ok(City {
            people,
            first_page,
            restart,
            database,
            idle,
            after_reading,
            after_saving,
            after_printing: server.memory()?,
            measured,
            raw_commits,
            prints,
        })
    }

    fn all(&self, server: &Server, pages: Vec<pages::Page>) -> Result<Vec<Measured>> {
        let script = self.workspace.root.join("bench/form.lua");
        let mut all = Vec::new();
        for page in pages {
            eprintln!("{} …", page.name);
            all.extend(page.measure(&server.address, &script, self.duration)?);
        }
        Ok(all)
    }

    fn raw_commits(&self) -> Result<f64> {
        let mut example = Command::new(self.workspace.target.join("release/examples/raw_commits"));
        let said = process::output(example.arg(self.folder).arg("3"))?;
        said.trim().parse().context("raw_commits prints a number")
    }
}

impl City {
    /// Requests a second of a page at a number of connections; 0 when it was not measured.
    pub fn rate(&self, name: &str, connections: u32) -> f64 {
        self.find(name, connections)
            .map_or(0.0, |m| m.figures.requests_per_second)
    }

    /// Share of the do-nothing page, in percent, at the same number of connections.
    pub fn share(&self, name: &str, connections: u32) -> f64 {
        100.0 * self.rate(name, connections) / self.rate(NOTHING, connections).max(1.0)
    }

    fn find(&self, name: &str, connections: u32) -> Option<&Measured> {
        self.measured
            .iter()
            .find(|m| m.name == name && m.connections == connections)
    }

    /// The p99 of the list page at 16 connections.
    pub fn list_p99(&self) -> Duration {
        self.find(LIST, 16).map_or(Duration::MAX, |m| m.figures.p99)
    }

    /// The slowest of the other pages that are read, by p99 at 16 connections.
    pub fn slowest_read(&self) -> Option<&Measured> {
        self.measured
            .iter()
            .filter(|m| m.is_read && m.connections == 16 && m.name != LIST)
            .max_by_key(|m| m.figures.p99)
    }

    /// Saved entries as a share of the engine's own commits, in percent; the mean of before and after.
    pub fn share_of_raw(&self) -> f64 {
        let raw = self.raw_commits.iter().sum::<f64>() / 2.0;
        100.0 * self.rate(ENTRY, 16) / raw.max(1.0)
    }
}
