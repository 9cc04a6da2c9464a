//! Chord progressions: four chords a line, by genre, tonality and kind of section.

use crate::sketch::style::{Genre, Tonality};

/// What the sections of a genre are built on.
pub(super) struct Progressions {
    pub verse: &'static [&'static str],
    pub chorus: &'static [&'static str],
    /// Leads up to the chorus, so it ends on a chord that wants to move.
    pub build: &'static [&'static str],
    pub bridge: &'static [&'static str],
}

/// The progressions of a genre; the usual ones come first.
#[allow(clippy::too_many_lines, reason = "a table")]
pub(super) fn of(genre: Genre, tonality: Tonality) -> Progressions {
    use Genre::{Ambient, Ballad, Folk, HipHop, House, Jazz, LoFi, Metal, Reggae, Rock, SynthPop};
    let set = |verse, chorus, build, bridge| Progressions { verse, chorus, build, bridge };
    match (genre, tonality) {
        (Jazz, Tonality::Major) => set(
            &["Imaj7 vi7 ii7 V7", "ii7 V7 Imaj7 vi7", "Imaj7 IVmaj7 iii7 VI7"],
            &["ii7 V7 iii7 vi7", "IVmaj7 V7 iii7 vi7", "IVmaj7 iv7 iii7 VI7"],
            &["ii7 iii7 IVmaj7 V7"],
            &["IVmaj7 iv7 iii7 VI7", "vi7 II7 ii7 V7"],
        ),
        (Jazz, Tonality::Minor) => set(
            &["i7 iv7 VII7 IIImaj7", "i7 VImaj7 iim7b5 V7", "i9 iv9 i9 V7"],
            &["iv7 VII7 IIImaj7 VImaj7", "iv7 i7 iim7b5 V7"],
            &["iv7 i7 iim7b5 V7"],
            &["VImaj7 VII7 IIImaj7 V7"],
        ),
        (LoFi, Tonality::Major) => set(
            &["IVmaj7 iii7 ii7 Imaj7", "ii9 V7 Imaj7 vi7", "Imaj7 iii7 IVmaj7 iv"],
            &["IVmaj7 V7 iii7 vi7", "ii7 iii7 IVmaj7 V7", "IVmaj7 iv7 Imaj7 VI7"],
            &["ii7 iii7 IVmaj7 V7"],
            &["vi7 V IVmaj7 iv", "IVmaj7 iv Imaj7 Imaj7"],
        ),
        (LoFi, Tonality::Minor) => set(
            &["i9 iv9 i9 iv9", "VImaj7 VII i7 i7", "i7 v7 VImaj7 iv7"],
            &["VImaj7 v7 i7 IIImaj7", "iv9 VII IIImaj7 VImaj7"],
            &["iv7 v7 VImaj7 VII"],
            &["iv7 iv7 VImaj7 V7"],
        ),
        (HipHop, Tonality::Major) => set(
            &["I I vi vi", "I iii7 vi IV", "IV iii7 ii7 I"],
            &["vi IV I V", "IV V vi I"],
            &["ii ii IV V"],
            &["IV IV vi V"],
        ),
        (HipHop, Tonality::Minor) => set(
            &["i i VI VI", "i VI iv V", "i bII i bII", "i i VI VII"],
            &["i VI III VII", "VI VII i i", "iv VI i V"],
            &["VI VI VII VII"],
            &["iv iv VI VI"],
        ),
        (Rock, Tonality::Major) => set(
            &["I I IV IV", "I V IV IV", "vi IV I I", "I bVII IV I"],
            &["I V vi IV", "IV I V V", "I IV vi V", "I III IV iv"],
            &["ii IV V V", "vi IV V V"],
            &["vi vi IV IV", "bVII IV I V"],
        ),
        (Rock, Tonality::Minor) => set(
            &["i i VI VII", "i III VII VI", "i VI i VII"],
            &["i VI III VII", "VI VII i i", "III VII i VI"],
            &["iv iv VI VII", "VI VI VII VII"],
            &["VI VI iv V", "iv i VI V"],
        ),
        (Metal, _) => set(
            &["i5 i5 VI5 VII5", "i5 bII5 i5 VII5", "i5 i5 III5 bII5"],
            &["i5 VI5 III5 VII5", "VI5 VII5 i5 i5", "i5 VII5 VI5 VII5"],
            &["iv5 iv5 VI5 VII5", "VI5 VI5 VII5 VII5"],
            &["VI5 VI5 iv5 V5", "bII5 bII5 i5 i5"],
        ),
        (Folk | Reggae, Tonality::Major) => set(
            &["I IV I V", "I V IV I", "I vi IV V", "I I IV IV"],
            &["IV I V I", "IV V I vi", "I V vi IV"],
            &["ii IV V V", "IV IV V V"],
            &["vi iii IV V", "ii ii IV V"],
        ),
        (Folk | Reggae, Tonality::Minor) => set(
            &["i VII i VII", "i iv i V", "i III VII i"],
            &["VI III VII i", "iv i VII i", "i VI III VII"],
            &["iv iv VII VII"],
            &["VI VII iv V"],
        ),
        (House | SynthPop, Tonality::Minor) => set(
            &["i i VI VII", "i iv i VII", "VI VII i i", "i VII VI v"],
            &["VI VII i III", "i VI III VII", "iv VII III VI", "VI iv i VII"],
            &["iv iv VI VII", "VI VII V V"],
            &["iv VI i VII", "VI VI VII V"],
        ),
        (House | SynthPop, Tonality::Major) => set(
            &["I I vi IV", "vi IV I V", "IV I V vi"],
            &["IV V vi I", "vi IV I V", "IV vi I V"],
            &["ii IV V V", "IV V vi V"],
            &["ii iii IV V", "IV iv I V"],
        ),
        (Ambient, Tonality::Major) => set(
            &["Iadd9 iii IVmaj7 Iadd9", "Imaj7 Vsus4 ii7 IVmaj7"],
            &["IVmaj7 Iadd9 vi7 V", "vi7 IVmaj7 Iadd9 iii7"],
            &["IVmaj7 V IVmaj7 V"],
            &["vi7 iii7 IVmaj7 iv"],
        ),
        (Ambient, Tonality::Minor) => set(
            &["iadd9 VImaj7 III VII", "iadd9 iv7 VImaj7 VII"],
            &["VImaj7 VII iadd9 v7", "iv7 VImaj7 iadd9 VII"],
            &["iv7 iv7 VII VII"],
            &["VImaj7 iv7 i VII"],
        ),
        (Ballad, Tonality::Major) => set(
            &["I iii vi IV", "I V vi IV", "Iadd9 vi IV V"],
            &["IV V iii vi", "vi IV I V", "I iii IV iv"],
            &["ii iii IV V", "ii V vi V"],
            &["vi V IV iv", "IV iii ii V"],
        ),
        (_, Tonality::Major) => set(
            &["I V vi IV", "I IV vi V", "vi IV I V", "I iii IV V", "I ii IV I"],
            &["IV V vi I", "I V vi IV", "IV I V vi", "vi IV I V", "IV V iii vi"],
            &["ii IV V V", "IV V vi V", "ii vi IV V"],
            &["vi V IV iv", "IV iii ii V", "bVII IV I V"],
        ),
        (_, Tonality::Minor) => set(
            &["i VI III VII", "i VII VI VII", "i iv VI V", "i III VII iv"],
            &["VI VII i III", "i VI III VII", "iv VI III VII", "VI III VII i"],
            &["iv iv V V", "iv VI VII VII"],
            &["VI VII iv V", "iv i VI V"],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::compose::chord::Chord;
    use crate::sketch::style::Key;

    #[test]
    fn every_progression_is_four_chords_that_can_be_read() {
        for genre in Genre::ALL {
            for tonality in [Tonality::Major, Tonality::Minor] {
                let set = of(genre, tonality);
                let all = [set.verse, set.chorus, set.build, set.bridge].concat();
                for line in all {
                    let key = Key { tonic: 3, tonality };
                    let read = line.split(' ').filter_map(|chord| Chord::numeral(chord, key));
                    assert_eq!(read.count(), 4, "{genre:?}: {line}");
                }
            }
        }
    }
}
