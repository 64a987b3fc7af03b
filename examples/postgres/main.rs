//! Asks a PostgreSQL server, and prints the answer as a table.
//!
//! `cargo run --example postgres -- --server localhost:5432 --user ann --database shop "select * from goods"`

mod client;
#[expect(dead_code, reason = "the whole protocol is declared, this client needs some of it")]
mod messages;
mod scram;
mod table;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use client::{Client, Failure, Login};

/// A client of PostgreSQL: runs a query and prints what it gives.
#[derive(Parser)]
struct Args {
    #[arg(long, value_name = "ADDR", default_value = "localhost:5432")]
    server: String,
    #[arg(long)]
    user: String,
    /// The user's own by default.
    #[arg(long)]
    database: Option<String>,
    /// Only if the server asks for it; better in the environment, where others do not see it.
    #[arg(long, env = "PGPASSWORD", hide_env_values = true)]
    password: Option<String>,
    /// Statements of SQL, separated by semicolons.
    query: String,
}

fn run() -> Result<(), Failure> {
    let args = Args::parse();
    let login = Login {
        user: &args.user,
        database: args.database.as_ref().unwrap_or(&args.user),
        password: args.password.as_deref(),
    };
    let mut client = Client::connect(&args.server, &login)?;
    let answers = client.query(&args.query);
    for notice in &client.notices {
        writeln!(io::stderr(), "{notice}").unwrap_or_default();
    }
    client.terminate()?;
    let mut out = io::stdout().lock();
    for answer in answers? {
        table::print(&mut out, &answer)?;
    }
    Ok(())
}

fn main() -> ExitCode {
    let Err(error) = run() else { return ExitCode::SUCCESS };
    writeln!(io::stderr(), "{error}").unwrap_or_default();
    ExitCode::FAILURE
}
