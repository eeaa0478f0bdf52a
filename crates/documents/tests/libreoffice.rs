//! What we write, opened by the spreadsheet program that most offices can afford. Needs LibreOffice: `cargo xtask test
//! --stage libreoffice` names it in `ABDI_SOFFICE`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use documents::{Cell, Kind, ReadOptions, Sheet, Template, TemplateColumn, Value, read_table};
use jiff::civil::date;

/// Commas, quotes around texts only, UTF-8, results instead of formulas, a file for each sheet.
const CSV: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1";

/// Texts that a spreadsheet would like to run or to convert. All of them have to stay what they are.
const HOSTILE: [&str; 16] = [
    "=1+1",
    "+1+1",
    "-2+3",
    "@SUM(1;2)",
    "+cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://tautan.example\";\"klik\")",
    "=WEBSERVICE(\"http://tautan.example\")",
    "\t=1+1",
    "  =1+1",
    "'=1+1",
    "＝1+1",
    "1E5",
    "1/2",
    "TRUE",
    "00012",
    "baris satu\n=baris(dua), \"tiga\"",
];

#[test]
fn a_list_means_the_same_in_libreoffice() {
    let office = Office::new("list");
    let sheet = Sheet::new("Pegawai", "Daftar pegawai", date(2026, 11, 22))
        .note("=Unit: Dinas Contoh")
        .column("NIP", 22, Kind::Text)
        .column("Nama", 30, Kind::Text)
        .column("Nilai", 10, Kind::Number { decimals: 2 })
        .column("Jumlah", 10, Kind::Integer)
        .column("TMT", 12, Kind::Date);
    let rows = HOSTILE.iter().zip(901_u64..).map(|(text, n)| {
        vec![
            Value::text(format!("199103142015032{n}")),
            Value::text(*text),
            Value::Number("-1234.50".parse().expect("a decimal")),
            Value::Integer(7_654_321),
            Value::Date(date(2026, 3, 31)),
        ]
    });
    let mut rows: Vec<Vec<Value>> = rows.collect();
    rows.push(vec![
        Value::text("000000000000000999"),
        Value::text("Rani Contohwati 🙂"),
        Value::Number("1234567890123456.789".parse().expect("a decimal")),
        Value::Integer(9_007_199_254_740_993),
        Value::Date(date(1850, 1, 1)),
    ]);
    let file = office.file("daftar.xlsx", &sheet.write(rows).expect("written"));

    let shown = office.converted(&file, CSV, "daftar-Pegawai.csv");
    let shown = String::from_utf8(shown).expect("UTF-8");
    assert!(shown.contains("\"=Unit: Dinas Contoh\""), "{shown}");
    for (text, n) in HOSTILE.iter().zip(901_u64..) {
        let quoted = text.replace('"', "\"\"");
        let line = format!("\n\"199103142015032{n}\",\"{quoted}\",-1234.5,7654321,03/31/2026\n");
        assert!(shown.contains(&line), "no {line} in {shown}");
    }
    let line =
        "\n\"000000000000000999\",\"Rani Contohwati 🙂\",\"1234567890123456.789\",\"9007199254740993\",\"1850-01-01\"";
    assert!(shown.contains(line), "{shown}");

    // opened, saved again by somebody, and imported
    let saved = office.converted(&file, "xlsx", "daftar.xlsx");
    let table = read_table(&saved, "daftar.xlsx", ReadOptions::default()).expect("read");
    assert_eq!(table.head.header, ["NIP", "Nama", "Nilai", "Jumlah", "TMT"]);
    let text = |t: &str| Cell::Text(t.to_owned());
    let number = |t: &str| Cell::Number {
        text: t.to_owned(),
        rounded: false,
    };
    assert_eq!(table.rows.len(), HOSTILE.len() + 1);
    for ((row, hostile), n) in table.rows.iter().zip(HOSTILE).zip(901_u64..) {
        let expected = [
            text(&format!("199103142015032{n}")),
            text(hostile),
            number("-1234.5"),
            number("7654321"),
            Cell::Date(date(2026, 3, 31)),
        ];
        assert_eq!(row.cells, expected);
    }
    office.close();
}

