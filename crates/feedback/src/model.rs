//! What feedback is about and in which tone, pure.

use kernel::RhkId;
use regulation::berakhlak;

/// Longest remark, in characters.
pub const TEXT_MAX: usize = 2_000;

kernel::codes! {
    /// The tone of a remark.
    pub enum Tone {
        /// Recognition.
        Positif = "POSITIF",
        /// A remark.
        Netral = "NETRAL",
        /// Something should improve.
        PerluPerbaikan = "PERLU_PERBAIKAN",
    }
}

kernel::codes! {
    /// Who gave a remark, at the time.
    pub enum GiverRole {
        /// The superior (pimpinan, pejabat penilai kinerja).
        Atasan = "ATASAN",
        /// The superior's superior.
        AtasanDariAtasan = "ATASAN_DARI_ATASAN",
    }
}

/// What a remark is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// One RHK of the SKP.
    Rhk(RhkId),
    /// One of the seven values.
    Value(berakhlak::Value),
}

impl Topic {
    /// From the stored columns, of which exactly one is filled.
    pub fn from_columns(rhk: Option<RhkId>, value_no: Option<i64>) -> Option<Self> {
        match (rhk, value_no) {
            (Some(rhk), None) => Some(Self::Rhk(rhk)),
            (None, Some(number)) => value(number).map(Self::Value),
            _ => None,
        }
    }

    /// The stored columns.
    pub fn columns(self) -> (Option<RhkId>, Option<i64>) {
        match self {
            Self::Rhk(rhk) => (Some(rhk), None),
            Self::Value(value) => (None, Some(i64::from(value.number()))),
        }
    }
}

/// The value with this printed number, 1 to 7.
pub fn value(number: i64) -> Option<berakhlak::Value> {
    let all = <berakhlak::Value as kernel::Code>::ALL;
    all.iter().copied().find(|v| i64::from(v.number()) == number)
}

#[cfg(test)]
mod tests {
    use kernel::Code;

    use super::*;

    #[test]
    fn topics_are_one_thing() {
        for &value in berakhlak::Value::ALL {
            let (rhk, number) = Topic::Value(value).columns();
            assert_eq!(Topic::from_columns(rhk, number), Some(Topic::Value(value)));
        }
        let rhk = RhkId::from_uuid(uuid::Uuid::from_u128(7));
        assert_eq!(Topic::from_columns(Some(rhk), None), Some(Topic::Rhk(rhk)));
        assert_eq!(Topic::from_columns(Some(rhk), Some(1)), None);
        assert_eq!(Topic::from_columns(None, None), None);
        assert_eq!(Topic::from_columns(None, Some(8)), None);
        assert_eq!(Topic::from_columns(None, Some(0)), None);
    }
}
