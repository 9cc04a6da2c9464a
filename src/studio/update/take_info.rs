//! The window on a take.

use crate::song::TakeId;
use crate::studio::{Model, Overlay, Redraw, TakeDetail, Tone};

/// Said where a take that is still in the player is in no list.
pub(super) const NOT_COME: &str =
    "This take broke off and is not listed; its job in the queue says why";

impl Model {
    pub(super) fn show_take(&mut self) {
        if matches!(self.overlay, Some(Overlay::Take(_))) {
            return self.dismiss();
        }
        let Some(take) = self.take_at_hand() else {
            return self.say(Tone::Plain, "There is no take yet; {generate} makes two");
        };
        if self.is_hidden(take) {
            let text = "This would tell the names; {pick} picks what you hear, {blind} gives up";
            return self.say(Tone::Plain, text);
        }
        if self.takes.get(take).is_none() {
            return self.say(Tone::Plain, NOT_COME);
        }
        self.open_detail(take);
    }

    pub(super) fn open_detail(&mut self, id: TakeId) {
        if let Some(take) = self.takes.get(id).filter(|_| !self.is_hidden(id)) {
            let rows = self.rows_of(take);
            self.open(Overlay::Take(Box::new(TakeDetail::new(id, rows))));
        }
    }

    /// Something about a take changed: the window on it tells that.
    pub(super) fn tell_take(&mut self, id: TakeId) {
        if !matches!(&self.overlay, Some(Overlay::Take(detail)) if detail.take == id) {
            return;
        }
        let Some(rows) = self.takes.get(id).map(|take| self.rows_of(take)) else {
            return self.dismiss();
        };
        if let Some(Overlay::Take(detail)) = &mut self.overlay {
            detail.tell(rows);
            self.mark(Redraw::OVERLAY);
        }
    }

    /// Plays the take of the window from the selected moment.
    pub(super) fn play_moment(&mut self) {
        let Some(Overlay::Take(detail)) = &self.overlay else { return };
        match detail.selected().and_then(|row| Some((detail.take, row.at()?))) {
            Some((take, at)) => self.play_from(take, at),
            None => self.say(Tone::Plain, "There is no moment to play from yet; {note} makes one"),
        }
    }
}
