//! The README against the program: its picture, its keys, its commands, its links.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod picture;
mod stage;

use std::collections::BTreeSet;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use refrain::studio::{Action, Scope, TABLE};
use refrain::tui::Key;

const KEYS_BEGIN: &str = "<!-- keys: generated, UPDATE_README=1 cargo test --test readme -->";
const KEYS_END: &str = "<!-- end of keys -->";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
}

// ---- the picture

#[test]
fn the_picture_is_what_the_studio_shows() {
    // The studio tells local times. The zone is a process's own, so another process looks.
    if env::var("TZ").as_deref() != Ok("UTC") {
        let again = Command::new(env::current_exe().unwrap())
            .args(["--exact", "the_picture_is_what_the_studio_shows", "--nocapture"])
            .env("TZ", "UTC")
            .env("RUST_BACKTRACE", "0")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&again.stdout);
        assert!(said.contains("running 1 test"), "nobody looked:\n{said}");
        assert!(again.status.success(), "{said}\n{}", String::from_utf8_lossy(&again.stderr));
        return;
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .unwrap();
    let (stage, cursor) = runtime.block_on(picture::scene::scene());
    let frame = picture::Frame {
        title: "Refrain: lyrics, the song's settings, the queue, two takes, and take A playing",
        ground: "#13151b",
        edge: "#3b4252",
        cursor: Some((cursor, "#89b4fa")),
    };
    let drawn = picture::svg(stage.face.screen().backend().buffer(), &frame);
    let path = root().join("assets/screenshot.svg");
    if env::var_os("UPDATE_SCREENSHOT").is_some() {
        return fs::write(&path, drawn).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == drawn,
        "assets/screenshot.svg is not what the studio shows now:\n{}\n\
         If that is what it should show, take the picture again:\n  \
         UPDATE_SCREENSHOT=1 cargo test --test readme\n",
        stage.screen()
    );
}

// ---- the keys

/// The keys as people read them, the actions as the configuration names them.
fn key_table() -> String {
    let mut table = String::new();
    for scope in Scope::ALL {
        // What every text field of today does is there for those who look for it.
        let is_folded = scope == Scope::Text;
        let heading = match scope {
            Scope::Anywhere => "Anywhere; keys that type a character act only outside of text",
            other => other.title(),
        };
        let _ = if is_folded {
            write!(table, "<details><summary><b>{heading}</b></summary>\n\n")
        } else {
            write!(table, "**{heading}**\n\n")
        };
        table.push_str("| Keys | What they do | Action |\n| --- | --- | --- |\n");
        for entry in TABLE.iter().filter(|entry| entry.scope == scope) {
            let label = |key: &&str| format!("`{}`", key.parse::<Key>().unwrap());
            let keys: Vec<_> = entry.keys.iter().map(label).collect();
            let _ = writeln!(table, "| {} | {} | `{}` |", keys.join(" "), entry.title, entry.name);
        }
        table.push_str(if is_folded { "\n</details>\n\n" } else { "\n" });
    }
    table
}

#[test]
fn the_key_table_is_the_programs() {
    let readme = read("README.md");
    let (before, rest) = readme.split_once(KEYS_BEGIN).expect(KEYS_BEGIN);
    let (kept, after) = rest.split_once(KEYS_END).expect(KEYS_END);
    let table = format!("\n\n{}", key_table());
    if env::var_os("UPDATE_README").is_some() {
        let readme = [before, KEYS_BEGIN, &table, KEYS_END, after].concat();
        // At once: other tests read it at this moment.
        let new = Path::new(env!("CARGO_TARGET_TMPDIR")).join("README.md");
        fs::write(&new, readme).unwrap();
        return fs::rename(new, root().join("README.md")).unwrap();
    }
    assert!(
        kept == table,
        "README.md does not have the keys of today; bring them in:\n  \
         UPDATE_README=1 cargo test --test readme\n"
    );
}

#[test]
fn keys_in_the_text_exist() {
    let labels: BTreeSet<String> = TABLE
        .iter()
        .flat_map(|entry| entry.keys)
        .map(|key| key.parse::<Key>().unwrap().to_string())
        .collect();
    let readme = read("README.md");
    // The table is made of them.
    let (before, rest) = readme.split_once(KEYS_BEGIN).expect(KEYS_BEGIN);
    let text = before.to_owned() + rest.split_once(KEYS_END).expect(KEYS_END).1;
    let modified = |code: &&str| ["Ctrl+", "Alt+", "Shift+"].iter().any(|m| code.starts_with(m));
    let named: Vec<_> = codes(&text).into_iter().filter(modified).collect();
    assert!(named.len() > 8, "the README names keys");
    for key in named {
        assert!(labels.contains(key), "README.md names {key}, which does nothing");
    }
}

