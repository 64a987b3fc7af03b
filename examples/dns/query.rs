//! Asks a server: over UDP, and over TCP if it is wanted or the answer does not fit a datagram.

use std::error::Error;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::time::{Duration, Instant};

use protocol_core::frame::Length;
use protocol_core::net::blocking::Connection;
use protocol_core::{Pack, Unpack};

use crate::messages::{Body, Class, Flags, Message, Name, Opt, Question, Record};

/// The longest answer that is wanted over UDP: it fits a packet on every path.
const PAYLOAD_MAX: u16 = 1232;
/// How often a question is sent, and how long each time an answer is waited for.
const TRIES: usize = 3;
const WAIT: Duration = Duration::from_secs(2);

/// The question for the records of a name.
pub(crate) fn question(name: Name, kind: u16) -> Message {
    let additional = vec![Record {
        name: Name::default(),
        body: Body::Opt(Opt { payload: PAYLOAD_MAX, ..Opt::default() }),
    }];
    Message {
        id: random(),
        flags: Flags { recursion_desired: true, ..Flags::default() },
        questions: vec![Question { name, kind, class: Class::Internet }],
        answers: Vec::new(),
        authorities: Vec::new(),
        additional,
    }
}

/// Who cannot guess the number cannot answer in the server's place.
fn random() -> u16 {
    let [first, second, ..] = RandomState::new().build_hasher().finish().to_ne_bytes();
    u16::from_ne_bytes([first, second])
}

/// Asks the server, and waits for its reply.
pub(crate) fn ask(
    server: SocketAddr,
    query: Message,
    over_tcp: bool,
) -> Result<Message, Box<dyn Error>> {
    if !over_tcp {
        let reply = ask_over_udp(server, &query)?;
        if !reply.flags.is_truncated {
            return Ok(reply);
        }
    }
    ask_over_tcp(server, &query)
}

/// Each message stands behind its length, two bytes (RFC 1035, 4.2.2).
fn ask_over_tcp(server: SocketAddr, query: &Message) -> Result<Message, Box<dyn Error>> {
    let mut connection = Connection::<Message>::connect_with(server, Length::u16())?;
    connection.send(query)?;
    match connection.recv()? {
        Some(reply) if is_reply(&reply, query) => Ok(reply),
        Some(_) => Err("the server answered another question".into()),
        None => Err("the server closed the connection instead of answering".into()),
    }
}

/// Each message is a datagram (RFC 1035, 4.2.1), and any of them may be lost.
fn ask_over_udp(server: SocketAddr, query: &Message) -> Result<Message, Box<dyn Error>> {
    let any: SocketAddr = match server {
        SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
        SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
    };
    let socket = UdpSocket::bind(any)?;
    socket.connect(server)?;
    let bytes = query.pack()?;
    for _ in 0..TRIES {
        socket.send(&bytes)?;
        if let Some(reply) = reply_over_udp(&socket, query)? {
            return Ok(reply);
        }
    }
    Err(format!("{server} does not answer").into())
}

/// The reply, if it comes in time. What else comes may be anybody's.
fn reply_over_udp(socket: &UdpSocket, query: &Message) -> io::Result<Option<Message>> {
    let deadline = Instant::now() + WAIT;
    let mut buffer = vec![0; usize::from(u16::MAX)];
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(None);
        }
        socket.set_read_timeout(Some(left))?;
        match socket.recv(&mut buffer) {
            Ok(length) => {
                let reply = Message::unpack(buffer.get(..length).unwrap_or_default());
                if let Some(reply) = reply.ok().filter(|reply| is_reply(reply, query)) {
                    return Ok(Some(reply));
                }
            }
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(error) => return Err(error),
        }
    }
}

fn is_reply(reply: &Message, query: &Message) -> bool {
    reply.flags.is_response && reply.id == query.id && reply.questions == query.questions
}
