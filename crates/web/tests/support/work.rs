//! Plans, progress, evaluations, services and a printed form of the small city.

use std::collections::BTreeMap;

use access::session::resolve;
use db::Db;
use documents::Paper;
use evaluation::commands::{FinaliseInput, PrintInput, RateInput, SetAchievement};
use evaluation::model::RawRating;
use evaluation::{CheckCode, DocumentKind};
use feedback::bulk::FeedbackRow;
use feedback::model::{GiverRole, Tone, Topic};
use jiff::civil::date;
use journal::blobs::Digest;
use journal::bulk::{ActionRow, EvidenceRow, ProgressRow, RealisationRow};
use journal::model::{EvidenceKind, MediaType};
use kernel::{
    ActionPlanId, AgencyId, Ctx, EvaluationId, EvidenceId, FeedbackId, IkiId, Period, PersonId, ProgressId, RhkId,
    ServiceId, SkpId, UnitId,
};
use policy::Actor;
use regulation::rating::{CapaianOrganisasi, Rating};
use service::bulk::{Given, ResponseRow, ServiceRow};
use service::model::{Answers, Channel, Respondent};
use skp::bulk::{EventRow, IkiRow, PartyRow, RhkRow, SkpRow};
use skp::model::{Approach, Aspect, Direction, Family, Holder, RhkKind, Side, Source, Status};

use super::people::{Member, START, User};
use super::{GATE, seat_session, token};

/// Texts of A's work that nobody may read who may not: each stands in exactly one place.
pub const MARKS: [&str; 8] = [
    "Tersusunnya layanan penanda-rhk",
    "Jumlah akta penanda-iki",
    "Menyusun rekap penanda-progres",
    "Lanjutkan penanda-umpanbalik",
    "Laporan penanda-bukti",
    "Aplikasi antrean penanda-alasan",
    "Menata loket penanda-rencana",
    "isi-berkas-bukti",
];

/// What A's evidence holds.
pub const FILE: &[u8] = b"%PDF-1.7 isi-berkas-bukti";

#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub skp: SkpId,
    pub rhk: RhkId,
    pub iki: IkiId,
    pub version: i64,
}

#[derive(Debug, Clone, Copy)]
pub struct Work {
    pub plan: Plan,
    pub entry: ProgressId,
    pub action: ActionPlanId,
    pub evidence: EvidenceId,
    pub feedback: FeedbackId,
    pub evaluation: EvaluationId,
}

pub struct Plans {
    pub a: Work,
    pub b: Plan,
    pub e: Work,
    pub f: Plan,
    pub d: Plan,
}

pub struct Evaluated {
    pub a: EvaluationId,
    pub e: EvaluationId,
    pub code: String,
}

struct Rows<'a> {
    ctx: &'a Ctx,
    skp: skp::bulk::Rows,
    journal: journal::bulk::Rows,
    feedback: Vec<FeedbackRow>,
}

