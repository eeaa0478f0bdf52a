//! Kinds of identity data.

use kernel::Code;
use serde_json::{Value, json};

use super::input::{Fail, Object, Outcome};
use crate::golongan::Golongan;
use crate::nip::{self, Nip, NipKind};
use crate::{Basis, Certainty, Step};

const SIASN_IDS: Basis = Basis::new("Referensi golongan SIASN", Certainty::SecondHand);

/// A number that is no NIP is an answer, not an error: `{"valid":false,"error":...}`. Codes other than a month and 21
/// are accepted with `"warning":"UNKNOWN_CODE"`.
pub(super) fn nip_parse(object: &Object<'_>, steps: &mut Vec<Step>) -> Outcome<Value> {
    object.only(&["nip"])?;
    let text = object.text("nip")?;
    let parsed = Nip::parse(&text);
    let result = parsed.as_ref().map_or_else(|e| e.code(), |nip| nip.kind().code());
    steps.push(Step::new("nip_parse", nip::LAYOUT, result).input("nip", text));
    Ok(match parsed {
        Err(error) => json!({ "valid": false, "error": error.code() }),
        Ok(nip) => answer(&nip),
    })
}

fn answer(nip: &Nip) -> Value {
    let mut out = json!({
        "valid": true,
        "jenis": nip.kind().code(),
        "tanggal_lahir": nip.birth_date().to_string(),
        "jenis_kelamin": nip.sex_by_digit().code(),
        "nomor_urut": nip.sequence(),
    });
    match nip.kind() {
        NipKind::Pns => {
            out["tmt_cpns"] = format!("{:04}-{}", nip.year(), nip.code()).into();
            out["tercetak"] = nip.printed().into();
        }
        NipKind::Pppk | NipKind::Other => {
            out["tahun_pengangkatan"] = nip.year().into();
            out["kode"] = nip.code().into();
        }
    }
    if nip.kind() == NipKind::Other {
        out["warning"] = "UNKNOWN_CODE".into();
    }
    out
}

pub(super) fn siasn_golongan_id(object: &Object<'_>, steps: &mut Vec<Step>) -> Outcome<Value> {
    object.only(&["id"])?;
    let id = object.whole("id", 0..=99)?;
    let golongan = u8::try_from(id)
        .ok()
        .and_then(|id| Golongan::from_siasn_id(id).ok())
        .ok_or_else(|| Fail::new("no golongan has this id", object.at("id")))?;
    steps.push(Step::new("siasn_golongan_id", SIASN_IDS, golongan.code()).input("id", id));
    Ok(json!({ "golongan_ruang": golongan.code() }))
}
