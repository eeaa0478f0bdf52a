//! What a printed form is: everything on the paper except the headings of the law, which live in the templates of the
//! engine. All texts are ready to print (dates and numbers written the Indonesian way) and none of them is ever
//! understood as markup.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Turns a form into a document. Implemented by the crate `pdf`; rendering is work for a blocking thread.
pub trait FormEngine: Send + Sync {
    /// The finished PDF. The same form on the same paper gives the same bytes, so that they can be hashed and signed.
    ///
    /// # Errors
    /// [`PrintError`] when no engine was built, the form is larger than any real one, or the engine fails.
    fn render(&self, form: &PrintedForm, paper: Paper) -> Result<Vec<u8>, PrintError>;
}

/// Why a form was not printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    /// This executable was built without a document engine.
    #[error("this program was built without a document engine")]
    NotBuilt,
    /// More rows or text than a form may hold.
    #[error("the form holds more than can be printed: {what}")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
    },
    /// The engine refused; a defect of a template, never of the data.
    #[error("the document engine failed: {0}")]
    Engine(String),
}

/// Stands in where no engine was built: answers [`PrintError::NotBuilt`].
#[derive(Debug, Clone, Copy, Default)]
pub struct NoEngine;

impl FormEngine for NoEngine {
    fn render(&self, _form: &PrintedForm, _paper: Paper) -> Result<Vec<u8>, PrintError> {
        Err(PrintError::NotBuilt)
    }
}

/// Size of the sheet. Some regions prescribe F4 for letters and A4 for reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Paper {
    /// 210 x 297 mm.
    #[default]
    A4,
    /// Folio, 215 x 330 mm.
    F4,
}

impl Paper {
    /// Width and height of the upright sheet in millimetres.
    pub fn size_mm(self) -> (u16, u16) {
        match self {
            Self::A4 => (210, 297),
            Self::F4 => (215, 330),
        }
    }
}

/// One of the forms of PermenPANRB 6/2022.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub enum PrintedForm {
    /// Sasaran Kinerja Pegawai with its annex.
    Skp(SkpForm),
    /// Evaluasi Kinerja Pegawai of one period.
    Evaluasi(EvaluasiForm),
    /// Dokumen Evaluasi Kinerja Pegawai.
    DokumenEvaluasi(DokumenEvaluasiForm),
}

impl PrintedForm {
    /// What stands around the form.
    pub fn frame(&self) -> &Frame {
        match self {
            Self::Skp(f) => &f.frame,
            Self::Evaluasi(f) => &f.frame,
            Self::DokumenEvaluasi(f) => &f.frame,
        }
    }
}

/// Pendekatan hasil kerja.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Approach {
    /// With indicators and targets in columns.
    Kuantitatif,
    /// With measures of success in words.
    Kualitatif,
}

/// Which of the two layouts a form follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Family {
    /// Pejabat administrasi and pejabat fungsional: aspek, and the RHK of the leader in a column of its own.
    JaJf,
    /// Pejabat pimpinan tinggi and pimpinan unit kerja mandiri: perspektif.
    Jpt,
}

/// The last line of an identity block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum UnitLabel {
    /// `UNIT KERJA`.
    #[default]
    UnitKerja,
    /// `INSTANSI`, for a minister or head of a region.
    Instansi,
}

/// What stands around every form: status, number, check page and time of production.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// Title of the document in its properties, as in "SKP 2026 Nama" (never with a NIP: U42).
    pub document_title: String,
    /// Date in the document properties. Taken from here and not from a clock, so that bytes repeat.
    pub document_date: Date,
    /// Number of the document, if it has one.
    pub number: Option<String>,
    /// Kop surat, from the largest line to the address; empty for none.
    #[serde(default)]
    pub letterhead: Vec<String>,
    /// Large pale text across each page, such as "DRAF"; none on a document in force.
    pub watermark: Option<String>,
    /// Address of the check page, put into the QR code; empty for none.
    pub check_url: String,
    /// Short code a person can type on the check page.
    pub short_code: String,
    /// "Dihasilkan 22 November 2026 pukul 10.15 WIB".
    pub produced_at: String,
    /// True only when a certified electronic signature will be put on this file. Otherwise every page is marked
    /// "tanda tangan elektronik tidak tersertifikasi" (U46).
    pub certified_signature: bool,
}

