use kernel::Code;

use super::Column;
use crate::model::{PersonStatus, PositionKind, PositionLevel, UnitKind};

/// What the cells of a column hold, for the writer of the template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choices {
    /// Digits kept as text.
    Digits,
    /// Free text.
    Text,
    /// A date.
    Date,
    /// One of these.
    OneOf(Vec<&'static str>),
}

/// One column of the template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateField {
    /// Column; its code is the heading.
    pub column: Column,
    /// Must be filled for a person.
    pub required: bool,
    /// What its cells hold.
    pub choices: Choices,
    /// Key of its hint in the catalogues.
    pub hint_key: String,
}

fn words<C: Code>(skip: &[&str]) -> Vec<&'static str> {
    C::ALL.iter().map(|c| c.code()).filter(|c| !skip.contains(c)).collect()
}

/// The columns of the template, in order. The sheet is called "Pegawai".
pub fn template() -> Vec<TemplateField> {
    use Column as C;
    Column::ALL
        .iter()
        .map(|column| TemplateField {
            column: *column,
            required: matches!(column, C::Number | C::Name | C::UnitCode | C::PositionTitle),
            choices: match column {
                C::Number | C::PreviousNumber | C::UnitCode | C::ParentCode | C::PositionCode => Choices::Digits,
                C::BirthDate | C::GradeFrom | C::PositionFrom => Choices::Date,
                C::Sex => Choices::OneOf(vec!["L", "P"]),
                C::Kind => Choices::OneOf(vec!["PNS", "PPPK"]),
                C::IsHead => Choices::OneOf(vec!["Ya", "Tidak"]),
                C::Grade => Choices::OneOf(grades()),
                C::UnitKind => Choices::OneOf(words::<UnitKind>(&[])),
                C::PositionKind => Choices::OneOf(words::<PositionKind>(&["PEJABAT_NEGARA"])),
                C::Level => Choices::OneOf(words::<PositionLevel>(&[])),
                C::Status => Choices::OneOf(words::<PersonStatus>(&[])),
                C::Name | C::TitleFront | C::TitleBack | C::UnitName | C::PositionTitle | C::Email => Choices::Text,
            },
            hint_key: format!("import-hint-{}", kernel::fold_name(column.code()).replace(' ', "-")),
        })
        .collect()
}

fn grades() -> Vec<&'static str> {
    use regulation::golongan::{Golongan, GolonganPppk};
    let pns = Golongan::ALL.iter().map(|g| g.code());
    pns.chain(GolonganPppk::all().map(GolonganPppk::roman)).collect()
}