#[test]
fn a_template_opens_in_libreoffice_with_its_drop_downs() {
    let office = Office::new("template");
    let units: Vec<String> = (1..=400).map(|n| format!("=Unit rekaan, nomor {n}")).collect();
    let mut template = Template::new("Impor pegawai", date(2026, 11, 22));
    template.guide = vec!["Isi satu baris untuk satu pegawai.".into(), "=1+1".into()];
    template.columns = vec![
        TemplateColumn::new("NIP", 22, Kind::Text).hint("18 angka"),
        TemplateColumn::new("Status", 12, Kind::Text).choices(["PNS", "PPPK"]),
        TemplateColumn::new("Unit", 40, Kind::Text).choices(units).advisory(),
        TemplateColumn::new("TMT", 12, Kind::Date),
    ];
    let file = office.file("templat.xlsx", &template.write().expect("written"));

    let data = office.converted(&file, CSV, "templat-Data.csv");
    assert_eq!(
        String::from_utf8_lossy(&data).trim_end(),
        r#""NIP","Status","Unit","TMT""#
    );
    let guide = std::fs::read_to_string(office.out("templat-Petunjuk.csv")).expect("instructions");
    assert_eq!(
        guide.lines().collect::<Vec<_>>(),
        [
            "\"Impor pegawai\"",
            "",
            "\"Isi satu baris untuk satu pegawai.\"",
            "\"=1+1\""
        ]
    );
    let lists = std::fs::read_to_string(office.out("templat-Daftar.csv")).expect("lists");
    assert_eq!(lists.lines().count(), 401);
    assert_eq!(lists.lines().last(), Some("\"=Unit rekaan, nomor 400\""));

    // its own format says in words what LibreOffice has understood
    let understood = office.converted(&file, "fods", "templat.fods");
    let understood = String::from_utf8(understood).expect("UTF-8");
    let rules: Vec<&str> = understood
        .split("<table:content-validation ")
        .skip(1)
        .map(|rule| rule.split("</table:content-validation>").next().unwrap_or(rule))
        .collect();
    let rule = |part: &str| {
        let found = rules.iter().find(|rule| rule.contains(part));
        *found.unwrap_or_else(|| panic!("no rule with {part} in {rules:#?}"))
    };
    let closed = rule("cell-content-is-in-list(&quot;PNS&quot;;&quot;PPPK&quot;)");
    assert!(
        closed.contains("<table:error-message table:message-type=\"stop\" table:display=\"true\""),
        "{closed}"
    );
    let open = rule("Daftar.$A$2:.$A$401");
    assert!(!open.contains("<table:error-message table:display=\"true\""), "{open}");
    rule("18 angka");
    office.close();
}

/// LibreOffice with a profile and a folder of its own, so that it minds nobody's open windows.
struct Office {
    dir: PathBuf,
    program: PathBuf,
}

impl Office {
    fn new(name: &str) -> Self {
        let program = std::env::var_os("ABDI_SOFFICE")
            .expect("ABDI_SOFFICE names the program of LibreOffice; `cargo xtask test --stage libreoffice` sets it");
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("libreoffice-{name}-{}", std::process::id()));
        std::fs::create_dir_all(dir.join("out")).expect("a folder");
        Self {
            dir,
            program: program.into(),
        }
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.dir.join(name);
        std::fs::write(&path, bytes).expect("a file");
        path
    }

    fn out(&self, name: &str) -> PathBuf {
        self.dir.join("out").join(name)
    }

    /// Opens the file, writes it in another format, and answers what is now in `result`.
    #[track_caller]
    fn converted(&self, file: &Path, to: &str, result: &str) -> Vec<u8> {
        let profile = format!("-env:UserInstallation=file://{}", self.dir.join("profile").display());
        let output = Command::new(&self.program)
            .args([&profile, "--headless", "--norestore", "--convert-to", to, "--outdir"])
            .arg(self.dir.join("out"))
            .arg(file)
            // the order of day and month depends on it
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null())
            .output()
            .expect("LibreOffice starts");
        std::fs::read(self.out(result)).unwrap_or_else(|error| panic!("{result}: {error}; LibreOffice said {output:?}"))
    }

    /// Throws the folder away; a test that fails leaves it to be looked at.
    fn close(self) {
        std::fs::remove_dir_all(&self.dir).expect("a folder of ours");
    }
}
