//! Pure rules of services and surveys.

mod catalogue;
mod survey;

pub use catalogue::{Catalogue, CatalogueProblem, Draft, Slug};
pub use survey::{
    AgeBand, Answers, Channel, Education, Form, INSTRUMENT, Occupation, RawSurvey, Respondent, Sex, Survey,
    SurveyProblem,
};