/// A person in an identity block, with position and unit as held in the period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// Name with titles.
    pub name: String,
    /// NIP grouped for reading, or empty where none is kept (head of region).
    pub nip: String,
    /// Pangkat and golongan ruang, as in "Penata Muda Tk. I (III/b)".
    pub rank: String,
    /// Jabatan.
    pub position: String,
    /// Unit kerja or instansi.
    pub unit: String,
    /// Which of both.
    #[serde(default)]
    pub unit_label: UnitLabel,
}

/// One rencana hasil kerja with its indicators.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Rhk {
    /// The RHK of the leader that it intervenes in (JA/JF only), one or more.
    pub leader_rhk: Vec<String>,
    /// Rencana hasil kerja.
    pub text: String,
    /// Printed under the RHK as "(penugasan dari ...)"; without the words around it.
    pub assigned_by: Option<String>,
    /// Indicators, at least one on a complete form.
    pub iki: Vec<Iki>,
    /// Umpan balik berkelanjutan on this RHK.
    pub feedback: Vec<Feedback>,
}

/// One indikator kinerja individu.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Iki {
    /// Aspek (JA/JF) or perspektif (JPT); not printed on qualitative forms.
    pub aspect: String,
    /// The indicator.
    pub text: String,
    /// Target as text.
    pub target: String,
    /// Realisasi berdasarkan bukti dukung; only on evaluations.
    pub realisation: String,
}

/// One remark with its speaker.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Feedback {
    /// "Pimpinan", "Pejabat Penilai Kinerja", ...
    pub speaker: String,
    /// What was said.
    pub text: String,
}

/// One of the seven values of BerAKHLAK as printed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Behaviour {
    /// Name of the value.
    pub value: String,
    /// The three guides.
    pub guides: Vec<String>,
    /// Ekspektasi khusus pimpinan; may be empty.
    pub expectation: String,
    /// Umpan balik berkelanjutan; only on evaluations.
    pub feedback: Vec<Feedback>,
}

/// Lampiran SKP (form 7.4 of the domain notes): three numbered lists.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Annex {
    /// Dukungan sumber daya.
    pub resources: Vec<String>,
    /// Skema pertanggungjawaban.
    pub accountability: Vec<String>,
    /// Konsekuensi.
    pub consequences: Vec<String>,
}

/// Who signs, where and when.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Signatures {
    /// "Kota Contoh, 22 November 2026"; empty leaves dots to fill in by hand.
    pub place_and_date: String,
    /// Pegawai yang dinilai, on the left.
    pub employee: Option<Signer>,
    /// Pejabat penilai kinerja, on the right.
    pub assessor: Signer,
    /// Atasan pejabat penilai kinerja, below, where an objection was decided.
    pub superior: Option<Signer>,
}

/// One name under a line.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Signer {
    /// Name with titles.
    pub name: String,
    /// NIP or empty.
    pub nip: String,
    /// What the system knows of the consent, as in "Disetujui melalui Abdi, 30 Januari 2026 pukul 09.12 WIB"; empty
    /// leaves room for ink.
    pub mark: String,
}

/// Sasaran Kinerja Pegawai: forms 7.1 to 7.3 with annex 7.4.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SkpForm {
    /// Around the form.
    pub frame: Frame,
    /// Pendekatan.
    pub approach: Approach,
    /// Layout.
    pub family: Family,
    /// Name of the instance, printed left.
    pub agency: String,
    /// "01 JANUARI SD 31 DESEMBER TAHUN 2026".
    pub period: String,
    /// Pegawai yang dinilai.
    pub employee: Party,
    /// Pejabat penilai kinerja.
    pub assessor: Party,
    /// Hasil kerja utama.
    pub main: Vec<Rhk>,
    /// Hasil kerja tambahan.
    pub additional: Vec<Rhk>,
    /// Perilaku kerja in the fixed order.
    pub behaviours: Vec<Behaviour>,
    /// Lampiran; none leaves it away.
    pub annex: Option<Annex>,
    /// Signatures, repeated under the annex.
    pub signatures: Signatures,
}

