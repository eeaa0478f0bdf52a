use kernel::{TextError, paragraph};
use regulation::rating::{Predikat, Rating, predikat};

/// Fewest characters of a reason for an extreme rating, for a pattern that is left, and for the basis of an
/// achievement: enough for a sentence.
pub const MIN_REASON: usize = 20;

/// Most characters of a reason or recommendation.
const MAX_REASON: usize = 2_000;

/// What the form of the pejabat penilai says. Nothing is chosen beforehand.
#[derive(Debug, Clone, Default)]
pub struct RawRating {
    /// Rating of results; must be absent for the head of a unit, whose rating follows from the unit's achievement.
    pub result: Option<Rating>,
    /// Why.
    pub result_reason: String,
    /// Rating of behaviour.
    pub behaviour: Option<Rating>,
    /// Why.
    pub behaviour_reason: String,
    /// Catatan/rekomendasi; may be empty.
    pub recommendation: String,
}

/// A rule that a rating breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RateProblem {
    /// No rating of results.
    #[error("the rating of results is missing")]
    ResultMissing,
    /// The head's rating of results is the unit's achievement and cannot be given.
    #[error("the rating of results of a head follows from the unit")]
    ResultIsDerived,
    /// An extreme rating of results without a reason of at least twenty characters.
    #[error("the rating of results needs a reason")]
    ResultReasonTooShort,
    /// The reason is too long or holds forbidden characters.
    #[error("reason of results: {0}")]
    ResultReason(TextError),
    /// No rating of behaviour.
    #[error("the rating of behaviour is missing")]
    BehaviourMissing,
    /// An extreme rating of behaviour without a reason of at least twenty characters.
    #[error("the rating of behaviour needs a reason")]
    BehaviourReasonTooShort,
    /// The reason is too long or holds forbidden characters.
    #[error("reason of behaviour: {0}")]
    BehaviourReason(TextError),
    /// The recommendation is too long or holds forbidden characters.
    #[error("recommendation: {0}")]
    Recommendation(TextError),
}

/// Checked ratings. On a draft either may be absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Rating of results.
    pub result: Option<Rating>,
    /// Why.
    pub result_reason: String,
    /// Rating of behaviour.
    pub behaviour: Option<Rating>,
    /// Why.
    pub behaviour_reason: String,
    /// Recommendation.
    pub recommendation: String,
}

impl Given {
    /// The predikat when both ratings are there.
    pub fn predikat(&self) -> Option<Predikat> {
        Some(predikat(self.result?, self.behaviour?))
    }
}

impl RawRating {
    /// Checks the form and tells all that is wrong at once. `derived` is the head's rating from the unit's achievement.
    /// A draft may be unfinished, but not wrong.
    pub fn check(&self, is_head: bool, derived: Option<Rating>, is_draft: bool) -> Result<Given, Vec<RateProblem>> {
        let mut problems = Vec::new();
        let result = if is_head { derived } else { self.result };
        if is_head && self.result.is_some() {
            problems.push(RateProblem::ResultIsDerived);
        }
        if result.is_none() && !is_draft {
            problems.push(RateProblem::ResultMissing);
        }
        let mut keep = |text: &str, wrong: fn(TextError) -> RateProblem| match paragraph(text, MAX_REASON) {
            Ok(text) => text,
            Err(TextError::Empty) => String::new(),
            Err(error) => {
                problems.push(wrong(error));
                String::new()
            }
        };
        let result_reason = keep(&self.result_reason, RateProblem::ResultReason);
        let behaviour_reason = keep(&self.behaviour_reason, RateProblem::BehaviourReason);
        let recommendation = keep(&self.recommendation, RateProblem::Recommendation);
        if self.behaviour.is_none() && !is_draft {
            problems.push(RateProblem::BehaviourMissing);
        }
        if !is_draft {
            // the head's extreme comes from the unit, whose achievement has its own basis in words
            if !is_head && needs_reason(result) && is_short(&result_reason) {
                problems.push(RateProblem::ResultReasonTooShort);
            }
            if needs_reason(self.behaviour) && is_short(&behaviour_reason) {
                problems.push(RateProblem::BehaviourReasonTooShort);
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Given {
            result,
            result_reason,
            behaviour: self.behaviour,
            behaviour_reason,
            recommendation,
        })
    }
}

fn needs_reason(rating: Option<Rating>) -> bool {
    matches!(rating, Some(Rating::DiAtas | Rating::DiBawah))
}

fn is_short(text: &str) -> bool {
    text.chars().count() < MIN_REASON
}

/// A reason in words: at least [`MIN_REASON`] characters after tidying, `None` when it is too short.
pub fn reason(text: &str) -> Result<Option<String>, TextError> {
    match paragraph(text, MAX_REASON) {
        Ok(text) if is_short(&text) => Ok(None),
        Ok(text) => Ok(Some(text)),
        Err(TextError::Empty) => Ok(None),
        Err(error) => Err(error),
    }
}

/// One way to a better predikat: the ratings it would take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WhatIf {
    /// Rating of results.
    pub result: Rating,
    /// Rating of behaviour.
    pub behaviour: Rating,
    /// The predikat these two give.
    pub predikat: Predikat,
}

