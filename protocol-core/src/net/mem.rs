//! Two connected ends in memory, for tests that want no socket.
//!
//! They behave as a TCP connection does: a finite buffer each way, reads and writes that block,
//! an end that is seen after the last byte, and short reads on demand.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{Split, Stream};

/// How many bytes fit each way unless [`pair_of`] says otherwise.
const CAPACITY: usize = 64 * 1024;

/// Two connected ends with room for 64 KiB each way.
///
/// ```
/// use std::io::{Read, Write};
/// use protocol_core::net::mem;
///
/// let (mut here, mut there) = mem::pair();
/// here.write_all(b"hello").unwrap();
/// drop(here);
/// let mut text = String::new();
/// there.read_to_string(&mut text).unwrap();
/// assert_eq!(text, "hello");
/// ```
#[must_use]
pub fn pair() -> (End, End) {
    pair_of(CAPACITY)
}

/// Two connected ends with room for `capacity` bytes each way, and for at least 1.
#[must_use]
pub fn pair_of(capacity: usize) -> (End, End) {
    let here = Arc::new(Pipe::new(capacity.max(1)));
    let there = Arc::new(Pipe::new(capacity.max(1)));
    (End::new(&here, &there), End::new(&there, &here))
}

/// One end of a pair.
///
/// It closes when it is dropped, and when it was split, with the second half.
#[derive(Debug)]
pub struct End {
    pipes: Arc<Pipes>,
    read_within: Option<Duration>,
    write_within: Option<Duration>,
    chunk: usize,
}

impl End {
    fn new(reads: &Arc<Pipe>, writes: &Arc<Pipe>) -> End {
        End {
            pipes: Arc::new(Pipes { reads: Arc::clone(reads), writes: Arc::clone(writes) }),
            read_within: None,
            write_within: None,
            chunk: usize::MAX,
        }
    }

    /// Moves at most `chunk` bytes, and at least 1, in each read and each write from now on.
    ///
    /// ```
    /// use std::io::Write;
    /// let (mut here, _there) = protocol_core::net::mem::pair();
    /// here.set_chunk(2);
    /// assert_eq!(here.write(b"hello").unwrap(), 2);
    /// ```
    pub fn set_chunk(&mut self, chunk: usize) {
        self.chunk = chunk.max(1);
    }
}

impl Read for End {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = self.chunk.min(buffer.len());
        let buffer = buffer.get_mut(..most).unwrap_or_default();
        self.pipes.reads.read(buffer, self.read_within)
    }
}

impl Write for End {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let most = self.chunk.min(bytes.len());
        let bytes = bytes.get(..most).unwrap_or_default();
        self.pipes.writes.write(bytes, self.write_within)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Stream for End {
    fn read_within(&mut self, time: Option<Duration>) -> io::Result<()> {
        self.read_within = time;
        Ok(())
    }

    fn write_within(&mut self, time: Option<Duration>) -> io::Result<()> {
        self.write_within = time;
        Ok(())
    }

    fn read_now(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let told = self.read_within.replace(Duration::ZERO);
        let read = self.read(buffer);
        self.read_within = told;
        read
    }

    fn end_writing(&mut self) -> io::Result<()> {
        self.pipes.writes.close_writer();
        Ok(())
    }

    fn peer(&self) -> Option<SocketAddr> {
        None
    }
}

impl Split for End {
    fn split(self) -> io::Result<(End, End)> {
        let reader = End { pipes: Arc::clone(&self.pipes), ..self };
        Ok((reader, self))
    }

    fn end(&mut self) -> io::Result<()> {
        self.pipes.reads.close_writer();
        self.end_writing()
    }
}

/// Both directions as one end sees them.
#[derive(Debug)]
struct Pipes {
    reads: Arc<Pipe>,
    writes: Arc<Pipe>,
}

impl Drop for Pipes {
    fn drop(&mut self) {
        self.reads.close_reader();
        self.writes.close_writer();
    }
}

/// One direction: bytes that were written and not yet read.
#[derive(Debug)]
struct Pipe {
    state: Mutex<PipeState>,
    changed: Condvar,
    capacity: usize,
}

#[derive(Debug, Default)]
struct PipeState {
    bytes: VecDeque<u8>,
    has_no_writer: bool,
    has_no_reader: bool,
}

impl Pipe {
    fn new(capacity: usize) -> Pipe {
        Pipe { state: Mutex::default(), changed: Condvar::new(), capacity }
    }

    fn read(&self, buffer: &mut [u8], within: Option<Duration>) -> io::Result<usize> {
        let mut state =
            self.wait(within, |state| state.bytes.is_empty() && !state.has_no_writer)?;
        let count = state.bytes.read(buffer)?;
        self.changed.notify_all();
        Ok(count)
    }

    fn write(&self, bytes: &[u8], within: Option<Duration>) -> io::Result<usize> {
        let is_full = |state: &PipeState| state.bytes.len() >= self.capacity;
        let mut state = self.wait(within, |state| is_full(state) && !state.has_no_reader)?;
        if state.has_no_reader || state.has_no_writer {
            return Err(ErrorKind::BrokenPipe.into());
        }
        let count = bytes.len().min(self.capacity - state.bytes.len());
        state.bytes.extend(bytes.iter().take(count));
        self.changed.notify_all();
        Ok(count)
    }

    /// Waits while there is nothing to do.
    fn wait(
        &self,
        within: Option<Duration>,
        is_idle: impl Fn(&PipeState) -> bool,
    ) -> io::Result<MutexGuard<'_, PipeState>> {
        let deadline = within.and_then(|time| Instant::now().checked_add(time));
        let mut state = self.lock();
        while is_idle(&state) {
            state = match deadline {
                None => self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        return Err(ErrorKind::WouldBlock.into());
                    }
                    let waited = self.changed.wait_timeout(state, left);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        Ok(state)
    }

    fn close_reader(&self) {
        self.lock().has_no_reader = true;
        self.changed.notify_all();
    }

    fn close_writer(&self) {
        self.lock().has_no_writer = true;
        self.changed.notify_all();
    }

    /// No code that can panic runs under the lock, so a poisoned one holds sound state.
    fn lock(&self) -> MutexGuard<'_, PipeState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
