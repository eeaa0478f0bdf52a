//! The words of the questionnaire and of figures, in the reader's language.

use i18n::Texts;
use kernel::{Code, Decimal};
use regulation::Exact;
use regulation::skm::{Mutu, Unsur};
use service::model::{AgeBand, Education, Occupation, Sex};

use crate::shared::Choice;
use crate::shared::words::Tag;

/// The name of an element.
pub(super) fn label(t: Texts, unsur: Unsur) -> &'static str {
    match unsur {
        Unsur::Persyaratan => t.service_unsur_persyaratan(),
        Unsur::Prosedur => t.service_unsur_prosedur(),
        Unsur::Waktu => t.service_unsur_waktu(),
        Unsur::Biaya => t.service_unsur_biaya(),
        Unsur::Produk => t.service_unsur_produk(),
        Unsur::Kompetensi => t.service_unsur_kompetensi(),
        Unsur::Perilaku => t.service_unsur_perilaku(),
        Unsur::Pengaduan => t.service_unsur_pengaduan(),
        Unsur::Sarana => t.service_unsur_sarana(),
    }
}

/// Its question.
pub(super) fn question(t: Texts, unsur: Unsur) -> &'static str {
    match unsur {
        Unsur::Persyaratan => t.service_question_persyaratan(),
        Unsur::Prosedur => t.service_question_prosedur(),
        Unsur::Waktu => t.service_question_waktu(),
        Unsur::Biaya => t.service_question_biaya(),
        Unsur::Produk => t.service_question_produk(),
        Unsur::Kompetensi => t.service_question_kompetensi(),
        Unsur::Perilaku => t.service_question_perilaku(),
        Unsur::Pengaduan => t.service_question_pengaduan(),
        Unsur::Sarana => t.service_question_sarana(),
    }
}

/// Its four answers, worst first as on the official form.
pub(super) fn options(t: Texts, unsur: Unsur) -> [&'static str; 4] {
    match unsur {
        Unsur::Persyaratan => [
            t.service_option_persyaratan_1(),
            t.service_option_persyaratan_2(),
            t.service_option_persyaratan_3(),
            t.service_option_persyaratan_4(),
        ],
        Unsur::Prosedur => [
            t.service_option_prosedur_1(),
            t.service_option_prosedur_2(),
            t.service_option_prosedur_3(),
            t.service_option_prosedur_4(),
        ],
        Unsur::Waktu => [
            t.service_option_waktu_1(),
            t.service_option_waktu_2(),
            t.service_option_waktu_3(),
            t.service_option_waktu_4(),
        ],
        Unsur::Biaya => [
            t.service_option_biaya_1(),
            t.service_option_biaya_2(),
            t.service_option_biaya_3(),
            t.service_option_biaya_4(),
        ],
        Unsur::Produk => [
            t.service_option_produk_1(),
            t.service_option_produk_2(),
            t.service_option_produk_3(),
            t.service_option_produk_4(),
        ],
        Unsur::Kompetensi => [
            t.service_option_kompetensi_1(),
            t.service_option_kompetensi_2(),
            t.service_option_kompetensi_3(),
            t.service_option_kompetensi_4(),
        ],
        Unsur::Perilaku => [
            t.service_option_perilaku_1(),
            t.service_option_perilaku_2(),
            t.service_option_perilaku_3(),
            t.service_option_perilaku_4(),
        ],
        Unsur::Pengaduan => [
            t.service_option_pengaduan_1(),
            t.service_option_pengaduan_2(),
            t.service_option_pengaduan_3(),
            t.service_option_pengaduan_4(),
        ],
        Unsur::Sarana => [
            t.service_option_sarana_1(),
            t.service_option_sarana_2(),
            t.service_option_sarana_3(),
            t.service_option_sarana_4(),
        ],
    }
}

/// The category with its colour.
pub(super) fn mutu(t: Texts, mutu: Mutu) -> Tag {
    match mutu {
        Mutu::A => Tag::new(t.service_mutu_a(), "good"),
        Mutu::B => Tag::new(t.service_mutu_b(), "good"),
        Mutu::C => Tag::new(t.service_mutu_c(), "warn"),
        Mutu::D => Tag::new(t.service_mutu_d(), "bad"),
    }
}

/// The word for a face of the short form, 1 (worst) to 4.
pub(super) fn face(t: Texts, face: u8) -> &'static str {
    match face {
        1 => t.service_face_1(),
        2 => t.service_face_2(),
        3 => t.service_face_3(),
        _ => t.service_face_4(),
    }
}

/// An exact value with `places` decimals, half up.
pub(super) fn exact(t: Texts, value: &Exact, places: u32) -> String {
    value
        .to_decimal(places)
        .map_or_else(|| value.round(places), |d| t.decimal(d))
}

/// An exact value without decimals that say nothing.
pub(super) fn plain(t: Texts, value: &Exact) -> String {
    value
        .to_decimal(1)
        .map_or_else(|| value.round(1), |d| t.decimal(d.normalize()))
}

/// An end of an interval: a statistic, two decimals.
pub(super) fn statistic(t: Texts, value: f64) -> String {
    let text = format!("{value:.2}");
    text.parse::<Decimal>().map_or(text.clone(), |d| t.decimal(d))
}

/// A share kept in hundredths of a percent, with one decimal: 9643 is written `96,4%`.
pub(super) fn percent(t: Texts, hundredths: i64) -> String {
    format!("{}%", t.decimal(Decimal::new((hundredths + 5).div_euclid(10), 1)))
}

