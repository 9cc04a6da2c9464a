//! Soft wrap: where a line of text breaks into rows of a given width.
//!
//! Widths are those of the terminal's cells. Rows are byte ranges that together are the line.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The width of a grapheme in cells. Half-width sound marks take a cell of their own.
pub fn cells(grapheme: &str) -> usize {
    if grapheme.len() == 1 {
        return 1;
    }
    let marks = grapheme.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count();
    grapheme.width() + marks
}

/// The width of a text in cells.
pub fn text_cells(text: &str) -> usize {
    text.graphemes(true).map(cells).sum()
}

/// The rows of `line` at `width` cells, at least one. Breaks after a space or a hyphen, and inside
/// a word only where it is longer than a row. A space at the end of a row may hang over it.
pub fn rows(line: &str, width: usize) -> Vec<Range<usize>> {
    let width = width.max(1);
    if line.len() <= width {
        // No text has more cells than bytes.
        return std::iter::once(0..line.len()).collect();
    }
    let mut rows = Vec::new();
    let (mut start, mut used) = (0, 0);
    // The last place where the row may end, and the cells up to there.
    let mut stop: Option<(usize, usize)> = None;
    for (at, grapheme) in line.grapheme_indices(true) {
        let wide = cells(grapheme);
        let end = at + grapheme.len();
        if grapheme == " " {
            used += wide;
            stop = Some((end, used));
            continue;
        }
        if used + wide > width && at > start {
            let (cut, cells_before) = stop.unwrap_or((at, used));
            rows.push(start..cut);
            start = cut;
            used -= cells_before;
            stop = None;
            // What was carried over may itself fill the row.
            if used + wide > width && at > start {
                rows.push(start..at);
                start = at;
                used = 0;
            }
        }
        used += wide;
        if grapheme == "-" {
            stop = Some((end, used));
        }
    }
    rows.push(start..line.len());
    rows
}

/// The row among `rows` that shows byte `at`, and the cells before it there.
pub fn locate(line: &str, rows: &[Range<usize>], at: usize) -> (usize, usize) {
    let row = rows.partition_point(|row| row.start <= at).saturating_sub(1);
    let from = rows.get(row).map_or(0, |row| row.start);
    (row, text_cells(line.get(from..at.min(line.len())).unwrap_or_default()))
}

/// The byte in `row` whose grapheme covers cell `cell`; past its end, the last place that still
/// belongs to this row.
pub fn byte_at(line: &str, rows: &[Range<usize>], row: usize, cell: usize) -> usize {
    let Some(range) = rows.get(row) else { return line.len() };
    let mut used = 0;
    let mut last = range.start;
    for (at, grapheme) in line[range.clone()].grapheme_indices(true) {
        last = range.start + at;
        used += cells(grapheme);
        if used > cell {
            return last;
        }
    }
    // The end of a row that goes on below is the start of the next one.
    if row + 1 < rows.len() { last } else { range.end }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(line: &str, width: usize) -> Vec<&str> {
        rows(line, width).into_iter().map(|row| &line[row]).collect()
    }

    #[test]
    fn lines_break_at_words() {
        assert_eq!(split("", 5), [""]);
        assert_eq!(split("neon", 10), ["neon"]);
        assert_eq!(split("neon on the window", 8), ["neon on ", "the ", "window"]);
        assert_eq!(split("to-do lists", 6), ["to-do ", "lists"]);
        assert_eq!(split("to-do lists", 4), ["to-", "do ", "list", "s"]);
    }

    #[test]
    fn a_word_longer_than_the_row_breaks_inside() {
        assert_eq!(split("aaaaaaa", 3), ["aaa", "aaa", "a"]);
        assert_eq!(split("x aaaaaaa", 3), ["x ", "aaa", "aaa", "a"]);
    }

    #[test]
    fn wide_text_is_measured_in_cells() {
        assert_eq!(split("夜の街灯", 4), ["夜の", "街灯"]);
        assert_eq!(split("👩‍👧👩‍👧", 2), ["👩‍👧", "👩‍👧"]);
        assert_eq!(split("夜", 1), ["夜"], "one that cannot fit still stands");
    }

    #[test]
    fn rows_always_join_to_the_line() {
        for line in
            ["a  b   c    d", "   ", "夜の 街-灯 x", "e\u{301}e\u{301}e\u{301}", "\u{200b}\u{200b}"]
        {
            for width in 0..8 {
                assert_eq!(split(line, width).concat(), line, "{line:?} at {width}");
            }
        }
    }

    #[test]
    fn a_place_is_found_and_found_back() {
        let line = "neon on the window";
        let rows = rows(line, 8);
        assert_eq!(locate(line, &rows, 0), (0, 0));
        assert_eq!(locate(line, &rows, 8), (1, 0));
        assert_eq!(locate(line, &rows, line.len()), (2, 6));
        assert_eq!(byte_at(line, &rows, 2, 3), 15);
        assert_eq!(byte_at(line, &rows, 2, 99), line.len());
        assert_eq!(byte_at(line, &rows, 0, 99), 7, "stays on its row");
    }
}