#[test]
fn the_examples_bind_actions_that_exist() {
    let config = read("assets/config.toml");
    let section = config.split("#[keys]\n").nth(1).expect("examples of keys");
    let lines = section.lines().take_while(|line| !line.is_empty());
    let mut seen = 0;
    for line in lines {
        let (name, keys) = line.trim_start_matches('#').split_once(" = ").expect(line);
        assert!(Action::named(name).is_some(), "assets/config.toml: no action {name:?}");
        for key in keys.split('"').skip(1).step_by(2) {
            assert!(key.parse::<Key>().is_ok(), "assets/config.toml: no key {key:?}");
        }
        seen += 1;
    }
    assert!(seen > 2);
}

// ---- the commands

/// What stands in `code`: spans, and the lines of blocks.
fn codes(text: &str) -> Vec<&str> {
    let mut codes = Vec::new();
    for (index, part) in text.split("```").enumerate() {
        if index % 2 == 1 {
            codes.extend(part.lines().skip(1).map(str::trim));
        } else {
            codes.extend(part.split('`').skip(1).step_by(2));
        }
    }
    codes
}

fn help(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_refrain")).args(arguments).output().unwrap();
    assert!(output.status.success(), "refrain {arguments:?} failed");
    String::from_utf8(output.stdout).unwrap()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
}

#[test]
fn commands_and_flags_exist() {
    let studio = help(&["--help"]);
    // Each command with all that its help tells.
    let commands: Vec<(String, String)> = studio
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| words(line).find(|word| !word.is_empty()))
        .filter(|command| *command != "help")
        .map(|command| (format!("refrain {command}"), help(&[command, "--help"])))
        .collect();
    assert!(commands.len() > 2, "{studio}");
    let all = commands.iter().fold(studio.clone(), |all, (_, told)| all + told);
    let readme = read("README.md");
    let mut seen = 0;
    for code in codes(&readme).into_iter().filter(|code| !code.contains("cargo ")) {
        let named = commands.iter().find(|(command, _)| code.contains(command));
        let known = named.map_or(&all, |(_, told)| told);
        for word in words(code) {
            if word.starts_with("--") && word.len() > 2 || word.starts_with("REFRAIN_") {
                assert!(words(known).any(|w| w == word), "{code:?}: refrain has no {word}");
                seen += 1;
            }
        }
        if let Some(command) = code.strip_prefix("refrain ").and_then(|rest| words(rest).next()) {
            let is_flag = command.is_empty() || command.starts_with('-');
            assert!(is_flag || studio.contains(&format!("  {command} ")), "{code:?}");
        }
    }
    assert!(seen > 6, "the README names flags");
}

#[test]
fn targets_of_make_exist() {
    let makefile = read("Makefile");
    let readme = read("README.md");
    let named: Vec<_> =
        codes(&readme).into_iter().filter_map(|code| code.strip_prefix("make ")).collect();
    for needed in ["run", "test"] {
        assert!(named.iter().any(|rest| words(rest).next() == Some(needed)), "make {needed}");
    }
    for rest in named {
        let target = words(rest).next().unwrap();
        assert!(makefile.contains(&format!("\n{target}:")), "there is no `make {target}`");
    }
}

#[test]
fn the_json_has_the_fields_that_are_shown() {
    let readme = read("README.md");
    let block = readme.split("```json\n").nth(1).expect("the JSON of refrain generate");
    let block = block.split("```").next().unwrap();
    let shown: serde_json::Value = serde_json::from_str(block).expect("README.md: not JSON");
    let source = read("src/cli/object.rs");
    let printed: BTreeSet<&str> = source
        .lines()
        .filter_map(|line| line.strip_prefix("    pub(super) ")?.split_once(": "))
        .map(|(name, _)| name)
        // Functions have spaces in theirs.
        .filter(|name| !name.contains(' '))
        .collect();
    let mut named = BTreeSet::new();
    fields(&shown, &mut named);
    // What stands there when a job failed is told in words.
    for name in ["class", "code", "message", "advice"] {
        assert!(codes(&readme).contains(&name), "README.md does not tell of {name}");
        named.insert(name.to_owned());
    }
    let named: BTreeSet<&str> = named.iter().map(String::as_str).collect();
    assert_eq!(named, printed, "README.md on the left, refrain generate --json on the right");
}

fn fields(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(object) => {
            for (name, value) in object {
                found.insert(name.clone());
                fields(value, found);
            }
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| fields(value, found)),
        _ => {}
    }
}

// ---- the links

#[test]
fn what_is_linked_is_there() {
    for page in ["README.md", "CHANGELOG.md"] {
        let text = read(page);
        let markdown = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let html = ["src=\"", "href=\""].into_iter().flat_map(|attribute| {
            text.split(attribute).skip(1).filter_map(|rest| rest.split('"').next())
        });
        for link in markdown.chain(html).filter(|link| !link.contains("://")) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let there = file.is_empty() || Path::new(&root()).join(file).exists();
            assert!(there, "{page}: there is no {link}");
            let heads = || text.lines().filter_map(|line| line.strip_prefix("## "));
            let slug = |head: &str| head.to_lowercase().replace(' ', "-").replace(',', "");
            let is_known = anchor.is_empty() || heads().any(|head| slug(head) == anchor);
            assert!(is_known, "{page}: there is no heading for {link}");
        }
    }
    assert!(read("README.md").contains("](assets/screenshot.svg)"));
}
