//! Unix sockets, in both drivers.

use std::thread;

use protocol_core::frame::Length;
use protocol_core::net::blocking::Connection;
use protocol_core::net::tokio::Connection as TokioConnection;

use crate::chat::{Chat, data, said};

#[test]
fn a_blocking_and_an_async_client_talk_over_a_path() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("socket");
    let listener = std::os::unix::net::UnixListener::bind(&path).expect("bound");
    let serving = thread::spawn(move || {
        for _ in 0..2 {
            let (stream, _) = listener.accept().expect("accepted");
            let mut here = Connection::<Chat, Chat, _, _>::over(stream, Length::u32());
            here.answer(|message, outbox| outbox.queue(&message)).expect("answered");
        }
    });
    let client = Connection::<Chat>::connect_unix(&path);
    let mut client = client.expect("connected");
    client.send(&data("hello")).expect("sent");
    assert_eq!(client.recv().expect("DATA"), Some(said("hello")));
    client.close().expect("closed");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let client = TokioConnection::<Chat>::connect_unix_with(&path, Length::u32());
        let mut client = client.await.expect("connected");
        client.send(&data("hello")).await.expect("sent");
        assert_eq!(client.recv().await.expect("DATA"), Some(said("hello")));
        client.close().await.expect("closed");
    });
    serving.join().expect("no panic");
}

#[test]
fn the_error_names_the_path() {
    let path = "/nobody/listens/here";
    let error = Connection::<Chat>::connect_unix(path);
    let error = error.expect_err("nobody");
    assert!(error.to_string().starts_with(&format!("cannot connect to {path}: ")), "{error}");
}
