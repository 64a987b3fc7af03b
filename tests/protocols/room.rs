//! The example `chat`: its bytes, as users that know nothing of the library see them.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;

use crate::programs::finding::example;
use crate::programs::running::LATE;
use crate::programs::server::Server;

fn open() -> Server {
    Server::start(|port, _| {
        let mut command = Command::new(example("chat"));
        command.args(["--at", &format!("127.0.0.1:{port}"), "--users", "100"]);
        command
    })
}

/// A user, and the frames that he hears.
struct User(TcpStream);

impl User {
    fn join(server: &Server, name: &str) -> User {
        let stream = TcpStream::connect(server.address()).expect("it listens");
        stream.set_read_timeout(Some(LATE)).expect("set");
        let mut user = User(stream);
        let length = u8::try_from(name.len()).expect("a short name");
        user.send(&[&[1, length], name.as_bytes()].concat());
        user
    }

    fn send(&mut self, message: &[u8]) {
        let length = u32::try_from(message.len()).expect("a short message");
        self.0.write_all(&[&length.to_be_bytes()[..], message].concat()).expect("written");
    }

    fn hear(&mut self) -> Vec<u8> {
        let mut length = [0; 4];
        self.0.read_exact(&mut length).expect("a frame");
        let length = usize::try_from(u32::from_be_bytes(length)).expect("small");
        let mut message = vec![0; length];
        self.0.read_exact(&mut message).expect("a whole frame");
        message
    }
}

#[test]
fn what_one_says_all_hear() {
    let room = open();
    let mut ann = User::join(&room, "ann");
    assert_eq!(ann.hear(), b"\x03\x03ann");
    let mut others: Vec<User> = (0..20)
        .map(|number| {
            let name = format!("user{number:02}");
            let mut user = User::join(&room, &name);
            assert_eq!(user.hear(), format!("\x03\x06{name}").as_bytes());
            assert_eq!(ann.hear(), format!("\x03\x06{name}").as_bytes());
            user
        })
        .collect();
    ann.send(b"\x02\x00\x05hello");
    assert_eq!(ann.hear(), b"\x05\x03ann\x00\x05hello");
    let last = others.last_mut().expect("twenty");
    assert_eq!(last.hear(), b"\x05\x03ann\x00\x05hello");
    drop(ann);
    assert_eq!(last.hear(), b"\x04\x03ann");
}

#[test]
fn a_name_is_taken_once_and_must_be_given() {
    let room = open();
    let mut ann = User::join(&room, "ann");
    assert_eq!(ann.hear(), b"\x03\x03ann");
    assert_eq!(User::join(&room, "ann").hear(), b"\x06\x11the name is taken");
    let mut nobody = User(TcpStream::connect(room.address()).expect("it listens"));
    nobody.send(b"\x02\x00\x02hi");
    assert_eq!(nobody.hear(), b"\x06\x22the first message must be the name");
    // An empty name is below the limit of 1: the connection is closed without a word.
    let mut empty = User::join(&room, "");
    assert_eq!(empty.0.read(&mut [0]).expect("closed in order"), 0);
    assert_eq!(ann.0.set_nonblocking(true).and_then(|()| ann.0.read(&mut [0])).ok(), None);
}
