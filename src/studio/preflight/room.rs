//! Texts that are longer than the gateway takes.

use super::Finding;
use crate::gateway::Gateway;
use crate::song::Mode;
use crate::studio::{Desk, Field, Text};

pub(super) fn check(desk: &Desk, gateway: &Gateway, model: &str, findings: &mut Vec<Finding>) {
    let texts = [
        (None, desk.words()),
        (Some(Field::Title), &desk.title),
        (Some(Field::Style), &desk.style),
        (Some(Field::Avoid), &desk.avoid),
    ];
    for (field, text) in texts {
        let Some(limit) = desk.limit(field, gateway, model) else { continue };
        let over = text.characters().saturating_sub(limit);
        if over == 0 {
            continue;
        }
        let name = match (field, desk.mode()) {
            (Some(field), _) => field.label(),
            (None, Mode::Lyrics) => "Lyrics",
            (None, Mode::Describe) => "Description",
        };
        let message =
            format!("{name}: {over} over the limit of {limit} characters; shorten by that much");
        let (line, column) = place(text, limit);
        findings.push(Finding::blocks(field, message).at(line, column));
    }
}

/// The line and column of character `at`.
fn place(text: &Text, at: usize) -> (usize, usize) {
    let mut left = at;
    for (number, line) in text.lines().iter().enumerate() {
        // No line has more characters than bytes; and no more than are left are counted.
        let characters = line.chars().take(left + 1).count();
        if characters > left {
            return (number, left);
        }
        left -= characters;
        if left == 0 {
            return (number, characters);
        }
        left -= 1;
    }
    (text.lines().len(), 0)
}
