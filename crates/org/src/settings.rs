//! Where the law is silent or agencies differ: values in force from a date, with their legal basis.

use db::{Db, Tx, args, sql};
use jiff::civil::Date;
use kernel::{AccountId, AgencyId, Code, Ctx, Instant};
use policy::{Action, Actor, Facts, Kind};
use regulation::Certainty;

kernel::codes! {
    /// The settings that the program knows.
    pub enum Key {
        /// Evaluation period inside the year: `TRIWULAN` or `BULAN`.
        EvaluationPeriod = "evaluation.period",
        /// Calendar days after a period in which its evaluation should be done.
        EvaluationDeadline = "evaluation.deadline_days",
        /// Calendar days after receipt in which the employee may object.
        ObjectionDays = "objection.days",
        /// Below how many people a unit's distribution is not compared with the pattern.
        DistributionSmallUnit = "distribution.small_unit",
        /// A distribution outside the pattern stops finalising (`YA`), or only warns (`TIDAK`).
        DistributionBlock = "distribution.block",
        /// Last day for SKPs of the year, `BULAN-TANGGAL`.
        SkpDeadline = "skp.deadline",
        /// Fewest RHK utama of an SKP.
        SkpMinMain = "skp.rhk_utama_min",
        /// Most RHK of an SKP.
        SkpMaxRhk = "skp.rhk_max",
        /// Days back that a progress entry may be dated.
        JournalBackDays = "journal.back_days",
        /// Months worked from which somebody who retires is still evaluated.
        EvaluationMinMonths = "evaluation.min_months",
        /// Answers from which a service's index is shown.
        SurveyMinAnswers = "survey.min_answers",
        /// A citizen who answers 1 or 2 on the full survey is asked for a reason (`YA`).
        SurveyReasonRequired = "survey.reason_required",
        /// How the index of satisfaction is rounded: `PER_UNSUR` or `AKHIR`.
        SurveyRounding = "survey.rounding",
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Whole(i64, i64),
    Choice(&'static [&'static str]),
    MonthDay,
}

/// What the program knows about a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The key.
    pub key: Key,
    /// The value where an agency has set none.
    pub default: &'static str,
    /// Whether the law confirms the default.
    pub certainty: Certainty,
    /// What the default rests on.
    pub basis: &'static str,
    shape: Shape,
}

impl Known {
    /// The values to choose from; empty for numbers and dates.
    pub fn choices(&self) -> &'static [&'static str] {
        match self.shape {
            Shape::Choice(values) => values,
            Shape::Whole(..) | Shape::MonthDay => &[],
        }
    }

    /// Least and greatest value of a number.
    pub fn range(&self) -> Option<(i64, i64)> {
        match self.shape {
            Shape::Whole(least, most) => Some((least, most)),
            Shape::Choice(_) | Shape::MonthDay => None,
        }
    }

    /// True when `value` can be kept.
    pub fn accepts(&self, value: &str) -> bool {
        match self.shape {
            Shape::Whole(least, most) => value.parse::<i64>().is_ok_and(|n| (least..=most).contains(&n)),
            Shape::Choice(values) => values.contains(&value),
            // a leap year, so that every day can be meant
            Shape::MonthDay => value.len() == 5 && format!("2028-{value}").parse::<Date>().is_ok(),
        }
    }
}

const YES_NO: Shape = Shape::Choice(&["YA", "TIDAK"]);