/// The period of an evaluation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EvaluationPeriod {
    /// "TRIWULAN I/II/III/IV-AKHIR" with what does not apply struck out.
    Triwulan {
        /// 1 to 4.
        number: u8,
    },
    /// The yearly evaluation.
    Akhir,
    /// Any other period in words, as in "BULAN MARET 2026".
    Words {
        /// The words.
        text: String,
    },
}

/// The curve of pola distribusi for the unit's achievement: a picture of the rule, not of the unit's people.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Curve {
    /// Capaian kinerja organisasi in the title of the picture.
    pub achievement: String,
    /// Relative heights 0 to 100 over Sangat Kurang, Kurang/Misconduct, Butuh Perbaikan, Baik, Sangat Baik.
    pub heights: [u8; 5],
}

/// Evaluasi Kinerja Pegawai: forms 7.5 to 7.7.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EvaluasiForm {
    /// Around the form.
    pub frame: Frame,
    /// Pendekatan.
    pub approach: Approach,
    /// Layout.
    pub family: Family,
    /// Name of the instance.
    pub agency: String,
    /// Which period.
    pub evaluation_period: EvaluationPeriod,
    /// "01 JANUARI SD 31 MARET TAHUN 2026".
    pub period: String,
    /// Pegawai yang dinilai.
    pub employee: Party,
    /// Pejabat penilai kinerja.
    pub assessor: Party,
    /// Capaian kinerja organisasi; empty when not set yet.
    pub org_achievement: String,
    /// Pola distribusi; none where the agency does not print it.
    pub curve: Option<Curve>,
    /// Hasil kerja utama.
    pub main: Vec<Rhk>,
    /// Hasil kerja tambahan.
    pub additional: Vec<Rhk>,
    /// Rating hasil kerja.
    pub work_rating: String,
    /// Perilaku kerja.
    pub behaviours: Vec<Behaviour>,
    /// Rating perilaku kerja.
    pub behaviour_rating: String,
    /// Predikat kinerja pegawai.
    pub predikat: String,
    /// Signatures; the employee only where the agency prints it.
    pub signatures: Signatures,
}

/// Blocks 6 to 8 of the Dokumen Evaluasi.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Contested {
    /// Keberatan of the employee; empty means none was raised.
    pub objection: String,
    /// Penjelasan pejabat penilai atas keberatan.
    pub explanation: String,
    /// Keputusan atasan pejabat penilai kinerja.
    pub decision: String,
}

/// Dokumen Evaluasi Kinerja Pegawai: form 7.8.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DokumenEvaluasiForm {
    /// Around the form.
    pub frame: Frame,
    /// Name of the instance.
    pub agency: String,
    /// Which period.
    pub evaluation_period: EvaluationPeriod,
    /// "01 JANUARI SD 31 MARET TAHUN 2026".
    pub period: String,
    /// Pegawai yang dinilai.
    pub employee: Party,
    /// Pejabat penilai kinerja.
    pub assessor: Party,
    /// Atasan pejabat penilai kinerja; none where there is none above.
    pub superior: Option<Party>,
    /// Capaian kinerja organisasi.
    pub org_achievement: String,
    /// Predikat kinerja pegawai.
    pub predikat: String,
    /// Catatan/rekomendasi, one entry a line.
    pub notes: Vec<String>,
    /// Blocks 6 to 8; none stops the form after block 5, as the short print does.
    pub contested: Option<Contested>,
    /// "10. DITERIMA TANGGAL" of the employee in words; empty leaves dots.
    pub received_at: String,
    /// Signatures.
    pub signatures: Signatures,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paper_sizes_are_those_of_the_sheets() {
        assert_eq!(Paper::A4.size_mm(), (210, 297));
        assert_eq!(Paper::F4.size_mm(), (215, 330));
    }
}
