//! Lines back into tables, inside one open transaction.

use std::io::{self, BufRead};

use kernel::Value;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::save::table_line;
use super::schema::{Column, Table};
use super::value::{from_json, hex};
use super::{BATCH, DumpError, LINE_LIMIT, Made, Parts, Progress, quoted};
use crate::Tx;
use crate::statement::SqlText;

pub(super) struct Lines<'a> {
    pub(super) input: &'a mut dyn BufRead,
    pub(super) number: u64,
    pub(super) text: Vec<u8>,
}

impl Lines<'_> {
    /// The next line, in `self.text`.
    pub(super) fn next(&mut self) -> Result<(), DumpError> {
        self.number += 1;
        self.text.clear();
        let read = io::Read::take(&mut *self.input, LINE_LIMIT).read_until(b'\n', &mut self.text);
        match read {
            Ok(_) if self.text.ends_with(b"\n") => Ok(()),
            Ok(_) => Err(self.damaged("it ends here")),
            Err(error) => Err(self.damaged(&error.to_string())),
        }
    }

    pub(super) fn json(&mut self) -> Result<Json, DumpError> {
        self.next()?;
        serde_json::from_slice(&self.text).map_err(|_| self.damaged("not a line of JSON"))
    }

    pub(super) fn damaged(&self, what: &str) -> DumpError {
        DumpError::Damaged {
            line: self.number,
            what: what.to_owned(),
        }
    }
}

pub(super) async fn load(
    tx: &mut Tx,
    parts: &Parts,
    lines: &mut Lines<'_>,
    progress: Progress<'_>,
) -> Result<Made, DumpError> {
    let tables = &parts.kept;
    let mut full = Vec::new();
    for table in tables {
        let text = format!("SELECT 1 FROM {} LIMIT 1", quoted(&table.name));
        let mut found = false;
        let statement = SqlText {
            text: &text,
            origin: None,
        };
        tx.each(statement, [], |_| {
            found = true;
            Ok(false)
        })
        .await?;
        if found {
            full.push(table.name.clone());
        }
    }
    if !full.is_empty() {
        return Err(DumpError::NotEmpty { tables: full });
    }
    for table in &parts.left_out {
        let text = format!("DELETE FROM {}", quoted(&table.name));
        tx.exec(
            SqlText {
                text: &text,
                origin: None,
            },
            [],
        )
        .await?;
    }
    let mut all = Sha256::new();
    let mut made = Made {
        tables: tables.len(),
        ..Made::default()
    };
    for table in tables {
        made.rows += load_table(tx, table, lines, &mut all, made.rows, progress).await?;
    }
    made.digest = hex(&all.finalize());
    let end = lines.json()?;
    if end["end"] != "database" || end["digest"] != made.digest.as_str() {
        return Err(lines.damaged("the digest of the whole content does not fit"));
    }
    Ok(made)
}

pub(super) async fn load_table(
    tx: &mut Tx,
    table: &Table,
    lines: &mut Lines<'_>,
    all: &mut Sha256,
    before: u64,
    progress: Progress<'_>,
) -> Result<u64, DumpError> {
    let mut own = Sha256::new();
    lines.next()?;
    if lines.text.trim_ascii_end() != table_line(table).as_bytes() {
        return Err(lines.damaged(&format!("the table {} should begin here", table.name)));
    }
    all.update(&lines.text);
    own.update(&lines.text);
    let insert = insert(table);
    let insert = SqlText {
        text: &insert,
        origin: None,
    };
    let family = table.self_reference();
    let (mut rows, mut count) = (Vec::new(), 0_u64);
    loop {
        let line = lines.json()?;
        all.update(&lines.text);
        let Json::Array(values) = line else {
            let digest = hex(&std::mem::take(&mut own).finalize());
            if line["rows"] != count || line["digest"] != digest.as_str() {
                return Err(lines.damaged(&format!("the rows of {} are not those that were saved", table.name)));
            }
            break;
        };
        own.update(&lines.text);
        rows.push(row(&table.columns, &values).ok_or_else(|| lines.damaged("a row that does not fit its table"))?);
        count += 1;
        if family.is_none() && rows.len() >= BATCH {
            tx.exec_many(insert, &rows).await?;
            rows.clear();
            progress(&table.name, before + count);
        }
    }
    if let Some((from, to)) = family {
        rows = parents_first(rows, from, to);
    }
    for batch in rows.chunks(BATCH) {
        tx.exec_many(insert, batch).await?;
    }
    progress(&table.name, before + count);
    Ok(count)
}

pub(super) fn insert(table: &Table) -> String {
    let names: Vec<String> = table.columns.iter().map(|c| quoted(&c.name)).collect();
    let places: Vec<String> = (1..=names.len()).map(|n| format!("${n}")).collect();
    format!(
        "INSERT INTO {} ({}) VALUES ({})",
        quoted(&table.name),
        names.join(", "),
        places.join(", ")
    )
}

pub(super) fn row(columns: &[Column], values: &[Json]) -> Option<Vec<Value>> {
    if columns.len() != values.len() {
        return None;
    }
    columns
        .iter()
        .zip(values)
        .map(|(column, value)| from_json(column.kind, value))
        .collect()
}

/// Orders the rows of a table that points into itself, so that each comes after the one it points to. Rows of a circle
/// come last, where the engine refuses them.
pub(super) fn parents_first(rows: Vec<Vec<Value>>, from: usize, to: usize) -> Vec<Vec<Value>> {
    use std::collections::HashMap;
    let mut place: HashMap<String, usize> = HashMap::new();
    for (i, row) in rows.iter().enumerate() {
        place.insert(format!("{:?}", row[to]), i);
    }
    let mut children: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut order = Vec::with_capacity(rows.len());
    for (i, row) in rows.iter().enumerate() {
        match place.get(&format!("{:?}", row[from])) {
            Some(parent) if *parent != i && row[from] != Value::Null => children.entry(*parent).or_default().push(i),
            _ => order.push(i),
        }
    }
    let mut next = 0;
    while let Some(parent) = order.get(next).copied() {
        order.extend(children.remove(&parent).unwrap_or_default());
        next += 1;
    }
    let mut circle: Vec<usize> = children.into_values().flatten().collect();
    circle.sort_unstable();
    order.extend(circle);
    let mut rows: Vec<Option<Vec<Value>>> = rows.into_iter().map(Some).collect();
    order
        .into_iter()
        .filter_map(|i| rows.get_mut(i).and_then(Option::take))
        .collect()
}
