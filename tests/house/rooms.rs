//! Who may know whom.

use crate::lex::find;
use crate::paths::paths;
use crate::source::{Offence, Source};

/// The floors from the top; a room uses the floors below its own. `config` has a floor to itself.
const FLOORS: &[&[&str]] = &[
    &["main"],
    &["cli", "tui"],
    &["runtime"],
    &["studio", "sandbox"],
    &["gateway", "library", "player", "sketch"],
    &["config"],
    &["song"],
];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// Rooms use only the floors below; those on the same floor do not know each other.
pub fn floors(source: &Source) -> Vec<Offence> {
    let Some(room) = source.room() else { return Vec::new() };
    // The root of the crate only lists the rooms.
    if room == "lib" {
        return Vec::new();
    }
    let Some(own) = floor(room) else {
        let what =
            format!("the room {room}/ has no floor; add it to FLOORS in tests/house/rooms.rs");
        return vec![source.offence(1, what)];
    };
    let mut offences = Vec::new();
    for path in paths(source, &source.tokens()).iter().filter(|path| path.inside) {
        let Some(used) = path.words.first().filter(|used| **used != room) else { continue };
        let what = match floor(used) {
            Some(theirs) if theirs > own => continue,
            Some(theirs) if theirs == own => format!(
                "{room}/ and {used}/ are on one floor and do not know each other; \
                 let a room above carry the value from one to the other"
            ),
            Some(_) => format!(
                "{room}/ is below {used}/ and must not know it; move the shared type down, \
                 or pass the value in from above"
            ),
            None => format!(
                "crate::{used} is not a room; name the room that the thing lives in, crate::ROOM::…"
            ),
        };
        offences.push(source.offence(path.line, what));
    }
    offences.extend(sandbox(source));
    offences
}

/// `sandbox/` is written from the gateways' documents: it plays with the composer and with nothing
/// that a client of those gateways is made of, or one wrong name could pass on both sides.
fn sandbox(source: &Source) -> Vec<Offence> {
    const MAY: &[&str] = &["sandbox", "sketch", "song"];
    if source.room() != Some("sandbox") {
        return Vec::new();
    }
    let paths = paths(source, &source.tokens());
    let inside = paths.iter().filter(|path| path.inside);
    let strange = inside.filter_map(|path| {
        let used = path.words.first().filter(|used| !MAY.contains(used))?;
        let what = format!(
            "sandbox/ must not know {used}/, only sketch/ and song/; write the wire again from \
             the documents"
        );
        Some(source.offence(path.line, what))
    });
    strange.collect()
}

/// `studio/` and `song/` have no I/O, no clock and no waiting, not even in their tests.
pub fn purity(source: &Source) -> Vec<Offence> {
    const WORDS: &[&str] = &["async", "await", "tokio", "SystemTime", "crossterm"];
    const PATHS: &[&str] =
        &["std::fs", "std::net", "std::thread", "Instant::now", "Timestamp::now", "Zoned::now"];
    let room = source.room().unwrap_or_default();
    if !["studio", "song"].contains(&room) {
        return Vec::new();
    }
    let song_only: &[&str] = if room == "song" { &["ratatui"] } else { &[] };
    let tokens = source.tokens();
    let words = tokens
        .iter()
        .filter(|token| WORDS.contains(&token.text) || song_only.contains(&token.text))
        .map(|token| (token.line, token.text.to_owned()));
    let named = paths(source, &tokens);
    let paths = named.iter().filter_map(|named| {
        let path = PATHS.iter().find(|path| named.has(path))?;
        Some((named.line, (*path).to_owned()))
    });
    let what = |word| {
        format!(
            "{room}/ is pure and must not know `{word}`; take the value as an argument, \
             or make it an Effect"
        )
    };
    words.chain(paths).map(|(line, word)| source.offence(line, what(word))).collect()
}

/// A crate that touches the outside world is known in one place only.
pub fn lodgers(source: &Source) -> Vec<Offence> {
    const LODGERS: &[(&str, &str)] = &[
        ("reqwest", "src/gateway/transport.rs"),
        ("rodio", "src/player/"),
        ("cpal", "src/player/"),
        ("rusqlite", "src/library/"),
        ("mpris_server", "src/runtime/media/"),
        ("ratatui_image", "src/tui/covers/"),
    ];
    if source.room().is_none() {
        return Vec::new();
    }
    let mut offences = Vec::new();
    for token in source.tokens() {
        let lodger = LODGERS
            .iter()
            .find(|(name, home)| *name == token.text && !source.path.starts_with(home));
        if let Some((name, home)) = lodger {
            let what = format!("only {home} may name `{name}`; ask that place to do the work");
            offences.push(source.offence(token.line, what));
        }
    }
    offences
}

