//! NIP of PNS and NI of PPPK: eighteen digits with a structure but no check digit.
//!
//! Layout of NIP confirmed (C), of NI PPPK second hand (C2). A number can be guessed from a birth date, so it is an
//! identifier and never a secret. Digits may disagree with the birth date on file: keep that apart, compare and warn.

use std::fmt;

use jiff::civil::Date;

use crate::{Basis, Certainty};

/// The layout.
pub const LAYOUT: Basis = Basis::new("Tata letak NIP/NI PPPK (BKN)", Certainty::SecondHand);

kernel::codes! {
    /// What the digits say the number is.
    pub enum NipKind {
        /// A PNS: digits 13-14 are the month of TMT CPNS.
        Pns = "NIP_PNS",
        /// A PPPK: digits 13-14 are the code 21.
        Pppk = "NI_PPPK",
        /// Another code in digits 13-14. Accepted with a warning, because SIASN may hold codes we have not seen.
        Other = "TIDAK_DIKENAL",
    }
}

kernel::codes! {
    /// Sex by digit 15.
    pub enum Sex {
        /// 1, laki-laki.
        Male = "L",
        /// 2, perempuan.
        Female = "P",
    }
}

kernel::codes! {
    /// Why a text is no NIP.
    pub enum NipError {
        /// Not eighteen digits.
        LengthOrDigits = "LENGTH_OR_DIGITS",
        /// The first eight digits are no date of birth.
        BirthDate = "BIRTH_DATE",
        /// Digit 15 is neither 1 nor 2.
        SexDigit = "SEX_DIGIT",
    }
}

impl std::error::Error for NipError {}

/// A number with a valid structure. Debug output shows the masked form, so that logs do not collect numbers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nip([u8; 18]);

impl Nip {
    /// Reads eighteen digits; white space between them is ignored.
    pub fn parse(text: &str) -> Result<Self, NipError> {
        let mut digits = [0_u8; 18];
        let mut filled = 0;
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            let slot = digits.get_mut(filled).ok_or(NipError::LengthOrDigits)?;
            *slot = u8::try_from(c)
                .ok()
                .filter(u8::is_ascii_digit)
                .ok_or(NipError::LengthOrDigits)?;
            filled += 1;
        }
        if filled < digits.len() {
            return Err(NipError::LengthOrDigits);
        }
        let nip = Self(digits);
        nip.birth()?;
        nip.sex()?;
        Ok(nip)
    }

    /// The eighteen digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("invariant: only ASCII digits are kept")
    }

    fn number(&self, from: usize, to: usize) -> i16 {
        self.0[from..to].iter().fold(0, |n, d| n * 10 + i16::from(d - b'0'))
    }

    fn birth(&self) -> Result<Date, NipError> {
        let month = i8::try_from(self.number(4, 6)).map_err(|_| NipError::BirthDate)?;
        let day = i8::try_from(self.number(6, 8)).map_err(|_| NipError::BirthDate)?;
        Date::new(self.number(0, 4), month, day)
            .ok()
            .filter(|date| (1900..=2100).contains(&date.year()))
            .ok_or(NipError::BirthDate)
    }

    fn sex(&self) -> Result<Sex, NipError> {
        match self.0[14] {
            b'1' => Ok(Sex::Male),
            b'2' => Ok(Sex::Female),
            _ => Err(NipError::SexDigit),
        }
    }

    /// Date of birth by the digits, 1900 to 2100.
    pub fn birth_date(&self) -> Date {
        self.birth().expect("invariant: checked when it was read")
    }

    /// Sex by the digits.
    pub fn sex_by_digit(&self) -> Sex {
        self.sex().expect("invariant: checked when it was read")
    }

    /// What kind of number it is. [`NipKind::Other`] deserves a warning where a person types it.
    pub fn kind(&self) -> NipKind {
        match self.number(12, 14) {
            1..=12 => NipKind::Pns,
            21 => NipKind::Pppk,
            _ => NipKind::Other,
        }
    }

    /// Year of TMT CPNS or of appointment, as written.
    pub fn year(&self) -> i16 {
        self.number(8, 12)
    }

    /// Digits 13-14: the month of TMT CPNS, or a code.
    pub fn code(&self) -> &str {
        &self.as_str()[12..14]
    }

    /// The last three digits.
    pub fn sequence(&self) -> &str {
        &self.as_str()[15..18]
    }

    /// The number would have been issued before its owner turned fifteen: worth a warning, never a rejection.
    pub fn is_implausible(&self) -> bool {
        self.year() < self.birth_date().year() + 15
    }

    /// As forms print it: `YYYYMMDD YYYYMM S NNN`.
    pub fn printed(&self) -> String {
        let s = self.as_str();
        format!("{} {} {} {}", &s[..8], &s[8..14], &s[14..15], &s[15..])
    }

    /// Only the last three digits, `******** ****** * 901`: enough to tell namesakes apart in a list, and nothing of
    /// the birth date (U16).
    pub fn masked(&self) -> String {
        format!("******** ****** * {}", &self.as_str()[15..])
    }
}

impl fmt::Display for Nip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Nip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Nip({})", self.masked())
    }
}

impl std::str::FromStr for Nip {
    type Err = NipError;
    fn from_str(text: &str) -> Result<Self, NipError> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // All numbers are made up; sequences 9xx are never issued.

    #[test]
    fn unknown_codes_are_accepted_and_told() {
        for code in ["00", "13", "20", "22", "99"] {
            let nip = Nip::parse(&format!("199506152019{code}1906")).expect("a number");
            assert_eq!((nip.kind(), nip.code()), (NipKind::Other, code));
        }
        assert_eq!(Nip::parse("199506152019121906").map(|n| n.kind()), Ok(NipKind::Pns));
        assert_eq!(Nip::parse("199506152019211906").map(|n| n.kind()), Ok(NipKind::Pppk));
    }

    #[test]
    fn dates_of_birth_must_exist() {
        for (text, ok) in [
            ("20000229", true),
            ("19000229", false),
            ("19990229", false),
            ("19990431", false),
            ("00000101", false),
            ("99990101", false),
            ("19990001", false),
            ("19990100", false),
        ] {
            assert_eq!(Nip::parse(&format!("{text}2024031907")).is_ok(), ok, "{text}");
        }
    }

    #[test]
    fn odd_texts_are_refused_without_panic() {
        for bad in [
            "",
            "1",
            "1.97401E+17",
            "197401012000031901 1",
            "１９７４０１０１２０００３１９０１",
            "19740101200003190é",
        ] {
            assert_eq!(Nip::parse(bad), Err(NipError::LengthOrDigits), "{bad}");
        }
        assert_eq!(Nip::parse("199506152019030907"), Err(NipError::SexDigit));
    }

    #[test]
    fn printed_masked_and_implausible() {
        let nip = Nip::parse("\u{a0}19740101\t200003 1 901 ").expect("a number");
        assert_eq!(nip.printed(), "19740101 200003 1 901");
        assert_eq!(format!("{nip:?}"), "Nip(******** ****** * 901)");
        assert!(!nip.is_implausible());
        assert!(Nip::parse("199506151990011916").expect("a number").is_implausible());
    }
}
