use crate::house::House;

/// Three people with made-up numbers and one broken one.
const LIST: &str = "\
NIP;Nama;Jabatan;Kode Unit;Nama Unit;Kode Unit Induk;Jenis Unit;Kepala Unit;Jenis Jabatan;Golongan\r\n\
198001012005011901;Contoh Satu;Wali Kota;KOTA;Pemerintah Kota Contoh;;;Ya;;\r\n\
198502022010012902;Contoh Dua;Kepala Dinas;DISDUK;Dinas Kependudukan;KOTA;;Ya;;\r\n\
199003032015031903;=Contoh Tiga;Pranata Komputer;DISDUK;Dinas Kependudukan;KOTA;;;;\r\n\
1,98E+17;Contoh Empat;Analis;DISDUK;Dinas Kependudukan;KOTA;;;;\r\n";

fn agency() -> House {
    let house = House::new();
    house
        .run(&[
            "agency",
            "create",
            "KOTACONTOH",
            "Pemerintah Kota Contoh",
            "--region",
            "Kota Contoh",
        ])
        .exits(0);
    house
}

#[test]
fn a_list_is_tried_applied_and_the_same_again_changes_nothing() {
    let house = agency();
    house.write("pegawai.csv", LIST);
    let before = house.run(&["doctor", "--digest"]).exits(0).out;
    let tried = house
        .run(&["import", "staff", "pegawai.csv", "--rejected", "ditolak.xlsx"])
        .exits(1);
    assert!(
        tried.out.contains("notasi ilmiah") && tried.out.contains("1 rejected"),
        "{}",
        tried.out
    );
    assert!(tried.out.contains("this was a trial"), "{}", tried.out);
    assert!(std::fs::metadata(house.path("ditolak.xlsx")).unwrap().len() > 1000);
    assert_eq!(
        house.run(&["doctor", "--digest"]).exits(0).out,
        before,
        "a trial changes nothing"
    );

    let applied = house
        .run(&["import", "staff", "pegawai.csv", "--apply", "--language", "en"])
        .exits(1);
    assert!(
        applied.out.contains("scientific notation") && applied.out.contains("The changes are made"),
        "{}",
        applied.out
    );
    let again = house.run(&["import", "staff", "pegawai.csv", "--apply"]).exits(1);
    assert!(again.out.contains("Nothing changes"), "{}", again.out);

    let exported = house.run(&["export", "staff", "keluar.xlsx"]).exits(0);
    assert!(exported.out.starts_with("3 rows"), "{}", exported.out);
    let bytes = std::fs::read(house.path("keluar.xlsx")).unwrap();
    let table = documents::read_table(&bytes, "keluar.xlsx", documents::ReadOptions::default()).unwrap();
    let cells: Vec<String> = table
        .rows
        .iter()
        .flat_map(|r| r.cells.iter().map(documents::Cell::as_text))
        .collect();
    assert!(cells.iter().any(|c| c == "198502022010012902"), "{cells:?}");
    assert!(cells.iter().any(|c| c.contains("Contoh Dua")));
    house.run(&["export", "staff", "keluar.xlsx"]).exits(4);
    house.run(&["export", "services", "layanan.xlsx"]).exits(0);
}

#[test]
fn what_is_no_list_is_refused_with_a_sentence() {
    let house = agency();
    house.write("kosong.csv", "");
    house.write("lain.csv", "a;b;c\r\n1;2;3\r\n");
    house.write("sampah.xlsx", vec![0xAB; 100_000]);
    for file in ["kosong.csv", "lain.csv", "sampah.xlsx", "tidak-ada.xlsx"] {
        let answer = house.run(&["import", "staff", file, "--apply"]).exits(2);
        assert!(answer.err.contains(file), "{}", answer.err);
    }
}

#[test]
fn without_an_agency_it_says_how_to_make_one() {
    let house = House::new();
    house.run(&["migrate"]).exits(0);
    house.write("pegawai.csv", LIST);
    let answer = house.run(&["import", "staff", "pegawai.csv"]).exits(2);
    assert!(answer.err.contains("abdi agency create"), "{}", answer.err);
}
