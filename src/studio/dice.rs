//! Where chance comes from: seeded by the system once, and by a test with what it likes.

use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// A generator that nobody can guess who has not seen its seed.
pub(super) struct Dice(ChaCha20Rng);

impl Dice {
    pub(super) fn new(seed: [u8; 32]) -> Self {
        Self(ChaCha20Rng::from_seed(seed))
    }

    /// Where a job's chance starts: a number that every JSON reader keeps exactly.
    pub(super) fn seed(&mut self) -> u64 {
        self.0.next_u64() >> 11
    }

    /// A name that nobody else has and nobody can guess.
    pub(super) fn name(&mut self) -> String {
        let mut bytes = [0; 16];
        self.0.fill_bytes(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
    }

    /// Heads or tails.
    pub(super) fn coin(&mut self) -> bool {
        self.0.next_u32() & 1 == 0
    }

    /// About so long, up to a fifth more or less: many that were turned away at once do not come
    /// back at once.
    pub(super) fn about(&mut self, time: Duration) -> Duration {
        let chance = f64::from(self.0.next_u32()) / f64::from(u32::MAX);
        time.mul_f64(0.8 + 0.4 * chance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_stays_in_its_bounds_and_names_differ() {
        let mut dice = Dice::new([7; 32]);
        for _ in 0..1000 {
            let about = dice.about(Duration::from_secs(10));
            assert!((8.0..=12.0).contains(&about.as_secs_f64()), "{about:?}");
            assert!(dice.seed() < 1 << 53);
        }
        assert_ne!(dice.name(), dice.name());
        let heads = (0..1000).filter(|_| dice.coin()).count();
        assert!((400..600).contains(&heads), "{heads}");
        assert_eq!(dice.name().len(), 36);
    }
}
