//! A part that is all that is spoken: one message, without a number.

use std::thread;
use std::time::Duration;

use protocol_core::conn::ConnError;
use protocol_core::frame::Length;
use protocol_core::net::{
    blocking::{Connection, Server},
    mem,
};
use protocol_core::{Pack, Protocol, Wire};

#[derive(Wire, Debug, Clone, PartialEq)]
struct Query {
    id: u16,
    #[wire(len = u8)]
    name: String,
}

/// The same bytes, borrowed.
#[derive(Wire, Debug, PartialEq)]
struct Lookup<'a> {
    id: u16,
    #[wire(len = u8)]
    name: &'a str,
}

/// What is said of a query: one of several, told apart by its tag.
#[derive(Wire, Debug, PartialEq)]
#[repr(u8)]
enum Answer {
    Found(u32) = 1,
    Missing = 2,
}

/// The frame of `Query { id: 7, name: "hi" }` behind a length of two bytes.
const FRAME: &[u8] = b"\x00\x05\x00\x07\x02hi";

#[test]
fn the_frame_holds_the_part_and_nothing_else() {
    use std::io::{Read, Write};

    let (mut peer, there) = mem::pair();
    let mut link = Connection::<Query, Query, _, _>::over(there, Length::u16());
    let query = Query { id: 7, name: "hi".into() };
    link.send(&query).expect("it is taken");
    let mut frame = [0; 7];
    peer.read_exact(&mut frame).expect("it was sent");
    assert_eq!(frame, FRAME);

    peer.write_all(FRAME).expect("it is taken");
    assert_eq!(link.recv().expect("it comes"), Some(query));
    peer.write_all(b"\x00\x06\x00\x07\x02hi!").expect("it is taken");
    let error = link.recv().expect_err("a byte too many").to_string();
    assert!(error.contains("Query at byte 5: 1 more byte after the end"), "{error}");
    peer.write_all(b"\x00\x04\x00\x07\x02h").expect("it is taken");
    let error = link.recv().expect_err("a byte too few").to_string();
    assert!(error.contains("Query.name at byte 3: 1 more byte needed"), "{error}");
    drop(peer);
    assert_eq!(link.recv().expect("the end"), None);
}

/// What is borrowed is answered in place, and with another part.
#[test]
fn borrowed_and_answered() {
    let (here, there) = mem::pair();
    let mut client = Connection::<Answer, Lookup<'static>, _, _>::over(here, Length::u16());
    let mut server = Connection::<Lookup<'static>, Answer, _, _>::over(there, Length::u16());
    let serving = thread::spawn(move || {
        server.answer(|lookup, outbox| match lookup.name {
            "one" => outbox.queue(&Answer::Found(lookup.id.into())),
            _ => outbox.queue(&Answer::Missing),
        })
    });
    for (name, answer) in [("one", Answer::Found(3)), ("two", Answer::Missing)] {
        let name = name.to_owned();
        client.send(&Lookup { id: 3, name: &name }).expect("it is taken");
        assert_eq!(client.recv().expect("an answer"), Some(answer));
    }
    drop(client);
    serving.join().expect("no panic").expect("a clean end");
}

#[test]
fn a_server_of_parts() {
    let server = Server::<Query>::bind_with("localhost:0", Length::u16()).expect("a free port");
    let address = *server.local_addrs().first().expect("an address");
    let handle = server.handle();
    let serving = thread::spawn(move || {
        server.serve(|mut link| -> Result<(), ConnError> {
            while let Some(query) = link.recv()? {
                link.queue(&query)?;
            }
            Ok(())
        })
    });
    let mut client = Connection::<Query>::connect_with(address, Length::u16()).expect("it listens");
    let query = Query { id: 1, name: "again".into() };
    client.send(&query).expect("it is taken");
    assert_eq!(client.recv().expect("an answer"), Some(query));
    drop(client);
    handle.drain(Duration::from_secs(10));
    serving.join().expect("no panic").expect("a clean end");
}

#[test]
fn no_number_is_counted() {
    assert_eq!((Query::MIN_LEN, Query::NAME), (3, "Query"));
    assert!(<Query as Protocol>::MESSAGES.is_empty());
}
