//! The proposal for the rating of results: our own arithmetic (D), never applied by itself.
//!
//! An indicator is compared with its target in its direction. Missing values count neither as zero nor as reached.

use kernel::{Decimal, IkiId};
use regulation::rating::Rating;
use serde::{Deserialize, Serialize};
use skp::model::{Direction, RhkKind};

/// From this share of reached indicators on, in percent, results are proposed to meet the expectation ("most results").
pub const REACHED_SHARE: u32 = 80;

/// Why a value is there but not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Unusable {
    /// Nothing was recorded.
    NoValue,
    /// Words, or a target in words: nothing to compare.
    Words,
    /// A service's index from too few answers.
    TooFewAnswers,
}

/// One indicator on its way into the proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IkiInput {
    /// Which.
    pub iki: IkiId,
    /// Main or additional result.
    pub kind: RhkKind,
    /// Which way is good.
    pub direction: Direction,
    /// Least value that reaches the target.
    pub min: Option<Decimal>,
    /// Greatest value that reaches the target.
    pub max: Option<Decimal>,
    /// Realised value, or why there is none.
    pub value: Result<Decimal, Unusable>,
}

/// How an indicator stands against its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Outcome {
    /// Better than the target.
    Exceeded,
    /// Reached.
    Reached,
    /// Below.
    Below,
    /// Nothing recorded.
    Missing,
    /// Nothing to compare.
    Words,
    /// A service's index from too few answers.
    TooFewAnswers,
}

impl IkiInput {
    /// The comparison with the target.
    pub fn outcome(&self) -> Outcome {
        let value = match self.value {
            Ok(value) => value,
            Err(Unusable::NoValue) => return Outcome::Missing,
            Err(Unusable::Words) => return Outcome::Words,
            Err(Unusable::TooFewAnswers) => return Outcome::TooFewAnswers,
        };
        let compared = match (self.direction, self.min, self.max) {
            (Direction::MakinTinggi, Some(min), _) => (value >= min, value > min),
            (Direction::MakinRendah, _, Some(max)) => (value <= max, value < max),
            (Direction::Rentang, Some(min), Some(max)) => (min <= value && value <= max, false),
            _ => return Outcome::Words,
        };
        match compared {
            (true, true) => Outcome::Exceeded,
            (true, false) => Outcome::Reached,
            (false, _) => Outcome::Below,
        }
    }
}

/// How many indicators stand how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// All indicators.
    pub total: u32,
    /// Better than the target; also counted in `reached`.
    pub exceeded: u32,
    /// Reached or better.
    pub reached: u32,
    /// Below.
    pub below: u32,
    /// Nothing recorded, or an index from too few answers.
    pub missing: u32,
    /// Nothing to compare.
    pub words: u32,
    /// Indicators of main results below their target.
    pub main_below: u32,
    /// Indicators of main results without a value.
    pub main_missing: u32,
}

impl Tally {
    /// Indicators that could be compared.
    pub fn compared(self) -> u32 {
        self.reached + self.below
    }
}

/// A proposal with all that it was made of. Stored as JSON beside the rating.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The proposed rating as its code; none when too little can be compared.
    pub rating: Option<String>,
    /// Counts.
    pub tally: Tally,
    /// Each indicator: identifier, value as compared, outcome.
    pub inputs: Vec<(IkiId, Option<String>, Outcome)>,
}

impl Proposal {
    /// The proposed rating.
    pub fn rating(&self) -> Option<Rating> {
        self.rating
            .as_deref()
            .and_then(|code| <Rating as kernel::Code>::from_code(code).ok())
    }
}

/// Proposes a rating of results. None when fewer than half of the indicators with a target in numbers have a value.
/// "Di atas" needs every compared indicator reached, more than half exceeded, and no main result below or missing.
pub fn propose(ikis: &[IkiInput]) -> Proposal {
    let mut tally = Tally::default();
    let mut inputs = Vec::with_capacity(ikis.len());
    for iki in ikis {
        let outcome = iki.outcome();
        let is_main = u32::from(iki.kind == RhkKind::Utama);
        tally.total += 1;
        match outcome {
            Outcome::Exceeded => {
                tally.exceeded += 1;
                tally.reached += 1;
            }
            Outcome::Reached => tally.reached += 1,
            Outcome::Below => {
                tally.below += 1;
                tally.main_below += is_main;
            }
            Outcome::Missing | Outcome::TooFewAnswers => {
                tally.missing += 1;
                tally.main_missing += is_main;
            }
            Outcome::Words => tally.words += 1,
        }
        inputs.push((iki.iki, iki.value.ok().map(|v| v.to_string()), outcome));
    }
    Proposal {
        rating: rate(tally).map(|r| kernel::Code::code(r).to_owned()),
        tally,
        inputs,
    }
}

