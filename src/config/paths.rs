//! Where things are: the configuration, the songs, the log. Creates nothing.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use etcetera::base_strategy::Xdg;

/// The folder of the program within the folders of the user.
const FOLDER: &str = "refrain";

/// The places that Refrain uses, by the XDG base directories on every system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// The configuration file; it need not exist.
    pub config_file: PathBuf,
    /// The journal and the song folders.
    pub data_dir: PathBuf,
    /// What may be lost without harm: the log.
    pub state_dir: PathBuf,
}

/// No home directory, so no place to put anything.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no home directory, so there is no place for songs and settings\n  HOME is not set, \
     and the system knows none for this user. Set it: HOME=/path/to/you refrain"
)]
pub struct NoHome;

impl Paths {
    /// The places, with what `--config`/`REFRAIN_CONFIG` and `--data-dir`/`REFRAIN_DATA_DIR` say
    /// instead of the default ones.
    ///
    /// # Errors
    /// Where the user has no home directory.
    pub fn find(config: Option<PathBuf>, data: Option<PathBuf>) -> Result<Self, NoHome> {
        let user = Xdg::new().map_err(|_| NoHome)?;
        Self::within(&user, config, data)
    }

    fn within(
        user: &impl BaseStrategy,
        config: Option<PathBuf>,
        data: Option<PathBuf>,
    ) -> Result<Self, NoHome> {
        // A relative home would put songs wherever the program happens to be started.
        if !user.home_dir().is_absolute() {
            return Err(NoHome);
        }
        let given = |path: Option<PathBuf>| path.filter(|path| path != Path::new(""));
        Ok(Self {
            config_file: given(config)
                .unwrap_or_else(|| user.config_dir().join(FOLDER).join("config.toml")),
            data_dir: given(data).unwrap_or_else(|| user.data_dir().join(FOLDER)),
            state_dir: user.state_dir().ok_or(NoHome)?.join(FOLDER),
        })
    }

    /// The log.
    pub fn log_file(&self) -> PathBuf {
        self.state_dir.join("refrain.log")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A user whose folders are all in one place.
    struct User(&'static str);

    impl BaseStrategy for User {
        fn home_dir(&self) -> &Path {
            Path::new(self.0)
        }
        fn config_dir(&self) -> PathBuf {
            self.home_dir().join(".config")
        }
        fn data_dir(&self) -> PathBuf {
            self.home_dir().join(".local/share")
        }
        fn cache_dir(&self) -> PathBuf {
            self.home_dir().join(".cache")
        }
        fn state_dir(&self) -> Option<PathBuf> {
            Some(self.home_dir().join(".local/state"))
        }
        fn runtime_dir(&self) -> Option<PathBuf> {
            None
        }
    }

    #[test]
    fn everything_has_a_place_in_the_users_folders() {
        let paths = Paths::within(&User("/home/ann"), None, None).unwrap();
        assert_eq!(paths.config_file, Path::new("/home/ann/.config/refrain/config.toml"));
        assert_eq!(paths.data_dir, Path::new("/home/ann/.local/share/refrain"));
        assert_eq!(paths.log_file(), Path::new("/home/ann/.local/state/refrain/refrain.log"));
    }

    #[test]
    fn what_is_named_wins_and_nothing_is_not_a_name() {
        let named = Some(PathBuf::from("/tmp/c.toml"));
        let empty = Some(PathBuf::new());
        let paths = Paths::within(&User("/home/ann"), named, empty).unwrap();
        assert_eq!(paths.config_file, Path::new("/tmp/c.toml"));
        assert_eq!(paths.data_dir, Path::new("/home/ann/.local/share/refrain"));
    }

    #[test]
    fn without_a_home_there_is_advice() {
        for home in ["", "here"] {
            let error = Paths::within(&User(home), None, None).unwrap_err();
            assert!(error.to_string().contains("Set it: HOME="), "{error}");
        }
    }
}
