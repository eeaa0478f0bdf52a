use std::sync::Arc;

use audit::Entry;
use db::{Db, Tx};
use kernel::{Ctx, EvidenceId, Period, RhkId, TextError, line};
use policy::{Actor, Denied, Kind, Permit};
use serde_json::json;
use skp::SkpRow;
use skp::access::AccessError;

use super::{PeriodBroken, open_period, optional};
use crate::blobs::{BlobError, BlobStore, Digest};
use crate::model::{
    EVIDENCE_COUNT, EvidenceKind, FileBroken, Gap, LinkBroken, NOTE_MAX, TITLE_MAX, check_url, clean_name, recognise,
};
use crate::store::{self, EvidenceRow, rows};
use crate::{access, queries};

/// A link as evidence.
#[derive(Debug, Clone)]
pub struct LinkInput {
    /// The RHK of the own approved SKP that it shows.
    pub rhk: RhkId,
    /// The period.
    pub period: Period,
    /// What it is.
    pub title: String,
    /// What to look at in it; may be empty.
    pub note: String,
    /// The link; http or https, without password. It is never fetched.
    pub url: String,
}

/// A file as evidence.
#[derive(Debug, Clone)]
pub struct FileInput {
    /// The RHK of the own approved SKP that it shows.
    pub rhk: RhkId,
    /// The period.
    pub period: Period,
    /// What it is; the name of the file when empty.
    pub title: String,
    /// What to look at in it; may be empty.
    pub note: String,
    /// Name of the file on the sender's machine.
    pub file_name: String,
    /// Its bytes, at most [`crate::model::FILE_MAX`].
    pub bytes: Vec<u8>,
}

/// Evidence that is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceAdded {
    /// Which.
    pub id: EvidenceId,
    /// The same was there before; nothing was written.
    pub already: bool,
    /// What the page should say: the action plan of this RHK is still empty. It does not lock evidence out.
    pub warnings: Vec<Gap>,
}

