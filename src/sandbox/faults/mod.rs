//! What goes wrong on demand: a script of rules, and whose turn it is. Does nothing itself.

mod rule;

use serde::Deserialize;

use super::Dialect;
use super::ids::scramble;
pub(super) use rule::{Fault, On, Strike};
use rule::{Rule, TaskName};

/// Why a script cannot be used: the line, and what is wrong in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the script of faults cannot be used: {0}")]
pub struct ScriptError(String);

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Script {
    #[serde(default)]
    seed: u64,
    #[serde(default, rename = "rule")]
    rules: Vec<Rule>,
}

/// Something that a rule can match.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event<'a> {
    pub(super) on: On,
    pub(super) dialect: Dialect,
    /// The task's number and id, where there is one.
    pub(super) task: Option<(u64, &'a str)>,
}

/// A script at work.
#[derive(Debug, Default)]
pub(super) struct Faults {
    seed: u64,
    chance: u64,
    rules: Vec<Running>,
}

/// A rule, and how often it was met.
#[derive(Debug)]
struct Running {
    rule: Rule,
    seen: u64,
    struck: u64,
}

impl Faults {
    pub(super) fn read(script: &str) -> Result<Self, ScriptError> {
        let script: Script =
            toml::from_str(script).map_err(|error| ScriptError(error.to_string()))?;
        let rules = script.rules.into_iter();
        let rules = rules.map(|rule| Running { rule, seen: 0, struck: 0 }).collect();
        Ok(Self { seed: script.seed, chance: scramble(script.seed), rules })
    }

    /// The same script from its beginning.
    pub(super) fn rewind(&mut self) {
        self.chance = scramble(self.seed);
        for running in &mut self.rules {
            (running.seen, running.struck) = (0, 0);
        }
    }

    /// What happens to an event, if anything does. Every rule counts what it matches; the first
    /// whose turn it is acts.
    pub(super) fn strike(&mut self, event: Event<'_>) -> Option<Strike> {
        let mut chosen: Option<Strike> = None;
        for running in &mut self.rules {
            if !running.rule.matches(event.on, event.dialect, event.task) {
                continue;
            }
            running.seen += 1;
            if chosen.is_some() || !running.is_due() {
                continue;
            }
            if let Some(chance) = running.rule.chance {
                self.chance = scramble(self.chance);
                // 53 bits are what a float holds.
                if (self.chance >> 11) as f64 / (1_u64 << 53) as f64 >= chance {
                    continue;
                }
            }
            running.struck += 1;
            chosen = Some(running.rule.strike.clone());
        }
        chosen
    }
}

impl Running {
    fn is_due(&self) -> bool {
        let rule = &self.rule;
        let Some(past) = self.seen.checked_sub(rule.after).filter(|past| *past > 0) else {
            return false;
        };
        rule.nth.is_none_or(|nth| self.seen == nth)
            && rule.times.is_none_or(|times| self.struck < times)
            && past % rule.every == 0
    }
}

impl Rule {
    fn matches(&self, on: On, dialect: Dialect, task: Option<(u64, &str)>) -> bool {
        self.on == on
            && self.dialect.is_none_or(|own| own == dialect)
            && match (&self.task, task) {
                (None, _) => true,
                (Some(TaskName::Number(own)), Some((number, _))) => *own == number,
                (Some(TaskName::Id(own)), Some((_, id))) => own == id,
                (Some(_), None) => false,
            }
    }
}

#[cfg(test)]
mod tests;
