//! The cover: the song as a landscape at night.
//!
//! Every section is a ridge, the nearer the later; its height is its energy, its outline the tune.
//! The light stands where the key is on the circle of fifths. Take A is amber, take B teal.

use tiny_skia::{
    Color, FillRule, GradientStop, LinearGradient, Paint, Path, PathBuilder, Pixmap, Point,
    RadialGradient, Rect, Shader, SpreadMode, Transform,
};

use super::SketchError;
use super::compose::{Section, Song};
use super::rng::Rng;
use crate::song::Label;

/// Width and height in pixels.
pub const SIZE: u32 = 480;
const WIDTH: f32 = SIZE as f32;
/// Points of a ridge's outline.
const POINTS: usize = 64;

/// Red, green and blue, 0.0 to 1.0.
type Rgb = [f32; 3];

/// The colours of a take.
struct Palette {
    night: Rgb,
    glow: Rgb,
    light: Rgb,
    near: Rgb,
}

/// Draws the cover of a take as a PNG file.
///
/// # Errors
///
/// [`SketchError::Cover`] when the image cannot be encoded.
pub fn draw(song: &Song, seed: u64, take: Label) -> Result<Vec<u8>, SketchError> {
    let mut rng = Rng::stream(seed, &format!("cover {take}"));
    let colours = palette(take, song.style.brightness, &mut rng);
    let mut canvas = Pixmap::new(SIZE, SIZE)
        .ok_or_else(|| SketchError::Cover("there is no room for the picture".into()))?;
    sky(&mut canvas, &colours, &mut rng);
    lamp(&mut canvas, &colours, song);
    let count = song.form.sections.len().clamp(1, 9);
    // Of a long form as many sections as can be told apart, evenly chosen.
    for i in 0..count {
        let index = i * song.form.sections.len() / count;
        if let Some(section) = song.form.sections.get(index) {
            let depth = (i + 1) as f32 / count as f32;
            ridge(&mut canvas, &colours, song, section, depth, &mut rng);
        }
    }
    canvas.encode_png().map_err(|error| SketchError::Cover(error.to_string()))
}

fn palette(take: Label, brightness: f32, rng: &mut Rng) -> Palette {
    let lift = 0.75 + 0.5 * brightness;
    let shade = |rgb: Rgb, factor: f32| rgb.map(|part| (part * factor).min(1.0));
    let drift = 0.03 * rng.signed();
    if take.index().is_multiple_of(2) {
        Palette {
            night: shade([0.055, 0.045, 0.085], lift),
            glow: shade([0.52 + drift, 0.21, 0.13], lift),
            light: [1.0, 0.76 + drift, 0.40],
            near: [0.060, 0.040, 0.070],
        }
    } else {
        Palette {
            night: shade([0.030, 0.055, 0.090], lift),
            glow: shade([0.06, 0.36 + drift, 0.38], lift),
            light: [0.62, 0.95, 0.88 + drift],
            near: [0.028, 0.058, 0.074],
        }
    }
}

fn sky(canvas: &mut Pixmap, colours: &Palette, rng: &mut Rng) {
    let stops = vec![
        GradientStop::new(0.0, color(colours.night, 1.0)),
        GradientStop::new(0.5, color(between(colours.night, colours.glow, 0.35), 1.0)),
        GradientStop::new(1.0, color(colours.glow, 1.0)),
    ];
    let (top, bottom) = (Point::from_xy(0.0, 0.0), Point::from_xy(0.0, WIDTH * 0.72));
    let paint =
        shaded(LinearGradient::new(top, bottom, stops, SpreadMode::Pad, Transform::identity()));
    if let Some(all) = Rect::from_xywh(0.0, 0.0, WIDTH, WIDTH) {
        canvas.fill_rect(all, &paint, Transform::identity(), None);
    }
    for _ in 0..70 {
        let (x, y) = (rng.unit() * WIDTH, rng.unit() * rng.unit() * WIDTH * 0.5);
        let alpha = 0.12 + 0.5 * rng.unit() * rng.unit();
        disc(canvas, x, y, 0.5 + 0.8 * rng.unit(), &solid([1.0, 0.97, 0.92], alpha));
    }
}

/// The light: its place is the key, its size the tempo.
fn lamp(canvas: &mut Pixmap, colours: &Palette, song: &Song) {
    let fifths = f32::from(song.style.key.tonic * 7 % 12) / 11.0;
    let x = WIDTH * (0.22 + 0.56 * fifths);
    let y = WIDTH * (0.34 - 0.12 * libm::sinf(core::f32::consts::PI * fifths));
    let radius = WIDTH * (0.105 - 0.0002 * song.style.tempo.bpm);
    for (reach, alpha) in [(5.2, 0.20), (2.6, 0.28)] {
        let stops = vec![
            GradientStop::new(0.0, color(colours.light, alpha)),
            GradientStop::new(1.0, color(colours.light, 0.0)),
        ];
        let centre = Point::from_xy(x, y);
        let paint = shaded(RadialGradient::new(
            centre,
            0.0,
            centre,
            radius * reach,
            stops,
            SpreadMode::Pad,
            Transform::identity(),
        ));
        disc(canvas, x, y, radius * reach, &paint);
    }
    disc(canvas, x, y, radius, &solid(colours.light, 0.96));
}

