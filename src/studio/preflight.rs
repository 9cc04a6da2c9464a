//! What can be known to be wrong before a request leaves.

use super::{Desk, Field};
use crate::gateway::Gateway;
use crate::song::{Mode, Vocal};

/// Something that keeps a request from leaving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The row of the Song pane it is about; `None` is the words.
    pub field: Option<Field>,
    /// What is wrong and what to do.
    pub message: String,
}

/// The first thing that keeps the song on the desk from leaving, if there is one.
///
/// Nothing is ever cut to fit: a text that is too long is the writer's to shorten.
pub fn check(desk: &Desk, gateway: &Gateway) -> Option<Finding> {
    let texts = [
        (None, desk.words()),
        (Some(Field::Title), &desk.title),
        (Some(Field::Style), &desk.style),
        (Some(Field::Avoid), &desk.avoid),
    ];
    for (field, text) in texts {
        let Some(limit) = desk.limit(field, gateway) else { continue };
        let over = text.characters().saturating_sub(limit);
        if over > 0 {
            let name = match (field, desk.mode()) {
                (Some(field), _) => field.label(),
                (None, Mode::Lyrics) => "Lyrics",
                (None, Mode::Describe) => "Description",
            };
            let message = format!(
                "{name}: {over} over the limit of {limit} characters; shorten by that much"
            );
            return Some(Finding { field, message });
        }
    }
    let blank = desk.words().lines().iter().all(|line| line.trim().is_empty());
    let message = match desk.mode() {
        Mode::Describe if blank => {
            "Describe the song first, or switch to lyrics with {switch-mode}"
        }
        Mode::Lyrics if blank && desk.choices().vocal != Vocal::None => {
            "Write some lyrics first, or set Vocal to none for an instrumental"
        }
        _ => return None,
    };
    Some(Finding { field: None, message: message.to_owned() })
}
