//! The contestants that block: a bare socket, and ours.

use std::convert::Infallible;
use std::hint::black_box;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;

use protocol_core::frame::Length;
use protocol_core::net::blocking::Connection;

use super::{ANSWER, BUFFER, FLOOD, FRAME, Load, PINGS, numbers, ours, pair};
use crate::cells::{Cell, cell};

type Ours = Connection<Load>;

/// Our client; its server answers what asks for it.
fn connection() -> Ours {
    let (client, server) = pair();
    thread::spawn(move || {
        let mut connection = Ours::over(server, Length::u32());
        connection.answer(|Load::Data(data), outbox| match black_box(data) {
            data if data.number == ANSWER => outbox.queue(&data),
            _ => Ok(()),
        })
    });
    Ours::over(client, Length::u32())
}

/// A bare client; its server answers every so many bytes with a frame.
fn bare(every: usize) -> TcpStream {
    let (client, mut server) = pair();
    thread::spawn(move || -> std::io::Result<Infallible> {
        let mut buffer = vec![0; BUFFER];
        loop {
            let mut left = every;
            while left > 0 {
                let most = left.min(BUFFER);
                match server.read(&mut buffer[..most])? {
                    0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
                    read => left -= read,
                }
                black_box(&buffer);
            }
            server.write_all(&buffer[..FRAME])?;
        }
    });
    client
}

pub(super) fn pings() -> Vec<Cell> {
    let (mut bare, mut connection) = (bare(FRAME), connection());
    vec![
        cell("ping", "bare", PINGS, move || {
            for _ in 0..PINGS {
                let mut frame = [7; FRAME];
                bare.write_all(&frame).expect("it is taken");
                bare.read_exact(&mut frame).expect("it is answered");
                black_box(&frame);
            }
        }),
        cell("ping", "ours", PINGS, move || {
            for _ in 0..PINGS {
                connection.send(&ours(ANSWER)).expect("it is taken");
                black_box(connection.recv().expect("it is answered"));
            }
        }),
    ]
}

pub(super) fn floods() -> Vec<Cell> {
    let (mut bare, mut connection) = (bare(FLOOD * FRAME), connection());
    let mut frames = Vec::with_capacity(BUFFER);
    vec![
        cell("flood", "bare", FLOOD, move || {
            for _ in 0..FLOOD {
                frames.extend_from_slice(black_box(&[7; FRAME]));
                if frames.len() == BUFFER {
                    bare.write_all(&frames).expect("it is taken");
                    frames.clear();
                }
            }
            bare.write_all(&frames).expect("it is taken");
            frames.clear();
            bare.read_exact(&mut [0; FRAME]).expect("it is answered");
        }),
        cell("flood", "ours", FLOOD, move || {
            for number in numbers() {
                connection.queue(&ours(number)).expect("it is taken");
            }
            black_box(connection.recv().expect("it is answered"));
        }),
    ]
}
