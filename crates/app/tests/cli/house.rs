//! An installation in a folder of its own, and the executable that works on it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

pub struct House {
    dir: TempDir,
    /// Address of the database; inside the folder unless another one was given.
    pub url: String,
}

/// What a command said.
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    /// Checks the exit status.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.out, self.err);
        self
    }
}

impl House {
    pub fn new() -> Self {
        let dir = TempDir::new().expect("a folder");
        let url = format!("sqlite:{}", dir.path().join("data/abdi.db").display());
        Self { dir, url }
    }

    pub fn on(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            ..Self::new()
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).expect("a file");
        path
    }

    /// The command, in the folder of this house, without the settings of whoever runs the tests.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = bare(self.dir.path(), arguments);
        command.env("ABDI_DATABASE_URL", &self.url);
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        said(self.command(arguments), b"")
    }

    /// Starts a server and waits until it says where it is.
    pub fn start(&self, arguments: &[&str]) -> Running {
        let mut command = self.command(arguments);
        if arguments[0] == "serve" {
            command.env("ABDI_SERVER_LISTEN", "127.0.0.1:0");
        }
        Running::start(command)
    }
}

/// The executable without any setting.
pub fn bare(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_abdi"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("ABDI_") && name != "ABDI_STATEMENT_LOG" {
            command.env_remove(name);
        }
    }
    command.current_dir(dir).args(arguments);
    command
}

pub fn said(mut command: Command, input: &[u8]) -> Said {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the executable starts");
    let mut stdin = child.stdin.take().expect("piped");
    let input = input.to_vec();
    let feed = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("it ends");
    feed.join().expect("fed");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    Said {
        code: output.status.code().unwrap_or(-1),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

/// A running server; killed when dropped.
pub struct Running {
    child: Child,
    out: BufReader<std::process::ChildStdout>,
    pub address: String,
    /// What was said until the address.
    pub greeting: String,
}

impl Running {
    pub fn start(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        let mut greeting = String::new();
        let address = loop {
            let before = greeting.len();
            if out.read_line(&mut greeting).expect("text") == 0 {
                let mut err = String::new();
                child
                    .stderr
                    .take()
                    .expect("piped")
                    .read_to_string(&mut err)
                    .expect("text");
                panic!("it ended before it was ready: {greeting}{err}");
            }
            if let Some((_, rest)) = greeting[before..].split_once("http://") {
                break rest.trim().to_owned();
            }
        };
        Self {
            child,
            out,
            address,
            greeting,
        }
    }

    /// The next line that it says.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).expect("text");
        line
    }

    /// Head and body of an answer.
    pub fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        )
        .expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("answered");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Asks it to stop, as a service manager does; answers its status and how long it took.
    #[cfg(unix)]
    pub fn stop(mut self) -> (i32, Duration) {
        let begun = Instant::now();
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &pid])
                .status()
                .expect("kill is there")
                .success()
        );
        let status = self.child.wait().expect("it ends");
        (status.code().unwrap_or(-1), begun.elapsed())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
