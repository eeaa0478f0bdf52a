use kernel::fold_name;

kernel::codes! {
    /// The columns of a staff list. The code is the heading of the template.
    pub enum Column {
        /// NIP or NI PPPK.
        Number = "NIP",
        /// The number before this one, when it changed (PPPK with a new contract).
        PreviousNumber = "Nomor Sebelumnya",
        /// Name without titles.
        Name = "Nama",
        /// Titles before the name.
        TitleFront = "Gelar Depan",
        /// Titles after the name.
        TitleBack = "Gelar Belakang",
        /// Date of birth.
        BirthDate = "Tanggal Lahir",
        /// Sex.
        Sex = "Jenis Kelamin",
        /// PNS or PPPK.
        Kind = "Jenis Pegawai",
        /// Golongan.
        Grade = "Golongan",
        /// First day of the golongan.
        GradeFrom = "TMT Golongan",
        /// Code of the unit.
        UnitCode = "Kode Unit",
        /// Name of the unit.
        UnitName = "Nama Unit",
        /// Code of the unit above.
        ParentCode = "Kode Unit Induk",
        /// Kind of the unit.
        UnitKind = "Jenis Unit",
        /// Code of the position, where the agency has one.
        PositionCode = "Kode Jabatan",
        /// Title of the position.
        PositionTitle = "Jabatan",
        /// Jenis jabatan.
        PositionKind = "Jenis Jabatan",
        /// Jenjang.
        Level = "Jenjang",
        /// Heads the unit.
        IsHead = "Kepala Unit",
        /// First day in the position.
        PositionFrom = "TMT Jabatan",
        /// E-mail.
        Email = "Surel",
        /// Status.
        Status = "Status",
    }
}

/// Which of the three sheets a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SheetRole {
    /// Units only.
    Units,
    /// Positions only.
    Positions,
    /// People, with everything.
    People,
}

impl SheetRole {
    /// Name of the sheet.
    pub(super) fn sheet(self) -> &'static str {
        match self {
            Self::Units => "Unit",
            Self::Positions => "Jabatan",
            Self::People => "Pegawai",
        }
    }

    /// Columns without which the sheet cannot be read.
    pub(super) fn required(self) -> &'static [Column] {
        match self {
            Self::Units => &[Column::UnitCode],
            Self::Positions => &[Column::UnitCode, Column::PositionTitle],
            Self::People => &[Column::Number, Column::Name, Column::UnitCode, Column::PositionTitle],
        }
    }
}

/// The column that a heading means, whatever its case, spaces and punctuation.
pub fn recognise(heading: &str) -> Option<Column> {
    let folded = fold_name(heading).replace(' ', "");
    Some(match folded.as_str() {
        "nip" | "nipbaru" | "nippppk" | "nipnipppk" | "nipnippppk" | "nomorinduk" | "nomorindukpegawai" | "nipppk"
        | "nippegawai" => Column::Number,
        // "NIP lama" is the number of nine digits from before 2008, which is nobody's concern here
        "nomorsebelumnya" | "nipsebelumnya" | "nipppksebelumnya" => Column::PreviousNumber,
        "nama" | "namapegawai" | "namalengkap" | "namatanpagelar" => Column::Name,
        "gelardepan" => Column::TitleFront,
        "gelarbelakang" => Column::TitleBack,
        "tanggallahir" | "tgllahir" => Column::BirthDate,
        "jeniskelamin" | "jk" | "lp" | "kelamin" => Column::Sex,
        "jenispegawai" | "jenisasn" | "statuskepegawaian" | "statuspegawai" => Column::Kind,
        "golongan"
        | "gol"
        | "golonganruang"
        | "golruang"
        | "pangkatgolongan"
        | "pangkatgol"
        | "pangkatgolonganruang" => Column::Grade,
        "tmtgolongan" | "tmtgol" | "tmtpangkat" => Column::GradeFrom,
        "kodeunit" | "kodeunitkerja" | "kodeunor" | "idunit" | "kodeopd" => Column::UnitCode,
        "namaunit" | "unit" | "unitkerja" | "namaunitkerja" | "unor" | "opd" | "satuankerja" => Column::UnitName,
        "kodeunitinduk" | "kodeinduk" | "unitinduk" | "kodeunitatasan" | "kodeunorinduk" => Column::ParentCode,
        "jenisunit" => Column::UnitKind,
        "kodejabatan" => Column::PositionCode,
        "jabatan" | "namajabatan" => Column::PositionTitle,
        "jenisjabatan" => Column::PositionKind,
        "jenjang" | "jenjangjabatan" | "tingkatjabatan" => Column::Level,
        "kepalaunit" | "kepala" | "pimpinanunit" | "pimpinan" => Column::IsHead,
        "tmtjabatan" | "tmtjab" => Column::PositionFrom,
        "surel" | "email" | "alamatsurel" | "alamatemail" | "posel" => Column::Email,
        "status" | "kedudukan" | "kedudukanhukum" | "statusaktif" => Column::Status,
        _ => return None,
    })
}

/// Like [`recognise`], with the short headings that a sheet of units or positions may have.
pub(super) fn recognise_in(role: SheetRole, heading: &str) -> Option<Column> {
    let folded = fold_name(heading).replace(' ', "");
    match (role, folded.as_str()) {
        (SheetRole::Units, "kode") => Some(Column::UnitCode),
        (SheetRole::Units, "nama") => Some(Column::UnitName),
        (SheetRole::Units, "induk") => Some(Column::ParentCode),
        (SheetRole::Units, "jenis") => Some(Column::UnitKind),
        (SheetRole::Positions, "kode") => Some(Column::PositionCode),
        (SheetRole::Positions, "nama") => Some(Column::PositionTitle),
        (SheetRole::Positions, "jenis") => Some(Column::PositionKind),
        _ => recognise(heading),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_recognised_as_people_write_them() {
        use kernel::Code;
        for column in Column::ALL {
            assert_eq!(recognise(column.code()), Some(*column), "{column}");
        }
        assert_eq!(recognise(" tgl. LAHIR "), Some(Column::BirthDate));
        assert_eq!(recognise("NIP / NI PPPK"), Some(Column::Number));
        assert_eq!(recognise("E-mail"), Some(Column::Email));
        assert_eq!(recognise("Hobi"), None);
        assert_eq!(recognise_in(SheetRole::Units, "Nama"), Some(Column::UnitName));
        assert_eq!(recognise_in(SheetRole::People, "Nama"), Some(Column::Name));
    }
}
