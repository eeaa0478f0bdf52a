//! Rows of an SKP and how they are written.

use db::{Result, Tx, args, from_row, sql};
use jiff::civil::Date;
use kernel::{AgencyId, Ctx, Decimal, IkiId, Instant, PersonId, PositionId, RhkId, ServiceId, SkpId, UnitId};
use uuid::Uuid;

use crate::model::{
    AnnexKind, Approach, Aspect, Direction, Family, Holder, Perspective, RhkKind, Side, Source, Status,
};

pub(crate) mod rows;

/// One SKP: whose, for when, with whom, and how far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkpRow {
    /// Identifier.
    pub id: SkpId,
    /// Agency.
    pub agency_id: AgencyId,
    /// Pegawai yang dinilai.
    pub person_id: PersonId,
    /// Pejabat penilai kinerja; none while nobody is known.
    pub assessor_id: Option<PersonId>,
    /// Unit at the time of drafting.
    pub unit_id: UnitId,
    /// Path of that unit.
    pub unit_path: String,
    /// Position it is about.
    pub position_id: PositionId,
    /// The position heads the unit: its achievement is the rating of results.
    pub is_head: bool,
    /// Calendar year.
    pub year: i16,
    /// First day, inclusive.
    pub period_start: Date,
    /// Last day, inclusive.
    pub period_end: Date,
    /// How results are described.
    pub approach: Approach,
    /// What indicators are classified by.
    pub family: Family,
    /// State.
    pub status: Status,
    /// Counts every change; a form sends back the one it showed.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub changed_at: Instant,
    /// When it was last handed in.
    pub submitted_at: Option<Instant>,
    /// When it was last returned or approved.
    pub decided_at: Option<Instant>,
}

from_row!(SkpRow {
    id,
    agency_id,
    person_id,
    assessor_id,
    unit_id,
    unit_path,
    position_id,
    is_head,
    year,
    period_start,
    period_end,
    approach,
    family,
    status,
    version,
    created_at,
    changed_at,
    submitted_at,
    decided_at,
});

/// One RHK.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RhkRow {
    /// Identifier.
    pub id: RhkId,
    /// Agency.
    pub agency_id: AgencyId,
    /// Its SKP.
    pub skp_id: SkpId,
    /// Main or additional.
    pub kind: RhkKind,
    /// Order within its kind, from 1.
    pub seq: i64,
    /// The text.
    pub text: String,
    /// The superior's RHK that it supports.
    pub parent_rhk_id: Option<RhkId>,
    /// Who assigned it, in words; empty when linked or unknown.
    pub assigned_from: String,
    /// Whose it is when its author moves.
    pub holder: Holder,
}

from_row!(RhkRow {
    id,
    agency_id,
    skp_id,
    kind,
    seq,
    text,
    parent_rhk_id,
    assigned_from,
    holder,
});

/// One IKI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IkiRow {
    /// Identifier.
    pub id: IkiId,
    /// Agency.
    pub agency_id: AgencyId,
    /// Its RHK.
    pub rhk_id: RhkId,
    /// Order within the RHK, from 1.
    pub seq: i64,
    /// Aspect, in the family of aspects.
    pub aspect: Option<Aspect>,
    /// Perspective, in the family of perspectives.
    pub perspective: Option<Perspective>,
    /// The text.
    pub text: String,
    /// The target as written.
    pub target_text: String,
    /// Least value that reaches the target, when one was read.
    pub target_min: Option<Decimal>,
    /// Greatest value that reaches the target, when one was read.
    pub target_max: Option<Decimal>,
    /// What is counted.
    pub target_unit: String,
    /// Which way is good.
    pub direction: Direction,
    /// Where the value comes from.
    pub source: Source,
    /// The service, when the value is its index.
    pub service_id: Option<ServiceId>,
}

from_row!(IkiRow {
    id,
    agency_id,
    rhk_id,
    seq,
    aspect,
    perspective,
    text,
    target_text,
    target_min,
    target_max,
    target_unit,
    direction,
    source,
    service_id,
});

