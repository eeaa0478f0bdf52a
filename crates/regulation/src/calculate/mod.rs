//! Every rule of this crate as one line of JSON in, one line out: the engine of `abdi calculate`.
//!
//! Decimals come as texts or numbers, are never turned into floats, and go out as texts without an exponent. What a
//! kind reads and writes is what its vectors in `tests/vectors` show.

mod credit;
mod cycle;
mod identity;
mod input;
mod survey;

use serde_json::{Map, Value, json};

use crate::Step;
use input::{Fail, Object, Outcome};

type Rule = fn(&Object<'_>, &mut Vec<Step>) -> Outcome<Value>;

/// One kind of calculation.
#[derive(Clone, Copy)]
pub struct Kind {
    /// What it is called on the command line.
    pub name: &'static str,
    /// One line that says what it does.
    pub summary: &'static str,
    rule: Rule,
}

impl std::fmt::Debug for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kind").field("name", &self.name).finish_non_exhaustive()
    }
}

const fn kind(name: &'static str, summary: &'static str, rule: Rule) -> Kind {
    Kind { name, summary, rule }
}

const KINDS: &[Kind] = &[
    kind(
        "quadrant",
        "two ratings -> predikat (PermenPANRB 6/2022)",
        cycle::quadrant,
    ),
    kind(
        "siasn_skp22_codes",
        "two ratings -> the codes of SIASN's yearly result",
        cycle::siasn_skp22_codes,
    ),
    kind(
        "pp30_predikat",
        "value and new idea -> predikat of PP 30/2019",
        cycle::pp30_predikat,
    ),
    kind(
        "pp30_combine",
        "value of SKP and of behaviour -> weighted value and predikat",
        cycle::pp30_combine,
    ),
    kind(
        "distribution_check",
        "counts per predikat against the pattern of SE MenPANRB 3/2023",
        cycle::distribution_check,
    ),
    kind(
        "objection_deadline",
        "day of receipt -> last day for an objection (PP 30/2019)",
        cycle::objection_deadline,
    ),
    kind(
        "period_window",
        "period and year -> first and last month",
        cycle::period_window,
    ),
    kind(
        "ak_konversi",
        "jenjang, predikat, months -> angka kredit",
        credit::konversi,
    ),
    kind(
        "ak_akumulasi",
        "several conversions -> their sum, from full and from rounded values",
        credit::akumulasi,
    ),
    kind("ak_dasar", "jenjang and golongan -> AK dasar", credit::dasar),
    kind(
        "ak_integrasi",
        "conventional credit -> integrated credit",
        credit::integrasi,
    ),
    kind(
        "ak_kebutuhan",
        "jenjang -> coefficient and credit needed",
        credit::kebutuhan,
    ),
    kind(
        "ak_target_golongan",
        "golongan -> next golongan and credit needed",
        credit::target_golongan,
    ),
    kind(
        "ak_selisih",
        "golongan and credit -> surplus or shortfall",
        credit::selisih,
    ),
    kind(
        "nip_parse",
        "NIP or NI PPPK -> its parts, or why it is none",
        identity::nip_parse,
    ),
    kind(
        "siasn_golongan_id",
        "SIASN id -> golongan ruang",
        identity::siasn_golongan_id,
    ),
    kind(
        "skm",
        "answers of the survey -> NRR, IKM and mutu (PermenPANRB 14/2017)",
        survey::skm,
    ),
    kind(
        "skm-category",
        "an index or a mean -> mutu, by the table of 2017 or of 2004",
        survey::skm_category,
    ),
    kind(
        "skm-ranking",
        "NRR per unsur -> ranking and the three lowest",
        survey::skm_ranking,
    ),
    kind(
        "sample-size",
        "number of users -> least number of respondents (Krejcie and Morgan)",
        survey::sample_size,
    ),
    kind(
        "service-times",
        "register of a service -> durations, on time and late, defects",
        survey::service_times,
    ),
];

/// All kinds, in the order in which they are listed to people.
pub const fn kinds() -> &'static [Kind] {
    KINDS
}

/// Computes one line. The answer is a JSON object; with `explain` it holds an array `explanation` of steps, each with
/// its inputs, result and article.
///
/// # Errors
/// The JSON object `{"error": ..., "field": ...}` when the kind is unknown or the line is not valid for it. The field
/// is named by its place, such as `baris[2].bulan`; `$` is the line as a whole.
pub fn line(kind: &str, input: &str, explain: bool) -> Result<String, String> {
    compute(kind, input, explain)
        .map(|value| value.to_string())
        .map_err(|fail| json!({ "error": fail.error, "field": fail.field }).to_string())
}

fn compute(kind: &str, input: &str, explain: bool) -> Outcome<Value> {
    let Some(kind) = KINDS.iter().find(|k| k.name == kind) else {
        let known: Vec<_> = KINDS.iter().map(|k| k.name).collect();
        return Err(Fail::new(
            format!("unknown kind; known are {}", known.join(", ")),
            "kind",
        ));
    };
    let mut steps = Vec::new();
    let mut answer = (kind.rule)(&Object::line(input)?, &mut steps)?;
    if explain && let Some(fields) = answer.as_object_mut() {
        fields.insert("explanation".to_owned(), steps.into_iter().map(step_json).collect());
    }
    Ok(answer)
}

fn step_json(step: Step) -> Value {
    let inputs: Map<String, Value> = step.inputs.into_iter().map(|(k, v)| (k.to_owned(), v.into())).collect();
    json!({
        "step": step.key,
        "inputs": inputs,
        "result": step.result,
        "article": step.basis.article,
        "certainty": kernel::Code::code(step.basis.certainty),
    })
}
