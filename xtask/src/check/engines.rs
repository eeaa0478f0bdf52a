//! The name of a database engine stands only where engines may differ.

use super::Tree;

const NAMES: &[&str] = &["sqlite", "postgres"];
const ROOMS: &[&str] = &["db", "testkit", "app", "xtask", "e2e"];

/// Also looks into comments and strings: a comment about an engine is where a special case begins.
pub fn check(tree: &Tree) -> Vec<String> {
    let mut findings = Vec::new();
    for file in tree
        .rust()
        .filter(|file| !ROOMS.contains(&file.house_crate()) && !file.is_outer_test())
    {
        for (number, line) in file.text().lines().enumerate() {
            let line = line.to_lowercase();
            if let Some(name) = NAMES.iter().find(|name| line.contains(*name)) {
                findings.push(format!(
                    "{}:{}: names {name}; what differs by engine belongs into db",
                    file.path,
                    number + 1
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_engine_named_in_an_area_is_found() {
        let found = check(&Tree::of(&[
            (
                "crates/skp/src/store.rs",
                "fn a() {}\nif db.is_SQLite() {}\nuse tokio_postgres;\n",
            ),
            ("crates/db/src/sqlite.rs", "use rusqlite;"),
            ("crates/skp/tests/both.rs", "// SQLite and PostgreSQL"),
            ("crates/app/src/main.rs", "\"sqlite:abdi.db\""),
        ]));
        assert_eq!(found.len(), 2);
        assert!(found[0].starts_with("crates/skp/src/store.rs:2: names sqlite"));
        assert!(found[1].starts_with("crates/skp/src/store.rs:3: names postgres"));
    }
}
