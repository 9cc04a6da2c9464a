//! What a gateway and a model need, want and do not know.

use super::Finding;
use crate::gateway::{Gateway, Parameter};
use crate::song::{Line, Mode, Vocal};
use crate::studio::{Desk, Field, Text, literal};

/// Own words, and a model that writes its own.
pub(super) fn model_sings(
    desk: &Desk,
    gateway: &Gateway,
    model: &str,
    findings: &mut Vec<Finding>,
) {
    if desk.mode() == Mode::Lyrics && !gateway.sings(model) {
        let message = format!(
            "{} sings no lyrics of yours; choose another model, or describe the song ({{switch-mode}})",
            literal(model)
        );
        findings.push(Finding::blocks(Some(Field::Model), message));
    }
}

/// An empty page, where words are needed.
pub(super) fn words(desk: &Desk, findings: &mut Vec<Finding>) {
    let message = match desk.mode() {
        _ if !is_blank(desk.words()) => return,
        Mode::Describe => "Describe the song first, or switch to lyrics with {switch-mode}",
        Mode::Lyrics if desk.choices().vocal == Vocal::None => return,
        Mode::Lyrics => "Write some lyrics first, or set Vocal to none for an instrumental",
    };
    findings.push(Finding::blocks(None, message));
}

/// What the gateway's document asks for.
pub(super) fn needed(desk: &Desk, gateway: &Gateway, findings: &mut Vec<Finding>) {
    let form = gateway.form(desk.mode());
    let mute = desk.choices().vocal == Vocal::None && is_blank(desk.words());
    let for_mute = form.needs_instrumental.iter().filter(|_| mute);
    let label = literal(&gateway.label);
    for field in missing(desk, form.needs.iter().chain(for_mute)) {
        let name = field.label();
        let what = if mute { " for an instrumental without words" } else { "" };
        findings.push(Finding::blocks(
            Some(field),
            format!("{label} needs a {name}{what}; {}", remedy(field)),
        ));
    }
}

/// What is better not left out, unless it is needed anyway.
pub(super) fn wanted(desk: &Desk, gateway: &Gateway, findings: &mut Vec<Finding>) {
    let label = literal(&gateway.label);
    for field in missing(desk, gateway.form(desk.mode()).wants.iter()) {
        if findings.iter().any(|finding| finding.field == Some(field)) {
            continue;
        }
        let (name, remedy) = (field.label(), remedy(field));
        let message = format!("{label} does better with a {name}; {remedy}");
        findings.push(Finding::warns(Some(field), message));
    }
}

/// Words that stand there though nobody sings.
pub(super) fn unsung_words(desk: &Desk, gateway: &Gateway, findings: &mut Vec<Finding>) {
    let instrumental = desk.choices().vocal == Vocal::None;
    if !instrumental || desk.mode() != Mode::Lyrics || is_blank(&desk.lyrics) {
        return;
    }
    let message = if gateway.dialect.is_built_in() {
        "Vocal is none: nobody sings these lyrics, they are left out"
    } else {
        "Vocal is none: nobody sings these lyrics, they go out as the prompt"
    };
    findings.push(Finding::warns(Some(Field::Vocal), message));
}

/// A model that somebody wrote by hand, or that the gateway has no more.
pub(super) fn known_model(gateway: &Gateway, model: &str, findings: &mut Vec<Finding>) {
    if !gateway.models.iter().any(|known| known == model) {
        let (model, label) = (literal(model), literal(&gateway.label));
        let message =
            format!("{model} is not among the models known of {label}; it may be refused");
        findings.push(Finding::warns(Some(Field::Model), message));
    }
}

/// The rows among `asked` that say nothing.
fn missing<'a>(
    desk: &Desk,
    asked: impl Iterator<Item = &'a Parameter>,
) -> impl Iterator<Item = Field> {
    let asked: Vec<_> = asked.copied().collect();
    Field::ALL.into_iter().filter(move |field| {
        field.parameter().is_some_and(|parameter| asked.contains(&parameter))
            && !is_set(desk, *field)
    })
}

fn is_set(desk: &Desk, field: Field) -> bool {
    match desk.field_text(field) {
        Some(text) if !is_blank(text) => true,
        // Without a title of its own a song is called by its first line.
        Some(_) if field == Field::Title => has_first_line(desk),
        Some(_) => false,
        None => field != Field::Vocal || desk.choices().vocal != Vocal::Auto,
    }
}

fn has_first_line(desk: &Desk) -> bool {
    let mut lyrics = desk.lyrics.lines().iter();
    lyrics.any(|line| matches!(Line::read(line), Line::Sung(_))) || !is_blank(&desk.description)
}

fn remedy(field: Field) -> &'static str {
    match field {
        Field::Title => "write one, or a first line of lyrics",
        Field::Style => "write one, such as synth-pop, warm",
        Field::Vocal => "choose one",
        _ => "write one",
    }
}

fn is_blank(text: &Text) -> bool {
    text.lines().iter().all(|line| line.trim().is_empty())
}
