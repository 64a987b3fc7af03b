//! The protocol of these scenarios, and a handler for each kind of server.

use std::io::Write;
use std::thread;
use std::time::Duration;

use protocol_core::conn::ConnError;
use protocol_core::net::server::Served;
use protocol_core::net::{blocking, tokio as asynchronous};
use protocol_core::{Message, Protocol};

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 3]
#[wire(reply = Data)]
pub(crate) struct Data {
    #[wire(rest)]
    pub(crate) text: String,
}

#[derive(Protocol, Debug, Clone, PartialEq)]
pub(crate) enum Chat {
    Data(Data),
}

use crate::running::LATE;

/// How long a handler blocks its thread, or is busy without blocking it.
pub(crate) const BUSY: Duration = Duration::from_millis(500);

/// What a handler is to do with a message.
enum Order {
    Answer(Data),
    Sleep(Data),
    Block(Data),
    /// The start of an answer, and never its end.
    Half,
}

/// What is said to the test that waits for a half answer.
pub(crate) const HALF: &str = "half an answer is out";

fn order(message: Chat) -> Order {
    let Chat::Data(data) = message;
    match data.text.as_str() {
        "panic" => panic!("as the test wants it"),
        "sleep" => Order::Sleep(data),
        "half" => Order::Half,
        "block" => Order::Block(data),
        "large" => Order::Answer(Data { text: "x".repeat(100_000) }),
        _ => Order::Answer(data),
    }
}

pub(crate) fn talk(mut connection: Served<blocking::Connection<Chat>>) -> Result<(), ConnError> {
    while let Some(message) = connection.recv()? {
        match order(message) {
            Order::Answer(data) => connection.queue(&data)?,
            Order::Sleep(data) | Order::Block(data) => {
                thread::sleep(BUSY);
                connection.queue(&data)?;
            }
            Order::Half => {
                let mut stream = connection.stream();
                stream.write_all(&frame("half")[..6]).expect("written");
                println!("::> {HALF}");
                thread::sleep(LATE);
            }
        }
    }
    Ok(())
}

pub(crate) async fn talk_async(
    mut connection: Served<asynchronous::Connection<Chat>>,
) -> Result<(), ConnError> {
    while let Some(message) = connection.recv().await? {
        match order(message) {
            Order::Answer(data) => connection.queue(&data)?,
            Order::Sleep(data) => {
                tokio::time::sleep(BUSY).await;
                connection.queue(&data)?;
            }
            Order::Block(data) => {
                thread::sleep(BUSY);
                connection.queue(&data)?;
            }
            Order::Half => {
                let half = frame("half");
                assert_eq!(connection.stream().try_write(&half[..6]).expect("written"), 6);
                println!("::> {HALF}");
                tokio::time::sleep(LATE).await;
            }
        }
    }
    Ok(())
}

/// The bytes of a message of this text, with its length in front.
pub(crate) fn frame(text: &str) -> Vec<u8> {
    let length = u32::try_from(text.len() + 1).expect("a short text");
    [&length.to_be_bytes()[..], b"\x03", text.as_bytes()].concat()
}
