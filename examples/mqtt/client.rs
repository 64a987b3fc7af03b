//! The client's side: logging in, publishing, subscribing, and section 4.3's flows of acknowledgements.
//!
//! One thing is under way at a time; messages that arrive meanwhile wait in a queue. Sessions end with
//! their connection, so nothing is sent a second time.

use std::collections::{BTreeSet, VecDeque};
use std::num::NonZeroU16;
use std::time::Duration;

use protocol_core::conn::{RecvErrorKind, Timeouts};
use protocol_core::frame::Headed;

use crate::packets::{
    Connect, ConnectCode, Disconnect, Packet, PingReq, PubAck, PubComp, PubRec, PubRel, Publish,
    Qos, Subscribe, SubscribeCode, Subscription, Will,
};
use crate::{Failure, Link};

/// Who logs in.
#[derive(Debug, Default)]
pub(crate) struct Login {
    /// Empty: the server makes one up.
    pub(crate) client_id: String,
    pub(crate) user_name: Option<String>,
    pub(crate) password: Option<Vec<u8>>,
    /// What the server publishes if this client is lost.
    pub(crate) will: Option<Will>,
}

/// A client that is logged in.
pub(crate) struct Client {
    link: Link,
    last_id: u16,
    /// Messages that arrived and were not asked for yet.
    arrived: VecDeque<Publish>,
    /// QoS 2: messages that arrived and are not released yet. They may be sent again.
    unreleased: BTreeSet<NonZeroU16>,
}

/// 3.1.2.10: the server may end a connection that is silent for one and a half times so long.
const KEEP_ALIVE_S: u16 = 30;

impl Client {
    /// 3.1, 3.2: logs in.
    pub(crate) fn connect(server: &str, login: Login) -> Result<Client, Failure> {
        let mut link = Link::connect_with(server, Headed::new())?;
        let idle = Some(Duration::from_secs(KEEP_ALIVE_S.into()));
        link.set_timeouts(Timeouts { idle, ..Timeouts::CLIENT });
        let Login { client_id, user_name, password, will } = login;
        link.send(&Connect {
            level: Connect::LEVEL,
            clean_session: true,
            keep_alive: KEEP_ALIVE_S,
            client_id,
            will,
            user_name,
            password,
            ..Connect::default()
        })?;
        match link.recv()? {
            Some(Packet::ConnAck(answer)) if answer.code == ConnectCode::Accepted => {}
            Some(Packet::ConnAck(answer)) => {
                return Err(format!("the server refuses: {:?}", answer.code).into());
            }
            other => return Err(unexpected("CONNACK", other.as_ref())),
        }
        Ok(Client { link, last_id: 0, arrived: VecDeque::new(), unreleased: BTreeSet::new() })
    }

    /// 3.3: publishes, and waits until the server has taken over the responsibility.
    pub(crate) fn publish(
        &mut self,
        topic: &str,
        payload: &[u8],
        qos: Qos,
        retain: bool,
    ) -> Result<(), Failure> {
        let id = (qos > Qos::AtMostOnce).then(|| self.next_id());
        let (topic, payload) = (topic.to_owned(), payload.to_owned());
        self.link.send(&Publish { dup: false, qos, retain, topic, packet_id: id, payload })?;
        match (id, qos) {
            // 4.3.1
            (None, _) | (Some(_), Qos::AtMostOnce) => Ok(()),
            // 4.3.2
            (Some(packet_id), Qos::AtLeastOnce) => {
                self.expect("PUBACK", |answer| *answer == Packet::PubAck(PubAck { packet_id }))
            }
            // 4.3.3
            (Some(packet_id), Qos::ExactlyOnce) => {
                self.expect("PUBREC", |answer| *answer == Packet::PubRec(PubRec { packet_id }))?;
                self.link.send(&PubRel { packet_id })?;
                self.expect("PUBCOMP", |answer| *answer == Packet::PubComp(PubComp { packet_id }))
            }
        }
    }

