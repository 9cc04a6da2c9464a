//! How loud a recording is.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Loudness as a whole, after EBU R 128: in LUFS, kept to a hundredth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lufs(i16);

impl Lufs {
    /// From LUFS; none for silence, which has no loudness.
    pub fn new(lufs: f64) -> Option<Self> {
        // EBU's absolute gate: what is below it counts as silence.
        (lufs.is_finite() && lufs >= -70.0).then(|| Self((lufs.min(20.0) * 100.0).round() as i16))
    }

    /// In LUFS, which differ by decibels.
    pub fn value(self) -> f32 {
        f32::from(self.0) / 100.0
    }
}

impl fmt::Display for Lufs {
    /// `-13.8 LUFS`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} LUFS", self.value())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_has_no_loudness() {
        assert_eq!(Lufs::new(f64::NEG_INFINITY), None);
        assert_eq!(Lufs::new(f64::NAN), None);
        assert_eq!(Lufs::new(-70.1), None);
        let loud = Lufs::new(-13.804).unwrap();
        assert_eq!((loud.to_string(), loud.value()), ("-13.8 LUFS".into(), -13.8));
    }
}
