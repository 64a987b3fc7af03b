//! Rows as a table of aligned lines, with or without colour.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::{self, Write};

use super::Explanation;
use super::rows::{Row, Text, rows};

/// How many bytes stand in a line.
const LINE_BYTES: usize = 8;
/// How many letters of a value stand in a line, about.
const LINE_LETTERS: usize = 48;
/// How many values of a run of elements of one byte are shown.
const RUN_MAX: usize = 32;

pub(super) struct Table<'t, 'a> {
    pub(super) explanation: &'t Explanation<'a>,
    pub(super) color: bool,
}

/// The colours of a terminal, as parameters of the escape sequence that selects them. The eight basic
/// ones, which every theme makes readable on its background.
const DIM: &str = "2";
const BLUE: &str = "34";
const GREEN: &str = "32";
const YELLOW: &str = "33";
const RED: &str = "1;31";

/// One row, cut into cells of a line each.
struct Cells {
    start: usize,
    hex: Vec<String>,
    path: String,
    text: Vec<String>,
    hex_color: &'static str,
    text_color: &'static str,
}

impl fmt::Display for Table<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = rows(self.explanation);
        let rows: Vec<Cells> = rows.iter().map(|row| self.cells(row)).collect();
        let width = |text: &String| text.chars().count();
        let hex_width = rows.iter().flat_map(|row| &row.hex).map(width).max().unwrap_or(0);
        let path_width = rows.iter().map(|row| width(&row.path)).max().unwrap_or(0);
        rows.iter().try_for_each(|row| self.lines(f, row, hex_width, path_width))
    }
}

impl Table<'_, '_> {
    fn cells(&self, row: &Row<'_>) -> Cells {
        let (text, hex_color, text_color) = match &row.text {
            Text::Value(value) => (folded(value), BLUE, GREEN),
            Text::Run(values) => {
                let shown = values.get(..RUN_MAX).unwrap_or(values).join(", ");
                let more = if values.len() > RUN_MAX { ", …" } else { "" };
                (folded(&format!("[{shown}{more}]")), BLUE, GREEN)
            }
            Text::Secret => ([String::from("**")].into(), YELLOW, YELLOW),
            Text::Note(note) => ([String::from(*note)].into(), DIM, DIM),
            Text::Fault(kind) => ([format!("error: {kind}")].into(), RED, RED),
        };
        let hex = self.hex(row);
        Cells { start: row.bytes.start, hex, path: row.path.clone(), text, hex_color, text_color }
    }

    /// The bytes of a row in hex, a string for each line.
    fn hex(&self, row: &Row<'_>) -> Vec<String> {
        let bytes = self.explanation.bytes.get(row.bytes.clone()).unwrap_or(&[]);
        let is_secret = |offset| self.explanation.secrets.hide(offset);
        if matches!(row.text, Text::Secret) || row.bytes.clone().any(is_secret) {
            return [String::from("**")].into();
        }
        let (shown, more) = bytes.split_at_checked(row.shown).unwrap_or((bytes, &[]));
        let mut lines: Vec<String> = shown.chunks(LINE_BYTES).map(hex).collect();
        if !more.is_empty() {
            let plural = if more.len() == 1 { "" } else { "s" };
            lines.push(format!("… {} more byte{plural}", more.len()));
        }
        lines
    }

    fn lines(
        &self,
        f: &mut fmt::Formatter<'_>,
        row: &Cells,
        hex_width: usize,
        path_width: usize,
    ) -> fmt::Result {
        let empty = String::new();
        for line in 0..row.hex.len().max(row.text.len()).max(1) {
            let hex = row.hex.get(line).unwrap_or(&empty);
            let text = row.text.get(line).unwrap_or(&empty);
            let path = if line == 0 { &row.path } else { &empty };
            let offset = match line {
                0 => format!("{:04x}", row.start),
                _ if hex.is_empty() => "    ".to_string(),
                _ => format!("{:04x}", row.start.saturating_add(line * LINE_BYTES)),
            };
            let cells = [
                (DIM, offset, 4),
                (row.hex_color, hex.clone(), hex_width),
                ("", path.clone(), path_width),
                (row.text_color, text.clone(), 0),
            ];
            self.line(f, &cells)?;
        }
        Ok(())
    }

    /// Cells with two spaces between them and none at the end.
    fn line(&self, f: &mut fmt::Formatter<'_>, cells: &[(&str, String, usize)]) -> fmt::Result {
        let mut owed = 0;
        for (color, text, width) in cells {
            if !text.trim_end().is_empty() {
                write!(f, "{:owed$}", "")?;
                owed = 0;
                match self.color && !color.is_empty() {
                    true => write!(f, "\x1b[{color}m{text}\x1b[0m")?,
                    false => f.write_str(text)?,
                }
                owed += width.saturating_sub(text.chars().count()) + 2;
            } else {
                owed += width + 2;
            }
        }
        f.write_char('\n')
    }
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    for (position, byte) in bytes.iter().enumerate() {
        let gap = if position == 0 { "" } else { " " };
        // Writing to a `String` gives no error.
        let _ = write!(text, "{gap}{byte:02x}");
    }
    text
}

/// A value in lines of about the same length, cut after spaces where there are any.
fn folded(value: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut letters = 0;
    for word in value.split_inclusive(' ') {
        if letters > 0 && letters + word.trim_end().chars().count() > LINE_LETTERS {
            lines.push(core::mem::take(&mut line));
            letters = 0;
        }
        for letter in word.chars() {
            if letters == LINE_LETTERS && letter != ' ' {
                lines.push(core::mem::take(&mut line));
                letters = 0;
            }
            line.push(letter);
            letters += 1;
        }
    }
    lines.push(line);
    lines.iter().map(|line| line.trim_end().to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_fold_at_spaces_and_else_anywhere() {
        assert_eq!(folded("[1, 2]"), ["[1, 2]"]);
        assert_eq!(folded(""), [""]);
        let long = "x".repeat(100);
        assert_eq!(folded(&long), ["x".repeat(48), "x".repeat(48), "x".repeat(4)]);
        let words = ["abcdefghi"; 7].join(" ");
        assert_eq!(folded(&words), [["abcdefghi"; 4].join(" "), ["abcdefghi"; 3].join(" ")]);
        assert_eq!(folded(&format!("a {long}")), ["a", &long[..48], &long[48..96], &long[96..]]);
    }
}