impl Rows<'_> {
    fn plan(
        &mut self,
        agency: AgencyId,
        member: &Member,
        assessor: Option<&Member>,
        status: Status,
        parent: Option<RhkId>,
        texts: (&str, &str),
    ) -> Plan {
        let now = self.ctx.now();
        let plan = Plan {
            skp: self.ctx.new_id(),
            rhk: self.ctx.new_id(),
            iki: self.ctx.new_id(),
            version: 3,
        };
        let person = member.person.expect("a person");
        self.skp.skps.push(SkpRow {
            id: plan.skp,
            agency_id: agency,
            person_id: person,
            assessor_id: assessor.and_then(|a| a.person),
            unit_id: member.unit,
            unit_path: member.path.clone(),
            position_id: member.position,
            is_head: member.is_head,
            year: 2026,
            period_start: date(2026, 1, 1),
            period_end: date(2026, 12, 31),
            approach: Approach::Kuantitatif,
            family: Family::Aspek,
            status,
            version: plan.version,
            created_at: now,
            changed_at: now,
            submitted_at: Some(now),
            decided_at: (status == Status::Disetujui).then_some(now),
        });
        self.skp.rhks.push(RhkRow {
            id: plan.rhk,
            agency_id: agency,
            skp_id: plan.skp,
            kind: RhkKind::Utama,
            seq: 1,
            text: texts.0.into(),
            parent_rhk_id: parent,
            assigned_from: String::new(),
            holder: Holder::Organisasi,
        });
        self.skp.ikis.push(IkiRow {
            id: plan.iki,
            agency_id: agency,
            rhk_id: plan.rhk,
            seq: 1,
            aspect: Some(Aspect::Kuantitas),
            perspective: None,
            text: texts.1.into(),
            target_text: "1.200 akta".into(),
            target_min: Some(1200.into()),
            target_max: None,
            target_unit: "akta".into(),
            direction: Direction::MakinTinggi,
            source: Source::Manual,
            service_id: None,
        });
        self.skp.events.push(EventRow {
            id: self.ctx.ids.next(now),
            skp_id: plan.skp,
            version: plan.version,
            at: now,
            person_id: Some(person),
            status_from: Some(Status::Draf),
            status_to: status,
            remark: String::new(),
        });
        if status == Status::Disetujui {
            let sides = [(Side::Pegawai, Some(member)), (Side::Penilai, assessor)];
            for (side, who) in sides.into_iter().filter_map(|(s, m)| m.map(|m| (s, m))) {
                self.skp.parties.push(PartyRow {
                    skp_id: plan.skp,
                    side,
                    person_id: who.person,
                    name: who.name.clone(),
                    number: who.number.clone(),
                    rank: "Penata Muda Tk.I (III/b)".into(),
                    position: "Jabatan".into(),
                    unit: "Unit".into(),
                });
            }
        }
        plan
    }

    fn work(&mut self, agency: AgencyId, plan: Plan, person: PersonId, giver: PersonId, texts: [&str; 4]) -> Work {
        let ctx = self.ctx;
        let now = ctx.now();
        let work = Work {
            plan,
            entry: ctx.new_id(),
            action: ctx.new_id(),
            evidence: ctx.new_id(),
            feedback: ctx.new_id(),
            evaluation: ctx.new_id(),
        };
        let [progress, remark, evidence, action] = texts.map(str::to_owned);
        self.journal.actions.push(ActionRow {
            id: work.action,
            agency_id: agency,
            skp_id: plan.skp,
            rhk_id: plan.rhk,
            year: 2026,
            period: Period::Tw4,
            seq: 1,
            text: action,
            target_text: "1 kali".into(),
            reached: None,
            version: 1,
        });
        self.journal.entries.push(ProgressRow {
            id: work.entry,
            agency_id: agency,
            skp_id: plan.skp,
            person_id: person,
            rhk_id: plan.rhk,
            work_date: date(2026, 11, 20),
            text: progress,
            quantity: Some(12.into()),
            quantity_unit: "akta".into(),
            submit_key: format!("kunci-{}", work.entry),
            created_at: now,
            changed_at: now,
            version: 1,
        });
        self.journal.realisations.push(RealisationRow {
            iki_id: plan.iki,
            year: 2026,
            period: Period::Tw3,
            agency_id: agency,
            skp_id: plan.skp,
            value_text: "310 akta".into(),
            value_number: Some(310.into()),
            source_note: "Buku register".into(),
            changed_at: now,
            version: 1,
        });
        let link = EvidenceRow {
            id: ctx.new_id(),
            agency_id: agency,
            skp_id: plan.skp,
            rhk_id: plan.rhk,
            person_id: person,
            year: 2026,
            period: Period::Tw4,
            kind: EvidenceKind::Tautan,
            title: "Halaman layanan".into(),
            note: String::new(),
            url: Some("https://contoh.go.id/laporan".into()),
            file_name: None,
            media_type: None,
            size: None,
            digest: None,
            created_at: now,
        };
        self.journal.evidence.push(EvidenceRow {
            id: work.evidence,
            kind: EvidenceKind::Berkas,
            title: evidence,
            url: None,
            file_name: Some("laporan.pdf".into()),
            media_type: Some(MediaType::Pdf),
            size: Some(i64::try_from(FILE.len()).expect("a small file")),
            digest: Some(Digest::of(FILE)),
            ..link.clone()
        });
        self.journal.evidence.push(link);
        self.feedback.push(FeedbackRow {
            id: work.feedback,
            agency_id: agency,
            skp_id: plan.skp,
            topic: Topic::Rhk(plan.rhk),
            giver_id: giver,
            giver_role: GiverRole::Atasan,
            year: 2026,
            period: Period::Tw4,
            tone: Tone::Positif,
            text: remark,
            submit_key: format!("kunci-{}", work.feedback),
            created_at: now,
        });
        work
    }
}

