//! Clients whose server is killed: they know it in time, and come back when it does.

use std::io;
use std::thread;
use std::time::{Duration, Instant};

use protocol_core::conn::{Backoff, CallError, RecvErrorKind, Serial};
use protocol_core::net::{blocking, tokio as asynchronous};
use tokio::runtime::{Builder, Runtime};

use crate::child::ServerProcess;
use crate::running::{KINDS, Kind, LATE, row};
use crate::talk::{Chat, Data, HALF};

/// Tries enough for a server that takes its time to start.
const PATIENT: Backoff = Backoff {
    first: Duration::from_millis(10),
    most: Duration::from_millis(200),
    tries: 300,
    refill: LATE,
};
/// So few that a server that is away is soon known to be.
const HASTY: Backoff = Backoff { most: Duration::from_millis(10), tries: 3, ..PATIENT };

type Called = Result<Data, CallError<Chat>>;

/// A client of either kind, that dials anew.
trait Client {
    fn new(address: String, backoff: Backoff) -> Self;
    fn call(&mut self, text: &str) -> Called;
}

type BlockingCalls = Serial<blocking::Connection<Chat>>;
type Dial = Box<dyn FnMut() -> io::Result<BlockingCalls>>;

struct Blocking(blocking::Redial<BlockingCalls, Dial>);

impl Client for Blocking {
    fn new(address: String, backoff: Backoff) -> Blocking {
        let dial = move || Ok(patient(Serial::over(blocking::Connection::connect(&address)?)));
        Blocking(blocking::Redial::with(Box::new(dial), backoff))
    }

    fn call(&mut self, text: &str) -> Called {
        self.0.call(&Data { text: text.into() })
    }
}

type AsyncCalls = Serial<asynchronous::Connection<Chat>>;
type AsyncDialled = std::pin::Pin<Box<dyn Future<Output = io::Result<AsyncCalls>>>>;
type AsyncDial = Box<dyn FnMut() -> AsyncDialled>;

struct Tokio {
    client: asynchronous::Redial<AsyncCalls, AsyncDial>,
    runtime: Runtime,
}

impl Client for Tokio {
    fn new(address: String, backoff: Backoff) -> Tokio {
        let dial = move || -> AsyncDialled {
            let address = address.clone();
            Box::pin(async move {
                Ok(patient(Serial::over(asynchronous::Connection::connect(address).await?)))
            })
        };
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        Tokio { client: asynchronous::Redial::with(Box::new(dial), backoff), runtime }
    }

    fn call(&mut self, text: &str) -> Called {
        self.runtime.block_on(self.client.call(&Data { text: text.into() }))
    }
}

/// A call lasts until its server is killed.
fn patient<C>(mut calls: Serial<C>) -> Serial<C> {
    calls.set_deadline(2 * LATE);
    calls
}

/// The server is killed in the middle of a reply, while it is away, and between two calls.
fn a_killed_server_is_an_error_in_time_and_dialled_anew<C: Client>(name: &str, kind: Kind) {
    let server = ServerProcess::start(kind, "true");
    let address = server.address.to_string();
    let mut client = C::new(address.clone(), PATIENT);
    assert_eq!(client.call("one").expect("a reply").text, "one");

    let killing = thread::spawn(move || {
        assert_eq!(server.report(), HALF);
        server.signal("-9");
        (Instant::now(), server)
    });
    let error = client.call("half").expect_err("half a reply");
    let (killed, server) = killing.join().expect("no panic");
    let took = killed.elapsed();
    assert!(took < LATE / 2 && error.is_fatal(), "{took:?}: {error}");
    let CallError::Recv(inner) = &error else { panic!("{error}") };
    assert!(matches!(inner.kind(), RecvErrorKind::EndInside { have: 6, needed: 9 }), "{error}");
    drop(server);
    let away = C::new(address.clone(), HASTY).call("two").expect_err("nobody is there");
    assert!(matches!(away, CallError::NotConnected(_)), "{away}");

    let server = ServerProcess::start_at(kind, "true", &address);
    assert_eq!(client.call("three").expect("it is back").text, "three");
    server.signal("-9");
    drop(server);
    let _server = ServerProcess::start_at(kind, "true", &address);
    assert_eq!(client.call("four").expect("it is back again").text, "four");
    row(&format!("kill -9, and {name} dials anew"), kind, &format!("known after {took:.1?}"));
}

#[test]
fn a_blocking_client_outlives_its_server() {
    for kind in KINDS {
        a_killed_server_is_an_error_in_time_and_dialled_anew::<Blocking>("blocking", kind);
    }
}

#[test]
fn an_async_client_outlives_its_server() {
    for kind in KINDS {
        a_killed_server_is_an_error_in_time_and_dialled_anew::<Tokio>("tokio", kind);
    }
}
