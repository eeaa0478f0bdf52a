//! Staff lists as they come: a clean one, a real-world mess, and the same again. All people and numbers are made up.

mod world;

use db::Db;
use jobs::Worker;
use kernel::{AgencyId, Ctx};
use org::import::{self, Column, FindingKind as F, ImportError, ImportState, Mode, Report, run_file};
use org::queries::{self, EmployeeFilter};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use testkit::on_each_engine;
use world::{admin, empty, permit};

const HEAD: &str = "No;NIP;NAMA ;Gelar Depan;Gelar Belakang;Tgl. Lahir;JK;Jenis Pegawai;Golongan;Kode Unit;Unit Kerja;\
                    Kode Unit Induk;Jabatan;Jenis Jabatan;Jenjang;Kepala Unit;TMT Jabatan;E-mail;Status;Hobi";

async fn run(
    db: &Db,
    ctx: &Ctx,
    agency: AgencyId,
    name: &str,
    bytes: &[u8],
    mode: Mode,
) -> Result<Report, ImportError> {
    run_file(db, ctx, &permit(agency), bytes, name, mode, &mut |_| true).await
}

async fn names(db: &Db, agency: AgencyId) -> Vec<String> {
    let scope = policy::Scope::unscoped(agency);
    let page = db::read!(db, async |tx| queries::employees(
        tx,
        &scope,
        &EmployeeFilter::default(),
        None
    )
    .await);
    page.expect("readable")
        .0
        .rows
        .into_iter()
        .map(|r| r.full_name)
        .collect()
}

/// Columns in the order of [`HEAD`], without number and hobby.
fn line(cells: [&str; 18]) -> String {
    format!("1;{};berkebun", cells.join(";"))
}

