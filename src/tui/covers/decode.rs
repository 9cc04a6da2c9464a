//! From a file to a picture of so many cells. Files come from strangers, so nothing is taken in
//! that is larger than any cover.

use std::fs::File;
use std::io::{self, Cursor, Read as _};
use std::path::Path;

use image::{DynamicImage, ImageError, ImageReader, Limits};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Color;
use ratatui::widgets::Widget as _;
use ratatui_image::Image;
use ratatui_image::protocol::Protocol;
use ratatui_image::protocol::iterm2::Iterm2;
use ratatui_image::protocol::kitty::Kitty;
use ratatui_image::protocol::sixel::Sixel;

use super::Covers;

/// The largest file, in bytes.
const FILE: u64 = 16 * 1024 * 1024;
/// The most pixels: 40 megapixels.
const PIXELS: u64 = 40_000_000;
/// The most memory that decoding may take.
const MEMORY: u64 = PIXELS * 8;

/// What keeps a cover from being shown.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unshown {
    #[error(transparent)]
    File(#[from] io::Error),
    #[error("it is larger than {} MB", FILE / 1024 / 1024)]
    Long,
    #[error("it has {0} x {1} pixels, which is too many")]
    Wide(u32, u32),
    #[error(transparent)]
    Image(#[from] ImageError),
    #[error(transparent)]
    Protocol(#[from] ratatui_image::errors::Errors),
}

/// A cover, ready to be drawn.
pub(super) enum Picture {
    /// The upper and the lower colour of each cell, by rows.
    Blocks(Vec<(Color, Color)>),
    /// What a terminal that can show pictures is sent.
    Protocol(Protocol),
}

/// How a picture is made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    pub covers: Covers,
    /// Whether the terminal has 16 million colours, or 256.
    pub is_true: bool,
    /// In cells.
    pub size: Size,
    /// Pixels of a cell.
    pub cell: (u16, u16),
    /// Kitty's name for it.
    pub id: u32,
}

/// Reads and makes a picture.
pub(super) fn picture(path: &Path, form: &Form) -> Result<Picture, Unshown> {
    let image = square(&read(path)?);
    let Size { width, height } = form.size;
    if form.covers == Covers::Blocks {
        let small = image.thumbnail_exact(width.into(), u32::from(height) * 2).to_rgb8();
        let color = |x: u16, y: u16| {
            let [red, green, blue] = small.get_pixel(x.into(), y.into()).0;
            if form.is_true { Color::Rgb(red, green, blue) } else { of_256(red, green, blue) }
        };
        let cell = |y: u16| (0..width).map(move |x| (x, y));
        let cells = (0..height).flat_map(cell);
        return Ok(Picture::Blocks(
            cells.map(|(x, y)| (color(x, y * 2), color(x, y * 2 + 1))).collect(),
        ));
    }
    let (wide, high) = form.cell;
    let pixels = |cells: u16, each: u16| u32::from(cells) * u32::from(each);
    let image = image.thumbnail_exact(pixels(width, wide), pixels(height, high));
    // Never inside of tmux: nothing is wrapped for it.
    Ok(Picture::Protocol(match form.covers {
        Covers::Kitty => Protocol::Kitty(Kitty::new(image, form.size, form.id, false, false)?),
        Covers::Sixel => Protocol::Sixel(Sixel::new(image, form.size, false)?),
        _ => Protocol::ITerm2(Iterm2::new(image, form.size, false)?),
    }))
}

fn read(path: &Path) -> Result<DynamicImage, Unshown> {
    let file = File::open(path)?;
    let mut bytes = Vec::new();
    file.take(FILE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > FILE {
        return Err(Unshown::Long);
    }
    let reader = || ImageReader::new(Cursor::new(&bytes)).with_guessed_format();
    let (width, height) = reader()?.into_dimensions()?;
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err(Unshown::Wide(width, height));
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    let mut reader = reader()?;
    reader.limits(limits);
    Ok(reader.decode()?)
}

/// The middle of it.
fn square(image: &DynamicImage) -> DynamicImage {
    let (width, height) = (image.width(), image.height());
    let side = width.min(height);
    image.crop_imm((width - side) / 2, (height - side) / 2, side, side)
}

/// The nearest colour in the cube of the 256.
fn of_256(red: u8, green: u8, blue: u8) -> Color {
    let step = |value: u8| (u16::from(value) * 5 + 127) / 255;
    Color::Indexed((16 + 36 * step(red) + 6 * step(green) + step(blue)) as u8)
}

impl Picture {
    /// Draws it where it was made for.
    pub(super) fn draw(&self, area: Rect, buffer: &mut Buffer) {
        match self {
            Self::Blocks(cells) => {
                for (at, (upper, lower)) in area.positions().zip(cells) {
                    if let Some(cell) = buffer.cell_mut(at) {
                        cell.set_symbol("▀").set_fg(*upper).set_bg(*lower);
                    }
                }
            }
            Self::Protocol(protocol) => Image::new(protocol).render(area, buffer),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use image::{ImageFormat, RgbImage};

    use super::*;

    fn form(covers: Covers) -> Form {
        Form { covers, is_true: true, size: Size::new(4, 2), cell: (10, 20), id: 7 }
    }

    fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), bytes).unwrap();
        file
    }

    fn png(width: u32, height: u32) -> Vec<u8> {
        let image = RgbImage::from_pixel(width, height, image::Rgb([200, 100, 50]));
        let mut bytes = Vec::new();
        image.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        bytes
    }

    #[test]
    fn a_cover_becomes_cells() {
        let file = file(&png(64, 32));
        let Picture::Blocks(cells) = picture(file.path(), &form(Covers::Blocks)).unwrap() else {
            panic!("these are blocks");
        };
        let ink = Color::Rgb(200, 100, 50);
        assert_eq!(cells, [(ink, ink); 8]);
    }

    #[test]
    fn what_terminals_are_sent_stays_in_its_cells() {
        let file = file(&png(64, 64));
        for covers in [Covers::Kitty, Covers::Iterm2, Covers::Sixel] {
            let picture = picture(file.path(), &form(covers)).unwrap();
            let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 3));
            picture.draw(Rect::new(1, 0, 4, 2), &mut buffer);
            let first = buffer[(1, 0)].symbol();
            assert!(first.contains('\u{1b}') && !first.contains("\u{1b}Ptmux"), "{covers:?}");
            for at in [(0, 0), (5, 0), (1, 2)] {
                assert_eq!(buffer[at], Buffer::empty(Rect::new(0, 0, 1, 1))[(0, 0)]);
            }
        }
    }

    #[test]
    fn what_is_no_cover_is_refused() {
        let form = form(Covers::Blocks);
        assert!(picture(file(b"no picture").path(), &form).is_err());
        assert!(picture(Path::new("/nowhere/cover.png"), &form).is_err());
        let cut = png(64, 64);
        assert!(picture(file(&cut[..cut.len() / 2]).path(), &form).is_err());
        let long = vec![0; FILE as usize + 1];
        assert!(matches!(picture(file(&long).path(), &form), Err(Unshown::Long)));
        // A header can claim anything: 100,000 x 100,000 pixels in a hundred bytes.
        let mut huge = png(1, 1);
        huge[16..24].copy_from_slice(&[0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]);
        assert!(picture(file(&huge).path(), &form).is_err());
    }
}
