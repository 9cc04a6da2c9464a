//! The Song pane's rows: which has the cursor, and what its choice or slider says.

use crate::song::Vocal;
use crate::studio::{Field, MODES, Model, Redraw, Tone, VOCALS, literal, offers};

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
                self.choose_profile(next);
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
                if let Some(next) = self.next_vocal(places) {
                    self.desk.choices_mut().vocal = next;
                }
            }
            Field::Title | Field::Style | Field::Avoid | Field::Persona => return,
            Field::StyleWeight | Field::Weirdness | Field::AudioWeight => {
                if let Some(weight) = self.desk.weight_mut(field) {
                    *weight = weight.moved(direction * hundredths);
                }
            }
        }
        self.chose();
        self.say_if_unheard(field);
    }

    /// Goes to the next profile, around the corner.
    pub(super) fn next_profile(&mut self) {
        let current = self.profile().map(|profile| profile.name.as_str());
        let at = self.profiles.iter().position(|profile| Some(profile.name.as_str()) == current);
        // A song whose profile is gone goes on with the first that there is.
        let next = at.map_or(0, |at| (at + 1) % self.profiles.len());
        let next = self.profiles.get(next).filter(|_| at != Some(next));
        let Some(name) = next.map(|profile| profile.name.clone()) else {
            return self.say(Tone::Plain, "This is the only gateway in the configuration");
        };
        self.choose_profile(name);
        self.chose();
        let label = self.gateway().map_or("?", |gateway| gateway.label.as_str());
        let name = self.profile().map_or("?", |profile| profile.name.as_str());
        let text = format!("Gateway: {name} · {label} · {}", self.price());
        self.say(Tone::Plain, literal(&text));
    }

    /// Sends the song another way. A chosen model stays chosen where it is offered too.
    fn choose_profile(&mut self, name: String) {
        self.desk.choices_mut().profile = name;
        let model = &self.desk.choices().model;
        if !self.gateway().is_some_and(|gateway| gateway.models.contains(model)) {
            self.desk.choices_mut().model.clear();
        }
    }

    /// The choice of who sings `by` places further, among those that the gateway knows.
    fn next_vocal(&self, by: isize) -> Option<Vocal> {
        let current = self.desk.choices().vocal;
        let knows = |vocal: &Vocal| {
            self.gateway().is_none_or(|gateway| offers(gateway, self.desk.mode(), *vocal))
        };
        let at = VOCALS.iter().position(|vocal| *vocal == current)?;
        if by < 0 {
            VOCALS[..at].iter().rfind(|vocal| knows(vocal)).copied()
        } else {
            VOCALS[at + 1..].iter().find(|vocal| knows(vocal)).copied()
        }
    }

    /// What two takes of the song on the desk cost, for people.
    pub fn price(&self) -> &str {
        self.gateway().map_or("", |gateway| gateway.price(self.model_name()))
    }

    /// The limit on a text of the desk, see [`crate::studio::Desk::limit`].
    pub fn limit(&self, field: Option<Field>) -> Option<usize> {
        self.desk.limit(field, self.gateway()?, self.model_name())
    }

    /// Something of the Song pane was chosen.
    fn chose(&mut self) {
        self.touched();
        // Gateway and model stand in the header, limits under the words, prices in an empty queue.
        self.mark(Redraw::SONG | Redraw::HEADER | Redraw::WORDS | Redraw::QUEUE);
    }

    fn say_if_unheard(&mut self, field: Field) {
        let unheard = self.gateway().filter(|gateway| !self.desk.is_used(field, gateway));
        if let Some(label) = unheard.map(|gateway| gateway.label.clone()) {
            let name = field.label();
            self.say(
                Tone::Plain,
                format!("{name} is kept, but {} does not use it", literal(&label)),
            );
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
