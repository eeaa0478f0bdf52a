//! What the numbered migrations make of the schema, in words that belong to no engine. The embedded engine keeps truth
//! values as numbers and identifiers as bytes, so its own catalogue could not tell; the migrations can.

use std::collections::HashSet;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Uuid,
    Text,
    Int,
    Bool,
    Bytes,
    Float,
}

impl Kind {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Uuid, "uuid"),
        (Self::Text, "text"),
        (Self::Int, "int"),
        (Self::Bool, "bool"),
        (Self::Bytes, "bytes"),
        (Self::Float, "float"),
    ];

    pub(super) fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or("", |(_, name)| *name)
    }

    fn of_token(token: &str) -> Option<Self> {
        let name = token.strip_prefix('{')?.split('}').next()?;
        Self::ALL.iter().find(|(_, n)| *n == name).map(|(kind, _)| *kind)
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
    /// The table and column that it points to.
    pub(super) references: Option<(String, String)>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
    pub(super) key: Vec<String>,
}

impl Table {
    /// Positions of the column that points into the same table and of the one pointed to, if there is one.
    pub(super) fn self_reference(&self) -> Option<(usize, usize)> {
        let from = self
            .columns
            .iter()
            .position(|c| c.references.as_ref().is_some_and(|(t, _)| *t == self.name))?;
        let target = &self.columns.get(from)?.references.as_ref()?.1;
        Some((from, self.columns.iter().position(|c| c.name == *target)?))
    }
}

/// The tables that these migrations make, each after those it points to.
///
/// # Errors
/// A sentence about a statement that this reader does not know; a test keeps that from being released.
pub(super) fn tables<'a>(migrations: impl IntoIterator<Item = &'a str>) -> Result<Vec<Table>, String> {
    let mut tables = Vec::new();
    for text in migrations {
        let plain: Vec<&str> = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("--"))
            .collect();
        for statement in plain.join("\n").split(";\n") {
            let statement = statement.trim().trim_end_matches(';');
            if !statement.is_empty() {
                apply(&mut tables, statement)?;
            }
        }
    }
    in_order(tables)
}

fn apply(tables: &mut Vec<Table>, statement: &str) -> Result<(), String> {
    let words: Vec<&str> = statement.split_whitespace().collect();
    let unknown = || {
        format!(
            "the backup does not understand the migration step `{}`",
            statement.chars().take(80).collect::<String>()
        )
    };
    let upper: Vec<String> = words.iter().take(6).map(|w| w.to_ascii_uppercase()).collect();
    let upper: Vec<&str> = upper.iter().map(String::as_str).collect();
    match upper.as_slice() {
        ["CREATE", "TABLE", ..] => {
            tables.push(create(statement).ok_or_else(unknown)?);
            Ok(())
        }
        ["DROP", "TABLE", name, ..] => {
            tables.retain(|t| !t.name.eq_ignore_ascii_case(name));
            Ok(())
        }
        ["ALTER", "TABLE", name, rest @ ..] => {
            let table = tables
                .iter_mut()
                .find(|t| t.name.eq_ignore_ascii_case(name))
                .ok_or_else(unknown)?;
            match (rest, words.as_slice()) {
                (["ADD", "COLUMN", ..], [_, _, _, _, _, definition @ ..]) => {
                    table.columns.push(column(&definition.join(" ")).ok_or_else(unknown)?);
                    Ok(())
                }
                (["DROP", "COLUMN", ..], [_, _, _, _, _, old, ..]) => {
                    table.columns.retain(|c| c.name != *old);
                    Ok(())
                }
                _ => Err(unknown()),
            }
        }
        ["CREATE", "INDEX", ..]
        | ["CREATE", "UNIQUE", "INDEX", ..]
        | ["DROP", "INDEX", ..]
        | ["INSERT" | "UPDATE" | "DELETE", ..] => Ok(()),
        _ => Err(unknown()),
    }
}

fn create(statement: &str) -> Option<Table> {
    let (head, body) = statement.split_once('(')?;
    let name = head.split_whitespace().last()?.to_owned();
    let (body, _) = body.rsplit_once(')')?;
    let mut table = Table {
        name,
        columns: Vec::new(),
        key: Vec::new(),
    };
    for part in top_level(body) {
        let first = part.split_whitespace().next()?.to_ascii_uppercase();
        match first.as_str() {
            "PRIMARY" => table.key = inside(part)?,
            "UNIQUE" | "CHECK" => {}
            "FOREIGN" | "CONSTRAINT" => return None,
            _ => {
                let column = column(part)?;
                if part.to_ascii_uppercase().contains("PRIMARY KEY") {
                    table.key = vec![column.name.clone()];
                }
                table.columns.push(column);
            }
        }
    }
    (!table.columns.is_empty()).then_some(table)
}

