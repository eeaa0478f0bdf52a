use db::Tx;
use documents::{Annex, Behaviour, Iki, Party, Rhk, Signatures, Signer, SkpForm};
use kernel::{Code, SkpId};
use org::agency::Agency;
use org::queries::PartyIdentity;
use policy::{Action, Actor, Kind};
use regulation::berakhlak;
use skp::access::AccessError;
use skp::model::{AnnexKind, RhkKind, Side};
use skp::{Approach, Detail, Family, RhkView, Status};

use super::{PrintContext, party, place_and_date, words};

/// What the form of an SKP is made of.
#[derive(Debug, Clone)]
pub struct SkpPage {
    /// The SKP.
    pub skp: Detail,
    /// The agency.
    pub agency: Agency,
    /// The employee as named on the first day; used until the approval fixes the names.
    pub employee: Option<PartyIdentity>,
    /// The pejabat penilai, likewise.
    pub assessor: Option<PartyIdentity>,
}

/// Loads an SKP for print, as long as the actor may see it; a fixed number of statements.
pub async fn skp_page(tx: &mut Tx, actor: &Actor, id: SkpId) -> Result<SkpPage, AccessError> {
    skp::access::open(tx, actor, Action::View, Kind::Skp, id).await?;
    let skp = skp::queries::detail(tx, id).await?.ok_or(AccessError::NotFound)?;
    let agency = org::agency::by_id(tx, actor.agency)
        .await?
        .ok_or(AccessError::NotFound)?;
    let people: Vec<_> = [Some(skp.skp.person_id), skp.skp.assessor_id]
        .into_iter()
        .flatten()
        .collect();
    let mut named = org::queries::identities_on(tx, actor.agency, &people, skp.skp.period_start).await?;
    Ok(SkpPage {
        employee: named.remove(&skp.skp.person_id),
        assessor: skp.skp.assessor_id.and_then(|person| named.remove(&person)),
        agency,
        skp,
    })
}

/// Sasaran Kinerja Pegawai (7.1 to 7.3) with its annex.
pub fn skp_form(page: &SkpPage, print: &PrintContext) -> SkpForm {
    let (skp, zone) = (&page.skp.skp, page.agency.zone);
    let employee = side(page, Side::Pegawai);
    let assessor = side(page, Side::Penilai);
    let in_force = skp.status.carries_work();
    let watermark = match skp.status {
        Status::Disetujui | Status::Ditutup => None,
        Status::Draf | Status::Diajukan | Status::Dikembalikan => Some("DRAF".to_owned()),
    };
    let agreed = |verb: &str, at: Option<kernel::Instant>| match at.filter(|_| in_force) {
        Some(at) => format!("{verb} melalui Abdi, {}", words::moment(zone, at)),
        None => String::new(),
    };
    let signatures = Signatures {
        place_and_date: match skp.decided_at.filter(|_| in_force) {
            Some(at) => place_and_date(&page.agency.region, zone.date(at)),
            None => String::new(),
        },
        employee: Some(signer(&employee, agreed("Diajukan", skp.submitted_at))),
        assessor: signer(&assessor, agreed("Disetujui", skp.decided_at)),
        superior: None,
    };
    SkpForm {
        frame: print.frame(zone, format!("SKP {} {}", skp.year, employee.name), watermark),
        approach: approach(skp.approach),
        family: family(skp.family),
        agency: page.agency.name.clone(),
        period: words::span(skp.period_start, skp.period_end),
        main: rhks(&page.skp, RhkKind::Utama),
        additional: rhks(&page.skp, RhkKind::Tambahan),
        behaviours: behaviours(&page.skp),
        annex: Some(Annex {
            resources: page.skp.annex_of(AnnexKind::Dukungan).to_vec(),
            accountability: page.skp.annex_of(AnnexKind::Pertanggungjawaban).to_vec(),
            consequences: page.skp.annex_of(AnnexKind::Konsekuensi).to_vec(),
        }),
        employee,
        assessor,
        signatures,
    }
}

/// A side as fixed by the approval, or as it is named today.
fn side(page: &SkpPage, side: Side) -> Party {
    if let Some(fixed) = page.skp.party(side) {
        return Party {
            name: fixed.name.clone(),
            nip: fixed.number.clone(),
            rank: fixed.rank.clone(),
            position: fixed.position.clone(),
            unit: fixed.unit.clone(),
            ..party(None)
        };
    }
    match side {
        Side::Pegawai => party(page.employee.as_ref()),
        Side::Penilai => party(page.assessor.as_ref()),
    }
}

pub(super) fn signer(party: &Party, mark: String) -> Signer {
    Signer {
        name: party.name.clone(),
        nip: party.nip.clone(),
        mark,
    }
}

pub(super) fn approach(approach: Approach) -> documents::Approach {
    match approach {
        Approach::Kuantitatif => documents::Approach::Kuantitatif,
        Approach::Kualitatif => documents::Approach::Kualitatif,
    }
}

pub(super) fn family(family: Family) -> documents::Family {
    match family {
        Family::Perspektif => documents::Family::Jpt,
        Family::Aspek => documents::Family::JaJf,
    }
}

fn rhks(skp: &Detail, kind: RhkKind) -> Vec<Rhk> {
    skp.of_kind(kind).map(rhk).collect()
}

/// One RHK with its indicators; realised values and feedback are added by the evaluation.
pub(super) fn rhk(view: &RhkView) -> Rhk {
    let assigned = &view.row.assigned_from;
    Rhk {
        leader_rhk: view.parent_text.iter().cloned().collect(),
        text: view.row.text.clone(),
        assigned_by: (!assigned.is_empty()).then(|| assigned.clone()),
        iki: view
            .ikis
            .iter()
            .map(|iki| Iki {
                aspect: match (iki.aspect, iki.perspective) {
                    (Some(aspect), _) => words::aspect(aspect).to_owned(),
                    (None, Some(perspective)) => words::perspective(perspective).to_owned(),
                    (None, None) => String::new(),
                },
                text: iki.text.clone(),
                target: iki.target_text.clone(),
                realisation: String::new(),
            })
            .collect(),
        feedback: Vec::new(),
    }
}

/// The seven values in the fixed order; feedback is added by the evaluation.
pub(super) fn behaviours(skp: &Detail) -> Vec<Behaviour> {
    let all = berakhlak::Value::ALL.iter();
    all.map(|value| Behaviour {
        value: value.label().to_owned(),
        guides: value.guides().iter().map(|g| (*g).to_owned()).collect(),
        expectation: skp.expectation(*value).to_owned(),
        feedback: Vec::new(),
    })
    .collect()
}
