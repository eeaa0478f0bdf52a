use kernel::{Code, TextError, paragraph};
use regulation::skm::Unsur;

/// The instrument answers are given to: nine elements of PermenPANRB 14/2017. A result points to its instrument.
pub const INSTRUMENT: &str = "PERMENPANRB-14-2017";

kernel::codes! {
    /// Which form was filled in.
    pub enum Form {
        /// All nine elements; counts for the index.
        Full = "LENGKAP",
        /// One face; counted apart, never in the index.
        Short = "SINGKAT",
    }
}

kernel::codes! {
    /// The way an answer came in.
    pub enum Channel {
        /// The public page.
        Web = "WEB",
        /// The public page, opened from a QR code.
        Qr = "QR",
        /// A device at the counter.
        Kiosk = "KIOS",
        /// Paper, entered by staff of the counter.
        Paper = "KERTAS",
        /// Taken over from another system.
        Import = "IMPOR",
    }
}

kernel::codes! {
    /// Jenis kelamin on the official form.
    pub enum Sex {
        /// Laki-laki.
        Male = "L",
        /// Perempuan.
        Female = "P",
    }
}

kernel::codes! {
    /// Age in bands, as agencies use them; never the age itself.
    pub enum AgeBand {
        /// Under 20.
        Under20 = "<20",
        /// 20 to 29.
        From20 = "20-29",
        /// 30 to 39.
        From30 = "30-39",
        /// 40 to 49.
        From40 = "40-49",
        /// 50 and more.
        From50 = ">=50",
    }
}

kernel::codes! {
    /// Pendidikan on the official form (the publication form also counts DIII).
    pub enum Education {
        /// Sekolah dasar.
        Sd = "SD",
        /// Sekolah menengah pertama.
        Smp = "SMP",
        /// Sekolah menengah atas.
        Sma = "SMA",
        /// Diploma III.
        D3 = "DIII",
        /// Sarjana.
        S1 = "S1",
        /// Magister.
        S2 = "S2",
        /// Doktor.
        S3 = "S3",
    }
}

kernel::codes! {
    /// Pekerjaan on the official form.
    pub enum Occupation {
        /// Pegawai negeri sipil.
        Pns = "PNS",
        /// TNI.
        Tni = "TNI",
        /// Polri.
        Polri = "POLRI",
        /// Employed.
        Private = "SWASTA",
        /// Self-employed.
        Business = "WIRAUSAHA",
        /// Anything else.
        Other = "LAINNYA",
    }
}

/// Answers 1 (worst) to 4 (best) to the nine elements, in the order of the regulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answers([u8; 9]);

impl Answers {
    /// `None` unless every answer lies between 1 and 4.
    pub fn new(answers: [u8; 9]) -> Option<Self> {
        answers.iter().all(|a| (1..=4).contains(a)).then_some(Self(answers))
    }

    /// The answer to one element.
    pub fn of(&self, unsur: Unsur) -> u8 {
        self.0[usize::from(unsur.number()) - 1]
    }

    /// True when some element was answered 1 or 2, for which a reason is asked.
    pub fn has_low(&self) -> bool {
        self.0.iter().any(|a| *a <= 2)
    }
}

/// What a citizen may tell of themselves; every field may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Respondent {
    /// Jenis kelamin.
    pub sex: Option<Sex>,
    /// Age band.
    pub age_band: Option<AgeBand>,
    /// Pendidikan.
    pub education: Option<Education>,
    /// Pekerjaan.
    pub occupation: Option<Occupation>,
}

/// A filled-in form before it is checked.
#[derive(Debug, Clone)]
pub struct RawSurvey {
    /// Which form.
    pub form: Form,
    /// The face of the short form.
    pub overall: Option<u8>,
    /// Answers in the order of the regulation (never of the paper form).
    pub answers: [Option<u8>; 9],
    /// Reason for low answers, at most 500 characters.
    pub reason: String,
    /// Free text, at most 1,000 characters.
    pub comment: String,
    /// Who answered.
    pub respondent: Respondent,
}

/// A rule that a filled-in form breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SurveyProblem {
    /// The full form has no "not applicable": all nine are answered.
    #[error("{0} is not answered")]
    Missing(Unsur),
    /// Answers run from 1 to 4.
    #[error("{0} must lie between 1 and 4")]
    OutOfRange(Unsur),
    /// The short form needs its one face.
    #[error("no face was chosen")]
    OverallMissing,
    /// Faces run from 1 to 4.
    #[error("the face must lie between 1 and 4")]
    OverallOutOfRange,
    /// Somebody who answers 1 or 2 is asked why (a setting).
    #[error("a reason is needed for a low answer")]
    ReasonMissing,
    /// The reason is too long or holds forbidden characters.
    #[error("reason: {0}")]
    Reason(TextError),
    /// The comment is too long or holds forbidden characters.
    #[error("comment: {0}")]
    Comment(TextError),
}

