//! The words of feedback.

use feedback::{GiverRole, Tone};
use i18n::Texts;
use kernel::Code;

use crate::shared::Choice;
use crate::shared::words::Tag;

/// A tone as a word with a colour.
pub(super) fn tone(t: Texts, tone: Tone) -> Tag {
    match tone {
        Tone::Positif => Tag::new(t.feedback_tag_positive(), "good"),
        Tone::Netral => Tag::new(t.feedback_tag_neutral(), "info"),
        Tone::PerluPerbaikan => Tag::new(t.feedback_tag_improve(), "warn"),
    }
}

/// The tones as sentences to choose from.
pub(super) fn tones(t: Texts) -> Vec<Choice> {
    vec![
        Choice::new(Tone::Positif.code(), t.feedback_tone_positive()),
        Choice::new(Tone::Netral.code(), t.feedback_tone_neutral()),
        Choice::new(Tone::PerluPerbaikan.code(), t.feedback_tone_improve()),
    ]
}

/// As what somebody gave a remark.
pub(super) fn role(t: Texts, role: GiverRole) -> &'static str {
    match role {
        GiverRole::Atasan => t.feedback_role_superior(),
        GiverRole::AtasanDariAtasan => t.feedback_role_above(),
    }
}
