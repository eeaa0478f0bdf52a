//! The code on a printed form, by which anyone can check the paper.

use db::{Result, Tx, args, sql};
use documents::Paper;
use jiff::civil::Date;
use kernel::{AgencyId, Ctx, Instant, Zone};
use uuid::Uuid;

kernel::codes! {
    /// Which form was printed.
    pub enum DocumentKind {
        /// Sasaran Kinerja Pegawai.
        Skp = "SKP",
        /// Evaluasi Kinerja Pegawai.
        Evaluasi = "EVALUASI",
        /// Dokumen Evaluasi Kinerja Pegawai.
        DokumenEvaluasi = "DOKUMEN_EVALUASI",
    }
}

kernel::codes! {
    /// What the check page says of a paper.
    pub enum Validity {
        /// What is printed still stands.
        Berlaku = "BERLAKU",
        /// The data have changed since; ask for a new print.
        Diganti = "DIGANTI",
    }
}

/// Digits and letters that cannot be taken for one another: without I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Ten characters on a printed form: fifty random bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckCode(String);

impl CheckCode {
    /// A new code. It goes into the QR code before the form is rendered, and into [`crate::commands::print`] after.
    pub fn draw(ctx: &Ctx) -> Self {
        let mut bytes = [0; 10];
        ctx.ids.secret(&mut bytes);
        Self(
            bytes
                .iter()
                .map(|b| char::from(ALPHABET[usize::from(b % 32)]))
                .collect(),
        )
    }

    /// Reads what a person typed: any case, spaces and hyphens ignored, look-alikes understood.
    pub fn parse(text: &str) -> Option<Self> {
        let mut code = String::with_capacity(10);
        for c in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            let plain = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            if code.len() == 10 || !plain.is_ascii() || !ALPHABET.contains(&u8::try_from(plain).ok()?) {
                return None;
            }
            code.push(plain);
        }
        (code.len() == 10).then_some(Self(code))
    }

    /// The ten characters, as stored and as in the address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In two groups, as printed.
    pub fn printed(&self) -> String {
        let (first, second) = self.0.split_at(5);
        format!("{first}-{second}")
    }
}

/// What anyone may know of a printed form: no NIP, and nothing of its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedDocument {
    /// Agency.
    pub agency_name: String,
    /// Which form.
    pub kind: DocumentKind,
    /// Its title, without NIP.
    pub title: String,
    /// SHA-256 of the file, in hexadecimal: whoever has the file can compare.
    pub digest: String,
    /// When it was printed.
    pub printed_at: Instant,
    /// Date of print in the agency.
    pub printed_on: Date,
    /// Zone of the agency.
    pub zone: Zone,
    /// Names of those who sign.
    pub signers: Vec<String>,
    /// Whether it still stands.
    pub validity: Validity,
}

struct Stored {
    agency: AgencyId,
    agency_name: String,
    zone: Zone,
    kind: DocumentKind,
    subject: Uuid,
    version: i64,
    title: String,
    digest: String,
    signers: String,
    printed_at: Instant,
}
db::from_row!(Stored {
    agency,
    agency_name,
    zone,
    kind,
    subject,
    version,
    title,
    digest,
    signers,
    printed_at
});

/// The printed form with this code. Public.
pub async fn check(tx: &mut Tx, code: &CheckCode) -> Result<Option<CheckedDocument>> {
    let stored: Option<Stored> = tx
        .optional(
            sql!(
                "SELECT d.agency_id, a.name, a.zone, d.kind, d.subject_id, d.subject_version, d.title, d.digest, \
                 d.signers, d.printed_at FROM printed_document d JOIN agency a ON a.id = d.agency_id \
                 WHERE d.check_code = $1"
            ),
            args![code.as_str()],
        )
        .await?;
    let Some(stored) = stored else { return Ok(None) };
    let now = subject_version(tx, stored.agency, stored.kind, stored.subject).await?;
    let validity = if now == Some(stored.version) {
        Validity::Berlaku
    } else {
        Validity::Diganti
    };
    Ok(Some(CheckedDocument {
        agency_name: stored.agency_name,
        kind: stored.kind,
        title: stored.title,
        digest: stored.digest,
        printed_on: stored.zone.date(stored.printed_at),
        printed_at: stored.printed_at,
        zone: stored.zone,
        signers: serde_json::from_str(&stored.signers).unwrap_or_default(),
        validity,
    }))
}

/// A registered print, to be produced once more: the same subject, sheet and moment give the same file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// Which form.
    pub kind: DocumentKind,
    /// The SKP or the evaluation that it shows.
    pub subject: Uuid,
    /// The version of the subject that was printed.
    pub version: i64,
    /// Sheet.
    pub paper: Paper,
    /// SHA-256 of the file, 64 hexadecimal digits.
    pub digest: String,
    /// When it was printed.
    pub printed_at: Instant,
}

/// The print of an agency with this code. Tells nothing of its content: whoever produces it again asks the policy about
/// its subject.
pub async fn find(tx: &mut Tx, agency: AgencyId, code: &CheckCode) -> Result<Option<Registered>> {
    let row: Option<(DocumentKind, Uuid, i64, String, String, Instant)> = tx
        .optional(
            sql!(
                "SELECT kind, subject_id, subject_version, paper, digest, printed_at FROM printed_document \
                 WHERE agency_id = $1 AND check_code = $2"
            ),
            args![agency, code.as_str()],
        )
        .await?;
    Ok(
        row.map(|(kind, subject, version, paper, digest, printed_at)| Registered {
            kind,
            subject,
            version,
            paper: if paper == "F4" { Paper::F4 } else { Paper::A4 },
            digest,
            printed_at,
        }),
    )
}

/// The version of what a form shows, as it is now.
pub(crate) async fn subject_version(
    tx: &mut Tx,
    agency: AgencyId,
    kind: DocumentKind,
    subject: Uuid,
) -> Result<Option<i64>> {
    match kind {
        DocumentKind::Skp => {
            tx.scalar(
                sql!("SELECT version FROM skp WHERE agency_id = $1 AND id = $2"),
                args![agency, subject],
            )
            .await
        }
        DocumentKind::Evaluasi | DocumentKind::DokumenEvaluasi => {
            tx.scalar(
                sql!("SELECT version FROM evaluation WHERE agency_id = $1 AND id = $2"),
                args![agency, subject],
            )
            .await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_survive_hasty_typing() {
        let ctx = Ctx::seeded(Instant::from_micros(0), 9);
        let code = CheckCode::draw(&ctx);
        assert_ne!(code, CheckCode::draw(&ctx));
        assert_eq!(code.as_str().len(), 10);
        assert_eq!(CheckCode::parse(&code.printed().to_lowercase()), Some(code.clone()));
        assert_eq!(CheckCode::parse("oil23 45678").map(|c| c.0), Some("0112345678".into()));
        for bad in [
            "",
            "012345678",
            "01234567890",
            "UUUUUUUUUU",
            "ＡＢＣ2345678",
            "012345678!",
        ] {
            assert_eq!(CheckCode::parse(bad), None, "{bad}");
        }
    }
}
