//! Good songs leave for every gateway; what is wrong with the others is said, at its place.

mod words;

use super::*;
use crate::gateway::Catalogue;
use crate::song::{Draft, Mode, SongId, Vocal};

const SONG: &str =
    "[Verse 1]\nNeon on the window\nCursor in the dark\n\n[Chorus]\nOh, compile me\n";

/// A song that every gateway takes.
fn good() -> Draft {
    let mut draft = Draft::new(SongId(1));
    draft.lyrics = SONG.into();
    draft.description = "An upbeat song about a road trip".into();
    draft.params.title = "Midnight Compiler".into();
    draft.params.style = "synth-pop, warm".into();
    draft
}

fn found(draft: &Draft, gateway: &str, model: &str) -> Vec<Finding> {
    let catalogue = Catalogue::built_in().unwrap();
    let gateway = catalogue.get(gateway).unwrap();
    let model = if model.is_empty() { gateway.models[0].as_str() } else { model };
    check(&Desk::new(draft), gateway, model)
}

const GATEWAYS: [&str; 6] = ["sketch", "apixo", "apimall", "apiin", "udioapi", "udioapi-v2"];

#[test]
fn a_good_song_may_leave_for_every_gateway() {
    for gateway in GATEWAYS {
        for mode in [Mode::Lyrics, Mode::Describe] {
            let mut draft = good();
            draft.params.mode = mode;
            assert_eq!(found(&draft, gateway, ""), [], "{gateway}, {mode:?}");
        }
    }
}

#[test]
fn no_gateway_takes_an_empty_page_but_for_an_instrumental() {
    for gateway in GATEWAYS {
        let mut draft = Draft { lyrics: " \n\n".into(), description: "\n".into(), ..good() };
        for mode in [Mode::Lyrics, Mode::Describe] {
            draft.params.mode = mode;
            let findings = found(&draft, gateway, "");
            assert_eq!(findings.len(), 1, "{gateway}: {findings:?}");
            assert_eq!((findings[0].field, findings[0].gravity), (None, Gravity::Blocks));
        }
        draft.params.mode = Mode::Lyrics;
        draft.params.vocal = Vocal::None;
        assert_eq!(found(&draft, gateway, ""), [], "{gateway}");
    }
}

#[test]
fn limits_are_those_of_gateway_model_and_mode() {
    use Field::{Avoid, Style, Title};
    // Gateway, model, mode, the text, its limit.
    let table = [
        ("apixo", "V4", Mode::Lyrics, None, Some(3000)),
        ("apixo", "V5_5", Mode::Lyrics, None, Some(5000)),
        ("apixo", "V5_5", Mode::Describe, None, Some(500)),
        ("apixo", "V4", Mode::Lyrics, Some(Style), Some(200)),
        ("apixo", "V5", Mode::Lyrics, Some(Style), Some(1000)),
        ("apixo", "V5", Mode::Lyrics, Some(Title), Some(80)),
        ("apixo", "V5", Mode::Lyrics, Some(Avoid), None),
        // A description travels alone.
        ("apixo", "V5", Mode::Describe, Some(Title), None),
        ("apixo", "V4", Mode::Describe, Some(Style), None),
        ("apiin", "suno-v3-5", Mode::Lyrics, None, Some(3000)),
        ("apiin", "suno-v5-0", Mode::Lyrics, None, Some(5000)),
        ("apiin", "suno-v4-0", Mode::Describe, None, Some(400)),
        ("apiin", "suno-v4-0", Mode::Lyrics, Some(Style), Some(200)),
        ("apiin", "suno-v4-5", Mode::Lyrics, Some(Style), Some(1000)),
        ("apimall", "V5", Mode::Lyrics, None, None),
        ("apimall", "V5", Mode::Lyrics, Some(Title), None),
        ("udioapi", "chirp-v3.5", Mode::Lyrics, None, None),
        ("sketch", "sketch-1", Mode::Lyrics, Some(Avoid), Some(1000)),
    ];
    for (gateway, model, mode, field, limit) in table {
        let case = format!("{gateway}, {model}, {mode:?}, {field:?}");
        let fill = |length: usize| {
            let mut draft = good();
            draft.params.mode = mode;
            let text = "é".repeat(length);
            *match (field, mode) {
                (Some(Title), _) => &mut draft.params.title,
                (Some(Style), _) => &mut draft.params.style,
                (Some(_), _) => &mut draft.params.avoid,
                (None, Mode::Lyrics) => &mut draft.lyrics,
                (None, Mode::Describe) => &mut draft.description,
            } = text;
            found(&draft, gateway, model)
        };
        assert_eq!(fill(limit.unwrap_or(30_000)), [], "{case}");
        let Some(limit) = limit else { continue };
        let over = fill(limit + 12);
        assert_eq!(over.len(), 1, "{case}: {over:?}");
        assert_eq!((over[0].field, over[0].gravity), (field, Gravity::Blocks), "{case}");
        assert_eq!(over[0].cursor, Some(Cursor { line: 0, column: limit }), "{case}");
        let said = format!(": 12 over the limit of {limit} characters");
        assert!(over[0].message.contains(&said), "{case}: {}", over[0].message);
    }
}