impl SkpRow {
    /// True when the day lies in its period.
    pub fn covers(&self, day: Date) -> bool {
        self.period_start <= day && day <= self.period_end
    }
}

/// How a party was called when the SKP was approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyRow {
    /// The SKP.
    pub skp_id: SkpId,
    /// Which side.
    pub side: Side,
    /// The person.
    pub person_id: Option<PersonId>,
    /// Name with titles.
    pub name: String,
    /// NIP or number of a PPPK.
    pub number: String,
    /// Pangkat and golongan.
    pub rank: String,
    /// Position.
    pub position: String,
    /// Unit.
    pub unit: String,
}

from_row!(PartyRow {
    skp_id,
    side,
    person_id,
    name,
    number,
    rank,
    position,
    unit
});

/// One change of state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRow {
    /// Identifier.
    pub id: Uuid,
    /// The SKP.
    pub skp_id: SkpId,
    /// Version of the SKP after the change; it orders the history.
    pub version: i64,
    /// When.
    pub at: Instant,
    /// Who; none for the installation itself.
    pub person_id: Option<PersonId>,
    /// From which state; none for the beginning.
    pub status_from: Option<Status>,
    /// To which state.
    pub status_to: Status,
    /// The remark that came with it.
    pub remark: String,
}

from_row!(EventRow {
    id,
    skp_id,
    version,
    at,
    person_id,
    status_from,
    status_to,
    remark
});

/// One line of the annex, or one special expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnexRow {
    /// The SKP.
    pub skp_id: SkpId,
    /// Which list.
    pub kind: AnnexKind,
    /// Order, from 1.
    pub seq: i64,
    /// The line.
    pub text: String,
}

/// One special expectation of the leader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectationRow {
    /// The SKP.
    pub skp_id: SkpId,
    /// Number of the value, 1 to 7.
    pub value_no: i64,
    /// The expectation.
    pub text: String,
}

/// Moves the version on and tells the new one. Whoever calls has compared the version in this transaction.
pub(crate) async fn touch(tx: &mut Tx, ctx: &Ctx, skp: &SkpRow) -> Result<i64> {
    tx.exec(
        sql!("UPDATE skp SET version = version + 1, changed_at = $1 WHERE id = $2"),
        args![ctx.now(), skp.id],
    )
    .await?;
    Ok(skp.version + 1)
}

/// Writes a change of state with its line of history.
pub(crate) async fn move_to(
    tx: &mut Tx,
    ctx: &Ctx,
    before: &SkpRow,
    after: &SkpRow,
    by: Option<PersonId>,
    remark: &str,
) -> Result<i64> {
    tx.exec(
        sql!(
            "UPDATE skp SET status = $1, assessor_id = $2, period_end = $3, submitted_at = $4, decided_at = $5, \
             version = version + 1, changed_at = $6 WHERE id = $7"
        ),
        args![
            after.status,
            after.assessor_id,
            after.period_end,
            after.submitted_at,
            after.decided_at,
            ctx.now(),
            after.id
        ],
    )
    .await?;
    let event = EventRow {
        id: ctx.ids.next(ctx.now()),
        skp_id: after.id,
        version: before.version + 1,
        at: ctx.now(),
        person_id: by,
        status_from: Some(before.status),
        status_to: after.status,
        remark: remark.to_owned(),
    };
    rows::events(tx, &[event]).await?;
    Ok(before.version + 1)
}

/// Changes the text and classification of an RHK.
pub(crate) async fn update_rhk(tx: &mut Tx, rhk: &RhkRow) -> Result<()> {
    tx.exec(
        sql!(
            "UPDATE rhk SET kind = $1, seq = $2, text = $3, parent_rhk_id = $4, assigned_from = $5, holder = $6 \
             WHERE id = $7"
        ),
        args![
            rhk.kind,
            rhk.seq,
            &rhk.text,
            rhk.parent_rhk_id,
            &rhk.assigned_from,
            rhk.holder,
            rhk.id
        ],
    )
    .await?;
    Ok(())
}

