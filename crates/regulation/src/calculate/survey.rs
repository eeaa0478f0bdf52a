//! Kinds of the citizens' survey and of service time.

use kernel::Code;
use serde_json::{Map, Value, json};

use super::input::{Fail, Object, Outcome};
use crate::service_times::{self as times, Entry, Noted};
use crate::skm::{self, Convention, MutuTable, Scale, Unsur};
use crate::{Exact, Step, sample};

/// Largest number of respondents that is taken.
const MAX_N: i64 = 1_000_000_000_000;

/// Means per unsur in the order of their position, and the number of respondents where it was given.
struct Means {
    n: Option<i64>,
    keys: Vec<String>,
    nrr: Vec<Exact>,
}

/// Where an unsur stands: `u1` to `u99` by number, the nine official keys by the order of the regulation.
fn position(key: &str) -> Option<u8> {
    if let Ok(unsur) = Unsur::from_code(key) {
        return Some(unsur.number());
    }
    let number = key.strip_prefix('u')?;
    let plain = number.bytes().all(|b| b.is_ascii_digit()) && !number.starts_with('0');
    number.parse().ok().filter(|n| plain && (1..=99).contains(n))
}

/// The keys of an object of unsur, by position. Mixing numbers and names is refused: nobody could tell the order.
fn keys(object: &Object<'_>) -> Outcome<Vec<String>> {
    let mut found: Vec<(u8, String)> = Vec::new();
    for name in object.names() {
        let at = position(name).ok_or_else(|| Fail::new("unknown element; expected u1 to u99", object.at(name)))?;
        if found.iter().any(|(known, _)| *known == at) {
            return Err(Fail::new("this element is given twice", object.at(name)));
        }
        found.push((at, name.to_owned()));
    }
    if found.is_empty() {
        return Err(Fail::new("no elements", object.at("u1")));
    }
    found.sort();
    Ok(found.into_iter().map(|(_, name)| name).collect())
}

fn means(object: &Object<'_>) -> Outcome<Means> {
    let forms: Vec<&str> = ["sums", "nrr", "respondents"]
        .into_iter()
        .filter(|f| object.get(f).is_some())
        .collect();
    let [form] = forms[..] else {
        return Err(Fail::new(
            "exactly one of sums, nrr and respondents is needed",
            forms.get(1).copied().unwrap_or("$"),
        ));
    };
    let given = if object.get("n").is_some() {
        Some(object.whole("n", 1..=MAX_N)?)
    } else {
        None
    };
    match form {
        "sums" => {
            let n = given.ok_or_else(|| Fail::new("missing", object.at("n")))?;
            of_sums(n, &object.object("sums")?)
        }
        "nrr" => of_nrr(given, &object.object("nrr")?),
        _ => of_respondents(given, object),
    }
}

fn of_sums(n: i64, sums: &Object<'_>) -> Outcome<Means> {
    let keys = keys(sums)?;
    let nrr = keys
        .iter()
        .map(|key| mean(sums.whole(key, 0..=4 * MAX_N)?, n).map_err(|e| Fail::new(e, sums.at(key))))
        .collect::<Outcome<_>>()?;
    Ok(Means { n: Some(n), keys, nrr })
}

fn of_nrr(n: Option<i64>, given: &Object<'_>) -> Outcome<Means> {
    let keys = keys(given)?;
    let nrr = keys
        .iter()
        .map(|key| {
            let mean = given.exact(key)?;
            if (Exact::int(1)..=Exact::int(4)).contains(&mean) {
                Ok(mean)
            } else {
                Err(Fail::new(skm::SkmError::MeanOutOfRange, given.at(key)))
            }
        })
        .collect::<Outcome<_>>()?;
    Ok(Means { n, keys, nrr })
}

/// Every respondent must answer every unsur: the official form has no "not applicable".
fn of_respondents(given: Option<i64>, object: &Object<'_>) -> Outcome<Means> {
    let respondents = object.objects("respondents")?;
    let first = respondents
        .first()
        .ok_or_else(|| Fail::new(skm::SkmError::NoRespondents, object.at("respondents")))?;
    let n = i64::try_from(respondents.len()).map_err(|e| Fail::new(e, object.at("respondents")))?;
    if given.is_some_and(|given| given != n) {
        return Err(Fail::new(
            format!("n differs from the {n} respondents given"),
            object.at("n"),
        ));
    }
    let keys = keys(first)?;
    let known: Vec<&str> = keys.iter().map(String::as_str).collect();
    let mut sums = vec![0_i64; keys.len()];
    for respondent in &respondents {
        respondent.only(&known)?;
        for (sum, key) in sums.iter_mut().zip(&keys) {
            *sum += respondent.whole(key, 1..=4)?;
        }
    }
    let nrr = sums
        .into_iter()
        .map(|sum| mean(sum, n).map_err(|e| Fail::new(e, object.at("respondents"))))
        .collect::<Outcome<_>>()?;
    Ok(Means { n: Some(n), keys, nrr })
}

fn mean(sum: i64, n: i64) -> Result<Exact, skm::SkmError> {
    skm::nrr(sum.unsigned_abs(), n.unsigned_abs())
}

