//! Puts load on a server of the article's protocol, and says how fast and how late it answers.
//!
//! `cargo run --release --example load -- --framing length --connections 8 --rate 20000`
//!
//! With a rate, each message has a time at which it should go out, and its latency counts from then:
//! a server that stalls is charged for the messages that had to wait, not only for the one that it
//! stalled on. Waits are as exact as the timers of tokio, a millisecond.

#[path = "../framing/mod.rs"]
mod framing;
mod link;
mod tally;
mod tls;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use framing::{FramingArgs, In};
use protocol_core::frame::Framing;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use tokio::time::{Instant, interval, sleep_until};

use crate::link::Plan;
use crate::tally::Tally;
use crate::tls::TlsArgs;

/// Puts load on a server that answers every message.
#[derive(Parser)]
struct Args {
    /// The server; of a name that has several addresses, the first that answers.
    #[arg(long, value_name = "ADDR", default_value = "localhost:8000")]
    connect: String,
    /// How many connections.
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..))]
    connections: u32,
    /// Messages a second, of all connections together; without it as many as are answered.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    rate: Option<u32>,
    /// For how long messages are sent, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 5.0, value_parser = seconds)]
    duration: f64,
    /// How many messages of a connection may wait for their answers; in `raw` it is 1.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pipeline: u32,
    /// How long the text of each message is, in bytes.
    #[arg(long, value_name = "BYTES", default_value_t = 64)]
    text: usize,
    #[command(flatten)]
    framing: FramingArgs,
    #[command(flatten)]
    tls: TlsArgs,
}

fn seconds(text: &str) -> Result<f64, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.01..=86_400.0).contains(&seconds) {
        return Ok(seconds);
    }
    Err("not within 0.01 and 86400".into())
}

impl In for &Args {
    type Output = Result<Tally, Box<dyn Error>>;

    fn in_framing<F: Framing + Send + Sync + 'static>(self, framing: F) -> Self::Output {
        Runtime::new()?.block_on(load(self, framing))
    }
}

async fn load<F: Framing + Send + Sync + 'static>(
    args: &Args,
    framing: F,
) -> Result<Tally, Box<dyn Error>> {
    let tally = Arc::new(Tally::new());
    let begin = Instant::now();
    let end = begin + Duration::from_secs_f64(args.duration);
    let connector = args.tls.connector(&args.connect)?;
    // The rate of one connection; they take turns.
    let turn = args.rate.map(|rate| Duration::from_secs(1) / rate);
    let mut links = JoinSet::new();
    for number in 0..args.connections {
        let plan = Plan {
            address: args.connect.clone(),
            connector: connector.clone(),
            begin: begin + turn.unwrap_or_default() * number,
            every: turn.map(|turn| turn * args.connections),
            end,
            depth: if framing.writes_apart() { 1 } else { args.pipeline as usize },
            text: "x".repeat(args.text),
        };
        let (framing, tally) = (framing.clone(), Arc::clone(&tally));
        links.spawn(async move { link::keep(&plan, framing, &tally).await });
    }
    let progress = tally::progress(args.duration);
    let mut ticks = interval(Duration::from_millis(100));
    while Instant::now() < end {
        tokio::select! {
            _ = ticks.tick() => progress.show(&tally, begin.elapsed()),
            () = sleep_until(end) => {}
        }
    }
    links.join_all().await;
    progress.finish();
    let mut tally = Arc::into_inner(tally).ok_or("a connection did not end")?;
    tally.took = begin.elapsed();
    Ok(tally)
}

fn run() -> Result<bool, Box<dyn Error>> {
    let args = Args::parse();
    let tally = args.framing.choose(&args)?;
    write!(io::stdout(), "{tally}")?;
    Ok(tally.is_clean())
}

fn main() -> ExitCode {
    match run() {
        Ok(true) => return ExitCode::SUCCESS,
        Ok(false) => {}
        Err(error) => writeln!(io::stderr(), "error: {error}").unwrap_or_default(),
    }
    ExitCode::FAILURE
}
