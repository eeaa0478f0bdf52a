use std::time::Duration;

use crate::house::{House, said};

#[test]
fn it_serves_prints_the_first_code_and_stops_when_asked() {
    let house = House::new();
    let mut server = house.start(&["serve"]);
    let page = server.get("/masuk");
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(page.to_lowercase().contains("content-security-policy"));
    let told: String = (0..4).map(|_| server.line()).collect();
    assert!(
        told.contains("no administrator yet") && told.contains("code  "),
        "{told}"
    );
    let path = told
        .split(&server.address)
        .nth(1)
        .and_then(|t| t.lines().next())
        .expect("the page of the code");
    assert!(
        server.get(path).starts_with("HTTP/1.1 200"),
        "the printed page exists: {path}"
    );
    let (status, took) = server.stop();
    assert_eq!(status, 0);
    assert!(took < Duration::from_secs(10), "{took:?}");
    assert!(house.path("data/abdi.db").exists() && house.path("data/files").exists());
}

#[test]
fn a_new_code_voids_the_old_one_and_an_account_ends_them() {
    let house = House::new();
    house
        .run(&[
            "agency",
            "create",
            "kotacontoh",
            "Pemerintah Kota Contoh",
            "--region",
            "Kota Contoh",
            "--zone",
            "wita",
        ])
        .exits(0);
    let listed = house.run(&["agency", "list"]).exits(0);
    assert!(
        listed.out.contains("KOTACONTOH") && listed.out.contains("WITA"),
        "{}",
        listed.out
    );
    let again = house
        .run(&["agency", "create", "KotaContoh", "Lain", "--region", "Lain"])
        .exits(2);
    assert!(again.err.contains("exists"), "{}", again.err);

    let first = house.run(&["account", "first-code"]).exits(0).out;
    let second = house.run(&["account", "first-code"]).exits(0).out;
    assert_ne!(first, second);
    let made = house
        .run(&["account", "create", "admin@kotacontoh.example", "Administrator"])
        .exits(0);
    assert!(made.out.contains("Password: "), "{}", made.out);
    house.run(&["account", "first-code"]).exits(4);
    house
        .run(&["account", "create", "admin@kotacontoh.example", "Dua"])
        .exits(2);
    house.run(&["account", "create", "bukan-surel", "Dua"]).exits(2);

    let reset = house.run(&["account", "reset", "ADMIN@kotacontoh.example"]).exits(0);
    assert_ne!(reset.out, made.out);
    house.run(&["account", "disable", "admin@kotacontoh.example"]).exits(0);
    assert!(house.run(&["account", "list"]).exits(0).out.contains("disabled"));
    house.run(&["account", "enable", "admin@kotacontoh.example"]).exits(0);
    assert!(!house.run(&["account", "list"]).exits(0).out.contains("disabled"));
    let unknown = house.run(&["account", "reset", "siapa@kotacontoh.example"]).exits(2);
    assert!(unknown.err.contains("account list"), "{}", unknown.err);
    assert!(
        house
            .run(&["account", "--agency", "LAIN", "list"])
            .exits(2)
            .err
            .contains("KOTACONTOH")
    );

    let doctor = house.run(&["doctor", "--digest"]).exits(0);
    assert!(
        doctor.out.contains("as it should be") && doctor.out.contains("chain"),
        "{}",
        doctor.out
    );
}

#[test]
fn a_taken_port_is_named() {
    let house = House::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut command = house.command(&["serve"]);
    command.env("ABDI_SERVER_LISTEN", taken.local_addr().unwrap().to_string());
    let answer = said(command, b"").exits(2);
    assert!(answer.err.contains("another program has this port"), "{}", answer.err);
}

#[test]
fn without_migrating_an_old_database_is_not_served() {
    let house = House::new();
    std::fs::create_dir(house.path("data")).unwrap();
    house.write("data/abdi.db", b"");
    let answer = house.run(&["serve", "--no-migrate"]).exits(2);
    assert!(answer.err.contains("abdi migrate"), "{}", answer.err);
}

#[test]
fn a_worker_does_what_is_due() {
    let house = House::new();
    house
        .run(&[
            "agency",
            "create",
            "KOTACONTOH",
            "Pemerintah Kota Contoh",
            "--region",
            "Kota Contoh",
        ])
        .exits(0);
    assert!(house.run(&["worker", "--once"]).exits(0).out.contains("1 jobs done"));
    assert!(house.run(&["worker", "--once"]).exits(0).out.contains("0 jobs done"));
}
