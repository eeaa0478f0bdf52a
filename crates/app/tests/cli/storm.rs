//! Everybody saves at once and the server is killed in the middle, again and again. What was acknowledged is kept, once.

use std::collections::HashMap;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::mpsc::{self, Sender};
use std::time::Duration;

use crate::house::{House, Running};

const ROUNDS: u64 = 20;
const CONNECTIONS: u64 = 4;

#[test]
fn a_kill_during_a_storm_of_saves_loses_nothing_that_was_acknowledged() {
    let house = House::new();
    // the city lies where the commands that check it look for a database and its files
    house
        .run(&["demo", "--build-only", "--people", "400", "--data-dir", "data"])
        .exits(0);
    let mut storm = Storm::default();
    let mut session = None;
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    for round in 0..ROUNDS {
        let server = house.start(&["demo", "--data-dir", "data", "--port", "0"]);
        // one sign-in for all rounds: it was acknowledged too, and must outlive every kill
        let form = session.get_or_insert_with(|| EntryForm::of(&mut signed_in(&server)));
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        storm.rage(round, server, form, Duration::from_millis(50 + random % 351));
        let found = house.run(&["doctor"]).exits(0).out;
        assert!(found.contains("as it should be"), "round {round}: {found}");
    }

    assert!(
        storm.unanswered_ever > 0,
        "no kill met a save under way: the test shows nothing"
    );
    house.run(&["backup", "sesudah.jsonl"]).exits(0);
    let backup = std::fs::read_to_string(house.path("sesudah.jsonl")).expect("a backup");
    storm.is_kept_in(&backup);
}

/// A save as the client remembers it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Save {
    /// One-time key of the form.
    key: String,
    text: String,
}

/// What the clients know after all rounds so far.
#[derive(Default)]
struct Storm {
    /// With the identifier that the receipt named.
    acknowledged: HashMap<Save, String>,
    /// Sent, but the kill came before the answer; a person sends it again.
    unanswered: Vec<Save>,
    unanswered_ever: usize,
}

impl Storm {
    /// Saves on all connections until the server is killed, `wait` after it first acknowledged something.
    fn rage(&mut self, round: u64, server: Running, form: &EntryForm, wait: Duration) {
        let address = server.address.clone();
        let (first, begun) = mpsc::channel();
        let mut again = std::mem::take(&mut self.unanswered).into_iter();
        let results: Vec<_> = std::thread::scope(|scope| {
            let clients: Vec<_> = (0..CONNECTIONS)
                .map(|number| {
                    let (address, first, again) = (&address, first.clone(), again.next());
                    scope.spawn(move || client(address, form, round, number, again, &first))
                })
                .collect();
            begun
                .recv_timeout(Duration::from_secs(30))
                .expect("something is acknowledged in every round");
            // the moment of the kill; nothing is waited for
            std::thread::sleep(wait);
            drop(server);
            clients.into_iter().map(|c| c.join().expect("a client")).collect()
        });
        assert_eq!(
            again.next(),
            None,
            "each connection leaves at most one save without answer"
        );
        for (acknowledged, unanswered) in results {
            self.acknowledged.extend(acknowledged);
            self.unanswered_ever += unanswered.iter().len();
            self.unanswered.extend(unanswered);
        }
    }

