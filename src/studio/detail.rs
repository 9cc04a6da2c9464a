//! The window with a job's whole story: its lines, laid out once when the story changes and not
//! when it is drawn.
//!
//! A story may have hundreds of long answers: each is shown as far as there is room for all, and
//! the file that [`super::Action::WriteStory`] writes has every one whole.

use jiff::Timestamp;

use super::wrap::rows;
use super::{List, Model, Shelf};
use crate::song::{
    Exchange, Job, JobId, JobState, Purpose, Said, facts, laid_out, outline, parts, wishes,
};

/// Bytes of requests and answers that are laid out at most...
const ALL: usize = 512 * 1024;
/// ...and of each of them, where there are few...
const LONGEST: usize = 16 * 1024;
/// ...and where there are many.
const SHORTEST: usize = 512;

/// Cells of the names of facts.
pub const NAME: usize = 14;

/// A line of the window, in a row of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Nothing.
    Gap,
    /// What the job is called.
    Title,
    /// Where it stands now.
    State,
    /// How long it took.
    Took,
    /// Where its takes are, and how long.
    Shelf,
    /// A fact; the name is empty where it goes on.
    Fact(&'static str, String),
    /// What to do, with `{action-name}`s for keys.
    Advice(&'static str, String),
    /// When something happened.
    Moment(&'static str, Timestamp),
    /// What the lines below are.
    Heading(&'static str),
    /// A request: when, what for, and what came of it.
    Exchange(Timestamp, String),
    /// Somebody's words.
    Text(String),
    /// An answer.
    Answer(String),
    /// What would stand here is on its way.
    Reading,
    /// Words of ours about what is not there.
    Note(&'static str),
    /// So many bytes are left out here.
    Left(usize),
}

/// What the window shows and where it is scrolled to.
#[derive(Debug)]
pub struct Detail {
    /// The job.
    pub job: JobId,
    /// The first row on screen.
    pub list: List,
    cells: usize,
    facts: Vec<Line>,
    told: Vec<Line>,
    /// So many requests are laid out; none before the story is read.
    count: Option<usize>,
}

impl Detail {
    /// A window on a job that has nothing in it yet.
    pub fn new(job: JobId) -> Self {
        let (facts, told) = (Vec::new(), vec![Line::Reading]);
        Self { job, list: List::default(), cells: 1, facts, told, count: None }
    }

    /// The rows on screen.
    pub fn shown(&self) -> impl Iterator<Item = &Line> {
        self.facts.iter().chain(&self.told).skip(self.list.top).take(self.list.height)
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.facts.len() + self.told.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Scrolls; never past the end.
    pub fn scroll(&mut self, by: isize) {
        let last = self.len().saturating_sub(self.list.height);
        self.list.top = self.list.top.saturating_add_signed(by).min(last);
    }

    /// The window has new room.
    pub(super) fn resize(&mut self, (cells, height): (usize, usize)) {
        if cells != self.cells {
            self.cells = cells;
            // Laid out anew.
            self.count = None;
        }
        self.list.height = height.max(1);
    }

    /// Lays out what is known of the job.
    pub(super) fn tell_facts(&mut self, facts: Vec<Line>) {
        let cells = self.cells;
        self.facts = facts.into_iter().flat_map(|line| wrapped(line, cells)).collect();
        self.scroll(0);
    }

    /// Lays out what was asked and answered since the last time.
    pub(super) fn tell_story(&mut self, story: &[Exchange]) {
        let told = match self.count {
            Some(count) if count <= story.len() => count,
            _ => 0,
        };
        if told == 0 {
            self.told = vec![Line::Heading("Requests and answers"), Line::Gap];
            if story.is_empty() {
                self.told.push(Line::Note("nothing was sent"));
            }
        }
        let longest = (ALL / story.len().max(1)).clamp(SHORTEST, LONGEST);
        for exchange in &story[told..] {
            self.tell(exchange, longest);
        }
        self.count = Some(story.len()).filter(|count| *count > 0);
        self.scroll(0);
    }

    /// The story cannot be read.
    pub(super) fn untold(&mut self) {
        self.told = vec![Line::Note("the journal cannot be read")];
        self.scroll(0);
    }

    fn tell(&mut self, exchange: &Exchange, longest: usize) {
        self.told.push(Line::Exchange(exchange.at, outline(exchange)));
        let (head, body) = parts(&exchange.request);
        self.text(head, longest, Line::Text);
        if !body.is_empty() {
            self.text(body, longest, Line::Text);
        }
        if exchange.purpose != Purpose::Callback || !exchange.answer.is_empty() {
            self.told.push(Line::Gap);
            self.text(&exchange.answer, longest, Line::Answer);
        }
        self.told.push(Line::Gap);
    }

    fn text(&mut self, text: &str, longest: usize, line: impl Fn(String) -> Line) {
        let mut end = longest.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let cut = &text[..end];
        let cells = self.cells.max(1);
        for laid in laid_out(cut).lines() {
            let rows = rows(laid, cells).into_iter();
            self.told.extend(rows.map(|row| line(laid[row].to_owned())));
        }
        if cut.len() < text.len() {
            self.told.push(Line::Left(text.len() - cut.len()));
        }
    }
}

/// A line in as many rows as it takes.
fn wrapped(line: Line, cells: usize) -> Vec<Line> {
    let room = cells.saturating_sub(NAME);
    match line {
        Line::Fact(name, text) => pieces(&text, &text, room)
            .zip(std::iter::once(name).chain(std::iter::repeat("")))
            .map(|(text, name)| Line::Fact(name, text))
            .collect(),
        Line::Advice(name, text) => {
            // No row may end inside the name of an action; names have no other hyphens around.
            let whole = in_braces(&text, b'-', b'_');
            pieces(&text, &whole, room)
                .zip(std::iter::once(name).chain(std::iter::repeat("")))
                .map(|(text, name)| Line::Advice(name, text))
                .collect()
        }
        Line::Text(text) => pieces(&text, &text, cells).map(Line::Text).collect(),
        line => vec![line],
    }
}

/// The rows of `text` as `measured` breaks, which is as long.
fn pieces(text: &str, measured: &str, cells: usize) -> impl Iterator<Item = String> {
    rows(measured, cells).into_iter().map(|row| text.get(row).unwrap_or_default().to_owned())
}

/// `text` with one ASCII character in braces put for another.
fn in_braces(text: &str, old: u8, new: u8) -> String {
    let mut is_inside = false;
    let put = |c: char| {
        is_inside = c == '{' || is_inside && c != '}';
        if is_inside && c == char::from(old) { char::from(new) } else { c }
    };
    text.chars().map(put).collect()
}

impl Model {
    /// What is known of a job and what can be done about it.
    pub(super) fn facts_of(&self, job: &Job) -> Vec<Line> {
        let mut lines = vec![Line::Title, Line::State];
        for (name, said) in facts(job) {
            if name == "Gateway" || name == "Asked" {
                lines.push(Line::Gap);
            }
            lines.push(match said {
                Said::Text(text) => Line::Fact(name, text),
                Said::Moment(at) => Line::Moment(name, at),
            });
            if name == "Why" {
                lines.extend(self.advice_on(job).map(|text| Line::Advice("What to do", text)));
            }
        }
        if job.state.failure().is_none() {
            let advice = self.advice_on(job).map(|text| Line::Advice("What to do", text));
            // Before the gap that the facts begin with.
            lines.splice(2..2, advice);
        }
        if matches!(job.state, JobState::Done { .. }) {
            lines.push(Line::Took);
        }
        if let Some(Shelf::Disk | Shelf::Until(_)) = self.shelf(job) {
            lines.push(Line::Shelf);
        }
        for take in self.takes.of(job.id) {
            let seconds = take.duration.as_secs();
            let length = format!("{}:{:02}", seconds / 60, seconds % 60);
            let text = format!("{}  {length}  {}", take.id.label, take.audio.display());
            lines.push(Line::Fact("Take", text));
        }
        lines.push(Line::Gap);
        let wishes = wishes(&job.request.params);
        lines.extend(wishes.into_iter().map(|(name, value)| Line::Fact(name, value)));
        lines.push(Line::Fact("Seed", job.request.seed.to_string()));
        lines.push(Line::Gap);
        lines.extend(job.request.text.lines().map(|line| Line::Text(line.to_owned())));
        lines.push(Line::Gap);
        lines
    }

    /// What the user can do about a job as it stands.
    fn advice_on(&self, job: &Job) -> Option<String> {
        let profile = super::literal(&job.request.params.profile);
        Some(match &job.state {
            JobState::Waiting if self.way_of(job).is_none() => format!(
                "Put the profile {profile} back into the configuration and start again, or {{cancel-job}} cancels the job; nothing was sent"
            ),
            JobState::Waiting => {
                "Nothing: it starts by itself. {cancel-job} cancels it; nothing was sent".into()
            }
            JobState::Running { .. } if job.receipt.task.is_none() => {
                "Nothing: it is composed on this machine. {cancel-job} stops it".into()
            }
            JobState::Running { .. } | JobState::Fetching { .. } => {
                "Nothing: it is asked about by itself. {retry-job} asks now, {cancel-job} lets it go"
                    .into()
            }
            JobState::Stalled { failure, .. } => format!(
                "{}. {{retry-job}} watches it again, {{cancel-job}} lets it go",
                failure.advice.trim_end_matches('.')
            ),
            JobState::Unknown { failure, .. } | JobState::Failed { failure, .. } => {
                failure.advice.clone()
            }
            JobState::Cancelled { .. } if job.receipt.task.is_some() => {
                "The gateway has it and may have charged: {retry-job} takes it up again".into()
            }
            _ => return None,
        })
        .filter(|text| !text.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchange(answer: String) -> Exchange {
        Exchange {
            at: Timestamp::UNIX_EPOCH,
            purpose: Purpose::Poll,
            request: "GET https://x/y".into(),
            status: Some(200),
            answer,
            milliseconds: 3,
            repeated: 0,
        }
    }

    #[test]
    fn a_story_without_end_is_bounded() {
        let story: Vec<_> = (0..600).map(|_| exchange("[1,".repeat(20_000))).collect();
        let mut detail = Detail::new(JobId(1));
        detail.resize((80, 20));
        detail.tell_story(&story);
        assert!(detail.len() < 600 * 1100, "{}", detail.len());
        let cut = |line: &&Line| matches!(line, Line::Left(_));
        assert_eq!(detail.told.iter().filter(cut).count(), 600);
        detail.scroll(isize::MAX);
        assert_eq!(detail.shown().count(), 20);
        let before = detail.len();
        detail.tell_story(&story);
        assert_eq!(detail.len(), before, "what is told is told once");
    }

    #[test]
    fn keys_in_advice_are_not_torn() {
        let advice = Line::Advice("Do", "one two {retry-job} three {check-balance}".into());
        let rows: Vec<_> = wrapped(advice, NAME + 16).into_iter().collect();
        let texts = rows.iter().map(|row| match row {
            Line::Advice(_, text) => text.as_str(),
            _ => "",
        });
        assert_eq!(
            texts.collect::<Vec<_>>(),
            ["one two ", "{retry-job} ", "three ", "{check-balance}"]
        );
    }
}
