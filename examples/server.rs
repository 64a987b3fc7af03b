//! Logs every LOGIN, LOGOUT and DATA, and answers each with DATA "Received message".
//!
//! `cargo run --example server -- --framing length`, and `--example client` in another terminal. With
//! `--tls` it says what the client needs to trust it.

mod framing;
#[expect(dead_code, reason = "the client's side")]
mod tls;

use std::error::Error;
use std::io::{self, IsTerminal, Write};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use ::tokio::io::{AsyncRead, AsyncWrite};
use ::tokio::runtime::Runtime;
use clap::Parser;
use framing::{FramingArgs, In};
use protocol_core::conn::{ConnError, Timeouts};
use protocol_core::frame::Framing;
use protocol_core::net::blocking::{Connection, Handshake, Server};
use protocol_core::net::server::{self, Event, Served};
use protocol_core::net::{Stream, tokio};
use protocol_core::{Message, Protocol};
use tls::TlsArgs;
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

/// Logs a message, and gives the answer to it.
fn answer(peer: &str, message: Chat) -> Data {
    match message {
        Chat::Login(login) => info!("{peer}: LOGIN {}", shown(&login.user)),
        Chat::Logout(Logout) => info!("{peer}: LOGOUT"),
        Chat::Data(data) => info!("{peer}: DATA {}", shown(&data.text)),
    }
    Data { text: "Received message".into() }
}

fn talk<F: Framing, S: Stream>(
    mut connection: Served<Connection<Chat, Chat, F, S>>,
) -> Result<(), ConnError> {
    let peer = connection.peer().map_or("?".into(), |peer| peer.to_string());
    while let Some(message) = connection.recv()? {
        connection.queue(&answer(&peer, message))?;
    }
    info!("{peer}: gone");
    Ok(())
}

/// The same in a task, for `--async`.
async fn talk_async<F, S>(
    mut connection: Served<tokio::Connection<Chat, Chat, F, S>>,
) -> Result<(), ConnError>
where
    F: Framing,
    S: AsyncRead + AsyncWrite + Unpin,
{
    let peer = connection.peer().map_or("?".into(), |peer| peer.to_string());
    while let Some(message) = connection.recv().await? {
        connection.queue(&answer(&peer, message))?;
    }
    info!("{peer}: gone");
    Ok(())
}

fn serve<F, H>(server: Server<Chat, Chat, F, H>) -> Result<(), Box<dyn Error>>
where
    F: Framing + Send + Sync + 'static,
    H: Handshake,
{
    let handle = server.handle();
    ctrlc::set_handler(move || {
        handle.drain(GRACE);
    })?;
    listening(server.local_addrs());
    let report = server.observer(log).serve(talk)?;
    info!("stopped: {report}");
    Ok(())
}

async fn serve_async<F, H>(server: tokio::Server<Chat, Chat, F, H>) -> Result<(), Box<dyn Error>>
where
    F: Framing + Send + Sync + 'static,
    H: tokio::Handshake,
{
    let handle = server.handle();
    // It begins at once; its report is that of `serve`.
    ctrlc::set_handler(move || drop(handle.drain(GRACE)))?;
    listening(server.local_addrs());
    let report = server.observer(log).serve(talk_async).await?;
    info!("stopped: {report}");
    Ok(())
}

fn listening(addresses: &[SocketAddr]) {
    for address in addresses {
        info!("listening on {address}");
    }
}

fn log(event: &Event<'_>) {
    error!("{event}");
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
    #[command(flatten)]
    framing: FramingArgs,
    #[command(flatten)]
    tls: TlsArgs,
    /// Serves all connections in tasks of tokio, not each in a thread of its own.
    #[arg(long = "async")]
    is_async: bool,
    /// The most connections at once.
    #[arg(long, value_name = "N", default_value_t = 256)]
    connections: usize,
    /// The most connections of one address at once, but for those of this machine.
    #[arg(long, value_name = "N", default_value_t = 64)]
    connections_per_address: usize,
    /// The most bytes for the buffers of all connections.
    #[arg(long, value_name = "BYTES", default_value_t = 256 * 1024 * 1024)]
    buffers: usize,
    /// How long a peer may be silent, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    idle: u64,
}

impl In for &Args {
    type Output = Result<(), Box<dyn Error>>;

    fn in_framing<F: Framing + Send + Sync + 'static>(self, framing: F) -> Self::Output {
        if self.is_async {
            return Runtime::new()?.block_on(self.run_async(framing));
        }
        let server = self.tell(Server::bind_with(&self.listen, framing)?);
        match self.tls.server(server.local_addrs())? {
            None => serve(server),
            Some(side) => serve(server.handshake(side.acceptor())),
        }
    }
}

impl Args {
    async fn run_async<F>(&self, framing: F) -> Result<(), Box<dyn Error>>
    where
        F: Framing + Send + Sync + 'static,
    {
        let server = self.tell(tokio::Server::bind_with(&self.listen, framing).await?);
        match self.tls.server(server.local_addrs())? {
            None => serve_async(server).await,
            Some(side) => serve_async(server.handshake(side.acceptor())).await,
        }
    }

    /// Tells a server of either kind what it may hold and how long it waits.
    fn tell<D, F, H, L>(
        &self,
        server: server::Server<D, Chat, Chat, F, H, L>,
    ) -> server::Server<D, Chat, Chat, F, H, L> {
        server
            .connections(self.connections)
            .connections_per_address(self.connections_per_address)
            .buffers(self.buffers)
            .timeouts(Timeouts { idle: Some(Duration::from_secs(self.idle)), ..Timeouts::SERVER })
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let log = tracing_subscriber::fmt().with_writer(io::stderr);
    // A broken standard error output is no reason to panic.
    log.with_ansi(io::stderr().is_terminal()).log_internal_errors(false).init();
    args.framing.choose(&args)
}

fn main() -> ExitCode {
    let Err(error) = run() else { return ExitCode::SUCCESS };
    writeln!(io::stderr(), "error: {error}").unwrap_or_default();
    ExitCode::FAILURE
}
