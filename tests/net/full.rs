//! Calls over a stream that takes nothing for a while, and says so instead of waiting.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use protocol_core::conn::{CallError, SendErrorKind};
use protocol_core::frame::Headed;
use protocol_core::net::blocking::Pipelined;
use protocol_core::net::{Split, Stream};

use crate::pipelined::{Double, Doubled, LONG, Served, answer, tcp_pair};

/// A stream that does not wait, and takes nothing for a while.
#[derive(Debug)]
struct Shy {
    stream: TcpStream,
    is_full: Arc<AtomicBool>,
}

impl Read for Shy {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.read(buffer)
    }
}

impl Write for Shy {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_full.load(Ordering::SeqCst) {
            return Err(ErrorKind::WouldBlock.into());
        }
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Stream for Shy {
    fn read_within(&mut self, time: Option<Duration>) -> io::Result<()> {
        self.stream.read_within(time)
    }

    fn write_within(&mut self, _time: Option<Duration>) -> io::Result<()> {
        Ok(())
    }

    fn end_writing(&mut self) -> io::Result<()> {
        self.stream.end_writing()
    }

    fn peer(&self) -> Option<SocketAddr> {
        None
    }
}

impl Split for Shy {
    fn split(self) -> io::Result<(Shy, Shy)> {
        let Shy { stream, is_full } = self;
        let (reads, writes) = stream.split()?;
        Ok((Shy { stream: reads, is_full: Arc::clone(&is_full) }, Shy { stream: writes, is_full }))
    }
}

#[test]
fn a_request_that_stays_queued_keeps_its_number() {
    let (stream, there) = tcp_pair();
    let is_full = Arc::new(AtomicBool::new(true));
    let here = Shy { stream, is_full: Arc::clone(&is_full) };
    let calls = Pipelined::over(Served::over(here, Headed::new())).expect("a thread");
    let calls = calls.deadline(LONG);
    let error = calls.call(&Double { number: 1 }).expect_err("nothing is taken");
    let CallError::Send(send) = &error else { panic!("{error}") };
    assert!(matches!(send.kind(), SendErrorKind::NotReady { pending: 8 }), "{error}");
    is_full.store(false, Ordering::SeqCst);
    let mut server = Served::over(there, Headed::new());
    thread::scope(|scope| {
        let call = scope.spawn(|| calls.call(&Double { number: 2 }));
        for _ in 0..2 {
            let request = server.recv().expect("a request").expect("a request");
            server.send(&answer(&request)).expect("sent");
        }
        assert_eq!(call.join().expect("no panic").expect("a reply"), Ok(Doubled { number: 4 }));
    });
    assert_eq!((calls.late(), calls.strays()), (1, 0));
}
