//! A thermometer that is played, at the other end of a line that may make noise.

use std::error::Error;
use std::fs::File;
use std::io::Write;

use protocol_core::conn::RecvErrorKind;
use protocol_core::net::{Untimed, blocking::Connection};

use crate::line::{FromDevice, Reading, ToDevice, framing};

/// Answers every question until the line is hung up.
pub(crate) fn answer(line: File, noise: bool) -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut raw = line.try_clone()?;
    let mut connection = Connection::<ToDevice, FromDevice, _, _>::over(Untimed(line), framing());
    loop {
        let sensor = match connection.recv() {
            Ok(Some(ToDevice::Ask(ask))) => ask.sensor,
            Ok(None) => return Ok(()),
            // A pseudo-terminal whose other end is closed fails.
            Err(error) if matches!(error.kind(), RecvErrorKind::Io(_)) => return Ok(()),
            Err(error) if !error.is_fatal() => continue,
            Err(error) => return Err(error.into()),
        };
        if noise {
            raw.write_all(b"\x7e\x7e~noise~")?;
        }
        // A zero ends whatever the line made of itself; between frames it is nothing.
        raw.write_all(&[0])?;
        connection.send(&Reading { sensor, celsius: 2150 + i16::from(sensor) * 7 })?;
    }
}
