//! Facts about whole takes.

use super::*;
use crate::sketch::testing::{WORDS, request};

/// Two lines: some twenty seconds.
const SHORT: &str = "[Chorus]\nOh, paper moon\nDon't let me down";

fn go(_: f32) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn mastered(text: &str, style: &str, take: Label) -> mix::Stereo {
    let request = request(text, style);
    let score = arrange::arrange(&compose::compose(&request, take), request.seed, take);
    let mut tell = go;
    let mut progress = Progress::new(&mut tell);
    let mix = mix::perform(&score, &mut progress).unwrap();
    master::master(mix, &mut progress).unwrap()
}

#[test]
fn progress_rises_from_nothing_to_everything() {
    let mut told = Vec::new();
    let mut tell = |share| {
        told.push(share);
        ControlFlow::Continue(())
    };
    render(&request(SHORT, "house"), Label::A, &mut tell).unwrap();
    assert!(told.windows(2).all(|pair| pair[0] <= pair[1]));
    assert!(told[0] < 0.01 && told.last().copied().unwrap() > 0.999);
    assert!(told.len() > 50, "{}", told.len());
}

#[test]
fn a_break_stops_the_work_at_once() {
    for stop_at in [0.0, 0.1, 0.4, 0.8] {
        let mut after = 0;
        let mut tell = |share| {
            if share < stop_at {
                return ControlFlow::Continue(());
            }
            after += 1;
            ControlFlow::Break(())
        };
        let stopped = render(&request(SHORT, "folk"), Label::A, &mut tell);
        assert_eq!(stopped, Err(SketchError::Cancelled));
        assert_eq!(after, 1);
    }
}

#[test]
fn a_take_decodes_to_exactly_its_length() {
    let take = render(&request(SHORT, "pop"), Label::A, &mut go).unwrap();
    let mut decoder = rusty_mp3::Mp3Decoder::new();
    decoder.push(&take.audio);
    decoder.flush();
    let mut samples = 0;
    while let Ok(frame) = decoder.next_frame() {
        assert_eq!((frame.sample_rate, frame.channels), (time::SAMPLE_RATE, 2));
        samples += frame.samples.len() / 2;
    }
    let wanted = (take.duration.as_secs_f64() * f64::from(time::SAMPLE_RATE)).round() as usize;
    // The encoder pads to whole frames; players cut the padding off by its tag.
    assert!((wanted..wanted + 4 * 1152).contains(&samples), "{samples} {wanted}");
    assert!(take.cover.starts_with(b"\x89PNG"));
}

#[test]
fn the_takes_are_two() {
    let asked = request(SHORT, "pop");
    let (a, b) = (render(&asked, Label::A, &mut go), render(&asked, Label::B, &mut go));
    let (a, b) = (a.unwrap(), b.unwrap());
    assert_ne!(a.key, b.key);
    assert_ne!(a.audio, b.audio);
    assert_ne!(a.cover, b.cover);
    assert!((a.bpm / b.bpm - 1.0).abs() < 0.07);
}

#[test]
fn no_sample_is_clipped_and_the_end_is_silent() {
    for (style, take) in [("metal", Label::A), ("house", Label::B)] {
        let done = mastered(SHORT, style, take);
        let all = done.left.iter().chain(&done.right);
        let peak = all.fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
        assert!((0.5..0.84).contains(&peak), "{style}: {peak}");
        assert!(done.left[done.left.len() - 100..].iter().all(|sample| sample.abs() < 1e-3));
        assert!(done.left[..100].iter().all(|sample| sample.abs() < 1e-3));
    }
}

#[test]
fn the_chorus_is_louder_than_the_verse() {
    use crate::song::SectionKind::{Chorus, Verse};
    let asked = request(WORDS, "synth-pop");
    let song = compose::compose(&asked, Label::A);
    let done = mastered(WORDS, "synth-pop", Label::A);
    let loudness = |kind| {
        let section = song.form.sections.iter().find(|section| section.kind == kind).unwrap();
        let [from, until] = [section.steps().start, section.steps().end]
            .map(|step| (song.tempo().seconds(step) * f64::from(time::RATE)) as usize);
        let mut meter = master::Loudness::default();
        for i in from..until {
            meter.push([done.left[i], done.right[i]]);
        }
        meter.integrated()
    };
    let (verse, chorus) = (loudness(Verse), loudness(Chorus));
    assert!(chorus > verse + 0.8, "verse {verse} chorus {chorus}");
}

#[test]
fn the_same_request_is_the_same_sound_everywhere() {
    let done = mastered(SHORT, "lo-fi, 84 bpm, D minor", Label::A);
    let sum =
        done.left.iter().chain(&done.right).fold(0xcbf2_9ce4_8422_2325_u64, |hash, sample| {
            (hash ^ u64::from(sample.to_bits())).wrapping_mul(0x0100_0000_01b3)
        });
    assert_eq!(
        sum, 0xe9dd_f6ea_9cdd_d4fc,
        "the sound changed: {sum:#018x}; if that was meant, store the new sum"
    );
}

#[test]
fn anything_at_all_becomes_music() {
    let texts = ["🎉🎉\n🎉", "مرحبا بالعالم", "https://example.com/?q=1#x", "\0\n[[[\n]]]"];
    for text in texts {
        let done = mastered(text, "20 bpm, 🎸, ,,", Label::B);
        assert!(done.left.iter().any(|sample| sample.abs() > 0.3), "{text}");
        assert!(done.left.iter().all(|sample| sample.is_finite()));
    }
}
