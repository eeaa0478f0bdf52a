use jiff::civil::date;
use kernel::{Instant, Period};

use super::*;

const SKP: (jiff::civil::Date, jiff::civil::Date) = (date(2026, 1, 1), date(2026, 12, 31));

#[test]
fn days_in_reach_may_be_recorded() {
    let today = date(2026, 7, 10);
    let lock = Lock {
        year: 2026,
        period: Period::Tw2,
        locked_at: Instant::from_micros(1),
    };
    for (day, back, locks, expected) in [
        (today, 31, vec![], Ok(())),
        (today, 0, vec![], Ok(())),
        (date(2026, 7, 11), 31, vec![], Err(DayBroken::Future)),
        (date(2026, 7, 9), 0, vec![], Err(DayBroken::TooLate)),
        (date(2026, 6, 9), 31, vec![], Ok(())),
        (date(2026, 6, 8), 31, vec![], Err(DayBroken::TooLate)),
        (date(2026, 6, 30), 31, vec![lock], Err(DayBroken::Locked)),
        (date(2026, 7, 1), 31, vec![lock], Ok(())),
        (date(2025, 12, 31), 366, vec![], Err(DayBroken::OutsideSkp)),
        (date(2026, 1, 1), i64::MAX, vec![], Ok(())),
        (today, i64::MIN, vec![], Ok(())),
    ] {
        assert_eq!(may_record(day, today, SKP, back, &locks), expected, "{day} {back}");
    }
    let year = Lock {
        period: Period::Annual,
        ..lock
    };
    assert!(is_locked(today, &[year]));
    assert!(!is_locked(date(2027, 1, 1), &[year]));
    assert!(is_period_locked(2026, Period::Tw2, &[lock]));
    assert!(is_period_locked(2026, Period::M05, &[lock]));
    assert!(!is_period_locked(2026, Period::Annual, &[lock]));
    assert!(!is_period_locked(2027, Period::Tw2, &[lock]));
    assert!(is_period_locked(2026, Period::Tw4, &[year]));
}

#[test]
fn links_lead_to_web_pages_and_nowhere_else() {
    for good in [
        "https://drive.contoh.go.id/berkas/123?x=1#a",
        " http://contoh.go.id ",
        "HTTPS://contoh.go.id:8443/a@b",
        "https://[2001:db8::1]/x",
        "https://10.1.2.3/laporan",
    ] {
        assert_eq!(check_url(good), Ok(good.trim()));
    }
    for (bad, why) in [
        ("", LinkBroken::Empty),
        ("javascript:alert(1)", LinkBroken::Scheme),
        ("javascript://contoh.go.id/%0aalert(1)", LinkBroken::Scheme),
        ("data:text/html,x", LinkBroken::Scheme),
        ("ftp://contoh.go.id/a", LinkBroken::Scheme),
        ("//contoh.go.id", LinkBroken::Scheme),
        ("contoh.go.id", LinkBroken::Scheme),
        ("https://siti:sandi@contoh.go.id", LinkBroken::Credentials),
        ("https://contoh.go.id@lain.example", LinkBroken::Credentials),
        ("https://contoh.go.id\\@lain.example", LinkBroken::Forbidden),
        ("https://contoh.go.id/a b", LinkBroken::Forbidden),
        ("https://contoh.go.id/\u{202E}x", LinkBroken::Forbidden),
        ("https://", LinkBroken::Host),
        ("https:///a", LinkBroken::Host),
        ("https://localhost/a", LinkBroken::Host),
        ("https://-a.example/", LinkBroken::Host),
        ("https://a..b/", LinkBroken::Host),
        ("https://contoh.go.id:99999/", LinkBroken::Host),
        ("https://[::1/", LinkBroken::Host),
    ] {
        assert_eq!(check_url(bad), Err(why), "{bad}");
    }
    assert_eq!(
        check_url(&format!("https://contoh.go.id/{}", "a".repeat(URL_MAX))),
        Err(LinkBroken::TooLong)
    );
}