/// What the program knows about `key`.
pub const fn known(key: Key) -> Known {
    use Certainty::{Configurable, Confirmed, Design};
    let (default, certainty, basis, shape) = match key {
        Key::EvaluationPeriod => (
            "TRIWULAN",
            Configurable,
            "PermenPANRB 6/2022 (bulanan atau triwulanan)",
            Shape::Choice(&["TRIWULAN", "BULAN"]),
        ),
        Key::EvaluationDeadline => ("14", Configurable, "kebijakan instansi", Shape::Whole(1, 120)),
        Key::ObjectionDays => ("14", Confirmed, "PP 30/2019 tentang keberatan", Shape::Whole(1, 60)),
        Key::DistributionSmallUnit => ("5", Design, "kebijakan instansi", Shape::Whole(0, 1_000)),
        Key::DistributionBlock => ("TIDAK", Configurable, "kebijakan instansi", YES_NO),
        Key::SkpDeadline => (
            "01-31",
            Configurable,
            "PermenPANRB 6/2022; kebijakan instansi",
            Shape::MonthDay,
        ),
        Key::SkpMinMain => ("1", Design, "kebijakan instansi", Shape::Whole(1, 20)),
        Key::SkpMaxRhk => ("30", Design, "kebijakan instansi", Shape::Whole(1, 100)),
        Key::JournalBackDays => ("31", Configurable, "kebijakan instansi", Shape::Whole(0, 366)),
        Key::EvaluationMinMonths => ("6", Configurable, "kebijakan instansi", Shape::Whole(0, 12)),
        Key::SurveyMinAnswers => ("30", Configurable, "kebijakan instansi", Shape::Whole(1, 100_000)),
        Key::SurveyReasonRequired => (
            "YA",
            Configurable,
            "praktik instansi (alasan untuk nilai 1 dan 2)",
            YES_NO,
        ),
        Key::SurveyRounding => (
            "AKHIR",
            Configurable,
            "PermenPANRB 14/2017 (contoh pembulatan berbeda)",
            Shape::Choice(&["PER_UNSUR", "AKHIR"]),
        ),
    };
    Known {
        key,
        default,
        certainty,
        basis,
        shape,
    }
}

/// A value in force on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The key.
    pub key: Key,
    /// The value.
    pub value: String,
    /// First day on which it holds; `None` for the default.
    pub effective_from: Option<Date>,
    /// What it rests on.
    pub legal_basis: String,
}

impl Setting {
    fn default_of(key: Key) -> Self {
        let known = known(key);
        Self {
            key,
            value: known.default.to_owned(),
            effective_from: None,
            legal_basis: known.basis.to_owned(),
        }
    }

    /// The value of a number; the default's where the stored text is none.
    pub fn number(&self) -> i64 {
        self.value
            .parse()
            .or_else(|_| known(self.key).default.parse())
            .unwrap_or(0)
    }

    /// True for `YA`.
    pub fn is_on(&self) -> bool {
        self.value == "YA"
    }
}

/// The value of `key` in force on `on`: the latest set by the agency, or the default.
pub async fn value(tx: &mut Tx, agency: AgencyId, key: Key, on: Date) -> db::Result<Setting> {
    let row: Option<(String, Date, String)> = tx
        .optional(
            sql!(
                "SELECT value, effective_from, legal_basis FROM setting WHERE agency_id = $1 AND key = $2 \
                 AND effective_from <= $3 ORDER BY effective_from DESC LIMIT 1"
            ),
            args![agency, key, on],
        )
        .await?;
    Ok(row.map_or_else(
        || Setting::default_of(key),
        |(value, from, legal_basis)| Setting {
            key,
            value,
            effective_from: Some(from),
            legal_basis,
        },
    ))
}

/// Every known setting as it stands on `on`, in the order of [`Key`].
pub async fn all(tx: &mut Tx, agency: AgencyId, on: Date) -> db::Result<Vec<Setting>> {
    let rows: Vec<(String, String, Date, String)> = tx
        .all(
            sql!(
                "SELECT key, value, effective_from, legal_basis FROM setting \
                 WHERE agency_id = $1 AND effective_from <= $2 ORDER BY effective_from"
            ),
            args![agency, on],
        )
        .await?;
    let mut settings: Vec<Setting> = Key::ALL.iter().map(|k| Setting::default_of(*k)).collect();
    for (key, value, from, legal_basis) in rows {
        // rows come oldest first: the last one stands
        if let Some(setting) = settings.iter_mut().find(|s| s.key.code() == key) {
            setting.value = value;
            setting.effective_from = Some(from);
            setting.legal_basis = legal_basis;
        }
    }
    Ok(settings)
}

