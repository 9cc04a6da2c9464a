//! MPRIS, which desktops on Linux speak over the session's D-Bus.

use std::thread;
use std::time::Duration;

use mpris_server::zbus::Result;
use mpris_server::zbus::zvariant::ObjectPath;
use mpris_server::{Metadata, PlaybackStatus, Player, Time, TrackId};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::LocalSet;

use crate::player::State;
use crate::studio::{Action, Event, Now, Wish};

/// What comes before the name of a take to make a path of it.
const TAKES: &str = "/org/refrain/take/";
/// A place that differs from the expected by more was sought.
const LEAP: Duration = Duration::from_secs(2);

/// Starts the thread; it ends when the other end of the way is dropped, or without a bus.
pub(super) fn begin(news: UnboundedSender<Event>) -> Option<UnboundedSender<Option<Box<Now>>>> {
    let (post, inbox) = unbounded_channel();
    let work = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let ended = match runtime {
            Ok(runtime) => runtime.block_on(LocalSet::new().run_until(serve(news, inbox))),
            Err(error) => Err(error.into()),
        };
        if let Err(error) = ended {
            tracing::debug!(%error, "the desktop's controls cannot be reached");
        }
    };
    match thread::Builder::new().name("media".into()).spawn(work) {
        Ok(_) => Some(post),
        Err(error) => {
            tracing::debug!(%error, "no thread for the desktop's controls");
            None
        }
    }
}

async fn serve(
    news: UnboundedSender<Event>,
    mut inbox: UnboundedReceiver<Option<Box<Now>>>,
) -> Result<()> {
    // Several may play on one desktop, each over a library of its own.
    let bus_name = format!("refrain.instance{}", std::process::id());
    let player = Player::builder(&bus_name)
        .identity("Refrain")
        .can_play(true)
        .can_pause(true)
        .can_seek(true)
        .build()
        .await?;
    listen(&player, &news);
    tokio::task::spawn_local(player.run());
    let mut shown = None;
    while let Some(mut now) = inbox.recv().await {
        // Only the latest counts.
        while let Ok(later) = inbox.try_recv() {
            now = later;
        }
        show(&player, shown.as_deref(), now.as_deref()).await?;
        shown = now;
    }
    Ok(())
}

/// Passes on what the controls ask for.
fn listen(player: &Player, news: &UnboundedSender<Event>) {
    let act = |action: Action| {
        let news = news.clone();
        move || _ = news.send(Event::Media(Wish::Act(action)))
    };
    let is_playing = |player: &Player| player.playback_status() == PlaybackStatus::Playing;
    let toggle = act(Action::PlayPause);
    player.connect_play_pause(move |_| toggle());
    let toggle = act(Action::PlayPause);
    player.connect_play(move |player| {
        if !is_playing(player) {
            toggle();
        }
    });
    let toggle = act(Action::PlayPause);
    player.connect_pause(move |player| {
        if is_playing(player) {
            toggle();
        }
    });
    let stop = act(Action::Stop);
    player.connect_stop(move |_| stop());
    let next = act(Action::NextTake);
    player.connect_next(move |_| next());
    let previous = act(Action::PreviousTake);
    player.connect_previous(move |_| previous());
    let wish = |news: &UnboundedSender<Event>, wish| _ = news.send(Event::Media(wish));
    let to = news.clone();
    player.connect_seek(move |_, by| wish(&to, Wish::SeekBy(by.as_micros() as f32 / 1e6)));
    let to = news.clone();
    player.connect_set_position(move |_, take, time| {
        // The standard says to ignore what lies before the top.
        let time = u64::try_from(time.as_micros()).map(Duration::from_micros);
        if let (Some(name), Ok(time)) = (take.strip_prefix(TAKES), time) {
            wish(&to, Wish::SeekTo(name.to_owned(), time));
        }
    });
    let to = news.clone();
    player.connect_set_volume(move |_, volume| wish(&to, Wish::Volume(percent(volume))));
}

