//! The client's side: single requests, and many at once, quietly, up to the answer of a no-op.

use std::error::Error;

use protocol_core::frame::Headed;
use protocol_core::net::blocking::Connection;
use protocol_core::{MessageOf, WithHeader};

use crate::messages::{Request, RequestHeader, Response, ResponseHeader, request};

pub(crate) type Failure = Box<dyn Error>;

/// A value is at most 1 MiB by default; a server may be told to take more.
const FRAME_MAX: usize = 16 * 1024 * 1024;

type Link = Connection<WithHeader<ResponseHeader, Response>, Request, Headed<ResponseHeader>>;

/// A connection to a server.
pub(crate) struct Client {
    link: Link,
}

/// What is stored under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) value: Vec<u8>,
    pub(crate) flags: u32,
    /// Its version: see [`Client::set`].
    pub(crate) cas: u64,
}

impl Client {
    pub(crate) fn connect(server: &str) -> Result<Client, Failure> {
        Ok(Client { link: Link::connect_with(server, Headed::new().limit(FRAME_MAX))? })
    }

    /// 4.2: gets values of keys; `None` for those that have none. They are asked for quietly, all at once, and a
    /// no-op after them says that all answers are there.
    pub(crate) fn get(&mut self, keys: &[String]) -> Result<Vec<Option<Item>>, Failure> {
        for (opaque, key) in (0..).zip(keys) {
            self.queue(opaque, request::GetKQ { key: key.clone().into() })?;
        }
        let mut items = vec![None; keys.len()];
        for (opaque, response) in self.until_noop()? {
            let Response::GetKQ(response) = response else { return Err(unexpected(&response)) };
            // The opaque number says which of the keys it is, also of two that are the same.
            let asked = keys.get(opaque).filter(|key| key.as_bytes() == response.key);
            let (Some(_), Some(place)) = (asked, items.get_mut(opaque)) else {
                return Err("the server answers for a key that nobody asked for".into());
            };
            let value = response.outcome.done()?.bytes;
            let flags = response.extras.map_or(0, |extras| extras.flags);
            *place = Some(Item { value, flags, cas: response.cas });
        }
        Ok(items)
    }

    /// 4.3: stores a value, and gives its version. With a `cas` other than 0 only in place of that version.
    pub(crate) fn set(&mut self, set: &request::Set) -> Result<u64, Failure> {
        match self.ask(set)? {
            Response::Set(response) => {
                response.outcome.done()?;
                Ok(response.cas)
            }
            other => Err(unexpected(&other)),
        }
    }

    /// 4.3: stores many values, quietly: only what fails is answered. Gives the index and the error of those.
    pub(crate) fn set_all(
        &mut self,
        sets: Vec<request::SetQ>,
    ) -> Result<Vec<(usize, String)>, Failure> {
        for (opaque, set) in (0..).zip(sets) {
            self.queue(opaque, set)?;
        }
        let mut failed = Vec::new();
        for (opaque, response) in self.until_noop()? {
            let Response::SetQ(response) = response else { return Err(unexpected(&response)) };
            failed.extend(response.outcome.done().err().map(|error| (opaque, error)));
        }
        Ok(failed)
    }

    /// 4.4: deletes an item.
    pub(crate) fn delete(&mut self, key: &str) -> Result<(), Failure> {
        match self.ask(&request::Delete { cas: 0, key: key.into() })? {
            Response::Delete(response) => Ok(response.outcome.done()?),
            other => Err(unexpected(&other)),
        }
    }

    /// 4.5: counts up, and gives what it counts then.
    pub(crate) fn increment(&mut self, increment: &request::Increment) -> Result<u64, Failure> {
        match self.ask(increment)? {
            Response::Increment(response) => Ok(response.outcome.done()?.value),
            other => Err(unexpected(&other)),
        }
    }

    /// 4.9
    pub(crate) fn version(&mut self) -> Result<String, Failure> {
        match self.ask(&request::Version {})? {
            Response::Version(response) => Ok(response.outcome.done()?.text),
            other => Err(unexpected(&other)),
        }
    }

    /// 4.11: the statistics of a group, by name.
    pub(crate) fn stats(&mut self, group: &str) -> Result<Vec<(String, String)>, Failure> {
        self.link.send(&request::Stat { group: group.into() })?;
        let mut stats = Vec::new();
        loop {
            match self.receive()?.message {
                Response::Stat(stat) => {
                    let text = stat.outcome.done()?.text;
                    if stat.name.is_empty() {
                        return Ok(stats);
                    }
                    stats.push((stat.name, text));
                }
                other => return Err(unexpected(&other)),
            }
        }
    }

    /// 4.6: says good-bye, and waits until the server has closed the connection.
    pub(crate) fn quit(mut self) -> Result<(), Failure> {
        match self.ask(&request::Quit {})? {
            Response::Quit(response) => response.outcome.done()?,
            other => return Err(unexpected(&other)),
        }
        match self.link.recv()? {
            None => Ok(()),
            Some(more) => Err(unexpected(&more.message)),
        }
    }

    /// Sends one request and waits for its response.
    fn ask(&mut self, request: &impl MessageOf<Request>) -> Result<Response, Failure> {
        self.link.send(request)?;
        Ok(self.receive()?.message)
    }

    /// Queues a request whose response carries this number.
    fn queue(&mut self, opaque: u32, message: impl Into<Request>) -> Result<(), Failure> {
        let header = RequestHeader { opaque, ..RequestHeader::default() };
        Ok(self.link.queue(&WithHeader { header, message: message.into() })?)
    }

    /// Sends what is queued and a no-op, and takes all responses before that of the no-op, with their numbers.
    fn until_noop(&mut self) -> Result<Vec<(usize, Response)>, Failure> {
        self.link.send(&request::Noop {})?;
        let mut responses = Vec::new();
        loop {
            let WithHeader { header, message } = self.receive()?;
            match message {
                Response::Noop(noop) => {
                    noop.outcome.done()?;
                    return Ok(responses);
                }
                message => responses.push((usize::try_from(header.opaque)?, message)),
            }
        }
    }

    fn receive(&mut self) -> Result<WithHeader<ResponseHeader, Response>, Failure> {
        Ok(self.link.recv()?.ok_or("the server closed the connection")?)
    }
}

/// A response to another request than the one that was sent, or to none.
fn unexpected(response: &Response) -> Failure {
    format!("the server sent {response:?}, which nobody asked for").into()
}
