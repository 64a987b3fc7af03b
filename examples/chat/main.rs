//! A room for many users in one process: what one says, all others hear.
//!
//! `cargo run --example chat`, and then in other terminals `cargo run --example chat -- --join ann`:
//! each line is said, and what others say is printed.

mod client;
mod room;
mod words;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

/// A room in which users talk to each other, or a user who joins it.
#[derive(Parser)]
struct Args {
    /// Where the room is.
    #[arg(long, value_name = "ADDR", default_value = "localhost:8001")]
    at: String,
    /// Joins the room under this name, instead of being it.
    #[arg(long, value_name = "NAME")]
    join: Option<String>,
    /// How many users there may be.
    #[arg(long, value_name = "N", default_value_t = 1024)]
    users: usize,
}

async fn run() -> Result<(), Box<dyn Error + Send + Sync>> {
    let args = Args::parse();
    match &args.join {
        Some(name) => client::talk(&args.at, name).await,
        None => room::open(&args.at, args.users).await,
    }
}

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let result = runtime.map_err(Into::into).and_then(|runtime| {
        let result = runtime.block_on(run());
        // A thread may still wait for a line of the terminal: nobody waits for it.
        runtime.shutdown_background();
        result
    });
    let Err(error) = result else { return ExitCode::SUCCESS };
    writeln!(io::stderr(), "error: {error}").unwrap_or_default();
    ExitCode::FAILURE
}
