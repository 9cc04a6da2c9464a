//! The silence that an encoder adds before and after a recording, cut off again.

use super::Frame;

/// Frames of padding that an MP3 encoder may add at the end: up to two packets, and one of doubt.
const MOST: u64 = 3 * 1152;

/// Cuts what an MP3's header calls padding, where it can be that. The frame count in it can be
/// wrong, as where somebody joined two files: what is longer than any padding is sound.
pub(super) struct Padding {
    cuts: bool,
    /// Frames after the end that the header gives, held back until it is clear what they are.
    held: Vec<Frame>,
}

impl Padding {
    /// Of a recording whose decoder leaves the cutting to this, or does it itself.
    pub(super) fn new(cuts: bool) -> Self {
        Self { cuts, held: Vec::new() }
    }

    /// Cuts so many frames from the start of a block and from its end. True where the header has
    /// just proved wrong: the block has all that was held back, and nothing is cut any more.
    pub(super) fn cut(&mut self, start: u64, end: u64, block: &mut Vec<Frame>) -> bool {
        if !self.cuts {
            return false;
        }
        block.drain(..block.len().min(start as usize));
        let kept = block.len().saturating_sub(usize::try_from(end).unwrap_or(usize::MAX));
        self.held.extend(block.drain(kept..));
        let proved = self.held.len() as u64 > MOST;
        if proved {
            block.append(&mut self.held);
            self.cuts = false;
        }
        proved
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(from: u32) -> Vec<Frame> {
        (from..from + 1152).map(|n| [n as f32, 0.0]).collect()
    }

    #[test]
    fn padding_is_cut_at_both_ends() {
        let mut padding = Padding::new(true);
        let (mut first, mut last, mut after) = (block(0), block(1152), block(2304));
        assert!(!padding.cut(1105, 0, &mut first));
        assert!(!padding.cut(0, 1000, &mut last));
        assert!(!padding.cut(0, 2152, &mut after));
        assert_eq!((first.len(), last.len(), after.len()), (47, 152, 0));
        assert_eq!((first[0][0], last[151][0]), (1105.0, 1303.0));
    }

    #[test]
    fn a_song_after_the_end_is_no_padding() {
        let mut padding = Padding::new(true);
        let mut out = Vec::new();
        let mut proved = 0;
        for packet in 0..8 {
            let mut frames = block(packet * 1152);
            let beyond = (u64::from(packet) + 1) * 1152;
            proved += u32::from(padding.cut(0, beyond.saturating_sub(1000), &mut frames));
            out.append(&mut frames);
        }
        assert_eq!(proved, 1);
        assert_eq!(out, (0..8).flat_map(|packet| block(packet * 1152)).collect::<Vec<_>>());
    }

    #[test]
    fn nothing_is_cut_twice() {
        let mut frames = block(0);
        assert!(!Padding::new(false).cut(500, 500, &mut frames));
        assert_eq!(frames.len(), 1152);
    }
}
