use kernel::{IkiId, RhkId};

use super::{AnnexKind, Approach, Aspect, Direction, Family, Perspective, RhkKind};

/// The parts of an SKP that are checked before it is handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// How results are described.
    pub approach: Approach,
    /// What indicators are classified by.
    pub family: Family,
    /// Fewest main results: one by law, more where the agency says so.
    pub min_utama: usize,
    /// There is somebody to hand it to.
    pub has_superior: bool,
    /// The RHK in order.
    pub rhks: Vec<PlanRhk>,
    /// How many lines each list of the annex has: Dukungan, Pertanggungjawaban, Konsekuensi.
    pub annex: [usize; 3],
}

/// One RHK to be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRhk {
    /// Which.
    pub id: RhkId,
    /// Main or additional.
    pub kind: RhkKind,
    /// Its text.
    pub text: String,
    /// Linked to the superior's RHK, or assigned from somewhere in words.
    pub is_linked: bool,
    /// Its indicators in order.
    pub ikis: Vec<PlanIki>,
}

/// One indicator to be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanIki {
    /// Which.
    pub id: IkiId,
    /// Its text.
    pub text: String,
    /// Its target.
    pub target_text: String,
    /// How the target was read.
    pub direction: Direction,
    /// Its aspect.
    pub aspect: Option<Aspect>,
    /// Its perspective.
    pub perspective: Option<Perspective>,
}

kernel::codes! {
    /// What is missing or could be better.
    pub enum FindingCode {
        /// No superior is known; the personnel agency must name one.
        NoSuperior = "TANPA_ATASAN",
        /// No main result, or fewer than the agency wants.
        NoUtama = "TANPA_RHK_UTAMA",
        /// An RHK has no text.
        RhkEmpty = "RHK_KOSONG",
        /// An RHK has no indicator.
        RhkWithoutIki = "RHK_TANPA_IKI",
        /// An indicator has no text.
        IkiEmpty = "IKI_KOSONG",
        /// An indicator has no target.
        IkiWithoutTarget = "IKI_TANPA_TARGET",
        /// An indicator has no aspect.
        IkiWithoutAspect = "IKI_TANPA_ASPEK",
        /// An indicator has no perspective.
        IkiWithoutPerspective = "IKI_TANPA_PERSPEKTIF",
        /// Hint: the RHK supports no RHK of the superior and says nothing about who assigned it.
        RhkNotLinked = "RHK_TANPA_TAUTAN",
        /// Hint: the RHK does not begin with a verb form.
        RhkWithoutVerb = "RHK_TANPA_KATA_KERJA",
        /// Hint: fewer than three words say too little.
        RhkTooShort = "RHK_TERLALU_SINGKAT",
        /// Hint: the target has no number or date.
        TargetWithoutNumber = "TARGET_TANPA_ANGKA",
        /// Hint: a list of the annex is empty.
        AnnexEmpty = "LAMPIRAN_KOSONG",
    }
}

impl FindingCode {
    /// True when the SKP cannot be handed in with it; false for a hint about writing.
    pub fn blocks(self) -> bool {
        !matches!(
            self,
            Self::RhkNotLinked
                | Self::RhkWithoutVerb
                | Self::RhkTooShort
                | Self::TargetWithoutNumber
                | Self::AnnexEmpty
        )
    }
}

/// Where a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The SKP as a whole.
    Skp,
    /// One RHK.
    Rhk(RhkId),
    /// One indicator.
    Iki(RhkId, IkiId),
    /// One list of the annex.
    Annex(AnnexKind),
}

/// One thing that is missing or could be better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub code: FindingCode,
    /// Where.
    pub place: Place,
}

impl Finding {
    /// True when the SKP cannot be handed in with it.
    pub fn blocks(self) -> bool {
        self.code.blocks()
    }
}

/// Everything that is missing or could be better, in the order of the form. The smallest set of aspects is one per
/// indicator (performance-cycle 4.2.2); the qualitative form has neither aspects nor perspectives (4.2.3).
pub fn check(plan: &Plan) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut add = |code, place| found.push(Finding { code, place });
    if !plan.has_superior {
        add(FindingCode::NoSuperior, Place::Skp);
    }
    if plan.rhks.iter().filter(|r| r.kind == RhkKind::Utama).count() < plan.min_utama.max(1) {
        add(FindingCode::NoUtama, Place::Skp);
    }
    for rhk in &plan.rhks {
        check_rhk(plan, rhk, &mut add);
    }
    for (kind, count) in [
        AnnexKind::Dukungan,
        AnnexKind::Pertanggungjawaban,
        AnnexKind::Konsekuensi,
    ]
    .into_iter()
    .zip(plan.annex)
    {
        if count == 0 {
            add(FindingCode::AnnexEmpty, Place::Annex(kind));
        }
    }
    found
}

fn check_rhk(plan: &Plan, rhk: &PlanRhk, add: &mut impl FnMut(FindingCode, Place)) {
    let place = Place::Rhk(rhk.id);
    let words: Vec<&str> = rhk.text.split_whitespace().collect();
    match words.first() {
        None => add(FindingCode::RhkEmpty, place),
        Some(first) => {
            if words.len() < 3 {
                add(FindingCode::RhkTooShort, place);
            }
            if !is_verb_like(first) {
                add(FindingCode::RhkWithoutVerb, place);
            }
        }
    }
    if !rhk.is_linked && plan.family == Family::Aspek {
        add(FindingCode::RhkNotLinked, place);
    }
    if rhk.ikis.is_empty() {
        add(FindingCode::RhkWithoutIki, place);
    }
    for iki in &rhk.ikis {
        check_iki(plan, rhk.id, iki, add);
    }
}

fn check_iki(plan: &Plan, rhk: RhkId, iki: &PlanIki, add: &mut impl FnMut(FindingCode, Place)) {
    let place = Place::Iki(rhk, iki.id);
    if iki.text.trim().is_empty() {
        add(FindingCode::IkiEmpty, place);
    }
    let quantitative = plan.approach == Approach::Kuantitatif;
    if quantitative && iki.target_text.trim().is_empty() {
        add(FindingCode::IkiWithoutTarget, place);
    } else if quantitative
        && iki.direction == Direction::Teks
        && !iki.target_text.contains(|c: char| c.is_ascii_digit())
    {
        add(FindingCode::TargetWithoutNumber, place);
    }
    match plan.family {
        Family::Aspek if quantitative && iki.aspect.is_none() => add(FindingCode::IkiWithoutAspect, place),
        Family::Perspektif if quantitative && iki.perspective.is_none() => {
            add(FindingCode::IkiWithoutPerspective, place);
        }
        _ => {}
    }
}

/// Results are written as "Meningkatnya …", "Tersusunnya …", "Menyusun …": a first word with one of these prefixes.
fn is_verb_like(word: &str) -> bool {
    let word = word.to_lowercase();
    ["me", "ter", "ber", "di", "pe", "ke"]
        .iter()
        .any(|prefix| word.len() > prefix.len() + 2 && word.starts_with(prefix))
}
