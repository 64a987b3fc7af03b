//! A client of a server that may be away: it agrees on a version, logs in, makes many calls at once over one
//! connection, and comes back when the server was killed.
//!
//! `cargo run --example calls -- serve`, and `cargo run --example calls -- call 1 2 3` in another terminal.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};
use protocol_core::conn::{CallError, Hello};
use protocol_core::frame::Headed;
use protocol_core::net::tokio::{Connection, Pipelined, Redial};
use protocol_core::{Message, Protocol, Wire, WithHeader};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// Before every message.
#[derive(Wire, Default, Clone)]
struct Head {
    #[wire(role = id)]
    kind: u8,
    #[wire(role = correlation)]
    call: u32,
    #[wire(role = len)]
    length: u16,
}

#[derive(Message)]
#[msg_type = 1]
#[wire(reply = Squared | TooLarge)]
struct Square {
    number: u32,
}

#[derive(Message)]
#[msg_type = 129]
struct Squared {
    number: u32,
}

#[derive(Message)]
#[msg_type = 130]
struct TooLarge {
    most: u32,
}

#[derive(Protocol)]
#[wire(header = Head)]
enum Asked {
    Square(Square),
}

#[derive(Protocol)]
#[wire(header = Head)]
enum Answered {
    Squared(Squared),
    TooLarge(TooLarge),
}

type ServerConnection = Connection<WithHeader<Head, Asked>, Answered, Headed<Head>>;
type ClientConnection = Connection<WithHeader<Head, Answered>, Asked, Headed<Head>>;
type Calls = Pipelined<Answered, Asked, Headed<Head>>;

const HELLO: Hello = Hello::new(*b"SQRS").versions(1..=1).frame_max(1024);

async fn serve(listener: TcpListener) -> io::Result<()> {
    loop {
        let (stream, peer) = listener.accept().await?;
        tokio::spawn(async move {
            if let Err(error) = answer(ServerConnection::over(stream, Headed::new())).await {
                writeln!(io::stderr(), "{peer}: {error}").unwrap_or_default();
            }
        });
    }
}

async fn answer(mut connection: ServerConnection) -> Result<(), Box<dyn Error>> {
    if let Err(error) = connection.hello(&HELLO).await {
        connection.close().await?;
        return Err(error.into());
    }
    while let Some(WithHeader { header, message: Asked::Square(square) }) =
        connection.recv().await?
    {
        let message = match square.number.checked_mul(square.number) {
            Some(number) => Squared { number }.into(),
            None => TooLarge { most: u32::from(u16::MAX) }.into(),
        };
        connection.queue(&WithHeader { header, message })?;
    }
    Ok(connection.close().await?)
}

async fn dial(address: &str) -> io::Result<Calls> {
    let mut connection = ClientConnection::connect_with(address, Headed::new()).await?;
    connection.hello(&HELLO).await.map_err(io::Error::other)?;
    let (calls, driver) = Pipelined::over(connection);
    tokio::spawn(driver.run());
    Ok(calls.deadline(Duration::from_secs(5)))
}

async fn call(address: String, numbers: Vec<u32>) -> Result<(), Box<dyn Error>> {
    let mut client = Redial::new(|| dial(&address));
    let mut left = numbers;
    while !left.is_empty() {
        let calls = client.connection().await?;
        let mut waiting = JoinSet::new();
        for number in left.drain(..) {
            let calls = calls.clone();
            waiting.spawn(async move { (number, calls.call(&Square { number }).await) });
        }
        while let Some(done) = waiting.join_next().await {
            let (number, reply) = done?;
            match reply {
                Ok(Ok(squared)) => writeln!(io::stdout(), "{number}² = {}", squared.number)?,
                Ok(Err(refused)) => writeln!(io::stdout(), "{number} is above {}", refused.most)?,
                // Squaring twice does no harm, so this client asks again; the library never would.
                Err(error) if is_lost(&error) => left.push(number),
                Err(error) => return Err(error.into()),
            }
        }
        if !left.is_empty() {
            client.lost();
        }
    }
    Ok(())
}

fn is_lost(error: &CallError<Answered>) -> bool {
    matches!(error, CallError::Lost(_) | CallError::Ended)
}

/// Numbers and their squares.
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
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8002")]
        listen: String,
    },
    /// Asks for all numbers at once.
    Call {
        /// The server.
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8002")]
        connect: String,
        /// The numbers.
        numbers: Vec<u32>,
    },
}

async fn run() -> Result<(), Box<dyn Error>> {
    match Args::parse().command {
        Command::Serve { listen } => {
            let listener = TcpListener::bind(&listen).await?;
            writeln!(io::stderr(), "listening on {}", listener.local_addr()?)?;
            Ok(serve(listener).await?)
        }
        Command::Call { connect, numbers } => call(connect, numbers).await,
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let Err(error) = run().await else { return ExitCode::SUCCESS };
    writeln!(io::stderr(), "error: {error}").unwrap_or_default();
    ExitCode::FAILURE
}
