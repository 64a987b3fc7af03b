//! A client of memcached, over its binary protocol.
//!
//! Start `memcached -l 127.0.0.1`, then `cargo run --example memcached -- set greeting=hello name=ann` and
//! `cargo run --example memcached -- get greeting name nobody`.

mod client;
mod messages;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use client::{Client, Failure};
use messages::request::{Increment, Set, SetQ};

/// A client of memcached.
#[derive(Parser)]
struct Args {
    #[arg(long, value_name = "ADDR", default_value = "localhost:11211")]
    server: String,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Prints the values of keys, with their flags and versions.
    Get {
        #[arg(required = true)]
        keys: Vec<String>,
    },
    /// Stores values.
    Set {
        /// For how long, in seconds; 0 for ever.
        #[arg(long, default_value_t = 0)]
        expiry: u32,
        /// A number to keep with the values.
        #[arg(long, default_value_t = 0)]
        flags: u32,
        /// Only in place of this version; 0 for any.
        #[arg(long, default_value_t = 0)]
        cas: u64,
        #[arg(required = true, value_name = "KEY=VALUE", value_parser = pair)]
        items: Vec<(String, String)>,
    },
    /// Deletes items.
    Delete {
        #[arg(required = true)]
        keys: Vec<String>,
    },
    /// Counts up.
    Increment {
        key: String,
        #[arg(default_value_t = 1)]
        by: u64,
        /// What it is if it was not there; without this it must be there.
        #[arg(long)]
        initial: Option<u64>,
    },
    /// Prints the version of the server.
    Version,
    /// Prints statistics of the server.
    Stats {
        /// Which ones: settings, items and the like.
        #[arg(default_value = "")]
        group: String,
    },
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("write KEY=VALUE")?;
    Ok((key.into(), value.into()))
}

/// An expiry that says: only if it is there.
const MUST_BE_THERE: u32 = u32::MAX;

fn run() -> Result<(), Failure> {
    let Args { server, command } = Args::parse();
    let mut client = Client::connect(&server)?;
    let mut out = io::stdout().lock();
    match command {
        Command::Get { keys } => {
            for (key, item) in keys.iter().zip(client.get(&keys)?) {
                let key = key.escape_debug();
                match item {
                    Some(item) => {
                        let (value, flags, cas) = (item.value.escape_ascii(), item.flags, item.cas);
                        writeln!(out, "{key} = {value} (flags {flags}, version {cas})")?;
                    }
                    None => writeln!(out, "{key} is not there")?,
                }
            }
        }
        Command::Set { expiry, flags, cas, items } => match items.as_slice() {
            [(key, value)] => {
                let (key, value) = (key.as_bytes().to_vec(), value.as_bytes().to_vec());
                let version = client.set(&Set { cas, flags, expiry, key, value })?;
                writeln!(out, "version {version}")?;
            }
            many => {
                set_all(&mut client, many, |key, value| SetQ { cas, flags, expiry, key, value })?
            }
        },
        Command::Delete { keys } => keys.iter().try_for_each(|key| client.delete(key))?,
        Command::Increment { key, by: amount, initial } => {
            let expiry = if initial.is_some() { 0 } else { MUST_BE_THERE };
            let (initial, key) = (initial.unwrap_or(0), key.into());
            let count = client.increment(&Increment { cas: 0, amount, initial, expiry, key })?;
            writeln!(out, "{count}")?;
        }
        Command::Version => writeln!(out, "{}", client.version()?.escape_debug())?,
        Command::Stats { group } => {
            for (name, value) in client.stats(&group)? {
                writeln!(out, "{} {}", name.escape_debug(), value.escape_debug())?;
            }
        }
    }
    client.quit()
}

/// Stores all that can be stored, and fails if something cannot.
fn set_all(
    client: &mut Client,
    items: &[(String, String)],
    set: impl Fn(Vec<u8>, Vec<u8>) -> SetQ,
) -> Result<(), Failure> {
    let sets = items.iter().map(|(key, value)| set(key.as_bytes().into(), value.as_bytes().into()));
    let failed = client.set_all(sets.collect())?;
    let lines = failed.iter().filter_map(|(index, error)| {
        items.get(*index).map(|(key, _)| format!("{}: {error}", key.escape_debug()))
    });
    let lines = lines.collect::<Vec<_>>();
    if lines.is_empty() { Ok(()) } else { Err(lines.join("; ").into()) }
}

fn main() -> ExitCode {
    let Err(error) = run() else { return ExitCode::SUCCESS };
    writeln!(io::stderr(), "error: {error}").unwrap_or_default();
    ExitCode::FAILURE
}
