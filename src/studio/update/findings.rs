//! What was found about the song on the desk, and the way to the place that it is about.

use crate::studio::{Finding, Gravity, Model, Pane, Redraw};

impl Model {
    /// The first thing that keeps the song from leaving.
    pub fn first_blocking(&self) -> Option<&Finding> {
        self.first(Gravity::Blocks)
    }

    /// The first thing that the writer may want to know before the song leaves.
    pub fn first_warning(&self) -> Option<&Finding> {
        self.first(Gravity::Warns)
    }

    fn first(&self, gravity: Gravity) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.gravity == gravity)
    }

    /// Moves to the place that a finding is about: the pane, the row, the character.
    pub fn go_to(&mut self, finding: &Finding) {
        match finding.field {
            Some(field) => {
                self.focus(Pane::Song);
                self.set_field(field);
            }
            None => self.focus(Pane::Lyrics),
        }
        if let Some(cursor) = finding.cursor {
            self.with_text(|text| text.go_to(cursor));
            self.moved();
            self.mark(Redraw::WORDS | Redraw::SONG);
        }
    }
}