/// A checked form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// The nine answers of the full form.
    pub answers: Option<Answers>,
    /// The face of the short form.
    pub overall: Option<u8>,
    /// Reason, may be empty.
    pub reason: String,
    /// Comment, may be empty.
    pub comment: String,
    /// Who answered.
    pub respondent: Respondent,
}

impl RawSurvey {
    /// Checks the whole form and tells all that is wrong at once. Fields that belong to the other form are dropped,
    /// so that a short answer can never carry elements into the index.
    pub fn check(&self, reason_required: bool) -> Result<Survey, Vec<SurveyProblem>> {
        let mut problems = Vec::new();
        let mut answers = None;
        let mut overall = None;
        match self.form {
            Form::Full => {
                let mut plain = [0; 9];
                for ((unsur, given), place) in Unsur::ALL.iter().zip(self.answers).zip(&mut plain) {
                    match given {
                        None => problems.push(SurveyProblem::Missing(*unsur)),
                        Some(value) if (1..=4).contains(&value) => *place = value,
                        Some(_) => problems.push(SurveyProblem::OutOfRange(*unsur)),
                    }
                }
                answers = Answers::new(plain);
            }
            Form::Short => match self.overall {
                None => problems.push(SurveyProblem::OverallMissing),
                Some(face) if (1..=4).contains(&face) => overall = Some(face),
                Some(_) => problems.push(SurveyProblem::OverallOutOfRange),
            },
        }
        let mut keep = |text: Result<String, TextError>, problem: fn(TextError) -> SurveyProblem| match text {
            Ok(text) => text,
            Err(TextError::Empty) => String::new(),
            Err(wrong) => {
                problems.push(problem(wrong));
                String::new()
            }
        };
        let reason = match self.form {
            Form::Full => keep(paragraph(&self.reason, 500), SurveyProblem::Reason),
            Form::Short => String::new(),
        };
        let comment = keep(paragraph(&self.comment, 1_000), SurveyProblem::Comment);
        let low = self.answers.iter().flatten().any(|a| (1..=2).contains(a));
        let unexplained = self.reason.trim().is_empty();
        if self.form == Form::Full && reason_required && low && unexplained {
            problems.push(SurveyProblem::ReasonMissing);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Survey {
            answers,
            overall,
            reason,
            comment,
            respondent: self.respondent,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full(answers: [Option<u8>; 9]) -> RawSurvey {
        RawSurvey {
            form: Form::Full,
            overall: None,
            answers,
            reason: String::new(),
            comment: String::new(),
            respondent: Respondent::default(),
        }
    }

    #[test]
    fn the_full_form_needs_all_nine() {
        let mut answers = [Some(3); 9];
        answers[2] = None;
        answers[8] = Some(5);
        answers[0] = Some(0);
        assert_eq!(
            full(answers).check(true),
            Err(vec![
                SurveyProblem::OutOfRange(Unsur::Persyaratan),
                SurveyProblem::Missing(Unsur::Waktu),
                SurveyProblem::OutOfRange(Unsur::Sarana)
            ])
        );
        let kept = full([Some(4); 9]).check(true).expect("complete");
        assert_eq!(kept.answers.map(|a| a.of(Unsur::Pengaduan)), Some(4));
    }

    #[test]
    fn a_low_answer_asks_for_a_reason_unless_the_agency_does_not() {
        let mut low = full([Some(3); 9]);
        low.answers[4] = Some(2);
        assert_eq!(low.check(true), Err(vec![SurveyProblem::ReasonMissing]));
        assert!(low.check(false).is_ok());
        low.reason = "Menunggu terlalu lama".into();
        assert_eq!(low.check(true).map(|s| s.reason), Ok("Menunggu terlalu lama".into()));
        low.reason = "x".repeat(501);
        low.comment = "x".repeat(1_001);
        assert_eq!(
            low.check(true),
            Err(vec![
                SurveyProblem::Reason(TextError::TooLong { max: 500 }),
                SurveyProblem::Comment(TextError::TooLong { max: 1_000 })
            ])
        );
    }

    #[test]
    fn the_short_form_is_one_face_and_carries_no_elements() {
        let mut short = full([Some(1); 9]);
        short.form = Form::Short;
        assert_eq!(short.check(true), Err(vec![SurveyProblem::OverallMissing]));
        short.overall = Some(5);
        assert_eq!(short.check(true), Err(vec![SurveyProblem::OverallOutOfRange]));
        short.overall = Some(1);
        let kept = short.check(true).expect("one face");
        assert_eq!(
            (kept.answers, kept.overall, kept.reason),
            (None, Some(1), String::new())
        );
        assert_eq!(Answers::new([4, 4, 4, 4, 0, 4, 4, 4, 4]), None);
        assert!(Answers::new([4, 4, 4, 4, 2, 4, 4, 4, 4]).is_some_and(|a| a.has_low()));
    }
}
