//! Many calls on one connection: each gets its own reply, whatever the order, and none that was given up
//! is taken for another's.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use protocol_core::conn::{Beats, CallError, Calls, CallsEnd};
use protocol_core::frame::Headed;
use protocol_core::net::blocking::{Connection, Pipelined};
use protocol_core::{Message, Protocol, Wire, WithHeader};

/// Long enough for any answer on a busy machine.
pub(crate) const LONG: Duration = Duration::from_secs(20);
pub(crate) const SHORT: Duration = Duration::from_millis(100);

#[derive(Wire, Debug, Default, Clone, PartialEq)]
pub(crate) struct Head {
    #[wire(role = id)]
    pub(crate) kind: u8,
    #[wire(role = correlation)]
    pub(crate) call: u16,
    #[wire(role = len)]
    pub(crate) length: u8,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 1]
#[wire(reply = Doubled | Refused)]
pub(crate) struct Double {
    pub(crate) number: u32,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 2]
pub(crate) struct Doubled {
    pub(crate) number: u64,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 3]
pub(crate) struct Refused;

/// A message that can refuse to be packed.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 4]
#[wire(reply = Doubled)]
pub(crate) struct Short {
    #[wire(rest, max = 2)]
    pub(crate) text: String,
}

#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(header = Head)]
pub(crate) enum Calculator {
    Double(Double),
    Doubled(Doubled),
    Refused(Refused),
    Short(Short),
}

pub(crate) type Served<S = TcpStream> =
    Connection<WithHeader<Head, Calculator>, Calculator, Headed<Head>, S>;

pub(crate) fn short(text: &str) -> Short {
    Short { text: text.into() }
}

/// The answer to a request, as a server sends it.
pub(crate) fn answer(request: &WithHeader<Head, Calculator>) -> WithHeader<Head, Calculator> {
    let message = match &request.message {
        Calculator::Double(Double { number: 0 }) => Refused.into(),
        Calculator::Double(double) => Doubled { number: u64::from(double.number) * 2 }.into(),
        other => panic!("no request: {other:?}"),
    };
    WithHeader { header: request.header.clone(), message }
}

/// Numbers that look random, and are the same in every run.
pub(crate) fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut state = seed | 1;
    for index in (1..items.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let at = usize::try_from(state >> 33).expect("31 bits") % (index + 1);
        items.swap(index, at);
    }
}

/// Both ends of a connection over TCP.
pub(crate) fn tcp_pair() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let here = TcpStream::connect(listener.local_addr().expect("an address")).expect("it listens");
    (here, listener.accept().expect("a client").0)
}

fn calls_and_server() -> (Pipelined<Calculator, Calculator, Headed<Head>>, Served) {
    let (here, there) = tcp_pair();
    let calls = Pipelined::over(Served::over(here, Headed::new())).expect("a thread");
    (calls.deadline(LONG), Served::over(there, Headed::new()))
}

#[test]
fn sixty_four_callers_get_their_own_replies_in_any_order() {
    let (calls, mut server) = calls_and_server();
    let serving = thread::spawn(move || {
        for round in 0..20 {
            let mut requests = Vec::new();
            while requests.len() < 64 {
                requests.push(server.recv().expect("a request").expect("more requests"));
            }
            shuffle(&mut requests, round);
            for request in &requests {
                server.queue(&answer(request)).expect("queued");
            }
            server.flush().expect("written");
        }
    });
    for round in 0..20 {
        thread::scope(|scope| {
            for caller in 0..64 {
                let calls = calls.clone();
                scope.spawn(move || {
                    let number = round * 64 + caller;
                    let reply = calls.call(&Double { number }).expect("a reply");
                    let wanted = Doubled { number: u64::from(number) * 2 };
                    assert_eq!(reply, if number == 0 { Err(Refused) } else { Ok(wanted) });
                });
            }
        });
    }
    serving.join().expect("no panic");
    assert_eq!((calls.waiting(), calls.late(), calls.strays()), (0, 0, 0));
}