/// What would change the predikat for the better: the smallest changes first, those that change one rating before those
/// that change both, and only such as no smaller one already reaches. Empty for Sangat Baik.
pub fn what_if(result: Rating, behaviour: Rating) -> Vec<WhatIf> {
    let now = predikat(result, behaviour);
    let mut ways: Vec<(bool, u8, WhatIf)> = Vec::new();
    for to_result in <Rating as kernel::Code>::ALL {
        for to_behaviour in <Rating as kernel::Code>::ALL {
            let up = (
                to_result.rank().checked_sub(result.rank()),
                to_behaviour.rank().checked_sub(behaviour.rank()),
            );
            let (Some(by_result), Some(by_behaviour)) = up else {
                continue;
            };
            let reached = predikat(*to_result, *to_behaviour);
            if reached.rank() > now.rank() {
                let way = WhatIf {
                    result: *to_result,
                    behaviour: *to_behaviour,
                    predikat: reached,
                };
                ways.push((by_result > 0 && by_behaviour > 0, by_result + by_behaviour, way));
            }
        }
    }
    ways.sort_by_key(|(both, steps, _)| (*both, *steps));
    let mut kept: Vec<WhatIf> = Vec::new();
    for (_, _, way) in ways {
        let larger = kept.iter().any(|k| {
            k.predikat.rank() >= way.predikat.rank()
                && k.result.rank() <= way.result.rank()
                && k.behaviour.rank() <= way.behaviour.rank()
        });
        if !larger {
            kept.push(way);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(result: Rating, behaviour: Rating) -> RawRating {
        RawRating {
            result: Some(result),
            behaviour: Some(behaviour),
            ..RawRating::default()
        }
    }

    #[test]
    fn nothing_is_rated_by_default_and_extremes_need_reasons() {
        assert_eq!(
            RawRating::default().check(false, None, false),
            Err(vec![RateProblem::ResultMissing, RateProblem::BehaviourMissing])
        );
        assert!(RawRating::default().check(false, None, true).is_ok());
        assert_eq!(
            both(Rating::DiAtas, Rating::DiBawah).check(false, None, false),
            Err(vec![
                RateProblem::ResultReasonTooShort,
                RateProblem::BehaviourReasonTooShort
            ])
        );
        let plain = both(Rating::Sesuai, Rating::Sesuai)
            .check(false, None, false)
            .expect("no reason needed");
        assert_eq!(plain.predikat(), Some(Predikat::Baik));
        let mut padded = both(Rating::DiAtas, Rating::Sesuai);
        padded.result_reason = format!("baik{}", " ".repeat(40));
        assert_eq!(
            padded.check(false, None, false),
            Err(vec![RateProblem::ResultReasonTooShort])
        );
        padded.result_reason = "x".repeat(2_001);
        padded.behaviour_reason = "a\u{202E}b".into();
        padded.recommendation = "a\u{7}".into();
        assert_eq!(
            padded.check(false, None, true),
            Err(vec![
                RateProblem::ResultReason(TextError::TooLong { max: 2_000 }),
                RateProblem::BehaviourReason(TextError::Forbidden),
                RateProblem::Recommendation(TextError::Forbidden)
            ])
        );
    }

    #[test]
    fn a_head_is_rated_by_the_unit() {
        let given = both(Rating::DiAtas, Rating::Sesuai).check(true, Some(Rating::Sesuai), false);
        assert_eq!(given, Err(vec![RateProblem::ResultIsDerived]));
        let mut head = both(Rating::DiAtas, Rating::Sesuai);
        head.result = None;
        let given = head.check(true, Some(Rating::DiBawah), false).expect("derived");
        assert_eq!(
            (given.result, given.predikat()),
            (Some(Rating::DiBawah), Some(Predikat::ButuhPerbaikan))
        );
    }

    #[test]
    fn a_reason_is_a_sentence() {
        assert_eq!(reason(" ok "), Ok(None));
        assert_eq!(reason(""), Ok(None));
        assert_eq!(
            reason("Sebelas dari dua belas."),
            Ok(Some("Sebelas dari dua belas.".into()))
        );
        assert_eq!(reason("a\u{202E}b"), Err(TextError::Forbidden));
    }

    #[test]
    fn what_would_change_it() {
        assert!(what_if(Rating::DiAtas, Rating::DiAtas).is_empty());
        let from_baik = what_if(Rating::DiAtas, Rating::Sesuai);
        assert_eq!(
            from_baik,
            [WhatIf {
                result: Rating::DiAtas,
                behaviour: Rating::DiAtas,
                predikat: Predikat::SangatBaik
            }]
        );
        // every way is really better, and no way is contained in an earlier one
        for result in <Rating as kernel::Code>::ALL {
            for behaviour in <Rating as kernel::Code>::ALL {
                let now = predikat(*result, *behaviour);
                for way in what_if(*result, *behaviour) {
                    assert_eq!(way.predikat, predikat(way.result, way.behaviour));
                    assert!(way.predikat.rank() > now.rank());
                }
            }
        }
        // bad results and good behaviour: better results alone help
        let ways = what_if(Rating::DiBawah, Rating::Sesuai);
        assert_eq!((ways[0].result, ways[0].predikat), (Rating::Sesuai, Predikat::Baik));
    }
}