/// Why evidence was refused.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// There is no such RHK or evidence.
    #[error("not found")]
    NotFound,
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Nothing may be recorded for the period.
    #[error(transparent)]
    Period(#[from] PeriodBroken),
    /// The title is missing or cannot be kept.
    #[error("title: {0}")]
    Title(#[from] TextError),
    /// The note cannot be kept.
    #[error("note: {0}")]
    Note(TextError),
    /// The link is not one that people should click.
    #[error("link: {0}")]
    Link(LinkBroken),
    /// The file is not one that is taken.
    #[error("file: {0}")]
    File(FileBroken),
    /// More evidence than one RHK may have in one period.
    #[error("more than {0} pieces")]
    TooMany(usize),
    /// The store of files failed.
    #[error(transparent)]
    Blob(#[from] BlobError),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

impl From<AccessError> for EvidenceError {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::NotFound => Self::NotFound,
            AccessError::Denied(denied) => Self::Denied(denied),
            AccessError::Internal(error) => Self::Internal(error),
        }
    }
}

/// Adds a link.
pub async fn add_link(db: &Db, ctx: &Ctx, actor: &Actor, input: LinkInput) -> Result<EvidenceAdded, EvidenceError> {
    let url = check_url(&input.url).map_err(EvidenceError::Link)?;
    let title = line(&input.title, TITLE_MAX)?;
    let note = optional(&input.note, NOTE_MAX).map_err(EvidenceError::Note)?;
    db::write!(db, async |tx| {
        let opened = open(tx, actor, input.rhk, input.period).await?;
        let row = EvidenceRow {
            title: title.clone(),
            note: note.clone(),
            url: Some(url.to_owned()),
            ..blank(ctx, &opened.skp, input.rhk, input.period, EvidenceKind::Tautan)
        };
        add(tx, ctx, &opened, row).await
    })
}

/// Adds a file. Its bytes are on disk before its row is written; a row that is refused leaves bytes that nothing
/// names, which is harmless.
pub async fn add_file(
    db: &Db,
    ctx: &Ctx,
    blobs: &Arc<dyn BlobStore>,
    actor: &Actor,
    input: FileInput,
) -> Result<EvidenceAdded, EvidenceError> {
    let media = recognise(&input.bytes, &input.file_name).map_err(EvidenceError::File)?;
    let file_name = clean_name(&input.file_name, media);
    let title = match line(&input.title, TITLE_MAX) {
        Err(TextError::Empty) => file_name.clone(),
        other => other?,
    };
    let note = optional(&input.note, NOTE_MAX).map_err(EvidenceError::Note)?;
    // nobody fills the disk who may not add the row
    db::read!(db, async |tx| open(tx, actor, input.rhk, input.period).await.map(drop))?;
    let size = i64::try_from(input.bytes.len()).unwrap_or(i64::MAX);
    let digest = put(blobs, input.bytes).await?;
    db::write!(db, async |tx| {
        let opened = open(tx, actor, input.rhk, input.period).await?;
        let row = EvidenceRow {
            title: title.clone(),
            note: note.clone(),
            file_name: Some(file_name.clone()),
            media_type: Some(media),
            size: Some(size),
            digest: Some(digest.clone()),
            ..blank(ctx, &opened.skp, input.rhk, input.period, EvidenceKind::Berkas)
        };
        add(tx, ctx, &opened, row).await
    })
}

/// Takes own evidence out, until the evaluation of its period is final. The bytes of a file stay: they may be shown by
/// other evidence.
pub async fn remove_evidence(db: &Db, ctx: &Ctx, actor: &Actor, id: EvidenceId) -> Result<(), EvidenceError> {
    db::write!(db, async |tx| {
        let before = queries::evidence_by_id(tx, id).await?.ok_or(EvidenceError::NotFound)?;
        let (skp, permit) = access::edit(tx, actor, before.skp_id).await?;
        open_period(&skp, before.period, &queries::locks(tx, skp.id).await?)?;
        store::delete_evidence(tx, before.id).await?;
        let entry = Entry {
            verb: "journal.remove_evidence",
            kind: Kind::Journal,
            subject: before.id.uuid(),
            detail: json!({ "before": written(&before) }),
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok(())
    })
}

async fn put(blobs: &Arc<dyn BlobStore>, bytes: Vec<u8>) -> Result<Digest, BlobError> {
    let blobs = Arc::clone(blobs);
    tokio::task::spawn_blocking(move || blobs.put(&bytes))
        .await
        .map_err(|error| BlobError::Io(std::io::Error::other(error)))?
}

struct Opened {
    skp: SkpRow,
    permit: Permit,
    existing: Vec<EvidenceRow>,
    has_plan: bool,
}

async fn open(tx: &mut Tx, actor: &Actor, rhk: RhkId, period: Period) -> Result<Opened, EvidenceError> {
    let (skp, permit) = access::edit_by_rhk(tx, actor, rhk).await?;
    open_period(&skp, period, &queries::locks(tx, skp.id).await?)?;
    let existing = queries::evidence(tx, skp.id, skp.year, period).await?;
    let existing = existing.into_iter().filter(|e| e.rhk_id == rhk).collect();
    let has_plan = queries::actions(tx, skp.id, period)
        .await?
        .iter()
        .any(|a| a.rhk_id == rhk);
    Ok(Opened {
        skp,
        permit,
        existing,
        has_plan,
    })
}

/// Writes a row, unless the same link or file is there already.
async fn add(tx: &mut Tx, ctx: &Ctx, opened: &Opened, row: EvidenceRow) -> Result<EvidenceAdded, EvidenceError> {
    let warnings = match opened.has_plan {
        true => Vec::new(),
        false => vec![Gap::PlanMissing(row.rhk_id)],
    };
    let same = opened
        .existing
        .iter()
        .find(|e| e.kind == row.kind && e.url == row.url && e.digest == row.digest);
    if let Some(same) = same {
        return Ok(EvidenceAdded {
            id: same.id,
            already: true,
            warnings,
        });
    }
    if opened.existing.len() >= EVIDENCE_COUNT {
        return Err(EvidenceError::TooMany(EVIDENCE_COUNT));
    }
    rows::evidence(tx, std::slice::from_ref(&row)).await?;
    let entry = Entry {
        verb: "journal.add_evidence",
        kind: Kind::Journal,
        subject: row.id.uuid(),
        detail: json!({ "after": written(&row) }),
    };
    audit::record(tx, ctx, &opened.permit, entry).await?;
    Ok(EvidenceAdded {
        id: row.id,
        already: false,
        warnings,
    })
}

fn blank(ctx: &Ctx, skp: &SkpRow, rhk: RhkId, period: Period, kind: EvidenceKind) -> EvidenceRow {
    EvidenceRow {
        id: ctx.new_id(),
        agency_id: skp.agency_id,
        skp_id: skp.id,
        rhk_id: rhk,
        person_id: skp.person_id,
        year: skp.year,
        period,
        kind,
        title: String::new(),
        note: String::new(),
        url: None,
        file_name: None,
        media_type: None,
        size: None,
        digest: None,
        created_at: ctx.now(),
    }
}

fn written(row: &EvidenceRow) -> serde_json::Value {
    json!({
        "rhk": row.rhk_id,
        "period": row.period.to_string(),
        "kind": row.kind.to_string(),
        "title": row.title,
        "url": row.url,
        "file": row.file_name,
        "digest": row.digest.as_ref().map(Digest::as_str),
    })
}