#[test]
fn a_late_reply_is_dropped_and_counted() {
    let (calls, mut server) = calls_and_server();
    let error = calls.call_within(&Double { number: 1 }, SHORT).expect_err("no reply");
    assert!(matches!(error, CallError::Timeout { allowed: SHORT }) && !error.is_fatal(), "{error}");
    let first = server.recv().expect("a request").expect("a request");
    thread::scope(|scope| {
        let second = scope.spawn(|| calls.call(&Double { number: 2 }));
        let request = server.recv().expect("a request").expect("a request");
        assert_ne!(request.header.call, first.header.call);
        server.send(&answer(&first)).expect("sent");
        server.send(&answer(&request)).expect("sent");
        let reply = second.join().expect("no panic").expect("a reply");
        assert_eq!(reply, Ok(Doubled { number: 4 }), "and not the 2 of the first call");
    });
    assert_eq!((calls.waiting(), calls.late(), calls.strays()), (0, 1, 0));
}

#[test]
fn what_nobody_asked_for_is_counted() {
    let (calls, mut server) = calls_and_server();
    server.queue(&Refused).expect("queued");
    thread::scope(|scope| {
        let call = scope.spawn(|| calls.call(&Double { number: 2 }));
        let request = server.recv().expect("a request").expect("a request");
        let twice = answer(&request);
        server.queue(&twice).expect("queued");
        server.send(&twice).expect("sent");
        assert_eq!(call.join().expect("no panic").expect("a reply"), Ok(Doubled { number: 4 }));
        let call = scope.spawn(|| calls.call(&Double { number: 3 }));
        let request = server.recv().expect("a request").expect("a request");
        server.send(&answer(&request)).expect("sent");
        assert_eq!(call.join().expect("no panic").expect("a reply"), Ok(Doubled { number: 6 }));
    });
    assert_eq!((calls.late(), calls.strays()), (0, 2));
}

#[test]
fn calls_are_bounded() {
    let (calls, mut server) = calls_and_server();
    calls.set_limit(1);
    thread::scope(|scope| {
        let first = scope.spawn(|| calls.call(&Double { number: 1 }));
        let request = server.recv().expect("a request").expect("a request");
        let error = calls.call(&Double { number: 2 }).expect_err("one is the limit");
        assert!(matches!(error, CallError::Full { waiting: 1, given_up: 0, limit: 1 }), "{error}");
        server.send(&answer(&request)).expect("sent");
        first.join().expect("no panic").expect("a reply").expect("doubled");
    });
    let error = calls.call_within(&Double { number: 2 }, SHORT).expect_err("no reply");
    assert!(matches!(error, CallError::Timeout { .. }), "{error}");
    let error = calls.call(&Double { number: 2 }).expect_err("one was given up");
    assert_eq!(error.to_string(), "0 calls wait and 1 were given up, of 1 in all");
}

#[test]
fn what_cannot_be_packed_takes_no_number() {
    let (calls, mut server) = calls_and_server();
    let error = calls.call(&short("long")).expect_err("too long");
    assert!(matches!(error, CallError::Send(_)) && !error.is_fatal(), "{error}");
    assert_eq!(calls.waiting(), 0);
    thread::scope(|scope| {
        let call = scope.spawn(|| calls.call(&Double { number: 2 }));
        let request = server.recv().expect("a request").expect("a request");
        server.send(&answer(&request)).expect("sent");
        call.join().expect("no panic").expect("a reply").expect("doubled");
    });
}

#[test]
fn a_wrong_reply_concerns_only_its_call() {
    let (calls, mut server) = calls_and_server();
    thread::scope(|scope| {
        let call = scope.spawn(|| calls.call(&short("ok")));
        let request = server.recv().expect("a request").expect("a request");
        server.send(&WithHeader { message: Refused.into(), ..request }).expect("sent");
        let error = call.join().expect("no panic").expect_err("refused");
        assert_eq!(error.to_string(), "`Refused` came, and not `Doubled`");
        let CallError::Other(other) = error else { panic!("{error}") };
        assert_eq!(other.into_message(), Calculator::Refused(Refused));
        let call = scope.spawn(|| calls.call(&Double { number: 2 }));
        let request = server.recv().expect("a request").expect("a request");
        server.send(&answer(&request)).expect("sent");
        call.join().expect("no panic").expect("a reply").expect("doubled");
    });
}

/// A body that is none, behind a header with the number of a call.
pub(crate) fn bad_reply(request: &WithHeader<Head, Calculator>, kind: u8) -> Vec<u8> {
    let [high, low] = request.header.call.to_be_bytes();
    vec![kind, high, low, 1, b'?']
}