/// A count.
pub(super) fn count(t: Texts, n: u64) -> String {
    t.number(i64::try_from(n).unwrap_or(i64::MAX))
}

fn untold(t: Texts) -> Choice {
    Choice::new("", t.service_survey_untold())
}

/// Jenis kelamin, and not told.
pub(super) fn sexes(t: Texts) -> Vec<Choice> {
    let told = Sex::ALL.iter().map(|sex| {
        let label = match sex {
            Sex::Male => t.service_survey_sex_l(),
            Sex::Female => t.service_survey_sex_p(),
        };
        Choice::new(sex.code(), label)
    });
    std::iter::once(untold(t)).chain(told).collect()
}

/// Age bands, and not told.
pub(super) fn ages(t: Texts) -> Vec<Choice> {
    let told = AgeBand::ALL.iter().map(|band| {
        let label = match band {
            AgeBand::Under20 => t.service_survey_age_under().to_owned(),
            AgeBand::From50 => t.service_survey_age_over().to_owned(),
            AgeBand::From20 | AgeBand::From30 | AgeBand::From40 => t.service_survey_age_band(band.code()),
        };
        Choice::new(band.code(), label)
    });
    std::iter::once(untold(t)).chain(told).collect()
}

/// Pendidikan, and not told. The abbreviations are the names that everybody knows.
pub(super) fn educations(t: Texts) -> Vec<Choice> {
    let told = Education::ALL.iter().map(|e| Choice::new(e.code(), e.code()));
    std::iter::once(untold(t)).chain(told).collect()
}

/// Pekerjaan, and not told.
pub(super) fn occupations(t: Texts) -> Vec<Choice> {
    let told = Occupation::ALL.iter().map(|occupation| {
        let label = match occupation {
            Occupation::Pns => t.service_occupation_pns(),
            Occupation::Tni => t.service_occupation_tni(),
            Occupation::Polri => t.service_occupation_polri(),
            Occupation::Private => t.service_occupation_swasta(),
            Occupation::Business => t.service_occupation_wirausaha(),
            Occupation::Other => t.service_occupation_lainnya(),
        };
        Choice::new(occupation.code(), label)
    });
    std::iter::once(untold(t)).chain(told).collect()
}

/// Hides what could name somebody in a free text: runs of nine digits or more (telephone, NIK), whatever stands
/// between the digits, and e-mail addresses.
pub(super) fn masked(text: &str) -> String {
    const HIDDEN: &str = "•••";
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    let flush = |run: &mut String, out: &mut String| {
        let kept = run.trim_end_matches(|c: char| !c.is_ascii_digit());
        if kept.chars().filter(char::is_ascii_digit).count() >= 9 {
            out.push_str(HIDDEN);
            out.push_str(&run[kept.len()..]);
        } else {
            out.push_str(run);
        }
        run.clear();
    };
    for c in text.chars() {
        let joins = matches!(c, ' ' | '-' | '.' | '(' | ')' | '/') && !run.is_empty();
        if c.is_ascii_digit() || joins {
            run.push(c);
        } else {
            flush(&mut run, &mut out);
            out.push(c);
        }
    }
    flush(&mut run, &mut out);
    if !out.contains('@') {
        return out;
    }
    out.split_inclusive(char::is_whitespace)
        .map(|word| {
            let bare = word.trim_end();
            if bare.contains('@') {
                format!("{HIDDEN}{}", &word[bare.len()..])
            } else {
                word.to_owned()
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use i18n::Lang;

    use super::*;

    #[test]
    fn the_indonesian_words_are_those_of_the_regulation() {
        let t = Lang::Id.texts();
        for unsur in Unsur::ALL.iter().copied() {
            assert_eq!(label(t, unsur), unsur.label());
            assert_eq!(question(t, unsur), unsur.question());
            assert_eq!(options(t, unsur), unsur.options());
        }
        for (m, tag) in Mutu::ALL.iter().map(|m| (*m, mutu(t, *m))) {
            assert_eq!(tag.label, format!("{} · {}", m.code(), m.kinerja()));
        }
    }

    #[test]
    fn figures_read_as_people_expect() {
        let (id, en) = (Lang::Id.texts(), Lang::En.texts());
        let third = Exact::ratio(105, 29).expect("not by zero");
        assert_eq!(
            (exact(id, &third, 3), exact(en, &third, 3)),
            ("3,621".into(), "3.621".into())
        );
        assert_eq!(plain(id, &Exact::int(2)), "2");
        assert_eq!(plain(id, &Exact::ratio(3, 2).expect("not by zero")), "1,5");
        assert_eq!(
            (percent(id, 9643), percent(id, 10_000)),
            ("96,4%".into(), "100,0%".into())
        );
        assert_eq!(
            (statistic(id, 86.1), statistic(en, 90.456)),
            ("86,10".into(), "90.46".into())
        );
    }

    #[test]
    fn what_could_name_somebody_is_hidden() {
        for (given, shown) in [
            ("Hubungi 0812-3456-7890 ya", "Hubungi ••• ya"),
            ("NIK 3573 0101 0190 0001.", "NIK •••."),
            ("surel a.b@contoh.id segera", "surel ••• segera"),
            ("Menunggu 45 menit, 3 loket", "Menunggu 45 menit, 3 loket"),
            ("22/11/2026 pukul 9", "22/11/2026 pukul 9"),
            ("", ""),
        ] {
            assert_eq!(masked(given), shown);
        }
    }
}
