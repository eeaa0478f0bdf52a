use crate::house::{House, bare, said};

#[test]
fn a_city_is_made_once_and_kept_until_reset() {
    let house = House::new();
    let made = said(bare(&house.path(""), &["demo", "--build-only"]), b"").exits(0);
    assert!(made.out.contains("is made in"));
    let digest = |house: &House| {
        let mut command = bare(&house.path(""), &["doctor", "--digest"]);
        command.env("ABDI_DATABASE_URL", "sqlite:data/demo/abdi.db");
        said(command, b"").exits(0).out
    };
    let before = digest(&house);
    said(bare(&house.path(""), &["demo", "--build-only"]), b"").exits(0);
    assert_eq!(digest(&house), before, "the second start changes nothing");
    let kept = house.path("data/demo/files/kept");
    std::fs::write(&kept, "x").unwrap();
    said(bare(&house.path(""), &["demo", "--build-only", "--reset"]), b"").exits(0);
    assert!(!kept.exists());
}

#[test]
fn it_shows_an_address_and_a_way_in() {
    let house = House::new();
    let mut command = bare(&house.path(""), &["demo", "--port", "0"]);
    command.env("ABDI_LOG", "info");
    let mut city = crate::house::Running::start(command);
    assert!(city.address.starts_with("127.0.0.1:"), "{}", city.greeting);
    let told: String = (0..4).map(|_| city.line()).collect();
    assert!(told.contains("role") && told.contains("password"), "{told}");
    assert!(city.get("/masuk").starts_with("HTTP/1.1 200"));
    assert_eq!(city.stop().0, 0);
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let house = House::new();
    let mine = house.write("penting.txt", "x");
    let dir = house.path("");
    for arguments in [
        &["demo", "--data-dir", "."][..],
        &["demo", "--data-dir", ".", "--reset"],
    ] {
        let answer = said(bare(&dir, arguments), b"").exits(4);
        assert!(answer.err.contains("not made by"), "{}", answer.err);
    }
    assert!(mine.exists());
}

#[test]
fn a_city_is_never_shown_to_other_machines() {
    let house = House::new();
    said(bare(&house.path(""), &["demo", "--build-only"]), b"").exits(0);
    let mut command = bare(&house.path(""), &["serve"]);
    command.env("ABDI_DATABASE_URL", "sqlite:data/demo/abdi.db");
    command.env("ABDI_SERVER_LISTEN", "127.0.0.1:0");
    command.env("ABDI_SERVER_PUBLIC_URL", "https://kinerja.kotacontoh.example");
    let answer = said(command, b"").exits(4);
    assert!(answer.err.contains("fictional"), "{}", answer.err);
}

#[test]
fn a_taken_port_is_named_and_without_one_the_next_is_tried() {
    let house = House::new();
    said(bare(&house.path(""), &["demo", "--build-only"]), b"").exits(0);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let answer = said(bare(&house.path(""), &["demo", "--port", &port]), b"").exits(2);
    assert!(
        answer.err.contains(&port) && answer.err.contains("leave out --port"),
        "{}",
        answer.err
    );

    // whoever has 8080 now: this test or another program of the machine
    let _first = std::net::TcpListener::bind("127.0.0.1:8080");
    let city = crate::house::Running::start(bare(&house.path(""), &["demo"]));
    assert!(city.greeting.contains("Port 8080 is taken"), "{}", city.greeting);
    assert_ne!(city.address, "127.0.0.1:8080");
}
