//! As much of a browser as signing in and finding identifiers on pages takes.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// An answer.
pub struct Answer {
    pub status: u16,
    pub headers: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// The values of a header, as they were sent.
    pub fn header<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .lines()
            .filter_map(|line| line.split_once(':'))
            .filter(move |(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// `GET path`
pub fn get(address: &str, path: &str, cookie: Option<&str>) -> Result<Answer> {
    exchange(address, "GET", path, cookie, "")
}

/// `POST path` with a form, as a page of ours would send it.
pub fn post(address: &str, path: &str, cookie: Option<&str>, form: &str) -> Result<Answer> {
    let head = format!(
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nSec-Fetch-Site: same-origin\r\n\r\n{form}",
        form.len()
    );
    exchange(address, "POST", path, cookie, &head)
}

/// Signs in; returns the value of the Cookie header of that person.
pub fn sign_in(address: &str, login: &str, password: &str) -> Result<String> {
    let form = format!("nama={}&sandi={password}", login.replace('@', "%40"));
    let answer = post(address, "/masuk", None, &form)?;
    let cookie = answer
        .header("set-cookie")
        .find_map(|value| value.split(';').next().filter(|pair| pair.starts_with("abdi=")));
    match cookie {
        Some(cookie) if answer.status == 303 => Ok(cookie.to_owned()),
        _ => bail!("{login} cannot sign in (status {})", answer.status),
    }
}

fn exchange(address: &str, method: &str, path: &str, cookie: Option<&str>, rest: &str) -> Result<Answer> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    let cookie = cookie.map_or_else(String::new, |cookie| format!("Cookie: {cookie}\r\n"));
    let end = if rest.is_empty() { "\r\n" } else { "" };
    let request = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{cookie}{rest}{end}");
    stream.write_all(request.as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    read(&bytes).with_context(|| format!("the answer to {method} {path}"))
}

fn read(bytes: &[u8]) -> Result<Answer> {
    let end = bytes
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .context("has no end of its headers")?;
    let head = String::from_utf8_lossy(&bytes[..end]);
    let (first, headers) = head.split_once("\r\n").unwrap_or((&head, ""));
    let status = first.split(' ').nth(1).and_then(|code| code.parse().ok());
    Ok(Answer {
        status: status.context("has no status")?,
        headers: headers.to_owned(),
        body: bytes[end + 4..].to_owned(),
    })
}

/// The first identifier (32 hexadecimal digits) that follows `before` directly.
pub fn id_after(text: &str, before: &str) -> Option<String> {
    let is_id = |id: &&str| id.bytes().all(|b| b.is_ascii_hexdigit());
    text.match_indices(before)
        .filter_map(|(at, _)| text.get(at + before.len()..at + before.len() + 32))
        .find(is_id)
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read() {
        let answer = read(b"HTTP/1.1 303 See Other\r\nset-cookie: abdi=x; Path=/\r\nLocation: /\r\n\r\nok").unwrap();
        assert_eq!((answer.status, answer.text().as_str()), (303, "ok"));
        assert_eq!(answer.header("Set-Cookie").next(), Some("abdi=x; Path=/"));
        assert!(read(b"HTTP/1.1 200 OK\r\n").is_err());
    }

    #[test]
    fn identifiers_are_found() {
        let id = "0193b4a000007000800000000000000a";
        let page =
            format!("<a href=\"/skp/baru\">x</a> /skp/daftar-semua-rencana-kerja-pegawai-di <a href=\"/skp/{id}\">");
        assert_eq!(id_after(&page, "/skp/").as_deref(), Some(id));
        assert_eq!(id_after(&page, "/evaluasi/"), None);
        assert_eq!(id_after("/skp/short", "/skp/"), None);
    }
}
