//! What a gateway says about a job: its names for it, what it cost, where the takes are.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A recording at the gateway.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Track {
    /// Where the recording is; http or https.
    pub audio: String,
    /// Where its cover is.
    pub cover: Option<String>,
    /// The gateway's own name for it.
    pub id: Option<String>,
    /// The gateway's title for it.
    pub title: Option<String>,
    /// How long the gateway says it plays, in seconds.
    pub seconds: Option<f64>,
    /// The model that the gateway says made it.
    pub model: Option<String>,
    /// The style that the gateway says it has.
    pub tags: Option<String>,
}

/// What the gateway has said so far. Later answers add to it and never take away.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Receipt {
    /// The gateway's name for the task; without it nothing can be asked about it.
    pub task: Option<String>,
    /// Names for the gateway's support, the oldest first.
    pub request_ids: Vec<String>,
    /// The model that the gateway says it uses.
    pub model: Option<String>,
    /// What it cost, in the gateway's credits.
    pub credits_used: Option<f64>,
    /// What was left on the account after that.
    pub credits_left: Option<f64>,
    /// What came back after a failure.
    pub credits_refunded: Option<f64>,
    /// The words that were sung, where the gateway tells.
    pub lyrics: Option<String>,
    /// When the gateway began, by its own clock.
    pub created: Option<Timestamp>,
    /// When the gateway was done, by its own clock.
    pub completed: Option<Timestamp>,
    /// The finished recordings, A first.
    pub tracks: Vec<Track>,
}

impl Receipt {
    /// More than these are a gateway gone wild.
    const REQUEST_IDS: usize = 16;

    /// Adds what a later answer says.
    pub fn add(&mut self, later: Self) {
        fn put<T>(known: &mut Option<T>, said: Option<T>) {
            if said.is_some() {
                *known = said;
            }
        }
        // A task keeps the name that it was given first.
        if self.task.is_none() {
            self.task = later.task;
        }
        for id in later.request_ids {
            if !self.request_ids.contains(&id) && self.request_ids.len() < Self::REQUEST_IDS {
                self.request_ids.push(id);
            }
        }
        put(&mut self.model, later.model);
        put(&mut self.credits_used, later.credits_used);
        put(&mut self.credits_left, later.credits_left);
        put(&mut self.credits_refunded, later.credits_refunded);
        put(&mut self.lyrics, later.lyrics);
        put(&mut self.created, later.created);
        put(&mut self.completed, later.completed);
        for (index, track) in later.tracks.into_iter().enumerate() {
            match self.place(&track, index) {
                Some(place) => self.tracks[place] = track,
                None => self.tracks.push(track),
            }
        }
    }

    /// Where a track stands already: a take keeps its letter, in whatever order it is told.
    fn place(&self, track: &Track, index: usize) -> Option<usize> {
        let is_it = |known: &Track| known.id.is_some() && known.id == track.id;
        let nameless = |known: &Track| known.id.is_none() || track.id.is_none();
        let by_place = || self.tracks.get(index).filter(|known| nameless(known)).map(|_| index);
        self.tracks.iter().position(is_it).or_else(by_place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_take_keeps_its_letter_in_whatever_order_it_is_told() {
        let track = |id: Option<&str>, audio: &str| Track {
            id: id.map(str::to_owned),
            audio: audio.into(),
            ..Track::default()
        };
        let told = |receipt: &Receipt| {
            receipt.tracks.iter().map(|track| track.audio.clone()).collect::<Vec<_>>()
        };
        let mut receipt = Receipt {
            tracks: vec![track(Some("a"), "1"), track(Some("b"), "2")],
            ..Receipt::default()
        };
        let later = vec![track(Some("b"), "2'"), track(Some("c"), "3"), track(Some("a"), "1'")];
        receipt.add(Receipt { tracks: later, ..Receipt::default() });
        assert_eq!(told(&receipt), ["1'", "2'", "3"]);
        receipt.add(Receipt { tracks: vec![track(None, "1''")], ..Receipt::default() });
        assert_eq!(told(&receipt), ["1''", "2'", "3"]);
    }

    #[test]
    fn a_later_answer_adds_and_never_takes_away() {
        let mut receipt = Receipt {
            task: Some("t1".into()),
            request_ids: vec!["r1".into()],
            credits_used: Some(12.0),
            ..Receipt::default()
        };
        receipt.add(Receipt {
            task: Some("t2".into()),
            request_ids: vec!["r1".into(), "r2".into()],
            credits_refunded: Some(12.0),
            ..Receipt::default()
        });
        assert_eq!(receipt.task.as_deref(), Some("t1"));
        assert_eq!(receipt.request_ids, ["r1", "r2"]);
        assert_eq!((receipt.credits_used, receipt.credits_refunded), (Some(12.0), Some(12.0)));
    }
}
