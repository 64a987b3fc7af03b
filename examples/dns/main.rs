//! DNS over UDP and TCP: asks a server, or is one for a small zone.
//!
//! `cargo run --example dns -- serve --listen 127.0.0.1:5353`, and in another terminal
//! `cargo run --example dns -- query example.test MX --server 127.0.0.1:5353` or
//! `dig @127.0.0.1 -p 5353 example.test MX`.

mod messages;
mod query;
mod serve;
mod text;
mod zone;

use std::error::Error;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use messages::Name;

/// DNS over UDP and TCP.
#[derive(Parser)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Asks a server and prints what it answers.
    Query {
        /// The name that is asked for.
        name: Name,
        /// The type of the records that are asked for: A, MX, TYPE257.
        #[arg(value_parser = text::kind_named)]
        kind: u16,
        /// The server.
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:53")]
        server: SocketAddr,
        /// Asks over TCP, which is also done if an answer does not fit a datagram.
        #[arg(long)]
        tcp: bool,
    },
    /// Answers for a small zone that is built in.
    Serve {
        /// Where to listen, on UDP and on TCP.
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:5353")]
        listen: SocketAddr,
    },
}

fn run() -> Result<(), Box<dyn Error>> {
    match Args::parse().command {
        Command::Query { name, kind, server, tcp } => {
            let reply = query::ask(server, query::question(name, kind), tcp)?;
            write!(io::stdout(), "{reply}")?;
            Ok(())
        }
        Command::Serve { listen } => serve::serve(listen),
    }
}

fn main() -> ExitCode {
    let Err(error) = run() else { return ExitCode::SUCCESS };
    writeln!(io::stderr(), "error: {error}").unwrap_or_default();
    ExitCode::FAILURE
}
