//! Where the rows of the Song pane stand: in groups, long texts on several rows, as far as there
//! is room.

use std::ops::Range;

use ratatui::layout::Rect;

use crate::studio::{Field, Model, wrap};

/// Cells of the labels.
pub(super) const LABEL: u16 = 14;

/// What stands at the end of a row that the gateway does nothing with.
pub(super) const NOT_USED: &str = "not used";

/// A group begins with each of these.
const GAPS: [Field; 3] = [Field::Title, Field::Vocal, Field::StyleWeight];

/// Under the rows two lines are for advice and price.
const BELOW: usize = 2;

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

    /// How long its text is, once there is something to count, and the gateway's limit on it.
    pub(super) fn count(&self, model: &Model) -> Option<(usize, Option<usize>)> {
        if !is_used(self.field, model) {
            return None;
        }
        let used = model.desk.field_text(self.field)?.characters();
        (used > 0).then(|| (used, model.limit(Some(self.field))))
    }

    /// Where the text stands beside its counter, with a cell for the cursor after it.
    pub(super) fn text(&self, model: &Model) -> Rect {
        let beside = match self.count(model) {
            None if is_used(self.field, model) => 0,
            None => NOT_USED.len(),
            Some((used, None)) => used.to_string().len(),
            // The mark of what is too long needs two cells more.
            Some((used, Some(limit))) => {
                format!("{used}/{limit}").len() + if used > limit { 2 } else { 0 }
            }
        };
        let width = self.value.width.saturating_sub(beside as u16 + 2).max(1);
        Rect { width, ..self.value }
    }
}

/// Whether the gateway does something with a row as it stands.
pub(super) fn is_used(field: Field, model: &Model) -> bool {
    model.gateway().is_none_or(|gateway| model.desk.is_used(field, gateway))
}

/// The rows to show where `height` are there: all of them, or without those that the gateway does
/// nothing with, from the last one on; and if that is still too much, as far as the one with the
/// cursor, which is always shown.
fn shown(height: usize, model: &Model) -> Vec<Field> {
    let current = model.desk.field;
    let mut fields = Field::ALL.to_vec();
    while fields.len() + BELOW > height {
        let idle = |field: &Field| *field != current && !is_used(*field, model);
        let Some(at) = fields.iter().rposition(idle) else { break };
        fields.remove(at);
    }
    if fields.len() > height {
        let at = fields.iter().position(|field| *field == current).unwrap_or(0);
        let top = (at + 1).saturating_sub(height);
        fields = fields.into_iter().skip(top).take(height).collect();
    }
    fields
}

/// The places of all rows that there is room for, top to bottom.
pub(super) fn places(inner: Rect, model: &Model) -> Vec<Place> {
    let x = inner.x + 1 + LABEL.min(inner.width);
    let width = inner.right().saturating_sub(x + 1);
    let fields = shown(usize::from(inner.height), model);
    let mut spare = inner.height.saturating_sub((fields.len() + BELOW) as u16);
    let airy = spare >= GAPS.len() as u16;
    if airy {
        spare -= GAPS.len() as u16;
    }
    let mut y = inner.y;
    let mut places = Vec::with_capacity(fields.len());
    for field in fields {
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
