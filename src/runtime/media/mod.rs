//! The desktop's own controls: media keys, the panel, the lock screen. A thread of its own speaks
//! to them, from the first take that plays on; where there is no desktop, nothing happens.

#[cfg(all(feature = "media-keys", target_os = "linux"))]
mod mpris;

use tokio::sync::mpsc::UnboundedSender;

use crate::studio::{Event, Now};

/// The way to the desktop's controls. What they ask for comes as news. Dropping it takes the
/// player off them; nobody waits for that.
pub(super) struct Media {
    news: UnboundedSender<Event>,
    /// To the thread, once there is one.
    post: Option<UnboundedSender<Option<Box<Now>>>>,
}

impl Media {
    /// Nothing is begun yet.
    pub(super) fn new(news: UnboundedSender<Event>) -> Self {
        Self { news, post: None }
    }

    /// Shows what plays, or that nothing does. Never waits.
    pub(super) fn show(&mut self, now: Option<Box<Now>>) {
        if self.post.is_none() && now.is_some() {
            self.post = begin(&self.news);
        }
        if let Some(post) = &self.post {
            // It fails where there is no desktop, and then there is nobody to show it to.
            let _ = post.send(now);
        }
    }
}

#[cfg(all(feature = "media-keys", target_os = "linux"))]
fn begin(news: &UnboundedSender<Event>) -> Option<UnboundedSender<Option<Box<Now>>>> {
    mpris::begin(news.clone())
}

#[cfg(not(all(feature = "media-keys", target_os = "linux")))]
fn begin(_: &UnboundedSender<Event>) -> Option<UnboundedSender<Option<Box<Now>>>> {
    None
}
