//! The end of the line that asks, and the messages of both.

use std::error::Error;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::path::PathBuf;
use std::thread;

use clap::Parser;
use protocol_core::checksum::crc16_ibm_3740;
use protocol_core::frame::{Checksummed, Cobs};
use protocol_core::net::{Untimed, blocking::Connection};
use protocol_core::{Message, Protocol};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use crate::device;

#[derive(Message)]
#[msg_type = 1]
pub(crate) struct Ask {
    pub(crate) sensor: u8,
}

#[derive(Message)]
#[msg_type = 2]
pub(crate) struct Reading {
    pub(crate) sensor: u8,
    /// In hundredths of a degree.
    pub(crate) celsius: i16,
}

/// What the thermometer receives.
#[derive(Protocol)]
pub(crate) enum ToDevice {
    Ask(Ask),
}

/// What it sends.
#[derive(Protocol)]
pub(crate) enum FromDevice {
    Reading(Reading),
}

pub(crate) type Framing = Checksummed<Cobs, u16>;

/// The frames of both ends: short ones, since a line is slow.
pub(crate) fn framing() -> Framing {
    Checksummed::new(Cobs::new().limit(64), crc16_ibm_3740)
}

/// Asks a thermometer on a serial line for its readings.
#[derive(Parser)]
pub(crate) struct Args {
    /// The line of a real thermometer; without it, one is played on a pseudo-terminal.
    #[arg(long, value_name = "PATH")]
    port: Option<PathBuf>,
    /// How many readings to ask for.
    #[arg(long, value_name = "N", default_value_t = 5)]
    readings: u32,
    /// Makes the played line noisy.
    #[arg(long)]
    noise: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), Box<dyn Error + Send + Sync>> {
    if let Some(port) = &args.port {
        return ask(open(port)?, args.readings);
    }
    let (ours, path) = pseudo_terminal()?;
    let (theirs, noise) = (open(&path)?, args.noise);
    let device = thread::spawn(move || device::answer(theirs, noise));
    ask(ours, args.readings)?;
    // With our end of the line, its conversation ends.
    device.join().map_err(|_| "the played thermometer panicked")?
}

/// Sends `count` questions, each after the reply to the last one.
fn ask(line: File, count: u32) -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut connection = Connection::<FromDevice, ToDevice, _, _>::over(Untimed(line), framing());
    let (mut out, mut err) = (io::stdout(), io::stderr());
    for sensor in (0..=u8::MAX).cycle().take(count.try_into()?) {
        connection.send(&Ask { sensor })?;
        let Reading { sensor, celsius } = loop {
            match connection.recv() {
                Ok(Some(FromDevice::Reading(reading))) => break reading,
                Ok(None) => return Err("the line was hung up".into()),
                // The line goes on behind a bad frame, and so do we.
                Err(error) if !error.is_fatal() => writeln!(err, "passed over: {error}")?,
                Err(error) => return Err(error.into()),
            }
        };
        writeln!(out, "sensor {sensor}: {:.2} °C", f32::from(celsius) / 100.0)?;
    }
    Ok(())
}

/// Opens a line that carries bytes as they are.
fn open(path: &PathBuf) -> Result<File, Box<dyn Error + Send + Sync>> {
    let line = OpenOptions::new().read(true).write(true).open(path);
    let line = line.map_err(|error| format!("cannot open {}: {error}", path.display()))?;
    make_raw(&line)?;
    Ok(line)
}

/// A line with two ends: ours, and the path of the other.
fn pseudo_terminal() -> Result<(File, PathBuf), Box<dyn Error + Send + Sync>> {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
    grantpt(&ours)?;
    unlockpt(&ours)?;
    let path = ptsname(&ours, Vec::new())?.into_string()?;
    make_raw(&ours)?;
    Ok((ours.into(), path.into()))
}

/// No echo, no lines, no control characters: a terminal does all of that unless it is told not to.
fn make_raw(line: &impl AsFd) -> io::Result<()> {
    let mut settings = tcgetattr(line)?;
    settings.make_raw();
    Ok(tcsetattr(line, OptionalActions::Now, &settings)?)
}
