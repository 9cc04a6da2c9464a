//! What looks odd in the words is pointed out, and what only looks unusual is not.

use super::*;

/// What the words alone give rise to.
fn of_words(lyrics: &str) -> Vec<String> {
    let draft = Draft { lyrics: lyrics.into(), ..good() };
    found(&draft, "apixo", "").into_iter().map(|finding| finding.message).collect()
}

#[test]
fn slips_in_tags_are_pointed_out() {
    for (line, meant) in [
        ("[Chrous]", "[Chorus]"),
        ("[Chorsu 2]", "[Chorus 2]"),
        ("[VERES]", "[Verse]"),
        ("[Vrese 12]", "[Verse 12]"),
        ("[Verse1]", "[Verse 1]"),
        ("[chorus2]", "[Chorus 2]"),
        ("[Brigde]", "[Bridge]"),
        ("[Pre-Chrous]", "[Pre-Chorus]"),
        ("[Pre-Chours: soft]", "[Pre-Chorus]"),
        ("[Intor]", "[Intro]"),
        ("[Outor]", "[Outro]"),
        ("[Refrian]", "[Refrain]"),
        ("[Final Chrous]", "[Final Chorus]"),
        ("[Guitar Slo]", "[Guitar Solo]"),
        ("[Wispered]", "[Whispered]"),
        ("(Chorus)", "[Chorus]"),
        ("(verse 2)", "[Verse 2]"),
        ("<Bridge>", "[Bridge]"),
        ("  {Intro}", "[Intro]"),
    ] {
        let said = of_words(&format!("la\n{line}\nla"));
        assert_eq!(said.len(), 1, "{line}: {said:?}");
        assert!(said[0].contains(meant), "{line}: {said:?}");
    }
}

#[test]
fn tags_that_mean_what_they_say_are_left_alone() {
    for line in [
        "[Verse 12]",
        "[verse]",
        "[CHORUS]",
        "[Pre Chorus]",
        "[PreChorus]",
        "[Post-Chorus 2]",
        "[Final Chorus]",
        "[Chorus x2]",
        "[Verse 1: soft piano]",
        "[Chorus - whispered]",
        "[Verses]",
        "[Building]",
        "[Breakdown]",
        "[Whisper]",
        "[Shouting]",
        "[Spoken Word]",
        "[Rap Verse]",
        "[Guitar Riff]",
        "[Sax Solo]",
        "[Choir]",
        "[Verso 1]",
        "[Refren]",
        "[Coro]",
        "[Zwrotka 2]",
        "[Strophe]",
        "[Drums]",
        "[Hard]",
        "[Look]",
        "[Curse]",
        "[Reverse]",
        "[Ended]",
        "[Short pause]",
        "[Sold out]",
        "[Bride]",
        "[Bread]",
        "[Final]",
        "[Hope]",
        "[Female Vocal]",
        "[Applause]",
        "[V1]",
        "[]",
        "[?]",
        "[サビ]",
        "(oh oh)",
        "(whispered)",
        "(Chorus of angels)",
        "<3",
        "[Ad-lib: yeah]",
        "I said [softly] no",
    ] {
        assert_eq!(of_words(&format!("la\n{line}\nla")), [""; 0], "{line}");
    }
}

#[test]
fn brackets_that_stay_open_are_pointed_out() {
    for line in ["[Chorus", " [Verse 1", "[Chorus)"] {
        let said = of_words(&format!("la\n{line}\nla"));
        assert_eq!(said, [format!("{} has no closing bracket", line.trim())]);
    }
}

#[test]
fn placeholders_are_pointed_out() {
    for (line, what, column) in [
        ("Hello [insert name], it's me", "[insert name]", 6),
        ("[Your name]", "[Your name]", 0),
        ("é TODO", "TODO", 2),
        ("XXX more", "XXX", 0),
        ("(lyrics here)", "lyrics here", 1),
        ("… lyrics go here …", "lyrics go here", 2),
        ("Dear <name>", "<name>", 5),
        ("by {artist} and {{other}}", "{{artist}", 3),
        ("Dear ____, come home", "____", 5),
        ("[[[[ [city] ", "[city]", 5),
    ] {
        let draft = Draft { lyrics: format!("la\n{line}\nla"), ..good() };
        let findings = found(&draft, "apixo", "");
        assert_eq!(findings.len(), 1, "{line}: {findings:?}");
        assert_eq!(findings[0].message, format!("Still to be filled in: {what}"));
        assert_eq!(findings[0].cursor, Some(Cursor { line: 1, column }), "{line}");
    }
    for line in [
        "I <3 you",
        "a < b and c > d",
        "todo mi amor",
        "TODO LO QUE QUIERO ERES TÚ, AMOR",
        "xxx",
        "XXXL",
        "here I am",
        "your name",
        "5 > 3",
        "<3 <3>",
        "the name of the game",
        "a_b",
    ] {
        assert_eq!(of_words(&format!("la\n{line}\nla")), [""; 0], "{line}");
    }
    let mut described = good();
    described.params.mode = Mode::Describe;
    described.description = "[Chrous] A song for {name}".into();
    assert_eq!(found(&described, "apixo", "").len(), 1, "tags mean nothing in a description");
}

#[test]
fn sections_without_lines_are_pointed_out() {
    for (lyrics, empty) in [
        ("[Verse 1]\n\n[Chorus]\nla", &["Verse 1"][..]),
        ("[Verse 1]\nla\n[Chorus]\n", &["Chorus"]),
        ("[Verse 1]\nla\n[Chorus]", &["Chorus"]),
        ("[Verse 1]\n\n[Chorus]\n\n[Verse 2]\nla", &["Verse 1", "Chorus"]),
        ("[Chorus]\n[Guitar Solo]\n[Outro]", &["Chorus"]),
        ("[Verse]\n[Whispered]\nla", &[]),
        ("[Intro]\n[Verse]\nla\n[Instrumental]\n[Break]\n[Build]\n[Drop]\n[Fade Out]\n[End]", &[]),
        ("[Applause]\n[Verse]\nla", &[]),
    ] {
        let expected: Vec<_> = empty.iter().map(|tag| format!("{tag} has no lines yet")).collect();
        assert_eq!(of_words(lyrics), expected, "{lyrics}");
    }
    let mut draft = Draft { lyrics: "[Verse]\n[Chorus]".into(), ..good() };
    draft.params.vocal = Vocal::None;
    assert_eq!(found(&draft, "apixo", "").len(), 1, "an instrumental has no lines to miss");
}

#[test]
fn much_is_not_looked_through_on_each_key() {
    // What is past the part that is looked at is not found; and not everything is told.
    let late = format!("{}[Chrous]\nla", "la la la\n".repeat(10_000));
    assert!(of_words(&late).iter().all(|said| !said.contains("Chorus")));
    for pathological in ["[Chrous]\nla\n", "[zzzz]\n", "[", "{", "[Verse]\n", "<a "] {
        assert!(of_words(&pathological.repeat(60_000 / pathological.len())).len() <= 21);
    }
}
