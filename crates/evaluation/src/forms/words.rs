//! Words of the printed forms. The forms of the law are Indonesian whatever language a page is read in.

use jiff::civil::Date;
use kernel::{Code, Decimal, Instant, Period, Zone, format_decimal_id};
use regulation::rating::CapaianOrganisasi;
use skp::model::{Aspect, Perspective};

const MONTHS: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];

fn month(number: i8) -> &'static str {
    usize::try_from(number - 1)
        .ok()
        .and_then(|at| MONTHS.get(at))
        .copied()
        .unwrap_or("")
}

/// "22 November 2026".
pub(super) fn date(day: Date) -> String {
    format!("{} {} {}", day.day(), month(day.month()), day.year())
}

/// "22 November 2026 pukul 10.15 WIB".
pub(super) fn moment(zone: Zone, at: Instant) -> String {
    let local = zone.local(at);
    format!(
        "{} pukul {:02}.{:02} {}",
        date(local.date()),
        local.hour(),
        local.minute(),
        zone.code()
    )
}

/// "01 JANUARI SD 31 MARET TAHUN 2026".
pub(super) fn span(first: Date, last: Date) -> String {
    let day = |d: Date| format!("{:02} {}", d.day(), month(d.month()).to_uppercase());
    format!("{} SD {} TAHUN {}", day(first), day(last), last.year())
}

/// The period of an evaluation as the forms name it.
pub(super) fn period(period: Period, year: i16) -> documents::EvaluationPeriod {
    use documents::EvaluationPeriod::{Akhir, Triwulan, Words};
    match period {
        Period::Tw1 => Triwulan { number: 1 },
        Period::Tw2 => Triwulan { number: 2 },
        Period::Tw3 => Triwulan { number: 3 },
        Period::Tw4 => Triwulan { number: 4 },
        Period::Annual => Akhir,
        single => Words {
            text: format!("BULAN {} {year}", month(single.months().0).to_uppercase()),
        },
    }
}

/// Short name of a period for titles, as in "Triwulan III 2026".
pub(super) fn period_title(period: Period, year: i16) -> String {
    let name = match period {
        Period::Tw1 => "Triwulan I",
        Period::Tw2 => "Triwulan II",
        Period::Tw3 => "Triwulan III",
        Period::Tw4 => "Triwulan IV",
        Period::Annual => "Tahunan",
        single => month(single.months().0),
    };
    format!("{name} {year}")
}

pub(super) fn aspect(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Kuantitas => "Kuantitas",
        Aspect::Kualitas => "Kualitas",
        Aspect::Waktu => "Waktu",
        Aspect::Biaya => "Biaya",
    }
}

pub(super) fn perspective(perspective: Perspective) -> &'static str {
    match perspective {
        Perspective::PenerimaLayanan => "Penerima Layanan",
        Perspective::ProsesBisnis => "Proses Bisnis",
        Perspective::PenguatanInternal => "Penguatan Internal",
        Perspective::Anggaran => "Anggaran",
    }
}

/// A number as it is printed.
pub(super) fn number(value: Decimal) -> String {
    format_decimal_id(value)
}

/// The curve that belongs to an achievement: relative heights over Sangat Kurang, Kurang/Misconduct, Butuh Perbaikan,
/// Baik, Sangat Baik. A picture of the rule (SE MenPANRB 3/2023), not of the unit's people.
pub(super) fn curve(achievement: CapaianOrganisasi) -> documents::Curve {
    let heights = match achievement {
        CapaianOrganisasi::Istimewa => [4, 10, 26, 62, 100],
        CapaianOrganisasi::Baik => [6, 22, 52, 100, 46],
        CapaianOrganisasi::ButuhPerbaikan => [18, 48, 100, 48, 14],
        CapaianOrganisasi::Kurang => [46, 100, 52, 22, 8],
        CapaianOrganisasi::SangatKurang => [100, 62, 26, 10, 0],
    };
    documents::Curve {
        achievement: achievement.label().to_uppercase(),
        heights,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;

    use super::*;

    #[test]
    fn dates_and_periods_read_as_on_paper() {
        assert_eq!(date(day(2026, 11, 2)), "2 November 2026");
        assert_eq!(
            span(day(2026, 1, 1), day(2026, 3, 31)),
            "01 JANUARI SD 31 MARET TAHUN 2026"
        );
        let at = Zone::Wita.instant(day(2026, 8, 17).at(9, 5, 0, 0));
        assert_eq!(moment(Zone::Wita, at), "17 Agustus 2026 pukul 09.05 WITA");
        assert_eq!(period_title(Period::Tw3, 2026), "Triwulan III 2026");
        assert_eq!(
            period(Period::M03, 2026),
            documents::EvaluationPeriod::Words {
                text: "BULAN MARET 2026".into()
            }
        );
    }

    #[test]
    fn the_peak_of_a_curve_is_the_expected_predikat() {
        for achievement in CapaianOrganisasi::ALL {
            let heights = curve(*achievement).heights;
            let peak = heights.iter().position(|h| *h == 100).expect("a peak");
            let expected = regulation::distribution::expected_mode(*achievement) as usize;
            assert_eq!(4 - peak, expected);
        }
    }
}
