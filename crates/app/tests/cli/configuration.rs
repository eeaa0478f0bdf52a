use crate::house::{House, bare, said};

#[test]
fn a_wrong_configuration_stops_every_command_that_reads_one() {
    let house = House::new();
    house.write("abdi.toml", "[server]\nlisen = \"127.0.0.1:1\"\n");
    for command in [
        vec!["serve"],
        vec!["check-config"],
        vec!["migrate"],
        vec!["doctor"],
        vec!["backup", "x"],
    ] {
        let answer = house.run(&command).exits(2);
        assert!(
            answer.err.contains("server.lisen") && answer.err.contains("server.listen?"),
            "{}",
            answer.err
        );
    }
    assert!(!house.path("data").exists(), "nothing was made");
}

#[test]
fn variables_and_the_named_file_count() {
    let house = House::new();
    let named = house.write("lain.toml", "[session]\nissuer = \"Kota Contoh\"\n");
    let answer = house
        .run(&["check-config", "--config", named.to_str().unwrap()])
        .exits(0);
    assert!(
        answer.out.contains("Kota Contoh") && answer.out.contains("ABDI_DATABASE_URL"),
        "{}",
        answer.out
    );
    let missing = house.run(&["--config", "tidak-ada.toml", "check-config"]).exits(2);
    assert!(missing.err.contains("tidak-ada.toml"));
    let mut command = house.command(&["check-config"]);
    command.env("ABDI_SERVER_LISTENN", "x");
    assert!(said(command, b"").exits(2).err.contains("ABDI_SERVER_LISTEN?"));
}

#[test]
fn a_password_of_the_database_is_never_shown() {
    let house = House::on("postgres://abdi:Rahasia-42@127.0.0.1:9/abdi");
    let shown = house.run(&["check-config"]).exits(0);
    assert!(shown.out.contains("postgres://…"));
    let unreachable = house.run(&["serve"]).exits(3);
    let all = format!("{}{}{}{}", shown.out, shown.err, unreachable.out, unreachable.err);
    assert!(!all.contains("Rahasia"), "{all}");
    assert!(unreachable.err.contains("cannot be reached"));
}

#[test]
fn other_machines_are_let_in_only_with_https() {
    let house = House::new();
    let mut command = house.command(&["serve"]);
    command.env("ABDI_SERVER_LISTEN", "0.0.0.0:0");
    let answer = said(command, b"").exits(2);
    assert!(answer.err.contains("server.public_url"), "{}", answer.err);
}

#[test]
fn commands_do_not_make_a_database_by_accident() {
    let house = House::new();
    for command in [
        vec!["doctor"],
        vec!["backup", "x"],
        vec!["account", "list"],
        vec!["export", "staff", "x.xlsx"],
    ] {
        let answer = house.run(&command).exits(2);
        assert!(answer.err.contains("There is no database"), "{}", answer.err);
    }
    house.run(&["migrate", "--status"]).exits(1);
    assert!(!house.path("data").exists());
    house.run(&["migrate"]).exits(0);
    house.run(&["migrate", "--status"]).exits(0);
    assert!(house.run(&["migrate"]).exits(0).out.contains("was up to date"));
}

#[test]
fn help_names_the_exit_statuses() {
    let help = said(bare(&std::env::temp_dir(), &["--help"]), b"").exits(0);
    for word in ["Exit status", "demo", "serve", "calculate", "restore"] {
        assert!(help.out.contains(word), "{word}");
    }
}