/// Only the command line prints: anything else would write into the middle of the screen.
pub fn printing(source: &Source) -> Vec<Offence> {
    if matches!(source.room(), None | Some("cli" | "main")) {
        return Vec::new();
    }
    let tokens = source.tokens();
    let prints = ["println!", "eprintln!", "print!", "eprint!", "dbg!"];
    let found = prints.iter().flat_map(|print| find(&tokens, print)).filter(|token| !token.test);
    found
        .map(|token| {
            let what = format!(
                "`{}!` outside of cli/ and main.rs; return it, or tracing:: it",
                token.text
            );
            source.offence(token.line, what)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines that break a rule.
    fn lines(rule: fn(&Source) -> Vec<Offence>, path: &str, text: &str) -> Vec<usize> {
        let mut lines: Vec<_> =
            rule(&Source::new(path, text)).iter().map(|offence| offence.line).collect();
        lines.sort_unstable();
        lines
    }

    #[test]
    fn floors_can_fail() {
        let up =
            "use crate::song::Take;\nuse crate::runtime::X;\nuse crate::{\n config::C,\n tui::T};";
        assert_eq!(lines(floors, "src/studio/a.rs", up), [2, 5]);
        assert_eq!(lines(floors, "src/gateway/a.rs", "crate::sketch::make()"), [1]);
        assert_eq!(lines(floors, "src/cli/mod.rs", "use super::tui;\nuse super::runtime;"), [1]);
        assert_eq!(lines(floors, "src/config/a.rs", "crate::song::clean_line(x)"), [0; 0]);
        assert_eq!(lines(floors, "src/tui/a.rs", "use crate::*;\nuse crate::Thing;"), [1, 2]);
        assert_eq!(lines(floors, "src/attic/a.rs", ""), [1]);
        assert_eq!(lines(floors, "src/tui.rs", "// crate::cli::x\n\"crate::cli::x\""), [0; 0]);
    }

    #[test]
    fn sandbox_can_fail() {
        let text =
            "use crate::{song::Take, gateway::X};\nuse crate::sketch;\nuse crate::config::C;";
        assert_eq!(lines(sandbox, "src/sandbox/a.rs", text), [1, 3]);
        assert_eq!(lines(sandbox, "src/sandbox/a/b.rs", "crate::sandbox::X"), [0; 0]);
        assert_eq!(lines(sandbox, "src/cli/a.rs", text), [0; 0]);
    }

    #[test]
    fn purity_can_fail() {
        let text = "async fn a() {}\nuse std::{io, fs};\nlet x = time::Instant::now();\nb.await;";
        assert_eq!(lines(purity, "src/studio/a.rs", text), [1, 2, 3, 4]);
        assert_eq!(lines(purity, "src/runtime/a.rs", text), [0; 0]);
        let clock = "use jiff::Timestamp;\nuse ratatui::Frame;\n/// tokio\nTimestamp::now()";
        assert_eq!(lines(purity, "src/song/a.rs", clock), [2, 4]);
        assert_eq!(lines(purity, "src/studio/a.rs", clock), [4]);
    }

    #[test]
    fn lodgers_can_fail() {
        let text = "use rusqlite::Connection;\nreqwest::get(x);\nrodio::Sink; cpal::Host";
        assert_eq!(lines(lodgers, "src/library/a.rs", text), [2, 3, 3]);
        assert_eq!(lines(lodgers, "src/player/a.rs", text), [1, 2]);
        assert_eq!(lines(lodgers, "src/gateway/transport.rs", text), [1, 3, 3]);
        assert_eq!(lines(lodgers, "src/gateway/mod.rs", text), [1, 2, 3, 3]);
    }

    #[test]
    fn printing_can_fail() {
        let text =
            "println!();\n// print!()\n#[cfg(test)]\nmod tests { fn a() { dbg!(1); } }\neprint!()";
        assert_eq!(lines(printing, "src/song/a.rs", text), [1, 5]);
        assert_eq!(lines(printing, "src/cli/a.rs", text), [0; 0]);
        assert_eq!(lines(printing, "src/main.rs", text), [0; 0]);
    }
}
