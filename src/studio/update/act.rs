//! What each action does.

use crate::library::Record;
use crate::song::{Cursor, Draft, Mode, SongId};
use crate::studio::pending::{Errand, Ticket};
use crate::studio::{Action, Model, Overlay, Pane, Picker, Redraw, Tone};

/// The form that [`Action::Template`] puts on an empty page.
const TEMPLATE: &str = "[Verse 1]\n\n\n\n\n[Chorus]\n\n\n\n\n[Verse 2]\n\n\n\n\n[Chorus]\n";

impl Model {
    pub(super) fn act(&mut self, action: Action) {
        // What is asked for from a window is done behind it.
        if self.overlay.is_some() && !action.spares_windows() {
            let was_opened_by = match &self.overlay {
                Some(Overlay::Help(_)) => Some(Action::Help),
                Some(Overlay::Pick(picker)) => Some(picker.opened_by),
                _ => None,
            };
            self.keep_asked();
            self.dismiss();
            if was_opened_by == Some(action) {
                return;
            }
        }
        match action {
            Action::Generate => self.generate(),
            Action::Quit => self.quit(),
            Action::QuitAnyway => self.quit_anyway(),
            Action::Save => self.save_by_hand(),
            Action::Redraw => self.mark(Redraw::REPAINT),

            Action::NextPane => self.focus(self.focus.moved(1)),
            Action::PreviousPane => self.focus(self.focus.moved(-1)),
            Action::GoLyrics => self.focus(Pane::Lyrics),
            Action::GoSong => self.focus(Pane::Song),
            Action::GoQueue => self.focus(Pane::Queue),
            Action::GoTakes => self.focus(Pane::Takes),

            Action::NextProfile => self.next_profile(),
            Action::SwitchMode => self.switch_mode(),
            Action::Template => self.template(),
            Action::NewSong => self.new_song(),
            Action::OpenSong => self.open(Overlay::Pick(Picker::songs(&self.songs))),
            Action::Palette => self.open(Overlay::Pick(Picker::actions())),
            Action::Help => self.open(Overlay::Help(crate::studio::List::default())),

            Action::FieldUp => self.step_field(-1),
            Action::FieldDown => self.step_field(1),
            Action::Less => self.adjust(-1, 5),
            Action::More => self.adjust(1, 5),
            Action::FineLess => self.adjust(-1, 1),
            Action::FineMore => self.adjust(1, 1),

            Action::RowUp => self.step_row(-1),
            Action::RowDown => self.step_row(1),
            Action::RowsUp => self.step_row(-self.page()),
            Action::RowsDown => self.step_row(self.page()),
            Action::FirstRow => self.step_row(isize::MIN),
            Action::LastRow => self.step_row(isize::MAX),
            Action::JobDetail => self.show_job(),
            Action::CancelJob => self.cancel_job(),
            Action::RetryJob => self.retry_job(),
            Action::CheckBalance => self.check_balance(),
            Action::WriteStory => self.write_story(),

            Action::Dismiss => self.escape(),
            Action::Choose => self.choose(),
            Action::ChoiceUp => self.step_choice(-1),
            Action::ChoiceDown => self.step_choice(1),
            Action::ChoicePageUp => self.step_choice(-self.overlay_page()),
            Action::ChoicePageDown => self.step_choice(self.overlay_page()),
            Action::Erase => self.erase(),

            _ => self.write(action),
        }
    }

    pub(super) fn focus(&mut self, pane: Pane) {
        if self.focus != pane {
            self.focus = pane;
            // Both borders change; on a small screen the whole pane does.
            self.mark(Redraw::ALL);
        }
    }

    fn switch_mode(&mut self) {
        let mode = match self.desk.mode() {
            Mode::Lyrics => Mode::Describe,
            Mode::Describe => Mode::Lyrics,
        };
        self.desk.choices_mut().mode = mode;
        self.touched();
        self.mark(Redraw::WORDS | Redraw::SONG | Redraw::HEADER);
        self.say(
            Tone::Plain,
            match mode {
                Mode::Lyrics => "Your own lyrics are sung as they stand",
                Mode::Describe => {
                    "Describe the song; your lyrics are kept for when you switch back"
                }
            },
        );
    }

    fn template(&mut self) {
        if self.desk.mode() == Mode::Describe {
            self.say(
                Tone::Plain,
                "The template is a form for lyrics; switch to them with {switch-mode}",
            );
        } else if self.desk.lyrics.is_empty() {
            // An empty page has room for it.
            let _ = self.desk.lyrics.paste(TEMPLATE);
            self.desk.lyrics.go_to(Cursor { line: 1, column: 0 });
            self.focus(Pane::Lyrics);
            self.touched();
            self.mark(Redraw::WORDS);
        } else {
            self.say(Tone::Plain, "The template fills an empty page; this one has words on it");
        }
    }

    fn new_song(&mut self) {
        if self.desk.draft().is_blank() {
            self.say(Tone::Plain, "This song is still empty: it is the new one");
            self.focus(Pane::Lyrics);
            return;
        }
        self.when_saved(Errand::New);
    }

    pub(super) fn put_new(&mut self) {
        let song = self.next_song;
        self.next_song = SongId(song.0 + 1);
        self.put_on_desk(&Draft::new(song));
        self.touched();
        self.save_now();
        self.record(Ticket::Other, Record::OnDesk(song));
        self.say(Tone::Plain, "A new song; the one before is kept ({open-song} opens it)");
    }

    pub(super) fn put_on_desk(&mut self, draft: &Draft) {
        self.desk = crate::studio::Desk::new(draft);
        let (cells, rows) = self.sizes.words;
        self.desk.lyrics.resize(cells, rows);
        self.desk.description.resize(cells, rows);
        self.focus = Pane::Lyrics;
        self.look_over();
        self.mark(Redraw::ALL);
    }

    /// Puts another song on the desk; the one there now is written first.
    pub(super) fn open_song(&mut self, song: SongId) {
        if song == self.desk.song {
            self.say(Tone::Plain, "This song is on the desk already");
        } else {
            self.when_saved(Errand::Open(song));
        }
    }
}
