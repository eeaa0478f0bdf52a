//! Documents that leave and enter the house: lists as XLSX and CSV, tables that people import, and what a printed
//! form is.
//!
//! This crate knows nothing of the domain. A list is columns and rows with headings that the caller gives
//! ([`Sheet`], [`Template`], [`write_csv`]); an import is a table of [`Cell`]s with [`Notice`]s about everything that
//! a spreadsheet may have done to the values ([`TableFile`], [`read_table`]); a printed form is plain text in the
//! order of the legal layout ([`PrintedForm`]), which a [`FormEngine`] turns into a PDF. The engine lives in the crate
//! `pdf`, reached only from the executable; [`NoEngine`] stands in where it was not built.

mod print;
mod read;
mod write;

pub use print::{
    Annex, Approach, Behaviour, Contested, Curve, DokumenEvaluasiForm, EvaluasiForm, EvaluationPeriod, Family,
    Feedback, FormEngine, Frame, Iki, NoEngine, Paper, Party, PrintError, PrintedForm, Rhk, Signatures, Signer,
    SkpForm, UnitLabel,
};
pub use read::{
    Cell, Damage, Format, Head, Limits, Notice, ReadError, ReadOptions, Row, Table, TableFile, for_each_row, read_table,
};
pub use write::{
    Column, Kind, Separator, Sheet, Template, TemplateColumn, Value, WriteError, file_stem, neutralise, restore,
    write_csv,
};
