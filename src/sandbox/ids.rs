//! Names in the forms that the documents' examples have. The same serial makes the same name, so
//! that a fresh sandbox can be foretold.

/// Digits of hexadecimal, of base 36, and of Crockford's base 32.
const HEX: &[u8] = b"0123456789abcdef";
const BASE36: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";
const CROCKFORD: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Scrambles a number (`SplitMix64`).
pub(super) fn scramble(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn draw(digits: &[u8], length: usize, serial: u64) -> String {
    let mut state = scramble(serial);
    let mut next = || {
        state = scramble(state);
        char::from(digits[(state % digits.len() as u64) as usize])
    };
    (0..length).map(|_| next()).collect()
}

/// `task_12345678`
pub(super) fn apixo(serial: u64) -> String {
    format!("task_{:08}", scramble(serial) % 100_000_000)
}

/// `aud_01HQ9MB2J3RWB1V8Y5B9H8M2QK` for the prefix `aud`.
pub(super) fn ulid(prefix: &str, serial: u64) -> String {
    format!("{prefix}_01{}", draw(CROCKFORD, 24, serial))
}

/// `gen123abc456def789ksv`
pub(super) fn work(serial: u64) -> String {
    format!("gen{}ksv", draw(BASE36, 15, serial))
}

/// `59001af3-845d-47af-9e23-625adb0c6505`
pub(super) fn item(serial: u64, take: usize) -> String {
    let serial = scramble(serial) ^ take as u64;
    let part = |length, n: u64| draw(HEX, length, serial.wrapping_add(n << 8));
    [part(8, 1), part(4, 2), part(4, 3), part(4, 4), part(12, 5)].join("-")
}