/// Shows it. What is as before is not told again.
async fn show(player: &Player, before: Option<&Now>, now: Option<&Now>) -> Result<()> {
    let Some(now) = now else {
        player.set_metadata(Metadata::new()).await?;
        player.set_position(Time::ZERO);
        return player.set_playback_status(PlaybackStatus::Stopped).await;
    };
    player.set_position(time(now.position));
    player.set_can_go_next(now.has_next).await?;
    player.set_can_go_previous(now.has_previous).await?;
    player.set_volume(f64::from(now.volume) / 100.0).await?;
    player.set_metadata(metadata(now)).await?;
    player.set_playback_status(status(now.state)).await?;
    if before.is_some_and(|before| is_leap(before, now)) {
        player.seeked(time(now.position)).await?;
    }
    Ok(())
}

/// Whether the playhead is elsewhere than it comes to by playing.
fn is_leap(before: &Now, now: &Now) -> bool {
    let ahead = now.position.checked_sub(before.position);
    before.name == now.name && ahead.is_none_or(|ahead| ahead >= LEAP)
}

fn metadata(now: &Now) -> Metadata {
    let mut metadata = Metadata::new();
    let path = ObjectPath::try_from(format!("{TAKES}{}", now.name)).ok();
    metadata.set_trackid(Some(path.map_or(TrackId::NO_TRACK, TrackId::from)));
    metadata.set_title(Some(&now.title));
    metadata.set_artist(Some([&now.take]));
    metadata.set_album(Some("Refrain"));
    metadata.set_length(now.length.map(time));
    let cover = now.cover.as_ref().and_then(|path| url::Url::from_file_path(path).ok());
    metadata.set_art_url(cover.map(String::from));
    metadata
}

fn status(state: State) -> PlaybackStatus {
    match state {
        State::Playing | State::Buffering | State::Loading => PlaybackStatus::Playing,
        State::Paused => PlaybackStatus::Paused,
        State::Stopped | State::Ended => PlaybackStatus::Stopped,
    }
}

fn time(time: Duration) -> Time {
    Time::from_micros(i64::try_from(time.as_micros()).unwrap_or(i64::MAX))
}

/// From 1.0 for full; more than that, and nonsense, is cut off.
fn percent(volume: f64) -> u8 {
    (volume.clamp(0.0, 1.0) * 100.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now(seconds: u64) -> Now {
        Now {
            name: "job_12_A".into(),
            title: "Paper Cups".into(),
            take: "Take A, v2".into(),
            length: Some(Duration::from_secs(192)),
            cover: Some("/music/0001 Paper Cups/A#1.png".into()),
            state: State::Playing,
            position: Duration::from_secs(seconds),
            volume: 70,
            has_next: true,
            has_previous: false,
        }
    }

    #[test]
    fn a_take_is_told_in_the_words_of_the_desktop() {
        let told = metadata(&now(0));
        assert_eq!(told.trackid().unwrap().as_str(), "/org/refrain/take/job_12_A");
        assert_eq!((told.title(), told.album()), (Some("Paper Cups"), Some("Refrain")));
        assert_eq!(told.artist().unwrap(), ["Take A, v2"]);
        assert_eq!(told.length(), Some(Time::from_secs(192)));
        let cover = told.art_url().unwrap();
        assert_eq!(cover, "file:///music/0001%20Paper%20Cups/A%231.png");
        let bare = metadata(&Now { length: None, cover: None, ..now(0) });
        assert_eq!((bare.length(), bare.art_url()), (None, None));
    }

    #[test]
    fn a_seek_is_a_leap_and_playing_is_none() {
        assert!(!is_leap(&now(10), &now(11)) && !is_leap(&now(10), &now(10)));
        assert!(is_leap(&now(10), &now(15)) && is_leap(&now(10), &now(9)));
        assert!(!is_leap(&now(10), &Now { name: "job_12_B".into(), ..now(0) }));
    }

    #[test]
    fn a_volume_is_whatever_comes_a_percentage() {
        let percents = [0.0, 0.704, 1.0, 7.0, -1.0, f64::NAN, f64::INFINITY].map(percent);
        assert_eq!(percents, [0, 70, 100, 100, 0, 0, 100]);
    }
}
