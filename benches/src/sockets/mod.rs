//! Connections over loopback next to bare sockets and to tokio-util, frames of 64 bytes.
//!
//! Two tasks: `ping` sends a frame and waits for its echo; `flood` sends many frames, of which only the last is
//! answered, so it measures how they are batched. Each contestant has a server in a thread of its own, which sleeps
//! while it is not its turn.

mod awaited;
mod blocking;

use std::net::{TcpListener, TcpStream};

use protocol_core::{Message, Protocol};
use wincode::{SchemaRead, SchemaWrite};

use crate::cells::Cell;

/// A message that is 64 bytes long in its frame: 4 of length, 1 of message type, and these.
#[derive(Message, Clone)]
#[msg_type = 3]
struct Data {
    number: u64,
    body: [u8; 51],
}

#[derive(Protocol)]
enum Load {
    Data(Data),
}

/// The same for wincode.
#[derive(SchemaRead, SchemaWrite)]
struct Theirs {
    id: u8,
    number: u64,
    body: [u8; 51],
}

/// The bytes of a frame on the wire.
const FRAME: usize = 64;

/// The number of a message that is answered.
const ANSWER: u64 = u64::MAX;

/// How many frames are sent in a turn.
const PINGS: usize = 200;
const FLOOD: usize = 20_000;

/// The room of the bare contestants for what they read and write.
const BUFFER: usize = 64 * 1024;

const fn ours(number: u64) -> Data {
    Data { number, body: [7; 51] }
}

const fn theirs(number: u64) -> Theirs {
    Theirs { id: 3, number, body: [7; 51] }
}

/// The numbers of the messages of a flood: only the last asks for an answer.
fn numbers() -> impl Iterator<Item = u64> {
    (1..FLOOD as u64).chain([ANSWER])
}

/// Both ends of a connection over loopback.
fn pair() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it has an address");
    let client = TcpStream::connect(address).expect("it listens");
    let (server, _) = listener.accept().expect("a client waits");
    for end in [&client, &server] {
        end.set_nodelay(true).expect("it is a socket");
    }
    (client, server)
}

/// All cells; the tasks in order, the bare socket first in each.
pub(crate) fn all() -> Vec<Cell> {
    let (mut cells, floods) = (blocking::pings(), blocking::floods());
    cells.extend(awaited::pings());
    cells.extend(floods);
    cells.extend(awaited::floods());
    cells
}
