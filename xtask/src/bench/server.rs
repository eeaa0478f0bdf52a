//! Processes of the release build, with the memory they take.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::http;
use crate::process;

/// Longest wait for a first page; making a city of 50,000 people takes most of it on a busy machine.
const PATIENCE: Duration = Duration::from_secs(300);

/// A running server. Ends with this value.
pub struct Server {
    child: Child,
    /// `127.0.0.1:PORT`
    pub address: String,
    /// From the start of the process to its first page.
    pub first_page: Duration,
}

/// Memory of a process, in MiB.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Memory {
    /// What it has now.
    pub now: f64,
    /// The most it has had.
    pub most: f64,
}

impl Server {
    /// `abdi demo` on the folder of a city, which it makes with so many people when the folder does not exist.
    pub fn demo(abdi: &Path, city: &Path, people: u32) -> Result<Self> {
        let port = free_port()?;
        let mut command = Command::new(abdi);
        command
            .arg("demo")
            .arg("--data-dir")
            .arg(city)
            .args(["--people", &people.to_string()]);
        Self::start(command.args(["--port", &port.to_string()]), port)
    }

    /// `abdi serve` on the same folder, behind a proxy: the public forms are limited by network, and the load has to
    /// come from many.
    pub fn behind_proxy(abdi: &Path, city: &Path) -> Result<Self> {
        let port = free_port()?;
        let mut command = Command::new(abdi);
        settings(&mut command, city)
            .env("ABDI_SERVER_LISTEN", format!("127.0.0.1:{port}"))
            .env("ABDI_SERVER_TRUSTED_PROXIES", "1")
            .env("ABDI_LOG_FILTER", "warn");
        Self::start(command.arg("serve"), port)
    }

    fn start(command: &mut Command, port: u16) -> Result<Self> {
        let begun = Instant::now();
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .context("starting the server")?;
        let mut server = Self {
            child,
            address: format!("127.0.0.1:{port}"),
            first_page: Duration::ZERO,
        };
        while !http::get(&server.address, "/masuk", None).is_ok_and(|page| page.status == 200) {
            if let Some(status) = server.child.try_wait()? {
                bail!("the server ended before its first page ({status})");
            }
            if begun.elapsed() > PATIENCE {
                bail!("the server shows no page");
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        server.first_page = begun.elapsed();
        Ok(server)
    }

    /// What it takes.
    pub fn memory(&self) -> Result<Memory> {
        memory(&self.child)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // asked politely first, so that the database is closed
        process::succeeds(Command::new("kill").arg(self.child.id().to_string()));
        let asked = Instant::now();
        while asked.elapsed() < Duration::from_secs(15) {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Gives the command an installation in `folder`, as `abdi demo` lays it out.
pub fn settings<'a>(command: &'a mut Command, folder: &Path) -> &'a mut Command {
    command
        .env(
            "ABDI_DATABASE_URL",
            format!("sqlite:{}", folder.join("abdi.db").display()),
        )
        .env("ABDI_STORAGE_DIR", folder.join("files"))
}

/// Runs the command to its end. Returns how long it took and the most memory it had.
pub fn watch(command: &mut Command) -> Result<(Duration, f64)> {
    let begun = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .context("starting abdi")?;
    let mut most: f64 = 0.0;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        // a process that has just ended has no figures any more
        if let Ok(memory) = memory(&child) {
            most = most.max(memory.most);
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    if !status.success() {
        bail!("abdi ended with {status}");
    }
    Ok((begun.elapsed(), most))
}

fn memory(child: &Child) -> Result<Memory> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()))?;
    read_memory(&status).context("the process has no figures of memory")
}

fn read_memory(status: &str) -> Option<Memory> {
    let mebibytes = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        let kilobytes: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
        Some(kilobytes / 1024.0)
    };
    Some(Memory {
        now: mebibytes("VmRSS:")?,
        most: mebibytes("VmHWM:")?,
    })
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read() {
        let status = "Name:\tabdi\nVmHWM:\t   20480 kB\nVmRSS:\t   10240 kB\n";
        assert_eq!(read_memory(status), Some(Memory { now: 10.0, most: 20.0 }));
        assert_eq!(read_memory("Name:\tabdi\n"), None);
    }
}
