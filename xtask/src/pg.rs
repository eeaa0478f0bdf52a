//! A PostgreSQL of our own: made for a test run, reachable from this machine only, deleted afterwards.
//!
//! The server refuses to run as root, so that root hands it to an account without rights. Durability stays as it is in
//! production (fsync on): what a test measures about it would otherwise mean nothing.

use std::net::TcpListener;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::process;
use crate::workspace::Workspace;

const SETTINGS: &str = "
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 64MB
log_min_error_statement = panic
";
/// Stops the server when its standard input ends, which happens however its parent dies.
/// $1 pg_ctl, $2 the directory, $3 the log.
const GUARDIAN: &str = r#"
while read -r line; do [ "$line" = keep ] && exit 0; done
"$1" -D "$2/data" -m fast -t 20 -w stop || "$1" -D "$2/data" -m immediate -w stop
rm -rf "$2/data"
"#;
const SUPERUSER: &str = "abdi";

/// A running server. Dropping it, or the end of this process in any way, stops it and deletes its data.
pub struct Cluster {
    place: Place,
    port: u16,
    log: PathBuf,
    guardian: Option<Child>,
}

/// Where a cluster lives and who owns it.
struct Place {
    bin: PathBuf,
    dir: PathBuf,
    /// The account without rights, when we are root: user and group.
    account: Option<(u32, u32)>,
}

impl Cluster {
    /// Starts a server for the life of this value.
    pub fn start(workspace: &Workspace) -> Result<Self> {
        sweep(&workspace.target.join("pg"));
        let place = Place::new(workspace, &format!("test-{}", std::process::id()))?;
        let port = match place.create_and_start() {
            Ok(port) => port,
            Err(error) => {
                let _ = std::fs::remove_dir_all(&place.dir);
                return Err(error);
            }
        };
        let mut guardian = place.command("sh");
        guardian
            .args(["-c", GUARDIAN, "guardian"])
            .arg(place.bin.join("pg_ctl"))
            .arg(&place.dir);
        // its own group, so that Ctrl-C reaches only us
        guardian
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let guardian = match guardian.spawn() {
            Ok(guardian) => Some(guardian),
            Err(error) => {
                place.stop();
                return Err(error).context("starting the guardian of the database server");
            }
        };
        Ok(Self {
            place,
            port,
            log: workspace.target.join("xtask/postgres.log"),
            guardian,
        })
    }

    /// The URL with which tests make databases of their own.
    pub fn url(&self) -> String {
        url(self.port)
    }

    /// Leaves the server running. Returns how to stop it.
    pub fn keep(mut self) -> String {
        if let Some(mut guardian) = self.guardian.take() {
            use std::io::Write as _;
            if let Some(mut stdin) = guardian.stdin.take() {
                let _ = stdin.write_all(b"keep\n");
            }
            let _ = guardian.wait();
        }
        let pid = std::fs::read_to_string(self.place.dir.join("data/postmaster.pid")).unwrap_or_default();
        format!("kill {}", pid.lines().next().unwrap_or("?"))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let Some(mut guardian) = self.guardian.take() else {
            return;
        };
        if let Some(parent) = self.log.parent() {
            let _ = std::fs::create_dir_all(parent);
        }
        let _ = std::fs::copy(self.place.dir.join("log"), &self.log);
        drop(guardian.stdin.take());
        let _ = guardian.wait();
        let _ = std::fs::remove_dir_all(&self.place.dir);
    }
}

/// Starts a server that stays, or finds the one that was started before. Returns its URL.
pub fn start_by_hand(workspace: &Workspace) -> Result<String> {
    if let Ok(url) = url_by_hand(workspace) {
        return Ok(url);
    }
    let place = Place::new(workspace, "by-hand")?;
    let port = place.create_and_start()?;
    std::fs::write(state_file(workspace), format!("{port}\n{}\n", place.dir.display()))?;
    Ok(url(port))
}

/// Runs a program with `ABDI_TEST_POSTGRES_URL` set to a server that lives as long as it. Returns whether it succeeded.
pub fn run_with(workspace: &Workspace, program: &[String]) -> Result<bool> {
    let (name, arguments) = program.split_first().context("which program?")?;
    let cluster = Cluster::start(workspace)?;
    let mut command = Command::new(name);
    command
        .args(arguments)
        .env("ABDI_TEST_POSTGRES_URL", cluster.url())
        .stdin(Stdio::null());
    Ok(command.status().with_context(|| format!("starting {name}"))?.success())
}

/// Stops the server that was started by hand and deletes its data.
pub fn stop_by_hand(workspace: &Workspace) -> Result<()> {
    let (_, dir) = read_state(workspace)?;
    let place = Place {
        bin: find_binaries()?,
        dir,
        account: account()?,
    };
    place.stop();
    std::fs::remove_file(state_file(workspace))?;
    Ok(())
}

/// The URL of the server that was started by hand.
pub fn url_by_hand(workspace: &Workspace) -> Result<String> {
    let (port, dir) = read_state(workspace)?;
    if !dir.join("data/postmaster.pid").exists() || std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        bail!("the server is not running any more: `cargo xtask pg start`");
    }
    Ok(url(port))
}

fn state_file(workspace: &Workspace) -> PathBuf {
    workspace.target.join("pg/by-hand.txt")
}

fn read_state(workspace: &Workspace) -> Result<(u16, PathBuf)> {
    let text =
        std::fs::read_to_string(state_file(workspace)).context("no server was started: `cargo xtask pg start`")?;
    let mut lines = text.lines();
    let port = lines
        .next()
        .and_then(|line| line.parse().ok())
        .context("the first line holds the port")?;
    Ok((
        port,
        lines.next().context("the second line holds the directory")?.into(),
    ))
}

