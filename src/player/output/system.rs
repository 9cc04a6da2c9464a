//! The system's device, through rodio, which opens it and pulls one endless source of ours.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use rodio::cpal::BufferSize;
use rodio::cpal::traits::HostTrait;
use rodio::math::nz;
use rodio::{
    ChannelCount, CpalError, CpalErrorKind, Device, DeviceSinkBuilder, DeviceSinkError,
    DeviceTrait, MixerDeviceSink, SampleRate, Source,
};

use super::{Call, Sink, Stream};
use crate::player::RATE;
use crate::player::deck::Deck;
use crate::player::render::Renderer;

/// Frames of a device's period, 21 ms, of which two are in flight. The system's own default can be
/// as short as 5 ms, which a busy machine misses.
const PERIOD: u32 = 1024;
/// Frames rendered at a time.
const BLOCK: usize = 256;
const STEREO: ChannelCount = nz!(2);
const HERTZ: SampleRate = nz!(48_000);
const _: () = assert!(HERTZ.get() == RATE);

/// Opens the device of that name, or the default one.
pub(super) fn open(
    wanted: Option<&str>,
    deck: &Arc<Deck>,
    call: impl Fn(Call) + Send + Sync + Clone + 'static,
) -> Result<Stream, String> {
    let report = move |error: CpalError| complain(&error, &call);
    let (name, mut sink) = find(wanted)
        .ok_or(DeviceSinkError::NoDevice)
        .and_then(|device| Ok((name(&device), open_device(device, report)?)))
        .map_err(|error| reason(&error))?;
    sink.log_on_drop(false);
    let rate = u64::from(sink.config().sample_rate().get());
    let period = match sink.config().buffer_size() {
        BufferSize::Fixed(frames) => u64::from(*frames),
        // Rodio asks for a size of its own in all other ways in.
        BufferSize::Default => u64::from(PERIOD),
    };
    tracing::info!(device = %name, rate, period, "the device is open");
    sink.mixer().add(Feed::new(Renderer::new(Arc::clone(deck))));
    // With a fixed size cpal makes ALSA's buffer two periods long and starts when both are full.
    // A device may round them, and a sound server keeps some more of its own; neither is told.
    let latency = 2 * period * u64::from(RATE) / rate;
    Ok(Stream { sink: Sink::Device(name), latency, _held: Box::new(sink) })
}

/// What the system's own choice is called.
const DEFAULT: &str = "default";

fn find(wanted: Option<&str>) -> Option<Device> {
    match wanted {
        None | Some(DEFAULT) => rodio::cpal::default_host().default_output_device(),
        Some(wanted) => useful().into_iter().find(|(name, _)| name == wanted).map(|(_, it)| it),
    }
}

/// The outputs that there are, by name, [`DEFAULT`] first. None is opened for it, so one that
/// cannot be opened now is among them.
pub(in crate::player) fn names() -> Vec<String> {
    let others = useful().into_iter().map(|(name, _)| name);
    std::iter::once(DEFAULT.to_owned()).chain(others).collect()
}

/// The devices that are worth a choice, each once, in the system's order.
fn useful() -> Vec<(String, Device)> {
    let devices = rodio::cpal::default_host().output_devices();
    let devices = devices.inspect_err(|error| tracing::debug!(%error, "no list of the outputs"));
    choose(devices.into_iter().flatten().map(|device| (name(&device), pcm(&device), device)))
}

/// Those whose name is new and whose PCM is of use.
fn choose<D>(devices: impl Iterator<Item = (String, Option<String>, D)>) -> Vec<(String, D)> {
    let mut chosen: Vec<(String, D)> = Vec::new();
    for (name, pcm, device) in devices {
        let useful = pcm.is_none_or(|pcm| is_useful(&pcm));
        if useful && name != DEFAULT && chosen.iter().all(|(other, _)| *other != name) {
            chosen.push((name, device));
        }
    }
    chosen
}

/// Under ALSA, the name of the device's PCM.
fn pcm(device: &Device) -> Option<String> {
    let id = device.id().ok()?;
    (id.host().name() == "ALSA").then(|| id.id().to_owned())
}

/// Whether a PCM of ALSA plays any recording on something that a listener knows. ALSA lists each
/// card a dozen times: raw, which takes no other rate than its own, for each number of speakers,
/// and through plugins; and plugins that play to nothing. A sound server is one entry, and it has
/// all cards behind it.
fn is_useful(pcm: &str) -> bool {
    const SERVERS: [&str; 3] = ["pipewire", "pulse", "jack"];
    let (plugin, arguments) = pcm.split_once(':').unwrap_or((pcm, ""));
    match plugin {
        // Any card, with all conversions.
        "plughw" => !arguments.is_empty(),
        _ if arguments.is_empty() => SERVERS.contains(&plugin) || is_own(plugin),
        _ => false,
    }
}

/// Whether a PCM without arguments is not one of those that ALSA and its plugins bring along: then
/// somebody wrote it into his configuration to play on.
fn is_own(pcm: &str) -> bool {
    const BROUGHT: [&str; 23] = [
        "default",
        "sysdefault",
        "null",
        "hw",
        "plughw",
        "plug",
        "shm",
        "tee",
        "file",
        "front",
        "rear",
        "center_lfe",
        "side",
        "iec958",
        "spdif",
        "hdmi",
        "dmix",
        "dsnoop",
        "oss",
        "upmix",
        "vdownmix",
        "usbstream",
        "phoneline",
    ];
    let rate = pcm.ends_with("rate") || pcm.contains("rate_");
    let speakers = pcm.starts_with("surround") || pcm.starts_with("modem");
    !BROUGHT.contains(&pcm) && !rate && !speakers && !pcm.starts_with("speex")
}

