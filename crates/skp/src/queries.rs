//! Reads for pages. Each takes the open snapshot, so that a page shows one moment.

mod lists;
mod people;

pub use lists::{
    Counts, Filter, SORT_KEY, candidates, counts, for_people, list, of_person, of_subordinates, supporters,
};
pub use people::{Standing, max_rhk, min_utama, party_on, standing, superior_of, superior_today, today, zone};

use db::{Result, Tx, args, from_row, sql};
use kernel::{Code, IkiId, PersonId, RhkId, SkpId};
use policy::{Facts, Kind};
use regulation::berakhlak;

use crate::model::{AnnexKind, Finding, Plan, PlanIki, PlanRhk, RhkKind, Side, Status};
use crate::store::{EventRow, IkiRow, PartyRow, RhkRow, SkpRow};

/// A whole SKP as pages and prints show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// Header.
    pub skp: SkpRow,
    /// RHK, main ones first, in order.
    pub rhks: Vec<RhkView>,
    /// The leader's special expectation for each value, in the fixed order; empty where there is none.
    pub expectations: [String; 7],
    /// The lists of the annex in their fixed order.
    pub annex: [Vec<String>; 3],
    /// History, oldest first.
    pub events: Vec<EventRow>,
    /// Names of the parties as of the approval; empty before.
    pub parties: Vec<PartyRow>,
}

/// One RHK with its indicators and the superior's RHK that it supports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RhkView {
    /// The RHK.
    pub row: RhkRow,
    /// Text of the superior's RHK; none when it is not linked.
    pub parent_text: Option<String>,
    /// Its indicators in order.
    pub ikis: Vec<IkiRow>,
}

impl Detail {
    /// The parts that are checked before it is handed in. An agency that wants more than one main result sets
    /// [`Plan::min_utama`] from [`min_utama`].
    pub fn plan(&self) -> Plan {
        let rhks = self.rhks.iter().map(|rhk| PlanRhk {
            id: rhk.row.id,
            kind: rhk.row.kind,
            text: rhk.row.text.clone(),
            is_linked: rhk.row.parent_rhk_id.is_some() || !rhk.row.assigned_from.is_empty(),
            ikis: rhk.ikis.iter().map(plan_iki).collect(),
        });
        Plan {
            approach: self.skp.approach,
            family: self.skp.family,
            min_utama: 1,
            has_superior: self.skp.assessor_id.is_some(),
            rhks: rhks.collect(),
            annex: [self.annex[0].len(), self.annex[1].len(), self.annex[2].len()],
        }
    }

    /// What is missing or could be better.
    pub fn findings(&self) -> Vec<Finding> {
        crate::model::check(&self.plan())
    }

    /// The last change of state, which tells since when it is where it is.
    pub fn last_event(&self) -> Option<&EventRow> {
        self.events.last()
    }

    /// The remark of the last return, while it waits to be corrected.
    pub fn open_remark(&self) -> Option<&EventRow> {
        self.last_event().filter(|e| e.status_to == Status::Dikembalikan)
    }

    /// How a party was called when it was approved.
    pub fn party(&self, side: Side) -> Option<&PartyRow> {
        self.parties.iter().find(|p| p.side == side)
    }

    /// RHK of one kind.
    pub fn of_kind(&self, kind: RhkKind) -> impl Iterator<Item = &RhkView> {
        self.rhks.iter().filter(move |r| r.row.kind == kind)
    }

    /// The special expectation for a value; empty when there is none.
    pub fn expectation(&self, value: berakhlak::Value) -> &str {
        &self.expectations[usize::from(value.number() - 1)]
    }

    /// The lines of one list of the annex.
    pub fn annex_of(&self, kind: AnnexKind) -> &[String] {
        &self.annex[kind as usize]
    }
}

fn plan_iki(iki: &IkiRow) -> PlanIki {
    PlanIki {
        id: iki.id,
        text: iki.text.clone(),
        target_text: iki.target_text.clone(),
        direction: iki.direction,
        aspect: iki.aspect,
        perspective: iki.perspective,
    }
}

/// One RHK of a superior that may be supported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Which.
    pub rhk_id: RhkId,
    /// Main or additional.
    pub kind: RhkKind,
    /// Order within its kind.
    pub seq: i64,
    /// The text.
    pub text: String,
    /// State of the superior's SKP; below approval the page says that it may still change.
    pub status: Status,
}

from_row!(Candidate {
    rhk_id,
    kind,
    seq,
    text,
    status
});

/// One SKP.
pub async fn row(tx: &mut Tx, id: SkpId) -> Result<Option<SkpRow>> {
    tx.optional(
        sql!(
            "SELECT id, agency_id, person_id, assessor_id, unit_id, unit_path, position_id, is_head, year, \
             period_start, period_end, approach, family, status, version, created_at, changed_at, submitted_at, \
             decided_at FROM skp WHERE id = $1"
        ),
        args![id],
    )
    .await
}

/// The SKP to which an RHK belongs.
pub async fn of_rhk(tx: &mut Tx, rhk: RhkId) -> Result<Option<SkpRow>> {
    tx.optional(
        sql!(
            "SELECT s.id, s.agency_id, s.person_id, s.assessor_id, s.unit_id, s.unit_path, s.position_id, s.is_head, \
             s.year, s.period_start, s.period_end, s.approach, s.family, s.status, s.version, s.created_at, \
             s.changed_at, s.submitted_at, s.decided_at FROM rhk r JOIN skp s ON s.id = r.skp_id WHERE r.id = $1"
        ),
        args![rhk],
    )
    .await
}

