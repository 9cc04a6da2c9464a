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
        if !later.tracks.is_empty() {
            self.tracks = later.tracks;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
