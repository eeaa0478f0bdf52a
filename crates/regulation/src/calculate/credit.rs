//! Kinds of angka kredit.

use kernel::Code;
use serde_json::{Value, json};

use super::input::{Fail, Object, Outcome};
use crate::angka_kredit::{self as ak, Jenjang};
use crate::golongan::Golongan;
use crate::rating::Predikat;
use crate::{Exact, Step};

fn golongan(object: &Object<'_>) -> Outcome<Golongan> {
    let text = object.text("golongan_ruang")?;
    Golongan::parse(&text).map_err(|e| Fail::new(e, object.at("golongan_ruang")))
}

fn credit(object: &Object<'_>, name: &str) -> Outcome<Exact> {
    let value = object.exact(name)?;
    if value.is_negative() {
        Err(Fail::new("must not be negative", object.at(name)))
    } else {
        Ok(value)
    }
}

struct Row {
    jenjang: Jenjang,
    predikat: Predikat,
    value: Exact,
}

fn row(object: &Object<'_>, steps: &mut Vec<Step>) -> Outcome<Row> {
    object.only(&["jenjang", "predikat", "bulan"])?;
    let (jenjang, predikat) = (object.code("jenjang")?, object.code("predikat")?);
    let months = object.whole("bulan", 1..=12)?;
    let months = u8::try_from(months).map_err(|e| Fail::new(e, object.at("bulan")))?;
    let value = ak::konversi(jenjang, predikat, months).map_err(|e| Fail::new(e, object.at("bulan")))?;
    steps.push(
        Step::new("ak_konversi", ak::KONVERSI, value.round(6))
            .input("persentase", ak::persentase(predikat))
            .input("koefisien", jenjang.koefisien())
            .input("bulan", months),
    );
    Ok(Row {
        jenjang,
        predikat,
        value,
    })
}

pub(super) fn konversi(object: &Object<'_>, steps: &mut Vec<Step>) -> Outcome<Value> {
    let Row {
        jenjang,
        predikat,
        value,
    } = row(object, steps)?;
    Ok(json!({
        "persentase": ak::persentase(predikat),
        "koefisien": jenjang.koefisien().round(2),
        "ak_2dp": value.round(2),
        "ak_3dp": value.round(3),
    }))
}

pub(super) fn akumulasi(object: &Object<'_>, steps: &mut Vec<Step>) -> Outcome<Value> {
    object.only(&["baris"])?;
    let rows = object.objects("baris")?;
    let values = rows
        .iter()
        .map(|r| row(r, steps).map(|r| r.value))
        .collect::<Outcome<Vec<_>>>()?;
    let (full, of_rounded) = ak::akumulasi(&values);
    steps.push(Step::new("ak_akumulasi", ak::KONVERSI, full.round(2)).input("baris", values.len()));
    Ok(json!({
        "jumlah_dari_nilai_penuh_2dp": full.round(2),
        "jumlah_dari_baris_dibulatkan_2dp": of_rounded.round(2),
    }))
}

pub(super) fn dasar(object: &Object<'_>, steps: &mut Vec<Step>) -> Outcome<Value> {
    object.only(&["jenjang", "golongan_ruang"])?;
    let (jenjang, golongan) = (object.code::<Jenjang>("jenjang")?, golongan(object)?);
    let value = ak::dasar(jenjang, golongan).map_err(|e| Fail::new(e, object.at("golongan_ruang")))?;
    steps.push(
        Step::new("ak_dasar", ak::PENETAPAN, value.to_string())
            .input("jenjang", jenjang)
            .input("golongan_ruang", golongan),
    );
    Ok(json!({ "ak_dasar": value.to_string() }))
}

pub(super) fn integrasi(object: &Object<'_>, steps: &mut Vec<Step>) -> Outcome<Value> {
    object.only(&["jenjang", "golongan_ruang", "ak_konvensional"])?;
    let (jenjang, golongan) = (object.code::<Jenjang>("jenjang")?, golongan(object)?);
    if !jenjang.golongan().contains(&golongan) {
        return Err(Fail::new(
            ak::CreditError::GolonganOutsideJenjang,
            object.at("golongan_ruang"),
        ));
    }
    let conventional = credit(object, "ak_konvensional")?;
    let dasar = ak::nilai_dasar(jenjang).map_err(|e| Fail::new(e, object.at("jenjang")))?;
    let value = ak::integrasi(jenjang, &conventional).map_err(|e| Fail::new(e, object.at("jenjang")))?;
    steps.push(
        Step::new("ak_integrasi", ak::PENETAPAN, value.plain())
            .input("ak_konvensional", &conventional)
            .input("nilai_dasar", dasar),
    );
    Ok(json!({ "nilai_dasar": dasar.to_string(), "ak_integrasi": value.plain() }))
}

pub(super) fn kebutuhan(object: &Object<'_>, steps: &mut Vec<Step>) -> Outcome<Value> {
    object.only(&["jenjang"])?;
    let jenjang: Jenjang = object.code("jenjang")?;
    let koefisien = jenjang.koefisien().round(2);
    steps.push(Step::new("ak_kebutuhan", ak::KEBUTUHAN, jenjang.akk_pangkat().to_string()).input("jenjang", jenjang));
    Ok(json!({
        "koefisien_tahunan": koefisien,
        "akk_kenaikan_pangkat": jenjang.akk_pangkat(),
        "akk_kenaikan_jenjang": jenjang.akk_jenjang(),
    }))
}

fn target(object: &Object<'_>, steps: &mut Vec<Step>) -> Outcome<Option<ak::Target>> {
    let golongan = golongan(object)?;
    let target = ak::target(golongan).map_err(|e| Fail::new(e, object.at("golongan_ruang")))?;
    let result = target.map_or_else(|| "-".to_owned(), |t| format!("{} {}", t.next, t.needed));
    steps.push(Step::new("ak_target_golongan", ak::PENETAPAN, result).input("golongan_ruang", golongan));
    Ok(target)
}

/// At IV/e there is no next golongan: the figures that depend on it are null.
pub(super) fn target_golongan(object: &Object<'_>, steps: &mut Vec<Step>) -> Outcome<Value> {
    object.only(&["golongan_ruang"])?;
    let target = target(object, steps)?;
    Ok(json!({
        "golongan_berikut": target.map(|t| t.next.code()),
        "ak_kumulatif_minimal": target.map(|t| t.needed),
        "kenaikan_jenjang": target.is_some_and(|t| t.new_jenjang),
    }))
}

pub(super) fn selisih(object: &Object<'_>, steps: &mut Vec<Step>) -> Outcome<Value> {
    object.only(&["golongan_ruang", "ak_kumulatif"])?;
    let cumulative = credit(object, "ak_kumulatif")?;
    let target = target(object, steps)?;
    let difference = target.map(|t| ak::selisih(&t, &cumulative));
    if let Some(difference) = &difference {
        steps.push(Step::new("ak_selisih", ak::PENETAPAN, difference.plain()).input("ak_kumulatif", &cumulative));
    }
    Ok(json!({
        "golongan_berikut": target.map(|t| t.next.code()),
        "selisih": difference.as_ref().map(Exact::plain),
        "memenuhi": difference.map(|d| !d.is_negative()),
        "kenaikan_jenjang": target.is_some_and(|t| t.new_jenjang),
    }))
}
