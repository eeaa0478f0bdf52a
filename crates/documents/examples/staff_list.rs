//! Writes a fabricated staff list as CSV and as XLSX, to measure imports with. Arguments: number of people, the CSV
//! file, the XLSX file. The numbers (NIP) are nobody's: their sequence begins with 9.

use std::error::Error;

use rust_xlsxwriter::Workbook;

const HEADINGS: [&str; 9] = [
    "NIP",
    "Nama",
    "Golongan",
    "Kode Unit",
    "Nama Unit",
    "Kode Unit Induk",
    "Jabatan",
    "Kepala Unit",
    "TMT Jabatan",
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [people, csv, xlsx] = arguments.as_slice() else {
        return Err("give a number of people, a CSV file and an XLSX file".into());
    };
    let people: usize = people.parse()?;
    let mut list = csv::WriterBuilder::new().delimiter(b';').from_path(csv)?;
    list.write_record(HEADINGS)?;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory()?;
    for (column, heading) in HEADINGS.iter().enumerate() {
        sheet.write(0, u16::try_from(column)?, *heading)?;
    }
    for n in 0..people {
        let cells = person(n);
        list.write_record(&cells)?;
        for (column, cell) in cells.iter().enumerate() {
            sheet.write(u32::try_from(n + 1)?, u16::try_from(column)?, cell.as_str())?;
        }
    }
    list.flush()?;
    book.save(xlsx)?;
    Ok(())
}

/// The n-th person: units of a hundred, each with a head, all below the first.
fn person(n: usize) -> [String; 9] {
    let unit = n / 100;
    let (code, above) = match unit {
        0 => ("1".to_owned(), ""),
        _ => (format!("1.{unit:04}"), "1"),
    };
    // born on one of 11,760 days; the sequence tells apart who shares it
    let (day, month, year) = (n % 28 + 1, n / 28 % 12 + 1, 1965 + n / 336 % 35);
    let sequence = 900 + n / 11_760;
    [
        format!("{year}{month:02}{day:02}{}{month:02}1{sequence:03}", year + 25),
        format!("Orang Rekaan {n}"),
        "III/b".to_owned(),
        code,
        format!("Unit {unit}"),
        above.to_owned(),
        format!("Jabatan {}", n % 7),
        if n.is_multiple_of(100) { "Ya" } else { "Tidak" }.to_owned(),
        "01/02/2025".to_owned(),
    ]
}
