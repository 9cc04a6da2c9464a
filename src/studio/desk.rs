//! The writing desk: one song with all that can be changed about it.

use super::text::{Shape, Text};
use crate::gateway::{Gateway, Parameter};
use crate::song::{Draft, Mode, Params, SongId, Vocal, Weight, name_of};

/// A row of the Song pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Which profile, and so which gateway.
    Gateway,
    /// Which model.
    Model,
    /// Own words or a description.
    Mode,
    /// The title.
    Title,
    /// Style tags.
    Style,
    /// Negative tags.
    Avoid,
    /// Who sings.
    Vocal,
    /// A voice kept at the gateway.
    Persona,
    /// How strictly the style is followed.
    StyleWeight,
    /// How far from the usual.
    Weirdness,
    /// How much an audio input counts.
    AudioWeight,
}

impl Field {
    /// All rows, top to bottom.
    pub const ALL: [Self; 11] = [
        Self::Gateway,
        Self::Model,
        Self::Mode,
        Self::Title,
        Self::Style,
        Self::Avoid,
        Self::Vocal,
        Self::Persona,
        Self::StyleWeight,
        Self::Weirdness,
        Self::AudioWeight,
    ];

    /// Its label on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Gateway => "Gateway",
            Self::Model => "Model",
            Self::Mode => "Mode",
            Self::Title => "Title",
            Self::Style => "Style",
            Self::Avoid => "Avoid",
            Self::Vocal => "Vocal",
            Self::Persona => "Persona",
            Self::StyleWeight => "Style weight",
            Self::Weirdness => "Weirdness",
            Self::AudioWeight => "Audio weight",
        }
    }

    /// The row `by` rows below, staying within the pane.
    #[must_use]
    pub fn moved(self, by: isize) -> Self {
        let index = (self as usize).saturating_add_signed(by);
        Self::ALL[index.min(Self::ALL.len() - 1)]
    }

    /// Whether typing is typing here.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Title | Self::Style | Self::Avoid | Self::Persona)
    }

    /// The parameter it sets, where a gateway may lack it.
    pub fn parameter(self) -> Option<Parameter> {
        Some(match self {
            Self::Gateway | Self::Model | Self::Mode => return None,
            Self::Title => Parameter::Title,
            Self::Style => Parameter::Style,
            Self::Avoid => Parameter::Avoid,
            Self::Vocal => Parameter::Vocal,
            Self::Persona => Parameter::Persona,
            Self::StyleWeight => Parameter::StyleWeight,
            Self::Weirdness => Parameter::Weirdness,
            Self::AudioWeight => Parameter::AudioWeight,
        })
    }

    /// Whether `gateway` does anything with it. Every gateway makes instrumentals, so that there is
    /// always something to choose about the voice; see [`offers`].
    pub fn is_taken_by(self, gateway: &Gateway, mode: Mode) -> bool {
        self == Self::Vocal || self.parameter().is_none_or(|it| gateway.takes(it, mode))
    }
}

/// Whether a choice of who sings means something to `gateway`.
pub fn offers(gateway: &Gateway, mode: Mode, vocal: Vocal) -> bool {
    matches!(vocal, Vocal::Auto | Vocal::None) || gateway.takes(Parameter::Vocal, mode)
}

/// Choices without text, in the order in which they are offered.
pub const VOCALS: [Vocal; 4] = [Vocal::Auto, Vocal::Female, Vocal::Male, Vocal::None];

/// Both modes, in the order in which they are offered.
pub const MODES: [Mode; 2] = [Mode::Lyrics, Mode::Describe];

/// The song under the writer's hands.
pub struct Desk {
    /// Which song.
    pub song: SongId,
    /// The words.
    pub lyrics: Text,
    /// What to write a song about.
    pub description: Text,
    /// The title.
    pub title: Text,
    /// Style tags.
    pub style: Text,
    /// Negative tags.
    pub avoid: Text,
    /// A voice kept at the gateway, by the gateway's name for it.
    pub persona: Text,
    /// Everything in the Song pane that is not text; its texts are stale, see [`Desk::params`].
    choices: Params,
    /// The row of the Song pane that has the cursor.
    pub field: Field,
}

