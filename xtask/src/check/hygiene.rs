//! What must never be committed: paths of one machine, hosts of a registry, private keys, bulk.

use super::{File, Tree};
use crate::allow::Allow;

/// In two halves, so that this file is not its own finding.
const FORBIDDEN: &[(&str, &str, &str)] = &[
    ("/wo", "rk/", "a path of one machine"),
    ("/fa", "rm/", "a path of one machine"),
    ("/ro", "ot/", "a path of one machine"),
    ("index.crates", ".io", "the host of a registry"),
    ("static.crates", ".io", "the host of a registry"),
    ("registry.npmjs", ".org", "the host of a registry"),
    ("files.pythonhosted", ".org", "the host of a registry"),
    ("deb.debian", ".org", "the host of a registry"),
];
const KEY_BEGIN: &str = "-----BEGIN ";
const KEY_END: &str = "PRIVATE KEY";
/// Bytes that a committed file may have.
const LARGE: usize = 300_000;

/// Looks at every file of any kind. The lock file is left out: cargo writes it.
pub fn check(tree: &Tree, allow: &Allow) -> Vec<String> {
    let files = || tree.files.iter().filter(|file| file.path != "Cargo.lock");
    let large = files().filter(|file| file.bytes.len() > LARGE);
    let mut findings = allow.settle(
        large
            .map(|file| {
                (
                    file.path.clone(),
                    format!("{}: {} bytes, {LARGE} at most", file.path, file.bytes.len()),
                )
            })
            .collect(),
    );
    for file in files() {
        findings.extend(lines(file).flat_map(|(number, line)| {
            let reasons = reasons(&line);
            reasons
                .into_iter()
                .map(move |reason| format!("{}:{number}: {reason}", file.path))
        }));
    }
    findings
}

fn lines(file: &File) -> impl Iterator<Item = (usize, String)> {
    let lines = file.bytes.split(|&byte| byte == b'\n').enumerate();
    lines.map(|(number, line)| (number + 1, String::from_utf8_lossy(line).into_owned()))
}

fn reasons(line: &str) -> Vec<String> {
    let mut reasons: Vec<String> = FORBIDDEN
        .iter()
        .filter(|(first, second, _)| line.contains(&format!("{first}{second}")))
        .map(|(first, second, reason)| format!("{reason} ({first}{second})"))
        .collect();
    if line
        .split_once(KEY_BEGIN)
        .is_some_and(|(_, rest)| rest.contains(KEY_END))
    {
        reasons.push("a private key".to_owned());
    }
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machine_paths_hosts_keys_and_bulk_are_found() {
        let path = format!("see /wo{}shared", "rk/");
        let host = format!("url = https://index.crates{}", ".io");
        let key = format!("{KEY_BEGIN}RSA {KEY_END}-----");
        let bulk = "x".repeat(LARGE + 1);
        let tree = Tree::of(&[
            ("docs/a.md", &format!("fine\n{path}\n")),
            ("b.toml", &host),
            ("c.pem", &key),
            ("d.csv", &bulk),
            ("Cargo.lock", &host),
            ("fine.md", "the network/ of the framework/ -----BEGIN PUBLIC KEY-----"),
        ]);
        let found = check(&tree, &Allow::parse("large-files", ""));
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found[0].starts_with("d.csv: 300001 bytes"));
        assert!(found[1].starts_with("docs/a.md:2: a path of one machine"));
        assert!(found[2].starts_with("b.toml:1: the host of a registry"));
        assert_eq!(found[3], "c.pem:1: a private key");
        assert_eq!(check(&tree, &Allow::parse("large-files", "d.csv")).len(), 3);
    }
}
