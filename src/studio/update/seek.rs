//! Moving the playhead: by seconds, tenths, sections, and to a line of the lyrics.

use std::time::Duration;

use crate::player::Command;
use crate::song::{Mode, Take, Timeline};
use crate::studio::{Model, Overlay, Pane, Tone, sung};

/// Who goes back sooner than this after the start of a section means the one before.
const JUST_BEGUN: Duration = Duration::from_secs(2);

impl Model {
    /// Whether something is in the player; says so where nothing is.
    pub(super) fn has_playhead(&mut self) -> bool {
        let has = self.playing().is_some();
        if !has {
            self.say(Tone::Plain, "Nothing is in the player");
        }
        has
    }

    pub(super) fn seek(&mut self, seconds: f32) {
        if self.has_playhead() {
            self.send(Command::SeekBy(seconds));
        }
    }

    pub(super) fn seek_tenth(&mut self, tenth: u32) {
        if !self.has_playhead() {
            return;
        }
        let status = &self.deck.status;
        let is_hidden = self.playing().is_some_and(|take| self.is_hidden(take));
        // A tenth of each would tell how long each is.
        let shorter = status.rival_total.filter(|_| is_hidden).or(status.total).min(status.total);
        match shorter {
            Some(total) => self.send(Command::SeekTo(total * tenth / 10)),
            None => self.say(Tone::Plain, "How long this take is, is not known yet"),
        }
    }

    /// To the start of the section after, or of this one and those before.
    pub(super) fn seek_section(&mut self, after: bool) {
        if !self.has_playhead() {
            return;
        }
        let position = self.deck.status.position;
        let sections = self.timeline_now().into_iter().flat_map(Timeline::sections);
        let starts: Vec<Duration> = sections.map(|section| section.at).collect();
        if starts.is_empty() {
            let text = if self.listening.blind.is_some() {
                "Not both takes tell their sections; {note} marks a moment"
            } else {
                "This take does not tell its sections; {note} marks a moment"
            };
            return self.say(Tone::Plain, text);
        }
        let found = if after {
            starts.into_iter().find(|at| *at > position)
        } else {
            let begun = |at: &Duration| *at + JUST_BEGUN <= position;
            Some(starts.into_iter().rfind(begun).unwrap_or_default())
        };
        match found {
            Some(at) => self.send(Command::SeekTo(at)),
            None => self.say(Tone::Plain, "This is the last section"),
        }
    }

    /// Why no line of the song on the desk can be played. Nobody is told to make what was made, or
    /// is being made: that costs.
    fn why_no_line(&self) -> &'static str {
        let song = self.desk.song;
        let is_here = self.takes.all().iter().any(|take| take.song == song);
        let is_coming = self.takes.listed().any(|take| take.song == song);
        if is_here {
            "No take of this song tells when its lines are sung"
        } else if is_coming {
            "A take tells when its lines are sung once all of it is here"
        } else if self.queue.open().any(|job| job.song == song) {
            "The takes of this song are not here yet; the queue tells how far they are"
        } else {
            "There is no take of this song yet; {generate} makes two"
        }
    }

    /// Plays from the line of the lyrics that has the cursor.
    pub(super) fn play_line(&mut self) {
        if matches!(self.overlay, Some(Overlay::Ask(_))) {
            return self.say(Tone::Plain, "{choose} keeps this line first; {dismiss} drops it");
        }
        if self.focus != Pane::Lyrics || self.desk.mode() != Mode::Lyrics {
            return self.say(Tone::Plain, "Go to a line of the lyrics first");
        }
        let is_compared = self.playing().is_some_and(|take| self.is_hidden(take));
        if is_compared && self.timeline_now().is_none_or(Timeline::is_empty) {
            let text = "Not both takes tell when their lines are sung; {blind} shows their names";
            return self.say(Tone::Plain, text);
        }
        let song = self.desk.song;
        let tells = |take: &&Take| take.song == song && !take.timeline.is_empty();
        let take = self.heard().filter(tells);
        let take = take.or_else(|| self.takes.selected().filter(tells));
        let Some(take) = take.or_else(|| self.takes.all().iter().find(tells)) else {
            return self.say(Tone::Plain, self.why_no_line());
        };
        let (lyrics, line) = (self.desk.lyrics.lines(), self.desk.lyrics.cursor().line);
        let is_blank = lyrics.get(line).is_none_or(|line| line.trim().is_empty());
        match sung::moment_of(&take.timeline, lyrics, line).map(|moment| (take.id, moment.at)) {
            Some((take, at)) => self.play_from(take, at),
            None if is_blank => self.say(Tone::Plain, "Put the cursor on a line that is sung"),
            None => self.say(Tone::Plain, "The take does not sing this line as it stands here"),
        }
    }
}
