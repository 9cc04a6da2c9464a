//! One rule of a script, as it is written and as it is meant.

use std::time::Duration;

use serde::Deserialize;

use crate::sandbox::Dialect;
use crate::sandbox::tasks::Failure;

/// What can go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::sandbox) enum On {
    /// A task is ordered.
    Create,
    /// A task is asked for.
    Poll,
    /// A take is fetched.
    Audio,
    /// A cover is fetched.
    Cover,
    /// A balance is asked for.
    Balance,
    /// A result is sent.
    Callback,
}

/// How it goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::sandbox) enum Fault {
    Status { status: u16, retry_after: Option<u64>, body: Option<String>, kind: Option<String> },
    DropBefore,
    DropAfter,
    Stall,
    Delay,
    Slow { rate: u64 },
    Truncate,
    Short,
    LyingLength,
    Garbage,
    Html,
    Huge,
    Redirect { to: String },
    NullData,
    ControlCharacters,
    UnknownState,
    BadResultJson,
    Takes { count: usize },
    RelativeUrl,
    FileUrl,
    Fail(Failure),
    NeverEnds,
    AudioGone,
}

/// A fault, and when it comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::sandbox) struct Strike {
    pub(in crate::sandbox) fault: Fault,
    /// Its name in the script.
    pub(in crate::sandbox) name: &'static str,
    pub(in crate::sandbox) delay: Duration,
    /// Whether the work is done although its answer is replaced.
    work: bool,
}

impl Strike {
    /// Whether nothing is done: the fault stands in front of the gateway.
    pub(in crate::sandbox) fn is_in_front(&self) -> bool {
        let replaces = matches!(
            self.fault,
            Fault::Status { .. }
                | Fault::Stall
                | Fault::Garbage
                | Fault::Html
                | Fault::Huge
                | Fault::Redirect { .. }
                | Fault::AudioGone
        );
        self.fault == Fault::DropBefore || (replaces && !self.work)
    }
}

impl Strike {
    /// Whether the caller hears what became of his request; `done` is whether anything did.
    pub(in crate::sandbox) fn tells(&self, done: bool) -> bool {
        match self.fault {
            Fault::Status { .. } => !done,
            Fault::DropBefore
            | Fault::DropAfter
            | Fault::Stall
            | Fault::Truncate
            | Fault::Short
            | Fault::LyingLength
            | Fault::Garbage
            | Fault::Html
            | Fault::Huge
            | Fault::Redirect { .. }
            | Fault::NullData => false,
            _ => true,
        }
    }
}

impl Fault {
    /// The status that the caller sees in place of `real`, if he sees one.
    pub(in crate::sandbox) fn status(&self, real: u16) -> Option<u16> {
        match self {
            Self::Status { status, .. } => Some(*status),
            Self::DropBefore | Self::DropAfter | Self::Stall => None,
            Self::Html | Self::Huge => Some(200),
            Self::Redirect { .. } => Some(302),
            Self::AudioGone => Some(404),
            _ => Some(real),
        }
    }
}

/// How a rule names a task.
#[derive(Debug)]
pub(super) enum TaskName {
    Number(u64),
    Id(String),
}

/// A rule.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Written")]
pub(super) struct Rule {
    pub(super) on: On,
    pub(super) dialect: Option<Dialect>,
    pub(super) task: Option<TaskName>,
    pub(super) nth: Option<u64>,
    pub(super) times: Option<u64>,
    pub(super) after: u64,
    pub(super) every: u64,
    pub(super) chance: Option<f64>,
    pub(super) strike: Strike,
}

/// A rule as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    on: On,
    dialect: Option<Dialect>,
    task: Option<toml::Value>,
    nth: Option<u64>,
    times: Option<u64>,
    after: Option<u64>,
    every: Option<u64>,
    chance: Option<f64>,
    delay: Option<String>,
    work: Option<bool>,
    #[serde(rename = "do")]
    fault: String,
    status: Option<u16>,
    retry_after: Option<u64>,
    body: Option<String>,
    content_type: Option<String>,
    rate: Option<u64>,
    to: Option<String>,
    code: Option<String>,
    message: Option<String>,
}

const ANSWERS: &[On] = &[On::Create, On::Poll, On::Audio, On::Cover, On::Balance];
const ALL: &[On] = &[On::Create, On::Poll, On::Audio, On::Cover, On::Balance, On::Callback];
const JSON: &[On] = &[On::Create, On::Poll, On::Balance];
const POLL: &[On] = &[On::Poll];
const TASK: &[On] = &[On::Create, On::Poll];

/// The faults: their names, and what they can happen to.
const NAMES: &[(&str, &[On])] = &[
    ("status", ANSWERS),
    ("drop_before", ALL),
    ("drop_after", JSON),
    ("stall", ANSWERS),
    ("delay", ALL),
    ("slow", ANSWERS),
    ("truncate", ANSWERS),
    ("short", ANSWERS),
    ("lying_length", ANSWERS),
    ("garbage", ALL),
    ("html", ANSWERS),
    ("huge", ANSWERS),
    ("redirect", ANSWERS),
    ("null_data", &[On::Create, On::Poll, On::Balance, On::Callback]),
    ("control_characters", &[On::Create, On::Poll, On::Callback]),
    ("unknown_state", POLL),
    ("bad_result_json", POLL),
    ("zero_tracks", POLL),
    ("one_take", TASK),
    ("three_takes", TASK),
    ("relative_url", POLL),
    ("file_url", POLL),
    ("fail", TASK),
    ("never_ends", &[On::Create]),
    ("audio_gone", &[On::Audio, On::Cover]),
];

