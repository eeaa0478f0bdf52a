//! Kinds of the performance cycle.

use kernel::{Code, Period};
use serde_json::{Value, json};

use super::input::{Fail, Object, Outcome};
use crate::distribution::{self, Counts};
use crate::rating::{self, CapaianOrganisasi, Predikat, Rating};
use crate::{Step, objection, period, pp30, siasn};

fn ratings(object: &Object<'_>) -> Outcome<(Rating, Rating)> {
    object.only(&["rating_hasil_kerja", "rating_perilaku_kerja"])?;
    Ok((
        object.code("rating_hasil_kerja")?,
        object.code("rating_perilaku_kerja")?,
    ))
}

pub(super) fn quadrant(object: &Object<'_>, steps: &mut Vec<Step>) -> Outcome<Value> {
    let (hasil, perilaku) = ratings(object)?;
    steps.push(rating::quadrant_step(hasil, perilaku));
    Ok(json!({ "predikat": rating::predikat(hasil, perilaku).code() }))
}

pub(super) fn siasn_skp22_codes(object: &Object<'_>, steps: &mut Vec<Step>) -> Outcome<Value> {
    let (hasil, perilaku) = ratings(object)?;
    let predikat = rating::predikat(hasil, perilaku);
    let kuadran = siasn::kuadran_code(predikat);
    steps.push(rating::quadrant_step(hasil, perilaku));
    steps.push(Step::new("siasn_codes", siasn::SKP22, kuadran.to_string()).input("predikat", predikat));
    Ok(json!({
        "hasilKinerjaNilai": siasn::rating_code(hasil),
        "perilakuKerjaNilai": siasn::rating_code(perilaku),
        "kuadranKinerjaNilai": kuadran,
    }))
}

/// The code of a predikat of PP 30/2019, or of a value outside the scale.
fn pp30_code(predikat: Option<pp30::PredikatPp30>) -> &'static str {
    predikat.map_or("INVALID", Code::code)
}

pub(super) fn pp30_predikat(object: &Object<'_>, steps: &mut Vec<Step>) -> Outcome<Value> {
    object.only(&["nilai_kinerja", "ide_baru"])?;
    let (value, idea) = (object.exact("nilai_kinerja")?, object.flag("ide_baru")?);
    let code = pp30_code(pp30::predikat(&value, idea));
    steps.push(
        Step::new("pp30_predikat", pp30::PREDIKAT, code)
            .input("nilai_kinerja", &value)
            .input("ide_baru", idea),
    );
    Ok(json!({ "predikat": code }))
}

pub(super) fn pp30_combine(object: &Object<'_>, steps: &mut Vec<Step>) -> Outcome<Value> {
    object.only(&["nilai_skp", "nilai_perilaku", "bobot", "ide_baru"])?;
    let (skp, behaviour) = (object.exact("nilai_skp")?, object.exact("nilai_perilaku")?);
    let (bobot, idea) = (object.code::<pp30::Bobot>("bobot")?, object.flag("ide_baru")?);
    let value = pp30::combine(&skp, &behaviour, bobot);
    // a negative part is outside the scale even when the other part hides it
    let possible = !skp.is_negative() && !behaviour.is_negative();
    let code = pp30_code(if possible { pp30::predikat(&value, idea) } else { None });
    let shown = value.round(2);
    steps.push(
        Step::new("pp30_combine", pp30::COMBINE, value.plain())
            .input("nilai_skp", &skp)
            .input("nilai_perilaku", &behaviour)
            .input("bobot", bobot),
    );
    steps.push(
        Step::new("pp30_predikat", pp30::PREDIKAT, code)
            .input("nilai_kinerja", &value)
            .input("ide_baru", idea),
    );
    Ok(json!({ "nilai_kinerja": shown, "predikat": code }))
}

pub(super) fn distribution_check(object: &Object<'_>, steps: &mut Vec<Step>) -> Outcome<Value> {
    object.only(&["capaian_organisasi", "counts"])?;
    let capaian: CapaianOrganisasi = object.code("capaian_organisasi")?;
    let given = object.object("counts")?;
    let known: Vec<_> = Predikat::ALL.iter().map(|p| p.code()).collect();
    given.only(&known)?;
    let mut counts = [0_u32; 5];
    for predikat in Predikat::ALL {
        if given.get(predikat.code()).is_some() {
            let count = given.whole(predikat.code(), 0..=i64::from(u32::MAX))?;
            counts[*predikat as usize] = u32::try_from(count).map_err(|e| Fail::new(e, given.at(predikat.code())))?;
        }
    }
    let counts = Counts::new(counts);
    let violations: Vec<_> = distribution::check(capaian, counts)
        .into_iter()
        .map(Code::code)
        .collect();
    let mut step =
        Step::new("distribution", distribution::PATTERN, violations.join(",")).input("capaian_organisasi", capaian);
    for predikat in Predikat::ALL {
        step = step.input(predikat.code(), counts.of(*predikat));
    }
    steps.push(step);
    Ok(json!({ "ok": violations.is_empty(), "violations": violations }))
}

pub(super) fn objection_deadline(object: &Object<'_>, steps: &mut Vec<Step>) -> Outcome<Value> {
    object.only(&["tanggal_diterima"])?;
    let received = object.date("tanggal_diterima")?;
    let last = objection::deadline(received, objection::DAYS)
        .ok_or_else(|| Fail::new("the calendar ends before the deadline", object.at("tanggal_diterima")))?;
    steps.push(
        Step::new("objection_deadline", objection::OBJECTION, last.to_string())
            .input("tanggal_diterima", received)
            .input("hari_kalender", objection::DAYS),
    );
    Ok(json!({ "batas_terakhir": last.to_string() }))
}

pub(super) fn period_window(object: &Object<'_>, steps: &mut Vec<Step>) -> Outcome<Value> {
    object.only(&["periode", "tahun"])?;
    let wanted: Period = object.code("periode")?;
    let year = object.whole("tahun", 2000..=2200)?;
    let year = i16::try_from(year).map_err(|e| Fail::new(e, object.at("tahun")))?;
    let window = period::window(wanted, year).map_err(|e| Fail::new(e, object.at("tahun")))?;
    let (first, last) = window.days;
    steps.push(
        Step::new("period_window", period::PERIOD, format!("{first}/{last}"))
            .input("periode", wanted)
            .input("tahun", year),
    );
    Ok(json!({
        "bulanMulaiPenilaian": window.first_month,
        "bulanSelesaiPenilaian": window.last_month,
        "tahunMulaiPenilaian": window.year,
        "tahunSelesaiPenilaian": window.year,
    }))
}
