use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use super::variable;

/// A running demonstration city of its own.
pub struct City {
    /// `http://127.0.0.1:PORT`
    pub url: String,
    sign_ins: Vec<(String, String)>,
    _server: Child,
    _dir: TempDir,
}

impl City {
    /// Makes the city and serves it on a free port.
    pub async fn start() -> Self {
        let dir = TempDir::new().expect("a temporary directory");
        let data = dir.path().join("city");
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .and_then(|l| l.local_addr())
            .expect("a free port")
            .port();
        let server = Command::new(variable("ABDI_BIN"))
            .args(["demo", "--port", &port.to_string(), "--data-dir"])
            .arg(&data)
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .kill_on_drop(true)
            .spawn()
            .expect("the executable starts");
        let url = format!("http://127.0.0.1:{port}");
        for _ in 0..600 {
            if answers(port).await {
                let marker = std::fs::read(data.join("abdi-demo.json")).expect("the city is noted");
                let marker: Value = serde_json::from_slice(&marker).expect("JSON");
                let text = |v: &Value, key: &str| v[key].as_str().unwrap_or_default().to_owned();
                let sign_ins = marker["city"]["sign_ins"].as_array().expect("sign-ins");
                let sign_ins = sign_ins
                    .iter()
                    .map(|s| (text(s, "login"), text(s, "password")))
                    .collect();
                return Self {
                    url,
                    sign_ins,
                    _server: server,
                    _dir: dir,
                };
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the server did not answer within a minute");
    }

    /// Login and password of somebody, by the part of the address before the @ (`pegawai`, `atasan`, `kepala.dinas`).
    pub fn sign_in_of(&self, who: &str) -> (&str, &str) {
        self.sign_ins
            .iter()
            .find(|(login, _)| login.split('@').next() == Some(who))
            .map(|(login, password)| (login.as_str(), password.as_str()))
            .unwrap_or_else(|| panic!("the city has nobody called {who}"))
    }
}

/// True when the page that does nothing answers.
async fn answers(port: u16) -> bool {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)).await else {
        return false;
    };
    let request = "GET /sehat HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    let mut answer = String::new();
    stream.write_all(request.as_bytes()).await.is_ok()
        && stream.read_to_string(&mut answer).await.is_ok()
        && answer.starts_with("HTTP/1.1 200")
}
