//! Filled forms of fabricated people (NIP sequence 9xx). No one of this name holds such a post.

use documents::{
    Annex, Approach, Behaviour, Contested, Curve, DokumenEvaluasiForm, EvaluasiForm, EvaluationPeriod, Family,
    Feedback, Frame, Iki, Party, PrintedForm, Rhk, Signatures, Signer, SkpForm, UnitLabel,
};
use jiff::civil::date;

fn s(text: &str) -> String {
    text.to_owned()
}

pub fn frame(title: &str) -> Frame {
    Frame {
        document_title: s(title),
        document_date: date(2026, 1, 30),
        number: Some(s("SKP/2026/000917")),
        watermark: None,
        letterhead: Vec::new(),
        check_url: s("https://kinerja.kota-contoh.example/periksa/7F3K-9QXM"),
        short_code: s("7F3K-9QXM"),
        produced_at: s("Dihasilkan 30 Januari 2026 pukul 09.41 WIB"),
        certified_signature: false,
    }
}

pub fn staff() -> Party {
    Party {
        name: s("Rani Contohwati, S.Sos."),
        nip: s("19910314 201503 2 901"),
        rank: s("Penata (III/c)"),
        position: s("Pranata Kependudukan Ahli Muda (rekaan)"),
        unit: s("Bidang Pelayanan Pendaftaran Penduduk, Dinas Kependudukan dan Pencatatan Sipil Kota Contoh"),
        unit_label: UnitLabel::UnitKerja,
    }
}

pub fn head() -> Party {
    Party {
        name: s("Drs. Bagus Rekaan, M.Si."),
        nip: s("19760821 200112 1 902"),
        rank: s("Pembina Tk. I (IV/b)"),
        position: s("Kepala Bidang Pelayanan Pendaftaran Penduduk (rekaan)"),
        unit: s("Dinas Kependudukan dan Pencatatan Sipil Kota Contoh"),
        unit_label: UnitLabel::UnitKerja,
    }
}

pub fn mayor() -> Party {
    Party {
        name: s("Wali Kota Contoh"),
        nip: String::new(),
        rank: String::new(),
        position: s("Wali Kota"),
        unit: s("Pemerintah Kota Contoh"),
        unit_label: UnitLabel::Instansi,
    }
}

fn iki(aspect: &str, text: &str, target: &str, realisation: &str) -> Iki {
    Iki {
        aspect: s(aspect),
        text: s(text),
        target: s(target),
        realisation: s(realisation),
    }
}

fn said(text: &str) -> Vec<Feedback> {
    vec![Feedback {
        speaker: s("Pimpinan"),
        text: s(text),
    }]
}

