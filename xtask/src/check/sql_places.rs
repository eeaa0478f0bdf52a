//! SQL stands where one looks for it.

use super::{File, Tree, find_word, line_of};
use crate::rust_source::RustSource;

/// Crates in which every file may hold SQL: they are about the database, or about tests.
const ROOMS: &[&str] = &["db", "audit", "jobs", "testkit"];
/// Crates in which no file may: they go through an area.
const NEVER: &[&str] = &["web", "app", "xtask", "e2e"];

/// Finds statements outside of an area's queries, stores, commands and jobs.
pub fn check(tree: &Tree) -> Vec<String> {
    let mut findings = Vec::new();
    for file in tree.rust().filter(|file| !may_hold_sql(file)) {
        let code = RustSource::split(&file.text()).code;
        let mut places: Vec<usize> = find_word(&code, "sql")
            .filter(|&at| is_macro(&code[at + 3..]))
            .collect();
        places.extend(find_word(&code, "Sql").filter(|&at| code[at + 3..].starts_with("::new")));
        places.sort_unstable();
        findings.extend(places.iter().map(|&at| {
            let line = line_of(&code, at);
            format!(
                "{}:{line}: SQL belongs into the rooms of an area that read and write rows, never into lib, model, events, web or app",
                file.path
            )
        }));
    }
    findings
}

fn is_macro(rest: &str) -> bool {
    rest.strip_prefix('!')
        .is_some_and(|rest| rest.trim_start().starts_with(['(', '[', '{']))
}

fn may_hold_sql(file: &File) -> bool {
    let room = file.house_crate();
    if ROOMS.contains(&room) || file.is_outer_test() || file.path.ends_with("/tests.rs") {
        return true;
    }
    !NEVER.contains(&room)
        && file.path.split("/src/").nth(1).is_some_and(|inner| {
            let pure = |part: &str| matches!(part.strip_suffix(".rs").unwrap_or(part), "lib" | "model" | "events");
            !inner.split('/').any(pure)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_in_the_wrong_place_is_found() {
        let statement = "fn f() {\n    tx.all(sql!(\"SELECT 1\"), args![]);\n}\n";
        let built = "let s = db::Sql::new(\"SELECT\");";
        let found = check(&Tree::of(&[
            ("crates/skp/src/model.rs", statement),
            ("crates/web/src/skp/queries.rs", built),
            (
                "crates/skp/src/lib.rs",
                "//! sql!(\"in a comment\")\nconst S: &str = \"sql!(x)\"; nosql!(x); sql != 1;",
            ),
            ("crates/skp/src/queries.rs", statement),
            ("crates/access/src/queries_session.rs", statement),
            ("crates/access/src/store/grants.rs", statement),
            ("crates/skp/src/commands/submit.rs", built),
            ("crates/skp/src/jobs.rs", statement),
            ("crates/jobs/src/queue.rs", statement),
            ("crates/skp/tests/story.rs", statement),
        ]));
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("crates/skp/src/model.rs:2:"));
        assert!(found[1].starts_with("crates/web/src/skp/queries.rs:1:"));
    }
}
