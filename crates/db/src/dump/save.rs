//! The tables of one snapshot, as lines.

use std::io::{self, Write};

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::schema::{Kind, Table};
use super::value::{hex, to_json};
use super::{DumpError, Progress, quoted};
use crate::engine::Engine;
use crate::statement::SqlText;
use crate::{Error, Tx};

pub(super) struct Writer<'a> {
    pub(super) out: &'a mut dyn Write,
    pub(super) all: Sha256,
    pub(super) table: Sha256,
    /// Why writing failed while rows were coming; the reader of rows knows only errors of the database.
    pub(super) failed: Option<DumpError>,
}

impl Writer<'_> {
    pub(super) fn line(&mut self, mut line: String) -> io::Result<()> {
        line.push('\n');
        self.all.update(&line);
        self.table.update(&line);
        self.out.write_all(line.as_bytes())
    }
}

pub(super) async fn write_table(
    tx: &mut Tx,
    engine: Engine,
    table: &Table,
    writer: &mut Writer<'_>,
    before: u64,
    progress: Progress<'_>,
) -> Result<u64, DumpError> {
    writer.table = Sha256::new();
    writer.line(table_line(table))?;
    let text = select(engine, table);
    let mut rows = 0_u64;
    let statement = SqlText {
        text: &text,
        origin: None,
    };
    tx.each(statement, [], |row| {
        let values = table.columns.iter().enumerate().map(|(i, column)| {
            let value = row.value(i)?;
            to_json(column.kind, value).ok_or_else(|| {
                Error::Engine(format!(
                    "{}.{} does not hold what its type says",
                    table.name, column.name
                ))
            })
        });
        let line = Json::Array(values.collect::<Result<_, Error>>()?);
        if let Err(error) = writer.line(line.to_string()) {
            writer.failed = Some(error.into());
            return Ok(false);
        }
        rows += 1;
        if rows.is_multiple_of(5000) {
            progress(&table.name, before + rows);
        }
        Ok(true)
    })
    .await?;
    if let Some(error) = writer.failed.take() {
        return Err(error);
    }
    let digest = hex(&std::mem::take(&mut writer.table).finalize());
    writer.line(format!(r#"{{"rows":{rows},"digest":"{digest}"}}"#))?;
    progress(&table.name, before + rows);
    Ok(rows)
}

/// Written by hand: the order of the fields is part of the digest.
pub(super) fn table_line(table: &Table) -> String {
    let columns: Vec<Json> = table.columns.iter().map(|c| json!([c.name, c.kind.name()])).collect();
    format!(r#"{{"table":{},"columns":{}}}"#, json!(table.name), json!(columns))
}

/// All rows in the order of the key, compared byte by byte on both engines.
pub(super) fn select(engine: Engine, table: &Table) -> String {
    let names: Vec<String> = table.columns.iter().map(|c| quoted(&c.name)).collect();
    let collation = match engine {
        Engine::Sqlite => "BINARY",
        Engine::Postgres => "\"C\"",
    };
    let order: Vec<String> = table
        .key
        .iter()
        .map(|name| {
            let is_text = table.columns.iter().any(|c| c.name == *name && c.kind == Kind::Text);
            if is_text {
                format!("{} COLLATE {collation}", quoted(name))
            } else {
                quoted(name)
            }
        })
        .collect();
    format!(
        "SELECT {} FROM {} ORDER BY {}",
        names.join(", "),
        quoted(&table.name),
        order.join(", ")
    )
}
