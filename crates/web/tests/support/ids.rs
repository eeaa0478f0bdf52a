//! What stands in the addresses of the access matrix in place of `{id}` and the like.

use super::{City, User};

/// The things of one person.
pub struct Things {
    person: String,
    account: String,
    unit: String,
    skp: String,
    rhk: String,
    iki: String,
    entry: String,
    action: String,
    evidence: String,
    feedback: String,
    evaluation: String,
    service: String,
    agency: String,
    slug: String,
    code: String,
    grant: String,
    superior: String,
    placement: String,
    import: String,
}

impl Things {
    /// Those that the access matrix is about.
    pub fn of_a(city: &City) -> Self {
        let (owner, work) = (city.member(User::StaffA), &city.a);
        Self {
            person: owner.person.map(|p| p.to_string()).unwrap_or_default(),
            account: owner.account.to_string(),
            unit: city.bidang.to_string(),
            skp: work.plan.skp.to_string(),
            rhk: work.plan.rhk.to_string(),
            iki: work.plan.iki.to_string(),
            entry: work.entry.to_string(),
            action: work.action.to_string(),
            evidence: work.evidence.to_string(),
            feedback: work.feedback.to_string(),
            evaluation: work.evaluation.to_string(),
            service: city.service.to_string(),
            agency: city.agency_code.to_ascii_lowercase(),
            slug: city.slug.to_owned(),
            code: city.code.clone(),
            grant: city.grant.to_string(),
            superior: city.ended_superior.to_string(),
            placement: city.placement.to_string(),
            import: city.import.clone(),
        }
    }

    /// Those of another agency; what D does not have is nowhere.
    pub fn of_d(city: &City) -> Self {
        let (owner, plan) = (city.member(User::StaffD), &city.d);
        let missing = || uuid::Uuid::from_u128(9).as_simple().to_string();
        Self {
            person: owner.person.map(|p| p.to_string()).unwrap_or_default(),
            account: owner.account.to_string(),
            unit: owner.unit.to_string(),
            skp: plan.skp.to_string(),
            rhk: plan.rhk.to_string(),
            iki: plan.iki.to_string(),
            service: city.other_service.to_string(),
            entry: missing(),
            action: missing(),
            evidence: missing(),
            feedback: missing(),
            evaluation: missing(),
            code: "0000000000".to_owned(),
            grant: missing(),
            superior: missing(),
            placement: missing(),
            import: missing(),
            ..Self::of_a(city)
        }
    }

    /// Things that are nowhere.
    pub fn of_nobody(city: &City) -> Self {
        let missing = || uuid::Uuid::from_u128(8).as_simple().to_string();
        Self {
            person: missing(),
            account: missing(),
            unit: missing(),
            skp: missing(),
            rhk: missing(),
            iki: missing(),
            service: missing(),
            ..Self::of_d(city)
        }
    }

    /// The address of one of these things; `None` when a placeholder is unknown here.
    pub fn fill(&self, route: &str) -> Option<String> {
        if route == "/aset/{hash}/{name}" {
            let shell = web::shared::Shell::bare(i18n::Lang::ALL[0].texts(), "");
            return Some(shell.css().to_owned());
        }
        let mut path = String::new();
        let mut before = "";
        for segment in route.split('/').skip(1) {
            path.push('/');
            match segment.strip_prefix('{').and_then(|s| s.strip_suffix('}')) {
                Some(name) => path.push_str(self.value(before, name)?),
                None => path.push_str(segment),
            }
            before = segment;
        }
        Some(path)
    }

    fn value(&self, before: &str, name: &str) -> Option<&str> {
        let found = match (before, name) {
            ("skp", "id") | (_, "skp") => &self.skp,
            (_, "rhk") => &self.rhk,
            (_, "iki") => &self.iki,
            ("pegawai", "id") | (_, "pegawai" | "person") => &self.person,
            ("unit", "id") | (_, "unit") => &self.unit,
            ("evaluasi", "id") | (_, "evaluasi") => &self.evaluation,
            ("progres", "id") | (_, "progres") => &self.entry,
            ("bukti", "id") | (_, "bukti") => &self.evidence,
            ("umpan-balik", "id") => &self.feedback,
            ("aksi" | "rencana-aksi", "id") | (_, "aksi") => &self.action,
            ("layanan", "id") => &self.service,
            ("akun", "id") | (_, "akun") => &self.account,
            (_, "grant") => &self.grant,
            (_, "override") => &self.superior,
            (_, "placement" | "penempatan") => &self.placement,
            ("impor", "id") => &self.import,
            ("rencana", "id") => &self.action,
            ("pengaturan", "key") => "evaluation.period",
            (_, "agency") => &self.agency,
            (_, "service" | "slug") => &self.slug,
            (_, "kode" | "code") => &self.code,
            (_, "tahun") => "2026",
            (_, "periode") => "TRIWULAN_III",
            _ => return None,
        };
        Some(found)
    }
}

/// The address of A's thing at `route`; `None` when a placeholder is unknown here.
pub fn fill(city: &City, route: &str) -> Option<String> {
    Things::of_a(city).fill(route)
}

/// True when the address names a thing of the agency (and not only a year or a period).
pub fn names_a_thing(route: &str) -> bool {
    route
        .split('/')
        .any(|s| s.starts_with('{') && !["{tahun}", "{periode}", "{key}"].contains(&s))
}
