//! Streams that behave badly on purpose, each in one way.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::time::Duration;

use protocol_core::net::mem::End;
use protocol_core::net::{Stream, Untimed};

/// What a scripted read does.
pub(crate) enum Act {
    Give(Vec<u8>),
    Fail(ErrorKind),
}

/// A stream whose reads follow a script and then end, and whose writes take a byte at a time.
pub(crate) struct Scripted {
    pub(crate) reads: VecDeque<Act>,
    /// One for each write, before it takes its byte.
    pub(crate) write_failures: VecDeque<Option<ErrorKind>>,
    pub(crate) written: Vec<u8>,
    pub(crate) writes: usize,
}

impl Scripted {
    pub(crate) fn reading(acts: impl IntoIterator<Item = Act>) -> Scripted {
        Scripted {
            reads: acts.into_iter().collect(),
            write_failures: VecDeque::new(),
            written: Vec::new(),
            writes: 0,
        }
    }

    pub(crate) fn failing(kinds: impl IntoIterator<Item = Option<ErrorKind>>) -> Scripted {
        Scripted { write_failures: kinds.into_iter().collect(), ..Scripted::reading([]) }
    }

    pub(crate) fn untimed(self) -> Untimed<Scripted> {
        Untimed(self)
    }
}

impl Read for Scripted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.reads.pop_front() {
            None => Ok(0),
            Some(Act::Fail(kind)) => Err(kind.into()),
            Some(Act::Give(mut bytes)) => {
                let count = bytes.len().min(buffer.len());
                let rest = bytes.split_off(count);
                buffer[..count].copy_from_slice(&bytes);
                if !rest.is_empty() {
                    self.reads.push_front(Act::Give(rest));
                }
                Ok(count)
            }
        }
    }
}

impl Write for Scripted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writes += 1;
        if let Some(Some(kind)) = self.write_failures.pop_front() {
            return Err(kind.into());
        }
        self.written.extend(bytes.first());
        Ok(bytes.len().min(1))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A stream that takes nothing any more.
pub(crate) struct Shut;

impl Read for Shut {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Ok(0)
    }
}

impl Write for Shut {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Ok(0)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A stream that remembers each write.
#[derive(Default)]
pub(crate) struct Recorded {
    pub(crate) writes: Vec<Vec<u8>>,
}

impl Read for Recorded {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Ok(0)
    }
}

impl Write for Recorded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writes.push(bytes.to_vec());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An end in memory that counts how often it was told how long to wait.
pub(crate) struct Told {
    pub(crate) end: End,
    pub(crate) times: usize,
}

impl Read for Told {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.end.read(buffer)
    }
}

impl Write for Told {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.end.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.end.flush()
    }
}

impl Stream for Told {
    fn read_within(&mut self, time: Option<Duration>) -> io::Result<()> {
        self.times += 1;
        self.end.read_within(time)
    }

    fn write_within(&mut self, time: Option<Duration>) -> io::Result<()> {
        self.times += 1;
        self.end.write_within(time)
    }

    fn end_writing(&mut self) -> io::Result<()> {
        self.end.end_writing()
    }

    fn peer(&self) -> Option<SocketAddr> {
        None
    }
}
