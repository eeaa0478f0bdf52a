//! The process is killed at many moments. What was acknowledged is there, what was not is not there by half.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::house::House;

/// Starts the command, kills it after `wait`, and answers whether it had finished by itself.
fn killed(mut command: Command, wait: Duration) -> bool {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    std::thread::sleep(wait);
    let finished = child.try_wait().expect("asked").is_some_and(|status| status.success());
    // it may be gone already
    let _ = child.kill();
    child.wait().expect("it has ended");
    finished
}

#[test]
fn a_killed_restore_leaves_nothing_or_everything() {
    let old = House::new();
    old.run(&[
        "agency",
        "create",
        "KOTACONTOH",
        "Pemerintah Kota Contoh",
        "--region",
        "Kota Contoh",
    ])
    .exits(0);
    let mut list = String::from("NIP;Nama;Jabatan;Kode Unit;Nama Unit;Kode Unit Induk\r\n");
    for n in 0..400 {
        let number = format!("19800101201001190{}", n % 10);
        let number = format!("{:04}{}", 1960 + n / 10, &number[4..]);
        list.push_str(&format!("{number};Contoh {n};Analis;KOTA;Pemerintah Kota Contoh;\r\n"));
    }
    old.write("pegawai.csv", list);
    let imported = old.run(&["import", "staff", "pegawai.csv", "--apply"]);
    assert!(
        imported.out.contains("The changes are made"),
        "{}{}",
        imported.out,
        imported.err
    );
    old.run(&["backup", "a.jsonl"]).exits(0);
    let file = old.path("a.jsonl");
    let whole = old.run(&["doctor", "--digest"]).exits(0).out;
    let digest = whole
        .split("SHA-256 ")
        .nth(1)
        .and_then(|t| t.get(..64))
        .expect("a digest")
        .to_owned();

    let mut finished = 0;
    for round in 0..20_u64 {
        let new = House::new();
        let command = new.command(&["restore", file.to_str().expect("text")]);
        let was_whole = killed(command, Duration::from_millis(8 + round * 9));
        finished += u64::from(was_whole);
        new.run(&["migrate"]).exits(0);
        let found = new.run(&["doctor", "--digest"]).exits(0).out;
        let is_whole = found.contains(&digest);
        assert!(is_whole || found.contains(" 0 rows"), "round {round}: {found}");
        assert!(is_whole || !was_whole, "round {round}: it had said that it was done");
        if !is_whole {
            new.run(&["restore", file.to_str().expect("text")]).exits(0);
            assert!(
                new.run(&["doctor", "--digest"]).exits(0).out.contains(&digest),
                "round {round}"
            );
        }
    }
    assert!(
        finished < 20,
        "every restore had finished before it was killed: the test shows nothing"
    );
}

#[test]
fn a_server_killed_while_it_makes_its_database_starts_again() {
    for round in 0..10_u64 {
        let house = House::new();
        let mut command = house.command(&["serve"]);
        command.env("ABDI_SERVER_LISTEN", "127.0.0.1:0");
        killed(command, Duration::from_millis(4 + round * 6));
        let server = house.start(&["serve"]);
        assert!(server.get("/masuk").starts_with("HTTP/1.1 200"), "round {round}");
        drop(server);
        house.run(&["doctor"]).exits(0);
    }
}

#[test]
fn a_city_that_was_not_finished_is_made_again() {
    let house = House::new();
    let dir = house.path("");
    for wait in [5, 40, 120] {
        killed(
            crate::house::bare(&dir, &["demo", "--build-only"]),
            Duration::from_millis(wait),
        );
    }
    crate::house::said(crate::house::bare(&dir, &["demo", "--build-only"]), b"").exits(0);
    let mut command = crate::house::bare(&dir, &["doctor"]);
    command.env("ABDI_DATABASE_URL", "sqlite:data/demo/abdi.db");
    let doctor = crate::house::said(command, b"").exits(0);
    assert!(doctor.out.contains("KOTA"), "{}", doctor.out);
}
