//! The rules of the house that a program can check without compiling anything.
//!
//! Each check is a pure function from the tree of files to findings, and has a test that it can fail.

mod arrows;
mod engines;
mod hygiene;
mod leftovers;
mod length;
mod licences;
mod migrations;
mod sql_places;
mod templates;
mod texts;

use std::collections::BTreeSet;

use anyhow::Result;

use crate::allow::Allow;
use crate::process;
use crate::test::Counts;
use crate::workspace::Workspace;

/// A file of the project: its path from the root, with `/`, and its content.
pub struct File {
    pub path: String,
    pub bytes: Vec<u8>,
}

impl File {
    #[cfg(test)]
    fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            bytes: text.as_bytes().to_vec(),
        }
    }

    fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }

    /// The crate of the house the file belongs to: `db` for `crates/db/src/lib.rs`, `xtask`, `e2e`, or nothing.
    fn house_crate(&self) -> &str {
        let mut parts = self.path.split('/');
        match parts.next() {
            Some("crates") => parts.next().unwrap_or_default(),
            Some(first @ ("xtask" | "e2e")) => first,
            _ => "",
        }
    }

    /// Whether it is a test or a benchmark outside of the crate's own sources.
    fn is_outer_test(&self) -> bool {
        self.path
            .split('/')
            .rev()
            .skip(1)
            .any(|dir| dir == "tests" || dir == "benches")
    }
}

/// The files of the project: what git tracks and what it would track, so that a rule speaks before the commit.
pub struct Tree {
    pub files: Vec<File>,
}

impl Tree {
    fn read(workspace: &Workspace) -> Result<Self> {
        let mut git = std::process::Command::new("git");
        // a machine that builds may have cloned under another account
        git.current_dir(&workspace.root)
            .arg("-c")
            .arg(format!("safe.directory={}", workspace.root.display()));
        git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        let listed = process::output(&mut git)?;
        let paths: BTreeSet<&str> = listed.split('\0').filter(|path| !path.is_empty()).collect();
        let mut files = Vec::with_capacity(paths.len());
        for path in paths {
            // a file that was deleted but not yet committed is still listed
            if let Ok(bytes) = std::fs::read(workspace.root.join(path)) {
                files.push(File {
                    path: path.to_owned(),
                    bytes,
                });
            }
        }
        Ok(Self { files })
    }

    #[cfg(test)]
    fn of(files: &[(&str, &str)]) -> Self {
        Self {
            files: files.iter().map(|(path, text)| File::new(path, text)).collect(),
        }
    }

    fn rust(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.path.ends_with(".rs"))
    }
}

/// Runs every check and prints its findings. Returns how many checks passed and failed.
pub fn run(workspace: &Workspace) -> Result<Counts> {
    let tree = Tree::read(workspace)?;
    let allow = |name| Allow::read(workspace, name);
    let checks = [
        ("dependency arrows", arrows::check(workspace.metadata())),
        ("database engines are named only in their rooms", engines::check(&tree)),
        ("length of files", length::check(&tree, &allow("long-files")?)),
        (
            "SQL stands only in queries, stores, commands and jobs",
            sql_places::check(&tree),
        ),
        ("nothing left over", leftovers::check(&tree)),
        (
            "no machine, no secret, no bulk",
            hygiene::check(&tree, &allow("large-files")?),
        ),
        (
            "texts are complete and used",
            texts::check(&tree, &allow("unused-texts")?),
        ),
        (
            "templates hold no script, style or text",
            templates::check(&tree, &allow("template-texts")?),
        ),
        ("migrations are numbered", migrations::check(&tree)),
        ("licences and sources of dependencies", licences::check(workspace)?),
    ];
    let mut counts = Counts::default();
    for (name, findings) in checks {
        if findings.is_empty() {
            counts.passed += 1;
            println!("  ok    {name}");
            continue;
        }
        counts.failed += 1;
        println!("  FAIL  {name}");
        for finding in findings {
            println!("        {finding}");
        }
    }
    for (path, lines) in length::long(&tree) {
        println!("  note  {path} has {lines} lines: over {}", length::LONG);
    }
    Ok(counts)
}

/// The number of the line, from one, in which byte `at` stands.
fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].iter().filter(|&&byte| byte == b'\n').count() + 1
}

/// Where `word` stands in `text` as a whole word: not as a part of a longer identifier.
fn find_word<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).map(|(at, _)| at).filter(move |&at| {
        !text[..at].chars().next_back().is_some_and(is_word)
            && !text[at + word.len()..].chars().next().is_some_and(is_word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole() {
        let found: Vec<usize> = find_word("todo todos _todo (todo)", "todo").collect();
        assert_eq!(found, [0, 18]);
    }

    #[test]
    fn files_know_their_crate() {
        assert_eq!(File::new("crates/db/src/lib.rs", "").house_crate(), "db");
        assert_eq!(File::new("xtask/src/main.rs", "").house_crate(), "xtask");
        assert_eq!(File::new("docs/x.rs", "").house_crate(), "");
        assert!(File::new("crates/db/tests/a.rs", "").is_outer_test());
        assert!(!File::new("crates/db/src/tests.rs", "").is_outer_test());
    }
}