    /// Looks for everything in the lines of a backup.
    #[track_caller]
    fn is_kept_in(&self, backup: &str) {
        let mut rows: HashMap<Save, Vec<String>> = HashMap::new();
        let lines = backup
            .lines()
            .skip_while(|line| !line.starts_with(r#"{"table":"progress_entry""#));
        let (head, lines) = (lines.clone().next().expect("the table"), lines.skip(1));
        let head: serde_json::Value = serde_json::from_str(head).expect("JSON");
        let columns = head["columns"].as_array().expect("columns");
        let at = |name: &str| columns.iter().position(|c| c[0] == name).expect("a column");
        let (id, text, key) = (at("id"), at("text"), at("submit_key"));
        for line in lines.take_while(|line| line.starts_with('[')) {
            let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let field = |at: usize| row[at].as_str().expect("text").to_owned();
            let save = Save {
                key: field(key),
                text: field(text),
            };
            if save.key.starts_with("badai-") {
                rows.entry(save).or_default().push(field(id).replace('-', ""));
            }
        }
        for (save, id) in &self.acknowledged {
            assert_eq!(
                rows.remove(save).as_deref(),
                Some(std::slice::from_ref(id)),
                "{save:?} was acknowledged and is there once"
            );
        }
        // what had no answer may be there or not, but never twice; nothing else was ever sent
        for (save, ids) in rows {
            assert!(self.unanswered.contains(&save) && ids.len() == 1, "{save:?}: {ids:?}");
        }
    }
}

/// Saves one entry after another. Answers what was acknowledged, and the save that the kill left without an answer.
fn client(
    address: &str,
    form: &EntryForm,
    round: u64,
    number: u64,
    again: Option<Save>,
    first: &Sender<()>,
) -> (Vec<(Save, String)>, Option<Save>) {
    let mut acknowledged = Vec::new();
    let new = (0..).map(|n| Save {
        key: format!("badai-{round:02}-{number}-{n:05}"),
        text: format!("Badai {round:02} sambungan {number} catatan {n:05}"),
    });
    let mut connection = None;
    for save in again.into_iter().chain(new) {
        let answer = match &mut connection {
            Some(connection) => form.send(connection, &save),
            none => Connection::open(address).and_then(|opened| form.send(none.insert(opened), &save)),
        };
        let Ok(answer) = answer else {
            return (acknowledged, Some(save));
        };
        assert!(
            answer.head.starts_with("HTTP/1.1 303"),
            "{}{}",
            answer.head,
            answer.body
        );
        let location = answer.header("location").expect("a receipt");
        let id = between(location, "catatan=", "&").to_owned();
        acknowledged.push((save, id));
        // the listener goes away after the first word
        let _ = first.send(());
    }
    unreachable!("numbers do not end")
}

/// What the page of the day tells about its form, and the session that opened it.
struct EntryForm {
    session: String,
    rhk: String,
    day: String,
}

impl EntryForm {
    fn of((connection, session): &mut (Connection, String)) -> Self {
        let page = connection
            .ask("GET", "/progres", session, "")
            .expect("the server answers");
        assert!(page.head.starts_with("HTTP/1.1 200"), "{}", page.head);
        Self {
            session: session.clone(),
            rhk: between(&page.body, r#"type="radio" name="rhk" value=""#, "\"").to_owned(),
            day: between(&page.body, r#"<input type="date" value=""#, "\"").to_owned(),
        }
    }

    fn send(&self, connection: &mut Connection, save: &Save) -> io::Result<Answer> {
        let body = format!(
            "rhk={}&tanggal={}&kunci={}&teks={}&jumlah=2%2C5&satuan=berkas",
            self.rhk,
            self.day,
            save.key,
            save.text.replace(' ', "+")
        );
        connection.ask("POST", "/progres", &self.session, &body)
    }
}

fn signed_in(server: &Running) -> (Connection, String) {
    let mut connection = Connection::open(&server.address).expect("it listens");
    let form = "nama=pegawai%40kota-contoh.example&sandi=kota-contoh-2026";
    let answer = connection.ask("POST", "/masuk", "", form).expect("the server answers");
    assert!(
        answer.head.starts_with("HTTP/1.1 303"),
        "{}{}",
        answer.head,
        answer.body
    );
    let session = between(&answer.head, "set-cookie: abdi=", ";");
    (connection, session.to_owned())
}

/// What stands after `before`, up to `after` or the end.
#[track_caller]
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text
        .split_once(before)
        .unwrap_or_else(|| panic!("no {before} in {text}"));
    rest.split(after).next().unwrap_or(rest)
}

/// A connection that stays open from one question to the next.
struct Connection {
    stream: BufReader<TcpStream>,
    host: String,
}

struct Answer {
    /// Status line and headers.
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

impl Connection {
    fn open(address: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(Self {
            stream: BufReader::new(stream),
            host: address.to_owned(),
        })
    }

    /// Asks and reads the whole answer; half an answer is an error.
    fn ask(&mut self, method: &str, path: &str, session: &str, form: &str) -> io::Result<Answer> {
        let question = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nSec-Fetch-Site: same-origin\r\nCookie: abdi={session}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            self.host,
            form.len()
        );
        self.stream.get_mut().write_all(question.as_bytes())?;
        let mut answer = Answer {
            head: String::new(),
            body: String::new(),
        };
        while !answer.head.ends_with("\r\n\r\n") {
            if self.stream.read_line(&mut answer.head)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        let length = answer
            .header("content-length")
            .unwrap_or_else(|| panic!("how long is it? {}", answer.head));
        let mut body = vec![0; length.parse().expect("a number")];
        self.stream.read_exact(&mut body)?;
        answer.body = String::from_utf8(body).expect("UTF-8");
        Ok(answer)
    }
}