/// What is said of the reply of each kind.
pub(crate) const BAD_REPLIES: [(u8, &str); 3] = [
    (2, "Doubled.number at byte 4: 7 more bytes needed"),
    (3, "Refused at byte 4: 1 more byte after the end"),
    (99, "Calculator.header.kind at byte 0: no message has the type 99"),
];

#[test]
fn a_reply_that_is_no_message_fails_its_call_at_once_and_no_other() {
    for (kind, says) in BAD_REPLIES {
        let (calls, mut server) = calls_and_server();
        thread::scope(|scope| {
            let other = scope.spawn(|| calls.call(&Double { number: 1 }));
            let other_request = server.recv().expect("a request").expect("a request");
            let call = scope.spawn(|| calls.call(&Double { number: 2 }));
            let request = server.recv().expect("a request").expect("a request");
            server.stream().write_all(&bad_reply(&request, kind)).expect("written");
            let error = call.join().expect("no panic").expect_err("no message");
            assert!(error.to_string().contains(says) && !error.is_fatal(), "{error}");
            let CallError::Recv(_) = error else { panic!("{error}") };
            server.send(&answer(&other_request)).expect("sent");
            let reply = other.join().expect("no panic").expect("a reply");
            assert_eq!(reply, Ok(Doubled { number: 2 }));
        });
        assert_eq!((calls.waiting(), calls.late(), calls.strays()), (0, 0, 0));
    }
}

#[test]
fn a_bad_reply_to_a_call_that_was_given_up_is_late() {
    let (calls, mut server) = calls_and_server();
    calls.call_within(&Double { number: 1 }, SHORT).expect_err("no reply");
    let request = server.recv().expect("a request").expect("a request");
    server.stream().write_all(&bad_reply(&request, 2)).expect("written");
    thread::scope(|scope| {
        let call = scope.spawn(|| calls.call(&Double { number: 2 }));
        let request = server.recv().expect("a request").expect("a request");
        server.send(&answer(&request)).expect("sent");
        assert_eq!(call.join().expect("no panic").expect("a reply"), Ok(Doubled { number: 4 }));
    });
    assert_eq!((calls.waiting(), calls.late(), calls.strays()), (0, 1, 0));
}

#[test]
fn a_connection_that_ends_ends_its_calls() {
    for (last_words, text) in [
        (&b""[..], "the peer ended the stream before the reply"),
        (b"\x02\0", "the stream ended inside a frame: 2 of 4 bytes came"),
    ] {
        let (here, mut there) = tcp_pair();
        let calls = Pipelined::over(Served::over(here, Headed::new())).expect("a thread");
        let calls = calls.deadline(LONG);
        thread::scope(|scope| {
            let waiting: Vec<_> = (0..3)
                .map(|number| {
                    scope.spawn({
                        let calls = calls.clone();
                        move || calls.call(&Double { number })
                    })
                })
                .collect();
            let mut requests = [0; 3 * 8];
            there.read_exact(&mut requests).expect("three requests");
            there.write_all(last_words).expect("written");
            drop(there);
            for call in waiting {
                let error = call.join().expect("no panic").expect_err("no reply");
                assert!(error.is_fatal() && error.to_string().ends_with(text), "{error}");
            }
        });
        let error = calls.call(&Double { number: 1 }).expect_err("it has ended");
        assert!(error.to_string().ends_with(text), "{error}");
    }
}

#[test]
fn the_last_handle_ends_the_connection_and_its_thread() {
    let (calls, mut server) = calls_and_server();
    let (other, told) = (calls.clone(), mpsc::channel());
    drop(calls);
    let waiting = thread::spawn(move || {
        let error = other.call_within(&Double { number: 1 }, SHORT).expect_err("no reply");
        drop(other);
        told.0.send(error.to_string()).expect("heard");
    });
    assert!(server.recv().expect("a request").is_some());
    assert!(server.recv().expect("the end").is_none());
    assert_eq!(told.1.recv().expect("a text"), "no reply came in 100ms");
    waiting.join().expect("no panic");
}

