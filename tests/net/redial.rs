//! Connecting anew: within a budget, with pauses, and nothing is sent twice.

use std::cell::Cell;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use protocol_core::conn::{Attempts, Backoff, CallError, Moment, Serial};
use protocol_core::net::blocking::{Connection, Redial};
use protocol_core::net::tokio as asynchronous;

use crate::pipelined::{LONG, SHORT};
use crate::serial::{Add, Calculator, Last, Sum};

const HASTY: Backoff = Backoff {
    first: Duration::from_millis(1),
    most: Duration::from_millis(5),
    tries: 4,
    refill: Duration::from_secs(3600),
};

fn last() -> Last {
    Last { text: "abc".into() }
}

fn port_of_nobody() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address")
}

fn serial(address: SocketAddr) -> io::Result<Serial<Connection<Calculator>>> {
    let mut calls = Serial::over(Connection::connect(address)?);
    calls.set_deadline(LONG);
    Ok(calls)
}

#[test]
fn pauses_double_up_to_a_bound_and_tries_come_back() {
    let millis = Duration::from_millis;
    let backoff = Backoff { first: millis(10), most: millis(50), tries: 6, refill: millis(1000) };
    let mut attempts = Attempts::new(backoff);
    let now = Moment::START.after(millis(500));
    let bounds: Vec<_> = (0..6).map(|_| attempts.next(now, |bound| bound)).collect();
    assert_eq!(bounds, [0, 10, 20, 40, 50, 50].map(|bound| Some(millis(bound))));
    assert_eq!(attempts.next(now, |bound| bound), None);
    assert_eq!(attempts.next(now.after(millis(999)), |bound| bound), None);
    assert_eq!(attempts.next(now.after(millis(1000)), |bound| bound), Some(millis(50)));
    assert_eq!(attempts.next(now.after(millis(1000)), |bound| bound), None);
    attempts.succeeded();
    let much_later = now.after(Duration::from_secs(3600));
    let tries = (0..).take_while(|_| attempts.next(much_later, |_| millis(0)).is_some()).count();
    assert_eq!(tries, 6, "no more come back than there were");
}

#[test]
fn a_server_that_is_away_is_not_dialled_for_ever() {
    let (address, dialled) = (port_of_nobody(), Cell::new(0));
    let mut client = Redial::with(
        || {
            dialled.set(dialled.get() + 1);
            serial(address)
        },
        HASTY,
    );
    let error = client.call(&last()).expect_err("nobody is there");
    let CallError::NotConnected(why) = &error else { panic!("{error}") };
    assert_eq!(why.attempts(), 4);
    assert_eq!(why.last().map(io::Error::kind), Some(ErrorKind::ConnectionRefused));
    assert!(
        error.to_string().starts_with("not connected after 4 attempts: cannot connect to 127.")
    );
    assert_eq!(dialled.get(), 4);
    let error = client.call(&last()).expect_err("the budget is spent");
    assert!(error.to_string().starts_with("not connected: no attempt is left"), "{error}");
    assert_eq!(dialled.get(), 4);
}

/// Reads one request, whatever it is.
fn request(stream: &mut TcpStream) -> Vec<u8> {
    let mut length = [0; 4];
    stream.read_exact(&mut length).expect("a length");
    let mut message = vec![0; u32::from_be_bytes(length) as usize];
    stream.read_exact(&mut message).expect("a message");
    message
}

#[test]
fn a_server_killed_in_mid_reply_is_dialled_anew_and_nothing_is_sent_twice() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let serving = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a client");
        let mut heard = vec![request(&mut stream)];
        stream.write_all(b"\0\0\0\x02\x81").expect("half a reply");
        drop(stream);
        let (mut stream, _) = listener.accept().expect("the client again");
        heard.push(request(&mut stream));
        stream.write_all(b"\0\0\0\x02\x81\x07").expect("a reply");
        heard
    });
    let mut client = Redial::with(|| serial(address), HASTY);
    let error = client.call(&Add { a: 1, b: 2 }).expect_err("half a reply");
    assert!(error.is_fatal() && error.to_string().contains("5 of 6 bytes came"), "{error}");
    assert_eq!(client.call(&last()).expect("a reply"), Sum { sum: 7 });
    let heard = serving.join().expect("no panic");
    assert_eq!(heard, [&b"\x01\x01\x02"[..], b"\x02\x03abc"], "the first was not sent again");
}