fn url(port: u16) -> String {
    format!("postgres://{SUPERUSER}@127.0.0.1:{port}/postgres")
}

impl Place {
    fn new(workspace: &Workspace, name: &str) -> Result<Self> {
        let bin = find_binaries()?;
        let account = account()?;
        let below_target = workspace.target.join("pg");
        std::fs::create_dir_all(&below_target)?;
        // another account must be able to walk to the data, and a project below a private home is closed to it
        let open = account.is_none() || below_target.ancestors().all(is_open);
        let dir = if open {
            below_target.join(name)
        } else {
            std::env::temp_dir().join(format!("abdi-pg-{name}"))
        };
        if dir.exists() {
            std::fs::remove_dir_all(&dir).with_context(|| format!("removing the old {}", dir.display()))?;
        }
        std::fs::DirBuilder::new()
            .mode(0o700)
            .create(&dir)
            .with_context(|| format!("making {}", dir.display()))?;
        if let Some((user, group)) = account {
            chown(&dir, Some(user), Some(group)).context("giving the directory to the database's account")?;
        }
        Ok(Self { bin, dir, account })
    }

    /// A command under the account of the server, in its directory.
    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(&self.dir)
            .env("LC_ALL", "C")
            .env("HOME", &self.dir)
            .env_remove("PGDATA");
        if let Some((user, group)) = self.account {
            command.uid(user).gid(group);
        }
        command
    }

    fn create_and_start(&self) -> Result<u16> {
        let mut initdb = self.command(self.bin.join("initdb"));
        initdb.args([
            "--username",
            SUPERUSER,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-instructions",
        ]);
        process::output(initdb.arg("--pgdata").arg(self.dir.join("data")))?;
        let settings = self.dir.join("data/postgresql.conf");
        let defaults = std::fs::read_to_string(&settings).context("reading the settings that initdb wrote")?;
        std::fs::write(&settings, format!("{defaults}{SETTINGS}"))?;
        // somebody may take the port between our look and the server's start
        let mut last = None;
        for _ in 0..5 {
            let port = free_port()?;
            let mut start = self.command(self.bin.join("pg_ctl"));
            start
                .arg("-D")
                .arg(self.dir.join("data"))
                .arg("-l")
                .arg(self.dir.join("log"));
            start.args(["-w", "-t", "60", "-o", &format!("-p {port}"), "start"]);
            // the server inherits what is open here: it must not hold a pipe of ours
            start.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            if start.status().context("starting pg_ctl")?.success() {
                return Ok(port);
            }
            last = Some(port);
        }
        let log = std::fs::read_to_string(self.dir.join("log")).unwrap_or_default();
        bail!("PostgreSQL did not start (last tried port {last:?}):\n{log}");
    }

    fn stop(&self) {
        for mode in ["fast", "immediate"] {
            let mut stop = self.command(self.bin.join("pg_ctl"));
            stop.arg("-D")
                .arg(self.dir.join("data"))
                .args(["-m", mode, "-t", "20", "-w", "stop"]);
            if process::succeeds(&mut stop) {
                break;
            }
        }
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

/// The directory with `initdb` and `pg_ctl`: on the search path, or where Debian puts the newest version.
pub fn find_binaries() -> Result<PathBuf> {
    if let Some(initdb) = process::find_program(&["initdb"])
        && let Some(dir) = initdb.parent()
        && dir.join("pg_ctl").exists()
    {
        return Ok(dir.to_owned());
    }
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").exists() && bin.join("pg_ctl").exists())
        .collect();
    found.sort_unstable();
    found
        .pop()
        .map(|(_, bin)| bin)
        .context("no PostgreSQL server is installed: `cargo xtask test --stage setup`")
}

/// Whether this process is root.
pub fn is_root() -> Result<bool> {
    Ok(process::output(Command::new("id").arg("-u"))?.trim() == "0")
}

fn account() -> Result<Option<(u32, u32)>> {
    if !is_root()? {
        return Ok(None);
    }
    let accounts = std::fs::read_to_string("/etc/passwd").context("reading the accounts of this machine")?;
    let found = find_account(&accounts, "postgres").or_else(|| find_account(&accounts, "nobody"));
    found
        .map(Some)
        .context("PostgreSQL does not run as root, and there is neither an account postgres nor nobody")
}

fn find_account(accounts: &str, name: &str) -> Option<(u32, u32)> {
    let fields = accounts
        .lines()
        .map(|line| line.split(':').collect::<Vec<_>>())
        .find(|fields| fields[0] == name)?;
    let (user, group): (u32, u32) = (fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?);
    (user != 0).then_some((user, group))
}

fn is_open(dir: &Path) -> bool {
    dir.metadata().is_ok_and(|data| data.permissions().mode() & 0o001 != 0)
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))
        .context("looking for a free port")?
        .local_addr()?
        .port())
}

/// Removes what runs that were killed have left.
fn sweep(directory: &Path) {
    for entry in std::fs::read_dir(directory).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(pid) = name.strip_prefix("test-") else {
            continue;
        };
        let server = std::fs::read_to_string(entry.path().join("data/postmaster.pid")).unwrap_or_default();
        let lives = |pid: &str| !pid.is_empty() && Path::new("/proc").join(pid).exists();
        let in_use = lives(pid) || lives(server.lines().next().unwrap_or_default());
        if !in_use {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_account_is_never_root() {
        let accounts = "root:x:0:0::/:/bin/sh\npostgres:x:101:104:,,,:/var:/bin/bash\nodd\n";
        assert_eq!(find_account(accounts, "postgres"), Some((101, 104)));
        assert_eq!(find_account(accounts, "root"), None);
        assert_eq!(find_account(accounts, "odd"), None);
        assert_eq!(find_account(accounts, "post"), None);
    }
}
