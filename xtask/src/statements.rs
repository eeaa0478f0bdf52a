//! Which registered statements were executed on both engines.
//!
//! A debug build that finds the directory `ABDI_STATEMENT_LOG` writes there, one file per process: which statements are
//! linked into it (`registered-<pid>.txt`, lines of file, line and text parted by tabs), and in any other `.txt` or
//! `.log` file each statement it executes (lines of engine, file, line and text parted by tabs).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::allow::Allow;
use crate::workspace::Workspace;

/// The variable that names the directory.
pub const VARIABLE: &str = "ABDI_STATEMENT_LOG";

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Engine {
    Sqlite,
    Postgres,
}

/// What the processes of one test run have written.
#[derive(Default)]
struct Log {
    /// `file:line` → text.
    registered: BTreeMap<String, (String, String)>,
    executed: BTreeSet<(Engine, String)>,
    damaged: usize,
}

/// Reads the log of the last test run and prints what it misses. Returns whether nothing is missing.
pub fn run(workspace: &Workspace) -> Result<bool> {
    let log = read(&workspace.statement_log())?;
    if log.registered.is_empty() {
        bail!("no statement was registered in the last test run: run `cargo xtask test --stage tests` first");
    }
    let findings = log.findings(&Allow::read(workspace, "unexecuted-statements")?);
    println!(
        "  {} statements, {} executions of a kind",
        log.registered.len(),
        log.executed.len()
    );
    for finding in &findings {
        println!("  {finding}");
    }
    Ok(findings.is_empty())
}

fn read(directory: &Path) -> Result<Log> {
    let mut log = Log::default();
    let Ok(files) = std::fs::read_dir(directory) else {
        return Ok(log);
    };
    for file in files {
        let file = file?;
        let name = file.file_name().to_string_lossy().into_owned();
        let text = std::fs::read(file.path()).with_context(|| format!("reading {name}"))?;
        log.add(&name, &String::from_utf8_lossy(&text));
    }
    Ok(log)
}

impl Log {
    fn add(&mut self, name: &str, text: &str) {
        for line in text.lines().filter(|line| !line.is_empty()) {
            let added = if name.starts_with("registered") {
                self.register(line)
            } else {
                self.execute(line)
            };
            // a process that is killed may leave half a line
            if added.is_none() {
                self.damaged += 1;
            }
        }
    }

    fn register(&mut self, line: &str) -> Option<()> {
        let mut parts = line.splitn(3, '\t');
        let (file, number, text) = (parts.next()?, parts.next()?, parts.next()?);
        let _: u32 = number.parse().ok()?;
        // statements of the tests themselves need not run twice
        if !file
            .split('/')
            .any(|part| part == "tests" || part == "tests.rs" || part == "benches" || part == "testkit")
        {
            self.registered
                .insert(format!("{file}:{number}"), (file.to_owned(), text.to_owned()));
        }
        Some(())
    }

    fn execute(&mut self, line: &str) -> Option<()> {
        let mut parts = line.splitn(4, '\t');
        let engine = match parts.next()? {
            "SQLite" => Engine::Sqlite,
            "PostgreSQL" => Engine::Postgres,
            _ => return None,
        };
        let (file, number) = (parts.next()?, parts.next()?);
        let _: u32 = number.parse().ok()?;
        self.executed.insert((engine, format!("{file}:{number}")));
        Some(())
    }

    fn findings(&self, allow: &Allow) -> Vec<String> {
        let mut found = Vec::new();
        for (place, (file, text)) in &self.registered {
            let ran = |engine| self.executed.contains(&(engine, place.clone()));
            let missing = match (ran(Engine::Sqlite), ran(Engine::Postgres)) {
                (true, true) => continue,
                (false, false) => "no engine",
                (true, false) => "SQLite only",
                (false, true) => "PostgreSQL only",
            };
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let start: String = text.chars().take(100).collect();
            found.push((
                format!("{file}\t{text}"),
                format!("{place}: executed on {missing}: {start}"),
            ));
        }
        allow.settle(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(executed: &str) -> Log {
        let mut log = Log::default();
        log.add(
            "registered-1.txt",
            "crates/skp/src/store.rs\t10\tSELECT a\ncrates/skp/src/store.rs\t20\tSELECT  b\n",
        );
        log.add(
            "registered-2.txt",
            "crates/skp/src/store.rs\t10\tSELECT a\ncrates/skp/tests/x.rs\t3\tSELECT c\n",
        );
        log.add("77.txt", executed);
        log
    }

    #[test]
    fn a_statement_must_run_on_both_engines() {
        let none = Allow::parse("unexecuted-statements", "");
        let both = "SQLite\tcrates/skp/src/store.rs\t10\tx\nPostgreSQL\tcrates/skp/src/store.rs\t10\tx\n";
        let found = log(both).findings(&none);
        assert_eq!(found, ["crates/skp/src/store.rs:20: executed on no engine: SELECT b"]);
        let found = log(&format!("{both}PostgreSQL\tcrates/skp/src/store.rs\t20\tx\n")).findings(&none);
        assert_eq!(
            found,
            ["crates/skp/src/store.rs:20: executed on PostgreSQL only: SELECT b"]
        );
        let all = format!("{both}PostgreSQL\tcrates/skp/src/store.rs\t20\tx\nSQLite\tcrates/skp/src/store.rs\t20\tx\n");
        assert_eq!(log(&all).findings(&none), Vec::<String>::new());
    }

    #[test]
    fn an_excuse_survives_a_moved_line_but_not_its_reason() {
        let both = "SQLite\tcrates/skp/src/store.rs\t10\tx\nPostgreSQL\tcrates/skp/src/store.rs\t10\tx\n";
        let excuse = Allow::parse("unexecuted-statements", "crates/skp/src/store.rs\tSELECT b");
        assert_eq!(log(both).findings(&excuse), Vec::<String>::new());
        let all = format!("{both}PostgreSQL\tcrates/skp/src/store.rs\t20\tx\nSQLite\tcrates/skp/src/store.rs\t20\tx\n");
        assert_eq!(log(&all).findings(&excuse).len(), 1, "the excuse is no longer needed");
    }

    #[test]
    fn half_a_line_is_passed_over() {
        assert_eq!(log("SQLi\nSQLite\tcrates/skp\n").damaged, 2);
    }
}
