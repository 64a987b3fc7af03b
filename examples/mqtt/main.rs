//! MQTT 3.1.1: a client that publishes and subscribes, and a small broker.
//!
//! ```text
//! cargo run --example mqtt -- broker --listen localhost:1883
//! cargo run --example mqtt -- sub --server localhost:1883 --topic 'home/#' --qos 2
//! cargo run --example mqtt -- pub --server localhost:1883 --topic home/door --message open --qos 2
//! ```

mod broker;
mod client;
mod packets;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};
use protocol_core::frame::Headed;
use protocol_core::net::blocking::{Connection, Server};

use broker::Broker;
use client::{Client, Login};
use packets::{FixedHeader, Packet, Qos};

/// What goes wrong in a thread of the broker is reported from another one.
type Failure = Box<dyn Error + Send + Sync>;

/// A connection on which both sides send the same kinds of packets.
type Link = Connection<Packet, Packet, Headed<FixedHeader>>;

/// Speaks MQTT 3.1.1.
#[derive(Parser)]
enum Command {
    /// Publishes a message.
    Pub {
        #[command(flatten)]
        login: LoginArgs,
        #[arg(long)]
        topic: String,
        #[arg(long)]
        message: String,
        #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=2))]
        qos: u8,
        /// The broker keeps it for those who subscribe later.
        #[arg(long)]
        retain: bool,
    },
    /// Prints the messages of topics, each with its topic in front.
    Sub {
        #[command(flatten)]
        login: LoginArgs,
        /// A topic, or a filter of topics; may stand many times.
        #[arg(long, required = true)]
        topic: Vec<String>,
        #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=2))]
        qos: u8,
        /// Ends after so many messages.
        #[arg(long)]
        count: Option<usize>,
    },
    #[command(flatten)]
    Serve(Serve),
}

#[derive(Subcommand)]
enum Serve {
    /// Hands messages on, to clients of any make.
    Broker {
        #[arg(long, value_name = "ADDR", default_value = "localhost:1883")]
        listen: String,
    },
}

#[derive(clap::Args)]
struct LoginArgs {
    #[arg(long, value_name = "ADDR", default_value = "localhost:1883")]
    server: String,
    /// By default the broker makes one up.
    #[arg(long, default_value = "")]
    client_id: String,
    #[arg(long)]
    user_name: Option<String>,
    #[arg(long, requires = "user_name")]
    password: Option<String>,
}

impl LoginArgs {
    fn connect(self) -> Result<Client, Failure> {
        let LoginArgs { server, client_id, user_name, password } = self;
        let password = password.map(String::into_bytes);
        Client::connect(&server, Login { client_id, user_name, password, will: None })
    }
}

fn level(qos: u8) -> Qos {
    match qos {
        0 => Qos::AtMostOnce,
        1 => Qos::AtLeastOnce,
        _ => Qos::ExactlyOnce,
    }
}

/// Prints what arrives, until so many messages came or the broker ends.
fn print_messages(client: &mut Client, count: Option<usize>) -> Result<(), Failure> {
    let mut left = count;
    while left != Some(0) {
        let Some(message) = client.message()? else { return Ok(()) };
        let payload = String::from_utf8_lossy(&message.payload);
        let line = format!("{} {}", message.topic.escape_debug(), payload.escape_debug());
        writeln!(io::stdout(), "{line}")?;
        left = left.map(|left| left.saturating_sub(1));
    }
    Ok(())
}

fn serve(listen: &str) -> Result<(), Failure> {
    let server = Server::<Packet, Packet, Headed<FixedHeader>>::bind_with(listen, Headed::new())?;
    let handle = server.handle();
    ctrlc::set_handler(move || {
        handle.drain(Duration::from_secs(10));
    })?;
    for address in server.local_addrs() {
        writeln!(io::stderr(), "listening on {address}").unwrap_or_default();
    }
    let broker = Broker::default();
    server.serve(move |mut link| broker.talk(&mut link))?;
    Ok(())
}

fn run() -> Result<(), Failure> {
    match Command::parse() {
        Command::Pub { login, topic, message, qos, retain } => {
            let mut client = login.connect()?;
            client.publish(&topic, message.as_bytes(), level(qos), retain)?;
            client.disconnect()
        }
        Command::Sub { login, topic, qos, count } => {
            let mut client = login.connect()?;
            for topic in &topic {
                client.subscribe(topic, level(qos))?;
            }
            writeln!(io::stderr(), "subscribed").unwrap_or_default();
            print_messages(&mut client, count)?;
            client.disconnect()
        }
        Command::Serve(Serve::Broker { listen }) => serve(&listen),
    }
}

fn main() -> ExitCode {
    let Err(error) = run() else { return ExitCode::SUCCESS };
    writeln!(io::stderr(), "error: {error}").unwrap_or_default();
    ExitCode::FAILURE
}