fn column(definition: &str) -> Option<Column> {
    let mut words = definition.split_whitespace();
    let name = words.next()?.to_owned();
    let kind = Kind::of_token(words.next()?)?;
    let references = match definition.split_once("REFERENCES ") {
        Some((_, target)) => Some((
            target.split([' ', '(']).next()?.to_owned(),
            inside(target)?.into_iter().next()?,
        )),
        None => None,
    };
    Some(Column { name, kind, references })
}

/// The names between the first pair of brackets.
fn inside(text: &str) -> Option<Vec<String>> {
    let (_, rest) = text.split_once('(')?;
    let (names, _) = rest.split_once(')')?;
    Some(names.split(',').map(|n| n.trim().to_owned()).collect())
}

/// Cuts at the commas that stand outside brackets.
fn top_level(body: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_i32, 0);
    for (at, c) in body.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(body[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(body[start..].trim());
    parts.retain(|p| !p.is_empty());
    parts
}

fn in_order(mut tables: Vec<Table>) -> Result<Vec<Table>, String> {
    let mut done: HashSet<String> = HashSet::new();
    let mut ordered = Vec::with_capacity(tables.len());
    while !tables.is_empty() {
        let is_ready = |table: &Table| {
            let targets = table.columns.iter().filter_map(|c| c.references.as_ref());
            targets.into_iter().all(|(t, _)| *t == table.name || done.contains(t))
        };
        let Some(next) = tables.iter().position(is_ready) else {
            let names: Vec<_> = tables.iter().map(|t| t.name.as_str()).collect();
            return Err(format!("these tables point to one another: {}", names.join(", ")));
        };
        let table = tables.remove(next);
        done.insert(table.name.clone());
        ordered.push(table);
    }
    Ok(ordered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_migrations_of_the_program_are_understood() {
        let all = tables(crate::migrate::MIGRATIONS.iter().map(|m| m.text)).unwrap();
        let place = |name: &str| all.iter().position(|t| t.name == name).unwrap();
        assert!(place("agency") < place("unit") && place("unit") < place("position"));
        assert!(place("skp") < place("rhk") && place("rhk") < place("iki"));
        let unit = &all[place("unit")];
        assert_eq!(unit.key, ["id"]);
        assert!(unit.self_reference().is_some());
        assert!(
            all.iter().all(|t| !t.key.is_empty()),
            "every table has a key to be ordered by"
        );
        for table in &all {
            let own = table
                .columns
                .iter()
                .filter(|c| c.references.as_ref().is_some_and(|(t, _)| *t == table.name));
            assert!(
                own.count() <= 1,
                "{}: only one reference into the own table is handled",
                table.name
            );
        }
    }

    #[test]
    fn later_steps_change_the_tables() {
        let first = "CREATE TABLE b (\n  id {uuid} PRIMARY KEY,\n  a_id {uuid} NOT NULL REFERENCES a (id),\n  n {int} NOT NULL CHECK (n IN (1, 2)),\n  UNIQUE (a_id, n)\n){table};\n\
                     CREATE TABLE a (\n  id {uuid} PRIMARY KEY,\n  old {text}\n){table};\nCREATE INDEX b_a ON b (a_id);";
        let second =
            "-- expand\nALTER TABLE a ADD COLUMN flag {bool} NOT NULL DEFAULT {false};\nALTER TABLE a DROP COLUMN old;";
        let all = tables([first, second]).unwrap();
        assert_eq!(all.iter().map(|t| t.name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(
            all[0].columns.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(),
            ["id", "flag"]
        );
        assert_eq!(all[1].columns.len(), 3);
        assert!(tables(["VACUUM;"]).is_err());
        let circle = "CREATE TABLE a (x {int} PRIMARY KEY, y {int} REFERENCES b (x));\nCREATE TABLE b (x {int} PRIMARY KEY, y {int} REFERENCES a (x));";
        assert!(tables([circle]).is_err());
    }
}
