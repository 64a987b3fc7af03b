//! Sends the messages of its command line, in their order, and prints the reply to each.
//!
//! `cargo run --example client -- --login ann --data hello --logout`

mod framing;
#[expect(dead_code, reason = "the server's side")]
mod tls;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use ::tokio::io::{AsyncRead, AsyncWrite};
use ::tokio::runtime::Runtime;
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser};
use framing::{FramingArgs, In};
use protocol_core::conn::Timeouts;
use protocol_core::frame::Framing;
use protocol_core::net::blocking::Connection;
use protocol_core::net::tls::Connector;
use protocol_core::net::{Stream, tokio};
use protocol_core::{Message, Protocol};
use tls::TlsArgs;

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

/// How long a reply may take.
const TIMEOUTS: Timeouts = Timeouts { idle: Some(Duration::from_secs(10)), ..Timeouts::CLIENT };

fn talk<F: Framing, S: Stream>(
    mut connection: Connection<Chat, Chat, F, S>,
    messages: &[Chat],
) -> Result<(), Box<dyn Error>> {
    connection.set_timeouts(TIMEOUTS);
    for message in messages {
        connection.send(message)?;
        print(connection.recv()?)?;
    }
    Ok(connection.close()?)
}

/// The same with tokio, for `--async`.
async fn talk_async<F, S>(
    mut connection: tokio::Connection<Chat, Chat, F, S>,
    messages: &[Chat],
) -> Result<(), Box<dyn Error>>
where
    F: Framing,
    S: AsyncRead + AsyncWrite + Unpin,
{
    connection.set_timeouts(TIMEOUTS);
    for message in messages {
        connection.send(message).await?;
        print(connection.recv().await?)?;
    }
    Ok(connection.close().await?)
}

fn print(reply: Option<Chat>) -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout();
    match reply {
        Some(Chat::Login(login)) => writeln!(out, "LOGIN {}", shown(&login.user))?,
        Some(Chat::Logout(Logout)) => writeln!(out, "LOGOUT")?,
        Some(Chat::Data(data)) => writeln!(out, "DATA {}", shown(&data.text))?,
        None => return Err("the server closed the connection instead of replying".into()),
    }
    Ok(())
}

/// Text from a peer, safe for a terminal: escaped, and cut at 256 bytes.
fn shown(text: &str) -> impl std::fmt::Display {
    let ends = 0..=text.len().min(256);
    let text = ends.rev().find_map(|end| text.get(..end)).unwrap_or_default();
    text.escape_debug()
}

/// A client that sends messages and prints the replies.
#[derive(Parser)]
struct Args {
    /// The server; of a name that has several addresses, the first that answers.
    #[arg(long, value_name = "ADDR", default_value = "localhost:8000")]
    connect: String,
    #[command(flatten)]
    framing: FramingArgs,
    #[command(flatten)]
    tls: TlsArgs,
    /// Speaks in a task of tokio.
    #[arg(long = "async")]
    is_async: bool,
    /// Sends LOGIN.
    #[arg(long, value_name = "NAME")]
    login: Option<String>,
    /// Sends DATA; may stand many times.
    #[arg(long, value_name = "TEXT")]
    data: Vec<String>,
    /// Sends LOGOUT.
    #[arg(long)]
    logout: bool,
}

/// The messages, and where they go.
struct Talk {
    connect: String,
    connector: Option<Connector>,
    is_async: bool,
    messages: Vec<Chat>,
}

impl Talk {
    async fn run_async<F: Framing>(&self, framing: F) -> Result<(), Box<dyn Error>> {
        let Some(connector) = &self.connector else {
            let connection = tokio::Connection::connect_with(&self.connect, framing).await?;
            return talk_async(connection, &self.messages).await;
        };
        let stream = connector.connect_tcp_async(&self.connect).await?;
        talk_async(tokio::Connection::over(stream, framing), &self.messages).await
    }
}

impl In for Talk {
    type Output = Result<(), Box<dyn Error>>;

    fn in_framing<F: Framing + Send + Sync + 'static>(self, framing: F) -> Self::Output {
        if self.is_async {
            return Runtime::new()?.block_on(self.run_async(framing));
        }
        match &self.connector {
            None => talk(Connection::connect_with(&self.connect, framing)?, &self.messages),
            Some(connector) => {
                let stream = connector.connect_tcp(&self.connect)?;
                talk(Connection::over(stream, framing), &self.messages)
            }
        }
    }
}

impl Args {
    /// The messages in the order of the command line, which only `matches` knows.
    fn messages(self, matches: &ArgMatches) -> Vec<Chat> {
        let places = |name| matches.indices_of(name).into_iter().flatten();
        let mut messages = Vec::new();
        messages.extend(places("login").zip(self.login.map(|user| Login { user }.into())));
        messages.extend(places("data").zip(self.data.into_iter().map(|text| Data { text }.into())));
        messages.extend(places("logout").zip(self.logout.then_some(Logout.into())));
        messages.sort_by_key(|(place, _)| *place);
        messages.into_iter().map(|(_, message)| message).collect()
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let matches = Args::command().arg_required_else_help(true).get_matches();
    let args = Args::from_arg_matches(&matches)?;
    let (connect, framing, is_async) = (args.connect.clone(), args.framing, args.is_async);
    let connector = args.tls.client()?;
    framing.choose(Talk { connect, connector, is_async, messages: args.messages(&matches) })
}

fn main() -> ExitCode {
    let Err(error) = run() else { return ExitCode::SUCCESS };
    // `eprintln!` would panic if nobody reads it.
    writeln!(io::stderr(), "error: {error}").unwrap_or_default();
    ExitCode::FAILURE
}
