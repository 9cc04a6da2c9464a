//! What a profile of the configuration says instead of the table of gateways. Pure.

use crate::config::{Choice as _, LimitsOverride, Profile, nearest};

use super::{Catalogue, Dialect, Extras, Gateway, Limits};

/// A profile that leads nowhere as it stands. Displays as what follows the name of the
/// configuration file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unresolved {
    /// It names a gateway that is not in the table.
    #[error(
        "line {line}: no gateway \"{gateway}\"{suggestion}\n  There are: {names}. Correct it in \
         [profiles.{profile}]."
    )]
    NoGateway {
        /// The line in the configuration file, from 1.
        line: usize,
        /// The profile.
        profile: String,
        /// What it names.
        gateway: String,
        /// `; did you mean …?`, or nothing.
        suggestion: String,
        /// Those that there are.
        names: String,
    },
    /// It sets something that its gateway does not have.
    #[error(
        "line {line}: {label} has no `{setting}`\n  Delete the setting from [profiles.{profile}]; \
         it belongs to another gateway."
    )]
    NoSetting {
        /// The line in the configuration file that names the gateway, from 1.
        line: usize,
        /// The profile.
        profile: String,
        /// The gateway's name for people.
        label: String,
        /// What it does not have.
        setting: &'static str,
    },
}

impl Catalogue {
    /// The gateway of a profile, with what the profile changes.
    ///
    /// # Errors
    /// When there is no such gateway, or the profile sets what it does not have.
    pub fn resolve(&self, profile: &Profile) -> Result<Gateway, Unresolved> {
        let (line, name) = (profile.line, profile.name.clone());
        let Some(gateway) = self.get(&profile.gateway) else {
            let suggestion = nearest(&profile.gateway, self.names())
                .map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
            return Err(Unresolved::NoGateway {
                line,
                profile: name,
                gateway: profile.gateway.clone(),
                suggestion,
                names: self.names().collect::<Vec<_>>().join(", "),
            });
        };
        let dialect = gateway.dialect;
        let settings = [
            ("provider", profile.provider.is_some(), dialect == Dialect::Apixo),
            ("cluster", profile.cluster.is_some(), dialect == Dialect::Udioapi),
            ("callback_url", profile.callback.is_some(), dialect.calls_back()),
        ];
        match settings.into_iter().find(|(_, is_set, has)| *is_set && !has) {
            Some((setting, ..)) => {
                let label = gateway.label.clone();
                Err(Unresolved::NoSetting { line, profile: name, label, setting })
            }
            None => Ok(gateway.with(profile)),
        }
    }
}

impl Gateway {
    /// This gateway as a profile has it.
    #[must_use]
    pub fn with(&self, profile: &Profile) -> Self {
        let mut gateway = self.clone();
        if !profile.models.is_empty() {
            gateway.models.clone_from(&profile.models);
        }
        // A model that is asked for by name is one to choose, even if no table knows it yet.
        if let Some(model) = &profile.model
            && !gateway.models.contains(model)
        {
            gateway.models.insert(0, model.clone());
        }
        if let Some(base_url) = &profile.base_url {
            gateway.base_url.clone_from(base_url);
        }
        let poll = &mut gateway.poll;
        poll.first = profile.poll.first.unwrap_or(poll.first);
        poll.every = profile.poll.every.unwrap_or(poll.every);
        poll.slowest = profile.poll.slowest.unwrap_or(poll.slowest).max(poll.every);
        if let Some(parallel) = profile.parallel {
            gateway.parallel = parallel.into();
        }
        if let Some(patience) = profile.patience {
            gateway.patience_seconds = patience.as_secs();
        }
        gateway.retention_days = profile.retention_days.or(gateway.retention_days);
        // What a person says holds for every model, whatever the table knows of some.
        let limits = Limits::from(profile.limits);
        gateway.limits = limits.over(gateway.limits);
        for line in gateway.model.values_mut() {
            line.limits = limits.over(line.limits);
        }
        if let Some(price) = &profile.price {
            gateway.price.clone_from(price);
            gateway.model.values_mut().for_each(|line| line.price = None);
        }
        gateway
    }
}

impl From<LimitsOverride> for Limits {
    fn from(limits: LimitsOverride) -> Self {
        let size = |limit: Option<u32>| limit.map(|limit| limit as usize);
        Self {
            lyrics: size(limits.lyrics),
            description: size(limits.description),
            style: size(limits.style),
            avoid: size(limits.avoid),
            title: size(limits.title),
        }
    }
}

