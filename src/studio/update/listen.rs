//! Choosing between two takes: back and forth, in parts, without names, and what is thought of
//! them.

use crate::player::Command;
use crate::studio::Model;

impl Model {
    /// The other of the pair is heard, at the same place.
    pub(super) fn switch_take(&mut self) {
        self.send(Command::Switch);
    }

    pub(super) fn seek_section(&mut self, _by: isize) {}
    pub(super) fn seek_tenth(&mut self, _tenth: u8) {}
    pub(super) fn play_line(&mut self) {}
    pub(super) fn loop_start(&mut self) {}
    pub(super) fn loop_end(&mut self) {}
    pub(super) fn loop_clear(&mut self) {}
    pub(super) fn next_repeat(&mut self) {}
    pub(super) fn play_pair(&mut self) {}
    pub(super) fn mute(&mut self) {}
    pub(super) fn match_loudness(&mut self) {}
    pub(super) fn next_pictures(&mut self) {}
    pub(super) fn ask_outputs(&mut self) {}
    pub(super) fn blind(&mut self) {}
    pub(super) fn pick(&mut self) {}
    pub(super) fn note(&mut self) {}
    pub(super) fn show_take(&mut self) {}
}
