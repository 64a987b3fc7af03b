//! A server for the built-in zone: datagrams in a thread of their own, connections in the library's.

use std::error::Error;
use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use protocol_core::conn::ConnError;
use protocol_core::frame::Length;
use protocol_core::net::blocking::Server;
use protocol_core::net::server::Event;
use protocol_core::{Pack, PackError, Unpack};
use tracing::{error, info, warn};

use crate::messages::{Code, Flags, Message, Start};
use crate::zone::{Zone, payload_max, truncated};

/// Serves until Ctrl-C.
pub(crate) fn serve(listen: SocketAddr) -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().with_writer(io::stderr).with_ansi(false).init();
    let zone = Arc::new(Zone::example()?);
    let server = Server::<Message>::bind_with(&listen.to_string(), Length::u16())?;
    // Port 0 means any: both listen on the same.
    let listen = server.local_addrs().first().copied().unwrap_or(listen);
    let socket = UdpSocket::bind(listen)?;
    let handle = server.handle();
    ctrlc::set_handler(move || {
        handle.drain(Duration::from_secs(10));
    })?;
    info!("listening on {listen}");

    let also = Arc::clone(&zone);
    thread::spawn(move || serve_over_udp(&socket, &also));
    server.observer(|event: &Event<'_>| error!("{event}")).serve(
        move |mut connection| -> Result<(), ConnError> {
            while let Some(query) = connection.recv()? {
                connection.queue(&zone.reply(&query))?;
            }
            Ok(())
        },
    )?;
    info!("stopped");
    Ok(())
}

/// Answers datagrams for as long as the program runs.
fn serve_over_udp(socket: &UdpSocket, zone: &Zone) {
    let mut buffer = vec![0; usize::from(u16::MAX)];
    loop {
        // An error is of one datagram: that an earlier reply did not arrive, for one.
        let Ok((length, peer)) = socket.recv_from(&mut buffer) else { continue };
        let received = buffer.get(..length).unwrap_or_default();
        match reply_to(received, zone) {
            Ok(Some(reply)) => {
                if let Err(error) = socket.send_to(&reply, peer) {
                    warn!("{peer}: {error}");
                }
            }
            Ok(None) => warn!("{peer}: {length} bytes that are no query"),
            Err(error) => error!("{peer}: {error}"),
        }
    }
}

/// The reply to a datagram; to what is a reply itself, or shorter than its start, there is none.
fn reply_to(received: &[u8], zone: &Zone) -> Result<Option<Vec<u8>>, PackError> {
    match Message::unpack(received) {
        Ok(query) if query.flags.is_response => Ok(None),
        Ok(query) => {
            let reply = zone.reply(&query);
            let bytes = reply.pack()?;
            if bytes.len() <= payload_max(&query) {
                return Ok(Some(bytes));
            }
            truncated(reply).pack().map(Some)
        }
        Err(error) => match Start::unpack(received) {
            Ok(start) if !start.flags.is_response => {
                warn!("{error}");
                let flags = Flags { is_response: true, code: Code::FormatError, ..start.flags };
                Message { id: start.id, flags, ..Message::default() }.pack().map(Some)
            }
            _ => Ok(None),
        },
    }
}