#[test]
fn a_connection_that_the_user_poisoned_is_replaced_before_the_call() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let serving = thread::spawn(move || {
        let (mut silent, _) = listener.accept().expect("a client");
        let (mut stream, _) = listener.accept().expect("the client again");
        let heard = [request(&mut silent), request(&mut stream)];
        stream.write_all(b"\0\0\0\x02\x81\x07").expect("a reply");
        heard
    });
    let mut client = Redial::with(|| serial(address), HASTY);
    let connection = client.connection().expect("it listens");
    connection.call_within(&Add { a: 1, b: 2 }, SHORT).expect_err("no reply");
    assert_eq!(client.call(&last()).expect("a reply"), Sum { sum: 7 });
    let heard = serving.join().expect("no panic");
    assert_eq!(heard, [&b"\x01\x01\x02"[..], b"\x02\x03abc"], "each was sent once");
}

#[test]
fn a_connection_that_ended_while_nobody_asked_is_replaced_within_the_call() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let serving = thread::spawn(move || {
        let mut heard = Vec::new();
        for _ in 0..3 {
            let (mut stream, _) = listener.accept().expect("a client");
            heard.push(request(&mut stream));
            stream.write_all(b"\0\0\0\x02\x81\x07").expect("a reply");
        }
        heard
    });
    let mut client = Redial::with(|| serial(address), HASTY);
    for number in 0..3 {
        if number > 0 {
            let stream = client.connection().expect("connected").connection().stream();
            stream.peek(&mut [0]).expect("the end has arrived");
        }
        let request = Add { a: number, b: 0 };
        assert_eq!(client.call(&request).expect("a reply"), Ok(Sum { sum: 7 }));
    }
    let heard = serving.join().expect("no panic");
    assert_eq!(heard, [b"\x01\0\0", b"\x01\x01\0", b"\x01\x02\0"], "each was sent once");
}

#[test]
fn a_server_that_drops_each_connection_spends_the_budget_too() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let serving = thread::spawn(move || {
        for _ in 0..HASTY.tries {
            drop(listener.accept().expect("a client"));
        }
    });
    let mut client = Redial::with(|| serial(address), HASTY);
    let mut lost = 0;
    loop {
        match client.call(&last()).expect_err("it never answers") {
            CallError::NotConnected(_) => break,
            _ => lost += 1,
        }
    }
    assert_eq!(lost, HASTY.tries);
    serving.join().expect("no panic");
}

#[test]
fn a_connection_attempt_has_a_deadline() {
    // A backlog that is full lets a connection attempt wait.
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let connection = Connection::<Calculator>::connect_within(address, Default::default(), LONG);
    assert!(connection.is_ok());
    let began = Instant::now();
    let nobody =
        Connection::<Calculator>::connect_within(port_of_nobody(), Default::default(), LONG);
    assert_eq!(nobody.expect_err("nobody is there").kind(), ErrorKind::ConnectionRefused);
    assert!(began.elapsed() < LONG);
}

#[tokio::test]
async fn the_same_for_tokio() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let ended = tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let mut request = [0; 9];
        let (mut stream, _) = listener.accept().await.expect("a client");
        stream.read_exact(&mut request).await.expect("a request");
        stream.write_all(b"\0\0\0\x02\x81").await.expect("half a reply");
        drop(stream);
        let (mut stream, _) = listener.accept().await.expect("the client again");
        stream.read_exact(&mut request).await.expect("a request");
        stream.write_all(b"\0\0\0\x02\x81\x07").await.expect("a reply");
    });
    let dial = async || {
        let connection = asynchronous::Connection::<Calculator>::connect(address).await?;
        Ok(Serial::over(connection))
    };
    let mut client = asynchronous::Redial::with(dial, HASTY);
    let error = client.call(&last()).await.expect_err("half a reply");
    assert!(error.is_fatal() && error.to_string().contains("5 of 6 bytes came"), "{error}");
    assert_eq!(client.call(&last()).await.expect("a reply"), Sum { sum: 7 });
    ended.await.expect("the server is gone");
    // This one ended before the request, so that another is dialled, which nobody takes.
    let error = client.call(&last()).await.expect_err("it is gone");
    assert!(matches!(error, CallError::NotConnected(_)), "{error}");
}
