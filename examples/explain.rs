//! Says what bytes in hex mean as a message of the article's protocol, also where they are wrong.
//!
//! `cargo run --example explain -- 03 68 65 6c 6c 6f`, or with the hex on standard input.

use std::error::Error;
use std::io::{self, IsTerminal, Read, Write};
use std::process::ExitCode;

use clap::Parser;
use protocol_core::{Message, Protocol, explain};

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

#[derive(Parser)]
#[command(about = "Says what the bytes of a message mean.")]
struct Args {
    /// The bytes in hex, with or without spaces; standard input if there are none.
    hex: Vec<String>,
}

/// The bytes of a text in hex.
fn bytes_of(hex: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut high = None;
    for letter in hex.chars().filter(|letter| !letter.is_whitespace()) {
        let digit = letter.to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let digit = digit.ok_or_else(|| format!("{letter:?} is no hex digit"))?;
        match high.take() {
            None => high = Some(digit),
            Some(high) => bytes.push(high << 4 | digit),
        }
    }
    match high {
        None => Ok(bytes),
        Some(_) => Err("the last byte has only one digit".to_owned()),
    }
}

/// Prints the explanation; whether the bytes are a message.
fn run(args: &Args) -> Result<bool, Box<dyn Error>> {
    let mut hex = args.hex.concat();
    if args.hex.is_empty() {
        io::stdin().read_to_string(&mut hex)?;
    }
    let bytes = bytes_of(&hex)?;
    let explanation = explain::<Chat>(&bytes);
    let mut out = io::stdout();
    let wants_none = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if out.is_terminal() && !wants_none {
        write!(out, "{}", explanation.in_color())?;
    } else {
        write!(out, "{explanation}")?;
    }
    Ok(explanation.error().is_none())
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
