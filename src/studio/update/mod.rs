//! What each event does. One file a topic; each is methods on [`Model`].

mod account;
mod act;
mod arrive;
mod ask;
mod blind;
mod choose;
mod decide;
mod fetch;
mod findings;
mod jobs;
mod keep;
mod leave;
mod listen;
mod loops;
mod media;
mod order;
mod outputs;
mod pair;
mod play;
mod point;
mod remarks;
mod restart;
mod seek;
mod send;
mod sound;
mod sure;
mod take_info;
mod typing;
mod watch;
mod windows;

use jiff::{SignedDuration, Timestamp};

use super::{Effect, Event, Model, Redraw, Sizes, Tone};

/// Long enough to have read a line.
const HEARD: SignedDuration = SignedDuration::from_secs(5);

/// Takes in one event; gives what must be done outside.
///
/// `now` never runs backwards for the model: a clock set back is taken as standing still.
pub fn update(model: &mut Model, event: Event, now: Timestamp) -> Vec<Effect> {
    if now > model.now {
        model.now = now;
        model.show_time();
    }
    model.let_go(&event);
    let stays = model.stays(&event);
    match event {
        // A key that means nothing else means this.
        Event::Unknown(_) if stays => model.say(Tone::Plain, "You stay; work goes on"),
        Event::Act(action) => model.act(action),
        Event::Type(c) => model.type_char(c),
        Event::Paste(text) => model.paste(&text),
        Event::Unknown(key) => model.unknown(&key),
        Event::Click { spot, drag } => model.click(spot, drag),
        Event::Wheel { over, rows } => model.wheel(over, rows),
        Event::Sized(sizes) => model.sized(sizes),
        Event::Tick => model.tick(),
        Event::Journal(reply) => model.journal(reply),
        Event::Job(id, news) => model.job_news(id, news),
        Event::Exchange(id, exchange) => model.exchanged(id, *exchange),
        Event::Hint(token) => model.hint(&token),
        Event::Balance(profile, result) => model.balance(profile, result),
        Event::Player(event) => model.player_news(event),
        Event::Media(wish) => model.wish(wish),
        Event::Terminate => model.terminate(),
        Event::Told(tone, text) => model.say(tone, text),
    }
    model.show_media();
    model.leave_if_ready();
    std::mem::take(&mut model.effects)
}

impl Model {
    fn sized(&mut self, sizes: Sizes) {
        self.sizes = sizes;
        let (cells, rows) = sizes.words;
        self.desk.lyrics.resize(cells, rows);
        self.desk.description.resize(cells, rows);
        self.queue.list.resize(sizes.queue, self.queue.len());
        self.takes.resize(sizes.takes);
        self.size_overlay();
        self.mark(Redraw::ALL);
    }

    fn tick(&mut self) {
        self.save_if_due();
        self.retry_if_due();
        self.give_up_if_due();
        self.ask_what_is_due();
        self.lapse_if_due();
    }

    /// What was said a while ago gives way when the user goes on.
    fn let_go(&mut self, event: &Event) {
        let goes_on =
            matches!(event, Event::Act(_) | Event::Type(_) | Event::Paste(_) | Event::Click { .. });
        let is_old = self.now.duration_since(self.notice.at) > HEARD;
        if goes_on && is_old && !self.notice.text.is_empty() {
            self.notice.text.clear();
            self.notice.tone = Tone::Plain;
            self.mark(Redraw::FOOTER);
        }
    }

    /// Time shows where work is going on, as often as a picture of it differs.
    fn show_time(&mut self) {
        let now = self.now.as_millisecond();
        let shown = Timestamp::from_millisecond(now - now.rem_euclid(self.step()));
        let before = std::mem::replace(&mut self.shown, shown.unwrap_or(self.now));
        if self.is_counting() && before != self.shown {
            self.mark(Redraw::QUEUE);
        }
    }
}
