//! Single values as people write them.

use documents::Cell;
use jiff::civil::{Date, date};
use kernel::{Code, fold_name};
use regulation::nip::Sex;

use super::FindingKind;
use crate::model::{PersonStatus, PositionKind, PositionLevel, UnitKind};

/// A date: a date cell, a serial number of a spreadsheet, `31/12/2025`, `31-12-2025`, `31.12.2025`, `2025-12-31`, or
/// `31 Desember 2025`.
pub(super) fn read_date(cell: &Cell) -> Result<Date, FindingKind> {
    match cell.value() {
        Cell::Date(date) => Ok(*date),
        Cell::DateTime(at) => Ok(at.date()),
        Cell::Number { text, .. } => serial(text).ok_or(FindingKind::DateInvalid),
        Cell::Text(text) => written(text),
        _ => Err(FindingKind::DateInvalid),
    }
}

/// Days since the thirtieth of December 1899, from 1900 to 2100.
fn serial(text: &str) -> Option<Date> {
    let days: i64 = text.split('.').next()?.parse().ok()?;
    if text.len() == 8 && !text.contains('.') {
        // 20251231 as a number is a date as well
        return written(text).ok();
    }
    if !(61..=73_050).contains(&days) {
        return None;
    }
    date(1899, 12, 30).checked_add(jiff::Span::new().days(days)).ok()
}

fn written(text: &str) -> Result<Date, FindingKind> {
    let text = text.trim();
    // a time after the date, as exports of databases have it
    let text = text
        .strip_suffix("00:00:00")
        .map_or(text, str::trim_end)
        .trim_end_matches('T');
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return day(&text[0..4], &text[4..6], &text[6..8]);
    }
    let parts: Vec<&str> = text.split(['/', '-', '.', ' ']).filter(|p| !p.is_empty()).collect();
    let [a, b, c] = parts.as_slice() else {
        return Err(FindingKind::DateInvalid);
    };
    let month = month_number(b);
    let month = month.as_deref().unwrap_or(b);
    if a.len() == 4 {
        day(a, month, c)
    } else {
        day(c, month, a)
    }
}

fn day(year: &str, month: &str, day: &str) -> Result<Date, FindingKind> {
    let number = |t: &str, most: usize| {
        (t.len() <= most && t.bytes().all(|b| b.is_ascii_digit()))
            .then(|| t.parse::<i16>().ok())
            .flatten()
    };
    let (Some(y), Some(m), Some(d)) = (number(year, 4), number(month, 2), number(day, 2)) else {
        return Err(FindingKind::DateInvalid);
    };
    match year.len() {
        4 => {}
        2 => return Err(FindingKind::DateTwoDigitYear),
        _ => return Err(FindingKind::DateInvalid),
    }
    let part = |n: i16| i8::try_from(n).map_err(|_| FindingKind::DateImpossible);
    Date::new(y, part(m)?, part(d)?).map_err(|_| FindingKind::DateImpossible)
}

fn month_number(word: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des",
    ];
    let folded = fold_name(word);
    let start: String = folded.chars().take(3).collect();
    let at = MONTHS.iter().position(|m| *m == start).or(match start.as_str() {
        "may" => Some(4),
        "aug" | "ags" | "agt" => Some(7),
        "oct" => Some(9),
        "dec" => Some(11),
        _ => None,
    })?;
    Some((at + 1).to_string())
}

fn key(text: &str) -> String {
    fold_name(text).replace(' ', "")
}

/// Sex.
pub(super) fn sex(text: &str) -> Option<Sex> {
    match key(text).as_str() {
        "l" | "lk" | "lakilaki" | "pria" | "m" | "1" => Some(Sex::Male),
        "p" | "pr" | "perempuan" | "wanita" | "f" | "2" => Some(Sex::Female),
        _ => None,
    }
}

/// True for yes. An empty cell never comes here.
pub(super) fn yes_no(text: &str) -> Option<bool> {
    match key(text).as_str() {
        "ya" | "y" | "yes" | "true" | "1" | "benar" | "v" | "x" => Some(true),
        "tidak" | "t" | "tdk" | "n" | "no" | "false" | "0" | "bukan" => Some(false),
        _ if text.trim() == "-" => Some(false),
        _ => None,
    }
}

/// True for PPPK.
pub(super) fn is_pppk(text: &str) -> Option<bool> {
    match key(text).as_str() {
        "pns" | "cpns" | "pegawainegerisipil" => Some(false),
        "pppk" | "p3k" | "pppkparuhwaktu" | "pppkpenuhwaktu" | "pegawaipemerintahdenganperjanjiankerja" => Some(true),
        _ => None,
    }
}

fn by_code<C: Code>(text: &str) -> Option<C> {
    let wanted = key(text);
    C::ALL.iter().copied().find(|c| key(c.code()) == wanted)
}