#[test]
fn beats_go_on_until_the_last_handle_is_dropped() {
    let (here, mut there) = tcp_pair();
    there.set_read_timeout(Some(LONG)).expect("set");
    let mut connection = Served::over(here, Headed::new());
    // The peer does not beat, and is not to be taken for dead.
    let beats = Beats { every: SHORT, missed_max: 1000 };
    connection.set_beats(beats, Refused).expect("it can be packed");
    let calls = Pipelined::over(connection).expect("threads");
    let mut beats = [0; 3 * 4];
    there.read_exact(&mut beats).expect("three beats");
    assert_eq!(beats, *b"\x03\0\0\0\x03\0\0\0\x03\0\0\0");
    thread::scope(|scope| {
        let call = scope.spawn(|| calls.call_within(&Double { number: 1 }, LONG));
        let mut next = || {
            let mut frame = [0; 4];
            there.read_exact(&mut frame).expect("a frame");
            frame
        };
        let frame = (0..100).map(|_| next()).find(|frame| frame[0] == 1).expect("the request");
        there.read_exact(&mut [0; 4]).expect("the number");
        there.write_all(&[2, frame[1], frame[2], 8, 0, 0, 0, 0, 0, 0, 0, 2]).expect("written");
        assert_eq!(call.join().expect("no panic").expect("a reply"), Ok(Doubled { number: 2 }));
    });
    drop(calls);
    there.read_to_end(&mut Vec::new()).expect("the end");
}

#[test]
fn numbers_are_not_taken_twice() {
    let mut calls = Calls::new();
    let three = |number: u64| number <= 3;
    let first: u64 = calls.begin::<()>('a', three).expect("free");
    let second = calls.begin::<()>('b', three).expect("free");
    assert_eq!(calls.finish(first), Some('a'));
    let third = calls.begin::<()>('c', three).expect("free");
    let again = calls.begin::<()>('d', three).expect("free");
    assert_eq!((first, second, third, again), (1, 2, 3, 1));
    calls.give_up(second);
    let error = calls.begin::<()>('e', three).expect_err("a late reply may have any of them");
    assert!(matches!(error, CallError::Full { waiting: 2, given_up: 1, limit: 3 }), "{error}");
    assert_eq!(calls.finish(second), None);
    assert_eq!(calls.begin::<()>('e', three).expect("free"), 2);
    assert_eq!((calls.waiting(), calls.given_up(), calls.late()), (3, 0, 1));
    let mut told = calls.end(CallsEnd::Ended);
    told.sort_unstable();
    assert_eq!(told, ['c', 'd', 'e']);
    assert!(matches!(calls.begin::<()>('f', three), Err(CallError::Ended)));
}

/// A message of a user whose code panics.
mod fragile {
    use protocol_core::{Fault, Reader, Sink};

    pub(super) fn pack<W: Sink>(value: &u8, w: &mut W) -> Result<(), Fault> {
        w.put([*value])
    }

    pub(super) fn unpack(_: &mut Reader<'_, '_>) -> Result<u8, Fault> {
        panic!("that is for the log of the test");
    }
}

#[derive(Message, Debug)]
#[msg_type = 1]
#[wire(reply = Fragile)]
struct AskFragile;

#[derive(Message, Debug)]
#[msg_type = 2]
struct Fragile {
    #[wire(with = fragile)]
    value: u8,
}

#[derive(Protocol, Debug)]
#[wire(header = Head)]
enum FragileCalls {
    AskFragile(AskFragile),
    Fragile(Fragile),
}

type FragileServed = Connection<WithHeader<Head, FragileCalls>, FragileCalls, Headed<Head>>;

#[test]
fn a_reply_whose_unpacking_panics_ends_all_calls_at_once() {
    let (here, there) = tcp_pair();
    let calls = Pipelined::over(FragileServed::over(here, Headed::new())).expect("a thread");
    let calls = calls.deadline(LONG);
    let mut server = FragileServed::over(there, Headed::new());
    thread::scope(|scope| {
        let waiting = [(); 2].map(|()| scope.spawn(|| calls.call(&AskFragile)));
        for _ in &waiting {
            let request = server.recv().expect("a request").expect("a request");
            let message = Fragile { value: 7 }.into();
            server.queue(&WithHeader { message, ..request }).expect("queued");
        }
        server.flush().expect("written");
        for call in waiting {
            let error = call.join().expect("no panic").expect_err("no reply");
            assert!(matches!(error, CallError::Ended), "{error}");
        }
    });
    let error = calls.call(&AskFragile).expect_err("it has ended");
    assert!(matches!(error, CallError::Ended), "{error}");
}