impl From<&Profile> for Extras {
    fn from(profile: &Profile) -> Self {
        Self {
            provider: profile.provider.map(|provider| provider.word().to_owned()),
            cluster: profile.cluster.map(|cluster| cluster.word().to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::*;
    use crate::config::{self, Callback, Cluster, Config, PollOverride};

    fn catalogue() -> Catalogue {
        Catalogue::built_in().expect("assets/gateways.toml")
    }

    fn profile(gateway: &str) -> Profile {
        Profile { line: 12, ..Profile::of("mine".into(), gateway.into()) }
    }

    /// A configuration with these lines.
    fn configured(text: &str) -> Config {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        fs::write(&file, text).unwrap();
        config::load(Some(&file)).unwrap()
    }

    #[test]
    fn a_profile_that_says_nothing_changes_nothing() {
        let catalogue = catalogue();
        for name in catalogue.names() {
            assert_eq!(&catalogue.resolve(&profile(name)).unwrap(), catalogue.get(name).unwrap());
        }
    }

    #[test]
    fn everything_that_is_said_holds() {
        let config = configured(
            "[profiles.mine]\ngateway = \"apiin\"\nmodels = [\"suno-v6\", \"suno-v4-5\"]\n\
             base_url = \"http://127.0.0.1:8001/v1/\"\nparallel = 10\nprice = \"$0.10\"\n\
             poll = { first = \"2m\", every = \"20s\" }\nretention_days = 7\npatience = \"45m\"\n\
             limits = { lyrics = 9000, title = 99 }\n",
        );
        let gateway = catalogue().resolve(config.profile("mine").unwrap()).unwrap();
        assert_eq!(gateway.models, ["suno-v6", "suno-v4-5"]);
        assert_eq!(gateway.base_url, "http://127.0.0.1:8001/v1");
        assert_eq!((gateway.parallel, gateway.retention_days), (10, Some(7)));
        assert_eq!(gateway.patience(), Duration::from_secs(45 * 60));
        assert_eq!(gateway.poll.first, Duration::from_secs(120));
        assert_eq!(gateway.poll.every, Duration::from_secs(20));
        // The table's own would be faster than the usual.
        assert_eq!(gateway.poll.slowest, Duration::from_secs(20));
        for model in ["suno-v4-5", "suno-v6"] {
            assert_eq!(gateway.price(model), "$0.10");
            let limits = gateway.limits(model);
            assert_eq!((limits.lyrics, limits.title), (Some(9000), Some(99)));
        }
        // What is not said stays, also for one model.
        assert_eq!(gateway.limits("suno-v4-5").style, Some(1000));
        assert_eq!(gateway.limits("suno-v6").style, Some(200));
        let second = Profile { cluster: Some(Cluster::Second), ..profile("udioapi") };
        assert_eq!(Extras::from(&second).cluster.as_deref(), Some("second"));
    }

    #[test]
    fn a_model_that_is_asked_for_is_one_to_choose() {
        let new = Profile { model: Some("V7".into()), ..profile("apixo") };
        assert_eq!(catalogue().resolve(&new).unwrap().models[..2], ["V7", "V5_5"]);
        let known = Profile { model: Some("V4".into()), ..profile("apixo") };
        let models = catalogue().resolve(&known).unwrap().models;
        assert_eq!(models, catalogue().get("apixo").unwrap().models);
    }

    #[test]
    fn usual_times_are_never_slower_than_the_slowest() {
        let poll =
            PollOverride { slowest: Some(Duration::from_secs(2)), ..PollOverride::default() };
        let gateway = catalogue().resolve(&Profile { poll, ..profile("apixo") }).unwrap();
        assert_eq!(gateway.poll.slowest, gateway.poll.every);
    }

    #[test]
    fn a_setting_of_another_gateway_is_told() {
        let second = Profile { cluster: Some(Cluster::Second), ..profile("apixo") };
        let error = catalogue().resolve(&second).unwrap_err().to_string();
        assert!(error.starts_with("line 12: APIXO has no `cluster`\n"), "{error}");
        let url = "https://studio.example.com".to_owned();
        let callback = Some(Callback { url, listen: ([127, 0, 0, 1], 8765).into() });
        let called = |gateway| Profile { callback: callback.clone(), ..profile(gateway) };
        assert!(catalogue().resolve(&called("apimall")).is_err());
        assert!(catalogue().resolve(&called("udioapi")).is_ok());
    }

    #[test]
    fn a_gateway_that_is_not_there_is_told_by_line() {
        let error = catalogue().resolve(&profile("apixo2")).unwrap_err().to_string();
        assert_eq!(
            error,
            "line 12: no gateway \"apixo2\"; did you mean \"apixo\"?\n  There are: apiin, apimall, \
             apixo, sketch, udioapi, udioapi-v2. Correct it in [profiles.mine]."
        );
        let far = catalogue().resolve(&profile("mixer")).unwrap_err().to_string();
        assert!(far.starts_with("line 12: no gateway \"mixer\"\n"), "{far}");
    }

    #[test]
    fn the_examples_of_the_configuration_are_for_all_gateways() {
        let settings: String = include_str!("../../assets/config.toml")
            .lines()
            .filter_map(|line| line.strip_prefix('#'))
            .filter(|line| line.starts_with(|c: char| c == '[' || c.is_alphabetic()))
            .flat_map(|line| [line, "\n"])
            .collect();
        let (config, catalogue) = (configured(&settings), catalogue());
        for profile in &config.profiles {
            catalogue.resolve(profile).unwrap();
        }
        for name in catalogue.names() {
            assert!(
                config.profile(name).is_some_and(|p| p.gateway == name),
                "no example of {name}"
            );
        }
    }
}
