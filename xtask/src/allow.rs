//! Lists of exceptions. They may only shrink: an entry that excuses nothing is itself a finding.

use std::collections::BTreeSet;

use anyhow::{Context, Result};

use crate::workspace::Workspace;

/// One file of `xtask/allow/`: an entry a line, `#` begins a comment line.
pub struct Allow {
    name: String,
    entries: Vec<String>,
}

impl Allow {
    /// Reads `xtask/allow/<name>.txt`.
    pub fn read(workspace: &Workspace, name: &str) -> Result<Self> {
        let path = workspace.root.join(format!("xtask/allow/{name}.txt"));
        let text = std::fs::read_to_string(&path).with_context(|| format!("reading xtask/allow/{name}.txt"))?;
        Ok(Self::parse(name, &text))
    }

    /// The list in `text`.
    pub fn parse(name: &str, text: &str) -> Self {
        let entries = text
            .lines()
            .map(str::trim_end)
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        Self {
            name: name.to_owned(),
            entries: entries.map(str::to_owned).collect(),
        }
    }

    /// Its entries.
    pub fn entries(&self) -> &[String] {
        &self.entries
    }

    /// Drops the findings whose key is listed and adds one for every entry that no finding needed.
    ///
    /// `found` holds pairs of a key, as it would stand in the list, and a message.
    pub fn settle(&self, found: Vec<(String, String)>) -> Vec<String> {
        let keys: BTreeSet<&str> = found.iter().map(|(key, _)| key.as_str()).collect();
        let stale: Vec<String> = self
            .entries
            .iter()
            .filter(|entry| !keys.contains(entry.as_str()))
            .map(|entry| self.stale(entry))
            .collect();
        let listed: BTreeSet<&str> = self.entries.iter().map(String::as_str).collect();
        let kept = found.iter().filter(|(key, _)| !listed.contains(key.as_str()));
        kept.map(|(_, message)| message.clone()).chain(stale).collect()
    }

    /// The finding for an entry that is no longer needed.
    pub fn stale(&self, entry: &str) -> String {
        format!("xtask/allow/{}.txt: no longer needed, remove it: {entry}", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_excuses_what_it_names_and_nothing_else() {
        let allow = Allow::parse("x", "# why\n\na\nb\n");
        let found = vec![
            ("a".to_owned(), "a is bad".to_owned()),
            ("c".to_owned(), "c is bad".to_owned()),
        ];
        assert_eq!(
            allow.settle(found),
            ["c is bad", "xtask/allow/x.txt: no longer needed, remove it: b"]
        );
    }
}