fn clean() -> String {
    let rows = [
        line([
            "19800101 200501 1 901",
            "Budi Santoso",
            "Drs.",
            "M.Si.",
            "01/01/1980",
            "L",
            "PNS",
            "IV/b",
            "1",
            "Pemerintah Kota Uji",
            "",
            "Sekretaris Daerah",
            "Struktural",
            "JPT Pratama",
            "Ya",
            "02/01/2024",
            "budi@uji.go.id",
            "Aktif",
        ]),
        line([
            "198502022010012902",
            "Siti Aminah",
            "",
            "S.E.",
            "1985-02-02",
            "P",
            "PNS",
            "III/d",
            "1.01",
            "Dinas Kesehatan",
            "1",
            "Kepala Dinas",
            "Struktural",
            "JPT Pratama",
            "Ya",
            "02/01/2024",
            "",
            "",
        ]),
        line([
            "199003032023211903",
            "Ni Luh Ayu",
            "",
            "",
            "3 Maret 1990",
            "L",
            "PPPK",
            "IX",
            "1.01",
            "Dinas Kesehatan",
            "1",
            "Perawat",
            "Fungsional",
            "Ahli Pertama",
            "Tidak",
            "",
            "",
            "",
        ]),
        ";;;;;;;;;;;;;;;;;;;".to_owned(),
        line([
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "1.01.1",
            "Bidang Pelayanan",
            "1.01",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
        ]),
        line([
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "1.01.1",
            "",
            "",
            "Kepala Bidang Pelayanan",
            "",
            "",
            "Ya",
            "",
            "",
            "",
        ]),
    ];
    format!("DAFTAR PEGAWAI\n{HEAD}\n{}\n", rows.join("\n"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clean_list_fills_an_empty_agency_and_changes_nothing_the_second_time() {
    on_each_engine(async |db: Db| {
        let w = empty(&db).await;
        let bytes = clean().into_bytes();
        let dry = run(&db, &w.ctx, w.agency, "a.csv", &bytes, Mode::DryRun)
            .await
            .expect("readable");
        assert_eq!(
            (
                dry.rows,
                dry.new,
                dry.rejected,
                dry.people_new,
                dry.units_new,
                dry.positions_new
            ),
            (5, 5, 0, 3, 3, 4),
            "{dry:#?}"
        );
        assert!(names(&db, w.agency).await.is_empty(), "a dry run writes nothing");
        let done = run(&db, &w.ctx, w.agency, "a.csv", &bytes, Mode::Apply)
            .await
            .expect("applied");
        assert_eq!((done.new, done.people_new), (dry.new, dry.people_new));
        assert_eq!(
            names(&db, w.agency).await,
            ["Drs. Budi Santoso, M.Si.", "Ni Luh Ayu", "Siti Aminah, S.E."]
        );
        for mode in [Mode::DryRun, Mode::Apply] {
            let again = run(&db, &w.ctx, w.agency, "a.csv", &bytes, mode)
                .await
                .expect("readable");
            assert!(again.changes_nothing(), "{again:#?}");
            assert_eq!((again.same, again.rejected), (5, 0));
        }
        let trail = db::read!(db, async |tx| tx
            .scalar::<i64>(
                db::sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM audit_entry"),
                db::args![]
            )
            .await);
        assert_eq!(
            trail.expect("readable"),
            Some(1),
            "an import that changes nothing leaves no trace"
        );
    })
    .await;
}

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

#[tokio::test(flavor = "multi_thread")]
async fn people_move_and_numbers_change() {
    on_each_engine(async |db: Db| {
        let w = empty(&db).await;
        run(&db, &w.ctx, w.agency, "a.csv", clean().as_bytes(), Mode::Apply)
            .await
            .expect("applied");
        // the head of the department becomes secretary in the same file in which the secretary leaves
        let head = "NIP;Nomor Sebelumnya;Nama;Golongan;Kode Unit;Jabatan;Kepala Unit;TMT Jabatan;Status";
        let text = format!(
            "{head}\n198502022010012902;;Siti Aminah;IV/a;1;Sekretaris Daerah;Ya;01/11/2026;\n\
             198001012005011901;;Budi Santoso;;1;Sekretaris Daerah;Ya;;Pensiun\n\
             199003032026211903;199003032023211903;Ni Luh Ayu;;1.01;Perawat;;;\n"
        );
        let report = run(&db, &w.ctx, w.agency, "c.csv", text.as_bytes(), Mode::Apply)
            .await
            .expect("readable");
        assert_eq!(
            (report.changed, report.rejected, report.people_new),
            (3, 0, 0),
            "{report:#?}"
        );
        assert!(report.of_row("", 2).any(|f| f.kind == F::PersonMoved));
        let id = db::read!(db, async |tx| queries::person_by_number(
            tx,
            w.agency,
            "198502022010012902"
        )
        .await);
        let id = id.expect("readable").expect("there");
        let page = db::read!(db, async |tx| queries::person_page(tx, w.agency, id).await)
            .expect("readable")
            .expect("there");
        assert_eq!(page.placements.len(), 2);
        assert_eq!(page.placements[1].valid_to, Some(jiff::civil::date(2026, 10, 31)));
        assert_eq!((page.today.unit_path.as_str(), page.ranks.len()), ("1/", 2));
        let old = db::read!(db, async |tx| queries::person_by_number(
            tx,
            w.agency,
            "199003032023211903"
        )
        .await);
        let new = db::read!(db, async |tx| queries::person_by_number(
            tx,
            w.agency,
            "199003032026211903"
        )
        .await);
        assert_eq!(old.expect("readable"), new.expect("readable"));
        let again = run(&db, &w.ctx, w.agency, "c.csv", text.as_bytes(), Mode::Apply)
            .await
            .expect("readable");
        assert!(again.changes_nothing(), "{again:#?}");
        let back = clean();
        let report = run(&db, &w.ctx, w.agency, "a.csv", back.as_bytes(), Mode::DryRun)
            .await
            .expect("readable");
        assert!(
            report.findings.iter().any(|f| f.kind == F::NumberReplaced),
            "an old number is not taken for a new person"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_cannot_be_taken() {
    on_each_engine(async |db: Db| {
        let w = empty(&db).await;
        let go = async |text: &str| run(&db, &w.ctx, w.agency, "x.csv", text.as_bytes(), Mode::Apply).await;
        assert!(matches!(
            go("").await,
            Err(ImportError::Read(documents::ReadError::Empty))
        ));
        let missing = go("NIP;Nama;Kode Unit\n1;2;3\n").await;
        assert!(
            matches!(&missing, Err(ImportError::MissingColumns { columns, .. }) if columns == &[Column::PositionTitle]),
            "{missing:?}"
        );
        let twice = go("NIP;Nama;Nama Pegawai;Kode Unit;Jabatan\n1;2;3;4;5\n").await;
        assert!(
            matches!(
                twice,
                Err(ImportError::ColumnTwice {
                    column: Column::Name,
                    ..
                })
            ),
            "{twice:?}"
        );
        let same = go("NIP;Nama;NAMA;Kode Unit;Jabatan\n1;2;3;4;5\n").await;
        assert!(
            matches!(
                same,
                Err(ImportError::Read(documents::ReadError::DuplicateHeading { .. }))
            ),
            "{same:?}"
        );
        assert!(matches!(
            go("NIP;Nama;Kode Unit;Jabatan\n").await,
            Err(ImportError::NoRows)
        ));
        let junk: Vec<u8> = (0..100_000u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
            .collect();
        let read = run(&db, &w.ctx, w.agency, "x.xlsx", &junk, Mode::Apply).await;
        assert!(matches!(read, Err(ImportError::Read(_))), "{read:?}");
        let nobody = kernel::Id::from_uuid(uuid::Uuid::from_u128(3));
        let stranger = run(&db, &w.ctx, nobody, "a.csv", clean().as_bytes(), Mode::DryRun).await;
        assert!(matches!(stranger, Err(ImportError::NoAgency)), "{stranger:?}");
        // stopped in the middle of writing: nothing is left
        let bytes = clean();
        for stop_at in [
            import::Stage::Read,
            import::Stage::Plan,
            import::Stage::Write,
            import::Stage::Refresh,
        ] {
            let stopped = run_file(
                &db,
                &w.ctx,
                &permit(w.agency),
                bytes.as_bytes(),
                "a.csv",
                Mode::Apply,
                &mut |p| p.stage != stop_at,
            )
            .await;
            assert!(matches!(stopped, Err(ImportError::Cancelled)), "{stopped:?}");
            assert!(names(&db, w.agency).await.is_empty());
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_browser_a_file_is_checked_confirmed_and_applied_by_a_job() {
    on_each_engine(async |db: Db| {
        let w = empty(&db).await;
        let (ctx, chief) = (&w.ctx, admin(w.agency));
        let bytes = clean().into_bytes();
        let id = import::upload(&db, ctx, &chief, "daftar.csv", &bytes)
            .await
            .expect("kept");
        let find = async || {
            db::read!(db, async |tx| import::find(tx, w.agency, id).await)
                .expect("readable")
                .expect("there")
        };
        let stored = find().await;
        assert_eq!((stored.state, stored.report.new), (ImportState::Checked, 5));
        let job = import::confirm(&db, ctx, &chief, id).await.expect("confirmed");
        assert!(job.is_some());
        assert_eq!(
            import::confirm(&db, ctx, &chief, id).await.expect("twice is harmless"),
            None
        );
        let worker = Worker::new(db.clone(), ctx.clone())
            .handle(org::jobs::IMPORT, org::jobs::import)
            .handle(org::jobs::REFRESH, org::jobs::refresh);
        assert_eq!(worker.drain().await.expect("worked"), 1);
        assert_eq!(find().await.state, ImportState::Applied);
        assert_eq!(names(&db, w.agency).await.len(), 3);
        let kept = db::read!(db, async |tx| import::content(tx, w.agency, id).await)
            .expect("readable")
            .expect("there");
        assert!(kept.1.is_empty(), "an applied file is not kept");
        assert!(matches!(
            import::confirm(&db, ctx, &chief, id).await,
            Err(import::ConfirmError::Decided)
        ));
        assert!(matches!(
            import::discard(&db, &chief, id).await,
            Err(import::DiscardError::NotFound)
        ));
        let second = import::upload(&db, ctx, &chief, "daftar.csv", &bytes)
            .await
            .expect("kept");
        import::discard(&db, &chief, second).await.expect("thrown away");
        let recent = db::read!(db, async |tx| import::recent(tx, w.agency).await).expect("readable");
        assert_eq!(recent.len(), 2);
        assert!(
            recent
                .iter()
                .any(|r| r.id == second && r.state == ImportState::Discarded && r.report.same == 5)
        );
        assert!(matches!(
            import::confirm(&db, ctx, &chief, ctx.new_id()).await,
            Err(import::ConfirmError::NotFound)
        ));
        let plain = world::actor(w.agency, None, Vec::new());
        assert!(matches!(
            import::upload(&db, ctx, &plain, "a.csv", &bytes).await,
            Err(import::UploadError::Denied(_))
        ));
        assert!(matches!(
            import::confirm(&db, ctx, &plain, id).await,
            Err(import::ConfirmError::Denied(_))
        ));
        assert!(matches!(
            import::discard(&db, &plain, id).await,
            Err(import::DiscardError::Denied(_))
        ));
        let bad = import::upload(&db, ctx, &chief, "a.csv", b"x").await;
        assert!(matches!(bad, Err(import::UploadError::File(_))), "{bad:?}");

        // a cancelled job changes nothing and sets the import aside
        let third = import::upload(&db, ctx, &chief, "daftar.csv", &bytes)
            .await
            .expect("kept");
        let job = import::confirm(&db, ctx, &chief, third)
            .await
            .expect("confirmed")
            .expect("queued");
        db::write!(db, async |tx| tx
            .exec(
                db::sql!("UPDATE job SET cancel_requested = $1 WHERE id = $2"),
                db::args![true, job]
            )
            .await)
        .expect("asked");
        worker.drain().await.expect("worked");
        let state = db::read!(db, async |tx| import::find(tx, w.agency, third).await)
            .expect("readable")
            .expect("there")
            .state;
        assert_eq!(state, ImportState::Failed);

        // the daily refresh enqueues itself for the next day
        org::jobs::schedule(&db, ctx).await.expect("scheduled");
        org::jobs::schedule(&db, ctx).await.expect("twice is harmless");
        assert_eq!(worker.drain().await.expect("worked"), 1);
        let waiting = db::read!(db, async |tx| tx
            .scalar::<i64>(
                db::sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM job WHERE kind = 'org.refresh' AND state = 'MENUNGGU'"),
                db::args![]
            )
            .await);
        assert_eq!(waiting.expect("readable"), Some(1));
    })
    .await;
}

#[test]
fn the_template_has_every_column_once_and_its_own_import_reads_it() {
    let fields = import::template();
    assert_eq!(fields.len(), <Column as kernel::Code>::ALL.len());
    for field in fields {
        assert_eq!(import::recognise(kernel::Code::code(field.column)), Some(field.column));
    }
}