    /// 3.8: subscribes, and gives the QoS that the server grants at most.
    pub(crate) fn subscribe(&mut self, filter: &str, qos: Qos) -> Result<(), Failure> {
        let packet_id = self.next_id();
        let subscriptions = vec![Subscription { filter: filter.to_owned(), reserved: 0, qos }];
        self.link.send(&Subscribe { packet_id, subscriptions })?;
        match self.answer()? {
            Some(Packet::SubAck(answer)) if answer.packet_id == packet_id => {
                match answer.codes.as_slice() {
                    [SubscribeCode::Failure] => Err(format!("{filter} is refused").into()),
                    [_] => Ok(()),
                    codes => Err(format!("{} answers to one subscription", codes.len()).into()),
                }
            }
            other => Err(unexpected("SUBACK", other.as_ref())),
        }
    }

    /// The next message of a topic that was subscribed to; nothing if the server ended.
    pub(crate) fn message(&mut self) -> Result<Option<Publish>, Failure> {
        while self.arrived.is_empty() {
            match self.receive()? {
                Some(packet) => {
                    if let Some(other) = self.handle(packet)? {
                        return Err(unexpected("PUBLISH", Some(&other)));
                    }
                }
                None => return Ok(None),
            }
        }
        Ok(self.arrived.pop_front())
    }

    /// 3.14: says good-bye, so that the will is not published. Before that it lets messages of QoS 2 be
    /// released, so that the server need not send them again.
    pub(crate) fn disconnect(mut self) -> Result<(), Failure> {
        while !self.unreleased.is_empty() {
            match self.receive()? {
                Some(packet) => drop(self.handle(packet)?),
                None => return Ok(()),
            }
        }
        self.link.queue(&Disconnect)?;
        Ok(self.link.close()?)
    }

    fn expect(&mut self, what: &str, is_it: impl Fn(&Packet) -> bool) -> Result<(), Failure> {
        match self.answer()? {
            Some(answer) if is_it(&answer) => Ok(()),
            other => Err(unexpected(what, other.as_ref())),
        }
    }

    /// The answer to what was sent last.
    fn answer(&mut self) -> Result<Option<Packet>, Failure> {
        while let Some(packet) = self.receive()? {
            let answer = self.handle(packet)?;
            if answer.is_some() {
                return Ok(answer);
            }
        }
        Ok(None)
    }

    /// Does what a packet wants that is no answer.
    fn handle(&mut self, packet: Packet) -> Result<Option<Packet>, Failure> {
        match packet {
            Packet::Publish(message) => self.arrive(message)?,
            Packet::PubRel(PubRel { packet_id }) => {
                self.unreleased.remove(&packet_id);
                self.link.send(&PubComp { packet_id })?;
            }
            Packet::PingResp(_) => {}
            other => return Ok(Some(other)),
        }
        Ok(None)
    }

    /// 4.3: takes a message, once, and acknowledges it.
    fn arrive(&mut self, message: Publish) -> Result<(), Failure> {
        match (message.packet_id, message.qos) {
            (None, _) | (Some(_), Qos::AtMostOnce) => self.arrived.push_back(message),
            (Some(packet_id), Qos::AtLeastOnce) => {
                self.arrived.push_back(message);
                self.link.send(&PubAck { packet_id })?;
            }
            (Some(packet_id), Qos::ExactlyOnce) => {
                if self.unreleased.insert(packet_id) {
                    self.arrived.push_back(message);
                }
                self.link.send(&PubRec { packet_id })?;
            }
        }
        Ok(())
    }

    /// Waits for a packet; if none comes for long, asks whether the server is still there.
    fn receive(&mut self) -> Result<Option<Packet>, Failure> {
        let mut has_asked = false;
        loop {
            match self.link.recv() {
                Ok(packet) => return Ok(packet),
                Err(error) => match error.kind() {
                    RecvErrorKind::IdleTimeout { .. } if !has_asked => has_asked = true,
                    _ => return Err(error.into()),
                },
            }
            self.link.send(&PingReq)?;
        }
    }

    fn next_id(&mut self) -> NonZeroU16 {
        self.last_id = self.last_id.checked_add(1).unwrap_or(1);
        NonZeroU16::new(self.last_id).unwrap_or(NonZeroU16::MIN)
    }
}

fn unexpected(what: &str, got: Option<&Packet>) -> Failure {
    match got {
        Some(packet) => format!("instead of {what} came {packet:?}").into(),
        None => format!("the server closed the connection instead of sending {what}").into(),
    }
}