/// SKPs and what was done for them.
pub async fn plans(db: &Db, ctx: &Ctx, home: AgencyId, away: AgencyId, members: &BTreeMap<User, Member>) -> Plans {
    let mut rows = Rows {
        ctx,
        skp: skp::bulk::Rows::default(),
        journal: journal::bulk::Rows::default(),
        feedback: Vec::new(),
    };
    let who = |user| &members[&user];
    let boss = Some(who(User::Superior));
    let ok = Status::Disetujui;
    let texts = ("Tercapainya layanan bidang", "Nilai layanan bidang");
    let superior = rows.plan(home, who(User::Superior), Some(who(User::Above)), ok, None, texts);
    let above = Some(superior.rhk);
    let a = rows.plan(home, who(User::StaffA), boss, ok, above, (MARKS[0], MARKS[1]));
    let texts = ("Tertatanya arsip", "Jumlah arsip");
    let b = rows.plan(home, who(User::StaffB), boss, Status::Diajukan, above, texts);
    let e = rows.plan(
        home,
        who(User::StaffE),
        boss,
        ok,
        above,
        ("Tersedianya data", "Jumlah data"),
    );
    let plt = Some(who(User::EndedPlt));
    let f = rows.plan(
        home,
        who(User::StaffF),
        plt,
        ok,
        None,
        ("Terlayaninya loket", "Jumlah warga"),
    );
    let d = rows.plan(
        away,
        who(User::StaffD),
        None,
        ok,
        None,
        ("Terkirimnya surat", "Jumlah surat"),
    );
    let giver = who(User::Superior).person.expect("a person");
    let owner = who(User::StaffA).person.expect("a person");
    let a = rows.work(home, a, owner, giver, [MARKS[2], MARKS[3], MARKS[4], MARKS[6]]);
    let owner = who(User::StaffE).person.expect("a person");
    let e = rows.work(
        home,
        e,
        owner,
        giver,
        ["Mengisi data", "Bagus", "Tabel data", "Memeriksa data"],
    );
    db::write!(db, async |tx| {
        skp::bulk::insert_all(tx, &rows.skp).await?;
        journal::bulk::insert_all(tx, &rows.journal).await?;
        feedback::bulk::insert_all(tx, &rows.feedback).await
    })
    .expect("plans");
    Plans { a, b, e, f, d }
}

/// The actor of an account, as the session gives it.
async fn actor(db: &Db, ctx: &Ctx, members: &BTreeMap<User, Member>, user: User) -> Actor {
    seat_session(db, ctx, user, members[&user].account, access::Stage::Full).await;
    let config = GATE.config();
    let found = db::read!(db, async |tx| resolve(tx, config, &token(user), ctx.now()).await);
    found.expect("answers").expect("a session").actor
}

/// A staff list with one new person and one line that is refused, as it waits after its dry run.
pub async fn staff_list(db: &Db, ctx: &Ctx, members: &BTreeMap<User, Member>) -> String {
    let admin = actor(db, ctx, members, User::AgencyAdmin).await;
    let file =
        "NIP;Nama;Kode unit;Jabatan\n198501012010011999;Mahoni Mandala;1.02;Pengelola Terminal\n12;Salah;1.02;X\n";
    let kept = org::import::upload(db, ctx, &admin, "daftar.csv", file.as_bytes()).await;
    kept.expect("a list that can be read").to_string()
}