pub fn main_rhk(family: Family) -> Vec<Rhk> {
    let leader = |text: &str| {
        if family == Family::JaJf {
            vec![s(text)]
        } else {
            Vec::new()
        }
    };
    let kind = |ja: &str, jpt: &str| if family == Family::JaJf { s(ja) } else { s(jpt) };
    let row = |ja: &str, jpt: &str, text: &str, target: &str, done: &str| Iki {
        aspect: kind(ja, jpt),
        ..iki("", text, target, done)
    };
    vec![
        Rhk {
            leader_rhk: leader("Meningkatnya cakupan kepemilikan dokumen kependudukan yang terbit tepat waktu"),
            text: s("Terselesaikannya permohonan kartu keluarga dan KTP-el sesuai standar pelayanan"),
            assigned_by: (family == Family::Jpt).then(|| s("Perjanjian Kinerja Wali Kota 2026")),
            iki: vec![
                row(
                    "Kuantitas",
                    "Penerima Layanan",
                    "Jumlah permohonan yang diselesaikan",
                    "3.600 permohonan",
                    "912 permohonan",
                ),
                row(
                    "Kualitas",
                    "Penerima Layanan",
                    "Persentase dokumen tanpa perbaikan",
                    "98,5%",
                    "99,1%",
                ),
                row(
                    "Waktu",
                    "Proses Bisnis",
                    "Rata-rata waktu penyelesaian",
                    "Paling lama 3 hari kerja",
                    "2,4 hari kerja",
                ),
            ],
            feedback: said("Konsisten di bawah batas waktu. Bagikan cara pemeriksaan berkas kepada loket kecamatan."),
        },
        Rhk {
            leader_rhk: if family == Family::JaJf {
                vec![
                    s("Meningkatnya kepuasan masyarakat atas pelayanan pendaftaran penduduk"),
                    s("Menurunnya aduan berulang"),
                ]
            } else {
                Vec::new()
            },
            text: s("Ditindaklanjutinya aduan dan hasil survei kepuasan masyarakat pada loket pelayanan"),
            assigned_by: None,
            iki: vec![
                row(
                    "Kuantitas",
                    "Penerima Layanan",
                    "Persentase aduan yang dijawab",
                    "100%",
                    "100% (37 aduan)",
                ),
                row(
                    "Kualitas",
                    "Penerima Layanan",
                    "Indeks Kepuasan Masyarakat",
                    "Minimal 85,00",
                    "86,42 (n = 212)",
                ),
            ],
            feedback: said("Jawaban aduan sudah baik; nada bahasa pada aduan daring perlu lebih hangat."),
        },
        Rhk {
            leader_rhk: leader("Tersedianya data kependudukan yang mutakhir dan dipercaya perangkat daerah"),
            text: s("Tersusunnya laporan kualitas data kependudukan tiap triwulan"),
            assigned_by: None,
            iki: vec![
                row(
                    "Kuantitas",
                    "Penguatan Internal",
                    "Jumlah laporan",
                    "4 laporan",
                    "1 laporan",
                ),
                row(
                    "Waktu",
                    "Proses Bisnis",
                    "Ketepatan penyampaian",
                    "Tanggal 10 setelah triwulan",
                    "8 April 2026",
                ),
                row(
                    "Biaya",
                    "Anggaran",
                    "Penyerapan anggaran pemutakhiran",
                    "90-100%",
                    "24%",
                ),
            ],
            feedback: Vec::new(),
        },
    ]
}

pub fn additional_rhk(family: Family) -> Vec<Rhk> {
    vec![Rhk {
        leader_rhk: if family == Family::JaJf {
            vec![s("Terlaksananya pelayanan keliling di lima kecamatan")]
        } else {
            vec![]
        },
        text: s("Terkoordinasinya jadwal pelayanan keliling bersama kelurahan"),
        assigned_by: Some(s("Sekretaris Dinas")),
        iki: vec![iki(
            if family == Family::JaJf {
                "Kuantitas"
            } else {
                "Proses Bisnis"
            },
            "Jumlah kunjungan keliling",
            "20 kunjungan",
            "6 kunjungan",
        )],
        feedback: said("Koordinasi dengan kelurahan berjalan tanpa pengingat."),
    }]
}

/// The seven values with their guides (SE MenPANRB 20/2021).
pub fn behaviours(evaluated: bool) -> Vec<Behaviour> {
    const VALUES: [(&str, [&str; 3]); 7] = [
        (
            "Berorientasi Pelayanan",
            [
                "Memahami dan memenuhi kebutuhan masyarakat",
                "Ramah, cekatan, solutif, dan dapat diandalkan",
                "Melakukan perbaikan tiada henti",
            ],
        ),
        (
            "Akuntabel",
            [
                "Melaksanakan tugas dengan jujur, bertanggung jawab, cermat, disiplin, dan berintegritas tinggi",
                "Menggunakan kekayaan dan barang milik negara secara bertanggung jawab, efektif, dan efisien",
                "Tidak menyalahgunakan kewenangan jabatan",
            ],
        ),
        (
            "Kompeten",
            [
                "Meningkatkan kompetensi diri untuk menjawab tantangan yang selalu berubah",
                "Membantu orang lain belajar",
                "Melaksanakan tugas dengan kualitas terbaik",
            ],
        ),
        (
            "Harmonis",
            [
                "Menghargai setiap orang apa pun latar belakangnya",
                "Suka menolong orang lain",
                "Membangun lingkungan kerja yang kondusif",
            ],
        ),
        (
            "Loyal",
            [
                "Memegang teguh ideologi Pancasila, UUD 1945, setia kepada NKRI serta pemerintahan yang sah",
                "Menjaga nama baik sesama ASN, pimpinan, instansi, dan negara",
                "Menjaga rahasia jabatan dan negara",
            ],
        ),
        (
            "Adaptif",
            [
                "Cepat menyesuaikan diri menghadapi perubahan",
                "Terus berinovasi dan mengembangkan kreativitas",
                "Bertindak proaktif",
            ],
        ),
        (
            "Kolaboratif",
            [
                "Memberi kesempatan kepada berbagai pihak untuk berkontribusi",
                "Terbuka dalam bekerja sama untuk menghasilkan nilai tambah",
                "Menggerakkan pemanfaatan berbagai sumber daya untuk tujuan bersama",
            ],
        ),
    ];
    VALUES
        .iter()
        .enumerate()
        .map(|(i, (value, guides))| Behaviour {
            value: s(value),
            guides: guides.iter().map(|g| s(g)).collect(),
            expectation: match i {
                0 => s("Menyapa pemohon lebih dahulu dan menjelaskan langkah berikutnya sebelum pemohon bertanya."),
                5 => s("Mencoba satu perbaikan loket tiap triwulan dan melaporkan hasilnya."),
                _ => String::new(),
            },
            feedback: if evaluated && i % 2 == 0 {
                said("Terlihat dalam pelayanan sehari-hari dan diikuti rekan satu loket.")
            } else {
                Vec::new()
            },
        })
        .collect()
}

