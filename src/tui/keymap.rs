//! Which key means what, and where.

use std::collections::HashMap;

use super::Key;
use crate::config::Binding;
use crate::studio::{Action, Scope, TABLE};

/// The keys in force: the table's, as the configuration changes them.
#[derive(Clone, Debug)]
pub struct Keymap {
    actions: HashMap<(Scope, Key), Action>,
    keys: HashMap<Action, Vec<Key>>,
}

impl Keymap {
    /// The table's own keys with the user's on top, and what is wrong with the user's.
    ///
    /// A binding that cannot be used is left out and reported with its line; all others work.
    pub fn new(bindings: &[Binding]) -> (Self, Vec<String>) {
        let mut keys: HashMap<Action, Vec<Key>> = TABLE
            .iter()
            .map(|entry| (entry.action, entry.keys.iter().filter_map(|k| k.parse().ok()).collect()))
            .collect();
        let mut complaints = Vec::new();
        let mut claimed: HashMap<(Scope, Key), Action> = HashMap::new();
        for Binding { action: name, keys: wanted, line } in bindings {
            let Some(action) = Action::named(name) else {
                complaints.push(format!("line {line}: there is no action {name:?}{}", near(name)));
                continue;
            };
            let mut good = Vec::new();
            for text in wanted {
                match text.parse::<Key>() {
                    Ok(key) => {
                        let before = claimed.insert((action.entry().scope, key), action);
                        if let Some(other) = before.filter(|other| *other != action) {
                            let other = other.entry().name;
                            complaints.push(format!(
                                "line {line}: {key} is already {other:?}; it is {name:?} now"
                            ));
                        }
                        good.push(key);
                    }
                    Err(why) => complaints.push(format!("line {line}: {why}")),
                }
            }
            // All keys wrong: the old ones are better than none.
            if wanted.is_empty() || !good.is_empty() {
                keys.insert(action, good);
            }
        }
        // What the user wants somewhere is taken from whoever had it there.
        for ((scope, key), owner) in &claimed {
            for entry in TABLE.iter().filter(|e| e.scope == *scope && e.action != *owner) {
                let theirs = keys.entry(entry.action).or_default();
                let had = theirs.len();
                theirs.retain(|k| k != key);
                if had > 0 && theirs.is_empty() {
                    complaints.push(format!(
                        "{key} is {:?} now, so {:?} has no key left",
                        owner.entry().name,
                        entry.name
                    ));
                }
            }
        }
        let mut actions = HashMap::new();
        for entry in TABLE {
            for key in &keys[&entry.action] {
                actions.insert((entry.scope, *key), entry.action);
            }
        }
        (Self { actions, keys }, complaints)
    }

    /// What a key means in the given places, the nearest first. While `typing`, a key that types
    /// a character types it.
    pub fn action(&self, scopes: &[Scope], key: Key, typing: bool) -> Option<Action> {
        if typing && key.typed().is_some() {
            return None;
        }
        scopes.iter().find_map(|scope| self.actions.get(&(*scope, key)).copied())
    }

    /// The keys of an action, the first one first.
    pub fn keys(&self, action: Action) -> &[Key] {
        self.keys.get(&action).map_or(&[], Vec::as_slice)
    }

    /// The first key of an action as people read it; its name where it has none.
    pub fn label(&self, action: Action, unicode: bool) -> String {
        match self.keys(action).first() {
            Some(key) => key.label(unicode),
            None => format!("\"{}\"", action.entry().title),
        }
    }

    /// Puts keys for the `{action-name}`s in a text of the studio; `{{` is a brace.
    pub fn fill(&self, text: &str, unicode: bool) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            if let Some(literal) = after.strip_prefix('{') {
                filled.push('{');
                rest = literal;
                continue;
            }
            let named =
                after.split_once('}').and_then(|(name, tail)| Some((Action::named(name)?, tail)));
            match named {
                Some((action, tail)) => {
                    filled.push_str(&self.label(action, unicode));
                    rest = tail;
                }
                None => {
                    filled.push('{');
                    rest = after;
                }
            }
        }
        filled.push_str(rest);
        filled
    }
}

fn near(name: &str) -> String {
    TABLE
        .iter()
        .map(|entry| (strsim::jaro_winkler(entry.name, name), entry.name))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(score, _)| *score > 0.75)
        .map(|(_, near)| format!("; did you mean {near:?}?"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bind(action: &str, keys: &[&str], line: usize) -> Binding {
        let keys = keys.iter().map(|&key| key.to_owned()).collect();
        Binding { action: action.into(), keys, line }
    }

    fn key(text: &str) -> Key {
        text.parse().unwrap()
    }

    #[test]
    fn every_default_key_can_be_read() {
        let (map, complaints) = Keymap::new(&[]);
        assert!(complaints.is_empty());
        for entry in TABLE {
            assert_eq!(map.keys(entry.action).len(), entry.keys.len(), "{}", entry.name);
        }
    }

    #[test]
    fn a_letter_types_in_a_text_and_acts_outside() {
        let (map, _) = Keymap::new(&[]);
        let scopes = [Scope::Text, Scope::Anywhere];
        assert_eq!(map.action(&scopes, key("space"), true), None);
        assert_eq!(map.action(&scopes, key("space"), false), Some(Action::PlayPause));
        assert_eq!(map.action(&scopes, key("ctrl+space"), true), Some(Action::PlayPause));
    }

    #[test]
    fn a_users_key_is_taken_from_its_owner() {
        let (map, complaints) = Keymap::new(&[bind("help", &["ctrl+g"], 3)]);
        assert_eq!(complaints, ["Ctrl+G is \"help\" now, so \"generate\" has no key left"]);
        assert_eq!(map.action(&[Scope::Anywhere], key("ctrl+g"), true), Some(Action::Help));
        assert_eq!(map.keys(Action::Generate), []);
        assert_eq!(map.action(&[Scope::Anywhere], key("f1"), true), None);
    }

    #[test]
    fn a_bad_binding_is_reported_and_the_rest_works() {
        let (map, complaints) = Keymap::new(&[
            bind("genrate", &["f5"], 2),
            bind("stop", &["ctrl+entr"], 3),
            bind("quit", &["f10"], 4),
        ]);
        assert_eq!(complaints.len(), 2);
        assert!(complaints[0].contains("line 2") && complaints[0].contains("\"generate\""));
        assert!(complaints[1].contains("line 3"));
        assert_eq!(map.keys(Action::Stop), [key("s")], "the old key stays");
        assert_eq!(map.keys(Action::Quit), [key("f10")]);
    }

    #[test]
    fn a_key_given_twice_goes_to_the_last_and_is_told() {
        let (map, complaints) = Keymap::new(&[bind("help", &["f5"], 1), bind("quit", &["f5"], 2)]);
        assert_eq!(complaints.len(), 2);
        assert_eq!(map.action(&[Scope::Anywhere], key("f5"), false), Some(Action::Quit));
        assert_eq!(map.keys(Action::Help), []);
    }

    #[test]
    fn messages_name_the_keys_in_force() {
        let (map, _) = Keymap::new(&[bind("generate", &["f5"], 1)]);
        assert_eq!(map.fill("{generate} makes {two} {{quit} {", true), "F5 makes {two} {quit} {");
    }
}
