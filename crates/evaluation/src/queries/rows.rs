use jiff::civil::Date;
use kernel::{AgencyId, EvaluationId, Instant, Period, PersonId, SkpId, UnitId};
use regulation::rating::{CapaianOrganisasi, Predikat, Rating};
use uuid::Uuid;

use crate::model::{Proposal, Status};

/// One evaluation of one SKP for one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvaluationRow {
    /// Identifier.
    pub id: EvaluationId,
    /// Agency.
    pub agency_id: AgencyId,
    /// The SKP.
    pub skp_id: SkpId,
    /// Pegawai yang dinilai.
    pub person_id: PersonId,
    /// Pejabat penilai kinerja.
    pub assessor_id: PersonId,
    /// Unit in the period.
    pub unit_id: UnitId,
    /// Its path.
    pub unit_path: String,
    /// Heads that unit, whose achievement is the rating of results.
    pub is_head: bool,
    /// Calendar year.
    pub year: i16,
    /// Period.
    pub period: Period,
    /// How far it is.
    pub status: Status,
    /// Achievement of the unit at the time it was made final.
    pub achievement: Option<CapaianOrganisasi>,
    /// Rating of results.
    pub result_rating: Option<Rating>,
    /// Why.
    pub result_reason: String,
    /// Rating of behaviour.
    pub behaviour_rating: Option<Rating>,
    /// Why.
    pub behaviour_reason: String,
    /// The predikat that follows; provisional until final.
    pub predikat: Option<Predikat>,
    /// Catatan/rekomendasi.
    pub recommendation: String,
    /// Why the unit left the pattern when this was made final.
    pub pattern_reason: String,
    /// The rating of results that was proposed.
    pub proposed_result: Option<Rating>,
    /// What the proposal was made of, as JSON of [`Proposal`]; empty before the first rating.
    pub proposal_inputs: String,
    /// When both ratings were last given.
    pub rated_at: Option<Instant>,
    /// When it was made final.
    pub finalised_at: Option<Instant>,
    /// By whom.
    pub finalised_by: Option<PersonId>,
    /// When the employee first read it.
    pub received_at: Option<Instant>,
    /// When the employee said so.
    pub acknowledged_at: Option<Instant>,
    /// Last day for an objection.
    pub objection_until: Option<Date>,
    /// Counts changes of ratings and state; reading it is none.
    pub version: i64,
}
db::from_row!(EvaluationRow {
    id,
    agency_id,
    skp_id,
    person_id,
    assessor_id,
    unit_id,
    unit_path,
    is_head,
    year,
    period,
    status,
    achievement,
    result_rating,
    result_reason,
    behaviour_rating,
    behaviour_reason,
    predikat,
    recommendation,
    pattern_reason,
    proposed_result,
    proposal_inputs,
    rated_at,
    finalised_at,
    finalised_by,
    received_at,
    acknowledged_at,
    objection_until,
    version
});

impl EvaluationRow {
    /// What the proposal was made of when the rating was given.
    pub fn stored_proposal(&self) -> Option<Proposal> {
        serde_json::from_str(&self.proposal_inputs).ok()
    }

    /// The row as the employee may see it: nothing of ratings that are not final.
    #[must_use]
    pub fn for_owner(self) -> Self {
        if self.status.is_final() {
            return self;
        }
        Self {
            status: Status::BelumDinilai,
            achievement: None,
            result_rating: None,
            result_reason: String::new(),
            behaviour_rating: None,
            behaviour_reason: String::new(),
            predikat: None,
            recommendation: String::new(),
            pattern_reason: String::new(),
            proposed_result: None,
            proposal_inputs: String::new(),
            rated_at: None,
            ..self
        }
    }
}

/// The achievement of a unit in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Achievement {
    /// Identifier.
    pub id: Uuid,
    /// Unit.
    pub unit_id: UnitId,
    /// Its path.
    pub unit_path: String,
    /// Calendar year.
    pub year: i16,
    /// Period.
    pub period: Period,
    /// Capaian kinerja organisasi.
    pub achievement: CapaianOrganisasi,
    /// On what it rests.
    pub basis: String,
    /// Who set it.
    pub set_by: PersonId,
    /// Name of who set it.
    pub set_by_name: Option<String>,
    /// When.
    pub set_at: Instant,
    /// Counts changes.
    pub version: i64,
}
db::from_row!(Achievement {
    id,
    unit_id,
    unit_path,
    year,
    period,
    achievement,
    basis,
    set_by,
    set_by_name,
    set_at,
    version
});
