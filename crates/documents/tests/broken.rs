//! Whatever people send is read or refused with its own code; nothing panics.

use std::io::{Cursor, Write};
use std::ops::ControlFlow;

use documents::{Cell, Damage, Format, Limits, Notice, ReadError, ReadOptions, Table, TableFile, read_table};
use jiff::civil::date;
use proptest::prelude::*;
use zip::write::SimpleFileOptions;

fn read(bytes: &[u8], name: &str) -> Result<Table, ReadError> {
    read_table(bytes, name, ReadOptions::default())
}

fn fails(bytes: &[u8]) -> ReadError {
    read(bytes, "x.xlsx").expect_err("refused")
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        writer.start_file(*name, options).expect("a part");
        writer.write_all(content).expect("written");
    }
    writer.finish().expect("an archive").into_inner()
}

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="/xl/worksheets/sheet2.xml"/></Relationships>"#;
const NS: &str = r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;

fn book_xml(sheets: &str) -> String {
    format!(r#"<?xml version="1.0"?><workbook {NS}><sheets>{sheets}</sheets></workbook>"#)
}

/// A workbook of one sheet `Data` (and a second, hidden or not) with the given XML inside `worksheet`.
fn workbook(sheet: &str, second_state: &str, extra: &[(&str, &[u8])]) -> Vec<u8> {
    let book = book_xml(&format!(
        r#"<sheet name="Data" sheetId="1" r:id="rId1"/><sheet name="Lain" sheetId="2" r:id="rId2"{second_state}/>"#
    ));
    let sheet = format!(r#"<?xml version="1.0"?><worksheet {NS}>{sheet}</worksheet>"#);
    let second = format!(r#"<?xml version="1.0"?><worksheet {NS}><sheetData/></worksheet>"#);
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/worksheets/sheet2.xml", second.as_bytes()),
    ];
    parts.extend_from_slice(extra);
    zipped(&parts)
}

fn cell(at: &str, text: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

#[test]
fn files_that_are_no_table_are_named() {
    let wide = |s: &str| s.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let ole = |stream: &str| {
        [
            &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..],
            &[0; 504],
            &wide(stream),
        ]
        .concat()
    };
    let ods: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
    let cases: Vec<(Vec<u8>, ReadError)> = vec![
        (vec![], ReadError::Empty),
        (b" \r\n\t ".to_vec(), ReadError::Empty),
        (b"\xEF\xBB\xBF\r\n".to_vec(), ReadError::Empty),
        (ole("Workbook"), ReadError::OldXls),
        (ole("EncryptedPackage"), ReadError::PasswordProtected),
        (ole("WordDocument"), ReadError::NotATable),
        (zipped(&[("mimetype", ods), ("content.xml", b"<x/>")]), ReadError::Ods),
        (zipped(&[("xl/workbook.bin", b"")]), ReadError::BinaryWorkbook),
        (zipped(&[("word/document.xml", b"<x/>")]), ReadError::NotATable),
        (b"%PDF-1.7 \n".to_vec(), ReadError::NotATable),
        (b"\x89PNG\r\n\x1a\n....".to_vec(), ReadError::NotATable),
        (b"<html><table><tr><td>NIP".to_vec(), ReadError::Html),
        (b"\r\n <TABLE border=1>".to_vec(), ReadError::Html),
        (b"<?xml version='1.0'?><Workbook/>".to_vec(), ReadError::Xml),
        (b"NIP;Nama\x00\x01\x02\x03;x".to_vec(), ReadError::NotATable),
        (vec![b';'; 10], ReadError::NoRows),
    ];
    for (bytes, expected) in cases {
        assert_eq!(
            fails(&bytes),
            expected,
            "{:?}",
            String::from_utf8_lossy(&bytes[..bytes.len().min(20)])
        );
    }
    assert!(matches!(fails(b"PK\x03\x04 broken off"), ReadError::Damaged { .. }));
}

#[test]
fn limits_are_kept() {
    let limits = Limits {
        max_bytes: 1_000,
        max_rows: 3,
        max_columns: 2,
        max_cell_chars: 5,
        max_unzipped: 10_000,
    };
    let options = ReadOptions {
        limits,
        ..Default::default()
    };
    let read = |text: &str| read_table(text.as_bytes(), "x.csv", options);
    assert_eq!(read(&"x".repeat(1_001)), Err(ReadError::TooManyBytes { max: 1_000 }));
    assert_eq!(
        read("a;b\n1;1\n2;2\n3;3\n4;4\n"),
        Err(ReadError::TooManyRows { max: 3 })
    );
    assert_eq!(read("a;b\n1;1;1\n"), Err(ReadError::TooManyColumns { max: 2, row: 2 }));
    assert!(
        read("a;b\n1;1;;;;\n\n;\n2;2\n3;3\n").is_ok(),
        "empty cells and rows do not count"
    );
    let long = read("a;b\n123456;ok\n").expect("read");
    assert_eq!(
        long.rows[0].cells,
        [Cell::TooLong { chars: 6 }, Cell::Text("ok".into())]
    );
}

#[test]
fn zip_bombs_are_refused() {
    let zeros = vec![b' '; 6 * 1024 * 1024];
    let bomb = workbook(
        "<sheetData/>",
        "",
        &[("xl/media/big.bin", &zeros), ("xl/media/big2.bin", &zeros)],
    );
    let limits = Limits {
        max_unzipped: 10 * 1024 * 1024,
        ..Default::default()
    };
    assert!(bomb.len() < 50_000);
    let options = ReadOptions {
        limits,
        ..Default::default()
    };
    assert_eq!(
        read_table(&bomb, "x.xlsx", options),
        Err(ReadError::TooMuchUnpacked {
            max: limits.max_unzipped
        })
    );
    let strings = workbook("<sheetData/>", "", &[("xl/sharedStrings.xml", &zeros)]);
    assert_eq!(
        read_table(&strings, "x.xlsx", options),
        Err(ReadError::TooMuchUnpacked {
            max: limits.max_unzipped
        })
    );
}

#[test]
fn xml_with_entities_or_endless_depth_is_refused() {
    let evil: &[u8] =
        b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><styleSheet>&a;</styleSheet>";
    assert_eq!(
        fails(&workbook("<sheetData/>", "", &[("xl/styles.xml", evil)])),
        ReadError::ForbiddenXml
    );
    let deep = "<a>".repeat(100_000);
    assert!(matches!(fails(&workbook(&deep, "", &[])), ReadError::Damaged { .. }));
    assert!(matches!(
        fails(&workbook("<sheetData><row r=\"1\"><c r=\"A1\">", "", &[])),
        ReadError::Damaged { .. }
    ));
}

#[test]
fn what_a_spreadsheet_did_is_reported() {
    let sheet = format!(
        r#"<cols><col min="3" max="4" hidden="1"/></cols><sheetData>
        <row r="1">{}{}{}</row>
        <row r="2">{}<c r="B2"><v>1.98609262015051E+17</v></c><c r="C2"><f>1+1</f><v>2</v></c></row>
        <row r="3" hidden="1">{}<c r="B3" t="b"><v>1</v></c><c r="C3" t="e"><v>#REF!</v></c><c r="D3"><v>0.1</v></c></row>
        <row r="9"><c r="A9"><v>12</v></c></row>
        </sheetData><mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>"#,
        cell("A1", " Nama  pegawai "),
        cell("B1", "NIP"),
        cell("C1", "Jumlah"),
        cell("A2", "Rani &amp; &lt;b&gt;"),
        cell("A3", "x"),
    );
    let bytes = workbook(
        &sheet,
        r#" state="hidden""#,
        &[("xl/vbaProject.bin", b"x"), ("xl/externalLinks/e.xml", b"<x/>")],
    );
    let table = read(&bytes, "data.csv").expect("read");
    assert_eq!(table.head.header, ["Nama pegawai", "NIP", "Jumlah"]);
    assert_eq!(table.head.format, Format::Xlsx);
    assert_eq!(
        table.head.notices,
        [
            Notice::Macros,
            Notice::ExternalLinks,
            Notice::HiddenSheets {
                names: vec!["Lain".into()]
            },
            Notice::NameMismatch,
            Notice::HiddenRows { count: 1, first: 3 },
            Notice::HiddenColumns { columns: vec![3, 4] },
            Notice::MergedCells {
                count: 1,
                first: "A2:A3".into()
            },
            Notice::Formulas {
                count: 1,
                first: "C2".into()
            },
            Notice::EmptyHeading { column: 4 },
        ]
    );
    let numbers: Vec<(u32, bool)> = table.rows.iter().map(|r| (r.number, r.hidden)).collect();
    assert_eq!(numbers, [(2, false), (3, true), (9, false)]);
    let first = &table.rows[0].cells;
    assert_eq!(first[0], Cell::Text("Rani & <b>".into()));
    assert_eq!(
        first[1],
        Cell::Number {
            text: "198609262015051000".into(),
            rounded: true
        }
    );
    assert_eq!(first[1].damage(), Some(Damage::Rounded));
    assert_eq!(
        first[2],
        Cell::Formula(Box::new(Cell::Number {
            text: "2".into(),
            rounded: false
        }))
    );
    assert_eq!(
        table.rows[1].cells[1..],
        [
            Cell::Bool(true),
            Cell::Error("#REF!".into()),
            Cell::Number {
                text: "0.1".into(),
                rounded: false
            }
        ]
    );
    assert_eq!(table.rows[2].cells.len(), 3, "short rows are filled up to the header");
}

#[test]
fn sheets_are_chosen_and_others_named() {
    let data = format!(
        "<sheetData><row r=\"1\">{}{}</row></sheetData>",
        cell("A1", "a"),
        cell("B1", "b")
    );
    let table = read(&workbook(&data, "", &[]), "x.xlsx").expect("read");
    assert_eq!(
        table.head.notices,
        [Notice::OtherSheets {
            names: vec!["Lain".into()]
        }]
    );
    let hidden = book_xml(r#"<sheet name="Data" sheetId="1" r:id="rId1" state="veryHidden"/>"#);
    let parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("xl/workbook.xml", hidden.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData/></worksheet>"),
    ];
    assert_eq!(fails(&zipped(&parts)), ReadError::NoVisibleSheet);
    assert_eq!(fails(&workbook("<sheetData/>", "", &[])), ReadError::NoRows);
}

#[test]
fn headings_must_be_different() {
    let error = read(b"NIP;Nama;nip \n1;2;3\n", "x.csv").expect_err("refused");
    assert_eq!(
        error,
        ReadError::DuplicateHeading {
            heading: "NIP".into(),
            columns: vec![1, 3]
        }
    );
}

#[test]
fn csv_of_any_make_is_read() {
    let utf16 = |text: &str, big: bool, mark: bool| -> Vec<u8> {
        let units = mark.then_some(0xFEFFu16).into_iter().chain(text.encode_utf16());
        units
            .flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() })
            .collect()
    };
    let text = "NIP;Nama\r\n199103142015032901;René\r\n";
    let cases: Vec<(Vec<u8>, char, &str, bool)> = vec![
        (text.as_bytes().to_vec(), ';', "UTF-8", false),
        ([&b"\xEF\xBB\xBF"[..], text.as_bytes()].concat(), ';', "UTF-8", false),
        (utf16(&text.replace(';', "\t"), false, true), '\t', "UTF-16LE", false),
        (utf16(text, true, true), ';', "UTF-16BE", false),
        (utf16(text, false, false), ';', "UTF-16LE", true),
        (
            b"NIP,Nama\n199103142015032901,Ren\xE9\n".to_vec(),
            ',',
            "Windows-1252",
            true,
        ),
        (
            format!("sep=|\n{}", text.replace(';', "|")).into_bytes(),
            '|',
            "UTF-8",
            false,
        ),
        (
            "NIP,Nama\r\r\n\"199103142015032901\",\"René\"\r".as_bytes().to_vec(),
            ',',
            "UTF-8",
            false,
        ),
    ];
    for (bytes, separator, encoding, guessed) in cases {
        let table = read(&bytes, "x.csv").expect("read");
        assert_eq!(table.head.format, Format::Csv { separator, encoding });
        let notices: &[Notice] = &[Notice::EncodingGuessed {
            encoding: table_encoding(&table),
        }];
        assert_eq!(table.head.notices, if guessed { notices } else { &[] });
        assert_eq!(table.head.header, ["NIP", "Nama"]);
        assert_eq!(
            table.rows[0].cells,
            [Cell::Text("199103142015032901".into()), Cell::Text("René".into())]
        );
    }
}

fn table_encoding(table: &Table) -> &'static str {
    match table.head.format {
        Format::Csv { encoding, .. } => encoding,
        Format::Xlsx => "",
    }
}

