//! "Mengapa predikat saya begini?": every step of the law with what went in, its article, and what to look at.
//!
//! The explanation is made from what is stored. Its predikat is computed anew from the two stored ratings; where it
//! differs from the stored one, the page shows an error and not a story ([`Explanation::agrees`]).

use jiff::civil::Date;
use kernel::{Code, Instant, PersonId};
use regulation::distribution::{Counts, Judgement, PATTERN, Violation};
use regulation::objection::OBJECTION;
use regulation::rating::{CapaianOrganisasi, HEAD_MAPPING, ORGANISATION, Predikat, QUADRANT, RATING, Rating, predikat};
use regulation::{Basis, berakhlak};

use crate::evidence::ServiceEvidence;
use crate::model::{Tally, WhatIf, what_if};
use crate::queries::EvaluationPage;

/// The whole explanation of an evaluation with both ratings.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The steps in the order of the law.
    pub steps: Vec<Step>,
    /// The predikat as stored.
    pub stored: Option<Predikat>,
    /// The predikat computed anew from the stored ratings.
    pub recomputed: Predikat,
    /// Both are the same. False is a state of error that the page must show.
    pub agrees: bool,
    /// What would change it.
    pub changes: Vec<WhatIf>,
}

/// One step: what was found, and the rule.
#[derive(Debug, Clone)]
pub struct Step {
    /// What was found.
    pub finding: Finding,
    /// The article and how certain our reading of it is.
    pub basis: Basis,
}

/// What a step found.
#[derive(Debug, Clone)]
pub enum Finding {
    /// 1. The achievement of the unit.
    Organisation {
        /// As it counted for this evaluation.
        achievement: Option<CapaianOrganisasi>,
        /// On what it rests.
        basis: String,
        /// Who set it.
        set_by: Option<(PersonId, String)>,
        /// When.
        set_at: Option<Instant>,
    },
    /// 2. The rating of results.
    Result {
        /// The rating.
        rating: Rating,
        /// Why.
        reason: String,
        /// For the head of a unit: its achievement is the rating.
        is_derived: bool,
        /// The rating that was proposed from realised values.
        proposed: Option<Rating>,
        /// How the indicators stood when the rating was given; missing ones are told, never counted.
        tally: Tally,
        /// Citizens' answers behind indicators.
        services: Vec<ServiceEvidence>,
    },
    /// 3. The rating of behaviour.
    Behaviour {
        /// The rating.
        rating: Rating,
        /// Why.
        reason: String,
        /// Remarks of continuous feedback per value, in the fixed order.
        feedback: [(berakhlak::Value, usize); 7],
    },
    /// 4. The quadrant.
    Quadrant {
        /// Rating of results.
        result: Rating,
        /// Rating of behaviour.
        behaviour: Rating,
        /// What follows.
        predikat: Predikat,
    },
    /// 5. The unit beside its pattern. No quota changes a predikat: this is shown, not applied.
    Distribution {
        /// People per predikat; none in a unit so small that counts would name people.
        counts: Option<Counts>,
        /// Limits that are left; empty when inside.
        violations: Vec<Violation>,
        /// Too few people to judge, or the achievement is not set.
        is_judged: bool,
        /// Why the unit left the pattern when this was made final.
        reason: String,
    },
    /// 6. The objection.
    Objection {
        /// When the employee read it; the days count from then.
        received_at: Option<Instant>,
        /// Last day.
        until: Option<Date>,
        /// Days left, today included as none when it is the last day; none after it.
        days_left: Option<i64>,
        /// To whom it goes.
        addressee: Option<String>,
    },
}

/// Explains an evaluation; `None` while a rating is missing.
pub fn explain(page: &EvaluationPage) -> Option<Explanation> {
    let row = &page.row;
    let (result, behaviour) = (row.result_rating?, row.behaviour_rating?);
    let recomputed = predikat(result, behaviour);
    let steps = vec![
        organisation(page),
        result_step(page, result),
        behaviour_step(page, behaviour),
        Step {
            finding: Finding::Quadrant {
                result,
                behaviour,
                predikat: recomputed,
            },
            basis: QUADRANT,
        },
        distribution(page),
        objection(page),
    ];
    Some(Explanation {
        steps,
        stored: row.predikat,
        recomputed,
        agrees: row.predikat == Some(recomputed) && head_agrees(page, result),
        changes: what_if(result, behaviour),
    })
}

/// The head's rating must be the one that follows from the achievement that counted.
fn head_agrees(page: &EvaluationPage, result: Rating) -> bool {
    let counted = page
        .row
        .achievement
        .filter(|_| page.row.is_head && page.row.status.is_final());
    counted.is_none_or(|achievement| achievement.rating_of_head() == result)
}

fn organisation(page: &EvaluationPage) -> Step {
    let set = page.achievement.as_ref();
    Step {
        finding: Finding::Organisation {
            achievement: page.row.achievement.or(set.map(|a| a.achievement)),
            basis: set.map(|a| a.basis.clone()).unwrap_or_default(),
            set_by: set.map(|a| (a.set_by, a.set_by_name.clone().unwrap_or_default())),
            set_at: set.map(|a| a.set_at),
        },
        basis: ORGANISATION,
    }
}

fn result_step(page: &EvaluationPage, rating: Rating) -> Step {
    Step {
        finding: Finding::Result {
            rating,
            reason: page.row.result_reason.clone(),
            is_derived: page.row.is_head,
            proposed: page.row.proposed_result,
            tally: page.proposal.tally,
            services: page.services.clone(),
        },
        basis: if page.row.is_head { HEAD_MAPPING } else { RATING },
    }
}

fn behaviour_step(page: &EvaluationPage, rating: Rating) -> Step {
    let counts = page.feedback_counts();
    let mut feedback = [(berakhlak::Value::ALL[0], 0); 7];
    for ((place, value), count) in feedback.iter_mut().zip(berakhlak::Value::ALL).zip(counts) {
        *place = (*value, count);
    }
    Step {
        finding: Finding::Behaviour {
            rating,
            reason: page.row.behaviour_reason.clone(),
            feedback,
        },
        basis: RATING,
    }
}

fn distribution(page: &EvaluationPage) -> Step {
    let unit = &page.distribution;
    let violations = match &unit.judgement {
        Some(Judgement::Judged(found)) => Some(found.clone()),
        Some(Judgement::TooSmall) | None => None,
    };
    Step {
        finding: Finding::Distribution {
            counts: (!unit.is_small()).then_some(unit.counts),
            is_judged: violations.is_some(),
            violations: violations.unwrap_or_default(),
            reason: page.row.pattern_reason.clone(),
        },
        basis: PATTERN,
    }
}

fn objection(page: &EvaluationPage) -> Step {
    let until = page.row.objection_until;
    let left = until.and_then(|last| {
        let days = page.today.duration_until(last).as_hours() / 24;
        (last >= page.today).then_some(days)
    });
    Step {
        finding: Finding::Objection {
            received_at: page.row.received_at,
            until,
            days_left: left,
            addressee: page.above.as_ref().map(|above| above.name.clone()),
        },
        basis: OBJECTION,
    }
}