/// Status.
pub(super) fn status(text: &str) -> Option<PersonStatus> {
    by_code(text).or_else(|| match key(text).as_str() {
        "aktifbekerja" => Some(PersonStatus::Active),
        "cutidiluartanggungannegara" => Some(PersonStatus::UnpaidLeave),
        "masapersiapanpensiun" => Some(PersonStatus::PreRetirement),
        "pensiunan" => Some(PersonStatus::Retired),
        "wafat" => Some(PersonStatus::Dead),
        _ => None,
    })
}

/// Jenis jabatan.
pub(super) fn position_kind(text: &str) -> Option<PositionKind> {
    by_code(text).or_else(|| match key(text).as_str() {
        "jpt" | "jabatanpimpinantinggi" | "administrator" | "pengawas" | "1" => Some(PositionKind::Structural),
        "jf" | "jft" | "fungsionaltertentu" | "jabatanfungsional" | "2" => Some(PositionKind::Functional),
        "jfu" | "fungsionalumum" | "staf" | "jabatanpelaksana" | "4" => Some(PositionKind::Clerical),
        _ => None,
    })
}

/// Jenjang.
pub(super) fn level(text: &str) -> Option<PositionLevel> {
    by_code(text)
}

/// Kind of a unit.
pub(super) fn unit_kind(text: &str) -> Option<UnitKind> {
    by_code(text).or_else(|| match key(text).as_str() {
        "subbagian" | "subbidang" => Some(UnitKind::Section),
        "uptd" => Some(UnitKind::Technical),
        "rsud" => Some(UnitKind::Hospital),
        _ => None,
    })
}

/// An e-mail address, lower case.
pub(crate) fn email(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let (local, domain) = text.split_once('@')?;
    let plain = |s: &str| {
        !s.is_empty()
            && s.bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+'))
            && !s.starts_with('.')
            && !s.ends_with('.')
            && !s.contains("..")
    };
    let fits = text.len() <= 200 && plain(local) && plain(domain) && domain.contains('.') && !domain.starts_with('-');
    fits.then_some(text)
}

/// UTF-8 read as an older encoding: `Ã©`, `â€™`, or the sign for characters that could not be read.
pub(super) fn is_mojibake(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let chars: Vec<char> = text.chars().collect();
    text.contains('\u{FFFD}')
        || chars.windows(2).any(|w| {
            matches!(w[0], 'Ã' | 'Â') && matches!(w[1], '\u{80}'..='\u{BF}' | '€' | '™' | 'œ')
                || w[0] == 'â' && matches!(w[1], '€' | '\u{80}')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(t: &str) -> Result<Date, FindingKind> {
        read_date(&Cell::Text(t.to_owned()))
    }

    #[test]
    fn dates_in_every_dress() {
        let day = Ok(date(2025, 8, 17));
        for good in [
            "17/08/2025",
            "17-8-2025",
            "17.08.2025",
            "2025-08-17",
            "20250817",
            "17 Agustus 2025",
            "17 AGT 2025",
        ] {
            assert_eq!(text(good), day, "{good}");
        }
        assert_eq!(text("2025-08-17 00:00:00"), day);
        assert_eq!(
            read_date(&Cell::Number {
                text: "45886".into(),
                rounded: false
            }),
            day
        );
        assert_eq!(text("31/02/2025"), Err(FindingKind::DateImpossible));
        assert_eq!(text("17/13/2025"), Err(FindingKind::DateImpossible));
        assert_eq!(text("17/08/85"), Err(FindingKind::DateTwoDigitYear));
        for bad in ["", "besok", "17/08", "1/2/3/4", "17/08/20255", "é/é/é", "2025-08"] {
            assert_eq!(text(bad), Err(FindingKind::DateInvalid), "{bad}");
        }
        for bad in ["0", "-5", "99999999", "1e9"] {
            assert!(
                read_date(&Cell::Number {
                    text: bad.into(),
                    rounded: false
                })
                .is_err(),
                "{bad}"
            );
        }
    }

    #[test]
    fn words_in_every_dress() {
        assert_eq!(sex("Laki-laki"), Some(Sex::Male));
        assert_eq!(yes_no(" YA "), Some(true));
        assert_eq!(yes_no("-"), Some(false));
        assert_eq!(yes_no("mungkin"), None);
        assert_eq!(is_pppk("P3K"), Some(true));
        assert_eq!(level("Ahli Madya"), Some(PositionLevel::AhliMadya));
        assert_eq!(status("tugas belajar"), Some(PersonStatus::Studying));
        assert_eq!(email(" A.B@Kota.go.id "), Some("a.b@kota.go.id".to_owned()));
        for bad in ["a", "a@b", "@b.c", "a b@c.d", "a@b..c", "a@.c", "a@@b.c"] {
            assert_eq!(email(bad), None, "{bad}");
        }
        assert!(is_mojibake("AndrÃ©") && is_mojibake("Maâ€™ruf") && is_mojibake("Jos\u{FFFD}"));
        assert!(!is_mojibake("André Ma’ruf Âu"));
    }
}
