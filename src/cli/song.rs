//! From what a command was told to a song that can be sent, or to why it cannot.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use anyhow::{Context as _, Result, anyhow, bail};

use super::args::Args;
use super::{advice, exit, say};
use crate::config::{self, Config};
use crate::gateway::{Gateway, Parameter};
use crate::song::{
    Draft, Failure, FailureClass, Mode, Params, SongId, Vocal, clean_line, clean_text,
};
use crate::studio::{Gravity, Model};

/// Lyrics larger than this are not lyrics.
const LARGEST: u64 = 1024 * 1024;

/// What to do where nothing was sent.
const UNSENT: &str = "Nothing was sent; change the song and try again";

/// Nothing is sent, and this is why.
#[derive(Debug, thiserror::Error)]
#[error("{}", .failure.message)]
pub(super) struct Refusal {
    /// How the command ends.
    pub(super) code: u8,
    pub(super) failure: Failure,
}

impl Refusal {
    pub(super) fn usage(message: impl Into<String>, advice: impl Into<String>) -> Self {
        let failure = Failure::new(FailureClass::Invalid, message, advice);
        Self { code: exit::USAGE, failure }
    }

    fn song(message: impl Into<String>, advice: &str) -> Self {
        let failure = Failure::new(FailureClass::Invalid, message, advice);
        Self { code: exit::of_class(FailureClass::Invalid), failure }
    }
}

/// The profile that a command names, or the configuration's own.
pub(super) fn profile<'a>(
    name: Option<&str>,
    config: &'a Config,
) -> Result<&'a config::Profile, Refusal> {
    let name = name.unwrap_or(&config.profile);
    config.profile(name).ok_or_else(|| {
        let names: Vec<_> = config.profiles.iter().map(|profile| profile.name.as_str()).collect();
        let what = format!("there is no profile {name:?}");
        Refusal::usage(what, format!("The configuration has: {}", names.join(", ")))
    })
}

/// The song that a command asks for, without a number yet.
pub(super) fn draft(args: &Args, profile: &str) -> Result<Draft> {
    let lyrics = args.lyrics.as_deref().map(read).transpose()?;
    let is_instrumental = args.instrumental;
    if let (Some(lyrics), Some(path)) = (&lyrics, &args.lyrics)
        && lyrics.trim().is_empty()
        && !is_instrumental
    {
        bail!(Refusal::song(
            format!("there is nothing to sing in {}", path.display()),
            "Write some lyrics, or leave out --lyrics for an instrumental",
        ));
    }
    let is_wordless = lyrics.is_none() && args.describe.is_none();
    if is_wordless && args.vocal.is_some() {
        let what = "--vocal says who sings, but there are no words";
        bail!(Refusal::usage(what, "Give them with --lyrics or --describe, or leave out --vocal"));
    }
    if is_wordless && !is_instrumental {
        let what = "no words were given, so an instrumental is made; --instrumental says so";
        say::tell(format_args!("refrain: {what}"));
    }
    let line = |text: &Option<String>| text.as_deref().map(clean_line).unwrap_or_default();
    let usual = Params::default();
    let params = Params {
        profile: profile.to_owned(),
        model: line(&args.model),
        mode: if args.describe.is_some() { Mode::Describe } else { Mode::Lyrics },
        title: line(&args.title),
        style: line(&args.style),
        avoid: line(&args.negative),
        vocal: if is_wordless || is_instrumental {
            Vocal::None
        } else {
            args.vocal.unwrap_or_default()
        },
        persona: line(&args.persona),
        style_weight: args.style_weight.unwrap_or(usual.style_weight),
        weirdness: args.weirdness.unwrap_or(usual.weirdness),
        audio_weight: args.audio_weight.unwrap_or(usual.audio_weight),
    };
    Ok(Draft {
        lyrics: lyrics.as_deref().map(clean_text).unwrap_or_default(),
        description: args.describe.as_deref().map(clean_text).unwrap_or_default(),
        params,
        ..Draft::new(SongId::default())
    })
}

/// Tells what is odd about the song on the desk. It goes on all the same: nobody is there to ask.
///
/// # Errors
/// What keeps the song from leaving, all of it.
pub(super) fn check(args: &Args, model: &Model) -> Result<(), Refusal> {
    let Some(profile) = model.profile() else { return Ok(()) };
    let messages = |gravity: Gravity| {
        let found = model.findings.iter().filter(move |finding| finding.gravity == gravity);
        found.map(|finding| advice::fill(&finding.message, "refrain resume"))
    };
    let blocking: Vec<String> = messages(Gravity::Blocks).collect();
    if !blocking.is_empty() {
        return Err(Refusal::song(blocking.join("; "), UNSENT));
    }
    let ignored = ignored(args, model.desk.mode(), &profile.offer);
    for warning in ignored.into_iter().chain(messages(Gravity::Warns)) {
        say::tell(format_args!("refrain: {warning}"));
    }
    Ok(())
}

/// What was said and will not be heard.
fn ignored(args: &Args, mode: Mode, gateway: &Gateway) -> Vec<String> {
    let is_said = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    let said = [
        ("--title", Parameter::Title, is_said(&args.title)),
        ("--style", Parameter::Style, is_said(&args.style)),
        ("--negative", Parameter::Avoid, is_said(&args.negative)),
        ("--vocal", Parameter::Vocal, args.vocal.is_some()),
        ("--persona", Parameter::Persona, is_said(&args.persona)),
        ("--style-weight", Parameter::StyleWeight, args.style_weight.is_some()),
        ("--weirdness", Parameter::Weirdness, args.weirdness.is_some()),
        ("--audio-weight", Parameter::AudioWeight, args.audio_weight.is_some()),
    ];
    let lost = said.iter().filter(|(_, parameter, said)| *said && !gateway.takes(*parameter, mode));
    lost.map(|(flag, parameter, _)| {
        let when = match mode {
            Mode::Lyrics => "",
            Mode::Describe => " with a description",
        };
        let rest = match parameter {
            Parameter::Title => "it only names the song here",
            _ => "it is left out",
        };
        format!("{} takes no {flag}{when}; {rest}", gateway.label)
    })
    .collect()
}

fn read(path: &Path) -> Result<String> {
    let is_standard = path == Path::new("-");
    let name = if is_standard { "standard input".into() } else { path.display().to_string() };
    let mut bytes = Vec::new();
    let read = if is_standard {
        io::stdin().take(LARGEST + 1).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
    };
    read.with_context(|| format!("the lyrics in {name} cannot be read"))?;
    if bytes.len() as u64 > LARGEST {
        bail!("the lyrics in {name} are larger than 1 MiB\n  Give a text file with one song");
    }
    String::from_utf8(bytes).map_err(|_| {
        anyhow!("the lyrics in {name} are not text in UTF-8\n  Save them as plain text in UTF-8")
    })
}