/// The SKP to which an IKI belongs.
pub async fn of_iki(tx: &mut Tx, iki: IkiId) -> Result<Option<SkpRow>> {
    tx.optional(
        sql!(
            "SELECT s.id, s.agency_id, s.person_id, s.assessor_id, s.unit_id, s.unit_path, s.position_id, s.is_head, \
             s.year, s.period_start, s.period_end, s.approach, s.family, s.status, s.version, s.created_at, \
             s.changed_at, s.submitted_at, s.decided_at FROM iki i JOIN rhk r ON r.id = i.rhk_id \
             JOIN skp s ON s.id = r.skp_id WHERE i.id = $1"
        ),
        args![iki],
    )
    .await
}

/// The RHK of an SKP, main ones first, in order.
pub async fn rhks(tx: &mut Tx, skp: SkpId) -> Result<Vec<RhkRow>> {
    let mut rows: Vec<RhkRow> = tx
        .all(
            sql!(
                "SELECT id, agency_id, skp_id, kind, seq, text, parent_rhk_id, assigned_from, holder FROM rhk \
                 WHERE skp_id = $1 ORDER BY kind, seq, id"
            ),
            args![skp],
        )
        .await?;
    rows.sort_by_key(|r| (r.kind, r.seq, r.id));
    Ok(rows)
}

/// The IKI of an SKP, by RHK and order.
pub async fn ikis(tx: &mut Tx, skp: SkpId) -> Result<Vec<IkiRow>> {
    tx.all(
        sql!(
            "SELECT i.id, i.agency_id, i.rhk_id, i.seq, i.aspect, i.perspective, i.text, i.target_text, i.target_min, \
             i.target_max, i.target_unit, i.direction, i.source, i.service_id FROM iki i \
             JOIN rhk r ON r.id = i.rhk_id WHERE r.skp_id = $1 ORDER BY i.rhk_id, i.seq, i.id"
        ),
        args![skp],
    )
    .await
}

/// A whole SKP in six statements, whatever its size.
pub async fn detail(tx: &mut Tx, id: SkpId) -> Result<Option<Detail>> {
    let Some(skp) = row(tx, id).await? else {
        return Ok(None);
    };
    let rhks = views(tx, id).await?;
    let (expectations, annex) = texts(tx, id).await?;
    let events = tx
        .all(
            sql!(
                "SELECT id, skp_id, version, at, person_id, status_from, status_to, remark FROM skp_event \
                 WHERE skp_id = $1 ORDER BY version, at, id"
            ),
            args![id],
        )
        .await?;
    let parties = tx
        .all(
            sql!(
                "SELECT skp_id, side, person_id, name, number, rank, position, unit FROM skp_party WHERE skp_id = $1 \
                 ORDER BY side"
            ),
            args![id],
        )
        .await?;
    Ok(Some(Detail {
        skp,
        rhks,
        expectations,
        annex,
        events,
        parties,
    }))
}

struct Linked {
    row: RhkRow,
    parent_text: Option<String>,
}

impl db::FromRow for Linked {
    fn from_row(row: &db::Row<'_>) -> Result<Self> {
        Ok(Self {
            row: RhkRow::from_row(row)?,
            parent_text: row.get(9)?,
        })
    }
}

/// The RHK of an SKP with their indicators and what they support, in two statements.
pub async fn views(tx: &mut Tx, skp: SkpId) -> Result<Vec<RhkView>> {
    let mut linked: Vec<Linked> = tx
        .all(
            sql!(
                "SELECT r.id, r.agency_id, r.skp_id, r.kind, r.seq, r.text, r.parent_rhk_id, r.assigned_from, \
                 r.holder, p.text FROM rhk r LEFT JOIN rhk p ON p.id = r.parent_rhk_id WHERE r.skp_id = $1 \
                 ORDER BY r.kind, r.seq, r.id"
            ),
            args![skp],
        )
        .await?;
    // codes do not sort in the printed order
    linked.sort_by_key(|l| (l.row.kind, l.row.seq, l.row.id));
    let mut ikis = ikis(tx, skp).await?;
    let views = linked.into_iter().map(|Linked { row, parent_text }| {
        let own = ikis.extract_if(.., |i| i.rhk_id == row.id).collect();
        RhkView {
            row,
            parent_text,
            ikis: own,
        }
    });
    Ok(views.collect())
}

type Texts = ([String; 7], [Vec<String>; 3]);

/// Special expectations and annex in one statement.
async fn texts(tx: &mut Tx, skp: SkpId) -> Result<Texts> {
    let rows: Vec<(String, i64, String)> = tx
        .all(
            sql!(
                "SELECT 'PERILAKU' AS kind, value_no AS seq, expectation AS text FROM skp_behaviour WHERE skp_id = $1 \
                 UNION ALL SELECT kind, seq, text FROM skp_annex WHERE skp_id = $1 ORDER BY 1, 2"
            ),
            args![skp],
        )
        .await?;
    let mut found = Texts::default();
    for (kind, seq, text) in rows {
        if let Ok(kind) = AnnexKind::from_code(&kind) {
            found.1[kind as usize].push(text);
        } else if let Some(place) = usize::try_from(seq - 1).ok().and_then(|i| found.0.get_mut(i)) {
            *place = text;
        }
    }
    Ok(found)
}

/// What `policy` needs to know about an SKP; none when there is no such SKP.
pub async fn facts(tx: &mut Tx, id: SkpId) -> Result<Option<Facts>> {
    match row(tx, id).await? {
        Some(skp) => crate::access::facts_of(tx, &skp, Kind::Skp).await.map(Some),
        None => Ok(None),
    }
}

/// The approved or closed SKP of a person on a day, for recording work.
pub async fn carrying_work(tx: &mut Tx, person: PersonId, on: jiff::civil::Date) -> Result<Option<SkpRow>> {
    let rows = of_person(tx, person).await?;
    Ok(rows.into_iter().find(|s| s.status.carries_work() && s.covers(on)))
}
