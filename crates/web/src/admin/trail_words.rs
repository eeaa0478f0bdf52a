//! The words of the trail: what a verb of a command is called, why it was allowed, and what a change was about.

use i18n::Texts;
use policy::Kind;

/// What was done. A verb that is not known here is shown as it is written.
pub(super) fn verb(t: Texts, verb: &str) -> String {
    known(t, verb).map_or_else(|| t.trail_other(verb), str::to_owned)
}

fn known(t: Texts, verb: &str) -> Option<&'static str> {
    let (area, _) = verb.split_once('.')?;
    match area {
        "access" => access(t, verb),
        "skp" => skp(t, verb),
        "journal" | "feedback" | "evaluation" => cycle(t, verb),
        _ => organisation(t, verb),
    }
}

fn access(t: Texts, verb: &str) -> Option<&'static str> {
    Some(match verb {
        "access.sign_in" => t.trail_sign_in(),
        "access.second_factor" => t.trail_second_factor(),
        "access.sign_out" => t.trail_sign_out(),
        "access.sign_out_everywhere" => t.trail_sign_out_everywhere(),
        "access.change_password" => t.trail_change_password(),
        "access.reset_password" => t.trail_reset_password(),
        "access.create_account" => t.trail_create_account(),
        "access.first_administrator" => t.trail_first_administrator(),
        "access.disable" => t.trail_disable(),
        "access.enable" => t.trail_enable(),
        "access.grant_role" => t.trail_grant_role(),
        "access.revoke_role" => t.trail_revoke_role(),
        "access.set_language" => t.trail_set_language(),
        "access.begin_totp" => t.trail_begin_totp(),
        "access.confirm_totp" => t.trail_confirm_totp(),
        "access.remove_totp" => t.trail_remove_totp(),
        "access.renew_recovery_codes" => t.trail_renew_recovery_codes(),
        _ => return None,
    })
}

fn skp(t: Texts, verb: &str) -> Option<&'static str> {
    Some(match verb {
        "skp.create" => t.trail_skp_create(),
        "skp.submit" => t.trail_skp_submit(),
        "skp.withdraw" => t.trail_skp_withdraw(),
        "skp.approve" => t.trail_skp_approve(),
        "skp.return" => t.trail_skp_return(),
        "skp.close" => t.trail_skp_close(),
        "skp.save_rhk" | "skp.reorder_rhk" | "skp.save_iki" => t.trail_skp_edit(),
        "skp.remove_rhk" | "skp.remove_iki" => t.trail_skp_remove(),
        "skp.save_annex" => t.trail_skp_annex(),
        "skp.save_expectations" => t.trail_skp_expectations(),
        _ => return None,
    })
}

fn cycle(t: Texts, verb: &str) -> Option<&'static str> {
    Some(match verb {
        "journal.add_entry" => t.trail_journal_add(),
        "journal.edit_entry" => t.trail_journal_edit(),
        "journal.delete_entry" => t.trail_journal_delete(),
        "journal.add_evidence" => t.trail_journal_evidence(),
        "journal.remove_evidence" => t.trail_journal_evidence_remove(),
        "journal.save_action" | "journal.remove_action" | "journal.mark_reached" => t.trail_journal_action(),
        "journal.save_realisation" => t.trail_journal_realisation(),
        "feedback.give" => t.trail_feedback(),
        "evaluation.open" | "evaluation.open_period" => t.trail_evaluation_open(),
        "evaluation.draft" | "evaluation.rate" => t.trail_evaluation_rate(),
        "evaluation.finalise" => t.trail_evaluation_finalise(),
        "evaluation.receive" => t.trail_evaluation_receive(),
        "evaluation.hand_over" => t.trail_evaluation_hand_over(),
        "evaluation.set_achievement" => t.trail_evaluation_achievement(),
        _ => return None,
    })
}

fn organisation(t: Texts, verb: &str) -> Option<&'static str> {
    Some(match verb {
        "person.create" => t.trail_person_create(),
        "person.edit" => t.trail_person_edit(),
        "person.number" => t.trail_person_number(),
        "person.rank" => t.trail_person_rank(),
        "placement.create" => t.trail_placement_create(),
        "placement.end" => t.trail_placement_end(),
        "superior.set" => t.trail_superior_set(),
        "superior.end" => t.trail_superior_end(),
        "unit.create" => t.trail_unit_create(),
        "unit.rename" => t.trail_unit_rename(),
        "unit.move" => t.trail_unit_move(),
        "unit.close" => t.trail_unit_close(),
        "position.create" => t.trail_position_create(),
        "position.close" => t.trail_position_close(),
        "staff.import" => t.trail_import(),
        "setting.set" => t.trail_setting(),
        "service.create" => t.trail_service_create(),
        "service.edit" => t.trail_service_edit(),
        "service.enter_paper" => t.trail_service_paper(),
        "document.print" => t.trail_print(),
        _ => return None,
    })
}

/// Why it was allowed.
pub(super) fn permit(t: Texts, reason: &str) -> &'static str {
    match reason {
        "owner" => t.trail_by_owner(),
        "superior" => t.trail_by_superior(),
        "superior-above" => t.trail_by_superior_above(),
        "unit-head" => t.trail_by_unit_head(),
        "agency-head" => t.trail_by_agency_head(),
        "admin" => t.trail_by_admin(),
        "auditor" => t.trail_by_auditor(),
        "counter" => t.trail_by_counter(),
        "colleague" => t.trail_by_colleague(),
        _ => t.trail_by_system(),
    }
}

/// What a change was about.
pub(super) fn kind(t: Texts, kind: Kind) -> &'static str {
    match kind {
        Kind::Agency => t.trail_kind_agency(),
        Kind::Unit => t.trail_kind_unit(),
        Kind::Person => t.trail_kind_person(),
        Kind::Account => t.trail_kind_account(),
        Kind::Skp => t.trail_kind_skp(),
        Kind::Journal => t.trail_kind_journal(),
        Kind::Feedback => t.trail_kind_feedback(),
        Kind::Evaluation => t.trail_kind_evaluation(),
        Kind::Achievement => t.trail_kind_achievement(),
        Kind::Service => t.trail_kind_service(),
    }
}

/// The fields of what changed, as they were written; what is no list of fields is left out.
pub(super) fn details(json: &str) -> Vec<(String, String)> {
    let Ok(serde_json::Value::Object(fields)) = serde_json::from_str(json) else {
        return Vec::new();
    };
    fields
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| match value {
            serde_json::Value::String(text) => (name, text),
            other => (name, other.to_string()),
        })
        .collect()
}