fn ridge(
    canvas: &mut Pixmap,
    colours: &Palette,
    song: &Song,
    section: &Section,
    depth: f32,
    rng: &mut Rng,
) {
    let outline = outline(song, section, rng);
    let base = WIDTH * (0.50 + 0.46 * depth);
    let height = WIDTH * (0.06 + 0.17 * section.energy) * (1.1 - 0.35 * depth);
    let Some(path) = hills(&outline, base, height) else { return };
    let body = between(colours.glow, colours.near, 0.30 + 0.70 * depth.sqrt());
    let rim = between(body, colours.light, 0.26 * (1.15 - depth) * (0.4 + section.energy));
    let stops = vec![
        GradientStop::new(0.0, color(rim, 1.0)),
        GradientStop::new(0.45, color(body, 1.0)),
        GradientStop::new(1.0, color(between(body, colours.near, 0.5), 1.0)),
    ];
    let paint = shaded(LinearGradient::new(
        Point::from_xy(0.0, base - height),
        Point::from_xy(0.0, base + WIDTH * 0.12),
        stops,
        SpreadMode::Pad,
        Transform::identity(),
    ));
    canvas.fill_path(&path, &paint, FillRule::Winding, Transform::identity(), None);
}

/// Heights from 0.0 to 1.0 along a ridge: the tune of the section, smoothed into hills.
fn outline(song: &Song, section: &Section, rng: &mut Rng) -> Vec<f32> {
    let span = section.steps();
    let notes: Vec<_> = song
        .melody
        .iter()
        .chain(&song.interludes)
        .filter(|note| span.contains(&note.start))
        .collect();
    let low = notes.iter().map(|note| note.pitch).min().unwrap_or(0);
    let high = notes.iter().map(|note| note.pitch).max().unwrap_or(0);
    let wave = rng.unit() * core::f32::consts::TAU;
    let mut heights: Vec<f32> = (0..POINTS)
        .map(|i| {
            let place = i as f32 / (POINTS - 1) as f32;
            let step = span.start + (place * (span.end - span.start) as f32) as u32;
            let note = notes.iter().rev().find(|note| note.start <= step).or(notes.first());
            let tune = note
                .map_or(0.3, |note| f32::from(note.pitch - low) / f32::from((high - low).max(1)));
            0.65 * tune + 0.35 * (0.5 + 0.5 * libm::sinf(wave + place * 7.0))
        })
        .collect();
    for _ in 0..6 {
        let before = heights.clone();
        for (height, three) in heights.iter_mut().skip(1).zip(before.windows(3)) {
            *height = 0.25 * three[0] + 0.5 * three[1] + 0.25 * three[2];
        }
    }
    heights
}

fn hills(heights: &[f32], base: f32, height: f32) -> Option<Path> {
    let point = |i: usize, up: f32| {
        (WIDTH * i as f32 / (heights.len().max(2) - 1) as f32, base - height * up)
    };
    let mut path = PathBuilder::new();
    path.move_to(-2.0, WIDTH + 2.0);
    path.line_to(-2.0, base - height * heights.first()?);
    for (i, pair) in heights.windows(2).enumerate() {
        let (here, there) = (point(i, pair[0]), point(i + 1, pair[1]));
        path.quad_to(
            here.0,
            here.1,
            f32::midpoint(here.0, there.0),
            f32::midpoint(here.1, there.1),
        );
    }
    path.line_to(WIDTH + 2.0, base - height * heights.last()?);
    path.line_to(WIDTH + 2.0, WIDTH + 2.0);
    path.close();
    path.finish()
}

fn disc(canvas: &mut Pixmap, x: f32, y: f32, radius: f32, paint: &Paint) {
    if let Some(circle) = PathBuilder::from_circle(x, y, radius) {
        canvas.fill_path(&circle, paint, FillRule::Winding, Transform::identity(), None);
    }
}

fn shaded(shader: Option<Shader<'_>>) -> Paint<'_> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    if let Some(shader) = shader {
        paint.shader = shader;
    }
    paint
}

fn solid(rgb: Rgb, alpha: f32) -> Paint<'static> {
    shaded(Some(Shader::SolidColor(color(rgb, alpha))))
}

fn color([red, green, blue]: Rgb, alpha: f32) -> Color {
    Color::from_rgba(red, green, blue, alpha).unwrap_or(Color::BLACK)
}

fn between(a: Rgb, b: Rgb, place: f32) -> Rgb {
    [0, 1, 2].map(|i| (a[i] + (b[i] - a[i]) * place).clamp(0.0, 1.0))
}
