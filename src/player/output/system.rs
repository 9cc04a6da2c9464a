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
        BufferSize::Default => 0,
    };
    tracing::info!(device = %name, rate, period, "the device is open");
    sink.mixer().add(Feed::new(Renderer::new(Arc::clone(deck))));
    let latency = 2 * period * u64::from(RATE) / rate;
    Ok(Stream { sink: Sink::Device(name), latency, _held: Box::new(sink) })
}

fn find(wanted: Option<&str>) -> Option<Device> {
    let host = rodio::cpal::default_host();
    match wanted {
        None => host.default_output_device(),
        Some(wanted) => host.output_devices().ok()?.find(|device| name(device) == wanted),
    }
}

/// The outputs that there are, by name.
pub(in crate::player) fn names() -> Vec<String> {
    let devices = rodio::cpal::default_host().output_devices();
    let mut names: Vec<_> = devices.into_iter().flatten().map(|device| name(&device)).collect();
    names.dedup();
    names
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
    device.description().map_or_else(|_| "default".into(), |it| it.name().to_owned())
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