/// Takes out an RHK with its indicators. RHK below that supported it keep its text as the origin of their assignment.
pub(crate) async fn delete_rhk(tx: &mut Tx, rhk: &RhkRow) -> Result<()> {
    tx.exec(
        sql!("UPDATE rhk SET parent_rhk_id = NULL, assigned_from = $1 WHERE parent_rhk_id = $2"),
        args![&rhk.text, rhk.id],
    )
    .await?;
    tx.exec(sql!("DELETE FROM iki WHERE rhk_id = $1"), args![rhk.id])
        .await?;
    tx.exec(sql!("DELETE FROM rhk WHERE id = $1"), args![rhk.id]).await?;
    Ok(())
}

/// Gives RHK their kind and order.
pub(crate) async fn order_rhk(tx: &mut Tx, order: &[(RhkId, RhkKind, i64)]) -> Result<()> {
    let rows: Vec<_> = order
        .iter()
        .map(|(id, kind, seq)| args![*kind, *seq, *id].to_vec())
        .collect();
    tx.exec_many(sql!("UPDATE rhk SET kind = $1, seq = $2 WHERE id = $3"), &rows)
        .await?;
    Ok(())
}

/// Changes an indicator.
pub(crate) async fn update_iki(tx: &mut Tx, iki: &IkiRow) -> Result<()> {
    tx.exec(
        sql!(
            "UPDATE iki SET aspect = $1, perspective = $2, text = $3, target_text = $4, target_min = $5, \
             target_max = $6, target_unit = $7, direction = $8, source = $9, service_id = $10 WHERE id = $11"
        ),
        args![
            iki.aspect,
            iki.perspective,
            &iki.text,
            &iki.target_text,
            iki.target_min,
            iki.target_max,
            &iki.target_unit,
            iki.direction,
            iki.source,
            iki.service_id,
            iki.id
        ],
    )
    .await?;
    Ok(())
}

/// Takes out an indicator.
pub(crate) async fn delete_iki(tx: &mut Tx, id: IkiId) -> Result<()> {
    tx.exec(sql!("DELETE FROM iki WHERE id = $1"), args![id]).await?;
    Ok(())
}

/// Replaces one list of the annex.
pub(crate) async fn replace_annex(tx: &mut Tx, skp: SkpId, kind: AnnexKind, lines: &[String]) -> Result<()> {
    tx.exec(
        sql!("DELETE FROM skp_annex WHERE skp_id = $1 AND kind = $2"),
        args![skp, kind],
    )
    .await?;
    let lines: Vec<AnnexRow> = (1..)
        .zip(lines)
        .map(|(seq, text)| AnnexRow {
            skp_id: skp,
            kind,
            seq,
            text: text.clone(),
        })
        .collect();
    rows::annex(tx, &lines).await
}

/// Replaces the special expectations of the values named.
pub(crate) async fn replace_expectations(tx: &mut Tx, skp: SkpId, expectations: &[ExpectationRow]) -> Result<()> {
    let gone: Vec<_> = expectations.iter().map(|e| args![skp, e.value_no].to_vec()).collect();
    tx.exec_many(
        sql!("DELETE FROM skp_behaviour WHERE skp_id = $1 AND value_no = $2"),
        &gone,
    )
    .await?;
    let kept: Vec<ExpectationRow> = expectations.iter().filter(|e| !e.text.is_empty()).cloned().collect();
    rows::expectations(tx, &kept).await
}

/// Writes the names of the parties anew.
pub(crate) async fn replace_parties(tx: &mut Tx, skp: SkpId, parties: &[PartyRow]) -> Result<()> {
    tx.exec(sql!("DELETE FROM skp_party WHERE skp_id = $1"), args![skp])
        .await?;
    rows::parties(tx, parties).await
}
