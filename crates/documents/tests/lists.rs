//! Lists are written so that spreadsheets read back exactly what was meant.

use documents::{
    Cell, Column, Kind, Notice, ReadOptions, Separator, Sheet, Template, TemplateColumn, Value, file_stem, read_table,
    write_csv,
};
use jiff::civil::date;
use kernel::Decimal;

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

fn sheet() -> Sheet {
    Sheet::new("Pegawai: 2026/1", "Daftar pegawai", date(2026, 11, 22))
        .note("Unit: Dinas Contoh")
        .column("NIP", 22, Kind::Text)
        .column("Nama", 30, Kind::Text)
        .column("Nilai", 10, Kind::Number { decimals: 2 })
        .column("Jumlah", 10, Kind::Integer)
        .column("TMT", 12, Kind::Date)
}

#[test]
fn a_list_comes_back_as_it_was() {
    let rows = vec![
        vec![
            Value::text("199103142015032901"),
            Value::text("=HYPERLINK(\"http://x\")"),
            Value::Number(decimal("86.42")),
            Value::Integer(1_234_567),
            Value::Date(date(2026, 3, 31)),
        ],
        vec![
            Value::text("000000000000000901"),
            Value::text("Rani\nContohwati \u{1F642}"),
            Value::Number(decimal("1234567890123456.789")),
            Value::Integer(9_007_199_254_740_993),
            Value::Date(date(1850, 1, 1)),
        ],
        vec![
            Value::Empty,
            Value::text("@x"),
            Value::Empty,
            Value::Empty,
            Value::Empty,
        ],
    ];
    let bytes = sheet().write(rows).expect("written");
    let table = read_table(&bytes, "daftar.xlsx", ReadOptions::default()).expect("read");
    assert_eq!(table.head.header, ["NIP", "Nama", "Nilai", "Jumlah", "TMT"]);
    assert_eq!(table.head.sheet, "Pegawai  2026 1");
    assert_eq!(table.head.notices, [Notice::RowsAboveHeader { count: 2 }]);
    let text = |t: &str| Cell::Text(t.to_owned());
    let number = |t: &str| Cell::Number {
        text: t.to_owned(),
        rounded: false,
    };
    assert_eq!(
        table.rows[0].cells,
        [
            text("199103142015032901"),
            text("=HYPERLINK(\"http://x\")"),
            number("86.42"),
            number("1234567"),
            Cell::Date(date(2026, 3, 31)),
        ]
    );
    assert_eq!(
        table.rows[1].cells,
        [
            text("000000000000000901"),
            text("Rani\nContohwati \u{1F642}"),
            text("1234567890123456.789"),
            text("9007199254740993"),
            text("1850-01-01"),
        ]
    );
    assert!(!table.rows.iter().flat_map(|r| &r.cells).any(Cell::is_formula));
}

#[test]
fn the_same_list_gives_a_frozen_header_and_no_formula() {
    let bytes = sheet().write(vec![vec![Value::text("=1+1")]]).expect("written");
    let xml = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(xml.contains("state=\"frozen\""), "{xml}");
    assert!(!xml.contains("<f>"), "{xml}");
    assert!(xml.contains("<autoFilter"), "{xml}");
}

#[test]
fn texts_the_format_cannot_hold_are_cut() {
    let long = "x".repeat(40_000);
    let bytes = sheet()
        .write(vec![vec![Value::text(long), Value::text("a\0b\u{B}c\u{FFFF}")]])
        .expect("written");
    let options = ReadOptions {
        limits: documents::Limits {
            max_cell_chars: 50_000,
            ..Default::default()
        },
        ..Default::default()
    };
    let table = read_table(&bytes, "x.xlsx", options).expect("read");
    let cut = table.rows[0].cells[0].as_text();
    assert!(cut.ends_with('…') && cut.chars().count() <= 32_767);
    assert_eq!(table.rows[0].cells[1].as_text(), "abc");
}

