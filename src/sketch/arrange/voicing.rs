//! Voicing: which octave each tone of a chord is played in, so that hands move little.

use crate::sketch::compose::Chord;

/// The close position of a chord nearest to `centre` (a MIDI pitch) and to the voicing before;
/// two to four notes, rising.
pub(super) fn close(chord: &Chord, centre: u8, before: &[u8]) -> Vec<u8> {
    let mut tones: Vec<u8> = chord.tones.clone();
    if tones.len() > 4 {
        tones.retain(|&tone| tone != 7); // the fifth is missed least
    }
    tones.truncate(4);
    let low = centre.saturating_sub(9);
    (0..tones.len())
        .map(|inversion| stack(chord.root, &tones, inversion, low))
        .min_by(|a, b| cost(a, centre, before).total_cmp(&cost(b, centre, before)))
        .unwrap_or_default()
}

/// The tones from one of them upwards, the first at or above `low`.
fn stack(root: u8, tones: &[u8], inversion: usize, low: u8) -> Vec<u8> {
    let mut floor = low;
    let order = tones.iter().cycle().skip(inversion).take(tones.len());
    order
        .map(|tone| {
            let class = (root + tone) % 12;
            let pitch = floor + (class + 12 - floor % 12) % 12;
            floor = pitch + 1;
            pitch
        })
        .collect()
}

fn cost(voicing: &[u8], centre: u8, before: &[u8]) -> f32 {
    let mean =
        voicing.iter().map(|&pitch| f32::from(pitch)).sum::<f32>() / voicing.len().max(1) as f32;
    let travel: u8 = voicing
        .iter()
        .map(|pitch| before.iter().map(|other| pitch.abs_diff(*other)).min().unwrap_or(0))
        .fold(0, u8::saturating_add);
    let rubs = voicing.windows(2).filter(|pair| pair[1] - pair[0] == 1).count();
    (mean - f32::from(centre)).abs() * 0.6 + f32::from(travel) * 0.5 + rubs as f32
}

/// The lowest pitch of a class at or above `low`.
pub(super) fn at_or_above(class: u8, low: u8) -> u8 {
    low + (class % 12 + 12 - low % 12) % 12
}