impl Desk {
    /// Puts a song on the desk.
    pub fn new(draft: &Draft) -> Self {
        let mut lyrics = Text::new(Shape::Page, &draft.lyrics);
        let mut description = Text::new(Shape::Page, &draft.description);
        match draft.params.mode {
            Mode::Lyrics => lyrics.go_to(draft.cursor),
            Mode::Describe => description.go_to(draft.cursor),
        }
        let Params { title, style, avoid, persona, .. } = &draft.params;
        let mut fields =
            [title, style, avoid, persona].map(|content| Text::new(Shape::Line, content));
        for field in &mut fields {
            field.go(super::text::Motion::End);
        }
        let [title, style, avoid, persona] = fields;
        Self {
            song: draft.song,
            lyrics,
            description,
            title,
            style,
            avoid,
            persona,
            choices: draft.params.clone(),
            field: Field::Title,
        }
    }

    /// The song as it stands.
    pub fn draft(&self) -> Draft {
        Draft {
            song: self.song,
            lyrics: self.lyrics.content(),
            description: self.description.content(),
            params: self.params(),
            cursor: self.words().cursor(),
        }
    }

    /// What the song is called; see [`crate::song::name_of`].
    pub fn name(&self) -> &str {
        let title = self.title.lines().first().map(String::as_str).unwrap_or_default();
        let lyrics = self.lyrics.lines().iter().map(String::as_str);
        let description = self.description.lines().iter().map(String::as_str);
        name_of(title, lyrics, description)
    }

    /// All parameters as they stand.
    pub fn params(&self) -> Params {
        Params {
            title: self.title.content(),
            style: self.style.content(),
            avoid: self.avoid.content(),
            persona: self.persona.content(),
            ..self.choices.clone()
        }
    }

    /// The parameters that are not text; the texts in it are stale.
    pub fn choices(&self) -> &Params {
        &self.choices
    }

    /// For changing a parameter that is not text.
    pub fn choices_mut(&mut self) -> &mut Params {
        &mut self.choices
    }

    /// Own words or a description.
    pub fn mode(&self) -> Mode {
        self.choices.mode
    }

    /// The text of the first pane: the lyrics, or in describe mode the description.
    pub fn words(&self) -> &Text {
        match self.mode() {
            Mode::Lyrics => &self.lyrics,
            Mode::Describe => &self.description,
        }
    }

    /// As [`Desk::words`], to change it.
    pub fn words_mut(&mut self) -> &mut Text {
        match self.mode() {
            Mode::Lyrics => &mut self.lyrics,
            Mode::Describe => &mut self.description,
        }
    }

    /// The text of a row of the Song pane.
    pub fn field_text(&self, field: Field) -> Option<&Text> {
        match field {
            Field::Title => Some(&self.title),
            Field::Style => Some(&self.style),
            Field::Avoid => Some(&self.avoid),
            Field::Persona => Some(&self.persona),
            _ => None,
        }
    }

    /// As [`Desk::field_text`], to change it.
    pub fn field_text_mut(&mut self, field: Field) -> Option<&mut Text> {
        match field {
            Field::Title => Some(&mut self.title),
            Field::Style => Some(&mut self.style),
            Field::Avoid => Some(&mut self.avoid),
            Field::Persona => Some(&mut self.persona),
            _ => None,
        }
    }

    /// The slider of a row of the Song pane.
    pub fn weight(&self, field: Field) -> Option<Weight> {
        match field {
            Field::StyleWeight => Some(self.choices.style_weight),
            Field::Weirdness => Some(self.choices.weirdness),
            Field::AudioWeight => Some(self.choices.audio_weight),
            _ => None,
        }
    }

    /// As [`Desk::weight`], to change it.
    pub fn weight_mut(&mut self, field: Field) -> Option<&mut Weight> {
        match field {
            Field::StyleWeight => Some(&mut self.choices.style_weight),
            Field::Weirdness => Some(&mut self.choices.weirdness),
            Field::AudioWeight => Some(&mut self.choices.audio_weight),
            _ => None,
        }
    }

    /// Whether `gateway` does something with a row as it stands.
    pub fn is_used(&self, field: Field, gateway: &Gateway) -> bool {
        field.is_taken_by(gateway, self.mode())
            && (field != Field::Vocal || offers(gateway, self.mode(), self.choices.vocal))
    }

    /// The limit on a text, at `gateway` with `model`. None where it says none, and where the text
    /// does not go out at all.
    pub fn limit(&self, field: Option<Field>, gateway: &Gateway, model: &str) -> Option<usize> {
        let limits = gateway.limits(model);
        match (field, self.mode()) {
            (None, Mode::Lyrics) => limits.lyrics,
            (None, Mode::Describe) => limits.description,
            (Some(field), mode) if !field.is_taken_by(gateway, mode) => None,
            (Some(Field::Title), _) => limits.title,
            (Some(Field::Style), _) => limits.style,
            (Some(Field::Avoid), _) => limits.avoid,
            (Some(_), _) => None,
        }
    }
}
