//! Staff lists for the import tests. All people and numbers are made up.

use db::Db;
use kernel::{AgencyId, Ctx};
use org::import::{ImportError, Mode, Report, run_file};
use org::queries::{self, EmployeeFilter};

use super::permit;

/// Headings as a city has them.
pub const HEAD: &str = "No;NIP;NAMA ;Gelar Depan;Gelar Belakang;Tgl. Lahir;JK;Jenis Pegawai;Golongan;Kode Unit;Unit Kerja;\
                    Kode Unit Induk;Jabatan;Jenis Jabatan;Jenjang;Kepala Unit;TMT Jabatan;E-mail;Status;Hobi";

pub async fn run(
    db: &Db,
    ctx: &Ctx,
    agency: AgencyId,
    name: &str,
    bytes: &[u8],
    mode: Mode,
) -> Result<Report, ImportError> {
    run_file(db, ctx, &permit(agency), bytes, name, mode, &mut |_| true).await
}

pub async fn names(db: &Db, agency: AgencyId) -> Vec<String> {
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
pub fn line(cells: [&str; 18]) -> String {
    format!("1;{};berkebun", cells.join(";"))
}

pub fn clean() -> String {
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
