//! Where a rule comes from and how sure we are of it.

kernel::codes! {
    /// How certain our reading of a rule is. Anything below [`Certainty::Confirmed`] belongs into configuration.
    pub enum Certainty {
        /// The text of the regulation, a faithful transcript or an official slide was seen.
        Confirmed = "C",
        /// Seen second hand only: press, an agency's page, public program code.
        SecondHand = "C2",
        /// General knowledge, not seen in writing.
        Likely = "L",
        /// Agencies really differ, or the rule leaves it open: a setting.
        Configurable = "CFG",
        /// Our own arithmetic or recommendation; no regulation says it.
        Design = "D",
    }
}

/// The article a step rests on, as it is printed, with our certainty about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Basis {
    /// Short citation, for example `SE MenPANRB 3/2023`.
    pub article: &'static str,
    /// How certain our reading is.
    pub certainty: Certainty,
}

impl Basis {
    /// A citation with its certainty.
    pub const fn new(article: &'static str, certainty: Certainty) -> Self {
        Self { article, certainty }
    }
}

/// One step of an explained calculation. Pages translate `key`; values are codes or plain numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Stable name of the step, for example `quadrant`; also the key of its sentence in the catalogues.
    pub key: &'static str,
    /// What went in, by name, in reading order.
    pub inputs: Vec<(&'static str, String)>,
    /// What came out.
    pub result: String,
    /// The rule applied.
    pub basis: Basis,
}

impl Step {
    /// A step without inputs; add them with [`Step::input`].
    pub fn new(key: &'static str, basis: Basis, result: impl Into<String>) -> Self {
        Self {
            key,
            inputs: Vec::new(),
            result: result.into(),
            basis,
        }
    }

    /// The same step with one more input.
    #[must_use]
    pub fn input(mut self, name: &'static str, value: impl ToString) -> Self {
        self.inputs.push((name, value.to_string()));
        self
    }
}
