//! Properties that hold for any input.

use kernel::Code;
use proptest::prelude::*;
use regulation::Exact;
use regulation::angka_kredit::{Jenjang, akumulasi, konversi};
use regulation::distribution::{Counts, bands, check};
use regulation::nip::Nip;
use regulation::rating::{CapaianOrganisasi, Predikat, Rating, predikat};
use regulation::skm::{Convention, MutuTable, Scale, category, ikm, lowest, nrr, ranking};

fn member<C: Code + std::fmt::Debug>() -> impl Strategy<Value = C> {
    (0..C::ALL.len()).prop_map(|at| C::ALL[at])
}

/// One respondent's answers, 1 to 4.
fn answers(k: usize) -> impl Strategy<Value = Vec<u64>> {
    proptest::collection::vec(1_u64..=4, k)
}

fn means(respondents: &[Vec<u64>]) -> Vec<Exact> {
    let n = respondents.len() as u64;
    (0..respondents[0].len())
        .map(|u| nrr(respondents.iter().map(|r| r[u]).sum(), n).expect("answers from 1 to 4"))
        .collect()
}

proptest! {
    #[test]
    fn a_better_rating_never_gives_a_worse_predikat(
        hasil in member::<Rating>(), perilaku in member::<Rating>(),
        better_hasil in member::<Rating>(), better_perilaku in member::<Rating>(),
    ) {
        let better = better_hasil.rank() >= hasil.rank() && better_perilaku.rank() >= perilaku.rank();
        if better {
            prop_assert!(predikat(better_hasil, better_perilaku).rank() >= predikat(hasil, perilaku).rank());
        }
    }

    #[test]
    fn the_index_stays_on_its_scale_and_ignores_the_order(
        respondents in (1_usize..15).prop_flat_map(|k| proptest::collection::vec(answers(k), 1..40)),
    ) {
        let forward = ikm(&means(&respondents), Convention::Exact).expect("possible answers");
        prop_assert!((Exact::int(25)..=Exact::int(100)).contains(forward.exact()));
        prop_assert!(forward.mutu(MutuTable::Permenpanrb2017).is_some());

        let mut turned: Vec<Vec<u64>> = respondents.iter().rev().cloned().collect();
        turned.iter_mut().for_each(|r| r.reverse());
        prop_assert_eq!(&ikm(&means(&turned), Convention::Exact).expect("the same answers"), &forward);

        // the closed formula of the domain page: floor((5000 T + k n) / (2 k n)) hundredths
        let (k, n) = (respondents[0].len() as i64, respondents.len() as i64);
        let total: i64 = respondents.iter().flatten().map(|a| *a as i64).sum();
        prop_assert_eq!(forward.hundredths(), (5000 * total + k * n) / (2 * k * n));
    }

    #[test]
    fn a_better_answer_never_lowers_the_index(
        respondents in proptest::collection::vec(answers(9), 1..20), who in 0_usize..20, what in 0_usize..9,
    ) {
        let before = ikm(&means(&respondents), Convention::Exact).expect("possible answers");
        let mut after = respondents.clone();
        let who = who % after.len();
        after[who][what] = (after[who][what] + 1).min(4);
        prop_assert!(ikm(&means(&after), Convention::Exact).expect("possible answers") >= before);
    }

    #[test]
    fn categories_have_no_holes(hundred_thousandths in 2_500_000_i64..=10_000_000, table in member::<MutuTable>()) {
        let value = Exact::ratio(hundred_thousandths, 100_000).expect("not zero");
        let next = Exact::ratio(hundred_thousandths + 1, 100_000).expect("not zero");
        let mutu = category(table, Scale::Ikm, &value);
        prop_assert!(mutu.is_some());
        // better letters compare as smaller
        prop_assert!(category(table, Scale::Ikm, &next) <= mutu);
        let mean = Exact::ratio(hundred_thousandths, 2_500_000).expect("not zero");
        prop_assert_eq!(category(table, Scale::Nrr, &mean), mutu);
    }

    #[test]
    fn rankings_name_every_unsur_once(values in answers(9)) {
        let nrr: Vec<Exact> = values.iter().map(|v| Exact::int(*v as i64)).collect();
        let places = ranking(&nrr);
        let mut all: Vec<usize> = places.iter().flatten().copied().collect();
        for pair in places.windows(2) {
            prop_assert!(nrr[pair[0][0]] > nrr[pair[1][0]]);
        }
        all.sort_unstable();
        prop_assert_eq!(all, (0..9).collect::<Vec<_>>());
        let weakest = lowest(&nrr, 3);
        prop_assert!((0..9).filter(|at| !weakest.contains(at)).all(|at| weakest.iter().all(|w| nrr[*w] <= nrr[at])));
    }

    #[test]
    fn a_nip_survives_printing(
        year in 1950_i16..2010, month in 1_u8..=12, day in 1_u8..=28, since in 1970_i16..2030, code in 0_u8..100,
        sex in 1_u8..=2, sequence in 900_u16..1000,
    ) {
        let text = format!("{year:04}{month:02}{day:02}{since:04}{code:02}{sex}{sequence:03}");
        let nip = Nip::parse(&text).expect("a valid structure");
        prop_assert_eq!(nip.as_str(), text.as_str());
        prop_assert_eq!(Nip::parse(&nip.printed()), Ok(nip));
        prop_assert_eq!(nip.birth_date().to_string(), format!("{year:04}-{month:02}-{day:02}"));
        prop_assert!(!nip.masked().contains(&text[..4]));
    }

    #[test]
    fn no_text_makes_the_rules_panic(text in ".{0,60}", field in "[a-z_]{1,12}") {
        let _ = Nip::parse(&text);
        let _ = text.parse::<Exact>();
        let _ = regulation::golongan::Golongan::parse(&text);
        let _ = regulation::golongan::GolonganPppk::parse(&text);
        let _ = regulation::service_times::Noted::parse(&text);
        for kind in regulation::calculate::kinds() {
            prop_assert!(regulation::calculate::line(kind.name, &text, true).is_err());
            let object = serde_json::json!({ field.as_str(): text.as_str() }).to_string();
            prop_assert!(regulation::calculate::line(kind.name, &object, true).is_err() || field == "nip");
        }
    }

    #[test]
    fn exact_numbers_survive_printing(digits in -1_000_000_000_000_i64..1_000_000_000_000, places in 0_u32..12) {
        let value = Exact::ratio(digits, 10_i64.pow(places)).expect("not zero");
        prop_assert_eq!(value.plain().parse::<Exact>(), Ok(value.clone()));
        prop_assert_eq!(value.round(12).parse::<Exact>(), Ok(value));
    }

    #[test]
    fn sums_of_credit_do_not_depend_on_the_order(
        rows in proptest::collection::vec((member::<Jenjang>(), member::<Predikat>(), 1_u8..=12), 0..12),
    ) {
        let mut values: Vec<Exact> =
            rows.iter().map(|(j, p, months)| konversi(*j, *p, *months).expect("1 to 12 months")).collect();
        let forward = akumulasi(&values);
        values.reverse();
        prop_assert_eq!(akumulasi(&values), forward);
    }

    #[test]
    fn a_unit_outside_a_band_breaks_the_pattern(
        capaian in member::<CapaianOrganisasi>(), counts in proptest::array::uniform5(0_u32..30),
    ) {
        let counts = Counts::new(counts);
        let n = counts.total();
        let outside = bands(capaian).iter().any(|band| {
            let share = u64::from(counts.of(band.predikat)) * 100;
            share < u64::from(band.min) * n || share > u64::from(band.max) * n
        });
        if n > 0 && outside {
            prop_assert!(!check(capaian, counts).is_empty());
        }
        // the pattern looks at shares: twice as many of everybody is judged alike
        let doubled = Counts::new(Predikat::ALL.iter().map(|p| counts.of(*p) * 2).collect::<Vec<_>>().try_into().expect("five"));
        prop_assert_eq!(check(capaian, doubled), check(capaian, counts));
    }
}