#[test]
fn files_are_what_is_in_them() {
    let zip = |parts: &str| [b"PK\x03\x04".as_slice(), &[0; 26], parts.as_bytes()].concat();
    for (bytes, name, expected) in [
        (b"%PDF-1.7 ...".to_vec(), "a.exe", Ok(MediaType::Pdf)),
        (b"\x89PNG\r\n\x1a\n...".to_vec(), "a", Ok(MediaType::Png)),
        (b"\xFF\xD8\xFF\xE0".to_vec(), "a", Ok(MediaType::Jpeg)),
        (b"RIFF\0\0\0\0WEBPVP8 ".to_vec(), "a", Ok(MediaType::Webp)),
        (zip("[Content_Types].xml word/document.xml"), "a", Ok(MediaType::Docx)),
        (zip("[Content_Types].xml xl/workbook.xml"), "a", Ok(MediaType::Xlsx)),
        (
            zip("mimetypeapplication/vnd.oasis.opendocument.text"),
            "a",
            Ok(MediaType::Odt),
        ),
        (
            zip("[Content_Types].xml word/document.xml word/vbaProject.bin"),
            "a",
            Err(FileBroken::Macros),
        ),
        (zip("setup.exe"), "a.docx", Err(FileBroken::Kind)),
        (b"nama;jumlah\n".to_vec(), "a.CSV", Ok(MediaType::Csv)),
        ("Catatan rapat é\r\n\t1".into(), "a.csvx", Ok(MediaType::Text)),
        (b"<!DOCTYPE html><p>".to_vec(), "a.txt", Err(FileBroken::Kind)),
        (b"  <SVG onload=alert(1)>".to_vec(), "a.png", Err(FileBroken::Kind)),
        (b"teks <script>1</script>".to_vec(), "a.txt", Err(FileBroken::Kind)),
        (b"MZ\x90\0\x03".to_vec(), "a.pdf", Err(FileBroken::Kind)),
        (b"\xFF\xFE a".to_vec(), "a.txt", Err(FileBroken::Kind)),
        (Vec::new(), "a", Err(FileBroken::Empty)),
        (vec![b'a'; FILE_MAX + 1], "a", Err(FileBroken::TooLarge)),
    ] {
        assert_eq!(recognise(&bytes, name), expected, "{name} {:?}", bytes.get(..20));
    }
}

#[test]
fn names_are_cleaned() {
    for (name, expected) in [
        ("Laporan TW I.pdf", "Laporan TW I.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\lap.final.docx", "lap.final.pdf"),
        ("invoice\u{202E}fdp.exe", "invoice-fdp.pdf"),
        ("..", "bukti.pdf"),
        ("", "bukti.pdf"),
        (".htaccess", "bukti.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a--Set-Cookie- x.pdf"),
    ] {
        assert_eq!(clean_name(name, MediaType::Pdf), expected, "{name:?}");
    }
    assert_eq!(clean_name(&"x".repeat(5_000), MediaType::Pdf).len(), NAME_LENGTH);
}

const NAME_LENGTH: usize = 104;

#[test]
fn one_time_keys_are_plain() {
    assert!(is_submit_key("0190a2b4-aaaa-bbbb"));
    assert!(!is_submit_key("short"));
    assert!(!is_submit_key("with space in it"));
    assert!(!is_submit_key(&"a".repeat(65)));
}

#[test]
fn gaps_are_told_in_the_order_of_the_plan() {
    let rhk = |n| kernel::RhkId::from_uuid(uuid::Uuid::from_u128(n));
    let iki = |n| kernel::IkiId::from_uuid(uuid::Uuid::from_u128(n));
    let plan = [(rhk(1), vec![iki(1), iki(2)]), (rhk(2), vec![iki(3)])];
    let recorded = Recorded {
        planned: [rhk(1)].into(),
        evidenced: [rhk(2)].into(),
        realised: [iki(1), iki(3)].into(),
    };
    assert_eq!(
        gaps(&plan, &recorded),
        [
            Gap::RealisationMissing(rhk(1), iki(2)),
            Gap::EvidenceMissing(rhk(1)),
            Gap::PlanMissing(rhk(2)),
        ]
    );
}
