use audit::Entry;
use db::Db;
use kernel::{Ctx, IkiId, RhkId, ServiceId, SkpId};
use policy::{Actor, Kind};
use serde_json::json;

use super::edit::{EditError, Saved, draft, open};
use crate::model::{
    Aspect, Direction, Family, Field, IKI_COUNT, IKI_MAX, Perspective, Source, TARGET_MAX, Target, parse_target,
};
use crate::queries;
use crate::store::{self, IkiRow, rows};

/// One IKI as the form sends it. Texts may be empty while drafting.
#[derive(Debug, Clone)]
pub struct IkiInput {
    /// The SKP.
    pub skp: SkpId,
    /// The version of the SKP that the page showed.
    pub version: i64,
    /// The RHK that it measures.
    pub rhk: RhkId,
    /// Which IKI; none for a new one.
    pub iki: Option<IkiId>,
    /// Aspect, in plans by aspect.
    pub aspect: Option<Aspect>,
    /// Perspective, in plans by perspective.
    pub perspective: Option<Perspective>,
    /// The text.
    pub text: String,
    /// The target as written: `2 Dokumen`, `90-100%`, `≤ 3 hari`.
    pub target_text: String,
    /// Which way is good, where the text alone says it wrongly; none to go by the text.
    pub direction: Option<Direction>,
    /// Where the value comes from.
    pub source: Source,
    /// The service whose index is the value. The caller has verified that it exists in the agency: services are
    /// another area, whose tables are not asked here.
    pub service: Option<ServiceId>,
}

/// Saves one IKI of a draft.
pub async fn save_iki(db: &Db, ctx: &Ctx, actor: &Actor, input: IkiInput) -> Result<Saved<IkiId>, EditError> {
    db::write!(db, async |tx| {
        let (skp, permit) = open(tx, actor, input.skp, input.version).await?;
        if !queries::rhks(tx, skp.id).await?.iter().any(|r| r.id == input.rhk) {
            return Err(EditError::NotFound);
        }
        let existing: Vec<IkiRow> = queries::ikis(tx, skp.id).await?;
        let siblings: Vec<&IkiRow> = existing.iter().filter(|i| i.rhk_id == input.rhk).collect();
        let before = match input.iki {
            Some(id) => Some(*siblings.iter().find(|i| i.id == id).ok_or(EditError::NotFound)?),
            None if siblings.len() >= IKI_COUNT => return Err(EditError::TooMany(IKI_COUNT)),
            None => None,
        };
        let target = target(&input)?;
        let last = siblings.iter().map(|i| i.seq).max().unwrap_or(0);
        let after = IkiRow {
            id: before.map_or_else(|| ctx.new_id(), |b| b.id),
            agency_id: skp.agency_id,
            rhk_id: input.rhk,
            seq: before.map_or(last + 1, |b| b.seq),
            aspect: input.aspect,
            perspective: input.perspective,
            text: draft(Field::IkiText, &input.text, IKI_MAX)?,
            target_text: draft(Field::Target, &input.target_text, TARGET_MAX)?,
            target_min: target.min,
            target_max: target.max,
            target_unit: target.unit,
            direction: target.direction,
            source: input.source,
            service_id: service(&input, skp.family)?,
        };
        if before == Some(&after) {
            return Ok(Saved {
                id: after.id,
                version: skp.version,
            });
        }
        match before {
            Some(_) => store::update_iki(tx, &after).await?,
            None => rows::ikis(tx, std::slice::from_ref(&after)).await?,
        }
        let version = store::touch(tx, ctx, &skp).await?;
        let entry = Entry {
            verb: "skp.save_iki",
            kind: Kind::Skp,
            subject: skp.id.uuid(),
            detail: json!({ "iki": after.id, "before": before.map(written), "after": written(&after) }),
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok(Saved { id: after.id, version })
    })
}

fn target(input: &IkiInput) -> Result<Target, EditError> {
    let read = parse_target(&draft(Field::Target, &input.target_text, TARGET_MAX)?);
    match input.direction {
        Some(wanted) => read.turned(wanted).ok_or(EditError::WrongDirection),
        None => Ok(read),
    }
}

fn service(input: &IkiInput, family: Family) -> Result<Option<ServiceId>, EditError> {
    let fits_family = match family {
        Family::Aspek => input.perspective.is_none(),
        Family::Perspektif => input.aspect.is_none(),
    };
    if !fits_family {
        return Err(EditError::WrongClassification);
    }
    match (input.source, input.service) {
        (Source::Manual, _) => Ok(None),
        (Source::Layanan, None) => Err(EditError::ServiceMissing),
        (Source::Layanan, Some(_))
            if input.perspective != Some(Perspective::PenerimaLayanan) && input.aspect != Some(Aspect::Kualitas) =>
        {
            Err(EditError::ServiceNotFitting)
        }
        (Source::Layanan, some) => Ok(some),
    }
}

fn written(iki: &IkiRow) -> serde_json::Value {
    json!({
        "aspect": iki.aspect.map(|a| a.to_string()),
        "perspective": iki.perspective.map(|p| p.to_string()),
        "text": iki.text,
        "target": iki.target_text,
        "direction": iki.direction.to_string(),
        "source": iki.source.to_string(),
        "service": iki.service_id,
    })
}
