//! Recordings on their way, as the player hears of them: one feed for each take, whatever number
//! of attempts it takes to fetch it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::download::{Watching, beginning};
use crate::player::{Feed, Feeds};
use crate::song::{JobId, TakeId};

/// The recordings that are fetched now, or will be tried again.
pub(super) struct Arriving {
    feeds: Feeds,
    open: Mutex<HashMap<TakeId, Open>>,
}

struct Open {
    feed: Feed,
    /// Bytes that the feed was told of since it began anew last.
    told: u64,
    /// How many attempts there were.
    attempts: u32,
    /// Its address led nowhere the last time.
    is_gone: bool,
}

/// How far a take's fetching was at some moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stand {
    take: TakeId,
    attempts: u32,
}

impl Arriving {
    pub(super) fn new(feeds: Feeds) -> Self {
        Self { feeds, open: Mutex::default() }
    }

    /// An attempt at a take that arrives in a file. It is announced once there is something in
    /// it that may be sound; `begun` is called then.
    pub(super) fn attempt<F: FnMut()>(&self, take: TakeId, part: &Path, begun: F) -> Ear<'_, F> {
        if let Some(open) = self.lock().get_mut(&take) {
            open.attempts += 1;
        }
        Ear { arriving: self, take, part: part.to_owned(), begun, is_told: false }
    }

    /// All of a take is in its file.
    pub(super) fn finish(&self, take: TakeId) {
        if let Some(open) = self.lock().get(&take) {
            open.feed.finish();
        }
    }

    /// No more of a take comes.
    pub(super) fn give_up(&self, take: TakeId, why: &str) {
        if let Some(open) = self.lock().remove(&take) {
            open.feed.break_off(why);
            self.feeds.forget(take);
        }
    }

    /// A take is not at its address any more. The gateway is asked once for another; where that
    /// leads nowhere either, no more of it comes.
    pub(super) fn lose(&self, take: TakeId, why: &str) {
        let was_gone = |open: &mut Open| std::mem::replace(&mut open.is_gone, true);
        if self.lock().get_mut(&take).is_some_and(was_gone) {
            self.give_up(take, why);
        }
    }

    /// Nothing of a job arrives any more; what arrived whole stays with those who have it.
    pub(super) fn end(&self, job: JobId, why: &str) {
        for stand in self.stands(job) {
            self.give_up(stand.take, why);
        }
    }

    /// How far the takes of a job are.
    pub(super) fn stands(&self, job: JobId) -> Vec<Stand> {
        let open = self.lock();
        let own = open.iter().filter(|(take, _)| take.job == job);
        own.map(|(take, open)| Stand { take: *take, attempts: open.attempts }).collect()
    }

    /// Gives up what nobody has tried again since.
    pub(super) fn lapse(&self, job: JobId, before: &[Stand]) {
        for stand in self.stands(job).into_iter().filter(|stand| before.contains(stand)) {
            self.give_up(stand.take, "it is not fetched any more");
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<TakeId, Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Arriving {
    /// Nobody shall wait for what will not come.
    fn drop(&mut self) {
        for (_, open) in self.lock().drain() {
            open.feed.break_off("it is not fetched any more");
        }
    }
}

/// Hears how one attempt at a take goes.
pub(super) struct Ear<'a, F> {
    arriving: &'a Arriving,
    take: TakeId,
    part: PathBuf,
    begun: F,
    is_told: bool,
}

impl<F: FnMut() + Send> Watching for Ear<'_, F> {
    fn grown(&mut self, bytes: u64) {
        if bytes == 0 || (!self.is_told && is_a_page(&beginning(&self.part))) {
            return;
        }
        let mut all = self.arriving.lock();
        let open = all.entry(self.take).or_insert_with(|| {
            let feed = self.arriving.feeds.announce(self.take, &self.part);
            Open { feed, told: 0, attempts: 1, is_gone: false }
        });
        open.is_gone = false;
        // What was there before the attempt is compared first: less than has been told.
        if bytes > open.told {
            open.told = bytes;
            open.feed.grow(bytes);
        }
        drop(all);
        if !std::mem::replace(&mut self.is_told, true) {
            (self.begun)();
        }
    }

    fn begun_anew(&mut self) {
        if let Some(open) = self.arriving.lock().get_mut(&self.take) {
            open.told = 0;
            open.feed.begin_anew();
        }
    }
}

/// Whether it begins as no recording does: words of a server, which some send with a 200.
fn is_a_page(bytes: &[u8]) -> bool {
    let first = bytes.trim_ascii_start().first();
    first.is_none_or(|byte| matches!(byte, b'<' | b'{' | b'['))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;
    use crate::song::Label;

    const TAKE: TakeId = TakeId { job: JobId(7), label: Label::A };

    fn told(arriving: &Arriving) -> Option<u64> {
        arriving.lock().get(&TAKE).map(|open| open.told)
    }

    #[test]
    fn a_page_is_not_announced_and_sound_is_once_for_each_attempt() {
        let home = tempfile::tempdir().unwrap();
        let part = home.path().join("A audio.part");
        let arriving = Arriving::new(Feeds::default());
        let begun = AtomicU32::new(0);
        let count = || _ = begun.fetch_add(1, Ordering::Relaxed);
        let stand = || (told(&arriving), begun.load(Ordering::Relaxed));
        for page in ["\n <html>", "{\"error\": 1}", "  "] {
            fs::write(&part, page).unwrap();
            arriving.attempt(TAKE, &part, count).grown(page.len() as u64);
            assert_eq!(stand(), (None, 0));
        }
        fs::write(&part, b"ID3\x04\0").unwrap();
        let mut attempt = arriving.attempt(TAKE, &part, count);
        attempt.grown(0);
        assert_eq!(told(&arriving), None, "nothing is there yet");
        attempt.grown(3);
        attempt.grown(5);
        assert_eq!(stand(), (Some(5), 1));
        // The next compares what is there, and the player is told of nothing less.
        let mut again = arriving.attempt(TAKE, &part, count);
        again.grown(2);
        assert_eq!(stand(), (Some(5), 2));
        again.begun_anew();
        again.grown(1);
        assert_eq!(told(&arriving), Some(1));
    }

    #[test]
    fn an_address_may_lead_nowhere_once() {
        let home = tempfile::tempdir().unwrap();
        let part = home.path().join("A audio.part");
        fs::write(&part, b"ID3").unwrap();
        let arriving = Arriving::new(Feeds::default());
        arriving.lose(TAKE, "it is gone");
        for _ in 0..2 {
            arriving.attempt(TAKE, &part, || ()).grown(3);
            arriving.lose(TAKE, "it is gone");
            assert_eq!(told(&arriving), Some(3), "there may be another");
        }
        arriving.lose(TAKE, "it is gone");
        assert_eq!(told(&arriving), None);
    }

    #[test]
    fn what_is_tried_again_does_not_lapse() {
        let home = tempfile::tempdir().unwrap();
        let part = home.path().join("A audio.part");
        fs::write(&part, b"ID3").unwrap();
        let arriving = Arriving::new(Feeds::default());
        arriving.attempt(TAKE, &part, || ()).grown(3);
        let (mine, before) = (TAKE.job, arriving.stands(TAKE.job));
        let _again = arriving.attempt(TAKE, &part, || ());
        arriving.lapse(mine, &before);
        assert_eq!(told(&arriving), Some(3), "somebody is at it");
        let before = arriving.stands(mine);
        arriving.lapse(JobId(8), &before);
        assert_eq!(told(&arriving), Some(3), "another job's");
        arriving.lapse(mine, &before);
        assert_eq!(told(&arriving), None);
    }
}
