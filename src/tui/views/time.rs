//! Times as people read them.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::song::clock;

/// The time from now to a later moment, the second that runs counted as one: `0:08`.
pub(super) fn left(now: Timestamp, then: Timestamp) -> String {
    let milliseconds = then.as_millisecond().saturating_sub(now.as_millisecond()).max(0);
    clock(Duration::from_secs(milliseconds.unsigned_abs().div_ceil(1000)))
}

/// `today 14:02:09`, and as [`when`] on other days with the time.
pub(super) fn moment(then: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (local, today) = (then.to_zoned(zone.clone()), now.to_zoned(zone.clone()));
    if local.date() == today.date() {
        local.strftime("today %H:%M:%S").to_string()
    } else if local.year() == today.year() {
        local.strftime("%-d %b %H:%M:%S").to_string()
    } else {
        local.strftime("%-d %b %Y %H:%M:%S").to_string()
    }
}

/// `today 14:02`, `yesterday`, `3 Nov`, `3 Nov 2025`, where the reader is.
pub(super) fn when(then: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (then, now) = (then.to_zoned(zone.clone()), now.to_zoned(zone.clone()));
    if then.date() == now.date() {
        then.strftime("today %H:%M").to_string()
    } else if now.date().yesterday().is_ok_and(|yesterday| yesterday == then.date()) {
        then.strftime("yesterday %H:%M").to_string()
    } else if then.year() == now.year() {
        then.strftime("%-d %b").to_string()
    } else {
        then.strftime("%-d %b %Y").to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_well() {
        assert_eq!(clock(Duration::from_millis(59_999)), "0:59");
        assert_eq!(clock(Duration::from_secs(3723)), "1:02:03");
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let now = at("2026-11-21T12:00:00Z");
        let read = |then| when(at(then), now, &TimeZone::UTC);
        assert_eq!(read("2026-11-21T09:05:00Z"), "today 09:05");
        assert_eq!(read("2026-11-20T23:00:00Z"), "yesterday 23:00");
        assert_eq!(read("2026-03-01T00:00:00Z"), "1 Mar");
        assert_eq!(read("2025-03-01T00:00:00Z"), "1 Mar 2025");
    }
}
