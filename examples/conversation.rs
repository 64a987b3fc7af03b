//! LOGIN, DATA and LOGOUT as a conversation. A client that says DATA before LOGIN does not compile; one that
//! somebody else wrote is refused, by the number of its message and before its body is read.
//!
//! `cargo run --example conversation -- serve`, and
//! `cargo run --example conversation -- talk ann hello "how are you?"` in another terminal.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use protocol_core::conn::ConnError;
use protocol_core::net::blocking::{Connection, Server};
use protocol_core::net::server::{Event, Served};
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
#[wire(reply = Received)]
struct Login<'a> {
    #[wire(rest)]
    user: &'a str,
}

#[derive(Message)]
#[msg_type = 2]
struct Logout;

#[derive(Message)]
#[msg_type = 3]
#[wire(reply = Received)]
struct Data<'a> {
    #[wire(rest)]
    text: &'a str,
}

/// DATA of the server.
#[derive(Message)]
#[msg_type = 3]
struct Received {
    #[wire(rest)]
    text: String,
}

struct Start;
struct Active;
struct End;

/// What the client says, and when.
#[derive(Protocol)]
#[wire(state = Start)]
enum Asked<'a> {
    #[wire(state = Start, then = Active)]
    Login(Login<'a>),
    #[wire(state = Active)]
    Data(Data<'a>),
    #[wire(state = Active, then = End)]
    Logout(Logout),
}

/// What the server says.
#[derive(Protocol)]
#[wire(state = Start)]
enum Answered {
    #[wire(state = Active)]
    Data(Received),
}

type ServerConnection = Served<Connection<Asked<'static>, Answered>>;
type ClientConnection = Connection<Answered, Asked<'static>>;

/// Says what a client says, step by step: each call gives the conversation in its next state.
fn talk(
    mut connection: ClientConnection,
    user: &str,
    texts: &[String],
) -> Result<(), Box<dyn Error>> {
    let client = connection.as_client();
    let (reply, mut client) = client.call(&Login { user })?;
    writeln!(io::stdout(), "{}", reply.text.escape_debug())?;
    for text in texts {
        let (reply, next) = client.call(&Data { text })?;
        writeln!(io::stdout(), "{}", reply.text.escape_debug())?;
        client = next;
    }
    drop(client.step(&Logout)?);
    Ok(connection.close()?)
}

/// Answers messages where they lie, in the receive buffer.
fn answer(mut connection: ServerConnection) -> Result<(), ConnError> {
    let mut server = connection.as_server().in_any_state();
    server.answer(|message, replies| match message {
        Asked::Login(Login { user }) => replies.queue(&Received { text: format!("hello {user}") }),
        Asked::Data(Data { text }) => replies.queue(&Received { text: format!("received {text}") }),
        Asked::Logout(Logout) => Ok(()),
    })
}

fn serve(listen: &str) -> Result<(), Box<dyn Error>> {
    let server = Server::<Asked<'static>, Answered>::bind(listen)?;
    for address in server.local_addrs() {
        writeln!(io::stderr(), "listening on {address}")?;
    }
    server.observer(log).serve(answer)?;
    Ok(())
}

fn log(event: &Event<'_>) {
    // Nobody may be left to read it.
    writeln!(io::stderr(), "{event}").unwrap_or_default();
}

/// A conversation of a client and a server.
#[derive(Parser)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answers.
    Serve {
        /// Where to listen.
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8003")]
        listen: String,
    },
    /// Logs in, sends the texts, and logs out.
    Talk {
        /// The server.
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8003")]
        connect: String,
        /// Who logs in.
        user: String,
        /// What is sent.
        texts: Vec<String>,
    },
}

fn run() -> Result<(), Box<dyn Error>> {
    match Args::parse().command {
        Command::Serve { listen } => serve(&listen),
        Command::Talk { connect, user, texts } => {
            talk(Connection::connect(connect)?, &user, &texts)
        }
    }
}

fn main() -> ExitCode {
    let Err(error) = run() else { return ExitCode::SUCCESS };
    writeln!(io::stderr(), "error: {error}").unwrap_or_default();
    ExitCode::FAILURE
}