fn rate(tally: Tally) -> Option<Rating> {
    let compared = tally.compared();
    if compared == 0 || compared < tally.missing {
        return None;
    }
    let all_reached = tally.below == 0 && tally.main_missing == 0;
    Some(if all_reached && tally.exceeded * 2 > compared {
        Rating::DiAtas
    } else if tally.reached * 100 >= REACHED_SHARE * compared {
        Rating::Sesuai
    } else {
        Rating::DiBawah
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn iki(kind: RhkKind, direction: Direction, target: i64, value: Option<i64>) -> IkiInput {
        let target = Some(Decimal::from(target));
        IkiInput {
            iki: IkiId::from_uuid(Uuid::nil()),
            kind,
            direction,
            min: target.filter(|_| direction != Direction::MakinRendah),
            max: target.filter(|_| direction == Direction::MakinRendah),
            value: value.map(Decimal::from).ok_or(Unusable::NoValue),
        }
    }

    fn up(target: i64, value: Option<i64>) -> IkiInput {
        iki(RhkKind::Utama, Direction::MakinTinggi, target, value)
    }

    #[test]
    fn a_lower_value_is_better_where_the_indicator_says_so() {
        let days = |value| iki(RhkKind::Utama, Direction::MakinRendah, 2, Some(value)).outcome();
        assert_eq!(
            (days(1), days(2), days(3)),
            (Outcome::Exceeded, Outcome::Reached, Outcome::Below)
        );
        let range = IkiInput {
            direction: Direction::Rentang,
            min: Some(Decimal::from(90)),
            max: Some(Decimal::from(100)),
            ..up(90, Some(95))
        };
        assert_eq!(range.outcome(), Outcome::Reached);
        let outside = IkiInput {
            value: Ok(Decimal::from(101)),
            ..range
        };
        assert_eq!(outside.outcome(), Outcome::Below);
        let words = IkiInput {
            direction: Direction::Teks,
            ..up(1, Some(1))
        };
        assert_eq!(words.outcome(), Outcome::Words);
    }

    #[test]
    fn missing_values_are_neither_zero_nor_full_marks() {
        assert_eq!(propose(&[]).rating(), None);
        assert_eq!(propose(&[up(5, None)]).rating(), None);
        let some = propose(&[up(5, Some(9)), up(5, Some(9)), up(5, None)]);
        assert_eq!((some.tally.missing, some.tally.reached, some.tally.below), (1, 2, 0));
        // two of two exceed, but a main result is missing: never "di atas"
        assert_eq!(some.rating(), Some(Rating::Sesuai));
        let mostly = propose(&[up(5, Some(9)), up(5, None), up(5, None)]);
        assert_eq!(mostly.rating(), None);
        let few = IkiInput {
            value: Err(Unusable::TooFewAnswers),
            ..up(5, None)
        };
        assert_eq!(propose(&[few, up(1, Some(1))]).tally.missing, 1);
    }

    #[test]
    fn above_is_never_proposed_with_a_main_result_below() {
        let mut all = vec![up(5, Some(9)); 9];
        assert_eq!(propose(&all).rating(), Some(Rating::DiAtas));
        all.push(up(5, Some(4)));
        assert_eq!(propose(&all).rating(), Some(Rating::Sesuai));
        assert_eq!(propose(&vec![up(5, Some(5)); 3]).rating(), Some(Rating::Sesuai));
        assert_eq!(
            propose(&[up(5, Some(5)), up(5, Some(1))]).rating(),
            Some(Rating::DiBawah)
        );
    }

    #[test]
    fn a_better_value_never_lowers_the_proposal() {
        // every combination of three indicators with values 3, 5, 7 against a target of 5
        let values = [3, 5, 7];
        let rank = |v: [i64; 3]| propose(&v.map(|v| up(5, Some(v)))).rating().map_or(0, Rating::rank);
        for a in values {
            for b in values {
                for c in values {
                    for better in values.iter().filter(|v| **v > a) {
                        assert!(rank([*better, b, c]) >= rank([a, b, c]));
                    }
                    assert_eq!(rank([a, b, c]), rank([c, a, b]), "order does not matter");
                }
            }
        }
    }

    #[test]
    fn a_proposal_survives_its_storage() {
        let made = propose(&[up(5, Some(9)), up(5, None)]);
        let text = serde_json::to_string(&made).expect("written");
        assert_eq!(serde_json::from_str::<Proposal>(&text).expect("read"), made);
    }
}