/// One value in the history of a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// First day on which it holds.
    pub effective_from: Date,
    /// The value.
    pub value: String,
    /// What it rests on.
    pub legal_basis: String,
    /// Who set it.
    pub changed_by: Option<AccountId>,
    /// When it was set.
    pub changed_at: Instant,
}
db::from_row!(Change {
    effective_from,
    value,
    legal_basis,
    changed_by,
    changed_at
});

/// Every value that `key` had or will have, latest first.
pub async fn history(tx: &mut Tx, agency: AgencyId, key: Key) -> db::Result<Vec<Change>> {
    tx.all(
        sql!(
            "SELECT effective_from, value, legal_basis, changed_by, changed_at FROM setting \
             WHERE agency_id = $1 AND key = $2 ORDER BY effective_from DESC"
        ),
        args![agency, key],
    )
    .await
}

/// A new value from a day on.
#[derive(Debug, Clone)]
pub struct SetInput {
    /// The key.
    pub key: Key,
    /// The value.
    pub value: String,
    /// First day on which it holds.
    pub effective_from: Date,
    /// What it rests on, 1 to 300 characters.
    pub legal_basis: String,
}

/// Why a setting cannot be set.
#[derive(Debug, thiserror::Error)]
pub enum SetError {
    /// The value has the wrong form or lies outside the range.
    #[error("this value is not possible here")]
    Value,
    /// Every deviation needs its basis.
    #[error("the legal basis is missing")]
    LegalBasis,
    /// May not.
    #[error(transparent)]
    Denied(#[from] policy::Denied),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Sets a value from a day on. Setting the same again changes nothing.
pub async fn set(db: &Db, ctx: &Ctx, actor: &Actor, input: SetInput) -> Result<(), SetError> {
    let permit = policy::decide(actor, Action::Manage, &Facts::of_unit(Kind::Agency, actor.agency, "")).permit()?;
    if !known(input.key).accepts(&input.value) {
        return Err(SetError::Value);
    }
    let legal_basis = kernel::line(&input.legal_basis, 300).map_err(|_| SetError::LegalBasis)?;
    db::write!(db, async |tx| {
        let before = value(tx, actor.agency, input.key, input.effective_from).await?;
        if before.effective_from == Some(input.effective_from)
            && before.value == input.value
            && before.legal_basis == legal_basis
        {
            return Ok::<_, SetError>(());
        }
        tx.exec(
            sql!(
                "INSERT INTO setting (agency_id, key, effective_from, value, legal_basis, changed_by, changed_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (agency_id, key, effective_from) DO UPDATE \
                 SET value = excluded.value, legal_basis = excluded.legal_basis, changed_by = excluded.changed_by, \
                 changed_at = excluded.changed_at"
            ),
            args![
                actor.agency,
                input.key,
                input.effective_from,
                input.value.as_str(),
                legal_basis.as_str(),
                actor.account,
                ctx.now()
            ],
        )
        .await?;
        let detail = serde_json::json!({
            "key": input.key.code(), "from": input.effective_from.to_string(),
            "before": before.value, "after": input.value, "basis": legal_basis,
        });
        audit::record(
            tx,
            ctx,
            &permit,
            audit::Entry {
                verb: "setting.set",
                kind: Kind::Agency,
                subject: actor.agency.uuid(),
                detail,
            },
        )
        .await?;
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_acceptable_and_nonsense_is_not() {
        for key in Key::ALL {
            let known = known(*key);
            assert!(known.accepts(known.default), "{key}");
            for bad in ["", "x", "-1", "99999999999999999999", "13-01", "02-30"] {
                assert!(!known.accepts(bad), "{key} {bad}");
            }
        }
        assert!(known(Key::SkpDeadline).accepts("02-29"));
    }
}
