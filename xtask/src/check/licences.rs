//! Licences and sources of what Abdi is built from, by the list in `deny.toml`.
//!
//! `cargo deny` checks the same and more, but is not installed everywhere and takes longer to build than Abdi's own
//! crates; this check needs nothing.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::process;
use crate::workspace::Workspace;

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Reads the packages of the lock file. Downloads what is missing: the build needs it anyway.
pub fn check(workspace: &Workspace) -> Result<Vec<String>> {
    let list = std::fs::read_to_string(workspace.root.join("deny.toml")).context("reading deny.toml")?;
    let metadata = process::output(workspace.cargo().args(["metadata", "--format-version", "1"]))?;
    Ok(findings(&serde_json::from_str(&metadata)?, &allowed(&list)))
}

/// The strings of the array `allow` in the section `[licenses]`.
fn allowed(list: &str) -> Vec<String> {
    let section = list
        .split("\n[")
        .find(|section| section.trim_start_matches('[').starts_with("licenses]"));
    let array = section
        .and_then(|section| section.split("\nallow = [").nth(1))
        .and_then(|rest| rest.split(']').next());
    let lines = array
        .unwrap_or_default()
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default());
    lines
        .flat_map(|line| line.split('"').skip(1).step_by(2))
        .map(str::to_owned)
        .collect()
}

fn findings(metadata: &Value, allowed: &[String]) -> Vec<String> {
    let mut findings = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        // packages of the workspace have no source
        let Some(source) = package["source"].as_str() else {
            continue;
        };
        let name = format!(
            "{} {}",
            package["name"].as_str().unwrap_or("?"),
            package["version"].as_str().unwrap_or("?")
        );
        if source != REGISTRY {
            findings.push(format!(
                "{name}: comes from {source}; only the registry of the language is used"
            ));
        }
        match package["license"].as_str() {
            None => findings.push(format!("{name}: names no licence")),
            Some(licence) if !accepts(licence, allowed) => {
                findings.push(format!("{name}: licence {licence} is not on the list of deny.toml"));
            }
            Some(_) => {}
        }
    }
    findings
}

/// Whether an SPDX expression can be satisfied by the allowed licences. `/` is the old way to write OR.
fn accepts(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let accepted = any_of(&tokens, &mut at, allowed);
    accepted && at == tokens.len()
}

fn any_of(tokens: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut accepted = all_of(tokens, at, allowed);
    while tokens.get(*at) == Some(&"OR") {
        *at += 1;
        accepted |= all_of(tokens, at, allowed);
    }
    accepted
}

fn all_of(tokens: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut accepted = one(tokens, at, allowed);
    while tokens.get(*at) == Some(&"AND") {
        *at += 1;
        accepted &= one(tokens, at, allowed);
    }
    accepted
}

fn one(tokens: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let Some(token) = tokens.get(*at) else { return false };
    *at += 1;
    if *token == "(" {
        let accepted = any_of(tokens, at, allowed);
        *at += 1;
        return accepted;
    }
    let mut licence = (*token).to_owned();
    if tokens.get(*at) == Some(&"WITH")
        && let Some(exception) = tokens.get(*at + 1)
    {
        licence = format!("{licence} WITH {exception}");
        *at += 2;
    }
    allowed.contains(&licence)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const LIST: &str = "[bans]\nallow = [\"no\"]\n[licenses]\nallow = [\n  \"MIT\", # \"plain\"\n  \"Apache-2.0\",\n  \"Apache-2.0 WITH LLVM-exception\",\n]\n[sources]\n";

    #[test]
    fn the_list_is_read_from_its_section() {
        assert_eq!(allowed(LIST), ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"]);
    }

    #[test]
    fn expressions_are_weighed() {
        let allowed = allowed(LIST);
        for good in [
            "MIT",
            "MIT/GPL-3.0",
            "GPL-3.0 OR (MIT AND Apache-2.0)",
            "Apache-2.0 WITH LLVM-exception OR X",
        ] {
            assert!(accepts(good, &allowed), "{good}");
        }
        for bad in [
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "(MIT OR X) AND Y",
            "Apache-2.0 WITH other",
            "",
            "(",
            "MIT MIT",
        ] {
            assert!(!accepts(bad, &allowed), "{bad}");
        }
    }

    #[test]
    fn strange_licences_and_sources_are_found() {
        let package = |source, licence| json!({"name": "x", "version": "1", "source": source, "license": licence});
        let metadata = json!({"packages": [
            package(Some(REGISTRY), Some("MIT")),
            package(None, None),
            package(Some(REGISTRY), Some("AGPL-3.0")),
            package(Some(REGISTRY), None),
            package(Some("git+https://example.org/x"), Some("MIT")),
        ]});
        assert_eq!(findings(&metadata, &allowed(LIST)).len(), 3);
    }
}
