//! The answer to a statement as a table for a terminal.

use std::io::{self, Write};

use crate::client::Answer;
use crate::messages::Value;

/// Prints the columns' names, the rows, and the server's own summary.
pub(crate) fn print(out: &mut impl Write, answer: &Answer) -> io::Result<()> {
    let heads: Vec<String> = answer.columns.iter().map(|column| shown(&column.name)).collect();
    let rows: Vec<Vec<String>> =
        answer.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    let width = |index: usize| {
        let cells = rows.iter().chain([&heads]).filter_map(|row| row.get(index));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    if !heads.is_empty() {
        line(out, &heads, &widths, " | ")?;
        let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
        line(out, &rules, &widths, "-+-")?;
    }
    for row in &rows {
        line(out, row, &widths, " | ")?;
    }
    out.write_all(&answer.copied)?;
    writeln!(out, "{}", shown(&answer.tag))
}

fn line(out: &mut impl Write, cells: &[String], widths: &[usize], gap: &str) -> io::Result<()> {
    let padded: Vec<String> =
        cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
    writeln!(out, "{}", padded.join(gap).trim_end())
}

fn cell(value: &Value) -> String {
    match &value.bytes {
        Some(bytes) => shown(&String::from_utf8_lossy(bytes)),
        None => "NULL".into(),
    }
}

/// Text of others, safe for a terminal.
fn shown(text: &str) -> String {
    text.escape_debug().to_string()
}
