//! Asks a thermometer on a serial line for its readings: COBS frames with a checksum, over a tty.
//!
//! `cargo run --example serial -- --noise` plays the thermometer too, on a pseudo-terminal whose line
//! makes noise; `--port /dev/ttyUSB0` asks a real one. Bad frames are told of and passed over.

#[cfg(unix)]
mod device;
#[cfg(unix)]
mod line;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

#[cfg(unix)]
fn run() -> Result<(), Box<dyn Error + Send + Sync>> {
    line::run(&clap::Parser::parse())
}

#[cfg(not(unix))]
fn run() -> Result<(), Box<dyn Error + Send + Sync>> {
    Err("this example opens its serial lines as Unix does".into())
}

fn main() -> ExitCode {
    let Err(error) = run() else { return ExitCode::SUCCESS };
    writeln!(io::stderr(), "error: {error}").unwrap_or_default();
    ExitCode::FAILURE
}
