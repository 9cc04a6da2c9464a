//! Whose turn it is, and what a bad script hears.

use super::*;

fn struck(script: &str, events: &[On]) -> Vec<usize> {
    let mut faults = Faults::read(script).unwrap();
    let mut event = |on| faults.strike(Event { on, dialect: Dialect::Apixo, task: Some((2, "x")) });
    (1..).zip(events).filter_map(|(n, on)| event(*on).map(|_| n)).collect()
}

const POLLS: &[On] = &[On::Poll; 10];

#[test]
fn rules_count_what_they_match() {
    let rule = "[[rule]]\non = \"poll\"\ndo = \"drop_before\"\n";
    assert_eq!(struck(rule, &POLLS[..3]), [1, 2, 3]);
    assert_eq!(struck(rule, &[On::Create, On::Audio]), [0; 0]);
    for (more, turns) in [
        ("nth = 3", &[3][..]),
        ("times = 2", &[1, 2]),
        ("after = 8", &[9, 10]),
        ("every = 4", &[4, 8]),
        ("after = 1\nevery = 3\ntimes = 2", &[4, 7]),
        ("task = 2\nnth = 1", &[1]),
        ("task = \"x\"\nnth = 1", &[1]),
        ("task = 3", &[]),
        ("dialect = \"udioapi-v2\"", &[]),
        ("chance = 0.0", &[]),
        ("chance = 1.0\nnth = 5", &[5]),
    ] {
        assert_eq!(struck(&format!("{rule}{more}"), POLLS), turns, "{more}");
    }
}

#[test]
fn the_same_seed_makes_the_same_accidents() {
    let script =
        |seed| format!("seed = {seed}\n[[rule]]\non = \"poll\"\ndo = \"stall\"\nchance = 0.5");
    assert_eq!(struck(&script(1), POLLS), struck(&script(1), POLLS));
    assert_ne!(struck(&script(1), POLLS), struck(&script(2), POLLS));
}

#[test]
fn the_first_rule_whose_turn_it_is_acts() {
    let script = "[[rule]]\non = \"poll\"\ndo = \"stall\"\nnth = 2\n
                  [[rule]]\non = \"poll\"\ndo = \"html\"\nafter = 1";
    let mut faults = Faults::read(script).unwrap();
    let mut poll = || {
        let event = Event { on: On::Poll, dialect: Dialect::Apiin, task: None };
        faults.strike(event).map(|strike| strike.name)
    };
    assert_eq!([poll(), poll(), poll()], [None, Some("stall"), Some("html")]);
}

#[test]
fn a_bad_script_hears_the_line() {
    let rule = "seed = 1\n\n[[rule]]\non = \"poll\"\n";
    for (more, line, word) in [
        ("do = \"explode\"", 3, "none of status, drop_before"),
        ("do = \"never_ends\"", 3, "create only"),
        ("do = \"status\"", 3, "needs status"),
        ("do = \"stall\"\nstatus = 500", 3, "status goes with"),
        ("do = \"stall\"\nnth = 0", 3, "from 1"),
        ("do = \"delay\"", 3, "is missing"),
        ("do = \"delay\"\ndelay = \"soon\"", 3, "such as"),
        ("do = \"slow\"", 3, "rate"),
        ("do = \"stall\"\nchance = 2.0", 3, "0.0 to 1.0"),
        ("do = \"stall\"\ntask = true", 3, "number from 1"),
        ("do = \"stall\"\ndialect = \"suno\"", 6, "udioapi-v2"),
        ("do = \"stall\"\nwhen = 3", 6, "unknown field"),
        ("do = ", 5, ""),
    ] {
        let error = Faults::read(&format!("{rule}{more}")).unwrap_err().to_string();
        assert!(error.contains(&format!("line {line}")), "{more}: {error}");
        assert!(error.contains(word), "{more}: {error}");
    }
}

#[test]
fn the_example_is_a_script() {
    let example = include_str!("../../../assets/sandbox.toml");
    assert!(Faults::read(example).is_ok_and(|faults| faults.rules.is_empty()));
    // Its rules are switched off by the # in front of them; each must work once it is taken away.
    let lines = example.lines().filter_map(|line| line.strip_prefix('#'));
    let on = lines.filter(|line| !line.starts_with(' ')).collect::<Vec<_>>().join("\n");
    let faults = Faults::read(&on).unwrap();
    assert!(faults.rules.len() > 5, "{on}");
}
