//! Administration: accounts and roles, settings, the trail of changes, staff lists, and small corrections to people and
//! units. For administrators and auditors; for anybody else these pages do not exist.

mod account;
mod account_forms;
mod accounts;
mod form;
mod home;
mod import_files;
mod imports;
mod new_account;
mod people;
mod placements;
mod settings;
mod superiors;
mod trail;
mod trail_words;
mod units;
mod words;

use policy::{Action, Facts, Kind, Permit, Role};

use crate::shared::{Audience, PageError, Routes, Staff};

/// Largest staff list, with room for what a browser writes around a file.
const UPLOAD: usize = 20 * 1024 * 1024 + 64 * 1024;

/// The routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get(Audience::Staff, "/kelola", home::show)
        .merge(account_routes())
        .get(Audience::Staff, "/kelola/pengaturan", settings::list)
        .get(Audience::Staff, "/kelola/pengaturan/{key}", settings::form)
        .post(Audience::Staff, "/kelola/pengaturan/{key}", settings::set)
        .get(Audience::Staff, "/kelola/jejak", trail::show)
        .get(Audience::Staff, "/kelola/jejak/periksa", trail::check)
        .merge(import_routes())
        .merge(organisation_routes())
}

fn account_routes() -> Routes {
    Routes::new()
        .get(Audience::Staff, "/kelola/akun", accounts::list)
        .get(Audience::Staff, "/kelola/akun/daftar.xlsx", accounts::export)
        .get(Audience::Staff, "/kelola/akun/baru", new_account::form)
        .post(Audience::Staff, "/kelola/akun/baru", new_account::create)
        .get(Audience::Staff, "/kelola/akun/{id}", account::show)
        .get(Audience::Staff, "/kelola/akun/{id}/peran", account_forms::grant_form)
        .post(Audience::Staff, "/kelola/akun/{id}/peran", account_forms::grant)
        .get(
            Audience::Staff,
            "/kelola/akun/{id}/peran/{grant}",
            account_forms::revoke_form,
        )
        .post(
            Audience::Staff,
            "/kelola/akun/{id}/peran/{grant}",
            account_forms::revoke,
        )
        .get(
            Audience::Staff,
            "/kelola/akun/{id}/kata-sandi",
            account_forms::reset_form,
        )
        .post(Audience::Staff, "/kelola/akun/{id}/kata-sandi", account_forms::reset)
        .get(Audience::Staff, "/kelola/akun/{id}/status", account_forms::switch_form)
        .post(Audience::Staff, "/kelola/akun/{id}/status", account_forms::switch)
}

fn import_routes() -> Routes {
    Routes::new()
        .get(Audience::Staff, "/kelola/impor", imports::list)
        .post_file(Audience::Staff, "/kelola/impor", UPLOAD, imports::upload)
        .get(Audience::Staff, "/kelola/impor/templat.xlsx", import_files::template)
        .get(Audience::Staff, "/kelola/impor/{id}", imports::show)
        .get(
            Audience::Staff,
            "/kelola/impor/{id}/ditolak.xlsx",
            import_files::rejected,
        )
        .post(Audience::Staff, "/kelola/impor/{id}/terapkan", imports::apply)
        .post(Audience::Staff, "/kelola/impor/{id}/buang", imports::discard)
        .post(Audience::Staff, "/kelola/impor/{id}/batalkan", imports::cancel)
}

fn organisation_routes() -> Routes {
    Routes::new()
        .get(Audience::Staff, "/kelola/tanpa-atasan", people::without_superior)
        .get(Audience::Staff, "/kelola/pegawai/baru", people::new_form)
        .post(Audience::Staff, "/kelola/pegawai/baru", people::create)
        .get(Audience::Staff, "/kelola/pegawai/{id}", people::show)
        .get(Audience::Staff, "/kelola/pegawai/{id}/data", people::edit_form)
        .post(Audience::Staff, "/kelola/pegawai/{id}/data", people::edit)
        .get(Audience::Staff, "/kelola/pegawai/{id}/atasan", superiors::superior_form)
        .post(Audience::Staff, "/kelola/pegawai/{id}/atasan", superiors::set_superior)
        .get(
            Audience::Staff,
            "/kelola/pegawai/{id}/atasan/{override}",
            superiors::end_superior_form,
        )
        .post(
            Audience::Staff,
            "/kelola/pegawai/{id}/atasan/{override}",
            superiors::end_superior,
        )
        .get(Audience::Staff, "/kelola/pegawai/{id}/jabatan", placements::form)
        .post(Audience::Staff, "/kelola/pegawai/{id}/jabatan", placements::place)
        .get(
            Audience::Staff,
            "/kelola/pegawai/{id}/jabatan/{placement}",
            placements::end_form,
        )
        .post(
            Audience::Staff,
            "/kelola/pegawai/{id}/jabatan/{placement}",
            placements::end,
        )
        .get(Audience::Staff, "/kelola/unit/{id}", units::show)
        .post(Audience::Staff, "/kelola/unit/{id}/nama", units::rename)
        .get(Audience::Staff, "/kelola/unit/{id}/nama", units::rename_form)
        .post(Audience::Staff, "/kelola/unit/{id}/pindah", units::relocate)
        .get(Audience::Staff, "/kelola/unit/{id}/pindah", units::relocate_form)
        .post(Audience::Staff, "/kelola/unit/{id}/tutup", units::close)
        .get(Audience::Staff, "/kelola/unit/{id}/tutup", units::close_form)
        .post(Audience::Staff, "/kelola/unit/{id}/bawahan", units::create)
        .get(Audience::Staff, "/kelola/unit/{id}/bawahan", units::create_form)
        .post(Audience::Staff, "/kelola/unit/{id}/jabatan", units::position)
        .get(Audience::Staff, "/kelola/unit/{id}/jabatan", units::position_form)
}

/// Lets in those who administer or audit somewhere.
fn enter(staff: &Staff) -> Result<(), PageError> {
    let roles = [Role::AgencyAdmin, Role::UnitAdmin, Role::Auditor];
    if roles.into_iter().any(|role| staff.actor().holds_anywhere(role)) {
        Ok(())
    } else {
        Err(PageError::NotFound)
    }
}

/// Leave concerning the agency as a whole: settings, staff lists, the trail.
fn agency(staff: &Staff, action: Action) -> Result<Permit, PageError> {
    enter(staff)?;
    let facts = Facts::of_unit(Kind::Agency, staff.session.agency.id, "");
    Ok(policy::decide(staff.actor(), action, &facts).permit()?)
}

#[cfg(test)]
mod tests {
    use i18n::Lang;

    #[test]
    fn every_page_renders_in_both_languages() {
        for lang in Lang::ALL {
            let t = lang.texts();
            let pages = [
                super::account::samples::all(t),
                super::accounts::samples::all(t),
                super::form::samples::all(t),
                super::home::samples::all(t),
                super::imports::samples::all(t),
                super::new_account::samples::all(t),
                super::people::samples::all(t),
                super::settings::samples::all(t),
                super::trail::samples::all(t),
                super::units::samples::all(t),
            ];
            for html in pages.concat() {
                crate::shared::check::page(&html);
            }
        }
    }
}
