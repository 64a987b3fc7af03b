//! Counts things over UDP: whoever counts sends and forgets, whoever asks gets the total.
//!
//! ```text
//! cargo run --example udp -- serve --listen localhost:8001
//! cargo run --example udp -- add visitors 3 --server localhost:8001
//! cargo run --example udp -- ask visitors --server localhost:8001
//! ```

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, Write};
use std::net::{SocketAddr, ToSocketAddrs};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser};
use protocol_core::conn::{ConnError, SendError};
use protocol_core::net::server::Event;
use protocol_core::net::udp::Reply;
use protocol_core::net::udp::blocking::{Connected, Socket};
use protocol_core::{Message, Protocol};

/// Counts `by` more. Nobody answers it, so it may be lost.
#[derive(Message)]
#[msg_type = 1]
struct Add<'a> {
    #[wire(len = u8)]
    name: &'a str,
    by: u32,
}

/// Asks for a total.
#[derive(Message)]
#[msg_type = 2]
struct Ask<'a> {
    #[wire(len = u8)]
    name: &'a str,
}

/// Says what it is the total of, since replies may come late or twice.
#[derive(Message)]
#[msg_type = 3]
struct Total<'a> {
    #[wire(len = u8)]
    name: &'a str,
    total: u64,
}

/// What the server receives. It sends none of it, so no two servers can be made to talk for ever.
#[derive(Protocol)]
enum Request<'a> {
    Add(Add<'a>),
    Ask(Ask<'a>),
}

/// What the server sends.
#[derive(Protocol)]
enum Answer<'a> {
    Total(Total<'a>),
}

/// How many names are counted: anybody can send one.
const NAMES_MAX: usize = 10_000;
/// How long an answer is waited for before the question is sent again, and how often that is done.
const PATIENCE: Duration = Duration::from_secs(1);
const TRIES: usize = 3;

/// How often each name was counted.
#[derive(Default)]
struct Counts(BTreeMap<String, u64>);

impl Counts {
    fn add(&mut self, name: &str, by: u32) {
        if self.0.len() < NAMES_MAX || self.0.contains_key(name) {
            let total = self.0.entry(name.into()).or_default();
            *total = total.saturating_add(by.into());
        }
    }

    fn handle(
        &mut self,
        request: &Request<'_>,
        reply: &mut Reply<'_, Answer<'static>>,
    ) -> Result<(), SendError> {
        match *request {
            Request::Add(Add { name, by }) => self.add(name, by),
            Request::Ask(Ask { name }) => {
                let total = self.0.get(name).copied().unwrap_or_default();
                reply.queue(&Total { name, total })?;
            }
        }
        Ok(())
    }
}

fn serve(listen: &str) -> Result<(), Box<dyn Error>> {
    let mut socket = Socket::<Request<'static>, Answer<'static>>::bind(listen)?;
    let stop = socket.stop_handle();
    ctrlc::set_handler(move || stop.stop())?;
    say(&format!("listening on {}", socket.local_addr()?));
    let mut counts = Counts::default();
    socket.serve(
        |request, reply| counts.handle(&request, reply),
        |event: &Event<'_>| say(&event.to_string()),
    )?;
    say("stopped");
    Ok(())
}

/// Asks until there is an answer.
fn ask(
    socket: &mut Connected<Answer<'static>, Request<'static>>,
    name: &str,
) -> Result<u64, Box<dyn Error>> {
    socket.set_timeout(Some(PATIENCE));
    for _ in 0..TRIES {
        let asked = socket.send(&Ask { name }).map_err(ConnError::from);
        match asked.and_then(|()| socket.recv().map_err(ConnError::from)) {
            Ok(Answer::Total(answer)) if answer.name == name => return Ok(answer.total),
            // A late answer to another question.
            Ok(Answer::Total(_)) => {}
            Err(error) => say(&error.to_string()),
        }
    }
    Err("the server does not answer".into())
}

/// `eprintln!` would panic if nobody reads it.
fn say(text: &str) {
    writeln!(io::stderr(), "{text}").unwrap_or_default();
}

/// Counts things over UDP.
#[derive(Parser)]
enum Command {
    /// Keeps the totals.
    Serve {
        #[arg(long, value_name = "ADDR", default_value = "localhost:8001")]
        listen: String,
    },
    /// Counts more of something.
    Add {
        name: String,
        #[arg(default_value_t = 1)]
        by: u32,
        #[command(flatten)]
        server: Server,
    },
    /// Prints how often something was counted.
    Ask {
        name: String,
        #[command(flatten)]
        server: Server,
    },
}

#[derive(Args)]
struct Server {
    /// Where the totals are kept.
    #[arg(long, value_name = "ADDR", default_value = "localhost:8001")]
    server: String,
}

impl Server {
    fn connect(&self) -> Result<Connected<Answer<'static>, Request<'static>>, Box<dyn Error>> {
        let address: SocketAddr =
            self.server.to_socket_addrs()?.next().ok_or("the server has no address")?;
        let any = if address.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" };
        Ok(Socket::bind(any)?.connect(address)?)
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    match Command::parse() {
        Command::Serve { listen } => serve(&listen),
        Command::Add { name, by, server } => {
            Ok(server.connect()?.send(&Add { name: &name, by })?)
        }
        Command::Ask { name, server } => {
            let total = ask(&mut server.connect()?, &name)?;
            Ok(writeln!(io::stdout(), "{total}")?)
        }
    }
}

fn main() -> ExitCode {
    let Err(error) = run() else { return ExitCode::SUCCESS };
    say(&format!("error: {error}"));
    ExitCode::FAILURE
}