fn open_device(
    device: Device,
    report: impl FnMut(CpalError) + Send + Clone + 'static,
) -> Result<MixerDeviceSink, DeviceSinkError> {
    let ours = DeviceSinkBuilder::default()
        .with_device(device.clone())
        .with_channels(STEREO)
        .with_sample_rate(HERTZ)
        .with_buffer_size(BufferSize::Fixed(PERIOD))
        .with_error_callback(report.clone())
        .open_stream();
    ours.or_else(|error| {
        // Its own rate and format will do, but then rodio converts, and not as well.
        tracing::debug!(error = %reason(&error), "the device does not take 48 kHz stereo");
        DeviceSinkBuilder::from_device(device)?.with_error_callback(report).open_sink_or_fallback()
    })
}

fn name(device: &Device) -> String {
    device.description().map_or_else(|_| DEFAULT.into(), |it| it.name().to_owned())
}

/// A late period is over when it is reported. Whatever else a running stream reports ends it, and
/// some of it would be reported without end.
fn complain(error: &CpalError, call: &impl Fn(Call)) {
    match error.kind() {
        CpalErrorKind::Xrun | CpalErrorKind::DeviceChanged | CpalErrorKind::RealtimeDenied => {
            tracing::debug!(%error, "the device goes on");
        }
        _ => call(Call::Lost(error.to_string())),
    }
}

/// An error with what is behind it, which is where the reason is.
fn reason(error: &DeviceSinkError) -> String {
    let mut deepest: &dyn Error = error;
    while let Some(cause) = deepest.source() {
        deepest = cause;
    }
    deepest.to_string()
}

/// The renderer as rodio's endless source: a sample at a time, rendered in blocks.
struct Feed {
    renderer: Renderer,
    block: [f32; BLOCK * 2],
    next: usize,
}

impl Feed {
    fn new(renderer: Renderer) -> Self {
        Self { renderer, block: [0.0; BLOCK * 2], next: BLOCK * 2 }
    }
}

impl Iterator for Feed {
    type Item = f32;

    fn next(&mut self) -> Option<f32> {
        if self.next == self.block.len() {
            self.renderer.render(&mut self.block);
            self.next = 0;
        }
        self.next += 1;
        Some(self.block[self.next - 1])
    }
}

impl Source for Feed {
    fn current_span_len(&self) -> Option<usize> {
        None
    }

    fn channels(&self) -> ChannelCount {
        STEREO
    }

    fn sample_rate(&self) -> SampleRate {
        HERTZ
    }

    fn total_duration(&self) -> Option<Duration> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_one_choice_and_what_plays_to_nothing_is_none() {
        let listed = [
            ("Discard all samples", "null"),
            ("Rate Converter Plugin Using Libav/FFmpeg Library", "lavrate"),
            ("Rate Converter Plugin Using Speex Resampler", "speexrate"),
            ("Plugin using Speex DSP", "speex"),
            ("PulseAudio Sound Server", "pulse"),
            ("PipeWire Sound Server", "pipewire"),
            ("Default ALSA Output", "default"),
            ("Plugin for channel upmix (4,6,8)", "upmix"),
            ("HDA Intel PCH, ALC257 Analog", "hw:CARD=PCH,DEV=0"),
            ("HDA Intel PCH, ALC257 Analog", "plughw:CARD=PCH,DEV=0"),
            ("HDA Intel PCH, ALC257 Analog", "sysdefault:CARD=PCH"),
            ("HDA Intel PCH, ALC257 Analog", "front:CARD=PCH,DEV=0"),
            ("HDA Intel PCH, ALC257 Analog", "surround51:CARD=PCH,DEV=0"),
            ("HDA Intel PCH, HDMI 0", "plughw:CARD=PCH,DEV=3"),
            ("HDA Intel PCH, HDMI 0", "hdmi:CARD=PCH,DEV=0"),
            ("HDA Intel PCH, ALC257 Analog", "plughw:CARD=0,DEV=0"),
            ("living_room", "living_room"),
        ];
        let listed = listed.map(|(name, pcm)| (name.to_owned(), Some(pcm.to_owned()), pcm));
        let chosen = choose(listed.into_iter());
        let pcms: Vec<&str> = chosen.iter().map(|(_, pcm)| *pcm).collect();
        let wanted =
            ["pulse", "pipewire", "plughw:CARD=PCH,DEV=0", "plughw:CARD=PCH,DEV=3", "living_room"];
        assert_eq!(pcms, wanted);
    }

    #[test]
    fn other_systems_list_what_is_worth_it() {
        let listed = ["Speakers", "Headphones", "Speakers"];
        let chosen = choose(listed.into_iter().enumerate().map(|(n, it)| (it.into(), None, n)));
        assert_eq!(chosen, [("Speakers".to_owned(), 0), ("Headphones".into(), 1)]);
    }

    #[test]
    fn the_default_is_always_there_to_choose() {
        let names = names();
        assert_eq!(names.first().map(String::as_str), Some(DEFAULT));
        assert_eq!(names.iter().filter(|name| *name == DEFAULT).count(), 1);
    }
}
