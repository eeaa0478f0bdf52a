//! What a rating of results rests on: realised values, and for indicators that look from those who receive a service,
//! what citizens say of it.

use std::collections::HashMap;

use db::{Result, Tx};
use kernel::{Decimal, IkiId, ServiceId};
use org::settings::{self, Key};
use service::queries::ServiceIndex;
use skp::RhkView;
use skp::model::{Direction, Source};

use crate::model::{IkiInput, Proposal, Unusable, propose};
use crate::queries::EvaluationRow;

/// A service as evidence of an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceEvidence {
    /// The indicator.
    pub iki: IkiId,
    /// The service.
    pub service: ServiceId,
    /// Its address, for a link.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its index in the period; none when nobody answered.
    pub index: Option<ServiceIndex>,
    /// Enough answers for the index to count (a setting).
    pub is_enough: bool,
    /// Answers from which it counts.
    pub min_answers: u64,
}

impl ServiceEvidence {
    /// The index as it is shown and compared, two decimals half up.
    pub fn value(&self) -> Option<Decimal> {
        self.index.as_ref()?.ikm.exact().to_decimal(2)
    }
}

/// Recorded work and citizens' answers of a period.
#[derive(Debug, Clone)]
pub(crate) struct Evidence {
    pub period: journal::queries::PeriodView,
    pub services: Vec<ServiceEvidence>,
}

impl Evidence {
    /// The proposal for the rating of results.
    pub fn proposal(&self, views: &[RhkView]) -> Proposal {
        propose(&inputs(views, &self.period, &self.services))
    }
}

/// Loads the evidence of an evaluation; a fixed number of statements.
pub(crate) async fn load(tx: &mut Tx, row: &EvaluationRow, views: &[RhkView]) -> Result<Evidence> {
    let period = journal::queries::period(tx, row.skp_id, row.year, row.period).await?;
    let linked: Vec<(IkiId, ServiceId)> = views
        .iter()
        .flat_map(|view| &view.ikis)
        .filter(|iki| iki.source == Source::Layanan)
        .filter_map(|iki| Some((iki.id, iki.service_id?)))
        .collect();
    if linked.is_empty() {
        return Ok(Evidence {
            period,
            services: Vec::new(),
        });
    }
    let mut ids: Vec<ServiceId> = linked.iter().map(|(_, service)| *service).collect();
    ids.sort();
    ids.dedup();
    let days = row.period.days(row.year).map_err(|_| db::Error::NoRow)?;
    let indices = service::queries::indices(tx, &ids, days).await?;
    let names: HashMap<ServiceId, (String, String)> = service::queries::names(tx, row.agency_id, &ids)
        .await?
        .into_iter()
        .map(|(id, slug, name)| (id, (slug, name)))
        .collect();
    let least = settings::value(tx, row.agency_id, Key::SurveyMinAnswers, days.1)
        .await?
        .number();
    let min_answers = u64::try_from(least).unwrap_or(0);
    let services = linked.into_iter().filter_map(|(iki, service)| {
        // a service of another agency is no evidence, whatever a stored row says
        let (slug, name) = names.get(&service)?.clone();
        let index = indices.get(&service).cloned();
        Some(ServiceEvidence {
            iki,
            service,
            slug,
            name,
            is_enough: index.as_ref().is_some_and(|i| i.n() >= min_answers),
            index,
            min_answers,
        })
    });
    Ok(Evidence {
        services: services.collect(),
        period,
    })
}

fn inputs(views: &[RhkView], period: &journal::queries::PeriodView, services: &[ServiceEvidence]) -> Vec<IkiInput> {
    let all = views
        .iter()
        .flat_map(|view| view.ikis.iter().map(|iki| (view.row.kind, iki)));
    all.map(|(kind, iki)| {
        let value = if iki.direction == Direction::Teks {
            Err(Unusable::Words)
        } else if iki.source == Source::Layanan {
            let found = services.iter().find(|s| s.iki == iki.id);
            match found.map(|s| (s.is_enough, s.value())) {
                Some((true, Some(value))) => Ok(value),
                Some((false, Some(_))) => Err(Unusable::TooFewAnswers),
                _ => Err(Unusable::NoValue),
            }
        } else {
            match period.realisation_of(iki.id) {
                None => Err(Unusable::NoValue),
                Some(realised) => realised.value_number.ok_or(Unusable::Words),
            }
        };
        IkiInput {
            iki: iki.id,
            kind,
            direction: iki.direction,
            min: iki.target_min,
            max: iki.target_max,
            value,
        }
    })
    .collect()
}