#[test]
fn titles_above_the_header_are_passed_over() {
    let text = "Daftar Pegawai;;\nDinas Contoh;;\n\nNo;NIP;Nama\n1;2;3\n";
    let table = read(text.as_bytes(), "x.csv").expect("read");
    assert_eq!(table.head.header, ["No", "NIP", "Nama"]);
    assert_eq!((table.head.header_row, table.rows[0].number), (4, 5));
    assert_eq!(table.head.notices, [Notice::RowsAboveHeader { count: 2 }]);
    let is_header = |row: &[String]| row.iter().any(|h| h == "2");
    let options = ReadOptions {
        is_header: Some(&is_header),
        ..Default::default()
    };
    let table = read_table(text.as_bytes(), "x.csv", options).expect("read");
    assert_eq!((table.head.header_row, table.rows.len()), (5, 0));
}

#[test]
fn dates_are_dates() {
    let styles: &[u8] = br#"<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
    let sheet = format!(
        r#"<sheetData><row r="1">{}{}</row><row r="2"><c r="A2" s="1"><v>46112</v></c><c r="B2" s="1"><v>46112.5</v></c></row>
        <row r="3"><c r="A3" s="1"><v>1E+300</v></c><c r="B3" s="1"><v>-5</v></c></row></sheetData>"#,
        cell("A1", "a"),
        cell("B1", "b"),
    );
    let rels = BOOK_RELS.replace(
        "</Relationships>",
        r#"<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#,
    );
    let book = book_xml(r#"<sheet name="Data" sheetId="1" r:id="rId1"/>"#);
    let sheet = format!(r#"<?xml version="1.0"?><worksheet {NS}>{sheet}</worksheet>"#);
    let bytes = zipped(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", rels.as_bytes()),
        ("xl/styles.xml", styles),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ]);
    let table = read(&bytes, "x.xlsx").expect("read");
    assert_eq!(
        table.rows[0].cells,
        [
            Cell::Date(date(2026, 3, 31)),
            Cell::DateTime(date(2026, 3, 31).at(12, 0, 0, 0))
        ]
    );
    assert!(matches!(&table.rows[1].cells[0], Cell::Number { rounded: true, .. }));
}

#[test]
fn rows_can_be_read_twice_and_stopped() {
    let mut file = TableFile::open(b"a;b\n1;2\n3;4\n5;6\n", "x.csv", ReadOptions::default()).expect("open");
    for _ in 0..2 {
        let mut seen = 0;
        let notices = file
            .for_each_row(|_| {
                seen += 1;
                if seen == 2 {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            })
            .expect("read");
        assert_eq!((seen, notices.len()), (2, 0));
    }
}

#[test]
fn ten_megabytes_of_junk_are_refused_quickly() {
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let junk: Vec<u8> = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    })
    .take(10 * 1024 * 1024 / 8)
    .flatten()
    .collect();
    assert_eq!(fails(&junk), ReadError::NotATable);
    let masked = [b"PK\x03\x04".as_slice(), &junk].concat();
    assert!(matches!(
        fails(&masked),
        ReadError::Damaged { .. } | ReadError::NotATable
    ));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = read(&bytes, "x.xlsx");
    }

    #[test]
    fn random_text_never_panics(text in "[a-z0-9;,\"\t\n\r =+'\u{e9}\u{1F600}]{0,400}") {
        if let Ok(table) = read(text.as_bytes(), "x.csv") {
            prop_assert!(table.rows.iter().all(|row| row.cells.len() >= table.head.header.len()));
        }
    }

    #[test]
    fn a_damaged_workbook_never_panics(edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20), cut in any::<prop::sample::Index>()) {
        let sheet = format!("<sheetData><row r=\"1\">{}{}</row><row r=\"2\"><c r=\"B2\"><f>1</f><v>2</v></c></row></sheetData>", cell("A1", "a"), cell("B1", "b"));
        let mut bytes = workbook(&sheet, "", &[]);
        for (at, value) in edits {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        let _ = read(&bytes, "x.xlsx");
        bytes.truncate(cut.index(bytes.len()));
        let _ = read(&bytes, "x.xlsx");
    }

    #[test]
    fn hostile_sheet_xml_never_panics(inner in "(<(row|c|v|f|is|t|mergeCell|col)( (r|t|s|si|ref|min|max|hidden|spans)=\"(A1|ZZZZZZ9|0|-1|99999999999999999999|shared|s|b|e|str|d|XFD1048576:A1)\"){0,3}/?>|[a-z0-9 ]{0,5}|</(row|c|v|f|is|t)>){0,40}") {
        let _ = read(&workbook(&format!("<sheetData>{inner}</sheetData>"), "", &[]), "x.xlsx");
    }
}