pub(super) fn skm(object: &Object<'_>, steps: &mut Vec<Step>) -> Outcome<Value> {
    object.only(&["n", "sums", "nrr", "respondents", "convention"])?;
    let convention: Convention = if object.get("convention").is_some() {
        object.code("convention")?
    } else {
        Convention::Exact
    };
    let Means { n, keys, nrr } = means(object)?;
    let fail = |e| Fail::new(e, "$");
    let (weight, ikm) = (
        convention.weight(nrr.len()).map_err(fail)?,
        skm::ikm(&nrr, convention).map_err(fail)?,
    );
    let mutu = ikm.mutu(MutuTable::Permenpanrb2017);
    let code = mutu.map_or("invalid", Code::code);

    let total: Exact = nrr.iter().sum();
    steps.push(
        Step::new("skm_nrr", skm::INDEX, total.round(6))
            .input("unsur", nrr.len())
            .input("n", n.map_or_else(|| "-".to_owned(), |n| n.to_string())),
    );
    steps.push(Step::new("skm_weight", skm::INDEX, weight.round(6)).input("convention", convention));
    steps.push(
        Step::new("skm_ikm", skm::INDEX, ikm.exact().round(6))
            .input("total_nrr", total.round(6))
            .input("bobot", weight.round(6)),
    );
    steps.push(Step::new("skm_category", skm::CATEGORY, code).input("ikm", ikm.shown()));

    let shown: Map<String, Value> = keys.into_iter().zip(nrr.iter().map(|m| m.round(4).into())).collect();
    let mut out = json!({
        "nrr": shown,
        "ikm": ikm.shown(),
        "mutu": code,
        "kinerja": mutu.map(skm::Mutu::kinerja),
    });
    if let Some(n) = n {
        out["n"] = n.into();
    }
    Ok(out)
}

pub(super) fn skm_category(object: &Object<'_>, steps: &mut Vec<Step>) -> Outcome<Value> {
    object.only(&["scale", "rule", "value"])?;
    let (scale, table) = (object.code::<Scale>("scale")?, object.code::<MutuTable>("rule")?);
    let value = object.exact("value")?;
    let code = skm::category(table, scale, &value).map_or("invalid", Code::code);
    steps.push(
        Step::new("skm_category", skm::CATEGORY, code)
            .input("scale", scale)
            .input("rule", table)
            .input("value", &value),
    );
    Ok(json!({ "mutu": code }))
}

pub(super) fn skm_ranking(object: &Object<'_>, steps: &mut Vec<Step>) -> Outcome<Value> {
    object.only(&["n", "sums", "nrr", "respondents"])?;
    let Means { keys, nrr, .. } = means(object)?;
    let name = |at: usize| keys.get(at).map_or("", String::as_str);
    let ranking: Vec<Vec<&str>> = skm::ranking(&nrr)
        .into_iter()
        .map(|place| place.into_iter().map(name).collect())
        .collect();
    let lowest: Vec<&str> = skm::lowest(&nrr, 3).into_iter().map(name).collect();
    steps.push(Step::new("skm_ranking", skm::INDEX, lowest.join(",")).input("unsur", nrr.len()));
    Ok(json!({ "ranking": ranking, "lowest": lowest }))
}

pub(super) fn sample_size(object: &Object<'_>, steps: &mut Vec<Step>) -> Outcome<Value> {
    object.only(&["N"])?;
    let population = object.whole("N", 1..=MAX_N)?;
    let size = sample::minimum(population.unsigned_abs(), sample::Rounding::HalfUp)
        .ok_or_else(|| Fail::new("out of range", object.at("N")))?;
    let formula = sample::krejcie_morgan(population.unsigned_abs()).map_or_else(String::new, |f| f.round(4));
    steps.push(
        Step::new("sample_size", sample::SAMPLE, size.to_string())
            .input("N", population)
            .input("S", formula),
    );
    Ok(json!({ "n": size }))
}

/// One row of a register. Its other columns are known and not needed.
fn entry(row: &Object<'_>) -> Outcome<Entry> {
    row.only(&[
        "requested",
        "target",
        "completed",
        "cancel_flag",
        "row",
        "assigned",
        "picked_up",
        "state",
    ])?;
    let noted = |name: &str| match row.get(name) {
        None => Ok(Noted::Missing),
        Some(_) => Noted::parse(&row.text(name)?).map_err(|e| Fail::new(e, row.at(name))),
    };
    let cancelled = row.get("cancel_flag").is_some() && !row.text("cancel_flag")?.trim().is_empty();
    Ok(Entry {
        requested: noted("requested")?,
        target: noted("target")?,
        completed: noted("completed")?,
        cancelled,
    })
}

pub(super) fn service_times(object: &Object<'_>, steps: &mut Vec<Step>) -> Outcome<Value> {
    object.only(&["rows"])?;
    let entries = object.objects("rows")?.iter().map(entry).collect::<Outcome<Vec<_>>>()?;
    let out = times::summarise(&entries);
    let defects = out.defects;
    steps.push(
        Step::new("service_times", times::SERVICE_TIMES, out.usable.to_string())
            .input("rows", out.rows)
            .input("with_target", out.with_target),
    );
    Ok(json!({
        "rows": out.rows,
        "usable": out.usable,
        "median_days": out.median.as_ref().map(Exact::plain),
        "mean_days": out.mean.as_ref().map(|m| m.round(2)),
        "p90_days": out.p90,
        "max_days": out.max,
        "same_day": out.same_day,
        "with_target": out.with_target,
        "on_time": out.on_time,
        "late": out.late,
        "defects": {
            "impossible_request": defects.impossible_request,
            "impossible_target": defects.impossible_target,
            "completed_before_request": defects.completed_before_request,
            "missing_date": defects.missing_date,
            "cancelled": defects.cancelled,
        },
    }))
}
