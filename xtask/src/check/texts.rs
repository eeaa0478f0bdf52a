//! Every text exists in both languages and is used by a page.

use std::collections::{BTreeMap, BTreeSet};

use super::{Tree, find_word};
use crate::allow::Allow;

const CATALOGUES: &str = "crates/i18n/texts/";
const SOURCE: &str = "id";
const TRANSLATION: &str = "en";

/// Compares the catalogues and looks for keys that neither `web` nor `app` uses.
pub fn check(tree: &Tree, allow: &Allow) -> Vec<String> {
    let (source, translation) = (catalogues(tree, SOURCE), catalogues(tree, TRANSLATION));
    let mut findings = Vec::new();
    let names: BTreeSet<&String> = source.keys().chain(translation.keys()).collect();
    for name in names {
        let empty = BTreeMap::new();
        let of = |language: &str, all: &BTreeMap<String, _>| {
            (!all.contains_key(name)).then(|| format!("{CATALOGUES}{language}/{name} is missing"))
        };
        findings.extend(of(SOURCE, &source).into_iter().chain(of(TRANSLATION, &translation)));
        let (first, second) = (
            source.get(name).unwrap_or(&empty),
            translation.get(name).unwrap_or(&empty),
        );
        if first.is_empty() || second.is_empty() {
            continue;
        }
        for key in first.keys().filter(|key| !second.contains_key(*key)) {
            findings.push(format!("{CATALOGUES}{TRANSLATION}/{name}: {key} is missing"));
        }
        for key in second.keys().filter(|key| !first.contains_key(*key)) {
            findings.push(format!("{CATALOGUES}{SOURCE}/{name}: {key} is missing"));
        }
    }
    let unused = unused(tree, &source).into_iter().map(|(name, key)| {
        let message = format!("{CATALOGUES}{SOURCE}/{name}: {key} is used by no page");
        (key, message)
    });
    findings.extend(allow.settle(unused.collect()));
    findings
}

/// Per file name, the messages and terms with the lines of each.
fn catalogues(tree: &Tree, language: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let prefix = format!("{CATALOGUES}{language}/");
    let files = tree
        .files
        .iter()
        .filter_map(|file| Some((file.path.strip_prefix(&prefix)?, file)));
    files
        .filter(|(name, _)| name.ends_with(".ftl"))
        .map(|(name, file)| (name.to_owned(), entries(&file.text())))
        .collect()
}

/// A message begins at the margin with its name and `=`; what is indented or closes a brace belongs to it.
fn entries(text: &str) -> BTreeMap<String, String> {
    let mut entries = BTreeMap::new();
    let mut current: Option<String> = None;
    for line in text.lines() {
        if let Some((key, value)) = entry(line) {
            entries.insert(key.to_owned(), value.to_owned());
            current = Some(key.to_owned());
        } else if line.starts_with('#') {
            current = None;
        } else if let Some(text) = current.as_ref().and_then(|key| entries.get_mut(key)) {
            text.push('\n');
            text.push_str(line);
        }
    }
    entries
}

fn entry(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once('=')?;
    let key = key.trim_end();
    let name = key.strip_prefix('-').unwrap_or(key);
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_name = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    (begins && is_name).then_some((key, value))
}

/// The keys, each with the name of its file, that neither a page nor another text uses.
fn unused(tree: &Tree, source: &BTreeMap<String, BTreeMap<String, String>>) -> Vec<(String, String)> {
    let pages: Vec<_> = tree
        .files
        .iter()
        .filter(|file| matches!(file.house_crate(), "web" | "app"))
        .filter(|file| {
            [".rs", ".html", ".svg", ".txt", ".xml"]
                .iter()
                .any(|ending| file.path.ends_with(ending))
        })
        .map(|file| file.text().into_owned())
        .collect();
    let inside_texts: BTreeSet<String> = source
        .values()
        .flat_map(BTreeMap::values)
        .flat_map(|text| references(text))
        .collect();
    let mut unused = Vec::new();
    for (name, entries) in source {
        for key in entries.keys().filter(|key| !inside_texts.contains(*key)) {
            let function = key.replace('-', "_");
            if !pages.iter().any(|page| calls(page, &function)) {
                unused.push((name.clone(), key.clone()));
            }
        }
    }
    unused
}

/// What a text takes from other texts: `{ key }`, `{ -term }`, `{ -term(case: "x") }`.
fn references(text: &str) -> Vec<String> {
    let name = |placeable: &str| {
        let inner = placeable.trim_start();
        let end = inner
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
            .unwrap_or(inner.len());
        (!inner[..end].is_empty()).then(|| inner[..end].to_owned())
    };
    text.split('{').skip(1).filter_map(name).collect()
}

/// Whether the function of a text is named as one: called, or taken from something.
fn calls(page: &str, function: &str) -> bool {
    find_word(page, function).any(|at| {
        let before = page[..at].chars().next_back();
        matches!(before, Some('.' | ':')) || page[at + function.len()..].trim_start().starts_with(['(', '}'])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "crates/i18n/texts/id/skp.ftl";
    const EN: &str = "crates/i18n/texts/en/skp.ftl";

    fn found(files: &[(&str, &str)], allow: &str) -> Vec<String> {
        check(&Tree::of(files), &Allow::parse("unused-texts", allow))
    }

    #[test]
    fn both_languages_have_the_same_keys() {
        let page = ("crates/web/templates/skp.html", "{{ t.skp_a() }} {{ t.skp_b() }}");
        assert_eq!(
            found(&[(ID, "skp-a = A\nskp-b = B"), (EN, "skp-a = A\nskp-b = B"), page], ""),
            Vec::<String>::new()
        );
        assert_eq!(
            found(&[(ID, "skp-a = A\nskp-b = B"), (EN, "skp-a = A"), page], ""),
            ["crates/i18n/texts/en/skp.ftl: skp-b is missing"]
        );
        assert_eq!(
            found(&[(ID, "skp-a = A"), (EN, "skp-a = A\nskp-b = B"), page], ""),
            ["crates/i18n/texts/id/skp.ftl: skp-b is missing"]
        );
        assert_eq!(
            found(&[(ID, "skp-a = A"), page], ""),
            ["crates/i18n/texts/en/skp.ftl is missing"]
        );
    }

    #[test]
    fn unused_keys_are_found() {
        let text = "# comment = no key\nskp-title = Judul { -skp } { skp-part }\nskp-part = x\n-skp = SKP\nskp-old =\n    .hint = a\n    b = c\n";
        let pages = [
            ("crates/web/src/skp.rs", "texts.skp_title(); let skp_old_x = skp_old_y;"),
            (ID, text),
            (EN, text),
        ];
        assert_eq!(
            found(&pages, ""),
            ["crates/i18n/texts/id/skp.ftl: skp-old is used by no page"]
        );
        assert_eq!(found(&pages, "skp-old"), Vec::<String>::new());
        assert_eq!(
            found(&pages, "skp-old\nskp-title").len(),
            1,
            "an entry that excuses nothing"
        );
    }

    #[test]
    fn a_local_variable_is_no_use() {
        assert!(calls("{{ t.skp_title }}", "skp_title"));
        assert!(calls("{{ skp_title }}", "skp_title"));
        assert!(calls("Texts::skp_title", "skp_title"));
        assert!(!calls("let skp_title = 1;", "skp_title"));
    }
}
