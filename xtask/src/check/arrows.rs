//! Dependencies between the crates of the house point one way.

use std::collections::BTreeSet;

use serde_json::Value;

const FOUNDATION: &[&str] = &["kernel"];
const RULES: &[&str] = &["regulation", "db", "policy", "i18n"];
const SERVICES: &[&str] = &["audit", "jobs", "documents"];
/// Areas with the areas they may use.
const AREAS: &[(&str, &[&str])] = &[
    ("org", &[]),
    ("access", &["org"]),
    ("skp", &["org", "access"]),
    ("journal", &["org", "access", "skp"]),
    ("feedback", &["org", "access", "skp", "journal"]),
    ("service", &["org"]),
    (
        "evaluation",
        &["org", "access", "skp", "journal", "feedback", "service"],
    ),
];
/// Only `db` talks to an engine; `testkit` makes and drops whole databases.
const DRIVERS: &[&str] = &["rusqlite", "tokio-postgres", "deadpool-postgres"];
const TABLE: &str = "xtask/src/check/arrows.rs";

/// Checks what `cargo metadata --no-deps` says about the crates of the workspace.
pub fn check(metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let house: BTreeSet<&str> = packages
        .iter()
        .filter_map(|package| package["name"].as_str())
        .map(room)
        .collect();
    let mut findings = Vec::new();
    for package in packages {
        let name = room(package["name"].as_str().unwrap_or_default());
        let Some(allowed) = allowed(name) else {
            findings.push(format!(
                "crate {name} has no place among the rooms: give it one in {TABLE}"
            ));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let target = room(dependency["name"].as_str().unwrap_or_default());
            let for_tests = dependency["kind"].as_str() == Some("dev");
            if DRIVERS.contains(&target) && !matches!(name, "db" | "testkit") {
                findings.push(format!(
                    "{name} → {target}: only db (and testkit, which makes databases) may depend on a driver"
                ));
            }
            if !house.contains(target) || allowed.contains(target) {
                continue;
            }
            if target == "testkit" && for_tests && !matches!(name, "xtask" | "e2e") {
                continue;
            }
            findings.push(match target {
                "testkit" => format!("{name} → testkit: only as a dev-dependency, and not in xtask or e2e"),
                "pdf" => format!("{name} → pdf: only app may depend on the slow document engine"),
                _ => format!("{name} → {target}: against the arrow (docs/ARCHITECTURE.md; the table is in {TABLE})"),
            });
        }
    }
    findings
}

/// The package of the executable is called after the program and lives in the room `app`.
fn room(package: &str) -> &str {
    if package == "abdi" { "app" } else { package }
}

/// The crates of the house that `name` may depend on; nothing when the crate is unknown.
fn allowed(name: &str) -> Option<BTreeSet<&'static str>> {
    let join = |lists: &[&[&'static str]]| Some(lists.iter().flat_map(|list| list.iter().copied()).collect());
    let areas: Vec<&'static str> = AREAS.iter().map(|(area, _)| *area).collect();
    if let Some((_, below)) = AREAS.iter().find(|(area, _)| *area == name) {
        return join(&[FOUNDATION, RULES, SERVICES, below]);
    }
    match name {
        "kernel" | "xtask" | "e2e" => join(&[]),
        "regulation" | "db" | "policy" | "i18n" => join(&[FOUNDATION]),
        "audit" | "jobs" | "documents" => join(&[FOUNDATION, RULES]),
        "pdf" => join(&[FOUNDATION, &["i18n", "documents"]]),
        "web" => join(&[FOUNDATION, RULES, SERVICES, &areas]),
        "app" => join(&[FOUNDATION, RULES, SERVICES, &areas, &["web", "pdf"]]),
        "testkit" => join(&[FOUNDATION, RULES, SERVICES, &areas, &["web"]]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Crates with their dependencies; `dev:` before a name marks a dev-dependency.
    fn findings(crates: &[(&str, &[&str])]) -> Vec<String> {
        let package = |(name, dependencies): &(&str, &[&str])| {
            let dependency = |text: &&str| match text.strip_prefix("dev:") {
                Some(name) => json!({"name": name, "kind": "dev"}),
                None => json!({"name": text, "kind": null}),
            };
            json!({"name": name, "dependencies": dependencies.iter().map(dependency).collect::<Vec<_>>()})
        };
        check(&json!({"packages": crates.iter().map(package).collect::<Vec<_>>()}))
    }

    #[test]
    fn the_arrow_points_one_way() {
        let right: &[(&str, &[&str])] = &[
            ("kernel", &["serde"]),
            ("db", &["kernel", "rusqlite"]),
            ("org", &["kernel", "db"]),
            ("skp", &["org", "dev:testkit"]),
            ("service", &["org"]),
            ("evaluation", &["skp", "service"]),
            ("web", &["evaluation"]),
            ("pdf", &["kernel"]),
            ("abdi", &["web", "pdf"]),
            ("testkit", &["db"]),
        ];
        assert_eq!(findings(right), Vec::<String>::new());
        for (wrong, arrow) in [
            (("kernel", &["db"][..]), "kernel → db"),
            (("org", &["skp"]), "org → skp"),
            (("skp", &["web"]), "skp → web"),
            (("service", &["skp"]), "service → skp"),
            (("web", &["pdf"]), "web → pdf"),
            (("web", &["dev:pdf"]), "web → pdf"),
            (("web", &["abdi"]), "web → app"),
            (("org", &["testkit"]), "org → testkit"),
            (("skp", &["rusqlite"]), "skp → rusqlite"),
            (("web", &["tokio-postgres"]), "web → tokio-postgres"),
        ] {
            let mut crates: Vec<(&str, &[&str])> = right.to_vec();
            crates.retain(|(name, _)| *name != wrong.0);
            crates.push(wrong);
            let found = findings(&crates);
            assert_eq!(found.len(), 1, "{wrong:?}: {found:?}");
            assert!(found[0].starts_with(arrow), "{found:?}");
        }
    }

    #[test]
    fn testkit_stays_out_of_the_tools_and_a_new_crate_needs_a_place() {
        assert_eq!(findings(&[("xtask", &["dev:testkit"]), ("testkit", &[])]).len(), 1);
        assert_eq!(findings(&[("e2e", &["dev:testkit"]), ("testkit", &[])]).len(), 1);
        assert!(findings(&[("complaint", &[])])[0].contains("has no place"));
    }
}
