use kernel::{Code, Decimal, IkiId, RhkId};
use uuid::Uuid;

use super::*;

fn d(text: &str) -> Option<Decimal> {
    (!text.is_empty()).then(|| text.parse().expect("a number"))
}

#[test]
fn targets_are_read_as_people_write_them() {
    use Direction::{MakinRendah, MakinTinggi, Rentang, Teks};
    for (text, min, max, unit, direction) in [
        ("2 Dokumen", "2", "", "Dokumen", MakinTinggi),
        ("100%", "100", "", "%", MakinTinggi),
        ("12 Bulan", "12", "", "Bulan", MakinTinggi),
        ("61,95%", "61.95", "", "%", MakinTinggi),
        ("61.95 %", "61.95", "", "%", MakinTinggi),
        ("90-100%", "90", "100", "%", Rentang),
        ("90% - 100%", "90", "100", "%", Rentang),
        ("2 s.d. 4 dokumen", "2", "4", "dokumen", Rentang),
        ("3–6 bulan", "3", "6", "bulan", Rentang),
        ("≤ 3 hari", "", "3", "hari", MakinRendah),
        ("<=3 hari", "", "3", "hari", MakinRendah),
        ("Paling lama 14 hari kerja", "", "14", "hari kerja", MakinRendah),
        ("MAKSIMAL 5 aduan", "", "5", "aduan", MakinRendah),
        ("Minimal 85", "85", "", "", MakinTinggi),
        ("≥ 88,31", "88.31", "", "", MakinTinggi),
        ("Rp 1.500.000", "1500000", "", "Rp", MakinTinggi),
        (
            "Rp. 2.500.000,50 per bulan",
            "2500000.50",
            "",
            "Rp per bulan",
            MakinTinggi,
        ),
        ("1.234 berkas", "1234", "", "berkas", MakinTinggi),
        ("3 laporan.", "3", "", "laporan", MakinTinggi),
        ("tepat waktu", "", "", "", Teks),
        ("31 Desember 2026", "", "", "", Teks),
        ("2026-12-31", "", "", "", Teks),
        ("31/12/2026", "", "", "", Teks),
        ("100-90%", "", "", "", Teks),
        ("-5", "", "", "", Teks),
        ("1,2,3", "", "", "", Teks),
        ("99999999999999999999999999999999", "", "", "", Teks),
        ("Triwulan IV", "", "", "", Teks),
        ("", "", "", "", Teks),
        ("≤", "", "", "", Teks),
        ("é", "", "", "", Teks),
    ] {
        let read = parse_target(text);
        let expected = (d(min), d(max), unit, direction);
        assert_eq!(
            (read.min, read.max, read.unit.as_str(), read.direction),
            expected,
            "{text}"
        );
    }
    assert!(parse_target("1.234 berkas").ambiguous);
    assert!(!parse_target("1.234,5 berkas").ambiguous);
}

#[test]
fn only_the_declared_steps_pass() {
    use Status::{Diajukan, Dikembalikan, Disetujui, Ditutup, Draf};
    use Step::{Ajukan, Kembalikan, Setujui, Tarik, Tutup};
    let declared = [
        (Draf, Ajukan, Diajukan),
        (Dikembalikan, Ajukan, Diajukan),
        (Diajukan, Tarik, Draf),
        (Diajukan, Kembalikan, Dikembalikan),
        (Diajukan, Setujui, Disetujui),
        (Disetujui, Tutup, Ditutup),
    ];
    for &status in Status::ALL {
        for &step in Step::ALL {
            let found = declared.iter().find(|(from, by, _)| (*from, *by) == (status, step));
            match (status.after(step), found) {
                (Ok(Moved::To(to)), Some((_, _, expected))) => assert_eq!(to, *expected),
                (Ok(Moved::Already), None) => {
                    assert!(
                        declared.iter().any(|(_, by, to)| (*by, *to) == (step, status)),
                        "{status} {step}"
                    );
                }
                (Err(wrong), None) => assert_eq!(wrong, WrongState { status, step }),
                (answer, expected) => panic!("{status} {step}: {answer:?}, expected {expected:?}"),
            }
        }
    }
}

fn whole() -> Plan {
    let iki = PlanIki {
        id: IkiId::from_uuid(Uuid::from_u128(2)),
        text: "Jumlah laporan yang selesai".into(),
        target_text: "4 laporan".into(),
        direction: Direction::MakinTinggi,
        aspect: Some(Aspect::Kuantitas),
        perspective: None,
    };
    Plan {
        approach: Approach::Kuantitatif,
        family: Family::Aspek,
        min_utama: 1,
        has_superior: true,
        rhks: vec![PlanRhk {
            id: RhkId::from_uuid(Uuid::from_u128(1)),
            kind: RhkKind::Utama,
            text: "Tersusunnya laporan pelayanan tepat waktu".into(),
            is_linked: true,
            ikis: vec![iki],
        }],
        annex: [1, 1, 1],
    }
}

fn codes(plan: &Plan) -> Vec<FindingCode> {
    check(plan).into_iter().map(|f| f.code).collect()
}

#[test]
fn a_whole_plan_has_no_findings() {
    assert_eq!(check(&whole()), []);
}

#[test]
fn each_gap_is_found_where_it_is() {
    type Change = fn(&mut Plan);
    let cases: [(FindingCode, Change); 14] = [
        (FindingCode::NoSuperior, |p| p.has_superior = false),
        (FindingCode::NoUtama, |p| p.rhks[0].kind = RhkKind::Tambahan),
        (FindingCode::NoUtama, |p| p.min_utama = 2),
        (FindingCode::RhkEmpty, |p| p.rhks[0].text.clear()),
        (FindingCode::RhkWithoutIki, |p| p.rhks[0].ikis.clear()),
        (FindingCode::IkiEmpty, |p| p.rhks[0].ikis[0].text.clear()),
        (FindingCode::IkiWithoutTarget, |p| p.rhks[0].ikis[0].target_text.clear()),
        (FindingCode::IkiWithoutAspect, |p| p.rhks[0].ikis[0].aspect = None),
        (FindingCode::IkiWithoutPerspective, |p| p.family = Family::Perspektif),
        (FindingCode::RhkNotLinked, |p| p.rhks[0].is_linked = false),
        (FindingCode::RhkWithoutVerb, |p| {
            p.rhks[0].text = "Laporan pelayanan selesai".into()
        }),
        (FindingCode::RhkTooShort, |p| {
            p.rhks[0].text = "Tersusunnya laporan".into()
        }),
        (FindingCode::TargetWithoutNumber, |p| {
            p.rhks[0].ikis[0].target_text = "tepat waktu".into();
            p.rhks[0].ikis[0].direction = Direction::Teks;
        }),
        (FindingCode::AnnexEmpty, |p| p.annex = [1, 0, 1]),
    ];
    for (code, change) in cases {
        let mut plan = whole();
        change(&mut plan);
        assert_eq!(codes(&plan), [code]);
    }
    let mut plan = whole();
    plan.annex = [1, 0, 1];
    assert_eq!(check(&plan)[0].place, Place::Annex(AnnexKind::Pertanggungjawaban));
}

#[test]
fn words_of_success_need_neither_aspect_nor_target() {
    let mut plan = whole();
    plan.approach = Approach::Kualitatif;
    plan.rhks[0].ikis[0].aspect = None;
    plan.rhks[0].ikis[0].target_text.clear();
    assert_eq!(check(&plan), []);
}
