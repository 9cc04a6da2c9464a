//! The Song pane's rows: which has the cursor, and what its choice or slider says.

use crate::studio::{Field, MODES, Model, Redraw, Tone, VOCALS};

impl Model {
    pub(super) fn step_field(&mut self, by: isize) {
        self.set_field(self.desk.field.moved(by));
    }

    pub(super) fn set_field(&mut self, field: Field) {
        self.desk.field = field;
        self.mark(Redraw::SONG | Redraw::FOOTER);
    }

    /// Moves a choice by one place, or a slider by `hundredths`, in `direction`.
    pub(super) fn adjust(&mut self, direction: i8, hundredths: i8) {
        let field = self.desk.field;
        let places = isize::from(direction);
        match field {
            Field::Gateway => {
                let names: Vec<&str> = self.profiles.iter().map(|p| p.name.as_str()).collect();
                let current = self.profile().map_or("", |profile| profile.name.as_str());
                let Some(next) = neighbour(&names, &current, places) else {
                    return self.say(Tone::Plain, "This is the only gateway in the configuration");
                };
                let next = (*next).to_owned();
                let choices = self.desk.choices_mut();
                choices.profile = next;
                choices.model.clear();
            }
            Field::Model => {
                let models = self.gateway().map(|gateway| gateway.models.clone());
                let models = models.unwrap_or_default();
                let current = self.model_name().to_owned();
                let Some(next) = neighbour(&models, &current, places) else {
                    return self.say(Tone::Plain, "This gateway has one model only");
                };
                self.desk.choices_mut().model.clone_from(next);
            }
            Field::Mode => {
                if let Some(next) = neighbour(&MODES, &self.desk.mode(), places) {
                    self.desk.choices_mut().mode = *next;
                }
            }
            Field::Vocal => {
                if let Some(next) = neighbour(&VOCALS, &self.desk.choices().vocal, places) {
                    self.desk.choices_mut().vocal = *next;
                }
            }
            Field::Title | Field::Style | Field::Avoid => return,
            Field::StyleWeight | Field::Weirdness | Field::AudioWeight => {
                if let Some(weight) = self.desk.weight_mut(field) {
                    *weight = weight.moved(direction * hundredths);
                }
            }
        }
        self.touched();
        // Gateway and model stand in the header, limits under the words.
        self.mark(Redraw::SONG | Redraw::HEADER | Redraw::WORDS);
        self.say_if_unheard(field);
    }

    fn say_if_unheard(&mut self, field: Field) {
        let unheard = self.gateway().filter(|gateway| !field.is_taken_by(gateway));
        if let Some(label) = unheard.map(|gateway| gateway.label.clone()) {
            let name = field.label();
            self.say(Tone::Plain, format!("{name} is kept, but {label} does not use it"));
        }
    }
}

/// The value `by` places after `current`, within the ends; `None` where there is no choice.
fn neighbour<'a, T: PartialEq>(all: &'a [T], current: &T, by: isize) -> Option<&'a T> {
    if all.len() < 2 {
        return None;
    }
    let at = all.iter().position(|value| value == current).unwrap_or(0);
    all.get(at.saturating_add_signed(by).min(all.len() - 1))
}
