use std::fmt;

use kernel::{FromValue, IntoValue, Value, ValueError};
use regulation::golongan::{Golongan, GolonganPppk};

/// Golongan of a PNS or a PPPK. Stored as `III/b` or `IX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grade {
    /// Golongan ruang of a PNS.
    Pns(Golongan),
    /// Golongan of a PPPK.
    Pppk(GolonganPppk),
}

/// A text that names no golongan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a golongan")]
pub struct UnknownGrade;

impl Grade {
    /// The stored form: `III/b`, `IX`.
    pub fn code(self) -> String {
        match self {
            Self::Pns(golongan) => kernel::Code::code(golongan).to_owned(),
            Self::Pppk(golongan) => golongan.roman().to_owned(),
        }
    }

    /// Reads either kind as people write it. A letter (`III/b`) means PNS, none (`IX`, `9`) means PPPK.
    pub fn parse(text: &str) -> Result<Self, UnknownGrade> {
        // as people copy it: "Penata Muda Tk. I (III/b)"
        let inner = text
            .rsplit_once('(')
            .map_or(text, |(_, rest)| rest.trim_end().trim_end_matches(')'));
        if let Ok(golongan) = Golongan::parse(inner) {
            return Ok(Self::Pns(golongan));
        }
        GolonganPppk::parse(inner).map(Self::Pppk).map_err(|_| UnknownGrade)
    }

    /// As forms print it: `Penata Muda Tk. I (III/b)`; for PPPK `IX`.
    pub fn printed(self) -> String {
        match self {
            Self::Pns(golongan) => golongan.printed().replace("Tingkat I", "Tk. I"),
            Self::Pppk(golongan) => golongan.roman().to_owned(),
        }
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code())
    }
}

impl IntoValue for Grade {
    fn into_value(self) -> Value {
        Value::Text(self.code())
    }
}

impl FromValue for Grade {
    fn from_value(value: Value) -> Result<Self, ValueError> {
        let text = String::from_value(value)?;
        Self::parse(&text).map_err(|_| ValueError::unknown_code("a golongan", &text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_read_and_print() {
        let grade = |text| Grade::parse(text).expect("a golongan");
        assert_eq!(grade("iii b").printed(), "Penata Muda Tk. I (III/b)");
        assert_eq!(grade("Penata Muda Tk. I (III/b)").code(), "III/b");
        assert_eq!(grade("III/a").printed(), "Penata Muda (III/a)");
        assert_eq!(grade("ix").printed(), "IX");
        assert_eq!(grade("9").code(), "IX");
        assert_eq!(grade("IV"), Grade::Pppk(GolonganPppk::new(4).expect("four")));
        for bad in ["", "III/z", "V/a", "(", ")", "Penata ()"] {
            assert_eq!(Grade::parse(bad), Err(UnknownGrade), "{bad}");
        }
    }
}