#[test]
fn the_cursor_goes_to_the_first_character_too_many() {
    let draft = Draft { lyrics: "abc\n".repeat(751), ..good() };
    // 3004 characters, line ends included; the limit is at the start of line 750.
    let findings = found(&draft, "apixo", "V4");
    assert_eq!(findings[0].cursor, Some(Cursor { line: 750, column: 0 }));
    let draft = Draft { lyrics: format!("{}\n{}", "x".repeat(2999), "y".repeat(9)), ..good() };
    let findings = found(&draft, "apixo", "V4");
    assert_eq!(findings[0].cursor, Some(Cursor { line: 1, column: 0 }));
}

#[test]
fn what_is_needed_blocks_and_what_is_wanted_warns() {
    use Field::{Style, Title};
    use Gravity::{Blocks, Warns};
    // Gateway, mode, vocal, whether there are words; what is missing without style and title.
    type Row = (&'static str, Mode, Vocal, bool, &'static [(Gravity, Field)]);
    let table: [Row; 11] = [
        ("sketch", Mode::Lyrics, Vocal::Auto, true, &[]),
        ("apixo", Mode::Lyrics, Vocal::Auto, true, &[(Warns, Style)]),
        ("apixo", Mode::Lyrics, Vocal::None, false, &[(Blocks, Style)]),
        ("apixo", Mode::Describe, Vocal::None, true, &[]),
        ("apimall", Mode::Lyrics, Vocal::Auto, true, &[(Warns, Style)]),
        ("apimall", Mode::Lyrics, Vocal::None, false, &[(Blocks, Style)]),
        // The first line is the title.
        ("apiin", Mode::Lyrics, Vocal::Auto, true, &[(Blocks, Style)]),
        ("apiin", Mode::Lyrics, Vocal::None, false, &[(Blocks, Title), (Blocks, Style)]),
        ("apiin", Mode::Describe, Vocal::Auto, true, &[]),
        ("udioapi", Mode::Lyrics, Vocal::None, false, &[(Blocks, Title), (Blocks, Style)]),
        ("udioapi-v2", Mode::Lyrics, Vocal::Female, true, &[(Blocks, Style)]),
    ];
    for (gateway, mode, vocal, has_words, missing) in table {
        let mut draft = Draft::new(SongId(1));
        if has_words {
            draft.lyrics = SONG.into();
            draft.description = "A song".into();
        }
        draft.params.mode = mode;
        draft.params.vocal = vocal;
        let found: Vec<_> = found(&draft, gateway, "")
            .into_iter()
            .map(|finding| (finding.gravity, finding.field.unwrap()))
            .collect();
        assert_eq!(found, missing, "{gateway}, {mode:?}, {vocal:?}");
    }
}

#[test]
fn an_instrumental_says_what_becomes_of_the_words() {
    let mut draft = good();
    draft.params.vocal = Vocal::None;
    for (gateway, what) in [("apixo", "go out as the prompt"), ("sketch", "are left out")] {
        let findings = found(&draft, gateway, "");
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert_eq!((findings[0].field, findings[0].gravity), (Some(Field::Vocal), Gravity::Warns));
        assert!(findings[0].message.contains(what), "{findings:?}");
    }
    draft.params.mode = Mode::Describe;
    assert_eq!(found(&draft, "apixo", ""), [], "a description is a prompt anyway");
}

#[test]
fn models_are_those_of_the_gateway() {
    let findings = found(&good(), "udioapi", "udio-130");
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!((findings[0].field, findings[0].gravity), (Some(Field::Model), Gravity::Blocks));
    let mut described = good();
    described.params.mode = Mode::Describe;
    assert_eq!(found(&described, "udioapi", "udio-130"), []);
    let findings = found(&good(), "apimall", "V{6}");
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!((findings[0].field, findings[0].gravity), (Some(Field::Model), Gravity::Warns));
    assert!(findings[0].message.starts_with("V{{6} is not among"), "{findings:?}");
}

#[test]
fn what_blocks_comes_first() {
    use Gravity::{Blocks, Warns};
    let mut draft = Draft { lyrics: "[Chrous]\nla".into(), ..good() };
    draft.params.title = "x".repeat(81);
    draft.params.style.clear();
    let gravities: Vec<_> =
        found(&draft, "apixo", "V9").into_iter().map(|finding| finding.gravity).collect();
    assert_eq!(gravities, [Blocks, Warns, Warns, Warns]);
}
