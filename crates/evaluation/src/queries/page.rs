use db::{Result, Tx, args, sql};
use feedback::queries::Grouped;
use jiff::civil::Date;
use journal::queries::PeriodView;
use kernel::{Code, Ctx, EvaluationId, PersonId};
use org::agency::Agency;
use org::queries::PartyIdentity;
use policy::{Action, Actor, Denied, Facts, decide};
use regulation::berakhlak;
use regulation::rating::Rating;
use skp::Detail;

use super::{Achievement, Distribution, EvaluationRow, distribution};
use crate::bulk::EventRow;
use crate::evidence::{self, ServiceEvidence};
use crate::model::Proposal;
use crate::{access, store};

/// Everything the page of an evaluation shows: the evidence on the left, the ratings on the right.
#[derive(Debug, Clone)]
pub struct EvaluationPage {
    /// The evaluation; ratings that are not final are taken out when the reader is the employee.
    pub row: EvaluationRow,
    /// The SKP with its RHK and indicators.
    pub skp: Detail,
    /// Recorded work: action plan, realised values, evidence.
    pub period: PeriodView,
    /// Citizens' answers, for indicators that rest on them.
    pub services: Vec<ServiceEvidence>,
    /// Entries of daily progress in the period.
    pub entries: i64,
    /// Days with entries.
    pub entry_days: i64,
    /// Feedback of the period, by RHK and by value.
    pub feedback: Grouped,
    /// The achievement of the unit, once set.
    pub achievement: Option<Achievement>,
    /// The head's rating of results from it.
    pub derived: Option<Rating>,
    /// The proposal: as stored with the rating, or from the evidence of this moment.
    pub proposal: Proposal,
    /// The unit beside its pattern.
    pub distribution: Distribution,
    /// The employee as named on the last day of the period.
    pub employee: Option<PartyIdentity>,
    /// The pejabat penilai, likewise.
    pub assessor: Option<PartyIdentity>,
    /// Their superior, to whom an objection goes.
    pub above: Option<PartyIdentity>,
    /// History, oldest first.
    pub events: Vec<EventRow>,
    /// The agency.
    pub agency: Agency,
    /// Today in the agency.
    pub today: Date,
}

impl EvaluationPage {
    /// Remarks per value, in the fixed order.
    pub fn feedback_counts(&self) -> [usize; 7] {
        let mut counts = [0; 7];
        for (place, value) in counts.iter_mut().zip(berakhlak::Value::ALL) {
            *place = self.feedback.of_value(*value).len();
        }
        counts
    }
}

/// Why a page cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// Not for this actor.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is no such evaluation.
    #[error("the evaluation does not exist")]
    NotFound,
    /// The database.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// A page with the facts that tell what may be done on it.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The page.
    pub page: EvaluationPage,
    /// For `policy::decide`.
    pub facts: Facts,
}

/// The page of an evaluation, as this actor may see it; a fixed number of statements.
pub async fn page(tx: &mut Tx, ctx: &Ctx, actor: &Actor, id: EvaluationId) -> std::result::Result<Opened, PageError> {
    let row = store::get(tx, actor.agency, id).await?.ok_or(PageError::NotFound)?;
    let facts = access::facts(tx, &row).await?;
    decide(actor, Action::View, &facts).permit()?;
    let row = if actor.person == Some(row.person_id) {
        row.for_owner()
    } else {
        row
    };
    let page = load(tx, ctx, row, facts.superior_above).await?;
    Ok(Opened { page, facts })
}

async fn load(tx: &mut Tx, ctx: &Ctx, row: EvaluationRow, above: Option<PersonId>) -> Result<EvaluationPage> {
    let agency = org::agency::by_id(tx, row.agency_id).await?.ok_or(db::Error::NoRow)?;
    let today = agency.today(ctx);
    let skp = skp::queries::detail(tx, row.skp_id).await?.ok_or(db::Error::NoRow)?;
    let (first, last) = row.period.days(row.year).map_err(|_| db::Error::NoRow)?;
    let evidence = evidence::load(tx, &row, &skp.rhks).await?;
    let days = journal::queries::calendar(tx, row.person_id, first, last).await?;
    let achievement = store::achievement(tx, row.agency_id, row.unit_id, (row.year, row.period)).await?;
    let distribution = distribution(tx, row.agency_id, row.unit_id, (row.year, row.period), today).await?;
    let people: Vec<PersonId> = [Some(row.person_id), Some(row.assessor_id), above]
        .into_iter()
        .flatten()
        .collect();
    let named_on = last.min(skp.skp.period_end);
    let mut named = org::queries::identities_on(tx, row.agency_id, &people, named_on).await?;
    let proposal = row.stored_proposal().unwrap_or_else(|| evidence.proposal(&skp.rhks));
    let derived = achievement
        .as_ref()
        .filter(|_| row.is_head)
        .map(|a| a.achievement.rating_of_head());
    Ok(EvaluationPage {
        feedback: feedback::queries::of_period(tx, row.skp_id, row.year, row.period).await?,
        events: events(tx, row.id).await?,
        entries: days.iter().map(|d| d.entries).sum(),
        entry_days: i64::try_from(days.len()).unwrap_or(i64::MAX),
        employee: named.remove(&row.person_id),
        assessor: named.remove(&row.assessor_id),
        above: above.and_then(|person| named.remove(&person)),
        period: evidence.period,
        services: evidence.services,
        skp,
        achievement,
        derived,
        proposal,
        distribution,
        agency,
        today,
        row,
    })
}

async fn events(tx: &mut Tx, id: EvaluationId) -> Result<Vec<EventRow>> {
    tx.all(
        sql!(
            "SELECT id, evaluation_id, at, person_id, verb, remark FROM evaluation_event WHERE evaluation_id = $1 \
             ORDER BY at, id"
        ),
        args![id],
    )
    .await
}
