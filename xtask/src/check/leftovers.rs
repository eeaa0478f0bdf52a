//! Nothing is left for later in the source.

use super::{Tree, find_word, line_of};
use crate::rust_source::RustSource;

const MACROS: &[&str] = &["todo", "unimplemented", "dbg"];
const MARKS: &[&str] = &["TODO", "FIXME", "XXX"];

/// Finds unfinished code, marks in comments, and lints that were switched off without a reason.
pub fn check(tree: &Tree) -> Vec<String> {
    let mut findings = Vec::new();
    for file in tree.rust() {
        let source = RustSource::split(&file.text());
        let mut add = |line: usize, what: &str| findings.push(format!("{}:{line}: {what}", file.path));
        for name in MACROS {
            for at in find_word(&source.code, name).filter(|&at| source.code[at + name.len()..].starts_with('!')) {
                add(line_of(&source.code, at), &format!("{name}! is left over"));
            }
        }
        for mark in MARKS {
            for at in find_word(&source.comments, mark) {
                add(line_of(&source.comments, at), &format!("{mark} belongs into an issue"));
            }
        }
        for at in find_word(&source.code, "allow").filter(|&at| is_attribute(&source.code[..at])) {
            add(
                line_of(&source.code, at),
                "an allowed lint: use #[expect(lint, reason = \"…\")]",
            );
        }
    }
    findings
}

fn is_attribute(before: &str) -> bool {
    let before = before.trim_end();
    let Some(before) = before.strip_suffix('[') else {
        return false;
    };
    let before = before.trim_end();
    before.strip_suffix('!').unwrap_or(before).trim_end().ends_with('#')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> usize {
        check(&Tree::of(&[("crates/skp/src/model.rs", source)])).len()
    }

    #[test]
    fn leftovers_are_found() {
        assert_eq!(found("fn f() { todo!() }"), 1);
        assert_eq!(found("fn f() { unimplemented!(\"later\") }"), 1);
        assert_eq!(found("let x = dbg!(y);"), 1);
        assert_eq!(found("// TODO: later\n/* FIXME */\n/// XXX\n"), 3);
        assert_eq!(found("#[allow(dead_code)]\n#![allow(x)]\n"), 2);
    }

    #[test]
    fn what_only_looks_like_one_is_not() {
        assert_eq!(
            found("fn todo() { allow(todo); } // a todo list, TODOS\nconst T: &str = \"TODO dbg!\";"),
            0
        );
        assert_eq!(found("#[expect(dead_code, reason = \"…\")]\nlet [allow] = x;"), 0);
    }
}
