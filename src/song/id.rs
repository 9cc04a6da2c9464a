//! Names for songs, jobs and takes: small numbers that a person can type.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A song in the library, counted from 1.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct SongId(pub u64);

/// One paid or free action at a gateway, counted from 1.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct JobId(pub u64);

/// One of the takes that a job brings: `12a`, `12b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TakeId {
    /// The job that made it.
    pub job: JobId,
    /// Which of its takes.
    pub label: Label,
}

/// A take's letter: A is the first that the gateway named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "char", into = "char")]
pub struct Label(u8);

impl Label {
    /// The first take.
    pub const A: Self = Self(0);
    /// The second take.
    pub const B: Self = Self(1);

    /// The label of the take at `index`; a gateway that sends more than 26 is cut there.
    pub fn nth(index: usize) -> Self {
        Self(index.min(25) as u8)
    }

    /// 0 for A, 1 for B.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// `'A'` to `'Z'`.
    pub fn letter(self) -> char {
        char::from(b'A' + self.0)
    }
}

impl From<Label> for char {
    fn from(label: Label) -> Self {
        label.letter()
    }
}

impl TryFrom<char> for Label {
    type Error = String;

    fn try_from(letter: char) -> Result<Self, Self::Error> {
        match letter.to_ascii_uppercase() {
            letter @ 'A'..='Z' => Ok(Self(letter as u8 - b'A')),
            other => Err(format!("a take is named by a letter, not {other:?}")),
        }
    }
}

impl fmt::Display for SongId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.letter().fmt(f)
    }
}

impl fmt::Display for TakeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.job, self.label.letter().to_ascii_lowercase())
    }
}

impl FromStr for TakeId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("{text:?} is not a take; a take looks like 12a");
        let letter = text.chars().next_back().ok_or_else(wrong)?;
        let number = &text[..text.len() - letter.len_utf8()];
        let job = number.parse().map(JobId).map_err(|_| wrong())?;
        Ok(Self { job, label: Label::try_from(letter)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_take_is_written_and_read_the_same_way() {
        let take = TakeId { job: JobId(12), label: Label::B };
        assert_eq!(take.to_string(), "12b");
        assert_eq!("12b".parse(), Ok(take));
        assert_eq!("12B".parse(), Ok(take));
        for wrong in ["", "a", "12", "12é", "x1a"] {
            assert!(wrong.parse::<TakeId>().is_err(), "{wrong:?}");
        }
    }
}
