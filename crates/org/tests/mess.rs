//! A real-world mess, as text and as a workbook: every row is told what is wrong with it.

mod world;

use db::Db;
use org::import::{self, Column, FindingKind as F, Mode, Report};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use testkit::on_each_engine;
use world::empty;
use world::lists::{HEAD, clean, line, names, run};

/// The mess: each row with the one thing that it must be told.
fn mess() -> Vec<(String, Option<(Column, F)>)> {
    use Column as C;
    let ok = [
        "199104042015031904",
        "Agus Salim",
        "",
        "",
        "",
        "",
        "",
        "III/a",
        "1.01",
        "",
        "",
        "Staf",
        "",
        "",
        "",
        "",
        "",
        "",
    ];
    let mut n = 910;
    let mut with = |changes: &[(usize, &str)]| {
        let mut cells = ok;
        n += 1;
        let number = format!("199104042015031{n}");
        cells[0] = &number;
        for (at, value) in changes {
            cells[*at] = value;
        }
        line(cells)
    };
    vec![
        (
            with(&[(0, "1,99104042015031E+17")]),
            Some((C::Number, F::NumberScientific)),
        ),
        (
            with(&[(0, "199104042015031000")]),
            Some((C::Number, F::NumberTrailingZeros)),
        ),
        (with(&[(0, "19910404201503190")]), Some((C::Number, F::NumberLength))),
        (
            with(&[(0, "199113042015031905")]),
            Some((C::Number, F::NumberBirthDate)),
        ),
        (with(&[(0, "199104042015033905")]), Some((C::Number, F::NumberSexDigit))),
        (with(&[(0, "199104042015201905")]), Some((C::Number, F::NumberCode))),
        (
            with(&[(0, "199104041995031905")]),
            Some((C::Number, F::NumberImplausible)),
        ),
        (with(&[(4, "05/04/1991")]), Some((C::BirthDate, F::NumberBirthDiffers))),
        (with(&[(5, "P")]), Some((C::Sex, F::NumberSexDiffers))),
        (with(&[(6, "PPPK"), (7, "")]), Some((C::Kind, F::NumberKindDiffers))),
        (
            with(&[(0, "19800101 200501 1 901")]),
            Some((C::Name, F::NumberOtherName)),
        ),
        (with(&[(0, "")]), Some((C::Number, F::NumberMissing))),
        (with(&[(1, "")]), Some((C::Name, F::NameMissing))),
        (with(&[(1, "Andi\u{202E}inA")]), Some((C::Name, F::TextForbidden))),
        (with(&[(1, "AndrÃ© Putra")]), Some((C::Name, F::TextMojibake))),
        (
            with(&[(11, &"x".repeat(201))]),
            Some((C::PositionTitle, F::TextTooLong)),
        ),
        (with(&[(8, "9.99")]), Some((C::UnitCode, F::UnitUnknown))),
        (with(&[(8, "1/01")]), Some((C::UnitCode, F::UnitCodeInvalid))),
        (with(&[(8, "")]), Some((C::UnitCode, F::UnitMissing))),
        (
            with(&[(8, "2.01"), (9, "Kantor A"), (10, "2.02")]),
            Some((C::ParentCode, F::UnitCycle)),
        ),
        (
            with(&[(8, "2.02"), (9, "Kantor B"), (10, "2.01")]),
            Some((C::ParentCode, F::UnitCycle)),
        ),
        (
            with(&[(8, "2.03"), (9, "Kantor C"), (10, "2.03")]),
            Some((C::ParentCode, F::UnitOwnParent)),
        ),
        (
            with(&[(8, "2.04"), (9, "Kantor D"), (10, "8.88")]),
            Some((C::ParentCode, F::UnitParentUnknown)),
        ),
        (
            with(&[(8, "2.05"), (9, "Kantor E")]),
            Some((C::ParentCode, F::UnitParentMissing)),
        ),
        (
            with(&[(9, "Dinas Kesehatan Baru")]),
            Some((C::UnitName, F::UnitRenamed)),
        ),
        (with(&[(9, "Dinas Lain")]), Some((C::UnitName, F::UnitNameConflict))),
        (with(&[(10, "1")]), None),
        (with(&[(10, "1.01.1")]), Some((C::ParentCode, F::UnitParentConflict))),
        (with(&[(11, "")]), Some((C::PositionTitle, F::PositionMissing))),
        (with(&[(8, "1.01.1"), (14, "Ya")]), None),
        (with(&[(8, "1.01.1"), (14, "Ya")]), Some((C::IsHead, F::HeadTwice))),
        (with(&[(8, "1"), (14, "Ya")]), Some((C::IsHead, F::HeadOccupied))),
        (with(&[(7, "V/z")]), Some((C::Grade, F::GradeUnknown))),
        (with(&[(7, "IX")]), Some((C::Grade, F::GradeNotForPns))),
        (
            with(&[(0, "199104042024211905"), (7, "III/a")]),
            Some((C::Grade, F::GradeNotForPppk)),
        ),
        (with(&[(15, "31/02/2025")]), Some((C::PositionFrom, F::DateImpossible))),
        (with(&[(15, "01/02/25")]), Some((C::PositionFrom, F::DateTwoDigitYear))),
        (with(&[(15, "kemarin")]), Some((C::PositionFrom, F::DateInvalid))),
        (with(&[(15, "01/02/1875")]), Some((C::PositionFrom, F::DateOutOfRange))),
        (with(&[(4, "01/02/2027")]), Some((C::BirthDate, F::BirthTooLate))),
        (with(&[(5, "X")]), Some((C::Sex, F::ValueUnknown))),
        (
            with(&[(12, "Struktural"), (13, "Ahli Muda")]),
            Some((C::Level, F::LevelMismatch)),
        ),
        (with(&[(16, "agus(at)uji")]), Some((C::Email, F::EmailInvalid))),
        (with(&[(16, "agus@uji.go.id")]), None),
        (with(&[(16, "AGUS@uji.go.id")]), Some((C::Email, F::EmailTwice))),
        (with(&[(16, "budi@uji.go.id")]), Some((C::Email, F::EmailTaken))),
        (
            with(&[
                (0, "199003032023211903"),
                (1, "Ni Luh Ayu"),
                (7, ""),
                (11, "Perawat Senior"),
            ]),
            Some((C::PositionTitle, F::PlacementTooEarly)),
        ),
        (
            with(&[(0, "198502022010012902"), (1, "Siti Aminah"), (7, ""), (17, "Pensiun")]),
            Some((C::Status, F::PersonLeft)),
        ),
        (
            with(&[(0, "198502022010012902"), (1, "Siti Aminah"), (7, "")]),
            Some((C::Number, F::NumberTwice)),
        ),
        (HEAD.replace(";Hobi", ";x"), None),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mess_is_told_row_by_row_and_what_is_good_of_it_is_taken_once() {
    on_each_engine(async |db: Db| {
        let w = empty(&db).await;
        run(&db, &w.ctx, w.agency, "a.csv", clean().as_bytes(), Mode::Apply)
            .await
            .expect("applied");
        let mess = mess();
        let text = format!(
            "{HEAD}\n{}\n",
            mess.iter().map(|(l, _)| l.as_str()).collect::<Vec<_>>().join("\n")
        );
        let report = run(&db, &w.ctx, w.agency, "b.csv", text.as_bytes(), Mode::Apply)
            .await
            .expect("readable");
        let mut kinds = std::collections::BTreeSet::new();
        for (row, (source, expected)) in (2u32..).zip(&mess) {
            let found: Vec<_> = report.of_row("", row).map(|f| (f.column, f.kind)).collect();
            match expected {
                // both placements begin today: a move needs a later day
                Some((_, F::PlacementTooEarly)) => {
                    assert!(found.iter().any(|(_, k)| *k == F::PlacementTooEarly), "{row}")
                }
                Some((column, kind)) => {
                    kinds.insert(*kind);
                    assert!(
                        found.contains(&(Some(*column), *kind)),
                        "row {row} {kind}: {found:?}\n{source}"
                    );
                }
                None => assert!(
                    found.iter().all(|(_, k)| k.severity() != import::Severity::Error),
                    "{row}: {found:?}"
                ),
            }
        }
        assert!(kinds.len() >= 40, "{} kinds", kinds.len());
        assert!(
            report
                .of_row("", 0)
                .any(|f| f.kind == F::UnknownColumn && f.value == "Hobi")
        );
        assert!(
            report.of_row("", 51).any(|f| f.kind == F::RowRepeatsHeader),
            "{:?}",
            report.of_row("", 51).collect::<Vec<_>>()
        );
        assert_eq!(report.new + report.changed + report.same + report.rejected, report.rows);
        assert!(
            report.rejected >= 25 && report.new >= 8,
            "{} {}",
            report.rejected,
            report.new
        );

        let rejected = import::rejected_rows(text.as_bytes(), "b.csv", &report).expect("readable");
        assert_eq!(rejected.len(), 1);
        assert_eq!(rejected[0].rows.len() as u64, report.rejected);
        assert!(
            rejected[0]
                .rows
                .iter()
                .all(|r| !r.reasons.is_empty() && r.cells.len() == rejected[0].header.len())
        );
        assert_eq!(
            rejected[0].rows[0].cells[1], "1,99104042015031E+17",
            "as it stands in the file"
        );

        let again = run(&db, &w.ctx, w.agency, "b.csv", text.as_bytes(), Mode::Apply)
            .await
            .expect("readable");
        assert!(again.changes_nothing(), "{:#?}", again.kinds());
        let stored = Report::from_json(&report.to_json());
        assert_eq!(stored, report);
        assert_eq!(db.integrity_problems().await.expect("checked"), Vec::<String>::new());
    })
    .await;
}

/// A workbook with sheets of units, positions and people, and what spreadsheets do to values.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let units = book.add_worksheet();
    units.set_name("Unit").expect("a name");
    for (row, cells) in [
        ["Kode", "Nama", "Induk"],
        ["1", "Pemerintah Kota Uji", ""],
        ["1.01", "Dinas Arsip", "1"],
    ]
    .iter()
    .enumerate()
    {
        for (column, text) in cells.iter().enumerate() {
            units.write_string(row as u32, column as u16, *text).expect("written");
        }
    }
    let seats = book.add_worksheet();
    seats.set_name("Jabatan").expect("a name");
    for (row, cells) in [
        ["Kode", "Nama", "Kode Unit", "Kepala Unit"],
        ["K1", "Kepala Dinas Arsip", "1.01", "Ya"],
        ["K2", "Arsiparis", "1.01", "Tidak"],
    ]
    .iter()
    .enumerate()
    {
        for (column, text) in cells.iter().enumerate() {
            seats.write_string(row as u32, column as u16, *text).expect("written");
        }
    }
    let people = book.add_worksheet();
    people.set_name("Pegawai").expect("a name");
    let head = ["NIP", "Nama", "Kode Unit", "Jabatan", "Kode Jabatan", "TMT Jabatan", ""];
    for (column, text) in head.iter().enumerate() {
        people.write_string(0, column as u16, *text).expect("written");
    }
    let rows: [[&str; 5]; 8] = [
        ["199104042015031921", "Agus Salim", "1.01", "Kepala Dinas Arsip", "K1"],
        ["199104042015031922", "Budi Setiawan", "1.01", "Arsiparis", "K2"],
        ["", "Cahya Dewi", "1.01", "Arsiparis", "K2"],
        ["199104042015031924", "Dian Sari", "1.01", "Arsiparis", "K2"],
        ["199104042015031925", "", "1.01", "Arsiparis", "K2"],
        ["199104042015031926", "Fajar Ali", "1.01", "Arsiparis", "K2"],
        ["199104042015031927", "Gita Putri", "1", "Arsiparis", "K2"],
        ["'199104042015031928", "Hadi Jaya", "1.01", "Arsiparis", "K2"],
    ];
    let date = Format::new().set_num_format("dd/mm/yyyy");
    for (row, cells) in (1u32..).zip(rows) {
        for (column, text) in (0u16..).zip(cells) {
            people.write_string(row, column, text).expect("written");
        }
        people
            .write_datetime_with_format(row, 5, ExcelDateTime::from_ymd(2024, 3, 1).expect("a day"), &date)
            .expect("written");
    }
    people.write_number(3, 0, 199_104_042_015_031_923.0).expect("written");
    people
        .write_formula(5, 1, Formula::new("=REF!A1").set_result("#REF!"))
        .expect("written");
    people
        .write_formula(4, 1, Formula::new("=\"Dian \"&\"Sari\"").set_result("Dian Sari"))
        .expect("written");
    people.set_row_hidden(6).expect("hidden");
    people.write_string(7, 6, "catatan").expect("written");
    people
        .merge_range(9, 0, 9, 2, "Jumlah", &Format::new())
        .expect("merged");
    let hidden = book.add_worksheet();
    hidden
        .set_name("Rahasia")
        .expect("a name")
        .write_string(0, 0, "x")
        .expect("written");
    hidden.set_hidden(true);
    book.save_to_buffer().expect("a workbook")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_of_three_sheets_with_what_spreadsheets_do() {
    on_each_engine(async |db: Db| {
        let w = empty(&db).await;
        let bytes = workbook();
        let report = run(&db, &w.ctx, w.agency, "a.xlsx", &bytes, Mode::Apply)
            .await
            .expect("readable");
        let of = |row: u32| report.of_row("Pegawai", row).map(|f| f.kind).collect::<Vec<_>>();
        assert_eq!(of(2), []);
        assert_eq!(of(4), [F::NumberRounded]);
        assert_eq!(of(5), [F::CellFormula]);
        assert!(
            of(6).iter().any(|k| matches!(k, F::CellError | F::NameMissing)),
            "{:?}",
            of(6)
        );
        assert_eq!(of(7), [F::RowHidden]);
        assert_eq!(of(8), [F::PositionElsewhere]);
        assert_eq!(of(9), [], "an apostrophe keeps the digits");
        assert!(
            of(10).contains(&F::NumberLength),
            "a sum below the table is no person: {:?}",
            of(10)
        );
        for kind in [
            F::HiddenSheets,
            F::HiddenRows,
            F::MergedCells,
            F::Formulas,
            F::EmptyHeading,
        ] {
            assert!(of(0).contains(&kind), "{kind}: {:?}", of(0));
        }
        assert_eq!(
            names(&db, w.agency).await,
            ["Agus Salim", "Budi Setiawan", "Dian Sari", "Fajar Ali", "Hadi Jaya"]
        );
        assert_eq!((report.units_new, report.positions_new, report.people_new), (2, 2, 5));
        let again = run(&db, &w.ctx, w.agency, "a.xlsx", &bytes, Mode::Apply)
            .await
            .expect("readable");
        assert!(again.changes_nothing(), "{again:#?}");
    })
    .await;
}
