//! A user: says the lines of the standard input, and prints what others say.

use std::error::Error;
use std::io::{self, BufRead, Write};
use std::thread;

use protocol_core::net::tokio::Connection;
use tokio::sync::mpsc;

use crate::words::{Came, Join, Left, Refused, Said, Say, ToRoom, ToUser};

/// Talks until the input or the room ends.
pub(crate) async fn talk(at: &str, name: &str) -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut room = Connection::<ToUser, ToRoom>::connect(at).await?;
    room.send(&Join { name: name.to_owned() }).await?;
    let mut lines = lines();
    loop {
        tokio::select! {
            message = room.recv() => match message? {
                Some(message) => show(name, message)?,
                None => return Err("the room closed".into()),
            },
            line = lines.recv() => match line {
                Some(text) => room.send(&Say { text }).await?,
                None => return Ok(room.close().await?),
            },
        }
    }
}

/// The lines of the standard input, which a thread of its own waits for.
fn lines() -> mpsc::Receiver<String> {
    let (sender, lines) = mpsc::channel(1);
    thread::spawn(move || {
        for line in io::stdin().lock().lines().map_while(Result::ok) {
            if sender.blocking_send(line).is_err() {
                return;
            }
        }
    });
    lines
}

/// Prints what the room says, but for what the user said himself. Text of others is escaped.
fn show(me: &str, message: ToUser) -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut out = io::stdout();
    match message {
        ToUser::Came(Came { name }) => writeln!(out, "* {} came", name.escape_debug())?,
        ToUser::Left(Left { name }) => writeln!(out, "* {} left", name.escape_debug())?,
        ToUser::Said(Said { name, .. }) if name == me => {}
        ToUser::Said(Said { name, text }) => {
            writeln!(out, "{}: {}", name.escape_debug(), text.escape_debug())?;
        }
        ToUser::Refused(Refused { why }) => return Err(why.into()),
    }
    Ok(())
}
