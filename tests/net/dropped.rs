//! Futures of a connection that are dropped wherever they wait: no byte is lost, none goes twice.

use std::collections::VecDeque;
use std::future::Future;
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use protocol_core::frame::Length;
use protocol_core::net::tokio::Connection;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::chat::{Chat, data, frame, said};

/// A stream that waits before every step, and then moves one byte.
#[derive(Default)]
struct Halting {
    gives: VecDeque<u8>,
    taken: Vec<u8>,
    flushed: usize,
    has_waited: bool,
}

impl Halting {
    fn giving(bytes: &[u8]) -> Halting {
        Halting { gives: bytes.iter().copied().collect(), ..Halting::default() }
    }

    fn poll_step(&mut self) -> Poll<()> {
        self.has_waited = !self.has_waited;
        if self.has_waited { Poll::Pending } else { Poll::Ready(()) }
    }
}

impl AsyncRead for Halting {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.poll_step().map(|()| {
            buffer.put_slice(&self.gives.pop_front().map_or(Vec::new(), |byte| vec![byte]));
            Ok(())
        })
    }
}

impl AsyncWrite for Halting {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.poll_step().map(|()| {
            self.taken.push(bytes[0]);
            Ok(1)
        })
    }

    fn poll_flush(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_step().map(|()| {
            self.flushed = self.taken.len();
            Ok(())
        })
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_step().map(Ok)
    }
}

type Halted = Connection<Chat, Chat, Length, Halting>;

/// What the future comes to within so many polls; then it is dropped.
fn within<F: Future>(polls: usize, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    (0..polls).find_map(|_| match future.as_mut().poll(&mut context) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    })
}

/// What the future comes to, however often it waits.
fn finish<F: Future>(future: F) -> F::Output {
    within(10_000, future).expect("it does not wait for ever")
}

/// Timers want a runtime, though no test here waits for one.
fn in_runtime(test: impl FnOnce()) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let _entered = runtime.enter();
    test();
}

const WORDS: [&str; 4] = ["one", "", "three", "four and more"];

fn conversation() -> Vec<u8> {
    WORDS.map(|word| frame(&[b"\x03", word.as_bytes()].concat())).concat()
}

#[test]
fn a_recv_dropped_after_every_number_of_polls() {
    in_runtime(|| {
        for polls in 0..2 * conversation().len() {
            let mut connection = Halted::over(Halting::giving(&conversation()), Length::u32());
            let mut messages = Vec::new();
            if let Some(message) = within(polls, connection.recv()) {
                messages.extend(message.expect("DATA"));
            }
            while let Some(message) = finish(connection.recv()).expect("DATA") {
                messages.push(message);
            }
            assert_eq!(messages, WORDS.map(said), "dropped after {polls} polls");
        }
    });
}

#[test]
fn a_recv_dropped_again_and_again() {
    in_runtime(|| {
        for polls in 1..10 {
            let mut connection = Halted::over(Halting::giving(&conversation()), Length::u32());
            let mut messages = Vec::new();
            loop {
                match within(polls, connection.recv()).transpose().expect("DATA") {
                    Some(Some(message)) => messages.push(message),
                    Some(None) => break,
                    None => {}
                }
            }
            assert_eq!(messages, WORDS.map(said), "dropped after every {polls} polls");
        }
    });
}

#[test]
fn a_send_dropped_after_every_number_of_polls() {
    in_runtime(|| {
        for polls in 0..2 * conversation().len() {
            let mut connection = Halted::over(Halting::default(), Length::u32());
            for word in WORDS {
                if let Some(sent) = within(polls, connection.send(&data(word))) {
                    sent.expect("sent");
                    assert_eq!(connection.stream().flushed, connection.stream().taken.len());
                }
            }
            finish(connection.flush()).expect("written");
            assert_eq!(connection.stream().taken, conversation(), "dropped after {polls} polls");
            assert_eq!(connection.stream().flushed, conversation().len());
        }
    });
}

#[test]
fn what_a_dropped_send_left_is_written_by_the_next_wait() {
    in_runtime(|| {
        for polls in 0..20 {
            let stream = Halting::giving(&conversation());
            let mut connection = Halted::over(stream, Length::u32());
            drop(within(polls, connection.send(&data("hello"))));
            while finish(connection.recv()).expect("DATA").is_some() {}
            assert_eq!(connection.stream().taken, frame(b"\x03hello"), "after {polls} polls");
        }
    });
}

#[test]
fn an_answer_dropped_again_and_again_answers_once() {
    in_runtime(|| {
        for polls in 1..10 {
            let stream = Halting::giving(&conversation());
            let mut connection = Halted::over(stream, Length::u32());
            let mut rounds = 0;
            while within(polls, connection.answer(|message, outbox| outbox.queue(&message)))
                .transpose()
                .expect("answered")
                .is_none()
            {
                rounds += 1;
                assert!(rounds < 10_000, "it comes to an end");
            }
            assert_eq!(connection.stream().taken, conversation(), "after every {polls} polls");
        }
    });
}

#[test]
fn halves_dropped_again_and_again() {
    in_runtime(|| {
        let stream = Halting::giving(&conversation());
        let (mut receiver, mut sender) = Halted::over(stream, Length::u32()).split();
        let mut messages = Vec::new();
        let mut sent = Vec::new();
        loop {
            match within(3, receiver.recv()).transpose().expect("DATA") {
                Some(Some(message)) => messages.push(message),
                Some(None) => break,
                None => {}
            }
            if sent.len() < WORDS.len() {
                sent.push(WORDS[sent.len()]);
                drop(within(3, sender.send(&data(WORDS[sent.len() - 1]))));
            }
        }
        finish(sender.flush()).expect("written");
        assert_eq!((messages, sent), (WORDS.map(said).to_vec(), WORDS.to_vec()));
    });
}
