//! Migrations are numbered without gaps: two branches that add one each must notice.

use std::collections::BTreeMap;

use super::Tree;

/// Looks into every directory called `migrations`.
pub fn check(tree: &Tree) -> Vec<String> {
    let mut directories: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for file in &tree.files {
        if let Some((directory, name)) = file.path.rsplit_once('/')
            && directory.rsplit('/').next() == Some("migrations")
        {
            directories.entry(directory).or_default().push(name);
        }
    }
    let mut findings = Vec::new();
    for (directory, mut names) in directories {
        names.sort_unstable();
        let mut expected = 1;
        for name in names {
            let Some(number) = number(name) else {
                findings.push(format!("{directory}/{name}: a migration is called NNNN_name.sql"));
                continue;
            };
            if number != expected {
                findings.push(format!("{directory}/{name}: number {expected:04} was expected here"));
            }
            expected = number + 1;
        }
    }
    findings
}

fn number(name: &str) -> Option<u32> {
    let (number, rest) = name.strip_suffix(".sql")?.split_once('_')?;
    let digits = number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    let plain = !rest.is_empty()
        && rest
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if digits && plain { number.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(names: &[&str]) -> usize {
        let paths: Vec<String> = names.iter().map(|name| format!("migrations/{name}")).collect();
        check(&Tree::of(
            &paths.iter().map(|path| (path.as_str(), "")).collect::<Vec<_>>(),
        ))
        .len()
    }

    #[test]
    fn gaps_duplicates_and_odd_names_are_found() {
        assert_eq!(found(&["0001_base.sql", "0002_skp_2.sql"]), 0);
        assert_eq!(found(&["0001_base.sql", "0003_skp.sql"]), 1, "a gap");
        assert_eq!(found(&["0001_base.sql", "0001_skp.sql"]), 1, "a number twice");
        assert_eq!(found(&["0002_base.sql"]), 1, "does not begin with one");
        assert_eq!(found(&["1_base.sql"]), 1);
        assert_eq!(found(&["0001_Base.sql"]), 1);
        assert_eq!(found(&["0001_base.sql", "notes.txt"]), 1);
    }
}