/// A's evaluation of the third quarter is final and printed; E's is open. Goes through the commands.
pub async fn evaluate(
    db: &Db,
    ctx: &Ctx,
    agency: AgencyId,
    unit: UnitId,
    members: &BTreeMap<User, Member>,
    plans: &Plans,
) -> Evaluated {
    let above = actor(db, ctx, members, User::Above).await;
    let superior = actor(db, ctx, members, User::Superior).await;
    let owner = actor(db, ctx, members, User::StaffA).await;
    assert_eq!(superior.agency, agency);
    let set = SetAchievement {
        unit,
        year: 2026,
        period: Period::Tw3,
        achievement: CapaianOrganisasi::Baik,
        basis: "Sebelas dari dua belas rencana aksi mencapai target.".into(),
        version: 0,
    };
    evaluation::commands::set_achievement(db, ctx, &above, &set)
        .await
        .expect("an achievement");
    let open = async |skp| {
        let opened = evaluation::commands::open(db, ctx, &superior, skp, Period::Tw3).await;
        opened.expect("an evaluation")
    };
    let (a, e) = (open(plans.a.plan.skp).await, open(plans.e.plan.skp).await);
    let rating = RawRating {
        result: Some(Rating::Sesuai),
        result_reason: MARKS[5].into(),
        behaviour: Some(Rating::Sesuai),
        behaviour_reason: MARKS[5].into(),
        recommendation: String::new(),
    };
    let input = RateInput {
        evaluation: a,
        version: 1,
        rating,
        is_draft: false,
    };
    let rated = evaluation::commands::rate(db, ctx, &superior, &input)
        .await
        .expect("a rating");
    let input = FinaliseInput {
        evaluation: a,
        version: rated.version,
        pattern_reason: "Baru satu pegawai yang dinilai.".into(),
    };
    evaluation::commands::finalise(db, ctx, &superior, &input)
        .await
        .expect("final");
    let code = CheckCode::parse("7K2QM9XT4B").expect("a code");
    let input = PrintInput {
        code: code.clone(),
        kind: DocumentKind::Skp,
        subject: plans.a.plan.skp.uuid(),
        version: plans.a.plan.version,
        paper: Paper::A4,
        title: "SKP 2026".into(),
        digest: "0".repeat(64),
        signers: vec![members[&User::StaffA].name.clone()],
    };
    evaluation::commands::print(db, ctx, &owner, &input)
        .await
        .expect("a print");
    Evaluated {
        a,
        e,
        code: code.as_str().to_owned(),
    }
}

/// One service in each agency; the first with answers of citizens.
pub async fn services(
    db: &Db,
    ctx: &Ctx,
    home: AgencyId,
    away: AgencyId,
    unit: (UnitId, &str),
    far: (UnitId, &str),
) -> (ServiceId, ServiceId) {
    let row = |agency, (unit_id, unit_path): (UnitId, &str)| ServiceRow {
        id: ctx.new_id(),
        agency_id: agency,
        unit_id,
        unit_path: unit_path.into(),
        slug: "akta-kelahiran".into(),
        name: "Akta Kelahiran".into(),
        summary: "Pencatatan kelahiran".into(),
        requirements: "Surat keterangan lahir".into(),
        fee: "Gratis".into(),
        promise: "Selesai dalam 3 hari kerja".into(),
        promise_days: Some(3),
        data_source: "Survei".into(),
        is_public: true,
        population: Some(400),
        valid_from: START,
        valid_to: None,
    };
    let rows = [row(home, unit), row(away, far)];
    let answers: Vec<ResponseRow> = (0..30)
        .map(|n| ResponseRow {
            id: ctx.new_id(),
            agency_id: home,
            service_id: rows[0].id,
            channel: Channel::Web,
            survey_date: date(2026, 10, 1 + (n % 28)),
            submitted_at: ctx.now(),
            given: Given::Full(Answers::new([3, 4, 3, 4, 3, 4, 3, 4, 3]).expect("answers")),
            respondent: Respondent::default(),
            reason: String::new(),
            comment: if n == 0 {
                "Antreannya <b>tertib</b>.".into()
            } else {
                String::new()
            },
            submit_key: format!("jawaban-{n}"),
        })
        .collect();
    db::write!(db, async |tx| {
        service::bulk::insert_all(tx, &rows).await?;
        service::bulk::insert_responses(tx, &answers).await
    })
    .expect("services");
    (rows[0].id, rows[1].id)
}