pub fn signatures(employee: &Party, assessor: &Party) -> Signatures {
    let signer = |p: &Party, mark: &str| Signer {
        name: p.name.clone(),
        nip: p.nip.clone(),
        mark: s(mark),
    };
    Signatures {
        place_and_date: s("Kota Contoh, 30 Januari 2026"),
        employee: Some(signer(
            employee,
            "Disetujui melalui Abdi\n29 Januari 2026 pukul 14.05 WIB",
        )),
        assessor: signer(assessor, "Disetujui melalui Abdi\n30 Januari 2026 pukul 09.12 WIB"),
        superior: None,
    }
}

pub fn skp(approach: Approach, family: Family) -> SkpForm {
    let (employee, assessor) = people(family);
    SkpForm {
        frame: frame("SKP 2026 Rani Contohwati"),
        approach,
        family,
        agency: s("Pemerintah Kota Contoh"),
        period: s("01 JANUARI SD 31 DESEMBER TAHUN 2026"),
        main: main_rhk(family),
        additional: additional_rhk(family),
        behaviours: behaviours(false),
        annex: Some(Annex {
            resources: vec![
                s("Dua operator loket dan satu verifikator berkas pada jam sibuk."),
                s("Perangkat perekaman KTP-el yang berfungsi di lima kecamatan."),
                s("Akses ke data warehouse kependudukan pusat."),
            ],
            accountability: vec![
                s("Laporan kemajuan tiap bulan melalui catatan harian dan bukti dukung."),
                s("Pertemuan umpan balik dengan pimpinan paling sedikit sekali dalam satu triwulan."),
            ],
            consequences: vec![
                s("Predikat menjadi pertimbangan pengembangan kompetensi dan penghargaan unit."),
                s("Target yang tidak tercapai dibahas dalam bimbingan kinerja pada triwulan berikutnya."),
            ],
        }),
        signatures: signatures(&employee, &assessor),
        employee,
        assessor,
    }
}

fn people(family: Family) -> (Party, Party) {
    match family {
        Family::JaJf => (staff(), head()),
        Family::Jpt => (
            Party {
                position: s("Kepala Dinas Kependudukan dan Pencatatan Sipil (rekaan)"),
                ..head()
            },
            mayor(),
        ),
    }
}

pub fn evaluasi(approach: Approach, family: Family) -> EvaluasiForm {
    let (employee, assessor) = people(family);
    let mut signatures = signatures(&employee, &assessor);
    signatures.employee = None;
    EvaluasiForm {
        frame: Frame {
            number: Some(s("EVA/2026/TW1/000917")),
            ..frame("Evaluasi Kinerja TW1 2026 Rani Contohwati")
        },
        approach,
        family,
        agency: s("Pemerintah Kota Contoh"),
        evaluation_period: EvaluationPeriod::Triwulan { number: 1 },
        period: s("01 JANUARI SD 31 MARET TAHUN 2026"),
        org_achievement: s("Baik"),
        curve: Some(Curve {
            achievement: s("Baik"),
            heights: [4, 12, 28, 100, 30],
        }),
        main: main_rhk(family),
        additional: additional_rhk(family),
        work_rating: s("Sesuai Ekspektasi"),
        behaviours: behaviours(true),
        behaviour_rating: s("Di Atas Ekspektasi"),
        predikat: s("Baik"),
        signatures,
        employee,
        assessor,
    }
}

