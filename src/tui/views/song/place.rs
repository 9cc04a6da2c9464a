//! Where the rows of the Song pane stand: in groups, long texts on several rows, as far as there
//! is room.

use std::ops::Range;

use ratatui::layout::Rect;

use crate::studio::{Field, Model, wrap};

/// Cells of the labels.
pub(super) const LABEL: u16 = 14;

/// A group begins with each of these.
const GAPS: [Field; 3] = [Field::Title, Field::Vocal, Field::StyleWeight];

/// Under the rows two lines are for advice and price.
const BELOW: u16 = 2;

/// Where a row stands.
pub(super) struct Place {
    pub(super) field: Field,
    /// Its value, on one or more rows.
    pub(super) value: Rect,
}

impl Place {
    /// The rows of the screen that it takes.
    pub(super) fn rows(&self) -> Range<u16> {
        self.value.y..self.value.bottom()
    }

    /// How much of the gateway's limit is used, once there is something to count.
    pub(super) fn count(&self, model: &Model) -> Option<(usize, usize)> {
        let limit =
            model.gateway().and_then(|gateway| model.desk.limit(Some(self.field), gateway))?;
        let used = model.desk.field_text(self.field)?.characters();
        (used > 0).then_some((used, limit))
    }

    /// Where the text stands beside its counter, with a cell for the cursor after it.
    pub(super) fn text(&self, model: &Model) -> Rect {
        let count = self.count(model).map_or(0, |(used, limit)| format!("{used}/{limit}").len());
        let width = self.value.width.saturating_sub(count as u16 + 2).max(1);
        Rect { width, ..self.value }
    }
}

/// The places of all rows that there is room for, top to bottom.
pub(super) fn places(inner: Rect, model: &Model) -> Vec<Place> {
    let x = inner.x + 1 + LABEL.min(inner.width);
    let width = inner.right().saturating_sub(x + 1);
    let mut spare = inner.height.saturating_sub(Field::ALL.len() as u16 + BELOW);
    let airy = spare >= GAPS.len() as u16;
    if airy {
        spare -= GAPS.len() as u16;
    }
    let mut y = inner.y;
    let mut places = Vec::with_capacity(Field::ALL.len());
    for field in Field::ALL {
        if airy && GAPS.contains(&field) {
            y += 1;
        }
        let mut place = Place { field, value: Rect { x, y, width, height: 1 } };
        if let Some(text) = model.desk.field_text(field) {
            let line = text.lines().first().map(String::as_str).unwrap_or_default();
            // Four rows are enough: a style longer than that scrolls.
            let rows = wrap::rows(line, usize::from(place.text(model).width)).len().min(4) as u16;
            let more = spare.min(rows - 1);
            spare -= more;
            place.value.height += more;
        }
        y = place.value.bottom();
        if y <= inner.bottom() {
            places.push(place);
        }
    }
    places
}
