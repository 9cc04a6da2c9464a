//! Who sits in the band in the end: the genre's players, those the text asks for, without those
//! it rules out.

use super::band::{Band, Bass, Layer, layer};
use super::grooves::Groove;
use super::instrument::{Instrument, Kit};
use crate::sketch::rng::Rng;
use crate::sketch::style::{Genre, Seat, Style};

/// A band that is ready to play.
pub(super) struct Seated {
    pub kit: Kit,
    pub drums: bool,
    pub grooves: [Groove; 3],
    pub bass: Option<Bass>,
    pub layers: Vec<Layer>,
    pub lead: Instrument,
}

/// Seats a band for a style.
pub(super) fn seat(band: &Band, style: &Style, rng: &mut Rng) -> Seated {
    let refused = |seat: Seat| style.unwanted.contains(&seat);
    let mut layers: Vec<Layer> = band.layers.to_vec();
    layers.retain(|layer| !refused(layer.instrument.seat()));
    // The heavier the style weighs, the more of the wanted instruments come.
    let seats = 1 + (style.weight * 4.0) as usize;
    for &wanted in style.wanted.iter().take(seats) {
        match layers.iter_mut().find(|layer| layer.instrument.seat() == wanted) {
            Some(layer) => {
                layer.from = layer.from.min(0.3);
                layer.gain += 1.5;
            }
            None => layers.extend(guest(wanted, style.genre)),
        }
    }
    if layers.is_empty() {
        let spare = [Instrument::Piano, Instrument::SteelGuitar, Instrument::Pad]
            .into_iter()
            .find(|instrument| !refused(instrument.seat()));
        layers
            .extend(spare.map(|instrument| layer(instrument, "X.......x.......", 0.0, -5.0, 0.0)));
    }
    // Weirdness puts a stranger into the band.
    if rng.chance(style.weirdness - 0.4) {
        let strangers =
            [Instrument::Bell, Instrument::Choir, Instrument::NylonGuitar, Instrument::Pluck];
        let stranger = strangers[rng.below(strangers.len())];
        if !refused(stranger.seat()) {
            layers.push(layer(stranger, "0..2..1...3..2..", 0.4, -9.0, 0.5));
        }
    }
    let leads =
        [band.lead, Instrument::Flute, Instrument::SawLead, Instrument::Piano, Instrument::Choir];
    let lead = leads.into_iter().find(|lead| !refused(lead.seat())).unwrap_or(band.lead);
    Seated {
        kit: band.kit,
        drums: !refused(Seat::Drums),
        grooves: band.grooves,
        bass: (!refused(Seat::Bass)).then_some(band.bass),
        layers,
        lead,
    }
}

/// A player for a seat that the genre's band does not have.
fn guest(seat: Seat, genre: Genre) -> Option<Layer> {
    let calm = matches!(genre, Genre::Folk | Genre::Ballad | Genre::Ambient | Genre::LoFi);
    Some(match seat {
        Seat::Drums | Seat::Bass => return None, // every band has them
        Seat::Piano if calm => layer(Instrument::Piano, "B.1.2.1.B.2.1.2.", 0.0, -6.0, -0.3),
        Seat::Piano => layer(Instrument::Piano, "X...x...X...x...", 0.3, -7.0, -0.3),
        Seat::ElectricPiano => {
            layer(Instrument::ElectricPiano, "X.....x...o.....", 0.0, -7.0, -0.35)
        }
        Seat::Organ => layer(Instrument::Organ, "x...............", 0.4, -9.0, 0.3),
        Seat::Acoustic if calm => {
            layer(Instrument::SteelGuitar, "B.1.2.1.B.2.3.1.", 0.0, -6.0, 0.4)
        }
        Seat::Acoustic => layer(Instrument::SteelGuitar, "D...D.U...U.D.U.", 0.3, -7.5, 0.45),
        Seat::Electric => layer(Instrument::CleanGuitar, "0.1.2.3.2.1.2.1.", 0.3, -8.0, 0.45),
        Seat::Synth => layer(Instrument::Pluck, "0.2.1.3.2.1.3.2.", 0.4, -9.0, 0.35),
        Seat::Strings => layer(Instrument::Strings, "x...............", 0.4, -9.0, -0.2),
        Seat::Bells => layer(Instrument::Bell, "3.....2...1.....", 0.3, -12.0, 0.45),
        Seat::Horns => layer(Instrument::Horn, "X.--x.--------x.", 0.7, -9.0, 0.25),
    })
}