pub fn dokumen(contested: bool) -> DokumenEvaluasiForm {
    let (employee, assessor) = people(Family::JaJf);
    let mut signatures = signatures(&employee, &assessor);
    if contested {
        signatures.superior = Some(Signer {
            name: s("Dra. Sari Umpama, M.A.P."),
            nip: s("19700505 199503 2 903"),
            mark: String::new(),
        });
    }
    DokumenEvaluasiForm {
        frame: Frame {
            number: Some(s("DOK/2026/TW1/000917")),
            letterhead: vec![
                s("PEMERINTAH KOTA CONTOH"),
                s("DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL"),
                s("Jalan Rekaan Nomor 9, Kota Contoh 99999 · disdukcapil.kota-contoh.example"),
            ],
            ..frame("Dokumen Evaluasi TW1 2026 Rani Contohwati")
        },
        agency: s("Pemerintah Kota Contoh"),
        evaluation_period: if contested {
            EvaluationPeriod::Akhir
        } else {
            EvaluationPeriod::Triwulan { number: 1 }
        },
        period: s("01 JANUARI SD 31 MARET TAHUN 2026"),
        superior: Some(Party {
            name: s("Dra. Sari Umpama, M.A.P."),
            nip: s("19700505 199503 2 903"),
            rank: s("Pembina Utama Muda (IV/c)"),
            position: s("Kepala Dinas Kependudukan dan Pencatatan Sipil (rekaan)"),
            unit: s("Dinas Kependudukan dan Pencatatan Sipil Kota Contoh"),
            unit_label: UnitLabel::UnitKerja,
        }),
        org_achievement: s("Baik"),
        predikat: s("Baik"),
        notes: vec![
            s("Disarankan mengikuti pelatihan analisis data kependudukan pada semester kedua."),
            s("Dapat menjadi pendamping loket kecamatan."),
        ],
        contested: contested.then(|| Contested {
            objection: s(
                "Realisasi laporan kualitas data dinilai terlambat, padahal data pusat baru dibuka 6 April 2026.",
            ),
            explanation: s(
                "Keterlambatan data pusat telah dicatat; rating hasil kerja tidak berubah karena target lain tercapai.",
            ),
            decision: s("Keberatan diterima sebagian: catatan keterlambatan dihapus, predikat tetap."),
        }),
        received_at: s("12 April 2026"),
        signatures,
        employee,
        assessor,
    }
}

/// Every variant with a short name.
pub fn all() -> Vec<(&'static str, PrintedForm)> {
    use Approach::{Kualitatif, Kuantitatif};
    let mut draft = skp(Kuantitatif, Family::JaJf);
    draft.frame.watermark = Some(s("DRAF"));
    draft.frame.number = None;
    draft.signatures.place_and_date.clear();
    draft.signatures.assessor.mark.clear();
    vec![
        ("skp-kuantitatif-jajf", PrintedForm::Skp(skp(Kuantitatif, Family::JaJf))),
        ("skp-kuantitatif-jajf-draf", PrintedForm::Skp(draft)),
        ("skp-kuantitatif-jpt", PrintedForm::Skp(skp(Kuantitatif, Family::Jpt))),
        ("skp-kualitatif-jajf", PrintedForm::Skp(skp(Kualitatif, Family::JaJf))),
        ("skp-kualitatif-jpt", PrintedForm::Skp(skp(Kualitatif, Family::Jpt))),
        (
            "evaluasi-kuantitatif-jajf",
            PrintedForm::Evaluasi(evaluasi(Kuantitatif, Family::JaJf)),
        ),
        (
            "evaluasi-kuantitatif-jpt",
            PrintedForm::Evaluasi(evaluasi(Kuantitatif, Family::Jpt)),
        ),
        (
            "evaluasi-kualitatif-jajf",
            PrintedForm::Evaluasi(evaluasi(Kualitatif, Family::JaJf)),
        ),
        ("dokumen", PrintedForm::DokumenEvaluasi(dokumen(false))),
        ("dokumen-keberatan", PrintedForm::DokumenEvaluasi(dokumen(true))),
    ]
}
