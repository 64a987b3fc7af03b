//! Logs every LOGIN, LOGOUT and DATA, and answers each with DATA "Received message".
//!
//! `cargo run --example server -- --framing length`, and `--example client` in another terminal.

use std::error::Error;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, ValueEnum};
use protocol_core::conn::ConnError;
use protocol_core::frame::{Framing, Length, Raw};
use protocol_core::net::blocking::{Connection, Server};
use protocol_core::net::server::{Event, Served};
use protocol_core::{Message, Protocol};
use tracing::{error, info};

#[derive(Message)]
#[msg_type = 1]
struct Login {
    #[wire(rest)]
    user: String,
}

#[derive(Message)]
#[msg_type = 2]
struct Logout;

#[derive(Message)]
#[msg_type = 3]
struct Data {
    #[wire(rest)]
    text: String,
}

#[derive(Protocol)]
enum Chat {
    Login(Login),
    Logout(Logout),
    Data(Data),
}

/// How long the handlers may take to finish after Ctrl-C or SIGTERM.
const GRACE: Duration = Duration::from_secs(10);

fn talk<F: Framing>(mut connection: Served<Connection<Chat, Chat, F>>) -> Result<(), ConnError> {
    let peer = connection.peer().map_or("?".into(), |peer| peer.to_string());
    while let Some(message) = connection.recv()? {
        match message {
            Chat::Login(login) => info!("{peer}: LOGIN {}", shown(&login.user)),
            Chat::Logout(Logout) => info!("{peer}: LOGOUT"),
            Chat::Data(data) => info!("{peer}: DATA {}", shown(&data.text)),
        }
        let text = "Received message".into();
        connection.queue(&Data { text })?;
    }
    info!("{peer}: gone");
    Ok(())
}

fn serve<F>(server: Server<Chat, Chat, F>) -> Result<(), Box<dyn Error>>
where
    F: Framing + Send + Sync + 'static,
{
    let handle = server.handle();
    ctrlc::set_handler(move || {
        handle.drain(GRACE);
    })?;
    for address in server.local_addrs() {
        info!("listening on {address}");
    }
    let report = server.observer(|event: &Event<'_>| error!("{event}")).serve(talk)?;
    info!("stopped: {report}");
    Ok(())
}

/// Text from a peer, safe for a terminal and a log: escaped, and cut at 256 bytes.
fn shown(text: &str) -> impl std::fmt::Display {
    let ends = 0..=text.len().min(256);
    let text = ends.rev().find_map(|end| text.get(..end)).unwrap_or_default();
    text.escape_debug()
}

/// A server that answers every message.
#[derive(Parser)]
struct Args {
    /// Where to listen; a name that has several addresses is listened on at all of them.
    #[arg(long, value_name = "ADDR", default_value = "localhost:8000")]
    listen: String,
    /// How messages are marked off.
    #[arg(long, value_enum, default_value = "raw")]
    framing: Frames,
}

#[derive(Clone, Copy, ValueEnum)]
enum Frames {
    /// One read is one message: only for peers that already speak so.
    Raw,
    /// Each message stands behind its length, a big-endian u32.
    Length,
}

fn run() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let log = tracing_subscriber::fmt().with_writer(io::stderr);
    // A broken standard error output is no reason to panic.
    log.with_ansi(io::stderr().is_terminal()).log_internal_errors(false).init();
    match args.framing {
        Frames::Raw => serve(Server::bind_with(&args.listen, Raw::new())?),
        Frames::Length => serve(Server::bind_with(&args.listen, Length::u32())?),
    }
}

fn main() -> ExitCode {
    let Err(error) = run() else { return ExitCode::SUCCESS };
    writeln!(io::stderr(), "error: {error}").unwrap_or_default();
    ExitCode::FAILURE
}
