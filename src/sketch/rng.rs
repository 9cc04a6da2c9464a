//! Chance, the same on every machine.
//!
//! Every decision draws from a stream of its own, named by a label: re-rolling the melody leaves
//! the drums alone.

/// A `SplitMix64` generator.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// The stream with the given name under a seed.
    pub fn stream(seed: u64, name: &str) -> Self {
        let named = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut rng = Self(seed.wrapping_mul(0xd134_2543_de82_ef95) ^ named);
        rng.next(); // neighbouring seeds part ways only after one round
        rng
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0.0 up to, and never, 1.0.
    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u32 << 24) as f32
    }

    /// From -1.0 up to 1.0.
    pub fn signed(&mut self) -> f32 {
        self.unit() * 2.0 - 1.0
    }

    /// Between two bounds.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// A whole number below `bound`; 0 when the bound is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        (((self.next() >> 32) * bound as u64) >> 32) as usize
    }

    /// True this often, from 0.0 (never) to 1.0 (always).
    pub fn chance(&mut self, often: f32) -> bool {
        self.unit() < often
    }

    /// One of the choices, or the default where there is none.
    pub fn pick<T: Copy + Default>(&mut self, choices: &[T]) -> T {
        choices.get(self.below(choices.len())).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_its_seed_and_its_name() {
        let draw = |seed, name| Rng::stream(seed, name).unit();
        assert!((draw(7, "drums") - draw(7, "drums")).abs() < f32::EPSILON);
        assert!((draw(7, "drums") - draw(7, "melody")).abs() > f32::EPSILON);
        assert!((draw(7, "drums") - draw(8, "drums")).abs() > f32::EPSILON);
    }

    #[test]
    fn draws_stay_in_their_range_and_fill_it() {
        let mut rng = Rng::stream(1, "test");
        let draws: Vec<f32> = (0..10_000).map(|_| rng.unit()).collect();
        assert!(draws.iter().all(|draw| (0.0..1.0).contains(draw)));
        let mean = draws.iter().sum::<f32>() / 10_000.0;
        assert!((mean - 0.5).abs() < 0.02, "{mean}");
        assert!((0..1000).all(|_| rng.below(3) < 3));
        assert_eq!(rng.below(0), 0);
        assert_eq!(rng.pick::<u8>(&[]), 0);
    }
}
