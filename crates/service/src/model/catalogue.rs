use jiff::civil::Date;
use kernel::{TextError, line, paragraph};

/// Short name of a service in its public address: three to sixty lower-case letters, digits and single hyphens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slug(String);

impl Slug {
    /// Reads a slug; `None` when it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let letters = text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let hyphens = !text.starts_with('-') && !text.ends_with('-') && !text.contains("--");
        ((3..=60).contains(&text.len()) && letters && hyphens).then(|| Self(text.to_owned()))
    }

    /// A slug made from the name of a service, for the form to propose; `None` when too little of the name is left.
    pub fn propose(name: &str) -> Option<Self> {
        let folded = kernel::fold_name(name);
        let mut out = String::new();
        for word in folded.split(' ') {
            let word: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
            if word.is_empty() {
                continue;
            }
            if out.len() + word.len() + 1 > 60 {
                break;
            }
            if !out.is_empty() {
                out.push('-');
            }
            out.push_str(&word);
        }
        Self::parse(&out)
    }

    /// As it stands in the address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a form says about a service, before it is checked.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Name, at most 200 characters.
    pub name: String,
    /// Short address.
    pub slug: String,
    /// What the service is for, at most 1,000 characters; may be empty.
    pub summary: String,
    /// Conditions, at most 4,000 characters; may be empty.
    pub requirements: String,
    /// Fee in words, at most 300 characters; may be empty.
    pub fee: String,
    /// Promise to the citizen in words, at most 300 characters; may be empty.
    pub promise: String,
    /// Days within which the service is promised, 0 to 3,650.
    pub promise_days: Option<i64>,
    /// Where its figures come from, at most 500 characters; empty for the agency's own records.
    pub data_source: String,
    /// Has a public page and survey.
    pub is_public: bool,
    /// Users in a comparable period, 1 to 1,000,000,000: narrows the interval of the index.
    pub population: Option<i64>,
    /// First day of the service.
    pub valid_from: Option<Date>,
    /// Last day of the service.
    pub valid_to: Option<Date>,
}

/// A rule that a draft breaks, one per field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueProblem {
    /// The name is empty, too long or holds forbidden characters.
    #[error("name: {0}")]
    Name(TextError),
    /// The address is not made of lower-case letters, digits and hyphens.
    #[error("the address is not a slug")]
    Slug,
    /// The summary.
    #[error("summary: {0}")]
    Summary(TextError),
    /// The conditions.
    #[error("requirements: {0}")]
    Requirements(TextError),
    /// The fee.
    #[error("fee: {0}")]
    Fee(TextError),
    /// The promise.
    #[error("promise: {0}")]
    Promise(TextError),
    /// The source of the figures.
    #[error("data source: {0}")]
    DataSource(TextError),
    /// Promised days outside 0 to 3,650.
    #[error("promised days must lie between 0 and 3650")]
    PromiseDays,
    /// Population outside 1 to 1,000,000,000.
    #[error("population must lie between 1 and 1000000000")]
    Population,
    /// No first day.
    #[error("the first day is missing")]
    ValidFrom,
    /// The last day lies before the first.
    #[error("the last day lies before the first")]
    ValidTo,
}

/// The checked entry of a service in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    /// Name.
    pub name: String,
    /// Short address.
    pub slug: Slug,
    /// What the service is for.
    pub summary: String,
    /// Conditions.
    pub requirements: String,
    /// Fee in words.
    pub fee: String,
    /// Promise in words.
    pub promise: String,
    /// Promised days.
    pub promise_days: Option<i64>,
    /// Source of the figures.
    pub data_source: String,
    /// Has a public page.
    pub is_public: bool,
    /// Users in a comparable period.
    pub population: Option<i64>,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Option<Date>,
}

