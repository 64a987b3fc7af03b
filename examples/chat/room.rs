//! The room: takes users in, and tells each what the others say.

use std::collections::BTreeSet;
use std::error::Error;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use protocol_core::conn::ConnError;
use protocol_core::net::server::Served;
use protocol_core::net::tokio::{Connection, Server};
use tokio::sync::broadcast::{self, error::RecvError};

use crate::words::{Came, Join, Left, Refused, Said, Say, ToRoom, ToUser};

/// How many messages a user may be behind before some are lost for him.
const BEHIND_MAX: usize = 256;
/// How long the users may take to leave after Ctrl-C.
const GRACE: Duration = Duration::from_secs(5);

type User = Connection<ToRoom, ToUser>;

/// Who is there, and what is said.
struct Room {
    names: Mutex<BTreeSet<String>>,
    said: broadcast::Sender<ToUser>,
}

/// Serves until Ctrl-C.
pub(crate) async fn open(at: &str, users: usize) -> Result<(), Box<dyn Error + Send + Sync>> {
    let server = Server::<ToRoom, ToUser>::bind(at).await?.connections(users);
    for address in server.local_addrs() {
        writeln!(io::stderr(), "listening on {address}").unwrap_or_default();
    }
    let handle = server.handle();
    ctrlc::set_handler(move || drop(handle.drain(GRACE)))?;
    let room = Arc::new(Room { names: Mutex::default(), said: broadcast::Sender::new(BEHIND_MAX) });
    let report = server
        .serve(move |user| {
            let room = Arc::clone(&room);
            async move { room.host(user).await }
        })
        .await?;
    writeln!(io::stderr(), "closed: {report}").unwrap_or_default();
    Ok(())
}

impl Room {
    /// Talks to one user, from his name to his leave.
    async fn host(&self, mut user: Served<User>) -> Result<(), ConnError> {
        let Some(ToRoom::Join(Join { name })) = user.recv().await? else {
            user.queue(&Refused { why: "the first message must be the name".into() })?;
            return Ok(());
        };
        if !self.names().insert(name.clone()) {
            user.queue(&Refused { why: "the name is taken".into() })?;
            return Ok(());
        }
        let heard = self.said.subscribe();
        self.tell(Came { name: name.clone() }.into());
        let talked = self.relay(&mut user, &name, heard).await;
        self.names().remove(&name);
        self.tell(Left { name }.into());
        talked
    }

    /// Hands on what the user says, and to him what the others say.
    async fn relay(
        &self,
        user: &mut User,
        name: &str,
        mut heard: broadcast::Receiver<ToUser>,
    ) -> Result<(), ConnError> {
        loop {
            tokio::select! {
                said = user.recv() => match said? {
                    Some(ToRoom::Say(Say { text })) => {
                        self.tell(Said { name: name.to_owned(), text }.into());
                    }
                    Some(ToRoom::Join(_)) => {}
                    None => return Ok(()),
                },
                // Nothing of `recv` is lost when this comes first.
                news = heard.recv() => match news {
                    Ok(message) => user.send(&message).await?,
                    // One who reads too slowly has missed some.
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return Ok(()),
                },
            }
        }
    }

    /// Tells everybody who is there, if anybody is.
    fn tell(&self, message: ToUser) {
        self.said.send(message).map(drop).unwrap_or_default();
    }

    /// A panic of another user's task spoils nothing here: each change is one call.
    fn names(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