impl TryFrom<Written> for Rule {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let Some((name, allowed)) = NAMES.iter().find(|(name, _)| *name == written.fault) else {
            let names: Vec<_> = NAMES.iter().map(|(name, _)| *name).collect();
            return Err(format!("do = {:?} is none of {}", written.fault, names.join(", ")));
        };
        if !allowed.contains(&written.on) {
            let allowed: Vec<_> =
                allowed.iter().map(|on| format!("{on:?}").to_lowercase()).collect();
            return Err(format!("{name} can be on {} only", allowed.join(", ")));
        }
        if written.nth == Some(0) || written.every == Some(0) {
            return Err("nth and every count from 1".into());
        }
        if written.chance.is_some_and(|chance| !(0.0..=1.0).contains(&chance)) {
            return Err("chance is from 0.0 to 1.0".into());
        }
        let task = match &written.task {
            None => None,
            Some(toml::Value::String(id)) => Some(TaskName::Id(id.clone())),
            Some(toml::Value::Integer(number)) if *number > 0 => {
                Some(TaskName::Number(number.unsigned_abs()))
            }
            Some(_) => return Err("task is a task's id, or its number from 1".into()),
        };
        if task.is_some() && matches!(written.on, On::Create | On::Balance) {
            return Err("there is no task yet to match; use nth, after, every or times".into());
        }
        let delay = written.delay.as_deref().map(seconds).transpose()?;
        if *name == "delay" && delay.is_none() {
            return Err("delay = \"2s\" is missing".into());
        }
        let fault = written.fault(name)?;
        Ok(Self {
            on: written.on,
            dialect: written.dialect,
            task,
            nth: written.nth,
            times: written.times,
            after: written.after.unwrap_or(0),
            every: written.every.unwrap_or(1),
            chance: written.chance,
            strike: Strike {
                fault,
                name,
                delay: delay.unwrap_or_default(),
                work: written.work.unwrap_or(false),
            },
        })
    }
}

impl Written {
    fn fault(&self, name: &str) -> Result<Fault, String> {
        for (field, is_there, of) in [
            ("status", self.status.is_some(), &["status"][..]),
            ("retry_after", self.retry_after.is_some(), &["status"]),
            ("body", self.body.is_some(), &["status"]),
            ("content_type", self.content_type.is_some(), &["status"]),
            ("rate", self.rate.is_some(), &["slow"]),
            ("to", self.to.is_some(), &["redirect"]),
            ("code", self.code.is_some(), &["fail"]),
            ("message", self.message.is_some(), &["fail"]),
        ] {
            if is_there && !of.contains(&name) {
                return Err(format!("{field} goes with do = {:?}, not with {name:?}", of[0]));
            }
        }
        let missing = |field: &str| format!("do = {name:?} needs {field}");
        Ok(match name {
            "status" => Fault::Status {
                status: self
                    .status
                    .filter(|status| (200..600).contains(status))
                    .ok_or_else(|| missing("status, from 200 to 599"))?,
                retry_after: self.retry_after,
                body: self.body.clone(),
                kind: self.content_type.clone(),
            },
            "drop_before" => Fault::DropBefore,
            "drop_after" => Fault::DropAfter,
            "stall" => Fault::Stall,
            "slow" => Fault::Slow {
                rate: self.rate.filter(|rate| *rate > 0).ok_or_else(|| missing("rate, above 0"))?,
            },
            "truncate" => Fault::Truncate,
            "short" => Fault::Short,
            "lying_length" => Fault::LyingLength,
            "garbage" => Fault::Garbage,
            "html" => Fault::Html,
            "huge" => Fault::Huge,
            "redirect" => Fault::Redirect { to: self.to.clone().ok_or_else(|| missing("to"))? },
            "null_data" => Fault::NullData,
            "control_characters" => Fault::ControlCharacters,
            "unknown_state" => Fault::UnknownState,
            "bad_result_json" => Fault::BadResultJson,
            "zero_tracks" => Fault::Takes { count: 0 },
            "one_take" => Fault::Takes { count: 1 },
            "three_takes" => Fault::Takes { count: 3 },
            "relative_url" => Fault::RelativeUrl,
            "file_url" => Fault::FileUrl,
            "fail" => Fault::Fail(Failure {
                code: self.code.clone().unwrap_or_else(|| "PromptInvalid".into()),
                message: self
                    .message
                    .clone()
                    .unwrap_or_else(|| "Prompt is invalid or rejected by provider".into()),
            }),
            "never_ends" => Fault::NeverEnds,
            "audio_gone" => Fault::AudioGone,
            _ => Fault::Delay,
        })
    }
}

/// `2s`, `1.5s` or `200ms`.
fn seconds(text: &str) -> Result<Duration, String> {
    let wrong = || format!("delay = {text:?} is not a time such as \"2s\" or \"200ms\"");
    let (number, unit) = match text.strip_suffix("ms") {
        Some(number) => (number, 0.001),
        None => (text.strip_suffix('s').ok_or_else(wrong)?, 1.0),
    };
    let number: f64 = number.trim().parse().map_err(|_| wrong())?;
    Duration::try_from_secs_f64(number * unit).map_err(|_| wrong())
}
