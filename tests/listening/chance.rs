//! Any keys and any news in any order: nothing panics, what is on its way is never taken for a
//! take, and no name is told while names are hidden.

use refrain::library::{Record, Reply};
use refrain::player::{Event as Told, State, Status, Stretch};
use refrain::song::{FailureClass, JobId, JobState, Label, Lufs, TakeId};
use refrain::studio::{Action, Effect, Event, JobNews, Model, Row, Sizes, TABLE, update};

use crate::room::{Room, s, status, two};
use crate::stage::Stage;
use crate::stage::gateway::{complete, failure, job, not_fetched, with_task};

struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        // xorshift64*
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % below
    }
}

const STATES: [State; 6] =
    [State::Stopped, State::Loading, State::Playing, State::Buffering, State::Paused, State::Ended];

/// A take that the player may have; in a comparison it has one of the pair.
fn some_take(model: &Model, dice: &mut Dice) -> TakeId {
    let job = match model.listening.blind {
        Some(blind) => blind.job,
        None => JobId(1 + dice.roll(3) as u64),
    };
    TakeId { job, label: Label::nth(dice.roll(2)) }
}

fn sound(model: &Model, dice: &mut Dice) -> Told {
    let take = some_take(model, dice);
    match dice.roll(12) {
        0..=6 => {
            let state = STATES[dice.roll(STATES.len())];
            let at = s(dice.roll(75) as u64);
            let mut status = status(take, state, at);
            match dice.roll(6) {
                0 => (status.rival, status.rival_total) = (None, None),
                1 => (status.total, status.rival_total) = (None, None),
                2 => status.looped = Some(Stretch { from: s(3), to: s(20) }),
                3 if model.listening.blind.is_none() => status = Status::default(),
                _ => {}
            }
            Told::Status(status)
        }
        7 => Told::Growing { take, ready: s(3), peaks: vec![9; 4] },
        8 => Told::Measured { take, duration: s(60), loudness: Lufs::new(-12.0), peaks: vec![1] },
        9 => Told::Flawed { take, what: format!("{take} is short"), advice: "Wait".into() },
        10 if model.listening.blind.is_none() => {
            Told::Failed { take, what: format!("{take} is no sound"), advice: "Wait".into() }
        }
        _ => Told::Outputs(vec!["Phones".into()]),
    }
}

fn news(model: &Model, dice: &mut Dice) -> Event {
    let id = JobId(1 + dice.roll(3) as u64);
    let label = Label::nth(dice.roll(2));
    let news = match dice.roll(6) {
        0 | 1 => JobNews::Arriving(label),
        2 => {
            let job = model.queue.get(id).unwrap();
            JobNews::Fetched(Box::new(two(job).remove(label.index())))
        }
        3 => complete("x"),
        4 => not_fetched([FailureClass::Busy, FailureClass::Gone][dice.roll(2)]),
        _ => JobNews::Failed(failure(FailureClass::Task)),
    };
    Event::Job(id, news)
}

fn key(model: &Model, dice: &mut Dice) -> Event {
    let scopes = model.scopes();
    let heard: Vec<_> = TABLE.iter().filter(|entry| scopes.contains(&entry.scope)).collect();
    let action = heard[dice.roll(heard.len())].action;
    match action {
        Action::Quit | Action::QuitAnyway | Action::GoQueue => Event::Act(Action::GoTakes),
        _ => Event::Act(action),
    }
}

/// The journal takes everything; what is fetched and kept is looked at.
fn perform(model: &mut Model, effects: Vec<Effect>) {
    let is_on_its_way = |model: &Model, id| model.takes.is_arriving(id);
    for effect in effects {
        match effect {
            Effect::Fetch { kept, .. } => {
                assert!(kept.iter().all(|take| !is_on_its_way(model, take.id)), "{kept:?}");
            }
            Effect::Record { ticket, record } => {
                if let Record::Takes { takes, .. } = &*record {
                    assert!(takes.iter().all(|take| !is_on_its_way(model, take.id)), "{takes:?}");
                    let empty = std::path::Path::new("");
                    assert!(takes.iter().all(|take| take.audio != empty), "{takes:?}");
                }
                let reply = Reply::Written { ticket, result: Ok(()) };
                let now = model.now;
                let more = update(model, Event::Journal(reply), now);
                perform(model, more);
            }
            _ => {}
        }
    }
}

/// How often names were hidden, and a take was on its way.
fn play_with(model: &mut Model, seed: u64) -> [usize; 2] {
    let mut seen = [0; 2];
    let mut dice = Dice(seed * 2 + 1);
    let size = Sizes { words: (40, 20), queue: 9, takes: 9, overlay: (60, 20) };
    let _ = update(model, Event::Sized(size), model.now);
    for step in 0..600 {
        let event = match dice.roll(10) {
            0..=4 => key(model, &mut dice),
            5 => Event::Type(['x', 'z', ' ', '1'][dice.roll(4)]),
            6..=7 => Event::Player(sound(model, &mut dice)),
            8 => news(model, &mut dice),
            _ => Event::Tick,
        };
        let now = model.now + std::time::Duration::from_millis(dice.roll(3000) as u64);
        let about = format!("seed {seed}, step {step}: {event:?}");
        let effects = update(model, event, now);
        perform(model, effects);
        let said = &model.notice.text;
        if model.listening.blind.is_some_and(|blind| blind.job == JobId(1)) {
            seen[0] += 1;
            assert!(!crate::blind::tells(said), "{about}: {said}");
        }
        let is_coming = |row: &Row| match row {
            Row::Take(at) => {
                model.takes.row_take(*at).is_some_and(|take| model.takes.is_arriving(take.id))
            }
            Row::Heading(_) => false,
        };
        seen[1] += usize::from(model.takes.rows().iter().any(is_coming));
        let selected = model.takes.selected().map(|take| take.id);
        assert_eq!(selected.is_none(), model.takes.rows().is_empty(), "{about}");
        for job in 1..=3 {
            let mut of = model.takes.of(JobId(job));
            assert!(of.all(|take| !model.takes.is_arriving(take.id)), "{about}");
            let stars = model.takes.listed_of(JobId(job)).filter(|take| take.remarks.star);
            assert!(stars.count() <= 1, "{about}");
        }
        let _ = (model.lit_line(), model.heard(), model.rival(), model.section_now());
        let _ = model.take_redraw();
    }
    seen
}

#[tokio::test(start_paused = true)]
async fn any_keys_and_any_news_in_any_order() {
    let mut seen = [0; 2];
    for seed in 0..40 {
        let since = crate::stage::NOW.parse().unwrap();
        let jobs = (1..=3).map(|id| {
            let state = JobState::Fetching { since };
            let mut job = with_task(job(id, "apixo", state), "t");
            job.receipt.tracks = crate::stage::gateway::tracks("x").tracks;
            job
        });
        let mut room = Room::of(Stage::with_jobs(jobs.collect()));
        room.stage.press("alt+4").await;
        let of = play_with(&mut room.stage.model, seed);
        seen = [seen[0] + of[0], seen[1] + of[1]];
    }
    assert!(seen.iter().all(|times| *times > 200), "it went there: {seen:?}");
}
