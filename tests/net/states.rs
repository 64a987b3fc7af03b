//! What a handler allows its peer in each state: little before a login, and more after it.

use std::error::Error;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use protocol_core::conn::{RecvErrorKind, SendErrorKind, Timeouts};
use protocol_core::net::server::{Event, Served};
use protocol_core::net::{blocking, tokio as asynchronous};

use crate::chat::{Chat, data, frame};

/// By then at the latest something has happened, on a busy machine too.
const LATE: Duration = Duration::from_secs(10);
const SHORT: Duration = Duration::from_millis(200);
const HASTY: Timeouts = Timeouts { frame: Some(SHORT), idle: Some(SHORT), write: Some(SHORT) };

/// Frames of 20 bytes, then of 20 kB, then of 20 bytes once more by the half that receives; and at
/// last neither half waits for long.
fn talk(
    mut connection: Served<blocking::Connection<Chat>>,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    connection.set_frame_max(20);
    connection.recv()?;
    connection.set_frame_max(20_000);
    connection.recv()?;
    let (mut receiver, mut sender) = connection.into_inner().split()?;
    receiver.set_frame_max(20);
    receiver.recv()?;
    receiver.set_timeouts(HASTY);
    let error = receiver.recv().expect_err("nothing comes");
    assert!(matches!(error.kind(), RecvErrorKind::IdleTimeout { allowed: SHORT }), "{error}");
    sender.set_timeouts(HASTY);
    let mut sent = (0..10_000).map(|_| sender.send(&data(&"x".repeat(100_000))));
    let error = sent.find_map(Result::err).expect("nobody reads");
    assert!(matches!(error.kind(), SendErrorKind::Stalled { allowed: SHORT, .. }), "{error}");
    Err("all as it should be".into())
}

async fn talk_async(
    mut connection: Served<asynchronous::Connection<Chat>>,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    connection.set_frame_max(20);
    connection.recv().await?;
    connection.set_frame_max(20_000);
    connection.recv().await?;
    let (mut receiver, mut sender) = connection.into_inner().split();
    receiver.set_frame_max(20);
    receiver.recv().await?;
    receiver.set_timeouts(HASTY);
    let error = receiver.recv().await.expect_err("nothing comes");
    assert!(matches!(error.kind(), RecvErrorKind::IdleTimeout { allowed: SHORT }), "{error}");
    sender.set_timeouts(HASTY);
    for _ in 0..10_000 {
        if let Err(error) = sender.send(&data(&"x".repeat(100_000))).await {
            let is_stalled = matches!(error.kind(), SendErrorKind::Stalled { allowed: SHORT, .. });
            assert!(is_stalled, "{error}");
            return Err("all as it should be".into());
        }
    }
    panic!("nobody reads")
}

/// What the handler says to a peer that sends frames of these lengths, and waits then.
fn said_to(lengths: &[usize], is_async: bool) -> String {
    let (sender, events) = mpsc::channel();
    let observer = move |event: &Event<'_>| sender.send(event.to_string()).unwrap_or_default();
    let (ready, address) = mpsc::channel();
    let serving = thread::spawn(move || {
        if is_async {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
            return runtime.expect("a runtime").block_on(async {
                let server = asynchronous::Server::<Chat>::bind("127.0.0.1:0").await?;
                let handle = server.handle();
                let drain = Box::new(move || drop(handle.drain(LATE))) as Box<dyn Fn() + Send>;
                ready.send((server.local_addrs()[0], drain)).expect("the test waits");
                server.observer(observer).serve(talk_async).await
            });
        }
        let server = blocking::Server::<Chat>::bind("127.0.0.1:0")?;
        let handle = server.handle();
        let drain = Box::new(move || {
            handle.drain(LATE);
        });
        ready.send((server.local_addrs()[0], drain)).expect("the test waits");
        server.observer(observer).serve(talk)
    });
    let (address, drain) = address.recv_timeout(LATE).expect("it listens");
    let mut stream = TcpStream::connect(address).expect("connected");
    for length in lengths {
        let message = [&b"\x03"[..], &vec![b'x'; length - 5]].concat();
        stream.write_all(&frame(&message)).expect("written");
    }
    let event = events.recv_timeout(LATE).expect("an event");
    stream.set_read_timeout(Some(LATE)).expect("set");
    stream.read_to_end(&mut Vec::new()).map(drop).unwrap_or_default();
    drain();
    serving.join().expect("no panic").expect("served");
    event
}

#[test]
fn each_state_has_its_own_limits_and_so_has_each_half() {
    for is_async in [false, true] {
        let event = said_to(&[20, 20_000, 20], is_async);
        assert!(event.ends_with(": all as it should be"), "{event}");
        for (lengths, claimed, allowed) in
            [(&[21][..], 21, 20), (&[20, 20_001], 20_001, 20_000), (&[20, 20_000, 21], 21, 20)]
        {
            let event = said_to(lengths, is_async);
            let above = format!("a frame of {claimed} bytes is above the limit of {allowed}");
            assert!(event.contains(&above), "{lengths:?}: {event}");
        }
    }
}
