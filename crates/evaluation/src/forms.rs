//! From read models to the printed forms of PermenPANRB 6/2022. Headings and layout belong to `documents` and `pdf`;
//! here are the words of one person's plan and evaluation, written the Indonesian way.

mod dokumen;
mod evaluasi;
mod plan;
mod words;

pub use dokumen::dokumen_form;
pub use evaluasi::evaluasi_form;
pub use plan::{SkpPage, skp_form, skp_page};

use documents::{Frame, Party, UnitLabel};
use jiff::civil::Date;
use kernel::{Instant, Zone};
use org::queries::PartyIdentity;

use crate::printed::CheckCode;

/// What surrounds a print and is not part of what is printed.
#[derive(Debug, Clone)]
pub struct PrintContext {
    /// The code that will be registered for it.
    pub code: CheckCode,
    /// Address of the check page up to the code, as in `https://abdi.kota.go.id/cek/`.
    pub check_base: String,
    /// When it is produced.
    pub now: Instant,
}

impl PrintContext {
    fn frame(&self, zone: Zone, title: String, watermark: Option<String>) -> Frame {
        Frame {
            document_title: title,
            document_date: zone.date(self.now),
            number: None,
            watermark,
            check_url: format!("{}{}", self.check_base, self.code.as_str()),
            short_code: self.code.printed(),
            produced_at: format!("Dihasilkan {}", words::moment(zone, self.now)),
            certified_signature: false,
            letterhead: Vec::new(),
        }
    }
}

fn party(identity: Option<&PartyIdentity>) -> Party {
    Party {
        name: identity.map(|i| i.name.clone()).unwrap_or_default(),
        nip: identity.map(|i| i.number.clone()).unwrap_or_default(),
        rank: identity.map(|i| i.rank.clone()).unwrap_or_default(),
        position: identity.map(|i| i.position.clone()).unwrap_or_default(),
        unit: identity.map(|i| i.unit.clone()).unwrap_or_default(),
        unit_label: UnitLabel::UnitKerja,
    }
}

/// "Kota Contoh, 22 November 2026".
fn place_and_date(region: &str, day: Date) -> String {
    format!("{region}, {}", words::date(day))
}