impl Draft {
    /// Checks every field and tells all that is wrong at once.
    pub fn check(&self) -> Result<Catalogue, Vec<CatalogueProblem>> {
        let mut problems = Vec::new();
        let mut keep = |text: Result<String, CatalogueProblem>| {
            text.unwrap_or_else(|problem| {
                problems.push(problem);
                String::new()
            })
        };
        let name = keep(line(&self.name, 200).map_err(CatalogueProblem::Name));
        let summary = keep(may_be_empty(paragraph(&self.summary, 1_000)).map_err(CatalogueProblem::Summary));
        let requirements =
            keep(may_be_empty(paragraph(&self.requirements, 4_000)).map_err(CatalogueProblem::Requirements));
        let fee = keep(may_be_empty(line(&self.fee, 300)).map_err(CatalogueProblem::Fee));
        let promise = keep(may_be_empty(line(&self.promise, 300)).map_err(CatalogueProblem::Promise));
        let data_source = keep(may_be_empty(line(&self.data_source, 500)).map_err(CatalogueProblem::DataSource));
        let slug = Slug::parse(&self.slug);
        if slug.is_none() {
            problems.push(CatalogueProblem::Slug);
        }
        if self.promise_days.is_some_and(|d| !(0..=3_650).contains(&d)) {
            problems.push(CatalogueProblem::PromiseDays);
        }
        if self.population.is_some_and(|n| !(1..=1_000_000_000).contains(&n)) {
            problems.push(CatalogueProblem::Population);
        }
        match (self.valid_from, self.valid_to) {
            (None, _) => problems.push(CatalogueProblem::ValidFrom),
            (Some(from), Some(to)) if to < from => problems.push(CatalogueProblem::ValidTo),
            _ => {}
        }
        match (slug, self.valid_from) {
            (Some(slug), Some(valid_from)) if problems.is_empty() => Ok(Catalogue {
                name,
                slug,
                summary,
                requirements,
                fee,
                promise,
                promise_days: self.promise_days,
                data_source,
                is_public: self.is_public,
                population: self.population,
                valid_from,
                valid_to: self.valid_to,
            }),
            _ => Err(problems),
        }
    }
}

fn may_be_empty(text: Result<String, TextError>) -> Result<String, TextError> {
    match text {
        Err(TextError::Empty) => Ok(String::new()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn draft() -> Draft {
        Draft {
            name: "Penerbitan KTP-el".into(),
            slug: "ktp-el".into(),
            valid_from: Some(date(2026, 1, 1)),
            ..Draft::default()
        }
    }

    #[test]
    fn slugs_are_plain() {
        for good in ["ktp-el", "a1b", "  akta-lahir "] {
            assert!(Slug::parse(good).is_some(), "{good}");
        }
        for bad in ["", "ab", "KTP", "a--b", "-ab", "ab-", "a b c", "é-é-é", "../etc"] {
            assert!(Slug::parse(bad).is_none(), "{bad}");
        }
        assert_eq!(
            Slug::propose("Penerbitan KTP-el (baru)").map(|s| s.0),
            Some("penerbitan-ktp-el-baru".into())
        );
        assert_eq!(Slug::propose("??"), None);
        assert!(Slug::propose(&"kata ".repeat(100)).is_some_and(|s| s.0.len() <= 60));
    }

    #[test]
    fn a_plain_draft_passes() {
        let kept = draft().check().expect("in order");
        assert_eq!((kept.name.as_str(), kept.summary.as_str()), ("Penerbitan KTP-el", ""));
    }

    #[test]
    fn every_rule_is_told_at_once() {
        let long = "x".repeat(5_000);
        let bad = Draft {
            name: " ".into(),
            slug: "X".into(),
            summary: long.clone(),
            requirements: long.clone(),
            fee: long.clone(),
            promise: "a\u{202E}b".into(),
            promise_days: Some(-1),
            data_source: long,
            is_public: true,
            population: Some(0),
            valid_from: Some(date(2026, 2, 1)),
            valid_to: Some(date(2026, 1, 1)),
        };
        let problems = bad.check().expect_err("nothing is right");
        assert_eq!(
            problems,
            [
                CatalogueProblem::Name(TextError::Empty),
                CatalogueProblem::Summary(TextError::TooLong { max: 1_000 }),
                CatalogueProblem::Requirements(TextError::TooLong { max: 4_000 }),
                CatalogueProblem::Fee(TextError::TooLong { max: 300 }),
                CatalogueProblem::Promise(TextError::Forbidden),
                CatalogueProblem::DataSource(TextError::TooLong { max: 500 }),
                CatalogueProblem::Slug,
                CatalogueProblem::PromiseDays,
                CatalogueProblem::Population,
                CatalogueProblem::ValidTo,
            ]
        );
        let open = Draft {
            valid_from: None,
            ..draft()
        };
        assert_eq!(open.check(), Err(vec![CatalogueProblem::ValidFrom]));
    }
}
