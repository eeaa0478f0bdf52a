use db::{Db, Tx, args, sql};
use documents::Paper;
use kernel::{Ctx, DocumentId};
use policy::{Action, Actor, Denied, Kind, Permit};
use serde_json::json;
use uuid::Uuid;

use crate::access::{self, Shut};
use crate::printed::{CheckCode, DocumentKind, subject_version};

/// A form that was rendered and is about to be handed out.
#[derive(Debug, Clone)]
pub struct PrintInput {
    /// The code that was drawn for it and stands in its QR code.
    pub code: CheckCode,
    /// Which form.
    pub kind: DocumentKind,
    /// The SKP or the evaluation that it shows.
    pub subject: Uuid,
    /// The version of the subject that was rendered.
    pub version: i64,
    /// Sheet.
    pub paper: Paper,
    /// Title, without NIP.
    pub title: String,
    /// SHA-256 of the file, 64 hexadecimal digits.
    pub digest: String,
    /// Names of those who sign, without NIP.
    pub signers: Vec<String>,
}

/// Why a print was not registered.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// Not this actor: who may not see it may not print it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The subject does not exist.
    #[error("the document's subject does not exist")]
    NotFound,
    /// The subject changed while the form was rendered: render it anew.
    #[error("the subject changed while the form was rendered")]
    Stale,
    /// The digest is not one.
    #[error("the digest is not 64 hexadecimal digits")]
    Digest,
    /// The database.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

impl From<Shut> for PrintError {
    fn from(shut: Shut) -> Self {
        match shut {
            Shut::NotFound => Self::NotFound,
            Shut::Denied(denied) => Self::Denied(denied),
            Shut::Internal(error) => Self::Internal(error),
        }
    }
}

impl From<skp::access::AccessError> for PrintError {
    fn from(error: skp::access::AccessError) -> Self {
        match error {
            skp::access::AccessError::NotFound => Self::NotFound,
            skp::access::AccessError::Denied(denied) => Self::Denied(denied),
            skp::access::AccessError::Internal(error) => Self::Internal(error),
        }
    }
}

/// Registers a print, so that its code can be checked.
pub async fn print(db: &Db, ctx: &Ctx, actor: &Actor, input: &PrintInput) -> Result<DocumentId, PrintError> {
    let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    if input.digest.len() != 64 || !input.digest.bytes().all(hex) {
        return Err(PrintError::Digest);
    }
    db::write!(db, async |tx| inside(tx, ctx, actor, input).await)
}

async fn inside(tx: &mut Tx, ctx: &Ctx, actor: &Actor, input: &PrintInput) -> Result<DocumentId, PrintError> {
    let (permit, kind, path) = seen(tx, actor, input).await?;
    if subject_version(tx, actor.agency, input.kind, input.subject).await? != Some(input.version) {
        return Err(PrintError::Stale);
    }
    let id: DocumentId = ctx.new_id();
    let paper = match input.paper {
        Paper::A4 => "A4",
        Paper::F4 => "F4",
    };
    tx.exec(
        sql!(
            "INSERT INTO printed_document (id, agency_id, check_code, kind, subject_id, subject_version, paper, title, \
             unit_path, digest, signers, printed_at, printed_by) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
        ),
        args![
            id,
            actor.agency,
            input.code.as_str(),
            input.kind,
            input.subject,
            input.version,
            paper,
            &input.title,
            path,
            &input.digest,
            json!(input.signers).to_string(),
            ctx.now(),
            actor.person
        ],
    )
    .await?;
    let entry = audit::Entry {
        verb: "document.print",
        kind,
        subject: input.subject,
        detail: json!({ "form": kernel::Code::code(input.kind), "code": input.code.as_str(), "version": input.version }),
    };
    audit::record(tx, ctx, &permit, entry).await?;
    Ok(id)
}

/// Who may see a thing may print it.
async fn seen(tx: &mut Tx, actor: &Actor, input: &PrintInput) -> Result<(Permit, Kind, String), PrintError> {
    match input.kind {
        DocumentKind::Skp => {
            let id = kernel::SkpId::from_uuid(input.subject);
            let (skp, permit) = skp::access::open(tx, actor, Action::View, Kind::Skp, id).await?;
            Ok((permit, Kind::Skp, skp.unit_path))
        }
        DocumentKind::Evaluasi | DocumentKind::DokumenEvaluasi => {
            let id = kernel::EvaluationId::from_uuid(input.subject);
            let (row, permit) = access::open(tx, actor, Action::View, id).await?;
            Ok((permit, Kind::Evaluation, row.unit_path))
        }
    }
}
