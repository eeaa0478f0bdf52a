//! A file is one thing.

use std::collections::BTreeMap;

use super::Tree;
use crate::allow::Allow;

/// A source with more lines is mentioned.
pub const LONG: usize = 400;
/// A source with more lines fails the check.
const TOO_LONG: usize = 600;

/// Finds Rust sources that are too long. An excuse names the number of lines that the file may not exceed.
pub fn check(tree: &Tree, allow: &Allow) -> Vec<String> {
    let limits: BTreeMap<&str, Option<usize>> = allow
        .entries()
        .iter()
        .map(|entry| {
            entry
                .split_once('\t')
                .map_or((entry.as_str(), None), |(path, n)| (path, n.trim().parse().ok()))
        })
        .collect();
    let mut findings = Vec::new();
    let mut needed = Vec::new();
    for (path, lines) in sizes(tree).filter(|(_, lines)| *lines > TOO_LONG) {
        needed.push(path);
        match limits.get(path) {
            None => findings.push(format!(
                "{path}: {lines} lines, {TOO_LONG} at most: split it by what it does"
            )),
            Some(Some(limit)) if lines <= *limit => {}
            Some(_) => findings.push(format!(
                "{path}: {lines} lines, more than its entry in long-files.txt allows"
            )),
        }
    }
    let stale = |entry: &&String| !needed.contains(&entry.split('\t').next().unwrap_or_default());
    findings.extend(allow.entries().iter().filter(stale).map(|entry| allow.stale(entry)));
    findings
}

/// Sources that are longer than a source should be.
pub fn long(tree: &Tree) -> Vec<(&str, usize)> {
    sizes(tree).filter(|(_, lines)| *lines > LONG).collect()
}

fn sizes(tree: &Tree) -> impl Iterator<Item = (&str, usize)> {
    tree.rust()
        .map(|file| (file.path.as_str(), file.text().lines().count()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_files_are_mentioned_and_too_long_ones_fail() {
        let (fits, long_one, too_long) = ("x\n".repeat(400), "x\n".repeat(600), "x\n".repeat(601));
        let tree = Tree::of(&[
            ("a.rs", &fits),
            ("b.rs", &long_one),
            ("c.rs", &too_long),
            ("c.ftl", &too_long),
        ]);
        assert_eq!(long(&tree), [("b.rs", 600), ("c.rs", 601)]);
        let found = |list: &str| check(&tree, &Allow::parse("long-files", list));
        assert!(found("")[0].starts_with("c.rs: 601 lines"));
        assert_eq!(found("c.rs\t601"), Vec::<String>::new());
        assert_eq!(found("c.rs\t600").len(), 1, "the file has grown");
        assert_eq!(found("c.rs\t601\nb.rs\t700").len(), 1, "the second entry is not needed");
    }
}