#[test]
fn csv_is_neutralised_and_comes_back() {
    let headings = vec!["NIP".to_owned(), "=Nama".to_owned()];
    let rows = vec![
        vec![Value::text("199103142015032901"), Value::text("=1+1")],
        vec![Value::Integer(-5), Value::text("a;\"b\"\nc")],
        vec![Value::Date(date(2026, 1, 31)), Value::Number(decimal("-1.50"))],
    ];
    for separator in [Separator::Semicolon, Separator::Comma] {
        let bytes = write_csv(&headings, rows.clone(), separator).expect("written");
        assert!(bytes.starts_with(&[0xEF, 0xBB, 0xBF]));
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        assert!(text.contains("\"' =1+1\""), "{text}");
        assert!(
            text.contains("\"-5\"") && text.contains("\"-1.50\""),
            "numbers stay numbers: {text}"
        );
        let table = read_table(&bytes, "x.csv", ReadOptions::default()).expect("read");
        assert_eq!(table.head.notices, []);
        assert_eq!(table.head.header, ["NIP", "=Nama"]);
        assert_eq!(table.rows[0].cells[1], Cell::Text("=1+1".into()));
        assert_eq!(table.rows[1].cells[1], Cell::Text("a;\"b\"\nc".into()));
    }
}

#[test]
fn a_template_has_drop_downs_and_reads_back_without_surprise() {
    let units: Vec<String> = (0..400).map(|i| format!("Unit rekaan nomor {i}")).collect();
    let mut template = Template::new("Impor pegawai", date(2026, 11, 22));
    template.guide = vec!["Isi satu baris untuk satu pegawai.".into(), "=bukan rumus".into()];
    template.columns = vec![
        TemplateColumn::new("NIP", 22, Kind::Text).hint("18 angka"),
        TemplateColumn::new("Status", 12, Kind::Text).choices(["PNS", "PPPK"]),
        TemplateColumn::new("Unit", 40, Kind::Text).choices(units).advisory(),
        TemplateColumn::new("TMT", 12, Kind::Date),
    ];
    let bytes = template.write().expect("written");
    let xml = part(&bytes, "xl/worksheets/sheet1.xml");
    assert_eq!(xml.matches("type=\"list\"").count(), 2, "{xml}");
    assert!(
        xml.contains("\"PNS,PPPK\"") || xml.contains("&quot;PNS,PPPK&quot;"),
        "{xml}"
    );
    assert!(xml.contains("Daftar") && xml.contains("$A$2:$A$401"), "{xml}");
    assert!(
        part(&bytes, "xl/styles.xml").contains("numFmtId=\"49\""),
        "the NIP column is text"
    );
    let options = ReadOptions {
        sheet: Some("data"),
        ..Default::default()
    };
    let table = read_table(&bytes, "templat.xlsx", options).expect("read");
    assert_eq!(table.head.header, ["NIP", "Status", "Unit", "TMT"]);
    assert_eq!((table.head.notices, table.rows), (vec![], vec![]));
}

#[test]
fn file_names_are_safe() {
    assert_eq!(
        file_stem(&["SKP", "2026", "TW4", "Siti Rahma, S.E."]),
        "SKP_2026_TW4_Siti-Rahma-S-E"
    );
    assert_eq!(file_stem(&["Amîn", "../../etc\r\nX: y", "\u{202E}"]), "Amin_etc-X-y");
    assert_eq!(file_stem(&["漢字"]), "dokumen");
    assert!(file_stem(&[&"x".repeat(500)]).len() <= 80);
}

#[test]
fn many_rows_are_written_and_read() {
    let columns = (0..8).map(|i| Column::new(format!("Kolom {i}"), 12, Kind::Text));
    let sheet = columns.fold(Sheet::new("Data", "Uji", date(2026, 1, 1)), |s, c| {
        s.column(c.heading, c.width, c.kind)
    });
    let rows = (0..5_000).map(|i| (0..8).map(|c| Value::text(format!("nilai {i} {c}"))).collect());
    let bytes = sheet.write(rows).expect("written");
    let mut count = 0;
    let head = documents::for_each_row(&bytes, "x.xlsx", ReadOptions::default(), |_| {
        count += 1;
        std::ops::ControlFlow::Continue(())
    })
    .expect("read");
    assert_eq!((count, head.header.len()), (5_000, 8));
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let part = archive.by_name(name).expect("the part");
    std::io::read_to_string(part).expect("text")
}
